//! Finds the items of a type that an element matches: an element declaration of its name, or a wildcard that admits it, also within choices
//! and groups.

use crate::tables::info::FieldInfo;
use crate::tables::kinds::Place;
use crate::tables::matcher::{Matched, Name};
use crate::tables::particle;

impl FieldInfo {
    /// Returns its name in the form that content models match, given the name of its namespace.
    #[inline]
    pub(crate) fn matched_name(&'static self, uri: &'static str) -> Name<'static> {
        Name { number: Some(self.namespace), uri, local: self.local }
    }

    /// Returns the item for the declaration that an element matched.
    pub(crate) fn matched(&'static self, matched: Matched) -> &'static Self {
        let Matched::Element(Some(info)) = matched else { return self };
        self.placed.iter().find(|(of, _)| *of == info).map_or(self, |(_, item)| item)
    }

    /// Returns whether it is a wildcard, or a choice or group that contains one.
    pub(crate) fn has_wildcard(&self) -> bool {
        self.is_or_contains(&|item| item.place == Place::Any)
    }

    /// Returns whether it is a wildcard that admits this namespace.
    pub(crate) fn is_wildcard_for(&self, uri: &str) -> bool {
        self.place == Place::Any && particle::admits(self.local, uri)
    }

    /// Returns its name; for a choice or a group, the name of its first item.
    pub(crate) fn first_name(&self) -> String {
        match self.place {
            Place::Group => {
                self.type_info().and_then(|type_info| type_info.items().first()).map_or_else(|| "*".to_owned(), Self::first_name)
            }
            Place::Any => "*".to_owned(),
            Place::Element | Place::Attribute | Place::Text => self.local.to_owned(),
        }
    }

    /// Returns whether it is a wildcard with this namespace constraint, or a choice or group that contains one.
    pub(crate) fn has_wildcard_of(&'static self, constraint: &str) -> bool {
        self.is_or_contains(&|item| item.place == Place::Any && item.local == constraint)
    }

    /// Returns whether it is an element of this name, or a choice or group that contains one.
    pub(crate) fn declares(&'static self, name: Name<'_>) -> bool {
        self.is_or_contains(&|item| item.place == Place::Element && name.number == Some(item.namespace) && item.local == name.local)
    }

    /// Returns whether it is a wildcard that admits the name, or a choice or group that contains one.
    pub(crate) fn admits(&'static self, name: Name<'_>) -> bool {
        self.is_or_contains(&|item| item.is_wildcard_for(name.uri))
    }

    /// Returns whether this holds for the item itself or, if it is a choice or group, for an item in it.
    fn is_or_contains(&self, holds: &dyn Fn(&Self) -> bool) -> bool {
        match self.place {
            Place::Group => self.type_info().is_some_and(|type_info| type_info.items().iter().any(|item| item.is_or_contains(holds))),
            _ => holds(self),
        }
    }
}

/// Returns the first item, starting at `from`, that declares the name or whose wildcard admits it. In a sequence with both elements and
/// wildcards, the position decides which one is meant (unique particle attribution).
pub(crate) fn in_order(items: &'static [FieldInfo], name: Name<'_>, from: usize) -> Option<usize> {
    let first = from + items.iter().skip(from).position(|item| item.declares(name) || item.admits(name))?;
    // If the content model is ambiguous, an element declaration takes precedence over a wildcard, as in XML Schema 1.1.
    let optional = items.iter().skip(first).take_while(|item| item.min == 0).count();
    let mut after = items.iter().enumerate().skip(first + 1).take(optional);
    let declared = after.find(|(_, item)| item.declares(name));
    let wild = items.get(first).is_some_and(|item| item.place == Place::Any);
    Some(declared.filter(|_| wild).map_or(first, |(index, _)| index))
}
