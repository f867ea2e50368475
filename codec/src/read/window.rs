//! Suspends reading where the text ends before the document does. The reader then works on a window of the document: it stops between two
//! steps, saves what each open level was doing ([`Frame`]), and `again` continues in the next window, which begins with the start tags of the
//! open elements. Without a [`Window`] the text is the whole document.
//!
//! Nothing is consumed before it is known to be complete, so that a step is never undone. In the next window, the start tags of the open
//! elements are read again; what they caused the first time, such as notes, is left out then.

use memchr::memchr;

use super::progress::{Level, Progress, Seen};
use super::reader::Reader;
use super::recover::LAST;
use super::tag::Tag;
use crate::error::{Error, Facts, Position, Result, SourceLine};
use crate::note::Note;
use crate::stream::Markup;
use crate::tables::FieldInfo;
use crate::tables::matcher::Matcher;

/// The smallest offset that stands for a place in an earlier window.
const FAR: usize = usize::MAX / 2;

/// The state of reading a document window by window.
#[derive(Debug, Default)]
pub(crate) struct Window {
    /// Whether the document ends with the text.
    pub(super) last: bool,
    /// Whether reading was suspended.
    suspended: bool,
    /// Whether it was suspended between two children, and not in a child whose content is not complete.
    between: bool,
    /// Whether start tags are read again.
    pub(super) again: bool,
    /// What the open levels were doing, the innermost first.
    frames: Vec<Frame>,
    /// The offsets of the start tags of the open elements, the innermost first.
    pub(super) open: Vec<usize>,
    /// The elements with children that were read as a whole, in ascending order, by their start and end; not those within one of them.
    pub(super) passed: Vec<(usize, usize)>,
    /// Where the start tags of the open elements begin in the text, each with its offset in the document.
    pub(super) starts: Vec<(usize, usize)>,
    /// The length of these start tags together, and the offset in the document of what follows them.
    pub(super) base: (usize, usize),
    /// Places in earlier windows that errors may still be reported for.
    pub(super) far: Vec<(String, Position)>,
    /// The notes of the earlier windows.
    pub(super) notes: Vec<(Note, SourceLine)>,
    /// The part of the current line that is in earlier windows.
    pub(super) before: String,
    /// The number of errors that have their paths and positions.
    pub(super) located: usize,
    /// What the last of these errors are about.
    pub(super) facts: Vec<Facts>,
}

/// What a level was doing when reading was suspended.
#[derive(Debug)]
pub(super) struct Frame {
    pub(super) stage: Stage,
    /// The number of the item of its open child.
    pub(super) index: usize,
    pub(super) kind: FrameKind,
}

/// The state of an open level beside the child that is open in it.
#[derive(Debug)]
pub(super) enum FrameKind {
    /// The content of an element; `seen` tells whether the items seen in the open choice or group matter.
    Content { progress: Progress, matcher: Option<Box<Matcher>>, quick: bool, seen: bool },
    /// A group.
    Group { inner: Vec<(usize, Seen)> },
    /// A choice: the item of its variant, the items seen in a variant that is a group, and the number of elements of the variant that were
    /// read.
    Choice { item: Option<&'static FieldInfo>, within: Option<Seen>, count: u32 },
    /// An element that is skipped, with the number of open elements.
    Skip { open: usize },
}

/// Where in a level reading was suspended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stage {
    /// Between two children.
    Between,
    /// In a child with text.
    Text,
    /// In a child with children or attributes.
    Element,
    /// In a choice or group.
    Within,
    /// In a child that is skipped.
    Skipped,
}

impl Window {
    /// Begins the window with these start tags, each given by its length and its offset in the document. `base` is the offset in the document
    /// of what follows them.
    pub(crate) fn begin(&mut self, tags: &[(usize, usize)], base: usize, last: bool) {
        let mut at = 0;
        self.starts.clear();
        for (len, offset) in tags {
            self.starts.push((at, *offset));
            at += len;
        }
        (self.base, self.last) = ((at, base), last);
        (self.suspended, self.between, self.again) = (false, false, !tags.is_empty());
        self.open.clear();
        self.passed.clear();
    }

    /// Records that an element was read as a whole.
    pub(super) fn pass(&mut self, start: usize, end: usize) {
        while self.passed.pop_if(|(inner, _)| *inner >= start).is_some() {}
        self.passed.push((start, end));
    }

    /// Returns the place in an earlier window that an offset stands for.
    pub(super) fn far(&self, at: usize) -> Option<&(String, Position)> {
        self.far.get(at.checked_sub(FAR)?)
    }

    /// Keeps a place, and returns an offset that stands for it.
    pub(super) fn keep(&mut self, place: (String, Position)) -> usize {
        self.far.push(place);
        FAR + self.far.len() - 1
    }

