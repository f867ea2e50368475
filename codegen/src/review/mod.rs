//! The review of a regeneration: each change of the schemas with the lines of the generated code that it causes.
//!
//! [`review`] makes plain data from a comparison and both sides; [`html`] and [`github_comment`] write it. The generated files are split into items
//! and members (`blocks`), which are aligned (`align`) and attributed to changes (`causes`). Nothing here reads files.

#![deny(clippy::indexing_slicing)]

mod align;
mod blocks;
mod causes;
mod changes;
mod effects;
mod excerpt;
mod fold;
pub mod github_comment;
pub mod html;
mod hunks;
mod lines;
mod mentions;
mod moved;
mod pictures;
mod subjects;
mod visible;

use std::collections::BTreeMap;
use std::fmt;

use crate::compare::rust::ApiChange;
use crate::compare::{Change, Comparison, Fingerprint, Input, PartVerdicts, Side, Verdicts};
use crate::deep;
use crate::render::FileSet;

/// One side of a review.
#[derive(Debug, Clone, Copy)]
pub struct Reviewed<'a> {
    /// The name of the side, as the user wrote it.
    pub name: &'a str,
    /// The components and the plan of the bindings.
    pub input: Input<'a>,
    /// The generated files.
    pub files: &'a FileSet,
}

/// The changes between two schema sets, with the lines of the generated code that they cause.
#[derive(Debug, Clone, PartialEq)]
pub struct Review {
    /// The name of the old side.
    pub old: String,
    /// The name of the new side.
    pub new: String,
    /// The changes in the order of the comparison: one in each group, and those of the documentation of one component together.
    pub groups: Vec<Group>,
    /// The differences of the generated code that no change of the schemas explains.
    pub unexplained: Vec<Hunk>,
    /// What the changes mean.
    pub verdicts: Verdicts,
    /// What the changes mean for the parts of the sets.
    pub parts: Vec<PartVerdicts>,
    /// How many lines there are.
    pub counts: Counts,
}

/// Changes that are reviewed together.
#[derive(Debug, Clone, PartialEq)]
pub struct Group {
    /// The component.
    pub title: String,
    /// The identity: that of the change, or a hash of those of several.
    pub fingerprint: Fingerprint,
    /// Whether these are the changes of the documentation of a component.
    pub documentation: bool,
    /// The changes.
    pub entries: Vec<Entry>,
}

/// A change with what it causes.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// The change.
    pub change: Change,
    /// The most severe of its effects.
    pub effect: Effect,
    /// The lines of the old schema.
    pub before: Option<Excerpt>,
    /// The lines of the new schema.
    pub after: Option<Excerpt>,
    /// Pictures of the content model.
    pub picture: Option<Picture>,
    /// The differences of the public Rust items that it causes.
    pub rust: Vec<ApiChange>,
    /// The verdicts about documents that it refutes.
    pub refutes: Vec<Refuted>,
    /// The differences of the generated code that it causes.
    pub hunks: Vec<Hunk>,
    /// The number of changed lines that are filed under other changes too and shown there, by the fingerprints of these.
    pub shared: BTreeMap<Fingerprint, usize>,
}

/// What a change means for others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Effect {
    /// Documents and code stay as they are.
    None,
    /// There are new items or documents.
    Extends,
    /// Documents that were valid are not, or code that compiled may not.
    Breaks,
}

impl Effect {
    /// Returns the word for it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Effect::None => "neutral",
            Effect::Extends => "extends",
            Effect::Breaks => "breaks",
        }
    }
}

/// A verdict about documents that is refuted because of a change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refuted {
    /// The name of the verdict, such as `new reads old`.
    pub question: &'static str,
    /// Where the witness is not valid.
    pub reason: String,
    /// The smallest document that was found.
    pub witness: String,
    /// The parts of the sets for which it is refuted because of this change.
    pub parts: Vec<String>,
}

/// Lines of a schema document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Excerpt {
    /// Where they begin.
    pub side: Side,
    /// The lines.
    pub lines: Vec<String>,
    /// The number of further lines of the component.
    pub more: usize,
}

/// Pictures of a content model, as SVG elements.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// The old content model.
    pub before: Option<String>,
    /// The new content model, with the changed parts marked.
    pub after: Option<String>,
}

