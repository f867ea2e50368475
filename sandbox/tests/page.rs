//! Tests requests for the web page from browsers and from attackers: it shows the data of the site, and only its own forms change them. A
//! real browser is tested in `browser.rs`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a failed test panics")]

mod support;

use support::{exchange, post, raw, text};
use webex_xml_sandbox::{ACCOUNTS, ADMIN, HOST, Sandbox, SiteKind};

fn sandbox() -> Sandbox {
    Sandbox::builder().site("acme").kind(SiteKind::NonSso).start().unwrap()
}

fn get(sandbox: &Sandbox, path: &str) -> (u16, String) {
    exchange(sandbox, &format!("GET {path} HTTP/1.1\r\n"), b"")
}

fn token(sandbox: &Sandbox) -> String {
    let (_, page) = get(sandbox, "/");
    page.split("name=\"token\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned()
}

/// Sends a form with additional headers.
fn form(sandbox: &Sandbox, path: &str, headers: &str, fields: &[(&str, &str)]) -> (u16, String) {
    let escaped = |text: &str| text.bytes().map(|byte| format!("%{byte:02X}")).collect::<String>();
    let body: Vec<String> = fields.iter().map(|(name, value)| format!("{name}={}", escaped(value))).collect();
    let body = body.join("&");
    let head =
        format!("POST {path} HTTP/1.1\r\n{headers}Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n", body.len());
    exchange(sandbox, &head, body.as_bytes())
}

/// Sends a form in the same way as the page.
fn own_form(sandbox: &Sandbox, path: &str, fields: &[(&str, &str)]) -> (u16, String) {
    let token = token(sandbox);
    let fields: Vec<(&str, &str)> = [("token", token.as_str())].into_iter().chain(fields.iter().copied()).collect();
    form(sandbox, path, &format!("Origin: {}\r\n", sandbox.base_url()), &fields)
}

fn message(operation: &str, children: &str) -> String {
    format!(
        "<message><header><securityContext><siteName>acme</siteName><webExID>{}</webExID><password>{}</password></securityContext></header>\
         <body><bodyContent xsi:type='java:com.webex.service.binding.{operation}'>{children}</bodyContent></body></message>",
        ADMIN.webex_id, ADMIN.password
    )
}

#[test]
fn the_page_shows_the_data_of_the_site_and_no_secret() {
    let sandbox = sandbox();
    let name = "<script>alert(1)</script>&amp;\"'";
    let user = format!("<webExId>evil{}</webExId><password>Evil-Pass-1</password>", name.replace('<', "&lt;").replace('>', "&gt;"));
    post(&sandbox, "", message("user.CreateUser", &user).as_bytes());
    post(&sandbox, "", message("user.AuthenticateUser", "").as_bytes());
    post(&sandbox, "", b"<password>Loose-Pass-1</password> is no message");
    let (status, page) = get(&sandbox, "/");
    assert_eq!(status, 200);
    for shown in [HOST.webex_id, "Hal Host's Personal Room", "210007422", "user.CreateUser", "user.AuthenticateUser", "Users (4)"] {
        assert!(page.contains(shown), "{shown}");
    }
    assert!(page.contains("evil&lt;script&gt;alert(1)&lt;/script&gt;&amp;&quot;'") && !page.contains("<script"), "escaped");
    for secret in ["Evil-Pass-1", "Loose-Pass-1", "AAAB="] {
        assert!(!page.contains(secret), "{secret}");
    }
    // The passwords of the test accounts are public, but they are masked in messages too.
    let (before, messages) = page.split_once("id=\"messages\"").unwrap();
    assert!(!messages.contains(ADMIN.password), "{messages}");
    for account in ACCOUNTS {
        assert!([account.webex_id, account.password, account.access_token].iter().all(|text| before.contains(text)), "{account:?}");
    }
    let ticket = sandbox.exchanges()[1].answer.clone();
    assert!(ticket.contains("<use:sessionTicket>******</use:sessionTicket>") && page.contains("sessionTicket&gt;******&lt;"), "{ticket}");
}

#[test]
fn browsers_are_kept_strict() {
    let response = String::from_utf8(raw(&sandbox(), "GET / HTTP/1.1\r\n", b"")).unwrap();
    for header in [
        "content-security-policy: default-src 'none'",
        "frame-ancestors 'none'",
        "x-content-type-options: nosniff",
        "cache-control: no-store",
    ] {
        assert!(response.contains(header), "{header}: {response}");
    }
    let style = String::from_utf8(raw(&sandbox(), "GET /style.css HTTP/1.1\r\n", b"")).unwrap();
    assert!(style.contains("content-type: text/css"), "{style}");
}

#[test]
fn the_form_changes_flags() {
    let sandbox = sandbox();
    let fields =
        [("kind", "sso"), ("pmr_force_login", "1"), ("audio_password_super_admin", "on"), ("authentication_server", "unreachable")];
    assert_eq!(own_form(&sandbox, "/flags", &fields).0, 303);
    let (_, site_type) = post(&sandbox, "", message("ep.GetSiteType", "").as_bytes());
    assert_eq!(text(&site_type, "ep:siteType"), Some("2"));
    let (_, room) = post(&sandbox, "", message("ep.GetSessionInfo", "<sessionKey>987654321</sessionKey>").as_bytes());
    assert_eq!((text(&room, "ep:joinRequiresAccount"), text(&room, "ep:isEnforceAudioPassword")), (Some("true"), Some("false")), "{room}");
    assert_eq!((text(&room, "ep:isCETMeeting"), text(&room, "ep:sipURL")), (Some("false"), None));
    let (_, ticket) = post(&sandbox, "", message("user.AuthenticateUser", "").as_bytes());
    assert_eq!(text(&ticket, "serv:exceptionID"), Some("000035"));
    assert!(get(&sandbox, "/?done=flags").1.contains("The flags are changed."));

    let (status, page) = own_form(&sandbox, "/flags", &[("kind", "ic"), ("authentication_server", "up")]);
    assert!(status == 422 && page.contains("there is no such type of site"), "{status}");
}

#[test]
fn the_clock_can_be_advanced() {
    let sandbox = sandbox();
    assert_eq!(own_form(&sandbox, "/clock", &[("seconds", "5400")]).0, 303);
    assert!(get(&sandbox, "/").1.contains("put forward by 5400 s"));
    for seconds in ["0", "-1", "x", "99999999999"] {
        assert_eq!(own_form(&sandbox, "/clock", &[("seconds", seconds)]).0, 422, "{seconds}");
    }
}

#[test]
fn faults_are_added_and_removed() {
    let sandbox = sandbox();
    let fields = [("operation", "GetSiteType"), ("rate", ""), ("times", ""), ("effect", "status"), ("value", "503"), ("delay", "1ms")];
    assert_eq!(own_form(&sandbox, "/faults", &fields).0, 303);
    assert!(get(&sandbox, "/").1.contains("operation=GetSiteType; status=503; delay=1ms"));
    assert_eq!(post(&sandbox, "", message("ep.GetSiteType", "").as_bytes()).0, 503);
    assert_eq!(own_form(&sandbox, "/faults/remove", &[("number", "1")]).0, 303);
    assert_eq!(post(&sandbox, "", message("ep.GetSiteType", "").as_bytes()).0, 200);

    let (status, page) = own_form(&sandbox, "/faults", &[("operation", "lst*"), ("effect", "exception"), ("value", "35")]);
    assert!(
        status == 422 && page.contains("a code has six digits") && page.contains("value=\"lst*\""),
        "what was typed is there: {status}"
    );
}

#[test]
fn custom_responses_are_added_and_removed() {
    let sandbox = sandbox();
    let (_, page) = get(&sandbox, "/?sample=LSTRECORDING");
    let sample = page.split("<textarea").nth(1).unwrap().split_once('>').unwrap().1.split("</textarea>").next().unwrap();
    let sample = sample.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&");
    let mine = sample.trim().replace("<ep:size>1</ep:size>", "<ep:size>1.25</ep:size>");
    assert_eq!(own_form(&sandbox, "/answers", &[("operation", "lstRecording"), ("message", &mine)]).0, 303);
    assert_eq!(post(&sandbox, "", message("ep.LstRecording", "").as_bytes()).1, mine);
    assert_eq!(own_form(&sandbox, "/answers/remove", &[("operation", "ep.LstRecording")]).0, 303);
    assert_ne!(post(&sandbox, "", message("ep.LstRecording", "").as_bytes()).1, mine);
    let (status, page) = own_form(&sandbox, "/answers", &[("operation", "lstRecording"), ("message", "<a>")]);
    assert!(status == 422 && page.contains("lstRecording: it cannot be read") && page.contains("&lt;a&gt;</textarea>"), "{status}");
    assert!(get(&sandbox, "/?sample=nothing").1.contains("nothing is no operation of this release"));
}

/// Returns the form that is sent to this address, with its fields and their values.
fn form_of<'a>(page: &'a str, action: &str) -> &'a str {
    let (_, rest) = page.split_once(&format!("action=\"{action}\">")).unwrap_or_else(|| panic!("{page}"));
    rest.split("</form>").next().unwrap()
}

