//! Parses literals to values of the primitive types, with equality and order (Part 2, section 3.2). White space
//! must already be normalised. Facets are not handled; lists only hold values, and unions are left to the
//! caller.

use std::cmp::Ordering;
use std::fmt::{self, Write as _};

use super::calendar::{self, Duration, Instant};
use super::decimal::{self, Decimal};
use super::{binary, builtin, names};
use crate::Builtin;

/// A value of a primitive type, or a list of values.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// A value of `string` or a type derived from it.
    Text(String),
    /// A value of `anyURI`.
    Uri(String),
    /// A value of `boolean`.
    Boolean(bool),
    /// A value of `decimal` or a type derived from it.
    Decimal(Decimal<'static>),
    /// A value of `float`.
    Float(f32),
    /// A value of `double`.
    Double(f64),
    /// A value of `duration`.
    Duration(Duration),
    /// A value of one of the date and time types. Values of different types are never equal.
    Instant(Builtin, Instant),
    /// A value of `hexBinary` or `base64Binary`.
    Binary(Builtin, Vec<u8>),
    /// A value of `QName` or `NOTATION`: a number that the caller chose for the namespace, and a local name.
    QName(u32, String),
    /// A list of values.
    List(Vec<Value>),
}

/// Parses a literal of a built-in atomic type. `prefix` returns the namespace that a prefix is bound to.
pub fn parse(kind: Builtin, text: &str, prefix: &dyn Fn(&str) -> Option<u32>) -> Option<Value> {
    if !lexical(kind, text) {
        return None;
    }
    Some(match builtin::primitive(kind) {
        Builtin::Boolean => Value::Boolean(matches!(text, "true" | "1")),
        Builtin::Decimal => Value::Decimal(Decimal::parse(text)?.into_owned()),
        Builtin::Float => Value::Float(number(text)?.parse().ok()?),
        Builtin::Double => Value::Double(number(text)?.parse().ok()?),
        Builtin::Duration => Value::Duration(Duration::parse(text)?),
        Builtin::HexBinary => Value::Binary(Builtin::HexBinary, binary::hex(text)?),
        Builtin::Base64Binary => Value::Binary(Builtin::Base64Binary, binary::base64(text)?),
        Builtin::QName | Builtin::Notation => {
            let (before, local) = text.split_once(':').unwrap_or(("", text));
            Value::QName(prefix(before)?, local.to_owned())
        }
        Builtin::AnyUri => Value::Uri(text.to_owned()),
        Builtin::AnySimpleType | Builtin::String => Value::Text(text.to_owned()),
        date => Value::Instant(date, Instant::parse(date, text)?),
    })
}

/// Returns whether a text with normalised white space is a literal of a built-in type, primitive or derived.
/// QNames may have any prefix.
pub fn is_literal(kind: Builtin, text: &str) -> bool {
    if let Some(item) = builtin::item(kind) {
        return !text.is_empty() && text.split(' ').all(|word| is_literal(item, word));
    }
    match builtin::primitive(kind) {
        Builtin::Decimal if kind == Builtin::Decimal => decimal::is_decimal(text),
        Builtin::Decimal => is_integer(kind, text),
        Builtin::Float | Builtin::Double => number(text).is_some(),
        Builtin::Duration => Duration::parse(text).is_some(),
        Builtin::HexBinary => binary::hex_length(text).is_some(),
        Builtin::Base64Binary => binary::base64_length(text).is_some(),
        Builtin::AnySimpleType | Builtin::String | Builtin::Boolean | Builtin::AnyUri | Builtin::QName | Builtin::Notation => {
            lexical(kind, text)
        }
        date => calendar::is_instant(date, text),
    }
}

/// Returns whether a text is a literal of an integer type. Most literals fit into an `i64`, which is faster.
fn is_integer(kind: Builtin, text: &str) -> bool {
    if let Ok(value) = text.parse::<i64>() {
        return builtin::admits(kind, value);
    }
    let (least, greatest) = builtin::bounds(kind);
    let Some(value) = Decimal::parse(text).filter(|_| lexical(kind, text)) else { return false };
    let beyond = |bound: Option<&str>, wrong: Ordering| bound.and_then(Decimal::parse).is_some_and(|bound| value.cmp(&bound) == wrong);
    !beyond(least, Ordering::Less) && !beyond(greatest, Ordering::Greater)
}

/// Compares two literals of a built-in type as values of its primitive type. The inner `None` means that they
/// have no order; the outer `None` means that one of them is not a literal.
pub fn compare(kind: Builtin, one: &str, other: &str) -> Option<Option<Ordering>> {
    match builtin::primitive(kind) {
        Builtin::Decimal => Some(Some(match (one.parse::<i64>(), other.parse()) {
            (Ok(one), Ok(other)) => one.cmp(&other),
            _ => Decimal::parse(one)?.cmp(&Decimal::parse(other)?),
        })),
        _ => Some(parse(kind, one, &|_| Some(0))?.compare(&parse(kind, other, &|_| Some(0))?)),
    }
}

