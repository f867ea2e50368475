//! The memory of a reader, which the reader of the next text uses again.

use super::reader::{AttributeAhead, Reader};
use super::reuse::Spare;
use super::scope::{Binding, Scope, Scopes};
use super::tag::Attribute;
use crate::options::ReadOptions;
use crate::schema::Schema;

/// Empty lists that a reader has used.
#[derive(Debug, Default)]
pub(crate) struct Recycled {
    bindings: Vec<Binding<'static>>,
    scopes: Vec<Scope<'static>>,
    attributes: Vec<Attribute<'static>>,
    ahead: Vec<AttributeAhead>,
    buffer: String,
    reuse: Option<Box<Spare>>,
}

impl<'a> Reader<'a> {
    /// Creates a reader that reads into values that hold what was read before. It must be told what is around the text with [`Reader::within`].
    pub(crate) fn again(text: &'a str, sections: bool, schema: &'static Schema, options: &'a ReadOptions, recycled: Recycled) -> Self {
        let mut reader = Self::unbound(text, sections, schema, options);
        reader.bindings = emptied(recycled.bindings);
        reader.scopes = Scopes::with(emptied(recycled.scopes));
        reader.attributes = emptied(recycled.attributes);
        (reader.ahead, reader.buffer) = (recycled.ahead, recycled.buffer);
        reader.reuse = Some(recycled.reuse.unwrap_or_default());
        reader
    }

    /// Returns the memory of the reader for the next one.
    pub(crate) fn recycle(mut self) -> Recycled {
        self.ahead.clear();
        Recycled {
            bindings: emptied(self.bindings),
            scopes: emptied(self.scopes.into_list()),
            attributes: emptied(self.attributes),
            ahead: self.ahead,
            buffer: self.buffer,
            reuse: self.reuse,
        }
    }
}

/// Returns an empty list for other values of the same size. The standard library uses the memory of the old list for it.
fn emptied<A, B>(list: Vec<A>) -> Vec<B> {
    list.into_iter().filter_map(|_| None).collect()
}
