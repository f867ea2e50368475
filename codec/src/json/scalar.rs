//! Texts as JSON: numbers and booleans where nothing is lost, otherwise strings.

use super::tree::{Tree, number};
use crate::simple::{Builtin, SimpleType, words};
use crate::tables::{FieldInfo, ValueFlags};
use crate::typed::TextForm;

/// What a text is in JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Text,
    Bool,
    Number,
}

/// Returns the JSON of a text of a field.
pub(super) fn scalar(field: &FieldInfo, text: &str) -> Tree {
    match field.kind.is(ValueFlags::LIST) {
        true => {
            let kind = kind(field.item_type());
            Tree::List(words(text).map(|word| of_kind(kind, word)).collect())
        }
        false if matches!(field.form, Some(TextForm::EpochMilliseconds | TextForm::Integers(_))) => of_kind(Kind::Number, text),
        false => of_kind(kind(field.simple()), text),
    }
}

fn kind(simple: Option<&SimpleType>) -> Kind {
    match simple.and_then(SimpleType::primitive) {
        Some(Builtin::Boolean) => Kind::Bool,
        Some(Builtin::Decimal | Builtin::Float | Builtin::Double) => Kind::Number,
        _ => Kind::Text,
    }
}

fn of_kind(kind: Kind, text: &str) -> Tree {
    let known = match kind {
        Kind::Text => None,
        Kind::Bool => match text {
            "true" => Some(Tree::Bool(true)),
            "false" => Some(Tree::Bool(false)),
            _ => None,
        },
        Kind::Number => exact(text),
    };
    known.unwrap_or_else(|| Tree::Text(text.to_owned()))
}

/// Returns a number that every reader of JSON reads as the same value, and that is written as the same text again.
fn exact(text: &str) -> Option<Tree> {
    if let Ok(integer) = text.parse::<i64>() {
        if integer.to_string() == text {
            return Some(Tree::Integer(integer));
        }
    } else if let Ok(natural) = text.parse::<u64>() {
        return (natural.to_string() == text).then_some(Tree::Natural(natural));
    }
    let value = text.parse::<f64>().ok().filter(|value| value.is_finite() && text.bytes().all(|byte| !byte.is_ascii_lowercase()))?;
    (number(value) == text && is_simple(text)).then_some(Tree::Number(value))
}

/// Returns whether a decimal number has at most 53 bits and a power of ten of at most 22. Both are exact as floating-point numbers then, so that a single
/// multiplication or division gives the nearest value. `serde_json` reads other numbers with an error in the last place unless its feature `float_roundtrip`
/// is on: `2.2250738585072011E-308` becomes its neighbour.
fn is_simple(text: &str) -> bool {
    let (digits, power) = text.split_once(['E', 'e']).unwrap_or((text, "0"));
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let mantissa = format!("{whole}{fraction}").trim_start_matches(['+', '-']).parse::<u64>();
    let power = power.parse::<i64>().ok().zip(i64::try_from(fraction.len()).ok()).and_then(|(power, behind)| power.checked_sub(behind));
    mantissa.is_ok_and(|mantissa| mantissa <= 1 << 53) && power.is_some_and(|power| (-22..=22).contains(&power))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_numbers_if_their_text_survives() {
        for (text, expected) in [
            ("0", Tree::Integer(0)),
            ("-7", Tree::Integer(-7)),
            ("40203844900000001", Tree::Integer(40_203_844_900_000_001)),
            ("18446744073709551615", Tree::Natural(u64::MAX)),
            ("1.5", Tree::Number(1.5)),
            ("1E22", Tree::Number(1e22)),
            ("1.5E-7", Tree::Number(1.5e-7)),
            ("9007199254740.992", Tree::Number(9_007_199_254_740.992)),
            ("-0", Tree::Number(-0.0)),
        ] {
            assert_eq!(of_kind(Kind::Number, text), expected, "{text}");
            assert_eq!(expected.text().as_deref(), Some(text));
        }
        for text in [
            "007",
            "+1",
            "1.50",
            "1.0",
            "INF",
            "NaN",
            "18446744073709551616",
            "0.1000000000000000055511151231257827",
            "1E23",
            "1E300",
            "2.2250738585072011E-308",
            "0.30000000000000004",
            "",
        ] {
            assert_eq!(of_kind(Kind::Number, text), Tree::Text(text.to_owned()));
        }
        assert_eq!((of_kind(Kind::Bool, "true"), of_kind(Kind::Bool, "1")), (Tree::Bool(true), Tree::Text("1".to_owned())));
    }
}
