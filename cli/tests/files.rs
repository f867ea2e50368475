//! Tests requests in files as clients and editors write them. Errors must have the line and the column in the file. The error messages
//! about values and names are tested in the module `explain`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a failed test panics")]

mod support;

use std::fmt::Write as _;

use support::{Ran, as_host, offline, sandbox};
use webex_xml_sandbox::{HOST, SiteKind};

const SET_USER: &str = "xsi:type=\"java:com.webex.service.binding.user.SetUser\"";

/// Returns a message in the form that release notes print.
fn message(declaration: &str, body: &str) -> String {
    format!(
        "{declaration}<serv:message xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"\n  \
         xmlns:serv=\"http://www.webex.com/schemas/2002/06/service\">\n<header/>\n<body>\n{body}\n</body>\n</serv:message>\n"
    )
}

fn latin(text: &str) -> Vec<u8> {
    text.chars().map(|c| u8::try_from(c).unwrap()).collect()
}

fn dry(operation: &str, file: &[u8], more: &[&str]) -> Ran {
    let mut all = vec![operation, "--file", "-", "--dry-run"];
    all.extend(more);
    offline(&all, file)
}

/// Returns the error message about a file, without the name of the file.
fn told(operation: &str, file: &str) -> String {
    let ran = dry(operation, file.as_bytes(), &[]);
    assert_eq!(ran.status, 2, "{}", ran.err);
    ran.err.replace("webex-xml: the standard input:", "")
}

#[test]
fn messages_in_any_encoding_are_read() {
    let body = format!("<bodyContent {SET_USER}><webExId>j</webExId><company>Caf\u{e9}</company></bodyContent>");
    let with = |encoding: &str| message(&format!("<?xml version=\"1.0\" encoding=\"{encoding}\"?>\r\n"), &body);
    let wide = |unit: fn(u16) -> [u8; 2], mark: bool| -> Vec<u8> {
        let text = with("UTF-16");
        let units = mark.then_some(0xFEFF).into_iter().chain(text.encode_utf16());
        units.flat_map(unit).collect()
    };
    for (name, bytes) in [
        ("UTF-8", with("UTF-8").into_bytes()),
        ("UTF-8 with a byte order mark", format!("\u{feff}{}", with("utf-8")).into_bytes()),
        ("ISO-8859-1", latin(&with("ISO-8859-1"))),
        ("windows-1252", latin(&with("windows-1252"))),
        ("ISO-8859-15", latin(&with("ISO-8859-15"))),
        ("UTF-16LE", wide(u16::to_le_bytes, true)),
        ("UTF-16BE", wide(u16::to_be_bytes, true)),
        ("no declaration", message("", &body).into_bytes()),
    ] {
        let ran = dry("setUser", &bytes, &[]);
        assert!(ran.status == 0 && ran.out.contains("<company>Caf\u{e9}</company>"), "{name}: {}{}", ran.out, ran.err);
    }
    let wrong = dry("setUser", &latin(&with("UTF-8")), &["-o", "json"]).failure();
    assert_eq!((&wrong["code"], &wrong["place"]["line"]), (&"encoding".into(), &6.into()), "{wrong}");
    let unknown = dry("setUser", &latin(&with("EBCDIC-9")), &["-o", "json"]).failure();
    assert!(unknown["message"].as_str().unwrap().contains("EBCDIC-9"), "{unknown}");
}

#[test]
fn a_file_in_latin_1_is_converted() {
    let sandbox = sandbox(SiteKind::Sso);
    let body = format!("<bodyContent {SET_USER}><webExId>{}</webExId><company>Caf\u{e9}</company></bodyContent>", HOST.webex_id);
    let file = latin(&message("<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>\n", &body));
    let set = as_host(&sandbox, &["setUser", "--file", "-"], &file);
    assert_eq!(set.status, 0, "{}", set.err);
    let get = format!("webExId={}", HOST.webex_id);
    let found = as_host(&sandbox, &["getUser", "--set", &get, "-o", "json"], b"");
    assert!(found.out.contains("\"company\": \"Caf\u{e9}\""), "{}{}", found.out, found.err);
}

