//! What the reader carries from one window of a document to the next: everything that concerns the whole document. Offsets in the text of the
//! window that ends are replaced by paths and positions.

use std::collections::{HashMap, HashSet};

use super::identity::IdentityChecker;
use super::reader::{Deviation, Reader};
use super::recover::LAST;
use super::window::{Window, is_far};
use crate::error::{Error, Position, Result, SourceLine, last_line};
use crate::note::{Note, Notes};
use crate::options::ReadOptions;
use crate::schema::Schema;
use crate::text::bytes::tag_len;
use crate::text::track::{Track, without_indices};

/// The state that concerns the whole document.
#[derive(Debug)]
pub(crate) struct Carried {
    window: Box<Window>,
    identity: Option<IdentityChecker<'static>>,
    schema_locations: Vec<String>,
    identifiers: HashMap<String, usize>,
    references: Vec<(String, usize)>,
    rest: usize,
    undeclared: Option<HashSet<String>>,
    errors: Option<Vec<Error>>,
    skipped: bool,
}

/// The places of the offsets of a window.
struct Places {
    offsets: Vec<usize>,
    places: Vec<(String, Position)>,
}

impl Places {
    /// Returns the place of an offset, which may be one that stands for a place in an earlier window.
    fn of(&self, at: usize, window: &Window) -> (String, Position) {
        let known = window.far(at).or_else(|| self.places.get(self.offsets.binary_search(&at).ok()?));
        known.cloned().unwrap_or((String::new(), Position::START))
    }
}

impl Reader<'_> {
    /// Goes on with what the last window left. The text begins with these start tags, each given by its length and its offset in the document; `base`
    /// is the offset in the document of what follows them.
    pub(crate) fn take_up(&mut self, mut carried: Carried, tags: &[(usize, usize)], base: usize, last: bool) {
        carried.window.begin(tags, base, last);
        self.window = Some(carried.window);
        (self.identity, self.schema_locations) = (carried.identity, carried.schema_locations);
        (self.identifiers, self.references) = (carried.identifiers, carried.references);
        (self.rest, self.undeclared) = (carried.rest, carried.undeclared);
        (self.errors, self.skipped) = (carried.errors, carried.skipped);
    }

    /// Ends a window at the cursor. The elements that start at the offsets `open` stay open.
    pub(crate) fn carry(mut self, track: &mut Track, open: &[usize]) -> Carried {
        self.references.retain(|(name, _)| !self.identifiers.contains_key(name));
        let to = self.at;
        let places = self.places(track, to, open, None);
        self.place_errors(&places);
        let mut window = self.window.take().unwrap_or_default();
        for deviation in self.deviations.drain(..) {
            let note = note(deviation, &places, &window, self.text);
            window.notes.push(note);
        }
        for (_, at) in self.references.iter_mut().filter(|(_, at)| !is_far(*at)) {
            *at = window.keep(places.of(*at, &window));
        }
        window.before = last_line(&window.before, self.text.get(window.base.0..to).unwrap_or_default());
        let starts = next_starts(self.text, open);
        let identity =
            self.identity.map(|identity| identity.carried(|at| if is_far(at) { at } else { window.keep(places.of(at, &window)) }, &starts));
        Carried {
            window,
            identity,
            schema_locations: self.schema_locations,
            identifiers: self.identifiers,
            references: self.references,
            rest: self.rest,
            undeclared: self.undeclared,
            errors: self.errors,
            skipped: self.skipped,
        }
    }

    /// Ends the document, given the result of reading.
    pub(crate) fn end(mut self, track: &mut Track, result: Result<()>) -> Result<Notes> {
        let ended = result.err();
        let places = self.places(track, self.text.len(), &[], ended.as_ref());
        self.place_errors(&places);
        let mut window = self.window.take().unwrap_or_default();
        let mut errors = self.errors.take().unwrap_or_default();
        errors.extend(ended.map(|error| placed(error, &places, &window, self.text)));
        if let Some(error) = Error::of(errors) {
            return Err(error);
        }
        let deviations = std::mem::take(&mut self.deviations);
        let notes: Vec<_> = deviations.into_iter().map(|deviation| note(deviation, &places, &window, self.text)).collect();
        window.notes.extend(notes);
        Ok(Notes::with_lines(window.notes, self.rest))
    }

    /// Finds the places that are needed of this window.
    fn places(&mut self, track: &mut Track, to: usize, open: &[usize], ended: Option<&Error>) -> Places {
        let window = self.window.as_deref();
        let (starts, from) = window.map_or((Vec::new(), 0), |window| (window.starts.iter().map(|(at, _)| *at).collect(), window.base.0));
        let new = window.map_or(0, |window| window.located);
        let errors = self.errors.iter().flat_map(|errors| errors.iter().skip(new)).chain(ended).filter_map(Error::offset);
        let notes = self.deviations.iter().map(|deviation| deviation.at);
        let references = self.references.iter().map(|(_, at)| *at);
        let rows = self.identity.iter().flat_map(IdentityChecker::unplaced);
        let mut offsets: Vec<usize> = errors.chain(notes).chain(references).chain(rows).filter(|at| !is_far(*at)).collect();
        offsets.sort_unstable();
        offsets.dedup();
        let places = match offsets.is_empty() {
            true => {
                track.advance(self.text, (from, to), open, window.map_or(&[], |window| &window.passed));
                Vec::new()
            }
            false => track.locate(self.text, (from, to), &starts, &offsets),
        };
        Places { offsets, places }
    }

    /// Gives the errors of this window their paths and positions.
    fn place_errors(&mut self, places: &Places) {
        let (Some(window), Some(errors)) = (self.window.as_deref_mut(), self.errors.as_mut()) else { return };
        let new = window.located;
        for error in errors.iter_mut().skip(new) {
            let facts = window.facts_of(error);
            window.facts.push(facts);
            let blank = Error::syntax(0, "");
            *error = placed(std::mem::replace(error, blank), places, window, self.text);
        }
        let old = window.facts.len().saturating_sub(LAST);
        window.facts.drain(..old);
        window.located = errors.len();
    }
}

