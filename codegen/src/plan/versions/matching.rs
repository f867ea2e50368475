//! Says which types of two versions correspond: those with the same path, where a namespace may have become another one.

use std::collections::{BTreeMap, HashMap, HashSet};

use crate::ir::{Item, ItemId, ItemKind, RustIr, WireName};
use crate::model::ComponentPath;

/// The namespaces, prefixes and types of two versions that correspond.
#[derive(Debug, Clone, Default)]
pub(super) struct Matching {
    /// The namespace that each namespace of the old version has become, by URI.
    namespaces: BTreeMap<String, String>,
    /// The same by prefix.
    prefixes: BTreeMap<String, String>,
    /// The types with the same path.
    pub(super) types: Vec<(ItemId, ItemId)>,
}

impl Matching {
    pub(super) fn of(old: &RustIr, new: &RustIr, namespaces: &BTreeMap<String, String>) -> Self {
        let by_uri: HashMap<&str, &str> = new.root.namespaces.iter().map(|(prefix, uri)| (uri.as_str(), prefix.as_str())).collect();
        let become_ = |uri: &String| namespaces.get(uri).unwrap_or(uri).clone();
        let pair = |(prefix, uri): &(String, String)| Some((prefix.clone(), (*by_uri.get(become_(uri).as_str())?).to_owned()));
        let mut matching =
            Matching { namespaces: namespaces.clone(), prefixes: old.root.namespaces.iter().filter_map(pair).collect(), types: Vec::new() };
        matching.types = matching.same_paths(old, new);
        matching
    }

    /// Returns the matching in the other direction.
    pub(super) fn reversed(&self, old: &RustIr, new: &RustIr) -> Self {
        let back = self.namespaces.iter().map(|(old, new)| (new.clone(), old.clone())).collect();
        Matching::of(new, old, &back)
    }

    fn same_paths(&self, old: &RustIr, new: &RustIr) -> Vec<(ItemId, ItemId)> {
        let known: HashMap<(&ComponentPath, bool), ItemId> =
            ids(new).filter_map(|(id, item)| Some(((item.path.as_ref()?, is_polymorphic(item)), id))).collect();
        let values: HashMap<&str, ItemId> = ids(new).filter(|(_, item)| item.path.is_none()).map(|(id, item)| (&*item.name, id)).collect();
        let found = |(id, item): (ItemId, &Item)| match &item.path {
            Some(path) => {
                let path = path.clone().with_prefixes(&|prefix| self.prefix(prefix).to_owned());
                Some((id, *known.get(&(&path, is_polymorphic(item)))?))
            }
            None => Some((id, *values.get(item.name.as_str())?)),
        };
        ids(old).filter_map(found).collect()
    }

    /// Returns the prefix in the new version; the old one if the namespace has no counterpart.
    fn prefix<'p>(&'p self, old: &'p str) -> &'p str {
        self.prefixes.get(old).map_or(old, String::as_str)
    }

    /// Returns whether each type of the old version that `xsi:type` can name has the same name in the new version.
    pub(super) fn keeps_types(&self, old: &RustIr, new: &RustIr) -> bool {
        let known: HashSet<&WireName> = new.root.rules.types.iter().map(|ty| &ty.name).collect();
        self.namespaces.is_empty() && old.root.rules.types.iter().all(|ty| known.contains(&self.name(&ty.name)))
    }

    /// Returns whether two names correspond.
    pub(super) fn same(&self, old: &WireName, new: &WireName) -> bool {
        old.local == new.local && self.prefix(&old.prefix) == new.prefix
    }

    /// Translates a name of the old version into the new version: the prefix becomes that of the corresponding namespace.
    pub(super) fn name(&self, old: &WireName) -> WireName {
        WireName { prefix: self.prefix(&old.prefix).to_owned(), local: old.local.clone() }
    }

    /// Translates a namespace constraint of the old version into the new version.
    pub(super) fn constraint(&self, old: &str) -> String {
        let new = |uri: &str| self.namespaces.get(uri).map_or(uri, String::as_str).to_owned();
        match old.strip_prefix("##other:") {
            Some(uri) => format!("##other:{}", new(uri)),
            None => old.split(' ').map(new).collect::<Vec<_>>().join(" "),
        }
    }
}

fn is_polymorphic(item: &Item) -> bool {
    matches!(item.kind, ItemKind::Polymorphic(_))
}

fn ids(ir: &RustIr) -> impl Iterator<Item = (ItemId, &Item)> {
    (0..).map(ItemId).zip(&ir.items)
}
