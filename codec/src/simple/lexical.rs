//! Checks the lexical forms of built-in types and matches patterns. Facets are checked in `validate`; the
//! datatypes themselves are defined in `xsdgen_datatypes`.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::str::FromStr;
use std::sync::{LazyLock, PoisonError, RwLock};

use xsdgen_datatypes::{Regex, Value, value};

use super::Builtin;

/// The compiled patterns used so far. Their number is bounded, because patterns come from static tables.
static PATTERNS: LazyLock<RwLock<Patterns>> = LazyLock::new(RwLock::default);

/// Maps the address and length of a pattern to the compiled expression, or to `None` if the pattern is not a
/// valid regular expression.
type Patterns = HashMap<(usize, usize), Option<Regex>, BuildHasherDefault<Place>>;

/// A hasher for numbers that are already distinct.
#[derive(Default)]
struct Place(u64);

impl Hasher for Place {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|byte| self.write_usize((*byte).into()));
    }

    fn write_usize(&mut self, number: usize) {
        self.0 = (self.0.rotate_left(5) ^ number as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    }
}

/// Returns whether the text, with its white space normalised, is a literal of the type.
pub(super) fn is_literal(builtin: Builtin, text: &str) -> bool {
    value::is_literal(builtin, text)
}

/// Returns whether the text matches a pattern (Part 2, appendix F). A pattern that is not a valid regular
/// expression, or is too large, is an error in the schema and matches no text.
pub(super) fn matches_pattern(pattern: &'static str, text: &str) -> bool {
    let place = (pattern.as_ptr().addr(), pattern.len());
    if let Some(known) = PATTERNS.read().unwrap_or_else(PoisonError::into_inner).get(&place) {
        return known.as_ref().is_some_and(|regex| regex.matches(text));
    }
    let regex = Regex::new(pattern).ok();
    let matches = regex.as_ref().is_some_and(|regex| regex.matches(text));
    PATTERNS.write().unwrap_or_else(PoisonError::into_inner).insert(place, regex);
    matches
}

/// Returns the value of a literal. All prefixes of QNames count as declared.
pub(super) fn parse(builtin: Builtin, text: &str) -> Option<Value> {
    value::parse(builtin, text, &|_| Some(0))
}

/// Parses a literal of `xs:double` (Part 2, section 3.2.5).
pub(crate) fn parse_double(text: &str) -> Option<f64> {
    if let Some((digits, decimals)) = few_digits(text)
        && digits < 1 << 53
        && let Some(ten) = TENS.get(decimals)
    {
        return Some(digits as f64 / ten);
    }
    parse_number(text)
}

/// Parses a literal of `xs:float` (Part 2, section 3.2.4).
pub(crate) fn parse_float(text: &str) -> Option<f32> {
    // Ten to the power of ten is the largest power of ten that is exact in 24 bits.
    if let Some((digits, decimals @ 0..=10)) = few_digits(text)
        && digits < 1 << 24
        && let Some(ten) = TENS.get(decimals)
    {
        return Some(digits as f32 / *ten as f32);
    }
    parse_number(text)
}

/// Parses a floating-point number, `INF`, `-INF` or `NaN`. Other words that Rust accepts are rejected.
fn parse_number<T: FromStr>(text: &str) -> Option<T> {
    match text {
        "INF" => "inf".parse().ok(),
        "-INF" => "-inf".parse().ok(),
        "NaN" => text.parse().ok(),
        _ if text.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'+' | b'-' | b'.' | b'e' | b'E')) => text.parse().ok(),
        _ => None,
    }
}

const TENS: [f64; 16] = [1.0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15];

/// Returns the digits of a short number without exponent, and the number of decimals. If both the whole number
/// and the power of ten are exact, their quotient is correctly rounded.
#[inline]
fn few_digits(text: &str) -> Option<(u64, usize)> {
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
    Some((digits, decimals))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_numbers_are_those_that_rust_reads() {
        let mut number = 1_u64;
        for _ in 0..20_000 {
            number = number.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let digits = (number >> 20) % 10_u64.pow((number >> 56) as u32 % 16);
            let mut text = digits.to_string();
            text.insert((number >> 48) as usize % (text.len() + 1), '.');
            assert_eq!((parse_float(&text), parse_double(&text)), (text.parse().ok(), text.parse().ok()), "{text}");
        }
        for text in ["", ".", "1e", "inf", "nan", "infinity", "+", "1 "] {
            assert_eq!((parse_float(text), parse_double(text)), (None, None), "{text}");
        }
        assert_eq!(parse_float("-INF"), Some(f32::NEG_INFINITY));
    }
}
