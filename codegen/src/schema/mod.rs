//! In: the XML tree of one schema document. Out: what it declares, as written: references are names still, places are kept.
//! Not done here: following references or schema locations (`resolve`, `load`); the form of the XML is checked by `grammar`.

#![deny(clippy::indexing_slicing)]

mod attribute;
mod complex;
mod element;
pub mod grammar;
mod group;
mod reader;
mod simple;
mod values;
pub mod versioning;

pub(crate) use reader::expand;
pub use reader::read;

use std::sync::Arc;

use crate::diagnostic::Span;
use crate::document::Bindings;
use crate::model::{Compositor, Derivation, DerivationSet, Docs, Max, Prefixes, ProcessContents, ValueConstraint};

/// The namespace of schema documents.
pub const XS: &str = "http://www.w3.org/2001/XMLSchema";
/// The namespace of `xsi:type` and its like.
pub const XSI: &str = "http://www.w3.org/2001/XMLSchema-instance";
/// The namespace of `xml:lang` and its like.
pub const XML: &str = "http://www.w3.org/XML/1998/namespace";

/// An expanded name; no namespace is the empty string.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Name {
    /// Namespace URI.
    pub uri: Arc<str>,
    /// Local part.
    pub local: Arc<str>,
}

impl std::fmt::Display for Name {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.uri.is_empty() { f.write_str(&self.local) } else { write!(f, "{{{}}}{}", self.uri, self.local) }
    }
}

/// A reference to a global component.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference {
    /// The name as resolved by the prefixes in scope.
    pub name: Name,
    /// Place of the element with the reference.
    pub span: Span,
    /// The attribute that holds it.
    pub attribute: &'static str,
    /// The name as written, prefix and all.
    pub written: Arc<str>,
}

/// One schema document, for one target namespace (section 3.15.2).
#[derive(Debug, Clone)]
pub struct Schema {
    /// The place of the root element, where it says by `vc:minVersion` that the document is for a later version of XML Schema.
    pub later: Option<Span>,
    /// Path to show.
    pub path: Arc<str>,
    /// Whether it was made up for components that stand in documents that were not read.
    pub stand_in: bool,
    /// Place of the `schema` element.
    pub span: Span,
    /// Target namespace; of a chameleon the one it was included into.
    pub target: Arc<str>,
    /// Type definitions, named and anonymous, in document order.
    pub types: Vec<TypeDecl>,
    /// Element declarations, global and local.
    pub elements: Vec<ElementDecl>,
    /// Attribute declarations, global and local.
    pub attributes: Vec<AttributeDecl>,
    /// Named model groups.
    pub groups: Vec<GroupDecl>,
    /// Attribute groups.
    pub attribute_groups: Vec<AttributeGroupDecl>,
    /// Notations.
    pub notations: Vec<NotationDecl>,
    /// Global components in document order; those of redefinitions too.
    pub globals: Vec<GlobalDecl>,
    /// Includes, imports and redefinitions in order.
    pub links: Vec<Link>,
    /// Documentation of the `schema` element.
    pub docs: Docs,
    /// Prefixes in scope at the root.
    pub bindings: Arc<Bindings>,
}

impl Schema {
    /// Returns the name and place of a global declaration.
    #[must_use]
    pub fn named(&self, global: GlobalDecl) -> Option<(Name, &Span)> {
        match global {
            GlobalDecl::Type(i) => {
                self.types.get(i).and_then(|t| t.name.clone().map(|local| (Name { uri: self.target.clone(), local }, &t.span)))
            }
            GlobalDecl::Element(i) => self.elements.get(i).map(|d| (d.name.clone(), &d.span)),
            GlobalDecl::Attribute(i) => self.attributes.get(i).map(|d| (d.name.clone(), &d.span)),
            GlobalDecl::Group(i) => self.groups.get(i).map(|d| (d.name.clone(), &d.span)),
            GlobalDecl::AttributeGroup(i) => self.attribute_groups.get(i).map(|d| (d.name.clone(), &d.span)),
            GlobalDecl::Notation(i) => self.notations.get(i).map(|d| (d.name.clone(), &d.span)),
        }
    }
}

/// A global component by its kind and index in its arena.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GlobalDecl {
    /// Into `types`.
    Type(usize),
    /// Into `elements`.
    Element(usize),
    /// Into `attributes`.
    Attribute(usize),
    /// Into `groups`.
    Group(usize),
    /// Into `attribute_groups`.
    AttributeGroup(usize),
    /// Into `notations`.
    Notation(usize),
}

/// How one document refers to another.
#[derive(Debug, Clone)]
pub struct Link {
    /// Include, import or redefine.
    pub kind: LinkKind,
    /// `schemaLocation`.
    pub location: Option<String>,
    /// Place.
    pub span: Span,
    /// The document it leads to, as an index into the schema set; filled in by `load`.
    pub to: Option<usize>,
}

