//! What a value does not hold of the document that it was read from: unknown elements and attributes, and schema locations.

use std::collections::HashMap;
use std::sync::Arc;

use crate::any::NamespaceName;
use crate::error::Result;
use crate::read::{Token, Tokens, lenient};

/// Content of a document that the value read from it does not hold, with its places: unknown elements and attributes, if
/// [`ReadOptions::keep_unknown`](crate::ReadOptions::keep_unknown) is set, and schema locations in any case.
///
/// [`WriteOptions::kept`](crate::WriteOptions::kept) and [`Reading::to_xml`](crate::Reading::to_xml) write it back at its place. A place is the
/// path of the parent element and the element before it. If the parent is gone, so is the content; if only the element before it is gone,
/// the content goes to the end of the parent. A copy costs nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Kept {
    pub(super) pieces: Arc<[KeptPiece]>,
}

/// A piece of content with its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct KeptPiece {
    /// The path of the element that the piece belongs to, as lower-case local names with indices.
    pub(super) path: String,
    /// For an element: the child that precedes it.
    pub(super) after: Option<String>,
    pub(super) piece: Piece,
}

/// A piece of content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Piece {
    /// An element as it is in the document, with the length of its name, and the declarations around it that it may need.
    Element {
        xml: String,
        name: usize,
        declarations: Vec<(String, NamespaceName)>,
    },
    Attribute {
        prefix: String,
        uri: NamespaceName,
        local: String,
        value: String,
    },
}

/// A piece at an offset of the document: the start of an unknown element, or of the element that an attribute belongs to.
#[derive(Debug)]
pub(crate) struct Found {
    pub(crate) at: usize,
    pub(crate) piece: Piece,
}

impl Kept {
    /// Returns whether there is nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.pieces.is_empty()
    }

    /// Returns the number of elements and attributes.
    #[must_use]
    pub fn len(&self) -> usize {
        self.pieces.len()
    }

    /// Returns the paths of the kept elements and attributes: of an element, the path of its parent.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.pieces.iter().map(|piece| piece.path.as_str())
    }

    /// Finds the places of pieces in the document.
    #[cold]
    pub(crate) fn of(text: &str, mut found: Vec<Found>) -> Result<Self> {
        found.sort_by_key(|found| found.at);
        let options = lenient();
        let (mut tokens, mut levels) = (Tokens::new(text, &options), Levels::default());
        let mut pieces = Vec::with_capacity(found.len());
        let mut found = found.into_iter().peekable();
        while found.peek().is_some()
            && let Some(token) = tokens.next()?
        {
            match token {
                Token::Start(name) => {
                    let at = tokens.offset();
                    if let Some(found) = found.next_if(|found| found.at == at && matches!(found.piece, Piece::Element { .. })) {
                        pieces.push(KeptPiece { path: levels.path().to_owned(), after: levels.last(), piece: found.piece });
                        tokens.skip_element()?;
                        continue;
                    }
                    levels.open(name);
                    while let Some(found) = found.next_if(|found| found.at <= at) {
                        pieces.push(KeptPiece { path: levels.path().to_owned(), after: None, piece: found.piece });
                    }
                }
                Token::End => levels.close(),
                _ => {}
            }
        }
        Ok(Self { pieces: pieces.into() })
    }
}

/// The open elements, with their paths.
#[derive(Default)]
pub(super) struct Levels {
    path: String,
    levels: Vec<Level>,
    roots: HashMap<String, u32>,
}

struct Level {
    /// The length of the path of the parent.
    outer: usize,
    step: String,
    children: HashMap<String, u32>,
    last: Option<String>,
}

impl Levels {
    pub(super) fn open(&mut self, name: &str) {
        let local = name.rsplit_once(':').map_or(name, |(_, local)| local).to_lowercase();
        let children = self.levels.last_mut().map_or(&mut self.roots, |level| &mut level.children);
        let count = children.entry(local.clone()).or_default();
        let step = if *count == 0 { local } else { format!("{local}[{count}]") };
        *count += 1;
        let outer = self.path.len();
        if outer > 0 {
            self.path.push('/');
        }
        self.path.push_str(&step);
        self.levels.push(Level { outer, step, children: HashMap::new(), last: None });
    }

    pub(super) fn close(&mut self) {
        let Some(level) = self.levels.pop() else { return };
        self.path.truncate(level.outer);
        if let Some(around) = self.levels.last_mut() {
            around.last = Some(level.step);
        }
    }

    pub(super) fn path(&self) -> &str {
        &self.path
    }

    /// Returns the child of the open element that ended last.
    pub(super) fn last(&self) -> Option<String> {
        self.levels.last().and_then(|level| level.last.clone())
    }
}
