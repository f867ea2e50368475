//! `xsdgen generate`: brings an output folder up to date, or prints how it differs (`--check`, `--diff`).
//! `xsdgen::generate` runs the stages; `xsdgen::output` compares and writes.

use std::collections::BTreeSet;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use xsdgen::diagnostic::{Diagnostics, Staged};
use xsdgen::lock::Changes;
use xsdgen::output::{self, Comparison, State};
use xsdgen::settings::Settings;
use xsdgen::{Config, FileSet, Generated, Lock, diff};

use super::args::Generate;
use super::console::{Console, Ran};
use super::job::{self, Job, Locked, Summary};
use super::progress::Progress;
use super::{Outcome, check, plural, terminal, watch};

pub(super) const GREEN: &str = "\x1b[1;32m";
pub(super) const RED: &str = "\x1b[1;31m";
pub(super) const CYAN: &str = "\x1b[1;36m";
pub(super) const RESET: &str = "\x1b[0m";

/// The name of the configuration file.
pub(super) const CONFIG: &str = "xsdgen.toml";

/// A file with its expected contents.
pub(super) struct Target {
    pub(super) files: FileSet,
    pub(super) comparison: Comparison,
}

pub(super) fn run(args: &Generate, console: Console) -> Ran {
    if args.schemas.is_empty() && args.config.is_none() && find_config().is_none() {
        let message = format!("no schemas are given, and there is no `{CONFIG}` here or in a folder above");
        return Err(console.usage(message, Some("name schema files and `--out DIR`, or run `xsdgen init`")));
    }
    if args.watch { watch::run(args, console) } else { once(args, console, &mut |_| {}) }
}

/// Generates once. Passes the configuration and each schema document that is read or looked for to `read`.
pub(super) fn once(args: &Generate, console: Console, read: &mut dyn FnMut(&Path)) -> Ran {
    let progress = Progress::new("reading schemas", console, args.quiet);
    let job = if args.schemas.is_empty() { job::configured(args, read) } else { job::ad_hoc(args, read) };
    drop(progress);
    let job = console.take(job)?;
    let _access = console.take(output::exclusive(&job.out))?;
    let comparison = console.take(output::compare(&job.files, &job.out))?;
    let locks: Vec<Target> =
        job.locks.iter().map(|locked| console.take(compare_lock(&locked.path, &locked.lock))).collect::<Result<_, _>>()?;
    let quiet = args.quiet || !console.is_for_people();
    if !quiet {
        print_read(&job)?;
    }
    if args.check || args.diff {
        look(args, &job, &comparison, &locks, console)
    } else {
        console.take(update(&job, &comparison, &locks))?;
        if quiet { Ok(Outcome::Done) } else { print_written(&job, &comparison, &locks) }
    }
}

/// Compares the lock with its file.
pub(super) fn compare_lock(path: &Path, lock: &Lock) -> Staged<Target> {
    let text = lock.to_string();
    let Staged { product, diagnostics } = output::compare_file(path, &text);
    let target = |comparison: Comparison| {
        let files = comparison.entries.iter().map(|(name, _)| (name.clone(), text.clone())).collect();
        Target { files, comparison }
    };
    Staged { product: product.map(target), diagnostics }
}

/// Runs `--check` and `--diff`, which write nothing.
fn look(args: &Generate, job: &Job, comparison: &Comparison, locks: &[Target], console: Console) -> Ran {
    if args.diff {
        let mut text = Vec::new();
        diff::write(&job.files, comparison, &mut text)?;
        for lock in locks {
            diff::write(&lock.files, &lock.comparison, &mut text)?;
        }
        terminal::document(&text)?;
    }
    let behind: Vec<&Locked> =
        job.locks.iter().zip(locks).filter(|(_, lock)| !lock.comparison.is_fresh()).map(|(locked, _)| locked).collect();
    if comparison.is_fresh() && behind.is_empty() {
        if !args.quiet && console.is_for_people() {
            let files = plural(comparison.entries.len(), "file");
            writeln!(terminal::stderr(), "{GREEN}   fresh{RESET} {}: {files} up to date", shown(&job.out))?;
        }
        return Ok(Outcome::Done);
    }
    if !args.check {
        return Ok(Outcome::Done);
    }
    let message = format!("{} is out of date: {}", shown(&job.out), comparison.summary());
    let help = format!("run `{}`", job.command);
    if !console.is_for_people() {
        if !comparison.is_fresh() {
            console.problem(message, Some(&help))?;
        }
        behind.iter().try_for_each(|locked| console.problem(behind_message(&locked.path), Some(&help)))?;
        return Ok(Outcome::No);
    }
    let mut err = terminal::stderr();
    if !comparison.is_fresh() {
        writeln!(err, "{RED}error{RESET}: {message}")?;
        print_changes(comparison, ("missing", "orphaned"), &mut err)?;
    }
    for locked in behind {
        print_behind(&locked.path, &locked.changes, &mut err)?;
    }
    writeln!(err, "{CYAN}help{RESET}: {help}")?;
    Ok(Outcome::No)
}

