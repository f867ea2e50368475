//! The tables of types that reading and writing go by. Generated code defines the fields of a type as constants ([`FieldDef`]); the table is made of
//! them when the type is first met.

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
use crate::write::Padded;

/// What sort of value stands at a place: a set of marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ValueFlags(u16);

impl ValueFlags {
    /// A structure with attributes and children.
    pub const STRUCT: Self = Self(0);
    /// A text: no attributes, no children.
    pub const LEAF: Self = Self(1);
    /// It may be nil.
    pub const NILLABLE: Self = Self(2);
    /// Children without an element around them: a choice, or a sequence within a model.
    pub const GROUP: Self = Self(4);
    /// It stands in a box, so that a type may hold itself.
    pub const BOXED: Self = Self(8);
    /// Its type is told by `xsi:type`.
    pub const POLYMORPHIC: Self = Self(16);
    /// Kept XML.
    pub const KEPT: Self = Self(32);
    /// A text in which prefixes stand for namespaces.
    pub const QUALIFIED: Self = Self(64);
    /// A union of texts in which prefixes stand for namespaces, and others.
    pub const EITHER: Self = Self(128);
    /// Several values with white space between them.
    pub const LIST: Self = Self(256);
    /// A text that no error and no note may show.
    pub const SECRET: Self = Self(512);

    /// The marks of both.
    #[must_use]
    pub const fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// The marks without those of the other.
    #[must_use]
    pub const fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// Whether all marks of the other are set.
    #[must_use]
    pub const fn is(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }
}

/// What the tables can ask about a type.
#[derive(Debug, Clone, Copy)]
pub struct ValueInfo {
    /// What sort of value it is.
    pub kind: ValueFlags,
    /// The table of a complex type, a choice or a group.
    pub type_info: Option<&'static TypeInfo>,
    /// The facets of a simple type.
    pub simple: Option<&'static SimpleType>,
}

impl ValueInfo {
    /// Of a sort of value, and nothing else.
    #[must_use]
    pub const fn of(kind: ValueFlags) -> Self {
        Self { kind, type_info: None, simple: None }
    }

    /// With more marks.
    #[must_use]
    pub const fn with(self, kind: ValueFlags) -> Self {
        Self { kind: self.kind.with(kind), ..self }
    }
}

/// Where an item stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    /// An element.
    Element,
    /// An attribute.
    Attribute,
    /// Any element, or any attribute, that the constraint admits.
    Any,
    /// The children of a choice or a group.
    Group,
    /// The text of the element itself, or text between elements.
    Text,
}

/// What is done with what a wildcard admits (XML Schema Part 1, section 3.10.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Process {
    /// It must be declared, and valid.
    Strict,
    /// It must be valid if it is declared.
    Lax,
    /// It may be anything.
    Skip,
}

/// No upper bound of the number of occurrences.
pub const UNBOUNDED: u32 = u32::MAX;

/// One line of a table: an element, an attribute, a wildcard, a group or a text.
#[derive(Debug)]
pub struct FieldInfo {
    pub(crate) open: &'static str,
    pub(crate) close: &'static str,
    /// Both, of an element or attribute whose text is written between them as it is.
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
    /// The simple type that the Rust type stands for.
    pub(crate) native: Option<&'static SimpleType>,
    /// Whether the Rust type stands for another primitive type than the schema's, as an `f64` for `xs:decimal`: it may not hold every value.
    pub(crate) mapped: bool,
    pub(crate) process: Process,
    pub(crate) type_info: Option<&'static TypeInfo>,
    /// Whether it stands in the start tag.
    pub(crate) in_tag: bool,
    /// Whether it cannot be nil, though its Rust type can: others of its name are nillable.
    pub(crate) never_nil: bool,
    /// The items of the declarations of its name, where the content model has several that say different things.
    pub(crate) placed: &'static [(Own, FieldInfo)],
}

impl FieldInfo {
    /// The item of an element of which nothing is known but its name.
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

