//! Checks the derivations of simple and complex types against the base and other types they use (sections 3.4.6 and 3.14.6). Particles of
//! restrictions are checked in `restriction`, and facets in `facets`.

use std::collections::{HashMap, HashSet};

use super::Checker;
use super::derivation::NOTHING;
use crate::codes;
use crate::diagnostic::{Diagnostic, Span};
use crate::model::{
    AttributeUse, Builtin, ComplexType, Content, Derivation, ProcessContents, QName, SimpleType, Type, TypeId, ValueConstraint, Variety,
    Wildcard,
};
use crate::resolve::{ANY_TYPE, builtin_id, wildcard};

/// The attribute uses and the attribute wildcard of a type or a group.
#[derive(Debug, Clone, Copy)]
pub(super) struct AttributesOf<'a> {
    pub(super) uses: &'a [AttributeUse],
    pub(super) any: Option<&'a Wildcard>,
}

impl<'r> Checker<'r, '_> {
    /// Checks the constraints st-props-correct and cos-st-restricts.
    pub(super) fn simple_type(&mut self, simple: &SimpleType) {
        let Some(base) = simple.base else { return };
        match &simple.variety {
            _ if base != builtin_id(Builtin::AnySimpleType) => self.simple_restriction(simple, base),
            Variety::List(item) => self.list_item(simple, *item),
            Variety::Union(members) => self.union_members(simple, members),
            Variety::Ur => self.facets(simple, base),
            Variety::Atomic(_) => {}
        }
    }

    fn simple_restriction(&mut self, simple: &SimpleType, base: TypeId) {
        if let Some(Type::Simple(b)) = self.ty(base)
            && b.final_.restriction
        {
            let message = format!("the base `{}` is final for restriction", self.label(base));
            self.problems.push(
                Diagnostic::error(codes::X0204, simple.span.clone(), message)
                    .violating("st-props-correct.3")
                    .with_help("derive from another type, or take `restriction` out of its `final`"),
            );
        }
        self.facets(simple, base);
        let enumerated = !simple.facets.enumeration.is_empty() || self.literals.chain(base).any(|(_, s)| !s.facets.enumeration.is_empty());
        if simple.variety == Variety::Atomic(Builtin::Notation) && !enumerated {
            let message = "a type derived from `xs:NOTATION` needs an enumeration";
            self.problems.push(
                Diagnostic::error(codes::X0226, simple.span.clone(), message)
                    .violating("enumeration-required-notation")
                    .with_help("list the notations that are allowed, as `enumeration`s"),
            );
        }
    }

    fn list_item(&mut self, simple: &SimpleType, item: TypeId) {
        let name = self.label(item);
        let Some(Type::Simple(of)) = self.ty(item) else { return };
        if of.final_.list {
            self.problems.push(
                Diagnostic::error(codes::X0204, simple.span.clone(), format!("`{name}` is final for lists"))
                    .violating("cos-st-restricts.2.3")
                    .with_help("make a list of another type, or take `list` out of its `final`"),
            );
        }
        if self.has_list(item) {
            self.problems.push(
                Diagnostic::error(
                    codes::X0211,
                    simple.span.clone(),
                    format!("`{name}` is a list, or a union with one: no list can be made of it"),
                )
                .violating("cos-st-restricts.2.1")
                .with_help("make a list of the item type of that list: lists are flat"),
            );
        }
        self.bare_notation(item, &simple.span);
    }

    fn union_members(&mut self, simple: &SimpleType, members: &[TypeId]) {
        for member in members {
            if let Some(Type::Simple(of)) = self.ty(*member)
                && of.final_.union
            {
                let message = format!("`{}` is final for unions", self.label(*member));
                self.problems.push(
                    Diagnostic::error(codes::X0204, simple.span.clone(), message)
                        .violating("cos-st-restricts.3")
                        .with_help("take another member, or `union` out of its `final`"),
                );
            }
        }
    }

    /// Returns whether a type is a list, or a union that has a list among its direct or indirect members.
    fn has_list(&self, id: TypeId) -> bool {
        let mut seen = HashSet::new();
        let mut todo = vec![id];
        while let Some(at) = todo.pop() {
            if !seen.insert(at) {
                continue;
            }
            match self.ty(at) {
                Some(Type::Simple(SimpleType { variety: Variety::List(_), .. })) => return true,
                Some(Type::Simple(SimpleType { variety: Variety::Union(members), .. })) => todo.extend(members),
                _ => {}
            }
        }
        false
    }

    /// Reports a direct use of `xs:NOTATION`, which is not allowed.
    pub(super) fn bare_notation(&mut self, id: TypeId, span: &Span) {
        if id == builtin_id(Builtin::Notation) {
            let message = "`xs:NOTATION` cannot be used directly, only types that restrict it by an enumeration";
            self.problems.push(
                Diagnostic::error(codes::X0226, span.clone(), message)
                    .violating("enumeration-required-notation")
                    .with_help("restrict `xs:NOTATION` by an `enumeration` of declared notations, and use that type"),
            );
        }
    }

    /// Checks the constraints ct-props-correct, cos-ct-extends and derivation-ok-restriction.
    pub(super) fn complex_type(&mut self, id: TypeId, complex: &ComplexType) {
        self.identifiers(&complex.attributes, &complex.span, false);
        let base = complex.base;
        if base == id {
            return;
        }
        let final_ = match self.ty(base) {
            Some(Type::Complex(b)) => b.final_,
            Some(Type::Simple(b)) => b.final_,
            None => return,
        };
        let name = self.label(base);
        match complex.derivation {
            Derivation::Extension if final_.extension => {
                self.problems.push(
                    Diagnostic::error(codes::X0205, complex.span.clone(), format!("the base `{name}` is final for extension"))
                        .violating("cos-ct-extends.1.1")
                        .with_help("derive from another type, or take `extension` out of its `final`"),
                );
            }
            Derivation::Extension => {}
            Derivation::Restriction => {
                if final_.restriction {
                    let message = format!("the base `{name}` is final for restriction");
                    self.problems.push(
                        Diagnostic::error(codes::X0206, complex.span.clone(), message)
                            .violating("derivation-ok-restriction.1")
                            .with_help("derive from another type, or take `restriction` out of its `final`"),
                    );
                }
                if let Some(Type::Complex(b)) = self.ty(base) {
                    let old = AttributesOf { uses: &b.attributes, any: b.any_attribute.as_ref() };
                    let own = AttributesOf { uses: &complex.attributes, any: complex.any_attribute.as_ref() };
                    self.restricted_attributes(own, old, base == ANY_TYPE, &complex.span);
                    self.restricted_content(complex, b, base);
                }
            }
        }
    }

    /// Reports two attributes of type ID (ct-props-correct.5, ag-props-correct.3).
    pub(super) fn identifiers(&mut self, uses: &[AttributeUse], span: &Span, group: bool) {
        let ids = uses.iter().filter(|u| self.model.attributes.get(u.attribute.index()).is_some_and(|a| self.is_id(a.ty)));
        if ids.count() > 1 {
            let (code, rule) = if group { (codes::X0220, "ag-props-correct.3") } else { (codes::X0203, "ct-props-correct.5") };
            self.problems.push(
                Diagnostic::error(code, span.clone(), "more than one attribute is of type ID")
                    .violating(rule)
                    .with_help("give all but one another type, as `xs:NCName`"),
            );
        }
    }

    /// Returns whether a type is `xs:ID` or derived from it.
    pub(super) fn is_id(&self, id: TypeId) -> bool {
        self.literals.chain(id).any(|(_, s)| s.builtin == Some(Builtin::Id))
    }

    /// Checks clauses 2 to 4 of derivation-ok-restriction.
    pub(super) fn restricted_attributes(&mut self, own: AttributesOf<'_>, base: AttributesOf<'_>, free: bool, span: &Span) {
        let before: HashMap<_, _> = base.uses.iter().map(|u| (self.attribute_name(u), u)).collect();
        for usage in own.uses {
            let old = before.get(&self.attribute_name(usage)).copied();
            self.restricted_use(usage, old, base.any);
        }
        let names: HashSet<_> = own.uses.iter().map(|u| self.attribute_name(u)).collect();
        for old in base.uses.iter().filter(|u| u.required) {
            let name = self.attribute_name(old);
            if !names.contains(&name) {
                let local = name.map(|n| n.local.as_str()).unwrap_or_default();
                let message = format!("the attribute `{local}` is required by the base and missing here");
                self.problems.push(
                    Diagnostic::error(codes::X0206, span.clone(), message)
                        .violating("derivation-ok-restriction.3")
                        .with_help("remove its prohibition: what the base requires, a restriction must have"),
                );
            }
        }
        let Some(any) = own.any.filter(|any| !self.resolver.is_stand_in(&any.span)) else { return };
        let problem = match base.any {
            None => Some(("the base has no attribute wildcard", "derivation-ok-restriction.4.1")),
            Some(old) if !wildcard::subset(&any.namespaces, &old.namespaces) => {
                Some(("the attribute wildcard admits more namespaces than that of the base", "derivation-ok-restriction.4.2"))
            }
            Some(old) if !free && weaker(any.process, old.process) => {
                Some(("the attribute wildcard is processed less strictly than that of the base", "derivation-ok-restriction.4.3"))
            }
            Some(_) => None,
        };
        if let Some((message, clause)) = problem {
            self.problems.push(Diagnostic::error(codes::X0206, any.span.clone(), message).violating(clause));
        }
    }

    fn attribute_name(&self, usage: &AttributeUse) -> Option<&'r QName> {
        self.model.attributes.get(usage.attribute.index()).map(|a| &a.name)
    }

    fn restricted_use(&mut self, usage: &AttributeUse, old: Option<&AttributeUse>, any: Option<&Wildcard>) {
        let Some(attribute) = self.model.attributes.get(usage.attribute.index()) else { return };
        let name = &attribute.name;
        let Some(old) = old else {
            if !any.is_some_and(|w| wildcard::admits(&w.namespaces, name.namespace)) {
                let message = format!("the base admits no attribute `{}`", name.local);
                self.problems.push(
                    Diagnostic::error(codes::X0206, usage.span.clone(), message)
                        .violating("derivation-ok-restriction.2.2")
                        .with_help("use an extension to add attributes"),
                );
            }
            return;
        };
        if old.span == usage.span {
            return;
        }
        if old.required && !usage.required {
            let message = format!("the attribute `{}` is required by the base", name.local);
            self.problems.push(
                Diagnostic::error(codes::X0206, usage.span.clone(), message)
                    .violating("derivation-ok-restriction.2.1.1")
                    .with_help("add `use=\"required\"`"),
            );
        }
        let old_type = self.model.attributes.get(old.attribute.index()).map(|a| a.ty);
        if old_type.is_some_and(|old| !self.derived(attribute.ty, old, NOTHING)) {
            let message = format!("the type of the attribute `{}` is not derived from that in the base", name.local);
            self.problems.push(
                Diagnostic::error(codes::X0206, usage.span.clone(), message)
                    .violating("derivation-ok-restriction.2.1.2")
                    .with_help("use the type of the base, or one derived from it"),
            );
        }
        if let Some(ValueConstraint::Fixed(fixed)) = &old.value {
            let same = matches!(&usage.value, Some(ValueConstraint::Fixed(mine)) if self.same_value(attribute.ty, mine, fixed));
            if !same {
                let message = format!("the attribute `{}` is fixed as `{}` by the base", name.local, fixed.text);
                self.problems.push(
                    Diagnostic::error(codes::X0206, usage.span.clone(), message)
                        .violating("derivation-ok-restriction.2.1.3")
                        .with_help("repeat the `fixed` of the base"),
                );
            }
        }
    }

    /// Checks clause 5 of derivation-ok-restriction.
    fn restricted_content(&mut self, complex: &ComplexType, base: &ComplexType, base_id: TypeId) {
        if base_id == ANY_TYPE {
            return;
        }
        let problem = match (&complex.content, &base.content) {
            (Content::Simple(own), Content::Simple(old)) => {
                (!self.derived(*own, *old, NOTHING)).then_some("its simple content is not derived from that of the base")
            }
            (Content::Simple(_), Content::Mixed(p)) => {
                (!p.emptiable()).then_some("it has simple content, and the content of the base cannot be empty")
            }
            (Content::Simple(_), _) => Some("it has simple content, and the base has not"),
            (Content::Empty, Content::Empty) => None,
            (Content::Empty, Content::Elements(p) | Content::Mixed(p)) => {
                (!p.emptiable()).then_some("its content is empty, and that of the base cannot be")
            }
            (Content::Empty, Content::Simple(_)) => Some("its content is empty, and that of the base is simple"),
            (Content::Mixed(_), Content::Elements(_)) => Some("its content is mixed, and that of the base is not"),
            (Content::Elements(own) | Content::Mixed(own), Content::Elements(old) | Content::Mixed(old)) => {
                self.restricted_particle(own, old, &complex.span);
                None
            }
            (Content::Elements(p), Content::Empty) if is_sequence_of_nothing(p) => None,
            (Content::Mixed(p), Content::Empty) if is_nothing(p) => Some("its content is mixed, and that of the base is not"),
            (Content::Elements(_) | Content::Mixed(_), _) => Some("it has elements, and the base has none"),
        };
        if let Some(message) = problem {
            let message = format!("no valid restriction of `{}`: {message}", self.label(base_id));
            self.problems.push(
                Diagnostic::error(codes::X0206, complex.span.clone(), message)
                    .violating("derivation-ok-restriction.5")
                    .with_help("admit less than the base does, or use an extension to add"),
            );
        }
    }

    /// Reports attribute groups that contain two attributes of type ID.
    pub(super) fn attribute_groups(&mut self) {
        let groups: Vec<_> = self.resolver.attribute_group_uses().map(|(uses, span)| (uses.to_vec(), span.clone())).collect();
        for (uses, span) in groups {
            self.identifiers(&uses, &span, true);
        }
    }
}

fn is_nothing(particle: &crate::model::Particle) -> bool {
    matches!(&particle.term, crate::model::Term::Group(g) if g.particles.is_empty())
}

fn is_sequence_of_nothing(particle: &crate::model::Particle) -> bool {
    is_nothing(particle) && !matches!(&particle.term, crate::model::Term::Group(g) if g.compositor == crate::model::Compositor::Choice)
}

/// Returns whether one `processContents` is less strict than another.
pub(super) fn weaker(own: ProcessContents, old: ProcessContents) -> bool {
    let rank = |p| match p {
        ProcessContents::Skip => 0,
        ProcessContents::Lax => 1,
        ProcessContents::Strict => 2,
    };
    rank(own) < rank(old)
}
