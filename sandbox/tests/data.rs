//! Tests sites that are kept in a file and are stopped, killed or opened twice: all changes that were acknowledged with `SUCCESS` must
//! survive. Sites in memory are tested elsewhere.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a failed test panics")]
#![cfg(feature = "cli")]

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use webex_xml_sandbox::{ADMIN, HOST};

/// A running program.
struct Running {
    child: Mutex<Child>,
    address: String,
}

impl Running {
    fn start(data: &Path, more: &[&str]) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_webex-xml-sandbox"));
        let mut child = command.arg("--data").arg(data).args(more).stdout(Stdio::piped()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
        let address = line.trim().strip_prefix("listening on http://").unwrap_or_else(|| panic!("{line}")).to_owned();
        Self { child: Mutex::new(child), address }
    }

    /// Kills the program with `SIGKILL`, so that no handler runs and no buffer is flushed.
    fn kill(&self) {
        let mut child = self.child.lock().unwrap();
        child.kill().unwrap();
        child.wait().unwrap();
    }

    fn call(&self, operation: &str, children: &str) -> Option<String> {
        call(&self.address, &format!("<password>{}</password>", ADMIN.password), operation, children)
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.kill();
    }
}

/// Returns the response, if it arrives completely.
fn call(address: &str, secret: &str, operation: &str, children: &str) -> Option<String> {
    let body = format!(
        "<message><header><securityContext><siteName>acme</siteName><webExID>{}</webExID>{secret}</securityContext></header><body>\
         <bodyContent xsi:type='java:com.webex.service.binding.{operation}'>{children}</bodyContent></body></message>",
        ADMIN.webex_id
    );
    let mut stream = TcpStream::connect(address).ok()?;
    let head = format!("POST /WBXService/XMLService HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: {}\r\n\r\n", body.len());
    stream.write_all(format!("{head}{body}").as_bytes()).ok()?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer).ok()?;
    answer.contains("</serv:message>").then_some(answer)
}

fn is_success(answer: Option<&str>) -> bool {
    answer.is_some_and(|answer| answer.contains("<serv:result>SUCCESS</serv:result>"))
}

fn text<'a>(answer: &'a str, tag: &str) -> &'a str {
    answer.split_once(&format!("<{tag}>")).unwrap_or_else(|| panic!("no {tag} in {answer}")).1.split('<').next().unwrap()
}

fn file(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("data");
    std::fs::create_dir_all(&folder).unwrap();
    let file = folder.join(name);
    for end in ["", "-wal", "-shm", "-journal"] {
        let _ = std::fs::remove_file(folder.join(format!("{name}{end}")));
    }
    file
}

const ROUNDS: usize = 6;
const WRITERS: usize = 4;
/// The number of accounts that are acknowledged before the kill. Each round uses a different number, so that the kill can happen at any
/// point of a write.
const ACKNOWLEDGED: usize = 40;

#[test]
fn no_acknowledged_user_is_lost_by_a_kill() {
    let data = file("kill.sqlite");
    let acknowledged: Arc<Mutex<Vec<(String, String)>>> = Arc::default();
    for round in 0..ROUNDS {
        let running = Running::start(&data, &["--site-type", "non-sso"]);
        let stop = AtomicBool::new(false);
        let count = AtomicUsize::new(0);
        std::thread::scope(|scope| {
            for writer in 0..WRITERS {
                let (running, stop, count, acknowledged) = (&running.address, &stop, &count, &acknowledged);
                scope.spawn(move || {
                    for number in 0.. {
                        let name = format!("r{round}w{writer}n{number}");
                        let user = format!("<webExId>{name}</webExId><firstName>F-{name}</firstName><password>P-{name}</password>");
                        let answer = call(running, &format!("<password>{}</password>", ADMIN.password), "user.CreateUser", &user);
                        let Some(answer) = answer.filter(|answer| is_success(Some(answer))) else { break };
                        acknowledged.lock().unwrap().push((name, text(&answer, "use:userId").to_owned()));
                        count.fetch_add(1, Ordering::SeqCst);
                        if stop.load(Ordering::SeqCst) {
                            break;
                        }
                    }
                });
            }
            while count.load(Ordering::SeqCst) < ACKNOWLEDGED + 7 * round {
                std::thread::yield_now();
            }
            running.kill();
            stop.store(true, Ordering::SeqCst);
        });
        let running = Running::start(&data, &[]);
        for (name, id) in acknowledged.lock().unwrap().iter() {
            let answer = running.call("user.GetUser", &format!("<webExId>{name}</webExId>")).unwrap();
            assert!(is_success(Some(&answer)), "round {round}: {name} is lost: {answer}");
            assert_eq!((text(&answer, "use:userId"), text(&answer, "use:firstName")), (id.as_str(), format!("F-{name}").as_str()));
        }
    }
    let acknowledged = acknowledged.lock().unwrap();
    let ids: std::collections::BTreeSet<&String> = acknowledged.iter().map(|(_, id)| id).collect();
    assert!(acknowledged.len() >= ROUNDS * ACKNOWLEDGED && ids.len() == acknowledged.len(), "no number is given twice");
}

