//! Reads the XML that stands for JSON, and says what is wrong by its place in the JSON.

use super::path::below;
use super::xml::Xml;
use crate::error::{Error, Result, excerpt};
use crate::note::{Note, NoteKind, Notes};
use crate::options::{Missing, ReadOptions};
use crate::reflect::refusal;
use crate::tables::FieldInfo;
use crate::{ErrorKind, Schema};

/// One pass of reading: how it ended, and the deviations that it accepted.
pub(super) type Pass = (Result<()>, Notes);

/// Reads the XML, and fails if something of the JSON is not in the value. `written` says whether the JSON could be written as XML. With
/// strict options there is a second pass, which checks what tolerant reading accepts.
pub(super) fn read(xml: &mut Xml, written: Result<()>, schema: &Schema, pass: &mut dyn FnMut(&ReadOptions) -> Pass) -> Result<()> {
    let (strict, all) = (xml.options.strict, xml.options.all_errors);
    let mut errors = std::mem::take(&mut xml.errors);
    match written {
        Err(error) => errors.push(error),
        Ok(()) => {
            let tolerant = ReadOptions::tolerant().all_errors(all).exact_texts();
            // An empty text counts as missing unless the schema set admits it for any type.
            let blank = !strict && schema.missing_with(&tolerant) == Missing::Blank;
            let (result, notes) = pass(&unlimited(tolerant.missing(Missing::Blank)));
            let lost = notes.iter().filter(|note| is_loss(note, strict, blank));
            let mut found: Vec<(usize, Error)> = lost.map(|note| (note.position.offset, of_note(xml, note))).collect();
            found.extend(result.iter_errors().map(|error| (offset(error), of_error(xml, error))));
            found.sort_by_key(|(offset, _)| *offset);
            let known = errors.len();
            for (_, error) in found {
                if !errors.iter().take(known).any(|wrong| causes(wrong, &error)) {
                    errors.push(error);
                }
            }
            if strict && errors.is_empty() {
                let (result, _) = pass(&unlimited(ReadOptions::strict().all_errors(all)));
                errors.extend(result.iter_errors().map(|error| of_error(xml, error)));
            }
        }
    }
    errors.truncate(if all { usize::MAX } else { 1 });
    Error::of(errors).map_or(Ok(()), Err)
}

/// The errors of a result.
trait IterErrors {
    fn iter_errors(&self) -> impl Iterator<Item = &Error>;
}

impl IterErrors for Result<()> {
    fn iter_errors(&self) -> impl Iterator<Item = &Error> {
        self.as_ref().err().into_iter().flat_map(Error::all)
    }
}

/// Returns the options without limits that the JSON has passed already.
fn unlimited(options: ReadOptions) -> ReadOptions {
    options.max_bytes(usize::MAX).max_attributes(usize::MAX).max_depth(1024)
}

/// Returns whether a note is about something that is not in the value. Values and types that the schema does not list are kept, but are
/// errors in strict reading.
fn is_loss(note: &Note, strict: bool, blank: bool) -> bool {
    match note.kind {
        NoteKind::UndeclaredPrefix | NoteKind::Misplaced => false,
        NoteKind::UnknownValue | NoteKind::KeptValue | NoteKind::UnknownType => strict,
        NoteKind::BadValue => !blank || note.text.as_deref() != Some(""),
        _ => true,
    }
}

/// Returns whether something is missing only because its JSON could not be written.
fn causes(wrong: &Error, missing: &Error) -> bool {
    let rest = wrong.path().strip_prefix(missing.path());
    missing.kind() == ErrorKind::Missing && rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
}

fn offset(error: &Error) -> usize {
    error.position().map_or(0, |position| position.offset)
}

fn of_error(xml: &Xml, error: &Error) -> Error {
    Error::in_json(error.kind(), &place(xml, offset(error), error.path()).path, error.message())
}

fn of_note(xml: &Xml, note: &Note) -> Error {
    let place = place(xml, note.position.offset, &note.path);
    let message = told(note, &place);
    Error::in_json(note.kind.as_error(), &place.path, message)
}

/// A place in the JSON.
struct JsonPlace {
    path: String,
    /// The name of the member.
    name: String,
    /// The field that has the text at the place, if it is known.
    field: Option<&'static FieldInfo>,
}

/// Returns the place in the JSON of an offset and a path in the XML. The path may have one step more than the element at the offset, for an
/// attribute or for a missing child.
fn place(xml: &Xml, offset: usize, path: &str) -> JsonPlace {
    let steps = path.split('/').count();
    let before = xml.starts.partition_point(|start| start.offset <= offset);
    let mut started = xml.starts.iter().take(before).rev();
    let Some(start) = started.find(|start| start.depth < steps) else {
        return JsonPlace { path: "$".to_owned(), name: String::new(), field: None };
    };
    let step = path.rsplit('/').next().unwrap_or_default();
    if steps != start.depth + 2 {
        let text = start.shape.as_ref().and_then(|shape| shape.text());
        return JsonPlace { path: start.path.clone(), name: step.to_owned(), field: text.or(start.field) };
    }
    let (local, in_tag) = step.strip_prefix('@').map_or((step, false), |name| (name, true));
    let members = start.shape.iter().flat_map(|shape| &shape.members);
    let member = members.into_iter().find(|member| member.field.in_tag == in_tag && member.field.local == local);
    let name = member.map_or(step, |member| &member.name);
    JsonPlace { path: below(&start.path, name), name: name.to_owned(), field: member.map(|member| member.field) }
}

/// Returns what is wrong, and what is expected.
fn told(note: &Note, place: &JsonPlace) -> String {
    let name = &place.name;
    match (note.kind, place.field) {
        (NoteKind::Missing, _) => format!("the member `{name}` is required"),
        (NoteKind::Repeated, _) => "another alternative of the choice is there already: leave one of them out".to_owned(),
        (NoteKind::BadValue | NoteKind::UnknownValue | NoteKind::KeptValue, Some(field)) => {
            refusal(field, note.text.as_deref().unwrap_or_default())
        }
        (NoteKind::BadValue | NoteKind::UnknownValue | NoteKind::KeptValue, None) => {
            format!("`{}` is not a value of its type", excerpt(note.text.as_deref().unwrap_or_default()))
        }
        (NoteKind::UnknownElement, _) => format!("`{name}` is not allowed here: the content model does not have it at this place"),
        _ => format!("`{name}`: {}", note.kind.words()),
    }
}
