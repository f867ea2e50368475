//! Reads the two sides of a comparison: schema files, folders, configurations, or one of these at a git revision.

use std::io;
use std::path::{Path, PathBuf};

use xsdgen::compare::{Accepted, Comparison, Input, Side};
use xsdgen::diagnostic::{Diagnostic, Diagnostics, Span, Staged};
use xsdgen::plan::{ValueExamples, examples};
use xsdgen::review::{self, Review};
use xsdgen::settings::Settings;
use xsdgen::{Config, Lock, Planned};

use super::git::{self, Extract};
use crate::cli::check;
use crate::cli::console::{Console, Stop};
use crate::cli::progress::Progress;

/// A side of a comparison, as the command line names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::cli) enum Spec {
    /// Files, folders, patterns or a configuration in the working tree.
    Files(Vec<String>),
    /// The same at a git revision.
    Revision(String, Vec<String>),
}

/// A side that was read.
pub(in crate::cli) struct Read {
    planned: Planned,
    /// The settings that its bindings were planned with, and the lock.
    with: Names,
    /// The folder that a revision was extracted to, and what its files are called instead.
    extract: Option<Extract>,
}

impl Spec {
    /// Returns the name of the side, as it would be written on the command line.
    pub(in crate::cli) fn name(&self) -> String {
        match self {
            Spec::Files(paths) => paths.join(" "),
            Spec::Revision(name, paths) => {
                format!("{name}:{}", paths.iter().map(|path| path.trim_start_matches("./")).collect::<Vec<_>>().join(" "))
            }
        }
    }
}

/// The settings and the lock that give the Rust names.
#[derive(Debug, Clone, Default)]
pub(in crate::cli) struct Names {
    pub(in crate::cli) settings: Settings,
    pub(in crate::cli) lock: Lock,
}

impl Names {
    /// Reads a configuration and its lock, to use them for any side.
    pub(in crate::cli) fn read(config: &Path) -> Staged<Names> {
        join(Config::read(config), |config| {
            let lock = Lock::read(&config.lock_path());
            let settings = Settings { partial: true, ..config.settings };
            Staged { product: lock.product.map(|lock| Names { settings, lock }), diagnostics: lock.diagnostics }
        })
    }
}

impl Read {
    pub(in crate::cli) fn names(&self) -> &Names {
        &self.with
    }

    /// Returns sample texts for the value types of the settings.
    pub(in crate::cli) fn examples(&self) -> ValueExamples {
        examples(&self.planned.model, &self.with.settings, &self.with.lock)
    }
}

/// Splits the name off an argument such as `9.0=xsd`. What exists is a file, even if its name contains `=`.
pub(in crate::cli) fn named(text: &str) -> (Option<&str>, &str) {
    match text.split_once('=') {
        Some((name, side)) if !name.is_empty() && !side.is_empty() && !name.contains([':', '/', '\\']) && !Path::new(text).exists() => {
            (Some(name), side)
        }
        _ => (None, text),
    }
}

/// Returns both sides that the arguments name.
pub(in crate::cli) fn pair(sides: &[String], paths: &[String]) -> Result<(Spec, Spec), String> {
    match (sides, paths) {
        ([old, new], []) => Ok((spec(old), spec(new))),
        ([one], []) if one.contains("..") => Err(format!("`{one}` needs a path: write `{one} -- PATH`")),
        ([_], []) => Err("there is no new side: write `OLD NEW`, or `REVISION -- PATH`".to_owned()),
        ([range], paths) => Ok(match range.split_once("..") {
            Some((old, new)) => (revision(old, paths), revision(new.trim_start_matches('.'), paths)),
            None => (revision(range, paths), Spec::Files(paths.to_vec())),
        }),
        (_, []) => Err("there are more than two sides: write `OLD NEW`".to_owned()),
        _ => Err("paths after `--` need one revision, or two as `OLD..NEW`".to_owned()),
    }
}

/// Returns a side with paths relative to the working directory at a revision; without a name, the revision is `HEAD`, as for git.
pub(in crate::cli) fn revision(name: &str, paths: &[String]) -> Spec {
    let name = if name.is_empty() { "HEAD" } else { name };
    Spec::Revision(name.to_owned(), paths.iter().map(|path| format!("./{path}")).collect())
}

