//! In: an operation. Out: its request and response as trees, with types, cardinalities, values and what the schema says.
//! Not here: reading the description (`description`).

use std::fmt::Write as _;

use crate::args::Describe;
use crate::description::{Child, Operation, description, first_sentence, local};

/// The lines that list operations.
pub(crate) fn list(filter: Option<&str>, service: Option<&str>) -> String {
    let filter = filter.unwrap_or_default().to_ascii_lowercase();
    let wanted = |operation: &&Operation| {
        let text = format!("{} {}", operation.name, operation.summary()).to_ascii_lowercase();
        text.contains(&filter) && service.is_none_or(|service| service.eq_ignore_ascii_case(operation.service))
    };
    let chosen: Vec<&Operation> = description().operations().iter().filter(wanted).collect();
    let width = chosen.iter().map(|operation| operation.name.len()).max().unwrap_or(0);
    let services = chosen.iter().map(|operation| operation.service.len()).max().unwrap_or(0);
    let mut text = String::new();
    for operation in chosen {
        let safe = if operation.safe { "reads " } else { "writes" };
        let _ = writeln!(text, "{:width$}  {:services$}  {safe}  {}", operation.name, operation.service, operation.summary());
    }
    text
}

/// The trees of an operation.
pub(crate) fn operation(operation: &Operation, options: &Describe) -> String {
    let mut text = String::new();
    if !options.response {
        let _ = writeln!(text, "{}: {}", operation.name, doc(&operation.request()));
        text.push_str("request\n");
        tree(&operation.request(), 1, &mut Vec::new(), &mut text);
    }
    if !options.request {
        let _ = writeln!(text, "response: {}", doc(&operation.response()));
        tree(&operation.response(), 1, &mut Vec::new(), &mut text);
    }
    text
}

fn doc(key: &str) -> &'static str {
    description().of(key).map_or("", |ty| ty.doc.as_str())
}

/// What stands in a type, below the types in `above`: one that holds itself is not followed.
fn tree(key: &str, depth: usize, above: &mut Vec<String>, text: &mut String) {
    let Some(ty) = description().of(key) else { return };
    let indent = "  ".repeat(depth);
    for attribute in &ty.attributes {
        let optional = if attribute.required { "" } else { "?" };
        let _ = writeln!(text, "{indent}@{}{optional}: {}", local(&attribute.name), kind(&attribute.of));
    }
    above.push(key.to_owned());
    for child in &ty.children {
        let _ = writeln!(text, "{indent}{}{}: {}{}", child.local(), mark(child), kind(&child.of), remark(child));
        if above.contains(&child.of) {
            let _ = writeln!(text, "{indent}  ...");
        } else {
            tree(&child.of, depth + 1, above, text);
        }
    }
    above.pop();
}

/// `?` optional, `*` any number, `+` one or more.
fn mark(child: &Child) -> &'static str {
    match (child.min, child.many) {
        (0, false) => "?",
        (_, false) => "",
        (0, true) => "*",
        (_, true) => "+",
    }
}

fn remark(child: &Child) -> String {
    let secret = if child.secret { " (secret)" } else { "" };
    let doc = first_sentence(&child.doc);
    if doc.is_empty() { secret.to_owned() } else { format!("{secret}  - {doc}") }
}

/// The type in a word, or the values it may have.
fn kind(key: &str) -> String {
    const SHOWN: usize = 8;
    let Some(ty) = description().of(key) else { return local(key).to_owned() };
    if let Some(item) = &ty.list {
        return format!("list of {}", kind(item));
    }
    if ty.base.is_none() {
        return match &ty.text {
            Some(text) => kind(text),
            None => "{}".to_owned(),
        };
    }
    if ty.values.is_empty() {
        return local(description().builtin(key)).to_owned();
    }
    let shown = ty.values.iter().take(SHOWN).cloned().collect::<Vec<_>>().join(" | ");
    if ty.values.len() > SHOWN { format!("{shown} | ... ({} values)", ty.values.len()) } else { shown }
}
