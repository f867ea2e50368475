//! Tests that secrets in requests and responses do not appear in `Debug` output, errors or the wire log. The errors of the transports are
//! tested in `transports.rs`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout, reason = "a failed test panics")]

use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use webex_xml::testing::Canned;
use webex_xml::transport::Transport;
use webex_xml::{
    AsyncClient, Client, Credentials, Error, HttpRequest, HttpResponse, Login, Session, Site, TransportError, ep, meeting, user,
};

const CANARY: &str = "c4n4ry";

fn credentials() -> [Credentials; 4] {
    let secret = |n: u8| format!("{CANARY}<&>-{n}");
    [
        Credentials::password("jane", secret(1)).with_partner_id(secret(2)),
        Credentials::ticket("jane", secret(3)),
        Credentials::email_password("jane@acme.example", secret(4)),
        Credentials::email_ticket("jane@acme.example", secret(5)),
    ]
}

fn bodies() -> (user::AuthenticateUser, user::SetUser) {
    let secret = |n: u8| format!("{CANARY}-{n}");
    (
        user::AuthenticateUser::new().with_access_token(secret(6)).with_saml_response(secret(7)),
        user::SetUser::new("jane".to_owned()).with_password(secret(8)).with_password_hint_answer(secret(9)),
    )
}

#[test]
fn debug_shows_no_secret() {
    let (authenticate, set) = bodies();
    assert_clean(&format!("{authenticate:?} {set:?}"));
    for credentials in credentials() {
        assert_clean(&format!("{credentials:?} {:#?}", credentials));
        let site = Site::named("acme").identified_by(1, format!("{CANARY}-partner"));
        assert_clean(&format!("{site:?}"));
        let client = Client::with_transport(site.clone(), Canned::new()).with_credentials(credentials.clone());
        let tasks = AsyncClient::with_transport(site, Canned::new()).with_credentials(credentials);
        let exchange = client.core().prepare(&authenticate).unwrap();
        assert!(String::from_utf8_lossy(&exchange.http().body).contains(CANARY), "it is sent");
        assert_clean(&format!("{client:?} {tasks:?} {:?} {exchange:?} {:?}", client.core(), exchange.http()));
    }
}

#[test]
fn debug_masks_passwords_in_addresses() {
    let url = format!("https://acme.webex.com/acme/m.php?AT=JM&MK=123456789&PW={CANARY}");
    let answer = meeting::GetJoinUrlMeetingResponse::default().with_join_meeting_url(url.clone());
    assert_clean(&format!("{answer:?} {answer:#?}"));
    assert!(format!("{answer:?}").contains("?AT=JM&MK=123456789&PW=******\""), "{answer:?}");
    assert_eq!(answer.join_meeting_url, Some(url));
}

#[test]
fn the_wire_log_shows_no_secret() {
    let seen = Arc::new(Mutex::new(String::new()));
    let answers = || {
        Canned::new()
            .answer(user::AuthenticateUserResponse::new(format!("{CANARY}-ticket")))
            .answer_fault("030002", &format!("<password>{CANARY}</password>").replace('<', "["))
            .answer_http(HttpResponse::new(503, format!("<sessionTicket>{CANARY}")))
    };
    for credentials in credentials() {
        let log = Arc::clone(&seen);
        let canned = answers();
        let client = Client::with_transport("acme", canned.clone()).with_credentials(credentials).with_wire_log(move |event| {
            log.lock().unwrap().push_str(&format!("{event:?} {}\n", event.xml));
        });
        client.call(&bodies().0).unwrap();
        assert_clean(&canned.requests().join(""));
        assert_clean(&format!("{canned:?}"));
    }
    let seen = seen.lock().unwrap();
    assert_clean(&seen);
    assert!(seen.contains("<webExID>jane</webExID>") && seen.contains("authenticateUserResponse"), "{seen}");
    assert!(seen.contains("******"), "{seen}");
}

#[test]
fn errors_show_no_secret() {
    let echo = |credentials: &Credentials| {
        let client = Client::with_transport("acme", Canned::new()).with_credentials(credentials.clone());
        String::from_utf8(client.core().prepare(&bodies().0).unwrap().http().body.clone()).unwrap()
    };
    for credentials in credentials() {
        let request = echo(&credentials);
        let plain = request.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
        let answers = [
            HttpResponse::new(502, request.clone()),
            HttpResponse::new(502, format!("you sent {}", plain.replace(['<', '>'], " "))),
            HttpResponse::new(200, request.clone()),
            HttpResponse::new(200, request.replace("</", "<")),
            HttpResponse::new(200, format!("<a>{request}")),
        ];
        for answer in answers {
            let canned = Canned::new().answer_http(answer);
            let client = Client::with_transport("acme", canned).with_credentials(credentials.clone());
            let error = client.call(&bodies().0).unwrap_err();
            assert_clean(&format!("{error} {error:?} {error:#?}"));
        }
    }
}

#[test]
fn a_fault_that_quotes_a_password_does_not_show_it() {
    let canned = Canned::new().answer_fault("030002", &format!("wrong password {CANARY}<&>-1 for jane"));
    let [credentials, ..] = credentials();
    let error = Client::with_transport("acme", canned).with_credentials(credentials).call(&ep::GetSiteType::new()).unwrap_err();
    assert_clean(&format!("{error} {error:?}"));
    assert!(matches!(&error, Error::Fault(f) if f.reason.as_deref() == Some("wrong password ****** for jane")), "{error:?}");
}

