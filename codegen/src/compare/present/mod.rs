//! Writes a comparison for people and programs. Each format is a file of its own.

pub mod github;
#[cfg(feature = "json")]
pub mod json;
pub mod markdown;
pub mod since;
pub mod text;
mod verdicts;

use std::collections::BTreeMap;

use super::{Change, ChangeKind, Comparison};
use crate::report::visible;

/// The maximum number of characters of a value that is shown; documentation can be long.
const LONGEST: usize = 100;

/// Returns the number of changes of each kind.
#[must_use]
pub fn counts(changes: &[Change]) -> BTreeMap<ChangeKind, usize> {
    let mut out = BTreeMap::new();
    changes.iter().for_each(|change| *out.entry(change.kind).or_default() += 1);
    out
}

/// Returns the number of changes in words, such as `3 changes: 1 added, 2 documentation`.
#[must_use]
pub fn summary(changes: &[Change]) -> String {
    if changes.is_empty() {
        return "no changes".to_owned();
    }
    let kinds: Vec<String> = counts(changes).iter().map(|(kind, count)| format!("{count} {}", kind.word())).collect();
    let noun = if changes.len() == 1 { "change" } else { "changes" };
    format!("{} {noun}: {}", changes.len(), kinds.join(", "))
}

/// Returns the changes to list: all, or those of something else than documentation.
fn listed_changes(comparison: &Comparison, documentation: bool) -> impl Iterator<Item = &Change> {
    comparison.changes.iter().filter(move |change| documentation || change.kind != ChangeKind::Documentation)
}

/// Returns a remark if changes of documentation are not listed.
fn omitted(comparison: &Comparison, documentation: bool) -> &'static str {
    let any = comparison.changes.iter().any(|change| change.kind == ChangeKind::Documentation);
    if any && !documentation { " (not listed)" } else { "" }
}

/// Returns a change in one line, without its component, such as `occurrence widened: 0..1 -> 0..unbounded`.
#[must_use]
pub fn line(change: &Change) -> String {
    let (before, after) = (change.before.as_deref().map(short), change.after.as_deref().map(short));
    let values = match (before, after) {
        (Some(before), Some(after)) => format!(": {before} -> {after}"),
        (Some(only), None) | (None, Some(only)) => format!(": {only}"),
        (None, None) => String::new(),
    };
    let certain = change.confidence.map(|percent| format!(" ({percent} % certain)")).unwrap_or_default();
    format!("{}{values}{certain}", change.title())
}

/// Replaces the characters that a terminal could interpret, and line breaks and tabs by spaces.
fn clean(text: &str) -> String {
    visible(&text.replace(['\n', '\r', '\t'], " "), &[])
}

/// Shortens a long value, and replaces control characters.
fn short(text: &str) -> String {
    let text = clean(text);
    let mut chars = text.chars();
    let part: String = chars.by_ref().take(LONGEST).collect();
    match (chars.next(), part.is_empty()) {
        (Some(_), _) => format!("{part}…"),
        (None, true) => "(empty)".to_owned(),
        (None, false) => part,
    }
}
