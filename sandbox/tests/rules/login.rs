//! Tests rules 4 to 12 and 20: which credentials the site accepts.

use std::time::Duration;

use webex_xml_sandbox::{ADMIN, Account, AuthenticationServer, CALLER, HOST, PARTNER_ID, SITE_ID, Sandbox, SiteKind};

use crate::support::text;
use crate::{assert_fault, assert_success, call, password, site};

fn authenticate(sandbox: &Sandbox, secret: &str, children: &str) -> String {
    let context = format!("<siteName>acme</siteName><webExID>{}</webExID>{secret}", HOST.webex_id);
    call(sandbox, &context, "user.AuthenticateUser", children)
}

fn right_password() -> String {
    format!("<password>{}</password>", HOST.password)
}

fn right_token() -> String {
    format!("<accessToken>{}</accessToken>", HOST.access_token)
}

fn right_saml() -> String {
    format!("<samlResponse>{}</samlResponse><protocol>SAML2.0</protocol>", HOST.saml_response)
}

const WRONG_PASSWORD: &str = "<password>wrong</password>";
const WRONG_TOKEN: &str = "<accessToken>wrong</accessToken>";
const WRONG_SAML: &str = "<samlResponse>wrong</samlResponse>";

const SSO: [SiteKind; 2] = [SiteKind::Sso, SiteKind::W11Sso];
const WITHOUT_SSO: [SiteKind; 2] = [SiteKind::Train, SiteKind::NonSso];

/// Returns the security context of the host with a ticket.
fn with_ticket(ticket: &str, name: &str) -> String {
    // The tickets in the samples of the release note end with a line break.
    format!("<siteName>acme</siteName><webExID>{name}</webExID><sessionTicket>{ticket}\n</sessionTicket>")
}

fn own() -> String {
    format!("<webExId>{}</webExId>", HOST.webex_id)
}

#[test]
fn rule_4_partners_saml_is_refused_on_unified_sites() {
    let refused = authenticate(&site(SiteKind::Ci), "", &right_saml());
    assert_fault(&refused, "030048");
    assert!(refused.contains("<serv:exceptionID>AS0001</serv:exceptionID>"), "{refused}");
}

#[test]
fn rule_5_password_saml_and_login_ticket_still_log_in() {
    let sso = site(SiteKind::Sso);
    assert_success(&call(&sso, &password(&HOST), "user.GetUser", &own()));
    let by_saml = authenticate(&sso, "", &right_saml());
    assert_success(&call(&sso, &with_ticket(text(&by_saml, "use:sessionTicket").unwrap(), HOST.webex_id), "user.GetUser", &own()));

    let made = call(&sso, &password(&HOST), "user.GetLoginTicket", "");
    let once = text(&made, "use:ticket").unwrap_or_else(|| panic!("{made}"));
    assert_eq!(text(&made, "use:apiVersion"), Some("WebEx XML API V9.0.0"));
    assert_fault(&call(&sso, &with_ticket(once, CALLER.webex_id), "user.GetUser", &own()), "030047");
    assert_success(&call(&sso, &with_ticket(once, HOST.webex_id), "user.GetUser", &own()));
    assert_fault(&call(&sso, &with_ticket(once, HOST.webex_id), "user.GetUser", &own()), "030047");
    assert_fault(&call(&sso, "<siteName>acme</siteName>", "user.GetLoginTicket", ""), "000001");
}

#[test]
fn rule_5_a_login_ticket_becomes_a_session_ticket() {
    for kind in SiteKind::ALL {
        let sandbox = site(kind);
        let made = call(&sandbox, &password(&HOST), "user.GetLoginTicket", "");
        let once = text(&made, "use:ticket").unwrap();
        let secret = format!("<sessionTicket>{once}</sessionTicket>");
        let answer = authenticate(&sandbox, &secret, "");
        let ticket = text(&answer, "use:sessionTicket").unwrap_or_else(|| panic!("{answer}"));
        assert_success(&call(&sandbox, &with_ticket(ticket, HOST.webex_id), "user.GetUser", &own()));
        assert_fault(&authenticate(&sandbox, &secret, ""), "030047");
    }
}

