//! Finds the elements of a message and their positions, or reports why the text is not well-formed. Namespaces are ignored, because some
//! clients do not declare their prefixes. Validation is done by the codec.

use std::collections::HashMap;
use std::ops::Range;

use quick_xml::errors::IllFormedError;
use quick_xml::events::{BytesStart, Event};
use quick_xml::{Error, Reader};

/// An element of a text.
#[derive(Debug)]
pub(crate) struct Element<'t> {
    /// Its local name.
    pub(crate) name: &'t str,
    parent: Option<usize>,
    /// The number of its ancestors.
    depth: usize,
    /// The number of siblings with the same name before it.
    number: usize,
    /// The offset of its start tag.
    pub(crate) start: usize,
    /// The offsets of its content.
    content: usize,
    content_end: usize,
    /// The offset after its end tag.
    pub(crate) end: usize,
    /// The index of the first element after it that is not a descendant.
    next: usize,
}

/// The elements of a text in the order of their start tags.
#[derive(Debug)]
pub(crate) struct Outline<'t> {
    text: &'t str,
    elements: Vec<Element<'t>>,
}

/// A violation of well-formedness, with its offset.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct IllFormed {
    pub(crate) offset: usize,
    pub(crate) message: String,
}

impl<'t> Outline<'t> {
    /// Reads the elements of a text.
    pub(crate) fn of(text: &'t str) -> Result<Self, IllFormed> {
        let mut outline = Self { text, elements: Vec::new() };
        let (mut open, mut numbers): (Vec<usize>, HashMap<_, usize>) = (Vec::new(), HashMap::new());
        let mut reader = Reader::from_str(text);
        loop {
            let start = position(reader.buffer_position());
            let event = reader.read_event();
            let end = position(reader.buffer_position());
            match event {
                Ok(Event::Start(_)) => {
                    open.push(outline.add(&open, &mut numbers, start, end));
                }
                Ok(Event::Empty(_)) => {
                    outline.add(&open, &mut numbers, start, end);
                }
                Ok(Event::End(_)) => outline.close(open.pop(), start, end),
                Ok(Event::Eof) => break,
                Ok(_) => {}
                Err(error) => return Err(outline.ill_formed(&error, &open, start, position(reader.error_position()))),
            }
        }
        match open.last().and_then(|index| outline.elements.get(*index)) {
            Some(element) => Err(IllFormed { offset: element.start, message: format!("<{}> is not closed", element.name) }),
            None => Ok(outline),
        }
    }

    fn add(&mut self, open: &[usize], numbers: &mut HashMap<(Option<usize>, &'t str), usize>, start: usize, end: usize) -> usize {
        let parent = open.last().copied();
        let name = local_name(self.text.get(start..end).unwrap_or_default());
        let seen = numbers.entry((parent, name)).or_default();
        let next = self.elements.len() + 1;
        self.elements.push(Element { name, parent, depth: open.len(), number: *seen, start, content: end, content_end: end, end, next });
        *seen += 1;
        self.elements.len() - 1
    }

    fn close(&mut self, index: Option<usize>, start: usize, end: usize) {
        let next = self.elements.len();
        if let Some(element) = index.and_then(|index| self.elements.get_mut(index)) {
            (element.content_end, element.end, element.next) = (start, end, next);
        }
    }

    fn ill_formed(&self, error: &Error, open: &[usize], start: usize, place: usize) -> IllFormed {
        let opened = open.last().and_then(|index| self.elements.get(*index));
        let (offset, message) = match (error, opened) {
            (Error::IllFormed(IllFormedError::MismatchedEndTag { expected, found }), Some(opened)) => {
                let (line, column) = line_and_column(self.text, opened.start);
                (start, format!("</{found}> does not match <{expected}>, which was opened at {line}:{column}"))
            }
            (Error::IllFormed(IllFormedError::UnmatchedEndTag(found)), _) => (start, format!("</{found}> has no start tag")),
            (other, _) => (place, format!("it is not well-formed XML: {other}")),
        };
        IllFormed { offset, message }
    }

    /// Returns the root element.
    pub(crate) fn root(&self) -> Option<&Element<'t>> {
        self.elements.first()
    }

    /// Returns the elements with that name at a depth; the root has depth 0.
    pub(crate) fn named(&self, name: &str, depth: usize) -> Vec<usize> {
        let is_it = |element: &Element<'_>| element.name == name && element.depth == depth;
        self.elements.iter().enumerate().filter(|(_, element)| is_it(element)).map(|(index, _)| index).collect()
    }

    /// Returns the elements whose whole content is this text.
    pub(crate) fn having(&self, text: &str) -> impl Iterator<Item = usize> {
        (0..self.elements.len()).filter(move |index| self.inner(*index).trim() == text)
    }

