//! In: the lines of `complex_type!`, `choice!` and `group!`. Out: static tables of what a type holds.
//! Not done here: reading and writing by these tables (`read`, `write`); content models with a life of their own (`particle`).

use std::sync::OnceLock;

use crate::particle::Particle;
use crate::schema::Schema;
use crate::simple::SimpleType;

/// What sort of value stands at a place: a set of marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Kind(u8);

impl Kind {
    /// A structure with attributes and children.
    pub const STRUCT: Self = Self(0);
    /// A text: no attributes, no children.
    pub const LEAF: Self = Self(1);
    /// It may be nil.
    pub const NILLABLE: Self = Self(2);
    /// Children without an element around them: a choice, or a sequence within a model.
    pub const GROUP: Self = Self(4);
    /// It stands in a box, so that a type may hold itself.
    pub const BOXED: Self = Self(8);
    /// Its type is told by `xsi:type`.
    pub const POLYMORPHIC: Self = Self(16);
    /// Kept XML.
    pub const KEPT: Self = Self(32);

    /// The marks of both.
    #[must_use]
    pub const fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether all marks of the other are set.
    #[must_use]
    pub const fn is(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }
}

/// What the tables can ask about a type.
#[derive(Debug, Clone, Copy, Default)]
pub struct Facts {
    /// The table of a complex type, a choice or a group.
    pub shape: Option<&'static Shape>,
    /// The facets of a simple type.
    pub simple: Option<&'static SimpleType>,
}

impl Facts {
    /// Nothing to say.
    #[must_use]
    pub const fn nothing() -> Self {
        Self { shape: None, simple: None }
    }
}

/// Where an item stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    /// An element.
    Element,
    /// An attribute.
    Attribute,
    /// Any element, or any attribute, that the constraint admits.
    Any,
    /// The children of a choice or a group.
    Group,
    /// The text of the element itself, or text between elements.
    Text,
}

/// No upper bound of the number of occurrences.
pub const UNBOUNDED: u32 = u32::MAX;

/// One line of a table: an element, an attribute, a wildcard, a group or a text.
#[derive(Debug)]
pub struct Item {
    pub(crate) open: &'static str,
    pub(crate) close: &'static str,
    pub(crate) local: &'static str,
    pub(crate) namespace: u16,
    pub(crate) place: Place,
    pub(crate) kind: Kind,
    pub(crate) min: u32,
    pub(crate) max: u32,
    pub(crate) word: Word,
    pub(crate) preset: Option<&'static str>,
    pub(crate) fixed: bool,
    pub(crate) simple: Option<&'static SimpleType>,
    pub(crate) facts: fn() -> Facts,
}

/// `local>` in words of eight bytes, to compare with a tag in few steps.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Word {
    pub(crate) head: u64,
    pub(crate) mask: u64,
    pub(crate) tail: u64,
    pub(crate) len: usize,
}

impl Word {
    const fn new(local: &str) -> Self {
        let (mut rest, len) = (local.as_bytes(), local.len() + 1);
        let (mut head, mut tail) = (0_u64, 0_u64);
        let mut at = 0;
        while at < len {
            let byte = match rest {
                [first, more @ ..] => {
                    rest = more;
                    *first as u64
                }
                [] => b'>' as u64,
            };
            if at < 8 {
                head |= byte << (8 * at);
            }
            tail = tail >> 8 | byte << 56;
            at += 1;
        }
        let mask = if len < 8 { (1 << (8 * len)) - 1 } else { u64::MAX };
        Self { head, mask, tail, len }
    }
}

