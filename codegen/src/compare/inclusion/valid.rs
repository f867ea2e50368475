//! Validates a document that was built as a witness. Identity constraints are not checked.

use std::collections::HashSet;

use super::attributes;
use super::expression::{Expressions, Leaf, LeafId};
use super::graph::particle;
use super::side::{Names, Side, Source};
use super::simple::Literals;
use crate::model::{Content, Element, Particle, QName, TypeId, ValueConstraint};
use crate::resolve::ANY_TYPE;
use crate::sample::Node;
use crate::substitution::is_blocked;

/// Validates documents against one of the models.
pub(super) struct Validator<'s, 'm> {
    pub(super) side: &'s Side<'m>,
    pub(super) names: &'s Names,
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
            if !sources.iter().any(|source| self.element(*source, child)) {
                return false;
            }
        }
        state.iter().any(|expr| expressions.nullable(*expr))
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
