//! The state of the reader and its primitive operations: the cursor, the scopes of namespaces, the notes, the limits on depth.

use std::borrow::Cow;
use std::cell::Cell;
use std::collections::{HashMap, HashSet};

use super::identity::IdentityChecker;
use super::reuse::Spare;
use super::scope::{Binding, Scopes};
use super::tag::{Attribute, Tag, split};
use super::window::Window;
use crate::any::{AnyAttribute, Around, Keeper, NamespaceName};
use crate::error::{Error, ErrorKind, Result};
use crate::note::{Note, NoteKind, Notes, bounded};
use crate::options::{Missing, Mode, ReadOptions};
use crate::reflect::Edit;
use crate::schema::{Schema, XML};
use crate::secret::{MASK, mask_parameters};
use crate::style::Found;
use crate::tables::matcher::{Matched, Matcher};
use crate::tables::{FieldInfo, RuntimeValues, TypeInfo, VariantPath};
use crate::text::place::places;

/// The maximum number of notes that are kept. Further notes are only counted.
const MOST_NOTES: usize = 1000;

/// The value of an attribute: the number of its item, and the start and end of its text.
#[derive(Debug, Clone, Copy)]
pub(super) struct AttributeAhead {
    pub(super) index: usize,
    pub(super) start: usize,
    pub(super) end: usize,
}

/// A variant of a choice that was found at the cursor, until the slot of the choice takes it.
#[derive(Debug)]
pub(super) struct VariantAhead<'a> {
    pub(super) path: VariantPath,
    /// The text of an element with text; `None` for any other element, which its slot reads.
    pub(super) text: Option<Cow<'a, str>>,
    /// Whether the text goes into its slot unchanged.
    pub(super) plain: bool,
}

/// The root elements of a schema set, and the function that reads one.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Globals {
    pub(crate) items: &'static [FieldInfo],
    pub(crate) read: ReadRoot,
}

