//! Writes a review as a short comment for a pull request, in the Markdown of GitHub.

use super::effects::QUESTIONS;
use super::visible::visible;
use super::{Effect, Entry, Group, Review};
use crate::compare::Change;
use crate::compare::present::markdown::{code, text};
use crate::compare::present::summary;

/// The first line, by which a later run finds the comment to replace it.
pub const MARK: &str = "<!-- xsdgen review -->";

/// The maximum number of changes of each effect that are listed. GitHub allows 65,536 characters.
const MOST: usize = 25;

/// Returns the comment.
#[must_use]
pub fn write(review: &Review) -> String {
    let changes: Vec<Change> = review.groups.iter().flat_map(|group| &group.entries).map(|entry| entry.change.clone()).collect();
    let mut out = format!("{MARK}\n## Schema review\n\n{} → {}: {}.\n\n", code(&review.old), code(&review.new), summary(&changes));
    out.push_str("| verdict | result | because |\n|---|---|---|\n");
    for (name, of) in QUESTIONS {
        let verdict = of(&review.verdicts.documents);
        let reason = verdict.reason.as_deref().map(text).unwrap_or_default();
        out.push_str(&format!("| {name} | {} | {reason} |\n", verdict.result.word()));
    }
    out.push_str(&format!("| Rust | {} | |\n", review.verdicts.rust.result));
    for (effect, title) in [(Effect::Breaks, "Breaking changes"), (Effect::Extends, "Extensions"), (Effect::None, "Other changes")] {
        out.push_str(&table(review, effect, title));
    }
    out.push_str(&closing(review));
    visible(&out)
}

/// Returns the changes of an effect: breaking ones in full view, others folded.
fn table(review: &Review, effect: Effect, title: &str) -> String {
    let is = |entry: &&Entry| entry.effect == effect;
    let entries: Vec<&Entry> =
        review.groups.iter().filter(|group| !group.documentation).flat_map(|group: &Group| &group.entries).filter(is).collect();
    if entries.is_empty() {
        return String::new();
    }
    let mut rows = String::from("| component | change | Rust |\n|---|---|---|\n");
    entries.iter().take(MOST).for_each(|entry| rows.push_str(&row(entry)));
    if let Some(more) = entries.len().checked_sub(MOST).filter(|more| *more > 0) {
        rows.push_str(&format!("\nand {more} more\n"));
    }
    match effect {
        Effect::Breaks => format!("\n### {title} ({})\n\n{rows}", entries.len()),
        Effect::Extends | Effect::None => {
            format!("\n<details><summary>{title} ({})</summary>\n\n{rows}\n</details>\n", entries.len())
        }
    }
}

fn row(entry: &Entry) -> String {
    let change = &entry.change;
    let values = match (&change.before, &change.after) {
        (Some(before), Some(after)) => format!(": {} → {}", code(before), code(after)),
        (Some(only), None) | (None, Some(only)) => format!(": {}", code(only)),
        (None, None) => String::new(),
    };
    let accepted = change.accepted.as_ref().map(|reason| format!("; accepted: {}", text(reason))).unwrap_or_default();
    let rust: Vec<String> = change.rust.iter().take(2).map(|name| code(name)).collect();
    let more = change.rust.len().checked_sub(2).filter(|more| *more > 0).map(|more| format!(" and {more} more")).unwrap_or_default();
    let subject = code(&change.subject.to_string());
    format!("| {subject} | {} {}{values}{accepted} | {}{more} |\n", change.code, change.title(), rust.join(", "))
}

fn closing(review: &Review) -> String {
    let lines = review.counts;
    let documentation: usize = review.groups.iter().filter(|group| group.documentation).map(|group| group.entries.len()).sum();
    let mut out = format!("\n{} lines of the generated code differ; {} are filed under a change", lines.changed, lines.attributed);
    if lines.changed > lines.attributed {
        out.push_str(&format!(", {} are not explained by the schemas", lines.changed - lines.attributed));
    }
    out.push_str(".\n");
    if documentation > 0 {
        out.push_str(&format!("{documentation} changes of documentation are not listed.\n"));
    }
    out
}
