//! Tests that recorded exchanges are replayed with the same responses, and that no secret is in the files.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a failed test panics")]

mod support;

use std::path::{Path, PathBuf};

use support::{post, text};
use webex_xml_sandbox::{ADMIN, HOST, MEETING_PASSWORD, ROOM_KEY, Sandbox, SiteKind, StartError};

fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

fn call(sandbox: &Sandbox, secret: &str, operation: &str, children: &str) -> String {
    let request = format!(
        "<message><header><securityContext><siteName>acme</siteName><webExID>{}</webExID>{secret}</securityContext></header><body>\
         <bodyContent xsi:type='java:com.webex.service.binding.{operation}'>{children}</bodyContent></body></message>",
        HOST.webex_id
    );
    let (status, answer) = post(sandbox, "", request.as_bytes());
    assert_eq!(status, 200);
    answer
}

fn password() -> String {
    format!("<password>{}</password>", HOST.password)
}

fn files(folder: &Path) -> Vec<(String, String)> {
    let mut files: Vec<(String, String)> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .map(|path| (path.file_name().unwrap().to_string_lossy().into_owned(), std::fs::read_to_string(&path).unwrap()))
        .collect();
    files.sort();
    files
}

#[test]
fn recorded_exchanges_are_replayed_without_secrets() {
    let recorded = folder("recorded");
    let live = Sandbox::builder().site("acme").kind(SiteKind::Ci).record(&recorded).start().unwrap();
    let ticket = call(&live, "", "user.AuthenticateUser", &format!("<accessToken>{}</accessToken>", HOST.access_token));
    let ticket = text(&ticket, "use:sessionTicket").unwrap().to_owned();
    let room = call(&live, &password(), "ep.GetSessionInfo", &format!("<sessionKey>{ROOM_KEY}</sessionKey>"));
    let audio = text(&room, "ep:audioPassword").unwrap();
    let first = call(&live, &password(), "user.GetUser", &format!("<webExId>{}</webExId>", HOST.webex_id));
    let change = format!("<webExId>{}</webExId><company>Acme</company>", HOST.webex_id);
    call(&live, &password(), "user.SetUser", &change);
    let second = call(&live, &password(), "user.GetUser", &format!("<webExId>{}</webExId>", HOST.webex_id));
    assert_ne!(first, second);
    let refused = call(&live, "<password>wrong-secret</password>", "user.GetUser", "<webExId>x</webExId>");
    drop(live);

    let files = files(&recorded);
    let names: Vec<&str> = files.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(
        names[..4],
        [
            "000001-user.AuthenticateUser.request.xml",
            "000001-user.AuthenticateUser.response.xml",
            "000002-ep.GetSessionInfo.request.xml",
            "000002-ep.GetSessionInfo.response.xml",
        ]
    );
    assert_eq!(names.len(), 12);
    for (name, text) in &files {
        for secret in [HOST.password, HOST.access_token, ticket.as_str(), audio, MEETING_PASSWORD, "wrong-secret", "246810"] {
            assert!(!text.contains(secret), "{name} holds `{secret}`:\n{text}");
        }
    }

    // The values of this site differ from the recorded ones, so matching values must come from the recording.
    let replay = Sandbox::builder().site("other").kind(SiteKind::NonSso).answers(&recorded).start().unwrap();
    let again = call(&replay, "<password>whatever</password>", "ep.GetSessionInfo", &format!("<sessionKey>{ROOM_KEY}</sessionKey>"));
    assert_eq!((text(&again, "ep:sipURL"), text(&again, "ep:audioPassword")), (text(&room, "ep:sipURL"), Some("******")));
    let get = || call(&replay, "", "user.GetUser", &format!("<webExId>{}</webExId>", HOST.webex_id));
    assert_eq!(text(&get(), "use:company"), None);
    assert_eq!([text(&get(), "use:company"), text(&get(), "use:company")], [Some("Acme"), Some("Acme")], "in turn, the last one again");
    assert_eq!(text(&call(&replay, "", "user.GetUser", "<webExId>x</webExId>"), "serv:exceptionID"), text(&refused, "serv:exceptionID"));
    assert_eq!(text(&call(&replay, "", "user.GetUser", "<webExId>y</webExId>"), "serv:exceptionID"), Some("000029"), "not recorded");
    assert!(replay.exchanges().iter().take(4).all(|exchange| exchange.scripted));

    let further = Sandbox::builder().record(&recorded).start().unwrap();
    call(&further, "", "ep.GetSiteType", "");
    assert!(recorded.join("000007-ep.GetSiteType.response.xml").exists(), "it counts on");
}

