//! The bindings of several versions of a schema, and the conversions between them.

use super::{ItemId, RustIr};

/// The bindings of several versions of a schema.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct VersionsIr {
    /// The versions, from the oldest to the newest.
    pub versions: Vec<VersionIr>,
    /// The conversions between each version and the next one; there is one fewer than versions.
    pub steps: Vec<StepIr>,
    /// The lines that open `lib.rs`, without `//`.
    pub header: Vec<String>,
    /// The documentation of `lib.rs`.
    pub docs: Vec<String>,
}

/// The bindings of one version.
#[derive(Debug, Clone, PartialEq)]
pub struct VersionIr {
    /// The name of its module.
    pub name: String,
    /// The name of its variant.
    pub variant: String,
    /// Its bindings.
    pub ir: RustIr,
}

/// The conversions between a version and the next one.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct StepIr {
    /// The conversions from the older to the newer version.
    pub up: Vec<Conversion>,
    /// The conversions from the newer to the older version.
    pub down: Vec<Conversion>,
    /// The items of the newer version that are items of an older one.
    pub shared: usize,
}

impl StepIr {
    /// Returns how documents convert in one of the directions.
    #[must_use]
    pub fn documents(conversions: &[Conversion]) -> Documents {
        match conversions.iter().find(|conversion| conversion.shape == Shape::Document) {
            Some(conversion) if conversion.total => Documents::From,
            Some(_) => Documents::Try,
            None => Documents::None,
        }
    }
}

/// How the documents of a version convert to another one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Documents {
    /// All of them convert.
    From,
    /// Some convert.
    Try,
    /// None converts.
    None,
}

/// The conversion of a type to its counterpart in another version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conversion {
    /// Whether every value converts, so that it is `From` and not `TryFrom`.
    pub total: bool,
    /// The form of the types.
    pub shape: Shape,
    /// The old and the new type; `None` for `Document`.
    pub types: Option<(ItemId, ItemId)>,
    /// The fields or variants that convert.
    pub fields: Vec<Converted>,
    /// The fields that only the new type has.
    pub absent: Vec<String>,
    /// The required fields that only the new type has, so that no value converts.
    pub missing: Vec<String>,
    /// The fields or variants that only the old type has.
    pub lost: Vec<String>,
    /// The lists for which the new type has other limits, by their old and new names.
    pub count: Vec<(String, String)>,
}

/// The form of the types of a conversion.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// A struct.
    Struct,
    /// A choice or a union.
    Choice,
    /// A type and the types derived from it.
    Types,
    /// An enumeration.
    Enumeration,
    /// `Document`.
    Document,
}

/// A field or variant that converts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Converted {
    /// Its name in the new type.
    pub new: String,
    /// Its name in the old type.
    pub old: String,
    /// How its values convert.
    pub how: How,
}

/// How a value converts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum How {
    /// The type is the same.
    Moved,
    /// The type is the same, in a box or another holder.
    Held,
    /// The type is the same, without the holder.
    Released,
    /// The type is the same, but a value whose type `xsi:type` names does not convert.
    Retyped,
    /// The type converts.
    Into,
    /// The type converts, and the result is in a holder.
    IntoHeld,
    /// The type in the holder converts.
    ReleasedInto,
    /// The text is checked against the new type.
    Checked,
}
