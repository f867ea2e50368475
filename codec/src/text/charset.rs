//! Determines a character encoding from its label or from a byte order mark, and decodes bytes. `decode`
//! decides where the label comes from. Without the feature `encodings`, only the encodings that are common in
//! web services are known: UTF-8, UTF-16 and Latin-1.

use std::borrow::Cow;

/// A character encoding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Charset {
    /// UTF-8.
    Utf8,
    /// UTF-16 in little-endian byte order.
    Utf16Le,
    /// UTF-16 in big-endian byte order.
    Utf16Be,
    /// Windows-1252, which includes US-ASCII and ISO-8859-1, except that it has printable characters for most
    /// control characters from 0x80 on.
    Latin,
    /// Another encoding of the Encoding Standard.
    #[cfg(feature = "encodings")]
    Other(&'static encoding_rs::Encoding),
}

/// The characters of windows-1252 from 0x80 to 0x9F. Bytes that it does not define are control characters.
const UPPER: [char; 32] = [
    '\u{20AC}', '\u{81}', '\u{201A}', '\u{192}', '\u{201E}', '\u{2026}', '\u{2020}', '\u{2021}', '\u{2C6}', '\u{2030}', '\u{160}',
    '\u{2039}', '\u{152}', '\u{8D}', '\u{17D}', '\u{8F}', '\u{90}', '\u{2018}', '\u{2019}', '\u{201C}', '\u{201D}', '\u{2022}', '\u{2013}',
    '\u{2014}', '\u{2DC}', '\u{2122}', '\u{161}', '\u{203A}', '\u{153}', '\u{9D}', '\u{17E}', '\u{178}',
];

impl Charset {
    /// Returns the encoding that a byte order mark indicates, and the length of the mark.
    pub(crate) fn of_mark(bytes: &[u8]) -> Option<(Self, usize)> {
        match bytes {
            [0xEF, 0xBB, 0xBF, ..] => Some((Self::Utf8, 3)),
            [0xFF, 0xFE, ..] => Some((Self::Utf16Le, 2)),
            [0xFE, 0xFF, ..] => Some((Self::Utf16Be, 2)),
            _ => None,
        }
    }

    /// Returns the encoding with this label, regardless of case, or `None` if it is unknown.
    pub(crate) fn of_label(label: &str) -> Option<Self> {
        match label.trim().to_ascii_lowercase().as_str() {
            "utf-8" | "utf8" => Some(Self::Utf8),
            "utf-16" | "utf-16le" => Some(Self::Utf16Le),
            "utf-16be" => Some(Self::Utf16Be),
            "us-ascii" | "ascii" | "iso-8859-1" | "iso8859-1" | "iso_8859-1" | "latin1" | "windows-1252" | "cp1252" => Some(Self::Latin),
            #[cfg(feature = "encodings")]
            other => Self::standard(encoding_rs::Encoding::for_label_no_replacement(other.as_bytes())?),
            #[cfg(not(feature = "encodings"))]
            _ => None,
        }
    }

    #[cfg(feature = "encodings")]
    fn standard(encoding: &'static encoding_rs::Encoding) -> Option<Self> {
        Some(match encoding {
            it if it == encoding_rs::UTF_8 => Self::Utf8,
            it if it == encoding_rs::UTF_16LE => Self::Utf16Le,
            it if it == encoding_rs::UTF_16BE => Self::Utf16Be,
            it if it == encoding_rs::WINDOWS_1252 => Self::Latin,
            it => Self::Other(it),
        })
    }

    /// Returns the name of the encoding.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Utf8 => "UTF-8",
            Self::Utf16Le => "UTF-16LE",
            Self::Utf16Be => "UTF-16BE",
            Self::Latin => "windows-1252",
            #[cfg(feature = "encodings")]
            Self::Other(encoding) => encoding.name(),
        }
    }

    /// Decodes bytes; returns `None` if they are not valid in this encoding.
    pub(crate) fn decode(self, bytes: &[u8]) -> Option<Cow<'_, str>> {
        match self {
            Self::Utf8 => std::str::from_utf8(bytes).ok().map(Cow::Borrowed),
            Self::Utf16Le => utf16(bytes, u16::from_le_bytes),
            Self::Utf16Be => utf16(bytes, u16::from_be_bytes),
            Self::Latin => Some(latin(bytes)),
            #[cfg(feature = "encodings")]
            Self::Other(encoding) => encoding.decode_without_bom_handling_and_without_replacement(bytes),
        }
    }
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Option<Cow<'_, str>> {
    let (pairs, rest) = bytes.as_chunks::<2>();
    let units = pairs.iter().map(|pair| unit(*pair));
    let text: Result<String, _> = char::decode_utf16(units).collect();
    text.ok().filter(|_| rest.is_empty()).map(Cow::Owned)
}

