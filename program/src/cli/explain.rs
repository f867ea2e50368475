//! `xsdgen explain CODE`: prints the explanation of a code or rule.

use std::io::Write;

use xsdgen::lenient::RULES;
use xsdgen::spelling::nearest;

use super::args::Explain;
use super::console::{Console, Ran};
use super::{Outcome, terminal};

pub(super) fn run(args: &Explain, console: Console) -> Ran {
    let entries = xsdgen::explain(&args.code);
    if entries.is_empty() {
        return Err(console.usage(format!("there is no code or rule `{}`", args.code.escape_debug()), Some(&help(&args.code))));
    }
    let mut out = terminal::stdout();
    for (at, entry) in entries.iter().enumerate() {
        if at > 0 {
            writeln!(out)?;
        }
        match entry.code.rule {
            "" => writeln!(out, "{}", entry.code)?,
            rule => writeln!(out, "{} ({rule})", entry.code)?,
        }
        writeln!(out, "    {}\n\n{}", entry.text, entry.more.trim_end())?;
        for rule in RULES.iter().filter(|rule| rule.belongs_to(entry.code.rule)) {
            let name = rule.name;
            writeln!(out, "\n`--allow {name}`, or `allow = [\"{name}\"]` in `xsdgen.toml`, makes it a warning. {}", rule.effect)?;
        }
    }
    Ok(Outcome::Done)
}

/// Returns the nearest code or rule, or the forms of both.
fn help(word: &str) -> String {
    let known = xsdgen::every_code().flat_map(|entry| [entry.code.id, entry.code.rule]).filter(|known| !known.is_empty());
    match nearest(word, known) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "a code is written like X0208, a rule like cos-nonambig".to_owned(),
    }
}
