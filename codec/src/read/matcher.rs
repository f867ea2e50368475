//! In: a content model, and the names of children one by one. Out: whether they satisfy it (XML Schema Part 1, section 3.8.4).
//! Not done here: models that the flat list of fields tells already (`record`).
//!
//! A state is the way from the root of the model down to the particle matched last, with the number of the iteration at each step. By the
//! rule of unique particle attribution a name leads to one particle; but where repetitions stand in each other it may be counted in
//! more than one of them, so there may be several states. Counting beyond the least number of an unbounded repetition makes no difference.

use super::names::Space;
use super::{Reader, Tag};
use crate::error::{Error, ErrorKind, Result, excerpt};
use crate::particle::{Particle, Term};
use crate::shape::{Shape, UNBOUNDED};
use crate::wildcard;

/// The most states that are kept.
const MOST_STATES: usize = 4096;

/// The states a content model may be in.
#[derive(Debug)]
pub(super) struct Matcher {
    model: &'static Particle,
    states: Vec<Vec<Step>>,
}

/// A particle on the way, in its nth iteration.
#[derive(Debug, Clone)]
struct Step {
    particle: &'static Particle,
    count: u32,
    /// The member that is matched, of sequences.
    index: usize,
    /// Which members were matched, of all-groups.
    seen: Vec<bool>,
}

impl Step {
    fn new(particle: &'static Particle, count: u32) -> Self {
        let enough = if particle.max == UNBOUNDED { particle.min.max(1) } else { UNBOUNDED };
        Self { particle, count: count.min(enough), index: 0, seen: Vec::new() }
    }

    fn may_repeat(&self) -> bool {
        self.particle.max == UNBOUNDED || self.count < self.particle.max
    }

    /// Whether the iteration may end here.
    fn is_complete(&self) -> bool {
        match self.particle.term {
            Term::Sequence(members) => members.iter().skip(self.index + 1).all(|member| member.nullable),
            Term::All(members) => members.iter().zip(&self.seen).all(|(member, seen)| *seen || member.nullable),
            Term::Element { .. } | Term::Any(_) | Term::Choice(_) => true,
        }
    }

    /// Whether the repetition may end after this iteration.
    fn is_enough(&self) -> bool {
        let empty = match self.particle.term {
            Term::Sequence(members) | Term::All(members) => members.iter().all(|member| member.nullable),
            Term::Choice(members) => members.iter().any(|member| member.nullable),
            Term::Element { .. } | Term::Any(_) => false,
        };
        self.count >= self.particle.min || empty
    }
}

/// Whether whatever may follow the other state may follow this one too: the same way down, with counts no greater, and none short of its
/// least number that is not equal.
fn covers(one: &[Step], other: &[Step]) -> bool {
    let step = |(one, other): (&Step, &Step)| {
        let same = std::ptr::eq(one.particle, other.particle) && one.index == other.index && one.seen == other.seen;
        same && (one.count == other.count || one.count < other.count && one.count >= one.particle.min)
    };
    one.len() == other.len() && one.iter().zip(other).all(step)
}

/// The name of a child.
struct Name<'n> {
    space: Space,
    uri: &'n str,
    local: &'n str,
}

/// All states after one more name.
struct Search<'n> {
    name: Name<'n>,
    found: Vec<Vec<Step>>,
}

