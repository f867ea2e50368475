//! Checks the resolved model against the constraints on schema components (the sections "Constraints on ... Schema Components"). The model is not
//! changed. Errors in the XML representation of a component are reported in `schema` and `resolve`.

#![deny(clippy::indexing_slicing)]

mod content;
mod declarations;
mod derivation;
mod facets;
mod ranges;
mod redefinition;
mod restriction;
mod types;
mod upa;

use crate::diagnostic::Diagnostics;
use crate::literals::Literals;
use crate::model::{Model, NamespaceId, Type, TypeId};
use crate::resolve::Resolver;

/// Checks all components of the model.
pub(crate) fn check(resolver: &Resolver<'_>) -> Diagnostics {
    let mut checker = Checker { resolver, model: &resolver.model, literals: Literals::new(&resolver.model), problems: Diagnostics::new() };
    for index in 0..checker.model.types.len() {
        checker.type_definition(TypeId(u32::try_from(index).unwrap_or(u32::MAX)));
    }
    checker.declarations();
    checker.attribute_groups();
    checker.named_groups();
    checker.redefinitions();
    checker.problems
}

/// The id of the XML Schema namespace, by the convention of [`Model::namespaces`].
const XS_NAMESPACE: NamespaceId = NamespaceId(1);

/// The state of the checks.
struct Checker<'r, 's> {
    resolver: &'r Resolver<'s>,
    model: &'r Model,
    literals: Literals<'r>,
    problems: Diagnostics,
}

impl<'r> Checker<'r, '_> {
    fn ty(&self, id: TypeId) -> Option<&'r Type> {
        self.model.types.get(id.index())
    }

    /// Returns the name of a type for messages.
    fn label(&self, id: TypeId) -> String {
        self.model.type_label(id)
    }

    /// Checks all constraints on one type definition. Built-in types need no checks.
    fn type_definition(&mut self, id: TypeId) {
        let known = !self.resolver.is_of_stand_in(id);
        match self.ty(id) {
            // A derivation from an unknown type is not checked.
            Some(Type::Simple(_)) if !known => {}
            Some(Type::Complex(complex)) if !known => self.content_model(complex),
            // The schema for schemas derives the built-in types from types that no other type may be derived from, so its types are not checked.
            Some(Type::Simple(simple)) if simple.name.as_ref().is_none_or(|n| n.namespace != XS_NAMESPACE) => self.simple_type(simple),
            Some(Type::Complex(complex)) if id != crate::resolve::ANY_TYPE => {
                self.complex_type(id, complex);
                self.content_model(complex);
            }
            _ => {}
        }
    }
}
