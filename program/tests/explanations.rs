//! Tests that every code has an explanation whose wrong example is refused with that code, and whose right example is accepted without a
//! message. The texts of the messages are tested in `diagnostics`, the codes of changes in `comparisons`.
#![allow(clippy::expect_used, clippy::panic, reason = "a failed test panics")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

/// An example: its files by name, and the commands to run.
#[derive(Default)]
struct Example {
    files: BTreeMap<String, String>,
    commands: Vec<String>,
}

/// Returns the examples of an explanation, by the line before each: `Wrong:` or `Right:`.
fn examples(more: &str) -> BTreeMap<String, Example> {
    let mut examples: BTreeMap<String, Example> = BTreeMap::new();
    let (mut of, mut lines) = (String::new(), more.lines());
    while let Some(line) = lines.next() {
        if line == "Wrong:" || line == "Right:" {
            of = line.to_owned();
            examples.entry(of.clone()).or_default();
        }
        let Some(kind) = line.strip_prefix("```") else { continue };
        let text: String = lines.by_ref().take_while(|l| *l != "```").flat_map(|l| [l, "\n"]).collect();
        let example = examples.get_mut(&of).expect("a fence stands below `Wrong:` or `Right:`");
        match kind.split_once(' ') {
            Some((_, name)) => drop(example.files.insert(name.to_owned(), text)),
            None => example.commands.extend(text.lines().map(str::to_owned)),
        }
    }
    examples
}

/// Expands the abbreviations of an example: a line that ends in `<!-- 400 times -->`, and the lines from one that ends in `<!-- for n from
/// 1 to 250 -->` to one that ends in `<!-- end of n -->`, which contain `{n}` and `{n+1}`.
fn in_full(text: &str) -> String {
    let (mut out, mut lines) = (String::new(), text.lines());
    while let Some(line) = lines.next() {
        let number = |after: &str| line.split_once(after)?.1.split(' ').next()?.parse::<u32>().ok();
        if let Some(last) = number("<!-- for n from 1 to ") {
            let mut block = vec![line];
            while !block.last().is_some_and(|line| line.ends_with("<!-- end of n -->")) {
                block.push(lines.next().expect("the end of n"));
            }
            let block = block.join("\n");
            out.extend((1..=last).map(|n| block.replace("{n}", &n.to_string()).replace("{n+1}", &(n + 1).to_string()) + "\n"));
        } else if let Some(times) = number("<!-- ").filter(|_| line.ends_with(" times -->")) {
            out.extend((0..times).map(|_| line.to_owned() + "\n"));
        } else {
            out.push_str(line);
            out.push('\n');
        }
    }
    out
}

/// Runs the commands of an example. Returns the exit code and the standard error output.
fn run(folder: &Path, example: &Example) -> (i32, String) {
    let _ = std::fs::remove_dir_all(folder);
    for (name, text) in &example.files {
        let path = folder.join(name);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder made");
        std::fs::write(path, in_full(text)).expect("a file written");
    }
    let usual = if example.files.contains_key("xsdgen.toml") { "xsdgen generate --quiet" } else { "xsdgen check --quiet schema.xsd" };
    let commands = if example.commands.is_empty() { vec![usual.to_owned()] } else { example.commands.clone() };
    let (mut code, mut said) = (0, String::new());
    for command in commands {
        let words: Vec<&str> = command.split(' ').skip(1).collect();
        let ran = Command::new(env!("CARGO_BIN_EXE_xsdgen")).current_dir(folder).args(words).output().expect("the program runs");
        code = code.max(ran.status.code().expect("an exit code"));
        said.push_str(&String::from_utf8_lossy(&ran.stderr));
    }
    (code, said)
}

fn folder(code: &str, which: &str) -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("explanations").join(code).join(which)
}

/// The code of internal errors, which no schema causes.
const FAULTS: &str = "X0999";

/// Codes that occur only together with another code.
const COMPANIONS: &[(&str, &str)] = &[("X0008", "X0005")];

#[test]
fn wrong_examples_have_the_code_and_right_examples_are_accepted() {
    let mut problems = Vec::new();
    for entry in xsdgen::every_code().filter(|entry| !entry.code.id.starts_with("XD")) {
        let (code, examples) = (entry.code.id, examples(entry.more));
        assert!(entry.more.len() > 60, "{code} is not explained");
        if code == FAULTS {
            continue;
        }
        let (Some(wrong), Some(right)) = (examples.get("Wrong:"), examples.get("Right:")) else {
            problems.push(format!("{code} has no example"));
            continue;
        };
        let (exit, said) = run(&folder(code, "wrong"), wrong);
        let codes: Vec<&str> = said.lines().filter_map(|l| Some(l.split_once("[")?.1.split_once("]: ")?.0)).collect();
        let warning = said.contains(&format!("warning[{code}]"));
        if codes.is_empty()
            || codes.iter().any(|c| *c != code && COMPANIONS.iter().all(|pair| *pair != (code, *c)))
            || (exit == 0) != warning
        {
            problems.push(format!("{code}, wrong: exit {exit}\n{said}"));
        }
        let (exit, said) = run(&folder(code, "right"), right);
        if exit != 0 || !said.is_empty() {
            problems.push(format!("{code}, right: exit {exit}\n{said}"));
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

#[test]
fn rules_of_the_recommendation_name_their_section() {
    for entry in xsdgen::every_code() {
        let has = entry.more.starts_with("Source: ");
        assert!(entry.code.rule.is_empty() || has, "{} does not say where {} stands", entry.code, entry.code.rule);
    }
}

#[test]
fn codes_are_unique() {
    let mut seen = std::collections::BTreeSet::new();
    for entry in xsdgen::every_code() {
        assert!(seen.insert(entry.code.id), "{} stands for two things", entry.code);
    }
}
