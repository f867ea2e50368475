//! Looks up the explanations of diagnostic codes, rules, and codes of changes. The texts are next to the codes of each stage and in `explanations/`.

use crate::codes::{self, Entry};
use crate::{compare, config, lock, plan};

/// Returns the entries of a code, such as `X0208`, or of all codes of a rule, such as `cos-nonambig`, in any letter case.
#[must_use]
pub fn explain(code: &str) -> Vec<&'static Entry> {
    let wanted = |e: &&Entry| e.code.id.eq_ignore_ascii_case(code) || (!code.is_empty() && e.code.rule.eq_ignore_ascii_case(code));
    every_code().filter(wanted).collect()
}

/// Returns the entries of all codes.
pub fn every_code() -> impl Iterator<Item = &'static Entry> {
    codes::ALL.iter().chain(plan::codes::ALL).chain(config::codes::ALL).chain(lock::codes::ALL).chain(compare::codes::ALL)
}
