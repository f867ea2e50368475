//! Writes diagnostics: for people, with their source lines; as JSON; and as annotations of GitHub Actions.
//!
//! The caller chooses the stream, which may strip colours, and the exit code.

pub mod github;
#[cfg(feature = "json")]
pub mod json;

use std::io::{self, Write};
use std::ops::Range;

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use crate::diagnostic::{Diagnostic, Diagnostics, Severity, Span};

/// The maximum number of characters of a source line before and after a place that the renderer gets. It shows fewer.
const NEAR: usize = 200;

/// The maximum number of characters of a place that are marked.
const MARKED: usize = 120;

/// Writes all diagnostics and a final line with their number.
///
/// The layout is that of the Rust compiler: `error[X0102]: message`, the place, the source line with a mark under the place, then further places and the
/// remedy.
///
/// # Errors
///
/// Returns the errors of the stream.
pub fn write(diagnostics: &Diagnostics, coloured: bool, out: &mut dyn Write) -> io::Result<()> {
    for diagnostic in diagnostics.iter() {
        writeln!(out, "{}\n", one(diagnostic, coloured))?;
    }
    match count(diagnostics) {
        Some(count) => writeln!(out, "{count}"),
        None => Ok(()),
    }
}

/// Returns the number of diagnostics by severity, such as `2 errors, 1 warning`; `None` if there are none.
#[must_use]
pub fn count(diagnostics: &Diagnostics) -> Option<String> {
    let number = |severity| diagnostics.iter().filter(|d| d.severity == severity).count();
    let kinds = [
        (number(Severity::Error), "error", "errors"),
        (number(Severity::Io), "file problem", "file problems"),
        (number(Severity::Unsupported), "construct not supported", "constructs not supported"),
        (number(Severity::Warning), "warning", "warnings"),
    ];
    let parts: Vec<String> =
        kinds.iter().filter(|k| k.0 > 0).map(|(n, one, many)| format!("{n} {}", if *n == 1 { one } else { many })).collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}

/// Returns one diagnostic for people, without a line break at its end. A diagnostic without a code or a path is shown without them.
#[must_use]
pub fn one(diagnostic: &Diagnostic, coloured: bool) -> String {
    let level = match diagnostic.severity {
        Severity::Warning => Level::WARNING,
        Severity::Error | Severity::Unsupported | Severity::Io => Level::ERROR,
    };
    let title = level.clone().primary_title(clean(&diagnostic.message));
    let title = if diagnostic.code.id.is_empty() { title } else { title.id(diagnostic.code.id) };
    let mut groups = place(Group::with_title(title), &level, &diagnostic.span);
    for (span, why) in &diagnostic.related {
        let note = Level::NOTE;
        groups.extend(place(Group::with_title(note.clone().secondary_title(clean(why))), &note, span));
    }
    let help = diagnostic.help.as_ref().map(|help| Group::with_title(Level::HELP.secondary_title(clean(help))));
    let renderer = if coloured { Renderer::styled() } else { Renderer::plain() };
    match (groups.as_slice(), help) {
        // The renderer would draw a margin between them.
        ([title], Some(help)) if diagnostic.span.path().is_empty() => {
            format!("{}\n{}", renderer.render(std::slice::from_ref(title)), renderer.render(&[help]))
        }
        (_, help) => {
            groups.extend(help);
            renderer.render(&groups)
        }
    }
}

/// Adds a place to a title: the path, and the source line with a mark if it is available.
fn place<'a>(title: Group<'a>, level: &Level<'a>, span: &Span) -> Vec<Group<'a>> {
    let path = clean(span.path());
    let Some((line, range)) = span.source_line() else {
        return vec![if path.is_empty() { title } else { title.element(Origin::path(path)) }];
    };
    let (near, mark) = excerpt(line, range);
    let (number, column) = (span.line() as usize, span.column() as usize);
    let known = near.get(..mark.start).map_or(0, |before| before.chars().count()) + 1;
    let snippet = Snippet::source(near).line_start(number).annotation(AnnotationKind::Primary.span(mark));
    if known == column {
        return vec![title.element(snippet.path(path))];
    }
    // The renderer counts columns from the start of the text that it gets, so that the place in a part of a line is given separately.
    let origin = Origin::path(path).line(number).char_column(column);
    vec![title.element(origin), Group::with_level(level.clone()).element(snippet)]
}

/// Returns the part of a line near a range without characters that act on a terminal, and the range in it.
fn excerpt(line: &str, range: Range<usize>) -> (String, Range<usize>) {
    let part = |from: usize, most: usize| {
        let rest = line.get(from..).unwrap_or_default();
        rest.char_indices().nth(most).map_or(line.len(), |(at, _)| from + at)
    };
    let before = line.get(..range.start).unwrap_or(line);
    let start = before.char_indices().rev().nth(NEAR - 1).map_or(0, |(at, _)| at);
    let end = range.end.min(part(range.start, MARKED));
    let shown = |range: Range<usize>| clean(line.get(range).unwrap_or_default());
    let (before, marked, after) = (shown(start..range.start), shown(range.start..end), shown(end..part(end, NEAR)));
    let mark = before.len()..before.len() + marked.len();
    (before + &marked + &after, mark)
}

/// Replaces the characters that a terminal could interpret: control characters, and those that control text direction. A line break or a tab is kept only if
/// `kept` contains it.
#[must_use]
pub fn visible(text: &str, kept: &[char]) -> String {
    let acts = |c: char| {
        c.is_control() && !kept.contains(&c)
            || matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    text.chars().map(|c| if acts(c) { '\u{FFFD}' } else { c }).collect()
}

fn clean(text: &str) -> String {
    visible(text, &['\t'])
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::diagnostic::{Code, SourceText};

    fn shown(text: String, range: Range<usize>) -> String {
        let span = Span::new(Arc::new(SourceText::new("a.xsd", text)), range);
        one(&Diagnostic::error(Code { id: "X0102", rule: "" }, span, "wrong"), false)
    }

    #[test]
    fn long_lines_are_cut_around_the_place() {
        let text = shown("a".repeat(500_000) + "b" + &"c".repeat(500_000), 500_000..500_001);
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines.first(), Some(&"error[X0102]: wrong"));
        assert!(text.contains(" --> a.xsd:1:500001\n"), "{text}");
        let source = lines.iter().position(|line| line.starts_with("1 |")).unwrap_or_default();
        let (Some(line), Some(mark)) = (lines.get(source), lines.get(source + 1)) else { unreachable!("{text}") };
        assert_eq!(mark.find('^').and_then(|at| line.chars().nth(at)), Some('b'), "{text}");
        assert!(text.len() < 1000 && line.contains("...") && line.ends_with("..."), "{text}");
        assert!(shown("a".repeat(1_000_000), 0..1_000_000).len() < 1000);
    }

    #[test]
    fn a_short_line_is_shown_as_a_whole() {
        assert_eq!(shown("<a b='é'/>".to_owned(), 3..4), "error[X0102]: wrong\n --> a.xsd:1:4\n  |\n1 | <a b='é'/>\n  |    ^");
    }

    #[test]
    fn control_characters_do_not_reach_the_terminal() {
        assert_eq!(clean("a\x1b[31m\tb\u{9b}\u{202e}c"), "a\u{FFFD}[31m\tb\u{FFFD}\u{FFFD}c");
        let text = shown("<a\u{202e}\x1b[31m b=''/>".to_owned(), 2..5);
        assert!(text.contains("<a\u{FFFD}\u{FFFD}[31m b"), "{text:?}");
    }
}