impl Carried {
    /// Returns the state at the start of a document.
    pub(crate) fn new(schema: &'static Schema, options: &ReadOptions) -> Self {
        Reader::new("", false, schema, options).carry(&mut Track::default(), &[])
    }

    /// Returns the error that ends the document, together with those that were found before.
    pub(crate) fn with_error(self, error: Error) -> Error {
        let mut errors = self.errors.unwrap_or_default();
        errors.push(error);
        Error::of(errors).unwrap_or_else(|| Error::syntax(0, "nothing was read"))
    }
}

fn placed(mut error: Error, places: &Places, window: &Window, text: &str) -> Error {
    if let Some(at) = error.offset() {
        let (path, position) = places.of(at, window);
        error.set_line(window.line(text, at, position));
        error.place(path, position);
    }
    error
}

fn note(deviation: Deviation, places: &Places, window: &Window, text: &str) -> (Note, SourceLine) {
    let (path, position) = places.of(deviation.at, window);
    let line = window.line(text, deviation.at, position);
    let mut path = without_indices(&path);
    if let Some(step) = &deviation.step {
        path.push('/');
        path.push_str(step);
    }
    (Note { kind: deviation.kind, path, position, text: deviation.text, reason: deviation.reason }, line)
}

/// Returns where the start tags at these offsets begin in the next window.
fn next_starts(text: &str, open: &[usize]) -> Vec<usize> {
    let len = |at: &usize| tag_len(text.as_bytes().get(*at..).unwrap_or_default()).unwrap_or_default();
    let mut next = 0;
    let start = |at: &usize| {
        next += len(at);
        next - len(at)
    };
    open.iter().map(start).collect()
}