impl Search<'_> {
    /// Matches the name as the first of an iteration of this particle.
    fn enter(&mut self, way: &[Step], particle: &'static Particle, count: u32) {
        if particle.max == 0 {
            return;
        }
        let mut step = Step::new(particle, count);
        let down = |step: Step| -> Vec<Step> { way.iter().cloned().chain([step]).collect() };
        match particle.term {
            Term::Element { namespace, local } => {
                if self.name.space == Space::Known(namespace) && self.name.local == local {
                    self.found.push(down(step));
                }
            }
            Term::Any(constraint) => {
                if wildcard::admits(constraint, self.name.uri) {
                    self.found.push(down(step));
                }
            }
            Term::Sequence(members) => self.members(down(step), members, 0),
            Term::Choice(members) => {
                let way = down(step);
                members.iter().for_each(|member| self.enter(&way, member, 1));
            }
            Term::All(members) => {
                step.seen = vec![false; members.len()];
                self.rest_of_all(way, &step, members);
            }
        }
    }

    /// Matches the name as the first of a member of a sequence, from this one on.
    fn members(&mut self, mut way: Vec<Step>, members: &'static [Particle], from: usize) {
        for (index, member) in members.iter().enumerate().skip(from) {
            if let Some(step) = way.last_mut() {
                step.index = index;
            }
            self.enter(&way, member, 1);
            if !member.nullable {
                return;
            }
        }
    }

    fn rest_of_all(&mut self, way: &[Step], step: &Step, members: &'static [Particle]) {
        for (index, member) in members.iter().enumerate() {
            if step.seen.get(index) == Some(&false) {
                let mut step = step.clone();
                if let Some(seen) = step.seen.get_mut(index) {
                    *seen = true;
                }
                let way: Vec<Step> = way.iter().cloned().chain([step]).collect();
                self.enter(&way, member, 1);
            }
        }
    }

    /// Matches the name as the one after this state.
    fn advance(&mut self, state: &[Step]) {
        let mut way = state;
        while let Some((step, above)) = way.split_last() {
            match step.particle.term {
                Term::Sequence(members) => self.members(way.to_vec(), members, step.index + 1),
                Term::All(members) => self.rest_of_all(above, step, members),
                Term::Element { .. } | Term::Any(_) | Term::Choice(_) => {}
            }
            if !step.is_complete() {
                return;
            }
            if step.may_repeat() {
                self.enter(above, step.particle, step.count.saturating_add(1));
            }
            if !step.is_enough() {
                return;
            }
            way = above;
        }
    }
}

impl Matcher {
    fn new(model: &'static Particle) -> Self {
        Self { model, states: vec![Vec::new()] }
    }

    /// Takes one more name; tells whether it may stand there.
    fn step(&mut self, name: Name<'_>) -> bool {
        let mut search = Search { name, found: Vec::new() };
        for state in &self.states {
            match state.is_empty() {
                true => search.enter(&[], self.model, 1),
                false => search.advance(state),
            }
        }
        let mut states: Vec<Vec<Step>> = Vec::with_capacity(search.found.len());
        // Where the content model is ambiguous, an element that is declared goes before a wildcard, as in XML Schema 1.1.
        let declared = |state: &Vec<Step>| state.last().is_some_and(|step| matches!(step.particle.term, Term::Element { .. }));
        let any_declared = search.found.iter().any(declared);
        for state in search.found.into_iter().filter(|state| !any_declared || declared(state)) {
            if !states.iter().any(|known| covers(known, &state)) {
                states.retain(|known| !covers(&state, known));
                if states.len() < MOST_STATES {
                    states.push(state);
                }
            }
        }
        self.states = states;
        !self.states.is_empty()
    }

    /// Whether the names so far are enough.
    fn is_satisfied(&self) -> bool {
        let ends = |state: &Vec<Step>| match state.is_empty() {
            true => self.model.nullable,
            false => state.iter().rev().all(|step| step.is_complete() && step.is_enough()),
        };
        self.states.iter().any(ends)
    }
}

impl Reader<'_> {
    /// Begins the content model of a type; gives that of the element around.
    pub(super) fn enter_model(&mut self, shape: &'static Shape) -> Option<Matcher> {
        std::mem::replace(&mut self.matcher, shape.model.map(Matcher::new))
    }

    /// Takes account of a child in the content model, if there is one.
    pub(super) fn step_model(&mut self, tag: &Tag) -> Result<()> {
        let Some(mut matcher) = self.matcher.take() else { return Ok(()) };
        let name = Name { space: tag.space, uri: self.uri_of(tag), local: self.split_name(tag).1 };
        if !matcher.step(name) {
            let message = format!("{} cannot stand here by the content model", excerpt(self.raw_name(tag)));
            return Err(Error::at(ErrorKind::UnexpectedElement, tag.at, message));
        }
        self.matcher = Some(matcher);
        Ok(())
    }

    /// Checks that the children satisfy the content model.
    pub(super) fn finish_model(&mut self) -> Result<()> {
        match &self.matcher {
            Some(matcher) if !matcher.is_satisfied() => {
                Err(Error::at(ErrorKind::Missing, self.parent.at, "the content is not complete by the content model"))
            }
            _ => Ok(()),
        }
    }
}
