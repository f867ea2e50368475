//! Attributes the differences of the generated code to the changes of the schemas: by the component that the code was generated from, or else by
//! what the code uses, what uses it, and what it names.

use super::align::{Spot, Unit};
use super::blocks::{BLANK, Kind};
use super::changes::{Causes, ancestors};
use super::mentions;
use super::subjects::{Subjects, item_in};
use super::{Reason, Reviewed, State};
use crate::compare::{ChangeKind, Comparison};
use crate::ir::Ty;

/// The change that explains lines, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Cause {
    pub(super) change: usize,
    pub(super) reason: Reason,
}

/// A segment with the cause of each of its lines. Lines that did not change have none.
pub(super) struct Attributed {
    pub(super) unit: Unit,
    pub(super) causes: Vec<Option<Cause>>,
}

/// What kind of lines a cause is searched for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Class {
    Documentation,
    Code,
}

/// Returns the class of a line.
pub(super) fn class(line: &str) -> Class {
    let line = line.trim_start();
    if line.starts_with("///") || line.starts_with("//!") { Class::Documentation } else { Class::Code }
}

/// Attributes all segments.
pub(super) fn attribute(units: Vec<Unit>, comparison: &Comparison, old: Reviewed<'_>, new: Reviewed<'_>) -> Vec<Attributed> {
    let causes = Causes::of(&comparison.changes, Subjects::of(old.input.ir, true), Subjects::of(new.input.ir, false));
    let mut out: Vec<Attributed> = units.into_iter().map(|unit| causes.unit(unit)).collect();
    mentions::attribute(&causes, &mut out);
    out
}

