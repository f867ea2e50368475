//! Reads the parts of a document before and after the root element.

use super::reader::Reader;
use super::tag::Tag;
use crate::error::{Error, Result, excerpt};
use crate::tables::FieldInfo;
use crate::text::decode::USUAL_DECLARATION;
use crate::value::Slot;

impl Reader<'_> {
    /// Reads everything before the root element (XML, section 2.8).
    pub(crate) fn prolog(&mut self) -> Result<()> {
        if !self.strict {
            self.skip_space();
        }
        let rest = self.rest();
        if rest.starts_with(USUAL_DECLARATION) {
            self.at += USUAL_DECLARATION.len();
        } else if rest.starts_with("<?xml") && rest.get(5..).is_some_and(|rest| rest.starts_with([' ', '\t', '\n', '\r', '?'])) {
            self.declaration()?;
        }
        self.misc()?;
        if self.rest().starts_with("<!DOCTYPE") {
            self.doctype()?;
            self.misc()?;
        }
        match self.byte() {
            Some(b'<') if !self.rest().starts_with("<!") => Ok(()),
            Some(b'<') => Err(Error::syntax(self.at, "only one document type declaration is allowed before the root element")),
            None => Err(Error::syntax(self.at, "there is no element")),
            Some(_) => Err(Error::syntax(self.at, format!("{} is not XML", excerpt(self.rest().lines().next().unwrap_or_default())))),
        }
    }

    /// Reads the start tag of the root element.
    pub(crate) fn root_tag(&mut self) -> Result<Tag> {
        let tag = self.start_tag()?;
        self.check_depth(1, &tag)?;
        Ok(tag)
    }

    /// Reads the root element.
    pub(crate) fn root(&mut self, item: &'static FieldInfo, tag: Tag, slot: &mut dyn Slot) -> Result<()> {
        self.declared(item, &tag, true)?;
        self.occurrence(item, &tag, slot)
    }

    /// Reads the XML declaration.
    fn declaration(&mut self) -> Result<()> {
        let at = self.at;
        let wrong = || Error::syntax(at, "the XML declaration is wrong");
        let rest = self.rest();
        let length = rest.find("?>").ok_or_else(wrong)?;
        let mut inner = rest.get(5..length).unwrap_or_default();
        self.at += length + 2;
        let mut names = ["version", "encoding", "standalone"].into_iter();
        let mut first = true;
        loop {
            let trimmed = inner.trim_start_matches([' ', '\t', '\n', '\r']);
            if trimmed.is_empty() {
                return if first { Err(wrong()) } else { Ok(()) };
            }
            if trimmed.len() == inner.len() {
                return Err(wrong());
            }
            let (name, value, more) = pseudo_attribute(trimmed).ok_or_else(wrong)?;
            if !names.any(|expected| expected == name) || first && name != "version" || !is_fine(name, value) {
                return Err(wrong());
            }
            (inner, first) = (more, false);
        }
    }

    /// Reads comments, processing instructions and white space.
    pub(super) fn misc(&mut self) -> Result<()> {
        loop {
            self.skip_space();
            let rest = self.rest();
            if rest.starts_with('\u{A0}') && !self.strict {
                self.at += '\u{A0}'.len_utf8();
            } else if rest.starts_with("<!--") {
                self.comment()?;
            } else if rest.starts_with("<?") {
                self.instruction()?;
            } else {
                return Ok(());
            }
        }
    }

    /// Checks that only comments, processing instructions and white space follow the root element.
    pub(crate) fn epilog(&mut self) -> Result<()> {
        self.misc()?;
        match self.byte() {
            None => Ok(()),
            Some(_) => Err(Error::syntax(self.at, "the document goes on after its root element")),
        }
    }
}

/// Splits `name = "value"` off the start of a text; returns the name, the value and the rest.
fn pseudo_attribute(text: &str) -> Option<(&str, &str, &str)> {
    let space = [' ', '\t', '\n', '\r'];
    let (name, rest) = text.split_once('=')?;
    let rest = rest.trim_start_matches(space);
    let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let (value, more) = rest.get(1..)?.split_once(quote)?;
    Some((name.trim_end_matches(space), value, more))
}

fn is_fine(name: &str, value: &str) -> bool {
    match name {
        "version" => value.strip_prefix("1.").is_some_and(|minor| !minor.is_empty() && minor.bytes().all(|byte| byte.is_ascii_digit())),
        "encoding" => {
            value.starts_with(|c: char| c.is_ascii_alphabetic()) && value.bytes().all(|b| b.is_ascii_alphanumeric() || b"._-".contains(&b))
        }
        _ => matches!(value, "yes" | "no"),
    }
}
