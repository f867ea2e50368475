#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]
#![deny(missing_docs)]

mod builder;
mod built_in;
mod checks;
pub mod codes;
pub mod compare;
pub mod config;
mod deep;
pub mod diagnostic;
pub mod diagram;
#[cfg(feature = "diff")]
pub mod diff;
pub mod document;
mod emit;
mod encoding;
mod explain;
pub mod fetch;
mod fnv;
mod generate;
mod init;
pub mod inputs;
pub mod ir;
#[cfg(feature = "json")]
mod json_schema;
mod keywords;
pub mod lenient;
mod literals;
mod load;
pub mod lock;
mod mark;
mod markup;
mod missing;
pub mod model;
pub mod notes;
pub mod output;
mod pictures;
pub mod plan;
pub mod render;
pub mod report;
mod reserved;
mod resolve;
#[cfg(feature = "review")]
pub mod review;
pub mod sample;
pub mod schema;
pub mod settings;
pub mod source;
mod span;
pub mod spelling;
mod substitution;
mod versions;
pub mod wsdl;

pub use builder::{Builder, Built};
pub use config::Config;
#[cfg(feature = "config-schema")]
pub use config::config_schema;
pub use explain::{every_code, explain};
pub use generate::{Generated, Planned, Read, check, components, generate, generate_tracked, planned, relock, resolve};
pub use init::{InitOptions, Initial, init};
#[cfg(feature = "json")]
pub use json_schema::json_schema;
pub use load::{LoadOptions, SchemaSet, load};
pub use lock::Lock;
pub use plan::plan;
pub use render::{FileSet, render};
pub use resolve::{ANY_TYPE, builtin_id};
pub use versions::{GeneratedVersion, GeneratedVersions};
pub use xsdgen_datatypes as datatypes;
