//! Defines the tasks that are measured with a document. An entry is either a task, which returns its result, or the reason why a contender
//! cannot perform it.

use std::any::Any;

use quick_xml::events::Event;
use quick_xml::{NsReader, Reader, Writer};
use xsd_parser_types::quick_xml::{DeserializeSync, SliceReader, WithSerializer};
use xsdgen_codec::{ReadOptions, Records, WriteOptions, Xml};

use crate::bindings::{ours, ours_compact, peer_ledger, peer_qti, peer_service};
use crate::documents::{Document, Payload};
use crate::serde_types;

/// The result of a task, which the caller drops.
pub type Made = Box<dyn Any>;

/// A task on a document.
pub struct Task<'d> {
    pub contender: &'static str,
    pub kind: Kind,
    /// The number of bytes that are read or written.
    pub bytes: usize,
    pub run: Box<dyn FnMut() -> Made + 'd>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Processes the bytes as fast as the machine can, as an upper limit.
    Limit,
    /// Reads every tag and builds nothing.
    Scan,
    /// Builds a tree of the document.
    Tree,
    /// Builds typed values.
    Read,
    ReadStrict,
    Write,
}

impl Kind {
    pub fn words(self) -> &'static str {
        match self {
            Self::Limit => "limit",
            Self::Scan => "scan",
            Self::Tree => "tree",
            Self::Read => "read",
            Self::ReadStrict => "read strictly",
            Self::Write => "write",
        }
    }
}

/// A task, or a contender that rejects the document, with its error message.
pub type Entry<'d> = Result<Task<'d>, (&'static str, Kind, String)>;

/// Runs the scan that is the reference for all ratios.
pub fn scan(xml: &[u8]) -> usize {
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

/// The functions that create the tasks for a document, one per family. Tasks are created family by family, so that the data that one family
/// holds for writing is freed before the next is measured.
pub const FAMILIES: [fn(&Document) -> Vec<Entry<'_>>; 5] = [limits, ours, serde, peer, trees];

fn task<'d, T: 'static>(contender: &'static str, kind: Kind, bytes: usize, mut run: impl FnMut() -> T + 'd) -> Entry<'d> {
    Ok(Task { contender, kind, bytes, run: Box::new(move || Box::new(run())) })
}

/// Creates a task after a trial run, whose error becomes the entry if it fails.
fn tried<'d, T: 'static, E: ToString>(
    contender: &'static str,
    kind: Kind,
    bytes: usize,
    mut run: impl FnMut() -> Result<T, E> + 'd,
) -> Entry<'d> {
    match run() {
        Ok(_) => Ok(Task { contender, kind, bytes, run: Box::new(move || Box::new(run().ok())) }),
        Err(error) => Err((contender, kind, error.to_string())),
    }
}

fn limits(document: &Document) -> Vec<Entry<'_>> {
    let xml = document.xml.as_bytes();
    let mut copy = vec![0_u8; xml.len()];
    vec![
        task("memory copy", Kind::Limit, xml.len(), move || {
            copy.copy_from_slice(std::hint::black_box(xml));
            std::hint::black_box(&copy);
        }),
        task("copy into fresh memory", Kind::Limit, xml.len(), move || std::hint::black_box(xml).to_vec()),
        task("search for `<` (memchr)", Kind::Limit, xml.len(), || memchr::memchr_iter(b'<', std::hint::black_box(xml)).count()),
        task("check of UTF-8 (std)", Kind::Limit, xml.len(), || std::str::from_utf8(std::hint::black_box(xml)).is_ok()),
        task("quick-xml NsReader", Kind::Scan, xml.len(), || scan_resolved(xml)),
    ]
}

fn ours(document: &Document) -> Vec<Entry<'_>> {
    let xml = document.xml.as_bytes();
    let value = ours::Document::from_xml(xml).expect("it reads");
    let options = WriteOptions::default();
    let written = value.to_xml_with(&options).expect("it writes").len();
    let general = ReadOptions::tolerant().fast(false);
    let mut entries = vec![
        tried("xsdgen", Kind::Read, xml.len(), || ours::Document::read(xml, &ReadOptions::tolerant())),
        tried("xsdgen, without the short ways", Kind::Read, xml.len(), move || ours::Document::read(xml, &general)),
        tried("xsdgen, compact_str", Kind::Read, xml.len(), || ours_compact::Document::read(xml, &ReadOptions::tolerant())),
        tried("xsdgen", Kind::ReadStrict, xml.len(), || ours::Document::read(xml, &ReadOptions::strict())),
        task("xsdgen", Kind::Write, written, move || value.to_xml_with(&options)),
    ];
    match document.payload {
        Payload::List => entries.extend(records::<ours::ep::RecordingInfo>(xml, "message/body/lstRecordingResponse/recording")),
        Payload::Questions => entries.extend(records::<ours::qti::Item>(xml, "questestinterop/item")),
        Payload::Ledger => entries.extend(records::<ours::ledger::Entry>(xml, "ledger/entry")),
        Payload::Session | Payload::User => {}
    }
    entries
}

