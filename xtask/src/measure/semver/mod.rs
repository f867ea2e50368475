//! `cargo xtask semver`: compares the Rust verdict of `xsdgen diff` with other judges, for random changes of a schema.
//!
//! `cargo-semver-checks` compares the documentation of both bindings, and so does `listing`: the former has no lints about the types of fields, or
//! about what is new.

mod listing;
#[path = "../../../../codegen/tests/inclusion/mutate.rs"]
pub(super) mod mutate;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use xsdgen::compare::rust::Level;
use xsdgen::compare::{Input, compare};
use xsdgen::settings::Settings;
use xsdgen::{Generated, Lock, Planned};

use self::mutate::{Random, mutated};
use super::{Folder, print};
use crate::cargo::{self, cargo};
use crate::{Failure, files};

/// The arguments of `cargo xtask semver`.
#[derive(Debug, Clone, clap::Args)]
pub struct Options {
    /// The number of pairs.
    #[arg(long, default_value_t = 200)]
    pub pairs: usize,
    /// The first seed.
    #[arg(long, default_value_t = 1)]
    pub seed: u64,
    /// The program `cargo-semver-checks`.
    #[arg(long, default_value = "cargo-semver-checks")]
    pub program: PathBuf,
}

/// The schema that is changed.
pub(super) const SCHEMA: &str = "codegen/tests/inclusion/sink.xsd";

/// Two versions of a schema, with the verdict about their bindings.
struct Pair {
    seed: u64,
    verdict: Level,
    /// The rules that determined the verdict.
    rules: Vec<String>,
}

const SIDES: [&str; 2] = ["old", "new"];

/// Prints each disagreement and the numbers of agreements.
///
/// # Errors
///
/// Bindings do not compile, or a program is missing.
pub fn run(options: &Options) -> Result<bool, Failure> {
    let work = Folder::new("semver")?;
    let pairs = pairs(options, &work)?;
    let docs = documented(&work)?;
    let (mut judged, mut agreed, mut breaking) = (0, 0, 0);
    let mut counts: BTreeMap<(Level, Level, Level), usize> = BTreeMap::new();
    for pair in &pairs {
        let json = SIDES.map(|side| docs.join(format!("{}.json", library(pair.seed, side))));
        for (path, side) in json.iter().zip(SIDES) {
            // Both crates must have the same name.
            files::put(path, &files::read(path)?.replace(&library(pair.seed, side), "bindings"))?;
        }
        let checked = semver_checks(&options.program, &json)?;
        let listed = listing::level(&files::read(&json[0])?, &files::read(&json[1])?);
        judged += 1;
        *counts.entry((pair.verdict, checked, listed)).or_default() += 1;
        breaking += usize::from((pair.verdict == Level::Major) == (checked == Level::Major));
        if pair.verdict == checked.max(listed) {
            agreed += 1;
        } else {
            let rules = pair.rules.join("; ");
            print(&format!("seed {}: {} ({rules}), but cargo-semver-checks: {checked}, listing: {listed}", pair.seed, pair.verdict))?;
            listing::differences(&files::read(&json[0])?, &files::read(&json[1])?).iter().try_for_each(|line| print(line))?;
        }
    }
    for ((verdict, checked, listed), count) in counts {
        print(&format!("verdict {verdict}, cargo-semver-checks {checked}, listing {listed}: {count}"))?;
    }
    print(&format!("{agreed} of {judged} agree; {breaking} agree with cargo-semver-checks alone on whether the release is major"))?;
    Ok(agreed * 100 >= judged * 99)
}

