//! `cargo xtask gen`: generates the parts, lists the files that differ, and writes them.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::io::{self, Write as _};

use xsdgen::FileSet;
use xsdgen::output::{self, Comparison, State};
use xsdgen::{diff, report};

use super::{Part, Sources};
use crate::failure::product;
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
    command.args(flags.iter().filter(|(given, _)| *given).map(|(_, flag)| flag)).args(&options.others);
    Ok(cargo::run(&mut command)?.success())
}

fn print_read(options: &Options, sources: &Sources) -> Result<(), Failure> {
    let mut err = anstream::stderr().lock();
    let mut text = Vec::new();
    report::write(&sources.warnings, true, &mut text)?;
    err.write_all(&text)?;
    if options.quiet {
        return Ok(());
    }
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
