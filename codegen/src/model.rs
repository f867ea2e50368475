//! Defines the schema components of XML Schema Part 1, section 3, in resolved form: every reference is an id. The components are read in `schema`,
//! and resolved and checked in `resolve`; nothing here depends on Rust as the target language.
//!
//! Ids are indices into the arenas of [`Model`]. Built-in types are ordinary entries of `Model::types`. The order of an arena is that of the names of
//! the global components, and within a component that of its document: it depends neither on the order of the components nor on their documents.
//! Every component has a source span.

mod facets;
pub mod path;

pub use facets::{Facet, Facets};
pub use path::ComponentPath;

use std::sync::Arc;

use crate::diagnostic::Span;

/// An expanded name: a namespace and a local part. "No namespace" is the empty string.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct QName {
    /// The index into [`Model::namespaces`].
    pub namespace: NamespaceId,
    /// The local part.
    pub local: String,
}

/// Defines types of indices into arenas.
macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
        pub struct $name(pub u32);

        impl $name {
            /// Returns the id as an index into its arena.
            pub fn index(self) -> usize {
                self.0 as usize
            }
        }
    )*};
}

pub(crate) use ids;

ids! {
    /// An index into [`Model::namespaces`]; 0 is always "no namespace", and 1 the XML Schema namespace.
    NamespaceId;
    /// An index into [`Model::types`].
    TypeId;
    /// An index into [`Model::elements`].
    ElementId;
    /// An index into [`Model::attributes`].
    AttributeId;
    /// An index into [`Model::groups`].
    GroupId;
    /// An index into [`Model::attribute_groups`].
    AttributeGroupId;
}

/// A resolved schema set (Part 1, section 3.15).
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Model {
    /// All namespaces, in the order in which they were first used.
    pub namespaces: Vec<Namespace>,
    /// All types: built-in, named and anonymous.
    pub types: Vec<Type>,
    /// All element declarations, global and local.
    pub elements: Vec<Element>,
    /// All attribute declarations, global and local.
    pub attributes: Vec<Attribute>,
    /// The named model groups, kept for their names and documentation. Particles that refer to a group contain a copy of its content.
    pub groups: Vec<NamedGroup>,
    /// The attribute groups, kept for their names and documentation. Types that refer to a group have its attribute uses.
    pub attribute_groups: Vec<AttributeGroup>,
    /// The global components, sorted by namespace, name and kind.
    pub globals: Vec<Global>,
    /// The notation declarations (section 3.12).
    pub notations: Vec<Notation>,
    /// The operations that WSDL documents describe, sorted by their request elements.
    pub operations: Vec<Operation>,
}

/// An operation that WSDL describes, with the element in the body of each message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Operation {
    /// Its name.
    pub name: String,
    /// The SOAP action; empty if there is none.
    pub action: String,
    /// The element of the request.
    pub request: ElementId,
    /// The element of the response; `None` if the operation is one-way.
    pub response: Option<ElementId>,
    /// The elements in the details of its faults.
    pub faults: Vec<ElementId>,
    /// Its documentation.
    pub docs: Docs,
    /// The span of the operation in its binding.
    pub span: Span,
}

impl Type {
    /// Returns its name, unless it is anonymous.
    #[must_use]
    pub fn name(&self) -> Option<&QName> {
        match self {
            Type::Simple(ty) => ty.name.as_ref(),
            Type::Complex(ty) => ty.name.as_ref(),
        }
    }
}

impl Model {
    /// Returns the name of a type for messages.
    pub(crate) fn type_label(&self, id: TypeId) -> String {
        let name = match self.types.get(id.index()) {
            Some(Type::Simple(ty)) => ty.name.as_ref(),
            Some(Type::Complex(ty)) => ty.name.as_ref(),
            None => None,
        };
        let label = |name: &QName| if name.namespace == NamespaceId(1) { format!("xs:{}", name.local) } else { name.local.clone() };
        name.map_or_else(|| "(anonymous)".to_owned(), label)
    }

    /// Returns whether values of a simple type are or contain QNames or NOTATIONs, whose prefixes stand for namespaces.
    pub fn holds_names(&self, id: TypeId) -> bool {
        let mut seen = std::collections::HashSet::new();
        let mut todo = vec![id];
        while let Some(at) = todo.pop() {
            let Some(Type::Simple(ty)) = self.types.get(at.index()).filter(|_| seen.insert(at)) else { continue };
            match &ty.variety {
                Variety::Atomic(Builtin::QName | Builtin::Notation) => return true,
                Variety::List(item) => todo.push(*item),
                Variety::Union(members) => todo.extend(members),
                Variety::Atomic(_) | Variety::Ur => {}
            }
        }
        false
    }
}