#[test]
fn rule_5_login_addresses_contain_a_login_ticket() {
    let sandbox = site(SiteKind::Ci);
    let of_host = format!("<webExID>{}</webExID><backURL>https://a.example/?b=1&amp;c</backURL>", HOST.webex_id);
    let answer = call(&sandbox, &password(&HOST), "user.GetloginurlUser", &of_host);
    let address = text(&answer, "use:userLoginURL").unwrap_or_else(|| panic!("{answer}"));
    assert!(address.starts_with("https://acme.webex.com/acme/p.php?AT=LI&amp;WID=host%40acme.example&amp;TK=AAAB"), "{address}");
    assert!(address.ends_with("&amp;BU=https%3A%2F%2Fa.example%2F%3Fb%3D1%26c"), "{address}");
    let ticket = address.split("TK=").nth(1).unwrap().split("&amp;").next().unwrap();
    let ticket = ticket.replace("%2B", "+").replace("%2F", "/").replace("%3D", "=");
    assert_success(&call(&sandbox, &with_ticket(&ticket, HOST.webex_id), "user.GetUser", &own()));
    assert_fault(&call(&sandbox, &password(&CALLER), "user.GetloginurlUser", &of_host), "000001");
    assert_success(&call(&sandbox, &password(&HOST), "user.GetlogouturlUser", &of_host));
}

#[test]
fn rule_6_passwords_are_validated() {
    for kind in SiteKind::ALL {
        let sandbox = site(kind);
        assert_success(&authenticate(&sandbox, &right_password(), ""));
        assert_fault(&authenticate(&sandbox, WRONG_PASSWORD, ""), "030002");
        assert_fault(&authenticate(&sandbox, "", ""), "030002");
        let nobody = "<siteName>acme</siteName><webExID>nobody</webExID><password>x</password>";
        assert_fault(&call(&sandbox, nobody, "user.AuthenticateUser", ""), "030001");
    }
}

#[test]
fn rule_6_passwords_in_the_body_are_validated() {
    for kind in SiteKind::ALL {
        let sandbox = site(kind);
        assert_success(&authenticate(&sandbox, "", &right_password()));
        assert_success(&authenticate(&sandbox, "", &format!("<use:password>{}</use:password>", HOST.password)));
        assert_fault(&authenticate(&sandbox, "", WRONG_PASSWORD), "030002");
        assert_fault(&authenticate(&sandbox, "", "<password/>"), "030002");
        // A password in the header takes precedence. Other operations do not accept a password in the body.
        assert_success(&authenticate(&sandbox, &right_password(), WRONG_PASSWORD));
        assert_fault(&authenticate(&sandbox, WRONG_PASSWORD, &right_password()), "030002");
        let named = format!("<siteName>acme</siteName><webExID>{}</webExID>", HOST.webex_id);
        assert_fault(&call(&sandbox, &named, "user.GetUser", &(right_password() + &own())), "030002");
        let journal = format!("{:?}", sandbox.exchanges());
        assert!(!journal.contains(HOST.password) && journal.contains("******"), "{journal}");
    }
    // A password takes precedence over an access token, as in the header.
    let ci = site(SiteKind::Ci);
    assert_fault(&authenticate(&ci, "", &format!("{WRONG_PASSWORD}{}", right_token())), "030002");
}

#[test]
fn rule_7_a_saml_response_takes_precedence_over_a_password() {
    for kind in SSO {
        let sso = site(kind);
        assert_success(&authenticate(&sso, "", &right_saml()));
        assert_success(&authenticate(&sso, WRONG_PASSWORD, &right_saml()));
        assert_success(&authenticate(&sso, &right_password(), ""));
        assert_fault(&authenticate(&sso, &right_password(), WRONG_SAML), "030048");
    }
}

#[test]
fn rule_8_a_password_takes_precedence_over_an_access_token() {
    let ci = site(SiteKind::Ci);
    assert_success(&authenticate(&ci, &right_password(), WRONG_TOKEN));
    assert_success(&authenticate(&ci, "", &right_token()));
    assert_fault(&authenticate(&ci, WRONG_PASSWORD, &right_token()), "030002");
}

