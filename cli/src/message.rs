//! Converts the XML of a request, a whole message or only a bodyContent, into a typed and checked request, or reports each problem with
//! its place. The text is read in tolerant mode, because clients write unqualified names and undeclared prefixes; the result is then
//! checked in strict mode. The text comes from `request`; problems are described in `explain`.

use webex_xml::types::Document;
use webex_xml::types::serv::message::{Body, Header};
use webex_xml::types::serv::{AnyBodyContent, Message};
use xsdgen_codec::{ErrorKind, Note, NoteKind, ReadOptions, WriteOptions};

use crate::description::{Operation, find, uri};
use crate::explain;
use crate::failure::{Failure, Place, Problem};
use crate::json::MASK;
use crate::outline::{Outline, line_and_column};

/// A request in text.
pub(crate) struct Source<'t> {
    text: &'t str,
    /// The name of the file.
    file: &'t str,
    outline: Outline<'t>,
    operation: &'t Operation,
    /// The element bodyContent.
    body: usize,
}

/// A request as read, and its problems.
pub(crate) struct Draft {
    pub(crate) body: AnyBodyContent,
    pub(crate) problems: Vec<Problem>,
}

impl<'t> Source<'t> {
    /// Finds the bodyContent and checks that it is a request of the operation.
    pub(crate) fn of(text: &'t str, file: &'t str, operation: &'t Operation) -> Result<Self, Failure> {
        let place = |offset| Place { file: Some(file.to_owned()), position: Some(line_and_column(text, offset)), path: String::new() };
        let outline = Outline::of(text).map_err(|wrong| Problem::new("syntax", wrong.message).at(place(wrong.offset)))?;
        let root = outline.root().ok_or_else(|| Problem::new("syntax", "it has no element").at(place(0)))?;
        let bodies = match root.name {
            "bodyContent" => vec![0],
            name if name.eq_ignore_ascii_case("message") => outline.named("bodyContent", 2),
            name => {
                let message = format!("the root element is <{name}>; expected a message or a bodyContent");
                return Err(Problem::new("root", message).at(place(root.start)).into());
            }
        };
        let body = match bodies[..] {
            [body] => body,
            [] => return Err(Problem::new("request", "the message has no bodyContent").at(place(root.start)).into()),
            [_, second, ..] => {
                let start = outline.element(second).map_or(0, |element| element.start);
                return Err(Problem::new("request", "a call sends only one bodyContent, and this is a second one").at(place(start)).into());
            }
        };
        let source = Self { text, file, outline, operation, body };
        source.check_type()?;
        Ok(source)
    }

    /// Refuses a bodyContent whose `xsi:type` is not that of the operation.
    fn check_type(&self) -> Result<(), Failure> {
        let fix = format!("write xsi:type=\"{}\"", self.operation.wire_type);
        let attributes = self.outline.attributes(self.body);
        let named = attributes.iter().find(|(name, _)| name.rsplit(':').next() == Some("type") && name.contains(':'));
        let problem = match named {
            None => Some(Problem::new("type", "the bodyContent has no xsi:type").with_help(fix)),
            Some((_, named)) => explain::wrong_type(named, self.operation, "xsi:type", &fix),
        };
        problem.map_or(Ok(()), |problem| Err(problem.at(self.place(self.start(self.body), "")).into()))
    }

    /// Returns whether the message has a securityContext.
    pub(crate) fn has_caller(&self) -> bool {
        !self.outline.named("securityContext", 2).is_empty()
    }

    /// Reads the request in tolerant mode. Each deviation from the schema is a problem; at most `most` are listed.
    pub(crate) fn read(&self, most: usize) -> Result<Draft, Problem> {
        self.read_text(self.text, most)
    }

    /// Reads a text that differs from the file only in the values of some elements.
    fn read_text(&self, text: &str, most: usize) -> Result<Draft, Problem> {
        let (text, shift) = self.whole(text);
        // The text is already decoded, so the encoding of the XML declaration does not apply.
        let options = ReadOptions::tolerant().undeclared_prefixes(true).charset("UTF-8");
        let unshifted =
            |offset: usize| if offset < shift.from { offset } else { offset.saturating_sub(shift.by).clamp(shift.from, self.text.len()) };
        let reading = Document::read(text.as_bytes(), &options).map_err(|error| {
            let offset = error.position().map(|position| unshifted(position.offset));
            self.of_error(&error, offset)
        })?;
        let mut noted = reading.notes.iter().filter(|note| is_problem(note));
        let told = noted.by_ref().take(most).map(|note| self.of_note(note, unshifted(note.position.offset)));
        let mut problems: Vec<Problem> = told.chain(self.masked()).collect();
        let rest = noted.count() + reading.notes.rest();
        if rest > 0 {
            problems.push(Problem::new("request", format!("and {rest} further problems")));
        }
        let Document::Message(message) = reading.value else { return Err(self.wrong("root", "the root element is not a message")) };
        let body = message.body.body_content.into_iter().next();
        let body = body.filter(|body| body.type_name() == self.operation.name);
        let help = format!("write xsi:type=\"{}\"", self.operation.wire_type);
        let body = body.ok_or_else(|| self.wrong("type", "the xsi:type of the bodyContent is not known").with_help(help))?;
        Ok(Draft { body, problems })
    }

