//! Places in source files, as byte ranges of a text that they keep alive. Columns and attribute positions are computed only when a place is
//! reported.

#![deny(clippy::indexing_slicing)]

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::ops::Range;
use std::sync::Arc;

use crate::markup::StartTag;

/// The maximum number of bytes of a start tag that are searched for an attribute.
const TAG_BYTES: usize = 16 << 10;

/// The text of a file as it was read.
pub struct SourceText {
    path: Arc<str>,
    text: Box<str>,
    /// The offsets at which lines begin.
    lines: Vec<u32>,
    /// Offsets within long lines, each with the number of characters before it in its line. They avoid counting columns from the start of the line.
    columns: Vec<(u32, u32)>,
    /// The zero-based line and column in the file at which the text begins.
    start: (u32, u32),
}

impl SourceText {
    /// Creates the text of a file with a path. The text has no byte order mark.
    pub fn new(path: impl Into<Arc<str>>, text: impl Into<Box<str>>) -> Self {
        let text = text.into();
        let lines: Vec<u32> = line_starts(&text).map(offset).collect();
        SourceText { path: path.into(), columns: columns(&text, &lines), lines, text, start: (0, 0) }
    }

    /// Creates a part of the text of a file, which begins at this line and column, counted from 1.
    pub fn part(path: impl Into<Arc<str>>, text: impl Into<Box<str>>, line: u32, column: u32) -> Self {
        SourceText { start: (line.saturating_sub(1), column.saturating_sub(1)), ..Self::new(path, text) }
    }

    /// Returns the path to show.
    #[must_use]
    pub fn path(&self) -> &Arc<str> {
        &self.path
    }

    /// Returns the text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Returns the zero-based number of the line that contains an offset, and the offset at which that line begins.
    fn line_at(&self, offset: usize) -> (usize, usize) {
        let index = self.lines.partition_point(|start| *start as usize <= offset).saturating_sub(1);
        (index, self.lines.get(index).map_or(0, |start| *start as usize))
    }

    /// Returns the line and the column in the file of an offset, counted from 1.
    fn position(&self, offset: usize) -> (u32, u32) {
        let (line, start) = self.line_at(offset);
        let before = if line == 0 { self.start.1 } else { 0 };
        (number(line).saturating_add(self.start.0), number(self.column_at(start, offset)).saturating_add(before))
    }

    /// Returns the number of characters between the start of a line and an offset in it.
    fn column_at(&self, line: usize, offset: usize) -> usize {
        let index = self.columns.partition_point(|(at, _)| *at as usize <= offset);
        let known = index.checked_sub(1).and_then(|index| self.columns.get(index)).filter(|(at, _)| *at as usize >= line);
        let (from, before) = known.map_or((line, 0), |(at, before)| (*at as usize, *before as usize));
        before + self.text.get(from..offset).map_or(0, |part| part.chars().count())
    }

    /// Returns the line with a zero-based number, without its line break.
    fn line(&self, index: usize) -> Option<&str> {
        let start = *self.lines.get(index)? as usize;
        let end = self.lines.get(index + 1).map_or(self.text.len(), |next| *next as usize);
        self.text.get(start..end).map(|line| line.trim_end_matches(['\n', '\r']))
    }
}

impl fmt::Debug for SourceText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SourceText").field("path", &self.path).finish_non_exhaustive()
    }
}

/// Returns the offsets at which the lines of a text begin. A line ends with a line feed, a carriage return, or both (XML 1.0, section 2.11).
pub(crate) fn line_starts(text: &str) -> impl Iterator<Item = usize> {
    let bytes = text.as_bytes();
    let ends = memchr::memchr2_iter(b'\n', b'\r', bytes).filter(|at| !bytes.get(*at..).is_some_and(|rest| rest.starts_with(b"\r\n")));
    std::iter::once(0).chain(ends.map(|at| at + 1))
}

/// The distance in bytes between the known columns of a long line.
const COLUMN_STEP: usize = 4 << 10;

