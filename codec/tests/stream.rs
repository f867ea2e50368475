//! Tests that documents that are read and written record by record equal the same documents read and written as a whole.
#![cfg(feature = "derive")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // a failed test panics

pub mod sample;

use std::io::{self, BufRead, BufReader, Read};

use sample::{Document, ep, serv};
use xsdgen_codec::{ErrorKind, Form, NoteKind, ReadOptions, Reading, RecordWriter, Records, WriteOptions};

const PATH: &str = "message/body/bodyContent/recording";

fn record(i: usize) -> String {
    format!(
        "<ep:recording><ep:recordingID>{i}</ep:recordingID><ep:hostWebExID>h{i}@acme.com</ep:hostWebExID><ep:name>N &amp; {i} é</ep:name>\
         <ep:description>d</ep:description><ep:createTime>t</ep:createTime><ep:timeZoneID>4</ep:timeZoneID><ep:size>1.5</ep:size>\
         <ep:streamURL>s</ep:streamURL><ep:fileURL>f</ep:fileURL><ep:recordingType>0</ep:recordingType><ep:duration>3</ep:duration>\
         <ep:format>ARF</ep:format><ep:serviceType>MeetingCenter</ep:serviceType><ep:passwordReq>false</ep:passwordReq>\
         <ep:registrationReq>false</ep:registrationReq><ep:confID>9</ep:confID></ep:recording>"
    )
}

fn list(records: &[String]) -> String {
    let records = records.join("\n    ");
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!-- a list -->\n<s:message xmlns:s='urn:sample:service' xmlns:ep='urn:sample:service/ep'>\
         <s:header><s:response><s:result>SUCCESS</s:result><s:gsbStatus>PRIMARY</s:gsbStatus></s:response></s:header><s:body>\
         <s:bodyContent xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance' xsi:type='ep:lstRecordingResponse'>\n    {records}\n  \
         </s:bodyContent></s:body></s:message>\n<!-- end -->\n"
    )
}

/// A reader that returns a few bytes at a time.
struct Trickle<'b>(&'b [u8], usize);

impl Read for Trickle<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let len = self.1.min(buffer.len()).min(self.0.len());
        let (now, rest) = self.0.split_at(len);
        buffer[..len].copy_from_slice(now);
        self.0 = rest;
        Ok(len)
    }
}

fn trickle(bytes: &[u8], step: usize) -> impl BufRead + '_ {
    BufReader::with_capacity(step, Trickle(bytes, step))
}

fn whole(xml: &[u8], options: &ReadOptions) -> Reading<Vec<ep::Recording>> {
    let Reading { value, notes, kept } = Document::read(xml, options).unwrap();
    let Document::Message(message) = value else { panic!("no message") };
    let Some(serv::AnyBodyContent::LstRecordingResponse(list)) = message.body.body_content.into_iter().next() else { panic!("no list") };
    Reading { value: list.recording, notes, kept }
}

/// Tests that the records, notes and positions equal those of reading the whole document, for several piece sizes.
fn agree(xml: &[u8], options: &ReadOptions) {
    let expected = whole(xml, options);
    for step in [1, 7, 64, 1000, 1 << 20] {
        let mut records = Records::<_, ep::Recording>::new(trickle(xml, step), PATH, options).unwrap();
        let (mut values, mut notes) = (Vec::new(), Vec::new());
        for record in &mut records {
            let record = record.unwrap_or_else(|error| panic!("{error}, {step} bytes at a time"));
            values.push(record.value);
            notes.extend(record.notes.to_vec());
        }
        assert_eq!(values, expected.value, "{step}");
        notes.extend(records.envelope::<Document>().unwrap().notes.to_vec());
        notes.sort_by_key(|note| note.position);
        assert_eq!(notes, expected.notes.to_vec(), "{step}");
    }
}

