//! Searches bytes for characters of interest, in words of eight bytes or blocks of sixteen.

use memchr::{memchr, memchr3};

/// Returns whether a document of XML 1.0 may contain the character (section 2.2).
pub(crate) fn is_char(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' '..='\u{D7FF}' | '\u{E000}'..='\u{FFFD}' | '\u{10000}'..)
}

/// Returns eight bytes of a text as a word.
#[inline(always)]
pub(crate) fn word(bytes: &[u8], at: usize) -> Option<u64> {
    let chunk = bytes.get(at..)?.first_chunk::<8>()?;
    Some(u64::from_le_bytes(*chunk))
}

/// Marks the bytes of a word that equal this byte. The lowest bit that is set belongs to the first of them.
#[inline(always)]
pub(crate) const fn places_of(byte: u8, word: u64) -> u64 {
    const ONES: u64 = 0x0101_0101_0101_0101;
    let zero = word ^ (ONES * byte as u64);
    zero.wrapping_sub(ONES) & !zero & (ONES << 7)
}

/// Returns a mask of the first `len` bytes of a word.
#[inline(always)]
pub(crate) const fn first(len: usize) -> u64 {
    if len < 8 { (1 << (8 * len)) - 1 } else { u64::MAX }
}

/// Returns the position of the first such byte. Because most texts are short, the first few words are searched
/// here before the wide search is set up.
#[inline]
pub(crate) fn find_byte(byte: u8, bytes: &[u8]) -> Option<usize> {
    let (words, rest) = bytes.as_chunks::<8>();
    for (at, word) in words.iter().take(4).enumerate() {
        let found = places_of(byte, u64::from_le_bytes(*word));
        if found != 0 {
            return Some(at * 8 + found.trailing_zeros() as usize / 8);
        }
    }
    if words.len() > 4 {
        return memchr(byte, bytes.get(32..)?).map(|found| found + 32);
    }
    rest.iter().position(|it| *it == byte).map(|found| bytes.len() - rest.len() + found)
}

/// Returns a byte with all bits set, or with none.
#[inline(always)]
pub(crate) fn all(holds: bool) -> u8 {
    if holds { u8::MAX } else { 0 }
}

/// Marks the bytes of a block for which `mark_of` returns all bits set. The lowest bit that is set belongs to
/// the first of them. The compiler turns this into a few wide instructions.
#[inline(always)]
pub(crate) fn places_in(block: &[u8; 16], mark_of: impl Fn(u8) -> u8) -> u128 {
    let mut marks = [0; 16];
    for (mark, byte) in marks.iter_mut().zip(block) {
        *mark = mark_of(*byte);
    }
    u128::from_le_bytes(marks)
}

/// Returns the position of the first such byte, if no byte before it needs closer examination.
#[inline]
pub(crate) fn plain_until(byte: u8, bytes: &[u8]) -> Option<usize> {
    for (at, block) in bytes.as_chunks::<16>().0.iter().take(2).enumerate() {
        let found = places_in(block, |it| all(it == byte) | odd_mark(it));
        if found != 0 {
            let place = found.trailing_zeros() as usize / 8;
            return (block.get(place) == Some(&byte)).then_some(at * 16 + place);
        }
    }
    let found = find_byte(byte, bytes)?;
    is_plain(bytes.get(..found)?).then_some(found)
}

/// Returns the length of the start tag at the start of the bytes, or `None` if it does not end. A `>` in a
/// quoted value does not end it.
pub(crate) fn tag_len(bytes: &[u8]) -> Option<usize> {
    let mut at = 0;
    loop {
        let rest = bytes.get(at..)?;
        let stop = memchr3(b'>', b'"', b'\'', rest)?;
        match rest.get(stop)? {
            b'>' => return Some(at + stop + 1),
            quote => at += stop + 1 + memchr(*quote, rest.get(stop + 1..)?)? + 1,
        }
    }
}

/// Marks the bytes that need closer examination: markup, control characters, and the first byte of the two
/// characters that XML does not allow.
pub(crate) const ODD: [bool; 256] = {
    let mut table = [false; 256];
    let (mut byte, mut rest): (u8, &mut [bool]) = (0, &mut table);
    while let [first, more @ ..] = rest {
        *first = byte < 0x20 || matches!(byte, b'<' | b'>' | b'&' | 0xEF);
        (byte, rest) = (byte.wrapping_add(1), more);
    }
    table
};

/// Returns whether no byte needs closer examination.
#[inline]
pub(crate) fn is_plain(bytes: &[u8]) -> bool {
    is_plain_but::<b'<'>(bytes)
}

/// Returns whether no byte needs closer examination or equals `OTHER`. The two blocks at the ends may overlap.
#[inline]
pub(crate) fn is_plain_but<const OTHER: u8>(bytes: &[u8]) -> bool {
    let word_is_plain = |word: u64| odd_places(word) | places_of(OTHER, word) == 0;
    if let (Some(first), Some(last)) = (bytes.first_chunk::<16>(), bytes.last_chunk::<16>()) {
        let mut odd = [0; 16];
        mark_odd::<OTHER>(first, &mut odd);
        mark_odd::<OTHER>(last, &mut odd);
        let (blocks, _) = bytes.as_chunks::<16>();
        for block in blocks.iter().skip(1) {
            mark_odd::<OTHER>(block, &mut odd);
        }
        return odd.iter().fold(0, |all, odd| all | odd) == 0;
    }
    if let (Some(first), Some(last)) = (bytes.first_chunk::<8>(), bytes.last_chunk::<8>()) {
        return word_is_plain(u64::from_le_bytes(*first)) & word_is_plain(u64::from_le_bytes(*last));
    }
    if let (Some(first), Some(last)) = (bytes.first_chunk::<4>(), bytes.last_chunk::<4>()) {
        return word_is_plain(u64::from(u32::from_le_bytes(*first)) | u64::from(u32::from_le_bytes(*last)) << 32);
    }
    !bytes.iter().any(|byte| *byte == OTHER || ODD.get(usize::from(*byte)).is_some_and(|odd| *odd))
}

/// Returns a value other than 0 if a byte of the word needs closer examination.
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

/// Returns whether any byte is below this limit, which is at most 128. The two words at the ends may overlap.
#[inline]
pub(crate) fn has_below<const LIMIT: u8>(bytes: &[u8]) -> bool {
    const ONES: u64 = 0x0101_0101_0101_0101;
    let below = |word: u64| word.wrapping_sub(ONES * u64::from(LIMIT)) & !word & (ONES << 7);
    match (bytes.first_chunk::<8>(), bytes.last_chunk::<8>()) {
        (Some(first), Some(last)) => {
            let ends = below(u64::from_le_bytes(*first)) | below(u64::from_le_bytes(*last));
            let (words, _) = bytes.as_chunks::<8>();
            words.iter().skip(1).fold(ends, |found, word| found | below(u64::from_le_bytes(*word))) != 0
        }
        _ => bytes.iter().any(|byte| *byte < LIMIT),
    }
}

/// Marks the bytes that equal `OTHER` or need closer examination.
#[inline(always)]
fn mark_odd<const OTHER: u8>(block: &[u8; 16], odd: &mut [u8; 16]) {
    for (mark, byte) in odd.iter_mut().zip(block) {
        *mark |= odd_mark(*byte) | all(*byte == OTHER);
    }
}

/// Returns all bits set if a byte needs closer examination. `<` and `>` differ in one bit.
#[inline(always)]
fn odd_mark(byte: u8) -> u8 {
    all(byte < 0x20) | all(byte | 2 == b'>') | all(byte == b'&') | all(byte == 0xEF)
}