/// Returns offsets at regular distances in long lines, each with the number of characters before it in its line.
fn columns(text: &str, lines: &[u32]) -> Vec<(u32, u32)> {
    let mut columns = Vec::new();
    let ends = lines.iter().skip(1).map(|start| *start as usize).chain([text.len()]);
    for (start, end) in lines.iter().map(|start| *start as usize).zip(ends).filter(|(start, end)| end - start > COLUMN_STEP) {
        let (mut from, mut count) = (start, 0);
        let steps = (start + COLUMN_STEP..end).step_by(COLUMN_STEP);
        for at in steps.filter_map(|at| (at..end).find(|at| text.is_char_boundary(*at))) {
            count += text.get(from..at).map_or(0, |part| part.chars().count());
            columns.push((offset(at), offset(count)));
            from = at;
        }
    }
    columns
}

fn offset(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

/// A place in a source file: a range of its bytes, or the file as a whole.
///
/// It is displayed as `path:line:column`. Lines and columns count from 1; columns count characters.
#[derive(Clone)]
pub struct Span {
    source: Arc<SourceText>,
    range: Option<(u32, u32)>,
}

impl Span {
    /// Creates the place of a byte range of a text.
    #[must_use]
    pub fn new(source: Arc<SourceText>, range: Range<usize>) -> Self {
        let end = range.end.min(source.text.len());
        let range = Some((offset(range.start.min(end)), offset(end)));
        Span { source, range }
    }

    /// Creates the place of a file as a whole.
    pub fn file(path: impl Into<Arc<str>>) -> Self {
        Span { source: Arc::new(SourceText::new(path, "")), range: None }
    }

    /// Returns the path as the user or the importing schema spelled it, joined to its base.
    #[must_use]
    pub fn path(&self) -> &Arc<str> {
        &self.source.path
    }

    /// Returns the text of the file.
    #[cfg(feature = "review")]
    pub(crate) fn source(&self) -> &Arc<SourceText> {
        &self.source
    }

    /// Returns the byte range in the decoded text of the file, which has no byte order mark; `None` for the file as a whole.
    #[must_use]
    pub fn range(&self) -> Option<Range<usize>> {
        self.range.map(|(start, end)| start as usize..end as usize)
    }

    /// Returns the line on which it begins, counted from 1; 0 for the file as a whole.
    #[must_use]
    pub fn line(&self) -> u32 {
        self.range().map_or(0, |range| self.source.position(range.start).0)
    }

    /// Returns the column in characters at which it begins, counted from 1; 0 for the file as a whole.
    #[must_use]
    pub fn column(&self) -> u32 {
        self.range().map_or(0, |range| self.source.position(range.start).1)
    }

    /// Returns the line and the column after its last character, counted from 1; `None` for the file as a whole.
    #[must_use]
    pub fn end(&self) -> Option<(u32, u32)> {
        self.range().map(|range| self.source.position(range.end))
    }

    /// Returns the line on which it begins and the byte range that it covers in that line; `None` for the file as a whole.
    #[must_use]
    pub fn source_line(&self) -> Option<(&str, Range<usize>)> {
        let range = self.range()?;
        let (index, start) = self.source.line_at(range.start);
        let line = self.source.line(index)?;
        let within = |at: usize| (at - start).min(line.len());
        Some((line, within(range.start)..within(range.end)))
    }

    /// Returns the place of the name of an attribute, if this is the place of a start tag with that attribute; otherwise this place.
    #[must_use]
    pub fn attribute_name(&self, name: &str) -> Span {
        self.attribute(name).map_or_else(|| self.clone(), |(name, _)| Span::new(self.source.clone(), name))
    }

    /// Returns the place of the unquoted value of an attribute, if this is the place of a start tag with that attribute; otherwise this place.
    #[must_use]
    pub fn attribute_value(&self, name: &str) -> Span {
        self.attribute(name).map_or_else(|| self.clone(), |(_, value)| Span::new(self.source.clone(), value))
    }

    /// Returns the ranges of the name and the value of an attribute.
    fn attribute(&self, wanted: &str) -> Option<(Range<usize>, Range<usize>)> {
        let start = self.range()?.start;
        let bytes = self.source.text.as_bytes();
        let bytes = bytes.get(..start.saturating_add(TAG_BYTES)).unwrap_or(bytes);
        let mut attributes = StartTag::at(bytes, start)?;
        attributes.find(|(name, _)| bytes.get(name.clone()) == Some(wanted.as_bytes()))
    }

    /// Returns the same place in a file that is shown under another path.
    #[must_use]
    pub fn shown_as(&self, path: impl Into<Arc<str>>) -> Span {
        let (line, column) = self.source.start;
        let source = Arc::new(SourceText::part(path, self.source.text.clone(), line.saturating_add(1), column.saturating_add(1)));
        Span { source, range: self.range }
    }

    fn key(&self) -> (&str, Option<(u32, u32)>) {
        (&self.source.path, self.range)
    }
}

fn number(from_zero: usize) -> u32 {
    u32::try_from(from_zero + 1).unwrap_or(u32::MAX)
}

impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.range {
            None => f.write_str(self.path()),
            Some(_) => write!(f, "{}:{}:{}", self.path(), self.line(), self.column()),
        }
    }
}

