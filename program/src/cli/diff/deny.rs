//! `--deny`: what makes the comparison fail.

use std::collections::HashSet;

use xsdgen::compare::rust::Level;
use xsdgen::compare::{Comparison, Documents, Fingerprint, Shown, Verdict, codes};

/// An argument of `--deny`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::cli) enum Denied {
    /// Any change.
    Changes,
    /// A Rust verdict of this level or above.
    Rust(Level),
    /// A verdict about documents that is not proven.
    Documents(Question),
    /// Changes with this code.
    Code(&'static str),
}

/// A verdict about documents.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::cli) enum Question {
    NewReadsOld,
    OldReadsNew,
    OldToleratesNew,
}

impl Question {
    fn of(self, documents: &Documents) -> &Verdict {
        match self {
            Question::NewReadsOld => &documents.new_reads_old,
            Question::OldReadsNew => &documents.old_reads_new,
            Question::OldToleratesNew => &documents.old_tolerates_new,
        }
    }
}

/// What is denied and not accepted.
#[derive(Debug, Default)]
pub(super) struct Denials {
    /// The changes.
    pub(super) changes: HashSet<Fingerprint>,
    /// Whether a verdict is denied; the change that caused it may not be known.
    pub(super) verdict: bool,
}

impl Denials {
    /// Returns whether nothing is denied.
    pub(super) fn is_empty(&self) -> bool {
        self.changes.is_empty() && !self.verdict
    }
}

impl Denied {
    /// Parses an argument.
    pub(in crate::cli) fn parse(text: &str) -> Result<Denied, String> {
        match text {
            "changes" => Ok(Denied::Changes),
            "rust-major" => Ok(Denied::Rust(Level::Major)),
            "rust-minor" => Ok(Denied::Rust(Level::Minor)),
            "new-reads-old" => Ok(Denied::Documents(Question::NewReadsOld)),
            "old-reads-new" => Ok(Denied::Documents(Question::OldReadsNew)),
            "old-tolerates-new" => Ok(Denied::Documents(Question::OldToleratesNew)),
            _ => {
                let known = codes::CHANGES.iter().find(|known| known.code.id.eq_ignore_ascii_case(text));
                let forms = "write `new-reads-old`, `old-reads-new`, `old-tolerates-new`, `rust-major`, `rust-minor`, `changes`, or the code of a \
                             change, such as `XD0203`";
                known.map(|known| Denied::Code(known.code.id)).ok_or_else(|| forms.to_owned())
            }
        }
    }
}

/// Returns what is denied and not accepted.
///
/// A verdict about documents is denied unless it is proven, or each part for which it is refuted is refuted because of an accepted change.
/// A difference of the Rust items is denied unless one of the changes that caused it is accepted. If no change is known to have caused it, all
/// changes are denied.
pub(super) fn denied(comparison: &Comparison, deny: &[Denied]) -> Denials {
    let changes = || comparison.changes.iter().filter(|change| change.accepted.is_none());
    let mut denials = Denials::default();
    let out = &mut denials.changes;
    for denied in deny {
        match *denied {
            Denied::Changes => out.extend(changes().map(|change| change.fingerprint)),
            Denied::Code(id) => out.extend(changes().filter(|change| change.code.id == id).map(|change| change.fingerprint)),
            Denied::Rust(level) => rust(comparison, level, out),
            Denied::Documents(question) => denials.verdict |= documents(comparison, question, out),
        }
    }
    denials
}

/// Adds the changes because of which a verdict is not proven, and returns whether it is denied.
fn documents(comparison: &Comparison, question: Question, out: &mut HashSet<Fingerprint>) -> bool {
    let accepted = accepted(comparison);
    let parts = comparison.parts.iter().map(|part| question.of(&part.documents));
    let whole = question.of(&comparison.verdicts.documents);
    let mut denied = false;
    for verdict in parts.chain([whole]).filter(|verdict| verdict.result != Shown::Proven) {
        if !verdict.change.is_some_and(|change| accepted.contains(&change)) {
            denied = true;
            out.extend(verdict.change);
        }
    }
    denied
}

/// Returns the fingerprints of the accepted changes.
fn accepted(comparison: &Comparison) -> HashSet<Fingerprint> {
    comparison.changes.iter().filter(|change| change.accepted.is_some()).map(|change| change.fingerprint).collect()
}

fn rust(comparison: &Comparison, level: Level, out: &mut HashSet<Fingerprint>) {
    let accepted = accepted(comparison);
    for change in comparison.verdicts.rust.changes.iter().filter(|change| change.rule.level >= level) {
        match change.causes.as_slice() {
            [] => out.extend(comparison.changes.iter().filter(|change| change.accepted.is_none()).map(|change| change.fingerprint)),
            causes if causes.iter().any(|cause| accepted.contains(cause)) => {}
            causes => out.extend(causes),
        }
    }
}
