//! What the tables say about types and their fields.

use super::facets::SimpleKind;
use super::path;
use crate::schema::{EXTENSION, Namespace};
use crate::simple::SimpleType;
use crate::tables::{Content, FieldInfo, FieldKind, Particle, Place, Process, TypeInfo, ValueFlags};
use crate::typed::TextForm;

/// The base type of a type, and how the type is derived from it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Derivation {
    /// The namespace of the base type.
    pub namespace: &'static str,
    /// The local name of the base type.
    pub name: &'static str,
    /// Whether the type extends the base type; otherwise it restricts it.
    pub extends: bool,
}

impl TypeInfo {
    /// Returns the namespace of the type, empty if there is none.
    #[must_use]
    pub fn namespace(&'static self) -> &'static str {
        self.name().0
    }

    /// Returns the fields in the order of the schema: attributes first, then the content. The fields of a choice are its variants.
    pub fn fields(&'static self) -> impl Iterator<Item = &'static FieldInfo> {
        self.attributes().iter().chain(self.items())
    }

    /// Returns the field of this name in Rust.
    #[must_use]
    pub fn field(&'static self, rust_name: &str) -> Option<&'static FieldInfo> {
        self.fields().find(|field| field.rust_name == rust_name)
    }

    /// Returns the names of all elements in the content, with those in choices and groups.
    #[must_use]
    pub fn element_names(&'static self) -> Vec<String> {
        path::names(self, false)
    }

    /// Returns the namespace of a field of this type, empty if there is none.
    #[must_use]
    pub fn namespace_of(&'static self, field: &FieldInfo) -> &'static str {
        self.schema.uri(field.namespace)
    }

    /// Returns the prefix of the type's namespace in the schema set, empty if there is none.
    #[must_use]
    pub fn prefix(&'static self) -> &'static str {
        let uri = self.namespace();
        self.schema.namespaces().iter().find(|namespace| namespace.uri() == uri).map_or("", Namespace::prefix)
    }

    /// Returns the kind of content.
    #[must_use]
    pub fn content(&self) -> Content {
        self.content
    }

    /// Returns the content model, if the fields cannot express it.
    #[must_use]
    pub fn content_model(&self) -> Option<&'static Particle> {
        self.model
    }

    /// Returns whether the type is abstract, so that elements have a type that is derived from it.
    #[must_use]
    pub fn is_abstract(&self) -> bool {
        self.is_abstract
    }

    /// Returns the base type, if the schema set lists it: bindings list the derivations that `xsi:type` or an identity constraint needs.
    #[must_use]
    pub fn derivation(&'static self) -> Option<Derivation> {
        let (uri, local) = self.name();
        let named = self.schema.rules()?.named(self.schema, uri, local)?;
        let (namespace, name) = named.base?;
        Some(Derivation { namespace: self.schema.uri(namespace), name, extends: named.method == EXTENSION })
    }

    /// Returns the documentation of the type, with the feature `docs`.
    #[must_use]
    pub fn documentation(&self) -> Option<String> {
        joined(self.docs.own)
    }
}

impl FieldInfo {
    /// Returns the name of the field or variant in Rust.
    #[must_use]
    pub fn rust_name(&self) -> &'static str {
        self.rust_name
    }

    /// Returns what the field stands for in the XML.
    #[must_use]
    pub fn kind(&self) -> FieldKind {
        match self.place {
            Place::Element => FieldKind::Element,
            Place::Attribute => FieldKind::Attribute,
            Place::Any if self.in_tag => FieldKind::AnyAttribute(self.process),
            Place::Any => FieldKind::Any(self.process),
            Place::Group => FieldKind::Group,
            Place::Text => FieldKind::Text,
        }
    }

    /// Returns the namespace constraint of a wildcard: `##any`, `##other:` and a namespace, or a list of namespaces.
    #[must_use]
    pub fn wildcard(&self) -> Option<(&'static str, Process)> {
        (self.place == Place::Any).then_some((self.local, self.process))
    }

    /// Returns the minimum and the maximum number of occurrences; the maximum is [`UNBOUNDED`](crate::UNBOUNDED) if there is none.
    #[must_use]
    pub fn occurrence(&self) -> (u32, u32) {
        (self.min, self.max)
    }

    /// Returns the value that an absent attribute or an empty element has.
    #[must_use]
    pub fn default_value(&self) -> Option<&'static str> {
        self.value_constraint
    }

    /// Returns whether [`FieldInfo::default_value`] is the only allowed value.
    #[must_use]
    pub fn is_fixed(&self) -> bool {
        self.fixed
    }

    /// Returns whether the element may have `xsi:nil`.
    #[must_use]
    pub fn is_nillable(&self) -> bool {
        self.kind.is(ValueFlags::NILLABLE) && !self.never_nil
    }

    /// Returns whether the text is a list of values that are separated by white space.
    #[must_use]
    pub fn is_text_list(&self) -> bool {
        self.kind.is(ValueFlags::LIST)
    }

    /// Returns the simple type of the items, if the text is a list.
    #[must_use]
    pub fn item_type(&self) -> Option<&'static SimpleType> {
        match self.simple().map(SimpleType::kind) {
            Some(SimpleKind::List(item)) => Some(item),
            _ => self.list_item,
        }
    }

    /// Returns whether the field holds a text, without attributes and children.
    #[must_use]
    pub fn is_text(&self) -> bool {
        self.is_leaf()
    }

    /// Returns the form of the text, if the bindings give it a form that the schema does not state.
    #[must_use]
    pub fn text_form(&self) -> Option<&'static TextForm> {
        self.form
    }

    /// Returns the types that `xsi:type` can name, and the declared type unless it is abstract.
    pub fn xsi_types(&self) -> impl Iterator<Item = &'static TypeInfo> {
        self.types.iter().filter_map(|name| (name.info)().type_info)
    }

    /// Returns the documentation of the field, with the feature `docs`.
    #[must_use]
    pub fn documentation(&self) -> Option<String> {
        joined(self.docs)
    }
}

fn joined(lines: &[&str]) -> Option<String> {
    let lines: Vec<&str> = lines.iter().map(|line| line.strip_prefix(' ').unwrap_or(line)).collect();
    (!lines.is_empty()).then(|| lines.join("\n"))
}
