//! Derives what users of the schemas have to do from the changes and the verdicts.

use super::changes::{local, within};
use super::side::shown;
use super::types::{CompileError, Item, NewValues, Renamed, Task};
use crate::compare::rust::{ApiChange, Level};
use crate::compare::{Change, ChangeKind, Comparison, Shown, Subject, codes};
use crate::model::path::Step;

/// Whether a component occurs in requests, in responses, or in both. If there are no operations, it may be both. Operations that are new do not count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Roles {
    pub(super) sent: bool,
    pub(super) received: bool,
}

/// Returns the tasks for clients. `roles` gives, for the component of each change, whether it occurs in requests or responses.
pub(super) fn tasks(comparison: &Comparison, roles: &impl Fn(&Change) -> Roles) -> Vec<Task> {
    let mut out = Vec::new();
    let of = |wanted: &dyn Fn(&Change) -> bool| -> Vec<&Change> { comparison.changes.iter().filter(|change| wanted(change)).collect() };
    let items = |changes: Vec<&Change>| changes.into_iter().filter_map(item).collect::<Vec<_>>();
    let send = items(of(&|change| is_required(change) && roles(change).sent));
    let gone = items(of(&|change| change.kind == ChangeKind::Removed || is(change, codes::ENUMERATION_VALUE_REMOVED)));
    let renamed: Vec<Renamed> = of(&|change| change.kind == ChangeKind::Renamed).into_iter().filter_map(renamed).collect();
    let stricter = items(of(&|change| is_stricter(change)));
    let values = new_values(&of(&|change| is(change, codes::ENUMERATION_VALUE_ADDED) && roles(change).received));
    let documents = &comparison.verdicts.documents;
    let safe = [&documents.new_reads_old, &documents.old_tolerates_new].iter().all(|verdict| verdict.result == Shown::Proven);
    let urgent = [send.len(), gone.len(), renamed.len(), stricter.len()].iter().any(|count| *count > 0);
    if safe && !urgent {
        out.push(Task::Nothing);
    }
    let mut add = |items: Vec<Item>, task: fn(Vec<Item>) -> Task| out.extend((!items.is_empty()).then(|| task(items)));
    add(send, Task::Send);
    add(gone, Task::DoWithout);
    add(stricter, Task::Check);
    if !values.is_empty() {
        out.push(Task::ExpectValues(values));
    }
    if !renamed.is_empty() {
        out.push(Task::Rename(renamed));
    }
    let rust = &comparison.verdicts.rust;
    if !comparison.changes.is_empty() {
        let errors = rust.changes.iter().filter(|change| change.rule.level == Level::Major).map(error).collect();
        out.push(Task::Regenerate(rust.result, errors));
    }
    out
}

fn is(change: &Change, known: codes::ChangeCode) -> bool {
    change.code == known.code
}

fn is_required(change: &Change) -> bool {
    [codes::REQUIRED_ELEMENT_ADDED, codes::REQUIRED_ATTRIBUTE_ADDED, codes::ATTRIBUTE_REQUIRED].iter().any(|known| is(change, *known))
}

/// Returns whether documents that were valid may not be valid any more.
fn is_stricter(change: &Change) -> bool {
    let all = [
        codes::OCCURRENCE_NARROWED,
        codes::OCCURRENCE_CHANGED,
        codes::GROUP_NARROWED,
        codes::GROUP_OCCURRENCE,
        codes::ELEMENT_RETYPED,
        codes::ATTRIBUTE_RETYPED,
        codes::CONTENT_RETYPED,
        codes::NOT_NILLABLE,
        codes::ELEMENT_ABSTRACT,
        codes::TYPE_ABSTRACT,
        codes::ORDER_CHANGED,
        codes::COMPOSITOR_CHANGED,
        codes::CONTENT_KIND,
        codes::ENUMERATION_INTRODUCED,
        codes::FACET_ADDED,
        codes::FACET_TIGHTENED,
        codes::FACET_CHANGED,
        codes::SIMPLE_BASE,
        codes::VARIETY_CHANGED,
        codes::IDENTITY_ADDED,
        codes::IDENTITY_CHANGED,
        codes::ELEMENT_FORM,
        codes::ATTRIBUTE_FORM,
    ];
    all.iter().any(|known| is(change, *known))
}

