//! Tests lists that tasks read while the response arrives, without a network.
#![cfg(feature = "stream")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // a failed test panics

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll};

use futures_core::Stream;
use futures_util::{StreamExt as _, TryStreamExt as _};
use webex_xml::testing::Canned;
use webex_xml::transport::{Answer, AsyncTransport, Opening};
use webex_xml::{AsyncClient, AsyncHttpStream, Error, HttpRequest, HttpResponse, user};

const HEAD: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<serv:message xmlns:serv="http://www.webex.com/schemas/2002/06/service" xmlns:use="http://www.webex.com/schemas/2002/06/service/user"
  xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><serv:header><serv:response><serv:result>SUCCESS</serv:result>
  <serv:gsbStatus>PRIMARY</serv:gsbStatus></serv:response></serv:header><serv:body><serv:bodyContent xsi:type="use:lstsummaryUserResponse">"#;

const TAIL: &str = "<use:matchingRecords><serv:total>100000</serv:total><serv:returned>100000</serv:returned><serv:startFrom>1</serv:startFrom>\
    </use:matchingRecords></serv:bodyContent></serv:body></serv:message>";

fn user(number: usize) -> String {
    // One record of a hundred has an element of a later release. The odd sizes of the pieces split characters of two bytes.
    let later = if number % 100 == 7 { "<use:later>x</use:later>" } else { "" };
    let who = format!("<use:webExId>user{number}</use:webExId><use:email>u{number}@acme.com</use:email>{later}");
    format!("<use:user><use:firstName>\u{c9}va</use:firstName>{who}<use:active>ACTIVATED</use:active></use:user>")
}

/// A body with this number of users, in pieces of odd sizes. The task has to wait before each piece. The body is generated while it is
/// read.
struct Body {
    users: std::ops::Range<usize>,
    tail: Option<&'static str>,
    bytes: Vec<u8>,
    step: usize,
    waits: bool,
    given: Arc<AtomicUsize>,
    broken: bool,
}

impl Stream for Body {
    type Item = io::Result<Vec<u8>>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.waits = !self.waits;
        if self.waits {
            context.waker().wake_by_ref();
            return Poll::Pending;
        }
        self.step = self.step * 5 % 1009 + 1;
        while self.bytes.len() < self.step {
            match self.users.next() {
                Some(number) => self.bytes.extend_from_slice(user(number).as_bytes()),
                None => match self.tail.take() {
                    Some(tail) => self.bytes.extend_from_slice(tail.as_bytes()),
                    None if self.bytes.is_empty() && self.broken => {
                        self.broken = false;
                        return Poll::Ready(Some(Err(io::Error::new(io::ErrorKind::ConnectionReset, "cut"))));
                    }
                    None if self.bytes.is_empty() => return Poll::Ready(None),
                    None => break,
                },
            }
        }
        let len = self.step.min(self.bytes.len());
        let rest = self.bytes.split_off(len);
        self.given.fetch_add(len, Ordering::Relaxed);
        Poll::Ready(Some(Ok(std::mem::replace(&mut self.bytes, rest))))
    }
}

#[derive(Clone, Default)]
struct Slow {
    users: usize,
    tail: &'static str,
    broken: bool,
    given: Arc<AtomicUsize>,
}

impl AsyncTransport for Slow {
    fn send<'a>(&'a self, _: &'a HttpRequest) -> Answer<'a> {
        panic!("the whole answer is not wanted")
    }

    fn open<'a>(&'a self, _: &'a HttpRequest) -> Opening<'a> {
        let (bytes, given) = (HEAD.as_bytes().to_vec(), self.given.clone());
        let body = Body { users: 0..self.users, tail: Some(self.tail), bytes, step: 1, waits: false, given, broken: self.broken };
        let head = HttpResponse::new(200, "").with_header("Content-Type", "text/xml;charset=UTF-8");
        Box::pin(std::future::ready(Ok(AsyncHttpStream::new(head, body))))
    }
}

