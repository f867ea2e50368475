//! The prefixes in scope of an element. An element that declares prefixes holds those alone and refers to the ones around it, so that
//! declarations take memory in proportion to the document.

use std::collections::BTreeMap;
use std::sync::Arc;

/// The prefixes in scope and the namespace that each is bound to. The empty prefix is the default namespace.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Bindings {
    own: BTreeMap<String, Arc<str>>,
    around: Option<Arc<Bindings>>,
}

impl Bindings {
    /// Returns the bindings of the root element.
    pub fn of(scope: &BTreeMap<String, String>) -> Self {
        Bindings { own: scope.iter().map(|(prefix, uri)| (prefix.clone(), uri.as_str().into())).collect(), around: None }
    }

    /// Returns the bindings of an element with this scope inside an element with that of `outer`.
    pub(super) fn within(around: &Arc<Bindings>, outer: &BTreeMap<String, String>, scope: &BTreeMap<String, String>) -> Self {
        let own = scope.iter().filter(|(prefix, uri)| outer.get(*prefix) != Some(*uri));
        Bindings { own: own.map(|(prefix, uri)| (prefix.clone(), uri.as_str().into())).collect(), around: Some(around.clone()) }
    }

    /// Returns the namespace that a prefix is bound to.
    pub fn get(&self, prefix: &str) -> Option<&Arc<str>> {
        let mut levels = std::iter::successors(Some(self), |at| at.around.as_deref());
        levels.find_map(|at| at.own.get(prefix))
    }

    /// Returns all bindings, by prefix.
    pub fn all(&self) -> BTreeMap<&str, &str> {
        let levels: Vec<&Bindings> = std::iter::successors(Some(self), |at| at.around.as_deref()).collect();
        let pairs = levels.into_iter().rev().flat_map(|at| &at.own);
        pairs.map(|(prefix, uri)| (prefix.as_str(), &**uri)).collect()
    }

    /// Returns a namespace as the text that the binding of its prefix has.
    pub(super) fn shared(&self, uri: &str, prefix: Option<&str>) -> Arc<str> {
        self.get(prefix.unwrap_or_default()).filter(|known| ***known == *uri).map_or_else(|| uri.into(), Arc::clone)
    }
}
