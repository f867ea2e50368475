//! Writes a lock as text: a comment, then one line for each name, sorted.

use std::fmt;

use super::{Entry, Form, Key, Lock, LockedNamespace, OldName};
use crate::mark::MARK;
use crate::model::path::quoted;

/// The words before the version of the format in the first line.
pub(super) const FORMAT: &str = "# xsdgen.lock, format ";

/// The version of the format.
pub(super) const VERSION: u32 = 1;

/// The word for the line of a namespace.
pub(super) const NAMESPACE: &str = "namespace";

/// The word for the line of an old name.
pub(super) const DEPRECATED: &str = "deprecated";

impl fmt::Display for Lock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{FORMAT}{VERSION}: the Rust name of each schema component. Written by xsdgen; commit it with the bindings.")?;
        writeln!(f, "# {MARK}")?;
        writeln!(f, "# Names stay when the schemas change. To give new ones, run `xsdgen lock --relock SELECTOR`.")?;
        writeln!(f)?;
        self.lines().into_iter().try_for_each(|line| writeln!(f, "{line}"))
    }
}

impl Lock {
    /// Returns the lines without the comment, sorted.
    #[must_use]
    pub fn lines(&self) -> Vec<String> {
        let namespaces = self.namespaces.iter().map(|(uri, found)| namespace(uri, found));
        let entries = self.entries.iter().map(|(key, entry)| line(key, entry));
        let mut lines: Vec<String> = namespaces.chain(entries).chain(self.aliases.iter().map(old)).collect();
        lines.sort();
        lines
    }
}

fn namespace(uri: &str, found: &LockedNamespace) -> String {
    format!("{} {NAMESPACE} {} {}", found.prefix, found.module.as_deref().unwrap_or("-"), quoted(uri))
}

/// Returns the line of a name.
pub(super) fn line(key: &Key, entry: &Entry) -> String {
    let ty = match entry.form {
        _ if entry.ty.is_empty() => String::new(),
        Form::Field => format!(": {}", entry.ty),
        _ => format!("({})", entry.ty),
    };
    format!("{} {} {}{ty}", key.path, entry.form.word(), entry.rust())
}

fn old(alias: &OldName) -> String {
    let module = if alias.module.is_empty() { String::new() } else { format!("{}::", alias.module) };
    format!("{} {DEPRECATED} {module}{}", alias.path, alias.name)
}
