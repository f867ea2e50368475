//! The reader: it parses a decoded text and fills a slot with the value, and it collects notes. Decoding bytes is done in `decode`, and parsing
//! simple values in `value`. The modules are:
//!
//! - `prolog`: the parts of the document before and after the root element; `doctype`: the document type declaration;
//! - `fragment`: an element of a larger document;
//! - `cursor`, `fast`: the fast paths;
//! - `tag`, `attributes`, `names`, `chars`: start and end tags, attributes, namespaces, text;
//! - `record`, `progress`, `seen`: elements with children; `find`: the item of a child; `group`: choices and repeated sequences; `leaf`: elements
//!   with text;
//! - `model`: content models; `wildcard`: content that wildcards admit; `identity`: identity constraints; `kinds`: `xsi:type`;
//! - `keep`: XML that is kept as text; `skip`: elements that are skipped;
//! - `written`: checks of written XML that the writer cannot do alone.

mod attributes;
mod chars;
mod cursor;
mod doctype;
mod fast;
mod find;
mod fragment;
mod group;
mod identity;
mod keep;
mod kinds;
mod leaf;
mod model;
mod names;
mod progress;
mod prolog;
mod record;
mod seen;
mod skip;
mod tag;
mod wildcard;
mod written;

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use crate::any::AnyAttribute;
use crate::error::{Error, Result};
use crate::note::{Note, NoteKind, Notes, bounded};
use crate::options::{Mode, ReadOptions};
use crate::schema::Schema;
use crate::secret::MASK;
use crate::tables::FieldInfo;
use crate::tables::matcher::{Matched, Matcher};
use crate::text::place::places;

pub use seen::Seen;
pub use tag::Tag;

use attributes::Attribute;

use identity::IdentityChecker;
use names::{Binding, Scope};
pub(crate) use wildcard::Globals;

/// The maximum number of notes that are kept. Further notes are only counted.
const MOST_NOTES: usize = 1000;

/// A cursor over the text of a document, with the state of reading: namespaces, notes, and what the next step needs. Generated code passes it on.
#[derive(Debug)]
pub struct Reader<'a> {
    text: &'a str,
    at: usize,
    schema: &'static Schema,
    options: &'a ReadOptions,
    strict: bool,
    /// Whether `]]>` occurs anywhere in the text.
    sections: bool,
    depth: u32,
    /// The stack that the open levels may take, in bytes.
    stack: usize,
    /// The prefix that is currently bound to each namespace, indexed by the number of the namespace.
    bindings: Vec<Binding<'a>>,
    /// Whether some binding accepts names without a namespace in place of qualified names.
    loose: bool,
    scopes: Vec<Scope<'a>>,
    /// The attributes of the start tag that was read last.
    attributes: Vec<Attribute<'a>>,
    /// Whether that start tag has more attributes than the limit.
    crowded: bool,
    /// The attributes of a start tag that the fast path has found.
    ahead: Vec<fast::Ahead>,
    /// The variant that the fast path has found, until the slot of its choice takes it.
    foreseen: Option<fast::Foreseen<'a>>,
    /// A reusable buffer for a text whose references are resolved, until a slot takes it.
    buffer: String,
    /// An attribute that a wildcard admits, until a slot takes it.
    kept_attribute: Option<AnyAttribute>,
    /// The element whose children are being read.
    parent: Tag,
    pending: Option<Next<'a>>,
    /// The matcher for the content model of the element whose children are being read, as long as they follow it.
    matcher: Option<Box<Matcher>>,
    /// Matchers that can be reused.
    #[allow(clippy::vec_box, reason = "the boxes go back and forth")]
    spare: Vec<Box<Matcher>>,
    /// What the child whose start tag was read last matched.
    matched: Option<Matched>,
    /// Whether the content model does not allow that child here. Tolerant mode may still accept it by its name.
    refused: bool,
    /// The root elements, for validating elements that wildcards admit.
    pub(crate) globals: Option<Globals>,
    /// The item of the element with simple content that is about to be read, if it has a value constraint.
    outer: Option<&'static FieldInfo>,
    /// Whether the element that is about to be read is nil, so that it has attributes only.
    nil_body: bool,
    /// Whether element declarations have properties that their items do not have.
    declares: bool,
    /// The state of checking identity constraints, in strict mode and if the schema set has such constraints.
    watch: Option<IdentityChecker<'a>>,
    /// The values of `xsi:schemaLocation` attributes.
    hints: Vec<String>,
    /// The identifiers, each with the offset at which its element starts.
    identifiers: HashMap<String, usize>,
    references: Vec<(String, usize)>,
    oddities: Vec<Oddity>,
    rest: usize,
    /// The undeclared prefixes that were noted; `None` if such prefixes are errors.
    undeclared: Option<HashSet<String>>,
}

/// The next thing within an element: a child, text, or the end.
#[derive(Debug)]
enum Next<'a> {
    Start(Tag),
    Text(Cow<'a, str>),
    End,
}

