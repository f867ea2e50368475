//! Writes diagnostics as JSON, one object per line. `docs/message.schema.json` describes the format.

use std::io::{self, Write};

use serde_json::{Map, Value, json};

use crate::diagnostic::{Diagnostic, Diagnostics, Severity, Span};

/// Writes one line for each diagnostic.
///
/// # Errors
///
/// Returns the errors of the stream.
pub fn write(diagnostics: &Diagnostics, out: &mut dyn Write) -> io::Result<()> {
    diagnostics.iter().try_for_each(|diagnostic| writeln!(out, "{}", Value::Object(object(diagnostic))))
}

/// Returns one diagnostic as an object.
#[must_use]
pub fn object(diagnostic: &Diagnostic) -> Map<String, Value> {
    let text = |text: &str| if text.is_empty() { Value::Null } else { json!(text) };
    let mut out = Map::new();
    out.insert("code".to_owned(), text(diagnostic.code.id));
    out.insert("rule".to_owned(), text(diagnostic.code.rule));
    out.insert("severity".to_owned(), json!(if diagnostic.severity == Severity::Warning { "warning" } else { "error" }));
    out.insert("message".to_owned(), json!(diagnostic.message));
    out.extend(place(&diagnostic.span));
    out.insert("help".to_owned(), json!(diagnostic.help));
    let related = diagnostic.related.iter().map(|(span, why)| {
        let mut out = place(span);
        out.insert("message".to_owned(), json!(why));
        Value::Object(out)
    });
    out.insert("related".to_owned(), related.collect());
    out
}

/// Returns the members for a place. Line and column are 0 for a file as a whole.
fn place(span: &Span) -> Map<String, Value> {
    let mut out = Map::new();
    out.insert("file".to_owned(), if span.path().is_empty() { Value::Null } else { json!(**span.path()) });
    out.insert("line".to_owned(), json!(span.line()));
    out.insert("column".to_owned(), json!(span.column()));
    out.insert("end".to_owned(), span.end().map_or(Value::Null, |(line, column)| json!({ "line": line, "column": column })));
    out
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::diagnostic::{Code, SourceText};

    #[test]
    fn a_place_has_its_end() {
        let span = Span::new(Arc::new(SourceText::new("a.xsd", "x\n<é\nb/>")), 2..8);
        let problem = Diagnostic::error(Code { id: "X0301", rule: "src-resolve" }, span, "wrong").with_related(Span::file("b.xsd"), "here");
        let wanted = json!({
            "code": "X0301", "rule": "src-resolve", "severity": "error", "message": "wrong", "file": "a.xsd", "line": 2, "column": 1,
            "end": { "line": 3, "column": 3 }, "help": null,
            "related": [{ "file": "b.xsd", "line": 0, "column": 0, "end": null, "message": "here" }],
        });
        assert_eq!(Value::Object(object(&problem)), wanted);
        let bare = object(&Diagnostic::new(Severity::Warning, Code { id: "", rule: "" }, Span::file(""), "odd"));
        assert_eq!(
            (bare.get("code"), bare.get("file"), bare.get("severity")),
            (Some(&Value::Null), Some(&Value::Null), Some(&json!("warning")))
        );
    }
}
