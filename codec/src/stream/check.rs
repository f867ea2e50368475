//! Reads a document of a schema set that was read at run time, of which only a window is in memory. How the reader is suspended at the end of a
//! window is described in `read::window`.

use std::io::{BufRead, Read};

use super::markup::Markup;
use super::source::Source;
use crate::document::read_runtime;
use crate::error::{Error, ErrorKind, Position, Result, SourceLine};
use crate::note::Notes;
use crate::options::{Mode, ReadOptions};
use crate::read::{Carried, Globals, ReadRoot, Reader};
use crate::schema::{NO_SCHEMA, Schema};
use crate::tables::{RuntimeValues, TypeCell};
use crate::text::bytes::tag_len;
use crate::text::charset::Charset;
use crate::text::decode::{charset_of, decode_text};
use crate::text::track::Track;
use crate::value::Variants;

/// The number of bytes in which the XML declaration must be complete.
const DECLARATION: usize = 1024;

const DOCTYPE: &str = "<!DOCTYPE";

/// Reads a document, given the type of its root elements. `root` must keep what reading needs of the open elements, but no more.
///
/// # Errors
/// Fails in the same cases as `read_runtime`, and if the reader fails.
#[doc(hidden)]
pub fn check_streamed(
    mut reader: impl BufRead,
    options: &ReadOptions,
    roots: &'static TypeCell,
    values: &'static dyn RuntimeValues,
    root: &mut dyn Variants,
) -> Result<Notes> {
    let mut head = Vec::new();
    while head.len() < DECLARATION && !head.contains(&b'>') {
        let left = (DECLARATION - head.len()) as u64;
        if (&mut reader).take(left).read_until(b'>', &mut head).map_err(Error::io)? == 0 {
            break;
        }
    }
    // Whether the encoding is right can only be told from the whole document.
    if options.mode == Mode::Strict && charset_of(&head, options)?.0 == Charset::Latin {
        reader.take(options.max_bytes as u64 + 1).read_to_end(&mut head).map_err(Error::io)?;
        return read_runtime(&head, options, roots, values, root).map_err(|mut error| {
            let text = decode_text(&head, options).unwrap_or_default();
            error.edit_all(&|error| {
                if let Some(position) = error.position() {
                    error.set_line(SourceLine::around("", &text, position.offset, position.column));
                }
            });
            error
        });
    }
    let options = options.clone().keep_unknown(false);
    let mut document = Document { source: Source::new(head.chain(reader)), track: Track::default(), tags: Vec::new() };
    let type_info = roots.info();
    document.read(&options, Globals { items: type_info.items(), read: ReadRoot::Runtime(values) }, type_info.schema, root)
}

/// A document that is read window by window.
struct Document<R> {
    source: Source<R>,
    track: Track,
    /// The start tags of the open elements, which are at the start of the text: their lengths, and their offsets in the document.
    tags: Vec<(usize, usize)>,
}

/// Where reading goes on in the next window.
#[derive(Debug, Clone, Copy)]
enum State {
    Start,
    /// Within the root element of this number.
    Root(usize),
    /// Behind the root element.
    End,
}

impl<R: BufRead> Document<R> {
    fn read(&mut self, options: &ReadOptions, globals: Globals, schema: &'static Schema, root: &mut dyn Variants) -> Result<Notes> {
        let mut carried = Carried::new(schema, options);
        let (mut state, mut least) = (State::Start, options.window);
        loop {
            if let Err(error) = self.fill(least, options) {
                return Err(carried.with_error(error));
            }
            let sections = self.source.has_section_end();
            let (text, last) = (self.source.text(), self.source.ended());
            if matches!(state, State::Start) && !last && !root_is_here(text, options) {
                least = text.len().saturating_mul(2).max(options.window);
                continue;
            }
            let mut reader = Reader::new(text, sections, schema, options);
            reader.take_up(carried, &self.tags, self.track.position().offset, last);
            reader.globals = Some(globals);
            let result = step(&mut reader, &mut state, globals, root);
            let suspended = reader.is_suspended();
            if !suspended && (last || result.is_err()) {
                let result = result.and_then(|()| reader.epilog());
                return reader.end(&mut self.track, result);
            }
            let open = reader.open();
            let cursor = reader.cursor();
            carried = reader.carry(&mut self.track, &open);
            least = self.slide(cursor, &open).saturating_add(if suspended { options.window } else { usize::MAX });
        }
    }