#[tokio::test]
async fn a_large_list_is_read_record_by_record() {
    // The limit applies to each record, and to all parts that are not records. The whole response is a hundred times as large.
    let slow = Slow { users: 10_000, tail: TAIL, ..Slow::default() };
    let client = AsyncClient::with_transport("acme", slow.clone()).with_response_limit(16_000);
    let mut users = client.stream_list(&user::LstSummaryUser::new()).await.unwrap();
    let (mut count, mut noted) = (0, 0);
    while let Some(reading) = users.next_reading().await {
        let reading = reading.unwrap();
        assert_eq!(reading.value.webex_id, format!("user{count}"));
        assert_eq!(reading.value.first_name, "\u{c9}va");
        noted += reading.notes.iter().filter(|note| note.path == "message/body/bodyContent/user/later").count();
        count += 1;
        // The client has read at most one or two pieces of the body after the record.
        let given = slow.given.load(Ordering::Relaxed);
        assert!(given < HEAD.len() + (count + 30) * (user(0).len() + 8), "{count} records, {given} bytes");
    }
    assert_eq!((count, noted), (10_000, 100));
    let rest = users.finish().await.unwrap();
    assert_eq!((rest.result.as_str(), rest.gsb_status.as_deref()), ("SUCCESS", Some("PRIMARY")));
    assert_eq!(rest.matching_records.as_ref().map(|matching| matching.total), Some(100_000));
    assert!(rest.user.is_empty());
}

#[tokio::test]
async fn unread_parts_are_read_at_the_end() {
    let client = AsyncClient::with_transport("acme", Slow { users: 20, tail: TAIL, ..Slow::default() });
    let mut users = client.stream_list(&user::LstSummaryUser::new()).await.unwrap();
    assert_eq!(users.try_next().await.unwrap().unwrap().webex_id, "user0");
    assert!(users.finish().await.unwrap().matching_records.is_some());
}

#[tokio::test]
async fn a_response_that_is_cut_off_is_an_error_with_a_position() {
    for broken in [false, true] {
        let client = AsyncClient::with_transport("acme", Slow { users: 20, tail: "<use:user><use:firstName>", broken, ..Slow::default() });
        let outcome: Vec<_> = client.stream_list(&user::LstSummaryUser::new()).await.unwrap().collect().await;
        assert_eq!(outcome.iter().filter(|user| user.is_ok()).count(), 20);
        let Some(Err(Error::Undecodable(error))) = outcome.last() else { panic!("{:?}", outcome.last()) };
        assert_eq!((outcome.len(), error.operation), (21, "lstsummaryUser"));
        assert!(error.place.as_ref().is_some_and(|place| place.path.starts_with("message/body/bodyContent")), "{error:?}");
        assert_eq!(error.message.contains("cut"), broken, "{error:?}");
    }
}

#[tokio::test]
async fn a_dropped_body_is_not_read_further() {
    let slow = Slow { users: 10_000, tail: TAIL, ..Slow::default() };
    let client = AsyncClient::with_transport("acme", slow.clone());
    let users = client.stream_list(&user::LstSummaryUser::new()).await.unwrap();
    let names: Vec<String> = users.take(3).map_ok(|user| user.webex_id).try_collect().await.unwrap();
    assert_eq!(names, ["user0", "user1", "user2"]);
    assert!(slow.given.load(Ordering::Relaxed) < 10_000);
}

#[tokio::test]
async fn transports_without_streaming_report_failures_before_the_first_record() {
    let mut one: user::UserSummaryInstance = xsdgen_codec::empty();
    one.webex_id = "jane".to_owned();
    one.active = user::Active::Activated;
    let mut list = user::LstSummaryUserResponse::new();
    list.user = vec![one.clone(), one];
    let canned = Canned::new()
        .answer(list)
        .answer_fault("000015", "Sorry, no record found")
        .answer_fault("000001", "Access denied")
        .answer_http(HttpResponse::new(503, "come back later"));
    let client = AsyncClient::with_transport("acme", canned);
    let list = || async { client.stream_list(&user::LstSummaryUser::new()).await };
    assert_eq!(list().await.unwrap().map_ok(|user| user.webex_id).try_collect::<Vec<_>>().await.unwrap(), ["jane", "jane"]);
    let mut empty = list().await.unwrap();
    assert!(empty.next().await.is_none());
    assert!(empty.finish().await.unwrap().user.is_empty());
    assert_eq!(list().await.unwrap_err().as_fault().map(|fault| fault.exception_id.clone()).as_deref(), Some("000001"));
    let Err(Error::HttpStatus(status)) = list().await else { panic!("a status") };
    assert_eq!((status.status, status.excerpt.as_str()), (503, "come back later"));
    let Err(Error::MaybeSent(_)) = list().await else { panic!("no answer") };
}
