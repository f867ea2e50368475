//! Reads the XML tree of one schema document into the declarations that it contains, as written: references are still names, and source spans are
//! kept. References and schema locations are followed in `resolve` and `load`; the XML structure is checked in `grammar`.

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

use crate::datatypes::FacetKind;
use crate::diagnostic::Span;
use crate::document::Bindings;
use crate::model::{Compositor, Derivation, DerivationSet, Docs, Max, Prefixes, ProcessContents, ValueConstraint};

/// The namespace of XML Schema documents.
pub const XS: &str = "http://www.w3.org/2001/XMLSchema";
/// The namespace of `xsi:type` and the other `xsi:` attributes.
pub const XSI: &str = "http://www.w3.org/2001/XMLSchema-instance";
/// The namespace of `xml:lang` and the other `xml:` attributes.
pub const XML: &str = "http://www.w3.org/XML/1998/namespace";

/// An expanded name. "No namespace" is the empty string.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Name {
    /// The namespace URI.
    pub uri: Arc<str>,
    /// The local part.
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
    /// The expanded name, resolved with the prefixes in scope.
    pub name: Name,
    /// The span of the element that contains the reference.
    pub span: Span,
    /// The name of the attribute that contains the reference.
    pub attribute: &'static str,
    /// The name as written, including its prefix.
    pub written: Arc<str>,
}

/// A schema document, read for one target namespace (section 3.15.2).
#[derive(Debug, Clone)]
pub struct Schema {
    /// The span of the root element, if its `vc:minVersion` says that the document is for a later version of XML Schema.
    pub later: Option<Span>,
    /// The path to show in messages.
    pub path: Arc<str>,
    /// Whether the document was generated to stand in for components of documents that were not read.
    pub stand_in: bool,
    /// The span of the `schema` element.
    pub span: Span,
    /// The target namespace. For a chameleon schema, it is the namespace of the including schema.
    pub target: Arc<str>,
    /// The type definitions, named and anonymous, in document order.
    pub types: Vec<TypeDecl>,
    /// The element declarations, global and local.
    pub elements: Vec<ElementDecl>,
    /// The attribute declarations, global and local.
    pub attributes: Vec<AttributeDecl>,
    /// The named model groups.
    pub groups: Vec<GroupDecl>,
    /// The attribute groups.
    pub attribute_groups: Vec<AttributeGroupDecl>,
    /// The notation declarations.
    pub notations: Vec<NotationDecl>,
    /// The global components in document order, including those in redefinitions.
    pub globals: Vec<GlobalDecl>,
    /// The lengths of the arenas before each global component was read: its declarations begin there, and end where the next ones begin.
    pub starts: Vec<Lengths>,
    /// The includes, imports and redefinitions in document order.
    pub links: Vec<Link>,
    /// The documentation of the `schema` element.
    pub docs: Docs,
    /// The prefixes in scope at the root element.
    pub bindings: Arc<Bindings>,
}

impl Schema {
    /// Returns the name and span of a global declaration.
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

/// The lengths of the arenas of a schema document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Lengths {
    /// The length of `types`.
    pub types: usize,
    /// The length of `elements`.
    pub elements: usize,
    /// The length of `attributes`.
    pub attributes: usize,
    /// The length of `groups`.
    pub groups: usize,
    /// The length of `attribute_groups`.
    pub attribute_groups: usize,
}

impl Lengths {
    /// Returns the current lengths of a document.
    pub(crate) fn of(schema: &Schema) -> Self {
        Lengths {
            types: schema.types.len(),
            elements: schema.elements.len(),
            attributes: schema.attributes.len(),
            groups: schema.groups.len(),
            attribute_groups: schema.attribute_groups.len(),
        }
    }
}

/// A global component, identified by its kind and its index in the arena of the document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GlobalDecl {
    /// An index into `types`.
    Type(usize),
    /// An index into `elements`.
    Element(usize),
    /// An index into `attributes`.
    Attribute(usize),
    /// An index into `groups`.
    Group(usize),
    /// An index into `attribute_groups`.
    AttributeGroup(usize),
    /// An index into `notations`.
    Notation(usize),
}

/// A link from one schema document to another.
#[derive(Debug, Clone)]
pub struct Link {
    /// The kind of the link: include, import or redefine.
    pub kind: LinkKind,
    /// The `schemaLocation` attribute.
    pub location: Option<String>,
    /// The span of the link element.
    pub span: Span,
    /// The index of the linked document in the schema set; filled in by `load`.
    pub to: Option<usize>,
}

/// The kind of a link.
#[derive(Debug, Clone)]
pub enum LinkKind {
    /// `xs:include`.
    Include,
    /// An `xs:import` with its namespace, which is empty for "no namespace".
    Import(Arc<str>),
    /// An `xs:redefine` with the components in it.
    Redefine(Vec<GlobalDecl>),
}

/// The parent of a declaration within its document. All indices refer to the arenas of the same document.
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

