//! In: the [`Model`], a global element, and where its type is a base, the derived type to fill it with. Out: an instance document.
//! Not done here: reading schemas; proving the instance valid (identity constraints are not looked at).
//!
//! A sample shows what a message looks like, feeds tests, and is a skeleton to edit.

mod value;
mod write;

use crate::model::{
    AttributeUse, ComplexType, Compositor, Content, Element, ElementId, Max, Model, ModelGroup, Particle, Prefixes, QName, Term, Type,
    TypeId, ValueConstraint,
};

use self::value::Values;
use crate::plan::ValueExamples;

/// How much of what is optional a sample holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Fill {
    /// Only what must be there.
    Required,
    /// Everything, except what would repeat a type within itself.
    #[default]
    All,
}

/// What sample to make.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SampleOptions {
    /// How much of what is optional.
    pub fill: Fill,
    /// Which arm choices take: this one, counted round. Samples 0, 1, 2... together show all arms of all choices.
    pub variant: usize,
    /// How often what may repeat is there, within its bounds.
    pub repeat: u64,
    /// Most elements of one document; beyond it, only what must be there is added.
    pub max_elements: usize,
    /// Texts of elements and attributes of which more is known than the schema says, see [`crate::plan::examples`].
    pub examples: ValueExamples,
}

impl Default for SampleOptions {
    fn default() -> Self {
        SampleOptions { fill: Fill::All, variant: 0, repeat: 1, max_elements: 100_000, examples: ValueExamples::default() }
    }
}

/// Why there is no sample.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SampleError {
    /// The element is abstract and nothing stands for it.
    Abstract(String),
    /// The type given does not derive from the type of any element in the document.
    NoPlace(String),
    /// The element requires itself: no finite document is valid.
    Endless(String),
    /// No value was found for a simple type; its name, or the name of what holds it.
    NoValue(String),
}

impl std::fmt::Display for SampleError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            SampleError::Abstract(name) => write!(f, "`{name}` is abstract, and no element may stand for it"),
            SampleError::NoPlace(name) => write!(f, "no element of the document has a type that `{name}` derives from"),
            SampleError::Endless(name) => write!(f, "`{name}` requires itself: no finite document is valid"),
            SampleError::NoValue(name) => write!(f, "no value of the type of `{name}` was found"),
        }
    }
}

impl std::error::Error for SampleError {}

/// An element of the sample.
#[derive(Debug, Clone, PartialEq)]
struct Node {
    name: QName,
    /// The derived type, written as `xsi:type`.
    derived: Option<QName>,
    attributes: Vec<(QName, String)>,
    /// What prefixes in its values stand for.
    prefixes: Prefixes,
    text: String,
    children: Vec<Node>,
}

/// Makes a sample document of `root`, indented, with all namespaces declared on the root.
///
/// With `derived`, the first element whose type that type derives from is of it, by `xsi:type`.
///
/// # Errors
/// Where no finite valid document exists, or no value was found for a simple type: see [`SampleError`].
pub fn sample(model: &Model, root: ElementId, derived: Option<TypeId>, options: &SampleOptions) -> Result<String, SampleError> {
    let mut maker = Maker { model, options, derived, open: Vec::new(), made: 0, values: Values::new(model) };
    let node = maker.element(root)?;
    if let Some(ty) = maker.derived {
        return Err(SampleError::NoPlace(maker.type_name(ty)));
    }
    Ok(write::document(model, &node))
}

/// Deepest nesting of elements; beyond it only what must be there is added.
const DEEP: usize = 24;
/// Deepest nesting at all.
const DEEPEST: usize = 120;

struct Maker<'a> {
    model: &'a Model,
    options: &'a SampleOptions,
    /// Still to be placed.
    derived: Option<TypeId>,
    /// Types of the elements that are open.
    open: Vec<TypeId>,
    made: usize,
    values: Values<'a>,
}

impl<'a> Maker<'a> {
    fn element(&mut self, id: ElementId) -> Result<Node, SampleError> {
        let model = self.model;
        let Some(declared) = model.elements.get(id.index()) else { return Err(SampleError::NoValue(String::new())) };
        let element = self.concrete(declared)?;
        self.made += 1;
        if self.open.len() > DEEPEST {
            return Err(SampleError::Endless(element.name.local.clone()));
        }
        let (ty, derived) = self.actual_type(element)?;
        let mut node = Node {
            name: element.name.clone(),
            derived,
            attributes: Vec::new(),
            prefixes: Prefixes::default(),
            text: String::new(),
            children: Vec::new(),
        };
        self.open.push(ty);
        let filled = self.fill(&mut node, ty, element);
        self.open.pop();
        if let Some(example) = self.options.examples.elements.get(&id).filter(|_| !matches!(element.value, Some(ValueConstraint::Fixed(_))))
        {
            node.text.clone_from(example);
        }
        filled.map(|()| node)
    }