/// A way to read the root element of a number and to drop the value.
#[derive(Debug, Clone, Copy)]
pub(crate) enum ReadRoot {
    /// The function of compiled bindings.
    Compiled(fn(&mut Reader<'_>, usize, &'static FieldInfo, &Tag) -> Result<()>),
    /// The values of a schema set that was read at run time.
    Runtime(&'static dyn RuntimeValues),
}

impl ReadRoot {
    /// Reads the root element of this number.
    pub(crate) fn read(self, reader: &mut Reader<'_>, index: usize, item: &'static FieldInfo, tag: &Tag) -> Result<()> {
        match self {
            Self::Compiled(read) => read(reader, index, item, tag),
            Self::Runtime(values) => values.root(index).map_or(Ok(()), |mut slot| reader.occurrence(item, tag, &mut *slot)),
        }
    }
}

/// The number of bytes after which the deadline is checked again.
const PACE: usize = 4096;

/// The average stack that a level may take, in bytes, so that 256 levels take less than a megabyte.
const STACK_OF_A_LEVEL: usize = 3328;

/// A cursor over the text of a document, with the state of reading: namespaces, notes, and what the next step needs. Generated code passes
/// it on.
#[derive(Debug)]
pub struct Reader<'a> {
    pub(super) text: &'a str,
    pub(super) at: usize,
    pub(super) schema: &'static Schema,
    pub(super) options: &'a ReadOptions,
    pub(super) strict: bool,
    /// Whether what is required and missing gets the empty value.
    pub(super) blank: bool,
    /// Whether `]]>` occurs anywhere in the text.
    pub(super) sections: bool,
    pub(super) depth: u32,
    /// The stack that the open levels may take, in bytes.
    pub(super) stack: usize,
    /// The prefix that is currently bound to each namespace, indexed by the number of the namespace.
    pub(super) bindings: Vec<Binding<'a>>,
    /// Whether at least one binding accepts an unqualified name where the schema has a qualified one.
    pub(super) unprefixed: bool,
    pub(super) scopes: Scopes<'a>,
    /// The maximum number of prefixes in scope.
    pub(super) most_prefixes: usize,
    /// The names of the namespaces of the schema set in the form that values share, by number.
    pub(super) names: Vec<Option<NamespaceName>>,
    /// The declarations around the element that was kept last.
    pub(super) last_around: Around,
    /// The offset from which on the deadline is checked again; the greatest number if there is none.
    pub(super) pace: usize,
    /// The bytes of namespace names that were copied into values.
    pub(super) copied: Cell<usize>,
    /// The attributes of the start tag that was read last.
    pub(super) attributes: Vec<Attribute<'a>>,
    /// Whether that start tag has more attributes than the limit.
    pub(super) too_many_attributes: bool,
    /// The attributes of a start tag that the fast path has found.
    pub(super) ahead: Vec<AttributeAhead>,
    /// The variant that the fast path has found, until the slot of its choice takes it.
    pub(super) variant_ahead: Option<VariantAhead<'a>>,
    /// A reusable buffer for a text whose references are resolved, until a slot takes it.
    pub(super) buffer: String,
    /// Collects kept elements and attributes.
    pub(super) keeper: Keeper,
    /// An attribute that a wildcard admits, until a slot takes it.
    pub(super) kept_attribute: Option<AnyAttribute>,
    /// The element whose children are being read.
    pub(super) parent: Tag,
    pub(super) pending: Option<Next<'a>>,
    /// The matcher for the content model of the element whose children are being read, as long as they follow it.
    pub(super) matcher: Option<Box<Matcher>>,
    /// Matchers that can be reused.
    #[allow(clippy::vec_box, reason = "the boxes go back and forth")]
    pub(super) spare: Vec<Box<Matcher>>,
    /// What the child whose start tag was read last matched.
    pub(super) matched: Option<Matched>,
    /// Whether the content model does not allow that child here. Tolerant mode may still accept it by its name.
    pub(super) refused: bool,
    /// The root elements, for validating elements that wildcards admit.
    pub(crate) globals: Option<Globals>,
    /// The item of the element with simple content that is about to be read, if it has a value constraint.
    pub(super) outer: Option<&'static FieldInfo>,
    /// Whether the element that is about to be read is nil, so that it has attributes only.
    pub(super) nil_body: bool,
    /// Whether element declarations have properties that their items do not have.
    pub(super) has_declarations: bool,
    /// The state of checking identity constraints, in strict mode and if the schema set has such constraints.
    pub(super) identity: Option<IdentityChecker<'a>>,
    /// The values of `xsi:schemaLocation` attributes.
    pub(super) schema_locations: Vec<String>,
    /// The identifiers, each with the offset at which its element starts.
    pub(super) identifiers: HashMap<String, usize>,
    pub(super) references: Vec<(String, usize)>,
    pub(super) deviations: Vec<Deviation>,
    pub(super) rest: usize,
    /// The undeclared prefixes that were noted; `None` if such prefixes are errors.
    pub(super) undeclared: Option<HashSet<String>>,
    /// The errors so far, if they are collected.
    pub(super) errors: Option<Vec<Error>>,
    /// Whether an element was skipped because of an error, so that its identifiers are not known.
    pub(super) skipped: bool,
    /// What the value will not hold, but is kept.
    pub(super) kept: Vec<Found>,
    /// The change to make, if a value is changed and not read.
    pub(crate) edit: Option<Box<Edit<'a>>>,
    /// The memory for values, if they are used again.
    pub(super) reuse: Option<Box<Spare>>,
    /// The window, if the text is not the whole document.
    pub(crate) window: Option<Box<Window>>,
}

/// The next thing within an element: a child, text, or the end.
#[derive(Debug)]
pub(super) enum Next<'a> {
    Start(Tag),
    Text(Cow<'a, str>),
    End,
}

/// The last step of a path, below the element that starts at an offset.
#[derive(Debug, Clone, Copy)]
pub(super) enum Step<'n> {
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
    pub(super) fn after(self, error: Error) -> Error {
        match self.into_text() {
            Some(step) => error.step(step),
            None => error,
        }
    }
}

/// A note whose path and position are not yet computed.
#[derive(Debug)]
pub(super) struct Deviation {
    pub(super) kind: NoteKind,
    pub(super) at: usize,
    pub(super) step: Option<String>,
    pub(super) text: Option<String>,
    pub(super) reason: Option<String>,
}

impl<'a> Reader<'a> {
    pub(crate) fn new(text: &'a str, sections: bool, schema: &'static Schema, options: &'a ReadOptions) -> Self {
        let mut reader = Self::unbound(text, sections, schema, options);
        reader.rebind();
        reader
    }

