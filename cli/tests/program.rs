//! In: the program as a process, and a sandbox. Out: what it prints, by which status it ends, and that no secret is an argument or printed.
//! Not here: JSON and paths, which are tested where they stand.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests stop where something is wrong")]

use std::io::Write as _;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use webex_xml_sandbox::{ADMIN, HOST, MEETING_PASSWORD, ROOM_KEY, Sandbox, SiteKind};

struct Ran {
    status: i32,
    out: String,
    err: String,
}

fn run(arguments: &[&str], environment: &[(&str, &str)], input: &str) -> Ran {
    let mut command = Command::new(env!("CARGO_BIN_EXE_webex-xml"));
    for name in [
        "SITE",
        "SITE_ID",
        "URL",
        "USER",
        "EMAIL",
        "CREDENTIALS",
        "PASSWORD",
        "SESSION_TICKET",
        "ACCESS_TOKEN",
        "SAML_RESPONSE",
        "PARTNER_ID",
    ] {
        command.env_remove(format!("WEBEX_XML_{name}"));
    }
    command.args(arguments).envs(environment.iter().copied());
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    Ran { status: output.status.code().unwrap(), out: text(output.stdout), err: text(output.stderr) }
}

fn sandbox(kind: SiteKind) -> Sandbox {
    Sandbox::builder().site("acme").kind(kind).start().unwrap()
}

fn call(sandbox: &Sandbox, arguments: &[&str], environment: &[(&str, &str)], input: &str) -> Ran {
    let url = sandbox.base_url();
    let mut all = vec!["call", "--site", "acme", "--url", &url];
    all.extend(arguments);
    run(&all, environment, input)
}