    /// The item as the declaration has it that an element matched.
    pub(crate) fn matched(&'static self, matched: Matched) -> &'static Self {
        let Matched::Element(Some(own)) = matched else { return self };
        self.placed.iter().find(|(of, _)| *of == own).map_or(self, |(_, item)| item)
    }

    pub(crate) fn is_leaf(&self) -> bool {
        self.kind.is(ValueFlags::LEAF)
    }

    /// What a message may show of a text: a short excerpt, of a secret nothing.
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

    /// Whether it is a wildcard, or a choice or group with one.
    pub(crate) fn has_wildcard(&self) -> bool {
        match self.place {
            Place::Any => true,
            Place::Group => self.type_info().is_some_and(|type_info| type_info.items().iter().any(Self::has_wildcard)),
            Place::Element | Place::Attribute | Place::Text => false,
        }
    }

    /// The simple type of its text, whether the schema or the Rust type says so.
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

    /// Returns the table of its complex type; nothing for an element that holds a text.
    #[must_use]
    pub fn complex_type(&self) -> Option<&'static TypeInfo> {
        self.type_info
    }

    /// Returns the simple type of its text. Of a secret, and of a text with a form of its own, only the facets of the schema are known.
    #[must_use]
    pub fn simple_type(&self) -> Option<&'static SimpleType> {
        self.simple()
    }
}

/// What an element holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Content {
    /// Nothing.
    Empty,
    /// Children in order.
    Sequence,
    /// Children in any order.
    All,
    /// Text and children.
    Mixed,
    /// Text.
    Text,
    /// One of the items: only of `choice!`.
    Choice,
}

/// A kilobyte of stack.
const LEVEL: usize = 1024;

/// The definition of a field of a type, as `#[xml(...)]` gives it: its Rust name; where it stands; its namespace and local name, of a wildcard its
/// namespace constraint; how often it occurs at least and at most; what is known of its values; and what few fields have.
///
/// A tuple, and no call: there are tens of thousands in a large binding, and the compiler evaluates each.
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

/// Where a field stands.
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

/// What few fields have: a value constraint, several declarations, facets.
#[derive(Debug)]
pub struct FieldMore {
    /// The value constraint.
    pub value: Own,
    /// What each of several declarations of its name says.
    pub declarations: &'static [Own],
    /// The facets of its simple type.
    pub simple: Option<&'static SimpleType>,
}

impl FieldMore {
    /// Nothing.
    pub const NONE: Self = Self { value: Own::NONE, declarations: &[], simple: None };
}

impl FieldDef {
    /// Its name in Rust.
    pub(crate) fn name(&self) -> &'static str {
        self.0
    }

    /// Whether it occurs once at most.
    pub(crate) fn is_single(&self) -> bool {
        self.5 == 1
    }
}

