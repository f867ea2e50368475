//! Tests that cassettes contain no secrets and replay the recorded exchanges.
#![cfg(feature = "recording")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a failed test panics")]

use webex_xml::testing::{Canned, Cassette, Recorder, Replay};
use webex_xml::{Client, Credentials, Error, FaultKind, HttpResponse, Login, Retry, Session, TransportErrorKind, ep, user};

const CANARY: &str = "c4n4ry";

fn recorded() -> Cassette {
    let ticket = format!("{CANARY}-ticket");
    let latin: Vec<u8> = "<serv:message xmlns:serv=\"http://www.webex.com/schemas/2002/06/service\"><serv:header><serv:response>\
        <serv:result>FAILURE</serv:result><serv:reason>Caf\u{e9} c4n4ry-pass</serv:reason><serv:exceptionID>000001</serv:exceptionID>\
        </serv:response></serv:header><serv:body><serv:bodyContent/></serv:body></serv:message>"
        .chars()
        .map(|c| u8::try_from(c).unwrap())
        .collect();
    let canned = Canned::new()
        .answer(user::AuthenticateUserResponse::new(ticket.as_str()).with_time_to_live(5400))
        .answer_http(HttpResponse::new(503, format!("ticket {ticket}")).with_header("Set-Cookie", CANARY).with_header("Retry-After", "1"))
        .answer_http(HttpResponse::new(200, latin).with_header("Content-Type", "text/xml; charset=ISO-8859-1"))
        .answer_nothing(TransportErrorKind::Timeout);
    let recorder = Recorder::new(canned);
    play(&Client::with_transport("acme", recorder.clone()), "c4n4ry-pass");
    recorder.cassette()
}

/// Plays the same conversation with this password.
fn play(client: &Client, password: &str) {
    let session = Session::new(Login::user("jane").with_password(password));
    let client = client.clone().with_session(session).with_retry(Retry::never());
    assert!(matches!(client.call(&user::SetUser::new("jane")), Err(Error::HttpStatus(e)) if e.status == 503 && e.retry_after.is_some()));
    let fault = client.call(&user::GetUser::new("jane")).unwrap_err();
    let fault = fault.as_fault().unwrap();
    assert_eq!(fault.kind(), FaultKind::AccessDenied);
    assert!(fault.reason.as_deref().unwrap().starts_with("Caf\u{e9}"), "{fault:?}");
    assert!(matches!(client.call(&ep::GetSiteType::new()), Err(Error::MaybeSent(e)) if e.is_timeout()));
}

#[test]
fn a_cassette_contains_no_secret_and_replays_the_exchanges() {
    let folder = std::env::temp_dir().join(format!("webex-xml-cassette-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let path = folder.join("a.jsonl");
    let cassette = recorded();
    cassette.write(&path).unwrap();
    let text = std::fs::read_to_string(&path).unwrap();
    assert!(!text.contains(CANARY) && text.contains("******") && text.contains("<webExID>jane<"), "{text}");
    let read = Cassette::read(&path).unwrap();
    assert_eq!((read.len(), &read), (4, &cassette));
    let replay = Replay::new(read);
    play(&Client::with_transport("acme", replay.clone()), "another");
    assert!(replay.rest().is_empty());
    std::fs::remove_dir_all(&folder).unwrap();
}

#[test]
fn unrecorded_requests_are_errors() {
    let replay = Replay::new(recorded());
    let client = Client::with_transport("acme", replay.clone()).with_credentials(Credentials::password("john", CANARY));
    let error = client.call(&ep::GetApiVersion::new()).unwrap_err().to_string();
    assert!(error.contains("no such GetAPIVersion request; next on it is AuthenticateUser") && !error.contains(CANARY), "{error}");
    assert_eq!(replay.rest().len(), 4);
}

#[test]
fn errors_in_cassettes_have_a_position() {
    let path = std::env::temp_dir().join(format!("webex-xml-broken-{}.jsonl", std::process::id()));
    for (text, told) in [("{}\n", ":1: "), ("\n{\"operation\":\"a\",\"request\":\"b\",\"failure\":\"x\"}", ":2: \"x\" is no failure")] {
        std::fs::write(&path, text).unwrap();
        let error = Cassette::read(&path).unwrap_err().to_string();
        assert!(error.contains(told), "{error}");
    }
    std::fs::remove_file(&path).unwrap();
    assert!(Cassette::read(&path).is_err());
}
