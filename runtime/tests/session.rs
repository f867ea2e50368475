//! Tests how a session logs in, shares its ticket and renews it, and which requests it never repeats, with a site whose responses follow a
//! rule. The login rules of the sandbox are tested in `tests/client_sandbox.rs` of the workspace.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a failed test panics")]

#[path = "support/site.rs"]
mod site;

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use site::Played;
use webex_xml::testing::Canned;
use webex_xml::{
    AsyncClient, Client, Error, FaultKind, HttpResponse, Login, NotSentKind, Retry, Session, SiteType, Ticket, TransportErrorKind, ep, user,
};

fn ticket(text: &str) -> Canned {
    Canned::new().answer(user::AuthenticateUserResponse::new(text).with_create_time(now_ms()).with_time_to_live(5400))
}

fn now_ms() -> i64 {
    i64::try_from(SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_millis()).unwrap()
}

/// Returns a site that issues the tickets `T1`, `T2`... and accepts all of them.
fn generous() -> Played {
    let given = AtomicUsize::new(0);
    Played::new(move |_, operation, request| match operation {
        "AuthenticateUser" => ticket(&format!("T{}", given.fetch_add(1, Ordering::SeqCst) + 1)),
        "SetUser" => {
            assert!(request.contains("<sessionTicket>T") && !request.contains("<password>"), "{request}");
            Canned::new().answer(user::SetUserResponse::new())
        }
        other => panic!("{other}"),
    })
}

fn jane() -> Login {
    Login::user("jane@acme.example").with_password("P@ssword123")
}

fn set() -> user::SetUser {
    user::SetUser::new("jane@acme.example")
}

#[track_caller]
fn fault<T: std::fmt::Debug>(result: Result<T, Error>) -> FaultKind {
    result.unwrap_err().as_fault().unwrap().kind()
}

#[test]
fn threads_share_a_login() {
    let site = generous();
    let client = Client::with_transport("acme", site.clone()).with_session(Session::new(jane()));
    site.open(false);
    std::thread::scope(|scope| {
        let threads: Vec<_> = (0..16).map(|_| scope.spawn(|| client.clone().call(&set()).unwrap())).collect();
        site.open(true);
        threads.into_iter().for_each(|thread| drop(thread.join().unwrap()));
    });
    assert_eq!((site.count("AuthenticateUser"), site.count("SetUser")), (1, 16));
}

#[tokio::test]
async fn tasks_share_a_login_even_if_one_is_dropped() {
    let site = generous();
    let session = Session::new(jane());
    let client = AsyncClient::with_transport("acme", site.clone()).with_session(session.clone());
    let dropped = client.clone();
    let mut call = Box::pin(async move { dropped.call(&set()).await });
    assert!(std::future::poll_fn(|cx| std::task::Poll::Ready(call.as_mut().poll(cx))).await.is_pending());
    drop(call);
    let tasks: Vec<_> = (0..16)
        .map(|_| {
            tokio::spawn({
                let client = client.clone();
                async move { client.call(&set()).await.unwrap() }
            })
        })
        .collect();
    for task in tasks {
        task.await.unwrap();
    }
    assert_eq!((site.count("AuthenticateUser"), site.count("SetUser")), (1, 16));
    Client::with_transport("acme", site.clone()).with_session(session).call(&set()).unwrap();
    assert_eq!(site.count("AuthenticateUser"), 1, "blocking and asynchronous clients share a session");
}

