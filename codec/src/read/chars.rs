//! Reads the text between two tags: resolves references and CDATA sections, and leaves out comments and processing instructions.

use std::borrow::Cow;

use memchr::{memchr, memchr2, memmem};
use xsdgen_datatypes::names::is_ncname;

use super::reader::{Next, Reader, Step};
use super::tag::Tag;
use crate::error::{Error, Result, excerpt};
use crate::note::NoteKind;
use crate::text::bytes::is_char;

impl<'a> Reader<'a> {
    /// Returns what comes next within the element whose children are being read.
    pub(super) fn next(&mut self, mixed: bool) -> Result<Next<'a>> {
        if let Some(next) = self.pending.take() {
            return Ok(next);
        }
        let parent = self.parent;
        if parent.empty {
            return Ok(Next::End);
        }
        if self.window.is_some() {
            self.next_is_here()?;
        }
        let from = self.at;
        let text = self.characters()?;
        if mixed && !text.is_empty() {
            return Ok(Next::Text(text));
        }
        if !text.is_empty() && !self.is_blank(&text) {
            let message = |_: &Self| format!("{} is not allowed between elements", excerpt(text.trim()));
            let raw = self.text.get(from..).unwrap_or_default();
            let at = self.text.len() - raw.trim_start_matches(|c| self.is_blank_char(c)).len();
            self.report(NoteKind::UnexpectedText, at, Step::None, message)?;
            self.add_text(text.trim());
        }
        if self.rest().starts_with("</") {
            self.end_tag(&parent)?;
            return Ok(Next::End);
        }
        let tag = self.start_tag()?;
        self.step_model(&tag)?;
        Ok(Next::Start(tag))
    }

    /// Returns whether a text is only white space. In tolerant mode, no-break spaces count as white space.
    fn is_blank(&self, text: &str) -> bool {
        text.chars().all(|c| self.is_blank_char(c))
    }

    fn is_blank_char(&self, c: char) -> bool {
        matches!(c, ' ' | '\t' | '\n' | '\r') || c == '\u{A0}' && !self.strict
    }

    /// Reads everything up to the next start or end tag.
    pub(super) fn characters(&mut self) -> Result<Cow<'a, str>> {
        let mut text = Cow::Borrowed("");
        loop {
            let rest = self.rest();
            let Some(length) = memchr2(b'<', b'&', rest.as_bytes()) else { return Err(self.cut()) };
            if length > 0 {
                let run = rest.get(..length).unwrap_or_default();
                self.refuse_section_end(run)?;
                self.at += length;
                append(&mut text, run);
                continue;
            }
            if !rest.starts_with('&') && !matches!(rest.as_bytes().get(1), Some(b'!' | b'?')) {
                return Ok(text);
            }
            if rest.starts_with('&') {
                let c = self.reference()?;
                text.to_mut().push(c);
            } else if rest.starts_with("<![CDATA[") {
                let section = self.upto("<![CDATA[", "]]>")?;
                append(&mut text, section);
            } else if rest.starts_with("<!--") {
                self.comment()?;
            } else if rest.starts_with("<?") {
                self.instruction()?;
            } else if rest.starts_with("<!") {
                return Err(Error::syntax(self.at, "only comments and CDATA sections may start so here"));
            } else {
                return Ok(text);
            }
        }
    }

    fn refuse_section_end(&self, run: &str) -> Result<()> {
        match self.sections.then(|| memmem::find(run.as_bytes(), b"]]>")).flatten() {
            Some(found) => Err(Error::syntax(self.at + found, "]]> is not allowed in text")),
            None => Ok(()),
        }
    }

    /// Reads the text between these two delimiters.
    fn upto(&mut self, start: &str, end: &str) -> Result<&'a str> {
        let rest = self.rest().get(start.len()..).unwrap_or_default();
        let Some(length) = memmem::find(rest.as_bytes(), end.as_bytes()) else {
            return Err(Error::syntax(self.at, format!("{start} is not closed by {end}")));
        };
        self.at += start.len() + length + end.len();
        Ok(rest.get(..length).unwrap_or_default())
    }

    /// Reads a comment (XML, section 2.5).
    pub(super) fn comment(&mut self) -> Result<()> {
        let at = self.at;
        let comment = self.upto("<!--", "-->")?;
        match memmem::find(comment.as_bytes(), b"--") {
            Some(_) => Err(Error::syntax(at, "-- is not allowed in a comment")),
            None if comment.ends_with('-') => Err(Error::syntax(at, "a comment cannot end in --->")),
            None => Ok(()),
        }
    }

    /// Reads a processing instruction (XML, section 2.6).
    pub(super) fn instruction(&mut self) -> Result<()> {
        let at = self.at;
        let instruction = self.upto("<?", "?>")?;
        let (target, _) = instruction.split_once([' ', '\t', '\n', '\r']).unwrap_or((instruction, ""));
        if !is_ncname(target) || target.eq_ignore_ascii_case("xml") {
            return Err(Error::syntax(at, format!("{} is not a target of a processing instruction", excerpt(target))));
        }
        Ok(())
    }

    /// Reads a reference and returns its character. A bare `&` is accepted if the options allow it.
    fn reference(&mut self) -> Result<char> {
        let resolved = resolve(self.rest(), self.at);
        let bare = resolved.is_err() && self.options.bare_ampersands && !self.strict && !self.rest().starts_with("&#");
        if bare {
            self.report(NoteKind::BareAmpersand, self.at, Step::None, |_| String::new())?;
        }
        let (c, length) = if bare { ('&', 1) } else { resolved? };
        self.at += length;
        Ok(c)
    }

    /// Resolves the references in a text that starts at an offset. If `empty_fields` is set, as for attributes, line ends and tabs become spaces.
    pub(super) fn expand(&self, raw: &str, offset: usize, empty_fields: bool) -> Result<String> {
        let mut text = String::with_capacity(raw.len());
        self.expand_into(raw, offset, empty_fields, &mut text)?;
        Ok(text)
    }

    /// Resolves references, as `expand` does, and appends the result to `text`.
    pub(super) fn expand_into(&self, raw: &str, offset: usize, empty_fields: bool, text: &mut String) -> Result<()> {
        let mut rest = raw;
        while !rest.is_empty() {
            let length = memchr(b'&', rest.as_bytes()).unwrap_or(rest.len());
            let (run, more) = rest.split_at_checked(length).unwrap_or((rest, ""));
            if empty_fields {
                text.extend(run.chars().map(|c| if matches!(c, '\t' | '\n' | '\r') { ' ' } else { c }));
            } else {
                text.push_str(run);
            }
            rest = more;
            if !rest.is_empty() {
                let (c, length) = resolve(rest, offset + raw.len() - rest.len())?;
                text.push(c);
                rest = rest.get(length..).unwrap_or_default();
            }
        }
        Ok(())
    }

    /// Reads the text of an element that should have no children. Children are noted and skipped, or rejected in strict mode.
    pub(super) fn text_of(&mut self, tag: &Tag) -> Result<Cow<'a, str>> {
        if tag.empty {
            return Ok(Cow::Borrowed(""));
        }
        self.new_from_here();
        if let Some(text) = self.bare_text(tag) {
            return Ok(Cow::Borrowed(text));
        }
        if self.window.is_some() {
            self.whole_is_here(tag)?;
        }
        let mut text = self.characters()?;
        while !self.rest().starts_with("</") {
            let child = self.start_tag()?;
            let message = |reader: &Self| format!("{} is not allowed within a simple value", excerpt(reader.raw_name(&child)));
            self.report(NoteKind::UnknownElement, child.at, Step::None, message)?;
            self.leave_out(&child)?;
            let more = self.characters()?;
            append(&mut text, more);
        }
        self.end_tag(tag)?;
        Ok(text)
    }
}

