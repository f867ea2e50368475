//! The program `xsdgen`: parses the command line, calls the library and prints the result.

mod args;
mod check;
mod config_schema;
mod console;
mod diagram;
mod diff;
mod drift;
mod explain;
mod fetch;
mod generate;
mod init;
mod job;
mod json_schema;
mod lock;
mod manual;
mod names;
mod notes;
mod progress;
mod review;
mod sample;
mod terminal;
mod validate;
mod watch;

use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;

use clap::Parser;
use xsdgen::diagnostic::{Diagnostics, Severity};

use args::{Args, Command};
use console::{Console, Ran, Stop};

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    /// The command succeeded.
    Done,
    /// The answer is no: an invalid schema, or an output that is out of date.
    No,
    /// Wrong usage.
    Usage,
    /// Valid, but not supported.
    Unsupported,
    /// A file could not be read or written.
    Io,
}

impl Outcome {
    fn code(self) -> u8 {
        match self {
            Outcome::Done => 0,
            Outcome::No => 1,
            Outcome::Usage => 2,
            Outcome::Unsupported => 3,
            Outcome::Io => 4,
        }
    }

    /// Returns the outcome of a run without a product, from its diagnostics.
    fn of(diagnostics: &Diagnostics) -> Self {
        let has = |severity| diagnostics.iter().any(|d| d.severity == severity);
        if has(Severity::Io) {
            Outcome::Io
        } else if has(Severity::Unsupported) && !has(Severity::Error) {
            Outcome::Unsupported
        } else {
            Outcome::No
        }
    }
}

/// Runs the program.
pub(crate) fn main() -> ExitCode {
    let args = Args::parse();
    let problems_are_the_result = matches!(args.command, Command::Check(_) | Command::Validate(_));
    let console = Console::new(args.message_format, args.denies_warnings(), problems_are_the_result);
    let outcome = match &args.command {
        Command::Generate(args) => generate::run(args, console),
        Command::Init(args) => init::run(args, console),
        Command::Check(args) => check::run(args, console),
        Command::Names(args) => names::run(args, console),
        Command::Lock(args) => lock::run(args, console),
        Command::Sample(args) => sample::run(args, console),
        Command::Validate(args) => validate::run(args, console),
        Command::Drift(args) => drift::run(args, console),
        Command::ConfigSchema(args) => config_schema::run(args, console),
        Command::JsonSchema(args) => json_schema::run(args, console),
        Command::Diff(args) => diff::run(args, console),
        Command::Diagram(args) => diagram::run(args, console),
        Command::Review(args) => review::run(args, console),
        Command::Notes(args) => notes::run(args, console),
        Command::Fetch(args) => fetch::run(args, console),
        Command::Explain(args) => explain::run(args, console),
        Command::Completions(args) => manual::completions(args),
        Command::Man(args) => manual::man(args, console),
    };
    match outcome {
        Ok(outcome) | Err(Stop::Ended(outcome)) => ExitCode::from(outcome.code()),
        // The reader closed the pipe, as in `xsdgen generate --diff | head`.
        Err(Stop::Output(why)) if why.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(Stop::Output(why)) => {
            // Standard output or standard error cannot be written to; try standard error once more.
            let _ = writeln!(terminal::stderr(), "error: cannot write the result: {why}");
            ExitCode::from(Outcome::Io.code())
        }
    }
}

/// Writes a whole text or nothing: to a temporary file first, which is then moved; without a file, to standard output.
fn write_text(out: Option<&Path>, text: &str, console: Console) -> Ran {
    let Some(out) = out else {
        terminal::document(text.as_bytes())?;
        return Ok(Outcome::Done);
    };
    let mut beside = out.to_owned().into_os_string();
    beside.push(".tmp");
    let moved = std::fs::write(&beside, text).and_then(|()| std::fs::rename(&beside, out));
    if let Err(why) = moved {
        let _ = std::fs::remove_file(&beside);
        console.problem(format!("cannot write `{}`: {why}", out.display()), None)?;
        return Ok(Outcome::Io);
    }
    Ok(Outcome::Done)
}

/// Returns a number with its noun: `1 file`, `2 files`.
fn plural(number: usize, noun: &str) -> String {
    if number == 1 { format!("{number} {noun}") } else { format!("{number} {noun}s") }
}
