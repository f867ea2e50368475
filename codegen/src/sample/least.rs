//! Computes the size of the smallest valid instance of each element and type that the root can reach, if there is one.
//!
//! The sizes are a least fixed point: all start as infinite and are lowered until nothing changes. A type is visited after the types it contains,
//! so one round is enough unless a type contains itself.

use std::collections::{BTreeMap, HashSet};

use super::value::Values;
use super::wildcard;
use super::{SampleError, SampleOptions};
use crate::model::{ComplexType, Compositor, Content, Element, ElementId, Model, Particle, Term, Type, TypeId, Wildcard};
use crate::substitution::{is_blocked, joined, substitutes};

/// The size of an instance.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub(super) struct Size {
    /// The number of elements.
    pub(super) elements: u64,
    /// The number of nested levels of elements.
    pub(super) depth: u32,
}

/// A component that has a size.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Part {
    Element(ElementId),
    Type(TypeId),
}

/// The computed sizes of elements and types.
pub(super) struct Least<'a> {
    model: &'a Model,
    elements: Vec<Option<Size>>,
    types: Vec<Option<Size>>,
    /// For each simple type that was checked, whether it has a value.
    values: Vec<Option<bool>>,
    /// The concrete types that derive from abstract ones.
    derived: BTreeMap<TypeId, Vec<TypeId>>,
    /// The generator of values.
    maker: Values<'a>,
    /// Whether every simple type counts as having a value, and every nillable element as possible.
    is_optimistic: bool,
}

/// The reason why a type has no instance.
enum Missing<'a> {
    Value(&'a str),
    Element(ElementId),
    Content,
}

impl<'a> Least<'a> {
    /// Computes the sizes of all parts that the roots reach. `ids` are the IDs of the document, if they are known.
    pub(super) fn of(model: &'a Model, root: ElementId, derived: Option<TypeId>, ids: Option<Vec<String>>) -> Self {
        Self::reached(model, std::iter::once(Part::Element(root)).chain(derived.map(Part::Type)), ids, false)
    }

    /// Computes the sizes of all elements and types of the model. If `is_optimistic` is true, every simple type counts as having a value, and every
    /// nillable element as possible, so that an element without a size cannot occur in any valid document.
    pub(super) fn whole(model: &'a Model, is_optimistic: bool) -> Self {
        let elements = (0..model.elements.len()).filter_map(|at| u32::try_from(at).ok()).map(|at| Part::Element(ElementId(at)));
        let types = (0..model.types.len()).filter_map(|at| u32::try_from(at).ok()).map(|at| Part::Type(TypeId(at)));
        Self::reached(model, elements.chain(types), None, is_optimistic)
    }

    fn reached(model: &'a Model, roots: impl Iterator<Item = Part>, ids: Option<Vec<String>>, is_optimistic: bool) -> Self {
        let mut least = Least {
            model,
            elements: vec![None; model.elements.len()],
            types: vec![None; model.types.len()],
            values: vec![None; model.types.len()],
            derived: derivations(model),
            maker: Values::new(model, ids),
            is_optimistic,
        };
        let order = least.order(roots);
        // Each round visits all parts, because `count` does not stop at the first change.
        while order.iter().filter(|part| least.lower(**part)).count() > 0 {}
        least
    }

    /// Returns the parts that the roots reach. Each part follows the parts it contains, except where they form a cycle.
    fn order(&self, roots: impl Iterator<Item = Part>) -> Vec<Part> {
        let (mut seen, mut out) = (HashSet::new(), Vec::new());
        let mut open: Vec<(Part, Vec<Part>)> = Vec::new();
        for root in roots {
            if seen.insert(root) {
                open.push((root, self.held(root)));
            }
            while let Some((part, held)) = open.last_mut() {
                match held.pop() {
                    Some(next) if seen.insert(next) => open.push((next, self.held(next))),
                    Some(_) => {}
                    None => {
                        out.push(*part);
                        open.pop();
                    }
                }
            }
        }
        out
    }

    /// Returns the parts that a part contains directly.
    fn held(&self, part: Part) -> Vec<Part> {
        match part {
            Part::Element(id) => {
                let candidates = substitutes(self.model, id);
                candidates.iter().flat_map(|(_, element)| self.types_of(element)).map(Part::Type).collect()
            }
            Part::Type(id) => {
                let mut out = Vec::new();
                if let Some(Type::Complex(ty)) = self.model.types.get(id.index())
                    && let Content::Elements(particle) | Content::Mixed(particle) = &ty.content
                {
                    elements_of(self.model, particle, &mut out);
                }
                out.into_iter().map(Part::Element).collect()
            }
        }
    }

