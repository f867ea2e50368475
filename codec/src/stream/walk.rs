//! Moves the cursor to the next record or to the end of the document, and adds what it passes to the envelope.
//! Records are read in `records`.

use std::io::BufRead;

use memchr::memchr;

use super::markup::{Markup, name_of};
use super::records::{Here, Records};
use crate::document::{Xml, schema};
use crate::error::{Error, ErrorKind, Result};
use crate::read::Reader;
use crate::simple::is_space;
use crate::text::place::locate;

impl<R: BufRead, T: Xml> Records<R, T> {
    /// Moves to the next record.
    pub(super) fn seek(&mut self) -> Result<Here> {
        let result = self.resume().and_then(|()| self.walk());
        match &result {
            Ok(Here::Record) => {}
            Err(error) if error.would_block() => return result,
            Ok(Here::Nothing) | Err(_) => self.over = true,
        }
        result.map_err(|error| self.placed(error))
    }

    /// Continues a read that would have blocked, so that incomplete markup is not examined again before more of
    /// it is there.
    fn resume(&mut self) -> Result<()> {
        match self.source.text().len() < self.wanted && !self.source.ended() {
            true => self.source.fill(self.wanted, &self.options),
            false => Ok(()),
        }
    }

    fn walk(&mut self) -> Result<Here> {
        loop {
            if self.source.text().is_empty() {
                if self.source.ended() {
                    return self.finish();
                }
                self.source.fill(1, &self.options)?;
                continue;
            }
            if self.step()? {
                return Ok(Here::Record);
            }
        }
    }

    /// Checks the end of the document.
    fn finish(&mut self) -> Result<Here> {
        self.envelope.check(&self.options)?;
        if self.envelope.depth() > 0 {
            return Err(Error::new(ErrorKind::Syntax, "the document ends here, but elements are open"));
        }
        Ok(Here::Nothing)
    }

    /// Adds the markup or text at the cursor to the envelope. Returns whether a record is at the cursor; if so,
    /// nothing is added.
    fn step(&mut self) -> Result<bool> {
        let text = self.source.text();
        if !text.starts_with('<') {
            let len = memchr(b'<', text.as_bytes()).unwrap_or(text.len());
            let blank = text.bytes().take(len).all(is_space);
            self.take(len, blank && self.envelope.is_around_records())?;
            return Ok(false);
        }
        let Some(markup) = Markup::of(text) else {
            self.more()?;
            return Ok(false);
        };
        match markup {
            Markup::Declaration => return self.declaration().map(|()| false),
            Markup::Aside { len } => self.aside(len)?,
            Markup::Section { len } => self.take(len, false)?,
            Markup::End { len } => {
                self.envelope.leave(text.get(..len).unwrap_or_default())?;
                self.in_run = false;
                self.take(len, false)?;
            }
            Markup::Start { len, empty } => {
                let tag = text.get(..len).unwrap_or_default();
                if self.envelope.is_record(name_of(tag)) {
                    return Ok(true);
                }
                self.envelope.enter(tag, empty, &self.options).map_err(|error| self.located(error, tag))?;
                self.in_run = false;
                self.take(len, false)?;
            }
        }
        Ok(false)
    }

    /// Checks a comment or processing instruction. It is left out of the envelope, except for the XML
    /// declaration.
    fn aside(&mut self, len: usize) -> Result<()> {
        let aside = self.source.text().get(..len).unwrap_or_default();
        if aside.starts_with("<?xml") && self.envelope.depth() == 0 {
            return self.take(len, false);
        }
        let mut reader = Reader::new(aside, true, schema::<T>()?, &self.options);
        reader.aside().map_err(|error| self.located(error, aside))?;
        self.take(len, true)
    }

    /// Adds a document type declaration to the envelope, where reading notes or rejects it.
    fn declaration(&mut self) -> Result<()> {
        let text = self.source.text();
        if "<!DOCTYPE".starts_with(text) || "<![CDATA[".starts_with(text) {
            return self.more();
        }
        if self.envelope.depth() > 0 || !text.starts_with("<!DOCTYPE") {
            return Err(Error::new(ErrorKind::Syntax, "only comments and CDATA sections may start so here"));
        }
        match Reader::new(text, true, schema::<T>()?, &self.options).doctype_len() {
            Ok(len) => self.take(len, false),
            Err(error) if self.source.ended() || error.kind() == ErrorKind::Doctype => Err(self.located(error, text)),
            Err(_) => self.more(),
        }
    }

    fn take(&mut self, len: usize, left_out: bool) -> Result<()> {
        let (piece, place) = (self.source.text().get(..len).unwrap_or_default(), self.source.place());
        match left_out {
            true => self.envelope.skip(),
            false => self.envelope.add(piece, place, &self.options)?,
        }
        self.source.consume(len);
        self.wanted = 1;
        Ok(())
    }

    /// Reads more text to complete the markup at the cursor. The window doubles each time, so that the same
    /// text is not examined too often.
    pub(super) fn more(&mut self) -> Result<()> {
        let len = self.source.text().len();
        if self.source.ended() {
            let mut error = Error::new(ErrorKind::Syntax, "the document ends here, but elements are open");
            error.move_to(self.source.place().behind(self.source.text()));
            return Err(error);
        }
        if len > self.options.max_bytes {
            return Err(self.too_large());
        }
        self.wanted = len * 2;
        self.source.fill(self.wanted.max(1), &self.options)
    }

    pub(super) fn too_large(&self) -> Error {
        Error::new(ErrorKind::Limit, format!("more than {} bytes in one element", self.options.max_bytes))
    }

    /// Adds the position in the whole document to an error in text at the cursor.
    #[cold]
    fn located(&self, error: Error, text: &str) -> Error {
        let mut error = locate(error, text);
        error.shift(&self.envelope.open_path(), self.source.place());
        error
    }

    /// Adds the position and the path of the cursor to an error that has no position, or only the path to an
    /// error that has a position but no path, like those of the reader.
    #[cold]
    pub(super) fn placed(&self, mut error: Error) -> Error {
        match error.position() {
            None => error.shift(&self.envelope.open_path(), self.source.place()),
            Some(position) if error.path().is_empty() => error.locate(self.envelope.open_path(), position),
            Some(_) => {}
        }
        error
    }
}
