//! In: diagnostics, and the files they speak of. Out: text for people: place, code, message, source line, remedy.
//! Not done here: deciding where it goes, whether a terminal shows colours (write to a stream that strips them), exit codes.

use std::collections::HashMap;
use std::io::{self, Write};
use std::path::Path;

use crate::diagnostic::{Diagnostic, Diagnostics, Part, Severity, Span};

/// Most characters of a source line that are shown; of a longer one the part around the place.
const WIDTH: usize = 120;

/// Largest file of which lines are shown.
const MAX_BYTES: u64 = 256 << 20;

const BOLD: &str = "\x1b[1m";
const RED: &str = "\x1b[1;31m";
const YELLOW: &str = "\x1b[1;33m";
const BLUE: &str = "\x1b[1;34m";
const CYAN: &str = "\x1b[1;36m";
const RESET: &str = "\x1b[0m";

/// Writes all diagnostics and a closing line with their number.
///
/// A diagnostic reads `path:line:column: error[X0102]: message`, then the source line with a mark under the place,
/// then further places and the remedy.
///
/// # Errors
///
/// Those of the stream.
pub fn write(diagnostics: &Diagnostics, coloured: bool, out: &mut dyn Write) -> io::Result<()> {
    let mut report = Report { out, coloured, sources: HashMap::new() };
    for diagnostic in diagnostics.iter() {
        report.diagnostic(diagnostic)?;
    }
    match count(diagnostics) {
        Some(count) => writeln!(report.out, "{count}"),
        None => Ok(()),
    }
}

/// The number of findings by severity, as `2 errors, 1 warning`; `None` where there are none.
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
    /// The lines of the files met.
    sources: HashMap<String, Vec<String>>,
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
        self.source_line(&diagnostic.span, diagnostic.part.as_ref(), colour)?;
        for (span, why) in &diagnostic.related {
            let blue = self.ansi(BLUE);
            writeln!(self.out, "{}: {blue}note{reset}: {}", clean(&span.to_string()), clean(why))?;
            self.source_line(span, None, blue)?;
        }
        if let Some(help) = &diagnostic.help {
            writeln!(self.out, "{}help{reset}: {}", self.ansi(CYAN), clean(help))?;
        }
        writeln!(self.out)
    }

    fn ansi(&self, code: &'static str) -> &'static str {
        if self.coloured { code } else { "" }
    }

    /// The line of a place with a mark under it, if it can be had: under the part at fault, else under the start.
    fn source_line(&mut self, span: &Span, part: Option<&Part>, colour: &str) -> io::Result<()> {
        let Some(mark) = self.mark(span, part) else { return Ok(()) };
        let (blue, reset) = (self.ansi(BLUE), self.ansi(RESET));
        let number = mark.number.to_string();
        let margin = " ".repeat(number.len());
        let (line, column) = excerpt(&mark.line, mark.column);
        let indent: String = line.chars().take(column).map(|c| if c == '\t' { '\t' } else { ' ' }).collect();
        let under = "^".repeat(mark.width.min(line.chars().count().saturating_sub(column)).max(1));
        writeln!(self.out, "{blue}{number} |{reset} {line}")?;
        writeln!(self.out, "{blue}{margin} |{reset} {indent}{colour}{under}{reset}")
    }

    fn mark(&mut self, span: &Span, part: Option<&Part>) -> Option<Mark> {
        let index = usize::try_from(span.line).ok()?.checked_sub(1)?;
        let lines = self.sources.entry(span.path.to_string()).or_insert_with(|| lines(&span.path));
        let line = lines.get(index)?;
        let column = usize::try_from(span.column).ok()?.saturating_sub(1).min(line.chars().count());
        let part = part.and_then(|part| place_of(lines.get(index..)?, column, part));
        let (down, column, width) = part.unwrap_or((0, column, 1));
        Some(Mark { number: index + down + 1, line: lines.get(index + down)?.clone(), column, width })
    }
}

/// What to show of a source.
struct Mark {
    /// From 1.
    number: usize,
    line: String,
    /// Characters before the mark.
    column: usize,
    /// Characters under which it goes.
    width: usize,
}

