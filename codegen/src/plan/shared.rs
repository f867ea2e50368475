//! Finds anonymous types that are identical, so that one item stands for all of them.
//!
//! Two anonymous types are identical if their elements or attributes have the same name, belong to global components of one namespace, and the types
//! have the same structure and the same documentation. The type of a global element, or else the first of them in the order of the paths, gets the item;
//! the others share it. A type that has an item of its own in the lock keeps it.

use std::collections::{BTreeMap, HashMap};
use std::fmt::Write as _;

use super::context::Context;
use crate::lock::{Key, Role};
use crate::model::{
    AttributeUse, ComplexType, Content, Docs, ElementId, Facet, Particle, Prefixes, Scope, SimpleType, Term, Type, TypeId, Variety,
    Wildcard,
};

/// The maximum depth of anonymous types in each other that are compared. Deeper types are not shared.
const DEEPEST: usize = 60;

/// Plans which anonymous types share the item of another.
pub(super) fn plan(cx: &mut Context<'_>) {
    if !cx.settings.shared_anonymous {
        return;
    }
    let mut keys = Keys { cx, numbers: HashMap::new(), known: HashMap::new() };
    let mut classes: BTreeMap<u32, Vec<TypeId>> = BTreeMap::new();
    for index in 0..keys.cx.model.types.len() {
        let id = TypeId(u32::try_from(index).unwrap_or(u32::MAX));
        let Some(ty) = keys.cx.ty(id) else { continue };
        if ty.name().is_none()
            && matches!(ty.scope(), Scope::Element(_) | Scope::Attribute(_))
            && let Some(number) = keys.anonymous(id, ty, 0)
        {
            classes.entry(number).or_default().push(id);
        }
    }
    let mut shared = HashMap::new();
    for class in classes.into_values().filter(|class| class.len() > 1) {
        let has_own = |id: &TypeId| is_global(cx, *id) || cx.locked.has_own_item(&Key::new(cx.type_path(*id), Role::Type));
        let (own, others): (Vec<TypeId>, Vec<TypeId>) = class.into_iter().partition(has_own);
        let mut rest = own.into_iter().take(1).chain(others);
        if let Some(owner) = rest.next() {
            rest.for_each(|id| share(cx, id, owner, &mut shared));
        }
    }
    cx.shared = shared;
}

/// Returns whether a type is that of a global element or attribute.
fn is_global(cx: &Context<'_>, id: TypeId) -> bool {
    let scope = match cx.ty(id).map(Type::scope) {
        Some(Scope::Element(id)) => cx.element(*id).map(|it| &it.scope),
        Some(Scope::Attribute(id)) => cx.attribute(*id).map(|it| &it.scope),
        _ => None,
    };
    scope == Some(&Scope::Global)
}

/// Records that a type shares the item of another, and so do the anonymous types in them that are not in elements or attributes.
fn share(cx: &Context<'_>, id: TypeId, owner: TypeId, shared: &mut HashMap<TypeId, TypeId>) {
    let mut todo = vec![(id, owner)];
    while let Some((id, owner)) = todo.pop() {
        shared.insert(id, owner);
        let inner = parts(cx, id).into_iter().zip(parts(cx, owner));
        todo.extend(inner.filter(|(id, owner)| id != owner));
    }
}

/// Returns the anonymous types that a type is made of: its base, its items, its members or the type of its text.
fn parts(cx: &Context<'_>, id: TypeId) -> Vec<TypeId> {
    let all = match cx.ty(id) {
        Some(Type::Simple(ty)) => match &ty.variety {
            Variety::List(item) => ty.base.into_iter().chain([*item]).collect(),
            Variety::Union(members) => ty.base.into_iter().chain(members.iter().copied()).collect(),
            Variety::Atomic(_) | Variety::Ur => ty.base.into_iter().collect(),
        },
        Some(Type::Complex(ComplexType { content: Content::Simple(text), .. })) => vec![*text],
        _ => Vec::new(),
    };
    all.into_iter().filter(|part| cx.ty(*part).is_some_and(|part| *part.scope() == Scope::Type(id))).collect()
}

/// The numbers of structures: two types of the same number are identical.
struct Keys<'c, 'm> {
    cx: &'c Context<'m>,
    numbers: HashMap<String, u32>,
    known: HashMap<TypeId, Option<u32>>,
}

impl Keys<'_, '_> {
    /// Returns the number of an anonymous type of an element or attribute, with the name of that.
    fn anonymous(&mut self, id: TypeId, ty: &Type, depth: usize) -> Option<u32> {
        let structure = self.structure(id, depth)?;
        let (name, docs) = match ty.scope() {
            Scope::Element(id) => self.cx.element(*id).map(|it| (&it.name, &it.docs))?,
            Scope::Attribute(id) => self.cx.attribute(*id).map(|it| (&it.name, &it.docs))?,
            _ => return None,
        };
        // Without documentation of its own, the type has that of the element or attribute.
        let own = match ty {
            Type::Simple(ty) => &ty.docs,
            Type::Complex(ty) => &ty.docs,
        };
        let docs = if own.is_empty() { docs } else { own };
        let kind = matches!(ty.scope(), Scope::Element(_));
        let key = format!("{kind} {} {name:?} {docs:?} {structure}", self.cx.type_path(id).prefix);
        Some(self.number(key))
    }

