//! Defines the namespaces of a schema set with the prefixes for writing, as the `schema!` line of a binding
//! lists them. Types are described in `tables`; prefixes in documents are resolved in `read::names`.

use std::ptr;

use crate::options::{Missing, ReadOptions};
use crate::schema::rules::Rules;

/// The namespace of the prefix `xml`.
pub(crate) const XML: &str = "http://www.w3.org/XML/1998/namespace";

/// The namespace of the prefix `xmlns`.
pub(crate) const XMLNS: &str = "http://www.w3.org/2000/xmlns/";

/// The namespace of `xsi:type` and `xsi:nil`.
pub(crate) const XSI: &str = "http://www.w3.org/2001/XMLSchema-instance";

/// The namespace of XML Schema, to which the built-in types belong.
pub(crate) const XS: &str = "http://www.w3.org/2001/XMLSchema";

/// A namespace of a schema set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Namespace {
    index: u16,
    prefix: &'static str,
    uri: &'static str,
}

impl Namespace {
    /// Creates a namespace with the prefix for writing; [`numbered`] assigns its number.
    #[must_use]
    pub const fn new(prefix: &'static str, uri: &'static str) -> Self {
        Self { index: 0, prefix: bare(prefix), uri }
    }

    /// Returns the namespace with a number, from 1.
    #[doc(hidden)]
    #[must_use]
    pub const fn with_index(mut self, index: u16) -> Self {
        self.index = index;
        self
    }

    /// Returns the number in the schema set, from 1; 0 stands for no namespace.
    #[must_use]
    pub const fn index(&self) -> u16 {
        self.index
    }

    /// Returns the prefix for writing.
    #[must_use]
    pub const fn prefix(&self) -> &'static str {
        self.prefix
    }

    /// Returns the namespace name.
    #[must_use]
    pub const fn uri(&self) -> &'static str {
        self.uri
    }
}

/// The namespaces of a schema set and the settings for all its types. Created by [`schema!`](crate::schema!).
#[derive(Debug)]
pub struct Schema {
    namespaces: &'static [Namespace],
    trim_text: bool,
    undeclared_prefixes: bool,
    missing: Missing,
    default_namespace: Option<&'static str>,
    secret_parameters: &'static [&'static str],
    rules: Option<&'static Rules>,
    earlier: Option<&'static Schema>,
}

impl Schema {
    /// Creates a schema set from numbered namespaces, see [`numbered`].
    #[must_use]
    pub const fn new(namespaces: &'static [Namespace], trim_text: bool) -> Self {
        Self {
            namespaces,
            trim_text,
            undeclared_prefixes: false,
            missing: Missing::Error,
            default_namespace: None,
            secret_parameters: &[],
            rules: None,
            earlier: None,
        }
    }

    /// Sets whether documents may use prefixes that they do not declare, see [`Schema::undeclared_prefixes`].
    #[must_use]
    pub const fn with_undeclared_prefixes(mut self, taken: bool) -> Self {
        self.undeclared_prefixes = taken;
        self
    }

    /// Sets what tolerant mode does if something required is missing, see [`Schema::missing`].
    #[must_use]
    pub const fn with_missing(mut self, missing: Missing) -> Self {
        self.missing = missing;
        self
    }

    /// Sets the namespace whose elements are written without a prefix, see [`Schema::default_namespace`].
    #[must_use]
    pub const fn with_default_namespace(mut self, uri: &'static str) -> Self {
        self.default_namespace = Some(uri);
        self
    }