#[test]
fn positions_are_those_of_the_file() {
    let in_message = format!("<bodyContent {SET_USER}>\n  <webExId>j</webExId>\n  <nosuch/>\n</bodyContent>");
    let bare = format!("<bodyContent {SET_USER}><webExId>j</webExId>\u{e9}");
    let one_line = format!("<bodyContent {SET_USER}><webExId>j</webExId><nosuch/></bodyContent>");
    let column = one_line.find("<nosuch").unwrap() + 1;
    for (file, place) in [
        (message("<?xml version=\"1.0\"?>\n", &in_message), "8:3: setUser: it has no nosuch".to_owned()),
        (message("<?xml version=\"1.0\"?>", &in_message), "7:3: setUser: it has no nosuch".to_owned()),
        (message("", &in_message), "7:3: setUser: it has no nosuch".to_owned()),
        (one_line.clone(), format!("1:{column}: setUser: it has no nosuch")),
        (format!("<?xml version=\"1.0\"?>\n\n{one_line}\n"), format!("3:{column}: setUser: it has no nosuch")),
        (format!("<?xml version=\"1.0\"?>{one_line}"), format!("1:{}: setUser: it has no nosuch", column + 21)),
        (format!("<!-- \u{e9} --> {one_line}"), format!("1:{}: setUser: it has no nosuch", column + 11)),
        (
            format!("<serv:{}", &one_line[1..].replace("</", "</serv:").replace("serv:webEx", "webEx")),
            format!("1:{}: setUser: it has no nosuch", column + 5),
        ),
        (format!("{bare}<nosuch/></bodyContent>"), format!("1:{}: setUser: ", bare.find('\u{e9}').unwrap() + 1)),
    ] {
        let found = told("setUser", &file);
        assert!(found.starts_with(&place), "{place} of {file}\n{found}");
    }
}

#[test]
fn each_error_has_its_own_message() {
    for (inner, problem) in [
        ("<company>x</company>", "setUser.webExId: the element webExId is required"),
        ("<webExId>j</webExId><compani/>", "setUser: it has no compani; is company meant?"),
        ("<webExId>j</webExId><Company/>", "setUser: it has no Company; is company meant? Names are case-sensitive"),
        ("<webExId>j</webExId><host>true</host>", "setUser: it has no host; it belongs in privilege.host"),
        ("<webExId>j</webExId><company a='1'/>", "setUser.company: it has no attribute a, and no other"),
        ("<webExId>j</webExId><webExId>k</webExId>", "setUser.webExId: it may occur only once"),
        ("<webExId>j</webExId><active>MAYBE</active>", "setUser.active: MAYBE is not one of the allowed values: "),
        ("<webExId>j</webExId><timeZoneID>x</timeZoneID>", "setUser.timeZoneID: x is not a whole number"),
        ("<webExId>j</webExId><privilege>x<host>true</host></privilege>", "setUser.privilege: text is not allowed between these elements"),
        ("<webExId>j</webExId><company>", "</bodyContent> does not match <company>, which was opened at 2:21"),
        ("<webExId>j</webexId>", "</webexId> does not match <webExId>, which was opened at 2:1"),
        ("<webExId>j</webExId><company>&nosuch;</company>", ""),
    ] {
        let found = told("setUser", &format!("<bodyContent {SET_USER}>\n{inner}</bodyContent>"));
        assert!(found.contains(problem) && !found.contains("skipped"), "{problem}: {found}");
        let (line, column) = found.split_once(':').map(|(line, rest)| (line, rest.split(':').next().unwrap())).unwrap();
        let at = (line.parse::<usize>().unwrap(), column.parse::<usize>().unwrap());
        assert!(at.0 <= 2 && at.1 <= inner.len() + 80, "{found}");
    }
    let many = told("setUser", &format!("<bodyContent {SET_USER}><webExId>j</webExId>{}</bodyContent>", "<nosuch/>".repeat(2000)));
    assert!(many.lines().count() < 50 && many.contains("and 1980 further problems"), "{many}");
    let all = told("setUser", &format!("<bodyContent {SET_USER}>\n<nosuch/><active>MAYBE</active></bodyContent>"));
    assert_eq!(all.lines().filter(|line| line.contains("setUser")).count(), 3, "{all}");
}

