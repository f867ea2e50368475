//! In: nothing (plain data). Out: the schema components of XML Schema Part 1, section 3, resolved: every reference is an id.
//! Not done here: reading (`schema`), resolving and checking (`resolve`), and anything about Rust (`plan`).
//!
//! Ids index the arenas of [`Model`]; built-in types are ordinary entries of `Model::types`. Spans are kept for every component.

use crate::diagnostic::Span;

/// An expanded name: a namespace (none is the empty string) and a local part.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct QName {
    /// Index into [`Model::namespaces`].
    pub namespace: NamespaceId,
    /// The local part.
    pub local: String,
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
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
    /// Index into [`Model::namespaces`]; 0 is always "no namespace", 1 the XML Schema namespace.
    NamespaceId;
    /// Index into [`Model::types`].
    TypeId;
    /// Index into [`Model::elements`].
    ElementId;
    /// Index into [`Model::attributes`].
    AttributeId;
    /// Index into [`Model::groups`].
    GroupId;
}

/// The whole schema set, resolved (Part 1, section 3.15).
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Model {
    /// All namespaces met, in the order met.
    pub namespaces: Vec<Namespace>,
    /// All types: built-in, named and anonymous.
    pub types: Vec<Type>,
    /// All element declarations, global and local.
    pub elements: Vec<Element>,
    /// All attribute declarations, global and local.
    pub attributes: Vec<Attribute>,
    /// Named model groups, kept for their names and documentation; particles that refer to them hold their content.
    pub groups: Vec<NamedGroup>,
    /// Global components in the order of their declaration: documents in the order loaded, then document order.
    pub globals: Vec<Global>,
    /// Notations (section 3.12).
    pub notations: Vec<Notation>,
}

impl Model {
    /// Whether values of a simple type are, or may contain, QNames or NOTATIONs, whose prefixes stand for namespaces.
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
    /// The URI; empty for "no namespace".
    pub uri: String,
    /// The prefix the schema documents bind to it most often, if any; the empty prefix does not count.
    pub prefix: Option<String>,
    /// Paths of the schema documents that declare components in it, in the order loaded.
    pub documents: Vec<String>,
    /// Documentation of the `xs:schema` elements themselves.
    pub docs: Docs,
}

/// A global component, by kind.
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

/// Text of `xs:documentation`, one string an element, white space as in the source.
pub type Docs = Vec<String>;

/// A simple or complex type definition.
#[allow(clippy::large_enum_variant, reason = "one arena entry a type; boxing would cost more than the bytes it saves")]
#[derive(Debug, Clone, PartialEq)]
pub enum Type {
    /// Section 3.14.
    Simple(SimpleType),
    /// Section 3.4.
    Complex(ComplexType),
}

/// Where an anonymous type or a local declaration stands: what names it in messages and in generated code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Scope {
    /// A component of the schema itself.
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
    /// `None` for an anonymous type.
    pub name: Option<QName>,
    /// Where it stands.
    pub scope: Scope,
    /// What it restricts; `None` only for `xs:anySimpleType`.
    pub base: Option<TypeId>,
    /// Atomic, list or union; inherited through restrictions.
    pub variety: Variety,
    /// `Some` for the built-in types of Part 2, section 3, as `decimal` or `NMTOKENS`.
    pub builtin: Option<Builtin>,
    /// The facets of this step of derivation alone; follow `base` for the others.
    pub facets: Facets,
    /// Derivations that are forbidden.
    pub final_: DerivationSet,
    /// Documentation.
    pub docs: Docs,
    /// Place of its element.
    pub span: Span,
}

/// Variety of a simple type (Part 2, section 2.5).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Variety {
    /// `xs:anySimpleType` itself.
    Ur,
    /// With its primitive type.
    Atomic(Builtin),
    /// White-space separated items.
    List(TypeId),
    /// The member types in order, unions within unions kept as they are.
    Union(Vec<TypeId>),
}

pub use xsdgen_datatypes::Builtin;

/// Constraining facets of one derivation step (Part 2, section 4.3). Values are kept as written, white space collapsed.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Facets {
    /// `length`.
    pub length: Option<Facet>,
    /// `minLength`.
    pub min_length: Option<Facet>,
    /// `maxLength`.
    pub max_length: Option<Facet>,
    /// `minInclusive`.
    pub min_inclusive: Option<Facet>,
    /// `minExclusive`.
    pub min_exclusive: Option<Facet>,
    /// `maxInclusive`.
    pub max_inclusive: Option<Facet>,
    /// `maxExclusive`.
    pub max_exclusive: Option<Facet>,
    /// `totalDigits`.
    pub total_digits: Option<Facet>,
    /// `fractionDigits`.
    pub fraction_digits: Option<Facet>,
    /// `whiteSpace`.
    pub white_space: Option<Facet>,
    /// `pattern`s of this step: a value must match one of them.
    pub patterns: Vec<Facet>,
    /// `enumeration` values in order.
    pub enumeration: Vec<Facet>,
}

