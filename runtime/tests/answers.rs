//! Tests how a response of the service becomes a reply, or an error of the right stage with its position. The network is tested in
//! `transports.rs`, the masking of secrets in `secrets.rs`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a failed test panics")]

use webex_xml::testing::Canned;
use webex_xml::values::SiteType;
use webex_xml::{Client, Error, FaultKind, HttpResponse, NotSentKind, Reply, Site, ep, user};
use xsdgen_codec::NoteKind;

const OPEN: &str = "<serv:message xmlns:serv=\"http://www.webex.com/schemas/2002/06/service\" \
    xmlns:ep=\"http://www.webex.com/schemas/2002/06/service/ep\">";

fn message(header: &str, body: &str) -> String {
    format!("{OPEN}<serv:header><serv:response>{header}</serv:response></serv:header><serv:body>{body}</serv:body></serv:message>")
}

fn site_type(number: &str) -> String {
    format!(
        "<serv:bodyContent xsi:type=\"ep:getSiteTypeResponse\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">\
         <ep:siteType>{number}</ep:siteType></serv:bodyContent>"
    )
}

const SUCCESS: &str = "<serv:result>SUCCESS</serv:result><serv:gsbStatus>BACKUP</serv:gsbStatus>";

fn ask(response: HttpResponse) -> Result<Reply<ep::GetSiteTypeResponse>, Error> {
    Client::with_transport("acme", Canned::new().answer_http(response)).call(&ep::GetSiteType::new())
}

fn ask_for(xml: &str) -> Result<Reply<ep::GetSiteTypeResponse>, Error> {
    ask(HttpResponse::new(200, xml))
}

#[test]
fn a_success_has_all_of_the_header() {
    let xml = message(SUCCESS, &site_type("1"));
    let reply = ask_for(&xml).unwrap();
    assert_eq!(
        (reply.site_type.clone(), reply.result.as_str(), reply.gsb_status.as_deref()),
        (SiteType::CommonIdentity, "SUCCESS", Some("BACKUP"))
    );
    assert_eq!((reply.raw_size, reply.notes.len(), reply.reason.as_deref()), (xml.len(), 0, None));
}

#[test]
fn deviations_from_the_schema_are_noted() {
    let xml = message(SUCCESS, &site_type("2").replace("</ep:siteType>", "</ep:siteType><ep:later>9</ep:later>"));
    let reply = ask_for(&xml).unwrap();
    assert_eq!(reply.notes.len(), 1, "{:?}", reply.notes);
}

#[test]
fn a_failure_with_status_200_is_a_fault() {
    let header = "<serv:result>FAILURE</serv:result><serv:reason>Authentication Server can't generate a valid session ticket</serv:reason>\
        <serv:gsbStatus>PRIMARY</serv:gsbStatus><serv:exceptionID>030048</serv:exceptionID><serv:subErrors><serv:subError>\
        <serv:exceptionID>AS0001</serv:exceptionID><serv:reason>authentication service error</serv:reason><serv:value>v</serv:value>\
        </serv:subError></serv:subErrors><serv:value>x</serv:value>";
    let error = ask_for(&message(header, "<serv:bodyContent/>")).unwrap_err();
    let fault = error.as_fault().unwrap();
    assert_eq!((fault.exception_id.as_str(), fault.kind(), fault.operation), ("030048", FaultKind::NoTicketIssued, "getSiteType"));
    assert_eq!((fault.gsb_status.as_deref(), fault.value.as_deref()), (Some("PRIMARY"), Some("x")));
    assert_eq!((fault.sub_errors[0].exception_id.as_str(), fault.sub_errors[0].value.as_deref()), ("AS0001", Some("v")));
    assert!(error.to_string().starts_with("getSiteType failed: 030048: "), "{error}");
}

#[test]
fn errors_of_reading_have_a_position() {
    let reply = ask_for(&message(SUCCESS, &site_type("one"))).unwrap();
    assert_eq!((reply.site_type.clone(), reply.notes.len()), (SiteType::Text("one".to_owned()), 1));
    let xml = message(SUCCESS, &site_type("1").replace("</ep:siteType>", "</ep:later>"));
    let Err(Error::Undecodable(error)) = ask_for(&xml) else { panic!() };
    let place = error.place.clone().unwrap();
    assert!(place.path.contains("bodyContent") && place.line == 1 && place.column > 100, "{error:?}");
    for broken in ["", "<", "no XML", "<html><body>Welcome</body></html>", &xml[..xml.len() - 20]] {
        let error = ask_for(broken).unwrap_err();
        assert!(matches!(&error, Error::Undecodable(e) if e.place.is_some()), "{broken}: {error:?}");
    }
}

#[test]
fn bodies_that_are_not_messages_are_described() {
    let page = "<html><head><title>Site maintenance</title></head><body><p>Back soon<br></body></html>";
    let error = ask_for(page).unwrap_err().to_string();
    assert!(error.contains("it is an HTML page titled \"Site maintenance\""), "{error}");
    let error = ask(HttpResponse::new(500, page)).unwrap_err().to_string();
    assert_eq!(error, "getSiteType was answered with HTTP status 500: an HTML page titled \"Site maintenance\"");
    let redirect = HttpResponse::new(302, page).with_header("Location", "https://acme.example/login?token=c4n4ry");
    let error = ask(redirect).unwrap_err().to_string();
    assert_eq!(error, "getSiteType was answered with HTTP status 302: a redirect to https://acme.example/login");
    assert!(ask_for("").unwrap_err().to_string().contains("it is empty"));
    assert!(ask_for("{\"a\": 1}").unwrap_err().to_string().contains("it is not XML, and starts with: {\"a\": 1}"));
}

