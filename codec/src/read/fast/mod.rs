//! The fast paths of reading: attributes and choices whose text is as the writer would write it. They give the same values, notes and errors as the general
//! path, which takes over at the first byte that they do not expect.

mod attributes;
mod choice;

pub(super) use self::attributes::Ahead;
pub(super) use self::choice::Foreseen;
