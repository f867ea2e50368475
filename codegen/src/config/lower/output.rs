//! Lowers the keys that say how the bindings are written.

use crate::config::report::{Located, Report};
use crate::settings::{Layout, Visibility};

/// Returns the visibility of the bindings. In a crate of their own, nothing could use them if they were not public.
pub(super) fn visibility(report: &Report<'_>, word: &Located<String>, krate: bool) -> Visibility {
    match word.value.as_str() {
        "pub" => Visibility::Public,
        "pub(crate)" if krate => {
            report.bad(&word.span, "a crate whose items are all `pub(crate)` is of no use", "remove `visibility`, or the table `[crate]`");
            Visibility::Public
        }
        "pub(crate)" => Visibility::Crate,
        other => {
            report.bad(&word.span, format!("`{other}` is not a visibility of the bindings"), "write `pub` or `pub(crate)`");
            Visibility::Public
        }
    }
}

/// Returns the layout of the bindings.
pub(super) fn layout(report: &Report<'_>, word: &Located<String>) -> Layout {
    match word.value.as_str() {
        "namespaces" => Layout::Namespaces,
        "types" => Layout::Types,
        "file" => Layout::File,
        other => {
            let help = "write `namespaces` for a file for each namespace, `types` for a file for each type, or `file` for one file";
            report.bad(&word.span, format!("`{other}` is not a layout of the bindings"), help);
            Layout::Namespaces
        }
    }
}
