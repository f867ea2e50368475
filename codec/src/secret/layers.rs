//! Undoes the escaping of a text, one layer at a time: an answer may quote a request, or hold an address, within XML, HTML, JSON or another address.

use std::ops::Range;

/// The maximum number of layers: the text itself, and what is escaped up to three times.
const MOST: usize = 4;

/// A text without some layers of escaping, with the place of each byte in the original text.
pub(super) struct Layer {
    pub(super) text: String,
    /// For each byte and for the end, the offset in the original text. Empty for the original text itself.
    places: Vec<usize>,
}

/// Returns the text, then the text without one layer of escaping, and so on while anything is escaped.
pub(super) fn layers(text: &str) -> Vec<Layer> {
    let mut layers = vec![Layer { text: text.to_owned(), places: Vec::new() }];
    while let Some(next) = layers.last().filter(|_| layers.len() < MOST).and_then(Layer::unescaped) {
        layers.push(next);
    }
    layers
}

impl Layer {
    /// Returns the range of the original text for a range of this one.
    pub(super) fn original(&self, range: &Range<usize>) -> Range<usize> {
        let place = |at: usize| if self.places.is_empty() { at } else { self.places.get(at).copied().unwrap_or_default() };
        place(range.start)..place(range.end)
    }

    pub(super) fn is_original(&self) -> bool {
        self.places.is_empty()
    }

    /// Replaces references and escapes. Returns `None` if there are none.
    fn unescaped(&self) -> Option<Layer> {
        let mut next = Layer { text: String::with_capacity(self.text.len()), places: Vec::with_capacity(self.text.len() + 1) };
        let (mut at, mut is_changed) = (0, false);
        while let Some(rest) = self.text.get(at..).filter(|rest| !rest.is_empty()) {
            let found = match rest.as_bytes() {
                [b'&', ..] => reference(rest),
                [b'%', ..] => percent(rest),
                [b'\\', ..] => backslash(rest),
                _ => None,
            };
            is_changed |= found.is_some();
            let Some((c, length)) = found.or_else(|| rest.chars().next().map(|c| (c, c.len_utf8()))) else { break };
            next.places.extend((0..c.len_utf8()).map(|_| self.original(&(at..at)).start));
            next.text.push(c);
            at += length;
        }
        next.places.push(self.original(&(at..at)).start);
        is_changed.then_some(next)
    }
}

/// The maximum number of bytes between `&` and `;`. The end is not searched further, so that a text of many `&` takes linear time.
const LONGEST_NAME: usize = 8;

/// Returns the character of the reference at the start of a text, and the length of the reference.
fn reference(text: &str) -> Option<(char, usize)> {
    let end = text.bytes().skip(1).take(LONGEST_NAME + 1).position(|byte| byte == b';')?;
    let name = text.get(1..=end)?;
    let c = match name {
        "lt" => '<',
        "gt" => '>',
        "amp" => '&',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => ' ',
        _ => {
            let number = name.strip_prefix('#')?;
            let hex = number.strip_prefix(['x', 'X']).map(|digits| u32::from_str_radix(digits, 16));
            char::from_u32(hex.unwrap_or_else(|| number.parse()).ok()?)?
        }
    };
    Some((c, name.len() + 2))
}

/// Returns the character that is percent-encoded at the start of a text, and the length of its code.
fn percent(text: &str) -> Option<(char, usize)> {
    let byte = |at: usize| u8::from_str_radix(text.get(at..)?.strip_prefix('%')?.get(..2)?, 16).ok();
    let mut bytes = Vec::new();
    for at in (0..12).step_by(3) {
        bytes.push(byte(at)?);
        if let Some(c) = std::str::from_utf8(&bytes).ok().and_then(|text| text.chars().next()) {
            return Some((c, at + 3));
        }
    }
    None
}

/// Returns the character that is escaped with `\` at the start of a text, and the length of the escape.
fn backslash(text: &str) -> Option<(char, usize)> {
    match text.as_bytes().get(1)? {
        sign @ (b'"' | b'\'' | b'/' | b'\\') => Some((char::from(*sign), 2)),
        b'u' => Some((char::from_u32(u32::from_str_radix(text.get(2..6)?, 16).ok()?)?, 6)),
        b'x' => Some((char::from_u32(u32::from_str_radix(text.get(2..4)?, 16).ok()?)?, 4)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_layer_knows_its_places() {
        let text = "a%26lt%3B&amp;lt;\\u003c\u{e9}%C3%A9%";
        let layers = layers(text);
        let texts: Vec<&str> = layers.iter().map(|layer| layer.text.as_str()).collect();
        assert_eq!(texts, [text, "a&lt;&lt;<\u{e9}\u{e9}%", "a<<<\u{e9}\u{e9}%"]);
        let places: Vec<Range<usize>> = layers.iter().skip(2).flat_map(|layer| (1..4).map(|at| layer.original(&(at..at + 1)))).collect();
        assert_eq!(
            places.iter().map(|place| text.get(place.clone()).unwrap_or_default()).collect::<Vec<_>>(),
            ["%26lt%3B", "&amp;lt;", "\\u003c"]
        );
    }
}
