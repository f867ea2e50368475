//! Tests that no secret shows in what a program can print, log or store: every secret of every message has a value that occurs nowhere else, and `Debug`,
//! notes, errors, the wire log, spans, cassettes, and the page, the journal and the files of the sandbox are searched for it. What the program
//! `webex-xml` prints is tested in `cli/tests/every_secret.rs`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a failed test panics")]

#[path = "support/canaries.rs"]
mod canaries;

use std::collections::BTreeSet;
use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use canaries::{CANARY, Sample, assert_clean, samples};
use webex_xml::testing::{Canned, Recorder};
use webex_xml::types::Document;
use webex_xml::{Client, Credentials, HttpResponse, Login, Retry, Session, Site, SiteType, ep, serv};
use webex_xml_sandbox::{ADMIN, Sandbox, SiteKind};
use xsdgen_codec::{ReadOptions, Reflect as _};

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

fn messages() -> Vec<Sample> {
    samples(ROOT)
}

fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("every-secret").join(name);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

/// Tests that no secret of the bindings is left out, so that the other tests look for all of them.
#[test]
fn every_secret_of_the_bindings_is_in_a_message() {
    let settings: toml::Table = std::fs::read_to_string(Path::new(ROOT).join("xsdgen.toml")).unwrap().parse().unwrap();
    let declared: BTreeSet<String> = settings["secrets"].as_array().unwrap().iter().map(|name| name.as_str().unwrap().to_owned()).collect();
    let found: BTreeSet<String> = messages().into_iter().flat_map(|sample| sample.secrets).collect();
    assert_eq!(found, declared);
    // By the tables: each field that is a secret, of each type that can be in a message.
    let (mut due, mut known, mut secret) = (vec![serv::Message::described().unwrap()], BTreeSet::new(), BTreeSet::new());
    while let Some(info) = due.pop() {
        if known.insert(std::ptr::from_ref(info).addr()) {
            secret.extend(info.fields().filter(|field| field.is_secret()).map(|field| field.name().to_owned()));
            due.extend(info.fields().flat_map(|field| field.complex_type().into_iter().chain(field.xsi_types())));
        }
    }
    assert_eq!(found, secret);
}

#[test]
fn debug_shows_no_secret() {
    for sample in messages() {
        assert_clean(&sample.name, &format!("{sample:?} {:#?}", sample.message));
        let read = Document::read(sample.xml().as_bytes(), &ReadOptions::tolerant().keep_unknown(true)).unwrap();
        assert_clean(&sample.name, &format!("{read:?}"));
    }
}

/// Tests the errors and notes about messages that are damaged where the secrets are.
#[test]
fn errors_and_notes_show_no_secret() {
    for sample in messages().iter().filter(|sample| !sample.secrets.is_empty()) {
        let xml = sample.xml();
        let mut damaged =
            vec![xml.replace("</", "<"), xml.replace(&format!(">{CANARY}"), &format!(">\u{1}{CANARY}")), format!("{xml}{xml}")];
        for name in &sample.secrets {
            let (start, end) = (format!(":{name}>{CANARY}"), "</".to_owned());
            // Repeated, in another letter case, with children, too long, with an attribute, cut off.
            damaged.push(xml.replace(&start, &format!(":{name}>x</{name}><{name}>{CANARY}")).replace(&end, "</"));
            damaged.push(xml.replace(&format!(":{name}>"), &format!(":{}>", name.to_uppercase())));
            damaged.push(xml.replace(&start, &format!(":{name}><b/>{CANARY}")));
            damaged.push(xml.replace(&start, &format!(":{name}>{}{CANARY}", CANARY.repeat(300))));
            damaged.push(xml.replace(&format!(":{name}>{CANARY}"), &format!(":{name} a=\"{CANARY}\">{CANARY}")));
            damaged.push(xml.split_inclusive(&start).next().unwrap().to_owned());
        }
        for text in damaged {
            for options in [ReadOptions::strict(), ReadOptions::tolerant(), ReadOptions::strict().all_errors(true)] {
                match Document::read(text.as_bytes(), &options) {
                    Ok(read) => read.notes.iter().for_each(|note| assert_clean(&sample.name, &format!("{note} {note:?}"))),
                    Err(error) => assert_clean(&sample.name, &format!("{error} {error:?} {error:#?}")),
                }
            }
        }
    }
}