/// Returns the side that an argument names. What exists is a file, even if its name looks like a revision.
pub(in crate::cli) fn spec(text: &str) -> Spec {
    match text.split_once(':') {
        Some((name, path)) if name.len() > 1 && !Path::new(text).exists() => Spec::Revision(name.to_owned(), vec![path.to_owned()]),
        _ => Spec::Files(vec![text.to_owned()]),
    }
}

/// Reads sides, with the names of a configuration if there is one, and prints the problems of all.
pub(in crate::cli) fn read_all(specs: &[Spec], config: Option<&Path>, console: Console) -> Result<Vec<Read>, Stop> {
    let names = config.map(|config| console.take(Names::read(config))).transpose()?;
    let (mut sides, mut failed) = (Vec::new(), None);
    for spec in specs {
        let progress = Progress::new("reading schemas", console, false);
        let side = read(spec, names.as_ref())?;
        drop(progress);
        match console.take(side) {
            Ok(side) => sides.push(side),
            Err(Stop::Ended(outcome)) => failed = failed.or(Some(outcome)),
            Err(stop) => return Err(stop),
        }
    }
    failed.map_or(Ok(sides), |outcome| Err(Stop::Ended(outcome)))
}

/// Reads a side up to the plan of its bindings. `names` takes precedence over a configuration that is the side, except for how schemas are read.
pub(in crate::cli) fn read(spec: &Spec, names: Option<&Names>) -> io::Result<Staged<Read>> {
    match spec {
        Spec::Files(paths) => Ok(planned(paths, names)),
        Spec::Revision(name, paths) => match git::extract(name, paths)? {
            Ok((extract, paths)) => {
                let made = planned(&paths, names);
                let diagnostics = renamed(made.diagnostics, &extract);
                let product = made.product.map(|read| Read { extract: Some(extract), ..read });
                Ok(Staged { product, diagnostics })
            }
            Err(problem) => Ok(Staged { product: None, diagnostics: problem }),
        },
    }
}

fn planned(paths: &[String], names: Option<&Names>) -> Staged<Read> {
    if let [one] = paths
        && Path::new(one).extension().is_some_and(|extension| extension == "toml")
    {
        return configured(Path::new(one), names);
    }
    let with = names.cloned().unwrap_or_default();
    join(check::files(paths), |files| with_names(&files, with))
}

/// Reads the schemas of a configuration, whatever its file is called.
pub(in crate::cli) fn configured(path: &Path, names: Option<&Names>) -> Staged<Read> {
    join(Config::read(path), |config| {
        // The lock beside the configuration gives the names that the bindings of that side have.
        let with = match names {
            Some(names) => {
                let Settings { locations, catalogs, fetched, allow, .. } = config.settings.clone();
                let settings = Settings { locations, catalogs, fetched, allow, ..names.settings.clone() };
                Staged { product: Some(Names { settings, lock: names.lock.clone() }), diagnostics: Diagnostics::new() }
            }
            None => {
                let lock = Lock::read(&config.lock_path());
                let settings = config.settings.clone();
                Staged { product: lock.product.map(|lock| Names { settings, lock }), diagnostics: lock.diagnostics }
            }
        };
        join(with, |with| join(config.inputs(), |files: Vec<PathBuf>| with_names(&files, with)))
    })
}

fn with_names(files: &[PathBuf], with: Names) -> Staged<Read> {
    let Staged { product, diagnostics } = xsdgen::planned(files, &with.settings, &with.lock);
    Staged { product: product.map(|planned| Read { planned, with, extract: None }), diagnostics }
}

/// Runs the next stage on the product of the previous one.
fn join<A, B>(first: Staged<A>, next: impl FnOnce(A) -> Staged<B>) -> Staged<B> {
    let mut diagnostics = first.diagnostics;
    let product = first.product.and_then(|product| {
        let made = next(product);
        diagnostics.extend(made.diagnostics);
        made.product
    });
    Staged { product, diagnostics }
}

/// Compares two sides, and gives files of revisions their names in git.
pub(in crate::cli) fn compare(old: &Read, new: &Read) -> Comparison {
    let mut comparison = xsdgen::compare::compare(input(&old.planned), input(&new.planned));
    for change in &mut comparison.changes {
        name_side(change.old.as_mut(), old.extract.as_ref());
        name_side(change.new.as_mut(), new.extract.as_ref());
    }
    comparison
}

