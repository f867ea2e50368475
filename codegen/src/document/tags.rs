//! Finds all start tags of a document and their attributes in document order, because the parser that builds the tree keeps no positions.
//!
//! Up to the point where the parser stops, this module recognises exactly the start tags that the parser does. The nesting depth is
//! therefore known before the parser recurses.

use std::collections::HashSet;
use std::ops::Range;

use super::Limits;
use crate::markup::{Piece, StartTag, pieces};

/// The bytes that the namespace declarations of any document may take in the tree, which has all that are in scope at each element.
const MOST_COPIED: usize = 256 << 20;

/// How many times the bytes of a larger document they may take.
const MOST_TIMES: usize = 64;

/// The bytes that a declaration takes in the tree besides its prefix and namespace.
const ENTRY: usize = 64;

/// The start tags of a document.
#[derive(Debug, Default)]
pub(super) struct Tags<'t> {
    /// The start tags in document order.
    pub(super) list: Vec<Tag<'t>>,
    /// The names of the attributes of all tags, without namespace declarations.
    attributes: Vec<&'t str>,
    /// The offset at which the scan stopped, because the markup is not well-formed there or has too many elements.
    pub(super) fault: Option<usize>,
    /// The offset of the element at which the declarations exceed their limit.
    pub(super) costly: Option<usize>,
    /// Whether no limit is exceeded and no two attributes of a tag have the same local name.
    pub(super) plain: bool,
}

/// A start tag.
#[derive(Debug)]
pub(super) struct Tag<'t> {
    /// The range from the `<` to the end of the name.
    pub(super) range: Range<usize>,
    /// The local name.
    pub(super) name: &'t str,
    attributes: Range<usize>,
}

impl<'t> Tags<'t> {
    /// Finds the start tags of a text from an offset on.
    pub(super) fn find(text: &'t str, from: usize, limits: Limits) -> Self {
        let mut tags = Tags { plain: true, ..Tags::default() };
        tags.fault = tags.read(text, from, limits).err();
        tags
    }

    /// Returns the names of the attributes of a tag as they are written, including prefixes.
    pub(super) fn attributes(&self, tag: &Tag<'t>) -> &[&'t str] {
        self.attributes.get(tag.attributes.clone()).unwrap_or_default()
    }

    fn read(&mut self, text: &'t str, from: usize, limits: Limits) -> Result<(), usize> {
        // For each open element: the declarations that it and its ancestors have.
        let mut open: Vec<Declared> = Vec::new();
        let (mut copied, most) = (0_usize, MOST_COPIED.max(text.len().saturating_mul(MOST_TIMES)));
        for piece in pieces(text, from) {
            let Piece::Tag(range) = piece else { continue };
            let start = range.start;
            if text.get(range.clone()).is_some_and(|tag| tag.starts_with("</")) {
                open.pop().ok_or(start)?;
                continue;
            }
            if self.list.len() >= limits.elements as usize {
                return Err(start);
            }
            let mut declared = open.last().copied().unwrap_or_default();
            let empty = self.tag(text, range, &mut declared).ok_or(start)?;
            self.plain &= open.len() < limits.depth as usize && declared.count + BOUND <= limits.prefixes;
            copied = copied.saturating_add(declared.bytes);
            if copied > most && self.costly.is_none() {
                self.costly = Some(start);
            }
            if !empty {
                open.push(declared);
            }
        }
        Ok(())
    }

    /// Records a start tag, and returns whether it is an empty-element tag. Returns `None` if the tag is not well-formed.
    fn tag(&mut self, text: &'t str, range: Range<usize>, declared: &mut Declared) -> Option<bool> {
        let mut tag = StartTag::at(text.as_bytes(), range.start)?;
        let from = self.attributes.len();
        let mut prefixed = false;
        for (name, value) in tag.by_ref() {
            let name = text.get(name)?;
            match name.split_once(':') {
                None if name == "xmlns" => declared.add(name.len() + value.len()),
                Some(("xmlns", _)) => declared.add(name.len() + value.len()),
                prefix => {
                    prefixed |= prefix.is_some();
                    self.attributes.push(name);
                }
            }
        }
        let (_, empty) = tag.close().filter(|(end, _)| *end == range.end)?;
        let own = self.attributes.get(from..)?;
        self.plain &= !(prefixed && own.len() > 1) || distinct(own);
        let name = text.get(tag.name())?;
        self.list.push(Tag { range: range.start..tag.name().end, name: local(name), attributes: from..self.attributes.len() });
        Some(empty)
    }
}

