//! The verdicts about documents, as all formats for people state them.

use crate::compare::{Comparison, Documents, Part, Shown, Verdict};

/// A verdict about documents, with its name in the output and the question that it answers.
pub(super) struct Question {
    pub(super) name: &'static str,
    pub(super) of: fn(&Documents) -> &Verdict,
}

pub(super) const QUESTIONS: [Question; 3] = [
    Question { name: "new reads old", of: |documents| &documents.new_reads_old },
    Question { name: "old reads new", of: |documents| &documents.old_reads_new },
    Question { name: "old tolerates new", of: |documents| &documents.old_tolerates_new },
];

/// The maximum number of parts that are named.
const NAMES: usize = 5;

/// Returns the number of parts for which a statement is proven, and the names of the others, such as
/// `types: 3 of 4 proven; refuted: n:noteType`.
pub(super) fn parts(comparison: &Comparison, question: &Question) -> Vec<String> {
    let all = [(Part::Root, "roots"), (Part::Type, "types"), (Part::Operation, "operations")];
    all.into_iter().filter_map(|(part, noun)| of_part(comparison, question, part, noun)).collect()
}

fn of_part(comparison: &Comparison, question: &Question, part: Part, noun: &str) -> Option<String> {
    let all = comparison.parts.iter().filter(|it| it.part == part).map(|it| (it.path.as_str(), (question.of)(&it.documents)));
    let all: Vec<(&str, Shown)> = all.filter(|(_, verdict)| !verdict.is_vacuous()).map(|(path, verdict)| (path, verdict.result)).collect();
    if all.is_empty() {
        return None;
    }
    let proven = all.iter().filter(|(_, result)| *result == Shown::Proven).count();
    let mut text = format!("{noun}: {proven} of {} proven", all.len());
    for result in [Shown::Refuted, Shown::NotShown] {
        let names: Vec<&str> = all.iter().filter(|(_, other)| *other == result).map(|(name, _)| *name).collect();
        if !names.is_empty() {
            let more = names.len().checked_sub(NAMES).filter(|more| *more > 0).map(|more| format!(" and {more} more")).unwrap_or_default();
            let shown: Vec<&str> = names.into_iter().take(NAMES).collect();
            text.push_str(&format!("; {}: {}{more}", result.word(), shown.join(", ")));
        }
    }
    Some(text)
}
