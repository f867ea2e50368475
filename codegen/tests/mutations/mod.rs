//! Random changes of schema sets: neutral ones change no line of the bindings, and growing ones rename nothing.

#![allow(clippy::expect_used, clippy::panic, reason = "a failed test panics")]

mod growing;
mod neutral;
mod random;
mod set;

use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use xsdgen::diagnostic::{Diagnostics, Severity};
use xsdgen::lock::Role;
use xsdgen::model::ComponentPath;
use xsdgen::model::path::Step;
use xsdgen::{Generated, Lock};

use growing::GROWING;
use neutral::NEUTRAL;
use random::Random;
use set::Files;
pub(crate) use set::Set;

/// The environment variable for the number of trials.
const TRIALS: &str = "XSDGEN_MUTATIONS";

/// The environment variable for a folder to which some of the changed bindings are written, to compile them.
const KEEP: &str = "XSDGEN_MUTATION_KEEP";

/// Returns the number of trials: that of the environment, or else the given one.
pub(crate) fn trials(usual: usize) -> usize {
    std::env::var(TRIALS).ok().and_then(|text| text.parse().ok()).unwrap_or(usual)
}

/// A set with its bindings and its lock.
struct Base {
    set: Set,
    generated: Generated,
}

/// Runs trials over the sets in these folders. Sets that are not accepted are left out.
pub(crate) fn run(folders: &[PathBuf], work: &Path, count: usize) {
    let sets = folders.iter().map(|dir| Set::read(dir, work)).filter(|set| !set.files.texts.is_empty());
    let bases: Vec<Base> = sets.filter_map(base).collect();
    assert!(!bases.is_empty(), "no schema set");
    let mut done: BTreeMap<&str, usize> = BTreeMap::new();
    let mut failures = Vec::new();
    for seed in 0..count {
        let base = bases.get(seed % bases.len()).expect("a base");
        match trial(base, seed as u64) {
            Ok(names) => names.into_iter().for_each(|name| *done.entry(name).or_default() += 1),
            Err(why) => failures.push(format!("{} with seed {seed}: {why}", base.set.name)),
        }
    }
    writeln!(std::io::stderr(), "{count} trials over {} sets: {done:?}", bases.len()).expect("written");
    assert!(
        failures.is_empty(),
        "{} of {count} trials failed\n{}",
        failures.len(),
        failures.iter().take(12).cloned().collect::<Vec<_>>().join("\n")
    );
    let accepted = count.saturating_sub(done.get("refused").copied().unwrap_or_default());
    assert!(accepted * 2 >= count, "most changed schemas are refused: {done:?}");
}

fn base(set: Set) -> Option<Base> {
    let fresh = set.generate(&set.files, &Lock::default()).product?;
    let generated = set.generate(&set.files, &fresh.lock).product?;
    assert!(fresh.files == generated.files && fresh.lock == generated.lock, "{}: its own lock changes the bindings", set.name);
    Some(Base { set, generated })
}

/// Changes a set once or several times, and compares the bindings. Returns the names of the changes.
fn trial(base: &Base, seed: u64) -> Result<Vec<&'static str>, String> {
    let mut random = Random::new(seed);
    let mut files = base.set.files.clone();
    let neutral = random.below(5) < 2;
    let mut names = Vec::new();
    for _ in 0..=random.below(3) {
        let list = if neutral { NEUTRAL } else { GROWING };
        let paths: Vec<String> = files.texts.keys().cloned().collect();
        let (Some((name, mutation)), Some(path)) = (random.of(list), random.of(&paths)) else { continue };
        if mutation(&mut files, path, &mut random) {
            names.push(*name);
        }
    }
    let made = base.set.generate(&files, &base.generated.lock);
    let Some(new) = made.product else {
        return match neutral {
            true => Err(format!("{names:?}: refused\n{}", said(&made.diagnostics))),
            false => Ok(vec!["refused"]),
        };
    };
    let result = if neutral { same(&base.generated, &new) } else { grown(base, &files, &new, &made.diagnostics) };
    if seed % 50 == 7 {
        keep(base, &new, seed);
    }
    result.map_err(|why| format!("{names:?}: {why}")).map(|()| names)
}

