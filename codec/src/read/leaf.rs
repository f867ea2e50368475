//! Reads an element with a text: puts the text into its slot, or notes that it does not fit. The text is parsed in `value`, and facets are
//! checked in
//! `simple`.

use std::borrow::Cow;

use xsdgen_datatypes::builtin::name;

use super::reader::{Reader, Step};
use super::tag::{Tag, split};
use crate::error::{Error, ErrorKind, Result, excerpt, schema_excerpt};
use crate::note::NoteKind;
use crate::reflect::refusal;
use crate::simple::{FacetError, Identifier, Resolve, SimpleType, WhiteSpace, expanded, normalize, trim, words};
use crate::tables::{FieldInfo, ValueFlags};
use crate::value::{RESOLVED, Slot, TextMatch};
use crate::write::is_held;

/// The bytes of namespace names that qualified names of any document may hold.
const MOST_COPIED: usize = 16 << 20;

/// How many times the bytes of a larger document these names may take.
const MOST_TIMES: usize = 32;

impl<'a> Reader<'a> {
    /// Reads an element with a text.
    ///
    /// # Errors
    /// Fails in the same cases as [`Reader::structure`].
    pub fn leaf(&mut self, item: &'static FieldInfo, tag: &Tag, slot: &mut dyn Slot) -> Result<()> {
        if self.edit.is_some() {
            return self.edit_slot(item, slot);
        }
        let named = if self.strict && self.has_xsi_type(tag) { self.simple_xsi_type(item, tag)? } else { None };
        let nil = self.leaf_attributes(item, tag)?;
        let text = self.text_of(tag)?;
        if let Some(simple) = named.filter(|_| !nil) {
            self.check_xsi_type(item, &simple, &text, tag)?;
        }
        match nil {
            true => self.nil_leaf(item, tag, slot, &text)?,
            false => self.store(item, slot, &text, tag.at, Step::None)?,
        }
        self.closed(tag.mark)
    }

    /// Checks the text of an element against the simple type that `xsi:type` names.
    fn check_xsi_type(&mut self, item: &'static FieldInfo, simple: &SimpleType, text: &str, tag: &Tag) -> Result<()> {
        let place = Place { at: tag.at, step: Step::None, owner: self.parent.at, secret: item.is_secret() };
        match item.value_constraint.filter(|_| text.is_empty()) {
            Some(value_constraint) => self.valid(
                simple,
                Literal { text: &plain_value(item.simple(), value_constraint), expanded: Some(value_constraint) },
                &place,
            ),
            None => self.valid(simple, Literal::of(text), &place),
        }
    }

    fn nil_leaf(&mut self, item: &'static FieldInfo, tag: &Tag, slot: &mut dyn Slot, text: &str) -> Result<()> {
        if !item.kind.is(ValueFlags::NILLABLE) {
            return self.report(NoteKind::UnknownType, tag.at, Step::Attribute("nil"), |_| "this element cannot be nil".to_owned());
        }
        self.nil_and_fixed(item, tag)?;
        if !text.is_empty() {
            self.nil_with_content(tag)?;
        }
        slot.nil();
        self.identity_nil()
    }

    /// Puts a text into its slot; notes or rejects a text that does not fit. An empty element takes the value of its value constraint.
    pub(super) fn store(&mut self, item: &'static FieldInfo, slot: &mut dyn Slot, text: &str, at: usize, step: Step<'_>) -> Result<()> {
        let shaped = self.shaped(item, text);
        let empty = if self.strict { text.is_empty() } else { shaped.is_empty() };
        match item.value_constraint {
            Some(value_constraint) if empty && matches!(step, Step::None) => self.store_constraint(item, slot, value_constraint, at, step),
            _ => self.store_literal(item, slot, Literal::of(&shaped), at, step),
        }
    }

    /// Puts the value of a value constraint into its slot.
    #[cold]
    pub(super) fn store_constraint(
        &mut self,
        item: &'static FieldInfo,
        slot: &mut dyn Slot,
        value_constraint: &'static str,
        at: usize,
        step: Step<'_>,
    ) -> Result<()> {
        let plain = plain_value(item.simple(), value_constraint);
        self.store_literal(item, slot, Literal { text: &plain, expanded: Some(value_constraint) }, at, step)
    }

    /// Checks the value of a value constraint that is not stored.
    #[cold]
    pub(super) fn check_constraint(
        &mut self,
        item: &'static FieldInfo,
        value_constraint: &'static str,
        at: usize,
        step: Step<'_>,
    ) -> Result<()> {
        let plain = plain_value(item.simple(), value_constraint);
        self.check(item, Literal { text: &plain, expanded: Some(value_constraint) }, at, step)
    }

