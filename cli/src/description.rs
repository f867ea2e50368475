//! In: the description that the program carries, made from the schemas. Out: operations, types and their fields.
//! `schema.json` is written by the workspace's test `cli_description`.
//! Not here: printing it (`describe`), using it (`json`).

use std::collections::HashMap;
use std::sync::LazyLock;

use serde::Deserialize;
use webex_xml::types::{OPERATIONS, xmlns};

/// A type: attributes, text, children; or a simple type's base and values.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Type {
    pub(crate) doc: String,
    pub(crate) attributes: Vec<Attribute>,
    /// The simple type of its text.
    pub(crate) text: Option<String>,
    pub(crate) children: Vec<Child>,
    /// The built-in type that a simple type is derived from.
    pub(crate) base: Option<String>,
    /// What a list is of.
    pub(crate) list: Option<String>,
    pub(crate) values: Vec<String>,
}

#[derive(Debug, Deserialize)]
pub(crate) struct Attribute {
    pub(crate) name: String,
    #[serde(rename = "type")]
    pub(crate) of: String,
    #[serde(default)]
    pub(crate) required: bool,
}

#[derive(Debug, Deserialize)]
pub(crate) struct Child {
    /// With its prefix: `use:webExId`.
    pub(crate) name: String,
    #[serde(rename = "type")]
    pub(crate) of: String,
    #[serde(default)]
    pub(crate) min: u64,
    #[serde(default)]
    pub(crate) many: bool,
    #[serde(default)]
    pub(crate) secret: bool,
    #[serde(default)]
    pub(crate) doc: String,
}

impl Child {
    pub(crate) fn local(&self) -> &str {
        local(&self.name)
    }
}

/// What stands after the prefix.
pub(crate) fn local(name: &str) -> &str {
    name.split_once(':').map_or(name, |(_, local)| local)
}

/// An operation of the release.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Operation {
    pub(crate) name: &'static str,
    pub(crate) prefix: &'static str,
    /// The word of its service in `xsi:type`.
    pub(crate) service: &'static str,
    pub(crate) safe: bool,
}

impl Operation {
    /// The key of its request's type.
    pub(crate) fn request(&self) -> String {
        format!("{}:{}", self.prefix, self.name)
    }

    /// The key of its response's type.
    pub(crate) fn response(&self) -> String {
        format!("{}:{}Response", self.prefix, self.name)
    }

    /// The first sentence that the schema says of it.
    pub(crate) fn summary(&self) -> &'static str {
        description().types.get(&self.request()).map_or("", |ty| first_sentence(&ty.doc))
    }
}

pub(crate) fn first_sentence(text: &str) -> &str {
    text.split_once(". ").map_or(text, |(first, _)| first).trim_end_matches('.')
}

pub(crate) struct Description {
    types: HashMap<String, Type>,
    operations: Vec<Operation>,
}

/// The description, read once.
pub(crate) fn description() -> &'static Description {
    static READ: LazyLock<Description> = LazyLock::new(Description::read);
    &READ
}

impl Description {
    fn read() -> Self {
        // It is part of the program and tested with it.
        let types = serde_json::from_str(include_str!("schema.json")).unwrap_or_default();
        let operations = OPERATIONS.iter().map(|info| {
            let namespace = xmlns::SCHEMA.namespaces().iter().find(|namespace| namespace.uri() == info.namespace());
            let path = info.wire_type.strip_prefix("java:com.webex.service.binding.").unwrap_or_default();
            let service = path.rsplit_once('.').map_or("", |(service, _)| service);
            Operation { name: info.name, prefix: namespace.map_or("", |namespace| namespace.prefix()), service, safe: info.safe }
        });
        Self { types, operations: operations.collect() }
    }

    pub(crate) fn operations(&self) -> &[Operation] {
        &self.operations
    }

    /// The operation of that name, whatever the case of its letters.
    pub(crate) fn operation(&self, name: &str) -> Option<&Operation> {
        self.operations.iter().find(|operation| operation.name.eq_ignore_ascii_case(name))
    }

    /// The type of that key; none for a built-in type.
    pub(crate) fn of(&self, key: &str) -> Option<&Type> {
        self.types.get(key)
    }

    /// Whether elements of that type hold text alone.
    pub(crate) fn is_simple(&self, key: &str) -> bool {
        self.of(key).is_none_or(|ty| ty.base.is_some() || ty.list.is_some())
    }

    /// The built-in type under a simple type, as `xs:boolean`.
    pub(crate) fn builtin<'a>(&'a self, key: &'a str) -> &'a str {
        self.of(key).and_then(|ty| ty.base.as_deref()).unwrap_or(key)
    }
}

/// The namespace that is written with that prefix.
pub(crate) fn uri(prefix: &str) -> &'static str {
    xmlns::SCHEMA.namespaces().iter().find(|namespace| namespace.prefix() == prefix).map_or("", |namespace| namespace.uri())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_operation_is_described_to_its_leaves() {
        let description = description();
        assert!(description.operations.len() > 110);
        for operation in &description.operations {
            assert!(!operation.prefix.is_empty() && !operation.service.is_empty(), "{operation:?}");
            assert!(description.of(&operation.request()).is_some() && description.of(&operation.response()).is_some(), "{operation:?}");
        }
        let keys = description.types.values().flat_map(|ty| ty.children.iter().map(|child| &child.of).chain(ty.text.iter()));
        for key in keys.chain(description.types.values().flat_map(|ty| ty.attributes.iter().map(|attribute| &attribute.of))) {
            assert!(key.starts_with("xs:") || key == "anyType" || description.of(key).is_some(), "{key}");
        }
    }
}
