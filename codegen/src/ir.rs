//! The Rust items to write, with every name settled, as plain data: `plan` makes it, `emit` makes tokens of it.
//!
//! Ids index the arenas of [`RustIr`]. Documentation is a list of lines, as long as they are written. Relative paths are spelled by `emit` from
//! the modules that two items stand in.

mod rules;
mod simple;
mod ty;

pub use rules::{Constraint, ConstraintKind, Declaration, DeclaredType, GlobalAttribute, Holder, NamedType, Rules};
pub use simple::{Facet, FacetKind, Facets, NamedFacets, SimpleOf, SimpleType, WhiteSpace};
pub use ty::{CodecType, Scalar, Ty};

use std::collections::BTreeSet;

use crate::model::ProcessContents;
use crate::settings::Strings;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
        pub struct $name(pub u32);

        impl $name {
            /// As an index into its arena.
            pub fn index(self) -> usize {
                self.0 as usize
            }
        }
    )*};
}

ids! {
    /// Index into [`RustIr::modules`]; 0 is the root, `lib.rs`.
    ModuleId;
    /// Index into [`RustIr::items`].
    ItemId;
}

/// The root module.
pub const ROOT: ModuleId = ModuleId(0);

/// Everything that is to be written.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct RustIr {
    /// All modules; the first is the root. A parent stands before its children.
    pub modules: Vec<Module>,
    /// All items, by id; where they are written the modules say.
    pub items: Vec<Item>,
    /// What stands in `lib.rs` beside its modules.
    pub root: Root,
    /// The crate around them, if any.
    pub krate: Option<Crate>,
    /// Names that could not be had as they were wanted.
    pub collisions: Vec<Collision>,
}

/// A name that was changed because another thing has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Collision {
    /// The schema component, as `ep:oneClickMetaDataType`.
    pub component: String,
    /// The name it would have had.
    pub wanted: String,
    /// The name it has.
    pub given: String,
}

/// `lib.rs` but for its modules.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Root {
    /// Lines for `schema!`: prefix and URI.
    pub namespaces: Vec<(String, String)>,
    /// Whether readers trim strings.
    pub trim_text: bool,
    /// Whether tolerant readers take prefixes that a document does not declare.
    pub undeclared_prefixes: bool,
    /// The type that texts have.
    pub strings: Strings,
    /// Documentation of `Document`.
    pub document_docs: Vec<String>,
    /// The prefix of the variants of `Document` that say no other.
    pub document_prefix: Option<String>,
    /// The variants of `Document`.
    pub document: Vec<DocumentVariant>,
    /// The operations, where there is a profile.
    pub operations: Option<Vec<Operation>>,
    /// What strict reading checks beyond the types.
    pub rules: Rules,
}

/// `Cargo.toml` and `README.md`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Crate {
    /// `Cargo.toml` up to the dependencies.
    pub manifest: String,
    /// Lines of `[dependencies]`.
    pub dependencies: Vec<(String, String)>,
    /// Each feature with those it needs; `default` is all of them.
    pub features: Vec<(String, Vec<String>)>,
    /// The text of `README.md`.
    pub readme: String,
}

/// A module: a file where its parent is the root, else inline.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Module {
    /// Its name.
    pub name: String,
    /// The module it stands in; of the root, itself.
    pub parent: ModuleId,
    /// Its documentation.
    pub docs: Vec<String>,
    /// Lines that open the file, without `//`; empty for inline modules.
    pub header: Vec<String>,
    /// Names of modules that it imports from `super`, sorted.
    pub uses: Vec<String>,
    /// Names of types and modules in its file, which no import may have.
    pub taken: BTreeSet<String>,
    /// The feature it stands behind.
    pub feature: Option<String>,
    /// What it holds, in the order of the schema.
    pub body: Vec<Entry>,
    /// Of a file: the facets that its types refer to by name, sorted.
    pub facets: Vec<NamedFacets>,
}

/// Part of a module.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Entry {
    /// An item.
    Item(ItemId),
    /// A module within.
    Module(ModuleId),
}

/// A type.
#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    /// Where it stands.
    pub module: ModuleId,
    /// Its Rust name.
    pub name: String,
    /// What it was made of, as `ep:getSessionInfoResponse/accessControl`.
    pub component: String,
    /// Its documentation.
    pub docs: Vec<String>,
    /// Its derives, but for `Xml`.
    pub derives: Vec<String>,
    /// Of a group, a choice or a polymorphic type: the prefix of the names within that say no other.
    pub prefix: Option<String>,
    /// What it is.
    pub kind: ItemKind,
}

/// Kinds of items.
#[allow(clippy::large_enum_variant, reason = "most items are structs")]
#[derive(Debug, Clone, PartialEq)]
pub enum ItemKind {
    /// A complex type.
    Struct(Struct),
    /// A sequence without an element of its own.
    Group(Vec<Field>),
    /// One of several elements.
    Choice(Vec<Field>),
    /// An enumeration.
    Enumeration(Enumeration),
    /// One of several simple types.
    Union(Union),
    /// A type with its derived types.
    Polymorphic(Polymorphic),
    /// A text that means more than the schema says.
    Value(ValueType),
    /// `pub type`, with a static of its facets.
    Alias(Alias),
}