    fn store_literal(
        &mut self,
        item: &'static FieldInfo,
        slot: &mut dyn Slot,
        literal: Literal<'_>,
        at: usize,
        step: Step<'_>,
    ) -> Result<()> {
        if self.strict
            && let Err(error) = self.check(item, literal, at, step)
        {
            self.check_copies(at, step)?;
            return self.refuse(error);
        }
        let literal = Literal { text: listed(item, literal.text).unwrap_or(literal.text), ..literal };
        let fit = self.put_into(item, slot, literal);
        if item.kind.is(ValueFlags::QUALIFIED) {
            self.check_copies(at, step)?;
        }
        if fit == TextMatch::Yes { Ok(()) } else { self.report_match(item, fit, literal.text, at, step) }
    }

    /// Puts a text into its slot. A text of qualified names is passed together with their namespaces.
    pub(super) fn put_into(&mut self, item: &'static FieldInfo, slot: &mut dyn Slot, literal: Literal<'_>) -> TextMatch {
        let text = literal.text;
        let fit = match item.kind.is(ValueFlags::QUALIFIED) {
            true if item.kind.is(ValueFlags::EITHER) => slot.text(&both(text, &self.names_of(literal))),
            true => slot.text(&resolved(text, &self.names_of(literal))),
            false if self.lends() => self.lend_text(Some(item), slot, text),
            false => slot.text(text),
        };
        if item.mapped && fit.is_taken() && !slot.last().is_some_and(|value| is_held(item.simple, value, text)) {
            slot.take_back();
            return TextMatch::Inexact;
        }
        fit
    }

    /// Returns a function that resolves the prefixes in a literal: for a value constraint with the namespaces stored in it, otherwise with
    /// the declarations of the document.
    pub(super) fn names_of(&self, literal: Literal<'_>) -> impl Fn(&str) -> Option<String> + use<'_, 'a> {
        move |prefix| match literal.expanded {
            Some(expanded) => expanded::namespace(expanded, prefix),
            None => self.lookup(prefix).filter(|uri| self.copies(uri.len())).map(str::to_owned),
        }
    }

    /// Counts the bytes of a namespace name that is copied for a qualified name. Returns whether there may be so many.
    fn copies(&self, bytes: usize) -> bool {
        self.copied.set(self.copied.get().saturating_add(bytes));
        self.copied.get() <= MOST_COPIED.max(self.text.len().saturating_mul(MOST_TIMES))
    }

    /// Rejects a document whose qualified names would take many times its size, because each value holds a long namespace name.
    fn check_copies(&self, at: usize, step: Step<'_>) -> Result<()> {
        if self.copies(0) {
            return Ok(());
        }
        let message =
            format!("the namespace names of the qualified names so far take more than {} MiB: use shorter ones", MOST_COPIED >> 20);
        Err(step.after(Error::at(ErrorKind::Limit, at, message)))
    }

    /// Checks facets, the fixed value, identifiers and prefixes, and passes the value to the identity constraints.
    #[inline(always)]
    fn check(&mut self, item: &'static FieldInfo, literal: Literal<'_>, at: usize, step: Step<'_>) -> Result<()> {
        if let Some(simple) = item.simple {
            // An identifier in the content of an element identifies the enclosing element (Part 1, section 3.15.4).
            let owner = if matches!(step, Step::None) { self.parent.at } else { at };
            let place = Place { at, step, owner, secret: item.is_secret() };
            match literal.expanded {
                // The white space was normalised for this type.
                None => self.judge(simple, simple.validate_normalized(literal.text), literal, &place)?,
                Some(_) => self.valid(simple, literal, &place)?,
            }
        }
        if let Some(fixed) = item.value_constraint.filter(|_| item.fixed && literal.expanded.is_none()) {
            self.is_fixed(item, item.simple(), fixed, literal.text, at, step)?;
        }
        if self.identity.is_some() {
            match step {
                Step::None => self.identity_text(item.simple(), literal)?,
                _ => self.identity_attribute(self.schema.uri(item.namespace), item.local, item.simple(), literal)?,
            }
        }
        Ok(())
    }

