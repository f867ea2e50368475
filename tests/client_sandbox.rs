//! Tests each operation of the release with the real client and the real sandbox over HTTP, as a user would call it. The tests of each
//! alone are in `runtime/tests/` and `sandbox/tests/`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a failed test panics")]

use std::sync::{Arc, Mutex};

use webex_xml::{Client, Credentials, Error, FaultKind, Site, ep, serv, site, time_zone, user};
use webex_xml_sandbox::{ADMIN, Account, HOST, MEETING_PASSWORD, ROOM_KEY, Sandbox, SiteKind};

fn sandbox(kind: SiteKind) -> Sandbox {
    Sandbox::builder().site("acme").kind(kind).start().unwrap()
}

fn anonymous(sandbox: &Sandbox) -> Client {
    Client::new(Site::named("acme").at(sandbox.base_url()))
}

fn signed_in(sandbox: &Sandbox, account: &Account) -> Client {
    anonymous(sandbox).with_credentials(Credentials::password(account.webex_id, account.password))
}

#[track_caller]
fn fault(result: Result<impl std::fmt::Debug, Error>) -> FaultKind {
    match result {
        Err(Error::Fault(fault)) => fault.kind(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn every_site_type() {
    for kind in SiteKind::ALL {
        let reply = anonymous(&sandbox(kind)).call(&ep::GetSiteType::new()).unwrap();
        assert_eq!(
            (reply.site_type.clone(), reply.result.as_str(), reply.gsb_status.as_deref()),
            (kind.number().into(), "SUCCESS", Some("PRIMARY"))
        );
        assert!(reply.notes.is_empty() && reply.raw_size > 100, "{reply:?}");
    }
}

#[test]
fn user_management_on_a_unified_site_is_a_typed_fault() {
    let client = signed_in(&sandbox(SiteKind::Ci), &ADMIN);
    let client = client.clone();
    assert!(matches!(client.call(&user::CreateUser::new("jane".to_owned())), Err(Error::MaybeSent(e)) if e.is_connect()), "it stopped");

    let sandbox = sandbox(SiteKind::Ci);
    let client = signed_in(&sandbox, &ADMIN);
    assert_eq!(fault(client.call(&user::CreateUser::new("jane".to_owned()))), FaultKind::UnifiedSite);
    assert_eq!(fault(client.call(&user::DelUser::new(["jane"]))), FaultKind::UnifiedSite);
}

#[test]
fn a_user_is_created_changed_and_deleted() {
    let sandbox = sandbox(SiteKind::Sso);
    let admin = signed_in(&sandbox, &ADMIN);
    let jane = user::CreateUser::new("jane".to_owned())
        .with_first_name("Jane & J\u{e4}ne <x>")
        .with_email("jane@acme.example")
        .with_password("Jane-Pass-1");
    assert!(admin.call(&jane).unwrap().user_id.is_some());
    let found = admin.call(&user::GetUser::new("jane".to_owned())).unwrap();
    assert!(found.notes.is_empty(), "{:?}", found.notes);
    assert_eq!(found.first_name.as_deref(), Some("Jane & J\u{e4}ne <x>"));

    let client = anonymous(&sandbox).with_credentials(Credentials::email_password("jane@acme.example", "Jane-Pass-1"));
    let ticket = client.call(&user::AuthenticateUser::new()).unwrap().into_body().session_ticket;
    let client = client.with_credentials(Credentials::ticket("jane", ticket));
    assert_eq!(client.call(&user::GetUser::new("jane".to_owned())).unwrap().webex_id, "jane");
    client.call(&user::SetUser::new("jane".to_owned()).with_last_name("Doe")).unwrap();
    let found = admin.call(&user::GetUser::new("jane".to_owned())).unwrap();
    assert_eq!((found.first_name.is_some(), found.last_name.as_deref()), (true, Some("Doe")));

    admin.call(&user::DelUser::new(["jane"])).unwrap();
    assert_eq!(fault(admin.call(&user::GetUser::new("jane".to_owned()))), FaultKind::UserNotFound);
    assert_eq!(fault(client.call(&user::AuthenticateUser::new())), FaultKind::UserNotFound);
}

#[test]
fn an_access_token_becomes_a_ticket() {
    let sandbox = sandbox(SiteKind::Ci);
    let client = anonymous(&sandbox).with_credentials(Credentials::user(HOST.webex_id));
    let reply = client.call(&user::AuthenticateUser::new().with_access_token(HOST.access_token)).unwrap();
    assert_eq!(reply.time_to_live, Some(5400));
    assert!(reply.create_time.as_ref().and_then(|at| at.milliseconds()).is_some_and(|ms| ms > 1_400_000_000_000));
    assert!(!format!("{reply:?}").contains(reply.session_ticket.expose()));
    let wrong = client.call(&user::AuthenticateUser::new().with_access_token("wrong"));
    assert_eq!(fault(wrong), FaultKind::AuthenticationServer);
}

#[test]
fn a_personal_room_and_its_secrets() {
    let sandbox = sandbox(SiteKind::Ci);
    let log = Arc::new(Mutex::new(String::new()));
    let lines = Arc::clone(&log);
    let host = signed_in(&sandbox, &HOST).with_wire_log(move |event| lines.lock().unwrap().push_str(event.xml));
    let room = host.call(&ep::GetSessionInfo::new(ROOM_KEY)).unwrap();
    assert!(room.notes.is_empty(), "{:?}", room.notes);
    assert_eq!(room.sip_url.as_deref(), Some("host@acme.webex.com"));
    let access = room.access_control.as_ref().unwrap();
    let audio = access.audio_password.as_ref().unwrap().expose();
    assert!(audio.len() == 8 && audio.bytes().all(|b| b.is_ascii_digit()));
    assert_eq!(access.session_password.as_ref().unwrap().expose(), MEETING_PASSWORD);

    let log = log.lock().unwrap();
    for secret in [audio, MEETING_PASSWORD, HOST.password] {
        assert!(!log.contains(secret) && !format!("{room:?}").contains(secret), "{log}");
    }
    assert!(log.contains("<ep:sipURL>host@acme.webex.com</ep:sipURL>") && log.contains("******"), "{log}");
    let reduced = anonymous(&sandbox).call(&ep::GetSessionInfo::new(ROOM_KEY)).unwrap();
    assert!(reduced.access_control.as_ref().unwrap().audio_password.is_none() && reduced.telephony.is_none());
}

#[test]
fn many_at_once() {
    let sandbox = sandbox(SiteKind::W11Sso);
    let client = signed_in(&sandbox, &ADMIN);
    std::thread::scope(|scope| {
        for thread in 0..8 {
            let client = client.clone();
            scope.spawn(move || {
                for round in 0..10 {
                    let name = format!("u{thread}-{round}");
                    client.call(&user::CreateUser::new(name.clone())).unwrap();
                    assert_eq!(client.call(&user::GetUser::new(name.clone())).unwrap().webex_id, name);
                }
            });
        }
    });
}

#[test]
fn a_list_can_be_streamed_and_read_by_pages() {
    let sandbox = sandbox(SiteKind::W11Sso);
    let client = signed_in(&sandbox, &ADMIN);
    for number in 10..40 {
        client.call(&user::CreateUser::new(format!("u{number}"))).unwrap();
    }
    let pages: Vec<_> = client.list(&user::LstSummaryUser::new()).map(|user| user.unwrap().webex_id).collect();
    let request = user::LstSummaryUser::new().with_list_control(serv::LstControl::new().with_maximum_num(1000));
    let mut streamed = client.stream_list(&request).unwrap();
    let names: Vec<_> = streamed.by_ref().map(|user| user.unwrap().webex_id).collect();
    assert!(names.len() >= 30 && names == pages, "{names:?} {pages:?}");
    let around = streamed.finish().unwrap();
    assert_eq!(around.matching_records.as_ref().map(|records| records.total), names.len().try_into().ok());
}

#[test]
fn client_and_sandbox_know_the_same_time_zones() {
    let sandbox = sandbox(SiteKind::Ci);
    let client = signed_in(&sandbox, &HOST);
    for date in ["01/26/2015 21:00:00", "07/26/2015 21:00:00"] {
        let moment = jiff::civil::DateTime::strptime("%m/%d/%Y %H:%M:%S", date).unwrap();
        let moment = jiff::tz::TimeZone::UTC.to_timestamp(moment).unwrap();
        let zones = client.call(&site::LstTimeZone::new().with_date(date)).unwrap();
        assert_eq!(zones.time_zone.len(), 62);
        for zone in &zones.time_zone {
            let known = jiff::tz::TimeZone::get(time_zone::iana(zone.time_zone_id).unwrap()).unwrap();
            let minutes = i64::from(known.to_offset(moment).seconds()) / 60;
            assert_eq!(zone.gmt_offset, minutes, "{} on {date}", zone.description);
        }
    }
}