fn latin(bytes: &[u8]) -> Cow<'_, str> {
    match std::str::from_utf8(bytes) {
        Ok(text) if text.is_ascii() => Cow::Borrowed(text),
        _ => bytes.iter().map(|byte| letter(*byte)).collect::<String>().into(),
    }
}

fn letter(byte: u8) -> char {
    match byte {
        0x80..=0x9F => UPPER.get(usize::from(byte - 0x80)).copied().unwrap_or(char::REPLACEMENT_CHARACTER),
        _ => char::from(byte),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_name_encodings() {
        for (bytes, found) in [
            (&[0xEF, 0xBB, 0xBF][..], Some((Charset::Utf8, 3))),
            (&[0xFF, 0xFE, b'<', 0], Some((Charset::Utf16Le, 2))),
            (&[0xFE, 0xFF], Some((Charset::Utf16Be, 2))),
            (&[0xEF, 0xBB], None),
            (&[0xFF], None),
            (&[0xFE, 0xFE], None),
            (b"<a/>", None),
            (b"", None),
        ] {
            assert_eq!(Charset::of_mark(bytes), found, "{bytes:?}");
        }
    }

    #[test]
    fn labels_name_encodings() {
        for (labels, charset, name) in [
            (&["UTF-8", "utf8", " utf-8\n"][..], Charset::Utf8, "UTF-8"),
            (&["UTF-16", "utf-16LE"], Charset::Utf16Le, "UTF-16LE"),
            (&["UTF-16BE"], Charset::Utf16Be, "UTF-16BE"),
            (
                &["US-ASCII", "ascii", "ISO-8859-1", "iso8859-1", "iso_8859-1", "latin1", "Windows-1252", "cp1252"],
                Charset::Latin,
                "windows-1252",
            ),
        ] {
            for label in labels {
                assert_eq!(Charset::of_label(label), Some(charset), "{label}");
            }
            assert_eq!(charset.name(), name);
        }
        for label in ["", "utf-7", "nonsense", "utf-32"] {
            assert_eq!(Charset::of_label(label), None, "{label}");
        }
        let japanese = Charset::of_label("shift_jis").map(Charset::name);
        assert_eq!(japanese, if cfg!(feature = "encodings") { Some("Shift_JIS") } else { None });
        // Other labels of the Encoding Standard for these encodings.
        #[cfg(feature = "encodings")]
        for (label, charset) in [
            ("unicode-1-1-utf-8", Charset::Utf8),
            ("csunicode", Charset::Utf16Le),
            ("unicodefffe", Charset::Utf16Be),
            ("l1", Charset::Latin),
        ] {
            assert_eq!(Charset::of_label(label), Some(charset), "{label}");
        }
    }

    /// The characters of the bytes from 0x80 to 0x9F are those of Python's `cp1252`, which leaves five bytes undefined.
    #[test]
    fn bytes_are_decoded() {
        let decoded = |charset: Charset, bytes: &[u8]| charset.decode(bytes).map(Cow::into_owned);
        let upper: Vec<u8> = (0x80..=0x9F).collect();
        let expected = "€\u{81}‚ƒ„…†‡ˆ‰Š‹Œ\u{8d}Ž\u{8f}\u{90}‘’“”•–—˜™š›œ\u{9d}žŸ";
        assert_eq!(decoded(Charset::Latin, &upper).as_deref(), Some(expected));
        for (charset, bytes, text) in [
            (Charset::Latin, &b"abc"[..], Some("abc")),
            (Charset::Latin, b"\xA0\xE9\xFF", Some("\u{a0}éÿ")),
            (Charset::Latin, "é".as_bytes(), Some("Ã©")),
            (Charset::Utf8, "é😀".as_bytes(), Some("é😀")),
            (Charset::Utf8, b"\xE9", None),
            (Charset::Utf16Le, b"a\0\xE9\0\x3D\xD8\x00\xDE", Some("aé😀")),
            (Charset::Utf16Be, b"\0a\0\xE9\xD8\x3D\xDE\x00", Some("aé😀")),
            (Charset::Utf16Le, b"a\0\xE9", None),
            (Charset::Utf16Le, b"\x3D\xD8", None),
            (Charset::Utf16Be, b"\0a\0", None),
            (Charset::Utf16Be, b"", Some("")),
        ] {
            assert_eq!(decoded(charset, bytes).as_deref(), text, "{charset:?} {bytes:?}");
        }
    }
}
