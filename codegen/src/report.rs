//! Writes diagnostics for people to read: place, code, message, source line and remedy.
//!
//! The caller chooses the stream, which may strip colours, and the exit code.

use std::io::{self, Write};

use crate::diagnostic::{Diagnostic, Diagnostics, Severity, Span};

/// The maximum number of characters shown of a source line. A longer line is cut to the part around the place.
const WIDTH: usize = 120;

const BOLD: &str = "\x1b[1m";
const RED: &str = "\x1b[1;31m";
const YELLOW: &str = "\x1b[1;33m";
const BLUE: &str = "\x1b[1;34m";
const CYAN: &str = "\x1b[1;36m";
const RESET: &str = "\x1b[0m";

/// Writes all diagnostics and a final line with their number.
///
/// The format of a diagnostic is `path:line:column: error[X0102]: message`, then the source line with a mark under the place,
/// then further places and the remedy.
///
/// # Errors
///
/// Returns the errors of the stream.
pub fn write(diagnostics: &Diagnostics, coloured: bool, out: &mut dyn Write) -> io::Result<()> {
    let mut report = Report { out, coloured };
    for diagnostic in diagnostics.iter() {
        report.diagnostic(diagnostic)?;
    }
    match count(diagnostics) {
        Some(count) => writeln!(report.out, "{count}"),
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

struct Report<'o> {
    out: &'o mut dyn Write,
    coloured: bool,
}

impl Report<'_> {
    fn diagnostic(&mut self, diagnostic: &Diagnostic) -> io::Result<()> {
        let (word, colour) = match diagnostic.severity {
            Severity::Warning => ("warning", YELLOW),
            Severity::Error | Severity::Unsupported | Severity::Io => ("error", RED),
        };
        let (bold, colour, reset) = (self.ansi(BOLD), self.ansi(colour), self.ansi(RESET));
        let place = clean(&diagnostic.span.to_string());
        writeln!(
            self.out,
            "{bold}{place}:{reset} {colour}{word}[{}]{reset}{bold}: {}{reset}",
            diagnostic.code,
            clean(&diagnostic.message)
        )?;
        self.source_line(&diagnostic.span, colour)?;
        for (span, why) in &diagnostic.related {
            let blue = self.ansi(BLUE);
            writeln!(self.out, "{}: {blue}note{reset}: {}", clean(&span.to_string()), clean(why))?;
            self.source_line(span, blue)?;
        }
        if let Some(help) = &diagnostic.help {
            writeln!(self.out, "{}help{reset}: {}", self.ansi(CYAN), clean(help))?;
        }
        writeln!(self.out)
    }

    fn ansi(&self, code: &'static str) -> &'static str {
        if self.coloured { code } else { "" }
    }

    /// Writes the line of a place with a mark under it, if the line is available.
    fn source_line(&mut self, span: &Span, colour: &str) -> io::Result<()> {
        let Some((line, range)) = span.source_line() else { return Ok(()) };
        let (blue, reset) = (self.ansi(BLUE), self.ansi(RESET));
        let number = span.line().to_string();
        let margin = " ".repeat(number.len());
        let (part, column) = excerpt(line, range.start);
        let part = clean(&part);
        let indent: String = part.chars().take(column).map(|c| if c == '\t' { '\t' } else { ' ' }).collect();
        let marked = line.get(range).map_or(0, |marked| marked.chars().take(WIDTH).count());
        let under = "^".repeat(marked.min(part.chars().count().saturating_sub(column)).max(1));
        writeln!(self.out, "{blue}{number} |{reset} {part}")?;
        writeln!(self.out, "{blue}{margin} |{reset} {indent}{colour}{under}{reset}")
    }
}

/// Returns the part of a line around an offset that fits the width, and the number of characters before the offset in it.
fn excerpt(line: &str, offset: usize) -> (String, usize) {
    let before = line.get(..offset).unwrap_or(line);
    let fits = line.len() <= WIDTH || line.chars().nth(WIDTH).is_none();
    let far = before.char_indices().rev().nth(WIDTH / 2 - 1).filter(|_| !fits);
    let start = far.map_or(0, |(at, _)| at);
    let column = before.get(start..).map_or(0, |near| near.chars().count());
    let mut rest = line.get(start..).unwrap_or_default().chars();
    let part: String = rest.by_ref().take(WIDTH).collect();
    let (cut, shift) = if start == 0 { ("", 0) } else { ("…", 1) };
    let after = if rest.next().is_some() { "…" } else { "" };
    (format!("{cut}{part}{after}"), column + shift)
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
    use super::*;

    #[test]
    fn long_lines_are_cut_around_the_place() {
        let line = "a".repeat(500) + "b" + &"c".repeat(500);
        let (part, at) = excerpt(&line, 500);
        assert_eq!(part.chars().nth(at), Some('b'));
        assert!(part.chars().count() <= WIDTH + 2 && part.starts_with('…') && part.ends_with('…'));
        assert_eq!(excerpt(&line, 995).0.strip_prefix('…').map(|rest| rest.ends_with('c')), Some(true), "nothing is cut behind");
        assert_eq!(excerpt("abc", 1), ("abc".to_owned(), 1));
    }

    #[test]
    fn control_characters_do_not_reach_the_terminal() {
        assert_eq!(clean("a\x1b[31m\tb\u{9b}\u{202e}c"), "a\u{FFFD}[31m\tb\u{FFFD}\u{FFFD}c");
    }
}
