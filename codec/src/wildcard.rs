//! In: the constraint of a wildcard, and a namespace. Out: whether it admits the namespace (XML Schema Part 1, section 3.10.4).
//! Not done here: what is done with the element (`read::keep`).

/// Whether the constraint admits a namespace: `##any`; `##other:URI`; or a list of names and `##local`.
pub(crate) fn admits(constraint: &str, uri: &str) -> bool {
    if constraint == "##any" {
        return true;
    }
    match constraint.strip_prefix("##other:") {
        Some(but) => !uri.is_empty() && uri != but,
        None => constraint.split_ascii_whitespace().any(|one| if one == "##local" { uri.is_empty() } else { one == uri }),
    }
}
