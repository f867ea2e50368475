//! Tests that values need memory in proportion to the size of their document, even if their types have many optional parts. The allocated
//! bytes are counted, so that the figures are the same in every run. While a text or list grows, both its old and its new memory are
//! counted. `docs/performance.md` has the figures of real documents.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a failed test panics")]

#[rustfmt::skip]
#[path = "cases/memory/expected/lib.rs"]
#[allow(unreachable_pub, dead_code, reason = "bindings are public, a test is not")]
mod memory;

use memory::Document;

/// Returns the peak memory of strict reading, in bytes per byte of the document. Tolerant reading must not need more.
fn ratio(text: &str) -> f64 {
    let peak = |read: fn(&[u8]) -> xsdgen_codec::Result<Document>| {
        drop(read(text.as_bytes()).unwrap());
        allocation_counter::measure(|| drop(read(text.as_bytes()).unwrap())).bytes_max
    };
    let (strict, tolerant) = (peak(Document::from_xml_strict), peak(Document::from_xml));
    assert!(tolerant <= strict, "{tolerant} {strict}");
    strict as f64 / text.len() as f64
}

fn document(name: &str, records: usize, record: impl Fn(usize) -> String) -> String {
    let records: String = (0..records).map(record).collect();
    format!("<{name} xmlns=\"urn:memory\">{records}</{name}>")
}

/// Returns a line of an invoice in the form that programs write.
fn line(number: usize) -> String {
    format!(
        "<line><lineDocument><lineID>{number}</lineID></lineDocument>\
         <product><globalID schemeID=\"0160\">4012345001235</globalID><sellerID>TB100A{number}</sellerID><name>Divider sheets A4</name></product>\
         <agreement><grossPrice><charge>9.90</charge></grossPrice><netPrice><charge>9.90</charge></netPrice></agreement>\
         <delivery><billed unitCode=\"H87\">20.0000</billed></delivery>\
         <settlement><tax><type>VAT</type><category>S</category><rate>19.00</rate></tax><total>198.00</total></settlement></line>"
    )
}

/// Returns the data of a path with this number of curves.
fn curves(count: usize, seed: usize) -> String {
    let curve = |at: usize| format!("c{}.25,{} -{},12.5 7.75,-{}", (seed * 7 + at) % 90, seed % 40, at % 50, (seed + at * 3) % 80);
    (0..count).fold(format!("m{},{}", seed % 100, seed % 77), |data, at| data + &curve(at))
}

/// Returns a path with a style in the form that drawing programs write.
fn path(number: usize) -> String {
    let style = format!("fill:#{:06x};fill-opacity:1;stroke:#000000;stroke-width:1px;stroke-linecap:butt", number * 40503 % (1 << 24));
    format!("<path style=\"{style}\" d=\"{}\" id=\"path{number}\"/>", curves(5, number))
}

fn short_path(number: usize) -> String {
    format!("<path d=\"M0 0L{} {}\"/>", number % 90 + 10, number * 7 % 90 + 10)
}

/// Returns a stop of a network in the form that operators exchange.
fn stop(number: usize) -> String {
    format!(
        "<Stop id=\"de:00001:{number}\" version=\"any\" created=\"2026-01-02T03:04:05Z\">\
         <keyList><KeyValue><Key>GlobalID</Key><Value>de:08111:{number}</Value></KeyValue></keyList>\
         <Name>Bahnhof {number}</Name><Centroid><Longitude>9.1829</Longitude><Latitude>48.7{number}</Latitude></Centroid>\
         <OperatorRef ref=\"de:op:17\" version=\"any\"/><StopType>railStation</StopType></Stop>"
    )
}

#[test]
fn values_take_at_most_four_times_the_document() {
    let documents = [
        ("optional aggregates that nest", document("invoice", 1000, line)),
        ("dozens of optional attributes", document("drawing", 1000, path)),
        ("a wide choice of objects", document("network", 1000, stop)),
    ];
    for (what, text) in documents {
        let ratio = ratio(&text);
        assert!(ratio <= 4.0, "{what}: {ratio:.2}");
    }
}

/// Tests short paths. An absent attribute takes eight bytes, and a path has 28 optional ones: ten times the 22 bytes of a path that has
/// only its data. All other parts must be small.
#[test]
fn absent_attributes_take_a_pointer_each() {
    let text = document("drawing", 1000, short_path);
    assert!(text.len() < 23_000, "{}", text.len());
    let ratio = ratio(&text);
    assert!(ratio <= 13.0, "{ratio:.2}");
}
