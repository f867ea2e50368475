//! Defines the types that have a table: complex types, groups, choices, and the root elements.

use std::sync::OnceLock;

use xsdgen::ir::{
    Body, ContentModel, Field, Item, ItemKind, ModuleId, Occurs, Own, Particle as Planned, Polymorphic, ROOT, Term, Value, Wire,
};
use xsdgen::model::ProcessContents;
use xsdgen_codec::{
    Content, DeclarationInfo, FieldExtras, FieldKind, Particle, Process, RuntimeField, RuntimeType, Schema, TypeCell, TypeName, UNBOUNDED,
    ValueFlags, ValueInfo,
};

use super::Compiler;
use crate::leak::{leak, leak_all};
use crate::shape::{Complex, Many, Place, PolymorphicOf, Shape, SlotShape};

/// A type to define, apart from its fields.
struct Head {
    name: (u16, &'static str),
    content: Content,
    model: Option<&'static Particle>,
    is_abstract: bool,
}

impl<'i> Compiler<'i> {
    /// Defines all types.
    pub(super) fn types(&mut self, schema: &'static Schema) {
        for (index, item) in self.ir.items.iter().enumerate() {
            if let Some(shape) = self.items.get(index).copied().flatten() {
                self.define(schema, item, shape);
            }
        }
    }

    /// Defines the root elements.
    pub(super) fn roots(&mut self, schema: &'static Schema, complex: &'static Complex) {
        let head = Head { name: (0, "Document"), content: Content::Choice, model: None, is_abstract: false };
        let fields = self.document().iter().map(|variant| (&variant.field, false));
        self.complex(schema, complex, head, fields, ROOT);
    }

    fn define(&mut self, schema: &'static Schema, item: &'i Item, shape: Shape) {
        match (&item.kind, shape) {
            (ItemKind::Struct(planned), Shape::Record(complex)) => {
                let name = (self.number(&planned.wire.prefix), self.texts.get(&planned.wire.local));
                let model = planned.model.as_ref().map(|model| self.model(model));
                let head = Head { name, content: content(&planned.body), model, is_abstract: planned.abstract_ };
                let attributes = planned.attributes.iter().map(|field| (field, true));
                let fields = attributes.chain(planned.body.fields().iter().map(|field| (field, false)));
                self.complex(schema, complex, head, fields, item.module);
            }
            (ItemKind::Group(fields), Shape::Group(complex)) => self.group(schema, complex, Content::Sequence, item, fields),
            (ItemKind::Choice(arms), Shape::Choice(complex)) => self.group(schema, complex, Content::Choice, item, arms),
            (ItemKind::Choice(arms), Shape::Record(complex)) => self.choice_type(schema, complex, item, arms),
            (ItemKind::Polymorphic(planned), Shape::Polymorphic(place)) => {
                let _ = place.0.set(self.polymorphic(schema, planned));
            }
            _ => {}
        }
    }

    fn group(&mut self, schema: &'static Schema, complex: &'static Complex, content: Content, item: &'i Item, fields: &'i [Field]) {
        let head = Head { name: (0, self.texts.get(&item.name)), content, model: None, is_abstract: false };
        // The variant of a choice for text between the elements is not in the table.
        let in_table = |field: &&Field| content != Content::Choice || field.wire != Wire::Text;
        let fields = fields.iter().filter(in_table).map(|field| (field, false));
        self.complex(schema, complex, head, fields, item.module);
    }

    /// Defines a type that is a choice: its only slot is the choice.
    fn choice_type(&mut self, schema: &'static Schema, complex: &'static Complex, item: &'i Item, arms: &'i [Field]) {
        let Some(ty) = &item.complex else { return };
        let choice = leak(Complex { cell: leak(TypeCell::undefined()), slots: OnceLock::new(), small: OnceLock::new() });
        self.group(schema, choice, Content::Choice, item, arms);
        let shape = Shape::Choice(choice);
        let fields = leak_all(vec![RuntimeField {
            name: "choice",
            occurrence: (FieldKind::Group, 1, 1),
            namespace: 0,
            local: "",
            value: shape.value(),
            extras: FieldExtras::NONE,
        }]);
        let name = (self.number(&ty.wire.prefix), self.texts.get(&ty.wire.local));
        let model = ty.model.as_ref().map(|model| self.model(model));
        complex.cell.define(RuntimeType { schema, name, content: Content::Sequence, fields, model, is_abstract: ty.abstract_ });
        let _ = complex.slots.set(vec![SlotShape { shape, many: Many::One, place: Place::Group, name: ("", "") }]);
    }