/// One facet element.
#[derive(Debug, Clone, PartialEq)]
pub struct Facet {
    /// The value as written; of enumerations the white space is kept as the base type's `whiteSpace` says.
    pub value: String,
    /// Whether `fixed="true"`.
    pub fixed: bool,
    /// Of enumeration values: the namespaces that prefixes in the value are bound to, for those of types that hold QNames or NOTATIONs.
    pub prefixes: Prefixes,
    /// Documentation (of an enumeration value).
    pub docs: Docs,
    /// Place.
    pub span: Span,
}

/// Sets of derivation methods: `final`, `block`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[allow(missing_docs, reason = "each field is the keyword of that name")]
pub struct DerivationSet {
    pub extension: bool,
    pub restriction: bool,
    pub substitution: bool,
    pub list: bool,
    pub union: bool,
}

/// How a complex type was derived from its base.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Derivation {
    /// By extension.
    Extension,
    /// By restriction; also a type with no explicit base, which restricts `xs:anyType`.
    Restriction,
}

/// A complex type definition (section 3.4).
#[derive(Debug, Clone, PartialEq)]
pub struct ComplexType {
    /// `None` for an anonymous type.
    pub name: Option<QName>,
    /// Where it stands.
    pub scope: Scope,
    /// The base; `xs:anyType` is its own.
    pub base: TypeId,
    /// How it was derived.
    pub derivation: Derivation,
    /// `abstract`.
    pub abstract_: bool,
    /// `final`: extension and restriction.
    pub final_: DerivationSet,
    /// `block`: extension and restriction (prohibited substitutions).
    pub block: DerivationSet,
    /// All attribute uses, those of the base first (unless restricted away), in the order declared; prohibited ones are left out.
    pub attributes: Vec<AttributeUse>,
    /// The effective attribute wildcard.
    pub any_attribute: Option<Wildcard>,
    /// The effective content: of an extension, the base's content first, then its own.
    pub content: Content,
    /// Documentation.
    pub docs: Docs,
    /// Place of its element.
    pub span: Span,
}

/// Content of a complex type (section 3.4.1, {content type}).
#[derive(Debug, Clone, PartialEq)]
pub enum Content {
    /// Nothing but attributes.
    Empty,
    /// Text of a simple type.
    Simple(TypeId),
    /// Child elements.
    Elements(Particle),
    /// Child elements with text between; the particle may be empty.
    Mixed(Particle),
}

/// Upper bound of an occurrence range.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Max {
    /// A number.
    Count(u64),
    /// `unbounded`.
    Unbounded,
}

/// A particle (section 3.9). Particles with `maxOccurs="0"` do not appear.
#[derive(Debug, Clone, PartialEq)]
pub struct Particle {
    /// `minOccurs`.
    pub min: u64,
    /// `maxOccurs`.
    pub max: Max,
    /// What occurs.
    pub term: Term,
    /// Place.
    pub span: Span,
}

impl Particle {
    /// Returns whether no element at all satisfies it (cos-group-emptiable): the least of its effective total range is 0, as it is of a choice of
    /// nothing. Recursion is bounded by the nesting of model groups.
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

/// What a particle is of.
#[derive(Debug, Clone, PartialEq)]
pub enum Term {
    /// An element declaration, local or by reference.
    Element(ElementId),
    /// `xs:any`.
    Any(Wildcard),
    /// A model group, inline or by reference to a named one.
    Group(ModelGroup),
}

/// A model group (section 3.8).
#[derive(Debug, Clone, PartialEq)]
pub struct ModelGroup {
    /// Sequence, choice or all.
    pub compositor: Compositor,
    /// Its particles in order.
    pub particles: Vec<Particle>,
    /// The named group it came from, if by reference.
    pub named: Option<GroupId>,
    /// Documentation of the group element itself.
    pub docs: Docs,
}

/// Kind of a model group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Compositor {
    /// In this order.
    Sequence,
    /// One of these.
    Choice,
    /// Each at most once, in any order.
    All,
}

/// A wildcard (section 3.10).
#[derive(Debug, Clone, PartialEq)]
pub struct Wildcard {
    /// Which namespaces it admits.
    pub namespaces: WildcardNamespaces,
    /// How what it admits is to be validated.
    pub process: ProcessContents,
    /// Documentation.
    pub docs: Docs,
    /// Place.
    pub span: Span,
}

/// Namespace constraint of a wildcard.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WildcardNamespaces {
    /// `##any`.
    Any,
    /// `##other`: any namespace but this one, and not "no namespace".
    Not(NamespaceId),
    /// These; id 0 is "no namespace".
    OneOf(Vec<NamespaceId>),
}

