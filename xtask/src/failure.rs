//! The failures of commands, each with a remedy.

use std::fmt;
use std::io;
use std::path::Path;

use xsdgen::diagnostic::{Diagnostics, Staged};

/// The reason why a command failed.
#[derive(Debug, Clone)]
pub enum Failure {
    /// A message and a remedy.
    Message {
        /// What went wrong.
        message: String,
        /// What to do about it.
        help: String,
    },
    /// Diagnostics of `xsdgen` about schemas, configuration or output folder.
    Diagnostics(Diagnostics),
}

impl Failure {
    /// Creates a failure from a message and a remedy.
    pub fn new(message: impl Into<String>, help: impl Into<String>) -> Self {
        Self::Message { message: message.into(), help: help.into() }
    }

    /// Creates the failure of an operation on a file or folder.
    #[must_use]
    pub fn io(verb: &str, path: &Path, why: &io::Error) -> Self {
        let help = match why.kind() {
            io::ErrorKind::NotFound => "check the path, or restore it with `git checkout`",
            io::ErrorKind::PermissionDenied => "check who owns it and who may write to it",
            io::ErrorKind::StorageFull => "free some disk space and run the command again",
            _ => "fix the reported problem and run the command again",
        };
        Self::new(format!("cannot {verb} `{}`: {why}", xsdgen::source::display(path)), help)
    }

    /// Creates the failure of a program that could not be started or waited for.
    #[must_use]
    pub fn program(name: &str, why: &io::Error) -> Self {
        Self::new(format!("cannot run `{name}`: {why}"), format!("install `{name}` or put it on the path"))
    }
}

impl From<io::Error> for Failure {
    fn from(why: io::Error) -> Self {
        Self::new(format!("cannot print the result: {why}"), "redirect the output to a place that can be written to")
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Message { message, help } => write!(f, "{message}\nhelp: {help}"),
            Self::Diagnostics(diagnostics) => {
                let mut text = Vec::new();
                xsdgen::report::write(diagnostics, false, &mut text).map_err(|_| fmt::Error)?;
                f.write_str(String::from_utf8_lossy(&text).trim_end())
            }
        }
    }
}

impl std::error::Error for Failure {}

/// Returns the product of a stage, or the diagnostics that the stage reports.
///
/// # Errors
///
/// The diagnostics, if there is no product.
pub fn product<T>(staged: Staged<T>) -> Result<T, Failure> {
    staged.product.ok_or(Failure::Diagnostics(staged.diagnostics))
}
