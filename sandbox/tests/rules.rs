//! In: requests to sites of each type. Out: the behaviour of release 9.0, rule by rule.
//! Requests are in the documented form; `call` fills in the envelope.
//! Not here: the forms that requests may have (`wire.rs`).
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests stop where something is wrong")]

#[path = "support/mod.rs"]
mod support;

use std::time::Duration;

use support::text;
use webex_xml_sandbox::{ADMIN, Account, CALLER, HOST, MEETING_KEY, MEETING_PASSWORD, PARTNER_ID, ROOM_KEY, SITE_ID, Sandbox, SiteKind};

fn site(kind: SiteKind) -> Sandbox {
    Sandbox::builder().site("acme").kind(kind).start().unwrap()
}

fn password(account: &Account) -> String {
    format!("<webExID>{}</webExID><password>{}</password><siteName>acme</siteName>", account.webex_id, account.password)
}

/// The answer to `OPERATION` with that security context and those children.
fn call(sandbox: &Sandbox, context: &str, operation: &str, children: &str) -> String {
    let request = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><serv:message xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" \
         xmlns:serv=\"http://www.webex.com/schemas/2002/06/service\"><header><securityContext>{context}</securityContext></header>\
         <body><bodyContent xsi:type=\"java:com.webex.service.binding.{operation}\">{children}</bodyContent></body></serv:message>"
    );
    let (status, answer) = support::post(sandbox, "Content-Type: text/xml; charset=UTF-8\r\n", request.as_bytes());
    assert_eq!(status, 200, "{answer}");
    answer
}

#[track_caller]
fn assert_fault(answer: &str, code: &str) {
    assert_eq!((text(answer, "serv:result"), text(answer, "serv:exceptionID")), (Some("FAILURE"), Some(code)), "{answer}");
}

#[track_caller]
fn assert_success(answer: &str) {
    assert_eq!(text(answer, "serv:result"), Some("SUCCESS"), "{answer}");
}

fn get_user(sandbox: &Sandbox, name: &str) -> String {
    call(sandbox, &password(&ADMIN), "user.GetUser", &format!("<webExId>{name}</webExId>"))
}

const NEW_USER: &str = "<firstName>Jane</firstName><lastName>Doe</lastName><webExId>jane@acme.example</webExId>\
    <email>jane@acme.example</email><password>Jane-Pass-1</password><active>ACTIVATED</active>";

#[test]
fn rule_1_user_management_is_not_for_unified_sites() {
    let ci = site(SiteKind::Ci);
    for (operation, children) in [
        ("user.CreateUser", NEW_USER.to_owned()),
        ("user.DelUser", format!("<webExId>{}</webExId>", HOST.webex_id)),
        ("user.ActivateUser", format!("<webexID>{}</webexID>", HOST.webex_id)),
    ] {
        let answer = call(&ci, &password(&ADMIN), operation, &children);
        assert_fault(&answer, "030098");
        assert_eq!(text(&answer, "serv:reason"), Some("User management is not allowed on unified site"));
        assert_eq!(text(&answer, "serv:gsbStatus"), Some("PRIMARY"));
        assert!(answer.contains("<serv:bodyContent/>"), "{answer}");
    }
    assert_success(&call(&ci, &password(&ADMIN), "user.InactivateUser", &format!("<webexID>{}</webexID>", CALLER.webex_id)));
}

