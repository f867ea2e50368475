//! Converts `xs:documentation` and values of a schema to paragraphs of Markdown that show them as plain text.
//!
//! All Markdown and HTML in schema text is escaped: otherwise rustdoc would run fenced code as tests and render HTML elements. `markdown` handles
//! documentation that is meant to be Markdown, and `expression` describes facets in words.

use crate::model::Docs;

/// Returns the paragraphs of a component's documentation, with white space folded, links in `<>`, and Markdown syntax escaped.
pub(crate) fn text(docs: &Docs) -> Vec<String> {
    let mut number = 0;
    docs.iter().flat_map(|text| paragraphs(text)).map(|p| inert(&p, &mut number)).collect()
}

/// Splits text at blank lines. The lines of a paragraph are joined, except in lists.
fn paragraphs(text: &str) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    let mut open = false;
    for line in text.lines() {
        let words: Vec<&str> = line.split_whitespace().collect();
        let line = words.join(" ");
        match out.last_mut() {
            _ if line.is_empty() => open = false,
            Some(last) if open && !is_item(&line) => {
                last.push(' ');
                last.push_str(&line);
            }
            _ => {
                // With the next line, a sign alone would become a list item.
                open = !matches!(line.as_str(), "-" | "*");
                out.push(line);
            }
        }
    }
    out
}

/// Returns whether the line begins a list item.
pub(super) fn is_item(line: &str) -> bool {
    line.starts_with("- ") || line.starts_with("* ") || numbered(line).is_some_and(|(_, sign, _)| sign == '.')
}

/// Returns the number at the start of the line, the sign after it, and the rest, if Markdown would read the line as a list item.
fn numbered(line: &str) -> Option<(u64, char, &str)> {
    let digits = line.len() - line.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let (number, rest) = line.split_at_checked(digits)?;
    let sign = rest.chars().next().filter(|c| matches!(c, '.' | ')'))?;
    let rest = rest.get(1..).filter(|rest| rest.is_empty() || rest.starts_with(' '))?;
    (digits <= 9).then_some(())?;
    Some((number.parse().ok()?, sign, rest))
}

/// Escapes one paragraph or list item. `number` is the number of the preceding item, because Markdown renumbers items itself.
fn inert(text: &str, number: &mut u64) -> String {
    if let Some(item) = text.strip_prefix("- ").or_else(|| text.strip_prefix("* ")) {
        *number = 0;
        return format!("{} {}", text.get(..1).unwrap_or("-"), block(&prose(item)));
    }
    let (before, item) = (std::mem::take(number), numbered(text));
    match item {
        Some((own, '.', rest)) if !rest.is_empty() && (own == before + 1 || before == 0) => {
            *number = own;
            format!("{own}. {}", block(&prose(rest.trim_start())))
        }
        _ => block(&prose(text)),
    }
}

/// Escapes the start of a paragraph that Markdown would read as a heading, a quotation or a list.
fn block(text: &str) -> String {
    let ends = |rest: &str| rest.is_empty() || rest.starts_with(' ');
    let begins = match text.split_at_checked(1) {
        Some(("#" | "=" | "|", _)) => true,
        Some(("-" | "+" | "*", rest)) => ends(rest) || text.starts_with("--"),
        _ => false,
    };
    match numbered(text) {
        Some((_, _, rest)) => {
            let at = text.len() - rest.len() - 1;
            let (number, rest) = text.split_at_checked(at).unwrap_or((text, ""));
            format!("{number}\\{rest}")
        }
        None if begins => format!("\\{text}"),
        None => text.to_owned(),
    }
}

fn prose(text: &str) -> String {
    let parts: Vec<String> = text.split(' ').map(word).collect();
    parts.join(" ")
}

/// Escapes a word, except the links in it.
fn word(text: &str) -> String {
    let (mut out, mut rest) = (String::with_capacity(text.len()), text);
    while let Some(at) = ["http://", "https://", "ftp://"].iter().filter_map(|scheme| rest.find(scheme)).min() {
        let (before, found) = rest.split_at(at);
        let end = found.find(|c: char| "<>\"[](){}|`\\".contains(c) || is_hidden(c)).unwrap_or(found.len());
        let link = found.get(..end).unwrap_or(found).trim_end_matches(['.', ',', ';', ':', '!', '?', '\'']);
        out.push_str(&escape(before));
        out.push_str(&if link.ends_with("//") { format!("`{link}`") } else { format!("<{link}>") });
        rest = found.get(link.len()..).unwrap_or_default();
    }
    out.push_str(&escape(rest));
    out
}

