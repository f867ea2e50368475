//! `cargo xtask real-world DIR`: generates bindings of published schema sets, and prints the table of `docs/real-world.md`.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::figures::mib;
use super::{Folder, print};
use crate::cargo::{self, Usage, cargo, measured};
use crate::files::{below, read};
use crate::{Failure, files};

/// The arguments of `cargo xtask real-world`. The environment variable `XSDGEN` names another program to measure.
#[derive(Debug, Clone, clap::Args)]
pub struct Options {
    /// A folder with a folder for each set, and `index.jsonl`. Each line of that file describes a set: `group` is its name, `schema.docs` lists
    /// the schema files to pass to xsdgen, relative to DIR.
    #[arg(value_name = "DIR")]
    pub data: PathBuf,
    /// Measure only these sets.
    #[arg(long, value_name = "NAME", value_delimiter = ',')]
    pub only: Vec<String>,
    /// Also compile the code of each set, with the crate `xsdgen-codec` in this folder. Warnings are errors.
    #[arg(long, value_name = "PATH")]
    pub codec: Option<PathBuf>,
    /// If a set is refused, try again with these values of `--allow`.
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    pub allow: Vec<String>,
}

/// A line of the index.
struct Set {
    name: String,
    schemas: Vec<PathBuf>,
}

/// The results for a set.
#[derive(Default)]
struct Row {
    schema_lines: usize,
    accepted: String,
    /// The figures of the columns Check, Generate and Lines of Rust.
    made: Option<(Usage, Usage, usize)>,
    compiled: Option<String>,
}

/// Prints a table of the sets. Returns whether all are accepted and their code compiles.
///
/// # Errors
///
/// The collection cannot be read, or a program cannot be run.
pub fn run(options: &Options) -> Result<bool, Failure> {
    let work = Folder::new("real-world")?;
    let mut job = Job { data: whole(&options.data)?, options, program: cargo::measured_xsdgen()?, codec: None, work };
    job.codec = options.codec.as_deref().map(whole).transpose()?;
    let sets = job.sets()?;
    print("| Set | Schema lines | Accepted | Check, user s | Generate, user s | Peak MiB | Lines of Rust | Compiles |")?;
    print("|---|--:|:-:|--:|--:|--:|--:|:-:|")?;
    let mut right = 0;
    for set in &sets {
        let row = job.row(set)?;
        let compiles = row.compiled.as_deref().unwrap_or_default();
        right += usize::from(row.made.is_some() && compiles != "no");
        let mut figures = "| | |".to_owned();
        if let Some((check, generate, lines)) = &row.made {
            figures.clear();
            let (checked, generated) = (check.user.as_secs_f64(), generate.user.as_secs_f64());
            // Writing to a string does not fail.
            let _ = write!(figures, "{checked:.2} | {generated:.2} | {:.0} | {lines}", mib(generate.memory));
        }
        print(&format!("| {} | {} | {} | {figures} | {compiles} |", set.name, row.schema_lines, row.accepted))?;
    }
    print(&format!("\n{right} of {}", sets.len()))?;
    Ok(right == sets.len())
}

fn whole(path: &Path) -> Result<PathBuf, Failure> {
    path.canonicalize().map_err(|why| Failure::io("read", path, &why))
}

struct Job<'a> {
    data: PathBuf,
    options: &'a Options,
    program: PathBuf,
    codec: Option<PathBuf>,
    work: Folder,
}

