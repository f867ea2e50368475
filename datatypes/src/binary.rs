//! Converts between literals of `hexBinary` and `base64Binary` (Part 2, sections 3.2.15 and 3.2.16) and their
//! octets. White space must already be collapsed.

/// Marks a character that is not a digit.
const NONE: u8 = 0xFF;

/// Builds a table of the values of digits by their characters.
const fn values(digits: &[u8]) -> [u8; 256] {
    let mut table = [NONE; 256];
    let (mut value, mut rest) = (0, digits);
    while let [digit, more @ ..] = rest {
        // Constant code cannot index a slice without a possible panic.
        let (_, from) = table.split_at_mut(*digit as usize);
        if let [place, ..] = from {
            *place = value;
        }
        (value, rest) = (value + 1, more);
    }
    table
}

const BASE64: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const HEX: &[u8; 16] = b"0123456789ABCDEF";

static SEXTETS: [u8; 256] = values(BASE64);
static NIBBLES: [u8; 256] = values(HEX);

/// Returns the value of a digit in Base64, or [`NONE`].
fn sextet(digit: u8) -> u8 {
    SEXTETS.get(usize::from(digit)).copied().unwrap_or(NONE)
}

/// Returns the value of a hexadecimal digit, or [`NONE`].
fn nibble(digit: u8) -> u8 {
    NIBBLES.get(usize::from(digit.to_ascii_uppercase())).copied().unwrap_or(NONE)
}

/// Returns the octets of a hexadecimal literal.
pub fn hex(text: &str) -> Option<Vec<u8>> {
    let mut octets = Vec::with_capacity(hex_length(text)?);
    octets.extend(text.as_bytes().as_chunks::<2>().0.iter().map(|[high, low]| nibble(*high) << 4 | nibble(*low)));
    Some(octets)
}

/// Returns the number of octets of a hexadecimal literal.
pub fn hex_length(text: &str) -> Option<usize> {
    (text.len().is_multiple_of(2) && text.bytes().all(|byte| nibble(byte) != NONE)).then_some(text.len() / 2)
}

/// Formats octets as a hexadecimal literal in canonical form, with digits in upper case.
pub fn to_hex(octets: &[u8]) -> String {
    let digit = |value: u8| HEX.get(usize::from(value)).copied().map_or('0', char::from);
    octets.iter().flat_map(|octet| [digit(octet >> 4), digit(octet & 15)]).collect()
}

/// Returns the octets of a Base64 literal (section 3.2.16): groups of four digits, the last padded with `=`.
/// Unused bits of the last digit must be zero.
pub fn base64(text: &str) -> Option<Vec<u8>> {
    decoded(text.as_bytes()).or_else(|| decoded(&packed(text)?))
}

/// Decodes digits that have no spaces between them.
fn decoded(digits: &[u8]) -> Option<Vec<u8>> {
    let (whole, rest) = groups(digits)?;
    let mut octets = vec![0; whole.len() * 3];
    let mut all = 0;
    for ([a, b, c, d], to) in whole.iter().zip(octets.as_chunks_mut::<3>().0) {
        let [a, b, c, d] = [sextet(*a), sextet(*b), sextet(*c), sextet(*d)];
        all |= a | b | c | d;
        *to = [a << 2 | b >> 4, b << 4 | c >> 2, c << 6 | d];
    }
    if let [a, b, more @ ..] = rest {
        octets.push(sextet(*a) << 2 | sextet(*b) >> 4);
        octets.extend(more.first().map(|c| sextet(*b) << 4 | sextet(*c) >> 2));
    }
    (all != NONE).then_some(octets)
}

/// Returns the number of octets of a Base64 literal.
pub fn base64_length(text: &str) -> Option<usize> {
    length(text.as_bytes()).or_else(|| length(&packed(text)?))
}

fn length(digits: &[u8]) -> Option<usize> {
    let (whole, rest) = groups(digits)?;
    let all = whole.as_flattened().iter().fold(0, |all, digit| all | sextet(*digit));
    (all != NONE).then_some(whole.len() * 3 + rest.len().saturating_sub(1))
}