/// Escapes characters that Markdown or rustdoc would read as code, a link, a tag, emphasis or a character reference.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut before = None;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let within = |next: Option<char>| before.is_some_and(char::is_alphanumeric) && next.is_some_and(char::is_alphanumeric);
        let escaped = match c {
            '*' => text != "*",
            '_' => !within(chars.peek().map(|(_, next)| *next)),
            '&' => text.get(at..).is_some_and(|rest| rest.contains(';')),
            _ => "\\`~[]<>".contains(c),
        };
        match is_hidden(c) {
            true => out.push_str(&format!("&#x{:x};", u32::from(c))),
            false if escaped => out.extend(['\\', c]),
            false => out.push(c),
        }
        before = Some(c);
    }
    out
}

/// Returns whether the character controls text direction, which is an error in Rust, or is invisible.
pub(super) fn is_hidden(c: char) -> bool {
    c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}' | '\u{61c}')
}

/// Returns a literal as inline code, whatever it contains. Invisible characters are shown as Rust escapes.
pub(crate) fn code(text: &str) -> String {
    let shown: String = text
        .chars()
        .map(|c| match c {
            c if c.is_whitespace() => " ".to_owned(),
            c if is_hidden(c) => c.escape_unicode().to_string(),
            c => c.to_string(),
        })
        .collect();
    match shown.trim() {
        "" if text.is_empty() => "The empty string.".to_owned(),
        "" => "White space.".to_owned(),
        trimmed if trimmed.contains('`') => {
            let longest = trimmed.split(|c| c != '`').map(str::len).max().unwrap_or_default();
            let quotes = "`".repeat((longest + 1).max(2));
            format!("{quotes} {trimmed} {quotes}")
        }
        trimmed => format!("`{trimmed}`"),
    }
}

/// Returns a literal as inline code for a table cell.
pub(super) fn cell(text: &str) -> String {
    code(text).replace('|', "\\|")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> Vec<String> {
        super::text(&vec![text.to_owned()])
    }

    #[test]
    fn paragraphs_flow() {
        assert_eq!(shown("\n  one\n  two\n\n  three  four\n"), ["one two", "three four"]);
        assert_eq!(shown("which:\n- a\n- b"), ["which:", "- a", "- b"]);
        assert_eq!(shown("*\na"), ["\\*", "a"]);
        assert_eq!(shown("   \n"), Vec::<String>::new());
    }

    #[test]
    fn links_are_links() {
        assert_eq!(shown("See http://a.b/c?d=1."), ["See <http://a.b/c?d=1>."]);
        assert_eq!(shown("(see https://a.b/)"), ["(see <https://a.b/>)"]);
        assert_eq!(shown("http://a/|http://b/ http://"), ["<http://a/>|<http://b/> `http://`"]);
    }

    #[test]
    fn markdown_is_text() {
        for (said, markdown) in [
            ("a[0] <b> x", "a\\[0\\] \\<b\\> x"),
            ("`a` ` ``` ~~~", "\\`a\\` \\` \\`\\`\\` \\~\\~\\~"),
            ("2 * 3 *b* snake_case _x_ __y__", "2 * 3 \\*b\\* snake_case \\_x\\_ \\_\\_y\\_\\_"),
            ("&lt; R&D", "\\&lt; R&D"),
            ("C:\\x\\*", "C:\\\\x\\\\\\*"),
            ("# heading", "\\# heading"),
            ("+ a", "\\+ a"),
            ("-", "\\-"),
            ("-5 or more", "-5 or more"),
            ("---", "\\---"),
            ("1) a", "1\\) a"),
            ("- # a", "- \\# a"),
            ("- - a", "- \\- a"),
            ("- 7. a", "- 7\\. a"),
            ("| a | b |", "\\| a | b |"),
        ] {
            assert_eq!(shown(said), [markdown], "{said}");
        }
    }

    #[test]
    fn numbers_stay() {
        assert_eq!(shown("3. a\n4. b\n\n7. c\n1990. Then"), ["3. a", "4. b", "7\\. c", "1990. Then"]);
    }

    #[test]
    fn hidden_characters_are_shown() {
        assert_eq!(shown("a \u{202b}b\u{202c}"), ["a &#x202b;b&#x202c;"]);
        assert_eq!(code("a\u{202e}b\u{85}c\u{86}"), "`a\\u{202e}b c\\u{86}`");
    }

    #[test]
    fn literals() {
        assert_eq!(code("PUBLIC"), "`PUBLIC`");
        assert_eq!(code(""), "The empty string.");
        assert_eq!(code(" \t"), "White space.");
        assert_eq!(code("a`b"), "`` a`b ``");
        assert_eq!(code("x``<b>"), "``` x``<b> ```");
        assert_eq!(cell("a|b"), "`a\\|b`");
    }
}
