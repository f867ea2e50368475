//! The tables `[values.NAME]`.

use std::fmt;

use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserialize, Deserializer, Error, MapAccess, Visitor};

use crate::config::placed::{Entries, Key, Kind, Strings};

/// A Rust type for texts with a meaning that the schema does not state.
#[derive(Debug, Default, serde::Deserialize)]
#[cfg_attr(feature = "config-schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "config-schema", schemars(extend("required" = ["as", "of"])))]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub(in crate::config) struct ValueType {
    /// The form of the text.
    ///
    /// - `date-time`: a date and time of day. The keys are `formats` and `also`. The type has the method `civil()` and converts from
    ///   `CivilDateTime`.
    /// - `epoch-milliseconds`: the milliseconds since 1970-01-01T00:00:00 UTC. The type has the methods `milliseconds()` and `system_time()` and
    ///   converts from `i64` and `SystemTime`.
    /// - `named-integers`: integers, some of which have names. The key is `names`. The type is an enum, with `Other(i64)` for other numbers and
    ///   `Text(String)` for texts that are not numbers.
    /// - `boolean`: words for true and false. The keys are `true` and `false`. The type has the method `get()` and converts from `bool`.
    /// - `delimited`: parts with a separator between them. The keys are `separator`, `parts`, `most` and `plain`. The type has the method `parts()`
    ///   and a method for each named part.
    #[serde(rename = "as")]
    #[cfg_attr(
        feature = "config-schema",
        schemars(extend("enum" = ["date-time", "epoch-milliseconds", "named-integers", "boolean", "delimited"]))
    )]
    pub(in crate::config) form: Key<String>,
    /// Selectors of the elements, attributes and simple types that have this type.
    pub(in crate::config) of: Key<Strings>,
    /// The documentation of the type, as Markdown. The default is a description of the form.
    pub(in crate::config) docs: Key<String>,
    /// For `date-time`: the formats that are read, of `YYYY`, `MM`, `DD`, `hh`, `mm`, `ss` with signs between them. The first one is written.
    pub(in crate::config) formats: Key<Strings>,
    /// For `date-time`: texts that mean that there is no date. The default is none.
    pub(in crate::config) also: Key<Strings>,
    /// For `named-integers`: the names of variants, by number. A table instead of a name gives the variant documentation.
    pub(in crate::config) names: Key<Entries<NamedInteger>>,
    /// For `boolean`: the words for true. The first one is written.
    #[serde(rename = "true")]
    pub(in crate::config) yes: Key<Strings>,
    /// For `boolean`: the words for false. The first one is written.
    #[serde(rename = "false")]
    pub(in crate::config) no: Key<Strings>,
    /// For `delimited`: the text between the parts.
    pub(in crate::config) separator: Key<String>,
    /// For `delimited`: the names of the first parts. Each is a Rust identifier.
    pub(in crate::config) parts: Key<Strings>,
    /// For `delimited`: the maximum number of parts. The default is the number of `parts`, and at least 2.
    pub(in crate::config) most: Key<u32>,
    /// For `delimited`: whether a text without the separator is valid too. The default is `false`.
    pub(in crate::config) plain: Key<bool>,
}

impl Kind for ValueType {}

/// The name of an integer, or a table with its name and documentation.
#[derive(Debug)]
#[cfg_attr(feature = "config-schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "config-schema", schemars(untagged))]
pub(in crate::config) enum NamedInteger {
    /// The name of the variant.
    Name(String),
    /// A name with documentation.
    Described(Described),
}

impl Default for NamedInteger {
    fn default() -> Self {
        Self::Name(String::new())
    }
}

impl Kind for NamedInteger {
    const WANTED: &'static str = "a string or a table";
}

/// The name of an integer with documentation.
#[derive(Debug, Default, serde::Deserialize)]
#[cfg_attr(feature = "config-schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "config-schema", schemars(extend("required" = ["name"])))]
#[serde(default, deny_unknown_fields)]
pub(in crate::config) struct Described {
    /// The name of the variant.
    pub(in crate::config) name: Key<String>,
    /// The documentation of the variant.
    pub(in crate::config) docs: Key<String>,
}

impl<'de> Deserialize<'de> for NamedInteger {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_struct("NamedInteger", &["name", "docs"], NameOrTable)
    }
}

struct NameOrTable;

impl<'de> Visitor<'de> for NameOrTable {
    type Value = NamedInteger;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(NamedInteger::WANTED)
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<NamedInteger, E> {
        Ok(NamedInteger::Name(name.to_owned()))
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<NamedInteger, A::Error> {
        Described::deserialize(MapAccessDeserializer::new(map)).map(NamedInteger::Described)
    }
}
