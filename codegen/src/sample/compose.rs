//! Builds documents of which some elements are given and the others are the least instances of their declarations.

use std::sync::LazyLock;

use super::least::{Least, limits};
use super::patterns::Patterns;
use super::value::Values;
use super::{Attribute, DEEPEST, Fill, Keys, Maker, Node, SampleError, SampleOptions, Wanted, identity, write};
use crate::model::{Content, Element, ElementId, Model, QName, TypeId, Wildcard};

pub(crate) use super::value::{NAME, base64_zeros, beside, counted, plain, spelled};
pub(crate) use super::wildcard::OTHER;
pub(crate) use super::write::further;

/// An element of a document that is given.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Piece {
    pub(crate) name: QName,
    /// The declaration of the element, if it has one.
    pub(crate) element: Option<ElementId>,
    /// The type of the element; `None` for an element that is not validated.
    pub(crate) ty: Option<TypeId>,
    /// The type that `xsi:type` names.
    pub(crate) derived: Option<QName>,
    /// The value of `xsi:nil`.
    pub(crate) nil: Option<bool>,
    /// The attributes that are present with this value, or absent if there is none. All others are those that the type requires.
    pub(crate) attributes: Vec<(QName, Option<String>)>,
    /// The text; `None` for the least text that the type requires.
    pub(crate) text: Option<String>,
    /// The child elements; `None` for the least content of the type.
    pub(crate) children: Option<Vec<Child>>,
}

/// A child of a given element.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Child {
    /// The least instance of a declaration.
    Least(ElementId),
    /// A given element.
    Given(Piece),
}

/// Tells which elements can occur in a valid document. Values are not considered: an element that is excluded has no instance at all.
pub(crate) struct Possible<'a>(Least<'a>);

impl<'a> Possible<'a> {
    pub(crate) fn new(model: &'a Model) -> Self {
        Possible(Least::whole(model, true))
    }

    /// Returns whether an element itself can occur, apart from its substitutes.
    pub(crate) fn element(&self, element: &Element) -> bool {
        !element.abstract_ && self.0.own(element).is_some()
    }

    /// Returns whether there is content for an element of a type that is not nil.
    pub(crate) fn ty(&self, ty: TypeId) -> bool {
        self.0.ty(ty).is_some()
    }

    /// Returns whether a wildcard admits an element that can occur.
    pub(crate) fn wildcard(&self, wildcard: &Wildcard) -> bool {
        self.0.wildcard(wildcard).is_some()
    }
}

/// The options for documents that are as small as possible.
static LEAST: LazyLock<SampleOptions> = LazyLock::new(|| SampleOptions { fill: Fill::Least, ..SampleOptions::default() });

/// Builds documents for one model.
pub(crate) struct Composer<'a> {
    model: &'a Model,
    least: Option<Least<'a>>,
    keys: Option<Keys>,
    patterns: Patterns,
    has_constraints: bool,
    /// The namespaces that are not in the model, see [`further`].
    further: Vec<String>,
}

impl<'a> Composer<'a> {
    pub(crate) fn new(model: &'a Model, further: Vec<String>) -> Self {
        let has_constraints = model.elements.iter().any(|element| !element.identity.is_empty());
        Composer { model, least: None, keys: None, patterns: Patterns::default(), has_constraints, further }
    }

    /// Builds the document.
    pub(crate) fn document(&mut self, root: &Piece) -> Result<Node, SampleError> {
        let (mut node, mut values) = self.tree(root, None)?;
        if values.guessed {
            (node, values) = self.tree(root, Some(values.ids))?;
        }
        if self.has_constraints {
            identity::settle(self.model, &mut node, &mut values);
        }
        Ok(node)
    }

    fn tree(&mut self, root: &Piece, refs: Option<Vec<String>>) -> Result<(Node, Values<'a>), SampleError> {
        let model = self.model;
        let least = self.least.take().unwrap_or_else(|| Least::whole(model, false));
        let keys = self.keys.take().unwrap_or_else(|| Keys::of(model));
        let values = Values::with(model, refs, self.patterns.clone());
        let mut maker = Maker {
            model,
            options: &LEAST,
            derived: None,
            least,
            open: Vec::new(),
            made: 0,
            values,
            keys,
            wanted: Wanted::nothing_leads(&LEAST),
        };
        let made = maker.given(root);
        (self.least, self.keys) = (Some(maker.least), Some(maker.keys));
        Ok((made?, maker.values))
    }

    /// Returns whether a document satisfies the identity constraints of the model.
    pub(crate) fn is_identified(&self, root: &Node) -> bool {
        !self.has_constraints || identity::hold(self.model, root)
    }

    /// Writes a document.
    pub(crate) fn write(&self, root: &Node) -> String {
        write::document(self.model, &self.further, root)
    }
}

/// Returns a literal of a simple type.
pub(crate) fn literal(model: &Model, ty: TypeId, name: &str) -> Option<String> {
    Values::new(model, None).of(ty, name)
}

impl Maker<'_> {
    fn given(&mut self, piece: &Piece) -> Result<Node, SampleError> {
        self.made += 1;
        let mut node = Node::empty(piece.name.clone());
        (node.derived, node.nil) = (piece.derived.clone(), piece.nil);
        node.declared = piece.element;
        if let Some(ty) = piece.ty {
            self.open.push(ty);
            let filled = self.given_parts(&mut node, piece, ty);
            self.open.pop();
            filled?;
        }
        if let Some(children) = &piece.children {
            for child in children {
                let child = self.child(child)?;
                node.children.push(child);
            }
        }
        piece.text.iter().for_each(|text| node.text.clone_from(text));
        let given = piece.attributes.iter().filter_map(|(name, value)| Some((name.clone(), value.clone()?)));
        node.attributes.extend(given.map(|(name, value)| Attribute { name, value, ty: None, required: true }));
        Ok(node)
    }

    /// Adds the required attributes that are not given, and the least content if none is given.
    fn given_parts(&mut self, node: &mut Node, piece: &Piece, ty: TypeId) -> Result<(), SampleError> {
        let model = self.model;
        let complex = self.complex(ty);
        for used in complex.map_or(&[][..], |complex| &complex.attributes) {
            let name = model.attributes.get(used.attribute.index()).map(|attribute| &attribute.name);
            if !piece.attributes.iter().any(|(given, _)| Some(given) == name) {
                self.attribute(node, used)?;
            }
        }
        // The text of simple content is given, so no value need be found.
        let is_given = piece.text.is_some() && complex.is_none_or(|complex| matches!(complex.content, Content::Simple(_)));
        if piece.children.is_some() || is_given {
            return Ok(());
        }
        let element = piece.element.and_then(|id| model.elements.get(id.index()));
        self.content(node, ty, element.and_then(|element| element.value.as_ref()))
    }

    fn child(&mut self, child: &Child) -> Result<Node, SampleError> {
        match child {
            Child::Given(piece) => self.given(piece),
            Child::Least(id) => {
                let name = self.model.elements.get(id.index()).map(|element| element.name.local.as_str()).unwrap_or_default();
                let size = self.least.element(*id).ok_or_else(|| SampleError::NoValue(name.to_owned()))?;
                limits(name, size, self.options, DEEPEST)?;
                self.element(*id)
            }
        }
    }
}
