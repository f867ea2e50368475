//! The pairs of declarations and types that the documents of A lead to, and what fails in each of them.

use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use super::attributes::{self, Comparison};
use super::content::{self, Sides, Target, Way, Wild};
use super::nearest::Nearest;
use super::side::{NameId, Names, Side, Source};
use super::simple::{Compared, Known, Literals};
use super::{Kind, Reason, identity, tolerant};
use crate::model::{Content, DerivationSet, Element, ElementId, Literal, Model, Particle, ProcessContents, TypeId, ValueConstraint};
use crate::resolve::{ANY_TYPE, builtin_id};
use crate::sample::compose::{Composer, Possible};
use crate::substitution::{bare_members, is_blocked};

/// A pair that the documents of A lead to.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum Node {
    /// What validates an element.
    Elements(Source, Source),
    /// The types of an element.
    Types(Types),
    /// The types that `xsi:type` may name for an element.
    Derived(Derived),
    /// Wildcards.
    Wild(Wild),
}

/// The types of an element, with the declarations of the element if they have value constraints.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Types {
    pub(super) a: TypeId,
    pub(super) b: TypeId,
    pub(super) value_a: Option<ElementId>,
    pub(super) value_b: Option<ElementId>,
}

/// The declared types of an element and the derivations that `xsi:type` may not use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Derived {
    types: Types,
    blocked_a: (bool, bool),
    blocked_b: (bool, bool),
}

/// How a document gets from one pair to another.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Step<'m> {
    /// Within the same element.
    Inside,
    /// Within the same element, whose `xsi:type` names this type.
    XsiType(TypeId),
    /// To a child.
    Child(Way<'m>),
    /// To an element of this name, for a child that a wildcard admits.
    Named(NameId),
}

/// What B does not admit.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Failure {
    Content(content::Failure),
    /// An element of this name, which B does not declare.
    Undeclared(NameId),
    Text(String),
    Value(String),
    Attribute(attributes::Failure),
    Nil(bool),
    AbstractType,
    XsiType(TypeId),
    /// Any of these, in an element that A does not validate at all.
    Anything,
}

/// The result of examining a pair.
#[derive(Debug, Default)]
pub(super) struct Examined<'m> {
    pub(super) failures: Vec<Failure>,
    pub(super) edges: Vec<(usize, Step<'m>)>,
    pub(super) reasons: Vec<Reason>,
}

pub(super) struct Graph<'m> {
    pub(super) a: Side<'m>,
    pub(super) b: Side<'m>,
    /// Whether B is the model of a tolerant reader.
    pub(super) is_tolerant: bool,
    pub(super) names: Names,
    pub(super) possible: Possible<'m>,
    pub(super) composer: Composer<'m>,
    known: Known,
    fields: identity::Fields,
    pub(super) nodes: Vec<Node>,
    index: HashMap<Node, usize>,
    examined: Vec<Option<Rc<Examined<'m>>>>,
    /// What the nodes lead to.
    pub(super) nearest: Nearest,
    /// How often no document was found that shows a failure, given by its node and its index.
    pub(super) tried: HashMap<(usize, usize), u32>,
}

/// The text that a type admits.
#[derive(Debug, Clone, Copy)]
enum Text<'m> {
    None,
    /// White space between child elements.
    White,
    Any,
    Literals(Literals<'m>),
}

impl<'m> Graph<'m> {
    pub(super) fn new(a: &'m Model, b: &'m Model, is_tolerant: bool) -> Self {
        let mut names = Names::default();
        let (a, b) = (Side::new(a, &mut names, true), Side::new(b, &mut names, false));
        names.add_fresh();
        let (possible, known) = (Possible::new(a.model), Known::new(&a, &b));
        let fields = identity::Fields::of(b.model);
        let (nodes, index, examined) = (Vec::new(), HashMap::new(), Vec::new());
        Graph {
            composer: Composer::new(a.model, names.further.clone()),
            a,
            b,
            is_tolerant,
            names,
            possible,
            fields,
            known,
            nodes,
            index,
            examined,
            nearest: Nearest::default(),
            tried: HashMap::new(),
        }
    }