fn credentials() -> Vec<Credentials> {
    vec![
        Credentials::password("jane", format!("{CANARY}-1")).with_partner_id(format!("{CANARY}-2")),
        Credentials::ticket("jane", format!("{CANARY}-3")),
        Credentials::email_ticket("jane@acme.example", format!("{CANARY}-4")),
    ]
}

/// A writer that collects what a subscriber prints.
#[derive(Clone, Default)]
struct Lines(Arc<Mutex<Vec<u8>>>);

impl std::io::Write for Lines {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// Runs a function with a subscriber for everything, and returns what it printed.
fn traced(run: impl FnOnce()) -> String {
    use tracing_subscriber::fmt::format::FmtSpan;
    let lines = Lines::default();
    let writer = lines.clone();
    let all = tracing_subscriber::fmt().with_max_level(tracing_subscriber::filter::LevelFilter::TRACE).with_span_events(FmtSpan::FULL);
    tracing::subscriber::with_default(all.with_writer(move || writer.clone()).finish(), run);
    let printed = lines.0.lock().unwrap().clone();
    String::from_utf8(printed).unwrap()
}

/// Adds a response that sends a request back, in one of five forms.
fn echoing(canned: Canned, request: &str, form: usize) -> Canned {
    match form % 5 {
        0 => canned.answer_fault("030002", &request.replace(['<', '>'], " ").replace("  ", "\n")),
        1 => canned.answer_fault("000001", &request.replace('<', "&lt;")),
        2 => canned.answer_http(HttpResponse::new(502, request)),
        3 => canned.answer_http(HttpResponse::new(200, request.replace("</", "<"))),
        _ => canned.answer_http(HttpResponse::new(200, request)),
    }
}

/// Tests each request with a response that holds secrets, and with responses that send the request back.
#[test]
fn the_client_shows_no_secret() {
    let all = messages();
    let file = folder("client").join("cassette.json");
    let mut sent = 0;
    for (number, sample) in all.iter().enumerate().filter(|(_, sample)| sample.is_request()) {
        let credentials = credentials()[number % 3].clone();
        let site = Site::named("acme").identified_by(7, format!("{CANARY}-5"));
        let probe = Canned::new();
        let client = Client::with_transport(site.clone(), probe.clone()).with_retry(Retry::never());
        let _ = client.with_credentials(credentials.clone()).call_dynamic(sample.body());
        let xml = String::from_utf8(probe.http_requests()[0].body.clone()).unwrap();
        let canned = Canned::new().answer(all[number + 1].body());
        let canned = [number, number + 2].iter().fold(canned, |canned, form| echoing(canned, &xml, *form));
        let recorder = Recorder::new(canned.clone());
        let log = Arc::new(Mutex::new(String::new()));
        let hook = Arc::clone(&log);
        let client = Client::with_transport(site, recorder.clone())
            .with_credentials(credentials)
            .with_retry(Retry::never())
            .with_wire_log(move |event| hook.lock().unwrap().push_str(&format!("{event:?}\n{}\n", event.xml)));
        let spans = traced(|| {
            for _ in 0..3 {
                if let Err(error) = client.call_dynamic(sample.body()) {
                    assert_clean(&sample.name, &format!("{error} {error:?} {error:#?}"));
                }
            }
        });
        let cassette = recorder.cassette();
        cassette.write(&file).unwrap();
        let debug = format!("{client:?} {canned:?} {recorder:?} {cassette:?}");
        let texts = [
            ("spans", spans),
            ("wire log", log.lock().unwrap().clone()),
            ("cassette", std::fs::read_to_string(&file).unwrap()),
            ("debug", debug),
        ];
        for (what, text) in texts {
            assert!(what == "debug" || !text.is_empty(), "{what} is empty");
            assert_clean(&format!("{} {what}", sample.name), &text);
        }
        assert!(canned.http_requests().iter().all(|request| String::from_utf8_lossy(&request.body).contains(CANARY)), "{}", sample.name);
        sent += canned.requests().len();
        assert_clean(&sample.name, &canned.requests().concat());
    }
    assert_eq!(sent, 3 * webex_xml::types::OPERATIONS.len());
}

#[test]
fn replies_show_no_secret() {
    let all = messages();
    for (number, sample) in all.iter().enumerate().filter(|(_, sample)| sample.is_request()) {
        let client =
            Client::with_transport("acme", Canned::new().answer(all[number + 1].body())).with_credentials(credentials()[0].clone());
        assert!(all[number + 1].is_response());
        let reply = client.call_dynamic(sample.body()).unwrap();
        assert_clean(&sample.name, &format!("{reply:?}"));
    }
}

#[test]
fn sessions_show_no_secret() {
    let of = |login: Login, number: u8| (login.with_partner_id(format!("{CANARY}-{number}-partner")), number);
    for (login, number) in [
        of(Login::user("jane").with_password(format!("{CANARY}-1")), 1),
        of(Login::user("jane").with_access_token(format!("{CANARY}-2")), 2),
        of(Login::user("jane").with_saml_response(format!("{CANARY}-3")), 3),
    ] {
        let session = Session::new(login);
        for reason in
            [format!("{CANARY}-{number} is wrong"), format!("no partner \"{CANARY}-{number}-partner\""), format!("[{CANARY}-{number}]")]
        {
            let canned = (0..4).fold(Canned::new(), |canned, _| canned.answer_fault("030002", &reason));
            let client = Client::with_transport("acme", canned).with_session(session.clone()).with_site_type(SiteType::NonSso);
            let spans = traced(|| {
                let error = client.call(&ep::GetRecordingInfo::new(1)).unwrap_err();
                assert_clean("an error", &format!("{error} {error:?} {client:?} {session:?}"));
            });
            assert_clean("spans", &spans);
        }
    }
}

fn page(sandbox: &Sandbox, path: &str) -> String {
    let url = sandbox.base_url();
    let address = url.strip_prefix("http://").unwrap();
    let mut stream = TcpStream::connect(address).unwrap();
    write!(stream, "GET {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n").unwrap();
    let mut page = String::new();
    stream.read_to_string(&mut page).unwrap();
    page
}

/// Tests each request, each with the secrets of a caller that the site knows and of one that it does not.
#[test]
fn the_sandbox_shows_no_secret() {
    let files = folder("sandbox");
    let all = messages();
    let mut answered = 0;
    for (at, requests) in all.iter().filter(|sample| sample.is_request()).collect::<Vec<_>>().chunks(20).enumerate() {
        for kind in [SiteKind::NonSso, SiteKind::Ci] {
            let recorded = files.join(format!("{kind:?}-{at}"));
            std::fs::create_dir_all(&recorded).unwrap();
            let sandbox = Sandbox::builder().site("acme").kind(kind).record(&recorded).start().unwrap();
            let address = || Site::named("acme").at(sandbox.base_url());
            let wrong = Client::new(address()).with_credentials(credentials()[0].clone()).with_retry(Retry::never());
            let right = wrong.clone().with_credentials(Credentials::password(ADMIN.webex_id, ADMIN.password));
            for sample in requests {
                for client in [&wrong, &right] {
                    match client.call_dynamic(sample.body()) {
                        Ok(_) => answered += 1,
                        Err(error) => assert_clean(&sample.name, &format!("{error} {error:?}")),
                    }
                }
            }
            let exchanges = sandbox.exchanges();
            assert!(exchanges.len() >= requests.len(), "{exchanges:?}");
            // The page lists the accounts of a new site with their passwords.
            let shown = [page(&sandbox, "/"), format!("{sandbox:?}")];
            shown.iter().for_each(|text| assert_clean("the page", text));
            drop(sandbox);
            let mut texts = vec![format!("{exchanges:?}")];
            let files: Vec<PathBuf> = std::fs::read_dir(&recorded).unwrap().map(|entry| entry.unwrap().path()).collect();
            assert!(files.len() >= requests.len(), "{files:?}");
            texts.extend(files.iter().map(|file| std::fs::read_to_string(file).unwrap()));
            for text in texts {
                assert_clean("the sandbox", &text);
                assert!(!text.contains(ADMIN.password), "a password of the site shows");
            }
        }
    }
    assert!(answered > 20, "{answered} requests were answered with success");
}
