//! Runs cargo, and programs that cargo builds.

use std::ffi::{OsStr, OsString};
use std::io::{self, BufRead as _, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use wait4::Wait4 as _;

use crate::Failure;

/// Returns a command for the cargo that runs this program, in the root of the workspace.
#[must_use]
pub fn cargo() -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| OsString::from("cargo")));
    command.current_dir(crate::root());
    command
}

/// Returns the target folder of the workspace.
#[must_use]
pub fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| crate::root().join("target"), |path| crate::root().join(path))
}

/// Builds one program and returns its path. Prints which crates are compiled, and nothing if there is nothing to compile.
///
/// # Errors
///
/// The program does not compile. The failure contains the end of cargo's output, and `help`.
pub fn built(program: &str, arguments: &[&OsStr], help: &str) -> Result<PathBuf, Failure> {
    let mut command = cargo();
    command.args(["build", "--message-format=json-render-diagnostics", "--bin", program]).args(arguments);
    let failed = |why: io::Error| Failure::program("cargo", &why);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().map_err(failed)?;
    // Cargo writes to both streams, and waits if one of them is not read.
    let stderr = child.stderr.take().map(|stderr| std::thread::spawn(move || compiling(stderr)));
    let built = child.wait_with_output().map_err(failed)?;
    let said = stderr.and_then(|thread| thread.join().ok()).unwrap_or_default();
    if !built.status.success() {
        return Err(Failure::new(format!("`{program}` does not compile:\n{}", end_of(&said)), help));
    }
    let messages = String::from_utf8_lossy(&built.stdout);
    let messages = messages.lines().filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok());
    let mut paths = messages.filter(|message| message["target"]["name"] == program).filter_map(|message| {
        let path = message["executable"].as_str()?;
        Some(PathBuf::from(path))
    });
    paths.next_back().ok_or_else(|| Failure::new(format!("cargo does not say where `{program}` is"), "update the toolchain"))
}

/// Reads what cargo says, and prints the lines that show what takes long.
fn compiling(stderr: impl io::Read) -> String {
    let mut all = String::new();
    for line in io::BufReader::new(stderr).lines().map_while(Result::ok) {
        if ["Compiling", "Downloading", "Updating", "Blocking"].contains(&line.split_whitespace().next().unwrap_or_default()) {
            // If standard error cannot be written to, the build is still needed.
            let _ = writeln!(io::stderr(), "{line}");
        }
        all += &line;
        all.push('\n');
    }
    all
}

/// Builds the program `xsdgen` to be measured and returns its path: in the release profile, with the allocator for large schema sets. The environment
/// variable `XSDGEN` names another one.
///
/// # Errors
///
/// The program does not compile.
pub fn measured_xsdgen() -> Result<PathBuf, Failure> {
    built_xsdgen(&["--release", "--features", "mimalloc"])
}

/// Builds the program `xsdgen` in the profile of this program, which shares the crates that are compiled already, and returns its path. The environment
/// variable `XSDGEN` names another one.
///
/// # Errors
///
/// The program does not compile.
pub fn xsdgen() -> Result<PathBuf, Failure> {
    built_xsdgen(if cfg!(debug_assertions) { &[] } else { &["--release"] })
}

fn built_xsdgen(options: &[&str]) -> Result<PathBuf, Failure> {
    match std::env::var_os("XSDGEN") {
        // The program may be run in another folder.
        Some(path) => std::path::absolute(&path).map_err(|why| Failure::io("find", Path::new(&path), &why)),
        None => {
            let options: Vec<&OsStr> = ["--package", "xsdgen-cli"].iter().chain(options).map(AsRef::as_ref).collect();
            built("xsdgen", &options, "fix the generator in `codegen/`")
        }
    }
}

/// Runs a command whose output is printed.
///
/// # Errors
///
/// The program cannot be started.
pub fn run(command: &mut Command) -> Result<ExitStatus, Failure> {
    let name = name(command);
    command.status().map_err(|why| Failure::program(&name, &why))
}

/// The resources that a program and its children used.
#[derive(Debug, Clone)]
pub struct Usage {
    /// The exit status.
    pub status: ExitStatus,
    /// The elapsed time.
    pub elapsed: Duration,
    /// The user time of the processor.
    pub user: Duration,
    /// The system time of the processor.
    pub system: Duration,
    /// The peak memory, in bytes.
    pub memory: u64,
    /// The output to both streams.
    pub printed: String,
}

/// Runs a command and measures it.
///
/// # Errors
///
/// The program cannot be started or waited for.
pub fn measured(mut command: Command) -> Result<Usage, Failure> {
    let name = name(&command);
    let failed = |why: io::Error| Failure::program(&name, &why);
    let (mut reader, writer) = io::pipe().map_err(failed)?;
    command.stdin(Stdio::null()).stdout(writer.try_clone().map_err(failed)?).stderr(writer);
    let started = Instant::now();
    let mut child = command.spawn().map_err(failed)?;
    // The command owns the writing ends of the pipe, which ends when all of them are closed.
    drop(command);
    let mut printed = Vec::new();
    reader.read_to_end(&mut printed).map_err(failed)?;
    let used = child.wait4().map_err(failed)?;
    Ok(Usage {
        status: used.status,
        elapsed: started.elapsed(),
        user: used.rusage.utime,
        system: used.rusage.stime,
        memory: used.rusage.maxrss,
        printed: String::from_utf8_lossy(&printed).into_owned(),
    })
}

/// Returns the last lines of a program's output.
#[must_use]
pub fn end_of(printed: &str) -> String {
    let lines: Vec<&str> = printed.trim_end().lines().collect();
    lines.get(lines.len().saturating_sub(60)..).unwrap_or_default().join("\n")
}

fn name(command: &Command) -> String {
    Path::new(command.get_program()).file_name().unwrap_or_default().to_string_lossy().into_owned()
}
