//! Arranges the differences between two schema sets as release notes: by namespace, operation and type, with what users have to do.
//!
//! The notes are plain data, made from a comparison; `markdown` writes them. Nothing here reads files.

#![deny(clippy::indexing_slicing)]

mod build;
mod changes;
mod facets;
pub mod markdown;
mod reach;
mod samples;
mod side;
mod tables;
mod tasks;
mod types;
mod words;

pub use self::types::{
    ChangedRow, Compatibility, CompileError, Component, Contents, Extent, Item, Message, NewValues, Notes, Occurrence, Operation, Renamed,
    Row, RowName, Service, Statement, Status, Table, Task, TypeText, Value,
};

use crate::compare::{Comparison, Input};
use crate::deep;
use crate::plan::ValueExamples;

/// How release notes are made.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct NotesOptions {
    /// The heading; without one, the notes are called release notes.
    pub title: Option<String>,
    /// What the old set is called, such as `8.x`.
    pub old: Option<String>,
    /// What the new set is called, such as `9.0`.
    pub new: Option<String>,
    /// Whether to list changes of documentation.
    pub documentation: bool,
    /// Whether the documentation of the schemas is Markdown.
    pub markdown: bool,
    /// Example texts for sample documents, for the new set.
    pub examples: ValueExamples,
}

/// Arranges the differences between two schema sets as release notes.
#[must_use]
pub fn notes(comparison: &Comparison, old: Input<'_>, new: Input<'_>, options: &NotesOptions) -> Notes {
    deep::run(|| build::notes(comparison, old, new, options))
}
