//! The hunks of a review are a patch: they turn the old files into the new ones. So no line is missing, and none is there twice.

use std::collections::{BTreeMap, BTreeSet};

use xsdgen::FileSet;
use xsdgen::review::{Review, State};

use super::Version;

type Lines<'t> = BTreeMap<&'t str, BTreeMap<u32, &'t str>>;

/// Returns the lines of files by number.
fn lines(files: &FileSet) -> Lines<'_> {
    files.iter().map(|(path, text)| (path.as_str(), (1..).zip(text.lines()).collect())).collect()
}

/// Checks that the hunks turn the old files into the new ones.
pub(crate) fn check(old: &Version, new: &Version, review: &Review) -> Result<(), String> {
    let (mut from, to) = (lines(&old.files), lines(&new.files));
    let mut come: Lines<'_> = BTreeMap::new();
    let mut changed = 0;
    for hunk in review.hunks() {
        for line in &hunk.lines {
            let source = hunk.from.as_deref().unwrap_or(&hunk.file);
            changed += usize::from(line.state != State::Kept);
            if let (State::Removed | State::Moved, Some(number)) = (line.state, line.old) {
                let gone = from.get_mut(source).and_then(|lines| lines.remove(&number));
                gone.ok_or_else(|| format!("{source}:{number} is removed twice, or is not there"))?;
            }
            if let (State::Added | State::Moved, Some(number)) = (line.state, line.new) {
                let twice = come.entry(&hunk.file).or_default().insert(number, &line.text);
                twice.map_or(Ok(()), |_| Err(format!("{}:{number} is added twice", hunk.file)))?;
            }
        }
    }
    if changed != review.counts.changed || review.counts.attributed > changed {
        return Err(format!("{changed} lines changed, {:?}", review.counts));
    }
    let paths: BTreeSet<&str> = from.keys().chain(to.keys()).copied().collect();
    for path in paths {
        let mut made = come.remove(path).unwrap_or_default();
        let mut kept = from.remove(path).unwrap_or_default().into_values();
        let wanted = to.get(path).cloned().unwrap_or_default();
        for number in wanted.keys() {
            if !made.contains_key(number) {
                made.insert(*number, kept.next().unwrap_or("(no more lines)"));
            }
        }
        if let Some(left) = kept.next() {
            return Err(format!("{path}: `{left}` is left"));
        }
        if let Some((number, line)) = made.iter().find(|(number, line)| wanted.get(number) != Some(line)) {
            return Err(format!("{path}:{number} is `{line}`, not {:?}", wanted.get(number)));
        }
    }
    Ok(())
}
