//! Escapes text for XML: characters that would be markup are written as references (XML, sections 2.4 and
//! 2.11). Numbers are formatted here too.

use super::buffer::Buffer;
use crate::text::bytes::is_char;
use crate::text::bytes::{ODD, is_plain, is_plain_but};

/// A destination that text can be appended to.
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

/// Appends the text of an element. Returns whether XML allows all its characters; if not, the output is
/// unspecified.
#[inline]
pub(crate) fn text(text: &str, out: &mut impl Out) -> bool {
    if is_plain(text.as_bytes()) {
        out.push_str(text);
        return true;
    }
    escape(text, false, out)
}

/// Appends the value of an attribute. Returns whether XML allows all its characters.
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

/// Reverses the escaping of an attribute value.
#[cold]
pub(crate) fn unescaped(text: &str) -> String {
    let references = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#13;", "\r"), ("&#10;", "\n"), ("&#9;", "\t"), ("&amp;", "&")];
    references.iter().fold(text.to_owned(), |text, (reference, character)| text.replace(reference, character))
}

/// The two digits of each number below a hundred.
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
    // The digits end in the middle of the array, so that a copy of a fixed size can start anywhere in them. The
    // bytes after them are surplus.
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

/// The number of digits of the largest integer.
const DIGITS: usize = 20;

/// A floating-point number that may have only a few decimals.
///
/// Such a number is written from an integer, which is faster than `Display` and gives the same result, because
/// no shorter decimal stands for it.
pub(crate) trait FewDecimals: Copy {
    /// Returns the digits without the point and the number of decimals, or `None` if the number has more
    /// decimals.
    fn few_decimals(self) -> Option<(u64, u32)>;
}

macro_rules! few_decimals {
    ($($type:ty: $limit:expr, $whole:expr;)*) => {$(
        impl FewDecimals for $type {
            #[inline]
            fn few_decimals(self) -> Option<(u64, u32)> {
                let size = self.abs();
                let digits = |scale: Self, places: u32| {
                    let digits = (size * scale).round();
                    (digits < $limit && digits / scale == size).then_some((digits as u64, places))
                };
                let whole = || (size < $whole && size.fract() == 0.0).then_some((size as u64, 0));
                if self == 0.0 { None } else { digits(1e3, 3).or_else(|| digits(1e6, 6)).or_else(whole) }
            }
        }
    )*};
}

// Every number of fifteen digits has a double of its own, and every number of six digits a float. The same
// holds for whole numbers of 53 and 24 bits.
few_decimals! {
    f32: 1e6, 16_777_216.0;
    f64: 1e15, 9_007_199_254_740_992.0;
}

/// Appends a number with this many decimals, without trailing zeros.
#[inline]
pub(crate) fn decimal(negative: bool, digits: u64, places: u32, out: &mut Buffer) {
    let one = 10_u64.pow(places);
    integer(negative, digits / one, out);
    let (mut rest, mut place) = (digits % one, one / 10);
    if rest > 0 {
        out.push(b'.');
    }
    while rest > 0 {
        out.push(b'0' + (rest / place) as u8);
        (rest, place) = (rest % place, place / 10);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_decimals_are_what_display_gives() {
        let mut number = 1_u64;
        let mut few = 0;
        for _ in 0..40_000 {
            number = number.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let text = format!(
                "{}.{}",
                (number >> 20) % 10_u64.pow((number >> 58) as u32 % 10),
                (number >> 9) % 10_u64.pow((number >> 55) as u32 % 8)
            );
            let (double, float): (f64, f32) = (text.parse().unwrap_or_default(), text.parse().unwrap_or_default());
            for (negative, found, display) in
                [(false, double.few_decimals(), double.to_string()), (true, (-float).few_decimals(), (-float).to_string())]
            {
                let Some((digits, places)) = found else { continue };
                let mut out = Buffer::default();
                decimal(negative, digits, places, &mut out);
                assert_eq!(out.since(0), display);
                few += 1;
            }
        }
        assert!(few > 30_000, "{few}");
        // Whole numbers are written with their exact digits, up to the largest one whose two neighbours are exact too.
        for (found, display) in [
            (5000_f32.few_decimals(), 5000_f32.to_string()),
            (16_777_215_f32.few_decimals(), 16_777_215_f32.to_string()),
            (9_007_199_254_740_991_f64.few_decimals(), 9_007_199_254_740_991_f64.to_string()),
        ] {
            let mut out = Buffer::default();
            assert!(found.is_some_and(|(digits, places)| {
                decimal(false, digits, places, &mut out);
                out.since(0) == display
            }));
        }
    }
}
