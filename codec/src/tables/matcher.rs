//! The matcher checks the names of children, one by one, against a content model (XML Schema Part 1, section 3.8.4). It tells which kind of
//! particle each child matches and what may follow. Both the reader and the writer use it, but only for content models that the flat list
//! of fields cannot express.
//!
//! A state is the path from the root of the model down to the particle that was matched last, with the iteration count at each step. By the
//! rule of unique particle attribution a name leads to exactly one particle. But where repetitions are nested, the name may count towards
//! more than one of them, so there may be several states. An unbounded repetition is only counted up to its minimum, because higher counts
//! make no difference.

use crate::tables::kinds::UNBOUNDED;
use crate::tables::particle::{DeclarationInfo, Particle, Term, admits};

/// The maximum number of states that are kept.
const MOST_STATES: usize = 4096;

/// The maximum number of names that a message lists.
const MOST_NAMES: usize = 8;

/// The name of a child.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Name<'n> {
    /// The number of its namespace in the schema set; 0 for no namespace, `None` for a namespace outside the schema set.
    pub(crate) number: Option<u16>,
    pub(crate) uri: &'n str,
    pub(crate) local: &'n str,
}

/// The kind of particle that a child matched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Matched {
    /// An element declaration, with its properties if the content model has other declarations of the same name that differ.
    Element(Option<DeclarationInfo>),
    /// A wildcard with this namespace constraint.
    Wildcard(&'static str),
}

/// A matcher for one content model, with the states that the model may be in.
#[derive(Debug)]
pub(crate) struct Matcher {
    model: &'static Particle,
    states: States,
    /// A buffer for the states after the next name.
    next: States,
    path: Vec<Step>,
}

/// A particle on the path, in its nth iteration.
#[derive(Debug, Clone)]
struct Step {
    particle: &'static Particle,
    count: u32,
    /// For a sequence: the member that is being matched.
    index: usize,
    /// For an all-group: which members were matched.
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

    /// Returns whether the iteration may end here.
    fn is_complete(&self) -> bool {
        match self.particle.term {
            Term::Sequence(members) => members.iter().skip(self.index + 1).all(|member| member.nullable),
            Term::All(members) => members.iter().zip(&self.seen).all(|(member, seen)| *seen || member.nullable),
            Term::Element { .. } | Term::Any(_) | Term::Choice(_) => true,
        }
    }

    /// Returns whether the repetition may end after this iteration.
    fn is_enough(&self) -> bool {
        let empty = match self.particle.term {
            Term::Sequence(members) | Term::All(members) => members.iter().all(|member| member.nullable),
            Term::Choice(members) => members.iter().any(|member| member.nullable),
            Term::Element { .. } | Term::Any(_) => false,
        };
        self.count >= self.particle.min || empty
    }
}

/// A list of states, stored one after another in one buffer.
#[derive(Debug, Default)]
struct States {
    steps: Vec<Step>,
    /// The end of each state in `steps`.
    ends: Vec<usize>,
}

impl States {
    fn clear(&mut self) {
        self.steps.clear();
        self.ends.clear();
    }

    fn push(&mut self, path: &[Step]) {
        self.steps.extend_from_slice(path);
        self.ends.push(self.steps.len());
    }

    fn len(&self) -> usize {
        self.ends.len()
    }

    fn get(&self, index: usize) -> &[Step] {
        let start = index.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        self.ends.get(index).and_then(|end| self.steps.get(start..*end)).unwrap_or_default()
    }

    fn iter(&self) -> impl Iterator<Item = &[Step]> {
        (0..self.len()).map(|index| self.get(index))
    }
}

/// Returns whether everything that may follow the other state may also follow this one. This is so if the paths are the same and each count
/// is either equal, or smaller than the other's and not below the particle's minimum.
fn covers(one: &[Step], other: &[Step]) -> bool {
    let step = |(one, other): (&Step, &Step)| {
        let same = std::ptr::eq(one.particle, other.particle) && one.index == other.index && one.seen == other.seen;
        same && (one.count == other.count || one.count < other.count && one.count >= one.particle.min)
    };
    one.len() == other.len() && one.iter().zip(other).all(step)
}

