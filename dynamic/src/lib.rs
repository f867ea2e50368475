#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]
#![deny(missing_docs)]
#![deny(clippy::indexing_slicing, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod compile;
mod document;
mod leak;
mod node;
mod places;
mod shape;
mod validator;

pub use document::{Document, Element};
pub use places::Declared;
pub use validator::Validator;
pub use xsdgen::diagnostic::Staged;
pub use xsdgen::settings::Settings;
pub use xsdgen_codec::{
    AnyAttribute, AnyElement, AnyType, Error, ErrorKind, FieldInfo, FieldKind, Missing, Note, NoteKind, Notes, Position, ReadOptions,
    Reading, Result, SimpleType, SourceLine, TypeInfo,
};
