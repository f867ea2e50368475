//! The command-line program, which calls operations, describes them and prints shell completions. The answer goes to the standard output;
//! failures, notes and the wire log go to the standard error. The client itself is the crate `webex-xml`.
#![forbid(unsafe_code)]
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests"))]
#![cfg_attr(not(test), deny(clippy::indexing_slicing))]

mod args;
mod call;
mod complete;
mod console;
mod credentials;
mod describe;
mod description;
mod explain;
mod failure;
mod json;
mod manual;
mod message;
mod nearest;
mod outline;
mod output;
mod request;
mod set;
mod skeleton;
mod table;
mod unique;

use std::io::{self, Write as _};
use std::process::ExitCode;

use clap::{CommandFactory as _, Parser as _};
use clap_complete::CompleteEnv;

use args::{Arguments, Command};
use console::Console;
use failure::{Failure, NO_ANSWER, Problem};

fn main() -> ExitCode {
    CompleteEnv::with_factory(Arguments::command).complete();
    let console = Console::of(std::env::args_os().skip(1));
    let outcome = match Arguments::try_parse() {
        Ok(arguments) => run(arguments.command, console),
        Err(error) if console.is_json() && error.use_stderr() => Err(of_clap(&error)),
        Err(error) => error.exit(),
    };
    match outcome.and_then(|text| print(&text)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            console.failure(&failure);
            ExitCode::from(failure.status)
        }
    }
}

fn run(command: Command, console: Console) -> Result<String, Failure> {
    match command {
        Command::Call(call) => call::run(&call, console),
        Command::Ops(options) => describe::list(options.filter.as_deref(), options.service.as_deref()),
        Command::Describe(options) => Ok(describe::operation(options.operation, &options)),
        Command::Completions { shell } => Ok(complete::script(&shell)?),
        Command::Man { out } => manual::pages(out.as_deref()),
    }
}

/// Prints to the standard output. A closed pipe is not an error.
fn print(text: &str) -> Result<(), Failure> {
    match io::stdout().write_all(text.as_bytes()).and_then(|()| io::stdout().flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(Failure::new(NO_ANSWER, Problem::new("output", format!("the standard output: {error}"))))
        }
        _ => Ok(()),
    }
}

/// Converts an error of `clap`: its first line is the message, the lines up to the usage are the help.
fn of_clap(error: &clap::Error) -> Failure {
    let text = error.render().to_string();
    let text = text.split("\nUsage:").next().unwrap_or_default();
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with("For more information"));
    let message = lines.next().unwrap_or_default();
    let problem = Problem::new("usage", message.strip_prefix("error: ").unwrap_or(message));
    let help = lines.map(|line| line.strip_prefix("tip: ").unwrap_or(line)).collect::<Vec<_>>().join("; ");
    if help.is_empty() { problem.into() } else { problem.with_help(help).into() }
}