const RECORDINGS: &str = "<?xml version='1.0'?>\n<!-- by hand -->\n<serv:message xmlns:serv='http://www.webex.com/schemas/2002/06/service' \
    xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance' xmlns:x='http://www.webex.com/schemas/2002/06/service/ep'><serv:header>\
    <serv:response><serv:result>SUCCESS</serv:result></serv:response></serv:header><serv:body>\
    <serv:bodyContent xsi:type='x:lstRecordingResponse'><x:unheardOf/></serv:bodyContent></serv:body></serv:message>";

#[test]
fn custom_responses_are_sent_unchanged() {
    let written = folder("written");
    std::fs::write(written.join("ep.LstRecording.response.xml"), RECORDINGS).unwrap();
    std::fs::write(written.join("notes.txt"), "not an answer").unwrap();
    let sandbox = Sandbox::builder().answers(&written).start().unwrap();
    assert_eq!(call(&sandbox, &password(), "ep.LstRecording", ""), RECORDINGS);
    assert_eq!(text(&call(&sandbox, "", "ep.GetSiteType", ""), "ep:siteType"), Some("1"));
    sandbox.clear_answer("lstRecording");
    assert!(call(&sandbox, &password(), "ep.LstRecording", "").contains("<ep:recording>"));
    sandbox.set_answer("getSiteType", RECORDINGS).unwrap();
    assert_eq!(call(&sandbox, "", "ep.GetSiteType", ""), RECORDINGS);
}

#[test]
fn invalid_custom_responses_are_errors_with_a_position() {
    let sandbox = Sandbox::builder().start().unwrap();
    let error = |operation: &str, text: &str| sandbox.set_answer(operation, text).unwrap_err().to_string();
    assert_eq!(
        error("Recording", RECORDINGS),
        "Recording: it is no operation of this release; there is delRecording, getRecordingInfo, lstRecording"
    );
    assert!(error("zzz", RECORDINGS).contains("the name is like"));
    assert!(error("lstRecording", "<a").starts_with("lstRecording: it cannot be read: "));
    let broken = folder("broken");
    std::fs::write(broken.join("0001-ep.GetSiteType.response.xml"), "<serv:message>").unwrap();
    match Sandbox::builder().answers(&broken).start() {
        Err(error @ StartError::Answers(_)) => assert!(error.to_string().contains("0001-ep.GetSiteType.response.xml: "), "{error}"),
        other => panic!("{other:?}"),
    }
    assert!(matches!(Sandbox::builder().answers("/no/such/folder").start(), Err(StartError::Answers(_))));
}

#[test]
fn every_account_is_masked_wherever_it_shows() {
    let recorded = folder("masked");
    let sandbox = Sandbox::builder().kind(SiteKind::NonSso).record(&recorded).start().unwrap();
    let secret = format!("<webExID>{}</webExID><password>{}</password>", ADMIN.webex_id, ADMIN.password);
    let request = format!(
        "<message><header><securityContext><siteName>acme</siteName>{secret}</securityContext></header><body>\
         <bodyContent xsi:type='java:com.webex.service.binding.user.CreateUser'><webExId>jane</webExId><password>Jane-Pass-1</password>\
         <passwordHintAnswer>Jane-Hint-1</passwordHintAnswer><personalMeetingRoom><hostPIN>Jane-Pin-1</hostPIN></personalMeetingRoom>\
         <unknown>Jane-Secret-1</unknown></bodyContent>\
         <bodyContent xsi:type='java:com.webex.service.binding.user.NoSuchThing'><secret>Jane-Secret-2</secret></bodyContent></body></message>"
    );
    let (_, answer) = post(&sandbox, "", request.as_bytes());
    assert_eq!(answer.matches("<serv:result>").count(), 2, "a response for each operation: {answer}");
    let address = request.replace("CreateUser'>", "GetloginurlUser'><webExID>jane</webExID>");
    let address = post(&sandbox, "", address.as_bytes()).1;
    let ticket = text(&address, "use:userLoginURL").unwrap().split("TK=").nth(1).unwrap();
    post(&sandbox, "", b"<message><header><securityContext><password>Jane<-Secret-3</password></securityContext></header></message>");
    let shown = format!("{:?}{:?}", sandbox.exchanges(), files(&recorded));
    assert!(shown.contains("<use:webExId>jane</use:webExId>") && shown.contains("<use:userLoginURL>******</use:userLoginURL>"), "{shown}");
    for secret in ["Jane-Pass-1", "Jane-Hint-1", "Jane-Pin-1", "Jane-Secret", "-Secret-3", ticket, ADMIN.password] {
        assert!(!shown.contains(secret), "`{secret}` in {shown}");
    }
}