    /// Rejects a text that does not represent the fixed value.
    pub(super) fn is_fixed(
        &self,
        item: &FieldInfo,
        simple: Option<&SimpleType>,
        fixed: &'static str,
        text: &str,
        at: usize,
        step: Step<'_>,
    ) -> Result<()> {
        let same = match simple {
            Some(simple) if simple.qualified => simple.same_as(fixed, text, &self.names_of(Literal::of(text))),
            simple => fixed == text || simple.is_some_and(|simple| simple.same(fixed, text)),
        };
        if same {
            return Ok(());
        }
        let message = format!("{} is not the fixed value `{}`", item.excerpt(text), schema_excerpt(fixed));
        Err(step.after(Error::at(ErrorKind::Facet, at, message)))
    }

    /// Checks a text against a simple type: its facets, prefixes and identifiers.
    pub(super) fn valid(&mut self, simple: &SimpleType, literal: Literal<'_>, place: &Place<'_>) -> Result<()> {
        self.judge(simple, simple.validate(literal.text), literal, place)
    }

    /// Rejects a text that violates a facet of a simple type, and checks its prefixes and identifiers.
    #[inline]
    fn judge(
        &mut self,
        simple: &SimpleType,
        facets: std::result::Result<(), FacetError>,
        literal: Literal<'_>,
        place: &Place<'_>,
    ) -> Result<()> {
        let Place { at, step, owner, secret } = *place;
        if let Err(broken) = facets {
            let broken = if secret { broken.masked() } else { broken };
            return Err(step.after(Error::at(broken.kind(), at, broken.to_string())));
        }
        if simple.qualified {
            self.valid_names(simple, literal).map_err(|(kind, message)| step.after(Error::at(kind, at, message)))?;
        }
        if simple.identifies {
            return self.identify(simple, literal, at, owner).map_err(|error| step.after(error));
        }
        Ok(())
    }

    /// Checks the prefixes of qualified names in a text, and whether the names are in the enumeration of the type.
    fn valid_names(&self, simple: &SimpleType, literal: Literal<'_>) -> std::result::Result<(), (ErrorKind, String)> {
        let names = self.names_of(literal);
        if simple.takes(literal.text, &names) {
            return Ok(());
        }
        Err(match simple.unbound(literal.text, &names) {
            Some(prefix) => (ErrorKind::Prefix, format!("the prefix {} is not declared", excerpt(&prefix))),
            None => (ErrorKind::Facet, FacetError::not_listed(simple, literal.text).to_string()),
        })
    }

    /// Records identifiers and references (Part 1, section 3.15.4). An identifier that another element has is an error.
    #[cold]
    fn identify(&mut self, simple: &SimpleType, literal: Literal<'_>, at: usize, owner: usize) -> Result<()> {
        if self.is_again() {
            return Ok(());
        }
        let owner = self.absolute(owner);
        let mut found = Vec::new();
        simple.identifiers(literal.text, &self.names_of(literal), &mut |kind, name| found.push((kind, name.to_owned())));
        let mut twice = None;
        for (kind, name) in found {
            match kind {
                Identifier::Id if *self.identifiers.entry(name.clone()).or_insert(owner) != owner => twice = Some(name),
                Identifier::Id => {}
                Identifier::Reference => self.references.push((name, at)),
            }
        }
        match twice {
            Some(name) => Err(Error::at(ErrorKind::Identity, at, format!("another element has the ID {}", excerpt(&name)))),
            None => Ok(()),
        }
    }

    /// Checks at the end of the document that every reference leads to an identifier.
    pub(crate) fn dangling(&mut self) -> Result<()> {
        for (name, at) in std::mem::take(&mut self.references) {
            if !self.skipped && !self.identifiers.contains_key(&name) {
                self.refuse(Error::at(ErrorKind::Identity, at, format!("no element has the ID {}", excerpt(&name))))?;
            }
        }
        Ok(())
    }

    /// Returns the key of a value, which identity constraints compare.
    pub(super) fn key(&self, simple: Option<&SimpleType>, literal: Literal<'_>) -> String {
        match simple {
            Some(simple) => simple.key(literal.text, &self.names_of(literal)),
            None => format!("s{}", literal.text),
        }
    }

    /// Notes or rejects a text, depending on how well it fits its type.
    pub(super) fn report_match(&mut self, item: &FieldInfo, fit: TextMatch, text: &str, at: usize, step: Step<'_>) -> Result<()> {
        match fit {
            TextMatch::Yes => Ok(()),
            TextMatch::Tolerated if !self.strict => Ok(()),
            TextMatch::Unlisted if self.options.unlisted => Ok(()),
            TextMatch::Unlisted => {
                let message = || refusal(item, text);
                self.report_text(NoteKind::UnknownValue, item, text, at, step, message)
            }
            TextMatch::Kept => {
                let message = || refusal(item, text);
                self.report_text(NoteKind::KeptValue, item, text, at, step, message)
            }
            TextMatch::Tolerated | TextMatch::No | TextMatch::Inexact => self.misfit(item, fit, text, at, step),
        }
    }

