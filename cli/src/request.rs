//! Builds the request of `call` from its arguments, typed and checked against the schema. A file is read in `message`, JSON in `json`; `--set`
//! changes the JSON of a request.

use std::io::{self, Read};
use std::path::Path;

use serde_json::{Map, Value};
use webex_xml::types::serv::AnyBodyContent;
use xsdgen_codec::{ReadOptions, decode_text};

use crate::args::Call;
use crate::console::Console;
use crate::description::Operation;
use crate::failure::{Failure, Place, Problem, WRONG};
use crate::json::{self, SHOWN};
use crate::message::{Draft, Source};
use crate::set::{check_items, path, set};
use crate::unique::Unique;

/// The maximum size of a file in bytes, which is also that of a message.
const LARGEST: u64 = 64 << 20;

/// Builds the request of a call.
pub(crate) fn build(call: &Call, operation: &Operation, console: Console) -> Result<AnyBodyContent, Failure> {
    match (&call.file, &call.json) {
        (Some(_), Some(_)) => {
            let problem = Problem::new("usage", "--file and --json both give the whole request: give only one of them");
            Err(problem.with_help("--set overrides single fields of either").into())
        }
        (Some(file), None) => from_file(file, &call.set, operation, console),
        (None, json) => {
            let fields = json.as_deref().map_or_else(|| Ok(Value::Object(Map::new())), parse)?;
            from_fields(fields, &call.set, operation)
        }
    }
}

/// Reads the request from a file: a message or its bodyContent.
fn from_file(file: &Path, sets: &[String], operation: &Operation, console: Console) -> Result<AnyBodyContent, Failure> {
    let (name, bytes) = read(file)?;
    let text = decode_text(&bytes, &ReadOptions::tolerant()).map_err(|error| {
        let position = error.position().map(|position| (position.line, position.column));
        Problem::new("encoding", error.message()).at(Place { file: Some(name.clone()), position, path: String::new() })
    })?;
    let source = Source::of(&text, &name, operation)?;
    if source.has_caller() {
        console.note(&format!("{name}: the securityContext is not sent: site and caller come from the command line and its environment"));
    }
    if !sets.is_empty() {
        return override_file(&source, sets, operation);
    }
    let draft = source.read(SHOWN)?;
    Failure::of_request(draft.problems)?;
    source.check(&draft.body)?;
    Ok(draft.body)
}

/// Reads the request from a file and overrides some of its fields, whose values in the file are not checked.
fn override_file(source: &Source<'_>, sets: &[String], operation: &Operation) -> Result<AnyBodyContent, Failure> {
    let paths = sets.iter().filter_map(|set| path(operation.request, set));
    let paths: Vec<String> = paths.map(|path| format!("{}.{path}", operation.name)).collect();
    let Draft { body, problems } = source.read_without(&paths)?;
    let is_set = |problem: &Problem| {
        let place = problem.place.as_ref().map_or("", |place| &place.path);
        paths.iter().any(|path| path == place || path.strip_prefix(place).is_some_and(|rest| rest.starts_with('.')))
    };
    // What is missing may be set; otherwise it is missing in the fields too.
    let (missing, problems): (Vec<Problem>, _) = problems.into_iter().partition(|problem| problem.code == "missing");
    Failure::of_request(problems.into_iter().filter(|problem| problem.code != "value" || !is_set(problem)).collect())?;
    let mut fields = json::write(&body, true)?;
    missing.iter().filter_map(|problem| problem.place.as_ref()).for_each(|place| json::remove(&mut fields, &place.path));
    let mut failure = match from_fields(fields, sets, operation) {
        Ok(body) => return Ok(body),
        Err(failure) => failure,
    };
    failure.locate(|path| if paths.iter().any(|set| set == path) { None } else { source.locate(path) });
    Err(failure)
}

/// Builds the request from fields, after `--set` is applied.
fn from_fields(mut fields: Value, sets: &[String], operation: &Operation) -> Result<AnyBodyContent, Failure> {
    sets.iter().try_for_each(|assignment| set(&mut fields, operation.request, assignment))?;
    if !sets.is_empty() {
        check_items(&fields, operation.name)?;
    }
    json::read(fields, operation)
}

fn parse(text: &str) -> Result<Value, Failure> {
    let (name, text) = match text.strip_prefix('@') {
        Some(path) => text_of(Path::new(path))?,
        None if text == "-" => text_of(Path::new("-"))?,
        None => ("--json".to_owned(), text.to_owned()),
    };
    serde_json::from_str(&text).map(|Unique(value)| value).map_err(|error| {
        let at = format!(" at line {} column {}", error.line(), error.column());
        let message = error.to_string();
        let position = u32::try_from(error.line()).ok().zip(u32::try_from(error.column()).ok());
        let place = Place { file: Some(name), position, path: String::new() };
        Problem::new("json", message.strip_suffix(&at).unwrap_or(&message)).at(place).into()
    })
}

fn text_of(path: &Path) -> Result<(String, String), Failure> {
    let (name, bytes) = read(path)?;
    match String::from_utf8(bytes) {
        Ok(text) => Ok((name, text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text))),
        Err(_) => Err(unreadable(&name, "it is not text in UTF-8")),
    }
}

/// Returns the name and the bytes of a file, or of the standard input for `-`.
fn read(path: &Path) -> Result<(String, Vec<u8>), Failure> {
    let is_input = path == Path::new("-");
    let name = if is_input { "the standard input".to_owned() } else { path.display().to_string() };
    let mut bytes = Vec::new();
    let outcome = match is_input {
        true => io::stdin().take(LARGEST + 1).read_to_end(&mut bytes),
        false => std::fs::File::open(path).and_then(|file| file.take(LARGEST + 1).read_to_end(&mut bytes)),
    };
    match outcome {
        Ok(_) if bytes.len() as u64 > LARGEST => Err(unreadable(&name, "it is larger than 64 MiB")),
        Ok(_) => Ok((name, bytes)),
        Err(error) => Err(unreadable(&name, &error.to_string())),
    }
}

fn unreadable(name: &str, why: &str) -> Failure {
    let place = Place { file: Some(name.to_owned()), ..Place::default() };
    Failure::new(WRONG, Problem::new("file", why).at(place))
}