    /// Creates a reader that does not know the prefixes of the namespaces yet.
    pub(super) fn unbound(text: &'a str, sections: bool, schema: &'static Schema, options: &'a ReadOptions) -> Self {
        let mut reader = Self {
            text,
            at: 0,
            schema,
            options,
            strict: options.mode == Mode::Strict,
            blank: options.mode == Mode::Tolerant && schema.missing_with(options) == Missing::Blank,
            sections,
            depth: 0,
            stack: 0,
            bindings: Vec::new(),
            unprefixed: false,
            scopes: Scopes::default(),
            most_prefixes: options.most_prefixes(schema.namespaces().len()),
            names: Vec::new(),
            last_around: None,
            pace: if options.deadline.is_some() { 0 } else { usize::MAX },
            copied: Cell::new(0),
            attributes: Vec::new(),
            too_many_attributes: false,
            ahead: Vec::new(),
            variant_ahead: None,
            buffer: String::new(),
            keeper: Keeper::default(),
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
            has_declarations: false,
            identity: None,
            schema_locations: Vec::new(),
            identifiers: HashMap::new(),
            references: Vec::new(),
            deviations: Vec::new(),
            rest: 0,
            undeclared: (schema.takes_undeclared(options) && options.mode == Mode::Tolerant).then(HashSet::new),
            errors: options.all_errors.then(Vec::new),
            skipped: false,
            kept: Vec::new(),
            edit: None,
            reuse: None,
            window: None,
        };
        if let Some(rules) = schema.rules().filter(|_| reader.strict) {
            reader.has_declarations = rules.has_declarations();
            reader.identity = rules.has_constraints().then(IdentityChecker::default);
        }
        reader
    }

    /// Adds a note, or returns an error in strict mode. The place is the element that starts at the offset, and one step below it.
    pub(super) fn report(&mut self, kind: NoteKind, at: usize, step: Step<'_>, message: impl FnOnce(&Self) -> String) -> Result<()> {
        if self.strict {
            let message = message(self);
            return self.refuse(step.after(Error::at(kind.as_error(), at, message)));
        }
        self.note(kind, at, step);
        Ok(())
    }

    /// Adds a note that something required is missing, or returns an error unless it gets the empty value.
    #[cold]
    pub(super) fn report_missing(&mut self, at: usize, step: Step<'_>, message: impl FnOnce() -> String) -> Result<()> {
        if !self.blank {
            return self.refuse(step.after(Error::at(ErrorKind::Missing, at, message())));
        }
        self.note(NoteKind::Missing, at, step);
        Ok(())
    }

    /// Adds a note or returns an error, as `report` does, about a text. The note holds the text unless it is a secret.
    #[cold]
    pub(super) fn report_text(
        &mut self,
        kind: NoteKind,
        item: &FieldInfo,
        text: &str,
        at: usize,
        step: Step<'_>,
        message: impl FnOnce() -> String,
    ) -> Result<()> {
        let text = if item.is_secret() { Cow::Borrowed(MASK) } else { mask_parameters(text, self.schema.secret_parameters()) };
        self.report(kind, at, step, |_| message())?;
        let reason = item.own_reason(&text).map(|(_, why)| bounded(&why));
        if let Some(deviation) = self.last_note() {
            (deviation.text, deviation.reason) = (Some(bounded(&text)), reason);
        }
        Ok(())
    }

    /// Adds to the last note the text that it is about.
    #[cold]
    pub(super) fn add_text(&mut self, text: &str) {
        if let Some(deviation) = self.last_note() {
            deviation.text = Some(bounded(text));
        }
    }

    /// Returns the last note, unless it is only counted.
    fn last_note(&mut self) -> Option<&mut Deviation> {
        self.deviations.last_mut().filter(|_| self.rest == 0 && self.window.as_ref().is_none_or(|window| !window.again))
    }

