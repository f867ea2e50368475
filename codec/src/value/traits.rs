//! The contract between Rust values and the code that processes documents: what the reader and the writer ask of a value ([`Value`]), of a
//! field that holds values ([`Slot`]) and of an enum that stands for a choice ([`Variants`]).

use std::fmt::Debug;
use std::mem::forget;

use crate::error::Result;
use crate::read::{Reader, Seen, Tag};
use crate::tables::{FieldInfo, TypeCell, ValueInfo};
use crate::write::Writer;

/// Says how well a text matches a type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TextMatch {
    /// The text is a valid value of the type.
    Yes,
    /// The text is not valid, but tolerant mode accepts it.
    Tolerated,
    /// The text is not one of the enumeration values, and was kept unchanged.
    Unlisted,
    /// The text is not a value of the type, and was kept unchanged.
    Kept,
    /// The text is not a value of the type.
    No,
    /// The text is a value of the type, but the Rust type cannot hold it without loss.
    Inexact,
}

impl TextMatch {
    /// Returns whether the text was accepted.
    #[must_use]
    pub fn is_taken(self) -> bool {
        !matches!(self, Self::No | Self::Inexact)
    }

    /// Returns the match of a text that is not one of the enumeration values: an empty text is rejected, any
    /// other is kept.
    #[must_use]
    pub fn of_unlisted(text: &str) -> Self {
        if text.is_empty() { Self::No } else { Self::Unlisted }
    }
}

/// A Rust value that is read from and written to XML. The derive `Xml` implements it for generated types, and
/// this crate for built-in types.
pub trait Value: Debug {
    /// Returns the empty value: 0, false, the empty text, or a structure whose fields are all empty.
    fn empty() -> Self
    where
        Self: Sized;

    /// Returns the empty value; for a choice, its variant with this index.
    fn empty_variant(index: usize) -> Self
    where
        Self: Sized,
    {
        let _ = index;
        Self::empty()
    }

    /// Returns what the type tables need to know about this Rust type.
    #[must_use]
    fn info() -> ValueInfo
    where
        Self: Sized;

    /// Sets the value from a text. If the text is rejected, the value stays unchanged or becomes the empty
    /// value.
    fn set_text(&mut self, text: &str) -> TextMatch {
        let _ = text;
        TextMatch::No
    }

    /// Continues a text of mixed content by a text that follows it, because an element between them was left out. Returns whether the value is
    /// such a text.
    fn add_text(&mut self, text: &str) -> bool {
        let _ = text;
        false
    }

    /// Reads the content of an element whose start tag was already consumed, up to its end tag. For a choice or
    /// a group, reads a child and the following children that belong to the same occurrence; `seen` records
    /// which children were read before. Simple values are set by [`Value::set_text`] instead.
    ///
    /// # Errors
    /// Fails in the same cases as [`Reader::structure`].
    fn read(&mut self, reader: &mut Reader<'_>, item: &'static FieldInfo, tag: &Tag, seen: Option<&mut Seen>) -> Result<()> {
        let _ = (reader, item, tag, seen);
        Ok(())
    }

    /// Passes the table and the slots of a structure or a group, in the order of its table, to a visitor. Other
    /// values have no slots.
    fn slots(&self, visitor: &mut dyn VisitSlots) {
        let _ = visitor;
    }

    /// Writes the value. For a leaf that is not nillable this is the text alone; the caller writes the tags.
    ///
    /// # Errors
    /// Fails if the value cannot be written as valid XML.
    fn write(&self, writer: &mut Writer<'_>, item: &'static FieldInfo) -> Result<()>;

    /// Writes the text of a leaf, nillable or not. A nil value has no text.
    ///
    /// # Errors
    /// Fails if the value cannot be written as valid XML.
    fn write_text(&self, writer: &mut Writer<'_>, item: &'static FieldInfo) -> Result<()>
    where
        Self: Sized,
    {
        self.write(writer, item)
    }

    /// Discards an empty value. Empty values own no memory, so that forgetting them leaks nothing, and thousands of generated functions need
    /// no cleanup code. Boxes are the exception; they are dropped.
    #[inline]
    fn discard(self)
    where
        Self: Sized,
    {
        forget(self);
    }