#[test]
fn a_reopened_site_has_the_same_state() {
    let data = file("again.sqlite");
    let running = Running::start(&data, &["--site-type", "w11-sso", "--pmr-force-login", "1", "--no-audio-password"]);
    let ticket = running.call("user.AuthenticateUser", "").unwrap();
    let ticket = text(&ticket, "use:sessionTicket").to_owned();
    let once = running.call("user.GetLoginTicket", "").unwrap();
    let once = text(&once, "use:ticket").to_owned();
    let meeting =
        "<metaData><confName>A &amp; B \u{e4}</confName></metaData><accessControl><meetingPassword>pw</meetingPassword></accessControl>";
    let key = running.call("meeting.CreateMeeting", meeting).unwrap();
    let key = text(&key, "meet:meetingkey").to_owned();
    let second = running.call("meeting.CreateMeeting", meeting).unwrap();
    let second = text(&second, "meet:meetingkey").to_owned();
    assert!(is_success(running.call("meeting.DelMeeting", &format!("<meetingKey>{second}</meetingKey>")).as_deref()));
    let guest = format!("<person><name>Ann</name><email>ann@acme.example</email></person><meetingKey>{key}</meetingKey>");
    let attendee = running.call("attendee.CreateMeetingAttendee", &guest).unwrap();
    let attendee = text(&attendee, "att:attendeeId").to_owned();
    assert!(is_success(running.call("user.DelUser", &format!("<webExId>{}</webExId>", HOST.webex_id)).as_deref()));
    running.kill();

    let running = Running::start(&data, &[]);
    assert_eq!(text(&running.call("ep.GetSiteType", "").unwrap(), "ep:siteType"), "4");
    let info = running.call("ep.GetSessionInfo", &format!("<sessionKey>{key}</sessionKey>")).unwrap();
    assert_eq!((text(&info, "ep:confName"), text(&info, "ep:sessionPassword")), ("A &amp; B \u{e4}", "pw"), "{info}");
    assert!(!info.contains("AudioPassword"), "{info}");
    let attendees = running.call("attendee.LstMeetingAttendee", &format!("<meetingKey>{key}</meetingKey>")).unwrap();
    assert_eq!((text(&attendees, "att:attendeeId"), text(&attendees, "com:email")), (attendee.as_str(), "ann@acme.example"));
    let other = running.call("attendee.CreateMeetingAttendee", &guest.replace("ann@", "bob@")).unwrap();
    assert!(text(&other, "att:attendeeId").parse::<i64>().unwrap() > attendee.parse().unwrap(), "numbers are given once");
    let room = running.call("ep.GetSessionInfo", "<sessionKey>987654321</sessionKey>").unwrap();
    assert_eq!(text(&room, "ep:joinRequiresAccount"), "true");
    assert!(running.call("user.GetUser", &format!("<webExId>{}</webExId>", HOST.webex_id)).unwrap().contains("030001"), "deleted");
    assert!(running.call("meeting.GetMeeting", &format!("<meetingKey>{second}</meetingKey>")).unwrap().contains("060001"), "deleted");
    let third = running.call("meeting.CreateMeeting", meeting).unwrap();
    assert!(text(&third, "meet:meetingkey").parse::<i64>().unwrap() > second.parse().unwrap(), "keys are given once");
    for (ticket, again) in [(&ticket, true), (&once, false)] {
        let secret = format!("<sessionTicket>{ticket}</sessionTicket>");
        let own = format!("<webExId>{}</webExId>", ADMIN.webex_id);
        let with = || call(&running.address, &secret, "user.GetUser", &own);
        assert!(is_success(with().as_deref()));
        assert_eq!(is_success(with().as_deref()), again);
    }
}

fn refused(data: &Path) -> (Option<i32>, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_webex-xml-sandbox")).arg("--data").arg(data).output().unwrap();
    (output.status.code(), String::from_utf8(output.stderr).unwrap())
}

#[test]
fn unavailable_files_are_reported() {
    let data = file("twice.sqlite");
    let running = Running::start(&data, &[]);
    let (code, words) = refused(&data);
    assert!(code == Some(5) && words.contains("another sandbox has the file"), "{code:?} {words}");
    drop(running);

    let text = file("text.sqlite");
    std::fs::write(
        &text,
        "Dear diary, this is more than a hundred bytes of text that no database would start with, I am quite sure. ".repeat(20),
    )
    .unwrap();
    let (code, words) = refused(&text);
    assert!(code == Some(5) && words.contains("no file of a sandbox"), "{code:?} {words}");
    assert!(std::fs::read_to_string(&text).unwrap().starts_with("Dear diary"), "it is left alone");
    let (code, words) = refused(Path::new("/no/such/folder/x.sqlite"));
    assert!(code == Some(5) && words.contains("/no/such/folder"), "{code:?} {words}");
}

#[cfg(unix)]
#[test]
fn only_its_owner_reads_the_file() {
    use std::os::unix::fs::PermissionsExt as _;
    let data = file("private.sqlite");
    drop(Running::start(&data, &[]));
    for entry in std::fs::read_dir(data.parent().unwrap()).unwrap() {
        let path = entry.unwrap().path();
        if path.to_string_lossy().contains("private.sqlite") {
            assert_eq!(path.metadata().unwrap().permissions().mode() & 0o077, 0, "{}", path.display());
        }
    }
}
