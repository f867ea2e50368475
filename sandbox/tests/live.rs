//! Tests that the sandbox responds like live servers to unusual requests that live servers are known to accept. Refused requests are tested
//! in `strict.rs`, the rules of the release in `rules`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a failed test panics")]

mod support;

use support::{post, raw, text};
use webex_xml_sandbox::{Account, HOST, PARTNER_ID, SITE_ID, Sandbox, SiteKind};

fn sandbox() -> Sandbox {
    Sandbox::builder().site("acme").kind(SiteKind::NonSso).start().unwrap()
}

/// Returns a message with the credentials of the account and these bodies.
fn message(account: &Account, bodies: &str) -> String {
    format!(
        "<serv:message xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xmlns:serv=\"http://www.webex.com/schemas/2002/06/service\">\
         <header><securityContext><webExID>{}</webExID><password>{}</password><siteName>acme</siteName></securityContext></header>\
         <body>{bodies}</body></serv:message>",
        account.webex_id, account.password
    )
}

fn body(operation: &str, children: &str) -> String {
    format!("<bodyContent xsi:type=\"java:com.webex.service.binding.{operation}\">{children}</bodyContent>")
}

/// Returns the response to an operation that the host calls.
fn call(sandbox: &Sandbox, operation: &str, children: &str) -> String {
    let (status, answer) = post(sandbox, "", message(&HOST, &body(operation, children)).as_bytes());
    assert_eq!(status, 200, "{answer}");
    answer
}

#[test]
fn an_empty_start_date_is_now() {
    let sandbox = sandbox();
    sandbox.advance_clock(std::time::Duration::from_secs(40 * 366 * 86_400));
    for date in ["<startDate/>", "<startDate></startDate>", "<startDate> \n</startDate>", ""] {
        let children = format!("<metaData><confName>Now</confName></metaData><schedule>{date}<duration>10</duration></schedule>");
        let made = call(&sandbox, "meeting.CreateMeeting", &children);
        let key = text(&made, "meet:meetingkey").unwrap_or_else(|| panic!("{made}"));
        let shown = call(&sandbox, "meeting.GetMeeting", &format!("<meetingKey>{key}</meetingKey>"));
        let year: i32 =
            text(&shown, "meet:startDate").and_then(|date| date.get(6..10)).unwrap_or_else(|| panic!("{shown}")).parse().unwrap();
        assert!(year > 2060, "{date}: {shown}");
    }
}

/// Returns head and body of the response to a message.
fn whole(sandbox: &Sandbox, head: &str, message: &[u8]) -> (String, Vec<u8>) {
    let answer = raw(sandbox, &format!("{head}Content-Length: {}\r\n", message.len()), message);
    let end = answer.windows(4).position(|four| four == b"\r\n\r\n").unwrap();
    (String::from_utf8(answer[..end].to_vec()).unwrap(), answer[end + 4..].to_vec())
}

const POST: &str = "POST /WBXService/XMLService HTTP/1.1\r\n";

#[test]
fn responses_have_the_encoding_of_the_request() {
    let sandbox = sandbox();
    let name = "Caf\u{E9} \u{20AC} \u{4F60}\u{597D}";
    let made = call(&sandbox, "meeting.CreateMeeting", &format!("<metaData><confName>{name}</confName></metaData>"));
    let key = text(&made, "meet:meetingkey").unwrap_or_else(|| panic!("{made}"));
    let get = message(&HOST, &body("meeting.GetMeeting", &format!("<meetingKey>{key}</meetingKey>")));
    for (label, content, shown) in [
        ("UTF-8", "UTF-8", name.as_bytes().to_vec()),
        ("ISO-8859-1", "ISO-8859-1", b"Caf\xE9 &#8364; &#20320;&#22909;".to_vec()),
        ("iso-8859-1", "iso-8859-1", b"Caf\xE9 &#8364; &#20320;&#22909;".to_vec()),
        ("us-ascii", "us-ascii", b"Caf&#233; &#8364; &#20320;&#22909;".to_vec()),
        ("windows-1252", "windows-1252", b"Caf\xE9 \x80 &#20320;&#22909;".to_vec()),
        ("GB2312", "GB2312", b"Caf\xA8\xA6 &#8364; \xC4\xE3\xBA\xC3".to_vec()),
        ("BIG5", "BIG5", b"Caf&#233; \xA3\xE1 \xA7A\xA6n".to_vec()),
    ] {
        let request = format!("<?xml version=\"1.0\" encoding=\"{label}\"?>{get}");
        let (head, answer) = whole(&sandbox, POST, request.as_bytes());
        assert!(head.contains(&format!("content-type: text/xml;charset={content}\r\n")), "{head}");
        let declaration = format!("<?xml version=\"1.0\" encoding=\"{content}\"?><serv:message");
        assert!(answer.starts_with(declaration.as_bytes()), "{label}: {}", String::from_utf8_lossy(&answer));
        let found = answer.windows(shown.len()).any(|window| window == shown);
        assert!(found, "{label}: {}", String::from_utf8_lossy(&answer));
    }
    // The same applies to failures and to messages that cannot be read. If the encoding is unknown, the response is in UTF-8.
    for (request, content) in [
        (format!("<?xml version='1.0' encoding='ISO-8859-1'?>{}", get.replace(HOST.password, "wrong")), "ISO-8859-1"),
        ("<?xml version='1.0' encoding='ISO-8859-1'?><html/>".to_owned(), "ISO-8859-1"),
        ("<?xml version='1.0' encoding='no-such'?><html/>".to_owned(), "UTF-8"),
        (get.clone(), "UTF-8"),
    ] {
        let (head, answer) = whole(&sandbox, POST, request.as_bytes());
        assert!(head.contains(&format!("charset={content}\r\n")), "{head}");
        assert!(answer.starts_with(format!("<?xml version=\"1.0\" encoding=\"{content}\"?>").as_bytes()));
    }
}