#[test]
fn rule_1_other_sites_manage_users() {
    for kind in SiteKind::ALL.into_iter().filter(|kind| *kind != SiteKind::Ci) {
        let sandbox = site(kind);
        let made = call(&sandbox, &password(&ADMIN), "user.CreateUser", NEW_USER);
        assert_success(&made);
        let id = text(&made, "use:userId").unwrap().to_owned();
        assert_fault(&call(&sandbox, &password(&ADMIN), "user.CreateUser", NEW_USER), "030004");
        let same_mail = NEW_USER.replace("<webExId>jane", "<webExId>joe");
        assert_fault(&call(&sandbox, &password(&ADMIN), "user.CreateUser", &same_mail), "030005");
        let jane = get_user(&sandbox, "JANE@acme.example");
        assert_eq!((text(&jane, "use:userId"), text(&jane, "use:password")), (Some(id.as_str()), Some("******")), "{jane}");

        let own = "<webExID>jane@acme.example</webExID><password>Jane-Pass-1</password><siteName>acme</siteName>";
        let by_id = format!("<userID>{id}</userID>");
        assert_success(&call(&sandbox, &password(&ADMIN), "user.InactivateUser", &by_id));
        assert_fault(&call(&sandbox, own, "user.GetUser", "<webExId>jane@acme.example</webExId>"), "000001");
        assert_success(&call(&sandbox, &password(&ADMIN), "user.ActivateUser", &by_id));
        assert_success(&call(&sandbox, own, "user.GetUser", "<webExId>jane@acme.example</webExId>"));
        assert_fault(&call(&sandbox, own, "user.DelUser", "<webExId>jane@acme.example</webExId>"), "000001");

        let both = "<webExId>jane@acme.example</webExId><webExId>nobody</webExId>";
        let gone = call(&sandbox, &password(&ADMIN), "user.DelUser", both);
        assert_eq!(gone.matches("<use:status>SUCCESS").count(), 1, "{gone}");
        assert_eq!(gone.matches("<use:status>FAILURE").count(), 1, "{gone}");
        assert_fault(&get_user(&sandbox, "jane@acme.example"), "030001");
        assert_fault(&call(&sandbox, &password(&ADMIN), "user.DelUser", "<webExId>nobody</webExId>"), "030001");
    }
}

const COMMON_PROFILE: [(&str, &str); 19] = [
    ("newWebExId", "x"),
    ("firstName", "x"),
    ("lastName", "x"),
    ("title", "x"),
    ("address", "<addressType>GLOBAL</addressType>"),
    ("phones", "<phone>1,,,,,,</phone>"),
    ("email", "x@acme.example"),
    ("email2", "x@acme.example"),
    ("password", "Other-Pass-1"),
    ("passwordHint", "x"),
    ("passwordHintAnswer", "x"),
    ("timeZone", "GMT+01:00, Europe (Berlin)"),
    ("timeZoneID", "25"),
    ("timeZoneWithDST", "x"),
    ("locale", "GERMANY"),
    ("language", "GERMAN"),
    ("languageID", "9"),
    ("active", "DEACTIVATED"),
    ("security", "<lockAccount>true</lockAccount>"),
];

#[test]
fn rule_2_a_unified_site_ignores_the_common_profile() {
    let ci = site(SiteKind::Ci);
    let before = get_user(&ci, HOST.webex_id);
    for (name, value) in COMMON_PROFILE {
        let change = format!("<webExId>{}</webExId><{name}>{value}</{name}>", HOST.webex_id);
        assert_success(&call(&ci, &password(&ADMIN), "user.SetUser", &change));
        assert_eq!(get_user(&ci, HOST.webex_id), before, "{name}");
    }
    let change = format!(
        "<webExId>{}</webExId><firstName>X</firstName><company>Acme</company><privilege><HQvideo>TRUE</HQvideo></privilege>\
         <personalMeetingRoom><PMRAutoLock>true</PMRAutoLock></personalMeetingRoom>",
        HOST.webex_id
    );
    assert_success(&call(&ci, &password(&ADMIN), "user.SetUser", &change));
    let after = get_user(&ci, HOST.webex_id);
    assert_eq!((text(&after, "use:firstName"), text(&after, "use:company")), (Some("Hal"), Some("Acme")));
    assert_eq!((text(&after, "use:HQvideo"), text(&after, "use:isEnableCET")), (Some("true"), Some("true")), "{after}");
    assert_eq!((text(&after, "use:PMRAutoLock"), text(&after, "use:hostPIN")), (Some("true"), Some("2468")), "{after}");
}