#[test]
fn form_errors_are_shown_at_their_control() {
    let sandbox = sandbox();
    for (path, fields, control, why) in [
        ("/faults", vec![("rate", "200%"), ("effect", "malformed")], "faults-rate", "a rate is from 0% to 100%"),
        ("/faults", vec![("effect", "exception"), ("value", "35")], "faults-value", "a code has six digits"),
        ("/faults", vec![("operation", "lst*"), ("effect", "")], "faults-effect", "it must say what goes wrong"),
        ("/clock", vec![("seconds", "-1")], "clock-seconds", "The clock goes forward by 1 to"),
        ("/answers", vec![("operation", "getNothing"), ("message", "<a/>")], "answers-operation", "it is no operation of this release"),
        ("/answers", vec![("operation", "getUser"), ("message", "<a>")], "answers-message", "it cannot be read"),
        ("/flags", vec![("kind", "ic"), ("authentication_server", "up")], "flags-kind", "there is no such type of site"),
    ] {
        let (status, page) = own_form(&sandbox, path, &fields);
        assert_eq!(status, 422, "{path} {fields:?}");
        assert!(page.contains("<title>Error: "), "{page}");
        let form = form_of(&page, path);
        assert!(form.contains("role=\"alert\"") && form.contains(why), "{form}");
        assert_eq!(page.matches("role=\"alert\"").count(), 1, "at its form, and nowhere else");
        let tag = form.split('<').find(|tag| tag.contains(&format!("id=\"{control}\""))).unwrap_or_else(|| panic!("{form}"));
        let name = control.split('-').next().unwrap();
        for attribute in ["aria-invalid=\"true\"", "autofocus", &format!("aria-describedby=\"{name}-wrong\"")] {
            assert!(tag.contains(attribute), "{attribute}: {tag}");
        }
        assert_eq!(page.matches("autofocus").count(), 1, "one has the focus");
        for (field, typed) in fields {
            let typed = typed.replace('<', "&lt;").replace('>', "&gt;");
            let kept = form.contains(&format!("value=\"{typed}\"")) || form.contains(&format!(">{typed}</textarea>"));
            assert!(kept || field == "kind", "{field} of {path} is kept: {form}");
        }
    }
}

