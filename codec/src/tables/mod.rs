//! The tables of types that drive reading and writing. Generated code defines the fields of a type as constants ([`FieldDef`]); the table is built
//! from them when the type is first used.

pub(crate) mod choice;
pub(crate) mod hash_index;
pub(crate) mod keys;
pub(crate) mod particle;
pub(crate) mod table;

use std::sync::OnceLock;

use crate::error::excerpt;
use crate::matcher::Matched;
use crate::schema::Schema;
use crate::simple::SimpleType;
use crate::tables::choice::Choice;
use crate::tables::keys::Key;
use crate::tables::particle::{Own, Particle};
use crate::tables::table::Table;
use crate::text::buffer::Padded;

/// A set of flags that describe a kind of value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ValueFlags(u16);

impl ValueFlags {
    /// A value with attributes and children: no flag is set.
    pub const STRUCT: Self = Self(0);
    /// A text without attributes and children.
    pub const LEAF: Self = Self(1);
    /// A value that may be nil.
    pub const NILLABLE: Self = Self(2);
    /// Children that have no element of their own around them: a choice, or a sequence within a content model.
    pub const GROUP: Self = Self(4);
    /// A boxed value, so that a type may contain itself.
    pub const BOXED: Self = Self(8);
    /// A value whose type is given by `xsi:type`.
    pub const POLYMORPHIC: Self = Self(16);
    /// XML that is kept as text.
    pub const KEPT: Self = Self(32);
    /// A text of qualified names, whose prefixes must be resolved.
    pub const QUALIFIED: Self = Self(64);
    /// A union in which some member types are qualified names and others are not.
    pub const EITHER: Self = Self(128);
    /// A list of values that are separated by white space.
    pub const LIST: Self = Self(256);
    /// A secret text, which no error and no note may show.
    pub const SECRET: Self = Self(512);

    /// Returns the flags of both sets.
    #[must_use]
    pub const fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Returns the flags that are not in the other set.
    #[must_use]
    pub const fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// Tells whether all flags of the other set are set.
    #[must_use]
    pub const fn is(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }
}

/// The properties of a Rust type that the tables need.
#[derive(Debug, Clone, Copy)]
pub struct ValueInfo {
    /// The kind of value.
    pub kind: ValueFlags,
    /// The table of a complex type, a choice or a group.
    pub type_info: Option<&'static TypeInfo>,
    /// The facets of a simple type.
    pub simple: Option<&'static SimpleType>,
}

impl ValueInfo {
    /// Returns the properties of a type of this kind, without a table and without facets.
    #[must_use]
    pub const fn of(kind: ValueFlags) -> Self {
        Self { kind, type_info: None, simple: None }
    }

    /// Returns the properties with more flags.
    #[must_use]
    pub const fn with(self, kind: ValueFlags) -> Self {
        Self { kind: self.kind.with(kind), ..self }
    }
}

/// The position of an item in the XML.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    /// An element.
    Element,
    /// An attribute.
    Attribute,
    /// A wildcard for elements or attributes, with a namespace constraint.
    Any,
    /// The children of a choice or a group.
    Group,
    /// The text content of the element; in mixed content, the text between elements.
    Text,
}

/// The `processContents` of a wildcard: how the content that it admits is validated (XML Schema Part 1, section 3.10.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Process {
    /// The content must be declared and valid.
    Strict,
    /// The content must be valid if it is declared.
    Lax,
    /// The content is not validated.
    Skip,
}

/// The maximum number of occurrences of a particle that may occur any number of times.
pub const UNBOUNDED: u32 = u32::MAX;