/// A namespace of the schema set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Namespace {
    /// The namespace URI; empty for "no namespace".
    pub uri: String,
    /// The prefix that schema documents bind to the namespace most often, if any. The empty prefix does not count.
    pub prefix: Option<String>,
    /// The paths of the schema documents that declare components in the namespace, sorted.
    pub documents: Vec<String>,
    /// The documentation of the `xs:schema` elements, sorted by text.
    pub docs: Docs,
}

/// A global component of one of several kinds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Global {
    /// A named type.
    Type(TypeId),
    /// A global element declaration.
    Element(ElementId),
    /// A global attribute declaration.
    Attribute(AttributeId),
    /// A named model group.
    Group(GroupId),
}

/// The texts of `xs:documentation` elements, one string for each element, with white space as in the source.
pub type Docs = Vec<String>;

/// A simple or complex type definition.
#[allow(clippy::large_enum_variant, reason = "one arena entry a type; boxing would cost more than the bytes it saves")]
#[derive(Debug, Clone, PartialEq)]
pub enum Type {
    /// A simple type definition (section 3.14).
    Simple(SimpleType),
    /// A complex type definition (section 3.4).
    Complex(ComplexType),
}

/// The parent of an anonymous type or a local declaration. It identifies the component in messages and in generated code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Scope {
    /// A child of the schema itself.
    Global,
    /// Within a type.
    Type(TypeId),
    /// Within an element declaration (an anonymous type).
    Element(ElementId),
    /// Within an attribute declaration (an anonymous type).
    Attribute(AttributeId),
    /// Within a named model group.
    Group(GroupId),
    /// Within the attribute group of this name.
    AttributeGroup(QName),
}

/// A simple type definition (Part 1, section 3.14; Part 2, section 4.1).
#[derive(Debug, Clone, PartialEq)]
pub struct SimpleType {
    /// The name; `None` for an anonymous type.
    pub name: Option<QName>,
    /// The parent of the definition.
    pub scope: Scope,
    /// The base type that this type restricts; `None` only for `xs:anySimpleType`.
    pub base: Option<TypeId>,
    /// The variety: atomic, list or union. Restrictions inherit it.
    pub variety: Variety,
    /// The built-in type that this is, such as `decimal` or `NMTOKENS` (Part 2, section 3); `None` for all other types.
    pub builtin: Option<Builtin>,
    /// The facets of this derivation step only. Follow `base` for inherited facets.
    pub facets: Facets,
    /// The derivation methods that are forbidden.
    pub final_: DerivationSet,
    /// The documentation.
    pub docs: Docs,
    /// The span of the defining element.
    pub span: Span,
}

/// The variety of a simple type (Part 2, section 2.5).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Variety {
    /// The variety of `xs:anySimpleType` itself.
    Ur,
    /// An atomic type, with its primitive type.
    Atomic(Builtin),
    /// A list of items separated by white space, with the item type.
    List(TypeId),
    /// A union, with its member types in order. Nested unions are kept as they are.
    Union(Vec<TypeId>),
}

pub use xsdgen_datatypes::Builtin;

/// A set of derivation methods, as in `final` and `block`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[allow(missing_docs, reason = "each field is the keyword of that name")]
pub struct DerivationSet {
    pub extension: bool,
    pub restriction: bool,
    pub substitution: bool,
    pub list: bool,
    pub union: bool,
}

/// The method by which a complex type is derived from its base.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Derivation {
    /// Derivation by extension.
    Extension,
    /// Derivation by restriction. A type without an explicit base is a restriction of `xs:anyType`.
    Restriction,
}

/// A complex type definition (section 3.4).
#[derive(Debug, Clone, PartialEq)]
pub struct ComplexType {
    /// The name; `None` for an anonymous type.
    pub name: Option<QName>,
    /// The parent of the definition.
    pub scope: Scope,
    /// The base type. The base of `xs:anyType` is `xs:anyType` itself.
    pub base: TypeId,
    /// The derivation method.
    pub derivation: Derivation,
    /// The `abstract` attribute.
    pub abstract_: bool,
    /// The `final` attribute: extension and restriction.
    pub final_: DerivationSet,
    /// The `block` attribute: extension and restriction (prohibited substitutions).
    pub block: DerivationSet,
    /// All attribute uses in declaration order, after those that are inherited from the base. Prohibited uses are left out.
    pub attributes: Vec<AttributeUse>,
    /// The attribute groups to which the definition refers, without those of the base.
    pub attribute_groups: Vec<AttributeGroupId>,
    /// The effective attribute wildcard.
    pub any_attribute: Option<Wildcard>,
    /// The effective content. For an extension, it is the content of the base followed by the content of the extension itself.
    pub content: Content,
    /// The documentation.
    pub docs: Docs,
    /// The span of the defining element.
    pub span: Span,
}