/// The last step of a path, below the element that starts at an offset.
#[derive(Debug, Clone, Copy)]
enum Step<'n> {
    None,
    Child(&'n str),
    Attribute(&'n str),
}

impl Step<'_> {
    fn into_text(self) -> Option<String> {
        match self {
            Self::None => None,
            Self::Child(name) => Some(name.to_owned()),
            Self::Attribute(name) => Some(format!("@{name}")),
        }
    }

    #[cold]
    fn after(self, error: Error) -> Error {
        match self.into_text() {
            Some(step) => error.step(step),
            None => error,
        }
    }
}

/// A note whose path and position are not yet computed.
#[derive(Debug)]
struct Oddity {
    kind: NoteKind,
    at: usize,
    step: Option<String>,
    text: Option<String>,
}

impl<'a> Reader<'a> {
    pub(crate) fn new(text: &'a str, sections: bool, schema: &'static Schema, options: &'a ReadOptions) -> Self {
        let mut reader = Self {
            text,
            at: 0,
            schema,
            options,
            strict: options.mode == Mode::Strict,
            sections,
            depth: 0,
            stack: 0,
            bindings: Vec::new(),
            loose: false,
            scopes: Vec::new(),
            attributes: Vec::new(),
            crowded: false,
            ahead: Vec::new(),
            foreseen: None,
            buffer: String::new(),
            kept_attribute: None,
            parent: Tag::default(),
            pending: None,
            matcher: None,
            spare: Vec::new(),
            matched: None,
            refused: false,
            globals: None,
            outer: None,
            nil_body: false,
            declares: false,
            watch: None,
            hints: Vec::new(),
            identifiers: HashMap::new(),
            references: Vec::new(),
            oddities: Vec::new(),
            rest: 0,
            undeclared: (schema.takes_undeclared(options) && options.mode == Mode::Tolerant).then(HashSet::new),
        };
        reader.rebind();
        if let Some(rules) = schema.rules().filter(|_| reader.strict) {
            reader.declares = rules.has_declarations();
            reader.watch = rules.has_constraints().then(IdentityChecker::default);
        }
        reader
    }

    /// Adds a note, or returns an error in strict mode. The place is the element that starts at the offset, and one step below it.
    fn complain(&mut self, kind: NoteKind, at: usize, step: Step<'_>, message: impl FnOnce(&Self) -> String) -> Result<()> {
        if self.strict {
            let message = message(self);
            return Err(step.after(Error::at(kind.as_error(), at, message)));
        }
        self.note(kind, at, step);
        Ok(())
    }

    /// Adds a note or returns an error, as `complain` does, about a text. The note holds the text unless it is a secret.
    #[cold]
    fn complain_of(
        &mut self,
        kind: NoteKind,
        item: &FieldInfo,
        text: &str,
        at: usize,
        step: Step<'_>,
        message: impl FnOnce() -> String,
    ) -> Result<()> {
        let text = if item.is_secret() { MASK } else { text };
        self.complain(kind, at, step, |_| message())?;
        self.say(text);
        Ok(())
    }

    /// Adds to the last note the text that it is about.
    #[cold]
    fn say(&mut self, text: &str) {
        if let Some(oddity) = self.oddities.last_mut().filter(|_| self.rest == 0) {
            oddity.text = Some(bounded(text));
        }
    }

    #[cold]
    fn note(&mut self, kind: NoteKind, at: usize, step: Step<'_>) {
        let step = step.into_text();
        let is_it = |odd: &Oddity| odd.kind == kind && odd.at == at && odd.step == step;
        if kind == NoteKind::OtherCase && self.oddities.iter().rev().take(4).any(is_it) {
            return; // the enclosing group has looked the name up before
        }
        if self.oddities.len() < MOST_NOTES {
            self.oddities.push(Oddity { kind, at, step, text: None });
        } else {
            self.rest = self.rest.saturating_add(1);
        }
    }

    /// Returns the notes with their paths and positions.
    pub(crate) fn notes(mut self) -> Notes {
        self.take_notes(0)
    }

    /// Takes the notes since the last call, with their paths and positions relative to the text that starts at this offset.
    pub(crate) fn take_notes(&mut self, from: usize) -> Notes {
        self.renew_undeclared();
        if self.oddities.is_empty() {
            return Notes::default();
        }
        self.oddities.sort_by_key(|oddity| oddity.at);
        let offsets: Vec<usize> = self.oddities.iter().map(|oddity| oddity.at.saturating_sub(from)).collect();
        let places = places(self.text.get(from..).unwrap_or_default(), &offsets);
        let note = |(oddity, (mut path, position)): (Oddity, (String, _))| {
            if let Some(step) = &oddity.step {
                path.push('/');
                path.push_str(step);
            }
            Note { kind: oddity.kind, path, position, text: oddity.text }
        };
        Notes::new(self.oddities.drain(..).zip(places).map(note).collect(), std::mem::take(&mut self.rest))
    }
}
