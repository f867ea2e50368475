//! Generates a request to fill in, with valid values for required members and optional members in comments. The result can be passed to
//! `--file` unchanged.

use std::fmt::Write as _;

use xsdgen_codec::{FieldInfo, TypeInfo};

use crate::describe::kind_of;
use crate::description::{self, Child, Operation, children, doc, first_sentence, formats, is_same, simple, uri};

/// The depth to which optional members are written.
const DEEPEST: usize = 6;

/// Returns the request as text.
pub(crate) fn of(operation: &Operation) -> String {
    let info = operation.request;
    let mut text = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <!-- {}: {} -->\n\
         <!-- Members in comments are optional: uncomment those that you need, together with the members around them. Fill in\n     \
         the values, then run: webex-xml call {} -f FILE -->\n\
         <serv:message xmlns:serv=\"{}\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">\n  \
         <header/> <!-- Written by the program: site and caller come from the command line. -->\n  <body>\n",
        operation.name,
        comment(&doc(info)),
        operation.name,
        uri("serv"),
    );
    let mut writer = Writer { text: String::new(), above: vec![info] };
    writer.members(info, 3, false);
    let attributes = attributes(info);
    let start = format!("    <bodyContent xsi:type=\"{}\"{attributes}>", operation.wire_type);
    let _ = match writer.text.is_empty() {
        true => writeln!(text, "{start}</bodyContent>"),
        false => writeln!(text, "{start}\n{}    </bodyContent>", writer.text),
    };
    text.push_str("  </body>\n</serv:message>\n");
    text
}

/// Writes members, a line for each tag.
struct Writer {
    text: String,
    /// The types of the enclosing elements; recursive types are not followed.
    above: Vec<&'static TypeInfo>,
}

impl Writer {
    fn members(&mut self, info: &'static TypeInfo, depth: usize, optional: bool) {
        for child in children(info) {
            let optional = optional || child.min == 0 && !child.first;
            if !optional || depth < DEEPEST + 3 {
                self.member(&child, depth, optional);
            }
        }
    }

    fn member(&mut self, child: &Child, depth: usize, optional: bool) {
        let name = child.name();
        let start = format!("<{name}{}>", child.type_info().map(attributes).unwrap_or_default());
        if let Some(field) = child.text() {
            let example = escape(&example(child, field));
            return self.line(&format!("{start}{example}</{name}>"), &remark(child, true, optional), depth, optional);
        }
        self.line(&start, &remark(child, false, optional), depth, optional);
        if let Some(info) = child.type_info().filter(|info| !self.above.iter().any(|it| is_same(it, info))) {
            self.above.push(info);
            self.members(info, depth + 1, optional);
            self.above.pop();
        }
        self.line(&format!("</{name}>"), "", depth, optional);
    }

    fn line(&mut self, tag: &str, remark: &str, depth: usize, optional: bool) {
        let indent = "  ".repeat(depth);
        let tag = if optional { format!("<!-- {} -->", comment(tag)) } else { tag.to_owned() };
        let remark = if remark.is_empty() { String::new() } else { format!(" <!-- {} -->", comment(remark)) };
        let _ = writeln!(self.text, "{indent}{tag}{remark}");
    }
}

/// Describes a member: its type, its cardinality and its documentation.
fn remark(child: &Child, is_leaf: bool, optional: bool) -> String {
    let mut parts = Vec::new();
    if is_leaf {
        parts.push(kind_of(child));
    }
    if optional && child.min > 0 {
        parts.push("required there".to_owned());
    }
    if child.choice {
        parts.push("one of a choice".to_owned());
    }
    if child.many {
        parts.push("may repeat".to_owned());
    }
    if child.field.is_secret() {
        parts.push("secret".to_owned());
    }
    let about = parts.join(", ");
    match (about.is_empty(), first_sentence(&child.doc())) {
        (_, "") => about,
        (true, doc) => doc.to_owned(),
        (false, doc) => format!("{about}: {doc}"),
    }
}

/// Writes the required attributes.
fn attributes(info: &'static TypeInfo) -> String {
    let required = description::attributes(info).filter(|attribute| attribute.is_required());
    required.map(|attribute| format!(" {}=\"{}\"", attribute.name(), escape(&of_type(attribute)))).collect()
}

/// Returns a valid value for a member, whose text is in the field.
fn example(child: &Child, field: &'static FieldInfo) -> String {
    match formats(child.field).first() {
        Some(format) if format.contains("YYYY") => date(format),
        _ => of_type(field),
    }
}

/// Writes 9 a.m. on 31 January 2030 in a format.
fn date(format: &str) -> String {
    [("MM", "01"), ("DD", "31"), ("YYYY", "2030"), ("hh", "09"), ("mm", "00"), ("ss", "00")]
        .iter()
        .fold(format.to_owned(), |text, (part, value)| text.replace(part, value))
}

fn of_type(field: &'static FieldInfo) -> String {
    let simple = simple(field);
    if let Some(value) = simple.values.first() {
        return (*value).to_owned();
    }
    // A pattern such as `true|TRUE` lists its values.
    if let Some(word) = simple.facets.strip_prefix("that matches ").and_then(|words| words.split('|').next()) {
        return word.to_owned();
    }
    match simple.builtin {
        "boolean" => "false",
        "string" | "normalizedString" | "token" | "NMTOKEN" | "NCName" | "ID" | "IDREF" | "anyURI" => "TEXT",
        "dateTime" => "2030-01-31T09:00:00",
        "date" => "2030-01-31",
        "time" => "09:00:00",
        "base64Binary" => "AAAA",
        _ => "1",
    }
    .to_owned()
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;").replace('\r', "&#13;")
}

/// Makes a text safe within a comment, which must not contain `--`.
fn comment(text: &str) -> String {
    let text = text.replace("--", "- -");
    if text.ends_with('-') { format!("{text} ") } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::message::Source;

    #[test]
    fn every_skeleton_is_a_request_as_it_is() {
        for operation in description::operations() {
            let text = of(operation);
            let source = Source::of(&text, "skeleton", operation).unwrap();
            let draft = source.read(100).unwrap();
            assert!(draft.problems.is_empty(), "{}: {}", operation.name, draft.problems[0]);
            if let Err(failure) = source.check(&draft.body) {
                panic!("{}: {:?}\n{text}", operation.name, failure.lines().collect::<Vec<_>>());
            }
        }
    }

    #[test]
    fn all_members_stand_where_they_belong() {
        for operation in description::operations() {
            let text = of(operation);
            let lines = text.lines().map(|line| match line.trim_start().strip_prefix("<!-- <") {
                Some(rest) => format!("<{}", rest.replacen(" -->", "", 1)),
                None => line.to_owned(),
            });
            let text: String = lines.collect::<Vec<_>>().join("\n");
            let draft = Source::of(&text, "all", operation).unwrap().read(100).unwrap();
            let problems = draft.problems.iter().filter(|problem| problem.code.starts_with("unknown") || problem.code == "value");
            assert_eq!(problems.map(ToString::to_string).collect::<Vec<_>>(), [""; 0], "{}", operation.name);
        }
    }

    #[test]
    fn members_say_what_they_take() {
        let text = of(description::operation("createMeeting").unwrap());
        let line = text.lines().find(|line| line.contains("<startDate>")).unwrap();
        assert!(line.contains("<!-- <startDate>01/31/2030 09:00:00</startDate> --> <!-- MM/DD/YYYY hh:mm:ss or"), "{line}");
        assert!(text.contains("<!-- </schedule> -->"), "{text}");
    }
}