    pub(crate) fn element(&self, index: usize) -> Option<&Element<'t>> {
        self.elements.get(index)
    }

    /// Returns the innermost element that contains the offset.
    pub(crate) fn around(&self, offset: usize) -> Option<usize> {
        let mut at = self.elements.partition_point(|element| element.start <= offset).checked_sub(1);
        while let Some(element) = at.and_then(|index| self.elements.get(index)) {
            if offset < element.end {
                return at;
            }
            at = element.parent;
        }
        None
    }

    /// Returns the names from the root to an element, each with its number among siblings of the same name.
    pub(crate) fn line(&self, index: usize) -> Vec<(&'t str, usize)> {
        let mut line = Vec::new();
        let mut at = Some(index);
        while let Some(element) = at.and_then(|index| self.elements.get(index)) {
            line.push((element.name, element.number));
            at = element.parent;
        }
        line.reverse();
        line
    }

    /// Returns the descendant that is reached by these names and numbers.
    pub(crate) fn descend(&self, from: usize, steps: &[(&str, usize)]) -> Option<usize> {
        steps.iter().try_fold(from, |parent, (name, number)| {
            let is_it = |element: &Element<'_>| element.name == *name && element.number == *number;
            self.children(parent).find(|index| self.element(*index).is_some_and(is_it))
        })
    }

    /// Returns the child elements.
    pub(crate) fn children(&self, index: usize) -> impl Iterator<Item = usize> {
        let end = self.elements.get(index).map_or(0, |element| element.next);
        let follows = move |at: &usize| self.elements.get(*at).map(|element| element.next).filter(|next| *next < end);
        std::iter::successors(Some(index + 1).filter(|first| *first < end), follows)
    }

    /// Returns the start tag and the end tag of an element; the end tag of `<a/>` is empty.
    pub(crate) fn tags(&self, index: usize) -> (&'t str, &'t str) {
        let Some(element) = self.elements.get(index) else { return ("", "") };
        let piece = |from, to| self.text.get(from..to).unwrap_or_default();
        (piece(element.start, element.content), piece(element.content_end, element.end))
    }

    /// Returns the offsets of the content of an element.
    pub(crate) fn content(&self, index: usize) -> Range<usize> {
        self.elements.get(index).map_or(0..0, |element| element.content..element.content_end)
    }

    /// Returns the content of an element as written.
    pub(crate) fn inner(&self, index: usize) -> &'t str {
        self.text.get(self.content(index)).unwrap_or_default()
    }

    /// Returns the text directly in an element, with references resolved.
    pub(crate) fn text_of(&self, index: usize) -> String {
        let mut text = String::new();
        let Some(element) = self.elements.get(index) else { return text };
        let mut reader = Reader::from_str(self.text.get(element.content..element.content_end).unwrap_or_default());
        let mut depth = 0_usize;
        loop {
            match reader.read_event() {
                Ok(Event::Start(_)) => depth += 1,
                Ok(Event::End(_)) => depth = depth.saturating_sub(1),
                Ok(Event::Text(piece)) if depth == 0 => text.push_str(&piece),
                Ok(Event::CData(piece)) if depth == 0 => text.push_str(&piece),
                Ok(Event::GeneralRef(name)) if depth == 0 => text.push_str(&unescape(&format!("&{};", &*name))),
                Ok(Event::Eof) | Err(_) => return text,
                Ok(_) => {}
            }
        }
    }

    /// Returns the attributes of an element: qualified names and values.
    pub(crate) fn attributes(&self, index: usize) -> Vec<(String, String)> {
        let tag = self.elements.get(index).and_then(|element| self.text.get(element.start..element.content)).unwrap_or_default();
        let inner = tag.trim_start_matches('<').trim_end_matches('>').trim_end_matches('/');
        let name = inner.find(|c: char| c.is_whitespace()).unwrap_or(inner.len());
        let start = BytesStart::from_content(inner, name);
        let mut attributes = start.attributes();
        let found = attributes.with_checks(false).flatten();
        found.map(|attribute| (attribute.key.as_ref().to_owned(), unescape(&attribute.value))).collect()
    }
}

/// Resolves the predefined references in a text.
fn unescape(raw: &str) -> String {
    quick_xml::escape::unescape(raw).map_or_else(|_| raw.to_owned(), std::borrow::Cow::into_owned)
}

fn position(offset: u64) -> usize {
    usize::try_from(offset).unwrap_or(usize::MAX)
}

/// Returns the local name in a tag.
fn local_name(tag: &str) -> &str {
    let name = tag.trim_start_matches('<').split(|c: char| c.is_whitespace() || matches!(c, '>' | '/')).next().unwrap_or_default();
    name.rsplit_once(':').map_or(name, |(_, local)| local)
}

/// Returns the line and the column in characters of an offset, both from 1.
pub(crate) fn line_and_column(text: &str, offset: usize) -> (u32, u32) {
    let before = text.get(..offset.min(text.len())).unwrap_or(text);
    let line = before.bytes().filter(|byte| *byte == b'\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    let number = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    (number(line), number(column))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_are_found_by_place_and_by_name() {
        let text = "<?xml version=\"1.0\"?>\n<r><a>1</a>\n <x:a k='v&amp;'>2 &lt;</x:a><b/></r><!-- end -->";
        let outline = Outline::of(text).unwrap();
        let second = outline.around(text.find("2 &lt;").unwrap()).unwrap();
        assert_eq!(outline.line(second), [("r", 0), ("a", 1)]);
        assert_eq!((outline.text_of(second).as_str(), outline.descend(0, &[("a", 1)])), ("2 <", Some(second)));
        assert_eq!((outline.children(0).count(), outline.children(second).count()), (3, 0));
        assert_eq!(outline.attributes(second), [("k".to_owned(), "v&".to_owned())]);
        assert_eq!(line_and_column(text, outline.element(second).unwrap().start), (3, 2));
        assert_eq!(outline.around(text.find("</r>").unwrap()), Some(0));
        assert_eq!((outline.around(text.len()), outline.descend(0, &[("b", 1)])), (None, None));
    }

    #[test]
    fn tags_that_do_not_match_are_told_with_both_places() {
        let told = |text: &str| Outline::of(text).unwrap_err();
        let crossed = told("<r>\n <a></b>\n</r>");
        assert_eq!((crossed.offset, crossed.message.as_str()), (8, "</b> does not match <a>, which was opened at 2:2"));
        assert_eq!(told("<r><a>").message, "<a> is not closed");
        assert_eq!(told("<r></r></r>").message, "</r> has no start tag");
        assert!(told("<r").message.starts_with("it is not well-formed XML: "));
    }
}
