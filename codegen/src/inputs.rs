//! Finds the schema files that a file name, a folder name or a pattern such as `xsd/**/*.xsd` refers to.
//!
//! The result is sorted and contains each file once. In a pattern, `*` and `?` match characters of one name, and `**` matches any number of folders
//! but does not follow symbolic links to folders. `source` reads the files, and `load` finds the documents that they import.

use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};

use crate::config::{Config, codes};
use crate::diagnostic::{Diagnostic, Diagnostics, Severity, Span, Staged};
use crate::source;

/// Finds the files that each text refers to, relative to `base`. The span of a text is its place in the configuration.
///
/// # Errors
///
/// A pattern or a folder that contains no schema file; a folder that cannot be read.
pub fn find<'a>(base: &Path, texts: impl IntoIterator<Item = (&'a str, Span)>) -> Staged<Vec<PathBuf>> {
    all(base, texts, Kind::Schemas)
}

/// Returns the folders in which a new schema file would be one that a text refers to, or a new folder would be searched. Folders that cannot be read are
/// left out.
#[must_use]
pub fn searched<'a>(base: &Path, texts: impl IntoIterator<Item = &'a str>) -> BTreeSet<PathBuf> {
    let mut out = BTreeSet::new();
    for text in texts {
        let whole = base.join(text);
        let (root, segments) = match () {
            () if whole.is_dir() => (whole, vec!["**"]),
            () if whole.exists() || !is_pattern(text) => continue,
            () => segments(base, text),
        };
        let mut found = vec![root];
        for segment in segments {
            out.extend(found.iter().filter(|path| shown(path).is_dir()).cloned());
            found = found.iter().flat_map(|path| matches(path, segment).unwrap_or_default()).collect();
        }
        out.extend(found.into_iter().filter(|path| path.is_dir()));
    }
    out
}

/// Finds the XML documents that each text refers to, as [`find`] does. A folder stands for the `.xml` files in it.
///
/// # Errors
///
/// A pattern or a folder that contains no document; a folder that cannot be read.
pub fn documents<'a>(base: &Path, texts: impl IntoIterator<Item = (&'a str, Span)>) -> Staged<Vec<PathBuf>> {
    all(base, texts, Kind::Documents)
}

/// The kind of files to find.
#[derive(Debug, Clone, Copy)]
enum Kind {
    Schemas,
    Documents,
}

impl Kind {
    /// Returns the patterns for the files in a folder.
    fn patterns(self) -> &'static [&'static str] {
        match self {
            Self::Schemas => &["*.xsd", "*.wsdl"],
            Self::Documents => &["*.xml"],
        }
    }
}

fn all<'a>(base: &Path, texts: impl IntoIterator<Item = (&'a str, Span)>, kind: Kind) -> Staged<Vec<PathBuf>> {
    let mut diagnostics = Diagnostics::new();
    let mut files = Vec::new();
    for (text, span) in texts {
        match expand(base, text, kind) {
            Ok(found) if !found.is_empty() => files.extend(found),
            Ok(_) => diagnostics.push(none(text, span, kind)),
            Err(why) => diagnostics.push(Diagnostic::new(Severity::Io, codes::NO_FILES, span, why.to_string())),
        }
    }
    let files = uniform(files);
    Staged { product: (!diagnostics.has_errors()).then_some(files), diagnostics }
}

impl Config {
    /// Returns the folders in which a new file can be a schema file of the configuration, in all of its versions. See [`searched`].
    #[must_use]
    pub fn searched(&self) -> BTreeSet<PathBuf> {
        let of_versions = self.versions.iter().flat_map(|version| self.of_version(version).searched());
        searched(self.base(), self.schemas.iter().map(|(text, _)| text.as_str())).into_iter().chain(of_versions).collect()
    }

    /// Finds the schema files that the configuration refers to.
    ///
    /// # Errors
    ///
    /// A pattern or a folder that contains no schema file; a folder that cannot be read; a configuration of several versions.
    pub fn inputs(&self) -> Staged<Vec<PathBuf>> {
        if !self.versions.is_empty() {
            let names: Vec<String> = self.versions.iter().map(|version| format!("`{}`", version.name)).collect();
            let message = format!("the configuration has several versions of the schemas: {}", names.join(", "));
            let help = "give the schema files of one version, or a configuration with `schemas`; only `generate` works on all versions";
            let mut diagnostics = Diagnostics::new();
            diagnostics.push(Diagnostic::error(codes::SEVERAL_VERSIONS, Span::file(source::display(&self.path)), message).with_help(help));
            return Staged { product: None, diagnostics };
        }
        find(self.base(), self.schemas.iter().map(|(text, span)| (text.as_str(), span.clone())))
    }
}

