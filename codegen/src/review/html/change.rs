//! The changes, each with everything that belongs to it.

use maud::{Markup, PreEscaped, html};

use super::diff;
use super::diff::plural;
use super::text::{Text, short};
use crate::compare::present::line;
use crate::compare::{Change, Side};
use crate::review::visible::visible;
use crate::review::{Effect, Entry, Group, Refuted};

/// The maximum number of characters of a value in a heading.
const LONGEST: usize = 400;

/// Returns the anchor of a group.
pub(super) fn anchor(group: &Group) -> String {
    format!("c-{}", group.fingerprint)
}

/// Returns a change that is reviewed on its own.
pub(super) fn article(group: &Group) -> Markup {
    let Some(entry) = group.entries.first() else { return html! {} };
    let change = &entry.change;
    html! {
        article.change id=(anchor(group)) tabindex="-1" data-fp=(group.fingerprint) data-kind=(change.kind.word()) data-effect=(entry.effect.word())
            aria-labelledby={ (anchor(group)) "-h" } {
            div.head {
                div {
                    h3 id={ (anchor(group)) "-h" } { code { (Text(&group.title)) } }
                    p.what { (badge(entry.effect)) " " span.code { (change.code.to_string()) } " " (Text(&line(change))) }
                }
                (tick(group))
            }
            details.body open="" {
                summary { "Details" }
                (body(entry))
            }
        }
    }
}

/// Returns the button that marks a group as reviewed. Without scripts there is nothing to click, and it is hidden.
fn tick(group: &Group) -> Markup {
    html! {
        button.tick type="button" role="checkbox" aria-checked="false" hidden="" aria-label={ "Reviewed: " (visible(&group.title)) } {
            span.box aria-hidden="true" {} span { "Reviewed" }
        }
    }
}

fn badge(effect: Effect) -> Markup {
    html! { span class={ "badge " (effect.word()) } { (effect.word()) } }
}

fn body(entry: &Entry) -> Markup {
    let change = &entry.change;
    html! {
        @if let Some(reason) = &change.accepted { p.accepted { strong { "Accepted: " } (Text(reason)) } }
        (diff::schema(entry))
        (picture(entry))
        h4 { "Generated Rust" }
        @if entry.hunks.is_empty() && entry.shared.is_empty() { p.none { "No line of the generated code differs because of this change." } }
        (diff::hunks(&entry.hunks))
        @for (fingerprint, lines) in &entry.shared {
            p.shared { (plural(*lines, "line")) " of the same members under " a href={ "#c-" (fingerprint) } { "another change" } "." }
        }
        @if !entry.rust.is_empty() || !entry.refutes.is_empty() {
            h4 { "What it means" }
            (rust(entry))
            @for refuted in &entry.refutes { (witness(refuted)) }
        }
        p.id { "Fingerprint " code { (change.fingerprint.to_string()) } }
    }
}

fn picture(entry: &Entry) -> Markup {
    html! {
        @if let Some(picture) = &entry.picture {
            h4 { "Content model" }
            div.sides {
                @for (word, svg) in [("before", &picture.before), ("after", &picture.after)] {
                    @if let Some(svg) = svg {
                        figure class={ "picture " (word) } {
                            figcaption { span.when { (word) } }
                            div.scroll tabindex="0" role="group" aria-label={ "Content model " (word) } { (PreEscaped(svg)) }
                        }
                    }
                }
            }
        }
    }
}

fn rust(entry: &Entry) -> Markup {
    html! {
        @if !entry.rust.is_empty() {
            ul.rust {
                @for change in &entry.rust {
                    li {
                        span class={ "badge level-" (change.rule.level.word()) } { (change.rule.level.word()) } " " (change.rule.name) " "
                        code { (Text(&change.item)) }
                        @if let Some(before) = &change.before { ": " code { (Text(&short(before, LONGEST))) } }
                        @if let Some(after) = &change.after { " → " code { (Text(&short(after, LONGEST))) } }
                    }
                }
            }
        }
    }
}

fn witness(refuted: &Refuted) -> Markup {
    html! {
        details.fold.witness {
            summary { span.badge.refuted { (refuted.question) } " refuted: " (Text(&refuted.reason)) }
            @if !refuted.parts.is_empty() { p { "For " @for part in &refuted.parts { code { (Text(part)) } " " } } }
            p { "A document that is valid on one side only:" }
            pre.lines { code { @for line in refuted.witness.lines() { span.l { (Text(line)) } "\n" } } }
        }
    }
}

/// Returns the changes of the documentation of a component.
pub(super) fn documentation(group: &Group) -> Markup {
    html! {
        article.change.docs id=(anchor(group)) tabindex="-1" data-fp=(group.fingerprint) data-kind="documentation" data-effect="neutral"
            aria-labelledby={ (anchor(group)) "-h" } {
            div.head {
                div {
                    h3 id={ (anchor(group)) "-h" } { code { (Text(&group.title)) } }
                    p.what { (plural(group.entries.len(), "change")) " of documentation" }
                }
                (tick(group))
            }
            details.body {
                summary { "Details" }
                @for entry in &group.entries { (sentence(entry)) }
            }
        }
    }
}

fn sentence(entry: &Entry) -> Markup {
    let change = &entry.change;
    html! {
        div.sentence {
            h4 { code { (Text(&change.subject.to_string())) } " " (places(change)) }
            p.text {
                @if let Some(before) = change.before.as_ref().filter(|text| !text.is_empty()) { del { (Text(&short(before, LONGEST))) } " " }
                @if let Some(after) = change.after.as_ref().filter(|text| !text.is_empty()) { ins { (Text(&short(after, LONGEST))) } }
            }
            @if let Some(reason) = &change.accepted { p.accepted { strong { "Accepted: " } (Text(reason)) } }
            @for hunk in &entry.hunks { (diff::lines(&hunk.lines)) }
        }
    }
}

fn places(change: &Change) -> Markup {
    let place = |side: &Side| html! { span.path { (Text(&side.file)) @if side.line > 0 { ":" (side.line) } } };
    html! { @if let Some(side) = change.new.as_ref().or(change.old.as_ref()) { (place(side)) } }
}
