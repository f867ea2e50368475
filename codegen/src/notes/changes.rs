//! Groups the changes of a comparison by the global component that they belong to, and says what changed in its elements, attributes and values.

use std::collections::BTreeMap;

use super::side::{Found, Side};
use super::tables::{Described, attribute_row, contents_of, element_row, plain_row};
use super::types::{ChangedRow, Contents, Extent, Occurrence, Row, RowName, Status};
use crate::compare::{Change, ChangeKind, ComponentPath, GlobalKind, Subject, codes};
use crate::diagnostic::Code;
use crate::model::TypeId;
use crate::model::path::Step;
use crate::plan::code;

/// A global component that is new, gone or different.
pub(super) struct Changed<'c> {
    /// Its path: in the new set, or in the old one if the new one does not have it.
    pub(super) path: ComponentPath,
    pub(super) status: Status,
    /// Its changes, other than that it is new or gone.
    pub(super) changes: Vec<&'c Change>,
}

/// The prefix, the local name and the kind of a global component.
type Key = (String, String, GlobalKind);

/// Groups the changes. Changes of documentation are left out unless they are asked for.
pub(super) fn grouped(changes: &[Change], documentation: bool) -> Vec<Changed<'_>> {
    let mut out: BTreeMap<Key, Changed<'_>> = BTreeMap::new();
    for change in changes.iter().filter(|change| documentation || change.kind != ChangeKind::Documentation) {
        let Subject::Component(path) = &change.subject else { continue };
        let key = (path.prefix.clone(), path.local.clone(), path.kind);
        let group = out.entry(key).or_insert_with(|| Changed {
            path: ComponentPath::global(path.kind, path.prefix.clone(), path.local.clone()),
            status: Status::Changed,
            changes: Vec::new(),
        });
        match global_status(change, path) {
            Some(status) => group.status = status,
            None => group.changes.push(change),
        }
    }
    out.into_values().collect()
}

/// Returns what a change means for a whole global component: it is new, gone or renamed.
fn global_status(change: &Change, path: &ComponentPath) -> Option<Status> {
    if !path.steps.is_empty() {
        return None;
    }
    match change.kind {
        ChangeKind::Added if is_global(change.code) => Some(Status::New),
        ChangeKind::Removed if is_global(change.code) => Some(Status::Removed),
        ChangeKind::Renamed | ChangeKind::Moved if change.confidence.is_some() => change.before.clone().map(Status::Renamed),
        _ => None,
    }
}

fn is_global(code: Code) -> bool {
    let all = [
        codes::TYPE_ADDED,
        codes::TYPE_REMOVED,
        codes::GLOBAL_ELEMENT_ADDED,
        codes::GLOBAL_ELEMENT_REMOVED,
        codes::GLOBAL_ATTRIBUTE_ADDED,
        codes::GLOBAL_ATTRIBUTE_REMOVED,
        codes::GROUP_ADDED,
        codes::GROUP_REMOVED,
    ];
    all.iter().any(|known| known.code == code)
}

/// Returns a row for each element, attribute and value that changed: first what is new, then what is different, then what is gone. What a sample can show is added to
/// `described`; `is_new` says whether a named type is new.
pub(super) fn rows(
    old: &Side<'_>,
    new: &Side<'_>,
    changes: &[&Change],
    is_new: &impl Fn(TypeId) -> bool,
    described: &mut Described,
) -> Vec<ChangedRow> {
    let mut out: Vec<(&ComponentPath, ChangedRow)> = Vec::new();
    for change in changes {
        let Subject::Component(path) = &change.subject else { continue };
        let (what, extent) = (what(change), extent(change));
        match out.last_mut().filter(|(last, _)| *last == path) {
            Some((_, row)) => {
                row.what.push(what);
                row.extent = row.extent.min(extent);
            }
            None => {
                let side = if change.new.is_some() { new } else { old };
                let mut changed = ChangedRow { row: row(side, path), what: vec![what], extent, contents: Contents::default() };
                if change.new.is_some() {
                    changed.contents = content(new, path, extent == Extent::New, is_new, described);
                }
                out.push((path, changed));
            }
        }
    }
    let mut rows: Vec<ChangedRow> = out.into_iter().map(|(_, row)| row).collect();
    rows.sort_by_key(|row| row.extent);
    rows
}

fn extent(change: &Change) -> Extent {
    match change.kind {
        ChangeKind::Added => Extent::New,
        ChangeKind::Enumeration if change.code == codes::ENUMERATION_VALUE_ADDED.code => Extent::New,
        ChangeKind::Removed => Extent::Removed,
        ChangeKind::Enumeration if change.code == codes::ENUMERATION_VALUE_REMOVED.code => Extent::Removed,
        ChangeKind::Documentation => Extent::Description,
        _ => Extent::Changed,
    }
}