    /// Recomputes the size of a part from the parts it contains, and returns whether the size became smaller.
    fn lower(&mut self, part: Part) -> bool {
        let size = match part {
            Part::Element(id) => self.candidates(id).into_iter().filter_map(|(_, size)| size).min(),
            Part::Type(id) => self.type_size(id),
        };
        let slot = match part {
            Part::Element(id) => self.elements.get_mut(id.index()),
            Part::Type(id) => self.types.get_mut(id.index()),
        };
        match slot {
            Some(slot) if size.is_some() && (slot.is_none() || size < *slot) => {
                *slot = size;
                true
            }
            _ => false,
        }
    }

    /// Returns the elements that can substitute for an element, with their sizes.
    pub(super) fn candidates(&self, id: ElementId) -> Vec<(ElementId, Option<Size>)> {
        substitutes(self.model, id).into_iter().map(|(id, element)| (id, self.own(element))).collect()
    }

    /// Returns the size of the smallest instance of an element, not counting its substitutes.
    pub(super) fn own(&self, element: &Element) -> Option<Size> {
        let nil = (self.is_optimistic && element.nillable).then(Size::default);
        let size = self.types_of(element).into_iter().filter_map(|ty| self.ty(ty)).chain(nil).min()?;
        Some(Size { elements: size.elements.saturating_add(1), depth: size.depth.saturating_add(1) })
    }

    /// Returns the possible types of an element: its own, or the types that derive from it if it is abstract.
    pub(super) fn types_of(&self, element: &Element) -> Vec<TypeId> {
        match self.complex(element.ty) {
            Some(ty) if ty.abstract_ => {
                let blocks = joined(element.block, ty.block);
                let derived = self.derived.get(&element.ty).into_iter().flatten().copied();
                derived.filter(|id| !is_blocked(self.model, element.ty, *id, blocks)).collect()
            }
            _ => vec![element.ty],
        }
    }

    /// Returns the size of the smallest instance of an element or of one of its substitutes.
    pub(super) fn element(&self, id: ElementId) -> Option<Size> {
        self.elements.get(id.index()).copied().flatten()
    }

    /// Returns the size of the smallest content of a type, without the element around it.
    pub(super) fn ty(&self, id: TypeId) -> Option<Size> {
        self.types.get(id.index()).copied().flatten()
    }

