//! In: documents made on the fly. Out: a table of megabytes a second, and the ratio to quick-xml's scan of the same bytes.
//! Not done here: correctness, which is for the tests. `cargo bench --bench codec` (a list of 10 MB); `-- quick` for fewer rounds.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stderr, clippy::print_stdout)] // a measurement may

#[path = "../codec/tests/sample/mod.rs"]
pub mod sample;

use std::fmt::Write as _;
use std::hint::black_box;
use std::time::{Duration, Instant};

use quick_xml::events::Event;
use quick_xml::{NsReader, Reader};
use sample::{Document, serv};
use xsdgen_codec::{ReadOptions, WriteOptions};

/// How a list response is spelled.
#[derive(Clone, Copy, Default)]
struct Spelling {
    indent: bool,
    prefix: Option<&'static str>,
    messy: bool,
}

/// A list response of so many recordings.
fn list(records: usize, spelling: Spelling) -> String {
    let p = match spelling.prefix {
        None => "ep:".to_owned(),
        Some("") => String::new(),
        Some(prefix) => format!("{prefix}:"),
    };
    let xmlns = match p.as_str() {
        "" => "xmlns".to_owned(),
        prefix => format!("xmlns:{}", prefix.trim_end_matches(':')),
    };
    let mut xml = String::with_capacity(records * 900);
    let _ = write!(
        xml,
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<serv:message xmlns:serv=\"urn:sample:service\"><serv:header><serv:response>\
         <serv:result>SUCCESS</serv:result><serv:gsbStatus>PRIMARY</serv:gsbStatus></serv:response></serv:header><serv:body><serv:bodyContent \
         {xmlns}=\"urn:sample:service/ep\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:type=\"{p}lstRecordingResponse\">"
    );
    for i in 0..records {
        record(&mut xml, i, &p, spelling);
    }
    xml.push_str("</serv:bodyContent></serv:body></serv:message>");
    xml
}

fn record(xml: &mut String, i: usize, p: &str, spelling: Spelling) {
    let mut leaves: Vec<(&str, String)> = vec![
        ("recordingID", i.to_string()),
        ("hostWebExID", format!("host{i}@acme.com")),
        ("name", format!("Weekly sync {i}-20150804 1304-1")),
        ("description", "A recording of the weekly sync".to_owned()),
        ("createTime", format!("08/04/2015 13:04:{:02}", i % 60)),
        ("timeZoneID", "4".to_owned()),
        ("size", format!("{i}.5")),
        ("streamURL", format!("https://acme.webex.com/acme/ldr.php?RCID={:032x}", i * 7)),
        ("fileURL", format!("https://acme.webex.com/acme/lsr.php?RCID={:032x}", i * 13)),
        ("recordingType", "0".to_owned()),
        ("duration", (i * 3).to_string()),
        ("format", "ARF".to_owned()),
        ("serviceType", "MeetingCenter".to_owned()),
        ("passwordReq", "false".to_owned()),
        ("registrationReq", "false".to_owned()),
        ("confID", (1_000_000 + i).to_string()),
    ];
    if spelling.messy {
        leaves.rotate_left(i % 16);
        leaves.swap(2, 9);
        if let Some((_, text)) = leaves.iter_mut().find(|(name, _)| *name == "description").filter(|_| !i.is_multiple_of(5)) {
            text.push_str(" &amp; more");
        }
        leaves.insert(5, ("later", "new in this release".to_owned()));
    }
    let (line, end) = if spelling.indent { ("\n          ", "\n        ") } else { ("", "") };
    let _ = write!(xml, "{end}<{p}recording>");
    for (name, text) in leaves {
        let _ = write!(xml, "{line}<{p}{name}>{text}</{p}{name}>");
    }
    let _ = write!(xml, "{end}</{p}recording>");
}

/// A small message.
fn small() -> String {
    list(1, Spelling::default())
}

