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
    if let Some(value) = parse_short(text) {
        return Some(value);
    }
    match text {
        "INF" => Some(f64::INFINITY),
        "-INF" => Some(f64::NEG_INFINITY),
        "NaN" => Some(f64::NAN),
        _ if text.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'+' | b'-' | b'.' | b'e' | b'E')) => text.parse().ok(),
        _ => None,
    }
}

/// Reads a number of few digits without exponent, as most are: whole number and power of ten are exact then, and so is their quotient
/// but for the last rounding.
#[inline]
fn parse_short(text: &str) -> Option<f64> {
    const TENS: [f64; 16] = [1.0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15];
    let (mut digits, mut decimals, mut point) = (0_u64, 0, false);
    if text.len() > TENS.len() || text.is_empty() {
        return None;
    }
    for byte in text.bytes() {
        match byte {
            b'0'..=b'9' => {
                digits = digits * 10 + u64::from(byte - b'0');
                decimals += usize::from(point);
            }
            b'.' if !point && text.len() > 1 => point = true,
            _ => return None,
        }
    }
    if digits >= 1 << 53 {
        return None;
    }
    Some(digits as f64 / TENS.get(decimals)?)
}
