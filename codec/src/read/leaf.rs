//! In: an element with a text. Out: the text in its slot, or a note that it does not fit.
//! Not done here: parsing the text (`value`), checking facets (`simple`).

use std::borrow::Cow;

use super::tag::split;
use super::{Reader, Step, Tag};
use crate::error::{Error, ErrorKind, Result, excerpt};
use crate::note::NoteKind;
use crate::shape::{Item, Kind};
use crate::simple::{Identifier, SimpleType, WhiteSpace, normalize, trim, words};
use crate::value::{Fit, RESOLVED, Slot};

impl<'a> Reader<'a> {
    /// Reads an element that holds a text.
    pub(crate) fn leaf(&mut self, item: &'static Item, tag: &Tag, slot: &mut dyn Slot) -> Result<()> {
        let told = if self.strict && self.is_told(tag) { self.told_simple(item, tag)? } else { None };
        let nil = self.leaf_attributes(item, tag)?;
        let text = self.text_of(tag)?;
        if let Some(simple) = told.filter(|_| !nil) {
            let text = if text.is_empty() { item.preset.unwrap_or_default() } else { &text };
            self.valid(&simple, text, tag.at, Step::None, self.parent.at)?;
        }
        match nil {
            true => self.nil_leaf(item, tag, slot, &text)?,
            false => self.settle(item, slot, &text, tag.at, Step::None)?,
        }
        self.closed(tag.mark)
    }

    fn nil_leaf(&mut self, item: &'static Item, tag: &Tag, slot: &mut dyn Slot, text: &str) -> Result<()> {
        if !item.kind.is(Kind::NILLABLE) {
            return self.complain(NoteKind::UnknownType, tag.at, Step::Attribute("nil"), |_| "this element cannot be nil".to_owned());
        }
        if !text.is_empty() {
            self.nil_with_content(tag)?;
        }
        slot.nil();
        self.watch_value(None)
    }

    /// Puts a text into its slot; notes or refuses what does not fit.
    pub(super) fn settle(&mut self, item: &'static Item, slot: &mut dyn Slot, text: &str, at: usize, step: Step<'_>) -> Result<()> {
        let text = self.shaped(item, text);
        let text = match item.preset {
            Some(preset) if text.is_empty() && matches!(step, Step::None) => Cow::Borrowed(preset),
            _ => text,
        };
        if self.strict {
            self.check(item, &text, at, step)?;
        }
        let text = listed(item, &text).map_or(text, Cow::Borrowed);
        let fit = self.put_into(item, slot, &text);
        self.judge(item, fit, &text, at, step)
    }

    /// Puts a text into its slot; where prefixes in it stand for namespaces, with these.
    pub(super) fn put_into(&self, item: &Item, slot: &mut dyn Slot, text: &str) -> Fit {
        match item.kind.is(Kind::QUALIFIED) {
            true if item.kind.is(Kind::EITHER) => slot.text(&self.both(text)),
            true => slot.text(&self.resolved(text)),
            false => slot.text(text),
        }
    }

    /// Checks facets, the fixed value, identifiers and prefixes, and notes the value for identity constraints.
    fn check(&mut self, item: &'static Item, text: &str, at: usize, step: Step<'_>) -> Result<()> {
        if let Some(simple) = item.simple {
            // An identifier in the content of an element is one of the element around it (Part 1, section 3.15.4).
            let owner = if matches!(step, Step::None) { self.parent.at } else { at };
            self.valid(simple, text, at, step, owner)?;
        }
        if let Some(fixed) = item.preset.filter(|_| item.fixed)
            && fixed != text
            && !item.simple().is_some_and(|simple| simple.same(fixed, text))
        {
            return Err(step.after(Error::at(ErrorKind::Facet, at, format!("the value is fixed as {fixed}"))));
        }
        if self.watch.is_some() {
            let key = self.key(item.simple(), text);
            match step {
                Step::None => self.watch_value(Some(key))?,
                _ => self.watch_attribute(self.schema.uri(item.namespace), item.local, &key)?,
            }
        }
        Ok(())
    }

    /// Checks a text against a simple type: its facets, prefixes and identifiers. The message is silent about secrets, which have no
    /// excerpt here.
    pub(super) fn valid(&mut self, simple: &SimpleType, text: &str, at: usize, step: Step<'_>, owner: usize) -> Result<()> {
        if let Err(broken) = simple.validate(text) {
            return Err(step.after(Error::at(ErrorKind::Facet, at, broken.to_string())));
        }
        if simple.qualified {
            let mut unknown = None;
            simple.prefixes(text, &mut |prefix| {
                if self.lookup(prefix).is_none() {
                    unknown = Some(prefix.to_owned());
                }
            });
            if let Some(prefix) = unknown {
                return Err(step.after(Error::at(ErrorKind::Prefix, at, format!("the prefix {} is not declared", excerpt(&prefix)))));
            }
        }
        if simple.qualified && !simple.lists(text, &|prefix| self.lookup(prefix).map(str::to_owned)) {
            return Err(step.after(Error::at(ErrorKind::Facet, at, format!("enumeration of {}", simple.name))));
        }
        if simple.identifies {
            return self.identify(simple, text, at, owner).map_err(|error| step.after(error));
        }
        Ok(())
    }

