//! Prints notes, failures and messages on the wire to the standard error, as text or as one JSON object per line. The answer goes to the
//! standard output, which is not handled here.

use std::ffi::OsString;
use std::io::{self, Write as _};

use serde_json::{Value, json};
use webex_xml::{Direction, WireEvent};

use crate::failure::Failure;

/// The standard error.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Console {
    json: bool,
}

impl Console {
    /// Chooses JSON if the arguments contain `--output json`. They may be invalid otherwise: their errors are printed in that form too.
    pub(crate) fn of(arguments: impl IntoIterator<Item = OsString>) -> Self {
        let mut arguments =
            arguments.into_iter().map(|argument| argument.to_string_lossy().into_owned()).take_while(|argument| argument != "--");
        let mut json = false;
        while let Some(argument) = arguments.next() {
            let value = match argument.as_str() {
                "-o" | "--output" => arguments.next(),
                other => other.strip_prefix("--output=").or_else(|| short_value(other)).map(str::to_owned),
            };
            json = value.map_or(json, |value| value == "json");
        }
        Self { json }
    }

    pub(crate) fn is_json(self) -> bool {
        self.json
    }

    /// Prints a note about a call that continues.
    pub(crate) fn note(self, text: &str) {
        self.line(&format!("note: {text}"), || json!({ "note": { "message": text } }));
    }

    /// Prints a failure.
    pub(crate) fn failure(self, failure: &Failure) {
        self.line(&failure.lines().collect::<Vec<_>>().join("\nwebex-xml: "), || failure.to_json());
    }

    /// Prints a message on the wire.
    pub(crate) fn wire(self, event: &WireEvent<'_>) {
        let way = if event.direction == Direction::Sent { "sent" } else { "received" };
        let text = format!("{way} {} ({} bytes)\n{}", event.operation, event.size, event.xml);
        let json = || {
            let wire = json!({ "direction": way, "operation": event.operation, "http_status": event.status, "bytes": event.size, "xml": event.xml });
            json!({ "wire": wire })
        };
        self.line(&text, json);
    }

    fn line(self, text: &str, json: impl FnOnce() -> Value) {
        let _ = match self.json {
            true => writeln!(io::stderr(), "{}", json()),
            false => writeln!(io::stderr(), "webex-xml: {}", visible(text)),
        };
    }
}

/// Returns whether a terminal could interpret the character instead of showing it: a control character, or one that controls text direction.
pub(crate) fn is_hidden(c: char) -> bool {
    c.is_control() && !matches!(c, '\n' | '\t')
        || matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Replaces hidden characters of a text by their Rust escapes.
fn visible(text: &str) -> String {
    with_escapes(text, |c| c.escape_unicode().to_string())
}

/// Returns the text with hidden characters escaped.
pub(crate) fn with_escapes(text: &str, escape: impl Fn(char) -> String) -> String {
    text.chars().fold(String::with_capacity(text.len()), |mut out, c| {
        match is_hidden(c) {
            true => out.push_str(&escape(c)),
            false => out.push(c),
        }
        out
    })
}

/// Returns the value of `-o` in an argument such as `-ojson`, `-o=json` or `-vojson`.
fn short_value(argument: &str) -> Option<&str> {
    let flags = argument.strip_prefix('-').filter(|flags| !flags.starts_with('-'))?;
    let value = flags.strip_prefix("vo").or_else(|| flags.strip_prefix('o'))?;
    Some(value.strip_prefix('=').unwrap_or(value)).filter(|value| !value.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hidden_characters_are_escaped() {
        assert_eq!(visible("a\u{1b}[1m\u{9b}\u{202e}\n"), "a\\u{1b}[1m\\u{9b}\\u{202e}\n");
    }

    #[test]
    fn the_form_is_that_of_the_output() {
        let json = |line: &str| Console::of(line.split(' ').map(OsString::from)).json;
        for line in ["call x -o json", "call -ojson", "call -o=json x", "call -vojson", "call --output json", "call --output=json --sett"] {
            assert!(json(line), "{line}");
        }
        for line in ["call x", "call -o xml", "call -o json -o table", "call -- -o json", "call --outputs=json"] {
            assert!(!json(line), "{line}");
        }
    }
}