    /// Returns the value as a trait object; for a box, the value inside it.
    #[inline]
    fn as_value(&self) -> &dyn Value
    where
        Self: Sized,
    {
        self
    }

    /// Returns the value as a mutable trait object, like [`Value::as_value`].
    #[inline]
    fn as_value_mut(&mut self) -> &mut dyn Value
    where
        Self: Sized,
    {
        self
    }
}

/// A visitor of the slots of a structure or a group.
///
/// It is a trait, because a call through `dyn FnMut` packs its arguments into a tuple, which costs ten instructions in each derived type.
pub trait VisitSlots {
    /// Visits the slots, in the order of the table.
    fn visit(&mut self, cell: &'static TypeCell, slots: &[&dyn Slot]);
}

impl<F: FnMut(&'static TypeCell, &[&dyn Slot])> VisitSlots for F {
    fn visit(&mut self, cell: &'static TypeCell, slots: &[&dyn Slot]) {
        self(cell, slots);
    }
}

/// Selects a value in a slot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Which {
    /// A new empty value after the existing ones. A slot that holds at most one value returns that value.
    New,
    /// Like `New`, but a choice starts with the variant of this index.
    Variant(usize),
    /// The last value.
    Last,
    /// The value at this index.
    At(usize),
    /// Removes the last value, which is empty, unless the slot always holds a value.
    Remove,
    /// Like `New`; the value is empty even if values are used again.
    Empty,
    /// The value at this index, unchanged, or a new value if there is none. Only reading into existing values selects a value in this way.
    Again(usize),
    /// Removes the values from this index on, and drops them. If the slot always holds a value, makes that empty.
    Keep(usize),
}

/// A field that holds one value, an optional value or many values.
///
/// A large binding has thousands of slots, so they only give access to values; the code that processes the
/// values is shared.
pub trait Slot {
    /// Returns an empty slot.
    fn empty() -> Self
    where
        Self: Sized;

    /// Returns the value at an index, if there is one.
    fn get(&self, index: usize) -> Option<&dyn Value>;

    /// Returns mutable access to the selected value.
    fn value_mut(&mut self, which: Which) -> Option<&mut dyn Value>;
}

/// A Rust enum whose variants are the alternatives of a choice.
pub trait Variants {
    /// Sets the value to the empty value of a variant, if there is such a variant.
    fn begin(&mut self, index: usize);

    /// Returns the index and the slot of the active variant.
    fn active(&self) -> Option<(usize, &dyn Slot)>;

    /// Returns the index and the mutable slot of the active variant.
    fn active_mut(&mut self) -> Option<(usize, &mut dyn Slot)>;
}

/// Returns the empty value of a type: 0, false, an empty text, or a structure without its optional fields.
#[must_use]
pub fn empty<T: Value>() -> T {
    T::empty()
}

// Derived code calls this once for each variant. Without it, unoptimised code would reserve stack space for the values
// of all variants in one frame.

/// Returns the empty value of an enum variant.
#[inline(never)]
pub fn empty_variant<S: Slot, T>(variant: fn(S) -> T) -> T {
    variant(S::empty())
}

/// Separates a word from the same name with its namespace, where the reader passes both. It is not a valid XML
/// character.
pub(crate) const RESOLVED: char = '\0';

/// Returns an owned copy of a text. It is never inlined, which keeps generated code small.
#[inline(never)]
#[must_use]
pub fn owned(text: &str) -> String {
    text.to_owned()
}

/// Defines `info` for a Rust type that always stands for the same built-in type.
macro_rules! builtin_facts {
    ($builtin:ident) => {
        $crate::value::traits::builtin_facts!($builtin, $crate::tables::ValueFlags::LEAF);
    };
    ($builtin:ident, $kind:expr) => {
        fn info() -> $crate::tables::ValueInfo {
            static SIMPLE: $crate::simple::SimpleType = $crate::simple::SimpleType::of($crate::simple::Builtin::$builtin);
            $crate::tables::ValueInfo { simple: Some(&SIMPLE), ..$crate::tables::ValueInfo::of($kind) }
        }
    };
}
pub(super) use builtin_facts;