#[test]
fn rule_9_tickets_come_with_their_times_on_unified_sites() {
    let answer = authenticate(&site(SiteKind::Ci), &right_password(), "");
    let made: i64 = text(&answer, "use:createTime").unwrap().parse().unwrap();
    assert!(made > 1_400_000_000_000, "in milliseconds: {made}");
    assert_eq!(text(&answer, "use:timeToLive"), Some("5400"));
    for kind in SSO {
        let answer = authenticate(&site(kind), "", &right_saml());
        assert!(text(&answer, "use:sessionTicket").is_some() && text(&answer, "use:createTime").is_none(), "{answer}");
    }
    for kind in WITHOUT_SSO {
        let answer = authenticate(&site(kind), &right_password(), "");
        assert!(text(&answer, "use:sessionTicket").is_some() && text(&answer, "use:createTime").is_none(), "as before: {answer}");
        assert!(text(&answer, "use:timeToLive").is_none(), "{answer}");
    }
}

#[test]
fn rule_9_sites_without_single_sign_on_refuse_saml() {
    for kind in WITHOUT_SSO {
        assert_fault(&authenticate(&site(kind), "", &right_saml()), "030048");
        assert_success(&authenticate(&site(kind), &right_password(), WRONG_SAML));
        assert_fault(&authenticate(&site(kind), WRONG_PASSWORD, &right_saml()), "030002");
    }
}

#[test]
fn wrong_passwords_lock_the_account() {
    let sandbox = Sandbox::builder().site("acme").kind(SiteKind::NonSso).lock_after(3).start().unwrap();
    let by_password =
        |account: &Account| call(&sandbox, &password(account), "user.GetUser", &format!("<webExId>{}</webExId>", account.webex_id));
    let wrong = |times| (0..times).for_each(|_| assert_fault(&authenticate(&sandbox, WRONG_PASSWORD, ""), "030002"));
    let lock = || text(&crate::get_user(&sandbox, HOST.webex_id), "use:lockAccount").map(str::to_owned);

    let ticket = authenticate(&sandbox, &right_password(), "");
    let ticket = with_ticket(text(&ticket, "use:sessionTicket").unwrap(), HOST.webex_id);
    wrong(2);
    assert_success(&by_password(&HOST)); // a correct password resets the count
    wrong(2);
    assert_fault(&authenticate(&sandbox, "", ""), "030002"); // without a password, nothing is counted
    assert_eq!(lock(), None);
    wrong(1);
    assert_eq!(lock().as_deref(), Some("true"));
    assert_fault(&by_password(&HOST), "030002");
    assert_fault(&authenticate(&sandbox, &right_password(), ""), "030002");
    assert_success(&call(&sandbox, &ticket, "user.GetUser", &own()));
    assert_success(&by_password(&CALLER));

    let set = |children: &str| call(&sandbox, &password(&ADMIN), "user.SetUser", &format!("{}{children}", own()));
    assert_success(&set("<security><lockAccount>false</lockAccount></security>"));
    assert_success(&by_password(&HOST));
    wrong(3);
    assert_success(&set("<password>Other-Pass-1</password>"));
    assert_success(&authenticate(&sandbox, "<password>Other-Pass-1</password>", ""));
    wrong(3);
    sandbox.advance_clock(Duration::from_secs(30 * 60 + 1));
    assert_success(&authenticate(&sandbox, "<password>Other-Pass-1</password>", ""));
    assert_success(&set("<security><lockAccount>true</lockAccount></security>"));
    sandbox.advance_clock(Duration::from_secs(24 * 60 * 60));
    assert_fault(&authenticate(&sandbox, "<password>Other-Pass-1</password>", ""), "030002");
}

#[test]
fn locking_counts_messages_and_can_be_switched_off() {
    // A message counts as one attempt, even if it contains two operations and authenticateUser checks the password a second time.
    let sandbox = Sandbox::builder().site("acme").lock_after(2).start().unwrap();
    let twice = format!("</bodyContent><bodyContent xsi:type=\"java:com.webex.service.binding.user.GetUser\">{}", own());
    assert_fault(&authenticate(&sandbox, WRONG_PASSWORD, &twice), "030002");
    assert_success(&authenticate(&sandbox, &right_password(), ""));
    let sandbox = Sandbox::builder().site("acme").lock_after(0).start().unwrap();
    (0..20).for_each(|_| assert_fault(&authenticate(&sandbox, WRONG_PASSWORD, ""), "030002"));
    assert_success(&authenticate(&sandbox, &right_password(), ""));
    // A wrong password is not counted if a SAML response takes precedence.
    let sso = Sandbox::builder().site("acme").kind(SiteKind::Sso).lock_after(1).start().unwrap();
    assert_success(&authenticate(&sso, WRONG_PASSWORD, &right_saml()));
    assert_success(&authenticate(&sso, &right_password(), ""));
}

