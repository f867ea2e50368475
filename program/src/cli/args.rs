//! The arguments of the program `xsdgen`.

mod compare;
mod documents;

use std::path::PathBuf;

use clap::{Parser, Subcommand};
use xsdgen::fetch::FetchLock;
use xsdgen::lenient::RULES;
use xsdgen::settings::Settings;

pub(super) use compare::{Diagram, Diff, Format, Notes, Picture, Review, ReviewFormat};
pub(super) use documents::{Drift, DriftFormat, Validate};

/// The exit codes, which the help lists at its end.
const EXIT: &str =
    "Exit codes: 0 success, 1 the answer is no (invalid schema, output out of date), 2 wrong usage, 3 not supported yet, 4 file problem.";

/// Generates Rust types, readers and writers from XML Schema (XSD).
#[derive(Debug, Parser)]
#[command(name = "xsdgen", version, about, after_help = EXIT)]
pub(super) struct Args {
    #[command(subcommand)]
    pub(super) command: Command,
    /// How to print problems. With json or github, only problems are printed, one per line: by check and validate to standard output, by other
    /// commands to standard error.
    #[arg(long, global = true, value_name = "FORMAT", default_value = "human")]
    pub(super) message_format: Messages,
    /// Treat warnings as errors: `-D warnings`.
    #[arg(short = 'D', global = true, value_name = "WHAT", value_parser = ["warnings"])]
    deny_all: Vec<String>,
}

impl Args {
    /// Returns whether warnings are errors.
    pub(super) fn denies_warnings(&self) -> bool {
        !self.deny_all.is_empty()
    }
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Write the bindings of the given schemas, or those that xsdgen.toml describes.
    Generate(Generate),
    /// Find the schemas and write a first xsdgen.toml.
    Init(Init),
    /// Check whether schemas are valid and supported.
    Check(Check),
    /// Print every Rust name next to the schema component it stands for.
    Names(Names),
    /// Write xsdgen.lock without the bindings, or give components new names.
    Lock(Lock),
    /// Print a sample document of an element.
    Sample(Sample),
    /// Validate documents by schemas, without generated code.
    Validate(Validate),
    /// Show where recorded documents depart from the schema, and how the schema could follow.
    Drift(Drift),
    /// Write the JSON Schema of xsdgen.toml, with which editors complete the file.
    ConfigSchema(ConfigSchema),
    /// Write the JSON Schema of the JSON form of documents.
    JsonSchema(JsonSchema),
    /// Show what changed between two schema sets, and what it means for Rust code.
    Diff(Diff),
    /// Draw the content model of a component as SVG, Mermaid or DOT.
    Diagram(Diagram),
    /// Write a page for the review of a change of schemas: each change with the generated code that it causes.
    Review(Review),
    /// Write release notes for the changes between two schema sets, as Markdown.
    Notes(Notes),
    /// List the documents that schemas name by URL, and record the files that are there for them. Nothing is downloaded.
    Fetch(Fetch),
    /// Explain a code, such as X0208 or XD0203.
    Explain(Explain),
    /// Print the completions for a shell.
    Completions(Completions),
    /// Print the manual page, or write the pages of all commands.
    Man(Man),
}

#[derive(Debug, clap::Args)]
#[command(after_help = EXIT)]
pub(super) struct Init {
    /// Schema files, folders or patterns [default: all schemas in this folder and below it, except in target, node_modules and hidden folders].
    #[arg(value_name = "SCHEMA")]
    pub(super) schemas: Vec<String>,
    /// The folder for the bindings [default: src/NAME in the folder of a package, otherwise generated].
    #[arg(long, value_name = "DIR")]
    pub(super) out: Option<String>,
    /// Print only problems.
    #[arg(long, short)]
    pub(super) quiet: bool,
}

#[derive(Debug, clap::Args)]
pub(super) struct Completions {
    /// The shell, for example: `source <(xsdgen completions bash)`.
    pub(super) shell: clap_complete::Shell,
}

#[derive(Debug, clap::Args)]
pub(super) struct Man {
    /// The folder for the pages of the program and of each command.
    #[arg(long, value_name = "DIR")]
    pub(super) out: Option<PathBuf>,
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
    /// Write a complete crate of this name instead of a folder of modules.
    #[arg(long = "crate", value_name = "NAME", requires = "schemas", value_parser = crate_name)]
    pub(super) krate: Option<String>,
    /// With --crate: the path of the crate xsdgen-codec, relative to --out; default: the registry's.
    #[arg(long, value_name = "PATH", requires = "krate")]
    pub(super) codec: Option<String>,
    /// The lock to read and to write [default: xsdgen.lock beside xsdgen.toml, and NAME.lock beside NAME.toml; none for schemas on the command line].
    #[arg(long, value_name = "FILE")]
    pub(super) lock: Option<PathBuf>,
    #[command(flatten)]
    pub(super) reading: Reading,
    /// Generate only these operations, elements and types, and what they refer to: selectors such as `ep:getSessionInfo`, with commas between them.
    /// They replace `only` of the configuration file.
    #[arg(long, value_name = "SELECTOR", value_delimiter = ',')]
    pub(super) only: Vec<String>,
    /// Write nothing; exit with 1 if the output or the lock is out of date.
    #[arg(long)]
    pub(super) check: bool,
    /// Write nothing; print how the output would change.
    #[arg(long)]
    pub(super) diff: bool,
    /// Generate again whenever a schema or the configuration changes, until the program is interrupted.
    #[arg(long, conflicts_with_all = ["check", "diff"])]
    pub(super) watch: bool,
    /// Print only problems.
    #[arg(long, short)]
    pub(super) quiet: bool,
}

