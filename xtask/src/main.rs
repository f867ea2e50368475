//! The program behind `cargo xtask`: reads the command line and runs the command.

use std::io::Write as _;
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use xtask::measure::{compile_time, fuzz, growth, mutants, real_world, review_page, semver, tolerance, traffic};
use xtask::messages::Messages;
use xtask::{book, generate};

/// The developer commands of this workspace.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", about, version)]
struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Generate all generated files: bindings, lock, samples, descriptions, expected results of tests.
    Gen(generate::Options),
    /// Build the book from `docs/` with mdBook (`cargo install mdbook`).
    Docs,
    /// Measure cold builds of the bindings.
    CompileTime,
    /// Run fuzz targets (`rustup toolchain install nightly`, `cargo install cargo-fuzz`).
    Fuzz(fuzz::Options),
    /// Measure time and memory of the generator for schema sets of growing size.
    Growth(growth::Options),
    /// Change the code in small ways and report how many changes the tests notice, with `cargo mutants`.
    Mutants(mutants::Options),
    /// Generate bindings of a collection of published schema sets.
    RealWorld(real_world::Options),
    /// Open a page of `xsdgen review` in headless Chromium and use it.
    ReviewPage(review_page::Options),
    /// Compare the Rust verdict of `xsdgen diff` with `cargo-semver-checks`.
    Semver(semver::Options),
    /// Compare the verdict "old tolerates new" of `xsdgen diff` with what compiled bindings read.
    Tolerance(tolerance::Options),
    /// Read captured messages and print their notes.
    Traffic(traffic::Options),
}

fn main() -> ExitCode {
    let command = Args::parse().command;
    let messages = if let Command::Gen(options) = &command { options.message_format } else { Messages::Human };
    let done = match command {
        Command::Gen(options) => generate::run(&options),
        Command::Docs => book::build().and_then(|folder| {
            writeln!(anstream::stdout(), "the book is in {}", xsdgen::source::display(&folder.join("index.html")))?;
            Ok(true)
        }),
        Command::CompileTime => compile_time::run(),
        Command::Fuzz(options) => fuzz::run(&options),
        Command::Growth(options) => growth::run(&options),
        Command::Mutants(options) => mutants::run(&options),
        Command::RealWorld(options) => real_world::run(&options),
        Command::ReviewPage(options) => review_page::run(&options),
        Command::Semver(options) => semver::run(&options),
        Command::Tolerance(options) => tolerance::run(&options),
        Command::Traffic(options) => traffic::run(&options),
    };
    match done {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(failure) => {
            // If standard error cannot be written to, the exit code reports the failure.
            let _ = messages.print_failure(&failure);
            ExitCode::FAILURE
        }
    }
}
