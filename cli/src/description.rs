//! The description of operations, types and fields, which `reflect` takes from the type tables of the bindings. It is printed in `describe`
//! and used in `json`.

use std::collections::HashMap;
use std::sync::LazyLock;

use webex_xml::types::{OPERATIONS, xmlns};

use crate::reflect;

/// A type: attributes, text, children; or a simple type's base and values.
#[derive(Debug, Default)]
pub(crate) struct Type {
    pub(crate) doc: String,
    pub(crate) attributes: Vec<Attribute>,
    /// The simple type of its text.
    pub(crate) text: Option<String>,
    pub(crate) children: Vec<Child>,
    /// The built-in type that a simple type is derived from.
    pub(crate) base: Option<String>,
    /// The item type of a list type.
    pub(crate) list: Option<String>,
    pub(crate) values: Vec<String>,
    /// Its facets other than enumeration, in words: `of at most 512 characters`.
    pub(crate) facets: String,
    /// Whether its content is mixed.
    pub(crate) mixed: bool,
}

#[derive(Debug)]
pub(crate) struct Attribute {
    pub(crate) name: String,
    pub(crate) of: String,
    pub(crate) required: bool,
}

#[derive(Debug)]
pub(crate) struct Child {
    /// The name with its prefix: `use:webExId`.
    pub(crate) name: String,
    pub(crate) of: String,
    pub(crate) min: u64,
    pub(crate) many: bool,
    /// Whether it is in a required choice.
    pub(crate) choice: bool,
    /// Whether it is required in the first branch of that choice.
    pub(crate) first: bool,
    pub(crate) secret: bool,
    /// The formats of its text, if more is known than the schema says: `MM/DD/YYYY hh:mm:ss`. The first is preferred.
    pub(crate) formats: Vec<String>,
    pub(crate) doc: String,
}

impl Child {
    pub(crate) fn local(&self) -> &str {
        local(&self.name)
    }
}

/// The declaration of an element or attribute.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Declared {
    /// The key of its type.
    pub(crate) of: &'static str,
    pub(crate) many: bool,
    pub(crate) secret: bool,
    pub(crate) formats: &'static [String],
}

impl Declared {
    fn child(child: &'static Child) -> Self {
        Self { of: &child.of, many: child.many, secret: child.secret, formats: &child.formats }
    }

    /// Returns the simple type of its text.
    fn simple(&self) -> Option<&'static Type> {
        let ty = description().of(self.of)?;
        match &ty.text {
            Some(of) => description().of(of),
            None => Some(ty),
        }
    }

    /// Returns whether its content is simple.
    pub(crate) fn is_simple(&self) -> bool {
        description().is_simple(self.of) || description().of(self.of).is_some_and(|ty| ty.text.is_some())
    }

    /// Returns the values of its enumeration; empty if it has none.
    pub(crate) fn values(&self) -> &'static [String] {
        let Some(simple) = self.simple() else { return &[] };
        match &simple.list {
            Some(item) => description().of(item).map_or(&[], |item| &item.values),
            None => &simple.values,
        }
    }

    pub(crate) fn facets(&self) -> &'static str {
        self.simple().map_or("", |simple| &simple.facets)
    }

    /// Returns the built-in type of its text.
    pub(crate) fn builtin(&self) -> &'static str {
        match description().of(self.of).and_then(|ty| ty.text.as_deref()) {
            Some(of) => description().builtin(of),
            None => description().builtin(self.of),
        }
    }
}

/// Returns the local part of a prefixed name.
pub(crate) fn local(name: &str) -> &str {
    name.split_once(':').map_or(name, |(_, local)| local)
}

/// An operation of the release.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Operation {
    pub(crate) name: &'static str,
    pub(crate) prefix: &'static str,
    /// The name of its service in `xsi:type`.
    pub(crate) service: &'static str,
    /// The `xsi:type` of its request.
    pub(crate) wire_type: &'static str,
    pub(crate) safe: bool,
}

impl Operation {
    /// Returns the key of the type of its request.
    pub(crate) fn request(&self) -> String {
        format!("{}:{}", self.prefix, self.name)
    }

    /// Returns the key of the type of its response.
    pub(crate) fn response(&self) -> String {
        format!("{}:{}Response", self.prefix, self.name)
    }

    /// Returns the first sentence of its documentation in the schema.
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

/// Returns the description, which is built once.
pub(crate) fn description() -> &'static Description {
    static READ: LazyLock<Description> = LazyLock::new(Description::read);
    &READ
}

impl Description {
    fn read() -> Self {
        let operations = OPERATIONS.iter().map(|info| {
            let namespace = xmlns::SCHEMA.namespaces().iter().find(|namespace| namespace.uri() == info.namespace());
            let path = info.wire_type.strip_prefix("java:com.webex.service.binding.").unwrap_or_default();
            let service = path.rsplit_once('.').map_or("", |(service, _)| service);
            Operation {
                name: info.name,
                prefix: namespace.map_or("", |namespace| namespace.prefix()),
                service,
                wire_type: info.wire_type,
                safe: info.safe,
            }
        });
        Self { types: reflect::types(), operations: operations.collect() }
    }

    pub(crate) fn operations(&self) -> &[Operation] {
        &self.operations
    }

    /// Returns the operation with this name, regardless of case.
    pub(crate) fn operation(&self, name: &str) -> Option<&Operation> {
        self.operations.iter().find(|operation| operation.name.eq_ignore_ascii_case(name))
    }

    /// Returns the type with this key; `None` for a built-in type.
    pub(crate) fn of(&self, key: &str) -> Option<&Type> {
        self.types.get(key)
    }

    /// Returns the declaration of the element or `@attribute` that these names lead to from a type; without names, of an element of the type.
    pub(crate) fn find(&'static self, key: &str, names: &[&str]) -> Option<Declared> {
        let (key, ty) = self.types.get_key_value(key)?;
        let [name, rest @ ..] = names else { return Some(Declared { of: key, ..Declared::default() }) };
        if let Some(name) = name.strip_prefix('@') {
            let attribute = ty.attributes.iter().find(|attribute| local(&attribute.name) == name)?;
            return Some(Declared { of: &attribute.of, ..Declared::default() });
        }
        let child = ty.children.iter().find(|child| child.local() == *name)?;
        if rest.is_empty() { Some(Declared::child(child)) } else { self.find(&child.of, rest) }
    }

    pub(crate) fn is_list(&self, key: &str) -> bool {
        self.of(key).is_some_and(|ty| ty.list.is_some())
    }

    /// Returns whether elements of this type have simple content.
    pub(crate) fn is_simple(&self, key: &str) -> bool {
        self.of(key).is_none_or(|ty| ty.base.is_some() || ty.list.is_some())
    }

    /// Returns the built-in type that a simple type is derived from, such as `xs:boolean`.
    pub(crate) fn builtin<'a>(&'a self, key: &'a str) -> &'a str {
        match self.of(key) {
            Some(Type { list: Some(item), .. }) => self.builtin(item),
            Some(ty) => ty.base.as_deref().unwrap_or(key),
            None => key,
        }
    }
}

/// Returns the namespace of a prefix.
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