#[test]
fn rule_2_other_sites_apply_all() {
    let sandbox = site(SiteKind::NonSso);
    let profile: String = COMMON_PROFILE.iter().map(|(name, value)| format!("<{name}>{value}</{name}>")).collect();
    let change = format!("{profile}<webExId>{}</webExId>", HOST.webex_id).replace("<newWebExId>x", "<newWebExId>hal");
    assert_success(&call(&sandbox, &password(&ADMIN), "user.SetUser", &change));
    assert_fault(&get_user(&sandbox, HOST.webex_id), "030001");
    let after = get_user(&sandbox, "hal");
    for (name, value) in [("use:firstName", "x"), ("use:languageID", "9"), ("use:active", "DEACTIVATED"), ("com:phone", "1,,,,,,")] {
        assert_eq!(text(&after, name), Some(value), "{after}");
    }
    assert_success(&call(&sandbox, &password(&ADMIN), "user.ActivateUser", "<webexID>hal</webexID>"));
    let own = "<webExID>hal</webExID><password>Other-Pass-1</password><siteName>acme</siteName>";
    assert_success(&call(&sandbox, own, "user.GetUser", "<webExId>hal</webExId>"));
}

#[test]
fn rule_3_on_a_unified_site_the_name_is_the_address() {
    for kind in [SiteKind::Ci, SiteKind::Sso] {
        let sandbox = site(kind);
        let by_mail = format!("<email>{}</email><password>{}</password><siteName>acme</siteName>", HOST.webex_id, HOST.password);
        let own = format!("<webExId>{}</webExId>", HOST.webex_id);
        assert_success(&call(&sandbox, &by_mail, "user.GetUser", &own));
    }
}

fn authenticate(sandbox: &Sandbox, secret: &str, children: &str) -> String {
    let context = format!("<siteName>acme</siteName><webExID>{}</webExID>{secret}", HOST.webex_id);
    call(sandbox, &context, "user.AuthenticateUser", children)
}

#[test]
fn rules_6_to_9_what_counts_first() {
    let right = format!("<password>{}</password>", HOST.password);
    let wrong = "<password>wrong</password>";
    let token = format!("<accessToken>{}</accessToken>", HOST.access_token);
    let saml = format!("<samlResponse>{}</samlResponse><protocol>SAML2.0</protocol>", HOST.saml_response);
    let bad_saml = "<samlResponse>x</samlResponse>";
    let bad_token = "<accessToken>x</accessToken>";
    let others_token = format!("<accessToken>{}</accessToken>", ADMIN.access_token);

    let ci = site(SiteKind::Ci);
    for (secret, children) in [(right.as_str(), ""), ("", token.as_str()), (right.as_str(), bad_token)] {
        let answer = authenticate(&ci, secret, children);
        assert!(text(&answer, "use:createTime").is_some() && text(&answer, "use:timeToLive") == Some("5400"), "{answer}");
    }
    assert_fault(&authenticate(&ci, wrong, &token), "030002");
    assert_fault(&authenticate(&ci, "", bad_token), "200006");
    assert_fault(&authenticate(&ci, "", &others_token), "200006");
    let refused = authenticate(&ci, "", &saml);
    assert_fault(&refused, "030048");
    assert!(refused.contains("<serv:exceptionID>AS0001</serv:exceptionID>"), "rule 4: {refused}");
    assert_fault(&authenticate(&ci, "", ""), "030002");

    for kind in [SiteKind::Sso, SiteKind::W11Sso] {
        let sso = site(kind);
        for (secret, children) in [(right.as_str(), ""), ("", saml.as_str()), (wrong, saml.as_str())] {
            let answer = authenticate(&sso, secret, children);
            assert!(text(&answer, "use:sessionTicket").is_some() && text(&answer, "use:createTime").is_none(), "{answer}");
        }
        assert_fault(&authenticate(&sso, &right, bad_saml), "030048");
        assert_fault(&authenticate(&sso, wrong, ""), "030002");
    }
    let context = "<siteName>acme</siteName><webExID>nobody</webExID><password>x</password>";
    assert_fault(&call(&ci, context, "user.AuthenticateUser", ""), "030001");
}

