//! Finds the component that a text names: a path such as `ep:getSiteType` or `element::serv:message/header`, or a local name.

use std::collections::BTreeSet;
use std::fmt;

use super::Labels;
use crate::model::path::{GlobalKind, Step};
use crate::model::{AttributeId, ComponentPath, Content, ElementId, Global, GroupId, Model, Particle, QName, Term, Type, TypeId};
use crate::spelling;

/// A component that can be drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Target {
    /// A type.
    Type(TypeId),
    /// An element.
    Element(ElementId),
    /// An attribute.
    Attribute(AttributeId),
    /// A named model group.
    Group(GroupId),
}

/// The reason why a text names no component.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotFound {
    /// There is none, but perhaps one with a similar name.
    Unknown(Option<String>),
    /// There are several, which are listed as paths.
    Ambiguous(Vec<String>),
}

impl fmt::Display for NotFound {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            NotFound::Unknown(None) => f.write_str("write `prefix:name`, `element::prefix:name`, `prefix:name/child` or a name alone"),
            NotFound::Unknown(Some(near)) => write!(f, "did you mean `{near}`?"),
            NotFound::Ambiguous(all) => write!(f, "write one of `{}`", all.join("`, `")),
        }
    }
}

impl Target {
    /// Returns the name of the component.
    pub(super) fn name(self, model: &Model) -> Option<&QName> {
        match self {
            Target::Type(id) => match model.types.get(id.index())? {
                Type::Simple(ty) => ty.name.as_ref(),
                Type::Complex(ty) => ty.name.as_ref(),
            },
            Target::Element(id) => model.elements.get(id.index()).map(|it| &it.name),
            Target::Attribute(id) => model.attributes.get(id.index()).map(|it| &it.name),
            Target::Group(id) => model.groups.get(id.index()).map(|it| &it.name),
        }
    }

    fn kind(self) -> GlobalKind {
        match self {
            Target::Type(_) => GlobalKind::Type,
            Target::Element(_) => GlobalKind::Element,
            Target::Attribute(_) => GlobalKind::Attribute,
            Target::Group(_) => GlobalKind::Group,
        }
    }

    /// Returns the name of the component with its prefix.
    pub(super) fn label(self, model: &Model, labels: &Labels) -> String {
        self.name(model).map(|name| labels.full(name)).unwrap_or_default()
    }

    /// Returns the text that names a global component and no other.
    pub(super) fn path(self, model: &Model, labels: &Labels) -> String {
        let Some(name) = self.name(model) else { return String::new() };
        let kind = match self.kind() {
            GlobalKind::Type => "type",
            other => other.word(),
        };
        format!("{kind}::{}:{}", labels.prefix(name.namespace), name.local)
    }

    /// Returns the types whose particles lead to the children of the component.
    fn body(self, model: &Model) -> Option<TypeId> {
        match self {
            Target::Type(id) => Some(id),
            Target::Element(id) => model.elements.get(id.index()).map(|it| it.ty),
            Target::Attribute(_) | Target::Group(_) => None,
        }
    }
}

/// Finds the component that a text names.
///
/// # Errors
///
/// There is no such component, or there are several.
pub fn find(model: &Model, labels: &Labels, text: &str) -> Result<Target, NotFound> {
    let (wanted, rest) = match text.split_once("::") {
        Some(("type", rest)) => (Some(GlobalKind::Type), rest),
        Some((word, rest)) if !word.contains(['{', ':', '/']) => (GlobalKind::of(word), rest),
        _ => (None, text),
    };
    // A local name alone has no prefix, which a path must have.
    let colon = rest.split('/').next().is_some_and(|name| name.contains(':'));
    let parsed: Option<ComponentPath> = if colon { rest.parse().ok() } else { format!("any:{rest}").parse().ok() };
    let Some(path) = parsed else { return Err(unknown(model, labels, text)) };
    let is = |target: &Target| {
        let Some(name) = target.name(model).filter(|name| name.local == path.local) else { return false };
        let schemas = model.namespaces.get(name.namespace.index()).and_then(|it| it.prefix.as_deref());
        let own = labels.prefix(name.namespace);
        wanted.is_none_or(|kind| kind == target.kind()) && (!colon || own == path.prefix || schemas == Some(path.prefix.as_str()))
    };
    let mut found: Vec<Target> = globals(model).filter(is).collect();
    // The prefixes of the bindings take precedence over those of the schemas.
    let own = |target: &Target| target.name(model).is_some_and(|name| labels.prefix(name.namespace) == path.prefix);
    if colon && found.iter().any(own) {
        found.retain(own);
    }
    let found: Vec<Target> = found.into_iter().filter_map(|target| within(model, target, &path.steps)).collect();
    match found.as_slice() {
        [] => Err(unknown(model, labels, text)),
        [one] => Ok(*one),
        several => Err(NotFound::Ambiguous(several.iter().map(|target| target.path(model, labels)).collect())),
    }
}