/// The content of a complex type (section 3.4.1, {content type}).
#[derive(Debug, Clone, PartialEq)]
pub enum Content {
    /// Empty content: attributes only.
    Empty,
    /// Simple content: text of a simple type.
    Simple(TypeId),
    /// Element-only content.
    Elements(Particle),
    /// Mixed content: child elements with text between them. The particle may be empty.
    Mixed(Particle),
}

/// The upper bound of an occurrence range.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Max {
    /// A number.
    Count(u64),
    /// No upper bound (`unbounded`).
    Unbounded,
}

/// A particle (section 3.9). Particles with `maxOccurs="0"` are left out of the model.
#[derive(Debug, Clone, PartialEq)]
pub struct Particle {
    /// The `minOccurs` attribute.
    pub min: u64,
    /// The `maxOccurs` attribute.
    pub max: Max,
    /// The term that occurs.
    pub term: Term,
    /// The span of the particle.
    pub span: Span,
}

impl Particle {
    /// Returns whether the particle is valid without any element (cos-group-emptiable). This is the case if the minimum of its effective total range
    /// is 0, which also holds for an empty choice. Recursion is bounded by the nesting of model groups.
    pub(crate) fn emptiable(&self) -> bool {
        if self.min == 0 {
            return true;
        }
        match &self.term {
            Term::Group(group) => match group.compositor {
                Compositor::Choice => group.particles.is_empty() || group.particles.iter().any(Self::emptiable),
                _ => group.particles.iter().all(Self::emptiable),
            },
            _ => false,
        }
    }
}

/// The term of a particle.
#[derive(Debug, Clone, PartialEq)]
pub enum Term {
    /// An element declaration, local or by reference.
    Element(ElementId),
    /// A wildcard, `xs:any`.
    Any(Wildcard),
    /// A model group, inline or a reference to a named group.
    Group(ModelGroup),
}

/// A model group (section 3.8).
#[derive(Debug, Clone, PartialEq)]
pub struct ModelGroup {
    /// The compositor: sequence, choice or all.
    pub compositor: Compositor,
    /// The particles in order.
    pub particles: Vec<Particle>,
    /// The named group that this group is a reference to, if any.
    pub named: Option<GroupId>,
    /// The documentation of the group element itself.
    pub docs: Docs,
}

/// The compositor of a model group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Compositor {
    /// All particles occur in this order.
    Sequence,
    /// One of the particles occurs.
    Choice,
    /// Each particle occurs at most once, in any order.
    All,
}

/// A wildcard (section 3.10).
#[derive(Debug, Clone, PartialEq)]
pub struct Wildcard {
    /// The namespace constraint.
    pub namespaces: WildcardNamespaces,
    /// The `processContents` attribute: how matching elements or attributes are validated.
    pub process: ProcessContents,
    /// The documentation.
    pub docs: Docs,
    /// The span of the wildcard.
    pub span: Span,
}

/// The namespace constraint of a wildcard.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WildcardNamespaces {
    /// Any namespace (`##any`).
    Any,
    /// Any namespace except this one and "no namespace" (`##other`).
    Not(NamespaceId),
    /// One of these namespaces; id 0 is "no namespace".
    OneOf(Vec<NamespaceId>),
}

/// The `processContents` attribute of a wildcard.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[allow(missing_docs, reason = "each variant is the keyword of that name")]
pub enum ProcessContents {
    Strict,
    Lax,
    Skip,
}

/// A named model group definition (section 3.7).
#[derive(Debug, Clone, PartialEq)]
pub struct NamedGroup {
    /// The name of the group.
    pub name: QName,
    /// The content of the group.
    pub group: ModelGroup,
    /// The documentation.
    pub docs: Docs,
    /// The span of the definition.
    pub span: Span,
}

/// An attribute group definition (section 3.6).
#[derive(Debug, Clone, PartialEq)]
pub struct AttributeGroup {
    /// The name of the group.
    pub name: QName,
    /// The attribute groups to which its definition refers.
    pub groups: Vec<AttributeGroupId>,
    /// All attribute uses, including those of the groups to which it refers.
    pub attributes: Vec<AttributeUse>,
    /// The documentation.
    pub docs: Docs,
    /// The span of the definition.
    pub span: Span,
}

