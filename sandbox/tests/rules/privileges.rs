//! Tests permissions: only administrators grant privileges, and users cannot change what belongs to others.

use webex_xml_sandbox::{ADMIN, Account, CALLER, HOST, MEETING_KEY, ROOM_KEY, Sandbox, SiteKind};

use crate::support::text;
use crate::{assert_fault, assert_success, call, get_user, password, site};

fn set(sandbox: &Sandbox, caller: &Account, whom: &Account, change: &str) -> String {
    call(sandbox, &password(caller), "user.SetUser", &format!("<webExId>{}</webExId>{change}", whom.webex_id))
}

#[test]
fn users_cannot_grant_themselves_privileges() {
    let granted = [
        "<privilege><siteAdmin>true</siteAdmin></privilege>",
        "<privilege><roSiteAdmin>true</roSiteAdmin></privilege>",
        "<privilege><host>true</host></privilege>",
        "<privilege><labAdmin>true</labAdmin></privilege>",
        "<privilege><isEnablePMR>true</isEnablePMR></privilege>",
        "<active>DEACTIVATED</active>",
        "<security><lockAccount>true</lockAccount></security>",
        "<expirationDate>12/31/2099 00:00:00</expirationDate>",
        "<meetingTypes><meetingType>999</meetingType></meetingTypes>",
        "<service>FREE_OFFICE</service>",
        "<supportedServices><trainingCenter>true</trainingCenter></supportedServices>",
        "<myWebEx><totalStorageSize>9999</totalStorageSize></myWebEx>",
        "<webACDPrefs><isMgr>true</isMgr></webACDPrefs>",
        "<visitCount>7</visitCount>",
    ];
    let sandbox = site(SiteKind::NonSso);
    let before = get_user(&sandbox, CALLER.webex_id);
    for change in granted {
        assert_fault(&set(&sandbox, &CALLER, &CALLER, &format!("<title>Dr.</title>{change}")), "000001");
        assert_eq!(get_user(&sandbox, CALLER.webex_id), before, "{change}");
        assert_fault(&set(&sandbox, &HOST, &CALLER, change), "000001");
    }
    // A request may repeat values that do not change, because some clients send back what they have read.
    assert_success(&set(
        &sandbox,
        &CALLER,
        &CALLER,
        "<title>Dr.</title><privilege><host>false</host></privilege><active>ACTIVATED</active>",
    ));
    assert_eq!(text(&get_user(&sandbox, CALLER.webex_id), "use:title"), Some("Dr."));
    for change in granted {
        assert_success(&set(&sandbox, &ADMIN, &HOST, change));
    }
}

#[test]
fn users_cannot_make_themselves_administrators_and_delete_others() {
    for kind in SiteKind::ALL {
        let sandbox = site(kind);
        assert_fault(&set(&sandbox, &CALLER, &CALLER, "<privilege><siteAdmin>true</siteAdmin></privilege>"), "000001");
        for (operation, children) in [
            ("user.DelUser", format!("<webExId>{}</webExId>", HOST.webex_id)),
            ("user.InactivateUser", format!("<webexID>{}</webexID>", HOST.webex_id)),
            ("user.LstsummaryUser", String::new()),
            ("meeting.DelMeeting", format!("<meetingKey>{MEETING_KEY}</meetingKey>")),
        ] {
            let answer = call(&sandbox, &password(&CALLER), operation, &children);
            assert_eq!(text(&answer, "serv:result"), Some("FAILURE"), "{operation}: {answer}");
        }
        assert_success(&call(&sandbox, &password(&HOST), "user.GetUser", &format!("<webExId>{}</webExId>", HOST.webex_id)));
    }
}

#[test]
fn reading_the_site_changes_nothing() {
    let sandbox = site(SiteKind::NonSso);
    assert_success(&set(&sandbox, &ADMIN, &CALLER, "<privilege><roSiteAdmin>true</roSiteAdmin></privilege>"));
    assert_success(&call(&sandbox, &password(&CALLER), "user.LstsummaryUser", ""));
    assert_fault(&set(&sandbox, &CALLER, &HOST, "<title>Dr.</title>"), "000001");
    assert_fault(&set(&sandbox, &CALLER, &CALLER, "<privilege><siteAdmin>true</siteAdmin></privilege>"), "000001");
    assert_fault(&call(&sandbox, &password(&CALLER), "user.GetloginurlUser", &format!("<webExID>{}</webExID>", HOST.webex_id)), "000001");
}

/// Creates a meeting of the host with this person as an invitee in this role.
fn meeting_with(sandbox: &Sandbox, email: &str, role: &str) -> i64 {
    let meeting = format!(
        "<metaData><confName>Review</confName></metaData><accessControl><meetingPassword>Secret-9</meetingPassword></accessControl>\
         <participants><attendees><attendee><person><name>N</name><email>{email}</email></person><role>{role}</role></attendee></attendees>\
         </participants>"
    );
    let answer = call(sandbox, &password(&HOST), "meeting.CreateMeeting", &meeting);
    text(&answer, "meet:meetingkey").unwrap_or_else(|| panic!("{answer}")).parse().unwrap()
}

