//! Makes XML that is kept well-formed. Tolerant mode may accept an `&` that starts no reference, which is escaped here, and prefixes that nothing
//! declares, which are taken from the names here: such a name has no namespace.

use std::borrow::Cow;

use memchr::{memchr, memchr2};

use super::chars::resolve;
use super::tag::split;
use crate::simple::is_space;

/// A piece of XML that is kept.
pub(super) struct Mended<'x> {
    pub(super) text: Cow<'x, str>,
    /// Whether its first start tag was given a default namespace.
    pub(super) default: bool,
}

/// An attribute as it is written in a start tag.
#[derive(Debug, Clone, Copy)]
pub(crate) struct RawAttribute<'x> {
    pub(crate) name: &'x str,
    /// The value with its references, without quotes.
    pub(crate) value: &'x str,
    /// The attribute with its quotes.
    pub(crate) text: &'x str,
}

/// Splits what follows the name in a start tag into attributes.
pub(crate) fn raw_attributes(mut rest: &str) -> impl Iterator<Item = RawAttribute<'_>> {
    std::iter::from_fn(move || {
        rest = rest.trim_start_matches([' ', '\t', '\n', '\r']);
        let equals = memchr(b'=', rest.as_bytes())?;
        let name = rest.get(..equals)?.trim_end_matches([' ', '\t', '\n', '\r']);
        let quoted = rest.get(equals + 1..)?.trim_start_matches([' ', '\t', '\n', '\r']);
        let (quote, inner) = quoted.split_at_checked(1)?;
        let length = inner.find(quote)?;
        let end = rest.len() - inner.len() + length + 1;
        let attribute = RawAttribute { name, value: inner.get(..length)?, text: rest.get(..end)? };
        rest = rest.get(end..)?;
        Some(attribute)
    })
}

/// Returns the name in a start tag that a text begins with.
pub(crate) fn raw_name(tag: &str) -> &str {
    let name = tag.get(1..).unwrap_or_default();
    name.get(..name.bytes().position(|byte| is_space(byte) || matches!(byte, b'/' | b'>')).unwrap_or(name.len())).unwrap_or_default()
}

/// Returns a piece of XML in a form that is well-formed. The piece stands where `default`, with its references, is the default namespace, and
/// `known` tells which prefixes mean something.
#[cold]
pub(super) fn mend<'x>(raw: &'x str, default: &'x str, known: &'x dyn Fn(&str) -> bool) -> Mended<'x> {
    let outer = Open { name: "", mark: 0, meant: default, written: default };
    let mut mender = Mender { known, out: String::with_capacity(raw.len()), declared: Vec::new(), open: vec![outer], default: false };
    let mut rest = raw;
    while !rest.is_empty() {
        let length = mender.part(rest).clamp(1, rest.len());
        rest = rest.get(length..).unwrap_or_default();
    }
    let text = if mender.out == raw { Cow::Borrowed(raw) } else { Cow::Owned(mender.out) };
    Mended { text, default: mender.default }
}

struct Mender<'x> {
    known: &'x dyn Fn(&str) -> bool,
    out: String,
    /// The prefixes that the open elements declare.
    declared: Vec<&'x str>,
    open: Vec<Open<'x>>,
    default: bool,
}

/// An open element.
#[derive(Clone, Copy)]
struct Open<'x> {
    /// Its name as it is written.
    name: &'x str,
    /// The number of prefixes that are declared outside of it.
    mark: usize,
    /// The default namespace that the document has in it, and the one that is written.
    meant: &'x str,
    written: &'x str,
}

