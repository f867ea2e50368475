//! The shape of a value: what the Rust type of generated code says about it. A [`Shape`] takes the place of that type, and a
//! [`Node`] that of its values.

use std::ptr;
use std::sync::OnceLock;

use xsdgen_codec::{
    Enumeration, RuntimeValue, Schema, SimpleType, TextMatch, TypeCell, TypeName, UnionText, Value, ValueFlags, union_kind,
};

use crate::node::Node;

/// The shape of a value. It lives as long as the program, as all tables do.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Shape {
    /// A value of a built-in type.
    Leaf(&'static Leaf),
    /// A value of an enumeration.
    Enumeration(&'static Values),
    /// A value of a union.
    Union(&'static Union),
    /// A list of values.
    List(&'static Shape),
    /// A nillable value of a type without attributes.
    Nillable(&'static Shape),
    /// A nillable value of a type with attributes.
    MaybeNil(&'static Shape),
    /// A value on the heap, in the generated code.
    Boxed(&'static Shape),
    /// A value of a complex type that `xsi:type` may name.
    XsiBox(&'static Shape),
    /// A value of a simple type that `xsi:type` may replace.
    XsiTyped(&'static Shape),
    /// A complex type.
    Record(&'static Complex),
    /// A group without an element of its own.
    Group(&'static Complex),
    /// A choice.
    Choice(&'static Complex),
    /// A type that `xsi:type` may replace by others.
    Polymorphic(&'static Polymorphic),
    /// An element that a wildcard admits.
    AnyElement,
    /// Content of any type.
    AnyType,
    /// An attribute that a wildcard admits.
    AnyAttribute,
}

/// A built-in type, with the properties of the codec's Rust type for it.
#[derive(Debug)]
pub(crate) struct Leaf {
    pub(crate) kind: ValueFlags,
    pub(crate) simple: Option<&'static SimpleType>,
    /// Returns how well a text matches the type.
    pub(crate) fit: fn(&str) -> TextMatch,
}

impl Leaf {
    /// Returns the properties of a Rust type.
    pub(crate) fn of<T: Value>() -> Self {
        Self::with::<T>(|text| T::empty().set_text(text))
    }

    /// Returns the properties of a Rust type that accepts any text.
    pub(crate) fn any<T: Value>() -> Self {
        Self::with::<T>(|_| TextMatch::Yes)
    }

    fn with<T: Value>(fit: fn(&str) -> TextMatch) -> Self {
        let info = T::info();
        Self { kind: info.kind, simple: info.simple, fit }
    }
}

/// The values of an enumeration, and their number.
#[derive(Debug)]
pub(crate) struct Values {
    pub(crate) of: Enumeration,
    pub(crate) count: usize,
}

/// A union of simple types.
#[derive(Debug, Default)]
pub(crate) struct Union(pub(crate) OnceLock<UnionOf>);

/// The members of a union, and its facets.
#[derive(Debug)]
pub(crate) struct UnionOf {
    pub(crate) simple: &'static SimpleType,
    pub(crate) members: Vec<Shape>,
}

/// A type with a table, and the slots of its values.
#[derive(Debug)]
pub(crate) struct Complex {
    pub(crate) cell: &'static TypeCell,
    pub(crate) slots: OnceLock<Vec<SlotShape>>,
    /// Whether the type, with the types of its children, has few slots.
    pub(crate) small: OnceLock<bool>,
}

/// The maximum number of slots that are used again for the next value.
const FEW: usize = 256;

impl Complex {
    pub(crate) fn slots(&self) -> &[SlotShape] {
        self.slots.get().map_or(&[], Vec::as_slice)
    }

    fn is_small(&self) -> bool {
        *self.small.get_or_init(|| {
            let mut left = FEW;
            self.spend(&mut left);
            left > 0
        })
    }

    /// Subtracts the slots of the type, and of the types of its children, from a number. The number becomes 0 if a type contains itself.
    fn spend(&self, left: &mut usize) {
        for slot in self.slots() {
            *left = left.saturating_sub(1);
            if *left == 0 {
                return;
            }
            if let Some(complex) = slot.shape.complex() {
                complex.spend(left);
            }
        }
    }
}

/// How many values a slot has, as the Rust type of a field says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Many {
    One,
    Optional,
    List,
}

/// A slot: the field of a struct, or the variant of an enum.
#[derive(Debug)]
pub(crate) struct SlotShape {
    pub(crate) shape: Shape,
    pub(crate) many: Many,
    /// The position of its values in a document.
    pub(crate) place: Place,
    /// The namespace and the local name; both are empty if it has none.
    pub(crate) name: (&'static str, &'static str),
}

impl SlotShape {
    /// A slot for nothing.
    pub(crate) const NOTHING: Self = Self { shape: Shape::AnyType, many: Many::Optional, place: Place::Text, name: ("", "") };
}

/// The position of the values of a slot in a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    Element,
    Attribute,
    Wildcard,
    AttributeWildcard,
    Group,
    Text,
}

/// A type and the types that may replace it.
#[derive(Debug, Default)]
pub(crate) struct Polymorphic(pub(crate) OnceLock<PolymorphicOf>);

/// The types of a polymorphic type, with their names.
#[derive(Debug)]
pub(crate) struct PolymorphicOf {
    pub(crate) schema: &'static Schema,
    pub(crate) names: Vec<TypeName>,
    pub(crate) shapes: Vec<Shape>,
}

impl Shape {
    /// Returns the properties of the value that tables need.
    pub(crate) fn value(self) -> RuntimeValue {
        let of = |kind, cell, simple| RuntimeValue { kind, cell, simple };
        match self {
            Self::Leaf(leaf) => of(leaf.kind, None, leaf.simple),
            Self::Enumeration(values) => of(ValueFlags::LEAF, None, Some(values.of.simple())),
            Self::Union(union) => match union.0.get() {
                Some(union) => {
                    let kinds: Vec<ValueFlags> = union.members.iter().map(|member| member.value().kind).collect();
                    of(union_kind(&kinds), None, Some(union.simple))
                }
                None => of(ValueFlags::LEAF, None, None),
            },
            Self::List(item) => item.value().with(ValueFlags::LEAF.with(ValueFlags::LIST)),
            Self::Nillable(inner) | Self::MaybeNil(inner) => inner.value().with(ValueFlags::NILLABLE),
            Self::Boxed(inner) | Self::XsiBox(inner) => inner.value().with(ValueFlags::BOXED),
            Self::XsiTyped(inner) => {
                let inner = inner.value();
                RuntimeValue { kind: inner.kind.without(ValueFlags::LEAF).with(ValueFlags::POLYMORPHIC), ..inner }
            }
            Self::Record(complex) => of(ValueFlags::STRUCT, Some(complex.cell), None),
            Self::Group(complex) | Self::Choice(complex) => of(ValueFlags::GROUP, Some(complex.cell), None),
            Self::Polymorphic(_) => of(ValueFlags::POLYMORPHIC, None, None),
            Self::AnyElement | Self::AnyType | Self::AnyAttribute => of(ValueFlags::KEPT, None, None),
        }
    }

    /// Returns the type with a table that the shape always has.
    fn complex(self) -> Option<&'static Complex> {
        match self {
            Self::Record(complex) | Self::Group(complex) | Self::Choice(complex) => Some(complex),
            Self::Boxed(inner) | Self::XsiBox(inner) => inner.complex(),
            _ => None,
        }
    }

    /// Returns whether the slots of a value are used again for the next one.
    pub(crate) fn is_used_again(self) -> bool {
        match self {
            Self::Record(complex) | Self::Choice(complex) => complex.is_small(),
            Self::Boxed(inner) | Self::XsiBox(inner) => inner.is_used_again(),
            // The next child of a group may continue the last value.
            _ => false,
        }
    }

    /// Returns whether this is the same shape of a value with children.
    pub(crate) fn is(self, other: Self) -> bool {
        match (self, other) {
            (Self::Record(one), Self::Record(other)) => ptr::eq(one, other),
            (Self::Polymorphic(one), Self::Polymorphic(other)) => ptr::eq(one, other),
            _ => false,
        }
    }

    /// Returns whether values are secret.
    pub(crate) fn is_secret(self) -> bool {
        match self {
            Self::Leaf(leaf) => leaf.kind.is(ValueFlags::SECRET),
            Self::List(inner) | Self::Nillable(inner) | Self::MaybeNil(inner) | Self::Boxed(inner) | Self::XsiTyped(inner) => {
                inner.is_secret()
            }
            _ => false,
        }
    }

    /// Returns how well a text matches the type.
    pub(crate) fn fit(self, text: &str) -> TextMatch {
        match self {
            Self::Leaf(leaf) => (leaf.fit)(text),
            Self::Enumeration(values) if values.of.find(text) < values.count => TextMatch::Yes,
            Self::Enumeration(_) => TextMatch::of_unlisted(text),
            Self::Union(union) => union.0.get().map_or(TextMatch::Yes, |union| union.fit(text)),
            Self::List(item) => list_fit(*item, text),
            Self::Nillable(inner) | Self::Boxed(inner) => inner.fit(text),
            // Text between the elements of mixed content.
            Self::Choice(_) => TextMatch::Yes,
            _ => TextMatch::No,
        }
    }
}

impl UnionOf {
    /// Returns how well a text matches the member that it belongs to.
    fn fit(&self, text: &str) -> TextMatch {
        let text = UnionText::new(self.simple, text);
        let member = text.member.and_then(|index| self.members.get(index));
        let fit = member.and_then(|member| text.fill(&mut Node::new(*member, false), &member.value().info()));
        fit.unwrap_or_else(|| text.misfit())
    }
}

/// Returns how well a text matches a list: as well as the item that matches worst.
fn list_fit(item: Shape, text: &str) -> TextMatch {
    let mut worst = TextMatch::Yes;
    for word in text.split([' ', '\t', '\n', '\r']).filter(|word| !word.is_empty()) {
        match item.fit(word) {
            TextMatch::Yes => {}
            fit if !fit.is_taken() => return fit,
            fit => worst = fit,
        }
    }
    worst
}
