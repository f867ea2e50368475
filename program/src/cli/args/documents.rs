//! The arguments of the commands that read documents: `validate` and `drift`.

use std::path::PathBuf;

use super::{EXIT, Reading};

/// The exit codes of `xsdgen drift`.
const DRIFT_EXIT: &str = "Exit codes: 0 no departures, or none that the baseline lacks; 1 departures, or an invalid schema; 2 wrong usage, \
     3 not supported yet, 4 file problem.";

#[derive(Debug, clap::Args)]
#[command(after_help = EXIT)]
pub(in crate::cli) struct Validate {
    /// The documents: files, folders with `.xml` files, patterns, or `-` for standard input.
    #[arg(value_name = "DOCUMENT", required = true)]
    pub(in crate::cli) documents: Vec<String>,
    /// A schema file, a folder or a pattern; without any, xsdgen.toml names them. Can be given several times.
    #[arg(long = "schema", value_name = "SCHEMA", conflicts_with = "config")]
    pub(in crate::cli) schemas: Vec<String>,
    /// The configuration file [default: xsdgen.toml here or in a folder above].
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) config: Option<PathBuf>,
    #[command(flatten)]
    pub(in crate::cli) reading: Reading,
    /// Read as tolerant bindings do: print deviations as notes, and fail only if a document cannot be read.
    #[arg(long)]
    pub(in crate::cli) tolerant: bool,
    /// Print only problems.
    #[arg(long, short)]
    pub(in crate::cli) quiet: bool,
}

#[derive(Debug, clap::Args)]
#[command(after_help = DRIFT_EXIT)]
pub(in crate::cli) struct Drift {
    /// The documents: files, folders with `.xml` files, patterns, or `-` for standard input.
    #[arg(value_name = "DOCUMENT", required = true)]
    pub(in crate::cli) documents: Vec<String>,
    /// A schema file, a folder or a pattern; without any, xsdgen.toml names them. Can be given several times.
    #[arg(long = "schema", value_name = "SCHEMA", conflicts_with = "config")]
    pub(in crate::cli) schemas: Vec<String>,
    /// The configuration file [default: xsdgen.toml here or in a folder above].
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) config: Option<PathBuf>,
    #[command(flatten)]
    pub(in crate::cli) reading: Reading,
    /// The format of the report.
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(in crate::cli) format: DriftFormat,
    /// An earlier report as JSON: only what is not in it makes the command fail.
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) baseline: Option<PathBuf>,
    /// The file for suggested edits of the schemas, as a unified diff.
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) patch: Option<PathBuf>,
    /// The file for the report, instead of standard output.
    #[arg(long, short, value_name = "FILE")]
    pub(in crate::cli) out: Option<PathBuf>,
}

/// The format of a report of departures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(in crate::cli) enum DriftFormat {
    /// For people.
    Text,
    /// For programs, and as a baseline.
    Json,
    /// A table.
    Markdown,
}
