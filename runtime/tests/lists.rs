//! Tests that iterators and streams return all records of a paged list in order, with one or several pages at a time. The planning of pages
//! has its own tests in `src/paging`.
#![cfg(feature = "history")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a failed test panics")]

#[path = "support/site.rs"]
mod site;

#[cfg(feature = "stream")]
use std::sync::atomic::Ordering;

#[cfg(feature = "stream")]
use futures_util::{StreamExt as _, TryStreamExt as _};
use site::Played;
#[cfg(feature = "stream")]
use webex_xml::AsyncClient;
use webex_xml::testing::Canned;
use webex_xml::{Client, Error, HttpResponse, Retry, ep, history, serv, user};

const TOTAL: i64 = 23;

fn number(request: &str, name: &str) -> i64 {
    let text = request.split(&format!("<{name}>")).nth(1).unwrap();
    text.split('<').next().unwrap().parse().unwrap()
}

/// Returns a site with a history of this number of records, of which a response contains at most five.
fn site() -> Played {
    Played::new(|_, operation, request| {
        assert_eq!(operation, "LstmeetingusageHistory");
        let (start, most) = (number(request, "startFrom"), number(request, "maximumNum").min(5));
        let keys: Vec<i64> = (start..(start + most).min(TOTAL + 1)).collect();
        if keys.is_empty() {
            return Canned::new().answer_fault("000015", "Sorry, no record found");
        }
        let records: String = keys
            .iter()
            .map(|key| {
                format!(
                    "<history:meetingUsageHistory><history:confName>c</history:confName>\
            <history:sessionKey>{key}</history:sessionKey></history:meetingUsageHistory>"
                )
            })
            .collect();
        Canned::new().answer_http(HttpResponse::new(
            200,
            format!(
                "<serv:message xmlns:serv=\"http://www.webex.com/schemas/2002/06/service\" \
             xmlns:history=\"http://www.webex.com/schemas/2002/06/service/history\"><serv:header><serv:response><serv:result>SUCCESS\
             </serv:result></serv:response></serv:header><serv:body><serv:bodyContent xsi:type=\"history:lstmeetingusageHistoryResponse\" \
             xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">{records}<history:matchingRecords><serv:total>{TOTAL}</serv:total>\
             <serv:returned>{}</serv:returned><serv:startFrom>{start}</serv:startFrom></history:matchingRecords></serv:bodyContent>\
             </serv:body></serv:message>",
                keys.len()
            ),
        ))
    })
}

fn request(page: i64) -> history::LstMeetingUsageHistory {
    let control = serv::LstControl::new().with_maximum_num(page);
    history::LstMeetingUsageHistory::new().with_list_control(control)
}

fn key(record: Result<history::MeetingUsageHistoryInstance, Error>) -> i64 {
    record.unwrap().session_key.unwrap()
}

#[test]
fn an_iterator_returns_all_records_in_order() {
    for (page, at_once) in [(5, 1), (100, 1), (4, 3), (100, 8)] {
        let site = site();
        let client = Client::with_transport("acme", site.clone());
        let keys: Vec<i64> = client.list(&request(page)).at_once(at_once).map(key).collect();
        assert_eq!(keys, (1..=TOTAL).collect::<Vec<_>>(), "{page} {at_once}");
        assert_eq!(site.asked().len(), if page == 4 { 6 } else { 5 });
    }
}

#[test]
fn pages_have_the_total_and_are_fetched_on_demand() {
    let site = site();
    let client = Client::with_transport("acme", site.clone());
    let page = client.pages(&request(5)).next().unwrap().unwrap();
    assert_eq!((page.total, page.start_from, page.records.len(), site.asked().len()), (Some(TOTAL), 1, 5, 1));
    let first: Vec<i64> = client.list(&request(5)).take(7).map(key).collect();
    assert_eq!((first.len(), site.asked().len()), (7, 3));
    let from = client.list(&history::LstMeetingUsageHistory::new().with_list_control(serv::LstControl::new().with_start_from(22)));
    assert_eq!(from.map(key).collect::<Vec<_>>(), [22, 23]);
}

#[cfg(feature = "stream")]
#[tokio::test]
async fn a_stream_returns_all_records_in_order() {
    for (page, at_once) in [(5, 1), (4, 3), (100, 8)] {
        let site = site();
        let client = AsyncClient::with_transport("acme", site.clone());
        let keys: Vec<i64> = client.list(&request(page)).at_once(at_once).map(key).collect().await;
        assert_eq!(keys, (1..=TOTAL).collect::<Vec<_>>(), "{page} {at_once}");
        assert!(site.most_inside.load(Ordering::SeqCst) <= at_once);
        assert!(at_once == 1 || site.most_inside.load(Ordering::SeqCst) > 1, "they overlap");
    }
}

#[test]
fn an_error_ends_the_list() {
    let answers = Canned::new().answer_fault("000001", "Access denied");
    let client = Client::with_transport("acme", answers).with_retry(Retry::never());
    let mut records = client.list(&request(5));
    assert!(records.next().unwrap().is_err() && records.next().is_none());
}

#[cfg(feature = "stream")]
#[tokio::test]
async fn an_error_ends_the_stream() {
    let answers = || Canned::new().answer_fault("000001", "Access denied");
    let client = AsyncClient::with_transport("acme", answers()).with_retry(Retry::never());
    assert!(client.list(&request(5)).try_collect::<Vec<_>>().await.is_err());
}

#[test]
fn an_empty_list_without_pages_is_not_an_error() {
    let none = || Client::with_transport("acme", Canned::new().answer_fault("000015", "Sorry, no record found"));
    assert_eq!(none().list(&request(5)).count(), 0);
    assert_eq!(none().list(&ep::LstContact::new()).count(), 0);
    let mut control = ep::LstRecording::new();
    control.host_webex_id = Some("jane".into());
    assert_eq!(none().list(&control).count(), 0);
}

/// Tests the response of live sites to a search that finds no users, with any code.
#[test]
fn an_empty_list_recognized_by_its_reason_is_not_an_error() {
    for code in ["000000", "999999"] {
        let none = || Client::with_transport("acme", Canned::new().answer_fault(code, "validation: Null Point Error"));
        assert_eq!(none().list(user::LstSummaryUser::new()).count(), 0);
        assert!(none().stream_list(user::LstSummaryUser::new()).unwrap().next().is_none());
        let found: Vec<_> = none().list(ep::LstContact::new()).collect();
        assert!(matches!(&found[..], [Err(Error::Fault(fault))] if fault.exception_id == code), "of another operation it is an error");
    }
}
