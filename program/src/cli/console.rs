//! What the program prints besides the result of a command: diagnostics, in the form that `--message-format` asks for, and lines about its progress.

use std::io::{self, Write};

use xsdgen::diagnostic::{Code, Diagnostic, Diagnostics, Severity, Span, Staged};
use xsdgen::report::{self, github, json};

use super::args::Messages;
use super::{Outcome, terminal};

/// The form and the place of what is printed.
#[derive(Debug, Clone, Copy)]
pub(super) struct Console {
    format: Messages,
    /// Whether warnings are errors.
    strict: bool,
    /// Whether problems for programs go to standard output, because they are the result of the command.
    problems_are_the_result: bool,
}

/// The end of a command before its last step.
#[derive(Debug)]
pub(super) enum Stop {
    /// The command ended, and has printed why.
    Ended(Outcome),
    /// Standard output or standard error cannot be written to.
    Output(io::Error),
}

/// The result of a command.
pub(super) type Ran = Result<Outcome, Stop>;

impl From<io::Error> for Stop {
    fn from(why: io::Error) -> Self {
        Stop::Output(why)
    }
}

impl Console {
    pub(super) fn new(format: Messages, strict: bool, problems_are_the_result: bool) -> Self {
        Self { format, strict, problems_are_the_result }
    }

    pub(super) fn format(self) -> Messages {
        self.format
    }

    /// Returns whether people read the output, so that it may contain more than problems.
    pub(super) fn is_for_people(self) -> bool {
        self.format == Messages::Human
    }

    /// Returns whether warnings are errors.
    pub(super) fn is_strict(self) -> bool {
        self.strict
    }

    /// Prints the diagnostics of a stage, and returns its product. Ends the command if there is none, or if there are warnings that are errors.
    pub(super) fn take<T>(self, staged: Staged<T>) -> Result<T, Stop> {
        let diagnostics = self.judged(staged.diagnostics);
        self.print(&diagnostics)?;
        match staged.product {
            Some(product) if !(self.strict && diagnostics.has_errors()) => Ok(product),
            _ => Err(Stop::Ended(Outcome::of(&diagnostics))),
        }
    }

    /// Prints diagnostics, and ends the command if there are warnings that are errors.
    pub(super) fn tell(self, diagnostics: Diagnostics) -> Result<(), Stop> {
        self.take(Staged { product: Some(()), diagnostics })
    }

    /// Prints a problem that has no place and no code.
    pub(super) fn problem(self, message: impl Into<String>, help: Option<&str>) -> io::Result<()> {
        let mut problem = Diagnostic::error(Code { id: "", rule: "" }, Span::file(""), message);
        problem.help = help.map(str::to_owned);
        match self.format {
            Messages::Human => {
                let text = report::one(&problem, true) + "\n";
                terminal::stderr().write_all(text.as_bytes())
            }
            _ => self.print(&[problem].into_iter().collect()),
        }
    }

    /// Prints a problem, and returns the end of the command because of wrong usage.
    pub(super) fn usage(self, message: impl Into<String>, help: Option<&str>) -> Stop {
        self.problem(message, help).map_or_else(Stop::Output, |()| Stop::Ended(Outcome::Usage))
    }

    /// Returns the diagnostics, with warnings as errors if they are.
    pub(super) fn judged(self, diagnostics: Diagnostics) -> Diagnostics {
        let strict = |mut diagnostic: Diagnostic| {
            if diagnostic.severity == Severity::Warning {
                diagnostic.severity = Severity::Error;
            }
            diagnostic
        };
        if self.strict { diagnostics.into_iter().map(strict).collect() } else { diagnostics }
    }

    /// Prints diagnostics.
    pub(super) fn print(self, diagnostics: &Diagnostics) -> io::Result<()> {
        // Written in one piece, so that the output of other programs does not mix with it.
        let mut text = Vec::new();
        match self.format {
            Messages::Human => report::write(diagnostics, true, &mut text)?,
            Messages::Json => json::write(diagnostics, &mut text)?,
            Messages::Github => github::write(diagnostics, &mut text)?,
        }
        self.write(&text)
    }

    /// Writes text with problems.
    pub(super) fn write(self, text: &[u8]) -> io::Result<()> {
        if self.problems_are_the_result && !self.is_for_people() {
            return terminal::document(text);
        }
        if self.is_for_people() { terminal::stderr().write_all(text) } else { terminal::document_to_stderr(text) }
    }
}