#[test]
fn a_ticket_is_renewed_before_it_ends() {
    let given = AtomicUsize::new(0);
    let site = Played::new(move |_, operation, _| match operation {
        "AuthenticateUser" if given.fetch_add(1, Ordering::SeqCst) == 0 => {
            Canned::new().answer(user::AuthenticateUserResponse::new("T1").with_create_time(now_ms() - 5_390_000).with_time_to_live(5400))
        }
        "AuthenticateUser" => ticket("T2"),
        _ => Canned::new().answer(user::SetUserResponse::new()),
    });
    let session = Session::new(jane());
    let client = Client::with_transport("acme", site.clone()).with_session(session.clone());
    client.call(&set()).unwrap();
    assert_eq!(session.ticket().unwrap().secret.expose(), "T1");
    client.call(&set()).unwrap();
    client.call(&set()).unwrap();
    assert_eq!(session.ticket().unwrap().secret.expose(), "T2");
    assert_eq!(site.asked(), ["AuthenticateUser", "SetUser", "AuthenticateUser", "SetUser", "SetUser"]);
}

#[test]
fn a_refused_ticket_is_renewed_once() {
    let site = Played::new(|number, operation, _| match operation {
        "AuthenticateUser" => ticket(&format!("T{number}")),
        _ => Canned::new().answer_fault("030047", "Not a valid session ticket"),
    });
    let client = Client::with_transport("acme", site.clone()).with_session(Session::new(jane()));
    assert_eq!(fault(client.call(&set())), FaultKind::InvalidTicket);
    assert_eq!(site.asked(), ["AuthenticateUser", "SetUser", "AuthenticateUser", "SetUser"]);
}

#[test]
fn a_stored_ticket_is_used_until_it_expires() {
    let site = Played::new(|_, operation, request| match operation {
        "AuthenticateUser" => ticket("T2"),
        _ if request.contains(">T1<") => Canned::new().answer_fault("030047", "Not a valid session ticket"),
        _ => Canned::new().answer(user::SetUserResponse::new()),
    });
    let kept = Ticket::new("T1", SystemTime::now() + Duration::from_secs(4000));
    let session = Session::new(jane()).with_ticket("acme", kept);
    Client::with_transport("acme", site.clone()).with_session(session.clone()).call(&set()).unwrap();
    assert_eq!(site.asked(), ["SetUser", "AuthenticateUser", "SetUser"]);
    Client::with_transport("other", site.clone()).with_session(session).call(&set()).unwrap();
    assert_eq!(site.count("AuthenticateUser"), 2, "a ticket is never shown to another site");
}

#[test]
fn a_wrong_password_is_sent_once() {
    let site = Played::new(|_, operation, request| match operation {
        "AuthenticateUser" if request.contains("right") => ticket("T1"),
        "AuthenticateUser" => Canned::new().answer_fault("030002", "Incorrect user or password"),
        _ => Canned::new().answer(user::SetUserResponse::new()),
    });
    let session = Session::new(Login::user("jane").with_password("wrong"));
    let client = Client::with_transport("acme", site.clone()).with_session(session.clone());
    site.open(false);
    std::thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| assert_eq!(fault(client.clone().call(&set())), FaultKind::WrongCredentials));
        }
        site.open(true);
    });
    assert_eq!(fault(client.call(&set())), FaultKind::WrongCredentials);
    assert_eq!(site.asked(), ["AuthenticateUser"]);
    session.replace(Login::user("jane").with_password("right"));
    client.call(&set()).unwrap();
    assert_eq!(site.asked(), ["AuthenticateUser", "AuthenticateUser", "SetUser"]);
}

#[test]
fn the_site_decides_the_order_of_credentials() {
    for (number, expected) in [(1, ["password", "accessToken", "samlResponse"]), (2, ["samlResponse", "password", "accessToken"])] {
        let seen = Arc::new(Mutex::new(Vec::new()));
        let log = Arc::clone(&seen);
        let site = Played::new(move |_, operation, request| match operation {
            "GetSiteType" => Canned::new().answer(ep::GetSiteTypeResponse::new(number)),
            _ => {
                let held = ["password", "accessToken", "samlResponse"].into_iter().filter(|name| request.contains(&format!("<{name}>")));
                log.lock().unwrap().push(held.collect::<Vec<_>>().join("+"));
                let code = ["030002", "200006", "030048"][log.lock().unwrap().len() - 1];
                Canned::new().answer_fault(code, "refused")
            }
        });
        let login = jane().with_access_token("token").with_saml_response("saml");
        let client = Client::with_transport("acme", site.clone()).with_session(Session::new(login));
        assert_eq!(fault(client.call(&set())), FaultKind::NoTicketIssued, "the last refusal is told");
        assert_eq!(*seen.lock().unwrap(), expected);
        assert_eq!(site.count("GetSiteType"), 1);
        assert_eq!(client.known_site_type(), Some(SiteType::from(number)));
    }
}

