//! Tests which calls a client repeats, delays and refuses, and its batches and spans, with a site whose responses follow a rule. Sessions
//! are tested in `session.rs`, lists in `lists.rs`, sockets in `transports.rs`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a failed test panics")]

#[path = "support/site.rs"]
mod site;

use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use site::Played;
use webex_xml::testing::Canned;
use webex_xml::{
    AsyncClient, Client, Credentials, Error, FaultKind, HttpResponse, NotSentKind, RateLimit, Retry, SiteType, TransportErrorKind,
    UserManagement, ep, user,
};

fn quick() -> Retry {
    Retry::standard().base(Duration::from_millis(1))
}

fn ci(_: usize, operation: &str, _: &str) -> Canned {
    match operation {
        "GetSiteType" => Canned::new().answer(ep::GetSiteTypeResponse::new(1)),
        "InactivateUser" => Canned::new().answer(user::InactivateUserResponse::new()),
        _ => Canned::new().answer_fault("030098", "User management is not allowed on unified site"),
    }
}

#[track_caller]
fn unified(result: Result<impl std::fmt::Debug, Error>) -> bool {
    let error = result.unwrap_err();
    let fault = error.as_fault().unwrap();
    assert_eq!((fault.kind(), fault.exception_id.as_str()), (FaultKind::UnifiedSite, "030098"));
    fault.sent
}

#[test]
fn user_management_fails_before_it_is_sent() {
    let site = Played::new(ci);
    let client = Client::with_transport("acme", site.clone());
    assert_eq!(client.site_type().unwrap(), SiteType::CommonIdentity);
    assert_eq!(client.clone().site_type().unwrap(), SiteType::CommonIdentity);
    assert!(!unified(client.call(&user::CreateUser::new("jane"))));
    assert!(!unified(client.call(&user::DelUser::new(["jane"]))));
    assert!(!unified(client.call(&user::ActivateUser::new())));
    let text = client.call(&user::ActivateUser::new()).unwrap_err().to_string();
    assert!(text.starts_with("activateUser was not sent, as it would fail: 030098"), "{text}");
    assert!(client.call(&user::InactivateUser::new()).is_ok(), "the release does not refuse it");
    assert_eq!(site.asked(), ["GetSiteType", "InactivateUser"]);
    assert!(unified(client.with_user_management(UserManagement::Insist).call(&user::CreateUser::new("jane"))));
}

#[test]
fn the_type_of_a_site_is_set_requested_or_learnt() {
    let site = Played::new(ci);
    let told = Client::with_transport("acme", site.clone()).with_site_type(SiteType::CommonIdentity);
    assert!(!unified(told.call(&user::CreateUser::new("jane"))));
    assert!(site.asked().is_empty());
    let asks = Client::with_transport("acme", site.clone()).with_user_management(UserManagement::AskFirst);
    assert!(!unified(asks.call(&user::CreateUser::new("jane"))));
    assert_eq!(site.asked(), ["GetSiteType"]);
    let learns = Client::with_transport("acme", site.clone());
    assert!(unified(learns.call(&user::CreateUser::new("jane"))));
    assert!(!unified(learns.call(&user::CreateUser::new("jane"))));
    assert_eq!(site.asked(), ["GetSiteType", "CreateUser"]);
}

#[test]
fn only_calls_that_cannot_happen_twice_are_repeated() {
    let cases: [(Canned, bool, usize); 7] = [
        (Canned::new().answer_nothing(TransportErrorKind::Connect), false, 3),
        (Canned::new().answer_fault("000035", "ASService not responding"), false, 3),
        (Canned::new().answer_http(HttpResponse::new(429, "")), false, 3),
        (Canned::new().answer_nothing(TransportErrorKind::Cut), false, 1),
        (Canned::new().answer_nothing(TransportErrorKind::Cut), true, 3),
        (Canned::new().answer_http(HttpResponse::new(503, "")), false, 1),
        (Canned::new().answer_fault("030002", "Incorrect user or password"), true, 1),
    ];
    for (answer, safe, times) in cases {
        let label = format!("{answer:?} {safe}");
        let first = std::sync::Mutex::new(Some(answer));
        let site = Played::new(move |_, _, _| {
            let canned = first.lock().unwrap().take().unwrap();
            let again = canned.duplicate();
            *first.lock().unwrap() = Some(again);
            canned
        });
        let client = Client::with_transport("acme", site.clone()).with_retry(quick());
        let outcome = if safe { client.call(&ep::GetSiteType::new()).map(drop) } else { client.call(&user::SetUser::new("j")).map(drop) };
        assert!(outcome.is_err());
        assert_eq!(site.asked().len(), times, "{label}");
    }
}

#[test]
fn a_call_that_is_sent_again_succeeds() {
    let site = Played::new(|number, _, _| match number {
        1 => Canned::new().answer_nothing(TransportErrorKind::Connect),
        2 => Canned::new().answer_http(HttpResponse::new(429, "").with_header("Retry-After", "0")),
        _ => Canned::new().answer(ep::GetSiteTypeResponse::new(5)),
    });
    let client = Client::with_transport("acme", site.clone()).with_retry(quick());
    assert_eq!(client.call(&ep::GetSiteType::new()).unwrap().site_type, 5);
}

#[test]
fn a_wait_longer_than_the_time_limit_does_not_start() {
    let date = "Mon, 24 Nov 2014 06:00:00 GMT";
    let later = "Mon, 24 Nov 2014 07:00:00 GMT";
    let answer = HttpResponse::new(429, "").with_header("Date", date).with_header("Retry-After", later);
    let client = Client::with_transport("acme", Canned::new().answer_http(answer));
    let error = client.call(&ep::GetSiteType::new()).unwrap_err();
    assert_eq!(error.retry_after(), Some(Duration::from_secs(3600)));
}