fn folder(name: &str) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("webex-xml-cli-{name}-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

#[test]
fn an_anonymous_call_in_three_forms() {
    let sandbox = sandbox(SiteKind::Sso);
    let ask = |form| call(&sandbox, &["GetSiteType", "--anonymous", "--output", form], &[], "");
    assert_eq!(ask("json").out, "{\n  \"siteType\": 2\n}\n");
    assert_eq!(ask("table").out, "field     value\nsiteType  2\n");
    let xml = ask("xml");
    assert!(xml.status == 0 && xml.out.contains("<ep:siteType>2</ep:siteType>"), "{}{}", xml.out, xml.err);
    roxmltree::Document::parse(&xml.out).unwrap();
}

#[test]
fn requests_come_as_fields_json_and_xml() {
    let sandbox = sandbox(SiteKind::Sso);
    let as_admin = [("WEBEX_XML_USER", ADMIN.webex_id), ("WEBEX_XML_PASSWORD", ADMIN.password), ("NEW", "Jane-Pass-1")];
    let made = call(
        &sandbox,
        &[
            "createUser",
            "--set",
            "webExId=jane",
            "--set",
            "firstName=J\u{e4}ne & <x>",
            "--set",
            "password=@env:NEW",
            "--set",
            "privilege.host=true",
        ],
        &as_admin,
        "",
    );
    assert_eq!(made.status, 0, "{}", made.err);
    let json = r#"{"webExId": "jane", "company": "Acme"}"#;
    assert_eq!(call(&sandbox, &["setUser", "--json", "-", "--set", "lastName=Doe"], &as_admin, json).status, 0);
    let xml = "<serv:message><header/><body><bodyContent xsi:type=\"java:com.webex.service.binding.user.GetUser\"><webExId>jane</webExId>\
        </bodyContent></body></serv:message>";
    let found = call(&sandbox, &["getUser", "--file", "-", "-o", "json"], &as_admin, xml);
    for told in ["\"firstName\": \"J\u{e4}ne & <x>\"", "\"company\": \"Acme\"", "\"lastName\": \"Doe\"", "\"host\": true"] {
        assert!(found.out.contains(told), "{told}: {}{}", found.out, found.err);
    }
    let body = "<bodyContent xsi:type=\"use:delUser\" xmlns:use=\"http://www.webex.com/schemas/2002/06/service/user\"><webExId>jane</webExId></bodyContent>";
    let gone = call(&sandbox, &["delUser", "--file", "-", "-o", "table"], &as_admin, body);
    assert!(gone.out.contains("SUCCESS") && gone.out.contains("jane"), "{}{}", gone.out, gone.err);
}

#[test]
fn faults_say_what_they_mean() {
    let sandbox = sandbox(SiteKind::Ci);
    let as_admin = [("WEBEX_XML_USER", ADMIN.webex_id), ("WEBEX_XML_PASSWORD", ADMIN.password)];
    let refused = call(&sandbox, &["createUser", "--set", "webExId=jane@acme.example"], &as_admin, "");
    assert_eq!((refused.status, refused.out.as_str()), (1, ""));
    assert!(refused.err.contains("030098 UnifiedSite: Users of a Common Identity site are managed elsewhere"), "{}", refused.err);
    drop(sandbox);
    let nobody = run(&["call", "getSiteType", "--site", "acme", "--url", "http://127.0.0.1:1", "--anonymous", "--timeout", "1"], &[], "");
    assert!(nobody.status == 3 && nobody.err.contains("no connection"), "{}", nobody.err);
}

#[test]
fn requests_that_are_wrong_are_not_sent() {
    for (arguments, told) in [
        (vec!["getSessionInfo", "--set", "sessionkey=1"], "is sessionKey meant?"),
        (vec!["getSessionInfo", "--set", "sessionKey=x"], "getSessionInfo.sessionKey: "),
        (vec!["getSessionInfo"], "getSessionInfo.sessionKey: the element sessionKey is required"),
        (vec!["getSessionInfo", "--json", "{"], "--json: "),
        (vec!["getSessionInfo", "--file", "/nonexistent"], "/nonexistent: "),
        (vec!["getSesionInfo"], "invalid value 'getSesionInfo'"),
        (vec!["getUser", "--set", "password=x"], "it has no password"),
        (vec!["setUser", "--set", "password=c4n4ry"], "others can see arguments"),
    ] {
        let mut all = vec!["call", "--site", "acme", "--url", "http://127.0.0.1:1", "--anonymous"];
        all.extend(arguments);
        let ran = run(&all, &[], "");
        assert!(ran.status == 2 && ran.err.contains(told) && !ran.err.contains("c4n4ry"), "{told}: {}", ran.err);
    }
}

#[test]
fn secrets_are_masked_unless_asked_for() {
    let sandbox = sandbox(SiteKind::Ci);
    let as_host = [("WEBEX_XML_USER", HOST.webex_id), ("WEBEX_XML_PASSWORD", HOST.password)];
    let room = format!("sessionKey={ROOM_KEY}");
    for form in ["xml", "json", "table"] {
        let masked = call(&sandbox, &["getSessionInfo", "--set", &room, "-o", form, "--verbose"], &as_host, "");
        let all = format!("{}{}", masked.out, masked.err);
        assert!(masked.status == 0 && masked.out.contains("******"), "{all}");
        assert!(!all.contains(MEETING_PASSWORD) && !all.contains(HOST.password), "{all}");
        let shown = call(&sandbox, &["getSessionInfo", "--set", &room, "-o", form, "--show-secrets"], &as_host, "");
        assert!(shown.out.contains(MEETING_PASSWORD), "{}", shown.out);
    }
    let dry = call(&sandbox, &["setUser", "--dry-run", "--set", "webExId=j", "--set", "password=@env:P"], &[("P", "c4n4ry")], "");
    assert!(dry.out.contains("<password>******</password>") && !dry.out.contains("c4n4ry"), "{}{}", dry.out, dry.err);
}

#[test]
fn credentials_come_from_a_file_that_is_private() {
    let sandbox = sandbox(SiteKind::Ci);
    let folder = folder("file");
    let path = folder.join("webex.toml");
    let text =
        format!("site = \"acme\"\nurl = {:?}\nuser = {:?}\naccess_token = {:?}\n", sandbox.base_url(), HOST.webex_id, HOST.access_token);
    std::fs::write(&path, text).unwrap();
    let file = path.to_str().unwrap();
    let get = format!("webExId={}", HOST.webex_id);
    let ask = || run(&["call", "getUser", "--credentials", file, "--set", &get, "-o", "json"], &[], "");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o644)).unwrap();
        assert!(ask().err.contains("chmod 600"), "{}", ask().err);
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o600)).unwrap();
    }
    let found = ask();
    assert!(found.status == 0 && found.out.contains(HOST.webex_id), "a ticket was got by the token: {}", found.err);
    std::fs::write(&path, "password = c4n4ry").unwrap();
    let broken = ask();
    assert!(broken.status == 2 && !broken.err.contains("c4n4ry"), "{}", broken.err);
    std::fs::remove_dir_all(folder).unwrap();
    let nobody = call(&sandbox, &["getUser", "--set", &get, "--user", "jane"], &[], "");
    assert!(nobody.status == 2 && nobody.err.contains("WEBEX_XML_PASSWORD"), "{}", nobody.err);
}

#[test]
fn operations_are_listed_described_and_completed() {
    let all = run(&["ops"], &[], "");
    assert!(all.out.lines().count() > 110, "{}", all.out);
    let some = run(&["ops", "siteType"], &[], "");
    assert!(some.out.starts_with("getSiteType  ep  reads "), "{}", some.out);
    assert!(run(&["ops", "--service", "meeting.auo"], &[], "").out.lines().count() == 3);
    let tree = run(&["describe", "getSessionInfo"], &[], "");
    for line in
        ["  sessionKey: long", "  sessionPassword?: string (secret)", "    listStatus: PUBLIC | PRIVATE | UNLISTED", "  sipURL?: string"]
    {
        assert!(tree.out.contains(line), "{line} in {}", tree.out);
    }
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = run(&["completions", shell], &[], "");
        assert!(script.status == 0 && script.out.contains("COMPLETE"), "{shell}: {}", script.out);
    }
    let complete = |words: &[&str]| run(&[&["--", "webex-xml"], words].concat(), &[("COMPLETE", "fish")], "").out;
    assert!(complete(&["call", "getSiteT"]).starts_with("getSiteType\t"), "{}", complete(&["call", "getSiteT"]));
    assert!(complete(&["call", "getSessionInfo", "--set", "sessionP"]).starts_with("sessionPassword="));
    let help = run(&["call", "--help"], &[], "");
    assert!(help.out.contains("WEBEX_XML_PASSWORD") && !help.out.contains("--password"), "{}", help.out);
}