    /// Returns a problem for each masked secret.
    fn masked(&self) -> impl Iterator<Item = Problem> {
        self.outline.having(MASK).filter_map(|index| {
            let line = self.outline.line(index);
            let names: Vec<&str> = line.iter().skip_while(|(name, _)| *name != "bodyContent").skip(1).map(|(name, _)| *name).collect();
            find(self.operation.request, &names).filter(|declared| declared.is_secret())?;
            let start = self.start(index);
            Some(explain::masked(&names).at(self.place(start, &self.path(&names, start))))
        })
    }

    /// Does the same as `read`, but does not judge the values of the elements at these paths, which will be overridden.
    pub(crate) fn read_without(&self, paths: &[String]) -> Result<Draft, Problem> {
        let mut text = self.text.to_owned();
        for path in paths {
            let index = self.descend(path).filter(|index| self.outline.children(*index).next().is_none());
            // `1` is a number and a boolean; other types keep any text. The offsets stay the same.
            if let Some(range) = index.map(|index| self.outline.content(index)).filter(|range| !range.is_empty()) {
                text.replace_range(range.clone(), &format!("{:<1$}", 1, range.len()));
            }
        }
        self.read_text(&text, usize::MAX)
    }

    /// Returns the place of a field by its path, which starts with the operation.
    pub(crate) fn locate(&self, path: &str) -> Option<Place> {
        self.descend(path).map(|index| self.place(self.start(index), path))
    }

    fn descend(&self, path: &str) -> Option<usize> {
        let steps: Vec<(&str, usize)> = path.split('.').skip(1).map(step_of).collect();
        self.outline.descend(self.body, &steps)
    }

    /// Returns the whole message; a bodyContent alone is wrapped in one, which shifts the offsets.
    fn whole(&self, text: &str) -> (String, Shift) {
        let Some(root) = self.outline.root().filter(|root| root.name == "bodyContent") else {
            return (text.to_owned(), Shift { from: usize::MAX, by: 0 });
        };
        let before =
            format!("<serv:message xmlns:serv=\"{}\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><header/><body>", uri("serv"));
        let piece = |range: std::ops::Range<usize>| text.get(range).unwrap_or_default();
        let parts = [piece(0..root.start), &before, piece(root.start..root.end), "</body></serv:message>", piece(root.end..text.len())];
        (parts.concat(), Shift { from: root.start, by: before.len() })
    }

    /// Checks the request in strict mode. A problem refers to its place in this text.
    pub(crate) fn check(&self, body: &AnyBodyContent) -> Result<(), Failure> {
        let written = match canonical(body, true) {
            Ok(written) => written,
            Err(error) => return Err(self.of_error(&error, self.only(&below_body(error.path()))).into()),
        };
        let Err(error) = Document::read(written.as_bytes(), &ReadOptions::strict()) else { return Ok(()) };
        let there = Outline::of(&written).ok();
        let offset = error.position().and_then(|position| {
            let there = there.as_ref()?;
            let line = there.line(there.around(position.offset)?);
            self.outline.descend(self.body, line.get(3..)?).map(|index| self.start(index))
        });
        Err(self.of_error(&error, offset).into())
    }

    /// Returns the offset of the element with this path, or of its innermost existing ancestor; `None` if several elements match.
    fn only(&self, names: &[&str]) -> Option<usize> {
        let mut at = self.body;
        for name in names {
            let mut found =
                self.outline.children(at).filter(|index| self.outline.element(*index).is_some_and(|element| element.name == *name));
            match (found.next(), found.next()) {
                (Some(child), None) => at = child,
                (None, _) => break,
                (Some(_), Some(_)) => return None,
            }
        }
        Some(self.start(at))
    }

    fn start(&self, index: usize) -> usize {
        self.outline.element(index).map_or(0, |element| element.start)
    }

    fn wrong(&self, code: &str, message: &str) -> Problem {
        Problem::new(code, message).at(self.place(self.start(self.body), ""))
    }

