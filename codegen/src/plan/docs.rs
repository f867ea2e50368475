//! In: `xs:documentation` as it stands in a schema. Out: paragraphs that rustdoc takes without a warning.
//! Not done here: deciding what is documented; the words for facets come from `simple`.

use crate::model::Docs;

/// The paragraphs of a component's documentation: white space folded, links in `<>`, brackets escaped, text in backticks left alone.
pub(super) fn clean(docs: &Docs) -> Vec<String> {
    docs.iter().flat_map(|text| paragraphs(text)).map(|p| markdown(&p)).collect()
}

/// Cut at blank lines; lines of one paragraph joined, but for lists.
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
                out.push(line);
                open = true;
            }
        }
    }
    out
}

/// Whether the line begins an item of a list.
pub(crate) fn is_item(line: &str) -> bool {
    let number = line.trim_start_matches(|c: char| c.is_ascii_digit());
    line.starts_with("- ") || line.starts_with("* ") || (number.len() < line.len() && number.starts_with(". "))
}

/// One paragraph as Markdown.
fn markdown(text: &str) -> String {
    // An unpaired backtick quotes nothing.
    let quotes = text.matches('`').count() / 2;
    let mut out = String::with_capacity(text.len() + 8);
    for (at, part) in text.split('`').enumerate() {
        if at > 0 {
            out.push_str(if at <= quotes * 2 { "`" } else { "\\`" });
        }
        if at % 2 == 1 && at < quotes * 2 {
            out.push_str(part);
        } else {
            out.push_str(&prose(part));
        }
    }
    let hash = out.starts_with('#') || out.starts_with('>') || out.starts_with('+') || out.starts_with("---") || out.starts_with("===");
    if hash { format!("\\{out}") } else { out }
}

/// Text outside of backticks.
fn prose(text: &str) -> String {
    let parts: Vec<String> = text.split(' ').map(word).collect();
    parts.join(" ")
}

fn word(text: &str) -> String {
    let Some(at) = ["http://", "https://", "ftp://"].iter().filter_map(|scheme| text.find(scheme)).min() else { return escape(text) };
    let (before, link) = text.split_at(at);
    let end = link.find(['<', '>', '"', '[', ']', '(', ')', '{', '}', '|']).unwrap_or(link.len());
    let (link, _) = link.split_at(end);
    let link = link.trim_end_matches(['.', ',', ';', ':', '!', '?', '\'']);
    let after = text.get(at + link.len()..).unwrap_or_default();
    if link.ends_with("//") {
        return format!("{}`{link}`{}", escape(before), escape(after));
    }
    format!("{}<{link}>{}", escape(before), word(after))
}

/// Escapes what Markdown or rustdoc would take for a link, a tag or emphasis.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, '[' | ']' | '<' | '>' | '*' | '\\') && !(c == '*' && text == "*") {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// A literal in backticks, whatever it holds.
pub(super) fn code(text: &str) -> String {
    let text: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    match text.trim() {
        "" if text.is_empty() => "The empty string.".to_owned(),
        "" => "White space.".to_owned(),
        trimmed if trimmed.contains('`') => format!("`` {trimmed} ``"),
        trimmed => format!("`{trimmed}`"),
    }
}

/// Lines of at most about so many characters; items of lists stay whole, and no line begins like one.
pub(crate) fn wrap(paragraph: &str, width: usize) -> Vec<String> {
    if is_item(paragraph) || paragraph.starts_with('|') {
        return vec![paragraph.to_owned()];
    }
    let mut lines = vec![String::new()];
    let mut quoted = false;
    for word in paragraph.split(' ') {
        let Some(line) = lines.last_mut() else { break };
        let full = line.chars().count() + 1 + word.chars().count() > width;
        let marker = word.chars().next().is_some_and(|c| "-*+#>=|0123456789".contains(c));
        if full && !line.is_empty() && !marker && !quoted {
            lines.push(word.to_owned());
        } else {
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
        if word.matches('`').count() % 2 == 1 && !word.contains("\\`") {
            quoted = !quoted;
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cleaned(text: &str) -> Vec<String> {
        clean(&vec![text.to_owned()])
    }

    #[test]
    fn paragraphs_flow() {
        assert_eq!(cleaned("\n  one\n  two\n\n  three  four\n"), ["one two", "three four"]);
        assert_eq!(cleaned("which:\n- a\n- b"), ["which:", "- a", "- b"]);
        assert_eq!(cleaned("   \n"), Vec::<String>::new());
    }

    #[test]
    fn links_and_brackets() {
        assert_eq!(cleaned("See http://a.b/c?d=1."), ["See <http://a.b/c?d=1>."]);
        assert_eq!(cleaned("(see https://a.b/)"), ["(see <https://a.b/>)"]);
        assert_eq!(cleaned("a[0] <b> x"), ["a\\[0\\] \\<b\\> x"]);
        assert_eq!(cleaned("`a[0]` [x]"), ["`a[0]` \\[x\\]"]);
        assert_eq!(cleaned("a ` b"), ["a \\` b"]);
    }

    #[test]
    fn literals() {
        assert_eq!(code("PUBLIC"), "`PUBLIC`");
        assert_eq!(code(""), "The empty string.");
        assert_eq!(code("a`b"), "`` a`b ``");
    }
}
