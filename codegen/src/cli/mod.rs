//! In: the command line. Out: an exit code, and on the way what the commands print.
//! Not done here: the work of the commands, which are thin doors to the library.

mod args;
mod check;
mod explain;
mod generate;
mod names;
mod sample;

use std::io::{self, Write};
use std::process::ExitCode;

use clap::Parser;
use xsdgen::diagnostic::{Diagnostics, Severity};
use xsdgen::report;

use args::{Args, Command};

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    /// It is done.
    Done,
    /// The answer is no: an invalid schema, an output that is behind.
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

    /// What the findings of a run that made no product come to.
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
    let outcome = match args.command {
        Command::Generate(args) => generate::run(&args),
        Command::Check(args) => check::run(&args),
        Command::Names(args) => names::run(&args),
        Command::Sample(args) => sample::run(&args),
        Command::Explain(args) => explain::run(&args),
    };
    match outcome {
        Ok(outcome) => ExitCode::from(outcome.code()),
        // Whoever reads has seen enough, as in `xsdgen generate --diff | head`.
        Err(why) if why.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(why) => {
            // The last resort: standard output or standard error refuses text.
            let _ = writeln!(anstream::stderr(), "error: cannot write the result: {why}");
            ExitCode::from(Outcome::Io.code())
        }
    }
}

/// Prints what was found to standard error.
fn tell(diagnostics: &Diagnostics) -> io::Result<()> {
    // In one piece: a terminal shows it at once, and other programs' output does not come between.
    let mut text = Vec::new();
    report::write(diagnostics, true, &mut text)?;
    anstream::stderr().lock().write_all(&text)
}

/// `1 file`, `2 files`.
fn plural(number: usize, noun: &str) -> String {
    if number == 1 { format!("{number} {noun}") } else { format!("{number} {noun}s") }
}
