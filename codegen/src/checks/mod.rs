//! In: the resolved model. Out: where it breaks a constraint on schema components (the sections "Constraints on ... Schema Components").
//! Not done here: changing the model; what is wrong with the representation of one component (`schema`, `resolve`).

#![deny(clippy::indexing_slicing)]

mod content;
mod declarations;
mod derivation;
mod facets;
mod literals;
mod ranges;
mod redefinition;
mod restriction;
mod types;
mod upa;

use crate::diagnostic::{Code, Diagnostic, Diagnostics, Span};
use crate::model::{Model, NamespaceId, Type, TypeId};
use crate::resolve::Resolver;

use self::literals::Literals;

/// Checks everything.
pub(crate) fn check(resolver: &Resolver<'_>) -> Diagnostics {
    let mut checker = Checker { resolver, model: &resolver.model, literals: Literals::default(), problems: Diagnostics::new() };
    for index in 0..checker.model.types.len() {
        checker.type_definition(TypeId(u32::try_from(index).unwrap_or(u32::MAX)));
    }
    checker.declarations();
    checker.attribute_groups();
    checker.named_groups();
    checker.redefinitions();
    checker.problems
}

/// The XML Schema namespace, by the convention of [`Model::namespaces`].
const XS_NAMESPACE: NamespaceId = NamespaceId(1);

/// State of the checks.
struct Checker<'r, 's> {
    resolver: &'r Resolver<'s>,
    model: &'r Model,
    literals: Literals,
    problems: Diagnostics,
}

impl<'r> Checker<'r, '_> {
    fn error(&mut self, code: Code, span: &Span, message: impl Into<String>) {
        self.problems.push(Diagnostic::error(code, span.clone(), message));
    }

    fn ty(&self, id: TypeId) -> Option<&'r Type> {
        self.model.types.get(id.index())
    }

    /// A type's name for messages.
    fn label(&self, id: TypeId) -> String {
        self.resolver.type_label(id)
    }

    /// All constraints on one type definition; built-in ones need none.
    fn type_definition(&mut self, id: TypeId) {
        let known = !self.resolver.is_of_stand_in(id);
        match self.ty(id) {
            // Nothing is said of derivations from what is not known.
            Some(Type::Simple(_)) if !known => {}
            Some(Type::Complex(complex)) if !known => self.content_model(complex),
            // The schema for schemas derives the built-in types from what nothing else can be derived from.
            Some(Type::Simple(simple)) if simple.name.as_ref().is_none_or(|n| n.namespace != XS_NAMESPACE) => self.simple_type(simple),
            Some(Type::Complex(complex)) if id != crate::resolve::ANY_TYPE => {
                self.complex_type(id, complex);
                self.content_model(complex);
            }
            _ => {}
        }
    }
}
