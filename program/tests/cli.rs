//! Tests the program with small schemas in separate folders: exit codes, messages, and the output folder afterwards. Other tests cover the
//! generated code; the tests of the workspace cover the WebEx schemas.
#![allow(clippy::expect_used, clippy::panic, reason = "a failed test panics")]

#[path = "cli/atomic.rs"]
mod atomic;
#[path = "cli/ci.rs"]
#[cfg(unix)]
mod ci;
#[path = "cli/diagram.rs"]
mod diagram;
#[path = "cli/diff.rs"]
mod diff;
#[path = "cli/drift.rs"]
mod drift;
#[path = "cli/fetch.rs"]
mod fetch;
#[path = "cli/formats.rs"]
mod formats;
#[path = "cli/generate.rs"]
mod generate;
#[path = "cli/guide.rs"]
mod guide;
#[path = "cli/hidden.rs"]
mod hidden;
#[path = "cli/init.rs"]
mod init;
#[path = "cli/lock.rs"]
mod lock;
#[path = "cli/manual.rs"]
mod manual;
#[path = "cli/messages.rs"]
mod messages;
#[path = "cli/notes.rs"]
mod notes;
#[path = "cli/output.rs"]
mod output;
#[path = "cli/review.rs"]
mod review;
#[path = "cli/sample.rs"]
mod sample;
#[path = "cli/validate.rs"]
mod validate;
#[path = "cli/watch.rs"]
#[cfg(unix)]
mod watch;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A folder for one test, which is empty at first and in which the program runs.
struct Bench {
    dir: PathBuf,
}

/// The result of a run.
struct Run {
    code: i32,
    out: String,
    err: String,
}

impl Bench {
    fn new(name: &str) -> Self {
        let dir = Path::new(env!("CARGO_TARGET_TMPDIR")).join("cli").join(name);
        let _ = std::fs::remove_dir_all(&dir);
        std::fs::create_dir_all(&dir).expect("a folder for the test");
        Bench { dir }
    }

    fn with(self, name: &str, text: &str) -> Self {
        self.write(name, text);
        self
    }

    fn write(&self, name: &str, text: &str) {
        let path = self.dir.join(name);
        std::fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        std::fs::write(path, text).expect("a file written");
    }

    fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.dir.join(name)).unwrap_or_else(|e| panic!("{name}: {e}"))
    }

    fn run(&self, arguments: &[&str]) -> Run {
        self.run_in("", arguments)
    }

    fn run_in(&self, folder: &str, arguments: &[&str]) -> Run {
        let mut command = Command::new(env!("CARGO_BIN_EXE_xsdgen"));
        let output = command.current_dir(self.dir.join(folder)).args(arguments).output().expect("the program runs");
        let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
        Run { code: output.status.code().expect("an exit code"), out: text(output.stdout), err: text(output.stderr) }
    }

    /// Returns all files of a folder with their texts and modification times.
    fn files(&self, folder: &str) -> BTreeMap<String, (String, std::time::SystemTime)> {
        let root = self.dir.join(folder);
        let mut files = BTreeMap::new();
        let mut open = vec![root.clone()];
        while let Some(folder) = open.pop() {
            let Ok(entries) = std::fs::read_dir(&folder) else { continue };
            for path in entries.map(|e| e.expect("an entry").path()) {
                if path.is_dir() {
                    open.push(path);
                    continue;
                }
                let time = path.metadata().and_then(|m| m.modified()).expect("a time");
                let name = path.strip_prefix(&root).expect("within").to_string_lossy().replace('\\', "/");
                files.insert(name, (String::from_utf8_lossy(&std::fs::read(&path).expect("a file read")).into_owned(), time));
            }
        }
        files
    }

    /// Returns the texts of all files of a folder.
    fn texts(&self, folder: &str) -> BTreeMap<String, String> {
        self.files(folder).into_iter().map(|(name, (text, _))| (name, text)).collect()
    }
}

impl Run {
    #[track_caller]
    fn ends_with(&self, code: i32) -> &Self {
        assert_eq!(self.code, code, "\nstdout: {}\nstderr: {}", self.out, self.err);
        self
    }

    #[track_caller]
    fn says(&self, text: &str) -> &Self {
        assert!(self.err.contains(text), "`{text}` is not in\n{}", self.err);
        self
    }
}

impl Run {
    /// Checks that a message begins with this text and names this place.
    #[track_caller]
    fn reports(&self, place: &str, text: &str) -> &Self {
        let lines: Vec<&str> = self.err.lines().collect();
        let found = lines.windows(2).any(|pair| pair[0].starts_with(text) && pair[1].trim_start() == format!("--> {place}"));
        assert!(found, "`{text}` at {place} is not in\n{}", self.err);
        self
    }
}

/// Returns a schema with the namespace `urn:NAME` that has one type with two elements.
fn schema(name: &str) -> String {
    format!(
        r#"<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:{name}" xmlns:{name}="urn:{name}" elementFormDefault="qualified">
  <xs:element name="note" type="{name}:noteType"/>
  <xs:complexType name="noteType">
    <xs:sequence>
      <xs:element name="to" type="xs:string"/>
      <xs:element name="body" type="xs:string" minOccurs="0"/>
    </xs:sequence>
  </xs:complexType>
</xs:schema>
"#
    )
}