/// Adds an element or attribute to what a sample can show, and returns the contents of a new element whose type has no name.
fn content(side: &Side<'_>, path: &ComponentPath, added: bool, is_new: &impl Fn(TypeId) -> bool, described: &mut Described) -> Contents {
    match side.find(path) {
        Some(Found::Element(id, _)) if !path.steps.is_empty() => {
            described.elements.insert(id);
            let Some(ty) = side.element(id).map(|element| element.ty).filter(|_| added) else { return Contents::default() };
            let unnamed = side.type_name(ty).is_none();
            if !unnamed && !is_new(ty) {
                return Contents::default();
            }
            let contents = contents_of(side, &within(path), ty, is_new, described);
            if unnamed { contents } else { Contents::default() }
        }
        Some(Found::Attribute(usage)) => {
            described.attributes.insert(usage.attribute);
            Contents::default()
        }
        _ => Contents::default(),
    }
}

/// Returns the row of the component that a path leads to, named by its path within the global component.
fn row(side: &Side<'_>, path: &ComponentPath) -> Row {
    let name = within(path);
    let found = side.find(path);
    if let Some(Step::Value(value)) = path.steps.last() {
        let docs = match found {
            Some(Found::Value(ty)) => side.simple(ty).and_then(|ty| ty.facets.enumeration.iter().find(|facet| facet.value == *value)),
            _ => None,
        };
        return plain_row(RowName::Value(name, value.clone()), docs.map(|facet| facet.docs.clone()).unwrap_or_default());
    }
    if name.is_empty() {
        return plain_row(RowName::Itself, docs(side, found));
    }
    let described = match found {
        Some(Found::Element(id, occurs)) => Some(element_row(side, id, occurs)),
        Some(Found::Attribute(usage)) => attribute_row(side, usage),
        _ => None,
    };
    match described {
        Some(row) => Row { name: RowName::Name(name), ..row },
        None => plain_row(RowName::Name(name), Vec::new()),
    }
}

/// Returns the documentation of a component.
fn docs(side: &Side<'_>, found: Option<Found<'_>>) -> Vec<String> {
    match found {
        Some(Found::Type(id)) => match side.model.types.get(id.index()) {
            Some(crate::model::Type::Simple(ty)) => ty.docs.clone(),
            Some(crate::model::Type::Complex(ty)) => ty.docs.clone(),
            None => Vec::new(),
        },
        Some(Found::Element(id, _)) => side.element(id).map(|element| element.docs.clone()).unwrap_or_default(),
        _ => Vec::new(),
    }
}

/// Returns the names of elements and attributes on the path from the global component.
pub(super) fn within(path: &ComponentPath) -> String {
    let steps = path.steps.iter().filter_map(|step| match step {
        Step::Element(name) => Some(name.local.clone()),
        Step::Attribute(name) => Some(format!("@{}", name.local)),
        Step::Value(_) | Step::Part(..) => None,
    });
    steps.collect::<Vec<_>>().join("/")
}

/// Says what changed, as Markdown.
fn what(change: &Change) -> String {
    let value = |value: &Option<String>| value.as_deref().map(code).unwrap_or_default();
    let is = |known: codes::ChangeCode| known.code == change.code;
    match change.kind {
        ChangeKind::Added if is(codes::REQUIRED_ELEMENT_ADDED) || is(codes::REQUIRED_ATTRIBUTE_ADDED) => "**new, required**".to_owned(),
        ChangeKind::Added if !is(codes::REFERENCE_ADDED) => "new".to_owned(),
        ChangeKind::Removed if !is(codes::REFERENCE_REMOVED) => "**removed**".to_owned(),
        ChangeKind::Renamed => format!("renamed from {}", code(local(change.before.as_deref().unwrap_or_default()))),
        ChangeKind::Moved => format!("moved from {}", value(&change.before)),
        ChangeKind::Enumeration if is(codes::ENUMERATION_VALUE_ADDED) => "new value".to_owned(),
        ChangeKind::Enumeration if is(codes::ENUMERATION_VALUE_REMOVED) => "**value removed**".to_owned(),
        ChangeKind::Cardinality if range(change.before.as_deref()).is_some() && is_of_element(change) => {
            let (before, after) = (range(change.before.as_deref()), range(change.after.as_deref()));
            let words = |occurs: Option<Occurrence>| occurs.map(super::words::occurrence).unwrap_or_default();
            format!("{} (was {})", words(after), words(before))
        }
        ChangeKind::Documentation => "new description".to_owned(),
        _ => match (&change.before, &change.after) {
            (Some(_), Some(_)) => format!("{}: {}, was {}", change.title(), value(&change.after), value(&change.before)),
            (None, None) => change.title().to_owned(),
            (before, after) => format!("{}: {}", change.title(), value(if after.is_some() { after } else { before })),
        },
    }
}

fn is_of_element(change: &Change) -> bool {
    [codes::OCCURRENCE_WIDENED, codes::OCCURRENCE_NARROWED, codes::OCCURRENCE_CHANGED].iter().any(|known| known.code == change.code)
}

/// Returns the local part of a name.
pub(super) fn local(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}

/// Parses an occurrence range such as `1..unbounded`.
fn range(text: Option<&str>) -> Option<Occurrence> {
    let (min, max) = text?.split_once("..")?;
    let max = if max == "unbounded" { None } else { Some(max.parse().ok()?) };
    Some(Occurrence { min: min.parse().ok()?, max, alternative: false })
}
