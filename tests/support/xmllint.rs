//! Validates messages in schema-qualified form with `xmllint` against the schemas of `xsd/`, and reports if `xmllint` is not installed.
//! Files are written to the temporary folder of the target folder.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A schema that imports every namespace of `xsd/`, and the folder that contains it.
#[derive(Debug)]
pub(crate) struct Xmllint {
    folder: PathBuf,
    driver: PathBuf,
}

impl Xmllint {
    /// Returns `None` if `xmllint` is not installed, and prints a line to stderr that the test runner does not capture. `test` names a
    /// folder that no other test uses.
    #[allow(dead_code, reason = "not every test calls it")]
    pub(crate) fn find(test: &str) -> Option<Self> {
        Self::find_with(test, &[])
    }

    /// Does the same, and declares an element without a namespace for each of these types: its name, and the namespace and the name of the type.
    pub(crate) fn find_with(test: &str, elements: &[(String, (&str, &str))]) -> Option<Self> {
        if Command::new("xmllint").arg("--version").output().is_err() {
            writeln!(std::io::stderr(), "{test}: skipped, there is no xmllint here (Debian: libxml2-utils)").ok();
            return None;
        }
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("validity").join(test);
        std::fs::create_dir_all(&folder).expect("a writable target folder");
        let driver = folder.join("driver.xsd");
        write(&driver, &driver_schema(&Path::new(env!("CARGO_MANIFEST_DIR")).join("xsd"), elements));
        Some(Self { folder, driver })
    }

    /// Returns the errors that `xmllint` reports for the messages, or an empty list if all of them are valid.
    pub(crate) fn complaints(&self, messages: &[(String, String)]) -> Vec<String> {
        let mut command = Command::new("xmllint");
        command.args(["--nonet", "--noout", "--schema"]).arg(&self.driver);
        for (name, text) in messages {
            let path = self.folder.join(format!("{name}.xml"));
            write(&path, text);
            command.arg(path);
        }
        let output = command.output().expect("xmllint runs");
        let said = String::from_utf8_lossy(&output.stderr);
        let valid = said.lines().filter(|line| line.ends_with(" validates")).count();
        if output.status.success() && valid == messages.len() {
            return Vec::new();
        }
        said.lines().filter(|line| !line.ends_with(" validates")).map(str::to_owned).collect()
    }
}

fn write(path: &Path, text: &str) {
    std::fs::write(path, text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
}

/// Returns a schema that imports each schema file under `xsd` and declares these elements.
fn driver_schema(xsd: &Path, elements: &[(String, (&str, &str))]) -> String {
    let mut files = Vec::new();
    collect(xsd, &mut files);
    files.sort();
    let imports: String = files.iter().map(|file| import(file)).collect();
    assert!(!imports.is_empty(), "no schema under {}", xsd.display());
    let elements: String = elements
        .iter()
        .map(|(name, (uri, local))| format!("  <xs:element name=\"{name}\" xmlns:t=\"{uri}\" type=\"t:{local}\"/>\n"))
        .collect();
    format!("<xs:schema xmlns:xs=\"http://www.w3.org/2001/XMLSchema\">\n{imports}{elements}</xs:schema>\n")
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("a readable folder of schemas") {
        let path = entry.expect("a readable folder of schemas").path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "xsd") {
            files.push(path);
        }
    }
}

fn import(file: &Path) -> String {
    let text = std::fs::read_to_string(file).expect("a readable schema");
    let schema = roxmltree::Document::parse(&text).expect("a well-formed schema");
    let namespace = schema.root_element().attribute("targetNamespace").expect("a schema with a namespace");
    format!("  <xs:import namespace=\"{namespace}\" schemaLocation=\"{}\"/>\n", uri(file))
}

/// Returns an absolute path as a file URI. All characters except ASCII letters, digits and `/-._~` are escaped.
fn uri(path: &Path) -> String {
    let mut uri = String::from("file://");
    for byte in path.to_string_lossy().replace('\\', "/").bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'-' | b'.' | b'_' | b'~' => uri.push(char::from(byte)),
            other => uri.push_str(&format!("%{other:02X}")),
        }
    }
    uri
}