/// Checks what the derived types require of literals beyond their facets, and some primitive types beyond what
/// parsing checks.
fn lexical(kind: Builtin, text: &str) -> bool {
    match kind {
        Builtin::Boolean => matches!(text, "true" | "false" | "1" | "0"),
        Builtin::AnyUri => is_any_uri(text),
        Builtin::QName | Builtin::Notation => names::is_qname(text),
        Builtin::Language => names::is_language(text),
        Builtin::Nmtoken => names::is_nmtoken(text),
        Builtin::Name => names::is_name(text),
        Builtin::NcName | Builtin::Id | Builtin::Idref | Builtin::Entity => names::is_ncname(text),
        _ if builtin::primitive(kind) == Builtin::Decimal && kind != Builtin::Decimal => !text.contains('.'),
        _ => true,
    }
}

/// Returns a float literal in the form that Rust's parser accepts.
fn number(text: &str) -> Option<&str> {
    match text {
        "INF" => Some("inf"),
        "-INF" => Some("-inf"),
        "NaN" => Some("NaN"),
        _ => {
            let (mantissa, exponent) = text.split_once(['e', 'E']).map_or((text, "0"), |(m, e)| (m, e));
            let digits = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
            let whole = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
            (whole && decimal::is_decimal(mantissa)).then_some(text)
        }
    }
}

/// Returns whether a text is an anyURI (section 3.2.17). Characters that are not allowed in URIs are escaped
/// first, so few texts are rejected.
pub fn is_any_uri(text: &str) -> bool {
    let bytes = text.as_bytes();
    let escapes =
        |(at, byte): (usize, &u8)| *byte != b'%' || bytes.get(at + 1..at + 3).is_some_and(|two| two.iter().all(u8::is_ascii_hexdigit));
    if !bytes.iter().enumerate().all(escapes) {
        return false;
    }
    // A colon before any slash ends the scheme, which must be valid and be followed by something. Two `#` are
    // never allowed.
    let scheme = match bytes.iter().position(|byte| matches!(byte, b':' | b'/' | b'?' | b'#')) {
        Some(at) if bytes.get(at) == Some(&b':') => bytes.get(..at).filter(|_| at + 1 < bytes.len()),
        _ => Some(&b"none"[..]),
    };
    let is_scheme = |scheme: &[u8]| {
        scheme.first().is_some_and(u8::is_ascii_alphabetic)
            && scheme.iter().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.'))
    };
    scheme.is_some_and(is_scheme) && bytes.iter().filter(|byte| **byte == b'#').count() <= 1
}

impl Value {
    /// Compares two values; returns `None` if they have no order.
    pub fn compare(&self, other: &Value) -> Option<Ordering> {
        match (self, other) {
            (Value::Decimal(a), Value::Decimal(b)) => Some(a.cmp(b)),
            (Value::Float(a), Value::Float(b)) => a.partial_cmp(b),
            (Value::Double(a), Value::Double(b)) => a.partial_cmp(b),
            (Value::Duration(a), Value::Duration(b)) => a.compare(b),
            (Value::Instant(k, a), Value::Instant(l, b)) if k == l => a.compare(b),
            _ => None,
        }
    }

    /// Returns whether two values are the same: NaN equals itself, and dates that name the same instant are
    /// equal.
    pub fn equals(&self, other: &Value) -> bool {
        match (self, other) {
            (Value::Float(a), Value::Float(b)) => a == b || (a.is_nan() && b.is_nan()),
            (Value::Double(a), Value::Double(b)) => a == b || (a.is_nan() && b.is_nan()),
            (Value::Duration(_), _) | (Value::Instant(..), _) => self.compare(other) == Some(Ordering::Equal),
            (Value::List(a), Value::List(b)) => a.len() == b.len() && a.iter().zip(b).all(|(x, y)| x.equals(y)),
            _ => self == other,
        }
    }

    /// Returns a text that is the same for two values if and only if they are equal, whatever their types. It
    /// serves as a hash key.
    pub fn key(&self) -> String {
        let mut key = String::new();
        self.add_key(&mut key);
        key
    }

    /// Appends the key to a text.
    fn add_key(&self, key: &mut String) {
        // Writing to a text cannot fail.
        let mut add = |parts: fmt::Arguments<'_>| key.write_fmt(parts).unwrap_or_default();
        match self {
            Value::Text(text) => add(format_args!("s{text}")),
            Value::Uri(text) => add(format_args!("u{text}")),
            Value::Boolean(value) => add(format_args!("b{value}")),
            Value::Decimal(value) => add(format_args!("n{}", value.canonical())),
            // Adding 0 turns negative zero into zero.
            Value::Float(value) => add(format_args!("f{}", value + 0.0)),
            Value::Double(value) => add(format_args!("d{}", value + 0.0)),
            Value::Duration(value) => add(format_args!("p{}", value.key())),
            Value::Instant(kind, value) => add(format_args!("{}{}", builtin::name(*kind), value.key())),
            Value::Binary(kind, bytes) => {
                key.push_str(builtin::name(*kind));
                key.push_str(&binary::to_hex(bytes));
            }
            Value::QName(namespace, local) => add(format_args!("q{namespace}:{local}")),
            Value::List(items) => {
                key.push('l');
                for item in items {
                    key.push('\0');
                    item.add_key(key);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests;