/// What is known of a type: its name and the definitions of its fields, of which a table is made when the type is first met.
#[derive(Debug)]
pub struct TypeInfo {
    pub(crate) schema: &'static Schema,
    name: (u16, &'static str),
    pub(crate) content: Content,
    fields: &'static [FieldDef],
    pub(crate) model: Option<&'static Particle>,
    /// How much stack an element of it takes at most, in bytes.
    stack: usize,
    /// Whether no element can be of it, but of a type that is derived from it.
    pub(crate) is_abstract: bool,
    table: OnceLock<Table>,
    pub(crate) reach: OnceLock<Box<[u16]>>,
    choice: OnceLock<Option<Box<Choice>>>,
    constrained: OnceLock<bool>,
}

impl TypeInfo {
    /// Returns the table of a type: its namespace and name (of a choice or a group, that of the Rust type), its content, its fields, and the size of
    /// its values in bytes.
    #[must_use]
    pub const fn new(
        schema: &'static Schema,
        name: (u16, &'static str),
        content: Content,
        fields: &'static [FieldDef],
        size: usize,
    ) -> Self {
        // Unoptimised copying has a value twice in the frames of a level, and needs a kilobyte besides; reading takes up to two, whatever the size.
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

    /// Returns the table of a type with a content model that its fields do not express.
    #[must_use]
    pub const fn model(mut self, model: &'static Particle) -> Self {
        self.model = Some(model);
        self
    }

    /// Returns the table of an abstract type.
    #[must_use]
    pub const fn abstract_type(mut self) -> Self {
        self.is_abstract = true;
        self
    }

    /// The name of the type, as it stands in `xsi:type`: its namespace and local name.
    #[must_use]
    pub fn name(&'static self) -> (&'static str, &'static str) {
        (self.schema.uri(self.name.0), self.name.1)
    }

    /// Returns the elements that the content names, in the order of the schema; not those of its choices and groups.
    pub fn elements(&'static self) -> impl Iterator<Item = &'static FieldInfo> {
        self.items().iter().filter(|item| item.place == Place::Element)
    }

    /// Tells whether the content is those elements and nothing else: neither choices and groups nor wildcards nor text.
    #[must_use]
    pub fn is_plain(&'static self) -> bool {
        self.content != Content::Choice && self.items().iter().all(|item| item.place == Place::Element)
    }

    /// How much stack an element of it takes at most, in bytes; or a group, which has no element around it.
    #[inline]
    pub(crate) fn stack(&self, group: bool) -> usize {
        if group { self.stack - LEVEL } else { self.stack }
    }

    /// The definitions of its fields, in the order of the Rust type.
    pub(crate) fn fields(&'static self) -> &'static [FieldDef] {
        self.fields
    }

    /// The table, made when it is first asked for.
    #[inline]
    pub(crate) fn table(&'static self) -> &'static Table {
        self.table.get_or_init(|| Table::of(self.schema, self.fields))
    }

    /// Its attributes.
    #[inline]
    pub(crate) fn attributes(&'static self) -> &'static [FieldInfo] {
        &self.table().attributes
    }

    /// Its only choice, if that can be read in the short way.
    #[inline]
    pub(crate) fn choice(&'static self) -> Option<&'static Choice> {
        self.choice.get_or_init(|| Choice::of(self).map(Box::new)).as_deref()
    }

    /// The names of its attributes.
    #[inline]
    pub(crate) fn attribute_keys(&'static self) -> &'static [Key] {
        &self.table().attribute_keys
    }

    /// Its elements, wildcards and groups, or its text.
    #[inline]
    pub(crate) fn items(&'static self) -> &'static [FieldInfo] {
        &self.table().items
    }

    /// Bit n: the item n must occur. Of the items from 64 on nothing is said.
    #[inline]
    pub(crate) fn required(&'static self) -> u64 {
        self.table().required
    }

    /// Whether an element in it has identity constraints.
    pub(crate) fn is_constrained(&'static self) -> bool {
        let constrained = |item: &'static FieldInfo| {
            let declared = self.schema.rules().and_then(|rules| rules.declared(self.schema, item, false));
            declared.is_some_and(|declared| !declared.identities.is_empty())
        };
        *self.constrained.get_or_init(|| self.items().iter().any(constrained))
    }

    /// Whether wildcards stand among other items of it.
    #[inline]
    pub(crate) fn is_wild(&'static self) -> bool {
        self.table().wild
    }

    /// Whether the content model leads from one item to another by the name alone: no wildcard stands before it that may admit the name.
    #[inline]
    pub(crate) fn leads_to(&'static self, from: usize, index: usize) -> bool {
        !self.is_wild() || self.passes_no_wildcard(from, index)
    }

    #[cold]
    fn passes_no_wildcard(&'static self, from: usize, index: usize) -> bool {
        index >= from && !self.items().get(from..index).unwrap_or_default().iter().any(FieldInfo::has_wildcard)
    }

    /// Whether no two elements of it have one local name, so that a name without its namespace says which is meant.
    #[inline]
    pub(crate) fn distinct(&'static self) -> bool {
        self.table().distinct
    }
}