impl Item {
    const fn at(place: Place, namespace: u16, names: [&'static str; 3], kind: Kind, facts: fn() -> Facts) -> Self {
        let [open, close, local] = names;
        Self {
            open,
            close,
            local,
            namespace,
            place,
            kind,
            min: 1,
            max: 1,
            word: Word::new(local),
            preset: None,
            fixed: false,
            simple: None,
            facts,
        }
    }

    /// An element, with the tags that are written for it.
    #[must_use]
    pub const fn element(namespace: u16, names: [&'static str; 3], kind: Kind, facts: fn() -> Facts) -> Self {
        Self::at(Place::Element, namespace, names, kind, facts)
    }

    /// An attribute; in the place of the tags stand ` name="` and `"`.
    #[must_use]
    pub const fn attribute(namespace: u16, names: [&'static str; 3], kind: Kind, facts: fn() -> Facts) -> Self {
        Self::at(Place::Attribute, namespace, names, kind, facts)
    }

    /// A wildcard: the constraint as in the contract with generated code.
    #[must_use]
    pub const fn any(constraint: &'static str, kind: Kind, facts: fn() -> Facts) -> Self {
        Self::at(Place::Any, 0, ["", "", constraint], kind, facts)
    }

    /// A choice or a group.
    #[must_use]
    pub const fn group(kind: Kind, facts: fn() -> Facts) -> Self {
        Self::at(Place::Group, 0, ["", "", ""], kind, facts)
    }

    /// The text of the element itself, or text between elements.
    #[must_use]
    pub const fn text(kind: Kind, facts: fn() -> Facts) -> Self {
        Self::at(Place::Text, 0, ["", "", ""], kind, facts)
    }

    /// How often it may stand there.
    #[must_use]
    pub const fn occurs(mut self, min: u32, max: u32) -> Self {
        (self.min, self.max) = (min, max);
        self
    }

    /// The value that an empty element or an absent attribute stands for.
    #[must_use]
    pub const fn default(mut self, text: &'static str) -> Self {
        self.preset = Some(text);
        self
    }

    /// The only value that it may have.
    #[must_use]
    pub const fn fixed(mut self, text: &'static str) -> Self {
        (self.preset, self.fixed) = (Some(text), true);
        self
    }

    /// Facets of its text.
    #[must_use]
    pub const fn within(mut self, simple: &'static SimpleType) -> Self {
        self.simple = Some(simple);
        self
    }

    pub(crate) fn is_leaf(&self) -> bool {
        self.kind.is(Kind::LEAF)
    }

    pub(crate) fn repeats(&self) -> bool {
        self.max > 1
    }

    pub(crate) fn shape(&self) -> Option<&'static Shape> {
        (self.facts)().shape
    }
}

/// What an element holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Content {
    /// Nothing.
    Empty,
    /// Children in order.
    Sequence,
    /// Children in any order.
    All,
    /// Text and children.
    Mixed,
    /// Text.
    Text,
    /// One of the items: only of `choice!`.
    Choice,
}

/// The table of a type.
#[derive(Debug)]
pub struct Shape {
    pub(crate) schema: &'static Schema,
    pub(crate) namespace: u16,
    pub(crate) name: &'static str,
    pub(crate) attributes: &'static [Item],
    pub(crate) items: &'static [Item],
    pub(crate) content: Content,
    pub(crate) model: Option<&'static Particle>,
    /// Bit n: the item n must occur. Of the items from 64 on nothing is said.
    pub(crate) required: u64,
    pub(crate) reach: OnceLock<Box<[u16]>>,
    pub(crate) distinct: OnceLock<bool>,
}

impl Shape {
    /// A table.
    #[must_use]
    pub const fn new(
        schema: &'static Schema,
        (namespace, name): (u16, &'static str),
        attributes: &'static [Item],
        (content, items): (Content, &'static [Item]),
        model: Option<&'static Particle>,
    ) -> Self {
        let mut required = 0;
        let (mut at, mut rest) = (0, items);
        while at < 64
            && let [first, more @ ..] = rest
        {
            if first.min > 0 {
                required |= 1 << at;
            }
            (at, rest) = (at + 1, more);
        }
        let reach = OnceLock::new();
        let distinct = OnceLock::new();
        Self { schema, namespace, name, attributes, items, content, model, required, reach, distinct }
    }

    /// The name of the type, as it stands in `xsi:type`: its namespace and local name.
    #[must_use]
    pub fn name(&self) -> (&'static str, &'static str) {
        (self.schema.uri(self.namespace), self.name)
    }

    /// Whether no two elements of it have one local name, so that a name without its namespace says which is meant.
    pub(crate) fn distinct(&self) -> bool {
        *self.distinct.get_or_init(|| {
            let mut names: Vec<&str> = self.items.iter().filter(|item| item.place == Place::Element).map(|item| item.local).collect();
            names.sort_unstable();
            names.windows(2).all(|pair| pair.first() != pair.last())
        })
    }
}
