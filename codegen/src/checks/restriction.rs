//! Checks that the content of a type is a valid restriction of the content of its base (section 3.9.6, cos-particle-restrict). Attributes are checked
//! in `types`.

use super::Checker;
use super::derivation::ONLY_RESTRICTION;
use super::ranges::Range;
use super::types::weaker;
use crate::codes;
use crate::diagnostic::{Diagnostic, Span};
use crate::model::{Compositor, Element, ElementId, Literal, Max, Particle, ProcessContents, Term, ValueConstraint, Wildcard};
use crate::resolve::wildcard;

/// A particle from which pointless particles are removed, and in which the head of a substitution group is replaced by a choice of its members.
#[derive(Debug, Clone)]
struct Node<'m> {
    range: Range,
    kind: Kind<'m>,
    span: &'m Span,
}

#[derive(Debug, Clone)]
enum Kind<'m> {
    Element(ElementId),
    Any(&'m Wildcard),
    Group(Compositor, Vec<Node<'m>>),
}

/// The reason why a restriction is invalid: the span in the restriction, and a phrase for the message.
type Refusal = (Span, String);

/// The maximum number of pairs of particles that are compared. A restriction that exceeds it counts as valid.
const FUEL: u32 = 5_000_000;

const ONCE: Range = Range { min: 1, max: Max::Count(1) };

impl<'r> Checker<'r, '_> {
    /// Reports a particle that is not a valid restriction of another one.
    pub(super) fn restricted_particle(&mut self, own: &Particle, base: &Particle, span: &Span) {
        if own == base {
            return;
        }
        let (own, base) = (self.node(own, None), self.node(base, None));
        let (Some(own), Some(base)) = (own, base) else { return };
        let mut fuel = FUEL;
        if let Err((at, why)) = self.restricts(&own, &base, &mut fuel) {
            let problem =
                Diagnostic::error(codes::X0207, at, format!("no valid restriction of the base: {why}")).violating("cos-particle-restrict");
            let help = "a restriction repeats what the base requires, in the same order, and admits no more; use an extension to add";
            self.problems.push(problem.with_related(span.clone(), "the restriction").with_help(help));
        }
    }

    /// Converts a particle to a node, and removes pointless particles (section 3.9.6). Recursion is bounded by the nesting of model groups.
    fn node<'p>(&self, particle: &'p Particle, within: Option<Compositor>) -> Option<Node<'p>> {
        let range = Range::of(particle);
        let span = &particle.span;
        match &particle.term {
            Term::Element(id) => Some(self.element_node(*id, range, span)),
            Term::Any(any) => Some(Node { range, kind: Kind::Any(any), span }),
            Term::Group(group) => {
                let mut parts = Vec::new();
                for inner in &group.particles {
                    let Some(node) = self.node(inner, Some(group.compositor)) else { continue };
                    match node.kind {
                        // A group that occurs once in a group of the same kind is equivalent to its parts.
                        Kind::Group(c, nested) if c == group.compositor && node.range == ONCE && c != Compositor::All => {
                            parts.extend(nested)
                        }
                        kind => parts.push(Node { kind, ..node }),
                    }
                }
                if parts.is_empty() && within.is_some() && (group.compositor != Compositor::Choice || range.min == 0) {
                    return None;
                }
                if parts.len() == 1 && range == ONCE {
                    return parts.pop();
                }
                Some(Node { range, kind: Kind::Group(group.compositor, parts), span })
            }
        }
    }

    /// Returns the node of an element. The head of a substitution group becomes a choice of itself and its members.
    fn element_node<'p>(&self, id: ElementId, range: Range, span: &'p Span) -> Node<'p> {
        let head = self.model.elements.get(id.index()).filter(|e| !e.members.is_empty() && !e.block.substitution);
        let Some(head) = head else { return Node { range, kind: Kind::Element(id), span } };
        // The order has no meaning, so it is by id. It is then also the same for a member that is itself a head.
        let mut all: Vec<ElementId> = std::iter::once(id).chain(head.members.iter().copied()).collect();
        all.sort_unstable();
        let parts = all.into_iter().map(|e| Node { range: ONCE, kind: Kind::Element(e), span }).collect();
        Node { range, kind: Kind::Group(Compositor::Choice, parts), span }
    }

    /// Applies the table of cos-particle-restrict to a pair of particles.
    fn restricts(&mut self, own: &Node<'_>, base: &Node<'_>, fuel: &mut u32) -> Result<(), Refusal> {
        let Some(left) = fuel.checked_sub(1) else { return Ok(()) };
        *fuel = left;
        use Compositor::{All, Choice, Sequence};
        match (&own.kind, &base.kind) {
            // An element with `maxOccurs="0"` is not a particle, so a group without other particles admits only empty content.
            (Kind::Group(compositor, parts), _) if parts.is_empty() && (*compositor != Choice || own.range.min == 0) => {
                if node_emptiable(base) { Ok(()) } else { Err(refuse(own, "something that the base requires is left out")) }
            }
            (Kind::Element(a), Kind::Element(b)) => self.name_and_type(own, *a, base, *b),
            (Kind::Element(id), Kind::Any(any)) => self.ns_compat(own, *id, base, any),
            (Kind::Element(_), Kind::Group(compositor, _)) => {
                let group = Node { range: ONCE, kind: Kind::Group(*compositor, vec![own.clone()]), span: own.span };
                self.restricts(&group, base, fuel)
            }
            (Kind::Any(a), Kind::Any(b)) => ns_subset(own, a, base, b),
            (Kind::Any(_), _) => Err(refuse(own, "a wildcard stands where the base has none")),
            (Kind::Group(_, parts), Kind::Any(any)) => self.ns_recurse(own, parts, base, any, fuel),
            (Kind::Group(..), Kind::Element(_)) => Err(refuse(own, "a model group stands where the base has an element")),
            (Kind::Group(All, a), Kind::Group(All, b)) | (Kind::Group(Sequence, a), Kind::Group(Sequence, b)) => {
                in_range(own, base)?;
                self.recurse(own, a, b, fuel)
            }
            (Kind::Group(Sequence, a), Kind::Group(All, b)) => {
                in_range(own, base)?;
                self.recurse_unordered(own, a, b, fuel)
            }
            (Kind::Group(Choice, a), Kind::Group(Choice, b)) => {
                in_range(own, base)?;
                self.recurse_lax(own, a, b, fuel)
            }
            (Kind::Group(Sequence, a), Kind::Group(Choice, b)) => self.map_and_sum(own, a, base, b, fuel),
            (Kind::Group(..), Kind::Group(..)) => Err(refuse(own, "a model group stands where the base has one of another kind")),
        }
    }

    /// Checks an element against an element (rcase-NameAndTypeOK).
    fn name_and_type(&mut self, own: &Node<'_>, a: ElementId, base: &Node<'_>, b: ElementId) -> Result<(), Refusal> {
        let elements = &self.model.elements;
        let (Some(x), Some(y)) = (elements.get(a.index()), elements.get(b.index())) else { return Ok(()) };
        let name = &x.name.local;
        if x.name != y.name {
            return Err(refuse(own, &format!("`{name}` stands where the base has `{}`", y.name.local)));
        }
        in_range(own, base)?;
        if a == b {
            return Ok(());
        }
        if x.nillable && !y.nillable {
            return Err(refuse(own, &format!("`{name}` is nillable, and not so in the base")));
        }
        if let Some(ValueConstraint::Fixed(fixed)) = &y.value {
            let same = matches!(&x.value, Some(ValueConstraint::Fixed(mine)) if self.same_element_value(x, mine, fixed));
            if !same {
                return Err(refuse(own, &format!("`{name}` is fixed as `{}` in the base", fixed.text)));
            }
        }
        let known = |c: &crate::model::IdentityConstraint| y.identity.iter().any(|d| d.name == c.name);
        if !x.identity.iter().all(known) {
            return Err(refuse(own, &format!("`{name}` has an identity constraint that it has not in the base")));
        }
        let (mine, old) = (x.block, y.block);
        if (old.extension && !mine.extension) || (old.restriction && !mine.restriction) || (old.substitution && !mine.substitution) {
            return Err(refuse(own, &format!("`{name}` blocks less than in the base")));
        }
        if !self.derived(x.ty, y.ty, ONLY_RESTRICTION) {
            return Err(refuse(own, &format!("the type of `{name}` is not derived by restriction from its type in the base")));
        }
        Ok(())
    }

    fn same_element_value(&mut self, element: &Element, a: &Literal, b: &Literal) -> bool {
        match self.ty(element.ty) {
            Some(crate::model::Type::Simple(_)) => self.same_value(element.ty, a, b),
            Some(crate::model::Type::Complex(ty)) => match &ty.content {
                crate::model::Content::Simple(simple) => self.same_value(*simple, a, b),
                _ => a.text == b.text,
            },
            None => a.text == b.text,
        }
    }

    /// Checks an element against a wildcard (rcase-NSCompat).
    fn ns_compat(&self, own: &Node<'_>, id: ElementId, base: &Node<'_>, any: &Wildcard) -> Result<(), Refusal> {
        let Some(element) = self.model.elements.get(id.index()) else { return Ok(()) };
        if !wildcard::admits(&any.namespaces, element.name.namespace) {
            return Err(refuse(own, &format!("the wildcard of the base does not admit `{}`", element.name.local)));
        }
        in_range(own, base)
    }

    /// Checks a group against a wildcard (rcase-NSRecurseCheckCardinality).
    fn ns_recurse(&mut self, own: &Node<'_>, parts: &[Node<'_>], base: &Node<'_>, any: &Wildcard, fuel: &mut u32) -> Result<(), Refusal> {
        let free = Node { range: Range { min: 0, max: Max::Unbounded }, kind: Kind::Any(any), span: base.span };
        for part in parts {
            self.restricts(part, &free, fuel)?;
        }
        if node_total(own).within(base.range) {
            Ok(())
        } else {
            Err(refuse(own, "it occurs more or less often than the wildcard of the base"))
        }
    }

    /// Checks a group against a group in order. Particles of the base that are left out must be emptiable (rcase-Recurse).
    fn recurse(&mut self, own: &Node<'_>, a: &[Node<'_>], b: &[Node<'_>], fuel: &mut u32) -> Result<(), Refusal> {
        let mut rest = b.iter();
        for part in a {
            let mut first_refusal = None;
            loop {
                let Some(candidate) = rest.next() else {
                    return Err(first_refusal.unwrap_or_else(|| refuse(part, "the base has nothing in this place")));
                };
                match self.restricts(part, candidate, fuel) {
                    Ok(()) => break,
                    Err(why) if node_emptiable(candidate) => first_refusal = first_refusal.or(Some(why)),
                    Err(why) => return Err(first_refusal.unwrap_or(why)),
                }
            }
        }
        if rest.all(node_emptiable) { Ok(()) } else { Err(refuse(own, "something that the base requires is left out")) }
    }

    /// Checks a sequence against an `all` group (rcase-RecurseUnordered).
    fn recurse_unordered(&mut self, own: &Node<'_>, a: &[Node<'_>], b: &[Node<'_>], fuel: &mut u32) -> Result<(), Refusal> {
        let mut free: Vec<&Node<'_>> = b.iter().collect();
        for part in a {
            let found = free.iter().position(|candidate| self.restricts(part, candidate, fuel).is_ok());
            match found {
                Some(index) => {
                    free.remove(index);
                }
                None => return Err(refuse(part, "the base has nothing that this restricts, or has it once only")),
            }
        }
        if free.into_iter().all(node_emptiable) { Ok(()) } else { Err(refuse(own, "something that the base requires is left out")) }
    }

    /// Checks a choice against a choice; the alternatives must be in the same order (rcase-RecurseLax).
    fn recurse_lax(&mut self, _: &Node<'_>, a: &[Node<'_>], b: &[Node<'_>], fuel: &mut u32) -> Result<(), Refusal> {
        let mut rest = b.iter();
        for part in a {
            let mut found = false;
            for candidate in rest.by_ref() {
                if self.restricts(part, candidate, fuel).is_ok() {
                    found = true;
                    break;
                }
            }
            if !found {
                return Err(refuse(part, "no alternative of the base, in the same order, is restricted by this"));
            }
        }
        Ok(())
    }

    /// Checks a sequence against a choice (rcase-MapAndSum).
    fn map_and_sum(&mut self, own: &Node<'_>, a: &[Node<'_>], base: &Node<'_>, b: &[Node<'_>], fuel: &mut u32) -> Result<(), Refusal> {
        for part in a {
            if !b.iter().any(|candidate| self.restricts(part, candidate, fuel).is_ok()) {
                return Err(refuse(part, "no alternative of the base is restricted by this"));
            }
        }
        let length = a.len() as u64;
        let sum = own.range.times(Range { min: length, max: Max::Count(length) });
        if sum.within(base.range) {
            Ok(())
        } else {
            Err(refuse(own, "the sequence is longer or shorter than the choice of the base can repeat"))
        }
    }
}

