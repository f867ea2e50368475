//! In: bytes. Out: what is among them, by words of eight or blocks of sixteen.
//! Not done here: what it means.

use memchr::{memchr, memchr3};

/// Eight bytes of a text.
#[inline(always)]
pub(crate) fn word(bytes: &[u8], at: usize) -> Option<u64> {
    let chunk = bytes.get(at..)?.first_chunk::<8>()?;
    Some(u64::from_le_bytes(*chunk))
}

/// Where a byte of the word is this one: the lowest bit set tells the first.
#[inline(always)]
pub(crate) const fn places_of(byte: u8, word: u64) -> u64 {
    const ONES: u64 = 0x0101_0101_0101_0101;
    let zero = word ^ (ONES * byte as u64);
    zero.wrapping_sub(ONES) & !zero & (ONES << 7)
}

/// The first so many bytes of a word.
#[inline(always)]
pub(crate) const fn first(len: usize) -> u64 {
    if len < 8 { (1 << (8 * len)) - 1 } else { u64::MAX }
}

/// Where this byte stands first. Most texts are short: they are looked through before the wide search is set up.
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

/// All bits, or none.
#[inline(always)]
pub(crate) fn all(holds: bool) -> u8 {
    if holds { u8::MAX } else { 0 }
}

/// Where bytes of a block are marked, by what gives all bits or none: the lowest bit set tells the first. The compiler makes a few wide
/// instructions of it.
#[inline(always)]
pub(crate) fn places_in(block: &[u8; 16], mark_of: impl Fn(u8) -> u8) -> u128 {
    let mut marks = [0; 16];
    for (mark, byte) in marks.iter_mut().zip(block) {
        *mark = mark_of(*byte);
    }
    u128::from_le_bytes(marks)
}

/// Where this byte stands first, if no byte before it needs a second look.
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

/// How long the start tag is that starts here; nothing where it does not end. A `>` in a quoted value does not end it.
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

/// Bytes that need a second look: markup, control characters, and the first byte of the two characters that XML has not.
pub(crate) const ODD: [bool; 256] = {
    let mut table = [false; 256];
    let (mut byte, mut rest): (u8, &mut [bool]) = (0, &mut table);
    while let [first, more @ ..] = rest {
        *first = byte < 0x20 || matches!(byte, b'<' | b'>' | b'&' | 0xEF);
        (byte, rest) = (byte.wrapping_add(1), more);
    }
    table
};

/// Whether no byte of it needs a second look.
#[inline]
pub(crate) fn is_plain(bytes: &[u8]) -> bool {
    is_plain_but::<b'<'>(bytes)
}

/// Whether no byte of it is this one or needs a second look. Its two ends may overlap.
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

/// Whether a byte of it is below this one, of up to 128. Its two ends may overlap.
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

/// Marks the places where a byte is this one or needs a second look.
#[inline(always)]
fn mark_odd<const OTHER: u8>(block: &[u8; 16], odd: &mut [u8; 16]) {
    for (mark, byte) in odd.iter_mut().zip(block) {
        *mark |= odd_mark(*byte) | all(*byte == OTHER);
    }
}

/// All bits if a byte needs a second look. `<` and `>` differ in one bit.
#[inline(always)]
fn odd_mark(byte: u8) -> u8 {
    all(byte < 0x20) | all(byte | 2 == b'>') | all(byte == b'&') | all(byte == 0xEF)
}