#[test]
fn rules_10_and_20_tickets_end() {
    let sandbox = site(SiteKind::Ci);
    let answer = authenticate(&sandbox, &format!("<password>{}</password>", HOST.password), "");
    let ticket = text(&answer, "use:sessionTicket").unwrap();
    let with =
        |ticket: &str, user: &str| format!("<siteName>acme</siteName><webExID>{user}</webExID><sessionTicket>{ticket}\n</sessionTicket>");
    let own = format!("<webExId>{}</webExId>", HOST.webex_id);
    assert_success(&call(&sandbox, &with(ticket, HOST.webex_id), "user.GetUser", &own));
    assert_fault(&call(&sandbox, &with("nonsense", HOST.webex_id), "user.GetUser", &own), "030047");
    assert_fault(&call(&sandbox, &with(ticket, CALLER.webex_id), "user.GetUser", &own), "030047");
    sandbox.advance_clock(Duration::from_secs(5399));
    assert_success(&call(&sandbox, &with(ticket, HOST.webex_id), "user.GetUser", &own));
    sandbox.advance_clock(Duration::from_secs(2));
    assert_fault(&call(&sandbox, &with(ticket, HOST.webex_id), "user.GetUser", &own), "030047");
}

#[test]
fn rules_11_and_12_site_types_need_the_name_alone() {
    for kind in SiteKind::ALL {
        let sandbox = site(kind);
        let answer = call(&sandbox, "<siteName>acme</siteName>", "ep.GetSiteType", "");
        assert_eq!(text(&answer, "ep:siteType"), Some(kind.number().to_string().as_str()));
        assert_fault(&call(&sandbox, "", "ep.GetSiteType", ""), "000029");
        assert_fault(&call(&sandbox, "<siteName>other</siteName>", "ep.GetSiteType", ""), "000029");
        let number = format!("<siteID>{SITE_ID}</siteID><partnerID>{PARTNER_ID}</partnerID>");
        assert_fault(&call(&sandbox, &number, "ep.GetSiteType", ""), "000029");
        assert_success(&call(&sandbox, &number, "ep.GetAPIVersion", ""));
    }
    let any = Sandbox::builder().start().unwrap();
    assert_success(&call(&any, "<siteName>whatever</siteName>", "ep.GetSiteType", ""));
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

#[test]
fn rule_13_unset_room_settings_have_defaults() {
    let sandbox = site(SiteKind::Train);
    let room = "<personalMeetingRoom><PMRAutoLockWaitTime>17</PMRAutoLockWaitTime><PRNotifications><mode>EMAIL</mode><mode>SMS</mode>\
        </PRNotifications></personalMeetingRoom>";
    assert_success(&call(&sandbox, &password(&ADMIN), "user.CreateUser", &format!("{NEW_USER}{room}")));
    let jane = get_user(&sandbox, "jane@acme.example");
    assert_eq!((text(&jane, "use:PMRAutoLock"), text(&jane, "use:PMRAutoLockWaitTime")), (Some("false"), Some("17")), "{jane}");
    assert_eq!(text(&jane, "use:PRNotifications"), Some("<use:mode>EMAIL</use:mode><use:mode>SMS</use:mode>"));
    let host = get_user(&sandbox, HOST.webex_id);
    assert_eq!((text(&host, "use:PMRAutoLock"), text(&host, "use:PMRAutoLockWaitTime")), (Some("false"), Some("0")));
    assert_eq!(text(&host, "use:PRNotifications"), Some("<use:mode>EMAIL</use:mode>"));
}

fn session(sandbox: &Sandbox, context: &str, key: i64, more: &str) -> String {
    call(sandbox, context, "ep.GetSessionInfo", &format!("<sessionKey>{key}</sessionKey>{more}"))
}

#[test]
fn rule_14_who_needs_an_account_to_join() {
    let sandbox = site(SiteKind::Ci);
    let flag = |key| text(&session(&sandbox, &password(&HOST), key, ""), "ep:joinRequiresAccount").map(str::to_owned);
    for (value, expected) in [(Some("1"), "true"), (Some("2"), "false"), (None, "false")] {
        sandbox.set_pmr_force_login(value);
        assert_eq!(flag(ROOM_KEY).as_deref(), Some(expected));
        assert_eq!(flag(MEETING_KEY).as_deref(), Some("true"), "its own flag");
    }
}

#[test]
fn rule_15_sip_urls_are_for_cet_meetings() {
    let sandbox = site(SiteKind::Ci);
    let room = session(&sandbox, &password(&HOST), ROOM_KEY, "");
    assert_eq!((text(&room, "ep:isCETMeeting"), text(&room, "ep:sipURL")), (Some("true"), Some("host@acme.webex.com")));
    let meeting = session(&sandbox, &password(&HOST), MEETING_KEY, "");
    assert_eq!((text(&meeting, "ep:isCETMeeting"), text(&meeting, "ep:sipURL")), (Some("false"), None));
}

#[test]
fn rules_16_and_17_who_sees_passwords() {
    let sandbox = site(SiteKind::Ci);
    let known = format!("<sessionPassword>{MEETING_PASSWORD}</sessionPassword>");
    let anonymous = "<siteName>acme</siteName>".to_owned();
    for (context, more, all) in [
        (password(&HOST), "", true),
        (password(&ADMIN), "", true),
        (password(&CALLER), "", false),
        (password(&CALLER), known.as_str(), true),
        (anonymous.clone(), "", false),
        (anonymous.clone(), known.as_str(), true),
        (anonymous, "<sessionPassword>wrong</sessionPassword>", false),
    ] {
        let answer = session(&sandbox, &context, MEETING_KEY, more);
        assert_eq!(text(&answer, "ep:passwordReq"), Some("true"));
        assert_eq!(text(&answer, "ep:sessionPassword").is_some(), all, "{answer}");
        assert_eq!(text(&answer, "ep:audioPassword").is_some_and(|digits| digits.len() == 8), all, "{answer}");
        assert_eq!(text(&answer, "ep:isEnforceAudioPassword"), all.then_some("true"));
        assert_eq!(answer.contains("<ep:telephony>"), all);
    }
    let off = Sandbox::builder().audio_password(true, false).start().unwrap();
    let answer = session(&off, &password(&HOST), MEETING_KEY, "");
    assert_eq!((text(&answer, "ep:audioPassword"), text(&answer, "ep:isEnforceAudioLogin")), (None, Some("false")), "{answer}");
    assert_fault(&session(&sandbox, &password(&HOST), 1, ""), "060001");
    assert_fault(&session(&sandbox, &password(&HOST).replace(HOST.password, "x"), ROOM_KEY, ""), "030002");
    assert_fault(&session(&sandbox, &password(&HOST).replace(HOST.webex_id, "x"), ROOM_KEY, ""), "030001");
}

#[test]
fn rule_21_requests_of_2010_still_work() {
    let sandbox = site(SiteKind::NonSso);
    let old = format!("<partnerID>{PARTNER_ID}</partnerID><siteID>{SITE_ID}</siteID>");
    let context = format!("<webExID>{}</webExID><password>{}</password>{old}", ADMIN.webex_id, ADMIN.password);
    let user = "<webExId>old</webExId><email>old@acme.example</email><password>Old-Pass-1</password><firstName>O</firstName>\
        <lastName>L</lastName><privilege><host>true</host></privilege><sendWelcome>false</sendWelcome>";
    assert_success(&call(&sandbox, &context, "user.CreateUser", user));
    assert_success(&call(&sandbox, &context, "user.GetUser", "<webExId>old</webExId>"));
}
