//! Tests lists that are read while the response arrives, without a network.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // a failed test panics

use std::io::{self, Read};

use webex_xml::testing::Canned;
use webex_xml::transport::Transport;
use webex_xml::{Client, Error, HttpRequest, HttpResponse, HttpStream, TransportError, ep, user};

const HEAD: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<serv:message xmlns:serv="http://www.webex.com/schemas/2002/06/service" xmlns:use="http://www.webex.com/schemas/2002/06/service/user"
  xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><serv:header><serv:response><serv:result>SUCCESS</serv:result>
  <serv:gsbStatus>PRIMARY</serv:gsbStatus></serv:response></serv:header><serv:body><serv:bodyContent xsi:type="use:lstsummaryUserResponse">"#;

const TAIL: &str = "<use:matchingRecords><serv:total>100000</serv:total><serv:returned>100000</serv:returned><serv:startFrom>1</serv:startFrom>\
    </use:matchingRecords></serv:bodyContent></serv:body></serv:message>";

/// A response with this number of users, which is generated while it is read, and may be cut off before its end.
struct Users {
    left: usize,
    tail: &'static str,
    ready: io::Cursor<String>,
}

impl Read for Users {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            let read = self.ready.read(buffer)?;
            if read > 0 || self.left == 0 && self.tail.is_empty() {
                return Ok(read);
            }
            let next = match self.left.checked_sub(1) {
                Some(left) => {
                    self.left = left;
                    let user = format!("<use:webExId>user{left}</use:webExId><use:email>u{left}@acme.com</use:email>");
                    format!("<use:user><use:firstName>A</use:firstName>{user}<use:active>ACTIVATED</use:active></use:user>")
                }
                None => std::mem::take(&mut self.tail).to_owned(),
            };
            self.ready = io::Cursor::new(next);
        }
    }
}

/// A transport whose responses arrive piece by piece.
struct Slow {
    users: usize,
    tail: &'static str,
}

impl Transport for Slow {
    fn send(&self, _: &HttpRequest) -> Result<HttpResponse, TransportError> {
        panic!("the whole answer is not wanted")
    }

    fn open(&self, _: &HttpRequest) -> Result<HttpStream, TransportError> {
        let body = Users { left: self.users, tail: self.tail, ready: io::Cursor::new(HEAD.to_owned()) };
        Ok(HttpStream::new(HttpResponse::new(200, "").with_header("Content-Type", "text/xml;charset=UTF-8"), body))
    }
}

#[test]
fn a_large_list_is_read_record_by_record() {
    // The limit applies to each record, and to all parts that are not records. The whole response is a hundred times as large.
    let client = Client::with_transport("acme", Slow { users: 10_000, tail: TAIL }).with_response_limit(16_000);
    let mut users = client.stream_list(&user::LstSummaryUser::new()).unwrap();
    let first = users.next().unwrap().unwrap();
    assert_eq!(first.webex_id, "user9999");
    assert_eq!(users.by_ref().map(|user| user.unwrap()).last().unwrap().webex_id, "user0");
    let rest = users.finish().unwrap();
    assert_eq!(rest.result, "SUCCESS");
    assert_eq!(rest.gsb_status.as_deref(), Some("PRIMARY"));
    assert_eq!(rest.matching_records.as_ref().map(|matching| matching.total), Some(100_000));
    assert!(rest.user.is_empty());
}

#[test]
fn unread_parts_are_read_at_the_end() {
    let client = Client::with_transport("acme", Slow { users: 20, tail: TAIL });
    let rest = client.stream_list(&user::LstSummaryUser::new()).unwrap().finish().unwrap();
    assert!(rest.matching_records.is_some());
}

#[test]
fn a_response_that_is_cut_off_is_an_error_with_a_position() {
    let client = Client::with_transport("acme", Slow { users: 20, tail: "<use:user><use:firstName>" });
    let outcome: Vec<_> = client.stream_list(&user::LstSummaryUser::new()).unwrap().collect();
    assert_eq!(outcome.iter().filter(|user| user.is_ok()).count(), 20);
    let Some(Err(Error::Undecodable(error))) = outcome.last() else { panic!("{:?}", outcome.last()) };
    assert_eq!(outcome.len(), 21);
    assert_eq!(error.operation, "lstsummaryUser");
    assert!(error.place.as_ref().is_some_and(|place| place.path.starts_with("message/body/bodyContent/user")), "{error:?}");
}

#[test]
fn transports_without_streaming_are_supported() {
    let recording: ep::Recording = {
        let mut recording: ep::Recording = xsdgen_codec::Value::empty();
        recording.name = "Weekly".to_owned();
        recording
    };
    let canned = Canned::new().answer(ep::LstRecordingResponse::new().with_recording([recording.clone(), recording]));
    let client = Client::with_transport("acme", canned);
    let names: Vec<String> = client.stream_list(&ep::LstRecording::new()).unwrap().map(|recording| recording.unwrap().name).collect();
    assert_eq!(names, ["Weekly", "Weekly"]);
}

#[test]
fn failures_are_known_before_the_first_record() {
    let canned = Canned::new()
        .answer_fault("000015", "Sorry, no record found")
        .answer_fault("000001", "Access denied")
        .answer_http(HttpResponse::new(503, "come back later"));
    let client = Client::with_transport("acme", canned);
    let list = || client.stream_list(&user::LstSummaryUser::new());
    let mut empty = list().unwrap();
    assert!(empty.next().is_none());
    assert!(empty.finish().unwrap().user.is_empty());
    assert_eq!(list().unwrap_err().as_fault().map(|fault| fault.exception_id.clone()).as_deref(), Some("000001"));
    let Err(Error::HttpStatus(status)) = list() else { panic!("a status") };
    assert_eq!((status.status, status.excerpt.as_str()), (503, "come back later"));
    let Err(Error::MaybeSent(_)) = list() else { panic!("no answer") };
}