/// A use of a type: a reference by name, or an anonymous type of the same document.
#[derive(Debug, Clone)]
pub enum TypeUse {
    /// A reference by name.
    Named(Reference),
    /// An anonymous type, as an index into the types of the document.
    Local(usize),
}

/// A type definition.
#[derive(Debug, Clone)]
pub struct TypeDecl {
    /// The name; `None` for an anonymous type.
    pub name: Option<Arc<str>>,
    /// The parent of the definition.
    pub place: Place,
    /// The body: simple or complex.
    pub body: TypeBody,
    /// The documentation.
    pub docs: Docs,
    /// The span of the defining element.
    pub span: Span,
}

/// The body of a type definition.
#[derive(Debug, Clone)]
pub enum TypeBody {
    /// `xs:simpleType`.
    Simple(SimpleDecl),
    /// `xs:complexType`.
    Complex(Box<ComplexDecl>),
}

/// The body of a simple type definition (section 3.14.2).
#[derive(Debug, Clone)]
pub struct SimpleDecl {
    /// The derivation of the type.
    pub variety: SimpleDerivation,
    /// The `final` attribute.
    pub final_: DerivationSet,
}

/// The derivation of a simple type.
#[derive(Debug, Clone)]
pub enum SimpleDerivation {
    /// An `xs:restriction`. The base is `None` if the XML representation is invalid.
    Restriction(Option<TypeUse>, Vec<FacetDecl>),
    /// An `xs:list`.
    List(Option<TypeUse>),
    /// An `xs:union`.
    Union(Vec<TypeUse>),
}

/// A facet element.
#[derive(Debug, Clone)]
pub struct FacetDecl {
    /// The kind of facet, which is the name of the element.
    pub kind: FacetKind,
    /// The `value` attribute as written.
    pub value: String,
    /// The `fixed` attribute.
    pub fixed: bool,
    /// The documentation.
    pub docs: Docs,
    /// The bindings of the prefixes in the value, for QName values.
    pub prefixes: Prefixes,
    /// The span of the facet element.
    pub span: Span,
}

/// The body of a complex type definition (section 3.4.2).
#[derive(Debug, Clone)]
pub struct ComplexDecl {
    /// The `abstract` attribute.
    pub abstract_: bool,
    /// The `final` attribute.
    pub final_: DerivationSet,
    /// The `block` attribute.
    pub block: DerivationSet,
    /// The content.
    pub content: ContentDecl,
    /// The attribute uses, attribute group references and attribute wildcard.
    pub attributes: AttributesDecl,
}

/// The content of a complex type as written.
#[derive(Debug, Clone)]
pub enum ContentDecl {
    /// An `xs:simpleContent`.
    Simple {
        /// The derivation method.
        derivation: Derivation,
        /// The base type.
        base: Option<Reference>,
        /// The anonymous simple type within a restriction.
        narrowed: Option<usize>,
        /// The facets of a restriction.
        facets: Vec<FacetDecl>,
    },
    /// An `xs:complexContent`, or the short form without it, which restricts `xs:anyType`.
    Complex {
        /// The derivation method.
        derivation: Derivation,
        /// The base type; `None` for the short form.
        base: Option<Reference>,
        /// The `mixed` attribute.
        mixed: bool,
        /// The model group, if any.
        particle: Option<ParticleDecl>,
    },
}

/// The attribute uses of a type or an attribute group, as written.
#[derive(Debug, Clone, Default)]
pub struct AttributesDecl {
    /// The attribute uses and group references in order.
    pub items: Vec<AttributeItem>,
    /// The attribute wildcard, `xs:anyAttribute`.
    pub any: Option<WildcardDecl>,
}

/// An attribute use or a reference to an attribute group.
#[derive(Debug, Clone)]
pub enum AttributeItem {
    /// An `xs:attribute`.
    Use(AttributeUseDecl),
    /// An `xs:attributeGroup` with a `ref`.
    Group(Reference),
}

/// An `xs:attribute` within a type or an attribute group.
#[derive(Debug, Clone)]
pub struct AttributeUseDecl {
    /// The attribute declaration.
    pub target: AttributeTarget,
    /// The `use` attribute.
    pub usage: Usage,
    /// The value constraint of a reference.
    pub value: Option<ValueConstraint>,
    /// The documentation.
    pub docs: Docs,
    /// The span of the `xs:attribute` element.
    pub span: Span,
}

/// The declaration that an attribute use refers to.
#[derive(Debug, Clone)]
pub enum AttributeTarget {
    /// A global declaration, by `ref`.
    Named(Reference),
    /// A local declaration, as an index into the attributes of the document.
    Local(usize),
}

/// The `use` attribute of an attribute use.
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
    /// The namespace constraint. `##targetNamespace` and `##local` are already resolved.
    pub namespaces: WildcardNames,
    /// The `processContents` attribute.
    pub process: ProcessContents,
    /// The documentation.
    pub docs: Docs,
    /// The span of the wildcard.
    pub span: Span,
}

