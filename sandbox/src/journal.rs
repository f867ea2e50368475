//! Keeps the last exchanges for people and tests to look at. Messages are stored as values and masked when they are read; large messages
//! are not stored. The module `script` records exchanges to files.

use std::collections::VecDeque;
use std::time::Duration;

use webex_xml_types::serv::Message;

use crate::wire;

/// The number of exchanges that are kept.
const KEPT: usize = 50;

/// The largest size on the wire, in bytes, of a message that is kept.
const LARGEST: usize = 128 << 10;

/// A request and its answer, with every secret masked.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Exchange {
    /// The number of the exchange. Numbers start at 1, in the order in which the exchanges ended.
    pub number: u64,
    /// The time at which the exchange ended, by the site's clock, in milliseconds since 1970.
    pub at_ms: i64,
    /// The operation, such as `user.CreateUser`. Several are joined by `+`; `?` stands for an unknown operation.
    pub operation: String,
    /// The caller named in the request, or an empty string if it names none.
    pub caller: String,
    /// The result: `SUCCESS`, a failure code, `HTTP 503` (an injected status), or `cut`.
    pub result: String,
    /// The time the site took, without injected delays.
    pub took: Duration,
    /// The injected faults in the notation of [`Injection`](crate::Injection), or an empty string if there were none.
    pub injected: String,
    /// Whether the answer came from a script or a recording.
    pub scripted: bool,
    /// The content of the request that was skipped, with its position, such as `message/body/bodyContent/later: unknown element (line 4,
    /// column 12)`.
    pub notes: Vec<String>,
    /// The request, indented and masked. If it could not be read or was too large to keep, this is an XML comment that says so.
    pub request: String,
    /// The answer of the site, before any injected fault damaged it.
    pub answer: String,
}

/// An exchange in the form in which it is stored.
#[derive(Debug)]
pub(crate) struct Entry {
    pub(crate) at_ms: i64,
    pub(crate) operation: String,
    pub(crate) caller: String,
    pub(crate) result: String,
    pub(crate) took: Duration,
    pub(crate) injected: String,
    pub(crate) scripted: bool,
    pub(crate) notes: Vec<String>,
    pub(crate) request: Kept,
    pub(crate) answer: Kept,
}

/// One side of an exchange, or a note on why it was not kept.
#[derive(Debug)]
pub(crate) enum Kept {
    Message(Box<Message>),
    Note(String),
}

impl Kept {
    pub(crate) fn new(message: Message, wire_size: usize) -> Self {
        match wire_size > LARGEST {
            true => Self::Note(format!("{wire_size} bytes: too large to keep")),
            false => Self::Message(Box::new(message)),
        }
    }

    fn masked(&self) -> String {
        match self {
            Self::Message(message) => wire::masked(message),
            Self::Note(note) => format!("<!-- {} -->", note.replace("--", "- -")),
        }
    }
}

/// The last exchanges.
#[derive(Debug, Default)]
pub(crate) struct Journal {
    count: u64,
    last: VecDeque<(u64, Entry)>,
}

impl Journal {
    pub(crate) fn add(&mut self, entry: Entry) {
        self.count += 1;
        if self.last.len() >= KEPT {
            self.last.pop_front();
        }
        self.last.push_back((self.count, entry));
    }

    /// Returns the total number of exchanges.
    pub(crate) fn count(&self) -> u64 {
        self.count
    }

    /// Returns the stored exchanges, oldest first.
    pub(crate) fn exchanges(&self) -> Vec<Exchange> {
        let masked = |(number, entry): &(u64, Entry)| Exchange {
            number: *number,
            at_ms: entry.at_ms,
            operation: entry.operation.clone(),
            caller: entry.caller.clone(),
            result: entry.result.clone(),
            took: entry.took,
            injected: entry.injected.clone(),
            scripted: entry.scripted,
            notes: entry.notes.clone(),
            request: entry.request.masked(),
            answer: entry.answer.masked(),
        };
        self.last.iter().map(masked).collect()
    }
}