/// An element declaration (section 3.3).
#[derive(Debug, Clone, PartialEq)]
pub struct Element {
    /// The name. For a local declaration, `form` has already determined the namespace.
    pub name: QName,
    /// The parent of the declaration.
    pub scope: Scope,
    /// The type of the element.
    pub ty: TypeId,
    /// The `nillable` attribute.
    pub nillable: bool,
    /// The `abstract` attribute.
    pub abstract_: bool,
    /// The value constraint: `default` or `fixed`.
    pub value: Option<ValueConstraint>,
    /// The head of the substitution group that the element belongs to.
    pub substitutes: Option<ElementId>,
    /// The direct and indirect members of the substitution group that this element heads, including abstract ones, sorted by namespace and name.
    pub members: Vec<ElementId>,
    /// The `block` attribute.
    pub block: DerivationSet,
    /// The `final` attribute.
    pub final_: DerivationSet,
    /// The identity constraints.
    pub identity: Vec<IdentityConstraint>,
    /// The documentation.
    pub docs: Docs,
    /// The span of the declaration.
    pub span: Span,
}

/// A value constraint, as written: `default` or `fixed`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ValueConstraint {
    /// The value that is used if the element is empty or the attribute is absent.
    Default(Literal),
    /// Like a default, and no other value is valid.
    Fixed(Literal),
}

impl ValueConstraint {
    /// Returns the literal of the value constraint.
    pub fn literal(&self) -> &Literal {
        match self {
            ValueConstraint::Default(literal) | ValueConstraint::Fixed(literal) => literal,
        }
    }
}

/// A literal in a schema, with the bindings of its prefixes. An instance document may bind the same prefixes differently.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Literal {
    /// The literal as written.
    pub text: String,
    /// The namespaces bound to the prefixes in the literal, if its type contains QNames or NOTATIONs.
    pub prefixes: Prefixes,
}

/// The namespace that each prefix is bound to. The empty prefix is the default namespace, which may be "no namespace".
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Prefixes(pub Vec<(String, Arc<str>)>);

impl Prefixes {
    /// Returns the namespace that a prefix is bound to.
    pub fn get(&self, prefix: &str) -> Option<&str> {
        self.0.iter().find(|(known, _)| known == prefix).map(|(_, uri)| &**uri)
    }
}

/// An attribute declaration (section 3.2).
#[derive(Debug, Clone, PartialEq)]
pub struct Attribute {
    /// The name of the attribute.
    pub name: QName,
    /// The parent of the declaration.
    pub scope: Scope,
    /// The simple type of the attribute.
    pub ty: TypeId,
    /// The value constraint of the declaration.
    pub value: Option<ValueConstraint>,
    /// The documentation.
    pub docs: Docs,
    /// The span of the declaration.
    pub span: Span,
}

/// An attribute use (section 3.5).
#[derive(Debug, Clone, PartialEq)]
pub struct AttributeUse {
    /// The attribute declaration.
    pub attribute: AttributeId,
    /// Whether the use has `use="required"`.
    pub required: bool,
    /// The value constraint of the use, or else of the declaration.
    pub value: Option<ValueConstraint>,
    /// The documentation of the use.
    pub docs: Docs,
    /// The span of the use.
    pub span: Span,
}

/// An identity constraint (section 3.11).
#[derive(Debug, Clone, PartialEq)]
pub struct IdentityConstraint {
    /// The name of the constraint.
    pub name: QName,
    /// The kind: `key`, `unique` or `keyref`.
    pub kind: IdentityKind,
    /// The alternative paths of the selector.
    pub selector: Vec<Path>,
    /// The alternative paths of each field.
    pub fields: Vec<Vec<Path>>,
    /// The span of the constraint.
    pub span: Span,
}

/// The kind of an identity constraint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum IdentityKind {
    /// `xs:key`.
    Key,
    /// `xs:unique`.
    Unique,
    /// An `xs:keyref`, with the name of the `key` or `unique` that it refers to.
    KeyRef(QName),
}

/// An alternative of an XPath expression in the subset of section 3.11.6.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Path {
    /// Whether the path begins with `.//`.
    pub descendants: bool,
    /// The child steps in order.
    pub steps: Vec<Step>,
    /// The attribute step at the end of a field.
    pub attribute: Option<NameTest>,
}

/// A child step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// `.`
    Itself,
    /// `child::name`.
    Child(NameTest),
}

/// A name test of the XPath subset.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NameTest {
    /// `*`
    Any,
    /// `prefix:*`
    Namespace(NamespaceId),
    /// An expanded name.
    Name(QName),
}

/// A notation declaration (section 3.12).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notation {
    /// The name of the notation.
    pub name: QName,
    /// The `public` attribute.
    pub public: Option<String>,
    /// The `system` attribute.
    pub system: Option<String>,
    /// The span of the declaration.
    pub span: Span,
}
