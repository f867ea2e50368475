//! Text from schemas and bindings: escaped, with invisible characters shown by their code points.

use std::fmt::Write as _;

use maud::{Escaper, Render};

use crate::review::visible::is_hidden;

/// A text to show as it is.
pub(super) struct Text<'t>(pub(super) &'t str);

impl Render for Text<'_> {
    fn render_to(&self, out: &mut String) {
        for c in self.0.chars() {
            if is_hidden(c) {
                let _ = write!(out, "<span class=\"hidden-char\">U+{:04X}</span>", u32::from(c));
            } else {
                let _ = Escaper::new(out).write_char(c);
            }
        }
    }
}

/// Shortens a text.
pub(super) fn short(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((at, _)) => format!("{}…", text.get(..at).unwrap_or_default()),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_from_a_schema_is_markup() {
        let shown = |text: &str| Text(text).render().into_string();
        assert_eq!(shown("</script><b a=\"'&"), "&lt;/script&gt;&lt;b a=&quot;'&amp;");
        assert_eq!(shown("a\u{202e}b\0"), "a<span class=\"hidden-char\">U+202E</span>b<span class=\"hidden-char\">U+0000</span>");
        assert_eq!(short("aé𝄞x", 3), "aé𝄞…");
    }
}