    #[cold]
    pub(super) fn note(&mut self, kind: NoteKind, at: usize, step: Step<'_>) {
        if self.is_again() {
            return;
        }
        let step = step.into_text();
        let is_it = |odd: &Deviation| odd.kind == kind && odd.at == at && odd.step == step;
        if kind == NoteKind::OtherCase && self.deviations.iter().rev().take(4).any(is_it) {
            return; // the enclosing group has looked the name up before
        }
        let earlier = self.window.as_ref().map_or(0, |window| window.notes.len());
        if self.deviations.len() + earlier < MOST_NOTES {
            self.deviations.push(Deviation { kind, at, step, text: None, reason: None });
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
        if self.deviations.is_empty() {
            return Notes::default();
        }
        self.deviations.sort_by_key(|deviation| deviation.at);
        let offsets: Vec<usize> = self.deviations.iter().map(|deviation| deviation.at.saturating_sub(from)).collect();
        let places = places(self.text.get(from..).unwrap_or_default(), &offsets);
        let note = |(deviation, (mut path, position)): (Deviation, (String, _))| {
            if let Some(step) = &deviation.step {
                path.push('/');
                path.push_str(step);
            }
            Note { kind: deviation.kind, path, position, text: deviation.text, reason: deviation.reason }
        };
        Notes::new(self.deviations.drain(..).zip(places).map(note).collect(), std::mem::take(&mut self.rest))
    }

    pub(super) fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    pub(super) fn byte(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// Returns the name of an element as written.
    pub(super) fn raw_name(&self, tag: &Tag) -> &'a str {
        self.text.get(tag.at + 1..tag.at + 1 + tag.len).unwrap_or_default()
    }

    /// Returns the prefix and the local name of an element.
    pub(super) fn split_name(&self, tag: &Tag) -> (&'a str, &'a str) {
        split(self.raw_name(tag))
    }

    /// Checks the deadline, if there is one and some part of the document was read since the last check.
    #[inline(always)]
    pub(super) fn keep_pace(&mut self) -> Result<()> {
        if self.at < self.pace { Ok(()) } else { self.check_deadline() }
    }

    #[cold]
    fn check_deadline(&mut self) -> Result<()> {
        self.pace = self.at + PACE;
        self.options.check_deadline().map_err(|error| error.at_offset(self.at))
    }

    /// Enters an element or a group of this type. Fails if the open levels may take too much stack, or if the deadline has passed.
    #[inline]
    pub(super) fn descend(&mut self, type_info: &'static TypeInfo, group: bool, at: usize) -> Result<()> {
        self.keep_pace()?;
        self.stack += type_info.stack(group);
        if self.stack > self.options.max_depth as usize * STACK_OF_A_LEVEL { Err(self.too_large(at)) } else { Ok(()) }
    }

    /// Leaves an element or a group of this type.
    #[inline]
    pub(super) fn ascend(&mut self, type_info: &'static TypeInfo, group: bool) {
        self.stack -= type_info.stack(group);
    }

    #[cold]
    fn too_large(&self, at: usize) -> Error {
        let message =
            format!("too many nested elements of large types: they need the stack of more than {} levels", self.options.max_depth);
        Error::at(ErrorKind::Limit, at, message)
    }

    /// Rejects an element that is nested too deeply.
    pub(super) fn check_depth(&self, more: usize, tag: &Tag) -> Result<()> {
        if self.depth as usize + more > self.options.max_depth as usize {
            return Err(Error::at(ErrorKind::Limit, tag.at, format!("more than {} nested elements", self.options.max_depth)));
        }
        Ok(())
    }

    /// Returns the namespace that a prefix is bound to. The empty prefix stands for the default namespace.
    pub(super) fn lookup(&self, prefix: &str) -> Option<&str> {
        match prefix {
            "xml" => Some(XML),
            _ => self.scopes.get(prefix).map(|scope| &*scope.uri).or(prefix.is_empty().then_some("")),
        }
    }

    /// Finds the prefix that is bound to each namespace of the schema; if there are several, the one declared last.
    pub(super) fn rebind(&mut self) {
        self.unprefixed = false;
        self.bindings.clear();
        self.bindings.resize(self.schema.namespaces().len() + 1, Binding::NONE);
        for (index, scope) in self.scopes.since(0).iter().enumerate() {
            let Some(number) = scope.number.filter(|_| self.scopes.find(scope.prefix) == Some(index)) else { continue };
            if let Some(binding) = self.bindings.get_mut(usize::from(number)) {
                *binding = Binding::new(scope.prefix);
            }
        }
        if self.scopes.find("").is_none()
            && let Some(none) = self.bindings.first_mut()
        {
            *none = Binding::new("");
        }
    }

    /// Returns the prefix that is currently bound to a namespace.
    #[inline(always)]
    pub(super) fn binding(&self, namespace: u16) -> Binding<'a> {
        self.bindings.get(usize::from(namespace)).copied().unwrap_or(Binding::NONE)
    }

    /// Forgets which undeclared prefixes were noted, so that they are noted again from here on.
    pub(super) fn renew_undeclared(&mut self) {
        if self.undeclared.as_mut().is_some_and(|noted| !std::mem::take(noted).is_empty()) {
            self.rebind();
        }
    }
}
