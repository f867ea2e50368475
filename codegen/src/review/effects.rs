//! Says what each change means for documents and for Rust code, from the verdicts of the comparison.

use std::collections::HashMap;

use super::{Effect, Refuted};
use crate::compare::rust::{ApiChange, Level};
use crate::compare::{Comparison, Documents, Fingerprint, Shown, Verdict};

/// A verdict about documents, with its name.
pub(super) type Question = (&'static str, fn(&Documents) -> &Verdict);

/// The verdicts about documents.
pub(super) const QUESTIONS: [Question; 3] = [
    ("new reads old", |documents| &documents.new_reads_old),
    ("old reads new", |documents| &documents.old_reads_new),
    ("old tolerates new", |documents| &documents.old_tolerates_new),
];

/// The maximum number of differences of the Rust items, and of parts, that are listed for a change.
const MOST: usize = 20;

/// What the changes mean, by their fingerprints.
pub(super) struct Effects<'c> {
    rust: HashMap<Fingerprint, Vec<&'c ApiChange>>,
    refuted: HashMap<Fingerprint, Vec<Refuted>>,
}

impl<'c> Effects<'c> {
    pub(super) fn of(comparison: &'c Comparison) -> Self {
        let mut effects = Effects { rust: HashMap::new(), refuted: HashMap::new() };
        for change in &comparison.verdicts.rust.changes {
            for cause in &change.causes {
                effects.rust.entry(*cause).or_default().push(change);
            }
        }
        for question in QUESTIONS {
            effects.question(comparison, question);
        }
        effects
    }

    fn question(&mut self, comparison: &Comparison, (name, of): Question) {
        let parts = comparison.parts.iter().map(|part| (Some(part.path.as_str()), of(&part.documents)));
        for (path, verdict) in [(None, of(&comparison.verdicts.documents))].into_iter().chain(parts) {
            let (Shown::Refuted, Some(change)) = (verdict.result, verdict.change) else { continue };
            let list = self.refuted.entry(change).or_default();
            if list.last().is_none_or(|last| last.question != name) {
                let (reason, witness) = (verdict.reason.clone().unwrap_or_default(), verdict.witness.clone().unwrap_or_default());
                list.push(Refuted { question: name, reason, witness, parts: Vec::new() });
            }
            if let Some(last) = list.last_mut().filter(|last| last.parts.len() <= MOST) {
                last.parts.extend(path.map(str::to_owned));
            }
        }
    }

    /// Returns the differences of the Rust items that a change causes.
    pub(super) fn rust(&self, change: Fingerprint) -> Vec<ApiChange> {
        self.rust.get(&change).into_iter().flatten().take(MOST).map(|change| (*change).clone()).collect()
    }

    /// Returns the verdicts that a change refutes.
    pub(super) fn refuted(&self, change: Fingerprint) -> Vec<Refuted> {
        self.refuted.get(&change).cloned().unwrap_or_default()
    }

    /// Returns the most severe effect of a change.
    pub(super) fn effect(&self, change: Fingerprint) -> Effect {
        let level = self.rust.get(&change).into_iter().flatten().map(|change| change.rule.level).max();
        let refuted = |name: &str| self.refuted.get(&change).into_iter().flatten().any(|it| it.question == name);
        if level == Some(Level::Major) || refuted("new reads old") || refuted("old tolerates new") {
            Effect::Breaks
        } else if level == Some(Level::Minor) || refuted("old reads new") {
            Effect::Extends
        } else {
            Effect::None
        }
    }
}
