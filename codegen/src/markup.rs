//! Splits XML text into tags, text and other markup, and start tags into attributes, as byte ranges.
//!
//! It does not report text that is not well-formed: for such a tag, [`StartTag::close`] returns `None`.

#![deny(clippy::indexing_slicing)]

use std::ops::Range;

/// A part of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Piece {
    /// A tag.
    Tag(Range<usize>),
    /// Text between tags.
    Text(Range<usize>),
    /// A comment, a processing instruction or a CDATA section, in which references are not recognized.
    Opaque(Range<usize>),
}

/// Returns the pieces of a text, starting at an offset.
pub(crate) fn pieces(text: &str, from: usize) -> impl Iterator<Item = Piece> {
    let mut at = from;
    std::iter::from_fn(move || {
        let rest = text.get(at..).filter(|rest| !rest.is_empty())?;
        let start = at;
        let (length, make): (usize, fn(Range<usize>) -> Piece) = match rest.as_bytes() {
            [b'<', b'!' | b'?', ..] if let Some(length) = opaque(rest) => (length, Piece::Opaque),
            [b'<', ..] => (tag(rest.as_bytes()), Piece::Tag),
            bytes => (memchr::memchr(b'<', bytes).unwrap_or(bytes.len()), Piece::Text),
        };
        at += length;
        Some(make(start..at))
    })
}

/// Returns the length of the comment, processing instruction or CDATA section at the start of a text.
pub(crate) fn opaque(text: &str) -> Option<usize> {
    let (open, close) = [("<!--", "-->"), ("<?", "?>"), ("<![CDATA[", "]]>")].into_iter().find(|(open, _)| text.starts_with(open))?;
    let end = memchr::memmem::find(text.as_bytes().get(open.len()..)?, close.as_bytes());
    Some(end.map_or(text.len(), |end| open.len() + end + close.len()))
}

/// Returns the length of the tag at the start of a text. A `>` within quotation marks does not end the tag.
fn tag(text: &[u8]) -> usize {
    let mut at = 0;
    while let Some((found, byte)) = find(text, at, |rest| memchr::memchr3(b'>', b'"', b'\'', rest)) {
        if byte == b'>' {
            return found + 1;
        }
        let Some((close, _)) = find(text, found + 1, |rest| memchr::memchr(byte, rest)) else { break };
        at = close + 1;
    }
    text.len()
}

/// Searches the bytes from an offset on, and returns the offset and the byte that were found.
fn find(bytes: &[u8], from: usize, search: impl Fn(&[u8]) -> Option<usize>) -> Option<(usize, u8)> {
    let at = from + search(bytes.get(from..)?)?;
    bytes.get(at).map(|byte| (at, *byte))
}

/// A start tag or an empty-element tag, as an iterator over its attributes: the byte ranges of their names and values.
///
/// The iteration ends after the last attribute, or before the first that is not well-formed.
pub(crate) struct StartTag<'t> {
    bytes: &'t [u8],
    name: Range<usize>,
    at: usize,
}

impl<'t> StartTag<'t> {
    /// Reads the start tag at an offset of a text; returns `None` if there is none.
    pub(crate) fn at(bytes: &'t [u8], start: usize) -> Option<Self> {
        bytes.get(start).filter(|byte| **byte == b'<')?;
        let name = name_at(bytes, start + 1)?;
        Some(StartTag { bytes, at: name.end, name })
    }

    /// Returns the range of the element name.
    pub(crate) fn name(&self) -> Range<usize> {
        self.name.clone()
    }

    /// Returns the offset after the tag and whether its element is empty. `None` while attributes remain, or if the tag is not well-formed.
    pub(crate) fn close(&self) -> Option<(usize, bool)> {
        let at = after_space(self.bytes, self.at);
        match self.bytes.get(at..)? {
            [b'>', ..] => Some((at + 1, false)),
            [b'/', b'>', ..] => Some((at + 2, true)),
            _ => None,
        }
    }
}

impl Iterator for StartTag<'_> {
    type Item = (Range<usize>, Range<usize>);

    fn next(&mut self) -> Option<Self::Item> {
        let start = after_space(self.bytes, self.at);
        if start == self.at {
            return None;
        }
        let name = name_at(self.bytes, start)?;
        let equals = after_space(self.bytes, name.end);
        self.bytes.get(equals).filter(|byte| **byte == b'=')?;
        let open = after_space(self.bytes, equals + 1);
        let quote = *self.bytes.get(open).filter(|byte| matches!(byte, b'"' | b'\''))?;
        let (end, _) = find(self.bytes, open + 1, |rest| memchr::memchr2(quote, b'<', rest)).filter(|(_, byte)| *byte == quote)?;
        self.at = end + 1;
        Some((name, open + 1..end))
    }
}

/// Returns the range of the name at an offset, up to the next character that ends a name; `None` if it is empty.
fn name_at(bytes: &[u8], start: usize) -> Option<Range<usize>> {
    let ends = |byte: &u8| is_space(*byte) || matches!(byte, b'<' | b'>' | b'/' | b'=' | b'"' | b'\'' | b'&' | b'!' | b'?');
    let rest = bytes.get(start..)?;
    let length = rest.iter().position(ends).unwrap_or(rest.len());
    (length > 0).then_some(start..start + length)
}

fn after_space(bytes: &[u8], from: usize) -> usize {
    let rest = bytes.get(from..).unwrap_or_default();
    from + rest.iter().position(|byte| !is_space(*byte)).unwrap_or(rest.len())
}

fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documents_are_cut_into_pieces() {
        let text = "<?p '?>a<b c='>' d=\">'\"/><!-- <x> --><![CDATA[<y>]]></b \n>";
        let cut: Vec<(char, &str)> = pieces(text, 0)
            .map(|piece| match piece {
                Piece::Tag(range) => ('<', text.get(range).unwrap_or_default()),
                Piece::Text(range) => ('t', text.get(range).unwrap_or_default()),
                Piece::Opaque(range) => ('!', text.get(range).unwrap_or_default()),
            })
            .collect();
        let expected =
            [('!', "<?p '?>"), ('t', "a"), ('<', "<b c='>' d=\">'\"/>"), ('!', "<!-- <x> -->"), ('!', "<![CDATA[<y>]]>"), ('<', "</b \n>")];
        assert_eq!(cut, expected);
    }

    #[test]
    fn start_tags_that_are_not_well_formed_have_no_close() {
        let closed = |text: &str| {
            let mut tag = StartTag::at(text.as_bytes(), 0)?;
            let attributes = tag.by_ref().count();
            tag.close().map(|(end, empty)| (attributes, end, empty))
        };
        assert_eq!(closed("<a>"), Some((0, 3, false)));
        assert_eq!(closed("<a  b = 'x'\tc=\"'\" />y"), Some((2, 20, true)));
        for text in
            ["", "a", "<", "< a>", "</a>", "<!a>", "<a", "<a b>", "<a b=c>", "<a b='c'd='e'>", "<a b='<'>", "<a b='>", "<a/b>", "<a =''>"]
        {
            assert_eq!(closed(text), None, "{text}");
        }
    }
}
