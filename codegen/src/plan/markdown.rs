//! Converts `xs:documentation` that is Markdown to Markdown that is safe for rustdoc. `docs` handles documentation that is plain text.
//!
//! Code blocks are never tests, HTML is shown as text, and links lead to the web only: `[name]` does not link to an item in scope.

use pulldown_cmark::{CodeBlockKind, CowStr, Event, LinkType, Options, Parser, Tag, TagEnd};
use pulldown_cmark_to_cmark::Options as Written;

use super::docs;
use crate::model::Docs;

/// The extensions of CommonMark that rustdoc supports, except footnotes and typographic quotes.
const OPTIONS: Options = Options::ENABLE_TABLES.union(Options::ENABLE_STRIKETHROUGH).union(Options::ENABLE_TASKLISTS);

/// Returns the documentation of a component, each part as one text of several lines. A part that cannot be written as Markdown is escaped as text.
pub(crate) fn blocks(docs: &Docs) -> Vec<String> {
    let written = |text: &String| written(text).unwrap_or_else(|| docs::text(&vec![text.clone()]));
    docs.iter().flat_map(written).filter(|block| !block.trim().is_empty()).collect()
}

fn written(text: &str) -> Option<Vec<String>> {
    let text = outdented(text);
    let mut filter = Filter { within: Vec::new() };
    let events: Vec<Event<'_>> = Parser::new_ext(&text, OPTIONS).flat_map(|event| filter.event(event)).collect();
    let mut out = String::with_capacity(text.len() + 16);
    let written = Written { increment_ordered_list_bullets: true, list_token: '-', code_block_token_count: 3, ..Written::default() };
    pulldown_cmark_to_cmark::cmark_with_options(events.iter(), &mut out, OPTIONS, written).ok()?;
    Some(vec![out.trim_end().to_owned()])
}

/// Removes the white space that all lines but the first begin with, because schemas indent documentation along with elements.
fn outdented(text: &str) -> String {
    let indent = |line: &str| line.len() - line.trim_start().len();
    let common = text.lines().skip(1).filter(|line| !line.trim().is_empty()).map(indent).min().unwrap_or_default();
    let lines = text.lines().enumerate().map(|(at, line)| match at {
        0 => line.trim_start(),
        _ => line.get(common.min(indent(line))..).unwrap_or(line),
    });
    lines.map(|line| format!("{line}\n")).collect()
}

struct Filter {
    /// For each open link or image, whether it is kept.
    within: Vec<bool>,
}

impl Filter {
    fn event<'a>(&mut self, event: Event<'a>) -> Vec<Event<'a>> {
        match event {
            Event::Start(Tag::CodeBlock(_)) => vec![Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced("text".into())))],
            Event::Start(Tag::Link { link_type, dest_url, title, .. }) => {
                self.within.push(leads_to_web(&dest_url));
                let link_type = if matches!(link_type, LinkType::Autolink | LinkType::Email) { link_type } else { LinkType::Inline };
                let tag = Tag::Link { link_type, dest_url, title, id: "".into() };
                self.stays().then_some(Event::Start(tag)).into_iter().collect()
            }
            Event::Start(Tag::Image { .. }) => {
                self.within.push(false);
                Vec::new()
            }
            Event::End(TagEnd::Link | TagEnd::Image) => {
                let stays = self.within.pop() == Some(true);
                stays.then_some(event).into_iter().collect()
            }
            Event::Start(Tag::HtmlBlock) => vec![Event::Start(Tag::Paragraph)],
            Event::End(TagEnd::HtmlBlock) => vec![Event::End(TagEnd::Paragraph)],
            Event::InlineHtml(html) => text(&html),
            Event::Html(html) => text(html.trim_end()).into_iter().chain([Event::SoftBreak]).collect(),
            Event::Text(said) if self.within.is_empty() => linked(&said),
            Event::Text(said) => text(&said),
            Event::Code(said) => vec![Event::Code(shown(&said))],
            other => vec![other],
        }
    }

    fn stays(&self) -> bool {
        self.within.last() == Some(&true)
    }
}