#[test]
fn records_equal_those_of_the_whole_document() {
    let records: Vec<String> = (0..200).map(record).collect();
    let xml = list(&records);
    agree(xml.as_bytes(), &ReadOptions::tolerant());
    agree(xml.as_bytes(), &ReadOptions::strict());
    agree(xml.replace('\n', "\r\n").as_bytes(), &ReadOptions::tolerant());
    agree(list(&[]).as_bytes(), &ReadOptions::tolerant());
    let with_doctype = xml.replace("<!-- a list -->", "<!DOCTYPE s:message [<!-- > --><!ELEMENT a (b)>]>");
    agree(with_doctype.as_bytes(), &ReadOptions::tolerant());
    agree(list(&records[..1]).replace("<ep:recording>", "<ep:recording >").as_bytes(), &ReadOptions::strict());
}

#[test]
fn deviations_are_noted_with_their_positions() {
    let mut records: Vec<String> = (0..60).map(record).collect();
    records[3] = records[3].replace("<ep:size>", "\n<ep:later a='>'>é</ep:later><ep:size>");
    records[4] = records[4].replace("ep:", "q:").replace("<q:recording>", "<q:recording xmlns:q='urn:sample:service/ep'>");
    records[7] = "<!-- between --><?p i?>".to_owned() + &records[7].replace("<ep:name>", "<ep:name><![CDATA[</ep:recording>]]>");
    records[9] = records[9].replace("<ep:duration>3</ep:duration>", "<!-- </ep:recording> --><ep:other/>");
    records[20] = "<ep:recording/>".to_owned();
    records.insert(30, "<ep:unknown><ep:recording>no record</ep:recording></ep:unknown>".to_owned());
    agree(list(&records).as_bytes(), &ReadOptions::tolerant());
}

#[test]
fn other_encodings_are_read() {
    let xml = list(&(0..20).map(record).collect::<Vec<_>>()).replace("UTF-8", "UTF-16");
    let utf16: Vec<u8> = [0xFEFF].into_iter().chain(xml.replace("é", "\u{1F600}").encode_utf16()).flat_map(u16::to_le_bytes).collect();
    agree(&utf16, &ReadOptions::tolerant());
    let latin: Vec<u8> = xml.replace("UTF-16", "ISO-8859-1").chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
    agree(&latin, &ReadOptions::tolerant());
}

#[test]
fn the_envelope_is_available_before_and_after_the_records() {
    let xml = list(&(0..50).map(record).collect::<Vec<_>>());
    let mut records = Records::<_, ep::Recording>::new(trickle(xml.as_bytes(), 100), PATH, &ReadOptions::tolerant()).unwrap();
    let Document::Message(message) = records.envelope::<Document>().unwrap().value else { panic!("no message") };
    let of_whole = Document::from_xml(xml.as_bytes()).unwrap();
    let Document::Message(of_whole) = of_whole else { panic!("no message") };
    assert_eq!(message.header, of_whole.header);
    assert_eq!(records.by_ref().count(), 50);
    let Document::Message(after) = records.envelope::<Document>().unwrap().value else { panic!("no message") };
    assert_eq!(message, after);
    assert!(records.next().is_none());
}

fn outcome(xml: &str, options: &ReadOptions) -> (usize, Vec<xsdgen_codec::Error>) {
    let (mut good, mut bad) = (0, Vec::new());
    for record in Records::<_, ep::Recording>::new(trickle(xml.as_bytes(), 97), PATH, options).unwrap() {
        match record {
            Ok(_) => good += 1,
            Err(error) => bad.push(error),
        }
    }
    (good, bad)
}

#[test]
fn an_error_in_a_record_has_a_position_and_reading_continues() {
    let mut records: Vec<String> = (0..30).map(record).collect();
    records[10] = records[10].replace("<ep:recordingID>10<", "<ep:recordingID>ten<");
    let xml = list(&records);
    let whole = Document::from_xml_strict(xml.as_bytes()).unwrap_err();
    let (good, bad) = outcome(&xml, &ReadOptions::strict());
    assert_eq!((good, bad.len()), (29, 1));
    assert_eq!((bad[0].to_string(), bad[0].position()), (whole.to_string().replace("recording[10]", "recording"), whole.position()));
}