    /// Returns the line of an offset in the text, which has this position.
    pub(super) fn line(&self, text: &str, at: usize, position: Position) -> SourceLine {
        match self.starts.iter().rev().find(|(start, _)| *start <= at).filter(|_| at < self.base.0) {
            // Of what is before the window, only the start tags are there.
            Some((start, _)) => {
                let end = self.starts.iter().map(|(at, _)| *at).find(|at| at > start).unwrap_or(self.base.0);
                SourceLine::around("", text.get(*start..end).unwrap_or_default(), at - start, position.column)
            }
            None if is_far(at) => SourceLine::around("", "", 0, position.column),
            None => SourceLine::around(&self.before, text.get(self.base.0..).unwrap_or_default(), at - self.base.0, position.column),
        }
    }

    /// Returns whether one of the last errors is about the same place in the same way.
    pub(super) fn is_repeated(&self, errors: &[Error], error: &Error) -> bool {
        let new = errors.get(self.located..).unwrap_or_default();
        let facts = self.facts_of(error);
        new.iter().rev().take(LAST).any(|known| known.repeats(error))
            || self.facts.iter().rev().take(LAST.saturating_sub(new.len())).any(|known| *known == facts)
    }

    /// Returns what an error is about, with its offset in the document.
    pub(super) fn facts_of(&self, error: &Error) -> Facts {
        let (kind, offset, step) = error.facts();
        (kind, offset.map(|at| self.absolute(at)), step)
    }

    /// Returns the offset in the document for an offset in the text.
    pub(super) fn absolute(&self, at: usize) -> usize {
        if let Some((_, position)) = self.far(at) {
            return position.offset;
        }
        match self.starts.iter().rev().find(|(start, _)| *start <= at).filter(|_| at < self.base.0) {
            Some((start, offset)) => offset + (at - start),
            None => self.base.1 + at.saturating_sub(self.base.0),
        }
    }
}

/// Returns whether an offset stands for a place in an earlier window.
pub(super) fn is_far(at: usize) -> bool {
    at >= FAR
}