#[test]
fn the_calls_of_an_account_are_limited() {
    let site = Played::new(|_, _, _| Canned::new().answer(ep::GetSiteTypeResponse::new(5)));
    let limit = RateLimit::new(1, Duration::from_secs(3600)).burst(2);
    let client = Client::with_transport("acme", site.clone()).with_rate_limit(limit).with_credentials(Credentials::password("jane", "p"));
    let request = ep::GetSiteType::new();
    assert!(client.call(&request).is_ok() && client.clone().call(&request).is_ok());
    let error = client.call(&request).unwrap_err();
    assert!(matches!(&error, Error::NotSent(e) if e.kind == NotSentKind::RateLimit), "{error:?}");
    let other = client.clone().with_credentials(Credentials::password("john", "p"));
    assert!(other.call(&request).is_ok(), "each account has its own");
    assert_eq!(site.asked().len(), 3);
}

#[tokio::test]
async fn the_number_of_parallel_calls_is_limited() {
    let site = Played::new(|_, _, _| Canned::new().answer(ep::GetSiteTypeResponse::new(5)));
    let limit = RateLimit::new(1000, Duration::from_micros(1)).burst(1000).at_once(2);
    let client = AsyncClient::with_transport("acme", site.clone()).with_rate_limit(limit);
    let tasks: Vec<_> = (0..12)
        .map(|_| {
            let client = client.clone();
            tokio::spawn(async move { client.call(&ep::GetSiteType::new()).await.map(drop) })
        })
        .collect();
    for task in tasks {
        task.await.unwrap().unwrap();
    }
    assert_eq!((site.most_inside.load(Ordering::SeqCst), site.asked().len()), (2, 12));
}

#[test]
fn the_time_limit_applies_to_the_whole_call() {
    let site = Played::new(|_, _, _| Canned::new().answer_nothing(TransportErrorKind::Connect));
    let retry = Retry::standard().attempts(1000).base(Duration::from_millis(20));
    let client = Client::with_transport("acme", site).with_retry(retry).with_timeouts(Duration::from_secs(1), Duration::from_millis(100));
    let start = Instant::now();
    assert!(client.call(&ep::GetSiteType::new()).is_err());
    assert!(start.elapsed() < Duration::from_secs(30), "it ends");
}

#[test]
fn a_batch_has_a_response_for_each_request() {
    let answers = [ep::GetApiVersionResponse::new("9.0").into(), ep::GetSiteTypeResponse::new(1).into()];
    let canned = Canned::new().answer_all(answers);
    let client = Client::with_transport("acme", canned.clone());
    let (version, site_type) = client.call_all((ep::GetApiVersion::new(), ep::GetSiteType::new())).unwrap();
    assert_eq!((version.unwrap().api_version.as_str(), site_type.unwrap().site_type.number()), ("9.0", Some(1)));
    assert_eq!(canned.requests()[0].matches("<bodyContent").count(), 2);
}

#[test]
fn a_batch_may_fail_partly_or_completely() {
    const OPEN: &str = "<serv:message xmlns:serv=\"http://www.webex.com/schemas/2002/06/service\" \
        xmlns:ep=\"http://www.webex.com/schemas/2002/06/service/ep\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">";
    let failure = "<serv:response><serv:result>FAILURE</serv:result><serv:exceptionID>000001</serv:exceptionID></serv:response>";
    let success = "<serv:response><serv:result>SUCCESS</serv:result></serv:response>";
    let body = "<serv:bodyContent xsi:type=\"ep:getSiteTypeResponse\"><ep:siteType>3</ep:siteType></serv:bodyContent>";
    let ask = |header: &str, bodies: &str| {
        let xml = format!("{OPEN}<serv:header>{header}</serv:header><serv:body>{bodies}</serv:body></serv:message>");
        let client = Client::with_transport("acme", Canned::new().answer_http(HttpResponse::new(200, xml)));
        client.call_all((user::DelUser::new(["jane"]), ep::GetSiteType::new()))
    };
    for bodies in [body.to_owned(), format!("<serv:bodyContent/>{body}")] {
        let (deleted, site_type) = ask(&format!("{failure}{success}"), &bodies).unwrap();
        assert_eq!(deleted.unwrap_err().as_fault().unwrap().kind(), FaultKind::AccessDenied);
        assert_eq!(site_type.unwrap().site_type, 3);
    }
    let (one, two) = ask(failure, "<serv:bodyContent/>").unwrap();
    assert!(one.unwrap_err().as_fault().is_some() && two.unwrap_err().as_fault().is_some(), "one failure is for all");
    let (_, two) = ask(success, body).unwrap();
    assert!(matches!(two.unwrap_err(), Error::Undecodable(_)), "what has no answer is told");
    let many = Client::with_transport("acme", Canned::new().answer_all([1, 2].map(|n| ep::GetSiteTypeResponse::new(n).into())));
    let replies = many.call_all(vec![ep::GetSiteType::new(), ep::GetSiteType::new()]).unwrap();
    assert_eq!(replies.into_iter().map(|reply| reply.unwrap().site_type.clone()).collect::<Vec<_>>(), [1, 2]);
}

#[test]
fn a_request_may_be_dynamic() {
    let canned = Canned::new().answer(ep::GetSiteTypeResponse::new(4));
    let client = Client::with_transport("acme", canned);
    let reply = client.call_dynamic(ep::GetSiteType::new().into()).unwrap();
    assert_eq!(reply.type_name(), "getSiteTypeResponse");
    let none = client.call_dynamic(ep::GetSiteTypeResponse::new(4).into()).unwrap_err();
    assert!(matches!(none, Error::NotSent(e) if e.kind == NotSentKind::InvalidRequest));
}
