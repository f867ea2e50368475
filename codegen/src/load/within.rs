//! Decides which local files schemas may refer to: a schema from elsewhere must not make xsdgen read any file of this machine.
//!
//! These are the files in the folder of the given schemas, and in folders beside it or beside the folder around it, because many schema sets have a
//! layout such as `maindoc/` and `common/`. Files that the user names are read wherever they are.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Component, Path, PathBuf};

/// The number of levels that a location may leave the folder of the given schemas to enter another folder.
const LEVELS: usize = 2;

/// The files and folders that schemas may refer to, without symbolic links.
pub(super) struct Bounds {
    files: BTreeSet<PathBuf>,
    folders: BTreeSet<PathBuf>,
}

impl Bounds {
    /// Returns the bounds for these schema files and replacement files.
    pub(super) fn of(given: &[PathBuf], locations: &BTreeMap<String, PathBuf>) -> Self {
        let folders = |paths: &mut dyn Iterator<Item = &PathBuf>| paths.map(|path| real(&folder(path))).collect::<BTreeSet<_>>();
        let mut roots = folders(&mut given.iter());
        // Files from all over the machine have no folder in common that would be a bound.
        if let Some(common) = common(&roots).filter(|common| is_deep(common)) {
            roots = BTreeSet::from([common]);
        }
        roots.extend(folders(&mut locations.values()));
        Bounds { files: given.iter().chain(locations.values()).map(|path| real(path)).collect(), folders: roots }
    }

    /// Adds a file that the user names, and the folder of it.
    pub(super) fn admit(&mut self, file: &Path) {
        self.files.insert(real(file));
        self.folders.insert(real(&folder(file)));
    }

    /// Returns whether schemas may refer to a file.
    pub(super) fn contain(&self, path: &Path) -> bool {
        let path = real(path);
        let near = |folder: &PathBuf| {
            // The deepest folder that contains both.
            let around = folder.ancestors().enumerate().take(LEVELS + 1).find(|(_, around)| path.starts_with(around));
            around.is_some_and(|(levels, around)| {
                let is_beside = path.strip_prefix(around).is_ok_and(|rest| rest.components().count() > 1);
                levels == 0 || is_deep(around) && is_beside
            })
        };
        self.files.contains(&path) || self.folders.iter().any(near)
    }
}

/// Returns whether a folder is neither the root of a file system nor a folder in it, such as `/tmp` or `/home`, which have folders of many owners.
fn is_deep(folder: &Path) -> bool {
    folder.components().filter(|part| matches!(part, Component::Normal(_))).count() > 1
}

fn folder(path: &Path) -> PathBuf {
    let folder = path.parent().unwrap_or(Path::new(""));
    if folder.as_os_str().is_empty() { PathBuf::from(".") } else { folder.to_owned() }
}

/// Returns the deepest folder that contains all of these.
fn common(folders: &BTreeSet<PathBuf>) -> Option<PathBuf> {
    let (first, last) = (folders.first()?, folders.last()?);
    // What the first and the last of sorted paths begin with, all others begin with too.
    Some(first.components().zip(last.components()).take_while(|(a, b)| a == b).map(|(part, _)| part).collect())
}

/// Returns the absolute path without symbolic links. The part of the path that does not exist is kept.
fn real(path: &Path) -> PathBuf {
    let whole = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let found = whole.ancestors().find_map(|known| Some((std::fs::canonicalize(known).ok()?, whole.strip_prefix(known).ok()?)));
    let Some((mut out, rest)) = found else { return whole };
    for part in rest.components() {
        match part {
            Component::ParentDir => drop(out.pop()),
            part => out.push(part),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bounds(given: &[&str], locations: &[&str]) -> Bounds {
        let given: Vec<PathBuf> = given.iter().map(PathBuf::from).collect();
        Bounds::of(&given, &locations.iter().map(|path| ((*path).to_owned(), PathBuf::from(path))).collect())
    }

    #[test]
    fn folders_beside_the_schemas_belong_to_them() {
        let one = bounds(&["/x/project/xsd/main/a.xsd"], &[]);
        for inside in ["/x/project/xsd/main/b.xsd", "/x/project/xsd/main/in/b.xsd", "/x/project/xsd/common/b.xsd", "/x/project/iso/b.xsd"] {
            assert!(one.contain(Path::new(inside)), "{inside}");
        }
        for outside in
            ["/x/project/xsd/b.xsd", "/x/project/b.xsd", "/x/b.xsd", "/x/other/b.xsd", "/etc/passwd", "/x/project/xsd/main/../../../y/b"]
        {
            assert!(!one.contain(Path::new(outside)), "{outside}");
        }
        let shallow = bounds(&["/x/main/a.xsd"], &[]);
        assert!(shallow.contain(Path::new("/x/main/b.xsd")));
        assert!(!shallow.contain(Path::new("/x/common/b.xsd")));
    }

    #[test]
    fn all_given_files_have_one_folder_unless_it_would_be_the_machine() {
        let near = bounds(&["/x/p/a/a.xsd", "/x/p/b/c/b.xsd"], &[]);
        assert!(near.contain(Path::new("/x/p/c.xsd")));
        let far = bounds(&["/x/p/a.xsd", "/y/q/b.xsd"], &["/z/r/c.xsd"]);
        for (path, inside) in
            [("/x/p/c.xsd", true), ("/y/q/d.xsd", true), ("/z/r/d.xsd", true), ("/z/c.xsd", false), ("/c.xsd", false), ("/x/c.xsd", false)]
        {
            assert_eq!(far.contain(Path::new(path)), inside, "{path}");
        }
    }
}
