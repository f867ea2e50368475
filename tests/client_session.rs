//! Tests sessions with the sandbox over HTTP: the logins that the release documents for each type of site, renewals, and the fields that a
//! Common Identity site ignores. Concurrent sessions are tested in `runtime/tests/session.rs`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a failed test panics")]

use std::sync::{Arc, Mutex};
use std::time::Duration;

use webex_xml::{
    Client, CommonIdentity, Credentials, Direction, Error, FaultKind, Login, Session, Site, SiteType, UserManagement, ep, serv, user,
};
use webex_xml_sandbox::{ADMIN, Account, HOST, Sandbox, SiteKind};

fn sandbox(kind: SiteKind) -> Sandbox {
    Sandbox::builder().site("acme").kind(kind).start().unwrap()
}

/// Returns a client with a session of that login, and the operations that it sends.
fn client(sandbox: &Sandbox, login: Login) -> (Client, Arc<Mutex<Vec<&'static str>>>) {
    let sent = Arc::new(Mutex::new(Vec::new()));
    let log = Arc::clone(&sent);
    let client = Client::new(Site::named("acme").at(sandbox.base_url())).with_session(Session::new(login)).with_wire_log(move |event| {
        if event.direction == Direction::Sent {
            log.lock().unwrap().push(event.operation);
        }
    });
    (client, sent)
}

fn get(account: &Account) -> user::GetUser {
    user::GetUser::new(account.webex_id)
}

#[test]
fn a_common_identity_site_accepts_the_password_then_the_token() {
    let sandbox = sandbox(SiteKind::Ci);
    let (by_token, sent) = client(&sandbox, Login::user(HOST.webex_id).with_access_token(HOST.access_token));
    by_token.call(&get(&HOST)).unwrap();
    by_token.call(&get(&HOST)).unwrap();
    assert_eq!(*sent.lock().unwrap(), ["authenticateUser", "getUser", "getUser"]);
    let both = Login::user(HOST.webex_id).with_password("wrong").with_access_token(HOST.access_token);
    let (falls_back, sent) = client(&sandbox, both);
    falls_back.call(&get(&HOST)).unwrap();
    assert_eq!(*sent.lock().unwrap(), ["getSiteType", "authenticateUser", "authenticateUser", "getUser"]);
    assert_eq!(falls_back.known_site_type(), Some(SiteType::CommonIdentity));
    falls_back.session().unwrap().forget_ticket();
    falls_back.call(&get(&HOST)).unwrap();
    assert_eq!(sent.lock().unwrap().len(), 6, "the wrong password is not sent again");
}

#[test]
fn a_site_with_single_sign_on_accepts_the_saml_response_then_the_password() {
    let sandbox = sandbox(SiteKind::Sso);
    let (by_saml, sent) = client(&sandbox, Login::user(HOST.webex_id).with_saml_response(HOST.saml_response).with_password("wrong"));
    by_saml.call(&get(&HOST)).unwrap();
    assert_eq!(*sent.lock().unwrap(), ["getSiteType", "authenticateUser", "getUser"]);
    let (by_password, sent) = client(&sandbox, Login::user(HOST.webex_id).with_saml_response("expired").with_password(HOST.password));
    by_password.call(&get(&HOST)).unwrap();
    assert_eq!(*sent.lock().unwrap(), ["getSiteType", "authenticateUser", "authenticateUser", "getUser"]);
}

#[test]
fn an_expired_ticket_is_renewed_silently() {
    let sandbox = sandbox(SiteKind::Ci);
    let (client, sent) = client(&sandbox, Login::user(HOST.webex_id).with_password(HOST.password));
    client.call(&get(&HOST)).unwrap();
    sandbox.advance_clock(Duration::from_secs(5401));
    client.call(&get(&HOST)).unwrap();
    assert_eq!(*sent.lock().unwrap(), ["authenticateUser", "getUser", "getUser", "authenticateUser", "getUser"]);
}

#[test]
fn a_wrong_password_is_not_repeated() {
    let sandbox = sandbox(SiteKind::NonSso);
    let (client, sent) = client(&sandbox, Login::user(HOST.webex_id).with_password("wrong"));
    for _ in 0..3 {
        let error = client.call(&get(&HOST)).unwrap_err();
        assert_eq!(error.as_fault().unwrap().kind(), FaultKind::WrongCredentials);
    }
    assert_eq!(*sent.lock().unwrap(), ["authenticateUser"]);
}

#[test]
fn fields_that_a_common_identity_site_ignores_are_listed_and_removed() {
    let sandbox = sandbox(SiteKind::Ci);
    let admin = Client::new(Site::named("acme").at(sandbox.base_url()))
        .with_credentials(Credentials::password(ADMIN.webex_id, ADMIN.password))
        .with_user_management(UserManagement::AskFirst);
    let before = admin.call(&get(&HOST)).unwrap();
    let request = user::SetUser::new(HOST.webex_id).with_first_name("Nobody").with_company("Acme");
    assert_eq!(request.ignored_fields(), ["firstName"]);
    admin.call(&request).unwrap();
    let after = admin.call(&get(&HOST)).unwrap();
    assert_eq!((after.first_name.as_ref(), after.company.as_deref()), (before.first_name.as_ref(), Some("Acme")));
    admin.call(&request.without_ignored_fields()).unwrap();
    let refused = admin.call(&user::CreateUser::new("jane@acme.example")).unwrap_err();
    assert!(matches!(refused, Error::Fault(fault) if fault.kind() == FaultKind::UnifiedSite && !fault.sent));
    assert_eq!(admin.call(&ep::GetSiteType::new()).unwrap().site_type, 1);
}

#[test]
fn a_list_of_users_is_read_page_by_page() {
    let sandbox = sandbox(SiteKind::NonSso);
    let (admin, sent) = client(&sandbox, Login::user(ADMIN.webex_id).with_password(ADMIN.password));
    for number in 0..9 {
        admin.call(&user::CreateUser::new(format!("u{number}"))).unwrap();
    }
    let request = user::LstSummaryUser::new().with_list_control(serv::LstControl::new().with_maximum_num(4));
    let names = |at_once: usize| -> Vec<String> { admin.list(&request).at_once(at_once).map(|user| user.unwrap().webex_id).collect() };
    let one_by_one = names(1);
    let lists = sent.lock().unwrap().iter().filter(|operation| **operation == "lstsummaryUser").count();
    assert_eq!(lists, one_by_one.len().div_ceil(4));
    assert!((0..9).all(|number| one_by_one.contains(&format!("u{number}"))), "{one_by_one:?}");
    assert_eq!(names(3), one_by_one);
    let page = admin.pages(&request).next().unwrap().unwrap();
    assert_eq!(page.total, Some(i64::try_from(one_by_one.len()).unwrap()));
}