/// Returns the new values of each enumeration.
fn new_values(changes: &[&Change]) -> Vec<NewValues> {
    let mut out: Vec<NewValues> = Vec::new();
    for change in changes {
        let Subject::Component(path) = &change.subject else { continue };
        let (Some(Step::Value(value)), Some(parent)) = (path.steps.last(), path.parent()) else { continue };
        let path = parent.shown();
        match out.last_mut().filter(|last| last.path == path) {
            Some(last) => last.values.push(value.clone()),
            None => out.push(NewValues { path, values: vec![value.clone()] }),
        }
    }
    out
}

fn item(change: &Change) -> Option<Item> {
    let Subject::Component(path) = &change.subject else {
        return Some(Item { path: change.subject.to_string(), about: change.title().to_owned() });
    };
    let values = match (&change.before, &change.after) {
        (Some(before), Some(after)) => format!(": {before} → {after}"),
        _ => String::new(),
    };
    Some(Item { path: path.shown(), about: format!("{}{values}", change.title()) })
}

fn renamed(change: &Change) -> Option<Renamed> {
    let (from, to) = (change.before.clone()?, change.after.clone()?);
    let confidence = change.confidence;
    match &change.subject {
        Subject::Component(path) if !path.steps.is_empty() => {
            let parent = path.parent()?;
            let above = within(&parent);
            let global = shown(&path.prefix, &path.local);
            let container = if above.is_empty() { global } else { format!("{global}/{above}") };
            Some(Renamed { path: container, from: local(&from).to_owned(), to: local(&to).to_owned(), confidence })
        }
        _ => Some(Renamed { path: String::new(), from, to, confidence }),
    }
}

/// Returns the error that the compiler reports for code that uses what changed, and the remedy.
fn error(change: &ApiChange) -> CompileError {
    let (error, remedy) = match change.rule.name {
        "item-removed" => ("E0412 or E0432", "Remove the code, or use the type that replaces it."),
        "kind-changed" => ("E0574", "Construct and match the new kind of type."),
        "alias-changed" => ("E0308", "Convert values to the new type."),
        "member-removed" if is_variant(&change.item) => ("E0599", "Remove the code, or use the variant that replaces it."),
        "member-removed" => ("E0609", "Remove the code, or use the field that replaces it."),
        "member-retyped" => ("E0308", remedy_of_type(change)),
        "parameters-changed" => remedy_of_constructor(change),
        "trait-removed" => ("E0277", "Do without the trait."),
        "static-removed" => ("E0425", "Do without the static."),
        "feature-removed" => ("cargo", "Remove the feature from `Cargo.toml`."),
        "feature-required" => ("E0433", "Enable the feature in `Cargo.toml`."),
        _ => ("", "Correct the code."),
    };
    CompileError { item: change.item.clone(), before: change.before.clone(), after: change.after.clone(), error, remedy }
}

/// Returns the error of the compiler for another constructor, or for one that takes something else, and what to do.
fn remedy_of_constructor(change: &ApiChange) -> (&'static str, &'static str) {
    let is_builder = |shown: &Option<String>| shown.as_deref().is_some_and(|shown| shown.starts_with("builder("));
    match (is_builder(&change.before), is_builder(&change.after)) {
        (false, false) => ("E0061", "Pass the parameters that `new` takes now, and set the others with `with_...`."),
        (false, true) => ("E0599", "Make the value with `builder()`: call the method of each required field, and then `build()`."),
        (true, true) => ("E0277", "Call the method of each required field of the builder, and set the others with `with_...`."),
        (true, false) => ("E0599", "Make the value with `new`, and set the others with `with_...`."),
    }
}

/// Returns whether the path is that of a variant: names of fields are in lower case.
fn is_variant(path: &str) -> bool {
    path.rsplit("::").next().is_some_and(|name| name.starts_with(char::is_uppercase))
}

fn remedy_of_type(change: &ApiChange) -> &'static str {
    let (before, after) = (change.before.as_deref().unwrap_or_default(), change.after.as_deref().unwrap_or_default());
    match () {
        () if after == format!("Option<{before}>") => "Handle `None`, which stands for an absent element.",
        () if before == format!("Option<{after}>") => "The value is always present: remove the handling of `None`.",
        () if after == format!("Vec<{before}>") => "Handle several values.",
        () => "Convert values to the new type.",
    }
}
