//! Reads any bytes as a message of the WebEx XML API in both modes, whole and record by record, and writes what was read. The first byte chooses the
//! options for reading, the second one those for writing. Run it with `cargo xtask fuzz messages`.
#![no_main]

use libfuzzer_sys::fuzz_target;
use webex_xml_types::{Document, ep};
use xsdgen_codec::{ReadOptions, Records, WriteOptions};
use xsdgen_fuzz::{assert_well_formed, reading, writing};

fuzz_target!(|bytes: &[u8]| {
    let [read, write, xml @ ..] = bytes else { return };
    let options = reading(*read);
    let found = Document::read(xml, &options);
    let general = Document::read(xml, &options.clone().fast(read & 1 << 6 != 0));
    assert_eq!(format!("{found:?}"), format!("{general:?}"));
    if let Ok(records) = Records::<_, ep::Recording>::new(xml, "message/body/bodyContent/recording", &options) {
        let _ = records.filter_map(Result::ok).count();
    }
    let Ok(found) = found else { return };
    if let Ok(text) = found.to_xml_with(&writing(*write, "http://www.webex.com/schemas/2002/06/service")) {
        assert_well_formed(&text);
    }
    let Ok(first) = found.value.to_xml_with(&WriteOptions::tolerant()) else { return };
    let Ok(again) = Document::read(first.as_bytes(), &ReadOptions::tolerant()) else { return };
    let second = again.value.to_xml_with(&WriteOptions::tolerant()).unwrap_or_else(|error| panic!("{error}\n{first}"));
    let third = Document::read(second.as_bytes(), &ReadOptions::tolerant()).unwrap_or_else(|error| panic!("{error}\n{second}"));
    assert_eq!(third.value, again.value, "{first}\n{second}");
});
