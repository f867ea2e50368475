//! Says what the changes mean for documents, in both directions: for the whole set, and for each root element, type and operation.

use std::collections::HashMap;

use super::codes::{ChangeCode, NAMESPACE_RENAMED, TYPE_ADDED, TYPE_REMOVED};
use super::inclusion::{self, Inclusion, Refutation, TolerantReader};
use super::outline::Outline;
use super::walk::Walked;
use super::{ChangeKind, Fingerprint, Input, Side, Subject};
use crate::diagnostic::Span;
use crate::ir::{ItemId, Operation, RustIr};
use crate::model::{ElementId, Global, TypeId};

/// Whether a statement about all documents is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Shown {
    /// It holds for every document.
    Proven,
    /// Neither is shown.
    NotShown,
    /// There is a document for which it does not hold.
    Refuted,
}

impl Shown {
    /// Returns the word for it: `proven`, `not-shown` or `refuted`.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Shown::Proven => "proven",
            Shown::NotShown => "not-shown",
            Shown::Refuted => "refuted",
        }
    }
}

/// The answer to the question whether every document that is valid on one side is valid on the other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// The answer.
    pub result: Shown,
    /// A document that is valid on one side and not on the other, if the statement is refuted.
    pub witness: Option<String>,
    /// The change that caused the difference.
    pub change: Option<Fingerprint>,
    /// Why nothing is shown, or where the witness is not valid; for a part that only one set has, why the statement is about no document.
    pub reason: Option<String>,
}

/// The verdicts about the documents of a set or of a part of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Documents {
    /// Whether every document that is valid under the old set is valid under the new set.
    pub new_reads_old: Verdict,
    /// Whether every document that is valid under the new set is valid under the old set.
    pub old_reads_new: Verdict,
    /// Whether a tolerant reader made from the old set reads every document of the new set without an error, and keeps everything that the old set
    /// names.
    pub old_tolerates_new: Verdict,
}

/// A part of a schema set that has verdicts of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// The documents with this root element.
    Root,
    /// The elements of this type.
    Type,
    /// The requests and responses of this operation.
    Operation,
}

impl Part {
    /// Returns the word for it: `root`, `type` or `operation`.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Part::Root => "root",
            Part::Type => "type",
            Part::Operation => "operation",
        }
    }
}

/// The verdicts about a part of a schema set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartVerdicts {
    /// The kind of part.
    pub part: Part,
    /// Its path; for an operation, the path of its request.
    pub path: String,
    /// The verdicts.
    pub documents: Documents,
}

impl Verdict {
    fn proven() -> Self {
        Verdict { result: Shown::Proven, witness: None, change: None, reason: None }
    }

    /// Returns whether the statement is about no document, because the set whose documents are read does not have the part.
    #[must_use]
    pub fn is_vacuous(&self) -> bool {
        self.result == Shown::Proven && self.reason.is_some()
    }
}

/// Returns the verdicts about the whole set, and those about its parts.
pub(super) fn documents(old: Input<'_>, new: Input<'_>, walked: &Walked) -> (Documents, Vec<PartVerdicts>) {
    let (reader, types) = (TolerantReader::new(old.model), walked.types.as_slice());
    let (outline, other) = (Outline::of(old), Outline::of(new));
    let mut judge = Judge {
        forth: Inclusion::new(old.model, new.model),
        back: Inclusion::new(new.model, old.model),
        tolerated: Inclusion::tolerated(new.model, &reader),
        causes: Causes::of(walked, &outline, &other),
        old: outline,
        new: other,
    };
    let mut parts = judge.roots();
    parts.extend(judge.types(types));
    parts.extend(judge.operations(old.ir, new.ir, types));
    // A set without root elements is used by its types alone.
    let of = if parts.iter().any(|it| it.part == Part::Root) { Part::Root } else { Part::Type };
    let all = || parts.iter().filter(|it| it.part == of).map(|it| &it.documents);
    let (removed, added) = if of == Part::Type { (without(walked, TYPE_REMOVED), without(walked, TYPE_ADDED)) } else { (None, None) };
    let whole = Documents {
        new_reads_old: combined(all().map(|it| &it.new_reads_old).chain(&removed)),
        old_reads_new: combined(all().map(|it| &it.old_reads_new).chain(&added)),
        // An old reader meets a new type only where `xsi:type` names it, which the other types tell.
        old_tolerates_new: combined(all().map(|it| &it.old_tolerates_new)),
    };
    (whole, parts)
}