    fn of_note(&self, note: &Note, offset: usize) -> Problem {
        let names = below_body(&note.path);
        let problem = explain::of_note(note.kind, &names, || self.text_at(offset, &names), self.operation.request);
        // An undeclared member is a problem of its parent.
        let path = match (problem.code.as_str(), &names[..]) {
            ("unknown-element" | "unknown-attribute", [above @ .., _]) => self.path(above, offset),
            _ => self.path(&names, offset),
        };
        problem.at(self.place(offset, &path))
    }

    fn of_error(&self, error: &xsdgen_codec::Error, offset: Option<usize>) -> Problem {
        let names = below_body(error.path());
        let declared = find(self.operation.request, &names);
        let text = offset.and_then(|offset| self.text_at(offset, &names));
        let problem = match (error.kind(), declared, text) {
            (ErrorKind::Value | ErrorKind::Facet | ErrorKind::Unwritable, Some(declared), Some(text)) if declared.is_simple() => {
                explain::misfit(&text, &declared)
            }
            (ErrorKind::Missing, _, _) => match names.last() {
                Some(name) if error.message().contains(name.trim_start_matches('@')) => explain::missing(name),
                _ => Problem::new("missing", error.message()),
            },
            (kind, _, _) => Problem::new(explain::code(kind), error.message()),
        };
        match offset {
            Some(offset) => problem.at(self.place(offset, &self.path(&names, offset))),
            None => problem.at(Place { position: None, ..self.place(0, &self.path(&names, 0)) }),
        }
    }

    /// Returns the text of the field or attribute at an offset.
    fn text_at(&self, offset: usize, names: &[&str]) -> Option<String> {
        let index = self.outline.around(offset)?;
        let is_it = |name: &str| self.outline.element(index).is_some_and(|element| element.name == name);
        match names.last()?.strip_prefix('@') {
            Some(name) => {
                let attributes = self.outline.attributes(index);
                attributes.into_iter().find(|(key, _)| key.rsplit(':').next() == Some(name)).map(|(_, value)| value)
            }
            None => names.last().is_some_and(|name| is_it(name)).then(|| self.outline.text_of(index).trim().to_owned()),
        }
    }

    fn place(&self, offset: usize, path: &str) -> Place {
        let path = if path.is_empty() { self.operation.name.to_owned() } else { path.to_owned() };
        Place { file: Some(self.file.to_owned()), position: Some(line_and_column(self.text, offset)), path }
    }

    /// Returns the path of a field, starting with the operation, with the indices of repeated elements.
    fn path(&self, names: &[&str], offset: usize) -> String {
        let line = self.outline.around(offset).map(|index| self.outline.line(index)).unwrap_or_default();
        let below = line.iter().position(|(name, _)| *name == "bodyContent").and_then(|at| line.get(at + 1..)).unwrap_or_default();
        let mut path = self.operation.name.to_owned();
        for (at, name) in names.iter().enumerate() {
            path.push('.');
            path.push_str(name);
            let declared = names.get(..=at).and_then(|names| find(self.operation.request, names));
            match below.get(at) {
                Some((found, number)) if found == name && declared.is_some_and(|declared| declared.many) => {
                    path.push_str(&format!("[{number}]"))
                }
                _ => {}
            }
        }
        path
    }
}

/// Returns whether a note concerns what is sent; the header of a file is not sent.
fn is_problem(note: &Note) -> bool {
    let in_header = note.path.split('/').nth(1).is_some_and(|name| name.eq_ignore_ascii_case("header"));
    // The `xsi:type` is rewritten in the case of the schema.
    let is_type = note.kind == NoteKind::OtherCase && note.path.ends_with("/@type");
    !in_header && !is_type && !explain::is_harmless(note.kind)
}

/// Splits a step of a path into its name and its index, 0 if it has none.
fn step_of(step: &str) -> (&str, usize) {
    let parts = step.strip_suffix(']').and_then(|step| step.split_once('['));
    parts.map_or((step, 0), |(name, index)| (name, index.parse().unwrap_or(0)))
}

/// The distance by which offsets from a certain one on are shifted.
struct Shift {
    from: usize,
    by: usize,
}

/// Encodes the request or the answer in the form of the schema, including values that a server of a later release sent.
pub(crate) fn canonical(body: &AnyBodyContent, show_secrets: bool) -> Result<String, xsdgen_codec::Error> {
    let message = Message::new(Header::new(), Body::new([body.clone()]));
    Document::Message(Box::new(message)).to_xml_with(&WriteOptions::default().unlisted_values(true).mask_secrets(!show_secrets))
}

/// Returns the names below bodyContent in a path of the codec.
fn below_body(path: &str) -> Vec<&str> {
    let names = path.split('/').map(|step| step.split_once('[').map_or(step, |(name, _)| name));
    names.skip_while(|name| *name != "bodyContent").skip(1).collect()
}
