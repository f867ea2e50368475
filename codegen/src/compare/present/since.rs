//! Writes the releases in which components appeared as the table `[since]` of a configuration.

use super::clean;
use crate::compare::since::Since;
use crate::config::quoted;

/// Returns the table. `releases` are the names of all releases; `used` says for each entry whether the bindings have something that it documents.
/// Other entries are comments, because a selector that matches nothing is an error.
#[must_use]
pub fn toml(releases: &[String], entries: &[Since], used: &[bool]) -> String {
    let mut out = format!("# From the releases {}, by `xsdgen diff --since`.\n[since]\n", clean(&releases.join(", ")));
    for (entry, used) in entries.iter().zip(used) {
        let line = format!("{} = {}", quoted(&entry.path.to_string()), quoted(&entry.release));
        let renamed = entry.from.as_ref().map(|from| format!(" # was {}", clean(from))).unwrap_or_default();
        match used {
            true => out.push_str(&format!("{line}{renamed}\n")),
            false => out.push_str(&format!("# {line} # no Rust item of its own\n")),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_text_is_a_string_or_a_clean() {
        assert_eq!(quoted("a\"\\\n\u{7f}b"), "\"a\\\"\\\\\\u000A\\u007Fb\"");
        assert_eq!(clean("a\nb"), "a b");
    }
}
