//! Validates a document that was built as a witness. Identity constraints are not checked.

use std::collections::{BTreeMap, HashSet};

use super::expression::{Expressions, Leaf, LeafId};
use super::graph::particle;
use super::side::{NameId, Names, Side, Source};
use super::simple::Literals;
use super::{attributes, tolerant};
use crate::model::{Content, Element, Max, Particle, QName, TypeId, ValueConstraint};
use crate::resolve::ANY_TYPE;
use crate::sample::Node;
use crate::substitution::is_blocked;

/// How the children of an element follow a content model.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Followed {
    /// They do, and each is valid.
    Valid,
    /// The first ones do, and the next one is not valid under its declaration.
    Lost,
    /// They do not.
    Not,
}

/// Validates documents against one of the models.
pub(super) struct Validator<'s, 'm> {
    pub(super) side: &'s Side<'m>,
    pub(super) names: &'s Names,
    /// Whether the model is that of a tolerant reader. A document is then valid unless something in it is certainly lost.
    pub(super) is_tolerant: bool,
}

impl<'m> Validator<'_, 'm> {
    /// Returns whether an element is valid. Recursion is bounded by the depth of the document.
    pub(super) fn element(&self, source: Source, node: &Node) -> bool {
        let declared = match source {
            Source::Skip => return true,
            Source::Lax => None,
            Source::Element(id) => match self.side.element(id) {
                Some(element) if !element.abstract_ => Some(element),
                _ => return false,
            },
        };
        let ty = declared.map_or(ANY_TYPE, |element| element.ty);
        if self.is_tolerant {
            return self.tolerated(ty, node);
        }
        let Some(ty) = self.actual_type(ty, declared, node) else { return false };
        match (declared, node.nil) {
            (Some(element), Some(nil)) => {
                let is_fixed = matches!(element.value, Some(ValueConstraint::Fixed(_)));
                let is_empty = node.children.is_empty() && node.text.is_empty();
                element.nillable
                    && self.attributes(ty, node)
                    && if nil { is_empty && !is_fixed } else { self.content(ty, Some(element), node) }
            }
            _ => self.ty(ty, declared, node),
        }
    }

    /// Returns whether nothing in an element is certainly lost.
    fn tolerated(&self, ty: TypeId, node: &Node) -> bool {
        let named = node.derived.as_ref().and_then(|name| self.side.type_named(self.names.find(name)?));
        let ty = named.filter(|named| self.side.derives(*named, ty)).unwrap_or(ty);
        let attributes: Vec<(QName, String)> = node.attributes.iter().map(|it| (it.name.clone(), it.value.clone())).collect();
        let fits = |simple: TypeId| node.text.is_empty() || Literals::of(simple).contains(self.side, &node.text);
        attributes::are_tolerated(self.side, self.names, ty, &attributes)
            && match self.side.complex(ty).map(|ty| &ty.content) {
                None => fits(ty),
                Some(Content::Simple(simple)) => fits(*simple),
                Some(Content::Empty | Content::Elements(_) | Content::Mixed(_)) => self.children_tolerated(ty, node),
            }
    }

    fn children_tolerated(&self, ty: TypeId, node: &Node) -> bool {
        let content = particle(self.side, ty);
        let Some(flat) = tolerant::flat(self.side, content) else {
            // What follows the content model is read into its fields. Of anything else, nothing is certain.
            return self.follows(content, node) != Followed::Lost;
        };
        let mut counts: BTreeMap<NameId, u64> = BTreeMap::new();
        node.children.iter().all(|child| {
            let Some((name, (id, max))) = self.names.find(&child.name).and_then(|name| flat.get_key_value(&name)) else { return true };
            let count = counts.entry(*name).or_default();
            *count += 1;
            Max::Count(*count) <= *max && self.element(Source::Element(*id), child)
        })
    }

    /// Returns the type that an element is validated with.
    fn actual_type(&self, ty: TypeId, declared: Option<&Element>, node: &Node) -> Option<TypeId> {
        let named = match &node.derived {
            Some(name) => self.side.type_named(self.names.find(name)?)?,
            None => ty,
        };
        let blocked = declared.map(|element| self.side.blocked(element)).unwrap_or_default();
        let derives = self.side.derives(named, ty) && !is_blocked(self.side.model, ty, named, blocked);
        (derives && !self.side.is_abstract(named)).then_some(named)
    }

    /// Returns whether an element is valid under a type.
    pub(super) fn ty(&self, ty: TypeId, declared: Option<&Element>, node: &Node) -> bool {
        if self.is_tolerant {
            return self.tolerated(ty, node);
        }
        self.attributes(ty, node) && self.content(ty, declared, node)
    }

    fn attributes(&self, ty: TypeId, node: &Node) -> bool {
        let attributes: Vec<(QName, String)> = node.attributes.iter().map(|it| (it.name.clone(), it.value.clone())).collect();
        attributes::are_valid(self.side, self.names, ty, &attributes)
    }

    fn content(&self, ty: TypeId, declared: Option<&Element>, node: &Node) -> bool {
        let constraint = declared.and_then(|element| element.value.as_ref());
        let fixed = match constraint {
            Some(ValueConstraint::Fixed(fixed)) => Some(fixed),
            _ => None,
        };
        let simple = |ty| match constraint {
            Some(value) if node.text.is_empty() => {
                let literal = value.literal();
                self.side.literals.value(ty, &literal.text, &literal.prefixes).is_ok()
            }
            _ => node.children.is_empty() && Literals { ty, fixed, empty: false }.contains(self.side, &node.text),
        };
        match self.side.complex(ty).map(|ty| &ty.content) {
            None => node.children.is_empty() && simple(ty),
            Some(Content::Simple(ty)) => node.children.is_empty() && simple(*ty),
            Some(Content::Empty) => node.children.is_empty() && node.text.is_empty(),
            Some(Content::Elements(_)) => node.text.trim_ascii().is_empty() && self.children(particle(self.side, ty), node),
            Some(Content::Mixed(_)) => {
                let as_fixed = |text: &str| node.children.is_empty() && (node.text.is_empty() || node.text == text);
                fixed.is_none_or(|fixed| as_fixed(&fixed.text)) && self.children(particle(self.side, ty), node)
            }
        }
    }

    /// Returns whether the children follow a content model, and each is valid under the declaration that the content model assigns to it.
    fn children(&self, content: Option<&'m Particle>, node: &Node) -> bool {
        self.follows(content, node) == Followed::Valid
    }

    fn follows(&self, content: Option<&'m Particle>, node: &Node) -> Followed {
        let mut expressions = Expressions::new(content, &mut |_| true);
        let mut state = vec![expressions.start];
        for child in &node.children {
            let (mut next, mut sources) = (Vec::new(), HashSet::new());
            for expr in state {
                for (leaf, rest) in expressions.linear(expr).iter() {
                    if let Some(source) = self.source(&expressions, *leaf, &child.name) {
                        next.push(*rest);
                        sources.insert(source);
                    }
                }
            }
            next.sort_unstable();
            next.dedup();
            state = next;
            if state.is_empty() {
                return Followed::Not;
            }
            if !sources.iter().any(|source| self.element(*source, child)) {
                return Followed::Lost;
            }
        }
        if state.iter().any(|expr| expressions.nullable(*expr)) { Followed::Valid } else { Followed::Not }
    }

    /// Returns how a leaf of a content model validates an element of this name.
    fn source(&self, expressions: &Expressions<'m>, leaf: LeafId, name: &QName) -> Option<Source> {
        let known = self.names.find(name);
        match expressions.get(leaf)? {
            Leaf::Element(id) => self.side.substitutes(id).get(&known?).copied().map(Source::Element),
            Leaf::Wildcard(wildcard) if self.side.admits(wildcard, name.namespace) => self.side.resolve(wildcard.process, known),
            Leaf::Wildcard(_) => None,
        }
    }
}