/// The namespace declarations in scope.
#[derive(Debug, Clone, Copy, Default)]
struct Declared {
    count: usize,
    bytes: usize,
}

impl Declared {
    fn add(&mut self, len: usize) {
        self.count += 1;
        self.bytes += len + ENTRY;
    }
}

/// The number of prefixes that are bound without a declaration: `xml`, `xmlns` and the empty prefix.
const BOUND: usize = 3;

fn distinct(names: &[&str]) -> bool {
    let mut seen = HashSet::new();
    names.iter().all(|name| seen.insert(local(name)))
}

fn local(name: &str) -> &str {
    name.split_once(':').map_or(name, |(_, local)| local)
}

#[cfg(test)]
mod tests {
    use xml::reader::{EventReader, XmlEvent};

    use super::*;
    use crate::document::events;

    const LIMITS: Limits = Limits { depth: 50, elements: 100, prefixes: 20, expansion: 1000 };

    /// Returns the names of the start tags that the parser reads before it stops, and whether it reads to the end.
    fn parsed(text: &str) -> (Vec<String>, bool) {
        let mut names = Vec::new();
        for event in EventReader::new_with_config(text.as_bytes(), events::config()) {
            match event {
                Ok(XmlEvent::StartElement { name, .. }) => names.push(name.local_name),
                Ok(_) => {}
                Err(_) => return (names, false),
            }
        }
        (names, true)
    }

    /// Returns whether the scan finds the same tags as the parser. A text with a fault counts as equal, because the parser then reads it first.
    fn agrees(text: &str) -> bool {
        let tags = Tags::find(text, 0, LIMITS);
        if tags.fault.is_some() {
            return true;
        }
        let (names, whole) = parsed(text);
        tags.list.iter().map(|tag| tag.name).take(names.len()).eq(names.iter().map(String::as_str))
            && (!whole || tags.list.len() == names.len())
    }

    /// Tests all texts that combine up to three parts on which the scan and the parser could disagree.
    #[test]
    fn tags_are_those_of_the_parser() {
        let parts = [
            "<b>",
            "</b>",
            "<c x='>'/>",
            "<!--",
            "-",
            "-->",
            "<![CDATA[",
            "]",
            "]]>",
            "<?p ",
            "?>",
            "\"",
            "'",
            "/",
            ">",
            "&lt;",
            "<d\n y = \"",
        ];
        let mut texts = vec!["<a>".to_owned()];
        for _ in 0..3 {
            texts = texts.iter().flat_map(|text| parts.map(|part| format!("{text}{part}"))).collect();
            for text in &texts {
                assert!(agrees(text), "{text}");
                assert!(agrees(&format!("{text}</a>")), "{text}</a>");
            }
        }
    }

    #[test]
    fn what_is_well_formed_has_no_fault() {
        for text in [
            "<?xml version='1.0' encoding='UTF-8'?><a/>",
            "<?xml version=\"1.0\"?><!----><?x ??><a/>",
            " <a/>\n<!-- <b> -->",
            "<a b=\"'>\" c = '\"'\n><d:é xmlns:d='u' d:f=''/>]]<![CDATA[]]]]><e\t></e\r></a >",
        ] {
            assert_eq!((Tags::find(text, 0, LIMITS).fault, parsed(text).1, agrees(text)), (None, true, true), "{text}");
        }
        for text in ["<?xml version='1.0' encoding='?>'?><a/>", "x<a/>", "<a/><b/>", "<a></a></a>"] {
            assert!(agrees(text), "{text}");
        }
    }

    #[test]
    fn what_the_tree_cannot_tell_is_not_plain() {
        let plain = |text: &str| Tags::find(text, 0, LIMITS).plain;
        assert!(plain("<a x='1' p:y='2'/>"));
        assert!(!plain("<a x='1' p:x='2'/>"));
        assert!(!plain(&"<a>".repeat(51)));
        let prefixes = |count: usize| (0..count).map(|n| format!(" xmlns:p{n}='u'")).collect::<String>();
        assert!(plain(&format!("<a{}/>", prefixes(17))));
        assert!(!plain(&format!("<a{}><b{}/></a>", prefixes(10), prefixes(10))));
    }
}