/// Sorts the files and removes duplicates, without `.` and `name/..`. If one path is absolute, all are made absolute so that they compare equal.
fn uniform(files: Vec<PathBuf>) -> Vec<PathBuf> {
    let absolute = files.iter().any(|f| f.is_absolute());
    let whole = |file: PathBuf| if absolute { std::path::absolute(&file).unwrap_or(file) } else { file };
    let mut files: Vec<PathBuf> = files.into_iter().map(|file| source::simplify(&whole(file))).collect();
    files.sort();
    files.dedup();
    files
}

fn none(text: &str, span: Span, kind: Kind) -> Diagnostic {
    let (what, help) = match kind {
        Kind::Schemas => ("schema file", "name files, folders with `.xsd` and `.wsdl` files, or patterns as `xsd/**/*.xsd`"),
        Kind::Documents => ("document", "name files, folders with `.xml` files, or patterns as `messages/**/*.xml`"),
    };
    Diagnostic::new(Severity::Io, codes::NO_FILES, span, format!("`{text}` names no {what}")).with_help(help)
}

/// Returns the files that one text refers to; empty if it is a pattern or a folder without schema files.
///
/// A path without wildcards is returned unchanged, so that the reader of the file can report what is wrong with it.
fn expand(base: &Path, text: &str, kind: Kind) -> io::Result<Vec<PathBuf>> {
    let whole = base.join(text);
    if whole.is_dir() {
        let found = kind.patterns().iter().map(|pattern| walk(&whole, &["**", pattern])).collect::<io::Result<Vec<_>>>()?;
        return Ok(found.concat());
    }
    if whole.exists() || !is_pattern(text) {
        return Ok(vec![whole]);
    }
    let (root, segments) = segments(base, text);
    walk(&root, &segments)
}

/// Returns the folder at which a pattern begins, and the segments of its path.
fn segments<'t>(base: &Path, text: &'t str) -> (PathBuf, Vec<&'t str>) {
    let segments = text.split(['/', std::path::MAIN_SEPARATOR]).filter(|segment| !matches!(*segment, "" | "."));
    let is_absolute = text.starts_with(['/', std::path::MAIN_SEPARATOR]);
    (if is_absolute { PathBuf::from("/") } else { base.to_owned() }, segments.collect())
}

/// Returns whether the text contains wildcards.
fn is_pattern(text: &str) -> bool {
    text.contains(['*', '?'])
}

fn walk(root: &Path, segments: &[&str]) -> io::Result<Vec<PathBuf>> {
    let mut found = vec![root.to_owned()];
    for segment in segments {
        found = found.iter().map(|path| matches(path, segment)).collect::<io::Result<Vec<_>>>()?.concat();
    }
    found.retain(|path| path.is_file());
    found.sort();
    found.dedup();
    Ok(found)
}

/// Returns the files and folders that a segment of a pattern refers to in a folder.
fn matches(folder: &Path, segment: &str) -> io::Result<Vec<PathBuf>> {
    let mut out = Vec::new();
    match segment {
        "**" => folders(folder, &mut out)?,
        name if is_pattern(name) => matching(folder, name, &mut out)?,
        name => out.extend(Some(folder.join(name)).filter(|path| path.exists())),
    }
    Ok(out)
}

/// Collects the folder and all folders below it.
fn folders(root: &Path, into: &mut Vec<PathBuf>) -> io::Result<()> {
    let mut open = vec![root.to_owned()];
    while let Some(folder) = open.pop() {
        for entry in entries(&folder)? {
            if entry.file_type()?.is_dir() {
                open.push(folder.join(entry.file_name()));
            }
        }
        into.push(folder);
    }
    Ok(())
}

