//! Writes texts of schemas as Markdown: as paragraphs, in cells of tables, and as code.

use crate::model::Docs;
use crate::plan;

/// Returns the paragraphs of a documentation.
pub(super) fn paragraphs(docs: &Docs, markdown: bool) -> Vec<String> {
    if markdown { plan::blocks(docs) } else { plan::text(docs) }
}

/// Returns a documentation for a cell of a table, which has one line. Of documentation that is Markdown, that is the first paragraph.
pub(super) fn cell(docs: &Docs, markdown: bool) -> String {
    if markdown {
        let blocks = plan::blocks(docs);
        let first = blocks.first().and_then(|text| text.split("\n\n").next()).unwrap_or_default();
        // Only a paragraph can be joined to one line.
        if !first.starts_with(['`', '~', '-', '*', '#', '>', '|', ' ', '\t']) && !first.starts_with(|c: char| c.is_ascii_digit()) {
            return in_cell(&first.split_whitespace().collect::<Vec<_>>().join(" "));
        }
    }
    in_cell(&plan::text(docs).join("<br>"))
}

/// Returns plain text as Markdown.
pub(super) fn plain(text: &str) -> String {
    plan::text(&vec![text.to_owned()]).join(" ")
}

/// Returns a name or a value as code for a cell of a table.
pub(super) fn code_cell(text: &str) -> String {
    in_cell(&plan::code(text))
}

/// Returns Markdown in which `|` does not end a cell. Code that contains `|` is written as HTML, because `\|` is ambiguous after a backslash.
pub(super) fn in_cell(markdown: &str) -> String {
    let (mut out, mut rest) = (String::with_capacity(markdown.len()), markdown);
    while let Some(c) = rest.chars().next() {
        let (now, after) = match c {
            '`' => code_span(rest),
            '\\' => {
                let length = rest.chars().take(2).map(char::len_utf8).sum();
                let (pair, after) = rest.split_at_checked(length).unwrap_or((rest, ""));
                (pair.to_owned(), after)
            }
            '|' => ("\\|".to_owned(), rest.get(1..).unwrap_or_default()),
            c => (c.to_string(), rest.get(c.len_utf8()..).unwrap_or_default()),
        };
        out.push_str(&now);
        rest = after;
    }
    out
}

/// Returns the code span at the start of a text, and the rest. Backticks that nothing closes are text.
fn code_span(text: &str) -> (String, &str) {
    let inner = text.trim_start_matches('`');
    let (fence, _) = text.split_at_checked(text.len() - inner.len()).unwrap_or_default();
    let mut from = 0;
    while let Some(at) = inner.get(from..).and_then(|rest| rest.find(fence)).map(|at| at + from) {
        let after = inner.get(at + fence.len()..).unwrap_or_default();
        let longer = after.starts_with('`') || inner.get(..at).is_some_and(|before| before.ends_with('`'));
        if !longer {
            let code = inner.get(..at).unwrap_or_default();
            let shown = if code.contains('|') { html(code.trim()) } else { format!("{fence}{code}{fence}") };
            return (shown, after);
        }
        from = at + fence.len() + after.len() - after.trim_start_matches('`').len();
    }
    (fence.to_owned(), inner)
}

/// Returns code as HTML, with every character that Markdown could interpret as a reference.
fn html(code: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || matches!(c, ' ' | '.' | ',' | ':' | ';' | '/' | '-' | '+' | '=' | '?' | '(' | ')');
    let shown: String = code.chars().map(|c| if plain(c) { c.to_string() } else { format!("&#{};", u32::from(c)) }).collect();
    format!("<code>{shown}</code>")
}

/// Returns a fenced block, whose fence is longer than any in the text.
pub(super) fn fenced(language: &str, text: &str) -> String {
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or_default();
    let fence = "`".repeat(longest.max(2) + 1);
    format!("{fence}{language}\n{}\n{fence}", text.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_hold_any_text() {
        for (text, shown) in [
            ("a|b", "a\\|b"),
            ("a\\|b", "a\\\\\\|b"),
            ("| a", "\\| a"),
            ("<b> *x* _y_", "\\<b\\> \\*x\\* \\_y\\_"),
            ("one\n\ntwo", "one<br>two"),
        ] {
            assert_eq!(cell(&vec![text.to_owned()], false), shown, "{text}");
        }
        assert_eq!(in_cell("matches `a\\|b` or ``c`|``"), "matches <code>a&#92;&#124;b</code> or <code>c&#96;&#124;</code>");
        assert_eq!(in_cell("`a` `` ` `` ```"), "`a` `` ` `` ```");
        assert_eq!(code_cell("a|b"), "<code>a&#124;b</code>");
    }

    #[test]
    fn documentation_that_is_markdown_stays_in_its_cell() {
        let cell = |text: &str| cell(&vec![text.to_owned()], true);
        assert_eq!(cell("A *word*\nand | more.\n\nNext."), "A *word* and \\| more.");
        assert_eq!(cell("- a\n- b"), "- a<br>- b");
        assert_eq!(cell("<script>"), "\\<script>");
    }

    #[test]
    fn fences_are_long_enough() {
        assert_eq!(fenced("xml", "<a>```</a>\n"), "````xml\n<a>```</a>\n````");
    }
}