/// Files the differences of the bindings under the changes of the schemas, and gives files of revisions their names in git.
pub(in crate::cli) fn review(old: &Read, new: &Read, names: (&str, &str), accepted: Option<&Accepted>) -> Staged<Review> {
    let mut comparison = xsdgen::compare::compare(input(&old.planned), input(&new.planned));
    let mut diagnostics = accepted.map(|accepted| accepted.apply(&mut comparison.changes)).unwrap_or_default();
    let files = match (xsdgen::render(&old.planned.ir), xsdgen::render(&new.planned.ir)) {
        (Ok(old), Ok(new)) => (old, new),
        (Err(faults), _) | (_, Err(faults)) => {
            diagnostics.extend(faults);
            return Staged { product: None, diagnostics };
        }
    };
    let from = review::Reviewed { name: names.0, input: input(&old.planned), files: &files.0 };
    let to = review::Reviewed { name: names.1, input: input(&new.planned), files: &files.1 };
    let mut made = review::review(&comparison, from, to);
    let name = |read: &Read, path: &str| read.extract.as_ref().map_or_else(|| path.to_owned(), |extract| extract.name(path));
    made.rename_files(&|path| name(old, path), &|path| name(new, path));
    Staged { product: Some(made), diagnostics }
}

/// Compares two versions of a file, which is called `path` on both sides.
pub(in crate::cli) fn versions(old: &Planned, new: &Planned, path: &str) -> Comparison {
    let mut comparison = xsdgen::compare::compare(input(old), input(new));
    let sides = comparison.changes.iter_mut().flat_map(|change| change.old.iter_mut().chain(change.new.iter_mut()));
    sides.filter(|side| side.file.ends_with(path)).for_each(|side| path.clone_into(&mut side.file));
    comparison
}

fn input(planned: &Planned) -> Input<'_> {
    Input { model: &planned.model, ir: &planned.ir }
}

impl Read {
    /// Returns the components and the plan of the side.
    pub(in crate::cli) fn input(&self) -> Input<'_> {
        input(&self.planned)
    }
}

fn name_side(side: Option<&mut Side>, extract: Option<&Extract>) {
    if let (Some(side), Some(extract)) = (side, extract) {
        side.file = extract.name(&side.file);
    }
}

/// Returns the diagnostics with the names that the files have in git.
fn renamed(diagnostics: Diagnostics, extract: &Extract) -> Diagnostics {
    let place = |span: &Span| span.shown_as(extract.name(span.path()));
    let mut out = Diagnostics::new();
    for diagnostic in diagnostics {
        let related = diagnostic.related.iter().map(|(span, why)| (place(span), why.clone())).collect();
        let message = extract.name(&diagnostic.message);
        out.push(Diagnostic { span: place(&diagnostic.span), related, message, ..diagnostic });
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn strings(list: &[&str]) -> Vec<String> {
        list.iter().map(|text| (*text).to_owned()).collect()
    }

    #[test]
    fn sides_are_files_or_revisions() {
        let at = |name: &str, path: &str| Spec::Revision(name.to_owned(), strings(&[path]));
        let files = |path: &str| Spec::Files(strings(&[path]));
        let of = |sides: &[&str], paths: &[&str]| pair(&strings(sides), &strings(paths));
        assert_eq!(of(&["HEAD~1:xsd", "xsd"], &[]), Ok((at("HEAD~1", "xsd"), files("xsd"))));
        assert_eq!(of(&["C:\\xsd", "b"], &[]), Ok((files("C:\\xsd"), files("b"))));
        assert_eq!(of(&["v8..v9"], &["xsd"]), Ok((at("v8", "./xsd"), at("v9", "./xsd"))));
        assert_eq!(of(&["v8...v9"], &["xsd"]), Ok((at("v8", "./xsd"), at("v9", "./xsd"))));
        assert_eq!(of(&["v8.."], &["xsd"]), Ok((at("v8", "./xsd"), at("HEAD", "./xsd"))));
        assert_eq!(of(&["v8"], &["xsd"]), Ok((at("v8", "./xsd"), files("xsd"))));
        assert_eq!(named("9.0=xsd"), (Some("9.0"), "xsd"));
        assert_eq!(named("v8=v8:xsd"), (Some("v8"), "v8:xsd"));
        for unnamed in ["xsd", "=xsd", "xsd=", "v8:a=b", "a/b=c"] {
            assert_eq!(named(unnamed), (None, unnamed));
        }
        for (sides, paths) in [(&["a"][..], &[][..]), (&["a..b"], &[]), (&["a", "b", "c"], &[]), (&["a", "b"], &["c"])] {
            assert!(of(sides, paths).is_err(), "{sides:?} {paths:?}");
        }
    }
}
