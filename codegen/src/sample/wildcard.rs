//! Finds an element that matches a wildcard. `sample` generates the content of that element.

use crate::model::{ElementId, Global, Model, NamespaceId, ProcessContents, QName, Wildcard, WildcardNamespaces};

/// A placeholder for a namespace that no schema declares; see [`other`].
pub(crate) const OTHER: NamespaceId = NamespaceId(u32::MAX);

/// Returns a name that the wildcard admits and no schema declares, so that its element may be empty. Returns `None` for strict wildcards.
pub(super) fn free(model: &Model, wildcard: &Wildcard) -> Option<QName> {
    if wildcard.process == ProcessContents::Strict {
        return None;
    }
    let namespace = match &wildcard.namespaces {
        WildcardNamespaces::Any | WildcardNamespaces::Not(_) => OTHER,
        WildcardNamespaces::OneOf(list) => *list.first()?,
    };
    let names = std::iter::once("any".to_owned()).chain((2..).map(|n| format!("any{n}")));
    if namespace == OTHER {
        return names.take(1).next().map(|local| QName { namespace, local });
    }
    let is_free = |local: &String| !model.elements.iter().any(|it| it.name.namespace == namespace && it.name.local == *local);
    names.take(model.elements.len() + 1).find(is_free).map(|local| QName { namespace, local })
}

/// Returns the global elements that the wildcard admits.
pub(super) fn declared<'m>(model: &'m Model, wildcard: &'m Wildcard) -> impl Iterator<Item = ElementId> + 'm {
    let globals = model.globals.iter().filter_map(|global| if let Global::Element(id) = global { Some(*id) } else { None });
    globals.filter(|id| model.elements.get(id.index()).is_some_and(|it| admits(wildcard, it.name.namespace)))
}

fn admits(wildcard: &Wildcard, namespace: NamespaceId) -> bool {
    match &wildcard.namespaces {
        WildcardNamespaces::Any => true,
        WildcardNamespaces::Not(id) => namespace != *id && namespace != NamespaceId(0),
        WildcardNamespaces::OneOf(list) => list.contains(&namespace),
    }
}

/// Returns the namespace that [`OTHER`] stands for.
pub(super) fn other(model: &Model, further: &[String]) -> String {
    let uris = std::iter::once("http://example.org/other".to_owned()).chain((2..).map(|n| format!("http://example.org/other{n}")));
    let is_known = |uri: &String| model.namespaces.iter().map(|it| &it.uri).chain(further).any(|known| known == uri);
    uris.take(model.namespaces.len() + further.len() + 1).find(|uri| !is_known(uri)).unwrap_or_default()
}