/// Writes the crates of all pairs.
fn pairs(options: &Options, work: &Folder) -> Result<Vec<Pair>, Failure> {
    let text = files::read(&crate::root().join(SCHEMA))?;
    let mut out = Vec::new();
    let mut members = Vec::new();
    for seed in options.seed.. {
        if out.len() >= options.pairs {
            break;
        }
        let mut random = Random::new(seed);
        let changed = |text: &str, random: &mut Random| (0..=random.below(2)).try_fold(text.to_owned(), |text, _| mutated(&text, random));
        let Some(old) = changed(&text, &mut random) else { continue };
        let Some(new) = changed(&old, &mut random) else { continue };
        let sides: Vec<PathBuf> = SIDES.iter().map(|side| work.join(format!("schemas/{seed}/{side}/schema.xsd"))).collect();
        for (path, text) in sides.iter().zip([old, new]) {
            files::put(path, &text)?;
        }
        let [Some(old), Some(new)] = [0, 1].map(|side| sides.get(side).and_then(|path| side_of(path))) else { continue };
        for ((made, _), side) in [&old, &new].into_iter().zip(SIDES) {
            members.push(write(work, seed, side, made)?);
        }
        let found = compare(input(&old.1), input(&new.1)).verdicts.rust;
        let rules = found.changes.iter().filter(|change| change.rule.level == found.result);
        let rules = rules.map(|change| format!("{} {}", change.rule.name, change.item)).collect();
        out.push(Pair { seed, verdict: found.result, rules });
    }
    files::put(&work.join("Cargo.toml"), &format!("[workspace]\nresolver = \"3\"\nmembers = {members:?}\n"))?;
    Ok(out)
}

/// Returns the bindings of a schema; `None` if it is not valid.
pub(super) fn side_of(path: &Path) -> Option<(Generated, Planned)> {
    let schemas = [path.to_owned()];
    let made = xsdgen::generate(&schemas, &Settings::default(), &Lock::default()).product?;
    Some((made, xsdgen::planned(&schemas, &Settings::default(), &Lock::default()).product?))
}

fn input(planned: &Planned) -> Input<'_> {
    Input { model: &planned.model, ir: &planned.ir }
}

fn library(seed: u64, side: &str) -> String {
    format!("bindings_{seed}_{side}_crate")
}

/// Writes a crate of bindings, and returns its folder.
fn write(work: &Folder, seed: u64, side: &str, made: &Generated) -> Result<String, Failure> {
    let (folder, name) = (format!("crates/{seed}/{side}"), library(seed, side));
    let codec = crate::root().join("codec");
    let manifest = format!(
        "[package]\nname = {name:?}\nversion = \"1.0.0\"\nedition = \"2024\"\n[dependencies]\nxsdgen-codec = {{ path = {:?} }}\n",
        codec.to_string_lossy()
    );
    files::put(&work.join(format!("{folder}/Cargo.toml")), &manifest)?;
    for (path, text) in &made.files {
        files::put(&work.join(format!("{folder}/src/{path}")), text)?;
    }
    Ok(folder)
}

/// Documents all crates as JSON, and returns the folder of the documentation.
fn documented(work: &Folder) -> Result<PathBuf, Failure> {
    let target = cargo::target().join("semver");
    let mut command = cargo();
    command.args(["doc", "--quiet", "--no-deps", "--workspace", "--manifest-path"]).arg(work.join("Cargo.toml"));
    command.arg("--target-dir").arg(&target).env("RUSTC_BOOTSTRAP", "1");
    command.env("RUSTDOCFLAGS", "-Zunstable-options --output-format=json -Awarnings --cap-lints=allow");
    match cargo::run(&mut command)?.success() {
        true => Ok(target.join("doc")),
        false => Err(Failure::new("bindings could not be documented", "fix what is reported")),
    }
}

/// Returns the release that `cargo-semver-checks` requires.
fn semver_checks(program: &Path, json: &[PathBuf; 2]) -> Result<Level, Failure> {
    let [old, new] = json;
    let mut command = Command::new(program);
    command.args(["semver-checks", "--release-type", "patch", "--baseline-rustdoc"]).arg(old).arg("--current-rustdoc").arg(new);
    let output = command.stdin(Stdio::null()).output().map_err(|why| Failure::program("cargo-semver-checks", &why))?;
    let said = format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    let required = |level: &str| said.contains(&format!("semver requires new {level} version"));
    match () {
        () if required("major") => Ok(Level::Major),
        () if required("minor") => Ok(Level::Minor),
        () if said.contains("no semver update required") => Ok(Level::Patch),
        () => Err(Failure::new(format!("cargo-semver-checks does not compare: {}", cargo::end_of(&said)), "update it")),
    }
}