/// Kind of a link.
#[derive(Debug, Clone)]
pub enum LinkKind {
    /// `xs:include`.
    Include,
    /// `xs:import`, with its namespace (empty for none).
    Import(Arc<str>),
    /// `xs:redefine`, with the components in it.
    Redefine(Vec<GlobalDecl>),
}

/// Where a declaration stands within its document; indexes are into the arenas of the same document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// A child of `schema` or `redefine`.
    Global,
    /// Within a type.
    Type(usize),
    /// Within an element declaration.
    Element(usize),
    /// Within an attribute declaration.
    Attribute(usize),
    /// Within a named group.
    Group(usize),
    /// Within an attribute group.
    AttributeGroup(usize),
}

/// A use of a type: by name, or an anonymous one of the same document.
#[derive(Debug, Clone)]
pub enum TypeUse {
    /// By name.
    Named(Reference),
    /// Index into the document's types.
    Local(usize),
}

/// A type definition.
#[derive(Debug, Clone)]
pub struct TypeDecl {
    /// `None` for an anonymous type.
    pub name: Option<Arc<str>>,
    /// Where it stands.
    pub place: Place,
    /// Simple or complex.
    pub body: TypeBody,
    /// Documentation.
    pub docs: Docs,
    /// Place of its element.
    pub span: Span,
}

/// Simple or complex.
#[derive(Debug, Clone)]
pub enum TypeBody {
    /// `xs:simpleType`.
    Simple(SimpleDecl),
    /// `xs:complexType`.
    Complex(Box<ComplexDecl>),
}

/// The body of a simple type (section 3.14.2).
#[derive(Debug, Clone)]
pub struct SimpleDecl {
    /// How it is derived.
    pub variety: SimpleDerivation,
    /// `final`.
    pub final_: DerivationSet,
}

/// How a simple type is derived.
#[derive(Debug, Clone)]
pub enum SimpleDerivation {
    /// `xs:restriction`; the base is `None` where the representation is wrong.
    Restriction(Option<TypeUse>, Vec<FacetDecl>),
    /// `xs:list`.
    List(Option<TypeUse>),
    /// `xs:union`.
    Union(Vec<TypeUse>),
}

/// A facet element.
#[derive(Debug, Clone)]
pub struct FacetDecl {
    /// Element name, as `maxLength`.
    pub kind: String,
    /// `value` as written.
    pub value: String,
    /// `fixed`.
    pub fixed: bool,
    /// Documentation.
    pub docs: Docs,
    /// What prefixes in the value are bound to, for QName values.
    pub prefixes: Prefixes,
    /// Place.
    pub span: Span,
}

/// The body of a complex type (section 3.4.2).
#[derive(Debug, Clone)]
pub struct ComplexDecl {
    /// `abstract`.
    pub abstract_: bool,
    /// `final`.
    pub final_: DerivationSet,
    /// `block`.
    pub block: DerivationSet,
    /// Its content.
    pub content: ContentDecl,
    /// Attribute uses, groups and wildcard.
    pub attributes: AttributesDecl,
}

/// Content of a complex type as written.
#[derive(Debug, Clone)]
pub enum ContentDecl {
    /// `xs:simpleContent`.
    Simple {
        /// How.
        derivation: Derivation,
        /// Its base.
        base: Option<Reference>,
        /// The anonymous type within a restriction.
        narrowed: Option<usize>,
        /// Facets of a restriction.
        facets: Vec<FacetDecl>,
    },
    /// `xs:complexContent`, or neither, which restricts `xs:anyType`.
    Complex {
        /// How.
        derivation: Derivation,
        /// Its base; `None` for the short form.
        base: Option<Reference>,
        /// `mixed`.
        mixed: bool,
        /// The model group, if any.
        particle: Option<ParticleDecl>,
    },
}

/// Attribute uses as written.
#[derive(Debug, Clone, Default)]
pub struct AttributesDecl {
    /// Uses and groups in order.
    pub items: Vec<AttributeItem>,
    /// `xs:anyAttribute`.
    pub any: Option<WildcardDecl>,
}

/// An attribute use or a reference to a group of them.
#[derive(Debug, Clone)]
pub enum AttributeItem {
    /// `xs:attribute`.
    Use(AttributeUseDecl),
    /// `xs:attributeGroup ref`.
    Group(Reference),
}

/// `xs:attribute` within a type or an attribute group.
#[derive(Debug, Clone)]
pub struct AttributeUseDecl {
    /// Its declaration.
    pub target: AttributeTarget,
    /// `use`.
    pub usage: Usage,
    /// `default` or `fixed` on a reference.
    pub value: Option<ValueConstraint>,
    /// Documentation.
    pub docs: Docs,
    /// Place.
    pub span: Span,
}

