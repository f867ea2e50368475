//! The table `[attributes]`.

use serde::Deserialize;

use crate::config::placed::{Entries, Key, Kind, Strings};

/// Additional attributes of types, fields and variants.
#[derive(Debug, Default, Deserialize)]
#[cfg_attr(feature = "config-schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub(in crate::config) struct Attributes {
    /// Attributes of structs and enums, by the selector of the type. They also apply to the enums and structs of the choices and groups in it.
    pub(in crate::config) types: Key<Entries<Strings>>,
    /// Attributes of the fields of structs, by the selector of the element or attribute. A field that stands for neither has its Rust name in the
    /// selector, such as `a:noteType/any`.
    pub(in crate::config) fields: Key<Entries<Strings>>,
    /// Attributes of the variants of enums, by the selector of the element, of the value, or of the type. `Other` is a variant for what the schema
    /// does not declare.
    pub(in crate::config) variants: Key<Entries<Strings>>,
}

impl Kind for Attributes {}
