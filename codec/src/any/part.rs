//! The texts of kept elements and attributes. Those that are read one after the other share a piece of memory, so that each of them takes two words and its
//! text.

use std::sync::{Arc, OnceLock};

use super::{Around, NamespaceName};

/// The size in bytes from which on a piece is complete. A part keeps its whole piece in memory.
const COMPLETE: usize = 4096;

/// The largest text that shares a piece.
const SHORT: usize = 1024;

/// The maximum number of different contexts in a piece.
const MOST_CONTEXTS: usize = 256;

/// The length of a part that is its whole piece.
const WHOLE: u32 = u32::MAX;

/// What a text needs in addition: the namespace of its name, and the declarations around it.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Context {
    pub(super) namespace: NamespaceName,
    pub(super) around: Around,
}

/// A piece of memory with the texts of several parts.
#[derive(Debug)]
struct Piece {
    text: Box<str>,
    contexts: Box<[Context]>,
}

/// A text that shares its memory with others.
#[derive(Debug, Clone, Default)]
pub(super) struct Part {
    /// The piece, which gets its text when it is complete, at the latest when the reader is dropped.
    piece: Option<Arc<OnceLock<Piece>>>,
    start: u16,
    context: u16,
    len: u32,
}

impl Part {
    /// Returns a part that has a piece of its own.
    pub(super) fn alone(text: String, context: Context) -> Self {
        let piece = OnceLock::from(Piece { text: text.into(), contexts: [context].into() });
        Self { piece: Some(Arc::new(piece)), start: 0, context: 0, len: WHOLE }
    }

    fn piece(&self) -> Option<&Piece> {
        self.piece.as_ref()?.get()
    }

    pub(super) fn is_unset(&self) -> bool {
        self.piece.is_none()
    }

    pub(super) fn text(&self) -> &str {
        let Some(piece) = self.piece() else { return "" };
        match self.len {
            WHOLE => &piece.text,
            len => {
                let start = usize::from(self.start);
                piece.text.get(start..start + len as usize).unwrap_or_default()
            }
        }
    }

    fn context(&self) -> Option<&Context> {
        self.piece()?.contexts.get(usize::from(self.context))
    }

    pub(super) fn namespace(&self) -> &str {
        self.context().map_or("", |context| &context.namespace)
    }

    pub(super) fn around(&self) -> &Around {
        self.context().map_or(&None, |context| &context.around)
    }
}

/// Collects the texts of parts. Each piece gets its texts when it is complete or when this is dropped.
#[derive(Debug, Default)]
pub(crate) struct Keeper {
    piece: Option<Arc<OnceLock<Piece>>>,
    text: String,
    contexts: Vec<Context>,
}

impl Keeper {
    /// Keeps the concatenation of these texts.
    pub(super) fn keep(&mut self, texts: &[&str], context: Context) -> Part {
        let len: usize = texts.iter().map(|text| text.len()).sum();
        if len > SHORT {
            return Part::alone(texts.concat(), context);
        }
        if self.text.len() + len > COMPLETE || self.contexts.len() >= MOST_CONTEXTS {
            self.complete();
        }
        let known = self.contexts.iter().rposition(|known| *known == context).unwrap_or(self.contexts.len());
        if known == self.contexts.len() {
            self.contexts.push(context);
        }
        let start = self.text.len();
        texts.iter().for_each(|text| self.text.push_str(text));
        let small = |number: usize| u16::try_from(number).unwrap_or_default();
        Part {
            piece: Some(self.piece.get_or_insert_default().clone()),
            start: small(start),
            context: small(known),
            len: u32::try_from(len).unwrap_or_default(),
        }
    }

    /// Gives the piece its texts.
    fn complete(&mut self) {
        if let Some(piece) = self.piece.take() {
            let _ = piece.set(Piece { text: self.text.as_str().into(), contexts: self.contexts.drain(..).collect() });
            self.text.clear();
        }
    }
}

impl Drop for Keeper {
    fn drop(&mut self) {
        self.complete();
    }
}
