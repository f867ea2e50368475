//! Tests that the book in `docs/` has every page, and that the links of all pages and READMEs lead somewhere.
#![allow(clippy::expect_used, clippy::panic, reason = "a failed test panics")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// The folders with pages, relative to the root of the workspace.
const FOLDERS: [&str; 13] = [
    "",
    "docs",
    "examples",
    "codegen",
    "codec",
    "codec-derive",
    "datatypes",
    "dynamic",
    "program",
    "generated",
    "runtime",
    "cli",
    "sandbox",
];

/// Returns the text of a file.
fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|why| panic!("{}: {why}", path.display()))
}

/// Returns all Markdown files of the folders.
fn pages() -> Vec<PathBuf> {
    let entries = FOLDERS.iter().flat_map(|folder| fs::read_dir(Path::new(".").join(folder)).expect("a folder"));
    let mut pages: Vec<_> = entries.map(|entry| entry.expect("an entry").path()).collect();
    pages.retain(|path| path.extension().is_some_and(|extension| extension == "md"));
    pages.sort();
    pages
}

/// Returns the lines of a page that are not code.
fn prose(text: &str) -> impl Iterator<Item = &str> {
    let mut code = false;
    text.lines().filter(move |line| {
        let fence = line.trim_start().starts_with("```");
        code ^= fence;
        !code && !fence
    })
}

/// Returns the targets of the links and pictures of a line. Code in backticks has none.
fn targets(line: &str) -> Vec<&str> {
    let outside = line.split('`').step_by(2);
    let parts = outside.flat_map(|text| text.match_indices("](").map(move |(at, _)| text.get(at + 2..).unwrap_or_default()));
    parts.filter_map(|rest| rest.split_once(')').map(|(target, _)| target)).collect()
}

/// Returns the anchors of a page, as GitHub and mdBook derive them from its headings.
fn anchors(text: &str) -> BTreeSet<String> {
    let headings = prose(text).filter(|line| line.starts_with('#'));
    let slug = |heading: &str| {
        let kept = heading.trim_start_matches('#').trim().to_lowercase();
        kept.chars().filter(|c| c.is_alphanumeric() || " -_".contains(*c)).map(|c| if c == ' ' { '-' } else { c }).collect()
    };
    headings.map(slug).collect()
}

#[test]
fn every_link_leads_somewhere() {
    let mut wrong = Vec::new();
    let mut seen = 0;
    for page in pages() {
        let text = read(&page);
        for target in prose(&text).flat_map(targets) {
            if target.contains("://") || target.starts_with("mailto:") {
                continue;
            }
            seen += 1;
            let (path, anchor) = target.split_once('#').unwrap_or((target, ""));
            let to = if path.is_empty() { page.clone() } else { page.parent().expect("a folder").join(path) };
            let known = to.exists() && (anchor.is_empty() || anchors(&read(&to)).contains(anchor));
            if !known {
                wrong.push(format!("{}: {target}", page.display()));
            }
        }
    }
    assert!(seen > 100, "{seen} links");
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn the_book_has_every_page_once() {
    let summary = read(Path::new("docs/SUMMARY.md"));
    let mut listed: Vec<&str> = summary.lines().flat_map(targets).collect();
    listed.sort_unstable();
    let docs = pages().into_iter().filter(|page| page.starts_with("./docs"));
    let names: Vec<String> =
        docs.filter_map(|page| Some(page.file_name()?.to_str()?.to_owned())).filter(|name| name != "SUMMARY.md").collect();
    assert_eq!(listed, names);
}

#[test]
fn a_page_and_its_anchors_are_read_as_markdown() {
    assert_eq!(targets("see [a](b.md), ![c](d.svg#e) and `[f](g)`"), ["b.md", "d.svg#e"]);
    assert_eq!(anchors("# The `new` one, 2\n```\n# no\n```\n## Ü-b\n"), ["the-new-one-2", "ü-b"].map(String::from).into());
}
