//! Detects the encoding of a request and encodes the answer in the same encoding, which the XML declaration of the answer then names.
//! Characters that the encoding lacks are written as character references such as `&#8364;`. The codec decodes the request itself.

use std::borrow::Cow;

/// The number of bytes at the start of a request in which the XML declaration must end.
const DECLARED_WITHIN: usize = 512;

/// The encoding of a message, under the name that the request uses for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Encoding {
    label: Cow<'static, str>,
    form: Form,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Utf8,
    Utf16 {
        big_endian: bool,
    },
    /// An encoding with one byte per character, whose code points end at `last`.
    Direct {
        last: char,
    },
    /// Another encoding of the Encoding Standard. With `plain`, only the double bytes that older definitions of it share are used.
    Table {
        table: &'static encoding_rs::Encoding,
        plain: bool,
    },
}

impl Default for Encoding {
    fn default() -> Self {
        Self { label: Cow::Borrowed("UTF-8"), form: Form::Utf8 }
    }
}

impl Encoding {
    /// Returns the encoding of a message. The first bytes decide if they identify an encoding, otherwise the XML declaration does. UTF-8
    /// is used if neither does or if the declared name is unknown.
    pub(crate) fn of(message: &[u8]) -> Self {
        let utf16 = |big_endian| Self { label: Cow::Borrowed("UTF-16"), form: Form::Utf16 { big_endian } };
        match message {
            [0xEF, 0xBB, 0xBF, ..] => Self::default(),
            [0xFE, 0xFF, ..] | [0, b'<', 0, b'?', ..] => utf16(true),
            [0xFF, 0xFE, ..] | [b'<', 0, b'?', 0, ..] => utf16(false),
            _ => declared(message).and_then(Self::named).unwrap_or_default(),
        }
    }

    /// Returns the encoding of that name and keeps the spelling of the name. Returns `None` if the name is unknown.
    pub(crate) fn named(label: &str) -> Option<Self> {
        let label = label.trim();
        let table = encoding_rs::Encoding::for_label_no_replacement(label.as_bytes())?;
        let lower = label.to_ascii_lowercase();
        let form = if table.output_encoding() == encoding_rs::UTF_8 {
            return Some(Self::default());
        } else if lower.contains("ascii") {
            Form::Direct { last: '\u{7F}' }
        } else if table == encoding_rs::WINDOWS_1252 && !lower.contains("1252") {
            Form::Direct { last: '\u{FF}' }
        } else {
            // The standard reads GB2312 as GBK and EUC-KR as code page 949, which have more characters than these names promise.
            let plain = lower.contains("2312") || table == encoding_rs::EUC_KR && !lower.contains("949");
            Form::Table { table, plain }
        };
        Some(Self { label: Cow::Owned(label.to_owned()), form })
    }

    /// Returns the name of the encoding for use in a content type.
    pub(crate) fn label(&self) -> &str {
        &self.label
    }

    /// Encodes an answer that is declared as UTF-8, and replaces the declared encoding.
    pub(crate) fn encode(&self, answer: String) -> Vec<u8> {
        if self.form == Form::Utf8 {
            return answer.into_bytes();
        }
        let declared = answer.replacen("encoding=\"UTF-8\"", &format!("encoding=\"{}\"", self.label), 1);
        match self.form {
            Form::Utf8 => declared.into_bytes(),
            Form::Utf16 { big_endian } => {
                let units = std::iter::once('\u{FEFF}').chain(declared.chars()).collect::<String>();
                let bytes = |unit: u16| if big_endian { unit.to_be_bytes() } else { unit.to_le_bytes() };
                units.encode_utf16().flat_map(bytes).collect()
            }
            Form::Direct { last } => {
                let text = referring(&declared, |char| char <= last);
                text.chars().map(|char| u8::try_from(char).unwrap_or(b'?')).collect()
            }
            Form::Table { table, plain } => table.encode(&referring(&declared, |char| has(table, plain, char))).0.into_owned(),
        }
    }
}