impl<'x> Mender<'x> {
    /// Writes a text, a tag, or another part at the start of a text; returns its length.
    fn part(&mut self, rest: &'x str) -> usize {
        if rest.starts_with('&') {
            self.out.push_str(if resolve(rest, 0).is_ok() { "&" } else { "&amp;" });
            return 1;
        }
        let whole = [("<!--", "-->"), ("<![CDATA[", "]]>"), ("<?", "?>")].into_iter().find(|(start, _)| rest.starts_with(start));
        if let Some((start, end)) = whole {
            let length = rest.get(start.len()..).and_then(|inner| inner.find(end)).map_or(rest.len(), |at| start.len() + at + end.len());
            self.out.push_str(rest.get(..length).unwrap_or_default());
            return length;
        }
        if rest.starts_with('<') {
            let length = tag_len(rest);
            let tag = rest.get(..length).unwrap_or_default();
            if tag.starts_with("</") {
                self.end(tag)
            } else {
                self.start(tag)
            }
            return length;
        }
        let length = memchr2(b'<', b'&', rest.as_bytes()).unwrap_or(rest.len());
        self.out.push_str(rest.get(..length).unwrap_or_default());
        length
    }

    fn start(&mut self, tag: &'x str) {
        let is_first = self.open.len() == 1 && self.out.is_empty();
        let Some(outer) = self.open.last().copied() else { return };
        let name = raw_name(tag);
        let empty = tag.ends_with("/>");
        let inner = tag.get(1 + name.len()..tag.len() - 1 - usize::from(empty)).unwrap_or_default();
        let mark = self.declared.len();
        let declared = raw_attributes(inner).filter_map(|attribute| attribute.name.strip_prefix("xmlns:"));
        self.declared.extend(declared);
        let own = raw_attributes(inner).find(|attribute| attribute.name == "xmlns").map(|attribute| attribute.value);
        let meant = own.unwrap_or(outer.meant);
        let renamed = !self.means(name);
        let written = if renamed { "" } else { meant };
        let name = if renamed { split(name).1 } else { name };
        let strange = |attribute: &RawAttribute<'_>| !attribute.name.starts_with("xmlns:") && !self.means(attribute.name);
        if !renamed && written == own.unwrap_or(outer.written) && !raw_attributes(inner).any(|attribute| strange(&attribute)) {
            self.out.push_str(tag);
        } else {
            self.out.push('<');
            self.out.push_str(name);
            if written != own.unwrap_or(outer.written) || own.is_some() {
                self.default |= is_first;
                self.out.push_str(" xmlns=\"");
                self.out.push_str(&written.replace('"', "&quot;"));
                self.out.push('"');
            }
            for attribute in raw_attributes(inner).filter(|attribute| attribute.name != "xmlns") {
                let means = attribute.name.starts_with("xmlns:") || self.means(attribute.name);
                let surplus = if means { 0 } else { split(attribute.name).0.len() + 1 };
                self.out.push(' ');
                self.out.push_str(attribute.text.get(surplus..).unwrap_or_default());
            }
            self.out.push_str(if empty { "/>" } else { ">" });
        }
        if empty {
            self.declared.truncate(mark);
        } else {
            self.open.push(Open { name, mark, meant, written });
        }
    }

    fn end(&mut self, tag: &str) {
        let Some(open) = self.open.pop_if(|open| !open.name.is_empty()) else { return };
        self.declared.truncate(open.mark);
        let name = raw_name(tag.get(1..).unwrap_or_default());
        self.out.push_str("</");
        self.out.push_str(open.name);
        self.out.push_str(tag.get(2 + name.len()..).unwrap_or_default());
    }

    /// Returns whether a name has no prefix, or one that means something.
    fn means(&self, name: &str) -> bool {
        let prefix = split(name).0;
        prefix.is_empty() || self.declared.contains(&prefix) || (self.known)(prefix)
    }
}

/// Returns the length of the tag that a text begins with.
fn tag_len(text: &str) -> usize {
    let mut quote = None;
    for (at, byte) in text.bytes().enumerate() {
        match (byte, quote) {
            (b'>', None) => return at + 1,
            (b'"' | b'\'', None) => quote = Some(byte),
            (byte, Some(open)) if byte == open => quote = None,
            _ => {}
        }
    }
    text.len()
}
