//! The Rust items to generate, as plain data with every name decided. `plan` builds them, `emit` turns them into tokens.
//!
//! Ids index the arenas of [`RustIr`]. Documentation is stored as a list of lines, already wrapped to their final width. `emit` computes relative
//! paths from the modules of the two items.

mod operation;
mod particle;
mod rules;
mod simple;
mod ty;
mod versions;

pub use operation::{Messages, Operation};
pub use particle::{ContentModel, Particle, ParticleGroup, SharedParticles, Term};
pub use rules::{Constraint, ConstraintKind, Declaration, DeclaredType, GlobalAttribute, Holder, NamedType, Rules};
pub use simple::{Facet, FacetValue, Facets, NamedFacets, SimpleOf, SimpleType};
pub use ty::{CodecType, Scalar, Ty};
pub use versions::{Conversion, Converted, Documents, How, Shape, StepIr, VersionIr, VersionsIr};

use std::collections::BTreeSet;

use crate::lock::Lock;
use crate::model::{ComponentPath, ProcessContents, TypeId, ids};
use crate::settings::{Layout, Strings, ValueForm, Visibility};

ids! {
    /// The index of a module in [`RustIr::modules`]; 0 is the root, `lib.rs`.
    ModuleId;
    /// The index of an item in [`RustIr::items`].
    ItemId;
}

/// The id of the root module.
pub const ROOT: ModuleId = ModuleId(0);

/// All Rust code to generate.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct RustIr {
    /// All modules. The first is the root, and a parent precedes its children.
    pub modules: Vec<Module>,
    /// All items, indexed by id. [`Module::body`] says where each is written.
    pub items: Vec<Item>,
    /// The contents of `lib.rs` other than its modules.
    pub root: Root,
    /// The crate to write around the modules, if any.
    pub krate: Option<Crate>,
    /// The anonymous types that share the item of an identical one.
    pub shared: Vec<(ComponentPath, ItemId)>,
    /// The names that had to be changed because they were taken.
    pub collisions: Vec<Collision>,
    /// For a slice: the names of the whole schema set, which the lock keeps.
    pub whole: Option<Lock>,
}

/// A name that was changed because something else already has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Collision {
    /// The schema component, such as `ep:oneClickMetaDataType`.
    pub component: String,
    /// The name it would have without the collision.
    pub wanted: String,
    /// The name it got.
    pub given: String,
}

/// The contents of `lib.rs` other than its modules.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Root {
    /// The lines of `schema!`, each a prefix and a namespace URI.
    pub namespaces: Vec<(String, String)>,
    /// Whether readers trim strings.
    pub trim_text: bool,
    /// Whether tolerant readers accept prefixes that a document does not declare.
    pub undeclared_prefixes: bool,
    /// Whether tolerant readers read the empty value if something required is missing.
    pub blank_if_missing: bool,
    /// The namespace whose elements are written without a prefix.
    pub default_namespace: Option<String>,
    /// The names of the parameters of addresses whose values are secret.
    pub secret_parameters: Vec<String>,
    /// The Rust type used for text.
    pub strings: Strings,
    /// Whether structs and enums are exhaustive.
    pub exhaustive: bool,
    /// The visibility of everything.
    pub visibility: Visibility,
    /// How the bindings are distributed over files.
    pub layout: Layout,
    /// The documentation of `Document`.
    pub document_docs: Vec<String>,
    /// The prefix of those variants of `Document` that specify no other.
    pub document_prefix: Option<String>,
    /// The variants of `Document`.
    pub document: Vec<DocumentVariant>,
    /// The operations, if the settings have an operation profile or a WSDL document describes some.
    pub operations: Option<Vec<Operation>>,
    /// The rules that strict mode checks beyond the types.
    pub rules: Rules,
    /// The name of the version before, if this version has complex types of it.
    pub earlier: Option<String>,
}

