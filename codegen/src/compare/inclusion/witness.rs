//! Builds a document that A admits and B does not, along the path to a failure, and validates it against both.

use super::attributes;
use super::content::Letter;
use super::graph::{Failure, Graph, Node, Step};
use super::search::Path;
use super::side::{NameId, Source};
use super::valid::Validator;
use super::{Kind, Reason, Refutation, Verdict};
use crate::diagnostic::Span;
use crate::model::{ElementId, NamespaceId, ProcessContents, QName, Type, TypeId};
use crate::sample;
use crate::sample::compose::{Child, OTHER, Piece};
use crate::substitution::is_blocked;

/// The maximum number of children of one element of a witness.
const MOST_CHILDREN: usize = 50_000;

/// An element on the way to a failure.
#[derive(Debug, Default)]
struct Level {
    name: Option<NameId>,
    /// What validates the element on both sides.
    sources: Option<(Source, Source)>,
    types: Option<(TypeId, TypeId)>,
    /// The type that `xsi:type` names.
    xsi_type: Option<TypeId>,
    /// The children, with the one that the path leads through.
    way: Option<(Vec<Letter>, usize)>,
}

impl<'m> Graph<'m> {
    /// Builds a witness for a failure at the end of a path.
    pub(super) fn refute(&mut self, path: &Path<'m>, failure: &Failure) -> Result<Refutation, Reason> {
        let levels = self.levels(path, failure);
        let mut problem = Reason::Witness("the document is also valid after the change, or not valid before it".to_owned());
        for variant in 0..self.variants(failure) {
            let Some(piece) = self.piece(&levels, failure, variant)? else { continue };
            match self.composed(&piece) {
                Ok(node) if self.composer.is_identified(&node) && self.distinguishes(path, &node) => {
                    return Ok(self.refutation(&levels, failure, &node));
                }
                Ok(_) => {}
                Err(reason) => problem = reason,
            }
        }
        Err(problem)
    }

    /// Builds a witness that consists of a root element that B does not declare.
    pub(super) fn refute_root(&mut self, root: ElementId) -> Verdict {
        let name = self.a.element_name(root);
        let levels = [Level { name: Some(name), ..Level::default() }];
        let parent = Piece { children: Some(vec![Child::Least(root)]), ..plain(self.names.name(name)) };
        match self.composed(&parent).map(|mut parent| parent.children.pop()) {
            // A member of its substitution group is another root.
            Ok(Some(node)) if node.name != self.names.name(name) || !self.composer.is_identified(&node) || !self.is_valid(root, &node) => {
                Verdict::NotShown(Reason::Witness("no valid document with this root was found".to_owned()))
            }
            Ok(Some(node)) => {
                let refutation = self.refutation(&levels, &Failure::AbstractType, &node);
                let a = self.a.element(root).map(|element| element.span.clone());
                let declared = self.b.elements.get(&name).and_then(|id| self.b.element(*id));
                let b = declared.map(|element| element.span.clone());
                Verdict::Refuted(Refutation { kind: Kind::Root, a, b, ..refutation })
            }
            Ok(None) => Verdict::NotShown(Reason::Witness("the root has no instance".to_owned())),
            Err(reason) => Verdict::NotShown(reason),
        }
    }

    fn composed(&mut self, piece: &Piece) -> Result<sample::Node, Reason> {
        self.composer.document(piece).map_err(|why| Reason::Witness(why.to_string()))
    }

    fn is_valid(&self, root: ElementId, node: &sample::Node) -> bool {
        Validator { side: &self.a, names: &self.names, is_tolerant: false }.element(Source::Element(root), node)
    }

    fn variants(&self, failure: &Failure) -> usize {
        if *failure == Failure::Anything { 3 } else { 1 }
    }

    /// Returns whether a document is valid on one side only.
    fn distinguishes(&self, path: &Path<'m>, node: &sample::Node) -> bool {
        let a = Validator { side: &self.a, names: &self.names, is_tolerant: false };
        let b = Validator { side: &self.b, names: &self.names, is_tolerant: self.is_tolerant };
        match path.0.first().and_then(|(at, _)| self.nodes.get(*at)) {
            Some(Node::Elements(own, other)) => a.element(*own, node) && !b.element(*other, node),
            Some(Node::Types(types)) => a.ty(types.a, None, node) && !b.ty(types.b, None, node),
            _ => false,
        }
    }

