//! Compares complex types.

use super::{At, Spans, Walk};
use crate::compare::codes;
use crate::compare::outline::particle;
use crate::model::{ComplexType, Content, Derivation, Scope, TypeId};

impl<'m> Walk<'m> {
    /// Compares two complex types.
    pub(super) fn complex_types(&mut self, a: &'m ComplexType, b: &'m ComplexType, at: &At) {
        let spans = Spans::Both(&a.span, &b.span);
        self.flag(a.abstract_, b.abstract_, (codes::TYPE_ABSTRACT, codes::TYPE_CONCRETE), at, spans);
        self.methods(a.block, b.block, codes::TYPE_BLOCK, at, spans);
        self.methods(a.final_, b.final_, codes::TYPE_FINAL, at, spans);
        self.documentation(&a.docs, &b.docs, at, spans);
        let same_base = self.bases(a, b, at, spans);
        self.contents(a, b, at, spans, same_base);
        self.attribute_uses(a, b, at);
    }

    fn bases(&mut self, a: &ComplexType, b: &ComplexType, at: &At, spans: Spans<'_>) -> bool {
        let same = self.same_type(a.base, b.base);
        if !same {
            self.property(codes::BASE_CHANGED, at, spans, self.old.type_name(a.base), self.new.type_name(b.base));
        }
        if a.derivation != b.derivation {
            self.property(codes::DERIVATION_CHANGED, at, spans, derivation(a.derivation), derivation(b.derivation));
        }
        same
    }

    fn contents(&mut self, a: &'m ComplexType, b: &'m ComplexType, at: &At, spans: Spans<'m>, same_base: bool) {
        let (before, after) = (kind(&a.content), kind(&b.content));
        if before != after && !self.is_inherited(a, b, same_base) {
            self.property(codes::CONTENT_KIND, at, spans, before, after);
        }
        if let (Content::Simple(x), Content::Simple(y)) = (&a.content, &b.content) {
            self.simple_contents((a, *x), (b, *y), at, spans, same_base);
        }
        // What a type declares itself is comparable only if both sides add it to the base in the same way.
        let own = match a.derivation == b.derivation {
            true => (self.old.own_particle(a), self.new.own_particle(b)),
            false => (particle(&a.content), particle(&b.content)),
        };
        if particle(&a.content).is_some() || particle(&b.content).is_some() {
            self.particles(own.0, own.1, at, spans);
        }
    }

    /// Returns whether the kinds of content differ only because those of the bases do.
    fn is_inherited(&self, a: &ComplexType, b: &ComplexType, same_base: bool) -> bool {
        let extends = a.derivation == Derivation::Extension && b.derivation == Derivation::Extension;
        let bases = (self.old.complex(a.base), self.new.complex(b.base));
        extends && same_base && matches!(bases, (Some(x), Some(y)) if kind(&x.content) != kind(&y.content))
    }

    /// Compares simple content. Content that is inherited from the base is compared there.
    fn simple_contents(&mut self, a: (&ComplexType, TypeId), b: (&ComplexType, TypeId), at: &At, spans: Spans<'_>, same_base: bool) {
        let own = |scope: Option<&Scope>| matches!(scope, Some(Scope::Type(_)));
        let (x, y) = (self.old.simple(a.1), self.new.simple(b.1));
        let declared = own(x.map(|ty| &ty.scope)) || own(y.map(|ty| &ty.scope));
        if declared || !same_base && self.old.complex(a.0.base).is_some() == self.new.complex(b.0.base).is_some() {
            self.type_uses(a.1, b.1, at, spans, codes::CONTENT_RETYPED);
        }
    }
}

fn derivation(it: Derivation) -> &'static str {
    match it {
        Derivation::Extension => "extension",
        Derivation::Restriction => "restriction",
    }
}

fn kind(content: &Content) -> &'static str {
    match content {
        Content::Empty => "empty",
        Content::Simple(_) => "simple",
        Content::Elements(_) => "element-only",
        Content::Mixed(_) => "mixed",
    }
}