#[test]
fn results_are_reported_in_their_section() {
    let sandbox = sandbox();
    let fields = [("operation", "GetSiteType"), ("effect", "malformed")];
    assert_eq!(own_form(&sandbox, "/faults", &fields).0, 303);
    let (_, page) = get(&sandbox, "/?done=fault");
    let (before, after) = page.split_once("The fault rule is in force.").unwrap();
    assert!(before.contains("id=\"faults\"") && after.contains("id=\"answers\""), "{page}");
    assert!(!get(&sandbox, "/?done=nothing").1.contains("role=\"status\""));
    assert_eq!(get(&sandbox, "/faults").0, 303, "the address of a form leads to the page");
}

#[test]
fn strictness_is_a_flag_and_ignored_values_are_listed() {
    let sandbox = sandbox();
    let odd = message("ep.GetSiteType", "<later><![CDATA[Later-Pass-1]]></later>");
    assert_eq!(text(&post(&sandbox, "", odd.as_bytes()).1, "serv:result"), Some("SUCCESS"));
    let (_, page) = get(&sandbox, "/");
    assert!(page.contains("message/body/bodyContent/later: unknown element (line 1, column ") && !page.contains("Later-Pass-1"), "{page}");
    let flags = |strict: bool| {
        let fields = [("kind", "sso"), ("authentication_server", "up"), ("strict", "on")];
        own_form(&sandbox, "/flags", &fields[..if strict { 3 } else { 2 }]).0
    };
    assert_eq!(flags(true), 303);
    assert_eq!(text(&post(&sandbox, "", odd.as_bytes()).1, "serv:result"), Some("FAILURE"));
    assert!(get(&sandbox, "/").1.contains("name=\"strict\" value=\"on\" checked"));
    assert_eq!(flags(false), 303);
    assert_eq!(text(&post(&sandbox, "", odd.as_bytes()).1, "serv:result"), Some("SUCCESS"));
}

