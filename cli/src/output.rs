//! Formats an answer, or a message that would be sent, as XML, JSON or a table, with secrets masked unless the user asked to see them.
//! Faults go to the standard error (`console`); tables are laid out in `table`.

use std::fmt::Write as _;

use webex_xml::mask_secrets;
use webex_xml::types::serv::AnyBodyContent;

use crate::args::Output;
use crate::console::{Console, with_escapes};
use crate::description::Operation;
use crate::json;
use crate::message::canonical;
use crate::outline::Outline;
use crate::table::{Layout, table};

/// The options for printing an answer.
#[derive(Debug)]
pub(crate) struct Printing {
    pub(crate) form: Output,
    pub(crate) show_secrets: bool,
    pub(crate) layout: Layout,
}

/// Returns the answer as text. Addresses in it have their secret parameters masked too.
pub(crate) fn answer(body: &AnyBodyContent, printing: &Printing, console: Console) -> Result<String, String> {
    let text = formatted(body, printing, console)?;
    Ok(if printing.show_secrets { text } else { mask_secrets(&text).into_owned() })
}

fn formatted(body: &AnyBodyContent, printing: &Printing, console: Console) -> Result<String, String> {
    Ok(match printing.form {
        Output::Xml => {
            let xml = canonical(body, printing.show_secrets).map_err(|error| error.to_string())?;
            let outline = Outline::of(&xml).map_err(|wrong| wrong.message)?;
            let content = outline.named("bodyContent", 2).first().copied().ok_or("the answer has no bodyContent")?;
            let mut writer = Writer { outline: &outline, text: String::new() };
            writer.element(content, 0, &inherited(&outline, content));
            visible_xml(&writer.text)
        }
        Output::Json => {
            let value = json::write(body, printing.show_secrets)?;
            visible_json(&serde_json::to_string_pretty(&value).map_err(|error| error.to_string())?) + "\n"
        }
        Output::Table => {
            let table = table(&json::write(body, printing.show_secrets)?, &printing.layout);
            if !table.left_out.is_empty() {
                let columns = table.left_out.join(", ");
                console.note(&format!("these columns do not fit: {columns}; choose columns with --columns, or print all with --width 0"));
            }
            table.text
        }
    })
}

/// Writes characters that act on a terminal as references. XML with them means the same.
fn visible_xml(text: &str) -> String {
    with_escapes(text, |c| format!("&#x{:X};", u32::from(c)))
}

/// Writes characters that act on a terminal as escapes. JSON with them means the same.
fn visible_json(text: &str) -> String {
    with_escapes(text, |c| format!("\\u{:04x}", u32::from(c)))
}

/// Returns a whole message, indented. Its secrets must already be masked.
pub(crate) fn message(xml: &str, url: &str, operation: &Operation, form: Output) -> String {
    let Ok(outline) = Outline::of(xml) else { return format!("{xml}\n") };
    let mut writer = Writer { outline: &outline, text: "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n".to_owned() };
    writer.element(0, 0, "");
    match form {
        Output::Json => format!("{}\n", serde_json::json!({ "operation": operation.name, "url": url, "message": writer.text })),
        _ => writer.text,
    }
}

/// Returns the namespace declarations that an element inherits from the root.
fn inherited(outline: &Outline<'_>, index: usize) -> String {
    let own = outline.attributes(index);
    let mut declared = String::new();
    for (name, value) in outline.attributes(0).iter().filter(|(name, _)| name.starts_with("xmlns")) {
        if !own.iter().any(|(known, _)| known == name) {
            let _ = write!(declared, " {name}=\"{value}\"");
        }
    }
    declared
}

/// Writes elements, a line for each tag.
struct Writer<'o, 't> {
    outline: &'o Outline<'t>,
    text: String,
}

impl Writer<'_, '_> {
    /// Writes an element; `declared` is added to its start tag.
    fn element(&mut self, index: usize, depth: usize, declared: &str) {
        let indent = "  ".repeat(depth);
        let (start, end) = self.outline.tags(index);
        let name_end = start.find(|c: char| c.is_whitespace() || matches!(c, '/' | '>')).unwrap_or(start.len());
        let (name, rest) = start.split_at_checked(name_end).unwrap_or((start, ""));
        let children: Vec<usize> = self.outline.children(index).collect();
        let is_mixed = !children.is_empty() && !self.outline.text_of(index).trim().is_empty();
        if children.is_empty() || is_mixed {
            let _ = writeln!(self.text, "{indent}{name}{declared}{rest}{}{end}", self.outline.inner(index));
            return;
        }
        let _ = writeln!(self.text, "{indent}{name}{declared}{rest}");
        for child in children {
            self.element(child, depth + 1, "");
        }
        let _ = writeln!(self.text, "{indent}{end}");
    }
}
