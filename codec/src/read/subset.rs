//! Checks the syntax of the declarations in an internal subset, in strict mode (XML, sections 3.2, 3.3 and 4.7). Their meaning is not applied.

use xsdgen_datatypes::names::{is_name_char, is_ncname, is_qname};

use super::reader::Reader;
use crate::error::{Error, ErrorKind, Result, excerpt};

/// The types of attributes that are one word (section 3.3.1).
const TYPES: [&str; 8] = ["CDATA", "ID", "IDREF", "IDREFS", "ENTITY", "ENTITIES", "NMTOKEN", "NMTOKENS"];

impl Reader<'_> {
    /// Reads the rest of an element declaration after its first word.
    pub(super) fn element_declaration(&mut self) -> Result<()> {
        self.gap()?;
        self.take_qualified_name()?;
        self.gap()?;
        match self.byte() {
            Some(b'(') => self.content_model()?,
            _ => {
                let at = self.at;
                if !matches!(self.take_name()?, "EMPTY" | "ANY") {
                    return Err(Error::syntax(at, "EMPTY, ANY or a content model in parentheses is expected"));
                }
            }
        }
        self.end_of_declaration()
    }

    /// Reads a content model. The stack has the separator of each open group, once it is known.
    fn content_model(&mut self) -> Result<()> {
        self.at += 1;
        self.skip_space();
        if self.skip_word("#PCDATA") {
            return self.mixed_model();
        }
        let mut open: Vec<Option<u8>> = vec![None];
        while !open.is_empty() {
            self.skip_space();
            if self.byte() == Some(b'(') {
                self.at += 1;
                open.push(None);
                continue;
            }
            self.take_qualified_name()?;
            self.skip_occurrence();
            // What ended may end groups too.
            while let Some(separator) = open.last_mut() {
                self.skip_space();
                match self.byte() {
                    Some(b')') => {
                        self.at += 1;
                        self.skip_occurrence();
                        open.pop();
                    }
                    Some(sign @ (b'|' | b',')) if separator.is_none_or(|known| known == sign) => {
                        *separator = Some(sign);
                        self.at += 1;
                        break;
                    }
                    Some(_) => return Err(Error::syntax(self.at, "the same separator or ) is expected in the content model")),
                    None => return Err(self.cut()),
                }
            }
        }
        Ok(())
    }

    /// Reads the rest of a mixed content model after `#PCDATA`.
    fn mixed_model(&mut self) -> Result<()> {
        let mut has_names = false;
        loop {
            self.skip_space();
            if self.skip_word("|") {
                self.skip_space();
                self.take_qualified_name()?;
                has_names = true;
            } else if self.skip_word(")*") || !has_names && self.skip_word(")") {
                return Ok(());
            } else {
                return Err(Error::syntax(self.at, "| or )* is expected in the mixed content model"));
            }
        }
    }

    fn skip_occurrence(&mut self) {
        if matches!(self.byte(), Some(b'?' | b'*' | b'+')) {
            self.at += 1;
        }
    }

    /// Reads the rest of an attribute-list declaration, and tells whether an attribute has a default.
    pub(super) fn attribute_declarations(&mut self) -> Result<bool> {
        self.gap()?;
        self.take_qualified_name()?;
        let mut defaults = false;
        loop {
            let before = self.at;
            self.skip_space();
            if self.skip_word(">") {
                return Ok(defaults);
            }
            self.at = before;
            self.gap()?;
            self.take_qualified_name()?;
            self.gap()?;
            self.attribute_type()?;
            self.gap()?;
            if self.skip_word("#REQUIRED") || self.skip_word("#IMPLIED") {
                continue;
            }
            if self.skip_word("#FIXED") {
                self.gap()?;
            }
            self.default_value()?;
            defaults = true;
        }
    }

    fn attribute_type(&mut self) -> Result<()> {
        let mut names = false;
        if self.byte() != Some(b'(') {
            let at = self.at;
            match self.take_name()? {
                "NOTATION" => {
                    names = true;
                    self.gap()?;
                }
                word if TYPES.contains(&word) => return Ok(()),
                _ => return Err(Error::syntax(at, "a type of attributes is expected")),
            }
        }
        if !self.skip_word("(") {
            return Err(Error::syntax(self.at, "values in parentheses are expected"));
        }
        loop {
            self.skip_space();
            if names {
                self.take_notation_name()?;
            } else {
                self.take_token()?;
            }
            self.skip_space();
            if self.skip_word(")") {
                return Ok(());
            }
            if !self.skip_word("|") {
                return Err(Error::syntax(self.at, "| or ) is expected"));
            }
        }
    }

    /// Reads a default. A reference to an entity that is not predefined is refused, because no entity can be declared.
    fn default_value(&mut self) -> Result<()> {
        let at = self.at + 1;
        let value = self.literal()?;
        if let Some(found) = value.find('<') {
            return Err(Error::syntax(at + found, "an attribute value cannot contain <"));
        }
        for (found, _) in value.match_indices('&') {
            let rest = value.get(found + 1..).unwrap_or_default();
            let name = rest.split_once(';').map_or("", |(name, _)| name);
            let number = |digits: &str| match digits.strip_prefix('x') {
                Some(hex) => u32::from_str_radix(hex, 16).ok(),
                None => digits.parse().ok(),
            };
            let fits = match name.strip_prefix('#') {
                Some(digits) => {
                    digits.bytes().all(|byte| byte.is_ascii_alphanumeric())
                        && number(digits).and_then(char::from_u32).is_some_and(crate::text::bytes::is_char)
                }
                None => matches!(name, "lt" | "gt" | "amp" | "quot" | "apos"),
            };
            if !fits {
                return Err(Error::at(
                    ErrorKind::Syntax,
                    at + found,
                    "a reference to a character or a predefined entity is expected after &",
                ));
            }
        }
        Ok(())
    }

    /// Reads the rest of a notation declaration.
    pub(super) fn notation_declaration(&mut self) -> Result<()> {
        self.gap()?;
        self.take_notation_name()?;
        self.gap()?;
        self.notation_identifier()?;
        self.end_of_declaration()
    }

    fn end_of_declaration(&mut self) -> Result<()> {
        self.skip_space();
        match self.byte() {
            _ if self.skip_word(">") => Ok(()),
            Some(_) => Err(Error::syntax(self.at, "> is expected at the end of the declaration")),
            None => Err(self.cut()),
        }
    }

    /// Skips a text if it comes next.
    fn skip_word(&mut self, text: &str) -> bool {
        let is_next = self.rest().starts_with(text);
        self.at += if is_next { text.len() } else { 0 };
        is_next
    }

    /// Reads the name of an element or an attribute, which has at most one colon (Namespaces, section 5).
    pub(super) fn take_qualified_name(&mut self) -> Result<()> {
        let at = self.at;
        let name = self.take_name()?;
        if is_qname(name) { Ok(()) } else { Err(Error::syntax(at, format!("{} is not a qualified name", excerpt(name)))) }
    }

    /// Reads the name of a notation, which has no colon (Namespaces, section 7).
    fn take_notation_name(&mut self) -> Result<()> {
        let at = self.at;
        let name = self.take_name()?;
        if is_ncname(name) { Ok(()) } else { Err(Error::syntax(at, format!("{} is not the name of a notation", excerpt(name)))) }
    }

    /// Skips a name token (section 2.3).
    fn take_token(&mut self) -> Result<()> {
        let rest = self.rest();
        let length = rest.find(|c| !(c == ':' || is_name_char(c))).unwrap_or(rest.len());
        self.at += length;
        if length > 0 { Ok(()) } else { Err(Error::syntax(self.at, "a name token is expected")) }
    }
}
