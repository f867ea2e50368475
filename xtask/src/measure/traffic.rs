//! `cargo xtask traffic DIR`: runs the tests `traffic` on captured messages. The tests print a table of the files with their notes.

use std::path::PathBuf;

use super::print;
use crate::cargo::{cargo, run as run_command};
use crate::{Failure, files};

/// The arguments of `cargo xtask traffic`.
#[derive(Debug, Clone, clap::Args)]
pub struct Options {
    /// The folder with files `NNN_service_Operation_req_*.xml` and `NNN_service_Operation_resp_*.xml`, including subfolders.
    #[arg(value_name = "DIR")]
    pub folder: PathBuf,
}

/// Reads the messages with the bindings, then with the sandbox, and checks the statements of `docs/traffic.md`: nothing is lost without a
/// note, each request is recognized by both forms of its name, and the sandbox reads it. Returns whether they are true.
///
/// # Errors
///
/// The folder does not exist, or cargo cannot be run.
pub fn run(options: &Options) -> Result<bool, Failure> {
    let folder = options.folder.canonicalize().map_err(|why| Failure::io("read", &options.folder, &why))?;
    files::folders(&folder)?;
    for (name, package) in [("bindings", "workbench"), ("sandbox", "webex-xml-sandbox")] {
        print(&format!("== {name}"))?;
        let mut command = cargo();
        command.args(["test", "--quiet", "--package", package, "--test", "traffic", "--", "--include-ignored", "--nocapture"]);
        command.arg("--test-threads=1").env("WEBEX_TRAFFIC", &folder);
        if !run_command(&mut command)?.success() {
            return Ok(false);
        }
    }
    Ok(true)
}
