//! `xsdgen diff`: compares two schema sets and prints what changed.

mod deny;
mod driver;
mod git;
pub(super) mod sides;
mod since;

use std::collections::HashSet;
use std::io::{self, Write};

use xsdgen::compare::present::{github, json, markdown, text};
use xsdgen::compare::rust::Level;
use xsdgen::compare::{Accepted, Change, Comparison, Fingerprint};

pub(super) use self::deny::Denied;

use super::args::{Diff, Format};
use super::console::{Console, Ran};
use super::progress::Progress;
use super::{Outcome, terminal};

pub(super) fn run(args: &Diff, console: Console) -> Ran {
    if args.git_driver {
        return driver::run(args, console);
    }
    if args.since {
        return since::run(args, console);
    }
    let (old, new) = sides::pair(&args.sides, &args.paths).map_err(|why| console.usage(why, None))?;
    let read = sides::read_all(&[old, new], args.config.as_deref(), console)?;
    let [from, to] = read.as_slice() else { return Ok(Outcome::Usage) };
    let progress = Progress::new("comparing schemas", console, false);
    let mut comparison = sides::compare(from, to);
    drop(progress);
    if let Some(path) = &args.accept {
        let accepted = console.take(Accepted::read(path))?;
        console.tell(accepted.apply(&mut comparison.changes))?;
    }
    let denied = deny::denied(&comparison, &args.deny);
    print(&comparison, args, &denied.changes)?;
    Ok(if denied.is_empty() { Outcome::Done } else { Outcome::No })
}

/// Prints a comparison in one piece.
fn print(comparison: &Comparison, args: &Diff, denied: &HashSet<Fingerprint>) -> io::Result<()> {
    let mut out = Vec::new();
    match args.format {
        Format::Text => text::write(comparison, args.documentation, &mut out)?,
        Format::Markdown => markdown::write(comparison, args.documentation, &mut out)?,
        Format::Json => json::write(comparison, &mut out)?,
        Format::Github => {
            let breaking: HashSet<Fingerprint> = breaking(comparison);
            let severity = |change: &Change| match () {
                () if denied.contains(&change.fingerprint) => github::Severity::Error,
                () if breaking.contains(&change.fingerprint) && change.accepted.is_none() => github::Severity::Warning,
                () => github::Severity::Notice,
            };
            github::write(comparison, args.documentation, &severity, &mut out)?;
        }
    }
    if args.format == Format::Text { terminal::stdout().write_all(&out) } else { terminal::document(&out) }
}

/// Returns the changes that break Rust code.
fn breaking(comparison: &Comparison) -> HashSet<Fingerprint> {
    let changes = comparison.verdicts.rust.changes.iter().filter(|change| change.rule.level == Level::Major);
    changes.flat_map(|change| &change.causes).copied().collect()
}
