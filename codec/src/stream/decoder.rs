//! Decodes the bytes of a document piece by piece: checks the characters and turns line ends into line feeds.
//! `source` reads the bytes.

use std::fmt;

use crate::error::{Error, ErrorKind, Position, Result};
use crate::options::ReadOptions;
use crate::text::charset::Charset;
use crate::text::decode::{charset_of, check, line_ends, survey};

/// The number of bytes in which the XML declaration must be complete.
const DECLARATION: usize = 1024;

/// The state of the decoding.
#[derive(Default)]
pub(super) struct Decoder {
    /// The encoding, once the first bytes have revealed it.
    charset: Option<Charset>,
    /// The bytes of an incomplete character.
    raw: Vec<u8>,
    /// Whether the last piece ended with a carriage return.
    after_return: bool,
    #[cfg(feature = "encodings")]
    other: Option<encoding_rs::Decoder>,
}

impl fmt::Debug for Decoder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Decoder").field("charset", &self.charset).finish_non_exhaustive()
    }
}

impl Decoder {
    /// Decodes bytes and appends the characters to `text`, which starts at position `start`. Returns whether
    /// they contain a `]`. The position of an error is counted from the start of the document.
    ///
    /// # Errors
    /// Fails if the bytes are not valid in the encoding, if a character is not allowed in XML, or if the
    /// encoding is unknown.
    pub(super) fn decode(&mut self, bytes: &[u8], last: bool, options: &ReadOptions, text: &mut String, start: Position) -> Result<bool> {
        let Some(charset) = self.charset else { return self.begin(bytes, last, options, text, start) };
        if self.raw.is_empty() {
            return self.piece(charset, bytes, last, text, start);
        }
        let mut raw = std::mem::take(&mut self.raw);
        raw.extend_from_slice(bytes);
        self.piece(charset, &raw, last, text, start)
    }

    /// Collects bytes until the encoding can be determined.
    fn begin(&mut self, bytes: &[u8], last: bool, options: &ReadOptions, text: &mut String, start: Position) -> Result<bool> {
        self.raw.extend_from_slice(bytes);
        if !last && self.raw.len() < DECLARATION && !self.raw.contains(&b'>') {
            return Ok(false);
        }
        let (charset, mark) = charset_of(&self.raw, options)?;
        self.charset = Some(charset);
        #[cfg(feature = "encodings")]
        if let Charset::Other(encoding) = charset {
            self.other = Some(encoding.new_decoder_without_bom_handling());
        }
        let raw = std::mem::take(&mut self.raw);
        self.piece(charset, raw.get(mark..).unwrap_or_default(), last, text, start)
    }

    fn piece(&mut self, charset: Charset, bytes: &[u8], last: bool, text: &mut String, start: Position) -> Result<bool> {
        let fault = |text: &str| {
            let mut error = Error::new(ErrorKind::Encoding, format!("the bytes are not text in {} there", charset.name()));
            error.move_to(start.behind(text));
            error
        };
        #[cfg(feature = "encodings")]
        if let Some(other) = &mut self.other {
            let mut piece = String::with_capacity(other.max_utf8_buffer_length_without_replacement(bytes.len()).unwrap_or(bytes.len() * 4));
            let (result, _) = other.decode_to_string_without_replacement(bytes, &mut piece, last);
            let bracket = self.append(&piece, text, start)?;
            return if result == encoding_rs::DecoderResult::InputEmpty { Ok(bracket) } else { Err(fault(text)) };
        }
        if charset == Charset::Utf8
            && let Ok(piece) = std::str::from_utf8(bytes)
        {
            return self.append(piece, text, start);
        }
        let whole = whole(charset, bytes);
        let (whole, rest) = bytes.split_at_checked(whole).unwrap_or((bytes, &[]));
        let Some(piece) = charset.decode(whole) else {
            if charset == Charset::Utf8 {
                let valid = std::str::from_utf8(whole).map_or_else(|fault| fault.valid_up_to(), str::len);
                self.append(charset.decode(whole.get(..valid).unwrap_or_default()).as_deref().unwrap_or_default(), text, start)?;
            }
            return Err(fault(text));
        };
        let bracket = self.append(&piece, text, start)?;
        if last && !rest.is_empty() {
            return Err(fault(text));
        }
        self.raw.extend_from_slice(rest);
        Ok(bracket)
    }

    fn append(&mut self, piece: &str, text: &mut String, start: Position) -> Result<bool> {
        let seen = survey(piece.as_bytes());
        if seen.suspicious {
            check(piece).map_err(|mut error| {
                error.shift("", start.behind(text));
                error
            })?;
        }
        let after = self.after_return;
        self.after_return = piece.ends_with('\r') || after && piece.is_empty();
        let piece = if after { piece.strip_prefix('\n').unwrap_or(piece) } else { piece };
        match seen.carriage_return {
            true => text.push_str(&line_ends(piece)),
            false => text.push_str(piece),
        }
        Ok(seen.bracket)
    }
}

/// Returns the number of bytes before an incomplete last character. Invalid bytes are included.
fn whole(charset: Charset, bytes: &[u8]) -> usize {
    let is_high = |unit: u16| matches!(unit, 0xD800..=0xDBFF);
    match charset {
        Charset::Utf8 => match std::str::from_utf8(bytes) {
            Err(fault) if fault.error_len().is_none() => fault.valid_up_to(),
            _ => bytes.len(),
        },
        Charset::Utf16Le | Charset::Utf16Be => {
            let (units, rest) = bytes.as_chunks::<2>();
            let unit = if charset == Charset::Utf16Le { u16::from_le_bytes } else { u16::from_be_bytes };
            let cut = if units.last().is_some_and(|last| is_high(unit(*last))) { 2 } else { 0 };
            bytes.len() - rest.len() - cut
        }
        _ => bytes.len(),
    }
}