    /// Defines a type; each field says whether it is an attribute.
    fn complex(
        &mut self,
        schema: &'static Schema,
        complex: &'static Complex,
        head: Head,
        fields: impl Iterator<Item = (&'i Field, bool)>,
        module: ModuleId,
    ) {
        let (mut slots, mut defined) = (Vec::new(), Vec::new());
        for (field, attribute) in fields {
            let (slot, field) = self.field(field, attribute, module);
            slots.push(slot);
            defined.push(field);
        }
        let Head { name, content, model, is_abstract } = head;
        complex.cell.define(RuntimeType { schema, name, content, fields: leak_all(defined), model, is_abstract });
        let _ = complex.slots.set(slots);
    }

    fn field(&mut self, field: &'i Field, attribute: bool, module: ModuleId) -> (SlotShape, RuntimeField) {
        let shape = self.shape(&field.ty);
        let (kind, place, namespace, local, uri) = match &field.wire {
            Wire::Name(name) => {
                let (kind, place) = if attribute { (FieldKind::Attribute, Place::Attribute) } else { (FieldKind::Element, Place::Element) };
                (kind, place, self.number(&name.prefix), self.texts.get(&name.local), self.uri(&name.prefix))
            }
            Wire::Any { constraint, process } => {
                let process = match process {
                    ProcessContents::Strict => Process::Strict,
                    ProcessContents::Lax => Process::Lax,
                    ProcessContents::Skip => Process::Skip,
                };
                let (kind, place) = match attribute {
                    true => (FieldKind::AnyAttribute(process), Place::AttributeWildcard),
                    false => (FieldKind::Any(process), Place::Wildcard),
                };
                (kind, place, 0, self.texts.get(constraint), "")
            }
            // No struct is flattened here: the settings are those that flatten none.
            Wire::Group | Wire::Flatten { .. } => (FieldKind::Group, Place::Group, 0, "", ""),
            Wire::Text => (FieldKind::Text, Place::Text, 0, "", ""),
        };
        let (min, max, many) = match field.occurs {
            Occurs::One => (1, 1, Many::One),
            Occurs::Optional => (0, 1, Many::Optional),
            Occurs::Many(min, max) => (bound(Some(min)), bound(max), Many::List),
        };
        let name = if matches!(field.wire, Wire::Name(_)) { (uri, local) } else { ("", "") };
        let extras = FieldExtras {
            value: field.value.as_ref().map_or(DeclarationInfo::NONE, |value| self.value(value)),
            declarations: leak_all(field.placed.iter().map(|own| self.own(own)).collect()),
            simple: field.facets.as_ref().and_then(|facets| self.facets(facets, module)),
        };
        let slot = SlotShape { shape, many, place, name };
        (
            slot,
            RuntimeField {
                name: self.texts.get(&field.name),
                occurrence: (kind, min, max),
                namespace,
                local,
                value: shape.value(),
                extras,
            },
        )
    }

    fn value(&mut self, value: &Value) -> DeclarationInfo {
        match value {
            Value::Default(text) => DeclarationInfo::default_value(self.texts.get(text)),
            Value::Fixed(text) => DeclarationInfo::fixed(self.texts.get(text)),
        }
    }

    fn own(&mut self, own: &Own) -> DeclarationInfo {
        let info = own.value.as_ref().map_or(DeclarationInfo::NONE, |value| self.value(value));
        if own.never_nil { info.never_nil() } else { info }
    }

    fn polymorphic(&mut self, schema: &'static Schema, planned: &'i Polymorphic) -> PolymorphicOf {
        let mut of = PolymorphicOf { schema, names: Vec::new(), shapes: Vec::new() };
        let base = planned.base.iter().map(|base| (base, true));
        for (derived, base) in base.chain(planned.derived.iter().map(|derived| (derived, false))) {
            let (namespace, local) = (self.number(&derived.wire.prefix), self.texts.get(&derived.wire.local));
            let alias = derived.alias.as_ref().map(|alias| self.texts.get(alias));
            of.names.push(TypeName { namespace, local, alias, base, info: || ValueInfo::of(ValueFlags::STRUCT) });
            of.shapes.push(self.shape(&derived.ty));
        }
        of
    }

    fn model(&mut self, model: &ContentModel) -> &'static Particle {
        leak(self.particle(&model.particle))
    }

    fn particle(&mut self, planned: &Planned) -> Particle {
        let mut many = |parts: &[Planned]| leak_all(parts.iter().map(|part| self.particle(part)).collect());
        let particle = match &planned.term {
            Term::Sequence(parts) => Particle::sequence(many(parts)),
            Term::Choice(parts) => Particle::choice(many(parts)),
            Term::All(parts) => Particle::all(many(parts)),
            Term::Any(constraint) => Particle::any(self.texts.get(constraint)),
            Term::Element(name, own) => {
                let element = Particle::element(self.number(&name.prefix), self.texts.get(&name.local));
                own.as_ref().map_or(element, |own| self.declared(element, own))
            }
        };
        match (planned.min, planned.max) {
            (1, Some(1)) => particle,
            (min, max) => particle.occurs(bound(Some(min)), bound(max)),
        }
    }

    /// Returns the particle of an element whose declaration differs from others of the same name.
    fn declared(&mut self, element: Particle, own: &Own) -> Particle {
        let element = match &own.value {
            Some(Value::Default(text)) => element.with_default(self.texts.get(text)),
            Some(Value::Fixed(text)) => element.with_fixed(self.texts.get(text)),
            None => element.without_value(),
        };
        if own.never_nil { element.never_nil() } else { element }
    }
}

fn content(body: &Body) -> Content {
    match body {
        Body::Empty => Content::Empty,
        Body::Sequence(_) => Content::Sequence,
        Body::All(_) => Content::All,
        Body::Mixed(_) => Content::Mixed,
        Body::Text(_) => Content::Text,
    }
}

/// Returns a number of occurrences in the form of the tables.
fn bound(bound: Option<u64>) -> u32 {
    bound.map_or(UNBOUNDED, |bound| u32::try_from(bound).unwrap_or(UNBOUNDED))
}
