//! Tests which credentials the program uses, from flags, the environment and requests, and that a login is a single request. Sessions are
//! tested in the client.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a failed test panics")]

mod support;

use support::{Ran, call, run, sandbox};
use webex_xml_sandbox::{ADMIN, HOST, Sandbox, SiteKind};

/// Returns the operations of all requests to the sandbox, without the names of their services.
fn asked(sandbox: &Sandbox) -> Vec<String> {
    sandbox.exchanges().iter().map(|exchange| exchange.operation.rsplit('.').next().unwrap().to_owned()).collect()
}

/// Returns the last request, with names without prefixes.
fn request(sandbox: &Sandbox) -> String {
    ["serv:", "com:", "use:"].iter().fold(sandbox.exchanges().last().unwrap().request.clone(), |text, prefix| text.replace(prefix, ""))
}

#[track_caller]
fn done(ran: Ran) -> String {
    assert_eq!(ran.status, 0, "{}{}", ran.out, ran.err);
    ran.out
}

const AUTHENTICATE: &[&str] = &["AuthenticateUser", "--user", HOST.webex_id, "-o", "json"];

/// Tests the sample of the release note: a user, and an access token in the request as the only credential.
#[test]
fn the_token_in_a_request_is_its_credential() {
    let sandbox = sandbox(SiteKind::Ci);
    let by_flag = [AUTHENTICATE, &["--set", "accessToken=@env:T"]].concat();
    let ticket = done(call(&sandbox, &by_flag, &[("T", HOST.access_token)], b""));
    assert!(ticket.contains("\"timeToLive\"") && ticket.contains("\"createTime\""), "{ticket}");
    let sent = request(&sandbox);
    assert!(sent.contains("<accessToken>") && !sent.contains("<password>") && !sent.contains("<sessionTicket>"), "{sent}");
    // Other credentials in the environment are not sent in addition, because the service would check a wrong password first.
    let more =
        [("T", HOST.access_token), ("WEBEX_XML_PASSWORD", "wrong"), ("WEBEX_XML_SESSION_TICKET", "old"), ("WEBEX_XML_ACCESS_TOKEN", "x")];
    done(call(&sandbox, &by_flag, &more, b""));
    assert_eq!(asked(&sandbox), ["AuthenticateUser", "AuthenticateUser"]);
}

#[test]
fn a_login_with_credentials_of_the_environment_is_one_request() {
    let sandbox = sandbox(SiteKind::Ci);
    done(call(&sandbox, AUTHENTICATE, &[("WEBEX_XML_ACCESS_TOKEN", HOST.access_token)], b""));
    assert!(request(&sandbox).contains("<accessToken>"));
    done(call(&sandbox, AUTHENTICATE, &[("WEBEX_XML_PASSWORD", HOST.password)], b""));
    assert!(request(&sandbox).contains("<password>") && !request(&sandbox).contains("<accessToken>"));
    assert_eq!(asked(&sandbox), ["AuthenticateUser", "AuthenticateUser"]);
    // If there are two credentials, the type of the site decides which of them is used.
    let both = [("WEBEX_XML_PASSWORD", HOST.password), ("WEBEX_XML_ACCESS_TOKEN", HOST.access_token)];
    done(call(&sandbox, AUTHENTICATE, &both, b""));
    assert!(request(&sandbox).contains("<password>") && !request(&sandbox).contains("<accessToken>"));
    assert_eq!(asked(&sandbox)[2..], ["GetSiteType", "AuthenticateUser"]);

    let sso = support::sandbox(SiteKind::Sso);
    let both = [("WEBEX_XML_PASSWORD", HOST.password), ("WEBEX_XML_SAML_RESPONSE", HOST.saml_response)];
    done(call(&sso, AUTHENTICATE, &both, b""));
    assert!(request(&sso).contains("<samlResponse>") && !request(&sso).contains("<password>"));
}

