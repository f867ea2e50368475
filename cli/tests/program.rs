//! Tests calls of the program to a sandbox: responses in each format, credentials, and that no secret is an argument or printed. Files are
//! tested in `files`, failures in `failures`, tables in `tables`, commands without a site in `offline`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a failed test panics")]

mod support;

use support::{call, folder, run, sandbox};
use webex_xml_sandbox::{ADMIN, HOST, MEETING_PASSWORD, ROOM_KEY, SiteKind};

#[test]
fn an_anonymous_call_in_three_forms() {
    let sandbox = sandbox(SiteKind::Sso);
    let ask = |form| call(&sandbox, &["GetSiteType", "--anonymous", "--output", form], &[], b"");
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
        b"",
    );
    assert_eq!(made.status, 0, "{}", made.err);
    let json = r#"{"webExId": "jane", "company": "Acme"}"#;
    assert_eq!(call(&sandbox, &["setUser", "--json", "-", "--set", "lastName=Doe"], &as_admin, json.as_bytes()).status, 0);
    let xml = "<serv:message><header/><body><bodyContent xsi:type=\"java:com.webex.service.binding.user.GetUser\"><webExId>jane</webExId>\
        </bodyContent></body></serv:message>";
    let found = call(&sandbox, &["getUser", "--file", "-", "-o", "json"], &as_admin, xml.as_bytes());
    for told in ["\"firstName\": \"J\u{e4}ne & <x>\"", "\"company\": \"Acme\"", "\"lastName\": \"Doe\"", "\"host\": true"] {
        assert!(found.out.contains(told), "{told}: {}{}", found.out, found.err);
    }
    let body = "<bodyContent xsi:type=\"use:delUser\" xmlns:use=\"http://www.webex.com/schemas/2002/06/service/user\"><webExId>jane</webExId></bodyContent>";
    let gone = call(&sandbox, &["delUser", "--file", "-", "-o", "table"], &as_admin, body.as_bytes());
    assert!(gone.out.contains("SUCCESS") && gone.out.contains("jane"), "{}{}", gone.out, gone.err);
}

#[test]
fn faults_say_what_they_mean() {
    let sandbox = sandbox(SiteKind::Ci);
    let as_admin = [("WEBEX_XML_USER", ADMIN.webex_id), ("WEBEX_XML_PASSWORD", ADMIN.password)];
    let refused = call(&sandbox, &["createUser", "--set", "webExId=jane@acme.example"], &as_admin, b"");
    assert_eq!((refused.status, refused.out.as_str()), (1, ""));
    assert!(refused.err.contains("030098 UnifiedSite: Users of a Common Identity site are managed elsewhere"), "{}", refused.err);
}

#[test]
fn secrets_are_masked_by_default() {
    let sandbox = sandbox(SiteKind::Ci);
    let as_host = [("WEBEX_XML_USER", HOST.webex_id), ("WEBEX_XML_PASSWORD", HOST.password)];
    let room = format!("sessionKey={ROOM_KEY}");
    for form in ["xml", "json", "table"] {
        let masked = call(&sandbox, &["getSessionInfo", "--set", &room, "-o", form, "--verbose"], &as_host, b"");
        let all = format!("{}{}", masked.out, masked.err);
        assert!(masked.status == 0 && masked.out.contains("******"), "{all}");
        assert!(!all.contains(MEETING_PASSWORD) && !all.contains(HOST.password), "{all}");
        let shown = call(&sandbox, &["getSessionInfo", "--set", &room, "-o", form, "--show-secrets"], &as_host, b"");
        assert!(shown.out.contains(MEETING_PASSWORD), "{}", shown.out);
    }
    let dry = call(&sandbox, &["setUser", "--dry-run", "--set", "webExId=j", "--set", "password=@env:P"], &[("P", "c4n4ry")], b"");
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
    let ask = || run(&["call", "getUser", "--credentials", file, "--set", &get, "-o", "json"], &[], b"");
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
    let nobody = call(&sandbox, &["getUser", "--set", &get, "--user", "jane"], &[], b"");
    assert!(nobody.status == 2 && nobody.err.contains("WEBEX_XML_PASSWORD"), "{}", nobody.err);
}
