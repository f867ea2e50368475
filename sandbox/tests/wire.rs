//! Tests that requests in the forms of third-party clients, byte for byte, get responses in the form of live servers. The requests were
//! written for these tests, and each has one habit of a real client. The effects of operations are tested in `rules`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a failed test panics")]

mod support;

use support::{exchange, post, text};
use webex_xml_sandbox::{HOST, ROOM_KEY, Sandbox, SiteKind};

const XSI: &str = "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"";
const SERV: &str = "xmlns:serv=\"http://www.webex.com/schemas/2002/06/service\"";

fn sandbox() -> Sandbox {
    Sandbox::builder().site("acme").kind(SiteKind::Sso).start().unwrap()
}

fn get_site_type(root: &str, attributes: &str) -> String {
    format!(
        "<{root} {attributes}><header><securityContext><siteName>acme</siteName></securityContext></header><body>\
         <bodyContent xsi:type=\"java:com.webex.service.binding.ep.GetSiteType\"/></body></{root}>"
    )
}

fn declared() -> String {
    get_site_type("serv:message", &format!("{XSI} {SERV}"))
}

#[track_caller]
fn assert_site_type(answer: &(u16, String)) {
    assert_eq!((answer.0, text(&answer.1, "ep:siteType")), (200, Some("2")), "{}", answer.1);
}

#[test]
fn habits_of_real_clients() {
    let sandbox = sandbox();
    let declaration = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\r\n";
    let spaced = declared().replace("xsi:type=\"java:", "xsi:type= \" java:").replace("GetSiteType\"", "GetSiteType \"");
    let by_name = declared().replace(
        "xsi:type=\"java:com.webex.service.binding.ep.GetSiteType\"",
        "xsi:type=\"ep:getSiteType\" xmlns:ep=\"http://www.webex.com/schemas/2002/06/service/ep\"",
    );
    let order = declared().replace("<siteName>", "<partnerID></partnerID><siteName> ").replace("</siteName>", "\n</siteName><webExID/>");
    for request in [
        declared(),
        format!("{declaration}{}", declared()),
        format!("\n{declaration}{}", declared()),
        format!("\r\n  \n{declaration}{}", declared()),
        format!("\u{feff}{declaration}{}", declared()),
        get_site_type("serv:message", XSI),
        get_site_type("serv:message", ""),
        get_site_type("message", XSI),
        get_site_type("message", ""),
        spaced,
        by_name,
        order,
    ] {
        let answer = post(&sandbox, "Content-Type: text/xml\r\n", request.as_bytes());
        assert_eq!((answer.0, text(&answer.1, "ep:siteType")), (200, Some("2")), "{request}\n{}", answer.1);
    }
}

#[test]
fn any_content_type() {
    let sandbox = sandbox();
    for content_type in [
        "",
        "Content-Type: application/xml\r\n",
        "Content-Type: text/xml charset=UTF-8\r\n",
        "Content-Type: application/x-www-form-urlencoded\r\n",
        "Content-Type: text/xml; charset=no-such-thing\r\n",
        "Content-Type: ;;;\r\n",
    ] {
        assert_site_type(&post(&sandbox, content_type, declared().as_bytes()));
    }
    let form: String = declared().bytes().map(|byte| format!("%{byte:02x}")).collect();
    assert_site_type(&post(&sandbox, "", format!("SID=1&XML={form}&PID=2").as_bytes()));
}

#[test]
fn encodings() {
    let sandbox = sandbox();
    for encoding in ["ISO-8859-1", "BIG5", "Shift_JIS", "EUC-KR", "GB2312", "utf-8"] {
        let request = format!("<?xml version='1.0' encoding='{encoding}'?>{}", declared());
        assert_site_type(&post(&sandbox, "", request.as_bytes()));
    }
    let latin: Vec<u8> = declared().replace("<header>", "<header><!-- \u{e9} -->").chars().map(|c| u8::try_from(c).unwrap()).collect();
    assert_site_type(&post(&sandbox, "Content-Type: text/xml; charset=iso-8859-1\r\n", &latin));
    // UTF-16 is tested in `live.rs`.
}