#[test]
fn a_syntax_error_ends_the_list() {
    let xml = list(&(0..30).map(record).collect::<Vec<_>>());
    for (from, to, good) in [
        ("<ep:recordingID>10<", "<ep:recordingID a=1>10<", 10),
        ("</s:bodyContent>", "</s:body>", 30),
        ("</s:message>", "", 30),
        ("</s:message>", "</s:message><x/>", 30),
        ("<!-- end -->", "<!-- -- -->", 30),
        ("<!-- a list -->", "<!DOCTYPE a [<!ENTITY b 'c'>]>", 0),
        ("<s:header>", "<!DOCTYPE a><s:header>", 0),
        ("<!-- a list -->", "\u{1}", 0),
        ("<s:header>", "<s:header><t:a/>", 0),
    ] {
        let broken = xml.replacen(from, to, 1);
        assert_ne!(xml, broken);
        let whole = Document::from_xml(broken.as_bytes()).unwrap_err();
        let (found, bad) = outcome(&broken, &ReadOptions::tolerant());
        assert_eq!((found, bad.len()), (good, 1), "{to} {bad:?}");
        assert_eq!(bad[0].kind(), whole.kind(), "{to}: {whole}: {}", bad[0]);
    }
    let xml = xml.replace('é', "e");
    for cut in (0..xml.trim_end().len() - "<!-- end -->".len() - 1).step_by(37) {
        let (_, bad) = outcome(&xml[..cut], &ReadOptions::tolerant());
        assert_eq!(bad.len(), 1, "{cut}");
    }
}

#[test]
fn limits_are_those_of_a_record_and_of_all_else() {
    let xml = list(&(0..100).map(record).collect::<Vec<_>>());
    let limited = |bytes| outcome(&xml, &ReadOptions::tolerant().max_bytes(bytes));
    assert_eq!(limited(2000).0, 100);
    let (good, bad) = limited(500);
    assert_eq!((good, bad.len(), bad[0].kind()), (0, 1, ErrorKind::Limit));
    let depth = |depth| outcome(&xml, &ReadOptions::tolerant().max_depth(depth)).0;
    assert_eq!((depth(5), depth(4)), (100, 0));
}

#[test]
fn errors_of_the_reader_are_returned() {
    struct Broken;
    impl Read for Broken {
        fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
            Err(io::Error::other("the line is dead"))
        }
    }
    let xml = list(&(0..3).map(record).collect::<Vec<_>>());
    let reader = BufReader::new(xml.as_bytes()[..xml.len() / 2].chain(Broken));
    let last = Records::<_, ep::Recording>::new(reader, PATH, &ReadOptions::tolerant()).unwrap().last().unwrap().unwrap_err();
    assert_eq!(last.kind(), ErrorKind::Io);
    assert!(Records::<_, ep::Recording>::new(&b""[..], "a//b", &ReadOptions::tolerant()).is_err());
}

#[test]
fn missing_records_are_noted_only_if_there_are_none() {
    let xml = list(&[record(1)]);
    let mut records = Records::<_, ep::Recording>::new(xml.as_bytes(), PATH, &ReadOptions::tolerant()).unwrap();
    assert!(records.envelope::<Document>().unwrap().notes.is_empty());
    assert_eq!(records.by_ref().count(), 1);
    assert!(records.envelope::<Document>().unwrap().notes.iter().all(|note| note.kind != NoteKind::Missing));
}

/// Returns the message without its records, and the records.
fn apart(xml: &str) -> (Document, Vec<ep::Recording>) {
    let mut document = Document::from_xml(xml.as_bytes()).unwrap();
    let Document::Message(message) = &mut document else { panic!("no message") };
    let serv::AnyBodyContent::LstRecordingResponse(list) = &mut message.body.body_content[0] else { panic!("no list") };
    let records = std::mem::take(&mut list.recording);
    (document, records)
}