/// One item of a table: an element, an attribute, a wildcard, a group or a text.
#[derive(Debug)]
pub struct FieldInfo {
    pub(crate) open: &'static str,
    pub(crate) close: &'static str,
    /// `open` and `close`, prepared for fast writing, for an element or attribute whose text goes between them directly.
    pub(crate) tags: Option<[Padded; 2]>,
    pub(crate) local: &'static str,
    pub(crate) namespace: u16,
    pub(crate) place: Place,
    pub(crate) kind: ValueFlags,
    pub(crate) min: u32,
    pub(crate) max: u32,
    pub(crate) value_constraint: Option<&'static str>,
    pub(crate) fixed: bool,
    pub(crate) simple: Option<&'static SimpleType>,
    /// The simple type that corresponds to the Rust type.
    pub(crate) native: Option<&'static SimpleType>,
    /// Whether the Rust type stands for another primitive type than the schema's, such as `f64` for `xs:decimal`, so that it cannot hold every value.
    pub(crate) mapped: bool,
    pub(crate) process: Process,
    pub(crate) type_info: Option<&'static TypeInfo>,
    /// Whether it belongs to the start tag: an attribute or an attribute wildcard.
    pub(crate) in_tag: bool,
    /// Whether the element is not nillable although its Rust type can be nil, because other declarations of the same name are nillable.
    pub(crate) never_nil: bool,
    /// The items of the individual declarations, if the content model has several declarations of this name that differ.
    pub(crate) placed: &'static [(Own, FieldInfo)],
}

impl FieldInfo {
    /// Returns the item of an element of which only the name is known.
    pub(crate) const fn bare(open: &'static str, close: &'static str, local: &'static str) -> Self {
        Self {
            open,
            close,
            tags: None,
            local,
            namespace: 0,
            place: Place::Element,
            kind: ValueFlags::STRUCT,
            min: 1,
            max: 1,
            value_constraint: None,
            fixed: false,
            simple: None,
            native: None,
            mapped: false,
            process: Process::Lax,
            type_info: None,
            in_tag: false,
            never_nil: false,
            placed: &[],
        }
    }

    /// Returns the item for the declaration that an element matched.
    pub(crate) fn matched(&'static self, matched: Matched) -> &'static Self {
        let Matched::Element(Some(own)) = matched else { return self };
        self.placed.iter().find(|(of, _)| *of == own).map_or(self, |(_, item)| item)
    }

    pub(crate) fn is_leaf(&self) -> bool {
        self.kind.is(ValueFlags::LEAF)
    }

    /// Returns the part of a text that a message may show: a short excerpt, or nothing of a secret.
    pub(crate) fn excerpt(&self, text: &str) -> String {
        match text {
            _ if self.is_secret() => "the value".to_owned(),
            "" => "the empty text".to_owned(),
            text => format!("`{}`", excerpt(text)),
        }
    }

    pub(crate) fn is_secret(&self) -> bool {
        self.kind.is(ValueFlags::SECRET)
    }

    pub(crate) fn repeats(&self) -> bool {
        self.max > 1
    }

    pub(crate) fn type_info(&self) -> Option<&'static TypeInfo> {
        self.type_info
    }

    /// Tells whether it is a wildcard, or a choice or group that contains one.
    pub(crate) fn has_wildcard(&self) -> bool {
        match self.place {
            Place::Any => true,
            Place::Group => self.type_info().is_some_and(|type_info| type_info.items().iter().any(Self::has_wildcard)),
            Place::Element | Place::Attribute | Place::Text => false,
        }
    }

    /// Returns the simple type of its text: that of the schema, or else that of the Rust type.
    pub(crate) fn simple(&self) -> Option<&'static SimpleType> {
        self.simple.or(self.native)
    }

    /// Returns the local name of the element or attribute.
    #[must_use]
    pub fn name(&self) -> &'static str {
        self.local
    }

    /// Tells whether it must occur.
    #[must_use]
    pub fn is_required(&self) -> bool {
        self.min > 0
    }

    /// Tells whether it may occur more than once.
    #[must_use]
    pub fn is_list(&self) -> bool {
        self.repeats()
    }

    /// Returns the table of its complex type; `None` for an element of a simple type.
    #[must_use]
    pub fn complex_type(&self) -> Option<&'static TypeInfo> {
        self.type_info
    }

    /// Returns the simple type of its text. For a secret, and for a text type with its own format, only the facets of the schema are known.
    #[must_use]
    pub fn simple_type(&self) -> Option<&'static SimpleType> {
        self.simple()
    }
}

