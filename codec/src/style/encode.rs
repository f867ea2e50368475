//! Encodes a document. A character that the encoding does not have is written as a reference where XML allows one.

use crate::error::{Error, ErrorKind, Result, excerpt};

/// Returns the bytes of a document in the encoding of this name.
pub(crate) fn encode(xml: &str, name: &str) -> Result<Vec<u8>> {
    match name.to_ascii_lowercase().as_str() {
        "utf-8" => Ok(xml.as_bytes().to_vec()),
        "utf-16" => Ok([0xFF, 0xFE].into_iter().chain(xml.encode_utf16().flat_map(u16::to_le_bytes)).collect()),
        "us-ascii" | "ascii" => narrow(xml, 0x7F, name),
        "iso-8859-1" => narrow(xml, 0xFF, name),
        _ => Err(Error::new(ErrorKind::Encoding, format!("{} is not one of UTF-8, UTF-16, ISO-8859-1, US-ASCII", excerpt(name)))),
    }
}

/// Encodes each character as one byte, if it is at most `last`.
fn narrow(xml: &str, last: u32, name: &str) -> Result<Vec<u8>> {
    let mut out = Vec::with_capacity(xml.len());
    let mut place = Place::Text;
    for (at, c) in xml.char_indices() {
        match u8::try_from(u32::from(c)) {
            Ok(byte) if u32::from(byte) <= last => out.push(byte),
            _ if matches!(place, Place::Text | Place::Tag(Some(_))) => out.extend(format!("&#{};", u32::from(c)).bytes()),
            _ => {
                let message = format!("{name} does not have `{c}`, which is not in a text or in the value of an attribute");
                return Err(Error::new(ErrorKind::Encoding, message));
            }
        }
        place = place.after(xml, at, c);
    }
    Ok(out)
}

/// The part of a document that a character belongs to.
#[derive(Clone, Copy)]
enum Place {
    Text,
    /// A tag; within a value, its quote.
    Tag(Option<char>),
    /// A comment, a section or an instruction, up to this text.
    Until(&'static str),
}

impl Place {
    /// Returns the part that follows this character.
    fn after(self, xml: &str, at: usize, c: char) -> Self {
        let rest = xml.get(at..).unwrap_or_default();
        match self {
            Self::Text if c != '<' => Self::Text,
            Self::Text if rest.starts_with("<!--") => Self::Until("-->"),
            Self::Text if rest.starts_with("<![CDATA[") => Self::Until("]]>"),
            Self::Text if rest.starts_with("<?") => Self::Until("?>"),
            Self::Text => Self::Tag(None),
            Self::Tag(None) if c == '>' => Self::Text,
            Self::Tag(None) if c == '"' || c == '\'' => Self::Tag(Some(c)),
            Self::Tag(Some(quote)) if c == quote => Self::Tag(None),
            Self::Until(end) if c == '>' && xml.get(..=at).is_some_and(|before| before.ends_with(end)) => Self::Text,
            other => other,
        }
    }
}
