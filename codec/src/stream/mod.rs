//! In: a document of any size, from a reader. Out: its records, one by one, and the document without them; and the reverse.
//! Not done here: reading a record (`read`), writing one (`write`).
//! `source`, `decoder` - bytes to a window of text; `markup` - where a tag ends; `envelope` - all that is no record; `walk` - passing it; `records`; `writer`.

mod decoder;
mod envelope;
mod markup;
mod records;
mod source;
mod walk;
mod writer;

pub use records::Records;
pub use writer::RecordWriter;