fn globals(model: &Model) -> impl Iterator<Item = Target> {
    model.globals.iter().map(|global| match global {
        Global::Type(id) => Target::Type(*id),
        Global::Element(id) => Target::Element(*id),
        Global::Attribute(id) => Target::Attribute(*id),
        Global::Group(id) => Target::Group(*id),
    })
}

/// Follows the steps of a path. Parts without a name do not count, and a value is in its type.
fn within(model: &Model, mut target: Target, steps: &[Step]) -> Option<Target> {
    for step in steps {
        let name = match step {
            Step::Element(name) | Step::Attribute(name) => name,
            Step::Value(_) | Step::Part(..) => continue,
        };
        target = match step {
            Step::Attribute(_) => attribute(model, target, &name.local)?,
            _ => element(model, target, &name.local)?,
        };
    }
    Some(target)
}

fn attribute(model: &Model, target: Target, local: &str) -> Option<Target> {
    let Some(Type::Complex(ty)) = target.body(model).and_then(|id| model.types.get(id.index())) else { return None };
    let found = ty.attributes.iter().find(|usage| model.attributes.get(usage.attribute.index()).is_some_and(|it| it.name.local == local));
    found.map(|usage| Target::Attribute(usage.attribute))
}

fn element(model: &Model, target: Target, local: &str) -> Option<Target> {
    let mut todo: Vec<&Particle> = Vec::new();
    match (target, target.body(model).and_then(|id| model.types.get(id.index()))) {
        (Target::Group(id), _) => todo.extend(model.groups.get(id.index())?.group.particles.iter().rev()),
        (_, Some(Type::Complex(ty))) => match &ty.content {
            Content::Elements(particle) | Content::Mixed(particle) => todo.push(particle),
            Content::Empty | Content::Simple(_) => {}
        },
        _ => {}
    }
    while let Some(particle) = todo.pop() {
        match &particle.term {
            Term::Element(id) if model.elements.get(id.index()).is_some_and(|it| it.name.local == local) => {
                return Some(Target::Element(*id));
            }
            Term::Group(group) => todo.extend(group.particles.iter().rev()),
            Term::Element(_) | Term::Any(_) => {}
        }
    }
    None
}

/// Returns the error for a text that names nothing, with the most similar name.
fn unknown(model: &Model, labels: &Labels, text: &str) -> NotFound {
    let bare = text.split_once("::").map_or(text, |(_, rest)| rest);
    let (name, steps) = bare.split_once('/').map_or((bare, ""), |(name, steps)| (name, steps));
    let named: Vec<(Target, &QName)> = globals(model).filter_map(|target| Some((target, target.name(model)?))).collect();
    let full = |name: &QName| format!("{}:{}", labels.prefix(name.namespace), name.local);
    // If the component itself exists, one of the steps is wrong.
    if let Some((target, _)) = named.iter().find(|(_, own)| !steps.is_empty() && (own.local == name || full(own) == name)) {
        return NotFound::Unknown(near_step(model, *target, name, steps));
    }
    let known: BTreeSet<String> = named.iter().map(|(_, own)| if name.contains(':') { full(own) } else { own.local.clone() }).collect();
    NotFound::Unknown(spelling::nearest(name, known.iter().map(String::as_str)).map(str::to_owned))
}

/// Returns the path with the first wrong step replaced by the most similar name.
fn near_step(model: &Model, mut target: Target, name: &str, steps: &str) -> Option<String> {
    let mut path = name.to_owned();
    for step in steps.split('/') {
        match element(model, target, step) {
            Some(next) => target = next,
            None => {
                let known = children(model, target);
                return spelling::nearest(step, known.iter().copied()).map(|near| format!("{path}/{near}"));
            }
        }
        path = format!("{path}/{step}");
    }
    None
}

/// Returns the local names of the elements in a component.
fn children(model: &Model, target: Target) -> BTreeSet<&str> {
    let mut out = BTreeSet::new();
    let Some(Type::Complex(ty)) = target.body(model).and_then(|id| model.types.get(id.index())) else { return out };
    let (Content::Elements(particle) | Content::Mixed(particle)) = &ty.content else { return out };
    let mut todo = vec![particle];
    while let Some(particle) = todo.pop() {
        match &particle.term {
            Term::Element(id) => out.extend(model.elements.get(id.index()).map(|it| it.name.local.as_str())),
            Term::Group(group) => todo.extend(&group.particles),
            Term::Any(_) => {}
        }
    }
    out
}
