//! Tests that names stay when the schemas change: which lines of the bindings change, what the lock reports, and how components get new names.
#![allow(clippy::expect_used, clippy::panic, reason = "a failed test panics")]

#[path = "lock/edits.rs"]
mod edits;
#[path = "lock/reading.rs"]
mod reading;
#[path = "lock/relock.rs"]
mod relock;
#[path = "lock/shapes.rs"]
mod shapes;

use std::path::{Path, PathBuf};

use xsdgen::diagnostic::Diagnostics;
use xsdgen::plan::Relock;
use xsdgen::settings::{Rule, Settings};
use xsdgen::{Config, Generated, Lock};

/// A set of schemas in a folder of its own.
struct Set {
    dir: PathBuf,
    files: Vec<String>,
    settings: Settings,
}

impl Set {
    fn new(name: &str) -> Self {
        let dir = Path::new(env!("CARGO_TARGET_TMPDIR")).join("lock").join(name);
        let _ = std::fs::remove_dir_all(&dir);
        std::fs::create_dir_all(&dir).expect("a folder");
        Set { dir, files: Vec::new(), settings: Settings::default() }
    }

    /// Adds a schema in the namespace `urn:a`.
    fn with(self, body: &str) -> Self {
        self.with_file("a.xsd", "urn:a", body)
    }

    fn with_file(mut self, file: &str, uri: &str, body: &str) -> Self {
        let text = format!(
            r#"<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="{uri}" xmlns:a="{uri}" elementFormDefault="qualified">
{body}
</xs:schema>
"#
        );
        std::fs::write(self.dir.join(file), text).expect("written");
        if !self.files.iter().any(|known| known == file) {
            self.files.push(file.to_owned());
        }
        self
    }

    /// Sets the configuration apart from the schemas and the output folder.
    fn configured(mut self, text: &str) -> Self {
        let text = format!("schemas = [\"a.xsd\"]\nout = \"out\"\n{text}");
        self.settings = Config::parse(&text, &self.dir.join("xsdgen.toml")).product.expect("a configuration").settings;
        self
    }

    fn paths(&self) -> Vec<PathBuf> {
        self.files.iter().map(|file| self.dir.join(file)).collect()
    }

    fn generate(&self, lock: &Lock) -> (Generated, Vec<String>) {
        let made = xsdgen::generate(&self.paths(), &self.settings, lock);
        let said = self.said(&made.diagnostics);
        (made.product.unwrap_or_else(|| panic!("{said:#?}")), said)
    }

    /// Generates without a lock.
    fn fresh(&self) -> Generated {
        self.generate(&Lock::default()).0
    }

    fn relock(&self, lock: &Lock, selectors: &[&str], aliases: bool) -> Generated {
        let rule = |selector: &&str| Rule { selector: (*selector).to_owned(), value: (), span: xsdgen::diagnostic::Span::file("--relock") };
        let what = if selectors.is_empty() { Relock::All } else { Relock::Selected(selectors.iter().map(rule).collect()) };
        let made = xsdgen::relock(&self.paths(), &self.settings, lock, &what, aliases);
        let said = self.said(&made.diagnostics);
        made.product.unwrap_or_else(|| panic!("{said:#?}"))
    }

    fn said(&self, diagnostics: &Diagnostics) -> Vec<String> {
        let folder = format!("{}/", xsdgen::source::display(&self.dir));
        diagnostics.iter().map(|d| format!("{}: {}: {}", d.span, d.code, d.message).replace(&folder, "")).collect()
    }
}

/// Returns the lines that differ between two generations, with a sign.
fn changed(old: &Generated, new: &Generated) -> Vec<String> {
    let mut out = Vec::new();
    let files: std::collections::BTreeSet<&String> = old.files.keys().chain(new.files.keys()).collect();
    for file in files {
        let text = |files: &xsdgen::FileSet| files.get(file).cloned().unwrap_or_default();
        let (before, after) = (text(&old.files), text(&new.files));
        let diff = similar::TextDiff::from_lines(&before, &after);
        let lines = diff.iter_all_changes().filter(|change| change.tag() != similar::ChangeTag::Equal);
        out.extend(lines.map(|change| format!("{}{}", change.tag(), change.value().trim())));
    }
    out
}

/// Returns the lines of a lock without its comment.
fn lines(generated: &Generated) -> Vec<String> {
    generated.lock.lines()
}

/// Asserts that no component of the old lock has another name, and that the new lock is read as it is written and changes nothing.
#[track_caller]
fn assert_kept(set: &Set, old: &Generated, new: &Generated) {
    for (key, entry) in &old.lock.entries {
        let now = new.lock.entries.get(key).map(|found| (&found.module, &found.name));
        assert_eq!(now, Some((&entry.module, &entry.name)), "{}", key.path);
    }
    let text = new.lock.to_string();
    let read = Lock::parse(&text, "xsdgen.lock");
    assert!(read.diagnostics.is_empty(), "{:?}\n{text}", read.diagnostics);
    let read = read.product.expect("a lock");
    assert_eq!(read, new.lock);
    let (again, said) = set.generate(&read);
    assert_eq!((changed(new, &again), said), (Vec::new(), Vec::new()));
    assert_eq!(again.lock, new.lock);
}
