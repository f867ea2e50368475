//! Decides whether every document that is valid under one model is valid under another.
//!
//! The question is answered for a pair of declarations by looking at all pairs of declarations and types that one document can lead to: a child of
//! the first type, which the content model of the second type assigns to one of its own declarations. Each pair is examined once, and a pair that
//! is being examined is assumed to hold. The inclusion holds if it holds locally for each pair: content models as languages of element names,
//! attributes, and simple types as sets of literals. If a pair fails, a document is built along the path that leads to it. The document is validated
//! against both models before it is returned, so a refutation is never a guess. If a pair can neither be proven nor refuted, the result is
//! [`Verdict::NotShown`] with the reason.
//!
//! A document may name the type of any element by `xsi:type`, even its declared type. A type that B does not have therefore refutes an inclusion, but
//! such a document is the witness only if there is no other. A `strict` wildcard is taken to admit elements with a global declaration only; Part 1
//! also admits an element without a declaration whose `xsi:type` is known, which most validators refuse.

#![deny(clippy::indexing_slicing)]

mod alignment;
mod attributes;
mod content;
mod expression;
mod graph;
mod identity;
mod nearest;
mod relaxed;
mod search;
mod side;
mod simple;
mod tolerant;
mod valid;
mod way;
mod witness;

use std::fmt;

use crate::diagnostic::Span;
use crate::model::{ElementId, Model, TypeId};

use self::graph::Graph;

/// The answer to the question whether every document that is valid under A is valid under B.
#[derive(Debug, Clone, PartialEq)]
pub enum Verdict {
    /// Every document that is valid under A is valid under B.
    Proven,
    /// There is a document that is valid under A and not under B.
    Refuted(Refutation),
    /// Neither is shown.
    NotShown(Reason),
}

/// A document that is valid under A and not under B.
#[derive(Debug, Clone, PartialEq)]
pub struct Refutation {
    /// The document. It is as small as the path to the refuting place allows.
    pub witness: String,
    /// The names of the elements from the root to the place that B does not admit, separated by `/`; an attribute is preceded by `@`.
    pub path: String,
    /// What B does not admit.
    pub kind: Kind,
    /// The component of A that admits it.
    pub a: Option<Span>,
    /// The component of B that does not admit it.
    pub b: Option<Span>,
    /// The types of the elements around that place in A and in B, from the inside outwards.
    pub around: Vec<(Option<Span>, Option<Span>)>,
}

/// What B does not admit in a document that A admits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A root element that B does not declare, or that it declares as abstract.
    Root,
    /// A child element that may not occur at this place.
    Child,
    /// An element that ends where B requires further child elements.
    MissingChild,
    /// Text where B does not admit text.
    Text,
    /// A value that the simple type of an element does not admit.
    Value,
    /// An attribute that B does not admit.
    Attribute,
    /// The absence of an attribute that B requires.
    MissingAttribute,
    /// A value that the simple type of an attribute does not admit.
    AttributeValue,
    /// An element with `xsi:nil`.
    Nil,
    /// An element whose type in B is abstract.
    AbstractType,
    /// A type that `xsi:type` names.
    XsiType,
}

/// The reason why an inclusion is neither proven nor refuted.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Reason {
    /// B has an identity constraint that A does not have. The string is its name.
    IdentityConstraint(String),
    /// B has identifiers, or references to identifiers, where A does not have them. The string is the path of the place.
    Identifiers(String),
    /// The automata of two content models are too large to be examined. The string is the name of the type.
    Size(String),
    /// The literals of one simple type could not be compared with those of another.
    Values {
        /// The name of the type in A.
        a: String,
        /// The name of the type in B.
        b: String,
    },
    /// The fixed value of an element with mixed content could not be compared. The string is the name of the element.
    FixedMixed(String),
    /// The content model of a tolerant reader has choices, groups or wildcards, and it was not shown that each element is read into its field. The
    /// string is the name of the type.
    Order(String),
    /// A tolerant reader takes an element for another one whose name differs in case or namespace only. The string is its name.
    NearName(String),
    /// A difference was found, but no document could be built that shows it. The string is the problem.
    Witness(String),
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Reason::IdentityConstraint(name) => write!(f, "the identity constraint `{name}` was added or changed"),
            Reason::Identifiers(path) => write!(f, "`{path}` holds identifiers or references to them on one side only"),
            Reason::Size(name) => write!(f, "the content model of `{name}` is too large to be compared"),
            Reason::Values { a, b } => write!(f, "the values of `{a}` could not be compared with those of `{b}`"),
            Reason::FixedMixed(name) => write!(f, "the fixed mixed content of `{name}` could not be compared"),
            Reason::Order(name) => write!(f, "the children of `{name}` need not follow its content model"),
            Reason::NearName(name) => write!(f, "`{name}` is taken for an element whose name differs in case or namespace only"),
            Reason::Witness(why) => write!(f, "a difference was found, but no document that shows it: {why}"),
        }
    }
}

/// What a reader in tolerant mode that is made from a model reads.
///
/// A document is tolerated if the reader returns a value without an error, and the value holds everything in the document that the model names:
///
/// - the root is a root element of the model;
/// - each child element that the content model names at its place is read into its field, in any order if the content model is a sequence of
///   distinct elements. An element that occurs more often than the field can hold is lost;
/// - each text is one that the Rust type of its field holds: facets are not checked, and enumerations and unions keep any text, but a number must fit
///   the Rust type. A text that does not fit is lost, or is an error if the field is required. An empty text counts as absent.
///
/// Elements and attributes that the model does not name at their place are skipped, and so is text between elements. What is missing gets the empty
/// value. An element whose `xsi:type` the model does not know is kept as XML if its type has derived types, and read as the declared type otherwise.
/// The Rust types are those that `plan` chooses without settings.
#[derive(Debug, Clone, PartialEq)]
pub struct TolerantReader(Model);

impl TolerantReader {
    /// Describes the reader that is made from a model.
    pub fn new(model: &Model) -> Self {
        TolerantReader(relaxed::relaxed(model))
    }
}

/// The comparison of two models in one direction. Results are kept, so that further questions about the same models cost little.
pub struct Inclusion<'m> {
    graph: Graph<'m>,
}

impl fmt::Debug for Inclusion<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Inclusion").finish_non_exhaustive()
    }
}

impl<'m> Inclusion<'m> {
    /// Prepares the question whether what `a` admits is admitted by `b`.
    pub fn new(a: &'m Model, b: &'m Model) -> Self {
        Inclusion { graph: Graph::new(a, b, false) }
    }

    /// Prepares the question whether what `a` admits is tolerated by a reader. The reader takes the place of B in the verdicts: "valid under B" means
    /// "tolerated by the reader".
    pub fn tolerated(a: &'m Model, reader: &'m TolerantReader) -> Self {
        Inclusion { graph: Graph::new(a, &reader.0, true) }
    }

    /// Decides whether every valid document whose root is the global element `a` is valid under B, where its root is the global element of the
    /// same name.
    pub fn root(&mut self, a: ElementId) -> Verdict {
        self.graph.root(a)
    }

    /// Decides whether every element that is valid under the declaration `a` is valid under the declaration `b`.
    pub fn element(&mut self, a: ElementId, b: ElementId) -> Verdict {
        self.graph.element(a, b)
    }

    /// Decides whether every element that is valid under the type `a` is valid under the type `b`. The root of a witness is an element with the
    /// name of the type `a`.
    pub fn ty(&mut self, a: TypeId, b: TypeId) -> Verdict {
        self.graph.ty(a, b)
    }
}