/// A name as it is written: prefix (`none` without namespace) and local part.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct WireName {
    /// The prefix.
    pub prefix: String,
    /// The local part.
    pub local: String,
}

/// A complex type.
#[derive(Debug, Clone, PartialEq)]
pub struct Struct {
    /// The schema type's name; of an anonymous type the element's.
    pub wire: WireName,
    /// Whether it is abstract.
    pub abstract_: bool,
    /// Its attributes.
    pub attributes: Vec<Field>,
    /// Its content.
    pub body: Body,
    /// The content model, where it is more than `body` says.
    pub model: Option<ContentModel>,
}

/// A content model with the name of its static.
#[derive(Debug, Clone, PartialEq)]
pub struct ContentModel {
    /// The static, in the module of the struct.
    pub name: String,
    /// The model.
    pub particle: Particle,
}

/// Content of a complex type.
#[derive(Debug, Clone, PartialEq)]
pub enum Body {
    /// Nothing.
    Empty,
    /// Children in order.
    Sequence(Vec<Field>),
    /// Children in any order.
    All(Vec<Field>),
    /// Text and children.
    Mixed(Field),
    /// Text of a simple type.
    Text(Field),
}

/// A field, or a variant of a choice.
#[derive(Debug, Clone, PartialEq)]
pub struct Field {
    /// Its documentation.
    pub docs: Vec<String>,
    /// Its Rust name.
    pub name: String,
    /// How often it occurs.
    pub occurs: Occurs,
    /// The type of one occurrence.
    pub ty: Ty,
    /// How it is told in a document.
    pub wire: Wire,
    /// Its default or fixed value.
    pub value: Option<Value>,
    /// What its declarations say, where there are several that say different things: the place tells which is meant.
    pub placed: Vec<Own>,
    /// Facets to check.
    pub facets: Option<Facets>,
    /// The feature it stands behind.
    pub feature: Option<String>,
    /// The declaration it was made of, where it is an element.
    pub element: Option<crate::model::ElementId>,
}

/// How a field is told in a document.
#[derive(Debug, Clone, PartialEq)]
pub enum Wire {
    /// By its name: an element or an attribute.
    Name(WireName),
    /// A wildcard with its namespace constraint and `processContents`.
    Any {
        /// As `##any`, `##other:URI`, or URIs.
        constraint: String,
        /// How much of it is checked.
        process: ProcessContents,
    },
    /// By the type of the field: a choice or a group.
    Group,
    /// Text.
    Text,
}

/// Occurrence of a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Occurs {
    /// `T`
    One,
    /// `Option<T>`
    Optional,
    /// `Vec<T>` of at least and at most so many.
    Many(u64, Option<u64>),
}

impl Occurs {
    /// Whether there may be several.
    pub fn is_list(self) -> bool {
        matches!(self, Self::Many(..))
    }

    /// Whether at least one must be there: `new` asks for it.
    pub fn is_required(self) -> bool {
        self == Self::One || matches!(self, Self::Many(least, _) if least > 0)
    }
}

/// `default` or `fixed`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Value {
    /// `default`
    Default(String),
    /// `fixed`
    Fixed(String),
}

/// What one of several declarations of a name says.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Own {
    /// Its default or fixed value.
    pub value: Option<Value>,
    /// Whether it is not nillable, though another is.
    pub never_nil: bool,
}

/// An open enumeration.
#[derive(Debug, Clone, PartialEq)]
pub struct Enumeration {
    /// The schema type's name; of an anonymous type the element's or attribute's.
    pub wire: WireName,
    /// Its variants but for `Other`.
    pub variants: Vec<EnumerationValue>,
}

/// A value of an enumeration.
#[derive(Debug, Clone, PartialEq)]
pub struct EnumerationValue {
    /// Its documentation.
    pub docs: Vec<String>,
    /// The variant.
    pub name: String,
    /// The value as it is written.
    pub value: String,
}

/// A union of simple types.
#[derive(Debug, Clone, PartialEq)]
pub struct Union {
    /// Its members but for `Other`; those of members that are unions stand in their place.
    pub members: Vec<Member>,
    /// The static of its facets.
    pub facets: NamedFacets,
}

/// A member of a union.
#[derive(Debug, Clone, PartialEq)]
pub struct Member {
    /// Its documentation.
    pub docs: Vec<String>,
    /// The variant.
    pub name: String,
    /// Its type.
    pub ty: Ty,
    /// Whether values of the type convert into the union: no other member is of that type, nor is it text.
    pub from: bool,
}

/// A type with its derived types.
#[derive(Debug, Clone, PartialEq)]
pub struct Polymorphic {
    /// The base itself, unless it is abstract.
    pub base: Option<Derived>,
    /// The types derived from it.
    pub derived: Vec<Derived>,
}

