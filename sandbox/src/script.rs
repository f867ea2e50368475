//! Reads answers from a folder of recorded or written files, selects the one for a request, and records exchanges to a folder.
//! `0001-user.GetUser.request.xml` with `0001-user.GetUser.response.xml` answers that request. A response without a request answers every
//! request of the operation in its file name.

use std::collections::BTreeMap;
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

use webex_xml_types::serv::Message;
use webex_xml_types::serv::message::Header;
use webex_xml_types::{Document, OPERATIONS};
use xsdgen_codec::ReadOptions;

use crate::wire;

const REQUEST: &str = ".request.xml";
const RESPONSE: &str = ".response.xml";

/// The reason why an answer cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnswerError {
    what: String,
    why: String,
}

impl AnswerError {
    fn new(what: impl Into<String>, why: impl Into<String>) -> Self {
        Self { what: what.into(), why: why.into() }
    }
}

impl fmt::Display for AnswerError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.what, self.why)
    }
}

impl std::error::Error for AnswerError {}

/// The answers that were written or recorded.
#[derive(Debug, Default)]
pub(crate) struct Script {
    /// The recorded answers by operation and masked request bodies. Each is given in turn; the last one repeats.
    recorded: BTreeMap<(String, String), Turns>,
    /// The written answers by operation alone.
    written: BTreeMap<String, String>,
}

#[derive(Debug, Default)]
struct Turns {
    answers: Vec<String>,
    next: usize,
}

impl Script {
    /// Reads the answers of a folder.
    pub(crate) fn read(folder: &Path) -> Result<Self, AnswerError> {
        let shown = |path: &Path| path.display().to_string();
        let entries = std::fs::read_dir(folder).map_err(|error| AnswerError::new(shown(folder), error.to_string()))?;
        let mut paths: Vec<PathBuf> = entries.filter_map(|entry| entry.ok().map(|entry| entry.path())).collect();
        paths.sort();
        let mut script = Self::default();
        for path in &paths {
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            let Some(stem) = name.strip_suffix(RESPONSE) else { continue };
            let text = |path: &Path| std::fs::read_to_string(path).map_err(|error| AnswerError::new(shown(path), error.to_string()));
            let answer = text(path)?;
            let request = path.with_file_name(format!("{stem}{REQUEST}"));
            if request.exists() {
                let read = read(&text(&request)?).map_err(|why| AnswerError::new(shown(&request), why))?;
                script.record(&read, answer).map_err(|why| AnswerError::new(shown(path), why))?;
            } else {
                let operation = stem.split_once('-').filter(|(number, _)| number.parse::<u64>().is_ok()).map_or(stem, |(_, rest)| rest);
                script.write(operation, answer).map_err(|why| AnswerError::new(shown(path), why.why))?;
            }
        }
        Ok(script)
    }

    fn record(&mut self, request: &Message, answer: String) -> Result<(), String> {
        read(&answer)?;
        let turns = self.recorded.entry((wire::operation(request), bodies(request))).or_default();
        turns.answers.push(answer);
        Ok(())
    }

    /// Returns whether a name is that of an operation.
    pub(crate) fn is_operation(name: &str) -> bool {
        full_name(name).is_some()
    }

    /// Sets the answer to all requests of an operation, which is sent unchanged.
    pub(crate) fn write(&mut self, operation: &str, answer: String) -> Result<(), AnswerError> {
        let full = full_name(operation).ok_or_else(|| AnswerError::new(operation, help(operation)))?;
        read(&answer).map_err(|why| AnswerError::new(operation, why))?;
        self.written.insert(full.to_owned(), answer);
        Ok(())
    }

    /// Removes the written answer to an operation.
    pub(crate) fn unwrite(&mut self, operation: &str) {
        if let Some(full) = full_name(operation) {
            self.written.remove(full);
        }
    }

