//! Paths of values in JSON, as errors have them: `$.attendees.attendee[2].@id`.

use crate::error::schema_excerpt as excerpt;

/// Returns the path of a member. A name with characters that have a meaning in paths is quoted: `$["a.b"]`.
pub(super) fn below(path: &str, name: &str) -> String {
    let is_plain = !name.is_empty() && !name.contains(|c: char| matches!(c, '.' | '[' | ']' | '"') || c.is_whitespace() || c.is_control());
    if is_plain { format!("{path}.{}", excerpt(name)) } else { format!("{path}[\"{}\"]", excerpt(name)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn odd_names_are_quoted() {
        assert_eq!(below("$.a[0]", "@id"), "$.a[0].@id");
        assert_eq!(below("$", "dc.title"), "$[\"dc.title\"]");
        assert_eq!(below("$", "a\"]\n"), "$[\"a\\\"]\\n\"]");
        assert_eq!(below("$", ""), "$[\"\"]");
        assert!(below("$", &"x".repeat(1_000_000)).len() < 200 && below("$", &".".repeat(1_000_000)).len() < 200);
    }
}
