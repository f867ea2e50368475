//! `cargo xtask fuzz`: runs the fuzz targets of `fuzz/` for a while, one after the other.

use std::io;
use std::path::Path;
use std::process::Command;

use super::print;
use crate::{Failure, cargo, root};

/// The arguments of `cargo xtask fuzz`.
#[derive(Debug, Clone, clap::Args)]
pub struct Options {
    /// The target; all if there is none.
    pub target: Option<String>,
    /// How long each target runs, in seconds.
    #[arg(long, default_value_t = 600)]
    pub seconds: u64,
    /// Find memory errors and leaks too, several times as slowly. The crates of this workspace have no unsafe code; those that they use have some.
    #[arg(long)]
    pub sanitizer: bool,
}

/// A fuzz target, with the feature of the package that it needs and the pieces that are put into its input.
struct Target {
    name: &'static str,
    feature: &'static str,
    dictionary: Option<&'static str>,
}

const fn of(name: &'static str, feature: &'static str, dictionary: Option<&'static str>) -> Target {
    Target { name, feature, dictionary }
}

const TARGETS: &[Target] = &[
    of("fast_paths", "", Some("xml")),
    of("streams", "", Some("xml")),
    of("written", "", Some("xml")),
    of("regex", "", None),
    of("encodings", "", None),
    of("schemas", "generator", Some("xsd")),
    of("lock", "generator", None),
    of("diff", "generator", Some("xsd")),
    of("messages", "webex", Some("xml")),
    of("answer", "webex", Some("xml")),
    of("request", "webex", Some("xml")),
];

/// The memory that a target may use, in megabytes. The tables of schemas that `diff` compares live as long as the program.
const MEGABYTES: u32 = 4096;

/// Runs the targets and prints what each has done. What a target finds is in `fuzz/artifacts`.
///
/// # Errors
///
/// The target is unknown, or `cargo fuzz` cannot be run.
pub fn run(options: &Options) -> Result<bool, Failure> {
    let chosen: Vec<&Target> = TARGETS.iter().filter(|it| options.target.as_ref().is_none_or(|name| name == it.name)).collect();
    if chosen.is_empty() {
        let names: Vec<&str> = TARGETS.iter().map(|target| target.name).collect();
        return Err(Failure::new("there is no such target", format!("name one of {}", names.join(", "))));
    }
    let mut sound = true;
    for target in chosen {
        sound &= fuzz(target, options)?;
    }
    Ok(sound)
}

/// Runs a target. Inputs that reach more code are collected in the target folder, so that those that are checked in stay few.
fn fuzz(target: &Target, options: &Options) -> Result<bool, Failure> {
    let found = cargo::target().join("fuzz-corpus").join(target.name);
    std::fs::create_dir_all(&found)
        .map_err(|why| Failure::new(format!("`{}` cannot be made: {why}", found.display()), "check the folder"))?;
    let fuzz = root().join("fuzz");
    let output = command(target, options, &found, &fuzz).output().map_err(|why: io::Error| Failure::program("cargo fuzz", &why))?;
    let said = String::from_utf8_lossy(&output.stderr);
    let last = said.lines().rev().find(|line| line.starts_with("Done ") || line.starts_with("stat::number_of_executed_units"));
    match output.status.success() {
        true => print(&format!("{:<12} {}", target.name, last.unwrap_or("no inputs were run")))?,
        false => print(&format!("{:<12} FOUND\n{}", target.name, cargo::end_of(&said)))?,
    }
    Ok(output.status.success())
}

fn command(target: &Target, options: &Options, found: &Path, fuzz: &Path) -> Command {
    let mut command = Command::new("cargo");
    command.args(["+nightly", "fuzz", "run", "--jobs", "1"]).current_dir(root());
    command.env("CARGO_TARGET_DIR", cargo::target().join("fuzz"));
    if !options.sanitizer {
        command.args(["--sanitizer", "none"]);
    }
    if !target.feature.is_empty() {
        command.args(["--features", target.feature]);
    }
    command.arg(target.name).arg(found).arg(fuzz.join("corpus").join(target.name)).arg("--");
    command.args([format!("-max_total_time={}", options.seconds), format!("-rss_limit_mb={MEGABYTES}"), "-timeout=60".to_owned()]);
    if let Some(dictionary) = target.dictionary {
        command.arg(format!("-dict={}", fuzz.join("dictionaries").join(dictionary).with_extension("dict").display()));
    }
    command
}

#[cfg(test)]
mod tests {
    use super::TARGETS;
    use crate::root;

    /// The command knows every target of `fuzz/`, and each has inputs to begin with.
    #[test]
    fn all_targets_are_known() {
        let mut files: Vec<String> = std::fs::read_dir(root().join("fuzz/fuzz_targets"))
            .map(|entries| entries.flatten().filter_map(|entry| Some(entry.path().file_stem()?.to_str()?.to_owned())).collect())
            .unwrap_or_default();
        files.sort();
        let mut known: Vec<&str> = TARGETS.iter().map(|target| target.name).collect();
        known.sort_unstable();
        assert_eq!(files, known);
        for target in TARGETS {
            let inputs = std::fs::read_dir(root().join("fuzz/corpus").join(target.name)).map(Iterator::count);
            assert!(inputs.is_ok_and(|count| count > 0), "{}", target.name);
        }
    }
}