#[test]
fn an_alternate_host_cannot_take_over_the_meeting() {
    let sandbox = site(SiteKind::NonSso);
    assert_success(&set(&sandbox, &ADMIN, &CALLER, "<privilege><host>true</host></privilege>"));
    let key = meeting_with(&sandbox, CALLER.webex_id, "HOST");
    let take = format!("<meetingkey>{key}</meetingkey><schedule><hostWebExID>{}</hostWebExID></schedule>", CALLER.webex_id);
    assert_fault(&call(&sandbox, &password(&CALLER), "meeting.SetMeeting", &take), "060021");
    let host = |sandbox: &Sandbox| {
        let answer = call(sandbox, &password(&ADMIN), "meeting.GetMeeting", &format!("<meetingKey>{key}</meetingKey>"));
        text(&answer, "meet:hostWebExID").unwrap().to_owned()
    };
    assert_eq!(host(&sandbox), HOST.webex_id);
    // An empty name changes nothing, even if an administrator sends it.
    let none = format!("<meetingkey>{key}</meetingkey><schedule><hostWebExID/></schedule>");
    assert_success(&call(&sandbox, &password(&ADMIN), "meeting.SetMeeting", &none));
    assert_eq!(host(&sandbox), HOST.webex_id);
    assert_success(&call(&sandbox, &password(&ADMIN), "meeting.SetMeeting", &take));
    assert_eq!(host(&sandbox), CALLER.webex_id);
}

#[test]
fn nobody_can_take_over_an_invitation() {
    let sandbox = site(SiteKind::NonSso);
    let key = meeting_with(&sandbox, "guest@elsewhere.example", "HOST");
    let get = format!("<meetingKey>{key}</meetingKey>");
    assert_fault(&call(&sandbox, &password(&CALLER), "meeting.GetMeeting", &get), "000001");
    for change in ["<email>Guest@elsewhere.example</email>", "<newWebExId>guest@elsewhere.example</newWebExId>"] {
        assert_fault(&set(&sandbox, &CALLER, &CALLER, change), "000001");
    }
    assert_success(&set(&sandbox, &CALLER, &CALLER, "<email>cay@acme.example</email>"));
    assert_success(&set(&sandbox, &ADMIN, &CALLER, "<email>guest@elsewhere.example</email>"));
    assert_success(&call(&sandbox, &password(&CALLER), "meeting.GetMeeting", &get));
}

#[test]
fn objects_of_a_deleted_user_do_not_pass_to_a_new_one() {
    let sandbox = site(SiteKind::NonSso);
    let ticket = call(&sandbox, &password(&HOST), "user.AuthenticateUser", "");
    let ticket = text(&ticket, "use:sessionTicket").unwrap();
    // Names are compared without regard to letter case and surrounding spaces.
    assert_success(&call(&sandbox, &password(&ADMIN), "user.DelUser", &format!("<webExId> {}</webExId>", HOST.webex_id.to_uppercase())));
    let again = format!("<webExId>{0}</webExId><email>{0}</email><password>New-Pass-1</password>", HOST.webex_id);
    assert_success(&call(&sandbox, &password(&ADMIN), "user.CreateUser", &again));
    let context = |secret: &str| format!("<webExID>{}</webExID>{secret}<siteName>acme</siteName>", HOST.webex_id);
    let own = format!("<webExId>{}</webExId>", HOST.webex_id);
    assert_fault(&call(&sandbox, &context(&format!("<sessionTicket>{ticket}</sessionTicket>")), "user.GetUser", &own), "030047");
    let new = context("<password>New-Pass-1</password>");
    assert_success(&call(&sandbox, &new, "user.GetUser", &own));
    assert_fault(&call(&sandbox, &new, "meeting.GetMeeting", &format!("<meetingKey>{MEETING_KEY}</meetingKey>")), "000001");
    let info = call(&sandbox, &new, "ep.GetSessionInfo", &format!("<sessionKey>{ROOM_KEY}</sessionKey>"));
    assert!(text(&info, "ep:isCreator") == Some("false") && !info.contains("sessionPassword"), "{info}");
}

#[test]
fn a_personal_room_cannot_be_deleted() {
    let sandbox = site(SiteKind::Ci);
    assert_fault(&call(&sandbox, &password(&HOST), "meeting.DelMeeting", &format!("<meetingKey>{ROOM_KEY}</meetingKey>")), "000001");
    assert_fault(&call(&sandbox, &password(&HOST), "ep.DelSession", &format!("<sessionKey>{ROOM_KEY}</sessionKey>")), "000001");
}

#[test]
fn only_administrators_change_the_site() {
    let sandbox = site(SiteKind::NonSso);
    for operation in ["site.SetSite", "user.LstUser", "user.AssignWebACDQueues", "user.AssignWebACDAgents"] {
        assert_fault(&call(&sandbox, &password(&CALLER), operation, ""), "000001");
        assert_success(&call(&sandbox, &password(&ADMIN), operation, ""));
    }
    // Events have no state, but users still cannot create one for another host.
    let event =
        |host: &str| format!("<metaData><sessionName>x</sessionName></metaData><schedule><hostWebExID>{host}</hostWebExID></schedule>");
    assert_fault(&call(&sandbox, &password(&CALLER), "event.CreateEvent", &event(HOST.webex_id)), "000001");
    assert_success(&call(&sandbox, &password(&CALLER), "event.CreateEvent", &event(CALLER.webex_id)));
    assert_success(&call(&sandbox, &password(&ADMIN), "event.CreateEvent", &event(HOST.webex_id)));
    let history = format!("<hostWebExID>{}</hostWebExID>", HOST.webex_id);
    assert_fault(&call(&sandbox, &password(&CALLER), "history.LstmeetingusageHistory", &history), "000001");
}