/// The text of `Cargo.toml` and `README.md`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Crate {
    /// The text of `Cargo.toml` up to the dependencies.
    pub manifest: String,
    /// The lines of `[dependencies]`, each a name and a value.
    pub dependencies: Vec<(String, String)>,
    /// Each feature with the features it enables; `default` enables all of them.
    pub features: Vec<(String, Vec<String>)>,
    /// The text of `README.md`.
    pub readme: String,
}

/// A module: a file if its parent is the root, otherwise inline. The layout can give nested modules files, and have one file for all.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Module {
    /// Its name.
    pub name: String,
    /// The parent module; the root is its own parent.
    pub parent: ModuleId,
    /// Its documentation.
    pub docs: Vec<String>,
    /// The comment lines that open the file, without `//`; empty for inline modules.
    pub header: Vec<String>,
    /// The names of the modules that it imports from `super`, sorted.
    pub uses: Vec<String>,
    /// The names of types and modules in its file, which imports must not shadow.
    pub taken: BTreeSet<String>,
    /// The Cargo feature that enables it.
    pub feature: Option<String>,
    /// Its items and nested modules, sorted by name. The module of the types in a type follows that type.
    pub body: Vec<Entry>,
    /// For a file: the named facets that its types refer to, sorted.
    pub facets: Vec<NamedFacets>,
    /// For a file: the particles that its content models share, sorted by name.
    pub particles: Vec<SharedParticles>,
    /// What it was generated for; `None` for the root and for modules that the settings define.
    pub origin: Option<Origin>,
    /// The old names of types that it keeps, sorted.
    pub deprecated: Vec<Deprecated>,
    /// Whether it is a file in the folder of its parent.
    pub in_folder: bool,
}

/// What a module was generated for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// A namespace.
    Namespace {
        /// Its prefix; `none` for no namespace.
        prefix: String,
        /// Its URI.
        uri: String,
    },
    /// The anonymous types in a component.
    Component(ComponentPath),
}

/// An old name of a type, kept as a deprecated alias.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deprecated {
    /// The old name.
    pub name: String,
    /// The type.
    pub item: ItemId,
    /// The component of the type.
    pub path: ComponentPath,
}

/// An entry in the body of a module.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Entry {
    /// An item.
    Item(ItemId),
    /// A nested module.
    Module(ModuleId),
}

/// A type.
#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    /// The module that contains it.
    pub module: ModuleId,
    /// Its Rust name.
    pub name: String,
    /// The name of the private module that is its file, in the folder of its module; `None` if it is in the file of its module.
    pub file: Option<String>,
    /// The schema component it was generated from, such as `ep:getSessionInfoResponse/accessControl`.
    pub component: String,
    /// The same as a path; `None` for a type that the settings define.
    pub path: Option<ComponentPath>,
    /// Its documentation.
    pub docs: Vec<String>,
    /// The picture of its content model in the documentation, if the settings ask for one.
    pub picture: Option<Picture>,
    /// Its derives, except `Xml`.
    pub derives: Vec<String>,
    /// Its attributes that the settings give, without `#[` and `]`.
    pub attributes: Vec<String>,
    /// The attributes of the variant `Other`, if it has one that is not listed.
    pub other_attributes: Vec<String>,
    /// Whether it derives the traits of serde, so that the codec does not implement them.
    pub own_serde: bool,
    /// For a group, a choice or a polymorphic type: the prefix of those names in it that specify no other.
    pub prefix: Option<String>,
    /// For a choice that is the whole content of a complex type: the complex type.
    pub complex: Option<ChoiceType>,
    /// For a struct: how it is made from its required fields.
    pub constructor: Constructor,
    /// What kind of item it is.
    pub kind: ItemKind,
    /// For an item that an older version of the schemas has too: its path from the root of the versions.
    pub earlier: Option<Vec<String>>,
}

/// How a struct is made from its required fields.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Constructor {
    /// By `new`, which has a parameter for each of them.
    #[default]
    New,
    /// By a builder, which has a method for each of them.
    Builder,
    /// By no function.
    None,
}

