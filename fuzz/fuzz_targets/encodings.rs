//! Checks decoding against `encoding_rs`, and that a document that is written in an encoding is read as the same document. The first byte chooses
//! the encoding. Run it with `cargo xtask fuzz encodings`.
#![no_main]

use encoding_rs::Encoding;
use libfuzzer_sys::fuzz_target;
use xsdgen_codec::{AnyElement, ReadOptions, decode_text};

const LABELS: [&str; 8] = ["utf-8", "utf-16", "utf-16be", "iso-8859-1", "windows-1252", "us-ascii", "shift_jis", "UTF-16LE"];

fuzz_target!(|bytes: &[u8]| {
    let Some((number, xml)) = bytes.split_first() else { return };
    // Without a label, the declaration decides.
    let _ = AnyElement::from_xml(&String::from_utf8_lossy(xml));
    let detected = decode_text(xml, &ReadOptions::tolerant());
    if let Ok(text) = &detected {
        assert!(!text.contains('\r'));
    }
    let Some(label) = LABELS.get(usize::from(*number)) else { return };
    let decoded = decode_text(xml, &ReadOptions::tolerant().charset(*label));
    let Some(encoding) = Encoding::for_label(label.as_bytes()) else { return };
    // A byte order mark takes precedence; UTF-16 without one is big-endian if it begins with a zero byte.
    let (encoding, mark) = Encoding::for_bom(xml).unwrap_or((encoding, 0));
    let zero = *label != "utf-16be" && mark == 0 && xml.first() == Some(&0) && encoding == encoding_rs::UTF_16LE;
    let encoding = if zero { encoding_rs::UTF_16BE } else { encoding };
    let expected = encoding.decode_without_bom_handling_and_without_replacement(xml.get(mark..).unwrap_or_default());
    match (&decoded, expected) {
        (Ok(text), Some(expected)) => assert_eq!(**text, expected.replace("\r\n", "\n").replace('\r', "\n"), "{label}"),
        (Ok(text), None) => panic!("{label} {text:?}"),
        // The feature for other encodings is off, and characters that XML does not allow are refused.
        (Err(_), Some(expected)) => assert!(*label == "shift_jis" || !expected.chars().all(is_char), "{label} {expected:?}"),
        (Err(_), None) => {}
    }
});

fn is_char(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' '..='\u{D7FF}' | '\u{E000}'..='\u{FFFD}' | '\u{10000}'..)
}
