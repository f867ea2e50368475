//! Assigns an id to every declaration. The ids follow the names of the global components, and within a component the order of its document, so that
//! neither the order of the components nor their distribution over documents changes them.

use std::collections::HashMap;

use super::names::{Space, local_index};
use super::{builtins, count};
use crate::load::SchemaSet;
use crate::schema::{GlobalDecl, Lengths, Schema};

/// A global declaration: its document, its symbol space, and its index in the arena of the document.
pub(super) type Declared = (usize, Space, usize);

/// The ids of the declarations of one kind.
#[derive(Debug, Default)]
pub(super) struct Arena {
    /// The id of the first declaration.
    first: u32,
    /// The ids, by document and index in the arena of the document.
    ids: Vec<Vec<u32>>,
    /// The document and the index of each declaration, in the order of the ids.
    declarations: Vec<(usize, usize)>,
}

impl Arena {
    fn new(first: u32, lengths: impl Iterator<Item = usize>) -> Self {
        Arena { first, ids: lengths.map(|len| vec![0; len]).collect(), declarations: Vec::new() }
    }

    /// Assigns the next ids to the declarations of a range.
    fn number(&mut self, document: usize, range: std::ops::Range<usize>) {
        for index in range {
            let next = self.first + count(self.declarations.len());
            if let Some(id) = self.ids.get_mut(document).and_then(|ids| ids.get_mut(index)) {
                *id = next;
                self.declarations.push((document, index));
            }
        }
    }

    /// Returns the number of declarations.
    pub(super) fn len(&self) -> usize {
        self.declarations.len()
    }

    /// Returns the id of a declaration.
    pub(super) fn id(&self, document: usize, index: usize) -> u32 {
        self.ids.get(document).and_then(|ids| ids.get(index)).copied().unwrap_or(self.first)
    }

    /// Returns the document of a declaration, and its index in the arena of the document. Returns `None` for a built-in component.
    pub(super) fn declaration(&self, id: u32) -> Option<(usize, usize)> {
        self.declarations.get(id.checked_sub(self.first)? as usize).copied()
    }
}

/// The ids of all declarations.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    pub(super) types: Arena,
    pub(super) elements: Arena,
    pub(super) attributes: Arena,
    pub(super) groups: Arena,
    pub(super) attribute_groups: Arena,
    /// The global declarations with their documents, sorted by namespace, name and kind. An original precedes its redefinition.
    pub(super) globals: Vec<(usize, GlobalDecl)>,
}

impl Numbering {
    /// Numbers the declarations of a schema set. `originals` contains the original of each redefining declaration.
    pub(super) fn of(set: &SchemaSet, originals: &HashMap<Declared, Declared>) -> Self {
        let schemas = &set.schemas;
        let mut numbering = Numbering {
            types: Arena::new(builtins::COUNT, schemas.iter().map(|s| s.types.len())),
            elements: Arena::new(0, schemas.iter().map(|s| s.elements.len())),
            attributes: Arena::new(0, schemas.iter().map(|s| s.attributes.len())),
            groups: Arena::new(0, schemas.iter().map(|s| s.groups.len())),
            attribute_groups: Arena::new(0, schemas.iter().map(|s| s.attribute_groups.len())),
            globals: Vec::new(),
        };
        for (document, at) in sorted(set, originals) {
            let Some(schema) = schemas.get(document) else { continue };
            let (Some(global), Some(from)) = (schema.globals.get(at), schema.starts.get(at)) else { continue };
            let to = schema.starts.get(at + 1).copied().unwrap_or_else(|| Lengths::of(schema));
            numbering.types.number(document, from.types..to.types);
            numbering.elements.number(document, from.elements..to.elements);
            numbering.attributes.number(document, from.attributes..to.attributes);
            numbering.groups.number(document, from.groups..to.groups);
            numbering.attribute_groups.number(document, from.attribute_groups..to.attribute_groups);
            numbering.globals.push((document, *global));
        }
        numbering
    }

    /// Returns the id of a global declaration; for a notation, which has none, its index.
    pub(super) fn of_global(&self, document: usize, global: GlobalDecl) -> u32 {
        match global {
            GlobalDecl::Type(i) => self.types.id(document, i),
            GlobalDecl::Element(i) => self.elements.id(document, i),
            GlobalDecl::Attribute(i) => self.attributes.id(document, i),
            GlobalDecl::Group(i) => self.groups.id(document, i),
            GlobalDecl::AttributeGroup(i) => self.attribute_groups.id(document, i),
            GlobalDecl::Notation(i) => count(i),
        }
    }

    /// Returns the id of a declaration in a symbol space.
    pub(super) fn of_declared(&self, (document, space, index): Declared) -> u32 {
        match space {
            Space::Type => self.types.id(document, index),
            Space::Element => self.elements.id(document, index),
            Space::Attribute => self.attributes.id(document, index),
            Space::Group => self.groups.id(document, index),
            Space::AttributeGroup => self.attribute_groups.id(document, index),
            Space::Notation => count(index),
        }
    }
}

/// Returns the document and position of each global declaration, in the order of [`Numbering::globals`].
fn sorted(set: &SchemaSet, originals: &HashMap<Declared, Declared>) -> Vec<(usize, usize)> {
    let levels = levels(originals);
    let mut keys = Vec::new();
    for (document, schema) in set.schemas.iter().enumerate() {
        for (at, global) in schema.globals.iter().enumerate() {
            let space = Space::of(*global);
            let level = levels.get(&(document, space, local_index(*global))).copied().unwrap_or_default();
            keys.push((&*schema.target, local(schema, *global), space, level, document, at));
        }
    }
    keys.sort_unstable();
    keys.into_iter().map(|(.., document, at)| (document, at)).collect()
}

/// Returns the local name of a global declaration; it is empty if the declaration is invalid.
fn local(schema: &Schema, global: GlobalDecl) -> &str {
    match global {
        GlobalDecl::Type(i) => schema.types.get(i).and_then(|it| it.name.as_deref()),
        GlobalDecl::Element(i) => schema.elements.get(i).map(|it| &*it.name.local),
        GlobalDecl::Attribute(i) => schema.attributes.get(i).map(|it| &*it.name.local),
        GlobalDecl::Group(i) => schema.groups.get(i).map(|it| &*it.name.local),
        GlobalDecl::AttributeGroup(i) => schema.attribute_groups.get(i).map(|it| &*it.name.local),
        GlobalDecl::Notation(i) => schema.notations.get(i).map(|it| &*it.name.local),
    }
    .unwrap_or_default()
}

/// Returns the number of declarations that each redefining declaration replaces, one after the other.
fn levels(originals: &HashMap<Declared, Declared>) -> HashMap<Declared, usize> {
    let mut levels: HashMap<Declared, usize> = HashMap::new();
    for new in originals.keys() {
        let mut chain = Vec::new();
        let mut at = *new;
        while let Some(old) = originals.get(&at).filter(|_| !levels.contains_key(&at)) {
            // The entry also ends a circle of documents that redefine each other.
            levels.insert(at, 0);
            chain.push(at);
            at = *old;
        }
        let below = levels.get(&at).copied().unwrap_or_default();
        for (above, declared) in chain.into_iter().rev().enumerate() {
            levels.insert(declared, below + above + 1);
        }
    }
    levels
}