/// The namespace constraint of a wildcard, as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WildcardNames {
    /// Any namespace (`##any`).
    Any,
    /// Any namespace except this target namespace and "no namespace" (`##other`).
    Other(Arc<str>),
    /// One of these namespaces.
    OneOf(Vec<Arc<str>>),
}

/// A particle as written.
#[derive(Debug, Clone)]
pub struct ParticleDecl {
    /// The `minOccurs` attribute.
    pub min: u64,
    /// The `maxOccurs` attribute.
    pub max: Max,
    /// The term that occurs.
    pub term: TermDecl,
    /// The span of the particle.
    pub span: Span,
}

/// The term of a particle, as written.
#[derive(Debug, Clone)]
pub enum TermDecl {
    /// A local element declaration, as an index into the elements of the document.
    Element(usize),
    /// An `xs:element` with a `ref`.
    ElementRef(Reference),
    /// An inline model group.
    Group(Compositor, Vec<ParticleDecl>, Docs),
    /// An `xs:group` with a `ref`.
    GroupRef(Reference),
    /// A wildcard, `xs:any`.
    Any(WildcardDecl),
}

/// An element declaration as written.
#[derive(Debug, Clone)]
pub struct ElementDecl {
    /// The name. For a local declaration, `form` has already determined the namespace.
    pub name: Name,
    /// The parent of the declaration.
    pub place: Place,
    /// The type. `None` means the type of the head of the substitution group if there is one, and `xs:anyType` otherwise.
    pub ty: Option<TypeUse>,
    /// The `nillable` attribute.
    pub nillable: bool,
    /// The `abstract` attribute.
    pub abstract_: bool,
    /// The value constraint: `default` or `fixed`.
    pub value: Option<ValueConstraint>,
    /// The `substitutionGroup` attribute.
    pub substitutes: Option<Reference>,
    /// The `block` attribute.
    pub block: DerivationSet,
    /// The `final` attribute.
    pub final_: DerivationSet,
    /// The identity constraints.
    pub identity: Vec<IdentityDecl>,
    /// The documentation.
    pub docs: Docs,
    /// The span of the declaration.
    pub span: Span,
}

/// An identity constraint as written.
#[derive(Debug, Clone)]
pub struct IdentityDecl {
    /// The name of the constraint.
    pub name: Name,
    /// The kind: `key`, `unique` or `keyref`.
    pub kind: IdentityDeclKind,
    /// The `xpath` of the selector.
    pub selector: XPathDecl,
    /// The `xpath` of each field.
    pub fields: Vec<XPathDecl>,
    /// The span of the constraint.
    pub span: Span,
}

/// The kind of an identity constraint, as written.
#[derive(Debug, Clone)]
pub enum IdentityDeclKind {
    /// `xs:key`.
    Key,
    /// `xs:unique`.
    Unique,
    /// An `xs:keyref` with its `refer` attribute; `None` if `refer` cannot be resolved.
    KeyRef(Option<Reference>),
}

/// An XPath expression with the prefix bindings that it needs.
#[derive(Debug, Clone)]
pub struct XPathDecl {
    /// The expression as written.
    pub text: String,
    /// The prefixes in scope.
    pub bindings: Arc<Bindings>,
    /// The span of the expression.
    pub span: Span,
}

/// An attribute declaration as written.
#[derive(Debug, Clone)]
pub struct AttributeDecl {
    /// The name. For a local declaration, `form` has already determined the namespace.
    pub name: Name,
    /// The parent of the declaration.
    pub place: Place,
    /// The type; `None` for `xs:anySimpleType`.
    pub ty: Option<TypeUse>,
    /// The value constraint: `default` or `fixed`.
    pub value: Option<ValueConstraint>,
    /// The documentation.
    pub docs: Docs,
    /// The span of the declaration.
    pub span: Span,
}

/// A named model group as written.
#[derive(Debug, Clone)]
pub struct GroupDecl {
    /// The name of the group.
    pub name: Name,
    /// The model group; `None` if the XML representation is invalid.
    pub particle: Option<ParticleDecl>,
    /// The documentation.
    pub docs: Docs,
    /// The span of the definition.
    pub span: Span,
}

/// An attribute group as written.
#[derive(Debug, Clone)]
pub struct AttributeGroupDecl {
    /// The name of the group.
    pub name: Name,
    /// The attribute uses, attribute group references and attribute wildcard.
    pub attributes: AttributesDecl,
    /// The documentation.
    pub docs: Docs,
    /// The span of the definition.
    pub span: Span,
}

/// A notation declaration as written.
#[derive(Debug, Clone)]
pub struct NotationDecl {
    /// The name of the notation.
    pub name: Name,
    /// The `public` attribute.
    pub public: Option<String>,
    /// The `system` attribute.
    pub system: Option<String>,
    /// The span of the declaration.
    pub span: Span,
}