/// Appends a run of characters. A first run is borrowed from the document if possible.
fn append<'a>(text: &mut Cow<'a, str>, run: impl Into<Cow<'a, str>> + AsRef<str>) {
    if text.is_empty() {
        *text = run.into();
    } else {
        text.to_mut().push_str(run.as_ref());
    }
}

/// Returns the character that a reference stands for, and the length of the reference (XML, sections 4.1 and 4.6).
pub(super) fn resolve(text: &str, at: usize) -> Result<(char, usize)> {
    const LONGEST: usize = 32;
    let window = text.as_bytes().get(..LONGEST.min(text.len())).unwrap_or_default();
    let Some(end) = memchr(b';', window) else {
        return Err(Error::syntax(at, "& starts a reference, but no ; ends it"));
    };
    let name = text.get(1..end).unwrap_or_default();
    let found = match name {
        "lt" => Some('<'),
        "gt" => Some('>'),
        "amp" => Some('&'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => match name.strip_prefix('#') {
            Some(number) => character(number),
            None => return Err(Error::syntax(at, format!("the entity {} is not declared", excerpt(name)))),
        },
    };
    match found {
        Some(c) => Ok((c, end + 1)),
        None => Err(Error::syntax(at, format!("{} is not a character of XML", excerpt(name)))),
    }
}

fn character(number: &str) -> Option<char> {
    let (digits, radix) = match number.strip_prefix('x') {
        Some(hex) => (hex, 16),
        None => (number, 10),
    };
    if !digits.bytes().all(|byte| char::from(byte).is_digit(radix)) {
        return None;
    }
    u32::from_str_radix(digits, radix).ok().and_then(char::from_u32).filter(|c| is_char(*c))
}