/// How often a second it is done, over a while.
fn rate(least: Duration, work: &mut dyn FnMut()) -> f64 {
    let (start, mut count) = (Instant::now(), 0_u32);
    while start.elapsed() < least {
        work();
        count += 1;
    }
    f64::from(count) / start.elapsed().as_secs_f64()
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}

/// For each work the median of its rates, and of its ratios to the first. The works take turns, so that what else the machine does
/// meanwhile strikes all of them.
fn measure(rounds: usize, least: Duration, works: &mut [Box<dyn FnMut() + '_>]) -> Vec<(f64, f64)> {
    let rounds: Vec<Vec<f64>> = (0..rounds).map(|_| works.iter_mut().map(|work| rate(least, work)).collect()).collect();
    let of = |index: usize| {
        (median(rounds.iter().map(|rates| rates[index]).collect()), median(rounds.iter().map(|rates| rates[index] / rates[0]).collect()))
    };
    (0..works.len()).map(of).collect()
}

fn scan(xml: &[u8]) -> usize {
    let (mut reader, mut count) = (Reader::from_reader(xml), 0);
    while !matches!(reader.read_event().expect("well-formed"), Event::Eof) {
        count += 1;
    }
    count
}

fn scan_resolved(xml: &[u8]) -> usize {
    let (mut reader, mut count) = (NsReader::from_reader(xml), 0);
    while !matches!(reader.read_resolved_event().expect("well-formed").1, Event::Eof) {
        count += 1;
    }
    count
}

fn main() {
    let quick = std::env::args().any(|argument| argument == "quick");
    let (rounds, least) = if quick { (5, Duration::from_millis(40)) } else { (25, Duration::from_millis(60)) };
    let spellings = [
        ("a schema order", list(14_000, Spelling::default())),
        ("b indented", list(12_000, Spelling { indent: true, ..Spelling::default() })),
        ("c other prefix", list(14_000, Spelling { prefix: Some("ns1"), ..Spelling::default() })),
        ("c default namespace", list(15_000, Spelling { prefix: Some(""), ..Spelling::default() })),
        ("d shuffled, entity, unknown", list(13_000, Spelling { messy: true, ..Spelling::default() })),
        ("e small message", small()),
    ];
    println!(
        "{:28} {:>9} | {:>8} | {:>14} | {:>14} | {:>14} | {:>14}",
        "", "bytes", "scan", "NsReader scan", "tolerant", "strict", "write"
    );
    for (name, xml) in &spellings {
        row(name, xml.as_bytes(), rounds, least);
    }
}

fn row(name: &str, xml: &[u8], rounds: usize, least: Duration) {
    let document = Document::from_xml(xml).expect("it reads");
    let Document::Message(message) = &document else { panic!("no message") };
    assert!(matches!(message.body.body_content[0], serv::AnyBodyContent::LstRecordingResponse(_)));
    let options = WriteOptions::default();
    let written = document.to_xml_with(&options).expect("it writes").len();
    let strict = Document::from_xml_strict(xml).is_ok();
    let works: &mut [Box<dyn FnMut()>] = &mut [
        Box::new(|| {
            black_box(scan(black_box(xml)));
        }),
        Box::new(|| {
            black_box(scan_resolved(black_box(xml)));
        }),
        Box::new(|| drop(black_box(Document::read(black_box(xml), &ReadOptions::tolerant())))),
        Box::new(|| drop(black_box(Document::from_xml_strict(black_box(xml))))),
        Box::new(|| drop(black_box(black_box(&document).to_xml_with(&options)))),
    ];
    let bytes = [xml.len(), xml.len(), xml.len(), xml.len(), written];
    print!("{name:28} {:>9} |", xml.len());
    for (index, ((rate, ratio), bytes)) in measure(rounds, least, works).into_iter().zip(bytes).enumerate() {
        let (speed, ratio) = (rate * bytes as f64 / 1e6, ratio * bytes as f64 / xml.len() as f64);
        match index {
            0 => print!(" {speed:8.0}"),
            3 if !strict => print!(" | {:>14}", "-"),
            _ => print!(" | {speed:7.0} {ratio:5.2}x"),
        }
    }
    println!();
}
