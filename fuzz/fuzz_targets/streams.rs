//! Checks that reading record by record gives the same records as reading the whole document, for any bytes. The first byte is the number of
//! bytes that arrive at a time. Of notes and errors, only their presence is compared; tests compare the rest.
//! Run it with `cargo +nightly fuzz run streams`.
#![no_main]

#[path = "../../codec/tests/sample/mod.rs"]
pub mod sample;

use std::io::BufReader;

use libfuzzer_sys::fuzz_target;
use sample::{Document, ep, serv};
use xsdgen_codec::{ReadOptions, Records};

fuzz_target!(|bytes: &[u8]| {
    let Some((step, xml)) = bytes.split_first() else { return };
    let options = ReadOptions::tolerant();
    let reader = BufReader::with_capacity(1 + usize::from(*step), xml);
    let Ok(records) = Records::<_, ep::Recording>::new(reader, "message/body/bodyContent/recording", &options) else { return };
    let one_by_one: Result<Vec<ep::Recording>, _> = records.map(|record| record.map(|reading| reading.value)).collect();
    // The document must be well-formed in both cases. Names in a different letter case are only accepted when the whole document is read.
    let Ok(Document::Message(message)) = Document::from_xml(xml) else { return };
    let [serv::AnyBodyContent::LstRecordingResponse(list)] = &message.body.body_content[..] else { return };
    let exact = String::from_utf8_lossy(xml).matches("recording>").count() == 2 * list.recording.len();
    if exact && let Ok(one_by_one) = one_by_one {
        assert_eq!(one_by_one, list.recording);
    }
});
