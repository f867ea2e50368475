//! Extracts the message from the body of a POST request. Nearly all clients post the message itself, whatever content type they declare.
//! Old clients post a form that holds the message in its field `XML`; the other fields (`UID`, `PWD`, `SID`, `PID`) repeat what the
//! message says and are ignored.

use std::borrow::Cow;

/// Returns the message: the body itself, or the form field `XML`.
pub(crate) fn message(body: &[u8]) -> Cow<'_, [u8]> {
    let starts_as_xml = body.iter().find(|byte| !byte.is_ascii_whitespace()).is_none_or(|byte| matches!(byte, b'<' | 0 | 0x80..));
    if starts_as_xml {
        return Cow::Borrowed(body);
    }
    let field = body.split(|byte| *byte == b'&').find_map(|pair| pair.strip_prefix(b"XML="));
    field.map_or(Cow::Borrowed(body), |value| Cow::Owned(decode(value)))
}

fn decode(value: &[u8]) -> Vec<u8> {
    let mut decoded = Vec::with_capacity(value.len());
    let mut rest = value;
    while let [first, after @ ..] = rest {
        rest = after;
        match (first, after) {
            (b'%', [high, low, tail @ ..]) => match (digit(*high), digit(*low)) {
                (Some(high), Some(low)) => {
                    decoded.push(high << 4 | low);
                    rest = tail;
                }
                _ => decoded.push(b'%'),
            },
            (b'+', _) => decoded.push(b' '),
            (byte, _) => decoded.push(*byte),
        }
    }
    decoded
}

fn digit(byte: u8) -> Option<u8> {
    char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_stay_and_forms_are_opened() {
        for xml in ["<a/>", "\n <a/>", "\u{feff}<a/>", "", "  "] {
            assert_eq!(message(xml.as_bytes()), xml.as_bytes());
        }
        assert_eq!(&*message(b"UID=a&XML=%3Ca%3E1+%2B%2%3C/a%3E&PID=b"), b"<a>1 +%2</a>");
        assert_eq!(&*message(b"nonsense"), b"nonsense");
    }
}