/// Creates the tasks that read the records of a document one by one: each into a new value, and all into one value.
fn records<'d, T: Xml + 'static>(xml: &'d [u8], path: &'static str) -> [Entry<'d>; 2] {
    let new = move || Records::<_, T>::new(xml, path, &ReadOptions::tolerant());
    let into = move || {
        let (mut records, mut count) = (new()?, 0);
        let Some(first) = records.next() else { return Ok(0) };
        let mut record = first?.value;
        while records.read_into(&mut record)?.is_some() {
            count += 1;
        }
        Ok::<usize, xsdgen_codec::Error>(count)
    };
    [
        tried("xsdgen, Records", Kind::Read, xml.len(), move || {
            new()?.try_fold(0, |count, record| {
                std::hint::black_box(record?);
                Ok::<usize, xsdgen_codec::Error>(count + 1)
            })
        }),
        tried("xsdgen, Records::read_into", Kind::Read, xml.len(), into),
    ]
}

fn serde(document: &Document) -> Vec<Entry<'_>> {
    match document.payload {
        Payload::Questions => serde_of::<serde_types::Questions>(document),
        Payload::Ledger => serde_of::<serde_types::Ledger>(document),
        _ => serde_of::<serde_types::Message>(document),
    }
}

fn serde_of<T: serde::de::DeserializeOwned + serde::Serialize + 'static>(document: &Document) -> Vec<Entry<'_>> {
    const NAME: &str = "quick-xml with serde derive";
    let xml = &document.xml;
    let mut entries = vec![tried(NAME, Kind::Read, xml.len(), || quick_xml::de::from_str::<T>(xml))];
    if let Ok(value) = quick_xml::de::from_str::<T>(xml) {
        entries.push(match quick_xml::se::to_string(&value) {
            Ok(written) => task(NAME, Kind::Write, written.len(), move || quick_xml::se::to_string(&value)),
            Err(error) => Err((NAME, Kind::Write, error.to_string())),
        });
    }
    entries
}

fn peer(document: &Document) -> Vec<Entry<'_>> {
    match document.payload {
        Payload::Questions => peer_of::<peer_qti::qti::Questestinterop>(document, "qti:questestinterop"),
        Payload::Ledger => peer_of::<peer_ledger::led::Ledger>(document, "led:ledger"),
        _ => peer_of::<peer_service::serv::Message>(document, "serv:message"),
    }
}

fn peer_of<'d, T>(document: &'d Document, root: &'static str) -> Vec<Entry<'d>>
where
    T: for<'x> DeserializeSync<'x, SliceReader<'x>, Error = xsd_parser_types::quick_xml::Error> + WithSerializer + 'static,
{
    const NAME: &str = "xsd-parser, quick-xml";
    let xml = &document.xml;
    let read = || T::deserialize(&mut SliceReader::new(xml));
    let mut entries = vec![tried(NAME, Kind::Read, xml.len(), read)];
    if let Ok(value) = read()
        && let Ok(written) = peer_write(&value, root)
    {
        entries.push(task(NAME, Kind::Write, written.len(), move || peer_write(&value, root)));
    }
    entries
}

fn peer_write<T: WithSerializer>(value: &T, root: &'static str) -> Result<Vec<u8>, String> {
    use xsd_parser_types::quick_xml::{Serializer, Writer};
    let mut writer = Writer::new(Vec::new());
    for event in value.serializer(Some(root), true).map_err(|error| error.to_string())?.into_iter() {
        writer.write_event(event.map_err(|error| error.to_string())?).map_err(|error| error.to_string())?;
    }
    Ok(writer.into_inner())
}

fn trees(document: &Document) -> Vec<Entry<'_>> {
    let xml = &document.xml;
    let mut entries = vec![
        tried("roxmltree", Kind::Tree, xml.len(), || {
            // The tree borrows from the document, so it is counted and dropped here.
            roxmltree::Document::parse(xml).map(|tree| tree.descendants().len())
        }),
        tried("xmltree", Kind::Tree, xml.len(), || xmltree::Element::parse(xml.as_bytes())),
    ];
    if let Ok(tree) = xmltree::Element::parse(xml.as_bytes()) {
        let write = move || {
            let mut out = Vec::new();
            tree.write(&mut out).map(|()| out)
        };
        if let Ok(written) = write() {
            entries.push(task("xmltree", Kind::Write, written.len(), write));
        }
    }
    entries.push(replay(xml));
    entries.push(libxml2(xml));
    entries
}

/// Creates a task that writes the events of the document again, which shows the speed of quick-xml's writer alone.
fn replay(xml: &str) -> Entry<'_> {
    let mut reader = Reader::from_str(xml);
    let mut events = Vec::new();
    loop {
        match reader.read_event().expect("well-formed") {
            Event::Eof => break,
            event => events.push(event),
        }
    }
    task("quick-xml Writer, events again", Kind::Write, xml.len(), move || {
        let mut writer = Writer::new(Vec::new());
        events.iter().for_each(|event| writer.write_event(event.borrow()).expect("it writes"));
        writer.into_inner()
    })
}

#[cfg(feature = "libxml2")]
fn libxml2(xml: &str) -> Entry<'_> {
    tried("libxml2, xmlTextReader", Kind::Scan, xml.len(), || crate::libxml2::scan(xml.as_bytes()))
}

#[cfg(not(feature = "libxml2"))]
fn libxml2(_: &str) -> Entry<'_> {
    Err(("libxml2, xmlTextReader", Kind::Scan, "not built in: `--features libxml2`".to_owned()))
}