/// Returns the text with character references instead of characters that the encoding lacks.
fn referring(text: &str, has: impl Fn(char) -> bool) -> String {
    let mut out = String::with_capacity(text.len());
    for char in text.chars() {
        match char.is_ascii() || has(char) {
            true => out.push(char),
            false => out.push_str(&format!("&#{};", u32::from(char))),
        }
    }
    out
}

fn has(table: &'static encoding_rs::Encoding, plain: bool, char: char) -> bool {
    let mut buffer = [0; 4];
    let (bytes, _, unmappable) = table.encode(char.encode_utf8(&mut buffer));
    !unmappable && (!plain || bytes.iter().all(|byte| *byte >= 0xA1))
}

/// Returns the encoding name in the XML declaration of a message.
fn declared(message: &[u8]) -> Option<&str> {
    let start = message.get(..DECLARED_WITHIN.min(message.len()))?;
    let ascii = start.iter().position(|byte| !byte.is_ascii()).map_or(start, |end| start.split_at(end).0);
    let declaration = std::str::from_utf8(ascii).ok()?.trim_start().strip_prefix("<?xml")?;
    let (declaration, _) = declaration.split_once("?>")?;
    let value = declaration.split_once("encoding")?.1.trim_start().strip_prefix('=')?.trim_start();
    let quote = value.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
    value.get(1..)?.split_once(quote).map(|(label, _)| label)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_declaration_names_it() {
        let label = |start: &str| Encoding::of(start.as_bytes()).label().to_owned();
        assert_eq!(label("<?xml version=\"1.0\" encoding=\"iso-8859-1\"?><a/>"), "iso-8859-1");
        assert_eq!(label("\r\n <?xml version='1.0' encoding = 'BIG5' standalone='yes'?><a/>"), "BIG5");
        for start in ["", "<a encoding='BIG5'/>", "<?xml version='1.0'?>", "<?xml encoding='no-such\r\nX: y'?>", "<?xml encoding='utf8'?>"]
        {
            assert_eq!(label(start), "UTF-8", "{start}");
        }
        assert_eq!(Encoding::of(b"\xFF\xFE<\0a\0").form, Form::Utf16 { big_endian: false });
        assert_eq!(Encoding::of(b"\0<\0?\0x").form, Form::Utf16 { big_endian: true });
    }

    #[test]
    fn what_an_encoding_lacks_is_written_as_a_reference() {
        let encoded = |label: &str, text: &str| Encoding::named(label).unwrap().encode(text.to_owned());
        assert_eq!(encoded("ISO-8859-1", "\u{E9}\u{20AC}\u{4F60}"), b"\xE9&#8364;&#20320;");
        assert_eq!(encoded("windows-1252", "\u{E9}\u{20AC}"), b"\xE9\x80");
        assert_eq!(encoded("US-ASCII", "a\u{E9}"), b"a&#233;");
        assert_eq!(encoded("Shift_JIS", "\u{3042}\u{E9}"), b"\x82\xA0&#233;");
        // The first character exists in GBK but not in GB2312, the last in code page 949 but not in EUC-KR.
        assert_eq!(encoded("GB2312", "\u{4F60}\u{9F8D}"), b"\xC4\xE3&#40845;");
        assert_eq!(encoded("GBK", "\u{9F8D}"), b"\xFD\x88");
        assert_eq!(encoded("EUC-KR", "\u{AC00}\u{AC02}"), b"\xB0\xA1&#44034;");
    }

    #[test]
    fn the_answer_is_declared_so() {
        let answer = || "<?xml version=\"1.0\" encoding=\"UTF-8\"?><a>\u{E9}</a>".to_owned();
        assert_eq!(Encoding::named("Latin1").unwrap().encode(answer()), b"<?xml version=\"1.0\" encoding=\"Latin1\"?><a>\xE9</a>");
        let wide = Encoding::of(b"\xFE\xFF\0<").encode(answer());
        let units: Vec<u16> = wide.chunks(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]])).collect();
        assert_eq!(String::from_utf16(&units).unwrap(), format!("\u{FEFF}{}", answer().replace("UTF-8", "UTF-16")));
        assert_eq!(Encoding::default().encode(answer()), answer().as_bytes());
    }
}