/// What a search looks for.
enum Wanted<'n> {
    Name(Name<'n>),
    /// Everything that may follow.
    All(Vec<Term>),
}

/// A search for all states after one more name.
struct Search<'n, 's> {
    wanted: Wanted<'n>,
    /// The path from the root to the current position of the search.
    path: &'s mut Vec<Step>,
    found: &'s mut States,
    /// Whether an element declaration was matched. Then only wildcards could match the name as well, and in an ambiguous content model
    /// declarations take precedence over wildcards, as in XML Schema 1.1.
    declared: bool,
}

impl Search<'_, '_> {
    /// Matches the name as the first child of an iteration of this particle.
    fn enter(&mut self, particle: &'static Particle, count: u32) {
        if particle.max == 0 {
            return;
        }
        self.path.push(Step::new(particle, count));
        match particle.term {
            Term::Element { .. } | Term::Any(_) => self.leaf(particle),
            Term::Sequence(members) => self.members(members, 0),
            Term::Choice(members) => {
                for member in members {
                    if self.declared {
                        break;
                    }
                    self.enter(member, 1);
                }
            }
            Term::All(members) => {
                if let Some(step) = self.path.last_mut() {
                    step.seen = vec![false; members.len()];
                }
                self.rest_of_all(members);
            }
        }
        self.path.pop();
    }

    fn leaf(&mut self, particle: &'static Particle) {
        let name = match &mut self.wanted {
            Wanted::All(terms) => return terms.push(particle.term),
            Wanted::Name(name) => name,
        };
        let (fits, declared) = match particle.term {
            Term::Element { namespace, local, .. } => (name.number == Some(namespace) && name.local == local, true),
            Term::Any(constraint) => (admits(constraint, name.uri), false),
            _ => (false, false),
        };
        if fits {
            self.declared |= declared;
            self.found.push(self.path);
        }
    }

    /// Matches the name as the first child of a member of a sequence, trying the members starting at `from`.
    fn members(&mut self, members: &'static [Particle], from: usize) {
        for (index, member) in members.iter().enumerate().skip(from) {
            if let Some(step) = self.path.last_mut() {
                step.index = index;
            }
            self.enter(member, 1);
            if !member.nullable || self.declared {
                return;
            }
        }
    }

    fn rest_of_all(&mut self, members: &'static [Particle]) {
        for (index, member) in members.iter().enumerate() {
            if self.path.last().is_some_and(|step| step.seen.get(index) == Some(&false)) {
                self.set_seen(index, true);
                self.enter(member, 1);
                self.set_seen(index, false);
            }
        }
    }

    fn set_seen(&mut self, index: usize, to: bool) {
        if let Some(seen) = self.path.last_mut().and_then(|step| step.seen.get_mut(index)) {
            *seen = to;
        }
    }

    /// Matches the name as the child that follows this state.
    fn advance(&mut self, state: &[Step]) {
        self.path.clear();
        self.path.extend_from_slice(state);
        let mut declared = false;
        for step in state.iter().rev() {
            match step.particle.term {
                // If the name was matched further down, the only other possibility is that it begins another iteration.
                _ if declared => {}
                Term::Sequence(members) => self.members(members, step.index + 1),
                Term::All(members) => self.rest_of_all(members),
                Term::Element { .. } | Term::Any(_) | Term::Choice(_) => {}
            }
            self.path.pop();
            if !step.is_complete() {
                return;
            }
            declared |= std::mem::take(&mut self.declared);
            if step.may_repeat() && (!declared || step.particle.max > 1) {
                self.enter(step.particle, step.count.saturating_add(1));
            }
            declared |= std::mem::take(&mut self.declared);
            if !step.is_enough() {
                return;
            }
        }
    }
}

impl Matcher {
    pub(crate) fn new(model: &'static Particle) -> Self {
        let mut matcher = Self { model, states: States::default(), next: States::default(), path: Vec::new() };
        matcher.begin(model);
        matcher
    }

