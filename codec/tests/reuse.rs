//! Tests that reading into a value that holds another document gives the value, the notes and the error of reading into an empty one, for documents that are
//! changed at random, and that records that resemble each other are read without any request to the allocator.
#![cfg(feature = "derive")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // a failed test panics

pub mod changes;
pub mod sample;

use changes::{Random, SEEDS, lengthened, mutate, rearrange, rounds};
use sample::{ep, qti, serv};
use xsdgen_codec::{ReadOptions, Records, Xml};

/// Reads a document into a value that holds another one, and compares the result with that of reading it alone. Returns whether it was read.
fn agrees<T: Xml + PartialEq>(value: &mut T, text: &str, options: &ReadOptions) -> bool {
    let alone = T::read_xml(text.as_bytes(), options);
    let again = value.read_xml_into(text.as_bytes(), options);
    match (alone, again) {
        (Ok(alone), Ok(again)) => {
            assert_eq!(format!("{value:?}"), format!("{:?}", alone.value), "{text}");
            assert_eq!(format!("{:?}", again.notes), format!("{:?}", alone.notes), "{text}");
            true
        }
        (Err(alone), Err(again)) => {
            assert_eq!(format!("{again:?}"), format!("{alone:?}"), "{text}");
            false
        }
        (alone, again) => panic!("{alone:?}\n{again:?}\n{text}"),
    }
}

#[test]
fn a_value_that_holds_another_document_is_read_as_an_empty_one() {
    let mut random = Random(0x2545_F491_4F6C_DD1D ^ rounds() as u64);
    let (mut message, mut assessment) = (None::<serv::Message>, None::<qti::Assessment>);
    let mut taken = 0;
    for round in 0..rounds() {
        let seed = SEEDS[round % SEEDS.len()];
        let name = ["ep:recording", "q:mattext", "q:steps", "q:either", "q:small"][random.next(5)];
        let long = lengthened(seed, name, &mut random);
        let text = if random.next(3) == 0 { mutate(&long, &mut random) } else { rearrange(&long, &mut random) };
        for options in [ReadOptions::tolerant(), ReadOptions::strict(), ReadOptions::tolerant().fast(false)] {
            match round % SEEDS.len() {
                0 | 1 => {
                    let value = message.get_or_insert_with(|| serv::Message::from_xml(SEEDS[0].as_bytes()).unwrap());
                    taken += usize::from(agrees(value, &text, &options));
                }
                _ => {
                    let value = assessment.get_or_insert_with(|| qti::Assessment::from_xml(SEEDS[3].as_bytes()).unwrap());
                    taken += usize::from(agrees(value, &text, &options));
                }
            }
        }
    }
    assert!(taken > rounds() / 2, "{taken}");
}

/// Returns a record; the optional parts differ between records.
fn record(i: usize) -> String {
    let description = if i.is_multiple_of(3) { String::new() } else { format!("<ep:description>d{i}</ep:description>") };
    let urls = if i.is_multiple_of(2) {
        "<ep:streamURL>https://example.com/stream</ep:streamURL>"
    } else {
        "<ep:fileURL>https://example.com/</ep:fileURL>"
    };
    format!(
        "<ep:recording><ep:recordingID>{i}</ep:recordingID><ep:hostWebExID>h{i}@acme.com</ep:hostWebExID><ep:name>N &amp; {i} é</ep:name>{description}\
         <ep:createTime>t</ep:createTime><ep:timeZoneID>4</ep:timeZoneID><ep:size>1.5</ep:size>{urls}<ep:recordingType>0</ep:recordingType>\
         <ep:duration>3</ep:duration><ep:format>ARF</ep:format><ep:passwordReq>false</ep:passwordReq><ep:confID>9</ep:confID></ep:recording>"
    )
}

fn list(records: &[String]) -> String {
    format!(
        "<s:message xmlns:s='urn:sample:service' xmlns:ep='urn:sample:service/ep'><s:header><s:response><s:result>SUCCESS</s:result>\
         <s:gsbStatus>PRIMARY</s:gsbStatus></s:response></s:header><s:body><s:bodyContent xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance' \
         xsi:type='ep:lstRecordingResponse'>{}</s:bodyContent></s:body></s:message>",
        records.concat()
    )
}

const PATH: &str = "message/body/bodyContent/recording";

#[test]
fn records_are_read_as_by_the_iterator() {
    let mut texts: Vec<String> = (0..200).map(record).collect();
    texts[5] = texts[5].replace("<ep:size>", "<ep:later/><ep:size>");
    texts[9] = texts[9].replace("<ep:duration>3", "<ep:duration>three");
    texts[12] = texts[12].replace("N &amp; 12", "<![CDATA[]]>]]&gt;");
    let xml = list(&texts);
    for options in [ReadOptions::tolerant(), ReadOptions::strict()] {
        let alone = Records::<_, ep::Recording>::new(xml.as_bytes(), PATH, &options).unwrap();
        let mut again = Records::<_, ep::Recording>::new(xml.as_bytes(), PATH, &options).unwrap();
        let mut record = ep::Recording::from_xml(record(1).replace("ep:", "").as_bytes()).unwrap_or_else(|_| {
            let wrapped = record(1).replacen("<ep:recording>", "<ep:recording xmlns:ep='urn:sample:service/ep'>", 1);
            ep::Recording::from_xml(wrapped.as_bytes()).unwrap()
        });
        for expected in alone {
            match (expected, again.read_into(&mut record)) {
                (Ok(expected), Ok(Some(notes))) => {
                    assert_eq!(record, expected.value);
                    assert_eq!(notes.to_vec(), expected.notes.to_vec());
                }
                (Err(expected), Err(error)) => assert_eq!(format!("{error:?}"), format!("{expected:?}")),
                (expected, found) => panic!("{expected:?} {found:?}"),
            }
        }
        assert!(again.read_into(&mut record).unwrap().is_none());
    }
}

#[test]
fn no_record_needs_memory_once_there_is_enough() {
    let xml = list(&(0..2000).map(record).collect::<Vec<_>>());
    let mut records = Records::<_, ep::Recording>::new(xml.as_bytes(), PATH, &ReadOptions::tolerant()).unwrap();
    let mut record = records.next().unwrap().unwrap().value;
    for _ in 0..1000 {
        records.read_into(&mut record).unwrap().unwrap();
    }
    let used = allocation_counter::measure(|| {
        for _ in 0..900 {
            records.read_into(&mut record).unwrap().unwrap();
        }
    });
    assert_eq!((used.count_total, record.recording_id), (0, 1900));
}
