//! The descriptions of types that drive reading and writing: the definitions that derived code states, and the tables that are built from
//! them when a type is first used. The tables are built in `table` and `choice`.

use std::fmt;
use std::sync::OnceLock;

use crate::error::excerpt;
use crate::schema::{NO_SCHEMA, Schema};
use crate::simple::SimpleType;
use crate::tables::keys::{Key, Keys, Names};
use crate::tables::kinds::{Content, FieldKind, Place, Process, TypeName, UNBOUNDED, ValueFlags};
use crate::tables::particle::{DeclarationInfo, Particle};
use crate::tables::runtime::{Definitions, RuntimeType};
use crate::tables::table::flattened;
use crate::text::buffer::Padded;
use crate::typed::TextForm;

/// The definition of a field of a type, as `#[xml(...)]` gives it. Its parts are the Rust name; the position with the minimum and maximum number of
/// occurrences; the namespace; the local name (for a wildcard, the namespace constraint); the properties of the values; and the rarely used properties.
///
/// It is a tuple and not a struct, because a large binding has tens of thousands of them and tuples take the compiler the least time.
pub type FieldDef = (&'static str, Occurrence, u16, &'static str, fn() -> ValueInfo, Option<&'static FieldExtras>);

/// The position of a field, and the minimum and maximum number of its occurrences.
pub type Occurrence = (FieldKind, u32, u32);

/// An element that occurs once.
pub const REQUIRED: Occurrence = (FieldKind::Element, 1, 1);

/// An element that may be absent.
pub const OPTIONAL: Occurrence = (FieldKind::Element, 0, 1);

/// An element that occurs any number of times.
pub const REPEATED: Occurrence = (FieldKind::Element, 0, UNBOUNDED);

/// The properties that only few fields have: a value constraint, several declarations, facets.
#[derive(Debug)]
pub struct FieldExtras {
    /// The value constraint.
    pub value: DeclarationInfo,
    /// The properties of each declaration, if there are several declarations of the same name.
    pub declarations: &'static [DeclarationInfo],
    /// The facets of its simple type.
    pub simple: Option<&'static SimpleType>,
}

impl FieldExtras {
    /// A value without any of these properties.
    pub const NONE: Self = Self { value: DeclarationInfo::NONE, declarations: &[], simple: None };
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
    /// The form of the texts, for a text with a form of its own.
    pub form: Option<&'static TextForm>,
    /// The types that `xsi:type` can name.
    pub types: &'static [TypeName],
}

impl ValueInfo {
    /// Returns the properties of a type of this kind, without a table and without facets.
    #[must_use]
    pub const fn of(kind: ValueFlags) -> Self {
        Self { kind, type_info: None, simple: None, form: None, types: &[] }
    }

    /// Returns the properties of a type that has a table.
    #[must_use]
    pub fn described(kind: ValueFlags, cell: &'static TypeCell) -> Self {
        Self { type_info: Some(cell.info()), ..Self::of(kind) }
    }

    /// Returns the properties of a leaf of this simple type.
    #[must_use]
    pub const fn leaf(simple: &'static SimpleType) -> Self {
        Self { simple: Some(simple), ..Self::of(ValueFlags::LEAF) }
    }

    /// Returns the properties of a leaf whose texts have this form.
    #[must_use]
    pub const fn formed(form: &'static TextForm) -> Self {
        Self { form: Some(form), ..Self::of(ValueFlags::LEAF) }
    }

    /// Returns the properties of an element whose type is one of these.
    #[must_use]
    pub const fn polymorphic(types: &'static [TypeName]) -> Self {
        Self { types, ..Self::of(ValueFlags::POLYMORPHIC) }
    }

    /// Returns the properties with more flags.
    #[must_use]
    pub const fn with(self, kind: ValueFlags) -> Self {
        Self { kind: self.kind.with(kind), ..self }
    }
}

/// One kilobyte, the unit for estimating stack use.
const LEVEL: usize = 1024;

/// The item of a root element of any name.
pub(crate) static ANY_ROOT: FieldInfo = FieldInfo::bare("<root>", "</root>", "root");

/// The field of a text that stands alone.
pub(crate) static ANY_LEAF: FieldInfo = FieldInfo { kind: ValueFlags::LEAF, ..FieldInfo::bare("", "", "root") };

/// The field of a text that stands alone and may be nil.
pub(crate) static ANY_NILLABLE: FieldInfo =
    FieldInfo { kind: ValueFlags::LEAF.with(ValueFlags::NILLABLE), ..FieldInfo::bare("", "", "root") };

/// The description of a type: its name and the definitions of its fields, from which the table is built when the type is first used.
#[derive(Debug)]
pub struct TypeInfo {
    pub(crate) schema: &'static Schema,
    name: (u16, &'static str),
    pub(crate) content: Content,
    pub(super) fields: Definitions,
    pub(crate) model: Option<&'static Particle>,
    /// The maximum stack use of reading or writing an element of this type, in bytes.
    stack: usize,
    /// Whether the type is abstract: an element can only have a type that is derived from it.
    pub(crate) is_abstract: bool,
    pub(crate) docs: Docs,
    pub(super) table: OnceLock<Table>,
    pub(crate) reach: OnceLock<Box<[u16]>>,
    pub(super) choice: OnceLock<Option<Box<Choice>>>,
    pub(super) constrained: OnceLock<bool>,
}

impl TypeInfo {
    /// Returns the description of a type with the properties that its static states.
    fn of(cell: &TypeCell) -> Self {
        // Without optimisation, the frames of a level hold two copies of a value and need another kilobyte. Reading takes up to two kilobytes,
        // whatever the size of the value.
        let stack = if cell.size < LEVEL / 2 { 2 * LEVEL } else { LEVEL + 2 * cell.size };
        let fields = (cell.fields)();
        Self {
            schema: (cell.schema)(),
            name: cell.name,
            content: content(cell.content, fields),
            fields: Definitions::Compiled(fields),
            model: cell.model,
            stack,
            is_abstract: cell.is_abstract,
            docs: cell.docs(),
            table: OnceLock::new(),
            reach: OnceLock::new(),
            choice: OnceLock::new(),
            constrained: OnceLock::new(),
        }
    }

    /// Returns the description of a type of a schema set that was read at run time. Its values are small, because their fields are on the heap.
    pub(super) fn of_runtime(ty: RuntimeType) -> Self {
        Self {
            schema: ty.schema,
            name: ty.name,
            content: ty.content,
            fields: Definitions::Runtime(ty.fields),
            model: ty.model,
            stack: 2 * LEVEL,
            is_abstract: ty.is_abstract,
            docs: Docs::NONE,
            table: OnceLock::new(),
            reach: OnceLock::new(),
            choice: OnceLock::new(),
            constrained: OnceLock::new(),
        }
    }

    /// Returns the namespace and local name of the type, as `xsi:type` names it.
    #[must_use]
    pub fn name(&'static self) -> (&'static str, &'static str) {
        (self.schema.uri(self.name.0), self.name.1)
    }

    /// Returns the maximum stack use of an element of this type, in bytes; or of a group, which has no element around it.
    #[inline]
    pub(crate) fn stack(&self, group: bool) -> usize {
        if group { self.stack - LEVEL } else { self.stack }
    }

    /// Returns the definitions of its fields, in the order of the Rust type; none for a type that was read at run time.
    pub(crate) fn definitions(&'static self) -> &'static [FieldDef] {
        match self.fields {
            Definitions::Compiled(fields) => fields,
            Definitions::Runtime(_) => &[],
        }
    }
}

/// Returns the kind of content of a type. A type without content of its own has that of a type that is flattened into it.
fn content(own: Content, fields: &[FieldDef]) -> Content {
    match own {
        Content::Empty => fields.iter().filter_map(flattened).map(|inner| inner.content).find(|it| *it != Content::Empty).unwrap_or(own),
        _ => own,
    }
}

/// A type with a table: a complex type, a group, a choice, or the root elements.
///
/// The definitions of the fields are a constant of a trait and not a part of the static [`TypeCell`], because the compiler evaluates every static, but
/// only those constants that are used.
pub trait Fields {
    /// The definitions of the fields, in the order of the table.
    const FIELDS: &'static [FieldDef];

    /// The documentation of the type and its fields, with the feature `docs`.
    const DOCS: Docs = Docs::NONE;
}

/// The documentation of a type and of its fields, in the order of the table; empty without the feature `docs`.
#[derive(Debug, Clone, Copy)]
pub struct Docs {
    /// The lines of the type's documentation.
    pub own: &'static [&'static str],
    /// The lines of the documentation of each field.
    pub fields: &'static [&'static [&'static str]],
}

impl Docs {
    /// No documentation.
    pub const NONE: Self = Self { own: &[], fields: &[] };
}

fn fields<T: Fields>() -> &'static [FieldDef] {
    T::FIELDS
}

/// The static of a type, from which its [`TypeInfo`] is made when the type is first used.
///
/// It consists of functions and plain values, and owns the description as a trait object. For each static, the compiler proves that all types in it can
/// be shared between threads; the types in the description are about a hundred.
#[derive(Debug)]
pub struct TypeCell {
    schema: fn() -> &'static Schema,
    name: (u16, &'static str),
    content: Content,
    fields: fn() -> &'static [FieldDef],
    model: Option<&'static Particle>,
    size: usize,
    is_abstract: bool,
    #[cfg(feature = "docs")]
    docs: fn() -> Docs,
    info: OnceLock<Box<dyn Described>>,
}

#[cfg(feature = "docs")]
fn docs<T: Fields>() -> Docs {
    T::DOCS
}

impl TypeCell {
    /// Returns the static of a type, given its schema set; its namespace and name (for a choice or a group, the name of the Rust type); and its kind of
    /// content.
    #[must_use]
    pub const fn of<T: Fields>(schema: fn() -> &'static Schema, name: (u16, &'static str), content: Content) -> Self {
        let (fields, size) = (fields::<T>, size_of::<T>());
        Self {
            schema,
            name,
            content,
            fields,
            model: None,
            size,
            is_abstract: false,
            #[cfg(feature = "docs")]
            docs: docs::<T>,
            info: OnceLock::new(),
        }
    }

    #[cfg(feature = "docs")]
    fn docs(&self) -> Docs {
        (self.docs)()
    }

    #[cfg(not(feature = "docs"))]
    fn docs(&self) -> Docs {
        Docs::NONE
    }

    /// Returns the static of the element around a list, given its schema set, its namespace and name, and the definition of its items.
    #[must_use]
    pub const fn wrapper(schema: fn() -> &'static Schema, name: (u16, &'static str), fields: fn() -> &'static [FieldDef]) -> Self {
        let mut cell = Self::undefined();
        (cell.schema, cell.name, cell.content, cell.fields) = (schema, name, Content::Sequence, fields);
        cell
    }

    /// Returns the static of a type that [`TypeCell::define`] defines before it is used. Without a definition it is an empty type.
    #[must_use]
    pub const fn undefined() -> Self {
        Self {
            schema: || &NO_SCHEMA,
            name: (0, ""),
            content: Content::Empty,
            fields: || &[],
            model: None,
            size: 0,
            is_abstract: false,
            #[cfg(feature = "docs")]
            docs: || Docs::NONE,
            info: OnceLock::new(),
        }
    }

    /// Sets the description of the type, unless it has one.
    pub(super) fn set(&'static self, info: TypeInfo) {
        self.info.get_or_init(|| Box::new(info));
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

    /// Returns the description of the type.
    #[inline]
    pub fn info(&'static self) -> &'static TypeInfo {
        self.info.get_or_init(|| Box::new(TypeInfo::of(self))).info()
    }
}

/// A [`TypeInfo`], as a trait object.
trait Described: fmt::Debug + Send + Sync {
    fn info(&self) -> &TypeInfo;
}

impl Described for TypeInfo {
    fn info(&self) -> &TypeInfo {
        self
    }
}

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
    /// Whether the Rust type stands for another primitive type than the schema's, such as `f64` for `xs:decimal`, so that it cannot hold
    /// every value.
    pub(crate) mapped: bool,
    pub(crate) process: Process,
    pub(crate) type_info: Option<&'static TypeInfo>,
    /// Whether it belongs to the start tag: an attribute or an attribute wildcard.
    pub(crate) in_tag: bool,
    /// Whether the element is not nillable although its Rust type can be nil, because other declarations of the same name are nillable.
    pub(crate) never_nil: bool,
    /// The items of the individual declarations, if the content model has several declarations of this name that differ.
    pub(crate) placed: &'static [(DeclarationInfo, FieldInfo)],
    /// The name of the field or variant in Rust.
    pub(crate) rust_name: &'static str,
    /// The simple type of the items of a list that corresponds to the Rust type.
    pub(crate) list_item: Option<&'static SimpleType>,
    /// The form of the texts, for a text with a form of its own.
    pub(crate) form: Option<&'static TextForm>,
    /// The types that `xsi:type` can name.
    pub(crate) types: &'static [TypeName],
    /// The lines of the documentation.
    pub(crate) docs: &'static [&'static str],
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
            rust_name: "",
            list_item: None,
            form: None,
            types: &[],
            docs: &[],
        }
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

    /// Returns whether the text is a secret.
    #[must_use]
    pub fn is_secret(&self) -> bool {
        self.kind.is(ValueFlags::SECRET)
    }

    pub(crate) fn repeats(&self) -> bool {
        self.max > 1
    }

    pub(crate) fn type_info(&self) -> Option<&'static TypeInfo> {
        self.type_info
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

    /// Returns whether it is a choice or a group.
    #[doc(hidden)]
    #[must_use]
    #[inline]
    pub fn is_group(&self) -> bool {
        self.place == Place::Group
    }

    pub(crate) fn is_element(&self) -> bool {
        self.place == Place::Element
    }

    pub(crate) fn is_attribute(&self) -> bool {
        self.place == Place::Attribute
    }

    /// Returns whether it must occur.
    #[must_use]
    pub fn is_required(&self) -> bool {
        self.min > 0
    }

    /// Returns whether it may occur more than once.
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

/// The items of a type.
#[derive(Debug)]
pub(crate) struct Table {
    pub(crate) attributes: Box<[FieldInfo]>,
    pub(crate) items: Box<[FieldInfo]>,
    /// The keys of the items, which are compared with the bytes of a document.
    pub(crate) keys: Keys,
    /// The keys of the attributes.
    pub(crate) attribute_keys: Box<[Key]>,
    /// Bit n: the attribute n is required or has a value constraint, so that its absence needs handling. All bits are set if there are more
    /// than 64.
    pub(crate) expected: u64,
    /// Bit n: the item n is required. Items from number 64 on have no bit.
    pub(crate) required: u64,
    /// Whether each item must be checked at the end of the element, because some item must occur more than once or there are more than 64
    /// items.
    pub(crate) counted: bool,
    /// Whether all elements have different local names, so that a local name alone identifies an element.
    pub(crate) distinct: bool,
    /// Whether the type has a wildcard beside other items.
    pub(crate) wild: bool,
    /// A filter for the names of its elements.
    pub(crate) names: Names,
}

/// The only choice of a type.
#[derive(Debug)]
pub(crate) struct Choice {
    /// The number of its item.
    pub(crate) index: usize,
    pub(crate) keys: Keys,
    /// The elements of the choice, indexed by the number of the key.
    pub(crate) variants: Box<[VariantInfo]>,
    /// Whether all its elements have different local names.
    pub(crate) distinct: bool,
    /// Whether one of its variants is a wildcard.
    pub(crate) wild: bool,
}

/// An element of a choice.
#[derive(Debug, Clone, Copy)]
pub(crate) struct VariantInfo {
    pub(crate) item: &'static FieldInfo,
    pub(crate) path: VariantPath,
}

/// The maximum nesting depth of choices.
const DEEP: usize = 4;

/// The variant numbers that lead to an element of nested choices, from the outermost choice to the innermost.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct VariantPath {
    variants: [u16; DEEP],
    len: u8,
}

impl VariantPath {
    pub(super) fn and(mut self, variant: usize) -> Option<Self> {
        *self.variants.get_mut(usize::from(self.len))? = u16::try_from(variant).ok()?;
        self.len += 1;
        Some(self)
    }

    /// Removes and returns the outermost variant number, and whether it was the last one.
    #[inline]
    pub(crate) fn step(&mut self) -> (usize, bool) {
        let [first, rest @ ..] = self.variants;
        for (to, from) in self.variants.iter_mut().zip(rest) {
            *to = from;
        }
        self.len = self.len.saturating_sub(1);
        (first.into(), self.len == 0)
    }

    /// Returns the outermost variant number.
    pub(crate) fn first(self) -> usize {
        self.variants.first().copied().unwrap_or_default().into()
    }
}
