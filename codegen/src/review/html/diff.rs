//! The lines of schemas and of generated code.

use maud::{Markup, html};

use super::text::Text;
use crate::review::{Entry, Excerpt, Folded, Hunk, Line, Reason, State};

/// Returns the lines of both schemas, side by side where there is room.
pub(super) fn schema(entry: &Entry) -> Markup {
    html! {
        @if entry.before.is_some() || entry.after.is_some() {
            h4 { "Schema" }
            div.sides {
                @if let Some(excerpt) = &entry.before { (side(excerpt, "before")) }
                @if let Some(excerpt) = &entry.after { (side(excerpt, "after")) }
            }
        }
    }
}

fn side(excerpt: &Excerpt, word: &str) -> Markup {
    let numbers = (excerpt.side.line..).zip(&excerpt.lines);
    html! {
        figure class=(word) {
            figcaption { span.when { (word) } " " code.path { (Text(&excerpt.side.file)) ":" (excerpt.side.line) } }
            pre.lines { code {
                @for (number, line) in numbers { span.l data-n=(number) { (Text(line)) } "\n" }
                @if excerpt.more > 0 { span.more { "… " (plural(excerpt.more, "more line")) } }
            } }
        }
    }
}

/// Returns the generated code: what is to be read first, then what is folded.
pub(super) fn hunks(hunks: &[Hunk]) -> Markup {
    let repeated: Vec<&Hunk> = hunks.iter().filter(|hunk| hunk.folded == Some(Folded::Repeated)).collect();
    html! {
        @for hunk in hunks.iter().filter(|hunk| hunk.folded.is_none()) { (shown(hunk)) }
        @for hunk in hunks.iter().filter(|hunk| !matches!(hunk.folded, None | Some(Folded::Repeated))) { (folded(hunk)) }
        @if !repeated.is_empty() {
            details.fold {
                summary { "The same lines in " (plural(repeated.len(), "other place")) }
                @for hunk in repeated { (shown(hunk)) }
            }
        }
    }
}

fn shown(hunk: &Hunk) -> Markup {
    html! {
        figure.hunk {
            figcaption { code.item { (Text(name(hunk))) } " " (place(hunk)) (reason(hunk)) }
            (lines(&hunk.lines))
        }
    }
}

fn folded(hunk: &Hunk) -> Markup {
    let changed = hunk.lines.iter().filter(|line| line.state != State::Kept).count();
    let what = match hunk.folded {
        Some(Folded::Moved) => "moved code",
        Some(Folded::Documentation) => "documentation",
        Some(Folded::Consequence) => "consequence",
        _ => "whole item",
    };
    html! {
        details.fold {
            summary { (what) ": " (plural(changed, "line")) " of " code.item { (Text(name(hunk))) } " " (place(hunk)) }
            @if hunk.reason != Reason::Direct { p.reason { (Text(&hunk.reason.to_string())) } }
            (lines(&hunk.lines))
        }
    }
}

/// Returns the name of the item of a hunk, or what it is without one.
fn name(hunk: &Hunk) -> &str {
    if hunk.item.is_empty() { "the file" } else { hunk.item.trim_end_matches("::") }
}

fn place(hunk: &Hunk) -> Markup {
    let line = hunk.lines.iter().find(|line| line.state != State::Kept).and_then(|line| line.new.or(line.old));
    html! { span.path { (Text(&hunk.file)) @if let Some(line) = line { ":" (line) } } }
}

fn reason(hunk: &Hunk) -> Markup {
    html! { @if hunk.reason != Reason::Direct { " " span.reason { (Text(&hunk.reason.to_string())) } } }
}

/// Returns lines with their numbers.
pub(super) fn lines(lines: &[Line]) -> Markup {
    let number = |number: Option<u32>| number.map(|number| number.to_string()).unwrap_or_default();
    html! {
        pre.lines.diff { code {
            @for line in lines {
                @let n = number(line.new.or(line.old));
                @match line.state {
                    State::Kept => span.l data-n=(n) { (Text(&line.text)) },
                    State::Moved => span.l.moved data-n=(n) { (Text(&line.text)) },
                    State::Removed => del.l data-n=(n) { (Text(&line.text)) },
                    State::Added => ins.l data-n=(n) { (Text(&line.text)) },
                }
                "\n"
            }
        } }
    }
}

/// Returns a number with its noun.
pub(super) fn plural(number: usize, noun: &str) -> String {
    if number == 1 { format!("{number} {noun}") } else { format!("{number} {noun}s") }
}
