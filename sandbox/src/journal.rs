//! In: exchanges as they end. Out: the last of them, masked, for people and for tests.
//! Messages are kept as values and masked when somebody looks; large ones are not kept.
//! Not here: files (`script`).

use std::collections::VecDeque;
use std::time::Duration;

use webex_xml_types::serv::Message;

use crate::wire;

/// How many exchanges are kept.
const KEPT: usize = 50;

/// Messages that are larger on the wire are not kept.
const LARGEST: usize = 128 << 10;

/// A request and its answer, with every secret masked.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Exchange {
    /// Counts from 1, in the order in which exchanges ended.
    pub number: u64,
    /// When it ended, by the site's clock, in milliseconds since 1970.
    pub at_ms: i64,
    /// `user.CreateUser`; several joined by `+`; `?` for what is no operation.
    pub operation: String,
    /// Who the request says that it comes from; empty for nobody.
    pub caller: String,
    /// `SUCCESS`, a code, `HTTP 503`, or `cut`.
    pub result: String,
    /// How long the site took, without injected delays.
    pub took: Duration,
    /// What was injected, in the words of [`Injection`](crate::Injection); empty for nothing.
    pub injected: String,
    /// Whether the answer is a scripted or recorded one.
    pub scripted: bool,
    /// What was passed over in the request, with its place, as `message/body/bodyContent/later: unknown element (line 4, column 12)`.
    pub notes: Vec<String>,
    /// The request, indented and masked; a note in an XML comment where it could not be read or was too large to keep.
    pub request: String,
    /// The answer as the site meant it, before anything injected damaged it.
    pub answer: String,
}

/// An exchange as it is kept.
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

/// One side of an exchange.
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

    /// How many there were.
    pub(crate) fn count(&self) -> u64 {
        self.count
    }

    /// The kept ones, oldest first.
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