/// Brings the output up to date.
fn update(job: &Job, comparison: &Comparison, locks: &[Target]) -> Staged<()> {
    let locks = locks.iter().map(|lock| (&lock.files, &lock.comparison));
    let folders: Vec<_> = [(&job.files, comparison)].into_iter().chain(locks).collect();
    output::write_all(&folders)
}

/// Prints which files changed.
fn print_written(job: &Job, comparison: &Comparison, locks: &[Target]) -> Ran {
    let mut err = terminal::stderr();
    print_changes(comparison, ("new", "removed"), &mut err)?;
    for lock in locks {
        print_changes(&lock.comparison, ("new", "removed"), &mut err)?;
    }
    let files = &job.files;
    let lines: usize = files.values().map(|text| text.lines().count()).sum();
    let size = format!("{}, {}", plural(files.len(), "file"), plural(lines, "line"));
    let unchanged = comparison.count(|s| *s == State::Unchanged);
    if comparison.is_fresh() {
        writeln!(err, "{GREEN}    done{RESET} {}: {size}; nothing changed, nothing written", shown(&job.out))?;
    } else {
        let changes = [
            (comparison.count(|s| *s == State::Missing), "new"),
            (comparison.count(|s| matches!(s, State::Changed(_))), "changed"),
            (comparison.count(|s| matches!(s, State::Orphaned(_))), "removed"),
            (unchanged, "unchanged"),
        ];
        let changes: Vec<String> = changes.iter().map(|(n, word)| format!("{n} {word}")).collect();
        writeln!(err, "{GREEN}    done{RESET} {}: {size}; {}", shown(&job.out), changes.join(", "))?;
    }
    Ok(Outcome::Done)
}

fn print_read(job: &Job) -> io::Result<()> {
    for Summary { version, read, collisions } in &job.read {
        let (documents, components) = (plural(read.documents, "schema file"), plural(read.components, "component"));
        let namespaces = plural(read.namespaces, "namespace");
        let source = version.as_ref().map_or_else(|| job.source.clone(), |version| format!("{} ({version})", job.source));
        writeln!(terminal::stderr(), "{GREEN}    read{RESET} {source}: {documents}, {components} in {namespaces}")?;
        match collisions.as_slice() {
            [] => {}
            [one] => writeln!(terminal::stderr(), "   names `{}` is {}: {} was taken", one.component, one.given, one.wanted)?,
            all => {
                let message = "names were changed because of conflicts: see `xsdgen names --collisions`";
                writeln!(terminal::stderr(), "   names {} {message}", all.len())?;
            }
        }
    }
    Ok(())
}

/// Prints the files that differ, one per line. `words` describe missing and orphaned files.
fn print_changes(comparison: &Comparison, words: (&str, &str), out: &mut dyn Write) -> io::Result<()> {
    for (path, state) in &comparison.entries {
        let word = match state {
            State::Unchanged => continue,
            State::Changed(_) => "changed",
            State::Missing => words.0,
            State::Orphaned(_) => words.1,
            State::Foreign(_) => "in the way",
        };
        writeln!(out, "{word:>8} {}", shown(&comparison.dir.join(path)))?;
    }
    Ok(())
}

/// The maximum number of lines of the lock that are printed.
const MOST_LINES: usize = 20;

