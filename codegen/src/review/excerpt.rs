//! Reads the lines of a schema document that a component covers.

use std::collections::HashMap;
use std::sync::Arc;

use super::Excerpt;
use crate::compare::Side;
use crate::markup::{Piece, pieces};
use crate::model::{Model, Type};
use crate::span::{SourceText, Span};

/// The maximum number of lines of an excerpt.
const MOST: usize = 12;

/// The maximum number of characters of a line.
const WIDEST: usize = 240;

/// The texts of the documents of a side, by path.
pub(super) struct Texts<'m>(HashMap<&'m str, Text<'m>>);

struct Text<'m> {
    source: &'m Arc<SourceText>,
    lines: Vec<&'m str>,
    /// The offsets at which the lines begin.
    starts: Vec<usize>,
}

impl<'m> Texts<'m> {
    pub(super) fn of(model: &'m Model) -> Self {
        let types = model.types.iter().map(|ty| match ty {
            Type::Simple(ty) => &ty.span,
            Type::Complex(ty) => &ty.span,
        });
        let spans = types.chain(model.elements.iter().map(|it| &it.span)).chain(model.attributes.iter().map(|it| &it.span));
        let spans = spans.chain(model.groups.iter().map(|it| &it.span)).chain(model.notations.iter().map(|it| &it.span));
        let mut texts = HashMap::new();
        for span in spans {
            texts.entry(&**span.path()).or_insert_with(|| Text::of(span));
        }
        Texts(texts)
    }

    /// Returns the lines of the component that begins at a place.
    pub(super) fn at(&self, side: &Side) -> Option<Excerpt> {
        let text = self.0.get(side.file.as_str())?;
        let first = usize::try_from(side.line).ok()?.checked_sub(1)?;
        let last = text.end(first).max(first);
        let lines = text.lines.get(first..=last.min(text.lines.len().saturating_sub(1)))?;
        let shown: Vec<String> = unindented(lines.get(..lines.len().min(MOST)).unwrap_or(lines));
        Some(Excerpt { side: side.clone(), more: lines.len() - shown.len(), lines: shown })
    }
}

impl<'m> Text<'m> {
    fn of(span: &'m Span) -> Self {
        let source = span.source();
        let starts: Vec<usize> = crate::span::line_starts(source.text()).collect();
        let ends = starts.iter().skip(1).copied().chain([source.text().len()]);
        let line = |(start, end): (&usize, usize)| source.text().get(*start..end).unwrap_or_default().trim_end_matches(['\n', '\r']);
        let lines = starts.iter().zip(ends).map(line).collect();
        Text { source, lines, starts }
    }

    /// Returns the line on which the element ends whose start tag is the first one on a line. An excerpt shows the first lines only, so no more than
    /// these are read.
    fn end(&self, first: usize) -> usize {
        let Some(start) = self.starts.get(first).copied() else { return first };
        let (mut depth, mut at) = (0_usize, start);
        let limit = self.starts.get(first + 400).copied().unwrap_or(usize::MAX);
        for piece in pieces(self.source.text(), start) {
            let Piece::Tag(range) = piece else { continue };
            let tag = self.source.text().get(range.clone()).unwrap_or_default();
            at = range.end.saturating_sub(1);
            match (tag.starts_with("</"), tag.ends_with("/>")) {
                (true, _) => depth = depth.saturating_sub(1),
                (false, true) => {}
                (false, false) => depth += 1,
            }
            if depth == 0 || at > limit {
                break;
            }
        }
        self.starts.partition_point(|start| *start <= at).saturating_sub(1)
    }
}

/// Returns lines without the white space that all of them begin with, tabs as four spaces.
fn unindented(lines: &[&str]) -> Vec<String> {
    let lines: Vec<String> = lines.iter().map(|line| line.replace('\t', "    ").trim_end().to_owned()).collect();
    let common =
        lines.iter().filter(|line| !line.is_empty()).map(|line| line.len() - line.trim_start_matches(' ').len()).min().unwrap_or(0);
    let cut = |line: &String| {
        let text: String = line.chars().skip(common).take(WIDEST).collect();
        if line.chars().nth(common + WIDEST).is_some() { text + "…" } else { text }
    };
    lines.iter().map(cut).collect()
}