    /// Notes identifiers and references (Part 1, section 3.15.4).
    #[cold]
    fn identify(&mut self, simple: &SimpleType, text: &str, at: usize, owner: usize) -> Result<()> {
        let mut twice = None;
        let (identifiers, references) = (&mut self.identifiers, &mut self.references);
        simple.identifiers(text, &mut |kind, name| match kind {
            Identifier::Id => {
                if *identifiers.entry(name.to_owned()).or_insert(owner) != owner {
                    twice = Some(name.to_owned());
                }
            }
            Identifier::Reference => references.push((name.to_owned(), at)),
        });
        match twice {
            Some(name) => Err(Error::at(ErrorKind::Identity, at, format!("another element has the ID {}", excerpt(&name)))),
            None => Ok(()),
        }
    }

    /// Checks that every reference leads to an identifier, at the end of the document.
    pub(crate) fn dangling(&self) -> Result<()> {
        match self.references.iter().find(|(name, _)| !self.identifiers.contains_key(name)) {
            Some((name, at)) => Err(Error::at(ErrorKind::Identity, *at, format!("no element has the ID {}", excerpt(name)))),
            None => Ok(()),
        }
    }

    /// The key of a value.
    pub(super) fn key(&self, simple: Option<&SimpleType>, text: &str) -> String {
        match simple {
            Some(simple) => simple.key(text, &|prefix| self.lookup(prefix).map(str::to_owned)),
            None => format!("s{text}"),
        }
    }

    /// A text of qualified names with `{namespace}` before each.
    #[cold]
    pub(super) fn resolved(&self, text: &str) -> String {
        words(text).map(|word| self.resolved_word(word)).collect::<Vec<_>>().join(" ")
    }

    fn resolved_word(&self, word: &str) -> String {
        match self.lookup(split(word).0) {
            Some(uri) => format!("{{{}}}{word}", uri.replace(' ', "%20")),
            None => word.to_owned(),
        }
    }

    /// Each word as it stands and with its namespace, for unions: which of their members takes it is not known here.
    #[cold]
    fn both(&self, text: &str) -> String {
        let mut out = String::with_capacity(2 * text.len());
        for run in text.split_inclusive([' ', '\t', '\n', '\r']) {
            let word = run.trim_end_matches([' ', '\t', '\n', '\r']);
            out.push_str(word);
            if !word.is_empty() {
                out.push(RESOLVED);
                out.push_str(&self.resolved_word(word));
            }
            out.push_str(run.get(word.len()..).unwrap_or_default());
        }
        out
    }

    /// Notes or refuses a text by how it fitted.
    pub(super) fn judge(&mut self, item: &Item, fit: Fit, text: &str, at: usize, step: Step<'_>) -> Result<()> {
        match fit {
            Fit::Yes => Ok(()),
            Fit::Loosely if !self.strict => Ok(()),
            Fit::Unlisted => self.complain(NoteKind::UnknownValue, at, step, |_| format!("{} is none of the enumeration", excerpt(text))),
            Fit::Kept => self.complain(NoteKind::KeptValue, at, step, |_| format!("{} is no value of its type", excerpt(text))),
            Fit::Loosely | Fit::No => self.misfit(item, text, at, step),
        }
    }

    #[cold]
    fn misfit(&mut self, item: &Item, text: &str, at: usize, step: Step<'_>) -> Result<()> {
        let message = |_: &Self| match text.is_empty() {
            true => "the text is empty".to_owned(),
            false => format!("{} is no value of its type", excerpt(text)),
        };
        // An empty element counts as a missing one: what is required is blank then.
        if item.min == 0 || self.strict || text.is_empty() {
            return self.complain(NoteKind::BadValue, at, step, message);
        }
        Err(step.after(Error::at(ErrorKind::Value, at, message(self))))
    }

    /// The text with its white space treated.
    pub(super) fn shaped<'t>(&self, item: &Item, text: &'t str) -> Cow<'t, str> {
        match item.simple {
            Some(simple) if simple.white_space != WhiteSpace::Preserve => normalize(text, simple.white_space),
            _ if self.trims() => Cow::Borrowed(trim(text)),
            _ => Cow::Borrowed(text),
        }
    }

    pub(super) fn trims(&self) -> bool {
        self.schema.trim_text() && !self.strict
    }
}

/// Of an enumeration of numbers, the literal that is listed for the value of a text that is not: `1` for `+1`.
#[inline]
pub(super) fn listed(item: &Item, text: &str) -> Option<&'static str> {
    let (simple, values) = (item.simple?, item.native?.enumeration?);
    if values.contains(&text) {
        return None;
    }
    values.iter().copied().find(|value| simple.same(value, text))
}
