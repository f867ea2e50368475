//! In: a POSTed body, and what a client wants to go wrong. Out: the answer as it is to be sent, and what goes wrong with it.
//! Here everything meets: rules of faults, script, site, store, recorder, journal.
//! Not here: HTTP; the damage itself (`http::deliver`).

use std::borrow::Cow;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

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

/// What all connections share.
#[derive(Debug)]
pub(crate) struct App {
    pub(crate) state: Mutex<State>,
    pub(crate) injections: Mutex<Injections>,
    pub(crate) script: Mutex<Script>,
    pub(crate) journal: Mutex<Journal>,
    pub(crate) recorder: Option<Recorder>,
    pub(crate) limits: Limits,
    /// Whether the site refuses what live servers refuse.
    pub(crate) strict: AtomicBool,
    /// Whether pages of this machine may call the service.
    pub(crate) cors: bool,
    /// Every form of the page sends it back.
    pub(crate) form_token: String,
    /// Whether only this machine can reach the sandbox.
    pub(crate) on_loopback: bool,
}

/// The site, and where it is kept.
#[derive(Debug)]
pub(crate) struct State {
    pub(crate) site: Site,
    pub(crate) store: Option<Store>,
}

impl State {
    /// Keeps what changed. Where that fails, the site is again as it was kept last.
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

/// The value, also where a thread that had it panicked: every change of it is whole.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A request as it came.
#[derive(Debug)]
pub(crate) struct Posted<'a> {
    pub(crate) body: &'a [u8],
    pub(crate) charset: Option<&'a str>,
    /// What the request itself wants to go wrong.
    pub(crate) own: Option<&'a Injection>,
}

/// What is sent, and what goes wrong with it.
#[derive(Debug)]
pub(crate) struct Answered {
    pub(crate) text: String,
    pub(crate) encoding: Encoding,
    /// What was passed over in the request, as a header.
    pub(crate) notes: Option<String>,
    pub(crate) effects: Effects,
}

impl App {
    /// The answer to a request. What cannot be read, or answered, is answered with a `FAILURE`.
    pub(crate) fn exchange(&self, posted: &Posted<'_>) -> Answered {
        let began = Instant::now();
        let message: Cow<'_, [u8]> = form::message(posted.body);
        let mut heard = wire::read(&message, posted.charset, self.limits.depth);
        let operation = heard.read.as_ref().map_or_else(|_| "?".to_owned(), wire::operation);
        let effects = lock(&self.injections).meet(&operation, posted.own);
        let given = match &heard.read {
            Ok(request) if effects.performs() => self.given(request, &mut heard.departures, &heard.absent),
            Ok(_) => Given::of(operations::failure(injected(&effects))),
            Err(fault) => Given::of(operations::failure(fault.clone())),
        };
        let notes = heard.departures.header();
        // What somebody wrote is sent as it stands.
        let encoding = if given.scripted { Encoding::default() } else { heard.encoding.clone() };
        self.note(Exchanged { heard, size: message.len(), operation, given: &given, effects: &effects, took: began.elapsed() });
        Answered { text: given.text, encoding, notes, effects }
    }

    /// The answer that the script has, else the site's.
    fn given(&self, request: &Message, departures: &mut Departures, absent: &[Absent]) -> Given {
        if let Some(text) = lock(&self.script).answer(request) {
            let message = wire::read(text.as_bytes(), None, self.limits.depth).read.ok();
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

    /// Remembers an exchange, and records it.
    fn note(&self, exchanged: Exchanged<'_>) {
        let Exchanged { heard: Heard { read, departures, .. }, size, operation, given, effects, took } = exchanged;
        if let (Some(recorder), Ok(request), Some(answer)) = (&self.recorder, &read, &given.message)
            && effects.performs()
        {
            // A full disk must not change the answers.
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
            // The reason why a message cannot be read may quote it, and with it a secret.
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

/// An answer, before anything goes wrong with it.
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

/// What is remembered of an exchange.
struct Exchanged<'a> {
    heard: Heard,
    size: usize,
    operation: String,
    given: &'a Given,
    effects: &'a Effects,
    took: Duration,
}

/// The `FAILURE` that a rule asks for.
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
