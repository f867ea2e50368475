//! Skips elements. A skipped element must still be well-formed. Notes about it are added by the callers.

use super::{Reader, Tag};
use crate::error::{Error, ErrorKind, Result};
use crate::tables::TypeInfo;

/// The average stack that a level may take, in bytes, so that 256 levels take less than a megabyte.
const STACK_OF_A_LEVEL: usize = 3328;

impl Reader<'_> {
    /// Skips an element whose start tag was read. Its depth counts towards the limit, but does not use the stack.
    pub(super) fn skip(&mut self, tag: &Tag) -> Result<()> {
        if !tag.plain {
            self.few_attributes(tag, 0)?;
        }
        if tag.empty {
            return self.closed(tag.mark);
        }
        self.characters()?;
        if self.rest().starts_with("</") {
            self.end_tag(tag)?;
            return self.closed(tag.mark);
        }
        let mut open = vec![*tag];
        while let Some(inner) = open.last().copied() {
            self.characters()?;
            if self.rest().starts_with("</") {
                self.end_tag(&inner)?;
                self.closed(inner.mark)?;
                open.pop();
                continue;
            }
            let child = self.start_tag()?;
            self.few_attributes(&child, 0)?;
            if child.empty {
                self.closed(child.mark)?;
            } else {
                open.push(child);
                self.check_depth(open.len(), &child)?;
            }
        }
        Ok(())
    }

    /// Enters an element or a group of this type. Fails if the open levels may take too much stack.
    #[inline]
    pub(super) fn descend(&mut self, type_info: &'static TypeInfo, group: bool, at: usize) -> Result<()> {
        self.stack += type_info.stack(group);
        if self.stack > self.options.max_depth as usize * STACK_OF_A_LEVEL { Err(self.too_large(at)) } else { Ok(()) }
    }

    /// Leaves an element or a group of this type.
    #[inline]
    pub(super) fn ascend(&mut self, type_info: &'static TypeInfo, group: bool) {
        self.stack -= type_info.stack(group);
    }

    #[cold]
    fn too_large(&self, at: usize) -> Error {
        let message = format!("too many elements of large types in each other: fewer than {} take all the stack", self.options.max_depth);
        Error::at(ErrorKind::Limit, at, message)
    }

    /// Rejects an element that is nested too deeply.
    pub(super) fn check_depth(&self, more: usize, tag: &Tag) -> Result<()> {
        if self.depth as usize + more > self.options.max_depth as usize {
            return Err(Error::at(ErrorKind::Limit, tag.at, format!("more than {} elements in each other", self.options.max_depth)));
        }
        Ok(())
    }
}
