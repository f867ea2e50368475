//! Checks that the fast paths of reading give the same value, notes and error as the general path, for any bytes.
//! Run it with `cargo +nightly fuzz run fast_paths`. `codec/tests/agreement.rs` makes the same comparison with generated documents.
#![no_main]

#[path = "../../codec/tests/sample/mod.rs"]
pub mod sample;

use libfuzzer_sys::fuzz_target;
use sample::Document;
use xsdgen_codec::ReadOptions;

fuzz_target!(|bytes: &[u8]| {
    for options in [ReadOptions::tolerant(), ReadOptions::strict(), ReadOptions::tolerant().undeclared_prefixes(true).bare_ampersands(true)]
    {
        let fast = Document::read(bytes, &options);
        let general = Document::read(bytes, &options.fast(false));
        assert_eq!(format!("{fast:?}"), format!("{general:?}"));
    }
});
