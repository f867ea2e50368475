//! Decodes the bytes of a document to text: determines the encoding, checks the characters and turns line ends
//! into line feeds. Of the XML declaration it reads only the encoding; the rest is read in `read::prolog`.

use std::borrow::Cow;

use memchr::{memchr, memchr_iter, memmem};

use crate::error::{Error, ErrorKind, Result, excerpt};
use crate::options::{Mode, ReadOptions};
use crate::text::bytes::all;
use crate::text::bytes::is_char;
use crate::text::charset::Charset;
use crate::text::place::locate;

/// The XML declaration of nearly all documents.
pub(crate) const USUAL_DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>";

/// The decoded text of a document.
#[derive(Debug)]
pub(crate) struct Decoded<'a> {
    pub(crate) text: Cow<'a, str>,
    /// Whether the text contains `]]>`.
    pub(crate) has_section_end: bool,
}

/// Decodes a document.
pub(crate) fn decode<'a>(bytes: &'a [u8], options: &ReadOptions) -> Result<Decoded<'a>> {
    let limit = |len: usize| match len > options.max_bytes {
        true => Err(at_start(ErrorKind::Limit, format!("more than {} bytes", options.max_bytes))),
        false => Ok(()),
    };
    limit(bytes.len())?;
    let text = characters(bytes, options)?;
    limit(text.len())?;
    let seen = survey(text.as_bytes());
    if seen.suspicious {
        check(&text)?;
    }
    let text = if seen.carriage_return { line_ends(&text) } else { text };
    let has_section_end = seen.bracket && memmem::find(text.as_bytes(), b"]]>").is_some();
    Ok(Decoded { text, has_section_end })
}

/// Decodes a document as the reader does: by its byte order mark, [`ReadOptions::charset`] or its XML
/// declaration. Line ends become line feeds.
///
/// The offsets of [`Position`](crate::Position) count the bytes of this text.
///
/// # Example
/// ```
/// use xsdgen_codec::{ReadOptions, decode_text};
/// let text = decode_text(b"<?xml version='1.0' encoding='ISO-8859-1'?>\r\n<a>\xE9</a>", &ReadOptions::tolerant())?;
/// assert!(text.ends_with("?>\n<a>\u{e9}</a>"));
/// # Ok::<(), xsdgen_codec::Error>(())
/// ```
///
/// # Errors
/// Fails if the bytes are not valid in the encoding, if the encoding is unknown, if a character is not allowed
/// in XML, or if the document is larger than the limit.
pub fn decode_text<'a>(xml: &'a [u8], options: &ReadOptions) -> Result<Cow<'a, str>> {
    Ok(decode(xml, options)?.text)
}

/// Decodes the bytes to characters (XML, section 4.3.3 and appendix F).
fn characters<'a>(bytes: &'a [u8], options: &ReadOptions) -> Result<Cow<'a, str>> {
    let (encoding, mark) = charset_of(bytes, options)?;
    let bytes = bytes.get(mark..).unwrap_or_default();
    if encoding == Charset::Utf8 {
        return match std::str::from_utf8(bytes) {
            Ok(text) => Ok(Cow::Borrowed(text)),
            Err(fault) => Err(bad_utf8(bytes, fault.valid_up_to())),
        };
    }
    match encoding.decode(bytes) {
        Some(text) => Ok(text),
        None => Err(at_start(ErrorKind::Encoding, format!("the bytes are not text in {}", encoding.name()))),
    }
}

/// Returns the encoding of a document that starts with these bytes, and the length of its byte order mark.
pub(crate) fn charset_of(bytes: &[u8], options: &ReadOptions) -> Result<(Charset, usize)> {
    match Charset::of_mark(bytes) {
        Some(marked) => Ok(marked),
        None => Ok((encoding(bytes, options)?, 0)),
    }
}

#[cold]
fn at_start(kind: ErrorKind, message: impl Into<String>) -> Error {
    locate(Error::at(kind, 0, message), "")
}

#[cold]
fn bad_utf8(bytes: &[u8], valid: usize) -> Error {
    let byte = bytes.get(valid).copied().unwrap_or_default();
    let before = bytes.get(..valid).and_then(|before| std::str::from_utf8(before).ok()).unwrap_or_default();
    let error = Error::at(ErrorKind::Encoding, valid, format!("byte 0x{byte:02X} is not UTF-8 there"));
    locate(error, before)
}