#[test]
fn facet_violations_have_a_position() {
    let long = "x".repeat(2501);
    let file = format!(
        "<bodyContent xsi:type=\"java:com.webex.service.binding.meeting.CreateMeeting\">\n<metaData>\n <agenda>{long}</agenda></metaData></bodyContent>"
    );
    let found = told("createMeeting", &file);
    assert!(found.starts_with("3:2: createMeeting.metaData.agenda: xxx"), "{found}");
    assert!(found.contains("... is not a text of at most 2500 characters"), "{found}");
    let mut attendees = String::new();
    for name in ["VISITOR", "PAGER"] {
        let _ = write!(attendees, "\n<attendee><person><email>a@b</email><type>{name}</type></person></attendee>");
    }
    let file = format!(
        "<bodyContent xsi:type=\"meet:createMeeting\"><participants><attendees>{attendees}</attendees></participants></bodyContent>"
    );
    let found = told("createMeeting", &file);
    let place = "3:37: createMeeting.participants.attendees.attendee[1].person.type: PAGER is not one of the allowed values: VISITOR | ";
    assert!(found.starts_with(place), "{found}");
}

#[test]
fn files_that_are_not_requests_of_the_operation_are_refused() {
    for (file, problem) in [
        ("<bodyContent><webExId>j</webExId></bodyContent>", "1:1: setUser: the bodyContent has no xsi:type\n  write xsi:type=\"java:com"),
        (
            "<bodyContent xsi:type=\"use:getUser\"/>",
            "1:1: setUser: the xsi:type use:getUser does not name setUser\n  run `webex-xml call getUser`",
        ),
        ("<bodyContent xsi:type=\"use.SetUser\"/>", "1:1: setUser: the xsi:type of the bodyContent is not known"),
        ("<user/>", "1:1: the root element is <user>; expected a message or a bodyContent"),
        ("", " it has no element"),
        ("webExId=j", ""),
        (&message("", ""), "1:1: the message has no bodyContent"),
        (
            &message("", "<bodyContent xsi:type=\"use:setUser\"/>\n<bodyContent/>"),
            "6:1: a call sends only one bodyContent, and this is a second one",
        ),
    ] {
        let found = told("setUser", file);
        assert!(found.contains(problem), "{problem}: {found}");
    }
}

