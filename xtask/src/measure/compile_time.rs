//! `cargo xtask compile-time`: measures cold builds of the bindings: all features and `ep` alone, check and release build; then the same types
//! without reading and writing.

use super::{Folder, bare, print};
use crate::cargo::{self, cargo, measured};
use crate::{Failure, files};

/// Measures the builds, each with an empty target folder, and prints a line for each.
///
/// # Errors
///
/// The bindings do not compile.
pub fn run() -> Result<bool, Failure> {
    let (target, bare_crate) = (Folder::new("compile-time")?, Folder::new("bare")?);
    cargo::run(cargo().args(["fetch", "--quiet"]))?;
    let commands: [&[&str]; 2] = [&["check"], &["build", "--release"]];
    let services: [&[&str]; 2] = [&[], &["--no-default-features", "--features", "ep"]];
    for features in services {
        for command in commands {
            let words: Vec<&str> = [command, features].concat();
            cold(&target, &format!("cargo {}", words.join(" ")), &[&words, &["--package", "webex-xml-types"][..]].concat(), None)?;
        }
    }
    bare::write(&bare_crate.path)?;
    let manifest = bare_crate.join("Cargo.toml").to_string_lossy().into_owned();
    for command in commands {
        let label = format!("cargo {}, the types alone", command.join(" "));
        cold(&target, &label, &[command, &["--manifest-path", &manifest]].concat(), Some("-Awarnings"))?;
    }
    Ok(true)
}

fn cold(target: &Folder, label: &str, arguments: &[&str], flags: Option<&str>) -> Result<(), Failure> {
    files::empty(&target.path)?;
    let mut command = cargo();
    command.args(arguments).arg("--quiet").arg("--target-dir").arg(&target.path).envs(flags.map(|flags| ("RUSTFLAGS", flags)));
    let used = measured(command)?;
    if !used.status.success() {
        return Err(Failure::new(
            format!("`{label}` fails:\n{}", cargo::end_of(&used.printed)),
            "run `cargo gen`, and fix what is reported",
        ));
    }
    print(&format!("{label:<58} {:.1} s, {:.1} s of processor time", used.elapsed.as_secs_f64(), used.user.as_secs_f64()))
}
