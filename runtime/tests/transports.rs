//! Tests, with misbehaving servers, that both transports report each failure with the right stage. The content of responses is tested in
//! `answers.rs`.
#![cfg(all(feature = "ureq", feature = "reqwest"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a failed test panics")]

#[path = "support/mod.rs"]
mod support;

use std::io::Write;
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use webex_xml::{AsyncClient, Client, Credentials, Error, Retry, Site, ep};

const LIMIT: usize = 1000;
const CANARY: &str = "canary-9f27";

/// Returns the errors of a call to this address over ureq and over reqwest.
fn errors(address: &str, total: Duration) -> [Error; 2] {
    let site = Site::named("acme").at(address);
    let credentials = Credentials::password("jane", CANARY);
    let blocking = Client::new(site.clone())
        .with_credentials(credentials.clone())
        .with_timeouts(Duration::from_secs(5), total)
        .with_retry(Retry::never())
        .with_response_limit(LIMIT);
    let tasks = AsyncClient::new(site)
        .with_credentials(credentials)
        .with_timeouts(Duration::from_secs(5), total)
        .with_retry(Retry::never())
        .with_response_limit(LIMIT);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let request = ep::GetSiteType::new();
    let both = [blocking.call(&request).unwrap_err(), runtime.block_on(tasks.call(&request)).unwrap_err()];
    for error in &both {
        assert!(!format!("{error} {error:?}").contains(CANARY), "{error:?}");
    }
    both
}

const SOON: Duration = Duration::from_secs(5);

#[test]
fn nobody_listens() {
    for error in errors(&support::nobody(), SOON) {
        assert!(matches!(&error, Error::MaybeSent(e) if e.is_connect()) && error.is_retryable(), "{error:?}");
    }
}

#[test]
fn no_such_host() {
    for error in errors("https://no-such-host.invalid", SOON) {
        assert!(matches!(&error, Error::MaybeSent(e) if e.is_connect()) && error.is_retryable(), "{error:?}");
    }
}

#[test]
fn tls_is_used_for_https() {
    let server = support::serve(|stream, _| support::respond(stream, "200 OK", "", b"no TLS"));
    for error in errors(&server.replace("http:", "https:"), SOON) {
        assert!(matches!(&error, Error::MaybeSent(e) if !e.is_timeout()), "{error:?}");
    }
}

#[test]
fn the_connection_is_cut() {
    let server = support::serve(|_, _| {});
    for error in errors(&server, SOON) {
        assert!(matches!(&error, Error::MaybeSent(e) if !e.is_connect() && !e.is_timeout()) && !error.is_retryable(), "{error:?}");
    }
}

#[test]
fn the_body_is_cut() {
    let server = support::serve(|stream, _| {
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n<serv:message");
    });
    for error in errors(&server, SOON) {
        assert!(matches!(&error, Error::MaybeSent(e) if !e.is_connect()), "{error:?}");
    }
}

#[test]
fn the_response_takes_too_long() {
    let server = support::serve(|stream, _| {
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n");
        thread::sleep(Duration::from_millis(600));
    });
    for error in errors(&server, Duration::from_millis(200)) {
        assert!(matches!(&error, Error::MaybeSent(e) if e.is_timeout()) && !error.is_retryable(), "{error:?}");
        let told = "getSiteType may have been sent, and has no answer: timeout: the answer did not come within the time limit";
        assert_eq!(error.to_string(), told);
    }
}

#[test]
fn a_time_limit_beyond_the_clock_is_no_limit() {
    for error in errors(&support::nobody(), Duration::MAX) {
        let told = error.to_string();
        assert!(told.starts_with("getSiteType was not sent: no connection: "), "{told}");
    }
}

#[test]
fn the_response_is_too_large() {
    let server = support::serve(|stream, _| support::respond(stream, "200 OK", "", &[b' '; 100_000]));
    for error in errors(&server, SOON) {
        assert!(matches!(&error, Error::Undecodable(e) if e.message.contains("limit of 1000 bytes") && e.place.is_none()), "{error:?}");
    }
}

#[test]
fn redirects_are_not_followed() {
    let other = support::serve(|_, request| panic!("was sent {request}"));
    let told = format!("a redirect to {other}/WBXService/XMLService");
    let server = support::serve(move |stream, _| {
        support::respond(stream, "307 Temporary Redirect", &format!("Location: {other}/WBXService/XMLService\r\n"), b"moved");
    });
    for error in errors(&server, SOON) {
        assert!(matches!(&error, Error::HttpStatus(e) if e.status == 307 && e.excerpt == told), "{error:?}");
    }
}

