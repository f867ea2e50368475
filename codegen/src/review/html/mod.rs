//! Writes a review as one HTML page that needs no other file and makes no request.
//!
//! All content is readable without scripts; the script adds ticks, filters and keys. The markup is also well-formed XML, except for void elements.

mod change;
mod diff;
mod text;

use maud::{DOCTYPE, Markup, PreEscaped, html};
use sha2::{Digest, Sha256};

use self::diff::plural;
use self::text::Text;
use super::effects::QUESTIONS;
use super::visible::visible;
use super::{Effect, Group, Review};
use crate::compare::present::{counts, summary};
use crate::compare::{Change, Part, Shown, Verdict};
use crate::datatypes;
use crate::diagram::svg::page_style;

const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");

/// Returns the content security policy: nothing is loaded, and nothing runs but the script of this page.
fn policy() -> String {
    let hash = datatypes::binary::to_base64(&Sha256::digest(SCRIPT.as_bytes()));
    format!("default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{hash}'; base-uri 'none'; form-action 'none'")
}

/// Returns the page.
#[must_use]
pub fn write(review: &Review) -> String {
    let title = format!("Review: {} → {}", review.old, review.new);
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(policy());
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                meta name="referrer" content="no-referrer";
                title { (visible(&title)) }
                style { (PreEscaped(STYLE)) (PreEscaped(page_style())) }
            }
            body {
                a.skip href="#changes" { "Skip to the changes" }
                header.page { (head(review)) }
                div.columns {
                    (index(review))
                    main id="changes" tabindex="-1" { (sections(review)) }
                }
                footer.page { "Written by " code { "xsdgen review" } ". Ticks are kept in this browser, by fingerprint." }
                script { (PreEscaped(SCRIPT)) }
            }
        }
    };
    page.into_string()
}

/// Returns the changes of the review.
fn changes(review: &Review) -> Vec<Change> {
    review.groups.iter().flat_map(|group| &group.entries).map(|entry| entry.change.clone()).collect()
}

fn head(review: &Review) -> Markup {
    let changes = changes(review);
    let lines = review.counts;
    html! {
        h1 { "Schema review" }
        p.sides-names { code { (Text(&review.old)) } " → " code { (Text(&review.new)) } }
        p.summary {
            (summary(&changes)) ". "
            (plural(lines.changed, "line")) " of the generated code differ: " (lines.attributed) " are filed under a change, "
            (lines.moved) " of them only moved; " (lines.changed - lines.attributed) " are not explained by the schemas."
        }
        section aria-label="Verdicts" { ul.verdicts {
            @for (name, of) in QUESTIONS { (verdict(name, of(&review.verdicts.documents), review, of)) }
            li class={ "verdict level-" (review.verdicts.rust.result.word()) } {
                span.question { "Rust" } " " strong { (review.verdicts.rust.result.word()) }
                p { (plural(review.verdicts.rust.changes.len(), "difference")) " of the public items" }
            }
        } }
        (controls(&changes))
    }
}

fn verdict(name: &str, verdict: &Verdict, review: &Review, of: fn(&crate::compare::Documents) -> &Verdict) -> Markup {
    let parts = [(Part::Root, "roots"), (Part::Type, "types"), (Part::Operation, "operations")].map(|(part, noun)| {
        let all = || review.parts.iter().filter(|it| it.part == part);
        let proven = all().filter(|it| of(&it.documents).result == Shown::Proven).count();
        (noun, proven, all().count())
    });
    let parts: Vec<String> =
        parts.iter().filter(|(_, _, all)| *all > 0).map(|(noun, proven, all)| format!("{proven} of {all} {noun}")).collect();
    html! {
        li class={ "verdict " (verdict.result.word()) } {
            span.question { (name) } " " strong { (verdict.result.word()) }
            @if let Some(reason) = &verdict.reason { p { (Text(reason)) } }
            @if let Some(change) = verdict.change { p { a href={ "#c-" (change) } { "The change that causes it" } } }
            @if !parts.is_empty() { p.parts { "proven for " (parts.join(", ")) } }
        }
    }
}

/// Returns the progress and the filters, which need the script.
fn controls(changes: &[Change]) -> Markup {
    html! {
        div.controls hidden="" role="region" aria-label="Progress and filters" {
            p.progress { progress id="bar" value="0" max="1" aria-label="Reviewed changes" {} " " output id="count" aria-live="polite" {} }
            p.filters {
                label { "Kind " select id="kind" {
                    option value="" { "all" }
                    @for (kind, count) in counts(changes) { option value=(kind.word()) { (kind.word()) " (" (count) ")" } }
                } }
                label { "Effect " select id="effect" {
                    option value="" { "all" }
                    @for effect in [Effect::Breaks, Effect::Extends, Effect::None] { option value=(effect.word()) { (effect.word()) } }
                } }
                label { input id="open" type="checkbox"; " not reviewed only" }
                button id="unfold" type="button" aria-pressed="false" { "Unfold all" }
            }
            p.keys { kbd { "j" } " " kbd { "k" } " or " kbd { "→" } " " kbd { "←" } " next and previous change, " kbd { "Space" } " reviewed, " kbd { "o" } " fold" }
        }
    }
}

/// The sections of the page, with the groups in each.
fn divided(review: &Review) -> Vec<(&'static str, &'static str, Vec<&Group>)> {
    let of = |effect: Effect| -> Vec<&Group> {
        let is = |group: &&Group| !group.documentation && group.entries.first().is_some_and(|entry| entry.effect == effect);
        review.groups.iter().filter(is).collect()
    };
    let all = [
        ("breaking", "Breaking changes", of(Effect::Breaks)),
        ("extending", "Extensions", of(Effect::Extends)),
        ("neutral", "Other changes", of(Effect::None)),
        ("documentation", "Documentation", review.groups.iter().filter(|group| group.documentation).collect()),
    ];
    all.into_iter().filter(|(_, _, groups)| !groups.is_empty()).collect()
}

fn index(review: &Review) -> Markup {
    html! {
        nav.index aria-label="Changes" {
            details open="" {
                summary { "Changes" }
                @for (id, title, groups) in divided(review) {
                    h2 { a href={ "#" (id) } { (title) } " " span.number { (groups.len()) } }
                    @if id != "documentation" {
                        ol { @for group in groups { li { a href={ "#" (change::anchor(group)) } { (Text(&group.title)) } } } }
                    }
                }
                @if !review.unexplained.is_empty() { h2 { a href="#unexplained" { "Not explained" } " " span.number { (review.unexplained.len()) } } }
            }
        }
    }
}

fn sections(review: &Review) -> Markup {
    html! {
        @if review.groups.is_empty() && review.unexplained.is_empty() { p.none { "The schemas do not differ, and neither does the generated code." } }
        @for (id, title, groups) in divided(review) {
            section id=(id) aria-labelledby={ (id) "-h" } {
                h2 id={ (id) "-h" } { (title) " " span.number { (groups.len()) } }
                @for group in groups { @if group.documentation { (change::documentation(group)) } @else { (change::article(group)) } }
            }
        }
        @if !review.unexplained.is_empty() {
            section id="unexplained" aria-labelledby="unexplained-h" {
                h2 id="unexplained-h" { "Not explained by the schemas " span.number { (review.unexplained.len()) } }
                p { "No change of the schemas causes these differences of the generated code. They come from the \
                     configurations, the locks, or the division of the schemas into documents." }
                (diff::hunks(&review.unexplained))
            }
        }
    }
}