    /// Returns the elements from the root to the failure.
    fn levels(&mut self, path: &Path<'m>, failure: &Failure) -> Vec<Level> {
        let mut levels: Vec<Level> = Vec::new();
        for (at, step) in &path.0 {
            let name = match step {
                Step::Child(way) => {
                    let way = way.letters(&self.sides());
                    let letter = way.0.get(way.1).copied();
                    levels.last_mut().into_iter().for_each(|level| level.way = Some(way.clone()));
                    match letter {
                        Some(Letter::Named(name, _)) => Some(name),
                        _ => None,
                    }
                }
                Step::Named(name) => Some(*name),
                Step::Inside | Step::XsiType(_) => None,
            };
            match (self.nodes.get(*at), step) {
                (Some(Node::Elements(a, b)), _) => {
                    let declared = if let Source::Element(id) = a { Some(self.a.element_name(*id)) } else { None };
                    levels.push(Level { name: declared.or(name), sources: Some((*a, *b)), ..Level::default() });
                }
                (Some(Node::Types(types)), step) => {
                    if levels.is_empty() {
                        levels.push(Level { name: self.a.type_name(types.a), ..Level::default() });
                    }
                    let Some(level) = levels.last_mut() else { continue };
                    level.types = Some((types.a, types.b));
                    if let Step::XsiType(ty) = step {
                        level.xsi_type = Some(*ty);
                    }
                }
                _ => {}
            }
        }
        if let Failure::Undeclared(name) = failure {
            let source = self.a.elements.get(name).map_or(Source::Lax, |id| Source::Element(*id));
            levels.push(Level { name: Some(*name), sources: Some((source, Source::Skip)), ..Level::default() });
        }
        levels
    }

    /// Builds the elements from the failure to the root.
    fn piece(&mut self, levels: &[Level], failure: &Failure, variant: usize) -> Result<Option<Piece>, Reason> {
        let mut inner: Option<Piece> = None;
        for level in levels.iter().rev() {
            let mut piece = self.of_level(level);
            match inner.take() {
                None => self.fail(&mut piece, failure, variant)?,
                Some(given) => {
                    let Some((letters, at)) = &level.way else { return Ok(None) };
                    let mut children = self.children(letters)?;
                    children.get_mut(*at).into_iter().for_each(|child| *child = Child::Given(given.clone()));
                    piece.children = Some(children);
                }
            }
            inner = Some(piece);
        }
        Ok(inner)
    }

    fn of_level(&self, level: &Level) -> Piece {
        let name =
            level.name.map_or_else(|| QName { namespace: NamespaceId(0), local: "element".to_owned() }, |name| self.names.name(name));
        let derived = level.xsi_type.and_then(|ty| self.a.type_name(ty)).map(|name| self.names.name(name));
        let mut piece = Piece { derived, ty: level.types.map(|(a, _)| a), ..plain(name) };
        if let Some((Source::Element(id), _)) = level.sources {
            piece.element = Some(id);
            piece.ty = piece.ty.or_else(|| self.a.element(id).map(|element| element.ty));
        }
        self.without_content(self.concrete(piece))
    }

    /// Makes an element nil if its type has no content that can occur.
    fn without_content(&self, piece: Piece) -> Piece {
        let is_nillable = piece.element.and_then(|id| self.a.element(id)).is_some_and(|element| element.nillable);
        if is_nillable && piece.ty.is_some_and(|ty| !self.possible.ty(ty)) {
            return Piece { nil: Some(true), text: Some(String::new()), children: Some(Vec::new()), ..piece };
        }
        piece
    }

    /// Gives an element whose type is abstract a type that derives from it.
    fn concrete(&self, piece: Piece) -> Piece {
        let (Some(element), Some(ty)) = (piece.element, piece.ty.filter(|ty| self.a.is_abstract(*ty))) else { return piece };
        let blocked = self.a.element(element).map(|element| self.a.blocked(element)).unwrap_or_default();
        let mut todo = vec![ty];
        while let Some(at) = todo.pop() {
            todo.extend(self.a.derived(at));
            let is_blocked = is_blocked(self.a.model, ty, at, blocked);
            if let Some(name) = self.a.type_name(at).filter(|_| !self.a.is_abstract(at) && !is_blocked) {
                return Piece { ty: Some(at), derived: Some(self.names.name(name)), ..piece };
            }
        }
        piece
    }

    /// Changes an element so that B does not admit it.
    fn fail(&mut self, piece: &mut Piece, failure: &Failure, variant: usize) -> Result<(), Reason> {
        let named = |name: &NameId| self.names.name(*name);
        match failure {
            Failure::Undeclared(_) | Failure::AbstractType => {}
            Failure::Content(failure) => piece.children = Some(self.children(&failure.letters)?),
            Failure::Text(text) | Failure::Value(text) => piece.text = Some(text.clone()),
            Failure::Attribute(attributes::Failure::Name(name, text) | attributes::Failure::Value(name, text)) => {
                piece.attributes.push((named(name), Some(text.clone())));
            }
            Failure::Attribute(attributes::Failure::Missing(name)) => piece.attributes.push((named(name), None)),
            Failure::Nil(false) => piece.nil = Some(false),
            Failure::Nil(true) => (piece.nil, piece.text, piece.children) = (Some(true), Some(String::new()), Some(Vec::new())),
            Failure::XsiType(ty) => {
                piece.ty = Some(*ty);
                piece.derived = self.a.type_name(*ty).map(|name| self.names.name(name));
            }
            Failure::Anything => match variant {
                0 => {}
                1 => piece.text = Some("text".to_owned()),
                _ => piece.children = Some(vec![Child::Given(plain(QName { namespace: OTHER, local: "any".to_owned() }))]),
            },
        }
        Ok(())
    }