#[test]
fn responses_to_utf_16_are_utf_16() {
    let sandbox = sandbox();
    let request = message(&HOST, &body("ep.GetAPIVersion", ""));
    for big in [true, false] {
        let units: Vec<u16> = format!("\u{FEFF}{request}").encode_utf16().collect();
        let bytes: Vec<u8> = units.iter().flat_map(|unit| if big { unit.to_be_bytes() } else { unit.to_le_bytes() }).collect();
        let (head, answer) = whole(&sandbox, &format!("{POST}Content-Type: text/xml; charset=utf-16\r\n"), &bytes);
        assert!(head.contains("charset=UTF-16\r\n"), "{head}");
        let unit = |pair: &[u8]| if big { u16::from_be_bytes([pair[0], pair[1]]) } else { u16::from_le_bytes([pair[0], pair[1]]) };
        let answer = String::from_utf16(&answer.chunks(2).map(unit).collect::<Vec<_>>()).unwrap();
        assert!(answer.starts_with("\u{FEFF}<?xml version=\"1.0\" encoding=\"UTF-16\"?>"), "{answer}");
        assert_eq!(text(&answer, "serv:result"), Some("SUCCESS"));
    }
}

#[test]
fn the_path_may_contain_a_release() {
    let sandbox = sandbox();
    let request = message(&HOST, &body("ep.GetAPIVersion", ""));
    for (path, status) in [
        ("/WBXService/xml8.0.0/XMLService", "200"),
        ("/WBXService/xml9.0/XMLService?x=1", "200"),
        ("/WBXService/xml12.345.6/XMLService", "200"),
        ("/WBXService/xml/XMLService", "404"),
        ("/WBXService/v8/XMLService", "404"),
    ] {
        let (head, _) = whole(&sandbox, &format!("POST {path} HTTP/1.1\r\n"), request.as_bytes());
        assert!(head.starts_with(&format!("HTTP/1.1 {status} ")), "{path}: {head}");
    }
}

#[test]
fn pages_of_this_machine_may_call_if_cors_is_on() {
    let request = message(&HOST, &body("ep.GetAPIVersion", "<later/>"));
    let ask = "OPTIONS /WBXService/XMLService HTTP/1.1\r\nAccess-Control-Request-Method: POST\r\nAccess-Control-Request-Headers: content-type,x-sandbox-fault\r\n";
    let (own, foreign) = ("Origin: http://localhost:3000\r\n", "Origin: https://evil.example\r\n");
    let off = sandbox();
    for origin in [own, foreign] {
        assert!(!whole(&off, &format!("{POST}{origin}"), request.as_bytes()).0.contains("access-control"));
        assert!(whole(&off, &format!("{ask}{origin}"), b"").0.starts_with("HTTP/1.1 405 "));
    }

    let on = Sandbox::builder().site("acme").cors(true).start().unwrap();
    let (head, _) = whole(&on, &format!("{ask}{own}"), b"");
    assert!(head.starts_with("HTTP/1.1 204 "), "{head}");
    for header in [
        "access-control-allow-origin: http://localhost:3000",
        "access-control-allow-methods: POST",
        "access-control-allow-headers: content-type,x-sandbox-fault",
        "access-control-max-age: 600",
        "vary: Origin",
    ] {
        assert!(head.contains(header), "{header}: {head}");
    }
    let (head, answer) = whole(&on, &format!("{POST}{own}"), request.as_bytes());
    assert!(head.contains("access-control-allow-origin: http://localhost:3000\r\n"), "{head}");
    assert!(head.contains("access-control-expose-headers: x-sandbox-notes\r\n") && head.contains("x-sandbox-notes: "), "{head}");
    assert!(String::from_utf8(answer).unwrap().contains("SUCCESS"));
    // The page may also read HTTP errors. Other pages may read nothing.
    assert!(whole(&on, &format!("PUT /WBXService/XMLService HTTP/1.1\r\n{own}"), b"").0.contains("access-control-allow-origin"));
    for head in [format!("{ask}{foreign}"), format!("{POST}{foreign}"), format!("{POST}Origin: null\r\n"), POST.to_owned()] {
        let (head, _) = whole(&on, &head, request.as_bytes());
        assert!(!head.contains("access-control") && head.contains("vary: Origin"), "{head}");
    }
    // The web page of the sandbox never has these headers.
    assert!(!whole(&on, &format!("GET / HTTP/1.1\r\n{own}"), b"").0.contains("access-control"));
}

