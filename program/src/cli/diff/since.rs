//! `xsdgen diff --since`: prints the `[since]` entries of a configuration, from a series of releases.

use xsdgen::compare::present::since::toml;
use xsdgen::compare::since::{Release, since};
use xsdgen::model::ComponentPath;
use xsdgen::plan;

use super::sides::{self, Spec};
use crate::cli::args::Diff;
use crate::cli::console::{Console, Ran};
use crate::cli::{Outcome, write_text};

pub(super) fn run(args: &Diff, console: Console) -> Ran {
    let releases = match args.sides.iter().map(|side| release(side, &args.paths)).collect::<Result<Vec<_>, _>>() {
        Ok(releases) if releases.len() > 1 => releases,
        Ok(_) => {
            let help = "write `xsdgen diff --since NAME=SIDE NAME=SIDE ...`, the oldest first";
            return Err(console.usage("one release alone shows nothing", Some(help)));
        }
        Err(why) => return Err(console.usage(why, None)),
    };
    let (names, specs): (Vec<String>, Vec<Spec>) = releases.into_iter().unzip();
    let read = sides::read_all(&specs, args.config.as_deref(), console)?;
    let pairs = read.iter().zip(read.iter().zip(&names).skip(1));
    let steps = pairs.map(|(old, (new, name))| {
        let comparison = sides::compare(old, new);
        Release { name: name.clone(), old: old.input(), new: new.input(), comparison }
    });
    let entries = since(&steps.collect::<Vec<_>>());
    let Some(last) = read.last() else { return Ok(Outcome::Usage) };
    let paths: Vec<ComponentPath> = entries.iter().map(|entry| entry.path.clone()).collect();
    let used = plan::documents_since(last.input().model, &last.names().settings, &last.names().lock, &paths);
    write_text(None, &toml(&names, &entries, &used), console)
}

/// Returns the name of a release, and its schemas. The name of a revision is that of the release, unless it has another one.
fn release(text: &str, paths: &[String]) -> Result<(String, Spec), String> {
    let (name, side) = sides::named(text);
    let spec = if paths.is_empty() { sides::spec(side) } else { sides::revision(side, paths) };
    match (name, &spec) {
        (Some(name), _) => Ok((name.to_owned(), spec)),
        (None, Spec::Revision(revision, _)) => Ok((revision.clone(), spec)),
        (None, Spec::Files(_)) => Err(format!("the release `{side}` has no name: write `NAME={side}`")),
    }
}
