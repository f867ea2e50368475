//! Generates a sample instance document for a global element of the [`Model`], optionally with a derived type where its base type is expected.
//!
//! A sample shows what a message looks like, serves as test input, and is a skeleton to edit. The submodules are: `least`, which computes what has
//! an instance and how small it is; `value`, which generates literals; `wildcard`, which finds elements that a wildcard admits; `identity`, which
//! satisfies keys; `wanted`, which finds the way to content that is asked for; and `write`, which writes the text.

pub(crate) mod compose;
mod identity;
mod least;
mod patterns;
mod value;
mod wanted;
mod wildcard;
mod write;

use std::collections::BTreeSet;

use crate::model::{
    AttributeId, AttributeUse, ComplexType, Compositor, Content, Element, ElementId, Max, Model, ModelGroup, Particle, QName, Term, Type,
    TypeId, ValueConstraint, Wildcard,
};

use self::identity::Keys;
use self::least::{Least, Size};
use self::value::Values;
use self::wanted::Wanted;
use crate::plan::ValueExamples;

/// How much optional content a sample contains.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Fill {
    /// Only the required content, and the smallest alternative of each choice.
    Least,
    /// Only the required content.
    Required,
    /// Everything, except content that would nest a type within itself.
    #[default]
    All,
}

/// Options for generating a sample.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SampleOptions {
    /// How much optional content to generate.
    pub fill: Fill,
    /// The index of the alternative that every choice takes, modulo the number of alternatives. Samples 0, 1, 2... together show all alternatives.
    pub variant: usize,
    /// The number of occurrences of a repeatable particle, within its bounds.
    pub repeat: u64,
    /// The maximum number of elements in one document. If more are required, there is no sample; optional content beyond the limit is left out.
    pub max_elements: usize,
    /// Example texts for elements and attributes about which more is known than the schema says, see [`crate::plan::examples`].
    pub examples: ValueExamples,
    /// Optional elements to include whatever `fill` says, with the content that leads to them.
    pub elements: BTreeSet<ElementId>,
    /// Optional attributes to include whatever `fill` says, with the content that leads to them.
    pub attributes: BTreeSet<AttributeId>,
}

impl Default for SampleOptions {
    fn default() -> Self {
        SampleOptions {
            fill: Fill::All,
            variant: 0,
            repeat: 1,
            max_elements: 100_000,
            examples: ValueExamples::default(),
            elements: BTreeSet::new(),
            attributes: BTreeSet::new(),
        }
    }
}

/// The reason why there is no sample.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SampleError {
    /// The element is abstract and no other element can substitute for it.
    Abstract(String),
    /// The requested type does not derive from the type of any element in the document.
    NoPlace(String),
    /// The element requires itself, so no finite document is valid.
    Endless(String),
    /// No value was found for a simple type. The string is the name of the type, or of the element or attribute that has it.
    NoValue(String),
    /// The content of the element requires an element that the schemas do not declare.
    NoElement(String),
    /// The smallest document has more elements than a sample may have.
    TooLarge {
        /// The name of the element.
        name: String,
        /// The minimum number of elements in the document.
        least: u64,
        /// The limit, [`SampleOptions::max_elements`].
        limit: u64,
    },
    /// The smallest document is nested more deeply than a sample may be.
    TooDeep {
        /// The name of the element.
        name: String,
        /// The minimum nesting depth of the document.
        least: u32,
        /// The maximum nesting depth of a sample.
        limit: u32,
    },
}

impl std::fmt::Display for SampleError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            SampleError::Abstract(name) => write!(f, "`{name}` is abstract, and no element or type may stand for it"),
            SampleError::NoPlace(name) => write!(f, "no element of the document has a type that `{name}` derives from"),
            SampleError::Endless(name) => write!(f, "`{name}` requires itself: no finite document is valid"),
            SampleError::NoValue(name) => write!(f, "no value of the type of `{name}` was found"),
            SampleError::NoElement(name) => write!(f, "the content of `{name}` requires an element that the schemas do not declare"),
            SampleError::TooLarge { name, least, limit } => {
                write!(f, "`{name}` requires {least} elements or more, and the limit of a sample is {limit} elements")
            }
            SampleError::TooDeep { name, least, limit } => {
                write!(f, "`{name}` requires {least} levels of elements or more, and the limit of a sample is {limit} levels")
            }
        }
    }
}

