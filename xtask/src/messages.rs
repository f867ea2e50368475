//! The form in which commands print problems, as `xsdgen --message-format` has it.

use std::io::{self, Write as _};

use xsdgen::diagnostic::{Code, Diagnostic, Diagnostics, Span};
use xsdgen::report;

use crate::Failure;

/// The form of problems.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
pub enum Messages {
    /// For people, with the lines of the file.
    #[default]
    Human,
    /// A JSON object per line.
    Json,
    /// Annotations of GitHub Actions.
    Github,
}

impl Messages {
    /// Returns the value of `--message-format` for it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Human => "human",
            Self::Json => "json",
            Self::Github => "github",
        }
    }

    /// Prints diagnostics on standard error.
    ///
    /// # Errors
    /// Fails if standard error cannot be written to.
    pub fn print(self, diagnostics: &Diagnostics) -> io::Result<()> {
        let mut text = Vec::new();
        match self {
            Self::Human => report::write(diagnostics, true, &mut text)?,
            Self::Json => report::json::write(diagnostics, &mut text)?,
            Self::Github => report::github::write(diagnostics, &mut text)?,
        }
        anstream::stderr().lock().write_all(&text)
    }

    /// Prints why a command failed, on standard error.
    ///
    /// # Errors
    /// Fails if standard error cannot be written to.
    pub fn print_failure(self, failure: &Failure) -> io::Result<()> {
        match failure {
            Failure::Diagnostics(diagnostics) => self.print(diagnostics),
            Failure::Message { message, help } if self == Self::Human => {
                let text = format!("\x1b[1;31merror\x1b[0m: {message}\n\x1b[1;36mhelp\x1b[0m: {help}\n");
                anstream::stderr().lock().write_all(text.as_bytes())
            }
            Failure::Message { message, help } => {
                let problem = Diagnostic::error(Code { id: "", rule: "" }, Span::file(""), message.as_str()).with_help(help.as_str());
                self.print(&Diagnostics::from_iter([problem]))
            }
        }
    }
}