fn matching(folder: &Path, pattern: &str, into: &mut Vec<PathBuf>) -> io::Result<()> {
    if !shown(folder).is_dir() {
        return Ok(());
    }
    for entry in entries(folder)? {
        let name = entry.file_name();
        if name.to_str().is_some_and(|name| glob(pattern, name)) {
            into.push(folder.join(&name));
        }
    }
    Ok(())
}

fn entries(folder: &Path) -> io::Result<Vec<std::fs::DirEntry>> {
    let folder = shown(folder);
    let told = |error: io::Error| io::Error::new(error.kind(), format!("cannot read the folder `{}`: {error}", folder.display()));
    std::fs::read_dir(folder).map_err(told)?.collect::<io::Result<Vec<_>>>().map_err(told)
}

/// Returns the folder to read: the working directory if the path is empty.
fn shown(folder: &Path) -> &Path {
    if folder.as_os_str().is_empty() { Path::new(".") } else { folder }
}

/// Returns whether a name matches the pattern.
fn glob(pattern: &str, name: &str) -> bool {
    let (pattern, name): (Vec<char>, Vec<char>) = (pattern.chars().collect(), name.chars().collect());
    // The positions in `name` at which a match of the pattern so far can end.
    let mut ends = vec![false; name.len() + 1];
    if let Some(first) = ends.first_mut() {
        *first = true;
    }
    for wanted in pattern {
        let mut next = vec![false; ends.len()];
        let mut reached = false;
        for (at, slot) in next.iter_mut().enumerate() {
            let before = at.checked_sub(1);
            let stepped = before.is_some_and(|b| ends.get(b) == Some(&true));
            reached |= ends.get(at) == Some(&true);
            *slot = match wanted {
                '*' => reached,
                '?' => stepped,
                other => stepped && before.and_then(|b| name.get(b)) == Some(&other),
            };
        }
        ends = next;
    }
    ends.last() == Some(&true)
}

#[cfg(test)]
#[allow(clippy::expect_used, reason = "a failed test panics")]
mod tests {
    use super::*;

    #[test]
    fn wildcards_in_a_name() {
        for (pattern, name, fits) in [
            ("*.xsd", "ep.xsd", true),
            ("*.xsd", ".xsd", true),
            ("*.xsd", "ep.xsd.bak", false),
            ("a?c*", "abcd", true),
            ("a?c", "ac", false),
            ("*a*b*", "xxaybz", true),
            ("ep.xsd", "ep.xsd", true),
            ("", "", true),
            ("", "a", false),
        ] {
            assert_eq!(glob(pattern, name), fits, "{pattern} {name}");
        }
    }

    #[test]
    fn files_folders_and_patterns() {
        let base = Path::new(env!("CARGO_MANIFEST_DIR"));
        let names = |text: &str| -> Vec<String> {
            let files = expand(base, text, Kind::Schemas).expect("readable folders");
            files.iter().filter_map(|f| f.strip_prefix(base).ok()).map(|f| f.to_string_lossy().replace('\\', "/")).collect()
        };
        let xml = "src/built_in/xml.xsd";
        assert_eq!(names(xml), [xml]);
        assert_eq!(names("src/built_in"), ["src/built_in/XMLSchema.xsd", "src/built_in/xlink.xsd", xml]);
        assert_eq!(names("src/*/x*.xsd"), ["src/built_in/xlink.xsd", xml]);
        assert_eq!(names("**/x?l.xsd"), [xml]);
        assert_eq!(names("src/**/*.dtd"), [""; 0]);
        assert_eq!(names("absent.xsd"), ["absent.xsd"]);
    }

    #[test]
    fn folders_of_new_files() {
        let base = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
        let folders = |text: &str| -> Vec<String> {
            let found = searched(&base, [text]).into_iter();
            found.filter_map(|path| path.strip_prefix(&base).ok().map(|path| path.to_string_lossy().replace('\\', "/"))).collect()
        };
        assert_eq!(folders("built_in/xml.xsd"), [""; 0]);
        assert_eq!(folders("built_in"), ["built_in"]);
        assert_eq!(folders("built_in/*.xsd"), ["", "built_in"]);
        assert_eq!(folders("absent/*.xsd"), [""]);
        let below = folders("**/*.xsd");
        assert!(below.contains(&String::new()) && below.contains(&"compare/walk".to_owned()), "{below:?}");
    }
}
