//! The output of `emit`: files as lists of parts, and the faults found in them.

use std::cell::RefCell;

/// A generated file as a list of parts.
#[derive(Default)]
pub(crate) struct File {
    /// The comment lines at the start of the file.
    pub(crate) header: Vec<String>,
    /// The parts that follow, to be separated by blank lines.
    pub(crate) parts: Vec<Part>,
}

/// Part of a file or a module.
pub(crate) enum Part {
    /// Items, or inner attributes of the file, without blank lines between them.
    Items(syn::File),
    /// A module with an empty body, and the parts of that body.
    Module(syn::File, Vec<Part>),
}

/// An item whose tokens are not valid Rust.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Fault {
    /// A description of the item.
    pub(crate) item: String,
    /// The problem.
    pub(crate) problem: String,
}

/// A collection of the faults of all items.
#[derive(Debug, Default)]
pub(crate) struct Faults(RefCell<Vec<Fault>>);

impl Faults {
    pub(super) fn note(&self, item: String, problem: String) {
        self.0.borrow_mut().push(Fault { item, problem });
    }

    /// Returns the faults in the order in which they were found.
    pub(crate) fn into_vec(self) -> Vec<Fault> {
        self.0.into_inner()
    }
}
