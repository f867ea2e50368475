//! The datatypes of XML Schema 1.0 (Part 2, second edition).
//!
//! This crate checks literals of the built-in types, parses and compares their values, matches the regular
//! expressions of the `pattern` facet, and states what each facet is. Derived types are left to the users of this
//! crate, which represent them in their own ways.
#![doc = ""]
#![doc = include_str!("../README.md")]
#![deny(clippy::indexing_slicing, missing_docs)]

pub mod binary;
pub mod builtin;
pub mod calendar;
pub mod decimal;
pub mod facet;
pub mod names;
pub mod pattern;
pub mod regex;
pub mod value;

pub use facet::{FacetKind, WhiteSpace};
pub use regex::Regex;
pub use value::{Value, is_any_uri};

/// The built-in types (Part 2, section 3), primitive and derived.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[expect(missing_docs, reason = "each variant is the type of that name in Part 2, section 3")]
pub enum Builtin {
    AnySimpleType,
    String,
    Boolean,
    Decimal,
    Float,
    Double,
    Duration,
    DateTime,
    Time,
    Date,
    GYearMonth,
    GYear,
    GMonthDay,
    GDay,
    GMonth,
    HexBinary,
    Base64Binary,
    AnyUri,
    QName,
    Notation,
    NormalizedString,
    Token,
    Language,
    Nmtoken,
    Nmtokens,
    Name,
    NcName,
    Id,
    Idref,
    Idrefs,
    Entity,
    Entities,
    Integer,
    NonPositiveInteger,
    NegativeInteger,
    Long,
    Int,
    Short,
    Byte,
    NonNegativeInteger,
    UnsignedLong,
    UnsignedInt,
    UnsignedShort,
    UnsignedByte,
    PositiveInteger,
}