impl fmt::Debug for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Span({self})")
    }
}

impl PartialEq for Span {
    fn eq(&self, other: &Self) -> bool {
        self.range == other.range && (Arc::ptr_eq(&self.source, &other.source) || self.source.path == other.source.path)
    }
}

impl Eq for Span {}

impl Hash for Span {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.key().hash(state);
    }
}

impl PartialOrd for Span {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Span {
    fn cmp(&self, other: &Self) -> Ordering {
        self.key().cmp(&other.key())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn span(text: &str, range: Range<usize>) -> Span {
        Span::new(Arc::new(SourceText::new("a.xsd", text)), range)
    }

    #[test]
    fn lines_and_columns_are_those_of_the_text() {
        let text = "a\r\né<b/>\rc\n";
        let shown = |part: &str| {
            let at = text.find(part).unwrap_or_else(|| unreachable!("{part}"));
            span(text, at..at + part.len()).to_string()
        };
        assert_eq!(shown("a"), "a.xsd:1:1");
        assert_eq!(shown("<b"), "a.xsd:2:2");
        assert_eq!(shown("c"), "a.xsd:3:1");
        assert_eq!(span(text, text.len()..text.len()).to_string(), "a.xsd:4:1");
        assert_eq!(Span::file("a.xsd").to_string(), "a.xsd");
        assert_eq!((span(text, 3..7).end(), Span::file("a.xsd").end()), (Some((2, 4)), None));
        assert_eq!(span(text, 3..7).source_line(), Some(("é<b/>", 0..4)));
        assert_eq!(span(text, 5..text.len()).source_line(), Some(("é<b/>", 2..6)), "no further than the line");
    }

    #[test]
    fn columns_of_long_lines_are_counted_from_near() {
        let text = format!("a\n{}<b/>\n{}<c/>", "é".repeat(20_000), "x".repeat(9_000) + &"𝄞".repeat(9_000));
        let at = |part: &str| text.find(part).map(|at| span(&text, at..at + 2)).unwrap_or_else(|| unreachable!());
        assert_eq!((at("<b").to_string(), at("<c").to_string()), ("a.xsd:2:20001".to_owned(), "a.xsd:3:18001".to_owned()));
        assert!(at("<b").source.columns.windows(2).all(|pair| matches!(pair, [(a, _), (b, _)] if a < b)));
        assert_eq!(at("<b").source.columns.len(), 40_004 / COLUMN_STEP + 45_004 / COLUMN_STEP);
    }

    #[test]
    fn attributes_are_found_in_their_tag() {
        let found = |text: &str, name: &str| {
            let (name, value) = (span(text, 0..2).attribute_name(name), span(text, 0..2).attribute_value(name));
            let part = |span: &Span| span.range().and_then(|range| text.get(range)).map(str::to_owned);
            part(&name).zip(part(&value)).filter(|(name, _)| !name.starts_with('<'))
        };
        let both = |name: &str, value: &str| Some((name.to_owned(), value.to_owned()));
        assert_eq!(found("<a x='type=\"no\"' type = 'yes'/>", "type"), both("type", "yes"));
        assert_eq!(found("<a\n  b='>'\n  name=\"é\">", "name"), both("name", "é"));
        assert_eq!(found("<a b=''/><c name='x'/>", "name"), None);
        assert_eq!(found("<a subtype='x' xml:type='y'/>", "type"), None);
        assert_eq!(found("<a name", "name"), None);
        assert_eq!(span("name='x'", 0..4).attribute_value("name").range(), Some(0..4));
    }
}