    /// Sets the names of the parameters of addresses whose values are secret, see [`Schema::secret_parameters`].
    #[must_use]
    pub const fn with_secret_parameters(mut self, names: &'static [&'static str]) -> Self {
        self.secret_parameters = names;
        self
    }

    /// Sets the checks of strict mode that need more than the tables of types.
    #[must_use]
    pub const fn with_rules(mut self, rules: &'static Rules) -> Self {
        self.rules = Some(rules);
        self
    }

    /// Sets the schema set of an older version, whose types are among the types of this one. It must have the same namespaces with the same prefixes in
    /// the same order, and the same settings.
    #[doc(hidden)]
    #[must_use]
    pub const fn with_earlier(mut self, earlier: &'static Schema) -> Self {
        self.earlier = Some(earlier);
        self
    }

    /// Returns whether the tables of another schema set number the namespaces as this one: it is this schema set or an older version of it.
    #[inline]
    pub(crate) fn includes(&self, other: &Schema) -> bool {
        ptr::eq(self, other) || self.earlier.is_some_and(|earlier| earlier.includes_earlier(other))
    }

    /// Does the same as `includes`, for this schema set and all older versions.
    fn includes_earlier(&self, other: &Schema) -> bool {
        let mut at = Some(self);
        while let Some(schema) = at {
            if ptr::eq(schema, other) {
                return true;
            }
            at = schema.earlier;
        }
        false
    }

    pub(crate) const fn rules(&self) -> Option<&'static Rules> {
        self.rules
    }

    /// Returns the namespaces, in the order of their numbers.
    #[must_use]
    pub const fn namespaces(&self) -> &'static [Namespace] {
        self.namespaces
    }

    /// Returns whether tolerant mode removes the white space at both ends of every text.
    #[must_use]
    pub const fn trim_text(&self) -> bool {
        self.trim_text
    }

    /// Returns whether tolerant mode accepts prefixes that a document does not declare, unless
    /// [`ReadOptions::undeclared_prefixes`](crate::ReadOptions::undeclared_prefixes) overrides it.
    #[must_use]
    pub const fn undeclared_prefixes(&self) -> bool {
        self.undeclared_prefixes
    }

    /// Returns what tolerant mode does if something required is missing, unless [`ReadOptions::missing`](crate::ReadOptions::missing)
    /// overrides it.
    #[must_use]
    pub const fn missing(&self) -> Missing {
        self.missing
    }

    /// Returns the namespace whose elements are written without a prefix, unless
    /// [`WriteOptions::default_namespace`](crate::WriteOptions::default_namespace) overrides it.
    #[must_use]
    pub const fn default_namespace(&self) -> Option<&'static str> {
        self.default_namespace
    }

    /// Returns the names of the parameters of addresses whose values are secret. Wherever a text has such a parameter, `Debug`, notes, and XML and JSON
    /// with masked secrets have the mask instead of the value.
    #[must_use]
    pub const fn secret_parameters(&self) -> &'static [&'static str] {
        self.secret_parameters
    }

    /// Returns what tolerant mode does with these options if something required is missing.
    pub(crate) fn missing_with(&self, options: &ReadOptions) -> Missing {
        options.missing.unwrap_or(self.missing)
    }

    /// Returns whether documents may use prefixes that they do not declare, with these options.
    pub(crate) fn takes_undeclared(&self, options: &ReadOptions) -> bool {
        options.undeclared_prefixes.unwrap_or(self.undeclared_prefixes)
    }

    /// Returns these options with everything that depends on the schema set resolved, for parts of a document that are read without it.
    pub(crate) fn resolved(&self, options: &ReadOptions) -> ReadOptions {
        options.clone().undeclared_prefixes(self.takes_undeclared(options)).missing(self.missing_with(options))
    }

    /// Returns the number of the namespace with this prefix, or 0 if the schema set does not have the prefix.
    pub(crate) fn number_of(&self, prefix: &str) -> u16 {
        self.by_prefix(prefix).map_or(0, Namespace::index)
    }

    /// Returns the namespace with this number; 0 has none.
    pub(crate) fn at(&self, number: u16) -> Option<&'static Namespace> {
        self.namespaces.get(usize::from(number).checked_sub(1)?)
    }

    /// Returns the name of the namespace with this number, or an empty string for 0.
    pub(crate) fn uri(&self, number: u16) -> &'static str {
        self.at(number).map_or("", Namespace::uri)
    }

    /// Returns the namespace with this prefix.
    pub(crate) fn by_prefix(&self, prefix: &str) -> Option<&'static Namespace> {
        self.namespaces.iter().find(|namespace| namespace.prefix == prefix)
    }

    /// Returns the number of the namespace with this name: 0 for the empty name, `None` if the schema set does
    /// not have the namespace.
    pub(crate) fn find(&self, uri: &str) -> Option<u16> {
        if uri.is_empty() {
            return Some(0);
        }
        self.namespaces.iter().find(|namespace| namespace.uri == uri).map(Namespace::index)
    }
}

/// An empty schema set, for XML without a schema.
pub(crate) static NO_SCHEMA: Schema = Schema::new(&[], false);

/// Assigns each namespace its number.
#[doc(hidden)]
#[must_use]
pub const fn numbered<const N: usize>(mut namespaces: [Namespace; N]) -> [Namespace; N] {
    let mut index = 0;
    let mut rest: &mut [Namespace] = &mut namespaces;
    while let [first, more @ ..] = rest {
        index += 1;
        first.index = index;
        rest = more;
    }
    namespaces
}

/// Returns a prefix without the `r#` of a raw identifier.
const fn bare(prefix: &'static str) -> &'static str {
    match prefix.as_bytes() {
        [b'r', b'#', ..] => prefix.split_at(2).1,
        _ => prefix,
    }
}

#[cfg(test)]
mod tests {
    use super::Schema;

    static FIRST: Schema = Schema::new(&[], false);
    static SECOND: Schema = Schema::new(&[], false).with_earlier(&FIRST);
    static THIRD: Schema = Schema::new(&[], false).with_earlier(&SECOND);

    #[test]
    fn a_schema_set_includes_all_older_versions_and_no_newer_one() {
        assert!(THIRD.includes(&THIRD) && THIRD.includes(&SECOND) && THIRD.includes(&FIRST));
        assert!(!FIRST.includes(&SECOND) && !SECOND.includes(&THIRD));
        assert!(!THIRD.includes(&super::NO_SCHEMA));
    }
}