#[test]
fn forms_of_other_pages_change_nothing() {
    let sandbox = sandbox();
    let token = token(&sandbox);
    let url = sandbox.base_url();
    let with = |token: &str, headers: &str| {
        form(&sandbox, "/flags", headers, &[("token", token), ("kind", "ci"), ("authentication_server", "up")]).0
    };
    let port = url.rsplit(':').next().unwrap();
    for headers in [
        "Origin: http://evil.example\r\n".to_owned(),
        "Origin: null\r\n".to_owned(),
        format!("Origin: http://localhost:{port}\r\n"),
        "Origin: http://127.0.0.1:1\r\n".to_owned(),
        "Sec-Fetch-Site: cross-site\r\n".to_owned(),
    ] {
        assert_eq!(with(&token, &headers), 403, "{headers}");
    }
    assert_eq!(with("", &format!("Origin: {url}\r\n")), 403);
    assert_eq!(with("AAAB", &format!("Origin: {url}\r\n")), 403);
    let other = self::sandbox();
    assert_eq!(with(&self::token(&other), &format!("Origin: {url}\r\n")), 403, "each sandbox has a token of its own");
    let (_, site_type) = post(&sandbox, "", message("ep.GetSiteType", "").as_bytes());
    assert_eq!(text(&site_type, "ep:siteType"), Some("5"), "nothing changed");
    assert_eq!(with(&token, &format!("Origin: {url}\r\n")), 303);
}

#[test]
fn foreign_names_for_this_machine_are_refused() {
    let sandbox = sandbox();
    let url = sandbox.base_url();
    let address = url.strip_prefix("http://").unwrap();
    let status = |host: &str| {
        use std::io::{Read as _, Write as _};
        let mut stream = std::net::TcpStream::connect(address).unwrap();
        stream.write_all(format!("GET / HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n").as_bytes()).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer.split(' ').nth(1).unwrap().to_owned()
    };
    assert_eq!(status("evil.example"), "421");
    assert_eq!(status("localhost"), "200");
}

#[test]
fn a_changed_test_account_is_no_longer_listed() {
    let sandbox = sandbox();
    let change = format!("<webExId>{}</webExId><password>Another-1</password>", HOST.webex_id);
    post(&sandbox, "", message("user.SetUser", &change).as_bytes());
    let page = get(&sandbox, "/").1;
    assert!(!page.contains(HOST.password) && !page.contains("Another-1") && page.contains(ADMIN.password), "{page}");
    assert_eq!(sandbox.accounts().len(), ACCOUNTS.len() - 1);
}