/// The kind of content of a type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Content {
    /// No content.
    Empty,
    /// Children in order.
    Sequence,
    /// Children in any order.
    All,
    /// Text and children.
    Mixed,
    /// Text.
    Text,
    /// One of the items: only for an enum that stands for a choice.
    Choice,
}

/// One kilobyte, the unit for estimating stack use.
const LEVEL: usize = 1024;

/// The definition of a field of a type, as `#[xml(...)]` gives it. Its parts are the Rust name; the position; the namespace; the local name (for a
/// wildcard, the namespace constraint); the minimum and maximum number of occurrences; the properties of the values; and the rarely used properties.
///
/// It is a tuple and not the result of a constructor call, because a large binding has tens of thousands of them and the compiler would have to
/// evaluate each call.
#[derive(Debug, Clone, Copy)]
pub struct FieldDef(
    pub &'static str,
    pub Spot,
    pub u16,
    pub &'static str,
    pub u32,
    pub u32,
    pub fn() -> ValueInfo,
    pub Option<&'static FieldMore>,
);

/// The position of a field in the XML.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spot {
    /// An element.
    Element,
    /// An attribute.
    Attribute,
    /// An element wildcard, with its `processContents`.
    Any(Process),
    /// An attribute wildcard, with its `processContents`.
    AnyAttribute(Process),
    /// A choice or a group.
    Group,
    /// Text content.
    Text,
}

/// The properties that few fields have: a value constraint, several declarations, facets.
#[derive(Debug)]
pub struct FieldMore {
    /// The value constraint.
    pub value: Own,
    /// The properties of each declaration, if there are several declarations of the same name.
    pub declarations: &'static [Own],
    /// The facets of its simple type.
    pub simple: Option<&'static SimpleType>,
}

impl FieldMore {
    /// A value without any of these properties.
    pub const NONE: Self = Self { value: Own::NONE, declarations: &[], simple: None };
}

impl FieldDef {
    /// Returns its name in Rust.
    pub(crate) fn name(&self) -> &'static str {
        self.0
    }

    /// Tells whether it occurs at most once.
    pub(crate) fn is_single(&self) -> bool {
        self.5 == 1
    }
}