#[test]
fn a_response_to_another_operation_is_an_error() {
    let other = Canned::new().answer(user::SetUserResponse::new());
    let Err(Error::Undecodable(error)) = Client::with_transport("acme", other).call(&ep::GetSiteType::new()) else { panic!() };
    assert!(error.message.contains("setUserResponse") && error.message.contains("getSiteType"), "{error}");
    assert_eq!(error.place.unwrap().path, "message/body/bodyContent");
    for (told, type_of_answer) in [
        ("its xsi:type is ep:getUserCard, which", " xsi:type=\"ep:getUserCard\""),
        ("its xsi:type is java:com.webex.X, which", " xsi:type='java:com.webex.X'"),
        ("no xsi:type", ""),
    ] {
        let body = format!("<serv:bodyContent{type_of_answer} xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"/>");
        let xml = message(SUCCESS, &body);
        let error = ask_for(&xml).unwrap_err().to_string();
        assert!(error.contains(told), "{error}");
        let canned = Canned::new().answer_http(HttpResponse::new(200, xml));
        let error = Client::with_transport("acme", canned).call_dynamic(ep::GetSiteType::new().into()).unwrap_err().to_string();
        assert!(error.contains(told), "{error}");
    }
    let empty = format!("{OPEN}<serv:header/><serv:body/></serv:message>");
    assert!(matches!(ask_for(&empty), Err(Error::Undecodable(_))));
}

/// Tests a type with an upper-case first letter, as the reference guide prints it, and an undeclared prefix, which has the namespace that
/// the bindings give it.
#[test]
fn responses_with_other_names_of_their_types_are_read() {
    let xsi = "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"";
    let list = format!(
        "<serv:bodyContent xsi:type=\"use:LstsummaryUserResponse\" {xsi}><use:user><use:webExId>jane</use:webExId><use:active>ACTIVATED\
         </use:active></use:user></serv:bodyContent>"
    );
    let declared =
        message(SUCCESS, &list).replacen(" xmlns:ep", " xmlns:use=\"http://www.webex.com/schemas/2002/06/service/user\" xmlns:ep", 1);
    for (xml, noted) in [(declared, NoteKind::OtherCase), (message(SUCCESS, &list), NoteKind::UndeclaredPrefix)] {
        let client = || Client::with_transport("acme", Canned::new().answer_http(HttpResponse::new(200, xml.clone())));
        let reply = client().call(user::LstSummaryUser::new()).unwrap();
        assert_eq!(reply.user[0].webex_id, "jane");
        assert!(reply.notes.iter().any(|note| note.kind == noted && note.path == "message/body/bodyContent/@type"), "{:?}", reply.notes);
        let listed: Vec<_> = client().list(user::LstSummaryUser::new()).take(1).map(|user| user.unwrap().webex_id).collect();
        let mut streamed = client().stream_list(user::LstSummaryUser::new()).unwrap();
        assert_eq!((listed, streamed.next().unwrap().unwrap().webex_id.as_str()), (vec!["jane".to_owned()], "jane"));
        assert!(streamed.finish().is_ok());
    }
}

#[test]
fn the_charset_of_http_takes_precedence() {
    let xml = message("<serv:result>FAILURE</serv:result><serv:reason>Caf\u{e9}</serv:reason>", "<serv:bodyContent/>");
    let latin: Vec<u8> = xml.chars().map(|c| u8::try_from(c).unwrap()).collect();
    let error = ask(HttpResponse::new(200, latin).with_header("content-type", "text/xml; charset=ISO-8859-1")).unwrap_err();
    assert_eq!(error.as_fault().unwrap().reason.as_deref(), Some("Caf\u{e9}"));
    assert_eq!(error.as_fault().unwrap().exception_id, "");
}

#[test]
fn calls_with_invalid_settings_are_not_sent() {
    let canned = Canned::new();
    let call = |site: Site| match Client::with_transport(site, canned.clone()).call(&ep::GetSiteType::new()) {
        Err(Error::NotSent(error)) => error.kind,
        other => panic!("{other:?}"),
    };
    assert_eq!(call(Site::named("a/b")), NotSentKind::InvalidSite);
    assert_eq!(call(Site::named("acme").at("http://acme.webex.com")), NotSentKind::PlainHttp);
    let client = Client::with_transport("acme", canned.clone());
    let unwritable = user::GetUser::new("a\u{1}b".to_owned());
    assert!(matches!(client.call(&unwritable), Err(Error::NotSent(e)) if e.kind == NotSentKind::InvalidRequest));
    let injected = client.with_user_agent("a\r\nX: y");
    assert!(matches!(injected.call(&ep::GetSiteType::new()), Err(Error::NotSent(e)) if e.kind == NotSentKind::InvalidRequest));
    assert!(canned.http_requests().is_empty());
}

#[test]
fn the_time_limit_covers_reading_the_answer() {
    let answer = HttpResponse::new(200, message(SUCCESS, &site_type("1")));
    let client = Client::with_transport("acme", Canned::new().answer_http(answer));
    let client = client.with_timeouts(std::time::Duration::from_secs(1), std::time::Duration::ZERO);
    let error = client.call(&ep::GetSiteType::new()).unwrap_err();
    let Error::MaybeSent(sent) = &error else { panic!("{error}") };
    assert!(sent.is_timeout() && error.to_string().contains("within the time limit"), "{error}");
}
