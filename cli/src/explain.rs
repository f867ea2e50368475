//! Describes problems in a request: names and values that the schema does not have, and notes of the codec. Each description uses the names
//! of the request and says what is allowed. The position in a file is determined in `message`.

use std::collections::{HashSet, VecDeque};

use xsdgen_codec::{ErrorKind, NoteKind, TypeInfo};

use crate::description::{Child, Declared, Operation, Simple, attributes, children, find};
use crate::failure::Problem;
use crate::json::MASK;
use crate::nearest::{by_similarity, nearest};

/// The number of values up to which a message lists them all.
const SHOWN: usize = 8;

/// Returns the problem of an element that its parent's type does not declare. `root` is the type of the request, which is searched for the name.
pub(crate) fn unknown_element(name: &str, parent: &'static TypeInfo, root: &'static TypeInfo) -> Problem {
    let problem = |text: &str| Problem::new("unknown-element", format!("it has no {name}{text}"));
    let children = children(parent);
    let known = || children.iter().map(Child::name);
    if let Some(close) = known().find(|known| known.eq_ignore_ascii_case(name)) {
        return problem(&format!("; is {close} meant? Names are case-sensitive"));
    }
    let elsewhere = places(name, root);
    if !elsewhere.is_empty() {
        return problem(&format!("; it belongs in {}", elsewhere.join(", or in ")));
    }
    let alike: Vec<&str> = nearest(name, known()).into_iter().take(3).collect();
    match &alike[..] {
        [] if children.is_empty() => problem(", and no other element"),
        [] => problem("").with_help(format!("it has {}", list(known(), " (`webex-xml describe` lists all)"))),
        [one] => problem(&format!("; is {one} meant?")),
        several => problem(&format!("; is one of these meant: {}?", several.join(", "))),
    }
}

/// Returns the problem of an attribute that the type of its element does not declare.
pub(crate) fn unknown_attribute(name: &str, parent: Option<&'static TypeInfo>) -> Problem {
    let known = list(parent.into_iter().flat_map(attributes).map(|attribute| attribute.name()), "");
    let rest = if known.is_empty() { ", and no other".to_owned() } else { format!("; it has {known}") };
    Problem::new("unknown-attribute", format!("it has no attribute {name}{rest}"))
}

/// Returns the paths of the elements with that name in a request: at most two, those nearest to the root.
fn places(name: &str, root: &'static TypeInfo) -> Vec<String> {
    const MOST: usize = 2;
    let (mut found, mut seen) = (Vec::new(), HashSet::new());
    let mut queue = VecDeque::from([(root, String::new())]);
    while let Some((info, path)) = queue.pop_front() {
        if !seen.insert(std::ptr::from_ref(info)) {
            continue;
        }
        for child in children(info) {
            let path = if path.is_empty() { child.name().to_owned() } else { format!("{path}.{}", child.name()) };
            if child.name() == name {
                found.push(path.clone());
            }
            queue.extend(child.type_info().map(|info| (info, path)));
        }
        if found.len() >= MOST {
            break;
        }
    }
    found.truncate(MOST);
    found
}

/// Returns the names separated by commas; a long list is cut.
fn list<'n>(names: impl Iterator<Item = &'n str>, more: &str) -> String {
    let names: Vec<&str> = names.collect();
    let shown = names.iter().take(2 * SHOWN).copied().collect::<Vec<_>>().join(", ");
    if names.len() > 2 * SHOWN { format!("{shown} ...{more}") } else { shown }
}

/// Returns the problem of a text that is not a value of its type.
pub(crate) fn misfit(text: &str, declared: &Declared) -> Problem {
    let quoted = match (declared.is_secret(), text.is_empty()) {
        (true, _) => "the value".to_owned(),
        (false, true) => "an empty text".to_owned(),
        (false, false) => excerpt(text),
    };
    let simple = declared.simple();
    let message = match (declared.formats().as_slice(), simple.values) {
        ([format], _) => format!("{quoted} is not of the form {format}"),
        ([format, others @ ..], _) => format!("{quoted} is not of the form {format} (or {})", others.join(", or ")),
        ([], []) => format!("{quoted} is not {}", wanted(&simple)),
        ([], values) => format!("{quoted} is not one of the allowed values: {}", allowed(text, values)),
    };
    Problem::new("value", message)
}

