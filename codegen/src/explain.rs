//! In: the id of a diagnostic code, or the name of a rule. Out: what is to be said about it.
//! Not done here: the texts, which stand beside the codes of each stage and in `explanations/`.

use crate::codes::{self, Entry};
use crate::{config, plan};

/// The entries of all codes of that id, as `X0208`, or that stand for that rule, as `cos-nonambig`. Letter case does not matter.
#[must_use]
pub fn explain(code: &str) -> Vec<&'static Entry> {
    let wanted = |e: &&Entry| e.code.id.eq_ignore_ascii_case(code) || (!code.is_empty() && e.code.rule.eq_ignore_ascii_case(code));
    every_code().filter(wanted).collect()
}

/// The entries of all codes there are.
pub fn every_code() -> impl Iterator<Item = &'static Entry> {
    codes::ALL.iter().chain(plan::codes::ALL).chain(config::codes::ALL)
}