    /// Returns the operations that have a written answer, and the number of requests that have a recorded one.
    pub(crate) fn contents(&self) -> (Vec<String>, usize) {
        (self.written.keys().cloned().collect(), self.recorded.len())
    }

    /// Returns the answer to a request, if there is one: preferably a recorded one, otherwise a written one.
    pub(crate) fn answer(&mut self, request: &Message) -> Option<String> {
        if self.recorded.is_empty() && self.written.is_empty() {
            return None;
        }
        let operation = wire::operation(request);
        let key = (operation, bodies(request));
        if let Some(turns) = self.recorded.get_mut(&key) {
            let answer = turns.answers.get(turns.next).or_else(|| turns.answers.last()).cloned();
            turns.next += 1;
            return answer;
        }
        self.written.get(&key.0).cloned()
    }
}

/// Returns the bodies of a request as masked XML. The header is left out, so that an answer matches whoever sends the request.
fn bodies(request: &Message) -> String {
    wire::masked(&Message::new(Header::new(), request.body.clone()))
}

fn read(text: &str) -> Result<Message, String> {
    match Document::read(text.as_bytes(), &ReadOptions::tolerant().undeclared_prefixes(true)) {
        Ok(reading) => match reading.value {
            Document::Message(message) => Ok(*message),
            _ => Err("its root element is not serv:message".to_owned()),
        },
        Err(error) => Err(format!("it cannot be read: {error}")),
    }
}

/// Returns the full name, such as `user.GetUser`, of an operation given as `getUser`, `GetUser` or `user.GetUser` in any letter case.
fn full_name(operation: &str) -> Option<&'static str> {
    let names = OPERATIONS.iter().map(|known| wire::short(known.wire_type));
    let same =
        |full: &&str| full.eq_ignore_ascii_case(operation) || full.rsplit('.').next().is_some_and(|n| n.eq_ignore_ascii_case(operation));
    names.into_iter().find(same)
}

fn help(operation: &str) -> String {
    let start = operation.rsplit('.').next().unwrap_or_default().to_lowercase();
    let names = OPERATIONS.iter().map(|known| known.name);
    let near: Vec<&str> = names.filter(|name| !start.is_empty() && name.to_lowercase().contains(&start)).take(3).collect();
    match near.is_empty() {
        true => "it is no operation of this release; the name is like `getUser` or `user.GetUser`".to_owned(),
        false => format!("it is no operation of this release; there is {}", near.join(", ")),
    }
}

/// Writes exchanges to a folder, with secrets masked.
#[derive(Debug)]
pub(crate) struct Recorder {
    folder: PathBuf,
    next: AtomicU64,
}

impl Recorder {
    /// Creates the folder if it does not exist, and continues the numbering of the files in it.
    pub(crate) fn new(folder: &Path) -> io::Result<Self> {
        std::fs::create_dir_all(folder)?;
        let numbers = std::fs::read_dir(folder)?.filter_map(|entry| {
            let name = entry.ok()?.file_name().to_string_lossy().into_owned();
            name.split_once('-')?.0.parse::<u64>().ok()
        });
        let next = numbers.max().unwrap_or(0) + 1;
        Ok(Self { folder: folder.to_owned(), next: AtomicU64::new(next) })
    }

    /// Records an exchange. Each file is renamed into place once it is complete, and the response last, so that an interruption leaves no
    /// half-written response next to a request.
    pub(crate) fn record(&self, request: &Message, answer: &Message) -> io::Result<()> {
        let stem = format!("{:06}-{}", self.next.fetch_add(1, Ordering::Relaxed), wire::operation(request).replace('?', "unknown"));
        for (end, message) in [(REQUEST, request), (RESPONSE, answer)] {
            let path = self.folder.join(format!("{stem}{end}"));
            let part = self.folder.join(format!("{stem}{end}.part"));
            std::fs::write(&part, wire::masked(message))?;
            std::fs::rename(part, path)?;
        }
        Ok(())
    }
}