#[test]
fn fresh_credentials_are_requested_at_each_login() {
    let site = Played::new(|number, operation, request| match operation {
        "AuthenticateUser" => {
            assert!(request.contains(&format!("<accessToken>token-{number}<")), "{request}");
            ticket("T")
        }
        _ => Canned::new().answer(user::SetUserResponse::new()),
    });
    let count = AtomicUsize::new(0);
    let fresh = move || Ok(format!("token-{}", count.fetch_add(2, Ordering::SeqCst) + 1).into());
    let session = Session::new(Login::email("jane@acme.example").with_fresh_access_token(fresh));
    let client = Client::with_transport("acme", site.clone()).with_session(session.clone());
    client.call(&set()).unwrap();
    session.forget_ticket();
    client.call(&set()).unwrap();
    let none = Session::new(Login::user("jane").with_fresh_saml_response(|| Err("the identity provider is away".into())));
    let error = client.clone().with_session(none).call(&set()).unwrap_err();
    assert!(matches!(&error, Error::NotSent(e) if e.kind == NotSentKind::NoProof), "{error:?}");
    assert!(error.to_string().contains("identity provider is away"));
    let nothing = client.with_session(Session::new(Login::user("jane"))).call(&set()).unwrap_err();
    assert!(matches!(&nothing, Error::NotSent(e) if e.kind == NotSentKind::NoProof), "{nothing:?}");
}

#[test]
fn a_failed_renewal_keeps_the_old_ticket() {
    let site = Played::new(|_, operation, _| match operation {
        "AuthenticateUser" => Canned::new().answer_nothing(TransportErrorKind::Timeout),
        _ => Canned::new().answer(user::SetUserResponse::new()),
    });
    let ending = Ticket::new("T1", SystemTime::now() + Duration::from_secs(60));
    let session = Session::new(jane()).with_ticket("acme", ending);
    let client = Client::with_transport("acme", site.clone()).with_session(session.clone());
    client.call(&set()).unwrap();
    assert_eq!(site.asked(), ["AuthenticateUser", "SetUser"]);
    session.forget_ticket();
    assert!(matches!(client.call(&set()), Err(Error::MaybeSent(e)) if e.is_timeout()));
}

#[test]
fn a_login_that_may_have_arrived_is_not_repeated() {
    let site = Played::new(|_, _, _| Canned::new().answer_nothing(TransportErrorKind::Cut));
    let client =
        Client::with_transport("acme", site.clone()).with_session(Session::new(jane())).with_retry(Retry::standard().base(Duration::ZERO));
    assert!(matches!(client.call(&ep::GetSiteType::new()), Err(Error::MaybeSent(_))));
    assert_eq!(site.asked(), ["AuthenticateUser"]);
}

#[test]
fn a_session_shows_no_secret() {
    let session =
        Session::new(jane().with_access_token("c4n4ry-token").with_saml_response("c4n4ry-saml").with_partner_id("c4n4ry-partner"))
            .with_ticket("acme", Ticket::new("c4n4ry-ticket", SystemTime::now()));
    let client = Client::with_transport("acme", Canned::new().answer_http(HttpResponse::new(502, "c4n4ry"))).with_session(session.clone());
    let debug = format!("{session:?} {client:?} {:?}", session.ticket()).replace("P@ssword123", "c4n4ry");
    assert!(!debug.contains("c4n4ry"), "{debug}");
}
