//! `cargo xtask growth`: generates bindings of schema sets of growing size, and prints the table of `docs/performance.md`.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use super::figures::{float, grouped, kib_each, mib, micros_each};
use super::plot::{self, Point};
use super::synthetic::{self, State};
use super::{Folder, print};
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
    /// Measure `xsdgen diff` instead: each set against a state in which a sixth of its types changed.
    #[arg(long, conflicts_with_all = ["svg", "instructions"])]
    pub compare: bool,
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
    let program = cargo::measured_xsdgen()?;
    let work = Folder::new("growth")?;
    if options.instructions {
        return count(options, &program, &work);
    }
    if options.compare {
        return compare(options, &program, &work);
    }
    print("| Components | Schema MB | Check, s | Check, MiB | Generate, s | Generate, MiB | µs per component | KiB per component |")?;
    print("|--:|--:|--:|--:|--:|--:|--:|--:|")?;
    let mut points = Vec::new();
    for &components in &options.sizes {
        let size = u64::try_from(components).unwrap_or(u64::MAX);
        let (schemas, out) = (work.join(format!("s{size}")), work.join(format!("o{size}")));
        let bytes = synthetic::write(&schemas, components, State::First)?;
        let check = runs(options.rounds, || command(&program, &["check", "--quiet"], &schemas, None))?;
        let generate = runs(options.rounds, || command(&program, &["generate", "--quiet"], &schemas, Some(&out)))?;
        let each = (micros_each(generate.time, size), kib_each(generate.memory, size));
        print(&format!(
            "| {} | {:.1} | {:.2} | {:.0} | {:.2} | {:.0} | {:.0} | {:.1} |",
            grouped(size),
            float(bytes) / 1e6,
            check.time.as_secs_f64(),
            mib(check.memory),
            generate.time.as_secs_f64(),
            mib(generate.memory),
            each.0,
            each.1
        ))?;
        points.push(Point { size, values: [micros_each(check.time, size), each.0, each.1] });
    }
    if let Some(path) = &options.svg {
        crate::files::put(path, &plot::svg(&points))?;
    }
    Ok(true)
}

/// Measures comparisons.
fn compare(options: &Options, program: &Path, work: &Folder) -> Result<bool, Failure> {
    print("| Components | Changes | Compare, s | Compare, MiB | µs per component |")?;
    print("|--:|--:|--:|--:|--:|")?;
    for &components in &options.sizes {
        let size = u64::try_from(components).unwrap_or(u64::MAX);
        let (old, new) = (work.join(format!("a{size}")), work.join(format!("b{size}")));
        synthetic::write(&old, components, State::First)?;
        synthetic::write(&new, components, State::Changed)?;
        let comparison = || {
            let mut command = Command::new(program);
            command.arg("diff").args([&old, &new]).args(["--format", "json"]);
            command
        };
        let used = runs(options.rounds, comparison)?;
        let found: serde_json::Value = serde_json::from_str(&used.printed).unwrap_or_default();
        let changes = found["changes"].as_array().map_or(0, Vec::len);
        print(&format!(
            "| {} | {} | {:.2} | {:.0} | {:.0} |",
            grouped(size),
            grouped(u64::try_from(changes).unwrap_or(u64::MAX)),
            used.time.as_secs_f64(),
            mib(used.memory),
            micros_each(used.time, size)
        ))?;
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

/// Several runs of a command.
struct Runs {
    /// The minimum processor time.
    time: Duration,
    /// The maximum memory, in bytes.
    memory: u64,
    /// What the last run printed.
    printed: String,
}

fn runs(rounds: u32, command: impl Fn() -> Command) -> Result<Runs, Failure> {
    let mut runs = Runs { time: Duration::MAX, memory: 0, printed: String::new() };
    for _ in 0..rounds {
        let used = cargo::measured(command())?;
        if !used.status.success() {
            return Err(Failure::new(format!("xsdgen fails:\n{}", cargo::end_of(&used.printed)), "fix the generator in `codegen/`"));
        }
        runs.time = runs.time.min(used.user + used.system);
        runs.memory = runs.memory.max(used.memory);
        runs.printed = used.printed;
    }
    Ok(runs)
}

/// Counts instructions.
fn count(options: &Options, program: &Path, work: &Folder) -> Result<bool, Failure> {
    print("| Components | Instructions, 10⁹ | Instructions per component |")?;
    print("|--:|--:|--:|")?;
    for &components in &options.sizes {
        let size = u64::try_from(components).unwrap_or(u64::MAX);
        let schemas = work.join(format!("s{size}"));
        synthetic::write(&schemas, components, State::First)?;
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