/// Most lines of a start tag that are searched for an attribute.
const TAG_LINES: usize = 200;

/// Where a part stands in the start tag that begins at a column of the first of these lines: lines down, characters before it, and its
/// length in characters, at least 1 and no further than its first line.
fn place_of(lines: &[String], column: usize, part: &Part) -> Option<(usize, usize, usize)> {
    let (Part::Name(name) | Part::Value(name)) = part;
    let numbered = |(row, line): (usize, &String)| {
        let characters: Vec<_> = line.chars().chain(['\n']).enumerate().map(|(at, c)| (row, at, c)).collect();
        characters.into_iter().skip(if row == 0 { column } else { 0 })
    };
    let mut tag = lines.iter().take(TAG_LINES).enumerate().flat_map(numbered).peekable();
    let (mut word, mut start, mut gap) = (String::new(), (0, 0), false);
    while let Some((row, at, c)) = tag.next() {
        match c {
            '"' | '\'' => {
                let (row, at, _) = *tag.peek()?;
                let width = tag.by_ref().take_while(|(_, _, d)| *d != c).filter(|(r, _, _)| *r == row).count();
                if word == *name {
                    return Some(match part {
                        Part::Name(_) => (start.0, start.1, word.chars().count()),
                        Part::Value(_) => (row, at, width.max(1)),
                    });
                }
                word.clear();
            }
            '>' => return None,
            '=' => gap = false,
            c if c.is_whitespace() => gap = true,
            c => {
                if std::mem::take(&mut gap) {
                    word.clear();
                }
                if word.is_empty() {
                    start = (row, at);
                }
                word.push(c);
            }
        }
    }
    None
}

/// The lines of a file; none where it cannot be read.
fn lines(path: &str) -> Vec<String> {
    let Ok(source) = crate::source::read(Path::new(path), MAX_BYTES) else { return Vec::new() };
    crate::encoding::decode_lossily(&source.bytes).lines().map(clean).collect()
}

/// The part of a line around a character that fits, and the character's index in it.
fn excerpt(line: &str, column: usize) -> (String, usize) {
    if line.chars().count() <= WIDTH {
        return (line.to_owned(), column);
    }
    let skip = column.saturating_sub(WIDTH / 2);
    let part: String = line.chars().skip(skip).take(WIDTH).collect();
    if skip == 0 { (format!("{part}…"), column) } else { (format!("…{part}…"), column - skip + 1) }
}

/// The text without characters that would drive the terminal.
fn clean(text: &str) -> String {
    text.chars().map(|c| if c.is_control() && c != '\t' { '\u{FFFD}' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_lines_are_cut_around_the_place() {
        let line = "a".repeat(500) + "b" + &"c".repeat(500);
        let (part, at) = excerpt(&line, 500);
        assert_eq!(part.chars().nth(at), Some('b'));
        assert!(part.chars().count() <= WIDTH + 2);
        assert_eq!(excerpt("abc", 1), ("abc".to_owned(), 1));
    }

    #[test]
    fn the_value_of_an_attribute_is_found_in_its_tag() {
        let lines = |text: &str| text.lines().map(str::to_owned).collect::<Vec<_>>();
        let find = |text: &str, name: &str| place_of(&lines(text), 0, &Part::Value(name.to_owned()));
        assert_eq!(find("<a x='type=\"no\"' type = 'yes'/>", "type"), Some((0, 25, 3)));
        assert_eq!(find("<a\n  b='>'\n  name=\"é\">", "name"), Some((2, 8, 1)));
        assert_eq!(find("<a b=''/><c name='x'/>", "name"), None);
        assert_eq!(find("<a subtype='x' xml:type='y'/>", "type"), None);
        assert_eq!(place_of(&lines("<a x='1'\n  tpye='y'/>"), 0, &Part::Name("tpye".to_owned())), Some((1, 2, 4)));
    }

    #[test]
    fn control_characters_do_not_reach_the_terminal() {
        assert_eq!(clean("a\x1b[31m\tb"), "a\u{FFFD}[31m\tb");
    }
}
