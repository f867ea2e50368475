//! Turns the body of a request into an answer and the fault effects to apply to it. This module combines fault rules, script, site,
//! store, recorder and journal. The module `http::deliver` applies the effects to the response.

use std::borrow::Cow;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use tokio::sync::Semaphore;
use webex_xml_types::serv::Message;

use crate::encoding::Encoding;
use crate::faults::Fault;
use crate::form;
use crate::injection::{Cut, Effects, Injection, Injections};
use crate::journal::{Entry, Journal, Kept};
use crate::limits::Limits;
use crate::notes::Departures;
use crate::operations::{self, Performed};
use crate::script::{Recorder, Script};
use crate::site::Site;
use crate::store::Store;
use crate::wire::{self, Absent, Heard};

/// The state that all connections share.
#[derive(Debug)]
pub(crate) struct App {
    pub(crate) state: Mutex<State>,
    pub(crate) injections: Mutex<Injections>,
    pub(crate) script: Mutex<Script>,
    pub(crate) journal: Mutex<Journal>,
    pub(crate) recorder: Option<Recorder>,
    pub(crate) limits: Limits,
    /// The bytes of large messages for which there is room, in kibibytes.
    pub(crate) room: Arc<Semaphore>,
    /// Whether the site refuses the requests that live servers refuse.
    pub(crate) strict: AtomicBool,
    /// Whether web pages from loopback addresses can call the service.
    pub(crate) cors: bool,
    /// The token that every form of the page sends back, which protects against forged requests.
    pub(crate) form_token: String,
    /// Whether the sandbox listens on a loopback address only.
    pub(crate) on_loopback: bool,
}

/// The site, and the store that persists it.
#[derive(Debug)]
pub(crate) struct State {
    pub(crate) site: Site,
    pub(crate) store: Option<Store>,
}

impl State {
    /// Saves the changes of the site. If that fails, the site is reset to its last saved state.
    pub(crate) fn keep(&mut self) -> Result<(), Fault> {
        let Some(store) = &mut self.store else {
            self.site.forget_changes();
            return Ok(());
        };
        store.save(&mut self.site).map_err(|error| {
            let again = store.load(&mut self.site).err().map_or_else(String::new, |error| format!("; {error}"));
            Fault::processing(format!("The change cannot be kept: {error}{again}"))
        })
    }
}

/// Locks a mutex, even if a thread that held it panicked. That is safe because no change leaves the value half done.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A request as it was received.
#[derive(Debug)]
pub(crate) struct Posted<'a> {
    pub(crate) body: &'a [u8],
    pub(crate) charset: Option<&'a str>,
    /// The fault rule that the request itself asks for.
    pub(crate) own: Option<&'a Injection>,
}

/// The answer to send, and the fault effects to apply to it.
#[derive(Debug)]
pub(crate) struct Answered {
    pub(crate) text: String,
    pub(crate) encoding: Encoding,
    /// The value of the header that reports skipped content of the request.
    pub(crate) notes: Option<String>,
    pub(crate) effects: Effects,
}

impl App {
    /// Returns the answer to a request. A request that cannot be read or answered gets a `FAILURE`.
    pub(crate) fn exchange(&self, posted: &Posted<'_>) -> Answered {
        let began = Instant::now();
        let message: Cow<'_, [u8]> = form::message(posted.body);
        let mut heard = wire::read(&message, posted.charset, &self.limits);
        let operation = heard.read.as_ref().map_or_else(|_| "?".to_owned(), wire::operation);
        let effects = lock(&self.injections).meet(&operation, posted.own);
        let given = match &heard.read {
            Ok(request) if effects.performs() => self.given(request, &mut heard.departures, &heard.absent),
            Ok(_) => Given::of(operations::failure(injected(&effects))),
            Err(fault) => Given::of(operations::failure(fault.clone())),
        };
        let notes = heard.departures.header();
        // Scripted answers are sent unchanged.
        let encoding = if given.scripted { Encoding::default() } else { heard.encoding.clone() };
        self.note(Exchanged { heard, size: message.len(), operation, given: &given, effects: &effects, took: began.elapsed() });
        Answered { text: given.text, encoding, notes, effects }
    }

    /// Returns the answer of the script if it has one, otherwise that of the site.
    fn given(&self, request: &Message, departures: &mut Departures, absent: &[Absent]) -> Given {
        if let Some(text) = lock(&self.script).answer(request) {
            let message = wire::read(text.as_bytes(), None, &self.limits).read.ok();
            return Given { text, message, scripted: true };
        }
        if let Some(fault) = self.strict.load(Ordering::Relaxed).then(|| departures.refusal(request)).flatten() {
            return Given::of(operations::failure(fault));
        }
        let mut state = lock(&self.state);
        let Performed { answer, passed_over } = operations::perform(&mut state.site, request.clone(), absent);
        passed_over.iter().for_each(|path| departures.add_bad_value(path));
        let answer = state.keep().map_or_else(operations::failure, |()| answer);
        drop(state);
        Given::of(answer)
    }

    /// Adds an exchange to the journal and records it.
    fn note(&self, exchanged: Exchanged<'_>) {
        let Exchanged { heard: Heard { read, departures, .. }, size, operation, given, effects, took } = exchanged;
        if let (Some(recorder), Ok(request), Some(answer)) = (&self.recorder, &read, &given.message)
            && effects.performs()
        {
            // A recording error, such as a full disk, must not change the answers.
            let _ = recorder.record(request, answer);
        }
        let result = match (effects.status, effects.cut) {
            (_, Some(Cut::Request)) => "cut".to_owned(),
            (Some(status), _) => format!("HTTP {status}"),
            _ => given.message.as_ref().map_or_else(String::new, wire::result),
        };
        let entry = Entry {
            at_ms: lock(&self.state).site.clock.now_ms(),
            operation,
            caller: read.as_ref().map_or_else(|_| String::new(), caller),
            result,
            took,
            injected: effects.to_string(),
            scripted: given.scripted,
            notes: departures.lines(),
            // The reason for a read error can quote the message and therefore contain a secret.
            answer: match (&read, &given.message) {
                (Err(fault), _) => Kept::Note(format!("a failure, {}, that tells why; it may quote the request", fault.code)),
                (_, Some(message)) => Kept::new(message.clone(), given.text.len()),
                (_, None) => Kept::Note("a scripted answer that cannot be read".to_owned()),
            },
            request: match read {
                Ok(request) => Kept::new(request, size),
                Err(_) => Kept::Note(format!("{size} bytes that cannot be read as a message")),
            },
        };
        lock(&self.journal).add(entry);
    }
}

/// An answer before any fault effects are applied.
struct Given {
    text: String,
    message: Option<Message>,
    scripted: bool,
}

impl Given {
    fn of(answer: Message) -> Self {
        let (text, message) = wire::write(answer);
        Self { text, message: Some(message), scripted: false }
    }
}

/// The data of an exchange that goes into the journal.
struct Exchanged<'a> {
    heard: Heard,
    size: usize,
    operation: String,
    given: &'a Given,
    effects: &'a Effects,
    took: Duration,
}

/// Returns the `FAILURE` that a fault rule asks for.
fn injected(effects: &Effects) -> Fault {
    let code = effects.exception.clone().unwrap_or_else(|| "999999".to_owned());
    match &effects.reason {
        Some(reason) => Fault::new(code, reason.clone()),
        None => Fault::known(code),
    }
}

fn caller(request: &Message) -> String {
    let context = request.header.security_context.as_ref();
    let name = context.and_then(|context| context.webex_id.clone().or_else(|| context.email.clone()));
    name.unwrap_or_default()
}
