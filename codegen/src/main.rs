//! The command-line program `xsdgen`: `generate`, `check`, `explain`. What they do is in `cli`.

#![forbid(unsafe_code)]

mod cli;

fn main() -> std::process::ExitCode {
    cli::main()
}
