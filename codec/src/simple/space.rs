//! Handles white space in values, as defined by the `whiteSpace` facet. White space between elements is handled
//! in `read::cursor`.

use std::borrow::Cow;

use super::WhiteSpace;
use crate::text::bytes::has_below;

/// Returns whether a byte is XML white space (section 2.3).
#[inline]
pub(crate) fn is_space(byte: u8) -> bool {
    byte <= b' ' && matches!(byte, b' ' | b'\t' | b'\n' | b'\r')
}

/// Returns the text without white space at both ends.
#[inline]
pub(crate) fn trim(text: &str) -> &str {
    match text.as_bytes() {
        [first, .., last] if !is_space(*first) && !is_space(*last) => text,
        [only] if !is_space(*only) => text,
        _ => trim_slowly(text),
    }
}

#[cold]
fn trim_slowly(text: &str) -> &str {
    text.trim_matches([' ', '\t', '\n', '\r'])
}

/// Normalises the white space of a text.
pub(crate) fn normalize(text: &str, white_space: WhiteSpace) -> Cow<'_, str> {
    match white_space {
        WhiteSpace::Preserve => Cow::Borrowed(text),
        WhiteSpace::Replace if text.bytes().any(|byte| byte != b' ' && is_space(byte)) => Cow::Owned(text.replace(['\t', '\n', '\r'], " ")),
        WhiteSpace::Replace => Cow::Borrowed(text),
        WhiteSpace::Collapse => collapse(text),
    }
}

fn collapse(text: &str) -> Cow<'_, str> {
    let text = trim(text);
    let bytes = text.as_bytes();
    if !has_below::<{ b' ' + 1 }>(bytes) || !has_below::<b' '>(bytes) && !text.contains("  ") {
        return Cow::Borrowed(text);
    }
    let words: Vec<&str> = words(text).collect();
    Cow::Owned(words.join(" "))
}

/// Returns the items of a list, which are separated by white space.
pub(crate) fn words(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let from = rest.bytes().position(|byte| !is_space(byte))?;
        let word = rest.get(from..)?;
        let (word, behind) = word.split_at_checked(word.bytes().position(is_space).unwrap_or(word.len()))?;
        rest = behind;
        Some(word)
    })
}