    fn number(&mut self, key: String) -> u32 {
        let next = u32::try_from(self.numbers.len()).unwrap_or(u32::MAX);
        *self.numbers.entry(key).or_insert(next)
    }

    /// Returns the number of the structure of a type; `None` if it is too deep.
    fn structure(&mut self, id: TypeId, depth: usize) -> Option<u32> {
        if let Some(known) = self.known.get(&id) {
            return *known;
        }
        let ty = self.cx.ty(id).filter(|_| depth < DEEPEST)?;
        let key = match ty {
            _ if ty.name().is_some() => Some(format!("named {}", id.0)),
            Type::Simple(ty) => self.simple(ty, depth + 1),
            Type::Complex(ty) => self.complex(ty, depth + 1),
        };
        let number = key.map(|key| self.number(key));
        self.known.insert(id, number);
        number
    }

    fn simple(&mut self, ty: &SimpleType, depth: usize) -> Option<String> {
        let base = ty.base.map(|base| self.structure(base, depth));
        let mut out = format!("simple {:?} {base:?} {:?} {:?}", ty.builtin, ty.final_, ty.docs);
        match &ty.variety {
            Variety::Ur | Variety::Atomic(_) => write!(out, " {:?}", ty.variety).ok()?,
            Variety::List(item) => write!(out, " list {}", self.structure(*item, depth)?).ok()?,
            Variety::Union(members) => {
                for member in members {
                    write!(out, " member {}", self.structure(*member, depth)?).ok()?;
                }
            }
        }
        let facet = |facet: &Facet| -> (String, bool, Prefixes, Docs) {
            (facet.value.clone(), facet.fixed, facet.prefixes.clone(), facet.docs.clone())
        };
        let single: Vec<_> = ty.facets.single().map(|(kind, it)| (kind, facet(it))).collect();
        let [patterns, values] = [&ty.facets.patterns, &ty.facets.enumeration].map(|list| list.iter().map(facet).collect::<Vec<_>>());
        write!(out, " {single:?} {patterns:?} {values:?}").ok()?;
        Some(out)
    }

    fn complex(&mut self, ty: &ComplexType, depth: usize) -> Option<String> {
        let base = self.structure(ty.base, depth)?;
        let mut out = format!("complex {base} {:?} {} {:?} {:?}", ty.derivation, ty.abstract_, ty.block, ty.docs);
        for said in &ty.attributes {
            self.attribute(said, depth, &mut out)?;
        }
        if let Some(wildcard) = &ty.any_attribute {
            any(wildcard, &mut out)?;
        }
        match &ty.content {
            Content::Empty => out.push_str(" empty"),
            Content::Simple(text) => write!(out, " text {}", self.structure(*text, depth)?).ok()?,
            Content::Elements(particle) => self.particle(particle, depth, &mut out)?,
            Content::Mixed(particle) => {
                out.push_str(" mixed");
                self.particle(particle, depth, &mut out)?;
            }
        }
        Some(out)
    }

    fn attribute(&mut self, said: &AttributeUse, depth: usize, out: &mut String) -> Option<()> {
        let attribute = self.cx.attribute(said.attribute)?;
        let ty = self.structure(attribute.ty, depth)?;
        let (values, docs) = ((&said.value, &attribute.value), (&said.docs, &attribute.docs));
        write!(out, " @{:?} {} {ty} {values:?} {docs:?}", attribute.name, said.required).ok()
    }

    fn particle(&mut self, particle: &Particle, depth: usize, out: &mut String) -> Option<()> {
        write!(out, " {}-{:?} ", particle.min, particle.max).ok()?;
        match &particle.term {
            Term::Element(id) => self.element(*id, depth, out),
            Term::Any(wildcard) => any(wildcard, out),
            Term::Group(group) => {
                write!(out, "{:?} {:?} (", group.compositor, group.named).ok()?;
                for part in &group.particles {
                    self.particle(part, depth, out)?;
                }
                out.push(')');
                Some(())
            }
        }
    }

    fn element(&mut self, id: ElementId, depth: usize, out: &mut String) -> Option<()> {
        let element = self.cx.element(id)?;
        if element.scope == Scope::Global {
            return write!(out, "global {}", id.0).ok();
        }
        let ty = match self.cx.ty(element.ty)? {
            ty if ty.name().is_none() => self.anonymous(element.ty, ty, depth)?,
            _ => self.structure(element.ty, depth)?,
        };
        write!(out, "{:?} {ty} {} {:?} {:?} {:?}", element.name, element.nillable, element.value, element.block, element.docs).ok()?;
        for constraint in &element.identity {
            write!(out, " {:?} {:?} {:?} {:?}", constraint.name, constraint.kind, constraint.selector, constraint.fields).ok()?;
        }
        Some(())
    }
}

fn any(wildcard: &Wildcard, out: &mut String) -> Option<()> {
    write!(out, " any {:?} {:?} {:?}", wildcard.namespaces, wildcard.process, wildcard.docs).ok()
}
