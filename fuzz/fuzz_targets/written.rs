//! Checks that what is read with any options can be written with any options: the result is well-formed, and reading it gives the same value. The
//! first byte chooses the options for reading, the second one those for writing. `codec/tests/written.rs` makes the same check with generated
//! documents. Run it with `cargo xtask fuzz written`.
#![no_main]

#[path = "../../codec/tests/sample/mod.rs"]
pub mod sample;

use libfuzzer_sys::fuzz_target;
use sample::Document;
use xsdgen_codec::{ReadOptions, WriteOptions};
use xsdgen_fuzz::{assert_well_formed, reading, writing};

fuzz_target!(|bytes: &[u8]| {
    let [read, write, xml @ ..] = bytes else { return };
    let Ok(found) = Document::read(xml, &reading(*read)) else { return };
    if let Ok(text) = found.to_xml_with(&writing(*write, "urn:sample:service")) {
        assert_well_formed(&text);
    }
    // The usual form gives the value back, once texts are trimmed and empty lists are gone.
    let Ok(first) = found.value.to_xml_with(&WriteOptions::tolerant()) else { return };
    let Ok(again) = Document::read(first.as_bytes(), &ReadOptions::tolerant()) else { return };
    let second = again.value.to_xml_with(&WriteOptions::tolerant()).unwrap_or_else(|error| panic!("{error}\n{first}"));
    let third = Document::read(second.as_bytes(), &ReadOptions::tolerant()).unwrap_or_else(|error| panic!("{error}\n{second}"));
    assert_eq!(third.value, again.value, "{first}\n{second}");
});
