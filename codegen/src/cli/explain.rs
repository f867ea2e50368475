//! In: `xsdgen explain CODE`. Out: what the code stands for.
//! Not done here: the explanations, which stand beside the codes.

use std::io::{self, Write};

use super::Outcome;
use super::args::Explain;

pub(super) fn run(args: &Explain) -> io::Result<Outcome> {
    let entries = xsdgen::explain(&args.code);
    if entries.is_empty() {
        writeln!(
            anstream::stderr(),
            "error: no code or rule `{}`\nhelp: codes are as X0208, rules as cos-nonambig",
            args.code.escape_debug()
        )?;
        return Ok(Outcome::Usage);
    }
    let mut out = anstream::stdout().lock();
    for entry in entries {
        match entry.code.rule {
            "" => writeln!(out, "{}", entry.code)?,
            rule => writeln!(out, "{} ({rule})", entry.code)?,
        }
        writeln!(out, "    {}", entry.text)?;
    }
    Ok(Outcome::Done)
}
