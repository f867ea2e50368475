//! Compares simple types.

use std::collections::{HashMap, VecDeque};

use super::{At, Says, Spans, Walk};
use crate::compare::codes;
use crate::compare::outline::Outline;
use crate::model::{Facet, SimpleType, TypeId, Variety};

impl<'m> Walk<'m> {
    /// Compares two simple types.
    pub(super) fn simple_types(&mut self, a: &'m SimpleType, b: &'m SimpleType, at: &At) {
        let spans = Spans::Both(&a.span, &b.span);
        self.methods(a.final_, b.final_, codes::SIMPLE_FINAL, at, spans);
        self.documentation(&a.docs, &b.docs, at, spans);
        if !self.varieties(a, b, at, spans) {
            return;
        }
        if let (Some(x), Some(y)) = (a.base, b.base) {
            self.simple_bases(x, y, at, spans);
        }
        self.enumerations(&a.facets.enumeration, &b.facets.enumeration, at, spans);
        self.facets(&a.facets, &b.facets, at, spans);
    }

    fn simple_bases(&mut self, x: TypeId, y: TypeId, at: &At, spans: Spans<'_>) {
        if !self.same_type(x, y) {
            self.property(codes::SIMPLE_BASE, at, spans, self.old.type_name(x), self.new.type_name(y));
        } else if self.old.body(x).is_some_and(|body| body.name().is_none()) {
            self.types(x, y, at);
        }
    }

    /// Compares varieties, and returns whether they are the same.
    fn varieties(&mut self, a: &SimpleType, b: &SimpleType, at: &At, spans: Spans<'_>) -> bool {
        // A restriction of a list or union has the item or member types of its base.
        let defined = restricts_builtin(a) && restricts_builtin(b);
        match (&a.variety, &b.variety) {
            (Variety::List(x), Variety::List(y)) if defined => self.type_uses(*x, *y, at, spans, codes::ITEM_TYPE),
            (Variety::Union(x), Variety::Union(y)) if defined => self.union_members(x, y, at, spans),
            (x, y) if word(x) != word(y) => {
                self.property(codes::VARIETY_CHANGED, at, spans, word(x), word(y));
                return false;
            }
            _ => {}
        }
        true
    }

    /// Compares the members of a union: named ones by name, anonymous ones in order. A union can list the same type several times.
    fn union_members(&mut self, x: &[TypeId], y: &[TypeId], at: &At, spans: Spans<'_>) {
        let is_anonymous = |side: &Outline<'m>, id: TypeId| side.body(id).is_some_and(|body| body.name().is_none());
        let mut anonymous = VecDeque::new();
        let mut named: HashMap<TypeId, VecDeque<usize>> = HashMap::new();
        for (place, id) in y.iter().enumerate() {
            let places = if is_anonymous(&self.new, *id) { &mut anonymous } else { named.entry(*id).or_default() };
            places.push_back(place);
        }
        // The places in `y` of the members of `x` that are kept.
        let (mut kept, mut removed) = (Vec::new(), Vec::new());
        for id in x {
            let place = if is_anonymous(&self.old, *id) {
                anonymous.pop_front()
            } else {
                self.matching.types.get(id).and_then(|other| named.get_mut(other)?.pop_front())
            };
            match place.and_then(|place| Some((place, *y.get(place)?))) {
                Some((place, other)) => {
                    kept.push(place);
                    if is_anonymous(&self.new, other) {
                        self.types(*id, other, at);
                    }
                }
                None => removed.push(*id),
            }
        }
        for id in removed {
            let name = self.old.type_name(id);
            let from = spans.on_old().map_or(spans, Spans::Old);
            self.report(codes::MEMBER_REMOVED, at, from, Says::before(name));
        }
        let mut order = kept.clone();
        order.sort_unstable();
        for (_, id) in y.iter().enumerate().filter(|(place, _)| order.binary_search(place).is_err()) {
            let name = self.new.type_name(*id);
            let to = spans.on_new().map_or(spans, Spans::New);
            self.report(codes::MEMBER_ADDED, at, to, Says::after(name));
        }
        if order != kept {
            let names = |places: &[usize]| {
                places.iter().filter_map(|place| y.get(*place)).map(|id| self.new.type_name(*id)).collect::<Vec<_>>().join(" ")
            };
            self.property(codes::MEMBER_ORDER, at, spans, names(&kept), names(&order));
        }
    }

    /// Compares enumerations, value by value.
    fn enumerations(&mut self, old: &'m [Facet], new: &'m [Facet], at: &At, spans: Spans<'_>) {
        match (old, new) {
            ([], []) => {}
            ([], [first, ..]) => {
                let to = Spans::New(&first.span);
                self.report(codes::ENUMERATION_INTRODUCED, at, to, Says::after(values(new)));
            }
            ([first, ..], []) => {
                let from = spans.on_new().map_or(Spans::Old(&first.span), |new| Spans::Both(&first.span, new));
                self.report(codes::ENUMERATION_LIFTED, at, from, Says::before(values(old)));
            }
            _ => self.enumeration_values(old, new, at),
        }
    }

    fn enumeration_values(&mut self, old: &'m [Facet], new: &'m [Facet], at: &At) {
        let known: HashMap<String, &Facet> = new.iter().map(|facet| (value(facet), facet)).collect();
        let had: HashMap<String, &Facet> = old.iter().map(|facet| (value(facet), facet)).collect();
        for facet in old {
            let at = at.value(&facet.value);
            match known.get(&value(facet)) {
                Some(other) => self.documentation(&facet.docs, &other.docs, &at, Spans::Both(&facet.span, &other.span)),
                None => self.report(codes::ENUMERATION_VALUE_REMOVED, &at, Spans::Old(&facet.span), Says::before(value(facet))),
            }
        }
        for facet in new.iter().filter(|facet| !had.contains_key(&value(facet))) {
            let at = at.value(&facet.value);
            self.report(codes::ENUMERATION_VALUE_ADDED, &at, Spans::New(&facet.span), Says::after(value(facet)));
        }
    }
}

/// Returns a value of an enumeration, with namespaces instead of prefixes.
fn value(facet: &Facet) -> String {
    let (text, prefixes) = (facet.value.clone(), facet.prefixes.clone());
    crate::compare::outline::literal(&crate::model::Literal { text, prefixes })
}

fn values(list: &[Facet]) -> String {
    list.iter().map(value).collect::<Vec<_>>().join(", ")
}

/// Returns whether a list or union is defined here, not by a base that this type restricts. The base is then `xs:anySimpleType`.
fn restricts_builtin(ty: &SimpleType) -> bool {
    ty.base == Some(crate::builtin_id(crate::model::Builtin::AnySimpleType))
}

fn word(variety: &Variety) -> &'static str {
    match variety {
        Variety::Ur => "any",
        Variety::Atomic(_) => "atomic",
        Variety::List(_) => "list",
        Variety::Union(_) => "union",
    }
}
