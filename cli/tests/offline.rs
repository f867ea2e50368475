//! Tests commands that need no site: operations, descriptions, skeletons, completions, dry runs. Calls are tested in `program`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a failed test panics")]

mod support;

use support::run;
use webex_xml_sandbox::{ADMIN, SiteKind};

#[test]
fn operations_are_listed_described_and_completed() {
    let all = run(&["ops"], &[], b"");
    assert!(all.out.lines().count() > 110, "{}", all.out);
    let some = run(&["ops", "siteType"], &[], b"");
    assert!(some.out.starts_with("getSiteType  ep  reads "), "{}", some.out);
    assert!(run(&["ops", "--service", "meeting.auo"], &[], b"").out.lines().count() == 3);
    let tree = run(&["describe", "getSessionInfo"], &[], b"");
    for line in
        ["  sessionKey: long", "  sessionPassword?: string (secret)", "    listStatus: PUBLIC | PRIVATE | UNLISTED", "  sipURL?: string"]
    {
        assert!(tree.out.contains(line), "{line} in {}", tree.out);
    }
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = run(&["completions", shell], &[], b"");
        assert!(script.status == 0 && script.out.contains("COMPLETE"), "{shell}: {}", script.out);
    }
    let page = run(&["man"], &[], b"");
    assert!(page.status == 0 && page.out.contains(".SH SUBCOMMANDS"), "{}", page.out);
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("man");
    assert_eq!(run(&["man", "--out", folder.to_str().unwrap()], &[], b"").status, 0);
    for name in ["webex-xml", "webex-xml-call", "webex-xml-describe"] {
        assert!(std::fs::read_to_string(folder.join(format!("{name}.1"))).unwrap().contains(".SH OPTIONS"), "{name}");
    }
    let complete = |words: &[&str]| run(&[&["--", "webex-xml"], words].concat(), &[("COMPLETE", "fish")], b"").out;
    assert!(complete(&["call", "getSiteT"]).starts_with("getSiteType\t"), "{}", complete(&["call", "getSiteT"]));
    assert!(complete(&["call", "getSessionInfo", "--set", "sessionP"]).starts_with("sessionPassword="));
    let help = run(&["call", "--help"], &[], b"");
    assert!(help.out.contains("WEBEX_XML_PASSWORD") && !help.out.contains("--password"), "{}", help.out);
}

#[test]
fn unknown_fields_are_errors_with_the_nearest_name() {
    for arguments in [&["ops", "sesionInfo"][..], &["describe", "getSesionInfo"], &["call", "getSesionInfo"]] {
        let ran = run(arguments, &[], b"");
        assert_eq!((ran.status, ran.out.as_str()), (2, ""), "{}", ran.err);
        let (at, before) = (ran.err.find("getSessionInfo").unwrap(), ran.err.find("nearest: ").unwrap());
        assert_eq!(at, before + "nearest: ".len(), "{}", ran.err);
    }
    let service = run(&["ops", "--service", "meetings"], &[], b"");
    assert!(service.status == 2 && service.err.contains("nearest first: meeting, "), "{}", service.err);
    let neither = run(&["ops", "session", "--service", "site"], &[], b"");
    assert!(neither.status == 2 && neither.err.contains("no operation of the service site has \"session\""), "{}", neither.err);
}

#[test]
fn descriptions_have_forms_values_and_facets() {
    let tree = run(&["describe", "createMeeting", "--request"], &[], b"").out;
    for line in [
        "    startDate?: MM/DD/YYYY hh:mm:ss or MM/DD/YYYY hh:mm or MM/DD/YYYY",
        "    telephonySupport?: NONE | CALLIN | CALLBACK | OTHER",
        "    timeZone?: one of 62 values",
        "      | GMT-12:00, Dateline (Eniwetok)\n",
        "    agenda?: string of at most 2500 characters",
        "      phone?: country,area,... (at most 7 parts)",
    ] {
        assert!(tree.contains(line), "{line} in {tree}");
    }
    assert_eq!(tree.lines().filter(|line| line.trim_start().starts_with("| GMT")).count(), 62);
    let choice = run(&["describe", "setScheduledTest", "--request"], &[], b"").out;
    assert!(choice.contains("    noLimit|: ") && choice.contains("    attemptTimes|: "), "{choice}");
    let answer = run(&["describe", "getSiteType", "--response"], &[], b"").out;
    assert!(answer.contains("siteType: 1 CommonIdentity | 2 Sso"), "{answer}");
}

