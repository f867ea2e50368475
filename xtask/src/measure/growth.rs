//! `cargo xtask growth`: generates bindings of schema sets of growing size, and prints the table of `docs/performance.md`.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use super::figures::{float, grouped, kib_each, mib, micros_each};
use super::plot::{self, Point};
use super::{Folder, print, synthetic};
use crate::{Failure, cargo};

/// The arguments of `cargo xtask growth`. The environment variable `XSDGEN` names another program to measure.
#[derive(Debug, Clone, clap::Args)]
pub struct Options {
    /// Numbers of components.
    #[arg(long, value_name = "NUMBER", value_delimiter = ',', default_value = "1000,3000,10000,30000,100000")]
    pub sizes: Vec<usize>,
    /// The number of rounds; the fastest one counts.
    #[arg(long, value_name = "NUMBER", default_value_t = 3, value_parser = clap::value_parser!(u32).range(1..))]
    pub rounds: u32,
    /// Write a plot to this file.
    #[arg(long, value_name = "FILE")]
    pub svg: Option<PathBuf>,
    /// Count the instructions of `generate` with valgrind instead: slow, but independent of other work on the machine.
    #[arg(long, conflicts_with_all = ["svg", "rounds"])]
    pub instructions: bool,
}

/// Measures, prints a table, and writes a plot if requested.
///
/// # Errors
///
/// The program fails, or valgrind is not installed.
pub fn run(options: &Options) -> Result<bool, Failure> {
    let program = cargo::xsdgen()?;
    let work = Folder::new("growth")?;
    if options.instructions {
        return count(options, &program, &work);
    }
    print("| Components | Schema MB | Check, s | Check, MiB | Generate, s | Generate, MiB | µs per component | KiB per component |")?;
    print("|--:|--:|--:|--:|--:|--:|--:|--:|")?;
    let mut points = Vec::new();
    for &components in &options.sizes {
        let size = u64::try_from(components).unwrap_or(u64::MAX);
        let (schemas, out) = (work.join(format!("s{size}")), work.join(format!("o{size}")));
        let bytes = synthetic::write(&schemas, components)?;
        let check = best(options.rounds, || command(&program, &["check", "--quiet"], &schemas, None))?;
        let generate = best(options.rounds, || command(&program, &["generate", "--quiet"], &schemas, Some(&out)))?;
        let each = (micros_each(generate.0, size), kib_each(generate.1, size));
        print(&format!(
            "| {} | {:.1} | {:.2} | {:.0} | {:.2} | {:.0} | {:.0} | {:.1} |",
            grouped(size),
            float(bytes) / 1e6,
            check.0.as_secs_f64(),
            mib(check.1),
            generate.0.as_secs_f64(),
            mib(generate.1),
            each.0,
            each.1
        ))?;
        points.push(Point { size, values: [micros_each(check.0, size), each.0, each.1] });
    }
    if let Some(path) = &options.svg {
        crate::files::put(path, &plot::svg(&points))?;
    }
    Ok(true)
}

fn command(program: &Path, arguments: &[&str], schemas: &Path, out: Option<&Path>) -> Command {
    let mut command = Command::new(program);
    command.args(arguments).arg(schemas);
    if let Some(out) = out {
        command.arg("--out").arg(out);
    }
    command
}

/// Returns the minimum processor time and the maximum memory of several runs.
fn best(rounds: u32, command: impl Fn() -> Command) -> Result<(Duration, u64), Failure> {
    let (mut least, mut most) = (Duration::MAX, 0);
    for _ in 0..rounds {
        let used = cargo::measured(command())?;
        if !used.status.success() {
            return Err(Failure::new(format!("xsdgen fails:\n{}", cargo::end_of(&used.printed)), "fix the generator in `codegen/`"));
        }
        least = least.min(used.user + used.system);
        most = most.max(used.memory);
    }
    Ok((least, most))
}

/// Counts instructions.
fn count(options: &Options, program: &Path, work: &Folder) -> Result<bool, Failure> {
    print("| Components | Instructions, 10⁹ | Instructions per component |")?;
    print("|--:|--:|--:|")?;
    for &components in &options.sizes {
        let size = u64::try_from(components).unwrap_or(u64::MAX);
        let schemas = work.join(format!("s{size}"));
        synthetic::write(&schemas, components)?;
        let mut command = Command::new("valgrind");
        command.args(["--tool=callgrind", "--callgrind-out-file=/dev/null"]).arg(program);
        command.args(["generate", "--quiet"]).arg(&schemas).arg("--out").arg(work.join(format!("o{size}")));
        let used = cargo::measured(command)?;
        let counted = collected(&used.printed).filter(|_| used.status.success());
        let failed = || Failure::new(format!("valgrind fails:\n{}", cargo::end_of(&used.printed)), "fix what it reports");
        let number = counted.ok_or_else(failed)?;
        let each = grouped(number.checked_div(size).unwrap_or_default());
        print(&format!("| {} | {:.2} | {each} |", grouped(size), float(number) / 1e9))?;
    }
    Ok(true)
}

/// Returns the number of instructions that callgrind reports.
fn collected(printed: &str) -> Option<u64> {
    let (_, after) = printed.split_once("Collected : ")?;
    after.split_whitespace().next()?.parse().ok()
}
