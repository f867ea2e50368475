//! Compares the fast paths with the general path, and both with other parsers, on documents that are changed at random.
#![cfg(feature = "derive")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stderr, clippy::print_stdout)] // a failed test panics

pub mod changes;
pub mod sample;

use changes::{Random, SEEDS, lengthened, mutate, rearrange, rounds};
use quick_xml::events::Event;
use sample::Document;
use xsdgen_codec::ReadOptions;

/// Returns whether quick-xml accepts the document. It checks less than this crate, so the crate must refuse everything that quick-xml
/// refuses.
fn quick_xml_takes(text: &str) -> bool {
    let mut reader = quick_xml::NsReader::from_str(text);
    loop {
        match reader.read_event() {
            Ok(Event::Eof) => return true,
            Ok(_) => {}
            Err(_) => return false,
        }
    }
}

#[test]
fn changed_documents_agree() {
    let mut random = Random(0x9E37_79B9_7F4A_7C15 ^ rounds() as u64);
    let (mut taken, mut strictly) = (0, 0);
    for round in 0..rounds() {
        let text = mutate(SEEDS[round % SEEDS.len()], &mut random);
        for (mode, options) in
            [ReadOptions::tolerant(), ReadOptions::strict(), ReadOptions::tolerant().undeclared_prefixes(true)].into_iter().enumerate()
        {
            let fast = Document::read(text.as_bytes(), &options);
            let slow = Document::read(text.as_bytes(), &options.clone().fast(false));
            assert_eq!(format!("{fast:?}"), format!("{slow:?}"), "{text}");
            let Ok(reading) = fast else { continue };
            taken += 1;
            strictly += usize::from(mode == 1);
            if mode < 2 {
                check_against_others(&text, &reading.value);
            }
        }
    }
    assert!(taken > rounds() / 6 && strictly > rounds() / 100, "{taken} {strictly}");
}

/// Compares both paths on changed documents. Returns how often reading succeeded.
fn over_rearranged(seed: &str, name: &str, random: &mut Random, change: impl Fn(&str, &mut Random) -> String) -> usize {
    let mut taken = 0;
    for _ in 0..rounds() / 3 {
        let mut text = lengthened(seed, name, random);
        for _ in 0..random.next(3) {
            text = change(&text, random);
        }
        for options in [ReadOptions::tolerant(), ReadOptions::strict(), ReadOptions::tolerant().bare_ampersands(true)] {
            let fast = Document::read(text.as_bytes(), &options);
            let slow = Document::read(text.as_bytes(), &options.clone().fast(false));
            assert_eq!(format!("{fast:?}"), format!("{slow:?}"), "{text}");
            taken += usize::from(fast.is_ok());
        }
    }
    taken
}

#[test]
fn rearranged_lists_agree() {
    let mut random = Random(0xD1B5_4A32_D192_ED03 ^ rounds() as u64);
    let taken = over_rearranged(SEEDS[0], "ep:recording", &mut random, rearrange);
    assert!(taken > rounds() / 6, "{taken}");
}

/// Compares both paths on mixed content and choices, with attributes, comments, CDATA sections, references, and known and unknown names of
/// any length.
#[test]
fn rearranged_mixed_content_and_choices_agree() {
    let mut random = Random(0x94D0_49BB_1331_11EB ^ rounds() as u64);
    for (seed, name) in [(SEEDS[3], "q:mattext"), (SEEDS[3], "q:small"), (SEEDS[4], "q:steps"), (SEEDS[4], "q:either")] {
        let taken = over_rearranged(seed, name, &mut random, rearrange);
        assert!(taken > rounds() / 6, "{name} {taken}");
        over_rearranged(seed, name, &mut random, mutate);
    }
}

/// Tests that the unchanged documents are valid, are read the same in both modes, and survive writing.
#[test]
fn the_unchanged_documents_are_valid() {
    for seed in &SEEDS[3..] {
        let strict = Document::from_xml_strict(seed.as_bytes()).unwrap();
        assert_eq!(Document::from_xml(seed.as_bytes()).unwrap(), strict);
        let written = strict.to_xml().unwrap();
        assert_eq!(Document::from_xml_strict(written.as_bytes()).unwrap(), strict, "{written}");
    }
}

fn check_against_others(text: &str, value: &Document) {
    assert!(quick_xml_takes(text), "quick-xml refuses {text}");
    // roxmltree requires the XML declaration at the very start, and refuses text outside the root element. Only tolerant reading accepts
    // no-break spaces before the XML declaration.
    let dtd = roxmltree::ParsingOptions { allow_dtd: true, ..Default::default() };
    match roxmltree::Document::parse_with_options(text.trim(), dtd) {
        Err(error) if !text.contains('\u{A0}') => panic!("roxmltree: {error}\n{text}"),
        _ => {}
    }
    // The written document has the same value, unless the value has an empty field that cannot be written.
    if let Ok(xml) = value.to_xml() {
        let again = Document::from_xml(xml.as_bytes()).unwrap_or_else(|error| panic!("{error}\n{text}\n{xml}"));
        let trimmed = Document::from_xml(again.to_xml().unwrap_or_default().as_bytes()).unwrap_or_else(|error| panic!("{error}\n{xml}"));
        assert_eq!(trimmed, again, "{text}\n{xml}");
        assert!(roxmltree::Document::parse(&xml).is_ok(), "{text}\n{xml}");
    }
}

#[test]
fn any_bytes() {
    let mut random = Random(42 + rounds() as u64);
    for round in 0..rounds() {
        let mut bytes = SEEDS[round % SEEDS.len()].as_bytes().to_vec();
        for _ in 0..=random.next(4) {
            let at = random.next(bytes.len());
            bytes[at] = random.next(256) as u8;
        }
        for options in [ReadOptions::tolerant(), ReadOptions::strict()] {
            let (fast, slow) = (Document::read(&bytes, &options), Document::read(&bytes, &options.clone().fast(false)));
            assert_eq!(format!("{fast:?}"), format!("{slow:?}"), "{}", String::from_utf8_lossy(&bytes));
        }
    }
}