/// A picture of a content model, in a file of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// The path of the file, relative to the folder of the modules.
    pub file: String,
    /// The complex type.
    pub of: TypeId,
}

/// The kind of an item, with its contents.
#[allow(clippy::large_enum_variant, reason = "most items are structs")]
#[derive(Debug, Clone, PartialEq)]
pub enum ItemKind {
    /// A complex type.
    Struct(Struct),
    /// A model group that has no element of its own.
    Group(Vec<Field>),
    /// An enum with a variant for each alternative of a choice.
    Choice(Vec<Field>),
    /// An enumeration of text values.
    Enumeration(Enumeration),
    /// A union of simple types.
    Union(Union),
    /// An enum of a type and the types derived from it.
    Polymorphic(Polymorphic),
    /// A simple type with a meaning that the schema does not express.
    Value(ValueType),
    /// A `pub type`, with a static for its facets.
    Alias(Alias),
}

/// A name as written in documents: prefix (`none` if it has no namespace) and local part.
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
    /// The name of the schema type; for an anonymous type, of its element.
    pub wire: WireName,
    /// Whether it is abstract.
    pub abstract_: bool,
    /// Whether it is a group of attributes, which is no type of its own.
    pub attribute_group: bool,
    /// Whether it is flattened into other structs.
    pub flat: bool,
    /// The structs that are flattened into it: its base type, and groups of attributes.
    pub flattened: Vec<Field>,
    /// Its other attributes.
    pub attributes: Vec<Field>,
    /// Its content, without that of the flattened structs. If it is empty, the content is theirs.
    pub body: Body,
    /// The content model, if it restricts more than the fields do.
    pub model: Option<ContentModel>,
}

/// A complex type whose content is a choice and nothing else.
#[derive(Debug, Clone, PartialEq)]
pub struct ChoiceType {
    /// The name of the schema type; for an anonymous type, of its element.
    pub wire: WireName,
    /// Whether it is abstract.
    pub abstract_: bool,
    /// The content model, if it restricts more than the variants do.
    pub model: Option<ContentModel>,
}

/// The content of a complex type.
#[derive(Debug, Clone, PartialEq)]
pub enum Body {
    /// No content.
    Empty,
    /// Child elements in a fixed order.
    Sequence(Vec<Field>),
    /// Child elements in any order.
    All(Vec<Field>),
    /// Mixed content: text and child elements.
    Mixed(Field),
    /// Simple content: text of a simple type.
    Text(Field),
}

/// A field, or a variant of a choice.
#[derive(Debug, Clone, PartialEq)]
pub struct Field {
    /// Its documentation.
    pub docs: Vec<String>,
    /// Its attributes that the settings give.
    pub attributes: Vec<String>,
    /// The attributes of its value that derive macros need: in a variant, they are in its parentheses.
    pub value_attributes: Vec<String>,
    /// Its Rust name.
    pub name: String,
    /// How often it occurs.
    pub occurs: Occurs,
    /// The type of one occurrence; for an element around a list, of one item of the list.
    pub ty: Ty,
    /// For an element that holds nothing but a list: the list, which the field holds.
    pub items: Option<Items>,
    /// How it appears in a document.
    pub wire: Wire,
    /// Its default or fixed value.
    pub value: Option<Value>,
    /// What each declaration says, if several declarations of the same name differ. The position in the content tells which one applies.
    pub placed: Vec<Own>,
    /// The facets to check.
    pub facets: Option<Facets>,
    /// For a variant of a choice: whether to implement `From` for the type of its value, without its box.
    pub from: bool,
    /// For a field of a struct: whether its type is an alias of a Rust integer, for which setters take number literals.
    pub integer: bool,
    /// The Cargo feature that enables it.
    pub feature: Option<String>,
    /// The declaration it was generated from, if it is an element.
    pub element: Option<crate::model::ElementId>,
    /// The path to its component.
    pub path: Option<ComponentPath>,
}