/// A type that `xsi:type` may name.
#[derive(Debug, Clone, PartialEq)]
pub struct Derived {
    /// Its documentation.
    pub docs: Vec<String>,
    /// The variant.
    pub name: String,
    /// Its type, in a box.
    pub ty: Ty,
    /// The schema's name for the type.
    pub wire: WireName,
    /// Another text that names it.
    pub alias: Option<String>,
    /// The feature it stands behind.
    pub feature: Option<String>,
}

/// A type of texts that mean more than the schema says.
#[derive(Debug, Clone, PartialEq)]
pub enum ValueType {
    /// A date and time of day.
    DateTime {
        /// Patterns as `MM/DD/YYYY hh:mm:ss`; the first is written.
        patterns: Vec<String>,
        /// Further texts, which stand for no date.
        also: Vec<String>,
        /// Whether the first pattern has a place for each field, so that any date has a text.
        exact: bool,
    },
    /// Milliseconds since the beginning of 1970, in UTC.
    EpochMilliseconds,
    /// Words for true and for false; the first of each is written.
    Boolean {
        /// Words for true.
        yes: Vec<String>,
        /// Words for false.
        no: Vec<String>,
    },
    /// Parts with a separator between them.
    Delimited {
        /// The separator.
        separator: String,
        /// The names of the first parts.
        parts: Vec<String>,
        /// How many parts there are at most.
        most: u32,
        /// Whether a text without the separator is a value too.
        plain: bool,
    },
    /// Integers of which some have names.
    NamedIntegers(Vec<NamedInteger>),
}

/// An integer and its name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedInteger {
    /// Its documentation.
    pub docs: Vec<String>,
    /// The variant.
    pub name: String,
    /// The integer.
    pub number: i64,
}

/// An alias of a scalar, a list, or an enumeration.
#[derive(Debug, Clone, PartialEq)]
pub struct Alias {
    /// What it stands for.
    pub ty: Ty,
    /// The static of its facets.
    pub facets: Option<NamedFacets>,
}

/// A variant of `Document`.
#[derive(Debug, Clone, PartialEq)]
pub struct DocumentVariant {
    /// Name, type, wire name and the rest.
    pub field: Field,
    /// Whether the type in its box converts into it: no other variant holds that.
    pub from: bool,
}

/// A pair of request and response.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Operation {
    /// Its name: the request type's local name.
    pub name: String,
    /// The request's type.
    pub request: ItemId,
    /// The response's type.
    pub response: ItemId,
    /// What `xsi:type` says of a request.
    pub wire_type: String,
    /// Since which release there is, if known.
    pub since: Option<String>,
    /// Whether it changes nothing and may be repeated.
    pub safe: bool,
    /// The feature it stands behind.
    pub feature: Option<String>,
}

/// A content model for strict reading.
#[derive(Debug, Clone, PartialEq)]
pub struct Particle {
    /// What occurs.
    pub term: Term,
    /// How often at least.
    pub min: u64,
    /// How often at most.
    pub max: Option<u64>,
}

/// What a particle is of.
#[derive(Debug, Clone, PartialEq)]
pub enum Term {
    /// An element by name, with what its declaration says where others of the name say otherwise.
    Element(WireName, Option<Own>),
    /// A wildcard by its constraint.
    Any(String),
    /// In this order.
    Sequence(Vec<Particle>),
    /// One of these.
    Choice(Vec<Particle>),
    /// In any order.
    All(Vec<Particle>),
}

impl Field {
    /// A field of that name, type and occurrence, with nothing else.
    pub fn new(name: impl Into<String>, occurs: Occurs, ty: Ty, wire: Wire) -> Self {
        Field {
            docs: Vec::new(),
            name: name.into(),
            occurs,
            ty,
            wire,
            value: None,
            placed: Vec::new(),
            facets: None,
            feature: None,
            element: None,
        }
    }

    /// The same with documentation of one paragraph.
    #[must_use]
    pub fn with_docs(mut self, docs: impl Into<String>) -> Self {
        self.docs = vec![docs.into()];
        self
    }
}

impl Struct {
    /// Attributes and content, in order.
    pub fn fields(&self) -> impl Iterator<Item = &Field> {
        self.attributes.iter().chain(self.body.fields())
    }

    /// Attributes and content, in order.
    pub fn fields_mut(&mut self) -> impl Iterator<Item = &mut Field> {
        self.attributes.iter_mut().chain(self.body.fields_mut())
    }
}

impl Body {
    /// The fields in order.
    pub fn fields(&self) -> &[Field] {
        match self {
            Body::Empty => &[],
            Body::Sequence(fields) | Body::All(fields) => fields,
            Body::Mixed(field) | Body::Text(field) => std::slice::from_ref(field),
        }
    }

    /// The fields in order.
    pub fn fields_mut(&mut self) -> &mut [Field] {
        match self {
            Body::Empty => &mut [],
            Body::Sequence(fields) | Body::All(fields) => fields,
            Body::Mixed(field) | Body::Text(field) => std::slice::from_mut(field),
        }
    }
}
