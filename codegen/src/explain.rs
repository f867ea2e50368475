//! In: the id of a diagnostic code, or the name of a rule. Out: what is to be said about it.
//! Not done here: the texts, which stand beside the codes of each stage.

use crate::codes::{self, Entry};
use crate::{config, plan};

/// The entries of all codes of that id, as `X0208`, or that stand for that rule, as `cos-nonambig`. Letter case does not matter.
#[must_use]
pub fn explain(code: &str) -> Vec<&'static Entry> {
    let all = codes::ALL.iter().chain(plan::codes::ALL).chain(config::codes::ALL);
    let wanted = |e: &&Entry| e.code.id.eq_ignore_ascii_case(code) || (!code.is_empty() && e.code.rule.eq_ignore_ascii_case(code));
    all.filter(wanted).collect()
}
