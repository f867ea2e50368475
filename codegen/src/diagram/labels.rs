//! Names of components as diagrams show them, with the prefixes of the bindings.

use std::collections::HashMap;

use crate::model::path::NONE;
use crate::model::{Model, NamespaceId, QName};
use crate::schema::XS;

/// The prefixes of the namespaces of a model.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Labels {
    /// The prefixes by namespace id.
    prefixes: Vec<String>,
}

impl Labels {
    /// Creates labels from prefixes with their URIs, such as [`crate::ir::Root::namespaces`]. A namespace without a prefix gets that of the schemas.
    #[must_use]
    pub fn new(model: &Model, prefixes: &[(String, String)]) -> Self {
        let known: HashMap<&str, &str> = prefixes.iter().map(|(prefix, uri)| (uri.as_str(), prefix.as_str())).collect();
        let prefix = |namespace: &crate::model::Namespace| match namespace.uri.as_str() {
            "" => NONE.to_owned(),
            XS => "xs".to_owned(),
            uri => match (known.get(uri), &namespace.prefix) {
                (Some(prefix), _) => (*prefix).to_owned(),
                (None, Some(prefix)) => prefix.clone(),
                (None, None) => format!("{{{uri}}}"),
            },
        };
        Labels { prefixes: model.namespaces.iter().map(prefix).collect() }
    }

    /// Returns the prefix of a namespace; `none` if it is no namespace.
    #[must_use]
    pub fn prefix(&self, id: NamespaceId) -> &str {
        self.prefixes.get(id.index()).map_or(NONE, String::as_str)
    }

    /// Returns a name with its prefix, or without one if it has no namespace.
    #[must_use]
    pub fn full(&self, name: &QName) -> String {
        match self.prefix(name.namespace) {
            NONE => name.local.clone(),
            prefix => format!("{prefix}:{}", name.local),
        }
    }

    /// Returns a name as it is shown within a component: without the prefix of the component.
    #[must_use]
    pub fn within(&self, name: &QName, home: NamespaceId) -> String {
        if name.namespace == home { name.local.clone() } else { self.full(name) }
    }
}
