//! The fast paths of reading: attributes and choices that are in the form in which the writer would write them. They give the same values,
//! notes and errors as the general path, which takes over at the first byte that they do not expect.

mod attributes;
mod choice;
