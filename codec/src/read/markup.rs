//! Parses start tags and end tags. A start tag yields a [`Tag`]; its attributes are stored in the reader, and its namespace declarations
//! come into scope. The names are matched with the schema in `find` and `attributes`.

use memchr::{memchr, memchr2};
use xsdgen_datatypes::names::{is_name, is_ncname};

use super::reader::{Reader, Step};
use super::tag::{Attribute, Space};
use super::tag::{Tag, split};
use crate::error::{Error, ErrorKind, Result, excerpt};
use crate::text::bytes::{find_byte, is_plain};

/// The maximum length of a name, in bytes.
const LONGEST_NAME: usize = 4096;

/// The maximum number of attributes of a start tag beyond the limit of the options, whatever its type declares.
const MOST_DECLARED: usize = 16 << 10;

impl<'a> Reader<'a> {
    #[cold]
    pub(super) fn cut(&self) -> Error {
        Error::syntax(self.text.len(), "the document ends here, but elements are open")
    }

    /// Reads a name. Fails if there is none at the cursor.
    pub(super) fn take_name(&mut self) -> Result<&'a str> {
        let rest = self.rest();
        let len = rest.bytes().position(|byte| !NAME.get(usize::from(byte)).is_some_and(|part| *part)).unwrap_or(rest.len());
        let name = rest.get(..len).unwrap_or_default();
        if len > LONGEST_NAME {
            return Err(Error::at(ErrorKind::Limit, self.at, format!("a name of more than {LONGEST_NAME} bytes")));
        }
        let fine = name.as_bytes().first().is_some_and(|byte| is_start(*byte)) && name.is_ascii();
        if !fine && !is_name(name) {
            return Err(match rest.is_empty() {
                true => self.cut(),
                false => Error::syntax(
                    self.at,
                    format!("a name is expected at {}", excerpt(rest.split([' ', '>', '<', '\n']).next().unwrap_or_default())),
                ),
            });
        }
        self.at += len;
        Ok(name)
    }

    /// Reads a start tag.
    pub(super) fn start_tag(&mut self) -> Result<Tag> {
        self.keep_pace()?;
        let at = self.at;
        self.at += 1;
        let name = self.take_name()?;
        self.attributes.clear();
        self.too_many_attributes = false;
        let mut tag = Tag { at, len: name.len(), space: Space::Foreign, mark: self.scopes.len(), plain: true, empty: false };
        if self.byte() == Some(b'>') {
            self.at += 1;
        } else {
            self.rest_of_tag(&mut tag)?;
        }
        let (prefix, local) = split(name);
        if !is_local(local) || name.starts_with(':') || prefix == "xmlns" {
            return Err(Error::syntax(at, format!("{} is not a qualified name", excerpt(name))));
        }
        tag.space = self.space(prefix, at)?;
        self.note_undeclared(prefix, at, Step::None);
        self.note_undeclared_attributes(&tag);
        self.note_respelled(&tag);
        if self.identity.is_some() {
            self.identity_open(&tag);
        }
        Ok(tag)
    }

    /// Reads the attributes and the end of a start tag.
    fn rest_of_tag(&mut self, tag: &mut Tag) -> Result<()> {
        loop {
            let before = self.at;
            self.skip_space();
            match self.byte() {
                Some(b'>') => {
                    self.at += 1;
                    break;
                }
                Some(b'/') if self.rest().starts_with("/>") => {
                    self.at += 2;
                    tag.empty = true;
                    break;
                }
                None => return Err(self.cut()),
                Some(_) if before == self.at => return Err(Error::syntax(self.at, "white space is expected before an attribute")),
                Some(_) => self.attribute(tag)?,
            }
        }
        tag.plain = self.attributes.is_empty();
        if self.scopes.len() > tag.mark {
            self.opened(tag.mark);
            self.distinct_declarations(tag)?;
        }
        self.distinct_attributes()
    }

    /// Reads one attribute or namespace declaration.
    fn attribute(&mut self, tag: &Tag) -> Result<()> {
        let at = self.at;
        if self.attributes.len() + self.scopes.len() - tag.mark >= self.options.max_attributes {
            self.one_too_many(tag)?;
        }
        let name = self.take_name()?;
        self.skip_space();
        if self.byte() != Some(b'=') {
            return Err(Error::syntax(self.at, format!("= is expected after the attribute {}", excerpt(name))));
        }
        self.at += 1;
        self.skip_space();
        let value = self.attribute_value()?;
        let (prefix, local) = split(name);
        if !is_local(local) || name.starts_with(':') {
            return Err(Error::syntax(at, format!("{} is not a qualified name", excerpt(name))));
        }
        match prefix {
            "xmlns" => self.declare(local, value, at),
            "" if local == "xmlns" => self.declare("", value, at),
            _ => {
                self.attributes.push(Attribute { prefix, local, value, at });
                Ok(())
            }
        }
    }

    /// Records that a start tag has more attributes than the limit. Attributes that the type declares do not count, but the type is not
    /// known yet: the code that knows it calls `check_attribute_count` later.
    #[cold]
    fn one_too_many(&mut self, tag: &Tag) -> Result<()> {
        let (declarations, most) = (self.scopes.len() - tag.mark, self.options.max_attributes);
        if declarations >= most || self.attributes.len() >= most.saturating_add(MOST_DECLARED) {
            return Err(self.too_many(tag));
        }
        self.too_many_attributes = true;
        Ok(())
    }

    /// Rejects a start tag that has more attributes than the limit allows in addition to those that its type declares.
    #[inline]
    pub(super) fn check_attribute_count(&self, tag: &Tag, declared: usize) -> Result<()> {
        let most = self.options.max_attributes.saturating_add(declared);
        match self.too_many_attributes && self.attributes.len() + self.scopes.len().saturating_sub(tag.mark) > most {
            true => Err(self.too_many(tag)),
            false => Ok(()),
        }
    }

    #[cold]
    fn too_many(&self, tag: &Tag) -> Error {
        let most = self.options.max_attributes;
        Error::at(ErrorKind::Limit, tag.at, format!("more than {most} attributes that its type does not declare"))
    }

    /// Reads a quoted value and normalises it (XML, section 3.3.3).
    fn attribute_value(&mut self) -> Result<std::borrow::Cow<'a, str>> {
        let Some(quote @ (b'"' | b'\'')) = self.byte() else {
            return Err(Error::syntax(self.at, "a quoted value is expected"));
        };
        let start = self.at + 1;
        let length = find_byte(quote, self.text.as_bytes().get(start..).unwrap_or_default()).ok_or_else(|| self.cut())?;
        let raw = self.text.get(start..start + length).unwrap_or_default();
        if is_plain(raw.as_bytes()) {
            self.at = start + length + 1;
            return Ok(raw.into());
        }
        if let Some(less) = memchr(b'<', raw.as_bytes()) {
            return Err(Error::syntax(start + less, "< is not allowed in the value of an attribute"));
        }
        self.at = start + length + 1;
        if memchr2(b'&', b'\n', raw.as_bytes()).is_none() && memchr(b'\t', raw.as_bytes()).is_none() {
            return Ok(raw.into());
        }
        self.expand(raw, start, true).map(Into::into)
    }

    /// Reads an end tag, which must be the end tag of this element.
    pub(super) fn end_tag(&mut self, tag: &Tag) -> Result<()> {
        if let Some(end) = self.predict_end(tag) {
            self.at = end;
            return Ok(());
        }
        let at = self.at;
        self.at += 2;
        let name = self.take_name()?;
        let expected = self.raw_name(tag);
        if name != expected {
            let message = format!("</{}> closes <{}>", excerpt(name), excerpt(expected));
            return Err(Error::syntax(at, message));
        }
        self.skip_space();
        match self.byte() {
            Some(b'>') => self.at += 1,
            Some(_) => return Err(Error::syntax(self.at, "> is expected")),
            None => return Err(self.cut()),
        }
        Ok(())
    }
}

/// The bytes that may occur in names. All bytes of characters beyond ASCII are included.
const NAME: [bool; 256] = {
    let mut table = [false; 256];
    let (mut byte, mut rest): (u8, &mut [bool]) = (0, &mut table);
    while let [first, more @ ..] = rest {
        *first = byte.is_ascii_alphanumeric() || byte >= 0x80 || matches!(byte, b'_' | b'-' | b'.' | b':');
        (byte, rest) = (byte.wrapping_add(1), more);
    }
    table
};

/// Returns whether a name of ASCII characters may start with this byte.
fn is_start(byte: u8) -> bool {
    byte.is_ascii_alphabetic() || byte == b'_' || byte == b':'
}

/// Returns whether a local name is a valid name without a colon. All its characters are known to be allowed in names.
fn is_local(local: &str) -> bool {
    match local.as_bytes() {
        [first, rest @ ..] if first.is_ascii() => is_start(*first) && *first != b':' && find_byte(b':', rest).is_none(),
        _ => is_ncname(local),
    }
}