    /// The element itself, or for an abstract one the first that may stand for it.
    fn concrete(&self, declared: &'a Element) -> Result<&'a Element, SampleError> {
        if !declared.abstract_ {
            return Ok(declared);
        }
        let members = declared.members.iter().filter_map(|m| self.model.elements.get(m.index()));
        members.into_iter().find(|m| !m.abstract_).ok_or_else(|| SampleError::Abstract(declared.name.local.clone()))
    }

    /// The declared type, or the one asked for where it fits, or for an abstract type the first that derives from it.
    fn actual_type(&mut self, element: &Element) -> Result<(TypeId, Option<QName>), SampleError> {
        if let Some(wanted) = self.derived
            && wanted != element.ty
            && self.derives(wanted, element.ty)
        {
            self.derived = None;
            return Ok((wanted, self.complex(wanted).and_then(|t| t.name.clone())));
        }
        if self.derived == Some(element.ty) {
            self.derived = None;
        }
        if !self.complex(element.ty).is_some_and(|t| t.abstract_) {
            return Ok((element.ty, None));
        }
        let types = (0..self.model.types.len()).filter_map(|i| u32::try_from(i).ok()).map(TypeId);
        for id in types {
            if let Some(candidate) = self.complex(id)
                && !candidate.abstract_
                && let Some(name) = &candidate.name
                && self.derives(id, element.ty)
            {
                return Ok((id, Some(name.clone())));
            }
        }
        Err(SampleError::Abstract(element.name.local.clone()))
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
        let Some(complex) = self.complex(ty) else {
            node.text = self.simple(ty, element.value.as_ref(), &element.name.local, &mut node.prefixes)?;
            return Ok(());
        };
        for used in &complex.attributes {
            self.attribute(node, used)?;
        }
        match &complex.content {
            Content::Empty => Ok(()),
            Content::Simple(simple) => {
                node.text = self.simple(*simple, element.value.as_ref(), &element.name.local, &mut node.prefixes)?;
                Ok(())
            }
            Content::Mixed(particle) => {
                if element.value.is_none() && node.children.is_empty() {
                    node.text.push_str("text");
                }
                self.particle(particle, &mut node.children)
            }
            Content::Elements(particle) => self.particle(particle, &mut node.children),
        }
    }

    fn simple(&mut self, ty: TypeId, fixed: Option<&ValueConstraint>, name: &str, prefixes: &mut Prefixes) -> Result<String, SampleError> {
        let mut declare = |needed: &Prefixes| {
            if self.model.holds_names(ty) {
                prefixes.0.extend(needed.0.iter().filter(|(prefix, _)| !prefix.is_empty()).cloned());
            }
        };
        if let Some(ValueConstraint::Fixed(value)) = fixed {
            declare(&value.prefixes);
            return Ok(value.text.clone());
        }
        let text = self.values.of(ty, name).ok_or_else(|| SampleError::NoValue(name.to_owned()))?;
        self.values.prefixes_of(ty, &text).into_iter().for_each(declare);
        Ok(text)
    }

    fn attribute(&mut self, node: &mut Node, used: &AttributeUse) -> Result<(), SampleError> {
        let Some(declared) = self.model.attributes.get(used.attribute.index()) else { return Ok(()) };
        if !used.required && !self.wants_optional() {
            return Ok(());
        }
        let value = match self.options.examples.attributes.get(&used.attribute) {
            Some(example) if !matches!(used.value, Some(ValueConstraint::Fixed(_))) => example.clone(),
            _ => self.simple(declared.ty, used.value.as_ref(), &declared.name.local, &mut node.prefixes)?,
        };
        node.attributes.push((declared.name.clone(), value));
        Ok(())
    }

    fn wants_optional(&self) -> bool {
        self.options.fill == Fill::All && self.open.len() < DEEP && self.made < self.options.max_elements
    }

    /// Whether a particle leads straight back into a type that is open.
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

    fn count(&self, particle: &Particle) -> u64 {
        let most = match particle.max {
            Max::Count(n) => n,
            Max::Unbounded => u64::MAX,
        };
        if self.wants_optional() && !self.returns(particle) {
            self.options.repeat.clamp(particle.min, most.max(particle.min))
        } else {
            particle.min
        }
    }

    fn particle(&mut self, particle: &Particle, into: &mut Vec<Node>) -> Result<(), SampleError> {
        for _ in 0..self.count(particle) {
            match &particle.term {
                Term::Element(id) => into.push(self.element(*id)?),
                // What a wildcard admits is not known here; one that must match is left to the reader of the sample.
                Term::Any(_) => {}
                Term::Group(group) => self.group(group, into)?,
            }
        }
        Ok(())
    }

    fn group(&mut self, group: &ModelGroup, into: &mut Vec<Node>) -> Result<(), SampleError> {
        if group.compositor != Compositor::Choice {
            return group.particles.iter().try_for_each(|p| self.particle(p, into));
        }
        let arms: Vec<&Particle> = group.particles.iter().filter(|p| !self.returns(p)).collect();
        let arms = if arms.is_empty() { group.particles.iter().collect() } else { arms };
        let Some(arm) = self.options.variant.checked_rem(arms.len()).and_then(|i| arms.get(i)) else { return Ok(()) };
        let before = into.len();
        self.particle(arm, into)?;
        // An arm that may be empty counts as chosen only where it can stay empty.
        if into.len() == before && arm.min == 0 && self.options.fill == Fill::All && !self.returns(arm) {
            let once = Particle { min: 1, ..(*arm).clone() };
            self.particle(&once, into)?;
        }
        Ok(())
    }
}