    /// Reads more of the document.
    fn fill(&mut self, least: usize, options: &ReadOptions) -> Result<()> {
        let result = self.source.fill(least, options);
        let text = self.source.text();
        let known: usize = self.tags.iter().map(|(len, _)| len).sum();
        result.map_err(|mut error| {
            // The position is relative to the text, which begins with the start tags of the open elements.
            let (end, real) = (Position::START.behind(text), self.track.position().behind(text.get(known..).unwrap_or_default()));
            if let Some(position) = error.position() {
                error.move_to(position.relative_to(end).after(real));
            }
            error
        })?;
        match text.len() > options.max_bytes {
            true => {
                let message = format!("more than {} bytes of the document are needed at once", options.max_bytes);
                let mut error = Error::new(ErrorKind::Limit, message);
                error.move_to(self.track.position());
                Err(error)
            }
            false => Ok(()),
        }
    }

    /// Removes the text up to the cursor, except for the start tags of the open elements. Returns the size of the text that is left, and the size again
    /// of what could not be read because it is not complete.
    fn slide(&mut self, cursor: usize, open: &[usize]) -> usize {
        let text = self.source.text();
        let tag = |at: &usize| {
            let rest = text.get(*at..).unwrap_or_default();
            rest.get(..tag_len(rest.as_bytes()).unwrap_or_default()).unwrap_or_default()
        };
        let tags: Vec<&str> = open.iter().map(tag).collect();
        self.tags = tags.iter().map(|tag| tag.len()).zip(self.track.starts()).collect();
        let start = tags.concat();
        let left = text.len() - cursor;
        self.source.replace(cursor, &start);
        start.len() + 2 * left
    }
}

/// Reads on, up to the end of the root element.
fn step(reader: &mut Reader<'_>, state: &mut State, globals: Globals, root: &mut dyn Variants) -> Result<()> {
    let (index, fresh) = match state {
        State::End => return Ok(()),
        State::Root(index) => (*index, false),
        State::Start => {
            reader.prolog()?;
            (0, true)
        }
    };
    let tag = reader.root_tag()?;
    let (index, item) = match globals.items.get(index).filter(|_| !fresh) {
        Some(item) => (index, item),
        None => reader.find_root(globals.items, &tag)?,
    };
    *state = State::Root(index);
    let Some(slot) = root.variant(index, fresh) else { return Ok(()) };
    let read = if fresh { reader.root(item, tag, slot) } else { reader.root_again(item, &tag, slot) };
    if reader.is_suspended() {
        reader.keep_open(&tag);
        return read;
    }
    read?;
    *state = State::End;
    reader.dangling()
}

/// Returns whether everything up to the start tag of the root element is complete.
fn root_is_here(text: &str, options: &ReadOptions) -> bool {
    let mut rest = text;
    loop {
        rest = rest.trim_start_matches([' ', '\t', '\n', '\r', '\u{A0}']);
        if !rest.is_empty() && !rest.starts_with('<') {
            return true; // it is wrong
        }
        match Markup::of(rest) {
            Some(Markup::Aside { len }) => rest = rest.get(len..).unwrap_or_default(),
            Some(Markup::Declaration) if DOCTYPE.starts_with(rest) => return false,
            Some(Markup::Declaration) if rest.starts_with(DOCTYPE) => match Reader::new(rest, false, &NO_SCHEMA, options).doctype_len() {
                Ok(len) => rest = rest.get(len..).unwrap_or_default(),
                Err(error) => return error.kind() != ErrorKind::Syntax,
            },
            Some(_) => return true,
            None => return false,
        }
    }
}