    pub(super) fn sides(&self) -> Sides<'_, 'm> {
        Sides { a: &self.a, b: &self.b, names: &self.names, possible: &self.possible }
    }

    /// Returns the number of a pair.
    pub(super) fn node(&mut self, node: Node) -> usize {
        if let Some(known) = self.index.get(&node) {
            return *known;
        }
        let at = self.nodes.len();
        self.index.insert(node.clone(), at);
        self.nodes.push(node);
        self.examined.push(None);
        at
    }

    pub(super) fn examine(&mut self, at: usize) -> Rc<Examined<'m>> {
        if let Some(known) = self.examined.get(at).cloned().flatten() {
            return known;
        }
        let mut out = Examined::default();
        match self.nodes.get(at).cloned() {
            Some(Node::Elements(a, b)) => self.elements(a, b, &mut out),
            Some(Node::Types(types)) => self.types(types, &mut out),
            Some(Node::Derived(derived)) => self.derived(derived, &mut out),
            Some(Node::Wild(wild)) => self.wild(&wild, &mut out),
            None => {}
        }
        let out = Rc::new(out);
        self.examined.get_mut(at).into_iter().for_each(|slot| *slot = Some(out.clone()));
        out
    }

    fn edge(&mut self, out: &mut Examined<'m>, node: Node, step: Step<'m>) {
        let at = self.node(node);
        out.edges.push((at, step));
    }

    fn elements(&mut self, a: Source, b: Source, out: &mut Examined<'m>) {
        let (own, other) = match (a, b) {
            (Source::Skip, Source::Skip) => return,
            (_, Source::Skip) => return out.reasons.extend(self.known.skipped(|| self.label(a))),
            (Source::Skip, _) => return self.skipped(b, out),
            (Source::Element(a), Source::Element(b)) => (self.a.element(a), self.b.element(b)),
            (Source::Element(a), Source::Lax) => (self.a.element(a), None),
            (Source::Lax, Source::Element(b)) => (None, self.b.element(b)),
            (Source::Lax, Source::Lax) => (None, None),
        };
        self.nil(own, other, out);
        let reasons = other.into_iter().flat_map(|other| identity::added(&self.a, own, &self.b, other));
        let field = other.and_then(|other| self.fields.changed(own, other));
        out.reasons.extend(reasons.chain(field).map(Reason::IdentityConstraint));
        let value = |source: Source, element: Option<&Element>| match source {
            Source::Element(id) if element.is_some_and(|element| element.value.is_some()) => Some(id),
            _ => None,
        };
        let ty = |element: Option<&Element>| element.map_or(ANY_TYPE, |element| element.ty);
        let types = Types { a: ty(own), b: ty(other), value_a: value(a, own), value_b: value(b, other) };
        if !self.a.is_abstract(types.a) {
            if self.b.is_abstract(types.b) {
                out.failures.push(Failure::AbstractType);
            } else {
                self.edge(out, Node::Types(types), Step::Inside);
            }
        }
        let blocked = |side: &Side<'_>, element: Option<&Element>| {
            let set = element.map(|element| side.blocked(element)).unwrap_or_default();
            (set.extension, set.restriction)
        };
        let derived = Derived { types, blocked_a: blocked(&self.a, own), blocked_b: blocked(&self.b, other) };
        self.edge(out, Node::Derived(derived), Step::Inside);
    }

    fn nil(&self, a: Option<&Element>, b: Option<&Element>, out: &mut Examined<'m>) {
        let Some(b) = b else { return };
        let is_fixed = |element: &Element| matches!(element.value, Some(ValueConstraint::Fixed(_)));
        // An element without a declaration may have the attribute too.
        let (nillable, fixed) = (a.is_none_or(|a| a.nillable), a.is_some_and(is_fixed));
        if nillable && !b.nillable {
            out.failures.push(Failure::Nil(!fixed));
        } else if nillable && is_fixed(b) && !fixed {
            out.failures.push(Failure::Nil(true));
        }
    }

    /// Returns the name of an element of A, for messages.
    fn label(&self, source: Source) -> String {
        match source {
            Source::Element(id) => self.names.name(self.a.element_name(id)).local,
            Source::Lax | Source::Skip => "any".to_owned(),
        }
    }

    /// An element that A does not validate and B does.
    fn skipped(&mut self, b: Source, out: &mut Examined<'m>) {
        if self.is_tolerant {
            let why = "an element that a wildcard admits without validation has the name of a field";
            return out.reasons.push(Reason::Witness(why.to_owned()));
        }
        if let Source::Element(_) = b {
            return out.failures.push(Failure::Anything);
        }
        let namespaces = self.names.namespaces();
        let wild = Wild { namespaces, a: ProcessContents::Skip, b: ProcessContents::Lax, except: Vec::new() };
        let letter = content::Letter::Other(crate::sample::compose::OTHER, ProcessContents::Skip);
        let way = Way::Word { letters: Rc::new([letter]), at: 0 };
        self.edge(out, Node::Wild(wild), Step::Child(way));
    }

    /// The types that `xsi:type` may name in A: all types that derive from the declared one.
    fn derived(&mut self, derived: Derived, out: &mut Examined<'m>) {
        let set = |(extension, restriction): (bool, bool)| DerivationSet { extension, restriction, ..DerivationSet::default() };
        let (base, other) = (derived.types.a, derived.types.b);
        let (mut todo, mut seen) = (vec![base], HashSet::new());
        while let Some(ty) = todo.pop() {
            if !seen.insert(ty) {
                continue;
            }
            todo.extend(self.a.derived(ty).iter().rev().chain(bare_members(self.a.model, ty)));
            let Some(name) = self.a.type_name(ty).filter(|name| self.a.type_named(*name) == Some(ty)) else { continue };
            if self.a.is_abstract(ty) || is_blocked(self.a.model, base, ty, set(derived.blocked_a)) {
                continue;
            }
            let found = self.b.type_named(name).filter(|found| {
                !self.b.is_abstract(*found)
                    && self.b.derives(*found, other)
                    && !is_blocked(self.b.model, other, *found, set(derived.blocked_b))
            });
            match found {
                Some(found) => self.edge(out, Node::Types(Types { a: ty, b: found, ..derived.types }), Step::XsiType(ty)),
                None if self.is_tolerant => self.unknown_type(ty, derived.types, out),
                None => out.failures.push(Failure::XsiType(ty)),
            }
        }
    }

    /// A tolerant reader keeps an element of a type that it does not know as XML, or reads it as the declared type if no type derives from that.
    fn unknown_type(&mut self, ty: TypeId, declared: Types, out: &mut Examined<'m>) {
        if self.b.derived(declared.b).is_empty() {
            self.edge(out, Node::Types(Types { a: ty, ..declared }), Step::XsiType(ty));
        }
    }

    fn wild(&mut self, wild: &Wild, out: &mut Examined<'m>) {
        let is_other = |name: &NameId, names: &Names| !wild.except.contains(name) && wild.namespaces.contains(&names.namespace_of(*name));
        let declared: std::collections::BTreeSet<NameId> =
            self.a.elements.keys().chain(self.b.elements.keys()).filter(|name| is_other(name, &self.names)).copied().collect();
        let is_free = |name: NameId| !declared.contains(&name) && !wild.except.contains(&name);
        let fresh: Vec<NameId> = wild.namespaces.iter().rev().filter_map(|id| self.names.fresh(*id, is_free)).take(1).collect();
        for name in fresh.into_iter().chain(declared.iter().copied()) {
            let Some(a) = self.a.resolve(wild.a, Some(name)).filter(|a| self.is_possible(*a)) else { continue };
            match self.b.resolve(wild.b, Some(name)) {
                Some(b) => self.edge(out, Node::Elements(a, b), Step::Named(name)),
                None => out.failures.push(Failure::Undeclared(name)),
            }
        }
    }

    fn is_possible(&self, source: Source) -> bool {
        match source {
            Source::Element(id) => self.a.element(id).is_some_and(|element| self.possible.element(element)),
            Source::Lax | Source::Skip => true,
        }
    }

    /// Returns whether an element of a type of A can occur: with content, or nil. A type that requires an element of itself has no content.
    fn has_instances(&self, ty: TypeId) -> bool {
        self.possible.ty(ty) || self.a.is_of_nillable(ty)
    }

    fn types(&mut self, types: Types, out: &mut Examined<'m>) {
        if !self.has_instances(types.a) {
            return;
        }
        let mut comparison = Comparison {
            a: &self.a,
            b: &self.b,
            names: &self.names,
            known: &self.known,
            fields: &self.fields,
            is_tolerant: self.is_tolerant,
            failures: Vec::new(),
            reasons: Vec::new(),
        };
        comparison.types(types.a, types.b);
        let Comparison { failures, reasons, .. } = comparison;
        let is_lost = |failure: &attributes::Failure| !self.is_tolerant || matches!(failure, attributes::Failure::Value(..));
        out.failures.extend(failures.into_iter().filter(is_lost).map(Failure::Attribute));
        out.reasons.extend(reasons);
        self.compare_children(types, out);
        let (text_a, text_b) = (text(&self.a, types.a, types.value_a), text(&self.b, types.b, types.value_b));
        match text_b {
            // Text between elements is skipped.
            Text::None | Text::White if self.is_tolerant => {}
            Text::Literals(literals) if self.is_tolerant => {
                if !matches!(text_a, Text::None | Text::White) {
                    self.text(text_a, Text::Literals(Literals { empty: true, ..literals }), out);
                }
            }
            text_b => self.text(text_a, text_b, out),
        }
        self.fixed_mixed(types, out);
    }

    fn compare_children(&mut self, types: Types, out: &mut Examined<'m>) {
        let (own, other) = (particle(&self.a, types.a), particle(&self.b, types.b));
        if own.is_none() && (other.is_none() || self.is_tolerant) {
            return;
        }
        let compared = match self.is_tolerant {
            true => tolerant::compare(&self.sides(), own, other),
            false => content::compare(&self.sides(), own, other),
        };
        let near = compared.near.into_iter().map(|name| Reason::NearName(self.names.name(name).local));
        out.reasons.extend(near);
        if compared.is_unordered {
            out.reasons.push(Reason::Order(self.b.model.type_label(types.b)));
        }
        out.failures.extend(compared.failure.map(Failure::Content));
        if compared.is_too_large {
            out.reasons.push(Reason::Size(self.a.model.type_label(types.a)));
        }
        for (target, way) in compared.children {
            let node = match target {
                Target::Pair(a, b) => Node::Elements(a, b),
                Target::Wild(wild) => Node::Wild(wild),
            };
            self.edge(out, node, Step::Child(way));
        }
    }

    /// Elements with mixed content and a fixed value have no children, and their text is the fixed one.
    fn fixed_mixed(&self, types: Types, out: &mut Examined<'m>) {
        let (Some((element, fixed)), Text::Any) = (self.fixed(&self.b, types.value_b), text(&self.b, types.b, None)) else { return };
        let same = self.fixed(&self.a, types.value_a).is_some_and(|(_, own)| own.text == fixed.text);
        if !same || !matches!(text(&self.a, types.a, None), Text::Any) {
            out.reasons.push(Reason::FixedMixed(element.name.local.clone()));
        }
    }

    fn fixed(&self, side: &Side<'m>, element: Option<ElementId>) -> Option<(&'m Element, &'m Literal)> {
        let element = side.element(element?)?;
        match &element.value {
            Some(ValueConstraint::Fixed(fixed)) => Some((element, fixed)),
            _ => None,
        }
    }

    /// Compares the texts that two types admit.
    fn text(&self, a: Text<'m>, b: Text<'m>, out: &mut Examined<'m>) {
        let any = Text::Literals(Literals::of(builtin_id(crate::model::Builtin::String)));
        match (a, b) {
            (Text::Literals(a), Text::Any) => out.reasons.extend(self.known.missed(&self.a, a.ty)),
            (_, Text::Any) | (Text::None, Text::None | Text::White) | (Text::White, Text::White) => {}
            (Text::White, Text::None) => out.failures.push(Failure::Text(" ".to_owned())),
            (Text::Any, Text::None | Text::White) => out.failures.push(Failure::Text("text".to_owned())),
            (Text::Any, Text::Literals(_)) => self.text(any, b, out),
            (Text::None, Text::Literals(b)) if b.contains(&self.b, "") => {}
            (Text::None, Text::Literals(_)) => out.failures.push(Failure::Value(String::new())),
            (Text::White, Text::Literals(literals)) => {
                let wrong = ["", " ", "\n"].into_iter().find(|text| !literals.contains(&self.b, text));
                out.failures.extend(wrong.map(|text| Failure::Value(text.to_owned())));
                let collapses = self.b.literals.white_space(literals.ty) == crate::datatypes::WhiteSpace::Collapse;
                if wrong.is_none() && !collapses {
                    let label = |side: &Side<'_>, ty| side.model.type_label(ty);
                    out.reasons.push(Reason::Values { a: "white space".to_owned(), b: label(&self.b, literals.ty) });
                }
            }
            (Text::Literals(literals), Text::None | Text::White) => match super::simple::example(&self.a, literals, "text") {
                Some(text) if !text.trim_ascii().is_empty() => out.failures.push(Failure::Text(text)),
                _ => out.reasons.push(Reason::Witness("no value of an element was found".to_owned())),
            },
            (Text::Literals(a), Text::Literals(b)) => match self.known.compare(&self.a, a, &self.b, b) {
                Compared::Included => {}
                Compared::Differs(text) => out.failures.push(Failure::Value(text)),
                Compared::Unknown(reason) => out.reasons.push(reason),
            },
        }
    }
}

