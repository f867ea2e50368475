//! Writes diagnostics as workflow commands of GitHub Actions, which show them at their lines in a pull request.

use std::io::{self, Write};

use crate::diagnostic::{Diagnostic, Diagnostics, Severity, Span};

/// Writes one command for each diagnostic: `::error file=a.xsd,line=3,col=7,title=X0301::message`. Further places and the remedy are lines of the message.
///
/// # Errors
///
/// Returns the errors of the stream.
pub fn write(diagnostics: &Diagnostics, out: &mut dyn Write) -> io::Result<()> {
    diagnostics.iter().try_for_each(|diagnostic| {
        let word = if diagnostic.severity == Severity::Warning { "warning" } else { "error" };
        one(word, diagnostic, out)
    })
}

/// Writes one diagnostic with the command `error`, `warning` or `notice`.
///
/// # Errors
///
/// Returns the errors of the stream.
pub fn one(word: &str, diagnostic: &Diagnostic, out: &mut dyn Write) -> io::Result<()> {
    let mut properties = place(&diagnostic.span);
    if !diagnostic.code.id.is_empty() {
        properties.push(format!("title={}", property(diagnostic.code.id)));
    }
    let mut text = diagnostic.message.clone();
    diagnostic.related.iter().for_each(|(span, why)| text.push_str(&format!("\nnote: {span}: {why}")));
    diagnostic.help.iter().for_each(|help| text.push_str(&format!("\nhelp: {help}")));
    let space = if properties.is_empty() { "" } else { " " };
    writeln!(out, "::{word}{space}{}::{}", properties.join(","), data(&text))
}

fn place(span: &Span) -> Vec<String> {
    let mut out = Vec::new();
    if !span.path().is_empty() {
        out.push(format!("file={}", property(span.path())));
    }
    if span.line() > 0 {
        out.push(format!("line={},col={}", span.line(), span.column()));
    }
    out
}

/// Escapes the message of a command.
#[must_use]
pub fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// Escapes a property of a command.
#[must_use]
pub fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::diagnostic::{Code, SourceText};

    #[test]
    fn commands_are_escaped() {
        assert_eq!(property("a:b,c%\n"), "a%3Ab%2Cc%25%0A");
        assert_eq!(data("a:b,c\r\n"), "a:b,c%0D%0A");
    }

    #[test]
    fn a_diagnostic_is_one_line() {
        let span = Span::new(Arc::new(SourceText::new("a,b.xsd", "x\n <a/>")), 3..5);
        let problem =
            Diagnostic::error(Code { id: "X0301", rule: "" }, span.clone(), "100 % wrong").with_related(span, "here").with_help("do\nthis");
        let mut out = Vec::new();
        assert!(one("error", &problem, &mut out).is_ok());
        let wanted = "::error file=a%2Cb.xsd,line=2,col=2,title=X0301::100 %25 wrong%0Anote: a,b.xsd:2:2: here%0Ahelp: do%0Athis\n";
        assert_eq!(String::from_utf8_lossy(&out), wanted);
        let bare = Diagnostic::error(Code { id: "", rule: "" }, Span::file(""), "wrong");
        let mut out = Vec::new();
        assert!(one("error", &bare, &mut out).is_ok());
        assert_eq!(String::from_utf8_lossy(&out), "::error::wrong\n");
    }
}
