//! What users of the schemas have to do.

use super::page::Page;
use super::text::{self, code_cell};
use crate::compare::rust::Level;
use crate::notes::types::{CompileError, Item, NewValues, Notes, Renamed, Task};
use crate::plan::code;

/// The maximum number of items that a task lists.
const MOST: usize = 50;

pub(super) fn write(notes: &Notes, page: &mut Page) {
    if notes.tasks.is_empty() {
        return;
    }
    page.add("## What clients have to do");
    // The table of compiler errors follows the last item.
    let lines: Vec<String> = notes.tasks.iter().flat_map(|task| self::task(notes, task)).collect();
    page.add(lines.join("\n"));
    notes.tasks.iter().for_each(|task| {
        if let Task::Regenerate(_, errors) = task {
            compile_errors(errors, page);
        }
    });
}

fn task(notes: &Notes, task: &Task) -> Vec<String> {
    match task {
        Task::Nothing => {
            let old = text::plain(&notes.old);
            vec![format!(
                "- To go on as before: nothing. What clients of {old} send stays valid, and what is new in what they receive can be skipped."
            )]
        }
        Task::Send(list) => items("Send what is required now:", list),
        Task::DoWithout(list) => items("Do without what was removed:", list),
        Task::Check(list) => items("Check what is sent and stored against what changed:", list),
        Task::ExpectValues(list) => values(list),
        Task::Rename(list) => renamed(list),
        Task::Regenerate(level, _) => vec![
            match level {
                Level::Patch => "- For Rust: regenerate the bindings at any time. Code compiles as before.",
                Level::Minor => "- For Rust: regenerate the bindings to use what is new. Code compiles as before.",
                Level::Major => "- For Rust: regenerate the bindings to use what is new, and change the code that uses these items:",
            }
            .to_owned(),
        ],
    }
}

fn items(what: &str, list: &[Item]) -> Vec<String> {
    let lines = list.iter().take(MOST).map(|item| format!("  - {}: {}", code(&item.path), text::plain(&item.about)));
    std::iter::once(format!("- {what}")).chain(lines).chain(more(list.len())).collect()
}

fn values(list: &[NewValues]) -> Vec<String> {
    let lines = list.iter().take(MOST).map(|item| {
        let values: Vec<String> = item.values.iter().take(MOST).map(|value| code(value)).collect();
        format!("  - {}: {}", code(&item.path), values.join(", "))
    });
    std::iter::once("- Expect values that enumerations did not have:".to_owned()).chain(lines).chain(more(list.len())).collect()
}

fn renamed(list: &[Renamed]) -> Vec<String> {
    let lines = list.iter().take(MOST).map(|item| {
        let place = if item.path.is_empty() { String::new() } else { format!(" in {}", code(&item.path)) };
        let certain = item.confidence.filter(|percent| *percent < 90).map(|percent| format!(" ({percent} % certain)")).unwrap_or_default();
        format!("  - {} is called {} now{place}{certain}", code(&item.from), code(&item.to))
    });
    std::iter::once("- Use the new names:".to_owned()).chain(lines).chain(more(list.len())).collect()
}

fn more(length: usize) -> Option<String> {
    length.checked_sub(MOST).filter(|more| *more > 0).map(|more| format!("  - and {more} more"))
}

fn compile_errors(errors: &[CompileError], page: &mut Page) {
    let value = |value: &Option<String>| value.as_deref().map(code_cell).unwrap_or_default();
    let row = |error: &CompileError| {
        vec![code_cell(&error.item), value(&error.before), value(&error.after), error.error.to_owned(), error.remedy.to_owned()]
    };
    let rows = errors.iter().take(MOST).map(row).collect();
    page.table(&["Rust item", "was", "is", "compiler error", "what to do"], rows);
    if let Some(more) = errors.len().checked_sub(MOST).filter(|more| *more > 0) {
        page.add(format!("{more} more items are not listed."));
    }
}