/// `processContents`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "each variant is the keyword of that name")]
pub enum ProcessContents {
    Strict,
    Lax,
    Skip,
}

/// A named model group definition (section 3.7).
#[derive(Debug, Clone, PartialEq)]
pub struct NamedGroup {
    /// Its name.
    pub name: QName,
    /// Its content.
    pub group: ModelGroup,
    /// Documentation.
    pub docs: Docs,
    /// Place.
    pub span: Span,
}

/// An element declaration (section 3.3).
#[derive(Debug, Clone, PartialEq)]
pub struct Element {
    /// Its name; for a local one the namespace is already decided by `form`.
    pub name: QName,
    /// Where it stands.
    pub scope: Scope,
    /// Its type.
    pub ty: TypeId,
    /// `nillable`.
    pub nillable: bool,
    /// `abstract`.
    pub abstract_: bool,
    /// `default` or `fixed`.
    pub value: Option<ValueConstraint>,
    /// The head of its substitution group.
    pub substitutes: Option<ElementId>,
    /// Everything that may stand for it: direct and indirect members of its substitution group, abstract ones included, in the order declared.
    pub members: Vec<ElementId>,
    /// `block`.
    pub block: DerivationSet,
    /// `final`.
    pub final_: DerivationSet,
    /// Identity constraints.
    pub identity: Vec<IdentityConstraint>,
    /// Documentation.
    pub docs: Docs,
    /// Place.
    pub span: Span,
}

/// `default` or `fixed`, as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ValueConstraint {
    /// Used where the element is empty, or the attribute absent.
    Default(Literal),
    /// As default, and no other value is valid.
    Fixed(Literal),
}

impl ValueConstraint {
    /// The literal.
    pub fn literal(&self) -> &Literal {
        match self {
            ValueConstraint::Default(literal) | ValueConstraint::Fixed(literal) => literal,
        }
    }
}

/// A literal of the schema, with what its prefixes mean there: a document may bind them otherwise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Literal {
    /// The literal as written.
    pub text: String,
    /// The namespaces that prefixes in it are bound to, for those of types that hold QNames or NOTATIONs.
    pub prefixes: Prefixes,
}

/// The namespace that each prefix is bound to; the empty one to that of names without prefix, which may be none.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Prefixes(pub Vec<(String, String)>);

impl Prefixes {
    /// The namespace that a prefix is bound to.
    pub fn get(&self, prefix: &str) -> Option<&str> {
        self.0.iter().find(|(known, _)| known == prefix).map(|(_, uri)| uri.as_str())
    }
}

/// An attribute declaration (section 3.2).
#[derive(Debug, Clone, PartialEq)]
pub struct Attribute {
    /// Its name.
    pub name: QName,
    /// Where it stands.
    pub scope: Scope,
    /// Its simple type.
    pub ty: TypeId,
    /// `default` or `fixed` of the declaration.
    pub value: Option<ValueConstraint>,
    /// Documentation.
    pub docs: Docs,
    /// Place.
    pub span: Span,
}

/// An attribute use (section 3.5).
#[derive(Debug, Clone, PartialEq)]
pub struct AttributeUse {
    /// The declaration.
    pub attribute: AttributeId,
    /// `use="required"`.
    pub required: bool,
    /// `default` or `fixed` of the use, else of the declaration.
    pub value: Option<ValueConstraint>,
    /// Documentation of the use.
    pub docs: Docs,
    /// Place.
    pub span: Span,
}

/// An identity constraint (section 3.11).
#[derive(Debug, Clone, PartialEq)]
pub struct IdentityConstraint {
    /// Its name.
    pub name: QName,
    /// `key`, `unique` or `keyref`.
    pub kind: IdentityKind,
    /// The selector's paths.
    pub selector: Vec<Path>,
    /// One list of alternative paths a field.
    pub fields: Vec<Vec<Path>>,
    /// Place.
    pub span: Span,
}

/// Kind of an identity constraint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum IdentityKind {
    /// `xs:key`.
    Key,
    /// `xs:unique`.
    Unique,
    /// `xs:keyref`, with the name of the key or unique it refers to.
    KeyRef(QName),
}

/// One alternative of the XPath subset of section 3.11.6.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Path {
    /// Whether it begins with `.//`.
    pub descendants: bool,
    /// Child steps in order.
    pub steps: Vec<Step>,
    /// A final attribute step, in fields only.
    pub attribute: Option<NameTest>,
}

/// One child step.
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
    /// A name.
    Name(QName),
}

/// A notation declaration (section 3.12).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notation {
    /// Its name.
    pub name: QName,
    /// `public`.
    pub public: Option<String>,
    /// `system`.
    pub system: Option<String>,
    /// Place.
    pub span: Span,
}