impl Causes<'_> {
    fn unit(&self, unit: Unit) -> Attributed {
        let of = |class| self.of_unit(&unit, class);
        let blank = unit.spot().is_some_and(|spot| spot.member == BLANK);
        let one_sided = unit.old.is_none() || unit.new.is_none();
        let code = if blank { None } else { of(Class::Code) };
        // The documentation of what is new or gone belongs to it.
        let documentation = if blank || one_sided { code.clone() } else { of(Class::Documentation) };
        let cause = |class| if class == Class::Documentation { documentation.clone() } else { code.clone() };
        let causes = unit.rows.iter().map(|row| if row.state == State::Kept { None } else { cause(class(&row.text)) }).collect();
        Attributed { unit, causes }
    }

    /// Returns the cause of the lines of a class in a segment.
    fn of_unit(&self, unit: &Unit, class: Class) -> Option<Cause> {
        if matches!(unit.spot()?.kind, Kind::Text | Kind::Import) {
            return None;
        }
        let spots = || unit.new.iter().map(|spot| (spot, &self.new)).chain(unit.old.iter().map(|spot| (spot, &self.old)));
        if let Some(size) = self.of_size(unit) {
            return Some(size);
        }
        [true, false].into_iter().find_map(|strict| {
            spots()
                .find_map(|(spot, side)| self.own(spot, side, class, strict))
                .or_else(|| spots().find_map(|(spot, side)| self.near(spot, side, class, strict)))
        })
    }

    /// Returns the cause of code in a place.
    pub(super) fn of_spot(&self, spot: &Spot) -> Option<Cause> {
        let sides = || [&self.new, &self.old].into_iter();
        let own = |strict| sides().find_map(|side| self.own(spot, side, Class::Code, strict));
        let near = |strict| sides().find_map(|side| self.near(spot, side, Class::Code, strict));
        [true, false].into_iter().find_map(|strict| own(strict).or_else(|| near(strict)))
    }

    /// Returns a change of the component itself, or one that added or removed a component around it.
    fn own(&self, spot: &Spot, side: &Subjects<'_>, class: Class, strict: bool) -> Option<Cause> {
        let direct = |change| Cause { change, reason: Reason::Direct };
        let path = path_of(spot);
        let component = side.component_of(&path);
        let found = self.choose(self.by_rust.get(path.as_str()), class, strict);
        let found = found.or_else(|| self.choose(self.by_element.get(&side.element_of(&path)?), class, strict));
        let found = found.or_else(|| self.choose(self.by_component.get(component?), class, strict));
        found
            .or_else(|| ancestors(component?).find_map(|parent| self.created(parent)))
            .or_else(|| self.created_item(&spot.path))
            .map(direct)
    }

    /// Returns the change that added or removed a component.
    fn created(&self, component: &str) -> Option<usize> {
        self.by_component.get(component)?.iter().copied().find(|index| self.creates(*index))
    }

    fn created_item(&self, path: &str) -> Option<usize> {
        self.by_rust.get(path)?.iter().copied().find(|index| self.creates(*index))
    }

    fn creates(&self, index: usize) -> bool {
        self.changes.get(index).is_some_and(|change| matches!(change.kind, ChangeKind::Added | ChangeKind::Removed))
    }

    /// Returns a change of something that the item contains or uses, or that contains or uses it.
    fn near(&self, spot: &Spot, side: &Subjects<'_>, class: Class, strict: bool) -> Option<Cause> {
        let path = path_of(spot);
        let item = if spot.kind == Kind::Macro { path.as_str() } else { spot.path.as_str() };
        let component = side.component_of(&path);
        let used = || self.uses(spot, side, &path);
        let within = || {
            let found = self.choose(self.within_item.get(item), class, strict);
            let found = found.or_else(|| self.choose(self.by_rust.get(item), class, strict))?;
            Some(Cause { change: found, reason: Reason::Within(side.component_of(item).unwrap_or(item).to_owned()) })
        };
        let around = || {
            let component = component?;
            let found = ancestors(component).find_map(|parent| self.choose(self.by_component.get(parent), class, strict));
            let found = found.or_else(|| self.choose(self.within_component.get(component), class, strict))?;
            Some(Cause { change: found, reason: Reason::Within(component.to_owned()) })
        };
        let users = || {
            let (item, change) = self.users.get(item)?;
            Some(Cause { change: *change, reason: Reason::UsedBy(item.clone()) })
        };
        let code = class == Class::Code || !strict;
        let used_first = if spot.member.is_empty() { None } else { used() };
        used_first.filter(|_| code).or_else(within).or_else(|| used().filter(|_| code)).or_else(around).or_else(|| users().filter(|_| code))
    }

    /// Returns the change of something that a member or an item uses.
    fn uses(&self, spot: &Spot, side: &Subjects<'_>, path: &str) -> Option<Cause> {
        let start = match side.type_of(path) {
            Some(ty) => side.path_of(item_in(ty)?).to_owned(),
            None => side.item_of(&spot.path).filter(|_| spot.member.is_empty()).map(|id| side.path_of(id).to_owned())?,
        };
        let own = (start != spot.path).then(|| self.of_item(&start)).flatten().map(|change| (start.clone(), change));
        let (item, change) = own.or_else(|| self.used.get(&start).cloned())?;
        Some(Cause { change, reason: Reason::Uses(item) })
    }

    /// Returns the cause if a member differs only in that it is boxed.
    fn of_size(&self, unit: &Unit) -> Option<Cause> {
        let (old, new) = (unit.old.as_ref()?, unit.new.as_ref()?);
        let (a, b) = (self.old.type_of(&path_of(old))?, self.new.type_of(&path_of(new))?);
        let boxed = |ty: &Ty| matches!(ty, Ty::Boxed(_));
        if boxed(a) == boxed(b) || old.member != new.member {
            return None;
        }
        let item = self.new.path_of(item_in(b)?).to_owned();
        let (_, change) = self.of_item(&item).map(|change| (item.clone(), change)).or_else(|| self.used.get(&item).cloned())?;
        Some(Cause { change, reason: Reason::Size(item) })
    }

    /// Returns a change of the namespace of a module, or of something in it.
    pub(super) fn of_module(&self, spot: &Spot, class: Class) -> Option<Cause> {
        let (prefix, uri) = self.new.namespace(&spot.module).or_else(|| self.old.namespace(&spot.module))?;
        let found = [true, false].into_iter().find_map(|strict| {
            self.choose(self.by_uri.get(uri), class, strict).or_else(|| self.choose(self.by_prefix.get(prefix), class, strict))
        });
        found.map(|change| Cause { change, reason: Reason::Module(uri.to_owned()) })
    }
}

/// Returns the Rust path of a member or an item.
pub(super) fn path_of(spot: &Spot) -> String {
    match (spot.kind, spot.member.as_str()) {
        (Kind::Type, member) if !member.is_empty() && member != BLANK => format!("{}::{member}", spot.path),
        // The macro of a value type names it.
        (Kind::Macro, _) => {
            let name = spot.path.rsplit(' ').next().unwrap_or_default();
            if spot.module.is_empty() { name.to_owned() } else { format!("{}::{name}", spot.module) }
        }
        _ => spot.path.clone(),
    }
}
