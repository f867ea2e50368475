//! In: any bytes. Out: nothing, or a crash where the short ways of reading give another value, other notes or another error than the general one.
//! Not done here: judging the value. `cargo +nightly fuzz run short_ways`; the same comparison over made documents is `codec/tests/agreement.rs`.
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
