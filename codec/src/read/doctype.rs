//! Skips a document type declaration with a note; one that declares entities is an error. Nothing is fetched, no entity is replaced, and no
//! attribute gets its default.

use super::reader::{Reader, Step};
use crate::error::{Error, ErrorKind, Result, excerpt};
use crate::note::NoteKind;

impl Reader<'_> {
    /// Reads a document type declaration (XML, section 2.8).
    pub(super) fn doctype(&mut self) -> Result<()> {
        let at = self.at;
        self.at += "<!DOCTYPE".len();
        self.gap()?;
        if self.strict {
            self.take_qualified_name()?;
        } else {
            self.take_name()?;
        }
        self.external_identifier()?;
        self.skip_space();
        let mut defaults = None;
        if self.byte() == Some(b'[') {
            self.at += 1;
            defaults = self.internal_subset()?;
            self.skip_space();
        }
        self.closing()?;
        self.note(NoteKind::Doctype, at, Step::None);
        if let Some(at) = defaults {
            self.note(NoteKind::AttributeDefault, at, Step::None);
        }
        Ok(())
    }

    /// Reads `SYSTEM "uri"`, `PUBLIC "identifier" "uri"`, or nothing (section 4.2.2).
    fn external_identifier(&mut self) -> Result<()> {
        let before = self.at;
        self.skip_space();
        if !matches!(self.byte(), Some(b'S' | b'P')) || before == self.at {
            return Ok(());
        }
        match self.take_name()? {
            "SYSTEM" => {}
            "PUBLIC" => {
                self.gap()?;
                let at = self.at;
                if !self.literal()?.bytes().all(is_public) {
                    return Err(Error::syntax(at, NOT_PUBLIC));
                }
            }
            other => return Err(Error::syntax(self.at, format!("SYSTEM or PUBLIC is expected, not {}", excerpt(other)))),
        }
        self.gap()?;
        self.literal().map(|_| ())
    }

    /// Reads the identifier of a notation: an external identifier, or a public identifier alone (section 4.7).
    pub(super) fn notation_identifier(&mut self) -> Result<()> {
        let at = self.at;
        let word = self.take_name()?;
        if !matches!(word, "SYSTEM" | "PUBLIC") {
            return Err(Error::syntax(at, format!("SYSTEM or PUBLIC is expected, not {}", excerpt(word))));
        }
        let is_public_one = word == "PUBLIC";
        self.gap()?;
        let at = self.at;
        let literal = self.literal()?;
        if is_public_one && !literal.bytes().all(is_public) {
            return Err(Error::syntax(at, NOT_PUBLIC));
        }
        let before = self.at;
        self.skip_space();
        if is_public_one && self.at > before && matches!(self.byte(), Some(b'"' | b'\'')) {
            self.literal()?;
        }
        Ok(())
    }

    /// Reads the internal subset: comments, processing instructions and declarations in brackets. Returns the offset of the first attribute
    /// declaration with a default.
    fn internal_subset(&mut self) -> Result<Option<usize>> {
        let mut defaults = None;
        loop {
            self.skip_space();
            let (at, rest) = (self.at, self.rest());
            if rest.starts_with("<!--") {
                self.comment()?;
            } else if rest.starts_with("<?") {
                self.instruction()?;
            } else if rest.starts_with("<!ENTITY") {
                return Err(Error::at(ErrorKind::Doctype, at, "it declares an entity, and entities are never replaced"));
            } else if rest.starts_with('%') {
                return Err(parameter(at));
            } else if let Some(word) = ["<!ELEMENT", "<!ATTLIST", "<!NOTATION"].into_iter().find(|word| rest.starts_with(word)) {
                self.at += word.len();
                let quoted = if self.strict { self.checked_declaration(word)? } else { self.declaration_in_subset()? };
                defaults = defaults.or(Some(at).filter(|_| quoted && word == "<!ATTLIST"));
            } else if rest.starts_with(']') {
                self.at += 1;
                return Ok(defaults);
            } else if rest.is_empty() {
                return Err(self.cut());
            } else {
                return Err(Error::syntax(at, "a declaration is expected in the document type"));
            }
        }
    }

    /// Reads the rest of a declaration after its first word in strict mode, and tells whether it declares a default.
    fn checked_declaration(&mut self, word: &str) -> Result<bool> {
        let read = match word {
            "<!ELEMENT" => self.element_declaration().map(|()| false),
            "<!ATTLIST" => self.attribute_declarations(),
            _ => self.notation_declaration().map(|()| false),
        };
        read.map_err(|error| if self.byte() == Some(b'%') { parameter(self.at) } else { error })
    }

    /// Skips the rest of a declaration after its first word, and tells whether it contains a literal.
    fn declaration_in_subset(&mut self) -> Result<bool> {
        self.gap()?;
        self.take_name()?;
        let mut quoted = false;
        loop {
            match self.byte() {
                Some(b'>') => {
                    self.at += 1;
                    return Ok(quoted);
                }
                Some(b'"' | b'\'') => {
                    self.literal()?;
                    quoted = true;
                }
                Some(b'%') => return Err(parameter(self.at)),
                Some(b'<' | b'[' | b']') => return Err(Error::syntax(self.at, "the declaration is not closed")),
                Some(_) => self.at += 1,
                None => return Err(self.cut()),
            }
        }
    }

    fn closing(&mut self) -> Result<()> {
        match self.byte() {
            Some(b'>') => {
                self.at += 1;
                Ok(())
            }
            Some(_) => Err(Error::syntax(self.at, "> is expected at the end of the document type declaration")),
            None => Err(self.cut()),
        }
    }

    /// Skips white space, which is required here.
    pub(super) fn gap(&mut self) -> Result<()> {
        let before = self.at;
        self.skip_space();
        if self.at > before { Ok(()) } else { Err(Error::syntax(self.at, "white space is expected")) }
    }

    /// Reads a quoted text.
    pub(super) fn literal(&mut self) -> Result<&str> {
        let rest = self.rest();
        let Some(quote) = rest.chars().next().filter(|c| matches!(c, '"' | '\'')) else {
            return Err(Error::syntax(self.at, "a quoted text is expected"));
        };
        match rest.get(1..).and_then(|rest| rest.split_once(quote)) {
            Some((text, _)) => {
                self.at += text.len() + 2;
                Ok(text)
            }
            None => Err(self.cut()),
        }
    }
}

const NOT_PUBLIC: &str = "a public identifier may contain only letters, digits, spaces and -'()+,./:=?;!*#@$_%";

fn parameter(at: usize) -> Error {
    Error::at(ErrorKind::Doctype, at, "it refers to a parameter entity, and entities are never replaced")
}

/// Returns whether a character may occur in a public identifier (section 2.3).
fn is_public(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b" \r\n-'()+,./:=?;!*#@$_%".contains(&byte)
}