/// Tests that the wire log, which masks by element name, knows the name of every element that is a secret in the bindings.
#[test]
fn every_secret_of_the_bindings_is_masked_by_its_name() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../generated/src");
    let Ok(files) = std::fs::read_dir(&folder) else { return println!("skipped: no {}", folder.display()) };
    let mut names = Vec::new();
    for file in files {
        let text = std::fs::read_to_string(file.unwrap().path()).unwrap();
        let lines = text.lines().map(str::trim).zip(text.lines().skip(1));
        let fields = lines.filter(|(attribute, field)| attribute.starts_with("#[xml(") && field.contains("Secret"));
        names.extend(fields.filter_map(|(attribute, _)| attribute.split('"').nth(1).map(str::to_owned)));
    }
    assert!(names.iter().any(|name| name == "sessionTicket"), "{names:?}");
    for name in names {
        let canned = Canned::new().answer_http(HttpResponse::new(500, format!("<{name}>{CANARY}</{name}>")));
        let error = Client::with_transport("acme", canned).call(&ep::GetSiteType::new()).unwrap_err();
        assert!(!error.to_string().contains(CANARY), "{name} is a secret in the bindings and not in the wire log");
    }
}

#[track_caller]
fn assert_clean(text: &str) {
    assert!(!text.contains(CANARY), "a secret shows in: {text}");
}

#[test]
fn a_panic_shows_no_secret() {
    let [credentials, ..] = credentials();
    for answer in [HttpResponse::new(502, format!("<password>{CANARY}</password>")), HttpResponse::new(200, format!("<a>{CANARY}<&>-1"))] {
        let client = Client::with_transport("acme", Canned::new().answer_http(answer)).with_credentials(credentials.clone());
        let unwrapped = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| client.call(&bodies().1).unwrap()));
        let message = unwrapped.unwrap_err().downcast::<String>().unwrap();
        assert!(message.contains("setUser"), "{message}");
        assert_clean(&message);
    }
    let panics = Client::with_transport("acme", Panics).with_credentials(credentials).with_session(session());
    let caught = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| panics.call(&bodies().1)));
    assert_clean(&caught.unwrap_err().downcast::<String>().unwrap());
    assert_clean(&format!("{panics:?}"));
}

/// A transport that panics with the whole request in its message.
struct Panics;

impl Transport for Panics {
    fn send(&self, request: &HttpRequest) -> Result<HttpResponse, TransportError> {
        panic!("cannot send {request:?}")
    }
}

fn session() -> Session {
    let login = Login::user("jane").with_password(format!("{CANARY}-1")).with_partner_id(format!("{CANARY}-2"));
    Session::new(login.with_access_token(format!("{CANARY}-3")).with_fresh_saml_response(|| Err(CANARY.replace("c4n4ry", "none").into())))
}

/// A writer that collects the output of the subscriber.
#[cfg(feature = "tracing")]
#[derive(Clone, Default)]
struct Lines(Arc<Mutex<Vec<u8>>>);

#[cfg(feature = "tracing")]
impl std::io::Write for Lines {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[cfg(feature = "tracing")]
#[test]
fn spans_show_what_a_call_was_and_no_secret() {
    use tracing_subscriber::fmt::format::FmtSpan;
    let lines = Lines::default();
    let writer = lines.clone();
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(tracing::Level::TRACE)
        .with_span_events(FmtSpan::FULL)
        .with_ansi(false)
        .with_writer(move || writer.clone())
        .finish();
    tracing::subscriber::with_default(subscriber, || {
        let canned = || {
            Canned::new()
                .answer(ep::GetSiteTypeResponse::new(1))
                .answer(user::AuthenticateUserResponse::new(format!("{CANARY}-ticket")))
                .answer_http(HttpResponse::new(429, CANARY))
                .answer_fault("000001", CANARY)
        };
        let quick = webex_xml::Retry::standard().base(std::time::Duration::from_millis(1));
        let site = || Site::named("acme").identified_by(7, format!("{CANARY}-partner"));
        let blocking = Client::with_transport(site(), canned()).with_session(session()).with_retry(quick);
        assert!(blocking.call(&bodies().1).is_err());
        let tasks = AsyncClient::with_transport(site(), canned()).with_session(session()).with_retry(quick);
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
        assert!(runtime.block_on(tasks.call(&bodies().1)).is_err());
    });
    let text = String::from_utf8(lines.0.lock().unwrap().clone()).unwrap();
    assert_clean(&text);
    assert!(!text.contains("jane"), "{text}");
    for told in [
        "webex_xml.call{operation=\"setUser\" site=\"acme\"",
        "webex_xml.call{operation=\"authenticateUser\" site=\"acme\"",
        "attempts=2",
        "result=\"000001\"",
        "webex_xml.attempt{attempt=1 duration_ms=",
        "result=\"HTTP 429\"",
        "result=\"SUCCESS\"",
    ] {
        assert!(text.contains(told), "{told} in {text}");
    }
}
