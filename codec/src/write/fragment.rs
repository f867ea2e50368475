//! Writes a record as a fragment of a larger document, with the namespace declarations that are in scope. The
//! module `stream` writes what surrounds the records.

use std::io;

use super::writer::{BATCH, Writer};
use crate::error::Result;
use crate::options::{Form, WriteOptions};
use crate::schema::Schema;
use crate::tables::{ANY_ROOT, TypeInfo};
use crate::text::buffer::Buffer;
use crate::value::Slot;

/// State that one record passes on to the next: bytes not yet sent, and the prefixes in scope.
#[derive(Default)]
pub(crate) struct Carried {
    out: Buffer,
    done: String,
    declared: Vec<(String, String)>,
}

impl Carried {
    pub(crate) fn new(declared: Vec<(String, String)>) -> Self {
        Self { declared, ..Self::default() }
    }

    /// Returns whether a prefix is declared around the records.
    pub(crate) fn declares(&self, prefix: &str) -> bool {
        self.declared.iter().any(|(known, _)| known == prefix)
    }

    pub(crate) fn push_str(&mut self, text: &str) {
        self.out.push_str(text);
    }

    /// Sends the collected bytes if there are many of them, or if `all` is set.
    pub(crate) fn send(&mut self, sink: &mut dyn io::Write, all: bool) -> io::Result<()> {
        if !self.done.is_empty() {
            sink.write_all(self.done.as_bytes())?;
            self.done.clear();
        }
        if all || self.out.len() >= BATCH {
            sink.write_all(self.out.as_bytes())?;
            self.out.clear();
        }
        Ok(())
    }
}

impl<'w> Writer<'w> {
    /// Creates a writer for a record at this depth, which appends to the carried bytes. If the record fails,
    /// nothing of it is kept.
    pub(crate) fn fragment(
        schema: &'static Schema,
        options: &'w WriteOptions,
        carried: Carried,
        depth: usize,
        name: &str,
        type_info: Option<&'static TypeInfo>,
        slot: &dyn Slot,
    ) -> (Carried, Result<()>) {
        let before = carried.out.len();
        let marks = carried.declared.len();
        let mut writer = Self::new(schema, options, None);
        (writer.out, writer.done, writer.declared) = (carried.out, carried.done, carried.declared);
        writer.depth = depth;
        writer.qualified = options.form == Form::Qualified;
        let result = writer.root(&ANY_ROOT, Some(name.to_owned()), type_info, slot);
        let (mut out, mut done, mut declared) = (writer.out, writer.done, writer.declared);
        declared.truncate(marks);
        if result.is_err() {
            if done.is_empty() {
                out.truncate(before);
            } else {
                done.truncate(before);
                out.clear();
            }
        }
        (Carried { out, done, declared }, result)
    }
}
