//! In: `xsdgen explain CODE`. Out: what the code stands for.
//! Not done here: the explanations, which stand beside the codes.

use std::io::{self, Write};

use xsdgen::spelling::nearest;

use super::Outcome;
use super::args::Explain;

pub(super) fn run(args: &Explain) -> io::Result<Outcome> {
    let entries = xsdgen::explain(&args.code);
    if entries.is_empty() {
        writeln!(anstream::stderr(), "error: no code or rule `{}`\nhelp: {}", args.code.escape_debug(), help(&args.code))?;
        return Ok(Outcome::Usage);
    }
    let mut out = anstream::stdout().lock();
    for (at, entry) in entries.iter().enumerate() {
        if at > 0 {
            writeln!(out)?;
        }
        match entry.code.rule {
            "" => writeln!(out, "{}", entry.code)?,
            rule => writeln!(out, "{} ({rule})", entry.code)?,
        }
        writeln!(out, "    {}\n\n{}", entry.text, entry.more.trim_end())?;
    }
    Ok(Outcome::Done)
}

/// What is meant perhaps.
fn help(word: &str) -> String {
    let known = xsdgen::every_code().flat_map(|entry| [entry.code.id, entry.code.rule]).filter(|known| !known.is_empty());
    match nearest(word, known) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "codes are as X0208, rules as cos-nonambig".to_owned(),
    }
}