    fn complex(&self, id: TypeId) -> Option<&'a ComplexType> {
        match self.model.types.get(id.index()) {
            Some(Type::Complex(ty)) => Some(ty),
            _ => None,
        }
    }

    fn type_size(&mut self, id: TypeId) -> Option<Size> {
        let Some(ty) = self.complex(id) else { return self.has_value(id).then(Size::default) };
        let required = ty.attributes.iter().filter(|used| used.required && used.value.is_none());
        let attributes: Vec<TypeId> = required.filter_map(|used| Some(self.model.attributes.get(used.attribute.index())?.ty)).collect();
        if !attributes.into_iter().all(|ty| self.has_value(ty)) {
            return None;
        }
        match &ty.content {
            Content::Empty => Some(Size::default()),
            Content::Simple(simple) => self.has_value(*simple).then(Size::default),
            Content::Elements(particle) | Content::Mixed(particle) => self.particle(particle),
        }
    }

    /// Returns whether a value of a simple type can be generated.
    pub(super) fn has_value(&mut self, id: TypeId) -> bool {
        if let Some(known) = self.values.get(id.index()).copied().flatten() {
            return known;
        }
        if self.is_optimistic {
            return true;
        }
        let found = self.maker.of(id, "text").is_some();
        if let Some(slot) = self.values.get_mut(id.index()) {
            *slot = Some(found);
        }
        found
    }

    /// Returns the size of what a particle requires.
    pub(super) fn particle(&self, particle: &Particle) -> Option<Size> {
        if particle.min == 0 {
            return Some(Size::default());
        }
        let size = self.term(&particle.term)?;
        Some(Size { elements: size.elements.saturating_mul(particle.min), ..size })
    }

    /// Returns the size of one occurrence of a term.
    pub(super) fn term(&self, term: &Term) -> Option<Size> {
        match term {
            Term::Element(id) => self.element(*id),
            Term::Any(wildcard) => self.wildcard(wildcard),
            Term::Group(group) if group.compositor == Compositor::Choice => group.particles.iter().filter_map(|p| self.particle(p)).min(),
            Term::Group(group) => group.particles.iter().try_fold(Size::default(), |sum, particle| {
                let size = self.particle(particle)?;
                Some(Size { elements: sum.elements.saturating_add(size.elements), depth: sum.depth.max(size.depth) })
            }),
        }
    }

    pub(super) fn wildcard(&self, wildcard: &Wildcard) -> Option<Size> {
        if wildcard::free(self.model, wildcard).is_some() {
            return Some(Size { elements: 1, depth: 1 });
        }
        wildcard::declared(self.model, wildcard).filter_map(|id| self.element(id)).min()
    }

    /// Returns why an element has no instance: the first requirement that cannot be met.
    pub(super) fn why(&mut self, mut id: ElementId) -> SampleError {
        let mut seen = HashSet::new();
        loop {
            let name = self.model.elements.get(id.index()).map(|element| element.name.local.clone()).unwrap_or_default();
            let candidate = substitutes(self.model, id).into_iter().next();
            let Some(ty) = candidate.and_then(|(_, element)| self.types_of(element).into_iter().next()) else {
                return SampleError::Abstract(name);
            };
            if !seen.insert(ty) {
                return SampleError::Endless(name);
            }
            match self.missing(ty) {
                Some(Missing::Element(next)) => id = next,
                Some(Missing::Value(attribute)) => return SampleError::NoValue(attribute.to_owned()),
                Some(Missing::Content) => return SampleError::NoElement(name),
                None => return SampleError::NoValue(name),
            }
        }
    }

    fn missing(&mut self, id: TypeId) -> Option<Missing<'a>> {
        let ty = self.complex(id)?;
        for used in ty.attributes.iter().filter(|used| used.required && used.value.is_none()) {
            let attribute = self.model.attributes.get(used.attribute.index())?;
            if !self.has_value(attribute.ty) {
                return Some(Missing::Value(&attribute.name.local));
            }
        }
        match &ty.content {
            Content::Elements(particle) | Content::Mixed(particle) => self.unmet(particle),
            Content::Empty | Content::Simple(_) => None,
        }
    }

    /// Returns the first requirement of a particle that has no instance.
    fn unmet(&self, particle: &'a Particle) -> Option<Missing<'a>> {
        if self.particle(particle).is_some() {
            return None;
        }
        match &particle.term {
            Term::Element(id) => Some(Missing::Element(*id)),
            Term::Any(_) => Some(Missing::Content),
            Term::Group(group) => group.particles.iter().find_map(|p| self.unmet(p)).or(Some(Missing::Content)),
        }
    }
}

/// Collects the elements that a content model names, and those that its wildcards require.
fn elements_of(model: &Model, particle: &Particle, out: &mut Vec<ElementId>) {
    match &particle.term {
        Term::Element(id) => out.push(*id),
        Term::Any(wildcard) if particle.min > 0 && wildcard::free(model, wildcard).is_none() => {
            out.extend(wildcard::declared(model, wildcard))
        }
        Term::Any(_) => {}
        Term::Group(group) => group.particles.iter().for_each(|particle| elements_of(model, particle, out)),
    }
}

/// Returns the named concrete types that derive from each abstract type.
fn derivations(model: &Model) -> BTreeMap<TypeId, Vec<TypeId>> {
    let mut out: BTreeMap<TypeId, Vec<TypeId>> = BTreeMap::new();
    let complex = |id: TypeId| match model.types.get(id.index()) {
        Some(Type::Complex(ty)) => Some(ty),
        _ => None,
    };
    for id in (0..model.types.len()).filter_map(|at| u32::try_from(at).ok()).map(TypeId) {
        let Some(ty) = complex(id).filter(|ty| ty.name.is_some() && !ty.abstract_) else { continue };
        let (mut at, mut base) = (id, ty.base);
        for _ in 0..1000 {
            let Some(found) = complex(base).filter(|_| base != at) else { break };
            if found.abstract_ {
                out.entry(base).or_default().push(id);
            }
            (at, base) = (base, found.base);
        }
    }
    out
}

/// Checks that an instance of a size is within the limits, and returns the exceeded limit as an error.
pub(super) fn limits(name: &str, size: Size, options: &SampleOptions, deepest: u32) -> Result<(), SampleError> {
    let limit = options.max_elements as u64;
    if size.elements > limit {
        return Err(SampleError::TooLarge { name: name.to_owned(), least: size.elements, limit });
    }
    if size.depth > deepest {
        return Err(SampleError::TooDeep { name: name.to_owned(), least: size.depth, limit: deepest });
    }
    Ok(())
}