#[test]
fn an_echoing_proxy_shows_no_secret() {
    let server = support::serve(|stream, request| support::respond(stream, "502 Bad Gateway", "Retry-After: 7\r\n", request.as_bytes()));
    for error in errors(&server, SOON) {
        let Error::HttpStatus(status) = &error else { panic!("{error:?}") };
        assert_eq!((status.status, status.retry_after), (502, Some(Duration::from_secs(7))));
        assert!(status.excerpt.starts_with("POST /WBXService/XMLService HTTP/1.1"), "{}", status.excerpt);
    }
}

#[test]
fn the_request_says_what_it_is() {
    let server = support::serve(|stream, request| {
        let head = request.split("\r\n\r\n").next().unwrap_or_default();
        support::respond(stream, "418 x", "", head.as_bytes());
    });
    let site = Site::named("acme").at(server);
    let error = Client::new(site).with_user_agent("program/1").call(&ep::GetSiteType::new()).unwrap_err().to_string().to_lowercase();
    assert!(error.contains("content-type: text/xml; charset=utf-8") && error.contains("user-agent: program/1"), "{error}");
}

/// Starts a server whose list continues only after its first record was read.
fn waiting_list() -> (String, mpsc::Sender<()>) {
    let (read, was_read) = mpsc::channel();
    let address = support::serve(move |stream, _| {
        let head = "<m:message xmlns:m='http://www.webex.com/schemas/2002/06/service' xmlns:ep='http://www.webex.com/schemas/2002/06/service/ep' \
            xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance'><m:header><m:response><m:result>SUCCESS</m:result></m:response></m:header>\
            <m:body><m:bodyContent xsi:type='ep:lstRecordingResponse'>";
        let record = |name: &str| format!("<ep:recording><ep:recordingID>1</ep:recordingID><ep:name>{name}</ep:name></ep:recording>");
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\nConnection: close\r\n\r\n");
        let _ = stream.write_all(format!("{head}{}<ep:rec", record("first")).as_bytes());
        if was_read.recv_timeout(SOON).is_ok() {
            let rest = record("second");
            let _ = stream.write_all(format!("{}</m:bodyContent></m:body></m:message>", &rest["<ep:rec".len()..]).as_bytes());
        }
    });
    (address, read)
}

#[test]
fn a_list_is_read_while_it_arrives() {
    let request = ep::LstRecording::new();
    let (address, go_on) = waiting_list();
    let mut list = Client::new(Site::named("acme").at(address)).stream_list(&request).unwrap();
    assert_eq!(list.next().unwrap().unwrap().name, "first");
    go_on.send(()).unwrap();
    assert_eq!(list.next().unwrap().unwrap().name, "second");
    assert!(list.finish().is_ok());

    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let (address, go_on) = waiting_list();
    runtime.block_on(async {
        let mut list = AsyncClient::new(Site::named("acme").at(address)).stream_list(&request).await.unwrap();
        assert_eq!(list.next_reading().await.unwrap().unwrap().value.name, "first");
        go_on.send(()).unwrap();
        assert_eq!(list.next_reading().await.unwrap().unwrap().value.name, "second");
        assert!(list.finish().await.is_ok());
    });
}

#[test]
fn a_list_that_stops_arriving_times_out() {
    let request = ep::LstRecording::new();
    let limit = Duration::from_millis(300);
    let (address, _go_on) = waiting_list();
    let mut list = Client::new(Site::named("acme").at(address)).with_timeouts(SOON, limit).stream_list(&request).unwrap();
    assert!(list.next().unwrap().is_ok());
    assert!(list.next().is_some_and(stopped) && list.next().is_none());

    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let (address, _go_on) = waiting_list();
    runtime.block_on(async {
        let client = AsyncClient::new(Site::named("acme").at(address)).with_timeouts(SOON, limit);
        let mut list = client.stream_list(&request).await.unwrap();
        assert!(list.next_reading().await.unwrap().is_ok());
        assert!(list.next_reading().await.is_some_and(stopped) && list.next_reading().await.is_none());
    });
}

/// Returns whether an outcome says that the time limit of the call has passed.
fn stopped<T>(outcome: Result<T, Error>) -> bool {
    matches!(outcome, Err(Error::MaybeSent(sent)) if sent.is_timeout())
}
