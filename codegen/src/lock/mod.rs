//! The lock, `xsdgen.lock`: which Rust name each component of the schemas has, so that a later generation keeps it.
//!
//! `read` parses a lock, `record` makes one from planned bindings, and `changes` compares two. `plan` gives the names.

pub(crate) mod changes;
pub(crate) mod codes;
mod find;
mod read;
mod record;
mod write;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

pub use changes::Changes;

use crate::diagnostic::{Diagnostic, Diagnostics, Severity, Span, Staged};
use crate::model::ComponentPath;
use crate::model::path::words;
use crate::source;

/// The name of the file.
pub const FILE: &str = "xsdgen.lock";

/// The Rust names of the components of a schema set. It is a product of the plan, and an input of the next one.
#[derive(Debug, Clone, Default)]
pub struct Lock {
    /// The namespaces, by URI.
    pub namespaces: BTreeMap<String, LockedNamespace>,
    /// The names of all components.
    pub entries: BTreeMap<Key, Entry>,
    /// The old names of types that the bindings keep as deprecated aliases.
    pub aliases: BTreeSet<OldName>,
    /// The places of the entries in the file, if the lock was read from a file.
    pub(crate) spans: BTreeMap<Key, Span>,
}

/// Two locks are equal if they give the same names, wherever they were read.
impl PartialEq for Lock {
    fn eq(&self, other: &Self) -> bool {
        (&self.namespaces, &self.entries, &self.aliases) == (&other.namespaces, &other.entries, &other.aliases)
    }
}

/// The names of a namespace.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LockedNamespace {
    /// The prefix in the bindings and in the paths of the lock.
    pub prefix: String,
    /// The module; `None` if it has no module of its own.
    pub module: Option<String>,
}

/// What a name in the lock belongs to. A component can have several names, such as the field of an element and its anonymous type.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key {
    /// The component.
    pub path: ComponentPath,
    /// The role of the name.
    pub role: Role,
}

/// The role of a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// The name of a type.
    Type,
    /// The name of the module of the anonymous types in a component.
    Module,
    /// The name of the static for the facets of a simple type.
    Static,
    /// The name of a field or variant.
    Member,
}

/// A name in the lock.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The form of the Rust item.
    pub form: Form,
    /// The module that contains the item, as a path from the root; empty for the root and for members.
    pub module: String,
    /// The Rust identifier.
    pub name: String,
    /// For a member: its Rust type; empty if it has none.
    pub ty: String,
}

/// An old name of a type.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct OldName {
    /// The component.
    pub path: ComponentPath,
    /// The module of the old name.
    pub module: String,
    /// The old name.
    pub name: String,
}

words! {
    /// The form of a Rust item.
    Form {
        /// The struct of a complex type.
        Struct "struct",
        /// The struct of a model group.
        Group "group",
        /// The enum of a choice.
        Choice "choice",
        /// The enum of an enumeration.
        Enum "enum",
        /// The enum of a union.
        Union "union",
        /// The enum of a type and the types derived from it.
        Any "any",
        /// The item of another, identical anonymous type.
        Shared "shared",
        /// A type alias.
        Alias "alias",
        /// The module of anonymous types.
        Module "module",
        /// The static for the facets of a simple type.
        Static "static",
        /// A field.
        Field "field",
        /// A variant of an enum.
        Variant "variant",
        /// A variant of `Document`.
        Document "document",
    }
}

impl Form {
    /// Returns the role of names of this form.
    #[must_use]
    pub fn role(self) -> Role {
        match self {
            Form::Struct | Form::Group | Form::Choice | Form::Enum | Form::Union | Form::Any | Form::Shared | Form::Alias => Role::Type,
            Form::Module => Role::Module,
            Form::Static => Role::Static,
            Form::Field | Form::Variant | Form::Document => Role::Member,
        }
    }
}

impl Entry {
    /// Returns the name with its module, as a path from the root.
    #[must_use]
    pub fn rust(&self) -> String {
        if self.module.is_empty() { self.name.clone() } else { format!("{}::{}", self.module, self.name) }
    }
}

impl Key {
    /// Creates a key.
    #[must_use]
    pub fn new(path: ComponentPath, role: Role) -> Self {
        Key { path, role }
    }
}

/// The maximum size of a lock.
const MAX_BYTES: u64 = 64 << 20;

impl Lock {
    /// Reads a lock. A file that does not exist is an empty lock.
    ///
    /// # Errors
    ///
    /// There is no product, and at least one error, if the file cannot be read or is not a lock.
    pub fn read(path: &Path) -> Staged<Lock> {
        let shown = source::display(path);
        if !path.exists() && !path.is_symlink() {
            return Staged::of(Lock::default());
        }
        match source::read(path, MAX_BYTES).and_then(|s| String::from_utf8(s.bytes).map_err(|e| format!("not UTF-8: {e}"))) {
            Ok(text) => Self::parse(&text, &shown),
            Err(why) => {
                let mut diagnostics = Diagnostics::new();
                let message = format!("cannot read `{shown}`: {why}");
                diagnostics.push(Diagnostic::new(Severity::Io, crate::codes::X0001, Span::file(shown), message));
                Staged { product: None, diagnostics }
            }
        }
    }

    /// Parses the text of a lock. `path` names its origin in messages.
    ///
    /// # Errors
    ///
    /// There is no product, and at least one error, if the text is not a lock.
    pub fn parse(text: &str, path: &str) -> Staged<Lock> {
        read::parse(text, path)
    }

    /// Returns whether the lock records nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.namespaces.is_empty() && self.entries.is_empty() && self.aliases.is_empty()
    }

    /// Returns the lock with the prefixes that another lock gives its namespaces.
    #[must_use]
    pub fn with_prefixes_of(&self, other: &Lock) -> Lock {
        let pair = |(uri, own): (&String, &LockedNamespace)| Some((own.prefix.clone(), other.namespaces.get(uri)?.prefix.clone()));
        self.with_prefixes(&self.namespaces.iter().filter_map(pair).collect())
    }

    /// Returns the lock with other prefixes in its paths, by the prefixes it has.
    pub(crate) fn with_prefixes(&self, names: &BTreeMap<String, String>) -> Lock {
        let mut lock = self.clone();
        if names.iter().all(|(old, new)| old == new) {
            return lock;
        }
        let other = |prefix: &str| names.get(prefix).cloned().unwrap_or_else(|| prefix.to_owned());
        let key = |key: Key| Key { path: key.path.with_prefixes(&other), ..key };
        lock.entries = std::mem::take(&mut lock.entries).into_iter().map(|(old, entry)| (key(old), entry)).collect();
        lock.spans = std::mem::take(&mut lock.spans).into_iter().map(|(old, span)| (key(old), span)).collect();
        let aliases = std::mem::take(&mut lock.aliases).into_iter();
        lock.aliases = aliases.map(|alias| OldName { path: alias.path.with_prefixes(&other), ..alias }).collect();
        lock
    }

    /// Returns the place of an entry in the file that the lock was read from.
    pub(crate) fn span(&self, key: &Key) -> Span {
        self.spans.get(key).cloned().unwrap_or_else(|| Span::file(FILE))
    }
}
