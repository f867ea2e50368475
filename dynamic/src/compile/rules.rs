//! Makes the rules that strict mode checks beyond the types, as `emit::rules` spells them.

use xsdgen::ir::{
    Constraint as PlannedConstraint, ConstraintKind, Declaration as PlannedDeclaration, DeclaredType, Holder, ROOT, WireName,
};
use xsdgen_codec::{BUILT_IN, Constraint, Declaration, EXTENSION, GlobalAttribute, NamedType, RESTRICTION, Rules, RuntimeValues};

use super::Compiler;
use crate::leak::{leak, leak_all};
use crate::shape::Shape;

impl<'i> Compiler<'i> {
    /// Returns the rules, if there are any, and the shapes of the named complex types.
    pub(super) fn rules(&mut self, values: &'static dyn RuntimeValues) -> (Option<&'static Rules>, Vec<Option<Shape>>) {
        let planned = &self.ir.root.rules;
        if planned.is_empty() {
            return (None, Vec::new());
        }
        let mut attributes = Vec::new();
        for it in &planned.attributes {
            if let Some(simple) = self.facets(&it.facets, ROOT) {
                let (namespace, local) = self.name(&it.name);
                let attribute = GlobalAttribute::new(namespace, local, simple);
                attributes.push(
                    it.fixed
                        .as_ref()
                        .map_or_else(|| GlobalAttribute::new(namespace, local, simple), |text| attribute.fixed(self.texts.get(text))),
                );
            }
        }
        let (mut types, mut shapes) = (Vec::new(), Vec::new());
        for (index, it) in planned.types.iter().enumerate() {
            let (namespace, local) = self.name(&it.name);
            let own = match (it.item, &it.facets) {
                (Some(_), _) => NamedType::runtime(namespace, local, values, index),
                (None, Some(facets)) => match self.facets(facets, ROOT) {
                    Some(simple) => NamedType::simple(namespace, local, simple),
                    None => NamedType::abstract_type(namespace, local),
                },
                (None, None) => NamedType::abstract_type(namespace, local),
            };
            types.push(match it.base.as_ref().map(|base| self.name(base)) {
                Some((namespace, local)) if it.extends => own.extends(namespace, local),
                Some((namespace, local)) => own.restricts(namespace, local),
                None => own,
            });
            shapes.push(it.item.map(|item| self.item_shape(item)));
        }
        let declarations: Vec<Declaration> = planned.declarations.iter().map(|it| self.declaration(it)).collect();
        let rules = Rules::new().attributes(leak_all(attributes)).types(leak_all(types)).declarations(leak_all(declarations));
        (Some(leak(rules)), shapes)
    }

    fn name(&mut self, name: &WireName) -> (u16, &'static str) {
        (self.number(&name.prefix), self.texts.get(&name.local))
    }

    fn declaration(&mut self, it: &'i PlannedDeclaration) -> Declaration {
        let (namespace, local) = self.name(&it.name);
        let own = match it.holder {
            Holder::Document => Declaration::root(namespace, local),
            Holder::Item(item) => match self.item_shape(item) {
                Shape::Record(complex) | Shape::Group(complex) | Shape::Choice(complex) => {
                    Declaration::within_cell(complex.cell, namespace, local)
                }
                _ => Declaration::root(namespace, local),
            },
        };
        let own = match &it.ty {
            Some(DeclaredType::BuiltIn(local)) => own.of(BUILT_IN, self.texts.get(local)),
            Some(DeclaredType::Named(name)) => {
                let (namespace, local) = self.name(name);
                own.of(namespace, local)
            }
            None => own,
        };
        let block = (if it.extension { EXTENSION } else { 0 }) | (if it.restriction { RESTRICTION } else { 0 });
        let constraints: Vec<Constraint> = it.constraints.iter().map(|it| self.constraint(it)).collect();
        own.block(block).constraints(leak_all(constraints))
    }

    fn constraint(&mut self, it: &PlannedConstraint) -> Constraint {
        let (namespace, local) = self.name(&it.name);
        let (selector, fields) = (self.texts.get(&it.selector), self.texts.all(&it.fields));
        match &it.kind {
            ConstraintKind::Key => Constraint::key(namespace, local, selector, fields),
            ConstraintKind::Unique => Constraint::unique(namespace, local, selector, fields),
            ConstraintKind::KeyRef(refer) => Constraint::keyref(namespace, local, self.name(refer), selector, fields),
        }
    }
}
