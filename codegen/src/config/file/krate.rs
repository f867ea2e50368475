//! The table `[crate]`.

use serde::Deserialize;

use crate::config::placed::{Any, Entries, Key, Kind, Strings};

/// The crate to write.
#[derive(Debug, Default, Deserialize)]
#[cfg_attr(feature = "config-schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "config-schema", schemars(extend("required" = ["package"])))]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub(in crate::config) struct Crate {
    /// The table `[package]` of the crate's `Cargo.toml`. The key `name` is required.
    #[cfg_attr(
        feature = "config-schema",
        schemars(extend(
            "required" = ["name"],
            "properties" = { "name": { "description": "The name of the crate.", "type": "string" } }
        ))
    )]
    pub(in crate::config) package: Key<Entries<Any>>,
    /// The dependency on `xsdgen-codec`, in the syntax of `Cargo.toml`, such as `"0.1"` or `{ workspace = true }`. The default is the version that
    /// this version of xsdgen needs.
    pub(in crate::config) codec: Key<Any>,
    /// Additional dependencies, in the syntax of `Cargo.toml`. The default is none.
    pub(in crate::config) dependencies: Key<Entries<Any>>,
    /// Additional features, each with a list of what it enables. They are not part of `default`. The default is none.
    pub(in crate::config) features: Key<Entries<Strings>>,
    /// The table `[lints]` of `Cargo.toml`.
    pub(in crate::config) lints: Key<Entries<Any>>,
    /// The text of `README.md`. The default is a table of the modules and an example.
    pub(in crate::config) readme: Key<String>,
}

impl Kind for Crate {}
