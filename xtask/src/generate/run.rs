//! `cargo xtask gen`: generates the parts, lists the files that differ, and writes them.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::io::{self, Write as _};

use xsdgen::FileSet;
use xsdgen::diagnostic::{Code, Diagnostic, Diagnostics, Severity, Span};
use xsdgen::diff;
use xsdgen::output::{self, Comparison, State};

use super::{Part, Sources};
use crate::failure::product;
use crate::messages::Messages;
use crate::{Failure, cargo, files};

const GREEN: &str = "\x1b[1;32m";
const RED: &str = "\x1b[1;31m";
const CYAN: &str = "\x1b[1;36m";
const RESET: &str = "\x1b[0m";

/// The arguments of `cargo xtask gen`.
#[derive(Debug, Clone, Default, clap::Args)]
pub struct Options {
    /// Write nothing; list the files that would change, and exit with 1 if there are any.
    #[arg(long)]
    pub check: bool,
    /// Write nothing; print how the files would change.
    #[arg(long)]
    pub diff: bool,
    /// Print only problems.
    #[arg(long, short)]
    pub quiet: bool,
    /// The form of problems.
    #[arg(long, value_name = "FORMAT", value_enum, default_value = "human")]
    pub message_format: Messages,
    /// Make warnings errors.
    #[arg(short = 'D', value_name = "WHAT", value_parser = ["warnings"])]
    pub deny: Option<String>,
    /// Generate only these parts.
    #[arg(long, value_name = "PART", value_delimiter = ',')]
    pub only: Vec<Part>,
    /// Other arguments of `xsdgen generate`, such as `--out DIR`. With any of them, the command only runs `xsdgen generate` with all arguments.
    #[arg(value_name = "ARGUMENT", trailing_var_arg = true, allow_hyphen_values = true)]
    pub others: Vec<OsString>,
}

/// Generates all parts and brings their files up to date, or only compares them. Returns whether the command succeeds: `--check` fails if it
/// finds a difference.
///
/// # Errors
///
/// A part cannot be generated or written. No file is changed then.
pub fn run(options: &Options) -> Result<bool, Failure> {
    if !options.others.is_empty() {
        return hand_on(options);
    }
    let root = crate::root();
    std::env::set_current_dir(&root).map_err(|why| Failure::io("enter", &root, &why))?;
    let sources = Sources::read()?;
    print_read(options, &sources)?;
    let parts: Vec<Part> = Part::ALL.into_iter().filter(|part| options.only.is_empty() || options.only.contains(part)).collect();
    let made = parts.into_iter().map(|part| part.files(&sources)).collect::<Result<Vec<_>, _>>()?;
    let _access = product(output::exclusive("".as_ref()))?;
    let (mut wanted, mut states) = (FileSet::new(), BTreeMap::new());
    for made in made {
        states.extend(files::compare("".as_ref(), &made)?);
        wanted.extend(made.wanted);
    }
    let comparison = Comparison { dir: "".into(), entries: states.clone().into_iter().collect() };
    if options.diff {
        let mut text = Vec::new();
        diff::write(&wanted, &comparison, &mut text)?;
        match anstream::stdout().lock().write_all(&text) {
            // The reader closed the pipe, as in `cargo gen --diff | head`.
            Err(why) if why.kind() == io::ErrorKind::BrokenPipe => {}
            printed => printed?,
        }
    }
    let only_look = options.check || options.diff;
    if !only_look {
        files::write("".as_ref(), &wanted, states)?;
    }
    if options.message_format != Messages::Human {
        return conclude_for_programs(options, &comparison);
    }
    if !options.quiet || options.check {
        print_changes(&comparison)?;
    }
    conclude(options, only_look, &comparison)
}