/// The items of a list in an element of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Items {
    /// Their local name; the prefix is that of the element around them.
    pub local: String,
    /// Their minimum number.
    pub min: u64,
    /// Their maximum number.
    pub max: Option<u64>,
}

/// How a field appears in a document.
#[derive(Debug, Clone, PartialEq)]
pub enum Wire {
    /// As an element or an attribute of this name.
    Name(WireName),
    /// A wildcard with its namespace constraint and `processContents`.
    Any {
        /// The namespace constraint: `##any`, `##other:URI`, or a list of URIs.
        constraint: String,
        /// How strictly matching elements are validated.
        process: ProcessContents,
    },
    /// As the contents of the field's type, which is a choice or a group.
    Group,
    /// As text.
    Text,
    /// As the fields of the field's type, which is a struct.
    Flatten {
        /// Whether that struct has required fields.
        required: bool,
        /// Whether the struct around it dereferences to it.
        deref: bool,
    },
}

/// How often a field occurs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Occurs {
    /// `T`
    One,
    /// `Option<T>`
    Optional,
    /// `Vec<T>` with this minimum and maximum length.
    Many(u64, Option<u64>),
}

impl Occurs {
    /// Returns whether it can occur more than once.
    pub fn is_list(self) -> bool {
        matches!(self, Self::Many(..))
    }

    /// Returns whether it occurs at least once, so that `new` has a parameter for it.
    pub fn is_required(self) -> bool {
        self == Self::One || matches!(self, Self::Many(least, _) if least > 0)
    }
}

/// A value constraint: `default` or `fixed`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Value {
    /// `default`
    Default(String),
    /// `fixed`
    Fixed(String),
}

/// What one of several declarations of the same name says.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Own {
    /// Its default or fixed value.
    pub value: Option<Value>,
    /// Whether this declaration is not nillable although another one is.
    pub never_nil: bool,
}

/// An enumeration that also keeps unknown values.
#[derive(Debug, Clone, PartialEq)]
pub struct Enumeration {
    /// The name of the schema type; for an anonymous type, of its element or attribute.
    pub wire: WireName,
    /// Whether it has so many values that matches over them take the compiler too long.
    pub large: bool,
    /// The variants for its values. The variant `Other`, for unknown values, is not listed.
    pub variants: Vec<EnumerationValue>,
}

/// A value of an enumeration.
#[derive(Debug, Clone, PartialEq)]
pub struct EnumerationValue {
    /// Its documentation.
    pub docs: Vec<String>,
    /// Its attributes that the settings give.
    pub attributes: Vec<String>,
    /// The name of the variant.
    pub name: String,
    /// The value as written in documents.
    pub value: String,
    /// The path to the value.
    pub path: Option<ComponentPath>,
}

/// A union of simple types.
#[derive(Debug, Clone, PartialEq)]
pub struct Union {
    /// The variants for its members. A member that is itself a union is replaced by its members, and the variant `Other` is not listed.
    pub members: Vec<Member>,
    /// The static for its facets.
    pub facets: NamedFacets,
}

/// A member of a union.
#[derive(Debug, Clone, PartialEq)]
pub struct Member {
    /// Its documentation.
    pub docs: Vec<String>,
    /// Its attributes that the settings give.
    pub attributes: Vec<String>,
    /// The attributes of its value that derive macros need.
    pub value_attributes: Vec<String>,
    /// The name of the variant.
    pub name: String,
    /// Its type.
    pub ty: Ty,
    /// Whether to implement `From` for this type: it is not text, and no other member has the same type.
    pub from: bool,
    /// The path to the member.
    pub path: Option<ComponentPath>,
}

/// An enum of a type and the types derived from it.
#[derive(Debug, Clone, PartialEq)]
pub struct Polymorphic {
    /// The base type itself, unless it is abstract.
    pub base: Option<Derived>,
    /// The types derived from it.
    pub derived: Vec<Derived>,
}

