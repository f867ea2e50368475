//! Records the output of `xsdgen diff` for the examples in the explanations of changes, in every format.

use std::fmt::Write;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use xsdgen::Lock;
use xsdgen::compare::present::{github, json, markdown, text};
use xsdgen::compare::{Comparison, Input, compare};
use xsdgen::settings::Settings;

use crate::Failure;
use crate::files::{Files, Owner};

const FOLDER: &str = "codegen/tests/comparisons";

/// The folder that the examples are written to.
const SCRATCH: &str = "target/comparisons";

type Format = fn(&Comparison, &mut Vec<u8>) -> io::Result<()>;

const FORMATS: [(&str, Format); 4] = [
    ("changes.txt", |comparison, out| text::write(comparison, true, out)),
    ("changes.md", |comparison, out| markdown::write(comparison, true, out)),
    ("changes.json.txt", |comparison, out| json::write(comparison, out)),
    ("changes.github.txt", |comparison, out| github::write(comparison, true, &|_| github::Severity::Notice, out)),
];

pub(super) fn files() -> Result<Files, Failure> {
    let mut texts = FORMATS.map(|_| String::new());
    for entry in xsdgen::compare::codes::ALL {
        let comparison = example(entry.code.id, entry.more)?;
        for ((_, format), text) in FORMATS.iter().zip(&mut texts) {
            let mut out = Vec::new();
            format(&comparison, &mut out).map_err(|why| Failure::new(why.to_string(), "run it again"))?;
            let _ = write!(text, "=== {}\n{}", entry.code, plain(&String::from_utf8_lossy(&out)));
        }
    }
    let wanted = FORMATS.iter().zip(texts).map(|((name, _), text)| (format!("{FOLDER}/{name}"), text)).collect();
    Ok(Files { wanted, owner: Owner::Below(vec![FOLDER.to_owned()]) })
}

/// Compares the two schema sets of an explanation.
fn example(code: &str, more: &str) -> Result<Comparison, Failure> {
    let folder = Path::new(SCRATCH).join(code);
    let failed = |why: io::Error| {
        Failure::new(format!("cannot write `{}`: {why}", folder.display()), "check the permissions of `target/` and the free space")
    };
    let (mut old, mut new) = (Vec::new(), Vec::new());
    for (name, text) in fences(more) {
        let path = folder.join(name);
        fs::create_dir_all(path.parent().unwrap_or(&folder)).and_then(|()| fs::write(&path, text)).map_err(failed)?;
        if name.starts_with("old/") { old.push(path) } else { new.push(path) }
    }
    let planned = |files: &[PathBuf]| {
        let wrong = || Failure::new(format!("an example of `{code}` is not a valid schema"), "correct it in `codegen/src/explanations/`");
        xsdgen::planned(files, &Settings::default(), &Lock::default()).product.ok_or_else(wrong)
    };
    let (old, new) = (planned(&old)?, planned(&new)?);
    let mut comparison = compare(Input { model: &old.model, ir: &old.ir }, Input { model: &new.model, ir: &new.ir });
    let prefix = format!("{}/", folder.display());
    for side in comparison.changes.iter_mut().flat_map(|change| change.old.iter_mut().chain(change.new.iter_mut())) {
        side.file = side.file.replace(&prefix, "");
    }
    Ok(comparison)
}

/// Returns the named code blocks of an explanation.
fn fences(more: &str) -> Vec<(&str, String)> {
    let (mut out, mut lines) = (Vec::new(), more.lines());
    while let Some(line) = lines.next() {
        if let Some(name) = line.strip_prefix("```xml ") {
            out.push((name, lines.by_ref().take_while(|line| *line != "```").flat_map(|line| [line, "\n"]).collect()));
        }
    }
    out
}

/// Returns a text without colours.
fn plain(text: &str) -> String {
    let (mut out, mut rest) = (String::new(), text);
    while let Some((before, after)) = rest.split_once('\x1b') {
        out.push_str(before);
        rest = after.split_once('m').map_or("", |(_, rest)| rest);
    }
    out + rest
}