/// Returns the encoding from the HTTP header, else from the XML declaration, else UTF-8.
fn encoding(bytes: &[u8], options: &ReadOptions) -> Result<Charset> {
    let unknown = |label: &str| {
        let remedy = if cfg!(feature = "encodings") { "" } else { "; the feature `encodings` knows more" };
        at_start(ErrorKind::Encoding, format!("encoding {} is unknown{remedy}", excerpt(label)))
    };
    if let Some(label) = &options.charset {
        let label = label.trim_matches(['"', '\'', ' ']);
        let encoding = Charset::of_label(label).ok_or_else(|| unknown(label))?;
        return Ok(if encoding == Charset::Utf16Le && bytes.first() == Some(&0) { Charset::Utf16Be } else { encoding });
    }
    if bytes.starts_with(USUAL_DECLARATION.as_bytes()) {
        return Ok(Charset::Utf8);
    }
    match bytes {
        [0, b'<', 0, ..] => return Ok(Charset::Utf16Be),
        [b'<', 0, _, 0, ..] => return Ok(Charset::Utf16Le),
        _ => {}
    }
    let Some(label) = declared(bytes) else { return Ok(Charset::Utf8) };
    let encoding = Charset::of_label(label).ok_or_else(|| unknown(label))?;
    if matches!(encoding, Charset::Utf16Le | Charset::Utf16Be) {
        return Err(at_start(ErrorKind::Encoding, "the declaration says UTF-16, but the bytes are not"));
    }
    if options.mode == Mode::Strict && encoding == Charset::Latin && label.to_ascii_lowercase().starts_with("iso-8859-1") {
        // On the web, this label means windows-1252, which differs from ISO-8859-1 where the latter has control
        // characters.
        if bytes.iter().any(|byte| matches!(byte, 0x80..=0x9F)) {
            return Err(at_start(ErrorKind::Encoding, "control characters of ISO-8859-1"));
        }
    }
    if options.mode == Mode::Strict && matches!(&*label.to_ascii_lowercase(), "us-ascii" | "ascii") && !bytes.is_ascii() {
        return Err(at_start(ErrorKind::Encoding, "the bytes are not text in US-ASCII"));
    }
    Ok(encoding)
}

/// Returns the encoding that the XML declaration names.
fn declared(bytes: &[u8]) -> Option<&str> {
    let start = bytes.iter().position(|byte| !byte.is_ascii_whitespace())?;
    let declaration = bytes.get(start..)?.strip_prefix(b"<?xml")?;
    let declaration = declaration.get(..memmem::find(declaration.get(..1000.min(declaration.len()))?, b"?>")?)?;
    let rest = declaration.get(memmem::find(declaration, b"encoding")? + 8..)?.trim_ascii_start();
    let rest = rest.strip_prefix(b"=")?.trim_ascii_start();
    let (quote, rest) = rest.split_first()?;
    std::str::from_utf8(rest.get(..memchr(*quote, rest)?)?).ok()
}

/// Which special characters a text contains.
pub(crate) struct Survey {
    pub(crate) carriage_return: bool,
    pub(crate) bracket: bool,
    /// Whether the text may contain characters that XML does not allow.
    pub(crate) suspicious: bool,
}

/// The number of bytes that are examined before the result is looked at.
const STRETCH: usize = 4096;

/// Examines all bytes in blocks that the compiler can turn into wide instructions. A chunk with a finding is examined
/// a second time.
pub(crate) fn survey(bytes: &[u8]) -> Survey {
    let mut seen = Survey { carriage_return: false, bracket: false, suspicious: false };
    for stretch in bytes.chunks(STRETCH) {
        let (blocks, rest) = stretch.as_chunks::<BLOCK>();
        let mut last = [b' '; BLOCK];
        for (to, from) in last.iter_mut().zip(rest) {
            *to = *from;
        }
        let marks = blocks.iter().fold(Marks::default(), Marks::and).and(&last);
        if marks.odd.iter().fold(0, |all, odd| all | odd) != 0 {
            seen.carriage_return |= memchr(b'\r', stretch).is_some();
            seen.suspicious |= stretch.iter().any(|byte| *byte < b' ' && !matches!(byte, b'\n' | b'\t' | b'\r') || *byte == 0xEF);
        }
        seen.bracket |= marks.brackets.iter().fold(0, |all, bracket| all | bracket) != 0;
    }
    seen
}

/// The number of bytes that are examined at once.
const BLOCK: usize = 16;

/// What was found, by position within a block.
#[derive(Default)]
struct Marks {
    /// Control characters other than line feeds, and bytes that may start a character that XML does not allow;
    /// most of the latter are harmless.
    odd: [u8; BLOCK],
    brackets: [u8; BLOCK],
}

impl Marks {
    #[inline(always)]
    fn and(mut self, block: &[u8; BLOCK]) -> Self {
        for ((odd, bracket), byte) in self.odd.iter_mut().zip(&mut self.brackets).zip(block) {
            *odd |= all(*byte < 0x20) & all(*byte != b'\n') | all(*byte == 0xEF);
            *bracket |= all(*byte == b']');
        }
        self
    }
}

/// Rejects characters that XML 1.0 does not allow (section 2.2).
#[cold]
pub(crate) fn check(text: &str) -> Result<()> {
    let Some((offset, found)) = text.char_indices().find(|(_, c)| !is_char(*c)) else { return Ok(()) };
    let message = format!("the character U+{:04X} is not allowed in XML", u32::from(found));
    Err(locate(Error::syntax(offset, message), text))
}

/// Replaces each line end by a line feed (section 2.11).
pub(crate) fn line_ends<'a>(text: &str) -> Cow<'a, str> {
    let mut lines = String::with_capacity(text.len());
    let mut from = 0;
    for at in memchr_iter(b'\r', text.as_bytes()) {
        lines.push_str(text.get(from..at).unwrap_or_default());
        from = at + 1;
        if text.as_bytes().get(from) != Some(&b'\n') {
            lines.push('\n');
        }
    }
    lines.push_str(text.get(from..).unwrap_or_default());
    Cow::Owned(lines)
}
