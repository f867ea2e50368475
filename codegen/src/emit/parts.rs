//! What comes out: files in parts, and what is wrong with them.

use std::cell::RefCell;

/// A file, in parts.
#[derive(Default)]
pub(crate) struct File {
    /// Lines of comments at its head.
    pub(crate) header: Vec<String>,
    /// What follows, with a blank line between any two.
    pub(crate) parts: Vec<Part>,
}

/// Part of a file or a module.
pub(crate) enum Part {
    /// Items, or attributes of the file, without blank lines between them.
    Items(syn::File),
    /// A module: without its content, and that.
    Module(syn::File, Vec<Part>),
}

/// What came out as something other than Rust.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Fault {
    /// The item.
    pub(crate) item: String,
    /// What is wrong with it.
    pub(crate) problem: String,
}

/// The faults of all items.
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
