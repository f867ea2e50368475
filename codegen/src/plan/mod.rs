//! Plans the bindings: decides every name, type and attribute, so that later stages only have to write them.
//!
//! The passes run in this order: ids (`namespaces`, `shared`, `places`), then contents (`simple`, `types` with `content`, `choice`, `fields`, `poly`), then
//! passes over all items: `document`, `operations`, `pictures`, `rules`, `recursion`, `boxes` with `layout`, `conversions`, `blanks`, `constructors`,
//! `statics`, `prefixes`, `attributes`, `test_data`, `wrappers`. `slice` removes what the settings do not select, and `assemble`, `features`, `files` and
//! `lines` complete the rest.

mod added;
mod assemble;
mod attribute_groups;
mod attributes;
mod blanks;
mod boxes;
mod choice;
pub mod codes;
mod constructors;
mod content;
mod context;
mod conversions;
mod docs;
mod document;
mod expression;
mod features;
mod fields;
mod files;
mod flatten;
mod graph;
mod layout;
mod letters;
mod lines;
mod locked;
mod lookalikes;
mod markdown;
mod members;
mod messages;
mod model;
mod names;
mod namespaces;
mod native;
mod operations;
mod particles;
mod paths;
mod phrases;
mod pictures;
mod places;
mod poly;
mod prefixes;
mod recursion;
mod relock;
mod renumber;
mod rules;
mod selectors;
mod shared;
mod simple;
mod slice;
mod statics;
mod test_data;
mod types;
mod unions;
mod uris;
mod values;
pub mod versions;
mod words;
mod wrappers;

pub use self::boxes::{ALWAYS_THERE, INLINE_BYTES, ROOM};
pub use self::constructors::MOST_PARAMETERS;
pub(crate) use self::docs::{code, text};
pub(crate) use self::expression::in_words;
pub(crate) use self::markdown::blocks;
pub(crate) use self::namespaces::prefix_of;
pub use self::relock::{Relock, relock};
pub use self::values::{ValueExamples, examples};

use std::collections::BTreeSet;

use self::context::Context;
use crate::deep;
use crate::diagnostic::{Diagnostics, Span, Staged};
use crate::ir::RustIr;
use crate::lock::Lock;
use crate::model::{ComponentPath, Model};
use crate::settings::{Rule, Settings};

/// Plans the bindings of a schema set. Components that are in the lock keep their names.
pub fn plan(model: &Model, settings: &Settings, lock: &Lock) -> Staged<RustIr> {
    deep::run(|| {
        let first = attempt(model, settings, lock, lock);
        match first.locked.next() {
            Some(next) => finish(attempt(model, settings, &next, lock)),
            None => finish(first),
        }
    })
}

/// Returns for each path whether the bindings have something that a `[since]` entry with this path documents.
#[must_use]
pub fn documents_since(model: &Model, settings: &Settings, lock: &Lock, paths: &[ComponentPath]) -> Vec<bool> {
    let rule = |path: &ComponentPath| Rule { selector: path.to_string(), value: String::new(), span: Span::file("") };
    let settings = Settings { since: paths.iter().map(rule).collect(), ..settings.clone() };
    deep::run(|| attempt(model, &settings, lock, lock).rules.since.used())
}

/// Returns the names of the modules for these namespaces, in the same order, as their URIs give them.
pub(crate) fn module_names(uris: &[&str]) -> Vec<String> {
    uris::names(uris, &BTreeSet::new())
}

/// Plans once, with the names of `lock`. `read` is the lock that was read.
fn attempt<'m>(model: &'m Model, settings: &'m Settings, lock: &Lock, read: &Lock) -> Context<'m> {
    let mut cx = Context::new(model, settings, lock, read);
    namespaces::plan(&mut cx);
    values::plan(&mut cx);
    shared::plan(&mut cx);
    places::plan(&mut cx);
    attribute_groups::places(&mut cx);
    operations::base(&mut cx);
    poly::derivations(&mut cx);
    poly::simple_bases(&mut cx);
    simple::plan(&mut cx);
    attribute_groups::plan(&mut cx);
    types::plan(&mut cx);
    document::plan(&mut cx);
    operations::plan(&mut cx);
    pictures::plan(&mut cx);
    locked::aliases(&mut cx);
    rules::plan(&mut cx);
    recursion::boxes(&mut cx.ir);
    boxes::plan(&mut cx.ir, settings.inline_bytes);
    conversions::plan(&mut cx.ir);
    blanks::plan(&mut cx.ir);
    flatten::finish(&mut cx.ir);
    constructors::plan(&mut cx.ir, settings.constructors);
    statics::plan(&mut cx);
    prefixes::plan(&mut cx.ir);
    attributes::plan(&mut cx);
    test_data::plan(&mut cx.ir);
    wrappers::plan(&mut cx);
    slice::plan(&mut cx);
    particles::plan(&mut cx);
    assemble::plan(&mut cx);
    features::plan(&mut cx);
    files::plan(&mut cx.ir);
    lines::plan(&mut cx.ir);
    lookalikes::plan(&mut cx);
    cx
}

/// Reports rules whose selector matched nothing.
fn finish(mut cx: Context<'_>) -> Staged<RustIr> {
    let mut problems = std::mem::replace(&mut cx.problems, Diagnostics::new());
    cx.lexicon.phrases().unused(&mut problems);
    cx.rules.names.unused("component", &mut problems);
    cx.rules.types.unused("simple type, element or attribute", &mut problems);
    values::unused(&cx, &mut problems);
    cx.rules.secrets.unused("element, attribute or simple type", &mut problems);
    cx.rules.typed.unused("element", &mut problems);
    cx.rules.since.unused("component", &mut problems);
    cx.rules.derives.unused("type", &mut problems);
    cx.rules.type_attributes.unused("struct or enum", &mut problems);
    cx.rules.field_attributes.unused("field", &mut problems);
    cx.rules.variant_attributes.unused("variant", &mut problems);
    cx.rules.only.unused("operation, element or type", &mut problems);
    if cx.settings.partial {
        let all = std::mem::take(&mut problems);
        all.into_iter().filter(|problem| !codes::MATCHES_NOTHING.contains(&problem.code)).for_each(|problem| problems.push(problem));
    }
    let mut ir = cx.ir;
    ir.collisions = cx.collisions.0;
    ir.collisions.sort_by(|a, b| (&a.component, &a.wanted).cmp(&(&b.component, &b.wanted)));
    ir.collisions.dedup();
    Staged { product: Some(ir), diagnostics: problems }
}