#[test]
fn responses_have_the_form_of_live_servers() {
    let sandbox = sandbox();
    let (_, success) = post(&sandbox, "", declared().as_bytes());
    assert!(success.starts_with("<?xml version=\"1.0\" encoding=\"UTF-8\"?>"), "{success}");
    let at = |word: &str| success.find(word).unwrap_or_else(|| panic!("no {word} in {success}"));
    assert!(at("<serv:message") < at("<serv:header>") && at("<serv:result>SUCCESS") < at("<serv:gsbStatus>PRIMARY"));
    let content = success.split("<serv:bodyContent").nth(1).unwrap().split('>').next().unwrap();
    assert!(content.contains("xsi:type=\"ep:getSiteTypeResponse\"") && content.contains(XSI), "{success}");

    let other_site = declared().replace("acme", "other");
    let (status, failure) = post(&sandbox, "", other_site.as_bytes());
    assert_eq!((status, text(&failure, "serv:result")), (200, Some("FAILURE")));
    assert!(failure.contains("<serv:bodyContent/>"), "{failure}");
    let at = |word: &str| failure.find(word).unwrap_or_else(|| panic!("no {word} in {failure}"));
    assert!(at("<serv:reason>") < at("<serv:gsbStatus>") && at("<serv:gsbStatus>") < at("<serv:exceptionID>"));
}

#[test]
fn unreadable_messages_are_failures() {
    let sandbox = sandbox();
    let whole = declared();
    let deep = format!("{}{}", "<a>".repeat(100_000), "</a>".repeat(100_000));
    let bomb = format!("<!DOCTYPE m [<!ENTITY a \"aaaa\">]>{}", whole.replace("acme", "&a;"));
    for (request, code) in [
        ("", "000000"),
        ("hello", "000000"),
        ("<html/>", "000000"),
        (&whole[..whole.len() - 9], "000000"),
        (&deep, "000000"),
        (&bomb, "000000"),
        (&whole.replace("GetSiteType", "GetNoSuchThing"), "000000"),
        (&whole.replace(" xsi:type=\"java:com.webex.service.binding.ep.GetSiteType\"", ""), "000000"),
        (&whole.replace("ep.GetSiteType", "ep.LstOpenSession"), "000001"),
        (&whole.replace("ep.GetSiteType", "training.LstsummaryTrainingSession"), "000001"),
    ] {
        let (status, answer) = post(&sandbox, "", request.as_bytes());
        let shown: String = request.chars().take(300).collect();
        assert_eq!((status, text(&answer, "serv:exceptionID")), (200, Some(code)), "{shown}\n{answer}");
        assert!(text(&answer, "serv:reason").is_some_and(|reason| !reason.is_empty()));
    }
}

#[test]
fn http_used_wrongly() {
    let sandbox = sandbox();
    assert_eq!(exchange(&sandbox, "GET /WBXService/XMLService HTTP/1.1\r\n", b"").0, 405);
    assert_eq!(exchange(&sandbox, "POST /elsewhere HTTP/1.1\r\nContent-Length: 0\r\n", b"").0, 404);
    assert_eq!(exchange(&sandbox, "GET / HTTP/1.1\r\n", b"").0, 200);
    assert_eq!(exchange(&sandbox, "nonsense\r\n", b"").0, 400);
    let large = format!("POST /WBXService/XMLService HTTP/1.1\r\nContent-Length: {}\r\nExpect: 100-continue\r\n", (8 << 20) + 1);
    assert_eq!(exchange(&sandbox, &large, b"").0, 413);
    let pieces: String = format!("{:x}\r\n{}\r\n", 1 << 20, " ".repeat(1 << 20)).repeat(9) + "0\r\n\r\n";
    let (status, _) = exchange(&sandbox, "POST /WBXService/XMLService HTTP/1.1\r\nTransfer-Encoding: chunked\r\n", pieces.as_bytes());
    assert_eq!(status, 413);
}

#[test]
fn the_sample_forms_of_values() {
    let sandbox = sandbox();
    let request = format!(
        "<message><body><bodyContent xsi:type=\"java:com.webex.service.binding.ep.GetSessionInfo\"><sessionKey>\n{ROOM_KEY} </sessionKey>\
         </bodyContent></body><header><securityContext><password><![CDATA[{}]]></password><siteName>ACME</siteName><webExID>{}</webExID>\
         <siteID></siteID></securityContext></header></message>",
        HOST.password, HOST.webex_id
    );
    let (status, answer) = post(&sandbox, "", request.as_bytes());
    assert_eq!((status, text(&answer, "ep:sipURL")), (200, Some("host@acme.webex.com")), "{answer}");
}