#[test]
fn other_calls_get_a_ticket_by_a_token() {
    let sandbox = sandbox(SiteKind::Ci);
    let get = format!("webExId={}", HOST.webex_id);
    let token = [("WEBEX_XML_USER", HOST.webex_id), ("WEBEX_XML_ACCESS_TOKEN", HOST.access_token)];
    done(call(&sandbox, &["getUser", "--set", &get], &token, b""));
    assert_eq!(asked(&sandbox), ["AuthenticateUser", "GetUser"]);
}

#[test]
fn a_flag_takes_precedence_over_the_environment() {
    let sandbox = sandbox(SiteKind::Sso);
    let as_host = [("WEBEX_XML_USER", HOST.webex_id), ("WEBEX_XML_PASSWORD", HOST.password)];
    done(call(&sandbox, &["getSiteType", "--anonymous"], &as_host, b""));
    assert!(!request(&sandbox).contains("webExID"), "{}", request(&sandbox));
    let with_email = [as_host[0], ("WEBEX_XML_EMAIL", "other@acme.example"), as_host[1]];
    done(call(&sandbox, &["getSiteType", "--anonymous"], &with_email, b""));
    done(call(&sandbox, &["getAPIVersion", "--email", HOST.webex_id], &as_host, b""));
    assert!(request(&sandbox).contains("<email>") && !request(&sandbox).contains("webExID"), "{}", request(&sandbox));
    done(call(&sandbox, &["getAPIVersion", "--user", HOST.webex_id], &with_email, b""));
    let both = call(&sandbox, &["getAPIVersion"], &with_email, b"");
    assert!(both.status == 2 && both.err.contains("--user or --email"), "{}", both.err);
    for flags in [["--user", "jane"], ["--email", "jane@acme.example"]] {
        let contradiction = call(&sandbox, &[&["getAPIVersion", "--anonymous"], &flags[..]].concat(), &[], b"");
        assert!(contradiction.status == 2 && contradiction.err.contains("cannot be used with"), "{}", contradiction.err);
    }
    let admin = [("WEBEX_XML_PASSWORD", ADMIN.password), ("WEBEX_XML_EMAIL", "nobody@acme.example")];
    done(call(&sandbox, &["getAPIVersion", "--user", ADMIN.webex_id], &admin, b""));
    assert!(request(&sandbox).contains("webExID") && !request(&sandbox).contains("<email>"), "{}", request(&sandbox));
}

#[test]
fn a_dry_run_of_a_login_masks_the_credential() {
    let dry = |environment: &[(&str, &str)], more: &[&str]| {
        let ran = run(&[&["call", "authenticateUser", "--dry-run", "--site", "acme", "--user", "jane"], more].concat(), environment, b"");
        assert!(ran.status == 0 && !ran.out.contains("c4n4ry"), "{}{}", ran.out, ran.err);
        ran.out
    };
    let by_field = dry(&[("T", "c4n4ry"), ("WEBEX_XML_PASSWORD", "c4n4ry")], &["--set", "accessToken=@env:T"]);
    assert!(by_field.contains("<accessToken>******</accessToken>") && !by_field.contains("<password>"), "{by_field}");
    let by_environment = dry(&[("WEBEX_XML_ACCESS_TOKEN", "c4n4ry")], &[]);
    assert!(by_environment.contains("<accessToken>******</accessToken>") && !by_environment.contains("sessionTicket"), "{by_environment}");
    assert!(dry(&[], &[]).contains("<password>******</password>"));
}

#[test]
fn a_request_contains_everything_known_about_the_site() {
    let sandbox = sandbox(SiteKind::Sso);
    let partner = [("WEBEX_XML_PARTNER_ID", "a-partner")];
    done(call(&sandbox, &["getSiteType", "--anonymous", "--site-id", "5941234567"], &partner, b""));
    let sent = request(&sandbox);
    assert!(sent.contains("<siteName>acme</siteName>") && sent.contains("<siteID>5941234567</siteID>"), "{sent}");
    let url = sandbox.base_url();
    let number = run(&["call", "getSiteType", "--anonymous", "--url", &url, "--site-id", "5941234567"], &partner, b"");
    assert!(
        number.status == 2 && number.err.contains("only the site's number is known") && number.err.contains("--site NAME"),
        "{}",
        number.err
    );
    assert_eq!(sandbox.exchanges().len(), 1);
}
