//! Finds the end of a tag or other markup, and of a whole element, in text that starts between tags. It does
//! not check that the markup is well-formed; the reader does that.

use memchr::{memchr, memmem};

use crate::text::bytes::tag_len;

/// A piece of markup that starts with `<`, with its length.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Markup {
    /// A start tag, `<name ...>`.
    Start { len: usize, empty: bool },
    /// An end tag, `</name>`.
    End { len: usize },
    /// A comment, `<!-- ... -->`, or a processing instruction, `<? ... ?>`.
    Aside { len: usize },
    /// A CDATA section, `<![CDATA[ ... ]]>`.
    Section { len: usize },
    /// A document type declaration or anything else that starts with `<!`.
    Declaration,
}

impl Markup {
    /// Returns the markup at the start of the text, or `None` if its end has not been read yet.
    pub(crate) fn of(text: &str) -> Option<Self> {
        let bytes = text.as_bytes();
        let upto = |start: usize, end: &str| Some(start + memmem::find(bytes.get(start..)?, end.as_bytes())? + end.len());
        match bytes.get(1)? {
            b'?' => upto(2, "?>").map(|len| Self::Aside { len }),
            b'!' if is_start_of(text, "<!--") => upto("<!--".len(), "-->").map(|len| Self::Aside { len }),
            b'!' if is_start_of(text, "<![CDATA[") => upto("<![CDATA[".len(), "]]>").map(|len| Self::Section { len }),
            b'!' => Some(Self::Declaration),
            b'/' => memchr(b'>', bytes).map(|at| Self::End { len: at + 1 }),
            _ => {
                let len = tag_len(bytes)?;
                Some(Self::Start { len, empty: bytes.get(..len)?.ends_with(b"/>") })
            }
        }
    }
}

/// Returns whether the text starts with `start`, or may do so once more of it has been read.
fn is_start_of(text: &str, start: &str) -> bool {
    text.starts_with(start) || start.starts_with(text)
}

/// Returns the name in a start tag or an end tag.
pub(super) fn name_of(tag: &str) -> &str {
    let name = tag.trim_start_matches(['<', '/']);
    name.split([' ', '\t', '\n', '\r', '>', '/']).next().unwrap_or_default()
}

/// Returns the local part of a name.
pub(super) fn local_of(name: &str) -> &str {
    name.rsplit_once(':').map_or(name, |(_, local)| local)
}

/// Returns the length of the element that starts here, or `None` if its end has not been read yet.
pub(super) fn element_len(text: &str) -> Option<usize> {
    let (mut at, mut depth) = (0, 0_usize);
    loop {
        let rest = text.get(at..)?;
        at += memchr(b'<', rest.as_bytes())?;
        let (len, opened, closed) = match Markup::of(text.get(at..)?)? {
            Markup::Start { len, empty } => (len, true, empty),
            Markup::End { len } => (len, false, true),
            Markup::Aside { len } | Markup::Section { len } => (len, false, false),
            Markup::Declaration => (2, false, false),
        };
        at += len;
        depth += usize::from(opened);
        depth = depth.saturating_sub(usize::from(closed));
        if depth == 0 && closed {
            return Some(at);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_element_ends_at_its_own_end_tag() {
        for (text, end) in [
            ("<a/>x", Some(4)),
            ("<a>b</a>x", Some(8)),
            ("<a><a/></a>x", Some(11)),
            ("<a b='>' c=\"'/>\"></a>x", Some(21)),
            ("<a><!-- </a> --></a>x", Some(20)),
            ("<a><![CDATA[</a>]]></a>x", Some(23)),
            ("<a><?p </a>?></a>x", Some(17)),
            ("<a><b>", None),
            ("<a>&lt;</a", None),
            ("<a b='", None),
            ("<", None),
            ("<a><!", None),
            ("<a><![CDA", None),
        ] {
            assert_eq!(element_len(text), end, "{text}");
        }
    }

    #[test]
    fn what_is_not_there_yet_is_nothing() {
        let text = "<e a=\"x>y\"><!-- > --><![CDATA[>]]></e>";
        for cut in 0..text.len() {
            assert_eq!(element_len(&text[..cut]), None, "{cut}");
        }
    }
}