impl std::error::Error for SampleError {}

/// An element of the sample.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Node {
    pub(crate) name: QName,
    /// The declaration of the element, if it has one.
    declared: Option<ElementId>,
    /// The derived type, written as `xsi:type`.
    pub(crate) derived: Option<QName>,
    /// The value of `xsi:nil`, if it is written.
    pub(crate) nil: Option<bool>,
    pub(crate) attributes: Vec<Attribute>,
    pub(crate) text: String,
    /// The type of the text, if the text may be changed.
    ty: Option<TypeId>,
    pub(crate) children: Vec<Node>,
    /// Whether the content is valid without this element.
    optional: bool,
}

/// An attribute of the sample.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Attribute {
    pub(crate) name: QName,
    pub(crate) value: String,
    /// The type of the value, if the value may be changed.
    ty: Option<TypeId>,
    required: bool,
}

/// Generates an indented sample document for `root`, with all namespaces declared on the root element.
///
/// With `derived`, the first element whose type is a base of that type gets it as its `xsi:type`.
///
/// # Errors
/// Fails if no finite valid document exists, the smallest one is larger than `options` allow, or no value was found for a simple type; see
/// [`SampleError`].
pub fn sample(model: &Model, root: ElementId, derived: Option<TypeId>, options: &SampleOptions) -> Result<String, SampleError> {
    let (mut node, mut values) = tree(model, root, derived, options, None)?;
    if values.guessed {
        // An IDREF can only be generated when all IDs of the document are known, so the tree is built a second time.
        (node, values) = tree(model, root, derived, options, Some(values.ids))?;
    }
    identity::settle(model, &mut node, &mut values);
    Ok(write::document(model, &[], &node))
}

/// Builds the tree of the sample. `refs` are the IDs of the document, if they are known.
fn tree<'a>(
    model: &'a Model,
    root: ElementId,
    derived: Option<TypeId>,
    options: &'a SampleOptions,
    refs: Option<Vec<String>>,
) -> Result<(Node, Values<'a>), SampleError> {
    let mut least = Least::of(model, root, derived, refs.clone());
    let name = model.elements.get(root.index()).map(|element| element.name.local.as_str()).unwrap_or_default();
    match least.element(root) {
        Some(size) => least::limits(name, size, options, DEEPEST)?,
        None => return Err(least.why(root)),
    }
    let (values, keys) = (Values::new(model, refs), Keys::of(model));
    let wanted = Wanted::of(model, root, derived, options);
    let mut maker = Maker { model, options, derived, least, open: Vec::new(), made: 0, values, keys, wanted };
    let node = maker.element(root)?;
    match maker.derived {
        Some(ty) => Err(SampleError::NoPlace(maker.type_name(ty))),
        None => Ok((node, maker.values)),
    }
}

/// The nesting depth of elements beyond which only required content is added.
const DEEP: usize = 24;
/// The maximum nesting depth of elements.
const DEEPEST: u32 = 120;

struct Maker<'a> {
    model: &'a Model,
    options: &'a SampleOptions,
    /// The requested derived type, until it is placed.
    derived: Option<TypeId>,
    least: Least<'a>,
    /// The types of the open elements.
    open: Vec<TypeId>,
    made: u64,
    values: Values<'a>,
    /// The nodes that keys are made of, which must be present.
    keys: Keys,
    /// The optional content that is asked for.
    wanted: Wanted<'a>,
}

impl<'a> Maker<'a> {
    fn element(&mut self, id: ElementId) -> Result<Node, SampleError> {
        let model = self.model;
        let id = self.concrete(id)?;
        let Some(element) = model.elements.get(id.index()) else { return Err(SampleError::NoValue(String::new())) };
        self.made += 1;
        let (ty, derived) = self.actual_type(element)?;
        let mut node = Node::empty(element.name.clone());
        (node.declared, node.derived) = (Some(id), derived);
        self.open.push(ty);
        let filled = self.fill(&mut node, ty, element);
        self.open.pop();
        if let Some(example) = self.options.examples.elements.get(&id).filter(|_| !matches!(element.value, Some(ValueConstraint::Fixed(_))))
        {
            node.text.clone_from(example);
        }
        filled.map(|()| node)
    }

