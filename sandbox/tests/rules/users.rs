//! Tests rules 1, 2, 3, 13 and 21: accounts.

use webex_xml_sandbox::{ADMIN, CALLER, HOST, PARTNER_ID, SITE_ID, SiteKind};

use crate::support::text;
use crate::{NEW_USER, assert_fault, assert_success, call, get_user, password, site};

#[test]
fn rule_1_unified_sites_refuse_user_management() {
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
fn rule_1_credentials_are_checked_first() {
    let ci = site(SiteKind::Ci);
    let named = |secret: &str| format!("<siteName>acme</siteName><webExID>{}</webExID>{secret}", CALLER.webex_id);
    for (context, code) in [
        ("<siteName>acme</siteName>".to_owned(), "000001"),
        (named(""), "030002"),
        (named("<password>wrong</password>"), "030002"),
        (named("<sessionTicket>wrong</sessionTicket>"), "030047"),
        (named("").replace("caller", "nobody"), "030001"),
        (password(&CALLER), "030098"),
        (password(&ADMIN), "030098"),
    ] {
        assert_fault(&call(&ci, &context, "user.CreateUser", NEW_USER), code);
    }
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
fn rule_2_other_sites_apply_all_values() {
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
    assert_fault(&call(&sandbox, own, "user.GetUser", "<webExId>hal</webExId>"), "030002");
    let unlock = "<webExId>hal</webExId><security><lockAccount>false</lockAccount></security>";
    assert_success(&call(&sandbox, &password(&ADMIN), "user.SetUser", unlock));
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