/// Lists the values of an enumeration; of a long one, the most similar to the text come first and the rest is counted.
fn allowed(text: &str, values: &[&str]) -> String {
    if values.len() <= SHOWN {
        return values.join(" | ");
    }
    let near: Vec<&str> = by_similarity(text, values.iter().copied()).into_iter().take(SHOWN).collect();
    format!("{} | ... ({} values, all listed by `webex-xml describe`)", near.join(" | "), values.len())
}

/// Describes the values of a type.
fn wanted(simple: &Simple) -> String {
    let facets = if simple.facets.is_empty() { String::new() } else { format!(" {}", simple.facets) };
    let words = match simple.builtin {
        "boolean" => "true or false",
        "byte" => "a whole number from -128 to 127",
        "short" => "a whole number from -32768 to 32767",
        "int" => "a whole number from -2147483648 to 2147483647",
        "integer" | "long" => "a whole number of at most 64 bits",
        "nonNegativeInteger" | "unsignedLong" | "unsignedInt" | "unsignedShort" | "unsignedByte" => "a whole number from 0",
        "positiveInteger" => "a whole number from 1",
        "decimal" | "double" | "float" => "a number",
        "dateTime" => "a date and time such as 2030-01-31T09:00:00",
        "date" => "a date such as 2030-01-31",
        "time" => "a time such as 09:00:00",
        "base64Binary" => "binary data in base64",
        "string" => "a text",
        other => return format!("a value of type {other}{facets}"),
    };
    format!("{words}{facets}")
}

/// Returns the start of a text on one line.
pub(crate) fn excerpt(text: &str) -> String {
    const MOST: usize = 40;
    let mut piece: String = text.chars().take(MOST).flat_map(char::escape_debug).collect();
    if text.chars().nth(MOST).is_some() {
        piece.push_str("...");
    }
    piece
}

/// Returns the problem for a note of the codec about a field.
pub(crate) fn of_note(kind: NoteKind, names: &[&str], text: impl FnOnce() -> Option<String>, root: &'static TypeInfo) -> Problem {
    let declared = find(root, names);
    let (parent, name) = match names {
        [above @ .., name] => (find(root, above), *name),
        [] => (None, ""),
    };
    let parent = parent.and_then(|parent| parent.info);
    let repeated = || Problem::new("repeated", "it may occur only once");
    match kind {
        NoteKind::UnknownElement | NoteKind::OtherCase => match parent {
            Some(parent) => unknown_element(name, parent, root),
            None => Problem::new("unknown-element", format!("there is no element {name}")),
        },
        NoteKind::UnknownAttribute => unknown_attribute(name.trim_start_matches('@'), parent),
        NoteKind::UnexpectedText => Problem::new("unexpected-text", "text is not allowed between these elements"),
        NoteKind::Missing => missing(name),
        NoteKind::Repeated => repeated(),
        NoteKind::UnknownType => Problem::new("type", "the xsi:type is not known here"),
        NoteKind::UnknownValue | NoteKind::KeptValue | NoteKind::BadValue => match declared {
            Some(declared) => misfit(&text().unwrap_or_default(), &declared),
            None => Problem::new("value", "the value is not of its type"),
        },
        NoteKind::NilContent => Problem::new("unexpected-content", "it is nil (xsi:nil) but has content"),
        other => Problem::new("request", format!("it departs from the schema ({other:?})")),
    }
}

/// Returns the problem of a masked secret, as in the output of a dry run.
pub(crate) fn masked(names: &[&str]) -> Problem {
    let problem = Problem::new("value", format!("the secret is masked with {MASK}"));
    problem.with_help(format!("write the secret itself, or add --set {}=@prompt", names.join(".")))
}

