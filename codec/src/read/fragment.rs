//! Reads elements of a text that is part of a larger document, given the namespace declarations around it. Documents are cut into parts in
//! `stream`.

use std::borrow::Cow;

use super::reader::Reader;
use crate::error::Result;
use crate::tables::ANY_ROOT;
use crate::value::Slot;

impl<'a> Reader<'a> {
    /// Prepares the reader for a text inside elements that declare these prefixes, at this depth.
    pub(crate) fn within(&mut self, declarations: &'a [(String, String)], depth: usize) -> Result<()> {
        for (prefix, uri) in declarations {
            self.declare(prefix, Cow::Borrowed(uri), 0)?;
        }
        self.depth = u32::try_from(depth).unwrap_or(u32::MAX);
        self.rebind();
        Ok(())
    }

    /// Reads the element that starts at this offset, whatever its name. Returns the offset of its end.
    pub(crate) fn fragment(&mut self, at: usize, slot: &mut dyn Slot) -> Result<usize> {
        self.at = at;
        let result = self.root_tag().and_then(|tag| slot.read(self, &ANY_ROOT, &tag, None));
        self.kept.clear();
        self.settle(result)?;
        Ok(self.at)
    }

    /// Reads the text as one start tag, and returns its namespace declarations.
    pub(crate) fn declarations(&mut self) -> Result<Vec<(String, String)>> {
        let mark = self.scopes.len();
        self.root_tag()?;
        let own = self.scopes.since(mark);
        Ok(own.iter().map(|scope| (scope.prefix.to_owned(), scope.uri.clone().into_owned())).collect())
    }

    /// Checks a text of comments, processing instructions and white space.
    pub(crate) fn aside(&mut self) -> Result<()> {
        self.misc()
    }

    /// Reads a document type declaration at the start of the text, and returns its length.
    pub(crate) fn doctype_len(&mut self) -> Result<usize> {
        self.doctype()?;
        Ok(self.at)
    }

    /// Checks that the text is a well-formed document.
    pub(crate) fn well_formed(&mut self) -> Result<()> {
        self.prolog()?;
        let tag = self.root_tag()?;
        self.skip(&tag)?;
        self.epilog()
    }
}
