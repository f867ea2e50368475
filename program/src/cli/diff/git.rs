//! Reads files of a git revision with the program `git`, into a temporary folder. The working tree and the index are not touched.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use tempfile::TempDir;
use xsdgen::codes;
use xsdgen::diagnostic::{Diagnostic, Diagnostics, Severity, Span};

/// The files of a revision, in a temporary folder that is removed at the end.
pub(super) struct Extract {
    folder: TempDir,
    revision: String,
}

/// The extensions of files that schemas can refer to; with these, imports that lead out of the named folder are found.
const EXTENSIONS: &[&str] = &["xsd", "dtd", "ent", "mod", "lock"];

impl Extract {
    /// Returns a text in which files of the temporary folder have their names in git, such as `HEAD~1:xsd/a.xsd`.
    pub(super) fn name(&self, text: &str) -> String {
        let folder = xsdgen::source::display(self.folder.path());
        text.replace(&format!("{folder}/"), &format!("{}:", self.revision))
    }
}

type Extracted = Result<(Extract, Vec<String>), Diagnostics>;

/// Extracts the schema documents of a revision and everything below the paths, and returns where the paths are now.
///
/// A path is relative to the root of the repository, or to the working directory if it begins with `./`.
pub(super) fn extract(revision: &str, paths: &[String]) -> io::Result<Extracted> {
    let folder = tempfile::tempdir()?;
    match files(revision, paths, folder.path()) {
        Ok(paths) => Ok(Ok((Extract { folder, revision: revision.to_owned() }, paths))),
        Err(why) => {
            let mut problems = Diagnostics::new();
            let message = format!("cannot read the revision `{revision}`: {}", why.trim_end());
            problems.push(Diagnostic::new(Severity::Io, codes::X0001, Span::file(format!("{revision}:{}", paths.join(" "))), message));
            Ok(Err(problems))
        }
    }
}

fn files(revision: &str, paths: &[String], folder: &Path) -> Result<Vec<String>, String> {
    // Older versions of git take what begins with a hyphen as an option even after `--end-of-options`.
    if revision.starts_with('-') {
        return Err("a revision does not begin with `-`".to_owned());
    }
    let prefix = output(&["rev-parse", "--show-prefix"])?;
    let prefix = String::from_utf8_lossy(&prefix).trim_end().to_owned();
    let paths: Vec<String> = paths.iter().map(|path| from_root(path, &prefix)).collect::<Result<_, _>>()?;
    let tree = output(&["ls-tree", "-r", "-z", "--full-tree", "--end-of-options", &format!("{revision}^{{tree}}")])?;
    let wanted: Vec<Blob> = tree.split(|byte| *byte == 0).filter_map(blob).filter(|blob| is_wanted(&blob.path, &paths)).collect();
    if let Some(path) = paths.iter().find(|path| !path.contains('*') && !wanted.iter().any(|blob| is_below(&blob.path, path))) {
        return Err(format!("it has no file `{path}`"));
    }
    contents(&wanted, folder).map_err(|why| why.to_string())?;
    Ok(paths.iter().map(|path| folder.join(path).to_string_lossy().into_owned()).collect())
}

/// A file of a revision.
struct Blob {
    id: String,
    path: String,
}

/// Parses an entry of `git ls-tree -z`: mode, type and id, a tab, and the path. Only regular files count.
fn blob(entry: &[u8]) -> Option<Blob> {
    let (head, path) = std::str::from_utf8(entry).ok()?.split_once('\t')?;
    let mut words = head.split(' ');
    let (mode, _, id) = (words.next()?, words.next()?, words.next()?);
    mode.starts_with("100").then(|| Blob { id: id.to_owned(), path: path.to_owned() })
}

fn is_wanted(path: &str, paths: &[String]) -> bool {
    let extension = Path::new(path).extension().and_then(|extension| extension.to_str());
    extension.is_some_and(|own| EXTENSIONS.iter().any(|known| own.eq_ignore_ascii_case(known)))
        || paths.iter().any(|below| is_below(path, below))
}

fn is_below(path: &str, folder: &str) -> bool {
    folder.is_empty() || path == folder || path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'))
}

/// Returns a path from the root of the repository, without `.` and `..`.
fn from_root(path: &str, prefix: &str) -> Result<String, String> {
    let whole = match path.strip_prefix("./") {
        Some(below) => format!("{prefix}{below}"),
        None => path.to_owned(),
    };
    let mut parts: Vec<&str> = Vec::new();
    for part in whole.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop().ok_or_else(|| format!("`{path}` is outside of the repository"))?),
            part => parts.push(part),
        }
    }
    Ok(parts.join("/"))
}

/// Returns a command for git that reads objects and the index only: without a pager, without locks, and without the programs that a configuration
/// can name for watching files.
pub(super) fn command() -> Command {
    let mut git = Command::new("git");
    git.args(["--no-pager", "--no-optional-locks", "-c", "core.fsmonitor=false"]);
    git
}

fn output(arguments: &[&str]) -> Result<Vec<u8>, String> {
    let run = command().args(arguments).stdin(Stdio::null()).output().map_err(|why| format!("cannot run `git`: {why}"))?;
    if run.status.success() { Ok(run.stdout) } else { Err(String::from_utf8_lossy(&run.stderr).into_owned()) }
}

/// Writes the files into the folder, all from one process.
fn contents(blobs: &[Blob], folder: &Path) -> io::Result<()> {
    let mut git = command().args(["cat-file", "--batch"]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
    let (mut ask, answer) = match (git.stdin.take(), git.stdout.take()) {
        (Some(ask), Some(answer)) => (ask, answer),
        _ => return Err(io::Error::other("`git cat-file` has no input or output")),
    };
    let mut answer = BufReader::new(answer);
    for blob in blobs {
        // One at a time, so that neither process waits for the other with a full pipe.
        writeln!(ask, "{}", blob.id)?;
        ask.flush()?;
        let bytes = next(&mut answer)?;
        let path = safe(folder, &blob.path)?;
        std::fs::create_dir_all(path.parent().unwrap_or(folder))?;
        std::fs::write(path, bytes)?;
    }
    drop(ask);
    git.wait()?;
    Ok(())
}

/// Reads an answer of `git cat-file --batch`: a line with id, type and size, the bytes, and a line break.
fn next(answer: &mut impl BufRead) -> io::Result<Vec<u8>> {
    let mut head = String::new();
    answer.read_line(&mut head)?;
    let size: u64 = head.trim_end().rsplit(' ').next().and_then(|size| size.parse().ok()).ok_or_else(|| io::Error::other(head.clone()))?;
    let mut bytes = Vec::new();
    answer.by_ref().take(size).read_to_end(&mut bytes)?;
    answer.read_exact(&mut [0])?;
    Ok(bytes)
}

/// Returns the path in the folder. Git does not check in paths that lead out of it, but a forged repository could have them.
fn safe(folder: &Path, path: &str) -> io::Result<PathBuf> {
    let plain = |part: std::path::Component<'_>| matches!(part, std::path::Component::Normal(_));
    match Path::new(path).components().all(plain) {
        true => Ok(folder.join(path)),
        false => Err(io::Error::other(format!("`{path}` is not a path of a repository"))),
    }
}
