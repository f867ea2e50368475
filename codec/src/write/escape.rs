//! In: a text. Out: the text with what XML takes for markup written as references (XML, sections 2.4 and 2.11).
//! Not done here: facets.

use super::Buffer;
use crate::bytes::{ODD, is_plain, is_plain_but};
use crate::names::is_char;

/// What can be appended to.
pub(crate) trait Out {
    fn push_str(&mut self, text: &str);
}

impl Out for String {
    fn push_str(&mut self, text: &str) {
        Self::push_str(self, text);
    }
}

impl Out for Buffer {
    #[inline]
    fn push_str(&mut self, text: &str) {
        Self::push_str(self, text);
    }
}

/// Appends the text of an element. Tells whether all its characters may stand in XML; what is appended then does not matter.
#[inline]
pub(crate) fn text(text: &str, out: &mut impl Out) -> bool {
    if is_plain(text.as_bytes()) {
        out.push_str(text);
        return true;
    }
    escape(text, false, out)
}

/// Appends the value of an attribute.
#[inline(never)]
pub(crate) fn attribute(text: &str, out: &mut impl Out) -> bool {
    if is_plain_but::<b'"'>(text.as_bytes()) {
        out.push_str(text);
        return true;
    }
    escape(text, true, out)
}

#[cold]
fn escape(text: &str, attribute: bool, out: &mut impl Out) -> bool {
    let mut fine = true;
    let mut from = 0;
    for (at, byte) in text.bytes().enumerate() {
        if !ODD.get(usize::from(byte)).is_some_and(|odd| *odd) && byte != b'"' {
            continue;
        }
        let reference = match byte {
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'&' => "&amp;",
            b'\r' => "&#13;",
            b'"' if attribute => "&quot;",
            b'\n' if attribute => "&#10;",
            b'\t' if attribute => "&#9;",
            _ => {
                fine &= text.get(at..).and_then(|rest| rest.chars().next()).is_none_or(is_char);
                continue;
            }
        };
        out.push_str(text.get(from..at).unwrap_or_default());
        out.push_str(reference);
        from = at + 1;
    }
    out.push_str(text.get(from..).unwrap_or_default());
    fine
}

/// The digits of the numbers below a hundred.
const PAIRS: [[u8; 2]; 100] = {
    let mut pairs = [[b'0'; 2]; 100];
    let (mut number, mut rest): (u8, &mut [[u8; 2]]) = (0, &mut pairs);
    while let [first, more @ ..] = rest {
        *first = [b'0' + number / 10, b'0' + number % 10];
        (number, rest) = (number + 1, more);
    }
    pairs
};

/// Appends an integer.
#[inline]
pub(crate) fn integer(negative: bool, mut value: u64, out: &mut Buffer) {
    if negative {
        out.push(b'-');
    }
    if value < 10 {
        return out.push(b'0' + value as u8);
    }
    // The digits end in the middle: what follows is surplus.
    let mut digits = [0_u8; 2 * DIGITS];
    let mut from = DIGITS;
    while value >= 10 {
        from -= 2;
        if let Some(pair) = digits.get_mut(from..).and_then(|rest| rest.first_chunk_mut::<2>()) {
            *pair = PAIRS.get((value % 100) as usize).copied().unwrap_or_default();
        }
        value /= 100;
    }
    if value > 0 {
        from -= 1;
        if let Some(first) = digits.get_mut(from) {
            *first = b'0' + value as u8;
        }
    }
    if let Some(digits) = digits.get(from..).and_then(|rest| rest.first_chunk::<DIGITS>()) {
        out.push_some(digits, DIGITS - from);
    }
}

/// How many digits the largest integer has.
const DIGITS: usize = 20;

/// Appends a number of few decimals, if it is one: what `Display` gives, without its detour.
///
/// A number below 10^12 that is the nearest to so many thousandths has at most fifteen digits: no shorter decimal stands for it.
#[inline]
pub(crate) fn thousandths(value: f64, out: &mut Buffer) -> bool {
    let scaled = value.abs() * 1000.0;
    if !(scaled < 1e15 && scaled.fract() == 0.0 && scaled / 1000.0 == value.abs()) || value == 0.0 {
        return false;
    }
    let scaled = scaled as u64;
    integer(value < 0.0, scaled / 1000, out);
    let mut rest = scaled % 1000;
    if rest > 0 {
        out.push(b'.');
        for place in [100, 10, 1] {
            if rest > 0 {
                out.push(b'0' + (rest / place) as u8);
                rest %= place;
            }
        }
    }
    true
}
