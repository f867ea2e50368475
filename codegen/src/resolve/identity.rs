//! Resolves identity constraints to [`IdentityConstraint`]s, and finds what each `keyref` refers to (section 3.11). XPath is parsed in `xpath`.

use std::collections::HashMap;

use super::xpath::{self, Alternative, Test};
use super::{Resolver, count};
use crate::codes;
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::model::{ElementId, IdentityConstraint, IdentityKind, NameTest, Path, Step};
use crate::schema::{IdentityDecl, IdentityDeclKind, Name, Reference, XPathDecl};
use crate::spelling::nearest;

impl Resolver<'_> {
    /// Resolves the identity constraints of all elements.
    pub(super) fn identity_constraints(&mut self) {
        let total = self.model.elements.len();
        let mut keys: HashMap<Name, (usize, bool, Span)> = HashMap::new();
        for index in 0..total {
            let Some((_, decl)) = self.element_decl(ElementId(count(index))) else { continue };
            for constraint in &decl.identity {
                let usable = !matches!(constraint.kind, IdentityDeclKind::KeyRef(_));
                let entry = (constraint.fields.len(), usable, constraint.span.clone());
                if let Some((_, _, first)) = keys.insert(constraint.name.clone(), entry) {
                    let message = format!("two identity constraints have the name `{}`", constraint.name.local);
                    let problem = Diagnostic::error(codes::X0216, constraint.span.clone(), message).violating("sch-props-correct.2");
                    self.problems.push(
                        problem
                            .with_related(first, "the first one")
                            .with_help("rename one of them: the whole namespace shares these names"),
                    );
                }
            }
        }
        for index in 0..total {
            let Some((_, decl)) = self.element_decl(ElementId(count(index))) else { continue };
            let made: Vec<_> = decl.identity.iter().map(|c| self.identity_constraint(c, &keys)).collect();
            if let Some(element) = self.model.elements.get_mut(index) {
                element.identity = made;
            }
        }
    }

    fn identity_constraint(&mut self, decl: &IdentityDecl, keys: &HashMap<Name, (usize, bool, Span)>) -> IdentityConstraint {
        let name = self.qname(&decl.name);
        let kind = match &decl.kind {
            IdentityDeclKind::Key => IdentityKind::Key,
            IdentityDeclKind::Unique => IdentityKind::Unique,
            IdentityDeclKind::KeyRef(refer) => {
                if let Some(refer) = refer {
                    self.check_refer(decl, refer, keys);
                }
                let target = refer.as_ref().map_or_else(|| decl.name.clone(), |r| r.name.clone());
                IdentityKind::KeyRef(self.qname(&target))
            }
        };
        let selector = self.paths(&decl.selector, false);
        let fields = decl.fields.iter().map(|f| self.paths(f, true)).collect();
        IdentityConstraint { name, kind, selector, fields, span: decl.span.clone() }
    }

    /// Checks that a `keyref` refers to a `key` or `unique` with the same number of fields (c-props-correct.2).
    fn check_refer(&mut self, decl: &IdentityDecl, refer: &Reference, keys: &HashMap<Name, (usize, bool, Span)>) {
        let name = &refer.name;
        match keys.get(name) {
            Some((fields, true, _)) => {
                if *fields != decl.fields.len() {
                    let (own, count) = (&decl.name.local, decl.fields.len());
                    let message = format!("`{own}` has {count} fields, and `{}`, which it refers to, has {fields}", name.local);
                    let problem = Diagnostic::error(codes::X0216, decl.span.clone(), message).violating("c-props-correct.2");
                    self.problems.push(problem.with_help("give both the same number of `field`s, in the same order"));
                }
            }
            _ => {
                let message = format!("there is no key or unique `{}`", name.local);
                let problem = Diagnostic::error(codes::X0306, decl.span.clone(), message).violating("src-resolve").on(refer.attribute);
                let mut known: Vec<&str> = keys.iter().filter(|(_, k)| k.1).map(|(n, _)| &*n.local).collect();
                known.sort_unstable();
                let near = nearest(&name.local, known);
                let usual = "name a `key` or a `unique`; it may stand in another element";
                self.problems.push(problem.with_help(near.map_or_else(|| usual.to_owned(), |near| format!("did you mean `{near}`?"))));
            }
        }
    }

    fn paths(&mut self, decl: &XPathDecl, field: bool) -> Vec<Path> {
        match xpath::parse(&decl.text, &decl.bindings, field) {
            Ok(alternatives) => alternatives.into_iter().map(|a| self.path(a)).collect(),
            Err(why) => {
                let code: Code = if field { codes::X0218 } else { codes::X0217 };
                let message = format!("`{}` is not in the XPath subset: {why}", decl.text);
                let help = if field {
                    "write child steps, `.`, `*`, `.//` at the start, and `@name` at the end"
                } else {
                    "write child steps, `.`, `*`, and `.//` at the start; `|` between alternatives"
                };
                self.problems.push(Diagnostic::error(code, decl.span.clone(), message).violating(code.rule).on("xpath").with_help(help));
                Vec::new()
            }
        }
    }

    fn path(&mut self, from: Alternative) -> Path {
        let steps = from.steps.into_iter().map(|s| s.map_or(Step::Itself, |t| Step::Child(self.name_test(t)))).collect();
        Path { descendants: from.descendants, steps, attribute: from.attribute.map(|t| self.name_test(t)) }
    }

    fn name_test(&mut self, test: Test) -> NameTest {
        match test {
            Test::Any => NameTest::Any,
            Test::Namespace(uri) => NameTest::Namespace(self.namespace(&uri.into())),
            Test::Name(name) => NameTest::Name(self.qname(&name)),
        }
    }
}