/// Returns whether the note does not change what is sent: the document type is not part of the request, and it is rewritten in the
/// namespaces and in the order of the schema.
pub(crate) fn is_harmless(kind: NoteKind) -> bool {
    use NoteKind::{AttributeDefault, Doctype, Misplaced, OtherNamespace, UndeclaredPrefix};
    matches!(kind, Doctype | AttributeDefault | UndeclaredPrefix | OtherNamespace | Misplaced)
}

/// Returns the problem of a required element or attribute that is missing.
pub(crate) fn missing(name: &str) -> Problem {
    let what = match name.strip_prefix('@') {
        Some(name) => format!("the attribute {name}"),
        None => format!("the element {name}"),
    };
    Problem::new("missing", format!("{what} is required"))
}

/// Returns the problem of an `xsi:type` that is not that of an operation; `fix` says what to write instead.
pub(crate) fn wrong_type(named: &str, operation: &Operation, what: &str, fix: &str) -> Option<Problem> {
    let local = named.rsplit([':', '.', '}']).next().unwrap_or(named);
    if local.eq_ignore_ascii_case(operation.name) {
        return None;
    }
    let problem = Problem::new("type", format!("the {what} {} does not name {}", excerpt(named), operation.name));
    let help = match crate::description::operation(local) {
        Some(other) => format!("run `webex-xml call {}`, or {fix}", other.name),
        None => fix.to_owned(),
    };
    Some(problem.with_help(help))
}

/// Returns the code of a kind of error.
pub(crate) fn code(kind: ErrorKind) -> &'static str {
    match kind {
        ErrorKind::Syntax => "syntax",
        ErrorKind::Encoding => "encoding",
        ErrorKind::Doctype => "doctype",
        ErrorKind::Limit => "limit",
        ErrorKind::Prefix => "prefix",
        ErrorKind::Root => "root",
        ErrorKind::UnexpectedElement => "unknown-element",
        ErrorKind::UnexpectedAttribute => "unknown-attribute",
        ErrorKind::UnexpectedText => "unexpected-text",
        ErrorKind::Missing => "missing",
        ErrorKind::Repeated => "repeated",
        ErrorKind::Value | ErrorKind::Facet => "value",
        ErrorKind::Type => "type",
        _ => "request",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::description::operation;

    fn told(name: &str, path: &[&str], text: &str) -> String {
        misfit(text, &find(operation(name).unwrap().request, path).unwrap()).message
    }

    #[test]
    fn values_are_told_with_what_is_allowed() {
        let date = told("createMeeting", &["schedule", "startDate"], "2015-09-07T09:00");
        assert!(date.starts_with("2015-09-07T09:00 is not of the form MM/DD/YYYY hh:mm:ss (or MM/DD/YYYY hh:mm"), "{date}");
        let support = told("createMeeting", &["telephony", "telephonySupport"], "CALLIN2");
        assert!(support.contains("CALLIN2 is not one of the allowed values: ") && support.contains("| CALLIN |"), "{support}");
        let zone = told("createMeeting", &["schedule", "timeZone"], "GMT-08:00, Pacific (San Jose)");
        assert!(zone.contains("values: GMT-08:00, Pacific (San") && zone.contains("62 values"), "{zone}");
        assert_eq!(told("getSessionInfo", &["sessionKey"], "x"), "x is not a whole number of at most 64 bits");
        assert_eq!(told("createUser", &["privilege", "host"], "yes"), "yes is not true or false");
    }

    #[test]
    fn secrets_are_not_quoted() {
        assert!(!told("createUser", &["password"], "c4n4ry").contains("c4n4ry"));
    }

    #[test]
    fn unknown_elements_are_told_with_what_is_near() {
        let told = |name: &str| {
            let request = operation("createMeeting").unwrap().request;
            let problem = unknown_element(name, request, request);
            format!("{}|{}", problem.message, problem.help.unwrap_or_default())
        };
        assert_eq!(told("metadata"), "it has no metadata; is metaData meant? Names are case-sensitive|");
        assert_eq!(told("confName"), "it has no confName; it belongs in metaData.confName|");
        assert_eq!(told("telefony"), "it has no telefony; is telephony meant?|");
        assert!(told("zzzz").starts_with("it has no zzzz|it has accessControl, "), "{}", told("zzzz"));
    }
}
