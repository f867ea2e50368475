//! Parses decimal literals to numbers of any size, which are compared exactly. There is no arithmetic.

use std::borrow::Cow;
use std::cmp::Ordering;

/// A decimal number, as digits without superfluous zeros; zero is never negative. The digits are borrowed from
/// the literal, if possible.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Decimal<'t> {
    negative: bool,
    integer: Cow<'t, str>,
    fraction: Cow<'t, str>,
}

impl<'t> Decimal<'t> {
    /// Parses `[+-]?(d+(.d*)?|.d+)` (Part 2, section 3.2.3).
    pub fn parse(text: &'t str) -> Option<Decimal<'t>> {
        let (integer, fraction) = parts(text)?;
        let (integer, fraction) = (integer.trim_start_matches('0'), fraction.trim_end_matches('0'));
        let negative = text.starts_with('-') && !(integer.is_empty() && fraction.is_empty());
        Some(Decimal { negative, integer: Cow::Borrowed(integer), fraction: Cow::Borrowed(fraction) })
    }

    /// Returns the same number without a reference to the literal.
    pub fn into_owned(self) -> Decimal<'static> {
        Decimal { negative: self.negative, integer: self.integer.into_owned().into(), fraction: self.fraction.into_owned().into() }
    }

    /// Returns the shortest literal: `-1.5`, `0`, `100`.
    pub fn canonical(&self) -> String {
        let integer = if self.integer.is_empty() { "0" } else { self.integer.as_ref() };
        let (sign, point) = (if self.negative { "-" } else { "" }, if self.fraction.is_empty() { "" } else { "." });
        format!("{sign}{integer}{point}{}", self.fraction)
    }

    /// Returns the number of decimal digits that the number needs.
    pub fn total_digits(&self) -> usize {
        // 0.01 has two digits, those after the point (i and n with value = i / 10^n).
        let leading = if self.integer.is_empty() { self.fraction.bytes().take_while(|b| *b == b'0').count() } else { 0 };
        (self.integer.len() + self.fraction.len()).saturating_sub(leading).max(self.fraction.len())
    }

    /// Returns the number of digits that the number needs after the point.
    pub fn fraction_digits(&self) -> usize {
        self.fraction.len()
    }
}

/// Returns the digits of a literal before the point and those after it.
fn parts(text: &str) -> Option<(&str, &str)> {
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let (integer, rest) = unsigned.split_at_checked(digits(unsigned))?;
    let fraction = rest.strip_prefix('.').unwrap_or(rest);
    (digits(fraction) == fraction.len() && !(integer.is_empty() && fraction.is_empty())).then_some((integer, fraction))
}

/// Returns whether a text is a decimal literal.
pub fn is_decimal(text: &str) -> bool {
    parts(text).is_some()
}

impl PartialOrd for Decimal<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Decimal<'_> {
    fn cmp(&self, other: &Self) -> Ordering {
        let magnitude = || {
            let lengths = self.integer.len().cmp(&other.integer.len());
            lengths.then_with(|| self.integer.cmp(&other.integer)).then_with(|| self.fraction.cmp(&other.fraction))
        };
        match (self.negative, other.negative) {
            (false, false) => magnitude(),
            (true, true) => magnitude().reverse(),
            (negative, _) => {
                if negative {
                    Ordering::Less
                } else {
                    Ordering::Greater
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_compare_by_value() {
        let d = |t| Decimal::parse(t);
        assert_eq!(d("+01.50"), d("1.5"));
        assert_eq!(d("-0.0"), d("0"));
        assert!(d("-2") < d("-1.5") && d("-1") < d("0.1") && d("9") < d("10") && d("0.05") < d("0.4"));
        assert_eq!(d("-00.50").map(|d| d.canonical()).as_deref(), Some("-0.5"));
        assert_eq!(d("100").map(|d| d.canonical()).as_deref(), Some("100"));
        assert!(d("").is_none() && d(".").is_none() && d("1e3").is_none() && d("+").is_none());
        assert_eq!(d("123.450").map(|d| (d.total_digits(), d.fraction_digits())), Some((5, 2)));
    }

    #[test]
    fn digits_are_those_that_the_value_needs() {
        for (text, total, fraction, canonical) in [
            ("0", 0, 0, "0"),
            ("-0.00", 0, 0, "0"),
            ("100", 3, 0, "100"),
            ("007", 1, 0, "7"),
            ("1.05", 3, 2, "1.05"),
            ("0.01", 2, 2, "0.01"),
            ("0.10", 1, 1, "0.1"),
            (".5", 1, 1, "0.5"),
            ("+5.", 1, 0, "5"),
            ("-12.340", 4, 2, "-12.34"),
            ("123456789012345678901234567890.5", 31, 1, "123456789012345678901234567890.5"),
        ] {
            let read =
                Decimal::parse(text).map(|it| (it.total_digits(), it.fraction_digits(), it.canonical(), it.clone().into_owned() == it));
            assert_eq!(read, Some((total, fraction, canonical.to_owned(), true)), "{text}");
        }
        for text in ["", "+", "-", ".", "+.", "1.5.5", "1-", "a", "1 ", "--1", "+-1", "1e5"] {
            assert!(Decimal::parse(text).is_none() && !is_decimal(text), "{text}");
        }
    }

    #[test]
    fn numbers_are_ordered() {
        // In order.
        let all = ["-100", "-20.5", "-20.25", "-3", "-0.5", "-0.05", "0", "0.05", "0.5", "3", "20.25", "20.5", "100"];
        for (at, one) in all.iter().enumerate() {
            for (place, other) in all.iter().enumerate() {
                let (one, other) = (Decimal::parse(one), Decimal::parse(other));
                assert_eq!((one.cmp(&other), one.partial_cmp(&other)), (at.cmp(&place), Some(at.cmp(&place))), "{one:?} {other:?}");
            }
        }
    }
}
