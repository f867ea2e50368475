//! In: the words of the command line. Out: [`Args`], or a message on usage and exit code 2 (by clap).
//! Not done here: looking at files.

use std::path::PathBuf;

use clap::{Parser, Subcommand};
use xsdgen::settings::{LENIENT, Settings};

/// The exit codes, as the help ends with them.
const EXIT: &str = "Exit codes: 0 done, 1 the answer is no (invalid schema, output behind), 2 usage, 3 not supported yet, 4 file problem.";

/// Generates Rust types, readers and writers from XML Schema (XSD).
#[derive(Debug, Parser)]
#[command(name = "xsdgen", version, about, after_help = EXIT)]
pub(super) struct Args {
    #[command(subcommand)]
    pub(super) command: Command,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Write the bindings that xsdgen.toml describes, or those of the schemas given.
    Generate(Generate),
    /// Tell whether schemas are valid and supported.
    Check(Check),
    /// Print every Rust name next to the schema component it stands for.
    Names(Names),
    /// Print a sample document of an element, made from the schemas.
    Sample(Sample),
    /// Explain a code, as X0208.
    Explain(Explain),
}

#[derive(Debug, clap::Args)]
#[command(after_help = EXIT)]
pub(super) struct Generate {
    /// Schema files, folders or patterns; without any, xsdgen.toml names them.
    #[arg(value_name = "SCHEMA", conflicts_with = "config", requires = "out")]
    pub(super) schemas: Vec<String>,
    /// The configuration file [default: xsdgen.toml here or in a folder above].
    #[arg(long, value_name = "FILE")]
    pub(super) config: Option<PathBuf>,
    /// The folder to write to.
    #[arg(long, value_name = "DIR")]
    pub(super) out: Option<PathBuf>,
    /// Write a complete crate of this name, not modules alone.
    #[arg(long = "crate", value_name = "NAME", requires = "schemas", value_parser = crate_name)]
    pub(super) krate: Option<String>,
    /// With --crate: the path of the xsdgen-codec crate from --out, in place of the registry's.
    #[arg(long, value_name = "PATH", requires = "krate")]
    pub(super) codec: Option<String>,
    #[command(flatten)]
    pub(super) reading: Reading,
    /// Write nothing; exit with 1 where the output is not what it would be.
    #[arg(long)]
    pub(super) check: bool,
    /// Write nothing; print how the output would change.
    #[arg(long)]
    pub(super) diff: bool,
    /// Print nothing but problems.
    #[arg(long, short)]
    pub(super) quiet: bool,
}

/// How schemas that are named are read; of others the configuration file tells.
#[derive(Debug, clap::Args)]
pub(super) struct Reading {
    /// The file to take for a schema location or the namespace of an import; may be repeated.
    #[arg(long = "location", value_name = "WHAT=FILE", requires = "schemas", value_parser = location)]
    pub(super) locations: Vec<(String, PathBuf)>,
    /// A rule that the schemas may break; may be repeated.
    #[arg(long, value_name = "RULE", requires = "schemas", value_parser = clap::builder::PossibleValuesParser::new(LENIENT))]
    pub(super) allow: Vec<String>,
}

impl Reading {
    /// As settings.
    pub(super) fn settings(&self) -> Settings {
        Settings { locations: self.locations.iter().cloned().collect(), allow: self.allow.clone(), ..Settings::default() }
    }
}

#[derive(Debug, clap::Args)]
#[command(after_help = EXIT)]
pub(super) struct Check {
    /// Schema files, folders or patterns.
    #[arg(value_name = "SCHEMA", required = true)]
    pub(super) schemas: Vec<String>,
    #[command(flatten)]
    pub(super) reading: Reading,
    /// Print nothing but problems.
    #[arg(long, short)]
    pub(super) quiet: bool,
}

#[derive(Debug, clap::Args)]
#[command(after_help = EXIT)]
pub(super) struct Names {
    /// Schema files, folders or patterns; without any, xsdgen.toml names them.
    #[arg(value_name = "SCHEMA", conflicts_with = "config")]
    pub(super) schemas: Vec<String>,
    /// The configuration file [default: xsdgen.toml here or in a folder above].
    #[arg(long, value_name = "FILE")]
    pub(super) config: Option<PathBuf>,
    /// Print only the names that gave way to others of the same spelling.
    #[arg(long)]
    pub(super) collisions: bool,
}

#[derive(Debug, clap::Args)]
#[command(after_help = EXIT)]
pub(super) struct Sample {
    /// The root: a global element, as name, prefix:name or {namespace}name.
    #[arg(value_name = "ELEMENT")]
    pub(super) root: String,
    /// Schema files, folders or patterns; without any, xsdgen.toml names them.
    #[arg(value_name = "SCHEMA", conflicts_with = "config")]
    pub(super) schemas: Vec<String>,
    /// The configuration file [default: xsdgen.toml here or in a folder above]; its value types give texts.
    #[arg(long, value_name = "FILE")]
    pub(super) config: Option<PathBuf>,
    /// The type by xsi:type of the first element whose type it derives from.
    #[arg(long = "type", value_name = "TYPE")]
    pub(super) derived: Option<String>,
    /// Fill in everything that is optional [default].
    #[arg(long, conflicts_with = "required_only")]
    pub(super) all_optional: bool,
    /// Fill in only what must be there.
    #[arg(long)]
    pub(super) required_only: bool,
    /// Which arm choices take, counted round from 0.
    #[arg(long, value_name = "N", alias = "seed", default_value_t = 0)]
    pub(super) variant: usize,
    /// How often to repeat what may repeat.
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub(super) repeat: u64,
    /// The file to write, in place of standard output.
    #[arg(long, value_name = "FILE")]
    pub(super) out: Option<PathBuf>,
}

#[derive(Debug, clap::Args)]
pub(super) struct Explain {
    /// The code, as X0208, or the rule of the recommendation, as cos-nonambig.
    #[arg(value_name = "CODE")]
    pub(super) code: String,
}

/// A namespace or a schema location, and a file. A URI may have `=` in it: the last one counts.
fn location(text: &str) -> Result<(String, PathBuf), String> {
    match text.rsplit_once('=') {
        Some((what, file)) if !file.is_empty() => Ok((what.to_owned(), PathBuf::from(file))),
        _ => Err("write the namespace or the schema location, `=`, and the path of a file".to_owned()),
    }
}

/// What cargo takes for a name.
fn crate_name(text: &str) -> Result<String, String> {
    let mut chars = text.chars();
    let first = chars.next().is_some_and(|c| c.is_ascii_alphabetic() || c == '_');
    if first && chars.all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_')) {
        Ok(text.to_owned())
    } else {
        Err("a crate's name is of letters, digits, `-` and `_`, and begins with a letter".to_owned())
    }
}
