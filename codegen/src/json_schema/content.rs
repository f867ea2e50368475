//! The children of a content model, and whether their order must be kept.

use super::instances;
use crate::model::{Compositor, Element, Max, Model, Particle, Term};

/// A child element.
pub(super) struct Child<'m> {
    pub(super) element: &'m Element,
    /// Whether it may occur more than once.
    pub(super) many: bool,
    /// Whether it must occur.
    pub(super) required: bool,
}

/// The children of a content model.
#[derive(Default)]
pub(super) struct Children<'m> {
    /// The elements, each once.
    pub(super) elements: Vec<Child<'m>>,
    pub(super) wildcard: bool,
    /// Whether the children are an array, because their names do not determine the order.
    pub(super) ordered: bool,
    /// The number of places of elements and wildcards.
    places: usize,
    wildcards: usize,
}

/// The context of a particle.
#[derive(Clone, Copy)]
struct Within {
    many: bool,
    required: bool,
}

/// Returns the children of a content model.
pub(super) fn children<'m>(model: &'m Model, particle: &Particle) -> Children<'m> {
    let mut children = Children::default();
    children.add(model, particle, Within { many: false, required: true });
    children.ordered |= children.wildcards > 1;
    children.wildcard = children.wildcards > 0;
    children
}

impl<'m> Children<'m> {
    fn add(&mut self, model: &'m Model, particle: &Particle, within: Within) {
        let repeats = particle.max > Max::Count(1);
        let inner = Within { many: within.many || repeats, required: within.required && particle.min > 0 };
        match &particle.term {
            Term::Any(_) => {
                self.wildcards += 1;
                self.places += 1;
            }
            Term::Element(id) => {
                let instances = instances(model, *id);
                self.ordered |= instances.len() > 1 && inner.many;
                let required = inner.required && instances.len() == 1;
                for element in instances {
                    self.element(element, Within { required, ..inner });
                }
            }
            Term::Group(group) => {
                let before = self.places;
                let required = inner.required && (group.compositor != Compositor::Choice || group.particles.len() == 1);
                let mut last: Option<&Particle> = None;
                for particle in &group.particles {
                    let again = last.is_some_and(|last| group.compositor == Compositor::Sequence && is_same(model, last, particle));
                    match again {
                        true => self.repeat(model, particle),
                        false => self.add(model, particle, Within { required, ..inner }),
                    }
                    last = Some(particle);
                }
                self.ordered |= repeats && self.places > before + 1;
            }
        }
    }

    fn element(&mut self, element: &'m Element, within: Within) {
        self.places += 1;
        match self.elements.iter().any(|child| child.element.name == element.name) {
            true => self.ordered = true,
            false => self.elements.push(Child { element, many: within.many, required: within.required }),
        }
    }

    /// Records that the last element may occur once more, by another declaration of its name.
    fn repeat(&mut self, model: &'m Model, particle: &Particle) {
        let Term::Element(id) = &particle.term else { return };
        let instances = instances(model, *id);
        self.ordered |= instances.len() > 1;
        if let (Some(last), [again]) = (self.elements.last_mut(), instances.as_slice()) {
            last.many = true;
            if again.nillable {
                last.element = again;
            }
        }
    }
}

/// Returns whether two adjacent particles are elements of the same name.
fn is_same(model: &Model, one: &Particle, other: &Particle) -> bool {
    let name = |particle: &Particle| match &particle.term {
        Term::Element(id) => model.elements.get(id.index()).map(|element| &element.name),
        _ => None,
    };
    name(one).is_some() && name(one) == name(other)
}