/// The description of a type: its name and the definitions of its fields, from which the table is built when the type is first used.
#[derive(Debug)]
pub struct TypeInfo {
    pub(crate) schema: &'static Schema,
    name: (u16, &'static str),
    pub(crate) content: Content,
    fields: &'static [FieldDef],
    pub(crate) model: Option<&'static Particle>,
    /// The maximum stack use of reading or writing an element of this type, in bytes.
    stack: usize,
    /// Whether the type is abstract: an element can only have a type that is derived from it.
    pub(crate) is_abstract: bool,
    table: OnceLock<Table>,
    pub(crate) reach: OnceLock<Box<[u16]>>,
    choice: OnceLock<Option<Box<Choice>>>,
    constrained: OnceLock<bool>,
}

impl TypeInfo {
    /// Returns the description of a type, given its schema set; its namespace and name (for a choice or a group, the name of the Rust type); its kind
    /// of content; its fields; and the size of its values in bytes.
    #[must_use]
    pub const fn new(
        schema: &'static Schema,
        name: (u16, &'static str),
        content: Content,
        fields: &'static [FieldDef],
        size: usize,
    ) -> Self {
        // Without optimisation, the frames of a level hold two copies of a value and need another kilobyte. Reading takes up to two kilobytes,
        // whatever the size of the value.
        let stack = if size < LEVEL / 2 { 2 * LEVEL } else { LEVEL + 2 * size };
        Self {
            schema,
            name,
            content,
            fields,
            model: None,
            stack,
            is_abstract: false,
            table: OnceLock::new(),
            reach: OnceLock::new(),
            choice: OnceLock::new(),
            constrained: OnceLock::new(),
        }
    }

    /// Returns the type with a content model that its fields cannot express.
    #[must_use]
    pub const fn model(mut self, model: &'static Particle) -> Self {
        self.model = Some(model);
        self
    }

    /// Returns the type as an abstract type.
    #[must_use]
    pub const fn abstract_type(mut self) -> Self {
        self.is_abstract = true;
        self
    }

    /// Returns the namespace and local name of the type, as `xsi:type` names it.
    #[must_use]
    pub fn name(&'static self) -> (&'static str, &'static str) {
        (self.schema.uri(self.name.0), self.name.1)
    }

    /// Returns the elements of the content in the order of the schema, without those of its choices and groups.
    pub fn elements(&'static self) -> impl Iterator<Item = &'static FieldInfo> {
        self.items().iter().filter(|item| item.place == Place::Element)
    }

    /// Tells whether the content consists of elements only, without choices, groups, wildcards and text.
    #[must_use]
    pub fn is_plain(&'static self) -> bool {
        self.content != Content::Choice && self.items().iter().all(|item| item.place == Place::Element)
    }

    /// Returns the maximum stack use of an element of this type, in bytes; or of a group, which has no element around it.
    #[inline]
    pub(crate) fn stack(&self, group: bool) -> usize {
        if group { self.stack - LEVEL } else { self.stack }
    }

    /// Returns the definitions of its fields, in the order of the Rust type.
    pub(crate) fn fields(&'static self) -> &'static [FieldDef] {
        self.fields
    }

    /// Returns the table, which is built at the first call.
    #[inline]
    pub(crate) fn table(&'static self) -> &'static Table {
        self.table.get_or_init(|| Table::of(self.schema, self.fields))
    }

    /// Returns the items of its attributes and attribute wildcards.
    #[inline]
    pub(crate) fn attributes(&'static self) -> &'static [FieldInfo] {
        &self.table().attributes
    }

    /// Returns its only choice, if the fast path can read it.
    #[inline]
    pub(crate) fn choice(&'static self) -> Option<&'static Choice> {
        self.choice.get_or_init(|| Choice::of(self).map(Box::new)).as_deref()
    }

    /// Returns the keys of its attributes.
    #[inline]
    pub(crate) fn attribute_keys(&'static self) -> &'static [Key] {
        &self.table().attribute_keys
    }

    /// Returns the items of its content: elements, wildcards and groups, or the text.
    #[inline]
    pub(crate) fn items(&'static self) -> &'static [FieldInfo] {
        &self.table().items
    }

    /// Returns a bit set in which bit n tells that the item n is required. Items from number 64 on have no bit.
    #[inline]
    pub(crate) fn required(&'static self) -> u64 {
        self.table().required
    }

    /// Tells whether an element of its content has identity constraints.
    pub(crate) fn is_constrained(&'static self) -> bool {
        let constrained = |item: &'static FieldInfo| {
            let declared = self.schema.rules().and_then(|rules| rules.declared(self.schema, item, false));
            declared.is_some_and(|declared| !declared.identities.is_empty())
        };
        *self.constrained.get_or_init(|| self.items().iter().any(constrained))
    }

    /// Tells whether its content has a wildcard beside other items.
    #[inline]
    pub(crate) fn is_wild(&'static self) -> bool {
        self.table().wild
    }

    /// Tells whether the name alone leads from one item to another: there is no wildcard between them that may admit the name.
    #[inline]
    pub(crate) fn leads_to(&'static self, from: usize, index: usize) -> bool {
        !self.is_wild() || self.passes_no_wildcard(from, index)
    }

    #[cold]
    fn passes_no_wildcard(&'static self, from: usize, index: usize) -> bool {
        index >= from && !self.items().get(from..index).unwrap_or_default().iter().any(FieldInfo::has_wildcard)
    }

    /// Tells whether all its elements have different local names, so that a local name alone identifies an element.
    #[inline]
    pub(crate) fn distinct(&'static self) -> bool {
        self.table().distinct
    }
}