/// Adjacent lines of a generated file that one change causes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hunk {
    /// The file: the new one, or the old one if all lines are removed.
    pub file: String,
    /// The old file, if it has another path.
    pub from: Option<String>,
    /// The Rust item.
    pub item: String,
    /// The lines.
    pub lines: Vec<Line>,
    /// Why the change causes it.
    pub reason: Reason,
    /// Why it does not need to be read.
    pub folded: Option<Folded>,
}

/// A line of a hunk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// What happened to it.
    pub state: State,
    /// Its number in the old file, counted from 1.
    pub old: Option<u32>,
    /// Its number in the new file, counted from 1.
    pub new: Option<u32>,
    /// Its text.
    pub text: String,
}

/// What happened to a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum State {
    /// It is the same.
    Kept,
    /// The new file does not have it.
    Removed,
    /// The old file does not have it.
    Added,
    /// It is in another place.
    Moved,
}

/// Why a change of the schemas causes a difference of the generated code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reason {
    /// The code was generated from the component that changed.
    Direct,
    /// The code was generated from the type or group that contains the component, or from something in it.
    Within(String),
    /// The code uses the item, which changed.
    Uses(String),
    /// The item has another size, and so it is boxed, or not any more.
    Size(String),
    /// The item, which changed, uses the code.
    UsedBy(String),
    /// The code names the item, which changed.
    Names(String),
    /// It is the module of the namespace.
    Module(String),
    /// Lines next to it, or in the same file, changed.
    File,
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Reason::Direct => f.write_str("generated from this component"),
            Reason::Within(component) => write!(f, "generated from {component}, which contains the change"),
            Reason::Uses(item) => write!(f, "because it uses {item}, which changed"),
            Reason::Size(item) => write!(f, "because {item} has another size: large values are boxed"),
            Reason::UsedBy(item) => write!(f, "because {item}, which changed, uses it"),
            Reason::Names(name) => write!(f, "because it names {name}, which changed"),
            Reason::File => f.write_str("because other lines of the file changed"),
            Reason::Module(uri) => write!(f, "because it is the module of the namespace {uri}"),
        }
    }
}

/// Why a hunk does not need to be read line by line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Folded {
    /// The lines are only in another place.
    Moved,
    /// The lines are documentation alone.
    Documentation,
    /// The change causes the same lines in another place, where they are shown.
    Repeated,
    /// The lines follow from others that are shown.
    Consequence,
    /// The lines are a new or removed item as a whole.
    Whole,
}

/// Numbers of lines of the generated diff. A moved line counts once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// The lines that were removed, added or moved.
    pub changed: usize,
    /// Those that are attributed to a change of the schemas.
    pub attributed: usize,
    /// Those that are moved.
    pub moved: usize,
    /// The lines on the page that are not folded, including those that did not change.
    pub unfolded: usize,
}

/// Files the differences of the generated code under the changes that caused them.
#[must_use]
pub fn review(comparison: &Comparison, old: Reviewed<'_>, new: Reviewed<'_>) -> Review {
    deep::run(|| {
        let modules = subjects::renamed_modules(comparison, old.input.ir, new.input.ir);
        let aligned = align::align(&blocks::files(old.files), &blocks::files(new.files), comparison, &modules);
        let attributed = causes::attribute(aligned, comparison, old, new);
        hunks::collect(attributed, comparison, old, new)
    })
}

impl Review {
    /// Replaces the paths of schema documents.
    pub fn rename_files(&mut self, old: &dyn Fn(&str) -> String, new: &dyn Fn(&str) -> String) {
        for entry in self.groups.iter_mut().flat_map(|group| &mut group.entries) {
            let sides = [(&mut entry.change.old, &mut entry.before, old), (&mut entry.change.new, &mut entry.after, new)];
            for (side, excerpt, name) in sides {
                side.iter_mut().for_each(|side| side.file = name(&side.file));
                excerpt.iter_mut().for_each(|excerpt| excerpt.side.file = name(&excerpt.side.file));
            }
        }
    }

    /// Returns all hunks.
    pub fn hunks(&self) -> impl Iterator<Item = &Hunk> {
        self.groups.iter().flat_map(|group| &group.entries).flat_map(|entry| &entry.hunks).chain(&self.unexplained)
    }
}
