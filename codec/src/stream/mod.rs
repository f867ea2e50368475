//! Reads and writes documents of any size record by record. A record is an element that repeats; the rest of
//! the document is available without the records. Reading and writing a single record is done in `read` and
//! `write`.
//!
//! Modules: `source` and `decoder` turn bytes into a window of text, `markup` finds the ends of tags,
//! `envelope` collects what is outside the records, `walk` moves from one record to the next, `records` reads
//! them, and `writer` writes them.

mod decoder;
mod envelope;
mod markup;
mod records;
mod source;
mod walk;
mod writer;

pub use records::Records;
pub use writer::RecordWriter;
