//! Matches the namespaces and global components of two schema sets: by name, then by structure. Local components are matched in `walk`.

mod globals;
mod namespaces;

pub(super) use self::globals::{likeness, of_type};

use std::collections::{HashMap, HashSet};

use super::outline::Outline;
use crate::model::{AttributeId, ElementId, Global, GroupId, NamespaceId, QName, TypeId};

/// Returns the namespaces of the old set that have another URI in the new one.
pub(super) fn renamed_namespaces(old: &Outline<'_>, new: &Outline<'_>) -> Vec<(NamespaceId, NamespaceId)> {
    namespaces::matched(old, new).1.into_iter().map(|(a, b, _)| (a, b)).collect()
}

/// Which component of the new set each component of the old set has become.
pub(super) struct Matching {
    pub(super) namespaces: HashMap<NamespaceId, NamespaceId>,
    pub(super) types: HashMap<TypeId, TypeId>,
    /// The types of the new set that have a counterpart.
    pub(super) new_types: HashSet<TypeId>,
    pub(super) elements: HashMap<ElementId, ElementId>,
    pub(super) attributes: HashMap<AttributeId, AttributeId>,
    pub(super) groups: HashMap<GroupId, GroupId>,
    /// The matched global components in the order of the old set. The score is given if the name differs.
    pub(super) pairs: Vec<(Global, Global, Option<f64>)>,
    /// The global components of the old set without a counterpart.
    pub(super) removed: Vec<Global>,
    /// The global components of the new set without a counterpart.
    pub(super) added: Vec<Global>,
    /// The namespaces of the old set that have another URI in the new one, with the score.
    pub(super) renamed_namespaces: Vec<(NamespaceId, NamespaceId, f64)>,
}

impl Matching {
    pub(super) fn of(old: &Outline<'_>, new: &Outline<'_>) -> Self {
        let (namespaces, renamed_namespaces) = namespaces::matched(old, new);
        let mut matching = Matching {
            namespaces,
            types: HashMap::new(),
            new_types: HashSet::new(),
            elements: HashMap::new(),
            attributes: HashMap::new(),
            groups: HashMap::new(),
            pairs: Vec::new(),
            removed: Vec::new(),
            added: Vec::new(),
            renamed_namespaces,
        };
        globals::matched(old, new, &mut matching);
        matching.built_in(old, new);
        matching.new_types = matching.types.values().copied().collect();
        matching
    }

    /// Matches the built-in types, which are the same entries in every model.
    fn built_in(&mut self, old: &Outline<'_>, new: &Outline<'_>) {
        for index in 0..u32::try_from(old.model.types.len()).unwrap_or(u32::MAX) {
            let id = TypeId(index);
            let (Some(a), Some(b)) = (old.body(id), new.body(id)) else { break };
            if !a.is_builtin() || !b.is_builtin() {
                break;
            }
            self.types.insert(id, id);
        }
    }

    fn pair(&mut self, old: Global, new: Global, score: Option<f64>) {
        match (old, new) {
            (Global::Type(a), Global::Type(b)) => drop(self.types.insert(a, b)),
            (Global::Element(a), Global::Element(b)) => drop(self.elements.insert(a, b)),
            (Global::Attribute(a), Global::Attribute(b)) => drop(self.attributes.insert(a, b)),
            (Global::Group(a), Global::Group(b)) => drop(self.groups.insert(a, b)),
            _ => return,
        }
        self.pairs.push((old, new, score));
    }

    /// Returns the name of the new set that a name of the old set corresponds to, if its namespace exists there. A namespace with a new URI counts as
    /// the same namespace.
    pub(super) fn name(&self, old: &QName) -> Option<QName> {
        self.namespaces.get(&old.namespace).map(|namespace| QName { namespace: *namespace, local: old.local.clone() })
    }
}