#[test]
fn rule_10_each_failure_has_its_code() {
    let ci = site(SiteKind::Ci);
    assert_fault(&authenticate(&ci, "", WRONG_TOKEN), "200006");
    let others = format!("<accessToken>{}</accessToken>", ADMIN.access_token);
    assert_fault(&authenticate(&ci, "", &others), "200006");
    assert_fault(&call(&ci, &with_ticket("nonsense", HOST.webex_id), "user.GetUser", &own()), "030047");
    ci.set_authentication_server(AuthenticationServer::Unreachable);
    let answer = authenticate(&ci, &right_password(), "");
    assert_fault(&answer, "000035");
    assert_eq!(text(&answer, "serv:reason"), Some("ASService not responding"));
    ci.set_authentication_server(AuthenticationServer::NoTicket);
    assert_fault(&authenticate(&ci, &right_password(), ""), "030048");
    ci.set_authentication_server(AuthenticationServer::Up);
    assert_success(&authenticate(&ci, &right_password(), ""));
}

#[test]
fn rule_10_each_code_can_be_requested() {
    let sandbox = site(SiteKind::Sso);
    for code in ["200006", "000035", "030002", "030001", "030047", "030048"] {
        sandbox.inject(format!("operation=AuthenticateUser; times=1; exception={code}").parse().unwrap());
        let answer = authenticate(&sandbox, &right_password(), "");
        assert_fault(&answer, code);
        assert_ne!(text(&answer, "serv:reason"), Some("Unknown error"));
        assert_eq!(answer.contains("<serv:subErrors>"), code == "030048", "{answer}");
        assert_success(&authenticate(&sandbox, &right_password(), ""));
    }
}

#[test]
fn rule_11_site_types_need_the_name_alone() {
    let sandbox = site(SiteKind::Ci);
    assert_success(&call(&sandbox, "<siteName>acme</siteName>", "ep.GetSiteType", ""));
    assert_fault(&call(&sandbox, "", "ep.GetSiteType", ""), "000029");
    assert_fault(&call(&sandbox, "<siteName>other</siteName>", "ep.GetSiteType", ""), "000029");
    let number = format!("<siteID>{SITE_ID}</siteID><partnerID>{PARTNER_ID}</partnerID>");
    assert_fault(&call(&sandbox, &number, "ep.GetSiteType", ""), "000029");
    assert_success(&call(&sandbox, &number, "ep.GetAPIVersion", ""));
    let any = Sandbox::builder().start().unwrap();
    assert_success(&call(&any, "<siteName>whatever</siteName>", "ep.GetSiteType", ""));
}

#[test]
fn rule_12_the_five_types_are_numbers() {
    for kind in SiteKind::ALL {
        let answer = call(&site(kind), "<siteName>acme</siteName>", "ep.GetSiteType", "");
        assert_eq!(text(&answer, "ep:siteType"), Some(kind.number().to_string().as_str()));
    }
}

#[test]
fn rule_20_tickets_last_5400_seconds() {
    let sandbox = site(SiteKind::Ci);
    let answer = authenticate(&sandbox, &right_password(), "");
    let ticket = text(&answer, "use:sessionTicket").unwrap();
    let get = |name: &str| call(&sandbox, &with_ticket(ticket, name), "user.GetUser", &own());
    assert_success(&get(HOST.webex_id));
    assert_fault(&get(CALLER.webex_id), "030047");
    sandbox.advance_clock(Duration::from_secs(5390));
    assert_success(&get(HOST.webex_id));
    sandbox.advance_clock(Duration::from_secs(11));
    assert_fault(&get(HOST.webex_id), "030047");
}

#[test]
fn api_version() {
    let sandbox = site(SiteKind::Ci);
    let answer = call(&sandbox, "<siteName>acme</siteName>", "ep.GetAPIVersion", "");
    assert_eq!((text(&answer, "ep:apiVersion"), text(&answer, "ep:trainReleaseVersion")), (Some("WebEx XML API V9.0.0"), None));
    let answer =
        call(&sandbox, "<siteName>acme</siteName>", "ep.GetAPIVersion", "<returnTrainReleaseVersion>TRUE</returnTrainReleaseVersion>");
    assert_eq!(text(&answer, "ep:trainReleaseVersion"), Some("T30L"));
}