/// A type that `xsi:type` can name.
#[derive(Debug, Clone, PartialEq)]
pub struct Derived {
    /// Its documentation.
    pub docs: Vec<String>,
    /// Its attributes that the settings give.
    pub attributes: Vec<String>,
    /// The name of the variant.
    pub name: String,
    /// Its type, boxed.
    pub ty: Ty,
    /// The name of the type in the schema.
    pub wire: WireName,
    /// A second name for it in `xsi:type`.
    pub alias: Option<String>,
    /// The Cargo feature that enables it.
    pub feature: Option<String>,
    /// The path to the type among those that can replace the base.
    pub path: Option<ComponentPath>,
}

/// A simple type with a meaning that the schema does not express.
#[derive(Debug, Clone, PartialEq)]
pub struct ValueType {
    /// The form of its text.
    pub form: ValueForm,
    /// Whether the form is a date whose first pattern contains every field, so that it can express any date.
    pub exact: bool,
}

/// An alias of a scalar, a list, or an enumeration.
#[derive(Debug, Clone, PartialEq)]
pub struct Alias {
    /// The aliased type.
    pub ty: Ty,
    /// The static for its facets.
    pub facets: Option<NamedFacets>,
}

/// A variant of `Document`.
#[derive(Debug, Clone, PartialEq)]
pub struct DocumentVariant {
    /// Its name, type, wire name and other properties.
    pub field: Field,
    /// Whether to implement `From` for the type in its box: no other variant holds the same type.
    pub from: bool,
}

impl Field {
    /// Creates a field with this name, type and occurrence, and no other properties.
    pub fn new(name: impl Into<String>, occurs: Occurs, ty: Ty, wire: Wire) -> Self {
        Field {
            docs: Vec::new(),
            attributes: Vec::new(),
            value_attributes: Vec::new(),
            name: name.into(),
            occurs,
            ty,
            items: None,
            wire,
            value: None,
            placed: Vec::new(),
            facets: None,
            from: false,
            integer: false,
            feature: None,
            element: None,
            path: None,
        }
    }

    /// Returns whether a value of the type has to have it, so that a constructor takes it.
    #[must_use]
    pub fn is_required(&self) -> bool {
        if let Wire::Flatten { required, .. } = self.wire { required } else { self.occurs.is_required() }
    }

    /// Sets the name and the path.
    #[must_use]
    pub(crate) fn named(mut self, name: String, path: ComponentPath) -> Self {
        (self.name, self.path) = (name, Some(path));
        self
    }

    /// Adds documentation of one paragraph.
    #[must_use]
    pub fn with_docs(mut self, docs: impl Into<String>) -> Self {
        self.docs = vec![docs.into()];
        self
    }
}

impl Struct {
    /// Returns the fields of the flattened structs, the attributes and the content, in order.
    pub fn fields(&self) -> impl Iterator<Item = &Field> {
        self.flattened.iter().chain(&self.attributes).chain(self.body.fields())
    }

    /// Returns the fields of the flattened structs, the attributes and the content, in order.
    pub fn fields_mut(&mut self) -> impl Iterator<Item = &mut Field> {
        self.flattened.iter_mut().chain(&mut self.attributes).chain(self.body.fields_mut())
    }
}

impl Body {
    /// Returns the fields in order.
    pub fn fields(&self) -> &[Field] {
        match self {
            Body::Empty => &[],
            Body::Sequence(fields) | Body::All(fields) => fields,
            Body::Mixed(field) | Body::Text(field) => std::slice::from_ref(field),
        }
    }

    /// Returns the fields in order.
    pub fn fields_mut(&mut self) -> &mut [Field] {
        match self {
            Body::Empty => &mut [],
            Body::Sequence(fields) | Body::All(fields) => fields,
            Body::Mixed(field) | Body::Text(field) => std::slice::from_mut(field),
        }
    }
}
