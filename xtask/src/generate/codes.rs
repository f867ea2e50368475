//! The table of codes in the page on the client, from the table in the client's source.

use std::fmt::Write as _;
use std::path::Path;

use crate::Failure;
use crate::files::read;

/// The client's own table. It is a module without dependencies, and the client needs the bindings, which may be broken while this runs.
#[allow(dead_code, unreachable_pub, clippy::indexing_slicing, reason = "it is written for another crate, and used in part")]
#[path = "../../../runtime/src/exceptions.rs"]
mod exceptions;

/// The page.
pub(super) const PAGE: &str = "docs/client.md";

/// The line above the table.
const HEAD: &str = "|---|---|---|---|---|\n";

/// Returns the page with the table as it is to be.
pub(super) fn page() -> Result<String, Failure> {
    let page = read(Path::new(PAGE))?.replace("\r\n", "\n");
    let parts = page.split_once(HEAD).and_then(|(before, after)| Some((before, after.get(after.find("\n\n")?..)?)));
    let help = "restore the table: its head is `| code | ... |` and a line of five dashes, an empty line follows it";
    let (before, after) = parts.ok_or_else(|| Failure::new(format!("`{PAGE}` has no table of codes"), help))?;
    let mut table = String::new();
    for line in exceptions::EXCEPTIONS {
        // Writing to a text does not fail.
        let _ = writeln!(table, "| {} | `{}` | {} | {} | {} |", line.code, line.name, line.meaning, line.advice, line.evidence);
    }
    Ok(format!("{before}{HEAD}{}{after}", table.trim_end()))
}
