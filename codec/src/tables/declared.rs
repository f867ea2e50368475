//! Finds the declaration of an element, if the schema set states more about it than its item: identity constraints, and types that it
//! blocks.

use std::ptr;

use crate::schema::constraint::{ConstraintKind, Identity};
use crate::schema::rules::{CompiledDeclaration, Declaration, Index, Rules};
use crate::schema::{Namespace, Schema};
use crate::tables::info::{FieldInfo, TypeInfo};
use crate::tables::kinds::Place;

impl Rules {
    /// Returns the declaration for an item of a type, or for a root element.
    pub(crate) fn declared(&self, schema: &'static Schema, item: &'static FieldInfo, root: bool) -> Option<&CompiledDeclaration> {
        let index = self.index.get_or_init(|| Index::of(schema, self.declarations));
        if root { index.roots.get(&(item.namespace, item.local)) } else { index.items.get(&address(item)) }
    }
}

impl TypeInfo {
    /// Returns whether an element of its content has identity constraints.
    pub(crate) fn is_constrained(&'static self) -> bool {
        let constrained = |item: &'static FieldInfo| {
            let declared = self.schema.rules().and_then(|rules| rules.declared(self.schema, item, false));
            declared.is_some_and(|declared| !declared.identities.is_empty())
        };
        *self.constrained.get_or_init(|| self.items().iter().any(constrained))
    }
}

impl Index {
    fn of(schema: &'static Schema, declarations: &'static [Declaration]) -> Self {
        let uri = |prefix: &str| schema.by_prefix(prefix).map_or("", Namespace::uri);
        let constraints = || declarations.iter().flat_map(|it| it.constraints);
        let referred: Vec<ConstraintKind> =
            constraints().map(|it| it.kind).filter(|kind| matches!(kind, ConstraintKind::KeyRef(..))).collect();
        let mut index = Self::default();
        for declaration in declarations {
            let make = || CompiledDeclaration {
                block: declaration.block,
                ty: declaration.ty,
                identities: declaration.constraints.iter().map(|it| Identity::of(it, &uri, &referred)).collect(),
            };
            let number = declaration.namespace;
            let Some(holder) = declaration.holder else {
                index.roots.insert((number, declaration.local), make());
                continue;
            };
            let items = match holder.type_info().map_or(&[][..], TypeInfo::items) {
                // The enum of a type that is a choice holds the elements of the choice.
                [only] if only.place == Place::Group => only.type_info().map_or(&[][..], TypeInfo::items),
                items => items,
            };
            for item in items.iter().filter(|item| item.namespace == number && item.local == declaration.local) {
                index.items.insert(address(item), make());
                index.items.extend(item.placed.iter().map(|(_, item)| (address(item), make())));
            }
        }
        index
    }
}

fn address(item: &'static FieldInfo) -> usize {
    ptr::from_ref(item).addr()
}