fn is_hidden(c: char) -> bool {
    docs::is_hidden(c) && !matches!(c, '\n' | '\t')
}

fn leads_to_web(link: &str) -> bool {
    ["http://", "https://", "ftp://", "mailto:"].iter().any(|scheme| link.starts_with(scheme)) && !link.contains(is_hidden)
}

/// Returns text, with characters that control text direction as character references.
fn text<'a>(said: &str) -> Vec<Event<'a>> {
    let mut out = Vec::new();
    for part in said.split_inclusive(is_hidden) {
        let hidden = part.chars().next_back().filter(|c| is_hidden(*c));
        let plain = part.strip_suffix(is_hidden).unwrap_or(part);
        if !plain.is_empty() {
            out.push(Event::Text(plain.to_owned().into()));
        }
        out.extend(hidden.map(|c| Event::InlineHtml(format!("&#x{:x};", u32::from(c)).into())));
    }
    out
}

/// Returns text in which URLs become links, because rustdoc warns about bare URLs.
fn linked<'a>(said: &str) -> Vec<Event<'a>> {
    let mut out = Vec::new();
    for part in said.split_inclusive(' ') {
        let word = part.trim_end().trim_end_matches(['.', ',', ';', ':', '!', '?', '\'', ')']);
        let start = ["http://", "https://"].iter().filter_map(|scheme| word.find(scheme)).min();
        let link =
            start.and_then(|at| word.get(at..)).filter(|link| leads_to_web(link) && !link.ends_with("//") && !link.contains(['<', '>']));
        let Some(link) = link else {
            out.extend(text(part));
            continue;
        };
        let (before, after) = part.split_once(link).unwrap_or((part, ""));
        let url: CowStr<'a> = link.to_owned().into();
        out.extend(text(before));
        let tag = Tag::Link { link_type: LinkType::Autolink, dest_url: url.clone(), title: "".into(), id: "".into() };
        out.extend([Event::Start(tag), Event::Text(url), Event::End(TagEnd::Link)]);
        out.extend(text(after));
    }
    out
}

/// Returns code, with invisible characters as Rust escapes.
fn shown<'a>(said: &str) -> CowStr<'a> {
    let shown = said.chars().map(|c| if is_hidden(c) { c.escape_unicode().to_string() } else { c.to_string() });
    shown.collect::<String>().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        blocks(&vec![text.to_owned()]).join("\n\n")
    }

    #[test]
    fn code_is_no_test() {
        assert_eq!(shown("Run:\n\n~~~\nlet x = 1;\n~~~"), "Run:\n\n```text\nlet x = 1;\n```");
        assert_eq!(shown("Run:\n\n````rust\n```\n````"), "Run:\n\n````text\n```\n````");
        assert_eq!(shown("Run:\n  it:\n\n      std::process::abort();\n"), "Run:\nit:\n\n```text\nstd::process::abort();\n```");
        assert_eq!(shown("\n- a\n\n  ```\n  x\n  ```\n"), "- a\n  \n  ```text\n  x\n  ```");
    }

    #[test]
    fn html_is_text() {
        assert_eq!(shown("a <b>c</b>"), "a \\<b>c\\</b>");
        assert_eq!(shown("<script>\nalert(1)\n</script>"), "\\<script>\nalert(1)\n\\</script>");
    }

    #[test]
    fn links_lead_to_the_web() {
        assert_eq!(
            shown("[a](javascript:b) [c](https://d.e) [f] ![g](https://h.i) see http://j.k."),
            "a [c](https://d.e) \\[f\\] g see <http://j.k>."
        );
    }

    #[test]
    fn emphasis_and_lists_stay() {
        assert_eq!(shown("\n    *a* `b`\n\n    1. c\n    2. d\n"), "*a* `b`\n\n1. c\n2. d");
    }
}
