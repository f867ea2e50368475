//! Tests the messages and exit statuses for command lines, servers and responses that fail, as text and as JSON. Errors in files are tested
//! in `files`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a failed test panics")]

mod support;

use support::{Ran, call, offline, run, sandbox, server};
use webex_xml_sandbox::{ADMIN, HOST, SiteKind};

#[test]
fn requests_that_are_wrong_are_not_sent() {
    for (arguments, code, told) in [
        (
            vec!["getSessionInfo", "--set", "sessionkey=1"],
            "unknown-element",
            "getSessionInfo: it has no sessionkey; is sessionKey meant? Names are case-sensitive",
        ),
        (vec!["getSessionInfo", "--set", "sessionKey=x"], "value", "getSessionInfo.sessionKey: x is not a whole number"),
        (vec!["getSessionInfo"], "missing", "getSessionInfo.sessionKey: the element sessionKey is required"),
        (vec!["getSessionInfo", "--json", "{\n\"a\" 1}"], "json", "--json: line 2, column 5: expected `:`"),
        (vec!["delUser", "--json", r#"{"webExId":["a"],"webExId":["b"]}"#], "json", "duplicate member \"webExId\""),
        (
            vec!["getSessionInfo", "--json", r#"{"sessionKey":[1]}"#],
            "repeated",
            "getSessionInfo.sessionKey: the element occurs at most once",
        ),
        (vec!["setUser", "--json", r#"{"@type":"getUser"}"#], "type", "setUser: the @type getUser does not name setUser"),
        (vec!["setUser", "--json", r#"{"webExId":"j","password":"******"}"#], "value", "setUser.password: the secret is masked"),
        (vec!["getSessionInfo", "--json", "[1]"], "value", "getSessionInfo: expected an object, not an array"),
        (vec!["getSessionInfo", "--file", "/nonexistent"], "file", "/nonexistent: "),
        (vec!["getSessionInfo", "--json", "@/nonexistent"], "file", "/nonexistent: "),
        (vec!["getSesionInfo"], "usage", "nearest: getSessionInfo, "),
        (vec!["getUser", "--set", "password=x"], "unknown-element", "it has no password"),
        (vec!["setUser", "--set", "password=c4n4ry"], "usage", "others can see arguments"),
        (vec!["setUser", "--set", "webExId"], "usage", "--set webExId: expected PATH=VALUE"),
        (vec!["setUser", "--set", "a[x]=1"], "usage", "--set a[x]: expected a path such as name.name[2].name"),
        (
            vec!["delUser", "--set", "webExId[1]=x"],
            "value",
            "delUser.webExId[0]: this item is missing: indices start at 0 and must not skip an item",
        ),
        (vec!["createMeeting", "--set", "schedule.startDate=2015-09-07T09:00"], "value", "is not of the form MM/DD/YYYY hh:mm:ss"),
        (vec!["createMeeting", "--set", "telephony.telephonySupport=CALLIN2"], "value", "values: NONE | CALLIN | CALLBACK | OTHER"),
        (
            vec!["createMeeting", "--set", "schedule.timeZone=GMT-08:00, Pacific (San Jos)"],
            "value",
            "values: GMT-08:00, Pacific (San Jose) | ",
        ),
        (vec!["getSiteType", "--timeout", "0"], "usage", "the minimum is 1"),
        (vec!["getSiteType", "--timeout", "99999999999999999999"], "usage", "a number of seconds"),
        (vec!["getSiteType", "--timeout", "18446744073709551615"], "usage", "the maximum is 86400 (one day)"),
        (vec!["getSiteType", "--url", "http://example.com"], "site", "or allow it with --plain-http"),
        (vec!["getSiteType", "--url", "example"], "site", "the address has no scheme"),
        (vec!["getSiteType", "--site", "a b"], "site", "is not the name of a site"),
        (vec!["getSiteType", "--width", "x"], "usage", "expected a whole number"),
        (
            vec!["createMeeting", "--set", "schedule=x"],
            "value",
            "createMeeting.schedule: expected an object with members such as startDate, timeZoneID, timeZone, not a string",
        ),
        (vec!["getSiteType", "--columns", "siteTyp"], "usage", "nearest: siteType"),
    ] {
        let ran = offline_at(&arguments);
        assert!(ran.status == 2 && ran.err.contains(told) && ran.out.is_empty(), "{told}: {}", ran.err);
        assert!(!ran.err.contains("c4n4ry") && !ran.err.contains("Site::"), "{}", ran.err);
        let mut as_json = arguments.clone();
        if !arguments.contains(&"--columns") {
            as_json.extend(["-o", "json"]);
            let failure = offline_at(&as_json).failure();
            assert_eq!(failure["code"], code, "{failure}");
            assert!(failure.get("place").is_some() && !failure["message"].as_str().unwrap().is_empty(), "{failure}");
        }
    }
}

/// Calls the program with a default address and site, unless the arguments give others.
fn offline_at(arguments: &[&str]) -> Ran {
    let own = |flag: &str| arguments.contains(&flag);
    let mut all = vec!["call", "--anonymous"];
    if !own("--url") {
        all.extend(["--url", "http://127.0.0.1:1"]);
    }
    if !own("--site") {
        all.extend(["--site", "acme"]);
    }
    all.extend(arguments);
    run(&all, &[], b"")
}

#[test]
fn all_problems_of_a_request_are_told() {
    let json = r#"{"compani": 1, "active": "MAYBE", "timeZoneID": "x", "privilege": {"host": "yes", "a": 1}}"#;
    let failure = offline_at(&["setUser", "--json", json, "-o", "json"]).failure();
    let all = std::iter::once(&failure).chain(failure["more"].as_array().unwrap());
    let told: Vec<(&str, &str)> =
        all.map(|problem| (problem["code"].as_str().unwrap(), problem["place"]["path"].as_str().unwrap())).collect();
    assert_eq!(
        told,
        [
            ("unknown-element", "setUser"),
            ("unknown-element", "setUser.privilege"),
            ("missing", "setUser.webExId"),
            ("value", "setUser.timeZoneID"),
            ("value", "setUser.privilege.host"),
            ("value", "setUser.active"),
        ],
        "{failure}"
    );
}

#[test]
fn command_lines_that_are_wrong_are_told_as_json_too() {
    for arguments in
        [&["call", "getUser", "--sett", "a=1", "-o", "json"][..], &["call", "-o", "json"], &["call", "getUser", "-o", "json", "-f"]]
    {
        let failure = run(arguments, &[], b"").failure();
        assert_eq!((&failure["code"], &failure["place"]), (&"usage".into(), &serde_json::Value::Null), "{failure}");
    }
    assert!(run(&["call", "getUser", "--sett", "a=1", "-o", "json"], &[], b"").failure()["help"].as_str().unwrap().contains("--set"));
    assert!(run(&["call", "--help", "-o", "json"], &[], b"").out.contains("Usage:"));
}

#[test]
fn faults_are_reported_as_json() {
    let sandbox = sandbox(SiteKind::Ci);
    let as_admin = [("WEBEX_XML_USER", ADMIN.webex_id), ("WEBEX_XML_PASSWORD", ADMIN.password)];
    let ran = call(&sandbox, &["createUser", "--set", "webExId=j@acme.example", "-o", "json"], &as_admin, b"");
    let failure = ran.failure();
    assert_eq!((ran.status, &failure["code"], &failure["name"]), (1, &"030098".into(), &"UnifiedSite".into()), "{failure}");
    assert_eq!((&failure["operation"], &failure["sent"]), (&"createUser".into(), &true.into()), "{failure}");
    let wire = call(&sandbox, &["getSiteType", "--anonymous", "-o", "json", "--verbose"], &[], b"");
    let lines: Vec<serde_json::Value> = wire.err.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!((lines.len(), &lines[0]["wire"]["direction"], &lines[1]["wire"]["http_status"]), (2, &"sent".into(), &200.into()));
}

#[test]
fn fields_that_a_common_identity_site_ignores_are_reported() {
    let set = |kind, field: &str, output: &str| {
        let sandbox = sandbox(kind);
        let as_admin = [("WEBEX_XML_USER", ADMIN.webex_id), ("WEBEX_XML_PASSWORD", ADMIN.password)];
        let user = format!("webExId={}", HOST.webex_id);
        call(&sandbox, &["setUser", "--set", &user, "--set", field, "-o", output], &as_admin, b"")
    };
    let ignored = set(SiteKind::Ci, "firstName=Jane", "xml");
    assert!(ignored.status == 0 && ignored.err.contains("Common Identity site, where setUser ignores firstName"), "{}", ignored.err);
    let note = set(SiteKind::Ci, "firstName=Jane", "json").err;
    let note: serde_json::Value = serde_json::from_str(&note).unwrap();
    assert!(note["note"]["message"].as_str().unwrap().contains("ignores firstName"), "{note}");
    assert_eq!(set(SiteKind::Ci, "company=Acme", "xml").err, "");
    assert_eq!(set(SiteKind::Sso, "firstName=Jane", "xml").err, "");
}

#[test]
fn bodies_that_are_not_responses_are_described() {
    let ask = |address: &str, more: &[&str]| {
        let mut all = vec!["call", "getSiteType", "--site", "acme", "--anonymous", "--url", address];
        all.extend(more);
        run(&all, &[], b"")
    };
    let page = "<html><head><title>Site maintenance</title></head><body>Back soon<br></body></html>";
    let other = "<serv:message xmlns:serv=\"http://www.webex.com/schemas/2002/06/service\"><serv:header><serv:response>\
        <serv:result>SUCCESS</serv:result></serv:response></serv:header><serv:body><serv:bodyContent xsi:type=\"ep:getNothingResponse\" \
        xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"/></serv:body></serv:message>";
    for (status, body, code, told) in [
        ("200 OK", page, "unreadable-answer", "an HTML page titled \"Site maintenance\""),
        ("500 Internal Server Error", page, "http-status", "HTTP status 500: an HTML page titled \"Site maintenance\""),
        ("200 OK", "", "unreadable-answer", "it is empty"),
        ("200 OK", "no message", "unreadable-answer", "it is not XML, and starts with: no message"),
        ("200 OK", other, "unreadable-answer", "its xsi:type is ep:getNothingResponse, which does not answer getSiteType"),
    ] {
        let address = server(status, body);
        let ran = ask(&address, &[]);
        assert!(ran.status == 3 && ran.err.contains(told), "{told}: {}", ran.err);
        let failure = ask(&address, &["-o", "json"]).failure();
        assert_eq!(failure["code"], code, "{failure}");
    }
}

#[test]
fn connection_failures_are_described() {
    let nobody = offline(&["getSiteType", "--timeout", "1"], b"");
    assert!(nobody.status == 3 && nobody.err.contains("no connection: "), "{}", nobody.err);
    let garbage = server("garbage", "");
    let told = run(&["call", "getSiteType", "--site", "acme", "--anonymous", "--url", &garbage], &[], b"").err;
    assert!(told.contains("what the server sent is not HTTP"), "{told}");
    let told = run(&["call", "getSiteType", "--site", "acme", "--anonymous", "--url", &garbage.replace("http:", "https:")], &[], b"").err;
    assert!(told.contains("the server does not use TLS"), "{told}");
    assert!(nobody.err.contains("the address is http://127.0.0.1:1/") && !nobody.err.contains("io:"), "{}", nobody.err);
    let silent = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", silent.local_addr().unwrap());
    let late = run(&["call", "getSiteType", "--site", "acme", "--anonymous", "--url", &address, "--timeout", "1"], &[], b"");
    assert!(late.status == 3 && late.err.contains("timeout: the answer did not come within the time limit"), "{}", late.err);
    assert!(late.err.contains("--timeout 1 is the time limit in seconds") && !late.err.contains("global"), "{}", late.err);
}