    /// Returns the element itself, or the first one that can substitute for it and fits the limits.
    fn concrete(&self, id: ElementId) -> Result<ElementId, SampleError> {
        let candidates = self.least.candidates(id);
        let asked = candidates.iter().find(|(id, size)| size.is_some_and(|size| self.fits(size)) && self.wanted.declares(*id));
        if let Some((id, _)) = asked {
            return Ok(*id);
        }
        let chosen = self.first_that_fits(candidates.iter().map(|(_, size)| *size));
        chosen.and_then(|at| Some(candidates.get(at)?.0)).ok_or_else(|| {
            let name = self.model.elements.get(id.index()).map(|element| element.name.local.clone());
            SampleError::Abstract(name.unwrap_or_default())
        })
    }

    /// Returns the first alternative that is within the limits, or else the smallest.
    fn first_that_fits(&self, sizes: impl Iterator<Item = Option<Size>> + Clone) -> Option<usize> {
        let possible = || sizes.clone().enumerate().filter_map(|(at, size)| Some((at, size?)));
        let first = possible().find(|(_, size)| self.fits(*size) && self.open.len() < DEEP);
        first.or_else(|| possible().min_by_key(|(at, size)| (*size, *at))).map(|(at, _)| at)
    }

    /// Returns whether an instance of a size, inserted here, is within the limits.
    fn fits(&self, size: Size) -> bool {
        let depth = u32::try_from(self.open.len()).unwrap_or(u32::MAX).saturating_add(size.depth);
        let limit = u64::try_from(self.options.max_elements).unwrap_or(u64::MAX);
        depth <= DEEPEST && self.made.saturating_add(size.elements) <= limit
    }

    /// Returns the type to use: the requested type if it fits here, the first fitting derived type if the declared type is abstract, or else the
    /// declared type.
    fn actual_type(&mut self, element: &Element) -> Result<(TypeId, Option<QName>), SampleError> {
        if let Some(wanted) = self.derived
            && wanted != element.ty
            && self.derives(wanted, element.ty)
            && self.least.ty(wanted).is_some_and(|size| self.fits(size))
        {
            self.derived = None;
            return Ok((wanted, self.complex(wanted).and_then(|t| t.name.clone())));
        }
        if self.derived == Some(element.ty) {
            self.derived = None;
        }
        let types = self.least.types_of(element);
        let chosen = self.first_that_fits(types.iter().map(|ty| self.least.ty(*ty))).and_then(|at| types.get(at).copied());
        match chosen {
            Some(ty) if ty == element.ty => Ok((ty, None)),
            Some(ty) => Ok((ty, self.complex(ty).and_then(|t| t.name.clone()))),
            None => Err(SampleError::Abstract(element.name.local.clone())),
        }
    }

    fn derives(&self, ty: TypeId, base: TypeId) -> bool {
        let mut at = ty;
        for _ in 0..1000 {
            let Some(complex) = self.complex(at) else { return false };
            if at == base {
                return true;
            }
            if complex.base == at {
                return false;
            }
            at = complex.base;
        }
        false
    }