/// Prints that the lock is out of date, with the lines that differ.
pub(super) fn print_behind(path: &Path, changes: &Changes, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{RED}error{RESET}: {}", behind_message(path))?;
    if path.exists() { print_lines(changes, out) } else { Ok(()) }
}

/// Returns what is wrong with a lock that is not as it should be.
pub(super) fn behind_message(path: &Path) -> String {
    format!("{} is {}", shown(path), if path.exists() { "out of date" } else { "missing" })
}

/// Prints the lines that the lock gains and loses.
pub(super) fn print_lines(changes: &Changes, out: &mut dyn Write) -> io::Result<()> {
    let removed = changes.removed.iter().map(|line| ('-', line));
    let lines = removed.chain(changes.added.iter().map(|line| ('+', line)));
    for (sign, line) in lines.clone().take(MOST_LINES) {
        writeln!(out, "       {sign} {line}")?;
    }
    match lines.count().saturating_sub(MOST_LINES) {
        0 => Ok(()),
        more => writeln!(out, "         and {more} more"),
    }
}

/// Returns a path with forward slashes.
pub(super) fn shown(path: &Path) -> String {
    path.display().to_string().replace(std::path::MAIN_SEPARATOR, "/")
}

/// Runs the next stage on the product of a stage, and collects the diagnostics of both.
pub(super) fn and_then<A, B>(first: Staged<A>, diagnostics: &mut Diagnostics, next: impl FnOnce(A) -> Staged<B>) -> Option<B> {
    diagnostics.extend(first.diagnostics);
    let next = next(first.product?);
    diagnostics.extend(next.diagnostics);
    next.product
}

/// Returns the schema files that the command line or the configuration names; none if there is a problem.
pub(super) fn schemas(args: &Generate) -> Vec<PathBuf> {
    let config = || Some(named(&Config::read(&config_path(args.config.as_deref())).product?));
    let found = if args.schemas.is_empty() { config() } else { check::files(&args.schemas).product };
    found.unwrap_or_default()
}

/// Returns the folders in which a new file can be one of the schema files.
pub(super) fn searched(args: &Generate) -> BTreeSet<PathBuf> {
    if args.schemas.is_empty() {
        Config::read(&config_path(args.config.as_deref())).product.map(|config| config.searched()).unwrap_or_default()
    } else {
        xsdgen::inputs::searched(Path::new(""), args.schemas.iter().map(String::as_str))
    }
}

/// Returns the schema files that a configuration names, in all of its versions.
fn named(config: &Config) -> Vec<PathBuf> {
    let versions: Vec<Config> = config.versions.iter().map(|version| config.of_version(version)).collect();
    let all = if versions.is_empty() { std::slice::from_ref(config) } else { &versions };
    all.iter().filter_map(|config| config.inputs().product).flatten().collect()
}

/// Returns the given configuration file, or the one that is found.
pub(super) fn config_path(named: Option<&Path>) -> PathBuf {
    named.map(Path::to_owned).or_else(find_config).unwrap_or_else(|| PathBuf::from(CONFIG))
}

/// Generates the bindings of the given schemas or of the configuration, and writes nothing.
pub(super) fn of(schemas: &[String], config: Option<&Path>) -> Staged<Generated> {
    let mut diagnostics;
    let product = if schemas.is_empty() {
        let read = Config::read(&config_path(config));
        diagnostics = read.diagnostics;
        read.product.map(|config| config.generate())
    } else {
        let files = check::files(schemas);
        diagnostics = files.diagnostics;
        files.product.map(|files| xsdgen::generate(&files, &Settings::default(), &Lock::default()))
    };
    let product = product.and_then(|made| {
        diagnostics.extend(made.diagnostics);
        made.product
    });
    Staged { product, diagnostics }
}

/// Finds `xsdgen.toml` in the working directory or in the nearest folder above it.
fn find_config() -> Option<PathBuf> {
    if Path::new(CONFIG).is_file() {
        return Some(PathBuf::from(CONFIG));
    }
    let here = std::env::current_dir().ok()?;
    here.ancestors().skip(1).map(|folder| folder.join(CONFIG)).find(|path| path.is_file())
}
