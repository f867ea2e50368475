//! Decodes the bytes of a schema file to text.
//!
//! The XML parser checks whether the encoding declaration is in a valid position.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

/// The number of bytes at the start of a file that are searched for the encoding declaration.
const DECLARATION: usize = 1024;

/// The reason why bytes cannot be decoded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Undecodable {
    /// The bytes at an offset are not valid UTF-8.
    NotUtf8 {
        /// The offset of the first invalid byte.
        at: usize,
        /// The invalid bytes, at most four.
        bytes: Vec<u8>,
        /// Whether the document declares UTF-8 as its encoding.
        declared: bool,
    },
    /// The bytes are not valid in the encoding with this name, which a byte order mark or the XML declaration specifies.
    NotDeclared(String),
    /// The XML declaration specifies an encoding name that does not exist.
    Unknown(String),
}

/// Decodes a document as described in XML 1.0, appendix F: by its byte order mark, its first bytes, or its XML declaration.
///
/// A byte order mark is not part of the text. If the XML declaration names another encoding, that name is replaced by `UTF-8`, padded with spaces,
/// so that the declaration matches the text and all positions stay the same.
pub(crate) fn decode(bytes: &[u8]) -> Result<Cow<'_, str>, Undecodable> {
    let (encoding, bytes, marked) = match bytes {
        [0xEF, 0xBB, 0xBF, rest @ ..] => (UTF_8, rest, true),
        [0xFF, 0xFE, rest @ ..] => (UTF_16LE, rest, true),
        [0xFE, 0xFF, rest @ ..] => (UTF_16BE, rest, true),
        [b'<', 0, ..] => (UTF_16LE, bytes, true),
        [0, b'<', ..] => (UTF_16BE, bytes, true),
        _ => (UTF_8, bytes, false),
    };
    let label = declared(bytes);
    let encoding = match label {
        Some(label) if !marked => Encoding::for_label(label.as_bytes()).ok_or_else(|| Undecodable::Unknown(label.to_owned()))?,
        _ => encoding,
    };
    if encoding == UTF_8 {
        return utf8(bytes, label.is_some());
    }
    match encoding.decode_without_bom_handling_and_without_replacement(bytes) {
        Some(text) => Ok(Cow::Owned(as_utf8(text.into_owned()))),
        None => Err(Undecodable::NotDeclared(label.unwrap_or(encoding.name()).to_owned())),
    }
}

fn utf8(bytes: &[u8], declared: bool) -> Result<Cow<'_, str>, Undecodable> {
    std::str::from_utf8(bytes).map(Cow::Borrowed).map_err(|error| {
        let at = error.valid_up_to();
        let wrong = bytes.get(at..).unwrap_or_default();
        let count = error.error_len().unwrap_or(wrong.len()).min(4);
        Undecodable::NotUtf8 { at, bytes: wrong.get(..count).unwrap_or_default().to_vec(), declared }
    })
}

/// Returns the encoding name in the XML declaration of a document whose encoding is ASCII-compatible.
fn declared(bytes: &[u8]) -> Option<&str> {
    let head = bytes.get(..bytes.len().min(DECLARATION))?.strip_prefix(b"<?xml")?;
    let end = head.windows(2).position(|pair| pair == b"?>")?;
    let head = std::str::from_utf8(head.get(..end)?).ok()?;
    label(head).and_then(|range| head.get(range))
}

/// Returns the position of the encoding name within an XML declaration.
fn label(head: &str) -> Option<std::ops::Range<usize>> {
    let after = head.find("encoding")? + "encoding".len();
    let rest = head.get(after..)?;
    let value = rest.trim_start().strip_prefix('=')?.trim_start();
    let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let start = after + rest.len() - value.len() + 1;
    let length = value.get(1..)?.find(quote)?;
    Some(start..start + length)
}

/// Returns the text with `UTF-8` as the encoding name in its XML declaration.
fn as_utf8(mut text: String) -> String {
    let end = text.get(..text.len().min(DECLARATION)).and_then(|head| head.find("?>")).unwrap_or(0);
    let Some(range) = text.get(..end).filter(|head| head.starts_with("<?xml")).and_then(label) else { return text };
    let Some(quote) = text.get(range.end..=range.end).map(str::to_owned) else { return text };
    let name = format!("UTF-8{quote}");
    let width = range.len() + 1;
    if width >= name.len() {
        text.replace_range(range.start..=range.end, &format!("{name:width$}"));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documents_are_decoded_by_mark_first_bytes_or_declaration() {
        let little: Vec<u8> = "\u{FEFF}<é".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(decode(&little).as_deref(), Ok("<é"));
        let big: Vec<u8> = "<é".encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert_eq!(decode(&big).as_deref(), Ok("<é"));
        assert_eq!(decode(b"\xEF\xBB\xBF<\xC3\xA9").as_deref(), Ok("<é"));
        let latin = decode(b"<?xml version='1.0' encoding='ISO-8859-1'?>\xE9");
        assert_eq!(latin.as_deref(), Ok("<?xml version='1.0' encoding='UTF-8'     ?>é"));
        let wide: Vec<u8> = "<?xml version=\"1.0\" encoding=\"UTF-16\"?><é/>".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(decode(&wide).as_deref(), Ok("<?xml version=\"1.0\" encoding=\"UTF-8\" ?><é/>"));
    }

    #[test]
    fn what_is_no_text_is_told_with_its_place() {
        let wrong = Undecodable::NotUtf8 { at: 2, bytes: vec![0xE9], declared: false };
        assert_eq!(decode(b"ab\xE9c"), Err(wrong));
        assert_eq!(decode(b"<?xml version='1.0' encoding='nothing'?>"), Err(Undecodable::Unknown("nothing".to_owned())));
        assert_eq!(decode(b"\xFF\xFE<\x00\x00\xD8"), Err(Undecodable::NotDeclared("UTF-16LE".to_owned())));
    }
}