/// Returns the digits without the spaces between them, or `None` if there are no spaces.
fn packed(text: &str) -> Option<Vec<u8>> {
    text.contains(' ').then(|| text.bytes().filter(|byte| *byte != b' ').collect())
}

/// Returns the complete groups of four digits, and the digits of an incomplete last group, whose unused bits
/// must be zero.
fn groups(digits: &[u8]) -> Option<(&[[u8; 4]], &[u8])> {
    let padding = digits.iter().rev().take(2).take_while(|byte| **byte == b'=').count();
    let (whole, rest) = digits.get(..digits.len() - padding)?.as_chunks::<4>();
    let fits = match (padding, rest) {
        (0, []) => true,
        (1, [a, b, c]) => sextet(*a) | sextet(*b) | sextet(*c) != NONE && sextet(*c) & 3 == 0,
        (2, [a, b]) => sextet(*a) | sextet(*b) != NONE && sextet(*b) & 15 == 0,
        _ => false,
    };
    fits.then_some((whole, rest))
}

/// Formats octets as a Base64 literal in canonical form, without white space.
pub fn to_base64(octets: &[u8]) -> String {
    let digit = |bits: u8| BASE64.get(usize::from(bits & 63)).copied().unwrap_or(b'A');
    let group = |[a, b, c]: [u8; 3]| [digit(a >> 2), digit(a << 4 | b >> 4), digit(b << 2 | c >> 6), digit(c)];
    let (whole, rest) = octets.as_chunks::<3>();
    let mut out = Vec::with_capacity(octets.len().div_ceil(3) * 4);
    for octets in whole {
        out.extend_from_slice(&group(*octets));
    }
    match (rest, &mut out) {
        ([a], out) => {
            let [first, second, ..] = group([*a, 0, 0]);
            out.extend_from_slice(&[first, second, b'=', b'=']);
        }
        ([a, b], out) => {
            let [first, second, third, _] = group([*a, *b, 0]);
            out.extend_from_slice(&[first, second, third, b'=']);
        }
        _ => {}
    }
    String::from_utf8(out).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn octets_and_their_literals() {
        assert_eq!((to_hex(&[0, 0x1f, 0xff]).as_str(), hex("001fFF")), ("001FFF", Some(vec![0, 0x1f, 0xff])));
        assert_eq!((hex(""), hex_length("0aF"), hex("0g"), hex_length("0g")), (Some(Vec::new()), None, None, None));
        // RFC 4648, section 10
        for (octets, text) in
            [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE="), ("foobar", "Zm9vYmFy")]
        {
            assert_eq!(to_base64(octets.as_bytes()), text);
            assert_eq!(base64(text).as_deref(), Some(octets.as_bytes()));
            assert_eq!(base64_length(text), Some(octets.len()));
        }
        assert_eq!(base64("Zm9 vYm E=").as_deref(), Some(&b"fooba"[..]));
        for text in ["Z", "Zg", "Zg=", "Zh==", "Zm9=", "Zg==Zg==", "Z===", "====", "=", "Zm-v", "Zm9vé=="] {
            assert_eq!((base64(text), base64_length(text)), (None, None), "{text}");
        }
        // A character that is no digit is found at each place, whatever bits are beside it.
        for (place, beside) in (0..4).flat_map(|place| (0..4).map(move |beside| (place, beside))) {
            let digit = |at: usize| {
                if at == place {
                    '!'
                } else if at == beside {
                    '/'
                } else {
                    'A'
                }
            };
            let text: String = (0..8).map(digit).collect();
            assert_eq!((base64(&text), base64_length(&text)), (None, None), "{text}");
        }
        let all: Vec<u8> = (0..=255).collect();
        assert_eq!((base64(&to_base64(&all)), hex(&to_hex(&all))), (Some(all.clone()), Some(all)));
    }
}
