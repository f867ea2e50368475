//! Checks a namespace against the namespace constraint of a wildcard (XML Schema Part 1, section 3.10.4). The
//! element itself is handled in `read::keep`.

/// Returns whether the namespace constraint admits a namespace. The constraint is `##any`, `##other:URI`, or a
/// list of names and `##local`.
pub(crate) fn admits(constraint: &str, uri: &str) -> bool {
    if constraint == "##any" {
        return true;
    }
    match constraint.strip_prefix("##other:") {
        Some(but) => !uri.is_empty() && uri != but,
        None => constraint.split_ascii_whitespace().any(|one| if one == "##local" { uri.is_empty() } else { one == uri }),
    }
}