impl Job<'_> {
    /// Returns the sets of the index, sorted.
    fn sets(&self) -> Result<Vec<Set>, Failure> {
        let path = self.data.join("index.jsonl");
        let mut sets = Vec::new();
        for (number, line) in read(&path)?.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
            let set = self.set(line).ok_or_else(|| {
                let message = format!("line {} of `{}` does not describe a set", number + 1, path.display());
                Failure::new(message, "write `{\"group\": \"NAME\", \"schema\": {\"docs\": [\"NAME/FILE.xsd\"]}}`")
            })?;
            sets.push(set);
        }
        sets.retain(|set| self.options.only.is_empty() || self.options.only.contains(&set.name));
        sets.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(sets)
    }

    fn set(&self, line: &str) -> Option<Set> {
        let entry: serde_json::Value = serde_json::from_str(line).ok()?;
        let docs = entry.get("schema")?.get("docs")?.as_array()?;
        let schemas = docs.iter().map(|doc| Some(self.data.join(doc.as_str()?))).collect::<Option<_>>()?;
        Some(Set { name: entry.get("group")?.as_str()?.to_owned(), schemas })
    }

    fn row(&self, set: &Set) -> Result<Row, Failure> {
        let mut row = Row { schema_lines: lines(&self.data, &set.name, "xsd")?, ..Row::default() };
        let mut leave: Vec<&str> = Vec::new();
        let mut check = self.xsdgen("check", set, &leave)?;
        if !check.status.success() && !self.options.allow.is_empty() {
            leave = self.options.allow.iter().flat_map(|rule| ["--allow", rule]).collect();
            check = self.xsdgen("check", set, &leave)?;
        }
        row.accepted = match (check.status.code(), leave.is_empty()) {
            (Some(0), false) => "allowed".to_owned(),
            (Some(0), true) if check.printed.contains("warning[X0008]") => "warned".to_owned(),
            (Some(0), true) => "yes".to_owned(),
            (Some(code), _) => format!("exit {code}"),
            (None, _) => "killed".to_owned(),
        };
        if !check.status.success() {
            complain(&set.name, &check.printed)?;
            return Ok(row);
        }
        let out = self.work.join(&set.name);
        let out_text = out.to_string_lossy().into_owned();
        let (krate, codec) = (format!("set-{}", set.name.replace('.', "-")), self.codec.as_ref().map(|path| path.to_string_lossy()));
        leave.extend(["--out", &out_text]);
        if let Some(codec) = &codec {
            leave.extend(["--crate", &krate, "--codec", codec]);
        }
        let generate = self.xsdgen("generate", set, &leave)?;
        if !generate.status.success() {
            complain(&set.name, &generate.printed)?;
            return Ok(row);
        }
        if codec.is_some() {
            row.compiled = Some(self.compiles(&out)?);
        }
        row.made = Some((check, generate, lines(&self.work.path, &set.name, "rs")?));
        files::empty(&out)?;
        Ok(row)
    }

    fn xsdgen(&self, command: &str, set: &Set, arguments: &[&str]) -> Result<Usage, Failure> {
        let mut process = Command::new(&self.program);
        process.args([command, "--quiet"]).args(&set.schemas).args(arguments);
        measured(process)
    }

    /// Returns how long a generated crate takes to compile, or `no` if it does not compile.
    fn compiles(&self, folder: &Path) -> Result<String, Failure> {
        let mut command = cargo();
        command.args(["check", "--quiet", "--manifest-path"]).arg(folder.join("Cargo.toml"));
        command.arg("--target-dir").arg(self.work.join("target"));
        command.env("RUSTFLAGS", "-D warnings").env("CARGO_PROFILE_DEV_DEBUG", "0");
        let used = measured(command)?;
        if !used.status.success() {
            complain(&folder.display().to_string(), &used.printed)?;
            return Ok("no".to_owned());
        }
        Ok(format!("{:.0} s", used.elapsed.as_secs_f64()))
    }
}

/// Prints the output of a program to standard error.
fn complain(name: &str, printed: &str) -> Result<(), Failure> {
    use std::io::Write as _;
    Ok(writeln!(anstream::stderr(), "{name}:\n{}", cargo::end_of(printed))?)
}

/// Returns the number of lines of all files of a kind in a folder.
fn lines(root: &Path, folder: &str, extension: &str) -> Result<usize, Failure> {
    let mut number = 0;
    for path in below(root, folder)?.iter().map(|path| root.join(path)).filter(|path| path.extension().is_some_and(|own| own == extension))
    {
        let bytes = std::fs::read(&path).map_err(|why| Failure::io("read", &path, &why))?;
        let ends = bytes.iter().filter(|byte| **byte == b'\n').count();
        number += ends + usize::from(bytes.last().is_some_and(|byte| *byte != b'\n'));
    }
    Ok(number)
}
