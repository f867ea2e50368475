//! In: a text and a built-in type, or a pattern. Out: whether the text has the lexical form of the type; whether it matches.
//! Not done here: facets (`validate`); the datatypes themselves, which are those of `xsdgen_datatypes`.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock, PoisonError, RwLock};

use xsdgen_datatypes::{Regex, Value, value};

use super::Builtin;

/// The patterns met so far, ready to match; they stand in static tables, so there are only so many.
static PATTERNS: LazyLock<RwLock<Patterns>> = LazyLock::new(RwLock::default);

/// Nothing stands for what is no regular expression.
type Patterns = HashMap<&'static str, Option<Arc<Regex>>>;

/// Whether the text, white space treated, is a literal of the type.
pub(super) fn is_literal(builtin: Builtin, text: &str) -> bool {
    value::is_literal(builtin, text)
}

/// Whether the text matches a pattern (Part 2, appendix F). What is no regular expression is matched by everything: the schema is wrong then.
pub(super) fn matches_pattern(pattern: &'static str, text: &str) -> bool {
    let known = PATTERNS.read().unwrap_or_else(PoisonError::into_inner).get(pattern).cloned();
    let regex = known.unwrap_or_else(|| {
        let regex = Regex::new(pattern).ok().map(Arc::new);
        PATTERNS.write().unwrap_or_else(PoisonError::into_inner).insert(pattern, regex.clone());
        regex
    });
    regex.is_none_or(|regex| regex.matches(text))
}

/// The value of a literal; a prefix of a QName counts as its namespace.
pub(super) fn parse(builtin: Builtin, text: &str) -> Option<Value> {
    value::parse(builtin, text, &|_| Some(0))
}

/// Reads a literal of `xs:double` (Part 2, section 3.2.5).
pub(crate) fn parse_double(text: &str) -> Option<f64> {
    match text {
        "INF" => Some(f64::INFINITY),
        "-INF" => Some(f64::NEG_INFINITY),
        "NaN" => Some(f64::NAN),
        _ if text.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'+' | b'-' | b'.' | b'e' | b'E')) => text.parse().ok(),
        _ => None,
    }
}
