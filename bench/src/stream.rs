//! Measures reading and writing a list of any size record by record, including the memory that this takes. The list is generated while it
//! is read.

use std::hint::black_box;
use std::io::{self, Read, Write};
use std::time::Instant;

use xsdgen_codec::{ReadOptions, RecordWriter, Records, WriteOptions, Xml};

use crate::bindings::ours::{self, ep};
use crate::documents::{list_end, list_start, plain_record};
use crate::heap::{self, Use};
use crate::table::{Figures, Row};

const PATH: &str = "message/body/lstRecordingResponse/recording";

/// The number of records that are generated once and then repeated.
const MADE: usize = 1000;

/// A list response of a given size, which is never in memory as a whole.
struct OnTheFly {
    start: Vec<u8>,
    records: Vec<u8>,
    end: Vec<u8>,
    /// The number of bytes that were read so far; `len` is the total number.
    at: usize,
    len: usize,
}

impl OnTheFly {
    fn new(bytes: usize) -> Self {
        let mut records = String::new();
        (0..MADE).for_each(|i| plain_record(&mut records, i));
        let start = list_start("ep").into_bytes();
        let times = bytes.div_ceil(records.len());
        let end = list_end("ep", times * MADE).into_bytes();
        let len = start.len() + times * records.len() + end.len();
        Self { start, records: records.into_bytes(), end, at: 0, len }
    }

    /// Returns the number of records.
    fn count(&self) -> usize {
        (self.len - self.start.len() - self.end.len()) / self.records.len() * MADE
    }
}

impl Read for OnTheFly {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let tail = self.len - self.end.len();
        let rest = if self.at < self.start.len() {
            &self.start[self.at..]
        } else if self.at < tail {
            &self.records[(self.at - self.start.len()) % self.records.len()..]
        } else {
            &self.end[self.at - tail..]
        };
        let len = rest.len().min(buffer.len());
        buffer[..len].copy_from_slice(&rest[..len]);
        self.at += len;
        Ok(len)
    }
}

/// A sink that counts the bytes written to it.
struct Nowhere(usize);

impl Write for Nowhere {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0 += black_box(bytes).len();
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn read(bytes: usize) -> usize {
    let source = OnTheFly::new(bytes);
    let (expected, mut count) = (source.count(), 0);
    let mut records = Records::<_, ep::RecordingInfo>::buffered(source, PATH, &ReadOptions::tolerant()).expect("a path");
    for record in &mut records {
        black_box(record.expect("it reads"));
        count += 1;
    }
    let ours::Document::Message(envelope) = records.envelope::<ours::Document>().expect("it reads").value else { panic!("no message") };
    black_box(envelope);
    assert_eq!(count, expected);
    count
}

fn write(bytes: usize, record: &ep::RecordingInfo) -> (usize, usize) {
    let (head, tail) = (list_start("ep"), list_end("ep", 0));
    let mut writer = RecordWriter::between(Nowhere(0), &head, &tail, "ep:recording", &WriteOptions::default()).expect("it writes");
    let (each, mut count) = (len_of(record), 0);
    while count * each < bytes {
        writer.write(black_box(record)).expect("it writes");
        count += 1;
    }
    (count, writer.finish().expect("it writes").0)
}

/// Returns the number of bytes of a record as part of the list.
fn len_of(record: &ep::RecordingInfo) -> usize {
    let options = WriteOptions::default().declaration(false);
    record.to_xml_as_with("ep:recording", &options).expect("it writes").len() - " xmlns:ep=\"urn:bench:ep\"".len()
}

/// Returns a list in memory, as XML and as a document, for comparison.
fn whole(bytes: usize) -> (Vec<u8>, ours::Document) {
    let mut xml = Vec::new();
    OnTheFly::new(bytes).read_to_end(&mut xml).expect("it is made");
    let document = ours::Document::from_xml(&xml).expect("it reads");
    (xml, document)
}

fn seconds(mut task: impl FnMut()) -> f64 {
    let start = Instant::now();
    task();
    start.elapsed().as_secs_f64()
}

/// Prints the rows. The ratio is to reading or writing ten megabytes in memory, which is measured before and after.
pub fn rows(megabytes: usize, print: &mut dyn FnMut(Row)) {
    let bytes = megabytes << 20;
    let (xml, document) = whole(10_000_000);
    let ours::Document::Message(message) = &document else { panic!("no message") };
    let ours::service::Body::LstRecordingResponse(list) = &message.body else { panic!("no list") };
    let record = &list.recording[7];
    let in_memory = |task: &mut dyn FnMut()| 5.0 * xml.len() as f64 / seconds(|| (0..5).for_each(|_| task()));
    let mut reading = || drop(black_box(ours::Document::from_xml(black_box(&xml))));
    let mut writing = || drop(black_box(document.to_xml()));

    let used: Use = heap::of(|| read(bytes));
    let before = in_memory(&mut reading);
    let mut count = 0;
    let speed = bytes as f64 / seconds(|| count = read(bytes));
    let after = in_memory(&mut reading);
    print(row("xsdgen, Records", "read", bytes, count, speed, 2.0 * speed / (before + after), used));

    let used: Use = heap::of(|| write(bytes, record));
    let before = in_memory(&mut writing);
    let mut count = 0;
    let speed = bytes as f64 / seconds(|| count = write(bytes, record).0);
    let after = in_memory(&mut writing);
    print(row("xsdgen, RecordWriter", "write", bytes, count, speed, 2.0 * speed / (before + after), used));
}

fn row(contender: &str, task: &'static str, bytes: usize, records: usize, speed: f64, ratio: f64, heap: Use) -> Row {
    Row {
        document: "list made on the fly".to_owned(),
        bytes,
        records,
        contender: contender.to_owned(),
        task,
        figures: Some(Figures { speed: speed / 1e6, ratio, heap }),
        refused: None,
    }
}
