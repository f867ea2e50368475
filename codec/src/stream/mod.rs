//! Reads and writes documents of any size record by record. A record is an element that repeats; the rest of
//! the document is available without the records. Reading and writing a single record is done in `read` and
//! `write`.
//!
//! Modules: `source` and `decoder` turn bytes into a window of text, `markup` finds the ends of tags,
//! `envelope` collects what is outside the records, `walk` moves from one record to the next, `records` reads
//! them, and `writer` writes them. `check` reads a document of a schema set that was read at run time, without keeping it.

mod check;
mod decoder;
mod envelope;
mod markup;
mod records;
mod source;
mod walk;
mod writer;

#[doc(hidden)]
pub use check::check_streamed;
pub(crate) use markup::Markup;
pub use records::Records;
pub use writer::RecordWriter;
