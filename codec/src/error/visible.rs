//! Escapes the characters of documents that would act on a terminal instead of being shown.

use std::fmt::{self, Write};

/// Writes text with control characters, and those that control text direction, as Rust escapes. Line feeds are
/// kept, because they are between errors.
pub(crate) struct Visible<'a, 'f>(pub(crate) &'a mut fmt::Formatter<'f>);

impl Write for Visible<'_, '_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        let mut rest = text;
        while let Some((at, hidden)) = rest.char_indices().find(|(_, c)| is_hidden(*c)) {
            let (before, after) = rest.split_at_checked(at).unwrap_or((rest, ""));
            write!(self.0, "{before}{}", hidden.escape_unicode())?;
            rest = after.get(hidden.len_utf8()..).unwrap_or_default();
        }
        self.0.write_str(rest)
    }
}

fn is_hidden(c: char) -> bool {
    c.is_control() && c != '\n' || matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Shown(&'static str);

    impl fmt::Display for Shown {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            Visible(f).write_str(self.0)
        }
    }

    #[test]
    fn hidden_characters_are_escaped() {
        assert_eq!(Shown("a\u{1b}[31m\u{9b}b\u{202e}c\u{e9}\n").to_string(), "a\\u{1b}[31m\\u{9b}b\\u{202e}c\u{e9}\n");
        assert_eq!(Shown("plain").to_string(), "plain");
    }
}
