//! Generates the table of codes in `docs/client.md` from the table in the client's source.

use std::fmt::Write as _;
use std::path::Path;

use crate::Failure;
use crate::files::read;

/// Two modules of the client: its table of codes, and the table of repeated calls to which the codes refer. They are compiled here because
/// they have no dependencies, whereas the client needs the bindings, which may not compile.
#[allow(dead_code, unreachable_pub, clippy::indexing_slicing, reason = "they belong to another crate, and only a part is used")]
#[path = "../../../runtime/src"]
mod client {
    pub(super) mod exceptions;
    mod repeat;
}

/// The page.
pub(super) const PAGE: &str = "docs/client.md";

/// The line above the table.
const HEAD: &str = "|---|---|---|---|---|\n";

/// Returns the page with the new table.
pub(super) fn page() -> Result<String, Failure> {
    let page = read(Path::new(PAGE))?.replace("\r\n", "\n");
    let parts = page.split_once(HEAD).and_then(|(before, after)| Some((before, after.get(after.find("\n\n")?..)?)));
    let help = "restore the table: the head `| code | ... |`, a line with five dashes, the rows, and an empty line";
    let (before, after) = parts.ok_or_else(|| Failure::new(format!("`{PAGE}` has no table of codes"), help))?;
    let mut table = String::new();
    for line in client::exceptions::EXCEPTIONS {
        // Writing to a string does not fail.
        let _ = writeln!(table, "| {} | `{}` | {} | {} | {} |", line.code, line.name, line.meaning, line.advice, line.evidence);
    }
    Ok(format!("{before}{HEAD}{}{after}", table.trim_end()))
}