fn said(diagnostics: &Diagnostics) -> String {
    diagnostics.iter().map(|d| format!("{}: {}: {}\n", d.span, d.code, d.message)).collect()
}

/// Compares two generations. The names of the schema files stand in the comment at the top of a file.
fn same(old: &Generated, new: &Generated) -> Result<(), String> {
    if old.lock != new.lock {
        return Err(format!("the lock changes: {:?}", new.lock_changes));
    }
    let lines = |text: &str| -> Vec<String> { text.lines().filter(|line| !line.starts_with("// Schema: ")).map(str::to_owned).collect() };
    for (file, text) in &old.files {
        let other = new.files.get(file).ok_or_else(|| format!("{file} is missing"))?;
        let (one, two) = (lines(text), lines(other));
        if one != two {
            let first = one.iter().zip(&two).find(|(one, two)| one != two);
            return Err(format!("{file} changes: {first:?}, {} and {} lines", one.len(), two.len()));
        }
    }
    if old.files.len() == new.files.len() { Ok(()) } else { Err("there are other files".to_owned()) }
}

/// Returns the path without the parts that have no name.
fn without_groups(path: &ComponentPath) -> ComponentPath {
    let mut path = path.clone();
    path.steps.retain(|step| !matches!(step, Step::Part(..)));
    path
}

/// Checks that everything in the lock has its name, and that the new lock changes nothing.
fn grown(base: &Base, files: &Files, new: &Generated, diagnostics: &Diagnostics) -> Result<(), String> {
    let forced = diagnostics.iter().any(|d| d.code.id == "X0865");
    for (key, entry) in &base.generated.lock.entries {
        match new.lock.entries.get(key) {
            Some(found) if (&found.module, &found.name) == (&entry.module, &entry.name) => {}
            // A static is there if the type has facets, and a field that becomes a variant has another case.
            Some(found) if found.form != entry.form && forced => {}
            Some(found) => return Err(format!("`{}` is {}, not {}", key.path, found.rust(), entry.rust())),
            // An element in another model group is reported, as are the group's own names.
            None if key.role == Role::Member
                && forced
                && new.lock.entries.keys().any(|other| without_groups(&other.path) == without_groups(&key.path)) => {}
            None if forced && key.path != without_groups(&key.path) => {}
            None => return Err(format!("`{}`, {}, is gone\n{}", key.path, entry.rust(), said(diagnostics))),
        }
    }
    if let Some(problem) = diagnostics.iter().find(|d| d.code.id == "X0867") {
        return Err(format!("a name changes: {}", problem.message));
    }
    let text = new.lock.to_string();
    let read = Lock::parse(&text, "xsdgen.lock");
    let lock = read.product.ok_or_else(|| format!("the lock is not read: {}", said(&read.diagnostics)))?;
    let again = base.set.generate(files, &lock);
    let problems = again.diagnostics.iter().any(|d| d.severity == Severity::Warning && d.code.id.starts_with("X086"));
    match again.product {
        Some(again) if again.files == new.files && again.lock == new.lock && !problems => Ok(()),
        _ => Err(format!("the new lock changes the bindings again\n{}", said(&again.diagnostics))),
    }
}

/// Writes bindings to the folder of the environment, as a module of their own.
fn keep(base: &Base, new: &Generated, seed: u64) {
    let Some(folder) = std::env::var_os(KEEP).map(PathBuf::from) else { return };
    let within = folder.join(format!("{}_{seed}", base.set.name.replace(|c: char| !c.is_ascii_alphanumeric(), "_")));
    let written = xsdgen::output::update(&new.files, &within);
    assert!(written.product.is_some(), "{}", said(&written.diagnostics));
}