/// How schemas on the command line are read. For others, the configuration file says so.
#[derive(Debug, clap::Args)]
pub(super) struct Reading {
    /// The file for a schema location or for the namespace of an import. Can be given several times.
    #[arg(long = "location", value_name = "WHAT=FILE", requires = "schemas", value_parser = location)]
    pub(super) locations: Vec<(String, PathBuf)>,
    /// An OASIS XML catalog, which gives files for schema locations and namespaces. Can be given several times.
    #[arg(long = "catalog", value_name = "FILE", requires = "schemas")]
    pub(super) catalogs: Vec<PathBuf>,
    /// The lock that `xsdgen fetch` wrote, which gives files for URLs.
    #[arg(long = "fetched", value_name = "FILE", requires = "schemas", value_parser = fetched)]
    pub(super) fetched: Option<FetchLock>,
    /// A rule that the schemas may violate. Can be given several times.
    #[arg(long, value_name = "RULE", requires = "schemas", value_parser = rules())]
    pub(super) allow: Vec<String>,
}

impl Reading {
    /// Returns the settings that the arguments give.
    pub(super) fn settings(&self) -> Settings {
        let locations = self.locations.iter().cloned().collect();
        let fetched = self.fetched.clone().unwrap_or_default();
        Settings { locations, fetched, catalogs: self.catalogs.clone(), allow: self.allow.clone(), ..Settings::default() }
    }
}

/// Returns the rules that schemas may violate, each with what the bindings then do.
fn rules() -> clap::builder::PossibleValuesParser {
    RULES.iter().map(|rule| clap::builder::PossibleValue::new(rule.name).help(rule.effect)).collect::<Vec<_>>().into()
}

/// Reads a fetch lock.
fn fetched(path: &str) -> Result<FetchLock, String> {
    if !std::path::Path::new(path).is_file() {
        return Err("there is no such file".to_owned());
    }
    let read = FetchLock::read(path.as_ref());
    read.product.ok_or_else(|| read.diagnostics.iter().map(|d| d.message.clone()).collect::<Vec<_>>().join("; "))
}

/// The format of problems.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum Messages {
    /// For people, with the lines of the file.
    #[value(alias = "text")]
    Human,
    /// A JSON object per line.
    Json,
    /// Annotations of GitHub Actions.
    Github,
}

#[derive(Debug, clap::Args)]
#[command(after_help = EXIT)]
pub(super) struct Check {
    /// Schema files, folders or patterns.
    #[arg(value_name = "SCHEMA", required = true)]
    pub(super) schemas: Vec<String>,
    #[command(flatten)]
    pub(super) reading: Reading,
    /// Print only problems.
    #[arg(long, short)]
    pub(super) quiet: bool,
}

/// Lists the documents that schemas name by URL and where each is expected, with commands that download them. xsdgen itself downloads nothing.
///
/// The files that are there are read, and what they need in turn is listed too. Their hashes are recorded in xsdgen-fetch.lock, through which
/// `xsdgen generate` finds them.
#[derive(Debug, clap::Args)]
#[command(after_help = EXIT)]
pub(super) struct Fetch {
    /// Schema files, folders or patterns; without any, xsdgen.toml names them.
    #[arg(value_name = "SCHEMA", conflicts_with = "config")]
    pub(super) schemas: Vec<String>,
    /// The configuration file [default: xsdgen.toml here or in a folder above].
    #[arg(long, value_name = "FILE")]
    pub(super) config: Option<PathBuf>,
    /// The folder in which the documents are expected [default: vendor beside xsdgen.toml].
    #[arg(long, value_name = "DIR")]
    pub(super) dir: Option<PathBuf>,
    /// The lock to read and to write [default: xsdgen-fetch.lock beside xsdgen.toml].
    #[arg(long, value_name = "FILE")]
    pub(super) lock: Option<PathBuf>,
    #[command(flatten)]
    pub(super) reading: Reading,
    /// Accept files that have changed since they were recorded.
    #[arg(long, conflicts_with = "check")]
    pub(super) update: bool,
    /// Write nothing; exit with 1 if a document is missing or has changed, or the lock is out of date.
    #[arg(long)]
    pub(super) check: bool,
    /// Print only what is missing or has changed.
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
    /// Print only the names that were changed because of a conflict.
    #[arg(long)]
    pub(super) collisions: bool,
}