    fn complex(&self, id: TypeId) -> Option<&'a ComplexType> {
        match self.model.types.get(id.index()) {
            Some(Type::Complex(complex)) => Some(complex),
            _ => None,
        }
    }

    fn type_name(&self, id: TypeId) -> String {
        self.complex(id).and_then(|t| t.name.as_ref()).map_or_else(String::new, |n| n.local.clone())
    }

    fn fill(&mut self, node: &mut Node, ty: TypeId, element: &Element) -> Result<(), SampleError> {
        for used in self.complex(ty).map_or(&[][..], |complex| &complex.attributes) {
            self.attribute(node, used)?;
        }
        self.content(node, ty, element.value.as_ref())
    }

    /// Adds the content of a type, for an element with a value constraint.
    fn content(&mut self, node: &mut Node, ty: TypeId, value: Option<&ValueConstraint>) -> Result<(), SampleError> {
        let name = node.name.local.clone();
        match self.complex(ty).map(|complex| &complex.content) {
            None => (node.text, node.ty) = self.simple(ty, value, &name)?,
            Some(Content::Simple(simple)) => (node.text, node.ty) = self.simple(*simple, value, &name)?,
            // An element with a fixed value has no child elements.
            Some(Content::Mixed(_)) if matches!(value, Some(ValueConstraint::Fixed(_))) => {}
            Some(Content::Mixed(particle)) => {
                if value.is_none() && self.options.fill != Fill::Least {
                    node.text.push_str("text");
                }
                self.particle(particle, &mut node.children)?;
            }
            Some(Content::Elements(particle)) => self.particle(particle, &mut node.children)?,
            Some(Content::Empty) => {}
        }
        Ok(())
    }

    /// Returns a value, and its type if the value may be changed.
    fn simple(&mut self, ty: TypeId, value: Option<&ValueConstraint>, name: &str) -> Result<(String, Option<TypeId>), SampleError> {
        if let Some(ValueConstraint::Fixed(literal)) = value {
            return Ok((value::spelled(self.model, ty, &literal.text, &literal.prefixes), None));
        }
        let made = self.values.of(ty, name).ok_or_else(|| SampleError::NoValue(name.to_owned()))?;
        Ok((made, Some(ty)))
    }

    fn attribute(&mut self, node: &mut Node, used: &AttributeUse) -> Result<(), SampleError> {
        let Some(declared) = self.model.attributes.get(used.attribute.index()) else { return Ok(()) };
        let asked = self.wants_optional() || self.keys.attribute(&declared.name) || self.wanted.attribute(used.attribute);
        if !used.required && !asked {
            return Ok(());
        }
        let (value, ty) = match self.options.examples.attributes.get(&used.attribute) {
            Some(example) if !matches!(used.value, Some(ValueConstraint::Fixed(_))) => (example.clone(), Some(declared.ty)),
            _ => match self.simple(declared.ty, used.value.as_ref().or(declared.value.as_ref()), &declared.name.local) {
                Ok(made) => made,
                Err(_) if !used.required => return Ok(()),
                Err(why) => return Err(why),
            },
        };
        node.attributes.push(Attribute { name: declared.name.clone(), value, ty, required: used.required });
        Ok(())
    }

    fn wants_optional(&self) -> bool {
        let limit = u64::try_from(self.options.max_elements).unwrap_or(u64::MAX);
        self.options.fill == Fill::All && self.open.len() < DEEP && self.made < limit
    }

    /// Returns whether a particle leads directly back to the type of an open element.
    fn returns(&self, particle: &Particle) -> bool {
        match &particle.term {
            Term::Element(id) => {
                self.model.elements.get(id.index()).is_some_and(|e| self.complex(e.ty).is_some() && self.open.contains(&e.ty))
            }
            Term::Any(_) => false,
            Term::Group(group) if group.compositor == Compositor::Choice => group.particles.iter().all(|p| self.returns(p)),
            Term::Group(group) => group.particles.iter().any(|p| p.min > 0 && self.returns(p)),
        }
    }

    /// Returns how often a particle occurs. Optional occurrences are added only if they are within the limits.
    fn count(&self, particle: &Particle) -> u64 {
        let most = match particle.max {
            Max::Count(n) => n,
            Max::Unbounded => u64::MAX,
        };
        // Content that only a wildcard admits is left to the user who completes the sample.
        let possible = !self.returns(particle) && !matches!(particle.term, Term::Any(_));
        match self.least.term(&particle.term).filter(|size| possible && self.fits(*size)) {
            Some(_) if self.wants_optional() || self.is_wanted(&particle.term) => {
                self.options.repeat.clamp(particle.min, most.max(particle.min))
            }
            Some(_) if self.is_key(&particle.term) => particle.min.max(1),
            _ => particle.min,
        }
    }

    /// Returns whether a term leads to optional content that is asked for.
    fn is_wanted(&self, term: &Term) -> bool {
        self.open.len() < DEEP && self.wanted.term(self.model, term)
    }

    fn is_key(&self, term: &Term) -> bool {
        let Term::Element(id) = term else { return false };
        self.model.elements.get(id.index()).is_some_and(|element| self.keys.element(&element.name))
    }

    fn particle(&mut self, particle: &Particle, into: &mut Vec<Node>) -> Result<(), SampleError> {
        for occurrence in 0..self.count(particle) {
            let before = into.len();
            if occurrence >= particle.min && !self.least.term(&particle.term).is_some_and(|size| self.fits(size)) {
                break;
            }
            match &particle.term {
                Term::Element(id) => {
                    let node = self.element(*id)?;
                    into.push(Node { optional: occurrence >= particle.min, ..node });
                }
                Term::Any(wildcard) => into.push(self.admitted(wildcard)?),
                Term::Group(group) => self.group(group, into)?,
            }
            if into.len() == before {
                break; // every further occurrence is as empty, however many are required
            }
        }
        Ok(())
    }

    /// Returns an element that a wildcard admits: one that needs no declaration, or else the smallest declared one.
    fn admitted(&mut self, wildcard: &Wildcard) -> Result<Node, SampleError> {
        if let Some(name) = wildcard::free(self.model, wildcard) {
            self.made += 1;
            return Ok(Node::empty(name));
        }
        let smallest = wildcard::declared(self.model, wildcard).filter_map(|id| Some((self.least.element(id)?, id))).min();
        match smallest {
            Some((_, id)) => self.element(id),
            None => Err(SampleError::NoElement(String::new())),
        }
    }

    fn group(&mut self, group: &ModelGroup, into: &mut Vec<Node>) -> Result<(), SampleError> {
        if group.compositor != Compositor::Choice {
            return group.particles.iter().try_for_each(|p| self.particle(p, into));
        }
        let Some(arm) = self.arm(group) else { return Ok(()) };
        let before = into.len();
        self.particle(arm, into)?;
        // With `Fill::All`, an optional alternative that produced no content occurs once, unless that is not possible.
        let more = into.len() == before && arm.min == 0 && self.options.fill == Fill::All && !self.returns(arm);
        if more && self.least.term(&arm.term).is_some_and(|size| self.fits(size)) {
            let once = Particle { min: 1, ..arm.clone() };
            self.particle(&once, into)?;
        }
        Ok(())
    }

    /// Returns the alternative of a choice that `variant` selects, among those that have an instance and do not lead back. If it does not fit,
    /// returns the smallest alternative.
    fn arm<'g>(&self, group: &'g ModelGroup) -> Option<&'g Particle> {
        let possible: Vec<&Particle> = group.particles.iter().filter(|p| self.least.term(&p.term).is_some() || p.min == 0).collect();
        let size = |arm: &Particle| self.least.particle(arm);
        if self.options.fill == Fill::Least {
            return possible.into_iter().min_by_key(|arm| size(arm));
        }
        let asked =
            possible.iter().find(|arm| self.is_wanted(&arm.term) && !self.returns(arm) && size(arm).is_some_and(|it| self.fits(it)));
        if let Some(asked) = asked {
            return Some(asked);
        }
        let forward: Vec<&Particle> = possible.iter().copied().filter(|p| !self.returns(p)).collect();
        let arms = if forward.is_empty() { &possible } else { &forward };
        let wanted = self.options.variant.checked_rem(arms.len()).and_then(|at| arms.get(at));
        let fits = |arm: &&&Particle| self.open.len() < DEEP && size(arm).is_some_and(|size| self.fits(size));
        wanted.filter(fits).or_else(|| possible.iter().min_by_key(|arm| size(arm))).copied()
    }
}

impl Node {
    fn empty(name: QName) -> Self {
        let (attributes, children) = (Vec::new(), Vec::new());
        let text = String::new();
        Node { name, declared: None, derived: None, nil: None, attributes, text, ty: None, children, optional: false }
    }
}
