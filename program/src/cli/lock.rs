//! `xsdgen lock`: brings the lock up to date without writing the bindings, or gives components new names.

use std::io::Write;
use std::path::{Path, PathBuf};

use xsdgen::diagnostic::{Diagnostics, Span, Staged};
use xsdgen::lock::FILE;
use xsdgen::output;
use xsdgen::plan::Relock;
use xsdgen::settings::{Rule, Settings};
use xsdgen::{Config, Generated, Lock};

use super::args;
use super::console::{Console, Ran};
use super::generate::{CYAN, GREEN, RESET, and_then, behind_message, compare_lock, config_path, print_behind, print_lines, shown};
use super::{Outcome, check, plural, terminal};

/// The schemas, their settings, and the path of the lock.
struct Inputs {
    schemas: Vec<PathBuf>,
    settings: Settings,
    lock: PathBuf,
}

pub(super) fn run(args: &args::Lock, console: Console) -> Ran {
    let what = relock(args);
    if args.no_alias && what.is_none() {
        return Err(console.usage("`--no-alias` has no effect", Some("give `--relock SELECTOR` or `--all` too")));
    }
    let mut diagnostics = Diagnostics::new();
    let made = and_then(inputs(args), &mut diagnostics, |inputs| generate(inputs, what.as_ref(), !args.no_alias));
    let (path, generated) = console.take(Staged { product: made, diagnostics })?;
    let _access = console.take(output::exclusive(&path))?;
    let target = console.take(compare_lock(&path, &generated.lock))?;
    let quiet = args.quiet || !console.is_for_people();
    if target.comparison.is_fresh() {
        return fresh(quiet, &path, &generated);
    }
    if args.check {
        return behind(&path, &generated, console);
    }
    console.take(output::write(&target.files, &target.comparison))?;
    written_lock(quiet, &path, &generated)
}

/// Returns the components that get new names.
fn relock(args: &args::Lock) -> Option<Relock> {
    let rule = |text: &String| Rule { selector: text.clone(), value: (), span: Span::file("--relock") };
    match args.relock.as_slice() {
        _ if args.all => Some(Relock::All),
        [] => None,
        selectors => Some(Relock::Selected(selectors.iter().map(rule).collect())),
    }
}

fn inputs(args: &args::Lock) -> Staged<Inputs> {
    let mut diagnostics;
    let product = if args.schemas.is_empty() {
        let read = Config::read(&config_path(args.config.as_deref()));
        diagnostics = read.diagnostics;
        read.product.and_then(|config| {
            let files = config.inputs();
            diagnostics.extend(files.diagnostics);
            let lock = args.lock.clone().unwrap_or_else(|| config.lock_path());
            Some(Inputs { schemas: files.product?, settings: config.settings, lock })
        })
    } else {
        let files = check::files(&args.schemas);
        diagnostics = files.diagnostics;
        let lock = args.lock.clone().unwrap_or_else(|| PathBuf::from(FILE));
        files.product.map(|schemas| Inputs { schemas, settings: Settings::default(), lock })
    };
    Staged { product, diagnostics }
}

fn generate(inputs: Inputs, what: Option<&Relock>, aliases: bool) -> Staged<(PathBuf, Generated)> {
    let Inputs { schemas, settings, lock: path } = inputs;
    let mut diagnostics = Diagnostics::new();
    let product = and_then(Lock::read(&path), &mut diagnostics, |lock| match what {
        Some(what) => xsdgen::relock(&schemas, &settings, &lock, what, aliases),
        None => xsdgen::generate(&schemas, &settings, &lock),
    });
    Staged { product: product.map(|generated| (path, generated)), diagnostics }
}

fn fresh(quiet: bool, path: &Path, generated: &Generated) -> Ran {
    if !quiet {
        let names = plural(generated.lock.entries.len(), "name");
        writeln!(terminal::stderr(), "{GREEN}   fresh{RESET} {}: {names}; nothing changed", shown(path))?;
    }
    Ok(Outcome::Done)
}

fn behind(path: &Path, generated: &Generated, console: Console) -> Ran {
    let help = "run the same command without `--check`";
    if !console.is_for_people() {
        console.problem(behind_message(path), Some(help))?;
        return Ok(Outcome::No);
    }
    let mut err = terminal::stderr();
    print_behind(path, &generated.lock_changes, &mut err)?;
    writeln!(err, "{CYAN}help{RESET}: {help}")?;
    Ok(Outcome::No)
}

fn written_lock(quiet: bool, path: &Path, generated: &Generated) -> Ran {
    if quiet {
        return Ok(Outcome::Done);
    }
    let mut err = terminal::stderr();
    print_lines(&generated.lock_changes, &mut err)?;
    let (added, removed) = (plural(generated.lock_changes.added.len(), "new line"), generated.lock_changes.removed.len());
    let names = plural(generated.lock.entries.len(), "name");
    writeln!(err, "{GREEN}    done{RESET} {}: {names}; {added}, {removed} removed", shown(path))?;
    writeln!(err, "{CYAN}help{RESET}: run `xsdgen generate` to bring the bindings up to date")?;
    Ok(Outcome::Done)
}