impl Reader<'_> {
    /// Returns the offsets of the start tags of the elements that are open because reading was suspended, the outermost first.
    pub(crate) fn open(&self) -> Vec<usize> {
        self.window.iter().flat_map(|window| window.open.iter().rev().copied()).collect()
    }

    /// Adds the root element to the open elements.
    pub(crate) fn keep_open(&mut self, root: &Tag) {
        if let Some(window) = &mut self.window {
            window.open.push(root.at);
        }
    }

    /// Returns the offset from which reading goes on.
    pub(crate) fn cursor(&self) -> usize {
        self.at
    }

    /// Returns whether reading was suspended, so that the error that ended it does not concern the document.
    pub fn is_suspended(&self) -> bool {
        self.window.as_ref().is_some_and(|window| window.suspended)
    }

    /// Returns whether a level that was open in the last window is entered again.
    #[inline]
    pub fn resumes(&self) -> bool {
        self.window.as_ref().is_some_and(|window| !window.frames.is_empty())
    }

    /// Returns whether a start tag is read again, so that nothing is reported for it.
    #[inline]
    pub(super) fn is_again(&self) -> bool {
        self.window.as_ref().is_some_and(|window| window.again)
    }

    /// Ends reading start tags again.
    #[inline]
    pub(super) fn new_from_here(&mut self) {
        if let Some(window) = &mut self.window {
            window.again = false;
        }
    }

    /// Returns the offset in the document for an offset in the text.
    pub(super) fn absolute(&self, at: usize) -> usize {
        self.window.as_ref().map_or(at, |window| window.absolute(at))
    }

    pub(super) fn pop_frame(&mut self) -> Option<Frame> {
        self.window.as_mut()?.frames.pop()
    }

    /// Suspends reading unless the text up to the next tag, and this tag, are complete.
    #[cold]
    pub(super) fn next_is_here(&mut self) -> Result<()> {
        self.new_from_here();
        if self.is_last() || next_tag(self.text.get(self.at..).unwrap_or_default()).is_some() { Ok(()) } else { Err(self.suspend(true)) }
    }

    /// Suspends reading unless the content and the end tag of the element whose start tag was read are complete.
    #[cold]
    pub(super) fn whole_is_here(&mut self, tag: &Tag) -> Result<()> {
        self.new_from_here();
        if tag.empty || self.is_last() || ends(self.text.get(self.at..).unwrap_or_default()) { Ok(()) } else { Err(self.suspend(false)) }
    }

    fn is_last(&self) -> bool {
        self.window.as_ref().is_none_or(|window| window.last)
    }

    #[cold]
    fn suspend(&mut self, between: bool) -> Error {
        if let Some(window) = &mut self.window {
            (window.suspended, window.between) = (true, between);
        }
        Error::syntax(self.at, "the text ends here")
    }

    /// Saves the state of an element whose children are being read, if an error means that reading was suspended. `stage` tells what the level
    /// was doing if it was the innermost one.
    #[cold]
    pub(super) fn suspended(&mut self, error: Error, level: &mut Level, stage: Stage) -> Error {
        if !self.is_suspended() {
            return error;
        }
        let matcher = level.matcher.take().and_then(|outer| std::mem::replace(&mut self.matcher, outer));
        let (progress, quick, seen) = (std::mem::take(&mut level.progress), level.quick, level.child.seen);
        self.push_frame(level.child.tag.at, level.child.index, stage, FrameKind::Content { progress, matcher, quick, seen });
        error
    }

    /// Saves the state of a group or choice, as `suspended` does, given the start of the open child and the number of its item.
    #[cold]
    pub(super) fn suspended_in(
        &mut self,
        error: Error,
        (at, index): (usize, usize),
        stage: Stage,
        kind: impl FnOnce() -> FrameKind,
    ) -> Error {
        if self.is_suspended() {
            self.push_frame(at, index, stage, kind());
        }
        error
    }

    fn push_frame(&mut self, at: usize, index: usize, stage: Stage, kind: FrameKind) {
        let Some(window) = &mut self.window else { return };
        let stage = match window.frames.last().map(|inner| &inner.kind) {
            None if window.between => Stage::Between,
            None => stage,
            Some(FrameKind::Skip { .. }) => Stage::Skipped,
            Some(FrameKind::Content { .. }) => Stage::Element,
            Some(FrameKind::Group { .. } | FrameKind::Choice { .. }) => Stage::Within,
        };
        if !matches!(stage, Stage::Between | Stage::Within) {
            window.open.push(at);
        }
        window.frames.push(Frame { stage, index, kind });
    }

    /// Saves the open elements of an element that is skipped, and suspends reading.
    #[cold]
    fn suspended_skip(&mut self, open: &[Tag]) -> Error {
        let error = self.suspend(false);
        if let Some(window) = &mut self.window {
            // The level around the element saves its own start.
            window.open.extend(open.iter().skip(1).rev().map(|tag| tag.at));
            window.frames.push(Frame { stage: Stage::Skipped, index: 0, kind: FrameKind::Skip { open: open.len() } });
        }
        error
    }

    /// Skips an element whose start tag was read, as `skip` does, step by step.
    #[cold]
    pub(super) fn skip_in_window(&mut self, tag: &Tag) -> Result<()> {
        let mut open = vec![*tag];
        if self.resumes()
            && let Some(Frame { kind: FrameKind::Skip { open: count }, .. }) = self.pop_frame()
        {
            while open.len() < count {
                open.push(self.start_tag()?);
            }
        }
        self.new_from_here();
        while let Some(inner) = open.last().copied() {
            if !self.is_last() && next_tag(self.text.get(self.at..).unwrap_or_default()).is_none() {
                return Err(self.suspended_skip(&open));
            }
            self.characters()?;
            if self.rest().starts_with("</") {
                self.end_tag(&inner)?;
                self.closed(inner.mark)?;
                open.pop();
                continue;
            }
            let child = self.start_tag()?;
            self.check_attribute_count(&child, 0)?;
            if child.empty {
                self.closed(child.mark)?;
            } else {
                open.push(child);
                self.check_depth(open.len(), &child)?;
            }
        }
        Ok(())
    }
}

/// Returns the offset behind the next tag in the text; `None` if the tag is not complete. What is wrong counts as complete.
fn next_tag(text: &str) -> Option<(usize, Markup)> {
    let mut at = 0;
    loop {
        let rest = text.get(at..)?;
        let found = memchr(b'<', rest.as_bytes())?;
        let markup = Markup::of(rest.get(found..)?)?;
        at += found;
        match markup {
            Markup::Start { len, .. } | Markup::End { len } => return Some((at + len, markup)),
            Markup::Aside { len } | Markup::Section { len } => at += len,
            Markup::Declaration => return Some((at + 2, markup)),
        }
    }
}

/// Returns whether the text has the end tag of the element in whose content it begins.
fn ends(text: &str) -> bool {
    let (mut at, mut depth) = (0, 1_usize);
    while let Some((end, markup)) = next_tag(text.get(at..).unwrap_or_default()) {
        at += end;
        match markup {
            Markup::Start { empty: false, .. } => depth += 1,
            Markup::End { .. } if depth == 1 => return true,
            Markup::End { .. } => depth -= 1,
            _ => {}
        }
    }
    false
}