/// Returns the verdict about several parts together: the refutation with the smallest witness, else the first open question.
fn combined<'v>(all: impl Iterator<Item = &'v Verdict>) -> Verdict {
    let rank = |it: &Verdict| (std::cmp::Reverse(it.result), it.witness.as_ref().map_or(0, String::len));
    all.filter(|it| !it.is_vacuous()).min_by_key(|it| rank(it)).cloned().unwrap_or_else(Verdict::proven)
}

/// Returns the verdict about the elements of a type that the other set does not have: there is no declaration that could read them.
fn without(walked: &Walked, code: ChangeCode) -> Option<Verdict> {
    let change = walked.changes.iter().find(|change| change.code == code.code)?;
    let reason = Some(format!("only one set has the type `{}`", change.subject));
    Some(Verdict { result: Shown::NotShown, witness: None, change: Some(change.fingerprint), reason })
}

/// What the new set admits: under the old set, and for its tolerant reader.
type Back = (inclusion::Verdict, inclusion::Verdict);

struct Judge<'m> {
    /// From the old set to the new one.
    forth: Inclusion<'m>,
    /// From the new set to the old one.
    back: Inclusion<'m>,
    /// From the new set to the tolerant reader of the old one.
    tolerated: Inclusion<'m>,
    old: Outline<'m>,
    new: Outline<'m>,
    causes: Causes,
}

impl Judge<'_> {
    /// Judges each global element. If a set does not have it, it has no document with that root, so that the other side reads them all.
    fn roots(&mut self) -> Vec<PartVerdicts> {
        let (old, new) = (roots(&self.old), roots(&self.new));
        let by_name: HashMap<(&str, &str), ElementId> = new.iter().map(|(name, id)| (*name, *id)).collect();
        let known: HashMap<(&str, &str), ElementId> = old.iter().map(|(name, id)| (*name, *id)).collect();
        let mut out = Vec::new();
        for (name, id) in &old {
            let forth = self.forth.root(*id);
            let back = by_name.get(name).map(|id| (self.back.root(*id), self.tolerated.root(*id)));
            out.push(self.part(Part::Root, root_path(&self.old, *id), Some(forth), back));
        }
        for (_, id) in new.iter().filter(|(name, _)| !known.contains_key(name)) {
            let back = (self.back.root(*id), self.tolerated.root(*id));
            out.push(self.part(Part::Root, root_path(&self.new, *id), None, Some(back)));
        }
        out
    }

    fn types(&mut self, pairs: &[(TypeId, TypeId)]) -> Vec<PartVerdicts> {
        let mut out = Vec::new();
        for (a, b) in pairs {
            let (forth, back) = (self.forth.ty(*a, *b), (self.back.ty(*b, *a), self.tolerated.ty(*b, *a)));
            out.push(self.part(Part::Type, self.new.type_name(*b), Some(forth), Some(back)));
        }
        out
    }

    /// Judges the operations that both sets have: the requests and the responses together.
    fn operations(&mut self, old: &RustIr, new: &RustIr, pairs: &[(TypeId, TypeId)]) -> Vec<PartVerdicts> {
        let by_name: HashMap<String, (TypeId, TypeId)> = pairs.iter().map(|(a, b)| (self.new.type_name(*b), (*a, *b))).collect();
        let had: std::collections::HashSet<&str> = list(old).iter().map(|operation| component(old, operation.request)).collect();
        let mut out = Vec::new();
        for operation in list(new).iter().filter(|operation| had.contains(component(new, operation.request))) {
            let ids = std::iter::once(operation.request).chain(operation.response);
            let types: Option<Vec<_>> = ids.map(|id| by_name.get(component(new, id)).copied()).collect();
            let Some(types) = types else { continue };
            let judged = types.into_iter().map(|(a, b)| {
                let (forth, back) = (self.forth.ty(a, b), (self.back.ty(b, a), self.tolerated.ty(b, a)));
                self.documents(Some(forth), Some(back))
            });
            let documents: Vec<Documents> = judged.collect();
            let of = |question: fn(&Documents) -> &Verdict| combined(documents.iter().map(question));
            let documents = Documents {
                new_reads_old: of(|it| &it.new_reads_old),
                old_reads_new: of(|it| &it.old_reads_new),
                old_tolerates_new: of(|it| &it.old_tolerates_new),
            };
            out.push(PartVerdicts { part: Part::Operation, path: component(new, operation.request).to_owned(), documents });
        }
        out
    }

    fn part(&self, part: Part, path: String, forth: Option<inclusion::Verdict>, back: Option<Back>) -> PartVerdicts {
        PartVerdicts { part, path, documents: self.documents(forth, back) }
    }

    fn documents(&self, forth: Option<inclusion::Verdict>, back: Option<Back>) -> Documents {
        let (back, tolerated) = back.unzip();
        Documents {
            new_reads_old: self.verdict(forth, true),
            old_reads_new: self.verdict(back, false),
            old_tolerates_new: self.verdict(tolerated, false),
        }
    }

    fn verdict(&self, found: Option<inclusion::Verdict>, forth: bool) -> Verdict {
        match found {
            None => {
                let side = if forth { "old" } else { "new" };
                Verdict { reason: Some(format!("the {side} set does not declare it")), ..Verdict::proven() }
            }
            Some(inclusion::Verdict::Proven) => Verdict::proven(),
            Some(inclusion::Verdict::NotShown(reason)) => {
                Verdict { result: Shown::NotShown, witness: None, change: None, reason: Some(reason.to_string()) }
            }
            Some(inclusion::Verdict::Refuted(found)) => {
                let change = self.causes.of_refutation(&found, forth);
                let reason = Some(format!("`{}`: {}", found.path, problem(found.kind)));
                Verdict { result: Shown::Refuted, witness: Some(found.witness), change, reason }
            }
        }
    }
}

