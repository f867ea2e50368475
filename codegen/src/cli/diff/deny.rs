//! `--deny`: what makes the comparison fail.

use std::collections::HashSet;

use xsdgen::compare::rust::Level;
use xsdgen::compare::{Comparison, Fingerprint, codes};

/// An argument of `--deny`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::cli) enum Denied {
    /// Any change.
    Changes,
    /// A Rust verdict of this level or above.
    Rust(Level),
    /// Changes with this code.
    Code(&'static str),
}

impl Denied {
    /// Parses an argument.
    pub(in crate::cli) fn parse(text: &str) -> Result<Denied, String> {
        match text {
            "changes" => Ok(Denied::Changes),
            "rust-major" => Ok(Denied::Rust(Level::Major)),
            "rust-minor" => Ok(Denied::Rust(Level::Minor)),
            _ => {
                let known = codes::CHANGES.iter().find(|known| known.code.id.eq_ignore_ascii_case(text));
                let forms = "write `changes`, `rust-major`, `rust-minor`, or the code of a change, such as `XD0203`";
                known.map(|known| Denied::Code(known.code.id)).ok_or_else(|| forms.to_owned())
            }
        }
    }
}

/// Returns the changes that are denied and not accepted.
///
/// A difference of the Rust items is denied unless one of the changes that caused it is accepted. If no change is known to have caused it, all
/// changes are denied.
pub(super) fn denied(comparison: &Comparison, deny: &[Denied]) -> HashSet<Fingerprint> {
    let changes = || comparison.changes.iter().filter(|change| change.accepted.is_none());
    let mut out = HashSet::new();
    for denied in deny {
        match *denied {
            Denied::Changes => out.extend(changes().map(|change| change.fingerprint)),
            Denied::Code(id) => out.extend(changes().filter(|change| change.code.id == id).map(|change| change.fingerprint)),
            Denied::Rust(level) => rust(comparison, level, &mut out),
        }
    }
    out
}

fn rust(comparison: &Comparison, level: Level, out: &mut HashSet<Fingerprint>) {
    let accepted: HashSet<Fingerprint> =
        comparison.changes.iter().filter(|change| change.accepted.is_some()).map(|change| change.fingerprint).collect();
    for change in comparison.verdicts.rust.changes.iter().filter(|change| change.rule.level >= level) {
        match change.causes.as_slice() {
            [] => out.extend(comparison.changes.iter().filter(|change| change.accepted.is_none()).map(|change| change.fingerprint)),
            causes if causes.iter().any(|cause| accepted.contains(cause)) => {}
            causes => out.extend(causes),
        }
    }
}
