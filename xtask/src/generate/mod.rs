//! Generates all generated files of this workspace. [`run`] compares them with the files on disk and writes those that differ.
//!
//! Paths are relative to the root of the workspace, which must be the working directory.

mod cases;
mod codes;
mod comparisons;
mod configuration;
mod constructs;
mod diagnostics;
mod examples;
mod messages;
mod outcomes;
mod pictures;
pub mod releases;
mod run;
mod samples;
mod sources;
mod types;

pub use run::{Options, run};
pub use sources::Sources;

use crate::Failure;
use crate::files::{Files, Owner};

/// A part of the generated files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, clap::ValueEnum)]
pub enum Part {
    /// The bindings, `generated/`.
    Bindings,
    /// The Rust names next to the schema names, `xsdgen.lock`.
    Lock,
    /// A message for each request and response, `tests/messages/`.
    Messages,
    /// A response for each operation, `sandbox/samples/`.
    Samples,
    /// The list of the complex types that a test writes and reads, `tests/every_type/list.rs`.
    Types,
    /// The table of codes in `docs/client.md`.
    Codes,
    /// The bindings of the cases in `codegen/tests/cases/`, and the list of their modules.
    Cases,
    /// The errors of these bindings for the documents of the cases, `messages.txt` and `refusals.txt`.
    Outcomes,
    /// The output of `xsdgen check` for the schemas in `codegen/tests/diagnostics/`.
    Diagnostics,
    /// The output of `xsdgen diff` for the examples of its explanations, `codegen/tests/comparisons/`.
    Comparisons,
    /// The release notes of the schemas, in `tests/releases/`.
    Releases,
    /// The pictures of content models in the documentation, `docs/pictures/`.
    Pictures,
    /// The Rust code in `docs/constructs.md`.
    Constructs,
    /// The JSON Schema of `xsdgen.toml`, `docs/xsdgen.schema.json`.
    ConfigSchema,
    /// The reference of the keys of `xsdgen.toml` in `docs/configuration.md`.
    Configuration,
    /// The bindings of the examples.
    Examples,
}

impl Part {
    /// All parts.
    pub const ALL: [Self; 16] = [
        Self::Bindings,
        Self::Lock,
        Self::Messages,
        Self::Samples,
        Self::Types,
        Self::Codes,
        Self::Cases,
        Self::Outcomes,
        Self::Diagnostics,
        Self::Comparisons,
        Self::Releases,
        Self::Pictures,
        Self::Constructs,
        Self::ConfigSchema,
        Self::Configuration,
        Self::Examples,
    ];

    /// The parts that need only their sources. The others need programs that cargo compiles first.
    pub const DIRECT: [Self; 14] = [
        Self::Bindings,
        Self::Lock,
        Self::Messages,
        Self::Samples,
        Self::Types,
        Self::Codes,
        Self::Cases,
        Self::Comparisons,
        Self::Releases,
        Self::Pictures,
        Self::Constructs,
        Self::ConfigSchema,
        Self::Configuration,
        Self::Examples,
    ];

    /// Generates the files of the part.
    ///
    /// # Errors
    ///
    /// Schemas are invalid, sources cannot be read, or programs do not compile.
    pub fn files(self, sources: &Sources) -> Result<Files, Failure> {
        match self {
            Self::Bindings => Ok(bindings(sources)),
            Self::Lock => Ok(single("xsdgen.lock", sources.generated.lock.to_string())),
            Self::Messages => messages::files(sources),
            Self::Samples => samples::files(sources),
            Self::Types => Ok(single(types::LIST, types::list(sources))),
            Self::Codes => Ok(single(codes::PAGE, codes::page()?)),
            Self::Cases => cases::files(),
            Self::Outcomes => outcomes::files(),
            Self::Diagnostics => diagnostics::files(),
            Self::Comparisons => comparisons::files(),
            Self::Releases => Ok(single(releases::PAGE, releases::page(sources)?)),
            Self::Pictures => pictures::files(sources),
            Self::Constructs => Ok(single(constructs::PAGE, constructs::page()?)),
            Self::ConfigSchema => Ok(single(configuration::SCHEMA, configuration::schema())),
            Self::Configuration => Ok(single(configuration::PAGE, configuration::page()?)),
            Self::Examples => examples::files(),
        }
    }
}

fn bindings(sources: &Sources) -> Files {
    let folder = sources.config.out.clone();
    let prefix = crate::files::shown(&folder);
    let files = sources.generated.files.iter();
    let wanted = files.map(|(path, text)| (format!("{prefix}/{path}"), text.clone())).collect();
    Files { wanted, owner: Owner::Mark(folder) }
}

/// Returns a part that consists of one file.
fn single(path: &str, text: String) -> Files {
    Files { wanted: [(path.to_owned(), text)].into(), ..Files::default() }
}

#[cfg(test)]
mod tests {
    use clap::ValueEnum as _;

    use super::*;

    #[test]
    fn the_page_describes_every_part() {
        let page = include_str!("../../../docs/generating.md");
        for part in Part::ALL {
            let name = part.to_possible_value().unwrap();
            assert!(page.contains(&format!("\n| `{}` | ", name.get_name())), "`docs/generating.md` does not describe {part:?}");
        }
        let rows = page.lines().filter(|line| line.starts_with("| `")).count();
        assert_eq!(rows, Part::ALL.len(), "`docs/generating.md` describes a part that does not exist");
    }
}