fn refuse(node: &Node<'_>, why: &str) -> Refusal {
    (node.span.clone(), why.to_owned())
}

fn in_range(own: &Node<'_>, base: &Node<'_>) -> Result<(), Refusal> {
    if own.range.within(base.range) { Ok(()) } else { Err(refuse(own, "it may occur more or less often than in the base")) }
}

/// Checks a wildcard against a wildcard (rcase-NSSubset).
fn ns_subset(own: &Node<'_>, a: &Wildcard, base: &Node<'_>, b: &Wildcard) -> Result<(), Refusal> {
    in_range(own, base)?;
    if !wildcard::subset(&a.namespaces, &b.namespaces) {
        return Err(refuse(own, "the wildcard admits more namespaces than that of the base"));
    }
    if weaker(a.process, b.process) && b.process != ProcessContents::Skip {
        return Err(refuse(own, "the wildcard is processed less strictly than that of the base"));
    }
    Ok(())
}

fn node_emptiable(node: &Node<'_>) -> bool {
    node_total(node).min == 0
}

/// Returns the effective total range of a node. Recursion is bounded by the nesting of model groups.
fn node_total(node: &Node<'_>) -> Range {
    let Kind::Group(compositor, parts) = &node.kind else { return node.range };
    let totals = parts.iter().map(node_total);
    let inner = match compositor {
        Compositor::Choice => totals.reduce(Range::either),
        _ => totals.reduce(Range::plus),
    };
    node.range.times(inner.unwrap_or(Range { min: 0, max: Max::Count(0) }))
}
