//! Compares two schema sets: finds what changed, component by component, and what the changes mean for the Rust code of users.
//!
//! The result is plain data; `present` writes it as text, Markdown, JSON or annotations. Nothing here reads files.

#![deny(clippy::indexing_slicing)]

mod accepted;
pub mod codes;
mod fingerprint;
pub mod inclusion;
mod matching;
mod outline;
pub mod present;
pub mod rust;
mod similarity;
pub mod since;
mod verdict;
mod walk;

use std::collections::BTreeMap;
use std::fmt;

pub use self::accepted::Accepted;
pub use self::fingerprint::Fingerprint;
pub use self::verdict::{Documents, Part, PartVerdicts, Shown, Verdict};
pub use crate::model::ComponentPath;
pub use crate::model::path::GlobalKind;

use crate::deep;
use crate::diagnostic::{Code, Span};
use crate::ir::RustIr;
use crate::model::Model;

/// One side of a comparison: the components of a schema set and the plan of its bindings.
#[derive(Debug, Clone, Copy)]
pub struct Input<'a> {
    /// The components.
    pub model: &'a Model,
    /// The plan of the bindings, which gives the Rust names of the components.
    pub ir: &'a RustIr,
}

/// The differences between two schema sets.
#[derive(Debug, Clone, PartialEq)]
pub struct Comparison {
    /// The changes, ordered by the component that they belong to.
    pub changes: Vec<Change>,
    /// What the changes mean.
    pub verdicts: Verdicts,
    /// What the changes mean for the documents of each root element, type and operation that both sets have.
    pub parts: Vec<PartVerdicts>,
}

/// What the changes mean for documents and for Rust code.
#[derive(Debug, Clone, PartialEq)]
pub struct Verdicts {
    /// What the changes mean for documents.
    pub documents: Documents,
    /// What the changes mean for users of the bindings.
    pub rust: rust::Verdict,
}

/// A difference between two schema sets.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// The code that identifies what happened, such as `XD0203`.
    pub code: Code,
    /// The kind of change that the code belongs to.
    pub kind: ChangeKind,
    /// The component: its path in the new set, or in the old set if the new one does not have it.
    pub subject: Subject,
    /// The place in the old set; `None` if the old set does not have the component.
    pub old: Option<Side>,
    /// The place in the new set; `None` if the new set does not have the component.
    pub new: Option<Side>,
    /// What the old set says, if the change is one of a property.
    pub before: Option<String>,
    /// What the new set says, if the change is one of a property.
    pub after: Option<String>,
    /// For a renamed or moved component: how certain it is, in percent, that both are the same component.
    pub confidence: Option<u8>,
    /// The Rust items, fields and variants generated from the component.
    pub rust: Vec<String>,
    /// The reason why the change is accepted, if it is.
    pub accepted: Option<String>,
    /// The identity of the change. It does not depend on files, lines and prefixes.
    pub fingerprint: Fingerprint,
}

/// The component that a change belongs to.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Subject {
    /// A namespace, by its URI.
    Namespace(String),
    /// A schema document, by its file name.
    Document(String),
    /// A notation, by its prefix and local name.
    Notation(String, String),
    /// Any other component.
    Component(ComponentPath),
}

impl Change {
    /// Returns what happened, in a few words.
    #[must_use]
    pub fn title(&self) -> &'static str {
        codes::title(self.code)
    }
}

impl fmt::Display for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Subject::Namespace(uri) => write!(f, "{{{uri}}}"),
            Subject::Document(name) => f.write_str(name),
            Subject::Notation(prefix, local) => write!(f, "notation::{prefix}:{local}"),
            Subject::Component(path) => path.fmt(f),
        }
    }
}

/// A place in a schema document.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Side {
    /// The path of the document.
    pub file: String,
    /// The line, counted from 1.
    pub line: u32,
}

impl Side {
    /// Returns the place at which a span begins.
    #[must_use]
    pub fn of(span: &Span) -> Self {
        Side { file: span.path().to_string(), line: span.line() }
    }
}

macro_rules! kinds {
    ($($(#[$doc:meta])* $name:ident $word:literal;)*) => {
        /// The kind of a change.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum ChangeKind {
            $($(#[$doc])* $name,)*
        }

        impl ChangeKind {
            /// Returns the name of the kind in the output, such as `value-constraint`.
            #[must_use]
            pub fn word(self) -> &'static str {
                match self {
                    $(Self::$name => $word,)*
                }
            }
        }
    };
}

kinds! {
    /// A component is new.
    Added "added";
    /// A component is gone.
    Removed "removed";
    /// A component is in another document, namespace, type or group.
    Moved "moved";
    /// A component has another name.
    Renamed "renamed";
    /// An element, an attribute or simple content has another type.
    Retyped "retyped";
    /// A particle occurs less or more often.
    Cardinality "cardinality";
    /// `default` or `fixed`.
    ValueConstraint "value-constraint";
    /// A facet other than `enumeration`.
    Facet "facet";
    /// A value of an enumeration.
    Enumeration "enumeration";
    /// `nillable`.
    Nillable "nillable";
    /// `abstract`.
    Abstract "abstract";
    /// `block`.
    Block "block";
    /// `final`.
    Final "final";
    /// An element or attribute wildcard.
    Wildcard "wildcard";
    /// `use` of an attribute.
    AttributeUse "attribute-use";
    /// Compositors, nesting and the kind of content.
    ContentModel "content-model";
    /// The order of elements.
    Order "order";
    /// `substitutionGroup`.
    SubstitutionGroup "substitution-group";
    /// The base type, the derivation method, or what a list or union consists of.
    Base "base";
    /// An identity constraint.
    IdentityConstraint "identity-constraint";
    /// Whether a local name has a namespace.
    Form "form";
    /// `xs:documentation`.
    Documentation "documentation";
}

/// Compares two schema sets.
#[must_use]
pub fn compare(old: Input<'_>, new: Input<'_>) -> Comparison {
    deep::run(|| {
        let walked = walk::walk(old, new);
        let (documents, parts) = verdict::documents(old, new, &walked);
        let changes = walked.changes;
        let rust = rust::verdict(old.ir, new.ir, &changes);
        Comparison { changes, verdicts: Verdicts { documents, rust }, parts }
    })
}

/// Returns the namespaces of a schema set that are other ones in a newer set, by URI. A namespace has become another one if both declare much the same.
#[must_use]
pub fn namespaces(old: Input<'_>, new: Input<'_>) -> BTreeMap<String, String> {
    deep::run(|| {
        let (old, new) = (outline::Outline::of(old), outline::Outline::of(new));
        let renamed = matching::renamed_namespaces(&old, &new);
        renamed.into_iter().map(|(a, b)| (old.uri(a).to_owned(), new.uri(b).to_owned())).collect()
    })
}

/// Returns what changed between two schema sets, without the verdicts, which take longer.
#[must_use]
pub fn changes(old: Input<'_>, new: Input<'_>) -> Vec<Change> {
    deep::run(|| walk::walk(old, new).changes)
}