/// Returns the response to a message.
fn zones(request: &str) -> String {
    let (status, answer) = post(&sandbox(), "", request.as_bytes());
    assert_eq!((status, text(&answer, "serv:result")), (200, Some("SUCCESS")), "{request}\n{answer}");
    answer
}

#[test]
fn the_type_may_be_named_without_its_package() {
    let zone = "<timeZoneID>4</timeZoneID><date>07/01/2015 10:00:00</date>";
    for children in ["", zone] {
        let whole = message(&HOST, &body("site.LstTimeZone", children));
        let short = whole.replace("java:com.webex.service.binding.", "");
        assert!(short.contains("xsi:type=\"site.LstTimeZone\""));
        assert_eq!(zones(&short), zones(&whole));
    }
    let short = message(&HOST, &body("ep.GetAPIVersion", "")).replace("java:com.webex.service.binding.", "");
    assert!(post(&sandbox(), "", short.as_bytes()).1.contains("ep:getAPIVersionResponse"));
    // Other abbreviations of the name are not accepted.
    for wrong in ["LstTimeZone", "binding.site.LstTimeZon", "user.LstTimeZone"] {
        let request = message(&HOST, &body("site.LstTimeZone", "")).replace("java:com.webex.service.binding.site.LstTimeZone", wrong);
        assert_eq!(text(&post(&sandbox(), "", request.as_bytes()).1, "serv:exceptionID"), Some("000000"), "{wrong}");
    }
}

#[test]
fn namespaces_do_not_matter() {
    let whole = message(&HOST, &body("meeting.CreateMeeting", "<metaData><confName>Review</confName></metaData>"));
    let spaces = "xmlns=\"http://www.webex.com/schemas/2002/06/service\"";
    let bare = whole.replace("serv:message", "message");
    let declared = "xmlns:serv=\"http://www.webex.com/schemas/2002/06/service\"";
    for (habit, request) in [
        ("a default namespace, in which all names are", bare.replace(declared, spaces)),
        (
            "the same, and the schema's name of the type",
            bare.replace(declared, spaces).replace(
                "java:com.webex.service.binding.meeting.CreateMeeting\"",
                "meet:createMeeting\" xmlns:meet=\"http://www.webex.com/schemas/2002/06/service/meeting\"",
            ),
        ),
        (
            "a default namespace for the operation",
            whole.replace("<metaData>", "<metaData xmlns=\"http://www.webex.com/schemas/2002/06/service/meeting\">"),
        ),
        ("another prefix", whole.replace("serv:", "s:").replace("xmlns:serv", "xmlns:s")),
        ("https", whole.replace("http://www.webex.com/", "https://www.webex.com/")),
        ("https in a default namespace", bare.replace(declared, spaces).replace("http://www.webex.com/", "https://www.webex.com/")),
        ("none declared", bare.replace(declared, "")),
    ] {
        let sandbox = sandbox();
        let (_, answer) = post(&sandbox, "", request.as_bytes());
        let key = text(&answer, "meet:meetingkey").unwrap_or_else(|| panic!("{habit}: {request}\n{answer}"));
        let shown = call(&sandbox, "meeting.GetMeeting", &format!("<meetingKey>{key}</meetingKey>"));
        assert_eq!(text(&shown, "meet:confName"), Some("Review"), "{habit}: {shown}");
    }
}

#[test]
fn the_site_number_needs_no_partner_id() {
    let sandbox = sandbox();
    let named = message(&HOST, &body("user.GetUser", &format!("<webExId>{}</webExId>", HOST.webex_id)));
    for (site, result) in [
        (format!("<siteID>{SITE_ID}</siteID>"), "SUCCESS"),
        (format!("<siteID>{SITE_ID}</siteID><partnerID/>"), "SUCCESS"),
        (format!("<siteID>{SITE_ID}</siteID><partnerID>{PARTNER_ID}</partnerID>"), "SUCCESS"),
        (format!("<siteID>{SITE_ID}</siteID><partnerID>other</partnerID>"), "FAILURE"),
        ("<siteID>1</siteID>".to_owned(), "FAILURE"),
    ] {
        let (_, answer) = post(&sandbox, "", named.replace("<siteName>acme</siteName>", &site).as_bytes());
        assert_eq!(text(&answer, "serv:result"), Some(result), "{site}: {answer}");
    }
}