/// Brings the lock up to date: adds the names of new components and removes those of components that are gone. `xsdgen generate` does so too.
///
/// With --relock or --all, components get the names that they would have without the lock, and the bindings keep the old names of types as
/// deprecated aliases. Delete the line of an alias from the lock to remove it. Then run `xsdgen generate`.
#[derive(Debug, clap::Args)]
#[command(after_help = EXIT)]
pub(super) struct Lock {
    /// Schema files, folders or patterns; without any, xsdgen.toml names them.
    #[arg(value_name = "SCHEMA", conflicts_with = "config", requires = "lock")]
    pub(super) schemas: Vec<String>,
    /// The configuration file [default: xsdgen.toml here or in a folder above].
    #[arg(long, value_name = "FILE")]
    pub(super) config: Option<PathBuf>,
    /// The lock to read and to write [default: xsdgen.lock beside xsdgen.toml, and NAME.lock beside NAME.toml].
    #[arg(long, value_name = "FILE")]
    pub(super) lock: Option<PathBuf>,
    /// Give new names to the components that the selector matches. `prefix:type` is the type alone, `prefix:type/**` also what is in it. Can be
    /// given several times.
    #[arg(long, value_name = "SELECTOR")]
    pub(super) relock: Vec<String>,
    /// Give new names to all components and namespaces.
    #[arg(long, conflicts_with = "relock")]
    pub(super) all: bool,
    /// With --relock or --all: leave no aliases for the old names of types.
    #[arg(long)]
    pub(super) no_alias: bool,
    /// Write nothing; exit with 1 if the lock is out of date.
    #[arg(long)]
    pub(super) check: bool,
    /// Print only problems.
    #[arg(long, short)]
    pub(super) quiet: bool,
}

#[derive(Debug, clap::Args)]
#[command(after_help = EXIT)]
pub(super) struct Sample {
    /// The root element: a global element, as name, prefix:name or {namespace}name.
    #[arg(value_name = "ELEMENT")]
    pub(super) root: String,
    /// Schema files, folders or patterns; without any, xsdgen.toml names them.
    #[arg(value_name = "SCHEMA", conflicts_with = "config")]
    pub(super) schemas: Vec<String>,
    /// The configuration file [default: xsdgen.toml here or in a folder above]; its value types determine the texts.
    #[arg(long, value_name = "FILE")]
    pub(super) config: Option<PathBuf>,
    /// Write this type as xsi:type on the first element whose type it is derived from.
    #[arg(long = "type", value_name = "TYPE")]
    pub(super) derived: Option<String>,
    /// Include optional elements and attributes [default].
    #[arg(long, conflicts_with = "required_only")]
    pub(super) all_optional: bool,
    /// Include only required elements and attributes.
    #[arg(long)]
    pub(super) required_only: bool,
    /// The alternative that each choice takes, counted from 0; after the last one, counting starts again.
    #[arg(long, value_name = "N", alias = "seed", default_value_t = 0)]
    pub(super) variant: usize,
    /// The number of occurrences of repeatable elements.
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub(super) repeat: u64,
    /// The file to write instead of standard output.
    #[arg(long, value_name = "FILE")]
    pub(super) out: Option<PathBuf>,
}

/// Writes the JSON Schema of xsdgen.toml. Editors with a TOML plugin such as Taplo complete the file if its first line is `#:schema FILE` or
/// `#:schema URL`.
#[derive(Debug, clap::Args)]
#[command(after_help = EXIT)]
pub(super) struct ConfigSchema {
    /// The file to write instead of standard output.
    #[arg(long, short, value_name = "FILE")]
    pub(super) out: Option<PathBuf>,
}

#[derive(Debug, clap::Args)]
#[command(after_help = EXIT)]
pub(super) struct JsonSchema {
    /// Schema files, folders or patterns; without any, xsdgen.toml names them.
    #[arg(value_name = "SCHEMA", conflicts_with = "config")]
    pub(super) schemas: Vec<String>,
    /// The configuration file [default: xsdgen.toml here or in a folder above].
    #[arg(long, value_name = "FILE")]
    pub(super) config: Option<PathBuf>,
    /// The file to write instead of standard output.
    #[arg(long, short, value_name = "FILE")]
    pub(super) out: Option<PathBuf>,
}

#[derive(Debug, clap::Args)]
pub(super) struct Explain {
    /// The code, such as X0208 or XD0203, or the rule of the recommendation, such as cos-nonambig.
    #[arg(value_name = "CODE")]
    pub(super) code: String,
}

/// Parses a namespace or a schema location, and a file. A URI may contain `=`: the last one separates.
fn location(text: &str) -> Result<(String, PathBuf), String> {
    match text.rsplit_once('=') {
        Some((what, file)) if !file.is_empty() => Ok((what.to_owned(), PathBuf::from(file))),
        _ => Err("write the namespace or the schema location, `=`, and the path of a file".to_owned()),
    }
}

/// Parses the name of a crate.
fn crate_name(text: &str) -> Result<String, String> {
    let mut chars = text.chars();
    let first = chars.next().is_some_and(|c| c.is_ascii_alphabetic() || c == '_');
    if first && chars.all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_')) {
        Ok(text.to_owned())
    } else {
        Err("the name of a crate contains letters, digits, `-` and `_`, and begins with a letter or `_`".to_owned())
    }
}
