//! In: the `schema!` line of a binding. Out: the namespaces of a schema set, with the prefixes that are written.
//! Not done here: the shapes of types (`shape`), the prefixes of a document that is read (`read::names`).

use crate::rules::Rules;

/// A namespace of a schema set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Namespace {
    index: u16,
    prefix: &'static str,
    uri: &'static str,
}

impl Namespace {
    /// A namespace with the prefix that is written for it; its number is given by [`Schema::new`].
    #[must_use]
    pub const fn new(prefix: &'static str, uri: &'static str) -> Self {
        Self { index: 0, prefix: bare(prefix), uri }
    }

    /// Its number in the schema set, from 1. (0 stands for names without a namespace.)
    #[must_use]
    pub const fn index(&self) -> u16 {
        self.index
    }

    /// The prefix that is written for it.
    #[must_use]
    pub const fn prefix(&self) -> &'static str {
        self.prefix
    }

    /// Its name.
    #[must_use]
    pub const fn uri(&self) -> &'static str {
        self.uri
    }
}

/// The namespaces of a schema set and what holds for all of its types. Made by [`schema!`](crate::schema).
#[derive(Debug)]
pub struct Schema {
    namespaces: &'static [Namespace],
    trim_text: bool,
    undeclared_prefixes: bool,
    rules: Option<&'static Rules>,
}

impl Schema {
    /// A schema set over numbered namespaces, see [`numbered`].
    #[must_use]
    pub const fn new(namespaces: &'static [Namespace], trim_text: bool) -> Self {
        Self { namespaces, trim_text, undeclared_prefixes: false, rules: None }
    }

    /// With documents that use prefixes which they do not declare, see [`Schema::undeclared_prefixes`].
    #[must_use]
    pub const fn with_undeclared_prefixes(mut self, taken: bool) -> Self {
        self.undeclared_prefixes = taken;
        self
    }

    /// What strict reading checks beyond the tables of types.
    #[must_use]
    pub const fn with_rules(mut self, rules: &'static Rules) -> Self {
        self.rules = Some(rules);
        self
    }

    pub(crate) const fn rules(&self) -> Option<&'static Rules> {
        self.rules
    }

    /// Its namespaces, in the order of their numbers.
    #[must_use]
    pub const fn namespaces(&self) -> &'static [Namespace] {
        self.namespaces
    }

    /// Whether tolerant reading takes the white space off both ends of every text.
    #[must_use]
    pub const fn trim_text(&self) -> bool {
        self.trim_text
    }

    /// Whether tolerant reading takes prefixes that a document does not declare, unless
    /// [`ReadOptions::undeclared_prefixes`](crate::ReadOptions::undeclared_prefixes) says otherwise.
    #[must_use]
    pub const fn undeclared_prefixes(&self) -> bool {
        self.undeclared_prefixes
    }

    /// The number of the namespace that is written with this prefix; 0 for a prefix that the schema set does not have.
    pub(crate) fn number_of(&self, prefix: &str) -> u16 {
        self.by_prefix(prefix).map_or(0, Namespace::index)
    }

    /// The namespace of this number; nothing for 0.
    pub(crate) fn at(&self, number: u16) -> Option<&'static Namespace> {
        self.namespaces.get(usize::from(number).checked_sub(1)?)
    }

    /// The name of the namespace of this number; empty for 0.
    pub(crate) fn uri(&self, number: u16) -> &'static str {
        self.at(number).map_or("", Namespace::uri)
    }

    /// The namespace that is written with this prefix.
    pub(crate) fn by_prefix(&self, prefix: &str) -> Option<&'static Namespace> {
        self.namespaces.iter().find(|namespace| namespace.prefix == prefix)
    }

    /// The number of the namespace of this name; 0 for no name, nothing if the schema set has none such.
    pub(crate) fn find(&self, uri: &str) -> Option<u16> {
        if uri.is_empty() {
            return Some(0);
        }
        self.namespaces.iter().find(|namespace| namespace.uri == uri).map(Namespace::index)
    }
}

/// No schema at all.
pub(crate) static NO_SCHEMA: Schema = Schema::new(&[], false);

/// Gives each namespace its number.
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

/// A prefix as it is written in XML: without the `r#` of a raw identifier.
const fn bare(prefix: &'static str) -> &'static str {
    match prefix.as_bytes() {
        [b'r', b'#', ..] => prefix.split_at(2).1,
        _ => prefix,
    }
}
