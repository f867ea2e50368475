//! Builds the book from `docs/` with mdBook.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::cargo::{run, target};
use crate::{Failure, files, root};

/// Where links that leave `docs/` lead in the book, which contains only `docs/`.
const REPOSITORY: &str = "https://github.com/xsdgen/xsdgen/blob/main/";

/// Builds the book and returns the folder with its pages.
///
/// # Errors
///
/// mdBook is not installed, a page cannot be read or copied, or mdBook fails.
pub fn build() -> Result<PathBuf, Failure> {
    let source = target().join("book-source");
    let out = target().join("book");
    files::empty(&source)?;
    files::put(&source.join("book.toml"), &files::read(&root().join("book.toml"))?)?;
    copy(&root().join("docs"), &source.join("docs"))?;
    let status = run(Command::new("mdbook").arg("build").arg("--dest-dir").arg(&out).arg(&source))?;
    if !status.success() {
        return Err(Failure::new(format!("`mdbook` failed: {status}"), "correct what it reports above"));
    }
    Ok(out)
}

/// Copies a folder. In pages, links that leave `docs/` become links to the repository.
fn copy(from: &Path, to: &Path) -> Result<(), Failure> {
    let entries = fs::read_dir(from).map_err(|why| Failure::io("read", from, &why))?;
    for entry in entries {
        let path = entry.map_err(|why| Failure::io("read", from, &why))?.path();
        let Some(name) = path.file_name() else { continue };
        let to = to.join(name);
        if path.is_dir() {
            copy(&path, &to)?;
        } else if path.extension().is_some_and(|extension| extension == "md") {
            files::put(&to, &linked(&files::read(&path)?))?;
        } else {
            let bytes = fs::read(&path).map_err(|why| Failure::io("read", &path, &why))?;
            let folder = to.parent().unwrap_or(Path::new(""));
            fs::create_dir_all(folder).and_then(|()| fs::write(&to, bytes)).map_err(|why| Failure::io("write", &to, &why))?;
        }
    }
    Ok(())
}

/// Replaces each link that leaves `docs/` with a link to the repository, and returns the text.
fn linked(page: &str) -> String {
    page.replace("](../", &format!("]({REPOSITORY}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_that_leave_the_book_lead_to_the_repository() {
        let page = "[a](b.md) [c](../codec/README.md#json)";
        assert_eq!(linked(page), "[a](b.md) [c](https://github.com/xsdgen/xsdgen/blob/main/codec/README.md#json)");
    }
}