#[test]
fn writing_by_records_equals_writing_the_whole() {
    let xml = list(&(0..200).map(record).collect::<Vec<_>>());
    let (document, records) = apart(&xml);
    let whole = Document::from_xml(xml.as_bytes()).unwrap();
    let options = WriteOptions::default();
    for options in [options.clone(), options.clone().indent(Some(2)), options.form(Form::RootQualified)] {
        let mut writer = RecordWriter::new(Vec::new(), &document, "message/body/bodyContent/ep:recording", &options).unwrap();
        records.iter().for_each(|record| writer.write(record).unwrap());
        let written = String::from_utf8(writer.finish().unwrap()).unwrap();
        let expected = whole.to_xml_with(&options).unwrap();
        assert_eq!(written, expected);
    }
}

#[test]
fn a_record_that_cannot_be_written_leaves_nothing_behind() {
    let xml = list(&(0..3).map(record).collect::<Vec<_>>());
    let (document, mut records) = apart(&xml);
    let mut sink = RecordWriter::new(Vec::new(), &document, "message/body/bodyContent/ep:recording", &WriteOptions::default()).unwrap();
    records[1].description = Some("x".repeat(100_000) + "\u{1}");
    for (index, record) in records.iter().enumerate() {
        assert_eq!(sink.write(record).is_err(), index == 1);
    }
    let written = sink.finish().unwrap();
    let again = Records::<_, ep::Recording>::new(&written[..], PATH, &ReadOptions::strict()).unwrap();
    let again: Vec<ep::Recording> = again.map(|record| record.unwrap().value).collect();
    assert_eq!(again, [records[0].clone(), records[2].clone()]);
}

#[test]
fn a_path_without_a_match_is_refused() {
    let (document, _) = apart(&list(&[]));
    let refused = |path: &str| RecordWriter::new(Vec::new(), &document, path, &WriteOptions::default()).is_err();
    assert!(refused("message/head/recording") && refused("") && !refused("message/body/bodyContent/ep:recording"));
    let between = |head, tail| RecordWriter::between(Vec::new(), head, tail, "ep:recording", &WriteOptions::default()).is_err();
    assert!(between("<a>", "</b>") && between("<a", "></a>") && !between("<a b='1'>", "</a>"));
}

/// A reader that reports that no data is available before each piece.
struct Halting<'b> {
    rest: &'b [u8],
    step: usize,
    halted: bool,
}

impl BufRead for Halting<'_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.halted = !self.halted;
        match self.halted {
            true => Err(io::ErrorKind::WouldBlock.into()),
            false => Ok(&self.rest[..self.step.min(self.rest.len())]),
        }
    }

    fn consume(&mut self, amount: usize) {
        self.rest = &self.rest[amount..];
    }
}

impl Read for Halting<'_> {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        panic!("it is asked for what it has")
    }
}

#[test]
fn a_reader_without_data_is_retried() {
    let mut records: Vec<String> = (0..5).map(record).collect();
    records[1] = records[1].replace("<ep:size>1.5</ep:size>", "<ep:size>much</ep:size>");
    records[2] = records[2].replace("<ep:size>1.5</ep:size>", "<ep:later>1</ep:later><ep:size>1.5</ep:size>");
    let xml = list(&records);
    for (xml, step) in [(&xml[..], 1), (&xml[..], 7), (&xml[..], 1000), (&xml[..xml.len() - 300], 13)] {
        let whole: Vec<_> = Records::<_, ep::Recording>::new(xml.as_bytes(), PATH, &ReadOptions::tolerant()).unwrap().collect();
        let halting = Halting { rest: xml.as_bytes(), step, halted: false };
        let mut records = Records::<_, ep::Recording>::new(halting, PATH, &ReadOptions::tolerant()).unwrap();
        let envelope = loop {
            match records.envelope::<Document>() {
                Err(error) if error.would_block() => {}
                envelope => break envelope.unwrap(),
            }
        };
        assert!(matches!(envelope.value, Document::Message(_)));
        let (mut got, mut waits) = (Vec::new(), 0);
        for record in &mut records {
            match record {
                Err(error) if error.would_block() => waits += 1,
                record => got.push(record),
            }
        }
        assert_eq!(format!("{got:?}"), format!("{whole:?}"), "{step}");
        assert!(waits >= xml.len() / 2 / step.max(100), "{waits}");
    }
}