/// What an attribute use is of.
#[derive(Debug, Clone)]
pub enum AttributeTarget {
    /// `ref`.
    Named(Reference),
    /// Index into the document's attributes.
    Local(usize),
}

/// `use` of an attribute.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "each variant is the keyword of that name")]
pub enum Usage {
    Optional,
    Required,
    Prohibited,
}

/// A wildcard as written.
#[derive(Debug, Clone)]
pub struct WildcardDecl {
    /// `namespace`, split; `##any` and `##other` are kept, `##targetNamespace` and `##local` resolved.
    pub namespaces: WildcardNames,
    /// `processContents`.
    pub process: ProcessContents,
    /// Documentation.
    pub docs: Docs,
    /// Place.
    pub span: Span,
}

/// `namespace` of a wildcard.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WildcardNames {
    /// `##any`.
    Any,
    /// `##other` than this namespace.
    Other(Arc<str>),
    /// These.
    OneOf(Vec<Arc<str>>),
}

/// A particle as written.
#[derive(Debug, Clone)]
pub struct ParticleDecl {
    /// `minOccurs`.
    pub min: u64,
    /// `maxOccurs`.
    pub max: Max,
    /// What occurs.
    pub term: TermDecl,
    /// Place.
    pub span: Span,
}

/// Term of a particle as written.
#[derive(Debug, Clone)]
pub enum TermDecl {
    /// Index into the document's elements.
    Element(usize),
    /// `xs:element ref`.
    ElementRef(Reference),
    /// An inline group.
    Group(Compositor, Vec<ParticleDecl>, Docs),
    /// `xs:group ref`.
    GroupRef(Reference),
    /// `xs:any`.
    Any(WildcardDecl),
}

/// An element declaration as written.
#[derive(Debug, Clone)]
pub struct ElementDecl {
    /// Name, the namespace decided by `form`.
    pub name: Name,
    /// Where it stands.
    pub place: Place,
    /// Its type; `None` for that of the head of its substitution group, else `xs:anyType`.
    pub ty: Option<TypeUse>,
    /// `nillable`.
    pub nillable: bool,
    /// `abstract`.
    pub abstract_: bool,
    /// `default` or `fixed`.
    pub value: Option<ValueConstraint>,
    /// `substitutionGroup`.
    pub substitutes: Option<Reference>,
    /// `block`.
    pub block: DerivationSet,
    /// `final`.
    pub final_: DerivationSet,
    /// Identity constraints.
    pub identity: Vec<IdentityDecl>,
    /// Documentation.
    pub docs: Docs,
    /// Place.
    pub span: Span,
}

/// An identity constraint as written.
#[derive(Debug, Clone)]
pub struct IdentityDecl {
    /// Name.
    pub name: Name,
    /// `key`, `unique` or `keyref`.
    pub kind: IdentityDeclKind,
    /// `xpath` of the selector.
    pub selector: XPathDecl,
    /// `xpath` of each field.
    pub fields: Vec<XPathDecl>,
    /// Place.
    pub span: Span,
}

/// Kind of an identity constraint as written.
#[derive(Debug, Clone)]
pub enum IdentityDeclKind {
    /// `xs:key`.
    Key,
    /// `xs:unique`.
    Unique,
    /// `xs:keyref`; `None` where `refer` is unusable.
    KeyRef(Option<Reference>),
}

/// An XPath expression with what it needs to be read.
#[derive(Debug, Clone)]
pub struct XPathDecl {
    /// As written.
    pub text: String,
    /// Prefixes in scope.
    pub bindings: Arc<Bindings>,
    /// Place.
    pub span: Span,
}

/// An attribute declaration as written.
#[derive(Debug, Clone)]
pub struct AttributeDecl {
    /// Name, the namespace decided by `form`.
    pub name: Name,
    /// Where it stands.
    pub place: Place,
    /// Its type; `None` for `xs:anySimpleType`.
    pub ty: Option<TypeUse>,
    /// `default` or `fixed`.
    pub value: Option<ValueConstraint>,
    /// Documentation.
    pub docs: Docs,
    /// Place.
    pub span: Span,
}

/// A named model group as written.
#[derive(Debug, Clone)]
pub struct GroupDecl {
    /// Name.
    pub name: Name,
    /// Its model group; `None` where the representation is wrong.
    pub particle: Option<ParticleDecl>,
    /// Documentation.
    pub docs: Docs,
    /// Place.
    pub span: Span,
}

/// An attribute group as written.
#[derive(Debug, Clone)]
pub struct AttributeGroupDecl {
    /// Name.
    pub name: Name,
    /// Its uses.
    pub attributes: AttributesDecl,
    /// Place.
    pub span: Span,
}

/// A notation as written.
#[derive(Debug, Clone)]
pub struct NotationDecl {
    /// Name.
    pub name: Name,
    /// `public`.
    pub public: Option<String>,
    /// `system`.
    pub system: Option<String>,
    /// Place.
    pub span: Span,
}