/// Returns the text that a type admits, for an element whose value constraint is declared by `value`.
fn text<'m>(side: &Side<'m>, ty: TypeId, value: Option<ElementId>) -> Text<'m> {
    let constraint = value.and_then(|id| side.element(id)?.value.as_ref());
    let fixed = match constraint {
        Some(ValueConstraint::Fixed(fixed)) => Some(fixed),
        _ => None,
    };
    // The value stands for an empty text only where it is one of the type: `xsi:type` may name a type that does not admit it.
    let fits = |ty| constraint.map(ValueConstraint::literal).is_some_and(|it| side.literals.value(ty, &it.text, &it.prefixes).is_ok());
    let literals = |ty| Text::Literals(Literals { ty, fixed, empty: fits(ty) });
    match side.complex(ty).map(|ty| &ty.content) {
        None => literals(ty),
        Some(Content::Simple(simple)) => literals(*simple),
        Some(Content::Empty) => Text::None,
        Some(Content::Elements(_)) => Text::White,
        Some(Content::Mixed(_)) => Text::Any,
    }
}

pub(super) fn particle<'m>(side: &Side<'m>, ty: TypeId) -> Option<&'m Particle> {
    match side.complex(ty).map(|ty| &ty.content) {
        Some(Content::Elements(particle) | Content::Mixed(particle)) => Some(particle),
        _ => None,
    }
}

impl Failure {
    pub(super) fn kind(&self) -> Kind {
        match self {
            Failure::Content(failure) if failure.at.is_none() => Kind::MissingChild,
            Failure::Content(_) | Failure::Undeclared(_) | Failure::Anything => Kind::Child,
            Failure::Text(_) => Kind::Text,
            Failure::Value(_) => Kind::Value,
            Failure::Attribute(attributes::Failure::Name(..)) => Kind::Attribute,
            Failure::Attribute(attributes::Failure::Value(..)) => Kind::AttributeValue,
            Failure::Attribute(attributes::Failure::Missing(_)) => Kind::MissingAttribute,
            Failure::Nil(_) => Kind::Nil,
            Failure::AbstractType => Kind::AbstractType,
            Failure::XsiType(_) => Kind::XsiType,
        }
    }
}
