//! The statement about compatibility, with the document that refutes it.

use super::page::Page;
use super::text;
use crate::compare::Shown;
use crate::compare::rust::Level;
use crate::notes::types::{Notes, Statement};
use crate::plan::code;

pub(super) fn write(notes: &Notes, page: &mut Page) {
    let (old, new) = (text::plain(&notes.old), text::plain(&notes.new));
    let it = &notes.compatibility;
    page.add("## Compatibility");
    let backward = format!("every document that is valid under {old} is valid under {new}");
    page.add(match it.backward.result {
        Shown::Proven => format!("**Backward compatible:** {backward} (proven)."),
        Shown::Refuted => format!("**Not backward compatible:** not {backward} (refuted by the document below)."),
        Shown::NotShown => {
            format!("**Not shown to be backward compatible:** it is open whether {backward}{}.", because(&it.backward))
        }
    });
    let rust = match it.rust {
        Level::Patch => "patch: code compiles as before",
        Level::Minor => "minor: code compiles as before, and there is something new",
        Level::Major => "**major**: some code has to be changed",
    };
    page.table(
        &["statement", "result"],
        vec![
            row(&format!("Clients of {old} that send valid documents can go on sending them."), &it.backward),
            row(&format!("Clients of {old} that skip what they do not know can read every document of {new}."), &it.tolerant),
            row(&format!("Clients of {old} that refuse what they do not know can read every document of {new}."), &it.forward),
            vec!["Release of the bindings for Rust".to_owned(), rust.to_owned()],
        ],
    );
    if [&it.backward, &it.tolerant, &it.forward].iter().any(|statement| statement.result == Shown::Proven) {
        page.add("Proofs cover all documents, not only samples: they compare the content models and values of all types.");
    }
    witness(&it.backward, &old, &format!("not valid under {new}"), page);
    witness(&it.tolerant, &new, &format!("clients of {old} cannot read it"), page);
}

fn row(said: &str, statement: &Statement) -> Vec<String> {
    let result = match statement.result {
        Shown::Proven => "yes, proven".to_owned(),
        Shown::Refuted => "**no**, refuted".to_owned(),
        Shown::NotShown => format!("not shown{}", because(statement)),
    };
    vec![text::in_cell(said), text::in_cell(&result)]
}

/// Returns the reason why nothing is shown.
fn because(statement: &Statement) -> String {
    statement.reason.as_ref().map(|reason| format!(": {}", reason_text(reason))).unwrap_or_default()
}

/// Returns a reason of a verdict. What is between backticks in it is code.
fn reason_text(reason: &str) -> String {
    let part = |(at, part): (usize, &str)| match (at % 2, part) {
        (_, "") => String::new(),
        (1, part) => code(part),
        (_, part) => {
            let (before, after) = (part.starts_with(' '), part.ends_with(' '));
            format!("{}{}{}", if before { " " } else { "" }, text::plain(part), if after { " " } else { "" })
        }
    };
    reason.split('`').enumerate().map(part).collect()
}

/// Adds the document that refutes a statement.
fn witness(statement: &Statement, valid: &str, problem: &str, page: &mut Page) {
    let Some(document) = statement.witness.as_ref().filter(|_| statement.result == Shown::Refuted) else { return };
    let cause = statement.cause.as_ref().map(|cause| format!(" The cause is the change of {}.", code(cause))).unwrap_or_default();
    let reason = statement.reason.as_deref().map(reason_text).unwrap_or_default();
    page.xml(format!("This document is valid under {valid}, and {problem}: {reason}.{cause}"), document);
}