#[test]
fn a_skeleton_is_edited_and_sent() {
    let skeleton = run(&["call", "createMeeting", "--skeleton"], &[], b"");
    assert_eq!((skeleton.status, skeleton.err.as_str()), (0, ""));
    roxmltree::Document::parse(&skeleton.out).unwrap();
    let mut edited = String::new();
    for line in skeleton.out.lines() {
        let wanted = ["<metaData>", "</metaData>", "<confName>", "<schedule>", "<startDate>", "</schedule>"];
        let is_wanted = wanted.iter().any(|tag| line.trim_start().starts_with(&format!("<!-- {tag}")));
        edited.push_str(&if is_wanted { line.replacen("<!-- ", "", 1).replacen(" -->", "", 1) } else { line.to_owned() });
        edited.push('\n');
    }
    let sandbox = support::sandbox(SiteKind::Ci);
    let made =
        support::as_host(&sandbox, &["createMeeting", "-f", "-", "--set", "metaData.confName=Review", "-o", "json"], edited.as_bytes());
    assert!(made.status == 0 && made.out.contains("meetingkey"), "{}{}", made.out, made.err);
    let required = run(&["call", "getSessionInfo", "--skeleton"], &[], b"").out;
    assert!(required.contains("\n      <sessionKey>1</sessionKey> <!-- long"), "{required}");
    let both = run(&["call", "getSessionInfo", "--skeleton", "--set", "sessionKey=1"], &[], b"");
    assert!(both.status == 2 && both.err.contains("cannot be used with"), "{}", both.err);
}

#[test]
fn a_dry_run_shows_the_whole_message() {
    let secrets = [("WEBEX_XML_USER", ADMIN.webex_id), ("WEBEX_XML_PASSWORD", "c4n4ry"), ("P", "c4n4ry")];
    let dry = |more: &[&str], environment: &[(&str, &str)]| {
        let mut all = vec!["call", "setUser", "--set", "webExId=j", "--set", "password=@env:P", "--dry-run"];
        all.extend(more);
        let ran = run(&all, environment, b"");
        assert!(ran.status == 0 && !format!("{}{}", ran.out, ran.err).contains("c4n4ry"), "{}{}", ran.out, ran.err);
        ran
    };
    let shown = dry(&["--site", "acme"], &secrets);
    for line in [
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>",
        "<webExID>admin@acme.example</webExID>",
        "<password>******</password>",
        "<siteName>acme</siteName>",
        "<bodyContent xsi:type=\"java:com.webex.service.binding.user.SetUser\">",
        "<webExId>j</webExId>",
    ] {
        assert!(shown.out.contains(line), "{line} in {}", shown.out);
    }
    assert_eq!(shown.out.matches("<password>******</password>").count(), 2, "{}", shown.out);
    assert!(shown.err.contains("https://acme.webex.com/WBXService/XMLService"), "{}", shown.err);
    roxmltree::Document::parse(&shown.out).unwrap();
    // The printed message is a valid input for `--file`, if the masked secrets are set.
    let again = ["call", "setUser", "--file", "-", "--dry-run", "--set", "password=@env:P"];
    let again = run(&again, &[("P", "c4n4ry")], shown.out.as_bytes());
    assert_eq!(again.status, 0, "{}", again.err);
    let json = dry(&["--site", "acme", "-o", "json"], &secrets);
    let json: serde_json::Value = serde_json::from_str(&json.out).unwrap();
    assert!(json["url"] == "https://acme.webex.com/WBXService/XMLService" && json["message"].as_str().unwrap().contains("<siteName>acme"));
    // A dry run needs neither a site nor a secret, and does not prompt for one.
    assert!(dry(&[], &[("P", "c4n4ry")]).out.contains("<siteName>SITE</siteName>"));
    let token = dry(&["--site", "acme", "--user", "jane"], &[("P", "c4n4ry"), ("WEBEX_XML_ACCESS_TOKEN", "c4n4ry")]);
    assert!(token.out.contains("<sessionTicket>******</sessionTicket>"), "{}", token.out);
    let asked = dry(&["--site", "acme", "--user", "jane"], &[("P", "c4n4ry")]);
    assert_eq!(asked.out.matches("<password>******</password>").count(), 2, "{}", asked.out);
}
