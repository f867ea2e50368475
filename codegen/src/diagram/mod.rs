//! Draws the content model of a component: boxes for elements, attributes and types, connectors for sequence, choice and all.
//!
//! A [`Diagram`] is plain data. [`find()`] looks up the component, [`draw`] makes the diagram of a model, [`against()`] marks what changed between two
//! versions, and [`layout`] gives each box its place. [`svg`], [`mermaid`] and [`dot`] write it. Nothing here reads files.

#![deny(clippy::indexing_slicing)]

mod against;
mod build;
pub mod dot;
mod find;
mod focus;
mod labels;
pub mod layout;
pub mod mermaid;
mod nodes;
pub mod svg;
mod text;
mod types;
mod words;

use std::fmt;

pub use self::against::{Renames, Versions, against, compared};
pub use self::build::draw;
pub use self::find::{NotFound, Target, find};
pub use self::focus::focused;
pub use self::labels::Labels;
use crate::model::Max;

/// The default of [`Options::depth`].
pub const DEPTH: u32 = 2;

/// The maximum number of nodes of a diagram. What does not fit is counted, not drawn.
pub const MOST: usize = 1_000;

/// Options for drawing a diagram.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Options {
    /// How many levels of elements below the component are drawn. Deeper content is folded.
    pub depth: u32,
    /// Whether the documentation is shown.
    pub documentation: bool,
}

impl Default for Options {
    fn default() -> Self {
        Options { depth: DEPTH, documentation: true }
    }
}

/// The content model of a component as a tree of nodes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagram {
    /// The component, such as `ep:getSiteType`.
    pub subject: String,
    /// Whether the nodes are marked with what changed.
    pub marked: bool,
    /// The nodes. The first is the component, and a parent precedes its children.
    pub nodes: Vec<Node>,
}

/// A box or a connector of a diagram.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    /// What the node stands for.
    pub kind: Kind,
    /// The name as it is shown; for a connector, what it is.
    pub name: Revised<String>,
    /// The name with its prefix, by which nodes of two versions are matched.
    pub key: String,
    /// The type; empty if there is none to name.
    pub ty: Revised<String>,
    /// How often it occurs.
    pub range: Revised<Range>,
    /// Other properties, such as `nillable` or `default "1"`.
    pub facts: Vec<Fact>,
    /// The values of an enumeration.
    pub values: Vec<Fact>,
    /// The documentation in one line.
    pub docs: String,
    /// The base type that this part of the content is inherited from.
    pub inherited: Option<String>,
    /// Why the content is not drawn, if it is not.
    pub fold: Option<Fold>,
    /// What happened to it.
    pub mark: Mark,
    /// The children, as indices into [`Diagram::nodes`].
    pub children: Vec<usize>,
}

impl Node {
    /// Creates a node that occurs once and has nothing but a name.
    #[must_use]
    pub fn new(kind: Kind, name: impl Into<String>) -> Self {
        let name = name.into();
        Node {
            kind,
            key: name.clone(),
            name: name.into(),
            ty: String::new().into(),
            range: Range::ONCE.into(),
            facts: Vec::new(),
            values: Vec::new(),
            docs: String::new(),
            inherited: None,
            fold: None,
            mark: Mark::Same,
            children: Vec::new(),
        }
    }
}

/// What a node stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// An element.
    Element,
    /// An attribute.
    Attribute,
    /// A complex type.
    ComplexType,
    /// A simple type.
    SimpleType,
    /// A named model group.
    Group,
    /// An element wildcard.
    Any,
    /// An attribute wildcard.
    AnyAttribute,
    /// A value of an enumeration.
    Value,
    /// Nodes that are left out.
    More,
    /// The connector of attributes.
    Attributes,
    /// The connector `xs:sequence`.
    Sequence,
    /// The connector `xs:choice`.
    Choice,
    /// The connector `xs:all`.
    All,
}

impl Kind {
    /// Returns whether the node connects others and has no name of its own.
    #[must_use]
    pub fn is_connector(self) -> bool {
        matches!(self, Kind::Attributes) || self.is_compositor()
    }

    /// Returns whether the node is a sequence, a choice or an all.
    #[must_use]
    pub fn is_compositor(self) -> bool {
        matches!(self, Kind::Sequence | Kind::Choice | Kind::All)
    }

    /// Returns what the node is, in words.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Kind::Element => "element",
            Kind::Attribute => "attribute",
            Kind::ComplexType => "complex type",
            Kind::SimpleType => "simple type",
            Kind::Group => "group",
            Kind::Any => "any element",
            Kind::AnyAttribute => "any attribute",
            Kind::Value => "value",
            Kind::More => "more",
            Kind::Attributes => "attributes",
            Kind::Sequence => "sequence",
            Kind::Choice => "choice",
            Kind::All => "all",
        }
    }
}

/// A property, and what it was in the old version if that is different.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Revised<T> {
    /// The property.
    pub now: T,
    /// What it was, if it changed.
    pub before: Option<T>,
}

impl<T> From<T> for Revised<T> {
    fn from(now: T) -> Self {
        Revised { now, before: None }
    }
}

/// An occurrence range.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Range {
    /// The minimum.
    pub min: u64,
    /// The maximum.
    pub max: Max,
}

impl Range {
    /// Exactly one occurrence.
    pub const ONCE: Range = Range { min: 1, max: Max::Count(1) };

    /// Returns whether more than one occurrence is allowed.
    #[must_use]
    pub fn repeats(self) -> bool {
        self.max > Max::Count(1)
    }
}

impl fmt::Display for Range {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.max {
            Max::Count(max) => write!(f, "{}..{max}", self.min),
            Max::Unbounded => write!(f, "{}..∞", self.min),
        }
    }
}

/// A property or a value in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact {
    /// The text.
    pub text: String,
    /// What happened to it.
    pub mark: Mark,
}

impl Fact {
    /// Creates a fact that did not change.
    pub fn new(text: impl Into<String>) -> Self {
        Fact { text: text.into(), mark: Mark::Same }
    }
}

/// The reason why the content of a node is not drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fold {
    /// The diagram ends here.
    Depth,
    /// A node around it has the same type, so that it would be drawn again and again.
    Recursion,
}

/// What happened to a part of a diagram between two versions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub enum Mark {
    /// Nothing, or there is only one version.
    #[default]
    Same,
    /// It is new.
    Added,
    /// It is gone.
    Removed,
    /// It changed.
    Changed,
}

impl Mark {
    /// Returns the sign that stands for it.
    #[must_use]
    pub fn sign(self) -> &'static str {
        match self {
            Mark::Same => "",
            Mark::Added => "+",
            Mark::Removed => "−",
            Mark::Changed => "~",
        }
    }

    /// Returns the word for it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Mark::Same => "",
            Mark::Added => "added",
            Mark::Removed => "removed",
            Mark::Changed => "changed",
        }
    }
}
