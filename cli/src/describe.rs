//! Lists operations, and prints the request and response of an operation as trees with types, cardinalities, formats, values and the
//! documentation of the schema, which come from `description`.

use std::fmt::Write as _;

use xsdgen_codec::TypeInfo;

use crate::args::{Describe, nearest_operations};
use crate::description::{Child, Operation, Simple, attributes, children, doc, first_sentence, formats, is_same, operations, simple};
use crate::failure::{Failure, Problem};
use crate::nearest::by_similarity;

/// Lists the matching operations; it is a failure if none matches.
pub(crate) fn list(filter: Option<&str>, service: Option<&str>) -> Result<String, Failure> {
    if let Some(service) = service {
        check_service(service)?;
    }
    let lower = filter.unwrap_or_default().to_ascii_lowercase();
    let wanted = |operation: &&Operation| {
        let text = format!("{} {}", operation.name, operation.summary()).to_ascii_lowercase();
        text.contains(&lower) && service.is_none_or(|service| service.eq_ignore_ascii_case(operation.service))
    };
    let chosen: Vec<&Operation> = operations().iter().filter(wanted).collect();
    if chosen.is_empty() {
        let filter = filter.unwrap_or_default();
        let of = service.map(|service| format!(" of the service {service}")).unwrap_or_default();
        let problem = Problem::new("usage", format!("no operation{of} has {filter:?} in its name or description"));
        return Err(problem.with_help(nearest_operations(filter)).into());
    }
    let width = chosen.iter().map(|operation| operation.name.len()).max().unwrap_or(0);
    let services = chosen.iter().map(|operation| operation.service.len()).max().unwrap_or(0);
    let mut text = String::new();
    for operation in chosen {
        let safe = if operation.safe { "reads " } else { "writes" };
        let _ = writeln!(text, "{:width$}  {:services$}  {safe}  {}", operation.name, operation.service, operation.summary());
    }
    Ok(text)
}

fn check_service(service: &str) -> Result<(), Failure> {
    let mut known: Vec<&str> = operations().iter().map(|operation| operation.service).collect();
    known.sort_unstable();
    known.dedup();
    if known.iter().any(|known| known.eq_ignore_ascii_case(service)) {
        return Ok(());
    }
    let problem = Problem::new("usage", format!("there is no service {service:?}"));
    Err(problem.with_help(format!("the services, nearest first: {}", by_similarity(service, known).join(", "))).into())
}

/// Returns the trees of an operation.
pub(crate) fn operation(operation: &Operation, options: &Describe) -> String {
    let mut text = String::new();
    if !options.response {
        let _ = writeln!(text, "{}: {}", operation.name, doc(operation.request));
        text.push_str("request\n");
        tree(operation.request, 1, &mut Vec::new(), &mut text);
    }
    if !options.request {
        let _ = writeln!(text, "response: {}", doc(operation.response));
        tree(operation.response, 1, &mut Vec::new(), &mut text);
    }
    text
}

/// Appends the content of a type. `above` contains the enclosing types, so that a recursive type is not followed.
fn tree(info: &'static TypeInfo, depth: usize, above: &mut Vec<&'static TypeInfo>, into: &mut String) {
    let indent = "  ".repeat(depth);
    for attribute in attributes(info) {
        let optional = if attribute.is_required() { "" } else { "?" };
        let simple = simple(attribute);
        let _ = writeln!(into, "{indent}@{}{optional}: {}", attribute.name(), kind(&simple));
        values(&simple, depth + 1, into);
    }
    above.push(info);
    for child in children(info) {
        let _ = writeln!(into, "{indent}{}{}: {}{}", child.name(), mark(&child), kind_of(&child), remark(&child));
        if let Some(field) = child.text() {
            values(&simple(field), depth + 1, into);
        }
        match child.type_info() {
            Some(info) if above.iter().any(|it| is_same(it, info)) => {
                let _ = writeln!(into, "{indent}  ...");
            }
            Some(info) => tree(info, depth + 1, above, into),
            None => {}
        }
    }
    above.pop();
}

/// Returns the cardinality mark: `?` optional, `*` any number, `+` one or more, `|` one of a choice.
fn mark(child: &Child) -> &'static str {
    match (child.min, child.many) {
        (0, false) if child.choice => "|",
        (0, false) => "?",
        (_, false) => "",
        (0, true) => "*",
        (_, true) => "+",
    }
}

fn remark(child: &Child) -> String {
    let secret = if child.field.is_secret() { " (secret)" } else { "" };
    let doc = child.doc();
    let doc = first_sentence(&doc);
    if doc.is_empty() { secret.to_owned() } else { format!("{secret}  - {doc}") }
}

/// The number of values up to which they are listed on the line of the name.
const IN_LINE: usize = 8;

/// Describes the type of an element: by its formats, its values, or its name and facets.
pub(crate) fn kind_of(child: &Child) -> String {
    match (formats(child.field).as_slice(), child.text()) {
        ([], Some(field)) => kind(&simple(field)),
        ([], None) => "{}".to_owned(),
        (formats, _) => formats.join(" or "),
    }
}

fn kind(simple: &Simple) -> String {
    let list = if simple.list { "list of " } else { "" };
    match simple.values.len() {
        0 if simple.facets.is_empty() => format!("{list}{}", simple.builtin),
        0 => format!("{list}{} {}", simple.builtin, simple.facets),
        1..=IN_LINE => format!("{list}{}", simple.values.join(" | ")),
        many => format!("{list}one of {many} values"),
    }
}

/// Lists the values of a long enumeration below its name.
fn values(simple: &Simple, depth: usize, into: &mut String) {
    for value in simple.values.iter().filter(|_| simple.values.len() > IN_LINE) {
        let _ = writeln!(into, "{}| {value}", "  ".repeat(depth));
    }
}
