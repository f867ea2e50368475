//! Measures, shortens and wraps text.
//!
//! The widths are those of Helvetica, in thousandths of the font size. Arial, Liberation Sans and Segoe UI are as wide or narrower.

use unicode_width::UnicodeWidthChar;

/// The maximum number of characters of documentation that a node keeps.
const LONGEST: usize = 600;

/// The widths of the characters from space to `~`.
const WIDTHS: [u16; 95] = [
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278,
    278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778, 667, 778, 722, 667, 611, 722,
    667, 944, 667, 667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556,
    556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
];

/// The width of a character that is not in the table and takes one column.
const OTHER: u64 = 640;

/// A font of the diagram.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Font {
    /// The size in pixels.
    pub(super) size: u32,
    /// Whether it is bold, which is wider.
    pub(super) bold: bool,
}

impl Font {
    /// Returns the width of a text in pixels, rounded up.
    pub(super) fn width(self, text: &str) -> u32 {
        self.pixels(text.chars().map(width).sum())
    }

    fn pixels(self, thousandths: u64) -> u32 {
        let scale = if self.bold { 107 } else { 100 };
        u32::try_from(thousandths.saturating_mul(u64::from(self.size) * scale).div_ceil(100_000)).unwrap_or(u32::MAX)
    }

    /// Returns the text, or its beginning with an ellipsis if it is wider than `most` pixels.
    pub(super) fn fitted(self, text: &str, most: u32) -> String {
        match self.split(text, most) {
            (whole, "") => whole.to_owned(),
            _ => format!("{}…", self.split(text, most.saturating_sub(self.width("…"))).0.trim_end()),
        }
    }

    /// Splits a text after as many characters as fit.
    fn split(self, text: &str, most: u32) -> (&str, &str) {
        let mut sum = 0;
        let wide = text.char_indices().find(|(_, c)| {
            sum += width(*c);
            self.pixels(sum) > most
        });
        wide.and_then(|(at, _)| text.split_at_checked(at)).unwrap_or((text, ""))
    }

    /// Splits a text into at most `lines` lines. The first may be narrower than the others. What does not fit ends in an ellipsis.
    pub(super) fn wrapped(self, text: &str, first: u32, rest: u32, lines: usize) -> Vec<String> {
        let mut out: Vec<String> = Vec::new();
        let mut text = text.trim();
        while !text.is_empty() && out.len() < lines {
            let most = if out.is_empty() { first } else { rest };
            if out.len() + 1 == lines {
                out.push(self.fitted(text, most));
                break;
            }
            let (line, after) = self.line(text, most);
            out.push(line.trim_end().to_owned());
            text = after.trim_start();
        }
        out
    }

    /// Splits a text after the words that fit; within the first word, if that alone is too wide.
    fn line(self, text: &str, most: u32) -> (&str, &str) {
        let (fits, after) = self.split(text, most);
        if after.is_empty() || after.starts_with(' ') {
            return (fits, after);
        }
        let end = fits.rfind(' ').or_else(|| fits.char_indices().last().map(|(at, c)| at + c.len_utf8()));
        // At least one character goes into a line, however narrow it is.
        let end = end.filter(|end| *end > 0).or_else(|| text.chars().next().map(char::len_utf8));
        end.and_then(|end| text.split_at_checked(end)).unwrap_or((text, ""))
    }
}

/// Returns the width of a character in thousandths of the font size.
fn width(c: char) -> u64 {
    let index = (c as usize).checked_sub(' ' as usize);
    match index.and_then(|index| WIDTHS.get(index)) {
        Some(width) => u64::from(*width),
        None => match c.width() {
            Some(0) | None => 0,
            Some(1) => OTHER,
            Some(_) => 1000,
        },
    }
}

/// Returns whether XML does not allow a character, or it only controls or reorders others.
pub(super) fn is_invisible(c: char) -> bool {
    c.is_control() || matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{fffe}' | '\u{ffff}')
}

/// Returns texts in one line, cut if they are long.
pub(super) fn collapsed<'t>(texts: impl IntoIterator<Item = &'t str>) -> String {
    let mut out = String::new();
    let mut left = LONGEST;
    for word in texts.into_iter().flat_map(str::split_whitespace) {
        if !out.is_empty() {
            out.push(' ');
        }
        let (fits, after) = word.char_indices().nth(left).and_then(|(at, _)| word.split_at_checked(at)).unwrap_or((word, ""));
        out.push_str(fits);
        left = left.saturating_sub(fits.chars().count() + 1);
        if left == 0 || !after.is_empty() {
            out.push('…');
            break;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    const FONT: Font = Font { size: 10, bold: false };

    #[test]
    fn texts_are_measured() {
        assert_eq!(FONT.width(""), 0);
        assert_eq!(FONT.width("~"), 6);
        assert_eq!(FONT.width("aaaa"), 23);
        assert_eq!(FONT.width("日本"), 20);
        assert_eq!(FONT.width("e\u{301}"), FONT.width("e"));
        assert!(Font { bold: true, ..FONT }.width("aaaa") > 23);
    }

    #[test]
    fn texts_are_cut_and_wrapped() {
        assert_eq!(FONT.fitted("abc", 17), "abc");
        assert_eq!(FONT.fitted("abcdef", 25), "abc…");
        assert_eq!(FONT.fitted("abc", 0), "…");
        assert_eq!(FONT.wrapped("one two three four", 20, 50, 9), ["one", "two three", "four"]);
        let two = FONT.wrapped("one two three four five six", 50, 50, 2);
        assert_eq!(two.len(), 2);
        assert!(two.iter().all(|line| FONT.width(line) <= 50) && two.last().is_some_and(|line| line.ends_with('…')), "{two:?}");
        assert!(FONT.wrapped("", 50, 50, 3).is_empty());
        assert_eq!(FONT.wrapped("日本語日本語", 30, 30, 9), ["日本語", "日本語"]);
        assert_eq!(FONT.wrapped("ab", 1, 1, 9), ["a", "b"]);
    }

    #[test]
    fn documentation_is_one_line() {
        assert_eq!(collapsed([" a\n  b ", "c"]), "a b c");
        assert!(collapsed(["word ".repeat(1000).as_str()]).chars().count() <= LONGEST + 2);
        assert_eq!(collapsed(["x".repeat(1000).as_str()]), "x".repeat(LONGEST) + "…");
    }
}