    /// Restarts the matcher with this model.
    pub(crate) fn begin(&mut self, model: &'static Particle) {
        self.model = model;
        self.states.clear();
        self.states.push(&[]);
    }

    fn search(&mut self, wanted: Wanted<'_>) -> Vec<Term> {
        self.next.clear();
        let mut search = Search { wanted, path: &mut self.path, found: &mut self.next, declared: false };
        for state in self.states.iter() {
            search.declared = false;
            if state.is_empty() {
                search.path.clear();
                search.enter(self.model, 1);
            } else {
                search.advance(state);
            }
        }
        if let Wanted::All(terms) = search.wanted { terms } else { Vec::new() }
    }

    /// Matches one more name. Returns `None` if the name cannot occur here; the states are unchanged then.
    pub(crate) fn step(&mut self, name: Name<'_>) -> Option<Matched> {
        self.search(Wanted::Name(name));
        if self.next.len() > 1 {
            self.reduce();
        }
        let matched = match self.next.get(0).last()?.particle.term {
            Term::Any(constraint) => Matched::Wildcard(constraint),
            Term::Element { info, .. } => Matched::Element(info),
            _ => Matched::Element(None),
        };
        std::mem::swap(&mut self.states, &mut self.next);
        Some(matched)
    }

    /// Removes the states that others cover. If the content model is ambiguous, an element declaration takes precedence over a wildcard.
    fn reduce(&mut self) {
        let is_declared = |state: &[Step]| state.last().is_some_and(|step| matches!(step.particle.term, Term::Element { .. }));
        let any_declared = self.next.iter().any(is_declared);
        let mut kept: Vec<&[Step]> = Vec::with_capacity(self.next.len());
        for state in self.next.iter().filter(|state| !any_declared || is_declared(state)) {
            if !kept.iter().any(|known| covers(known, state)) {
                kept.retain(|known| !covers(state, known));
                if kept.len() < MOST_STATES {
                    kept.push(state);
                }
            }
        }
        let mut states = States::default();
        kept.iter().for_each(|state| states.push(state));
        self.next = states;
    }

    /// Returns whether the content may end after the names so far.
    pub(crate) fn is_satisfied(&self) -> bool {
        let ends = |state: &[Step]| match state.is_empty() {
            true => self.model.nullable,
            false => state.iter().rev().all(|step| step.is_complete() && step.is_enough()),
        };
        self.states.iter().any(ends)
    }

    /// Returns the name of the first element that may follow.
    #[cold]
    pub(crate) fn next_element(&mut self) -> Option<&'static str> {
        let name = |term: &Term| if let Term::Element { local, .. } = term { Some(*local) } else { None };
        self.search(Wanted::All(Vec::new())).iter().find_map(name)
    }

    /// Returns the names of the elements that may follow.
    #[cold]
    pub(crate) fn expected_names(&mut self) -> Vec<&'static str> {
        let name = |term: Term| if let Term::Element { local, .. } = term { Some(local) } else { None };
        self.search(Wanted::All(Vec::new())).into_iter().filter_map(name).collect()
    }

    /// Describes what may follow: `expected to, cc or the end`.
    #[cold]
    pub(crate) fn expected(&mut self) -> String {
        let mut names: Vec<&str> = Vec::new();
        for term in self.search(Wanted::All(Vec::new())) {
            let name = match term {
                Term::Element { local, .. } => local,
                _ => "any element that the wildcard admits",
            };
            if !names.contains(&name) {
                names.push(name);
            }
        }
        let more = names.len().saturating_sub(MOST_NAMES);
        names.truncate(MOST_NAMES);
        let more = format!("{more} more");
        names.extend((more != "0 more").then_some(&*more));
        names.extend(self.is_satisfied().then_some("the end"));
        match names.split_last() {
            None => "nothing can follow".to_owned(),
            Some((last, [])) => format!("expected {last}"),
            Some((last, others)) => format!("expected {} or {last}", others.join(", ")),
        }
    }
}