    #[cold]
    fn misfit(&mut self, item: &FieldInfo, fit: TextMatch, text: &str, at: usize, step: Step<'_>) -> Result<()> {
        let general = || match fit {
            _ if text.is_empty() => "the text is empty".to_owned(),
            TextMatch::Inexact => format!("{} is a value that the Rust type cannot hold exactly", item.excerpt(text)),
            _ => match item.simple().and_then(SimpleType::builtin) {
                Some(builtin) => {
                    format!("{} is not a literal of xs:{} ({})", item.excerpt(text), name(builtin), item.expected())
                }
                None => refusal(item, text),
            },
        };
        let message = || item.own_refusal(text).unwrap_or_else(general);
        // An empty element counts as missing.
        if item.min == 0 || self.strict || text.is_empty() && self.blank {
            return self.report_text(NoteKind::BadValue, item, text, at, step, message);
        }
        self.refuse(step.after(Error::at(ErrorKind::Value, at, message())))
    }

    /// Returns the text with its white space normalised.
    #[inline(always)]
    pub(super) fn shaped<'t>(&self, item: &FieldInfo, text: &'t str) -> Cow<'t, str> {
        match item.simple {
            Some(simple) if simple.white_space != WhiteSpace::Preserve => normalize(text, simple.white_space),
            _ if self.trims() => Cow::Borrowed(trim(text)),
            _ => Cow::Borrowed(text),
        }
    }

    pub(super) fn trims(&self) -> bool {
        self.schema.trim_text() && !self.strict && !self.options.exact_texts
    }
}

/// Returns the listed literal that has the same value as a text that an enumeration does not list: `1` for `+1`.
#[inline]
pub(super) fn listed(item: &FieldInfo, text: &str) -> Option<&'static str> {
    let (simple, values) = (item.simple?, item.native?.facets.enumeration()?);
    if values.contains(&text) {
        return None;
    }
    simple.same_among(values, text)
}

/// A literal that is to be put into a slot.
#[derive(Debug, Clone, Copy)]
pub(super) struct Literal<'t> {
    /// The text with its white space normalised.
    pub(super) text: &'t str,
    /// If the literal is a value constraint: its form with the namespace before each qualified name.
    pub(super) expanded: Option<&'static str>,
}

impl<'t> Literal<'t> {
    /// Returns a literal that is in the document.
    pub(super) fn of(text: &'t str) -> Self {
        Self { text, expanded: None }
    }
}

/// The place of a literal in the document.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place<'n> {
    pub(super) at: usize,
    pub(super) step: Step<'n>,
    /// The start of the element that an identifier in the literal belongs to.
    pub(super) owner: usize,
    /// Whether the literal is a secret, which no message may show.
    pub(super) secret: bool,
}

/// Returns the text of a value constraint, without the namespaces before its qualified names.
pub(super) fn plain_value(simple: Option<&SimpleType>, value_constraint: &'static str) -> Cow<'static, str> {
    match simple.is_some_and(|simple| simple.qualified) {
        true => expanded::plain(value_constraint),
        false => Cow::Borrowed(value_constraint),
    }
}

/// Returns a text of qualified names with `{namespace}` before each name.
#[cold]
fn resolved(text: &str, names: Resolve<'_>) -> String {
    words(text).map(|word| resolved_word(word, names)).collect::<Vec<_>>().join(" ")
}

fn resolved_word(word: &str, names: Resolve<'_>) -> String {
    match names(split(word).0) {
        Some(uri) => format!("{{{}}}{word}", uri.replace(' ', "%20")),
        None => word.to_owned(),
    }
}

/// Returns each word both unchanged and with its namespace. This is needed for unions, because it is not known here which member type
/// accepts the word.
#[cold]
fn both(text: &str, names: Resolve<'_>) -> String {
    let mut out = String::with_capacity(2 * text.len());
    for run in text.split_inclusive([' ', '\t', '\n', '\r']) {
        let word = run.trim_end_matches([' ', '\t', '\n', '\r']);
        out.push_str(word);
        if !word.is_empty() {
            out.push(RESOLVED);
            out.push_str(&resolved_word(word, names));
        }
        out.push_str(run.get(word.len()..).unwrap_or_default());
    }
    out
}
