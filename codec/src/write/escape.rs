//! In: a text. Out: the text with what XML takes for markup written as references (XML, sections 2.4 and 2.11).
//! Not done here: facets.

use super::Buffer;
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
pub(crate) fn attribute(text: &str, out: &mut impl Out) -> bool {
    escape(text, true, out)
}

/// Bytes that need a second look: markup, control characters, and the first byte of the two characters that XML has not.
const ODD: [bool; 256] = {
    let mut table = [false; 256];
    let (mut byte, mut rest): (u8, &mut [bool]) = (0, &mut table);
    while let [first, more @ ..] = rest {
        *first = byte < 0x20 || matches!(byte, b'<' | b'>' | b'&' | 0xEF);
        (byte, rest) = (byte.wrapping_add(1), more);
    }
    table
};

/// Whether no byte of it needs a second look. Its two ends may overlap.
#[inline]
fn is_plain(bytes: &[u8]) -> bool {
    if let (Some(first), Some(last)) = (bytes.first_chunk::<16>(), bytes.last_chunk::<16>()) {
        let mut odd = [0; 16];
        mark_odd(first, &mut odd);
        mark_odd(last, &mut odd);
        let (blocks, _) = bytes.as_chunks::<16>();
        for block in blocks.iter().skip(1) {
            mark_odd(block, &mut odd);
        }
        return odd.iter().fold(0, |all, odd| all | odd) == 0;
    }
    if let (Some(first), Some(last)) = (bytes.first_chunk::<8>(), bytes.last_chunk::<8>()) {
        return odd_places(u64::from_le_bytes(*first)) | odd_places(u64::from_le_bytes(*last)) == 0;
    }
    if let (Some(first), Some(last)) = (bytes.first_chunk::<4>(), bytes.last_chunk::<4>()) {
        return odd_places(u64::from(u32::from_le_bytes(*first)) | u64::from(u32::from_le_bytes(*last)) << 32) == 0;
    }
    !bytes.iter().any(|byte| ODD.get(usize::from(*byte)).is_some_and(|odd| *odd))
}

/// Not 0 if a byte of the word needs a second look.
#[inline(always)]
fn odd_places(word: u64) -> u64 {
    const ONES: u64 = 0x0101_0101_0101_0101;
    let is = |byte: u8| {
        let zero = word ^ (ONES * u64::from(byte));
        zero.wrapping_sub(ONES) & !zero
    };
    let control = word.wrapping_sub(ONES * 0x20) & !word;
    (control | is(b'<') | is(b'>') | is(b'&') | is(0xEF)) & (ONES << 7)
}

/// Marks the places where a byte needs a second look. `<` and `>` differ in one bit.
#[inline(always)]
fn mark_odd(block: &[u8; 16], odd: &mut [u8; 16]) {
    for (mark, byte) in odd.iter_mut().zip(block) {
        *mark |= u8::from(*byte < 0x20) | u8::from(*byte | 2 == b'>') | u8::from(*byte == b'&') | u8::from(*byte == 0xEF);
    }
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
