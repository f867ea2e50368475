//! Generates a request to fill in, with valid values for required members and optional members in comments. The result can be passed to
//! `--file` unchanged.

use std::fmt::Write as _;

use crate::describe::kind;
use crate::description::{Attribute, Child, Operation, description, first_sentence, local, uri};
use crate::json::escape;

/// The depth to which optional members are written.
const DEEPEST: usize = 6;

/// Returns the request as text.
pub(crate) fn of(operation: &Operation) -> String {
    let key = operation.request();
    let doc = description().of(&key).map_or("", |ty| ty.doc.as_str());
    let mut text = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <!-- {}: {} -->\n\
         <!-- Members in comments are optional: uncomment those that you need, together with the members around them. Fill in\n     \
         the values, then run: webex-xml call {} -f FILE -->\n\
         <serv:message xmlns:serv=\"{}\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">\n  \
         <header/> <!-- Written by the program: site and caller come from the command line. -->\n  <body>\n",
        operation.name,
        comment(doc),
        operation.name,
        uri("serv"),
    );
    let mut writer = Writer { text: String::new(), above: vec![key.clone()] };
    writer.members(&key, 3, false);
    let attributes = attributes(&key);
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
    above: Vec<String>,
}

impl Writer {
    fn members(&mut self, key: &str, depth: usize, optional: bool) {
        let Some(ty) = description().of(key) else { return };
        for child in &ty.children {
            let optional = optional || child.min == 0 && !child.first;
            if !optional || depth < DEEPEST + 3 {
                self.member(child, depth, optional);
            }
        }
    }

    fn member(&mut self, child: &Child, depth: usize, optional: bool) {
        let name = child.local();
        let start = format!("<{name}{}>", attributes(&child.of));
        let is_leaf = description().is_simple(&child.of) || description().of(&child.of).is_some_and(|ty| ty.text.is_some());
        if is_leaf {
            return self.line(&format!("{start}{}</{name}>", escape(&example(child))), &remark(child, true, optional), depth, optional);
        }
        self.line(&start, &remark(child, false, optional), depth, optional);
        if !self.above.contains(&child.of) {
            self.above.push(child.of.clone());
            self.members(&child.of, depth + 1, optional);
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
        parts.push(kind(&child.of, &child.formats));
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
    if child.secret {
        parts.push("secret".to_owned());
    }
    let about = parts.join(", ");
    match (about.is_empty(), first_sentence(&child.doc)) {
        (_, "") => about,
        (true, doc) => doc.to_owned(),
        (false, doc) => format!("{about}: {doc}"),
    }
}

/// Writes the required attributes.
fn attributes(key: &str) -> String {
    let required = description().of(key).into_iter().flat_map(|ty| &ty.attributes).filter(|attribute| attribute.required);
    required.map(|attribute: &Attribute| format!(" {}=\"{}\"", local(&attribute.name), escape(&of_type(&attribute.of)))).collect()
}

/// Returns a valid value for a member.
fn example(child: &Child) -> String {
    match child.formats.first() {
        Some(format) if format.contains("YYYY") => date(format),
        _ => of_type(&child.of),
    }
}

/// Writes 9 a.m. on 31 January 2030 in a format.
fn date(format: &str) -> String {
    [("MM", "01"), ("DD", "31"), ("YYYY", "2030"), ("hh", "09"), ("mm", "00"), ("ss", "00")]
        .iter()
        .fold(format.to_owned(), |text, (part, value)| text.replace(part, value))
}

fn of_type(key: &str) -> String {
    let ty = description().of(key);
    if let Some(text) = ty.and_then(|ty| ty.text.as_ref().or(ty.list.as_ref())) {
        return of_type(text);
    }
    if let Some(value) = ty.and_then(|ty| ty.values.first()) {
        return value.clone();
    }
    // A pattern such as `true|TRUE` lists its values.
    if let Some(word) = ty.and_then(|ty| ty.facets.strip_prefix("that matches ")).and_then(|words| words.split('|').next()) {
        return word.to_owned();
    }
    match description().builtin(key) {
        "xs:boolean" => "false",
        "xs:string" | "xs:normalizedString" | "xs:token" | "xs:NMTOKEN" | "xs:NCName" | "xs:ID" | "xs:IDREF" | "xs:anyURI" => "TEXT",
        "xs:dateTime" => "2030-01-31T09:00:00",
        "xs:date" => "2030-01-31",
        "xs:time" => "09:00:00",
        "xs:base64Binary" => "AAAA",
        _ => "1",
    }
    .to_owned()
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
        for operation in description().operations() {
            let text = of(operation);
            let source = Source::of(&text, Some("skeleton"), operation).unwrap();
            let draft = source.read(100).unwrap();
            assert!(draft.problems.is_empty(), "{}: {}", operation.name, draft.problems[0]);
            if let Err(failure) = source.check(&draft.body) {
                panic!("{}: {:?}\n{text}", operation.name, failure.lines().collect::<Vec<_>>());
            }
        }
    }

    #[test]
    fn all_members_stand_where_they_belong() {
        for operation in description().operations() {
            let text = of(operation);
            let lines = text.lines().map(|line| match line.trim_start().strip_prefix("<!-- <") {
                Some(rest) => format!("<{}", rest.replacen(" -->", "", 1)),
                None => line.to_owned(),
            });
            let text: String = lines.collect::<Vec<_>>().join("\n");
            let draft = Source::of(&text, Some("all"), operation).unwrap().read(100).unwrap();
            let problems = draft.problems.iter().filter(|problem| problem.code.starts_with("unknown") || problem.code == "value");
            assert_eq!(problems.map(ToString::to_string).collect::<Vec<_>>(), [""; 0], "{}", operation.name);
        }
    }

    #[test]
    fn members_say_what_they_take() {
        let text = of(description().operation("createMeeting").unwrap());
        let line = text.lines().find(|line| line.contains("<startDate>")).unwrap();
        assert!(line.contains("<!-- <startDate>01/31/2030 09:00:00</startDate> --> <!-- MM/DD/YYYY hh:mm:ss or"), "{line}");
        assert!(text.contains("<!-- </schedule> -->"), "{text}");
    }
}
