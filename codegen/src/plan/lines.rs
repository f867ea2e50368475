//! Wraps documentation: its paragraphs become the lines of the comments.
//!
//! All passes before this one treat documentation as a list of Markdown paragraphs.

use super::docs;
use crate::ir::{Field, Item, ItemKind, RustIr, ValueType};
use crate::settings::ValueForm;

/// The maximum width of a documentation line, without indentation and `///`.
const WIDTH: usize = 100;

/// Wraps all documentation.
pub(super) fn plan(ir: &mut RustIr) {
    for module in &mut ir.modules {
        lay_out(&mut module.docs);
        module.header.iter_mut().for_each(|line| *line = written(line));
    }
    lay_out(&mut ir.root.document_docs);
    ir.root.document.iter_mut().for_each(|variant| lay_out(&mut variant.field.docs));
    ir.items.iter_mut().for_each(of_item);
}

fn of_item(item: &mut Item) {
    lay_out(&mut item.docs);
    match &mut item.kind {
        ItemKind::Struct(planned) => planned.fields_mut().for_each(of_field),
        ItemKind::Group(fields) | ItemKind::Choice(fields) => fields.iter_mut().for_each(of_field),
        ItemKind::Enumeration(planned) => planned.variants.iter_mut().for_each(|variant| lay_out(&mut variant.docs)),
        ItemKind::Union(planned) => {
            lay_out(&mut planned.facets.docs);
            planned.members.iter_mut().for_each(|member| lay_out(&mut member.docs));
        }
        ItemKind::Polymorphic(planned) => {
            planned.base.iter_mut().chain(&mut planned.derived).for_each(|derived| lay_out(&mut derived.docs));
        }
        ItemKind::Value(ValueType { form: ValueForm::NamedIntegers(list), .. }) => {
            list.iter_mut().for_each(|integer| lay_out(&mut integer.docs))
        }
        ItemKind::Value(_) => {}
        ItemKind::Alias(alias) => alias.facets.iter_mut().for_each(|facets| lay_out(&mut facets.docs)),
    }
}

fn of_field(field: &mut Field) {
    lay_out(&mut field.docs);
}

fn lay_out(docs: &mut Vec<String>) {
    *docs = lines(docs);
}

/// Returns the lines of the paragraphs with an empty line between two. List items are kept together, and fenced code is unchanged.
pub(super) fn lines(paragraphs: &[String]) -> Vec<String> {
    let mut out = Vec::with_capacity(paragraphs.len());
    let mut before: Option<&String> = None;
    for paragraph in paragraphs {
        if before.is_some_and(|before| !docs::is_item(before) || !docs::is_item(paragraph)) {
            out.push(String::new());
        }
        before = Some(paragraph);
        let mut fence = Fence::default();
        for line in paragraph.split('\n') {
            match fence.holds(line) {
                true => out.push(written(line)),
                false => out.extend(wrap(line, WIDTH).iter().map(|line| written(line))),
            }
        }
    }
    out
}

/// Returns the line in a form that a comment can contain: characters that control text direction, which Rust rejects, become character references.
fn written(line: &str) -> String {
    let line = line.trim_end();
    if line.chars().all(|c| c == '\t' || !docs::is_hidden(c)) {
        return line.to_owned();
    }
    line.chars().map(|c| if docs::is_hidden(c) && c != '\t' { format!("&#x{:x};", u32::from(c)) } else { c.to_string() }).collect()
}

/// The number of backticks that opened the current code block; 0 outside a block.
#[derive(Default)]
struct Fence(usize);

impl Fence {
    /// Returns whether the line belongs to a code block.
    fn holds(&mut self, line: &str) -> bool {
        let run = line.len() - line.trim_start_matches('`').len();
        let open = self.0;
        // The text after an opening fence contains no backticks, and nothing follows a closing fence.
        match open {
            0 if run >= 3 && !line.get(run..).unwrap_or_default().contains('`') => self.0 = run,
            open if open > 0 && run >= open && line.trim_end().len() == run => self.0 = 0,
            _ => {}
        }
        open > 0 || self.0 > 0
    }
}

/// Wraps a paragraph to lines of about this many characters. Code spans are kept whole, as are list items, table rows, headings, quotations and
/// indented lines. No line begins in a way that Markdown would read as one of these.
fn wrap(paragraph: &str, width: usize) -> Vec<String> {
    if paragraph.len() <= width || docs::is_item(paragraph) || paragraph.starts_with(['|', '#', '>', ' ', '\t']) {
        return vec![paragraph.to_owned()];
    }
    let mut lines = vec![String::new()];
    let mut quotes = 0;
    for word in paragraph.split(' ') {
        let Some(line) = lines.last_mut() else { break };
        let full = line.chars().count() + 1 + word.chars().count() > width;
        let marker = word.starts_with(['-', '*', '+', '#', '>', '=', '|', ':', '~']) || word.starts_with(|c: char| c.is_ascii_digit());
        if full && !line.is_empty() && !marker && quotes == 0 {
            lines.push(word.to_owned());
        } else {
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
        quotes = open_code(word, quotes);
    }
    lines
}

/// Returns the number of backticks of the code span that is open after the word; 0 outside a code span.
fn open_code(word: &str, mut open: usize) -> usize {
    let mut rest = word;
    while let Some(at) = rest.find('`') {
        let (before, found) = rest.split_at(at);
        let run = found.len() - found.trim_start_matches('`').len();
        let escaped = open == 0 && before.ends_with('\\') && !before.ends_with("\\\\");
        rest = found.get(if escaped { 1 } else { run }..).unwrap_or_default();
        open = match open {
            _ if escaped => open,
            0 => run,
            open if open == run => 0,
            open => open,
        };
    }
    open
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_is_not_broken() {
        let text = format!("{} ``` x``<script> ```, then more", "word ".repeat(5).trim_end());
        assert_eq!(wrap(&text, 26), ["word word word word word", "``` x``<script> ```, then", "more"]);
        assert_eq!(wrap("aaaa \\` bbbb cccc", 10), ["aaaa \\`", "bbbb cccc"]);
    }

    #[test]
    fn paragraphs_are_parted_and_items_are_not() {
        let shown = |paragraphs: &[&str]| lines(&paragraphs.iter().map(|&p| p.to_owned()).collect::<Vec<_>>());
        assert_eq!(shown(&["one", "- a", "- b", "two "]), ["one", "", "- a", "- b", "", "two"]);
        assert_eq!(shown(&["a\u{202e}b"]), ["a&#x202e;b"]);
        let code = format!("```\n{}\n```", "word ".repeat(30).trim_end());
        assert_eq!(shown(&[&code]).len(), 3);
    }
}