fn roots<'m>(outline: &Outline<'m>) -> Vec<((&'m str, &'m str), ElementId)> {
    let element = |global: &Global| if let Global::Element(id) = *global { Some(id) } else { None };
    let ids = outline.model.globals.iter().filter_map(element);
    ids.filter_map(|id| outline.element(id).map(|it| ((outline.uri(it.name.namespace), it.name.local.as_str()), id))).collect()
}

fn root_path(outline: &Outline<'_>, id: ElementId) -> String {
    outline.element(id).map(|it| outline.name(&it.name)).unwrap_or_default()
}

fn list(ir: &RustIr) -> &[Operation] {
    ir.root.operations.as_deref().unwrap_or_default()
}

fn component(ir: &RustIr, id: ItemId) -> &str {
    ir.items.get(id.index()).map_or("", |item| item.component.as_str())
}

/// Returns what the other side does not admit, in words.
fn problem(kind: inclusion::Kind) -> &'static str {
    match kind {
        inclusion::Kind::Root => "the root element is not declared, or is abstract",
        inclusion::Kind::Child => "the element may not occur here",
        inclusion::Kind::MissingChild => "a required element is missing",
        inclusion::Kind::Text => "text is not allowed here",
        inclusion::Kind::Value => "the value is not allowed",
        inclusion::Kind::Attribute => "the attribute is not allowed",
        inclusion::Kind::MissingAttribute => "a required attribute is missing",
        inclusion::Kind::AttributeValue => "the value of the attribute is not allowed",
        inclusion::Kind::Nil => "`xsi:nil` is not allowed",
        inclusion::Kind::AbstractType => "the type is abstract",
        inclusion::Kind::XsiType => "the type that `xsi:type` names is not allowed",
    }
}

/// The changes by their places, to find the one that caused a difference.
struct Causes {
    old: Places,
    new: Places,
    /// By the last name of the path.
    names: HashMap<String, Vec<usize>>,
    /// By the local name of the global component.
    globals: HashMap<String, Vec<usize>>,
    /// The first renamed namespace, which makes all documents invalid.
    namespace: Option<usize>,
    all: Vec<Known>,
}

/// What is known of a change.
struct Known {
    fingerprint: Fingerprint,
    /// The last name of the path.
    name: String,
    kind: ChangeKind,
}

/// The changes on one side.
#[derive(Default)]
struct Places {
    /// By the place of the change.
    at: HashMap<Side, Vec<usize>>,
    /// By the place of the type or group that contains the component.
    within: HashMap<Side, Vec<usize>>,
    /// The place of the type of an element or attribute, by the place of the declaration.
    types: HashMap<Side, Side>,
}