    fn children(&self, letters: &[Letter]) -> Result<Vec<Child>, Reason> {
        if letters.len() > MOST_CHILDREN {
            return Err(Reason::Witness(format!("it has more than {MOST_CHILDREN} elements")));
        }
        letters.iter().map(|letter| self.child(*letter)).collect()
    }

    fn child(&self, letter: Letter) -> Result<Child, Reason> {
        match letter {
            Letter::Named(_, Source::Element(id)) => Ok(Child::Least(id)),
            Letter::Named(name, Source::Lax | Source::Skip) => Ok(Child::Given(plain(self.names.name(name)))),
            Letter::Other(namespace, process) => {
                let global = self.a.elements.iter().find(|(name, id)| {
                    self.names.namespace_of(**name) == namespace
                        && self.a.element(**id).is_some_and(|element| self.possible.element(element))
                });
                let fresh =
                    self.names.fresh(namespace, |name| !self.a.elements.contains_key(&name) && !self.b.elements.contains_key(&name));
                match (process, global, fresh) {
                    (ProcessContents::Strict, Some((_, id)), _) => Ok(Child::Least(*id)),
                    (ProcessContents::Lax | ProcessContents::Skip, _, Some(name)) => Ok(Child::Given(plain(self.names.name(name)))),
                    _ => Err(Reason::Witness("no element was found that a wildcard admits".to_owned())),
                }
            }
        }
    }

    fn refutation(&self, levels: &[Level], failure: &Failure, node: &sample::Node) -> Refutation {
        let local = |name: &NameId| self.names.name(*name).local;
        let mut path: Vec<String> = levels.iter().map(|level| level.name.as_ref().map_or_else(|| "element".to_owned(), local)).collect();
        let last = levels.last();
        let (mut a, mut b) = (last.and_then(|level| self.span_of_a(level)), last.and_then(|level| self.span_of_b(level)));
        match failure {
            Failure::Content(content) => {
                let letter = content.at.and_then(|at| content.letters.get(at)).copied();
                path.extend(letter.and_then(|letter| self.letter_name(letter)));
                if let Some(Letter::Named(_, Source::Element(id))) = letter {
                    a = self.a.element(id).map(|element| element.span.clone());
                }
            }
            Failure::Attribute(
                attributes::Failure::Name(name, _) | attributes::Failure::Value(name, _) | attributes::Failure::Missing(name),
            ) => {
                path.push(format!("@{}", local(name)));
                let (own, other) = last.and_then(|level| level.types).unzip();
                a = own.and_then(|ty| attributes::span(&self.a, ty, *name)).or(a);
                b = other.and_then(|ty| attributes::span(&self.b, ty, *name)).or(b);
            }
            Failure::XsiType(ty) => a = span_of(self.a.model.types.get(ty.index())).or(a),
            _ => {}
        }
        let spans =
            |(own, other): (TypeId, TypeId)| (span_of(self.a.model.types.get(own.index())), span_of(self.b.model.types.get(other.index())));
        let around = levels.iter().rev().filter_map(|level| level.types.map(spans)).collect();
        Refutation { witness: self.composer.write(node), path: path.join("/"), kind: failure.kind(), a, b, around }
    }

    fn letter_name(&self, letter: Letter) -> Option<String> {
        match self.child(letter).ok()? {
            Child::Given(piece) => Some(piece.name.local),
            Child::Least(id) => self.a.element(id).map(|element| element.name.local.clone()),
        }
    }

    fn span_of_a(&self, level: &Level) -> Option<Span> {
        match level.sources {
            Some((Source::Element(id), _)) => self.a.element(id).map(|element| element.span.clone()),
            _ => span_of(self.a.model.types.get(level.types?.0.index())),
        }
    }

    fn span_of_b(&self, level: &Level) -> Option<Span> {
        match level.sources {
            Some((_, Source::Element(id))) => self.b.element(id).map(|element| element.span.clone()),
            _ => span_of(self.b.model.types.get(level.types?.1.index())),
        }
    }
}

fn span_of(ty: Option<&Type>) -> Option<Span> {
    ty.map(|ty| match ty {
        Type::Simple(ty) => ty.span.clone(),
        Type::Complex(ty) => ty.span.clone(),
    })
}

/// Returns an element that is not validated, without content.
fn plain(name: QName) -> Piece {
    Piece { name, element: None, ty: None, derived: None, nil: None, attributes: Vec::new(), text: None, children: None }
}
