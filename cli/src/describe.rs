//! Lists operations, and prints the request and response of an operation as trees with types, cardinalities, formats, values and the
//! documentation of the schema. The description is read in `description`.

use std::fmt::Write as _;

use crate::args::{Describe, nearest_operations};
use crate::description::{Child, Operation, Type, description, first_sentence, local};
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
    let chosen: Vec<&Operation> = description().operations().iter().filter(wanted).collect();
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
    let mut known: Vec<&str> = description().operations().iter().map(|operation| operation.service).collect();
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

/// Appends the content of a type. `above` contains the enclosing types, so that a recursive type is not followed.
fn tree(key: &str, depth: usize, above: &mut Vec<String>, text: &mut String) {
    let Some(ty) = description().of(key) else { return };
    let indent = "  ".repeat(depth);
    for attribute in &ty.attributes {
        let optional = if attribute.required { "" } else { "?" };
        let _ = writeln!(text, "{indent}@{}{optional}: {}", local(&attribute.name), kind(&attribute.of, &[]));
        values(&attribute.of, depth + 1, text);
    }
    above.push(key.to_owned());
    for child in &ty.children {
        let _ = writeln!(text, "{indent}{}{}: {}{}", child.local(), mark(child), kind(&child.of, &child.formats), remark(child));
        values(&child.of, depth + 1, text);
        if above.contains(&child.of) {
            let _ = writeln!(text, "{indent}  ...");
        } else {
            tree(&child.of, depth + 1, above, text);
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
    let secret = if child.secret { " (secret)" } else { "" };
    let doc = first_sentence(&child.doc);
    if doc.is_empty() { secret.to_owned() } else { format!("{secret}  - {doc}") }
}

/// The number of values up to which they are listed on the line of the name.
const IN_LINE: usize = 8;

/// Describes a type: by its formats, by its values, or by its name and facets.
pub(crate) fn kind(key: &str, formats: &[String]) -> String {
    if let [format, others @ ..] = formats {
        let others: Vec<String> = others.iter().map(|other| format!(" or {other}")).collect();
        return format!("{format}{}", others.concat());
    }
    let Some(ty) = description().of(key) else { return local(key).to_owned() };
    if let Some(item) = &ty.list {
        return format!("list of {}", kind(item, &[]));
    }
    if ty.base.is_none() {
        return match &ty.text {
            Some(text) => kind(text, &[]),
            None => "{}".to_owned(),
        };
    }
    match ty.values.len() {
        0 if ty.facets.is_empty() => local(description().builtin(key)).to_owned(),
        0 => format!("{} {}", local(description().builtin(key)), ty.facets),
        1..=IN_LINE => ty.values.join(" | "),
        many => format!("one of {many} values"),
    }
}

/// Lists the values of a long enumeration below its name.
fn values(key: &str, depth: usize, text: &mut String) {
    let simple = description().of(key).and_then(|ty| ty.text.as_deref()).unwrap_or(key);
    let item = description().of(simple).and_then(|ty| ty.list.as_deref()).unwrap_or(simple);
    let many = description().of(item).map(|ty: &Type| &ty.values).filter(|values| values.len() > IN_LINE);
    for value in many.into_iter().flatten() {
        let _ = writeln!(text, "{}| {value}", "  ".repeat(depth));
    }
}