impl Causes {
    fn of(walked: &Walked, old: &Outline<'_>, new: &Outline<'_>) -> Self {
        let mut causes = Causes {
            old: Places::of(old),
            new: Places::of(new),
            names: HashMap::new(),
            globals: HashMap::new(),
            namespace: None,
            all: Vec::new(),
        };
        // Documentation never makes a document invalid.
        let all = walked.changes.iter().zip(&walked.owners).filter(|(change, _)| change.kind != ChangeKind::Documentation);
        for (change, owner) in all {
            let index = causes.all.len();
            let name = change.subject.to_string();
            let last = name.rsplit(['/', ':']).next().unwrap_or_default().trim_start_matches('@').to_owned();
            causes.old.add(change.old.as_ref(), owner.as_ref().map(|(old, _)| old), index);
            causes.new.add(change.new.as_ref(), owner.as_ref().map(|(_, new)| new), index);
            causes.names.entry(last.clone()).or_default().push(index);
            if let Subject::Component(path) = &change.subject {
                causes.globals.entry(path.local.clone()).or_default().push(index);
            }
            if change.code == NAMESPACE_RENAMED.code {
                causes.namespace.get_or_insert(index);
            }
            causes.all.push(Known { fingerprint: change.fingerprint, name: last, kind: change.kind });
        }
        causes
    }

    /// Returns the change that caused a difference: one at its place, in the type there, or in the type of the declaration there; of several, one
    /// with the name of the element or attribute. Otherwise the only change with that name.
    fn of_refutation(&self, found: &Refutation, forth: bool) -> Option<Fingerprint> {
        let (old, new) = if forth { (found.a.as_ref(), found.b.as_ref()) } else { (found.b.as_ref(), found.a.as_ref()) };
        let last = found.path.rsplit('/').next().unwrap_or_default().trim_start_matches('@');
        let named = |index: &usize| self.all.get(*index).is_some_and(|known| known.name == last);
        let is_wildcard = |index: &usize| self.all.get(*index).is_some_and(|known| known.kind == ChangeKind::Wildcard);
        let placed = self.near(old, new).find_map(|both| both.iter().copied().find(named).or_else(|| both.first().copied()));
        // What a wildcard admits has no declaration whose place tells the change; it is that of a wildcard around it.
        let around = found.around.iter().find_map(|(a, b)| {
            let (old, new) = if forth { (a, b) } else { (b, a) };
            self.near(old.as_ref(), new.as_ref()).find_map(|both| both.into_iter().find(is_wildcard))
        });
        let alone = || self.names.get(last).filter(|list| list.len() == 1).and_then(|list| list.first().copied());
        placed
            .or(around)
            .or_else(alone)
            .or_else(|| self.of_named_type(&found.witness))
            .or(self.namespace)
            .and_then(|index| self.all.get(index))
            .map(|known| known.fingerprint)
    }

    /// Returns the changes at, in and around a place, as [`Places::near`] finds them; first those that concern both sides.
    fn near<'s>(&'s self, old: Option<&Span>, new: Option<&Span>) -> impl Iterator<Item = Vec<usize>> + use<'s> {
        let (old, new) = (self.old.near(old.map(Side::of).as_ref()), self.new.near(new.map(Side::of).as_ref()));
        let both = |(a, b): (Vec<usize>, Vec<usize>)| a.iter().filter(|index| b.contains(index)).chain(&a).chain(&b).copied().collect();
        old.into_iter().zip(new).map(both)
    }
}

impl Causes {
    /// Returns the first change of the type that the last `xsi:type` of a witness names.
    fn of_named_type(&self, witness: &str) -> Option<usize> {
        let (_, named) = witness.rsplit_once("xsi:type=\"")?;
        let name = named.split('"').next()?;
        let local = name.rsplit(':').next()?;
        self.globals.get(local)?.first().copied()
    }
}

impl Places {
    fn of(outline: &Outline<'_>) -> Self {
        let declared = outline.model.elements.iter().map(|it| (&it.span, it.ty));
        let declared = declared.chain(outline.model.attributes.iter().map(|it| (&it.span, it.ty)));
        let types = declared.filter_map(|(span, ty)| Some((Side::of(span), Side::of(outline.body(ty)?.span()))));
        Places { types: types.collect(), ..Places::default() }
    }

    fn add(&mut self, at: Option<&Side>, within: Option<&Side>, index: usize) {
        at.into_iter().for_each(|side| self.at.entry(side.clone()).or_default().push(index));
        within.into_iter().for_each(|side| self.within.entry(side.clone()).or_default().push(index));
    }

    /// Returns the changes at a place, then those in the type at that place, then those in the type of the declaration there.
    fn near(&self, side: Option<&Side>) -> [Vec<usize>; 3] {
        let found = |list: Option<&Vec<usize>>| list.cloned().unwrap_or_default();
        let ty = side.and_then(|side| self.types.get(side));
        [
            found(side.and_then(|side| self.at.get(side))),
            found(side.and_then(|side| self.within.get(side))),
            found(ty.and_then(|ty| self.within.get(ty))),
        ]
    }
}
