//! `cargo xtask mutants`: changes the code of an area in many small ways with `cargo mutants`, and reports how many of the changes the tests of its package
//! notice. The whole takes days, so that it runs in shards.

use std::path::Path;
use std::process::Command;

use serde_json::Value;

use super::print;
use crate::{Failure, files};

/// The arguments of `cargo xtask mutants`.
#[derive(Debug, Clone, clap::Args)]
pub struct Options {
    /// The areas; all of them if none is named.
    #[arg(value_name = "AREA")]
    pub areas: Vec<Area>,
    /// Only the mutants of a shard, such as `3/200`: the fourth of 200 parts.
    #[arg(long, value_name = "K/N")]
    pub shard: Option<String>,
    /// The seconds after which the tests count as hanging.
    #[arg(long, value_name = "SECONDS", default_value_t = 300)]
    pub timeout: u32,
}

/// A part of the code, with the share of mutants that its tests must notice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Area {
    /// `datatypes`, the built-in types and their facets.
    Datatypes,
    /// `codegen/src/compare`, the comparison of schema sets.
    Compare,
    /// `codec/src/{read,write,value,simple}`, reading and writing.
    Codec,
    /// `codegen/src/{checks,plan,resolve}`, the judgement of the generator.
    Codegen,
}

impl Area {
    const ALL: [Self; 4] = [Self::Datatypes, Self::Compare, Self::Codec, Self::Codegen];

    /// Returns the package, its files, the arguments of `cargo test`, and the goal in percent.
    fn parts(self) -> (&'static str, &'static str, &'static [&'static str], u64) {
        match self {
            Self::Datatypes => ("xsdgen-datatypes", "datatypes/src/**", &["--lib"], 95),
            Self::Compare => ("xsdgen", "codegen/src/compare/**", &["--all-features", "--lib", "--tests"], 95),
            Self::Codec => ("xsdgen-codec", "codec/src/{read,write,value,simple}/**", &["--features", "full", "--lib", "--tests"], 90),
            Self::Codegen => ("xsdgen", "codegen/src/{checks,plan,resolve}/**", &["--all-features", "--lib", "--tests"], 90),
        }
    }
}

/// Tests the areas, prints a table, and lists what no test noticed. Returns whether all goals are reached.
///
/// # Errors
///
/// `cargo mutants` is not installed, or the tests fail without a change.
pub fn run(options: &Options) -> Result<bool, Failure> {
    let areas = if options.areas.is_empty() { &Area::ALL[..] } else { &options.areas };
    let out = Path::new("target/mutants");
    let mut reached = true;
    print("| Area | Mutants | Noticed | Share | Goal |\n|---|--:|--:|--:|--:|")?;
    for area in areas {
        let (package, pattern, arguments, goal) = area.parts();
        files::empty(out)?;
        let mut command = Command::new("cargo");
        command.args(["mutants", "--package", package, "--file", pattern, "--jobs", "1", "--timeout", &options.timeout.to_string()]);
        command.arg("--output").arg(out).env("CARGO_PROFILE_DEV_DEBUG", "0");
        if let Some(shard) = &options.shard {
            command.args(["--shard", shard]);
        }
        // The exit code only says whether a mutant was missed.
        command
            .arg("--")
            .args(arguments)
            .stdout(std::process::Stdio::null())
            .status()
            .map_err(|why| Failure::program("cargo mutants", &why))?;
        let results = out.join("mutants.out");
        let [caught, timeout, missed] = counts(&files::read(&results.join("outcomes.json"))?, *area)?;
        let (noticed, all) = (caught + timeout, caught + timeout + missed);
        let share = (noticed * 1000).checked_div(all).unwrap_or(1000);
        print(&format!("| {area:?} | {all} | {noticed} | {}.{} % | {goal} % |", share / 10, share % 10))?;
        for line in files::read(&results.join("missed.txt"))?.lines() {
            print(&format!("  missed: {line}"))?;
        }
        reached &= share >= goal * 10;
    }
    Ok(reached)
}

/// Returns how many mutants were caught, ran into the time limit, and were missed.
fn counts(outcomes: &str, area: Area) -> Result<[u64; 3], Failure> {
    let failed = || Failure::new(format!("the tests of {area:?} were not run"), "see `target/mutants/mutants.out/log/`");
    let outcomes: Value = serde_json::from_str(outcomes).map_err(|_| failed())?;
    let baseline = outcomes["outcomes"].as_array().and_then(|all| all.first()).and_then(|first| first["summary"].as_str());
    if baseline != Some("Success") {
        return Err(failed());
    }
    Ok(["caught", "timeout", "missed"].map(|name| outcomes[name].as_u64().unwrap_or_default()))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed test panics")]

    use super::*;

    #[test]
    fn outcomes_are_counted() {
        let outcomes =
            r#"{"outcomes": [{"scenario": "Baseline", "summary": "Success"}], "caught": 68, "timeout": 1, "missed": 9, "unviable": 2}"#;
        assert_eq!(counts(outcomes, Area::Datatypes).unwrap(), [68, 1, 9]);
        let failed = outcomes.replace("Success", "Failure");
        assert!(counts(&failed, Area::Datatypes).is_err() && counts("", Area::Codec).is_err());
    }

    #[test]
    fn every_area_has_files() {
        for area in Area::ALL {
            let (_, pattern, ..) = area.parts();
            let (folder, _) = pattern.split_once("/src/").unwrap();
            assert!(Path::new("..").join(folder).join("src").is_dir(), "{pattern}");
        }
    }
}
