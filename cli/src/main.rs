//! In: a command line. Out: an answer of the service, a description of what can be asked, or completions.
//! The answer goes to the standard output; faults, notes and the wire log to the standard error.
//! Not here: the client, which is the crate `webex-xml`.
#![forbid(unsafe_code)]
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests"))]
#![cfg_attr(not(test), deny(clippy::indexing_slicing))]

mod args;
mod complete;
mod credentials;
mod describe;
mod description;
mod json;
mod output;
mod request;
mod set;

use std::io::{self, Write as _};
use std::process::ExitCode;

use clap::{CommandFactory as _, Parser as _};
use clap_complete::CompleteEnv;
use webex_xml::{Direction, Error};

use args::{Arguments, Call, Command};
use description::{Operation, description};

/// What the program ends with, when it is not well.
struct Failure {
    code: u8,
    text: String,
}

impl From<String> for Failure {
    /// The command line, or the request, is wrong.
    fn from(text: String) -> Self {
        Self { code: 2, text }
    }
}

fn main() -> ExitCode {
    CompleteEnv::with_factory(Arguments::command).complete();
    match run(Arguments::parse().command) {
        Ok(text) => print(&text),
        Err(failure) => {
            say(&failure.text);
            ExitCode::from(failure.code)
        }
    }
}

/// To the standard output. Whoever reads may stop early: that is no error.
fn print(text: &str) -> ExitCode {
    match io::stdout().write_all(text.as_bytes()).and_then(|()| io::stdout().flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => ExitCode::from(3),
        _ => ExitCode::SUCCESS,
    }
}

/// To the standard error.
fn say(text: &str) {
    let _ = writeln!(io::stderr(), "webex-xml: {text}");
}

fn run(command: Command) -> Result<String, Failure> {
    match command {
        Command::Call(call) => run_call(&call),
        Command::Ops(options) => Ok(describe::list(options.filter.as_deref(), options.service.as_deref())),
        Command::Describe(options) => Ok(describe::operation(named(&options.operation)?, &options)),
        Command::Completions { shell } => Ok(complete::script(&shell)?),
    }
}

fn named(name: &str) -> Result<&'static Operation, String> {
    description().operation(name).ok_or_else(|| format!("{name} is no operation of this release"))
}

fn run_call(call: &Call) -> Result<String, Failure> {
    let operation = named(&call.operation)?;
    let body = request::build(call, operation)?;
    if call.dry_run {
        return Ok(output::request(body, operation)?);
    }
    let mut client = credentials::client(call)?;
    if call.verbose {
        client = client.with_wire_log(|event| {
            let way = if event.direction == Direction::Sent { "sent" } else { "received" };
            say(&format!("{way} {} ({} bytes)\n{}", event.operation, event.size, event.xml));
        });
    }
    let reply = client.call_dynamic(body).map_err(|error| Failure { code: code(&error), text: told(&error) })?;
    reply.notes.iter().for_each(|note| say(&format!("note: {note}")));
    Ok(output::answer(reply.into_body(), operation, call.output, call.show_secrets)?)
}

fn code(error: &Error) -> u8 {
    match error {
        Error::Fault(_) => 1,
        Error::NotSent(_) => 2,
        _ => 3,
    }
}

/// The error, and of a fault what its code means.
fn told(error: &Error) -> String {
    let known = error.as_fault().and_then(|fault| fault.kind().exception());
    match known {
        Some(known) => format!("{error}\n{} {}: {} Repeat: {}.", known.code, known.name, known.meaning, known.advice),
        None => error.to_string(),
    }
}
