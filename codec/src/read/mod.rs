//! In: a decoded text, and a slot to fill. Out: the filled slot and the notes.
//! Not done here: decoding (`decode`), the values of texts (`value`). Each step has a file of its own:
//! `prolog` - what stands around the root element; `fragment` - an element out of a larger document; `cursor`, `ahead`, `arms` - the short ways; `tag` - start and end tags; `names` - namespaces;
//! `chars` - text; `record`, `progress` - an element with children; `group` - choices and repeated sequences; `leaf` - an element with text;
//! `attributes`; `wild` - what wildcards admit; `watch` - identity constraints; `kinds` - `xsi:type`; `keep` - kept XML; `skip`; `model` - content models; `written` - what the writer cannot judge alone; `place` - path and line of an offset.

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
pub(crate) mod place;
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
use crate::matcher::{Matched, Matcher};
use crate::note::{Note, NoteKind, Notes, bounded};
use crate::options::{Mode, ReadOptions};
use crate::schema::Schema;
use crate::tables::FieldInfo;
use crate::write::MASK;

pub use kinds::TypeName;
pub(crate) use prolog::USUAL;
pub(crate) use record::first_name;
pub use seen::Seen;
pub use tag::Tag;

use attributes::Attribute;

use identity::IdentityChecker;
use names::{Binding, Scope};
pub(crate) use wildcard::Globals;

/// The most notes that are kept; more are counted.
const MOST_NOTES: usize = 1000;

/// Where a document is read: a cursor over its text, with the namespaces and notes so far. Generated code passes it on.
#[derive(Debug)]
pub struct Reader<'a> {
    text: &'a str,
    at: usize,
    schema: &'static Schema,
    options: &'a ReadOptions,
    strict: bool,
    /// Whether `]]>` stands anywhere in the text.
    sections: bool,
    depth: u32,
    /// How much stack the levels so far may take, in bytes.
    stack: usize,
    /// The prefix bound right now, by number of the namespace.
    bindings: Vec<Binding<'a>>,
    /// Whether any binding takes names without prefix for qualified ones.
    loose: bool,
    scopes: Vec<Scope<'a>>,
    /// Those of the start tag read last.
    attributes: Vec<Attribute<'a>>,
    /// Whether they are more than the limit.
    crowded: bool,
    /// Those of the start tag that was found ahead.
    ahead: Vec<fast::Ahead>,
    /// The arm that was found ahead, on its way to its choice.
    foreseen: Option<fast::Foreseen<'a>>,
    /// Room for a text whose references are resolved, on its way into a slot.
    buffer: String,
    /// On its way into a slot.
    kept_attribute: Option<AnyAttribute>,
    /// The element whose children are being read.
    parent: Tag,
    pending: Option<Next<'a>>,
    /// The content model of the element whose children are being read, as long as they follow it.
    matcher: Option<Box<Matcher>>,
    /// Matchers that are not in use.
    #[allow(clippy::vec_box, reason = "the boxes go back and forth")]
    spare: Vec<Box<Matcher>>,
    /// What the child whose tag was taken last matched.
    matched: Option<Matched>,
    /// Whether the content model has no place for that child, which may still be taken by its name.
    refused: bool,
    /// The root elements, for what wildcards admit.
    pub(crate) globals: Option<Globals>,
    /// The item of the element with simple content that is to be read next, where it has a default or a fixed value.
    outer: Option<&'static FieldInfo>,
    /// Whether the element that is to be read next is nil, and has attributes only.
    nil_body: bool,
    /// Whether element declarations say more than their items.
    declares: bool,
    /// The keys so far, where the schema set has identity constraints.
    watch: Option<IdentityChecker<'a>>,
    /// What `xsi:schemaLocation` said.
    hints: Vec<String>,
    /// Identifiers, with where their elements start, and references to them.
    identifiers: HashMap<String, usize>,
    references: Vec<(String, usize)>,
    oddities: Vec<Oddity>,
    rest: usize,
    /// The prefixes that were noted as not declared; nothing where such prefixes are errors.
    undeclared: Option<HashSet<String>>,
}

/// What comes next within an element.
#[derive(Debug)]
enum Next<'a> {
    Start(Tag),
    Text(Cow<'a, str>),
    End,
}

/// A step of a path beyond the element that starts at an offset.
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

/// A note without its place.
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
            undeclared: (options.takes_undeclared(schema) && options.mode == Mode::Tolerant).then(HashSet::new),
        };
        reader.rebind();
        if let Some(rules) = schema.rules().filter(|_| reader.strict) {
            reader.declares = rules.has_declarations();
            reader.watch = rules.has_constraints().then(IdentityChecker::default);
        }
        reader
    }

    /// Notes an oddity, or refuses it if reading is strict. The place is the element that starts at the offset, and a step further.
    fn complain(&mut self, kind: NoteKind, at: usize, step: Step<'_>, message: impl FnOnce(&Self) -> String) -> Result<()> {
        if self.strict {
            let message = message(self);
            return Err(step.after(Error::at(kind.as_error(), at, message)));
        }
        self.note(kind, at, step);
        Ok(())
    }

    /// As `complain`, of a text: the note has it, unless it is a secret.
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

    /// Adds the text that the last note is about.
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
            return; // the name was looked up before, by the group around
        }
        if self.oddities.len() < MOST_NOTES {
            self.oddities.push(Oddity { kind, at, step, text: None });
        } else {
            self.rest = self.rest.saturating_add(1);
        }
    }

    /// The notes, with their places.
    pub(crate) fn notes(mut self) -> Notes {
        self.take_notes(0)
    }

    /// The notes since they were taken last, with their places in the text from this offset on.
    pub(crate) fn take_notes(&mut self, from: usize) -> Notes {
        self.renew_undeclared();
        if self.oddities.is_empty() {
            return Notes::default();
        }
        self.oddities.sort_by_key(|oddity| oddity.at);
        let offsets: Vec<usize> = self.oddities.iter().map(|oddity| oddity.at.saturating_sub(from)).collect();
        let places = place::places(self.text.get(from..).unwrap_or_default(), &offsets);
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

/// Gives an error its path and position.
#[cold]
pub(crate) fn locate(mut error: Error, text: &str) -> Error {
    if let Some(offset) = error.offset()
        && let Some((path, position)) = place::places(text, &[offset]).pop()
    {
        error.locate(path, position);
    }
    error
}