#[test]
fn fields_override_those_of_a_file() {
    let file = "<bodyContent xsi:type=\"ep:getSessionInfo\">\n<sessionKey>KEY</sessionKey><sessionPassword>a&amp;b</sessionPassword></bodyContent>";
    let refused = dry("getSessionInfo", file.as_bytes(), &[]);
    assert!(refused.status == 2 && refused.err.contains(":2:1: getSessionInfo.sessionKey: KEY is not a whole number"), "{}", refused.err);
    let taken = dry("getSessionInfo", file.as_bytes(), &["--set", "sessionKey=7"]);
    assert!(taken.status == 0 && taken.out.contains("<sessionKey>7</sessionKey>"), "{}{}", taken.out, taken.err);
    let added = dry("setUser", b"<bodyContent xsi:type=\"use:setUser\"/>", &["--set", "webExId=j", "--set", "privilege.host=true"]);
    assert!(added.out.contains("<webExId>j</webExId>") && added.out.contains("<host>true</host>"), "{}{}", added.out, added.err);
    let item = "<bodyContent xsi:type=\"use:delUser\"><webExId>a</webExId><webExId>b</webExId></bodyContent>";
    let changed = dry("delUser", item.as_bytes(), &["--set", "webExId[1]=c", "--set", "webExId=d"]);
    let ids: Vec<&str> = changed.out.lines().map(str::trim).filter(|line| line.starts_with("<webExId>")).collect();
    assert_eq!(ids, ["<webExId>a</webExId>", "<webExId>c</webExId>", "<webExId>d</webExId>"], "{}", changed.err);
    // An error in the file has its position in the file, whereas an error in a field that `--set` gives has only its path.
    let other = dry("getSessionInfo", file.as_bytes(), &["--set", "sessionPassword=@env:PATH", "-o", "json"]).failure();
    assert_eq!((&other["place"]["line"], &other["place"]["path"]), (&2.into(), &"getSessionInfo.sessionKey".into()), "{other}");
    let own = dry("getSessionInfo", file.as_bytes(), &["--set", "sessionKey=x", "-o", "json"]).failure();
    assert_eq!((own["place"].get("line"), &own["place"]["path"]), (None, &"getSessionInfo.sessionKey".into()), "{own}");
    // What is missing in both is still missing, and what a field adds is not.
    let without = b"<bodyContent xsi:type=\"use:setUser\"><company>x</company></bodyContent>";
    let missing = dry("setUser", without, &["--set", "firstName=Jane"]);
    assert!(missing.status == 2 && missing.err.contains("setUser.webExId: the element webExId is required"), "{}", missing.err);
    assert_eq!(dry("setUser", without, &["--set", "webExId=j"]).status, 0);
    let choice = b"<bodyContent xsi:type=\"java:com.webex.service.binding.meeting.CreateMeeting\"><repeat><repeatType>WEEKLY</repeatType></repeat></bodyContent>";
    let chosen = dry("createMeeting", choice, &["--set", "repeat.dayInWeek.day=MONDAY"]);
    assert!(chosen.status == 0 && chosen.out.contains("<day>MONDAY</day>"), "{}{}", chosen.out, chosen.err);
    let both = dry("setUser", b"", &["--json", "{}"]);
    assert!(both.status == 2 && both.err.contains("--file and --json both give the whole request"), "{}", both.err);
}

#[test]
fn parts_of_a_file_that_are_not_sent_are_reported() {
    let body = format!("<bodyContent {SET_USER}><webExId>j</webExId></bodyContent>");
    let caller = "<header><securityContext><webExID>a</webExID><password>c4n4ry</password></securityContext></header>";
    let file = message("", &body).replace("<header/>", caller);
    let ran = dry("setUser", file.as_bytes(), &[]);
    assert!(
        ran.status == 0 && ran.err.contains("the securityContext is not sent") && !ran.out.contains("c4n4ry"),
        "{}{}",
        ran.out,
        ran.err
    );
    let masked =
        dry("setUser", format!("<bodyContent {SET_USER}><webExId>j</webExId><password>******</password></bodyContent>").as_bytes(), &[]);
    assert!(masked.status == 2 && masked.err.contains("setUser.password: the secret is masked"), "{}", masked.err);
    // An undeclared prefix is accepted, as servers accept it.
    let careless = message("", &body).replace("xmlns:serv=\"http://www.webex.com/schemas/2002/06/service\"", "");
    assert_eq!(dry("setUser", careless.as_bytes(), &[]).status, 0);
    for named in ["java:com.webex.service.binding.user.setUser", "use:SetUser", "user.SetUser"] {
        let body = format!("<bodyContent xsi:type=\"{named}\"><webExId>j</webExId></bodyContent>");
        let ran = dry("setUser", body.as_bytes(), &[]);
        assert!(ran.status == 0 && ran.out.contains(SET_USER), "{named}: {}{}", ran.out, ran.err);
    }
    let secure = message("", &body).replace("http://www.webex.com", "https://www.webex.com");
    let ran = dry("setUser", secure.as_bytes(), &[]);
    assert!(ran.status == 0 && ran.out.contains("<webExId>j</webExId>"), "{}", ran.err);
    let declared = format!("<!DOCTYPE m SYSTEM \"m.dtd\">{body}");
    assert_eq!(dry("setUser", declared.as_bytes(), &[]).status, 0);
}