/// Runs `xsdgen generate` with all arguments.
fn hand_on(options: &Options) -> Result<bool, Failure> {
    let mut command = std::process::Command::new(cargo::xsdgen()?);
    command.arg("generate");
    let flags = [(options.check, "--check"), (options.diff, "--diff"), (options.quiet, "--quiet")];
    command.args(flags.iter().filter(|(given, _)| *given).map(|(_, flag)| flag));
    command.args(["--message-format", options.message_format.word()]);
    command.args(options.deny.iter().flat_map(|what| ["-D", what])).args(&options.others);
    Ok(cargo::run(&mut command)?.success())
}

fn print_read(options: &Options, sources: &Sources) -> Result<(), Failure> {
    if options.deny.is_some() && sources.warnings.iter().next().is_some() {
        let errors = sources.warnings.iter().map(|warning| Diagnostic { severity: Severity::Error, ..warning.clone() });
        return Err(Failure::Diagnostics(errors.collect()));
    }
    options.message_format.print(&sources.warnings)?;
    if options.quiet || options.message_format != Messages::Human {
        return Ok(());
    }
    let mut err = anstream::stderr().lock();
    let read = sources.generated.read;
    writeln!(
        err,
        "{GREEN}    read{RESET} xsdgen.toml: {} schema files, {} components in {} namespaces",
        read.documents, read.components, read.namespaces
    )?;
    match sources.generated.collisions.len() {
        0 => {}
        number => writeln!(err, "   names {number} names were changed because of conflicts: see `cargo xsdgen names --collisions`")?,
    }
    Ok(())
}

/// Prints the files that differ, one per line.
fn print_changes(comparison: &Comparison) -> Result<(), Failure> {
    let mut err = anstream::stderr().lock();
    for (path, state) in &comparison.entries {
        let word = match state {
            State::Unchanged => continue,
            State::Changed(_) => "changed",
            State::Missing => "added",
            State::Orphaned(_) => "removed",
            State::Foreign(_) => "in the way",
        };
        writeln!(err, "{word:>8} {path}")?;
    }
    Ok(())
}

/// Prints a problem for each file that is out of date, if that is an error, and returns whether the command succeeds.
fn conclude_for_programs(options: &Options, comparison: &Comparison) -> Result<bool, Failure> {
    let differ = comparison.entries.iter().filter(|(_, state)| options.check && *state != State::Unchanged);
    let problem = |(path, _): &(String, State)| {
        Diagnostic::error(Code { id: "", rule: "" }, Span::file(path.as_str()), "the file is out of date").with_help("run `cargo gen`")
    };
    let problems: Diagnostics = differ.map(problem).collect();
    options.message_format.print(&problems)?;
    Ok(!problems.has_errors())
}

/// Prints the last line, and returns whether the command succeeds.
fn conclude(options: &Options, only_look: bool, comparison: &Comparison) -> Result<bool, Failure> {
    let mut err = anstream::stderr().lock();
    let files = comparison.entries.len();
    let fresh = comparison.is_fresh();
    if options.check && !fresh {
        let differ = comparison.count(|state| *state != State::Unchanged);
        let (noun, verb) = if differ == 1 { ("file", "is") } else { ("files", "are") };
        writeln!(err, "{RED}error{RESET}: {differ} {noun} of {files} {verb} out of date\n{CYAN}help{RESET}: run `cargo gen`")?;
        return Ok(false);
    }
    if options.quiet {
        return Ok(true);
    }
    match (only_look, fresh) {
        (true, true) => writeln!(err, "{GREEN}   fresh{RESET} {files} files are up to date")?,
        (false, true) => writeln!(err, "{GREEN}    done{RESET} {files} files; nothing changed, nothing written")?,
        (_, false) => {
            let counts = [
                (comparison.count(|state| *state == State::Missing), "added"),
                (comparison.count(|state| matches!(state, State::Changed(_))), "changed"),
                (comparison.count(|state| matches!(state, State::Orphaned(_))), "removed"),
                (comparison.count(|state| *state == State::Unchanged), "unchanged"),
            ];
            let counts = counts.map(|(number, word)| format!("{number} {word}")).join(", ");
            let word = if only_look { "   would" } else { "    done" };
            writeln!(err, "{GREEN}{word}{RESET} {counts}")?;
        }
    }
    Ok(true)
}
