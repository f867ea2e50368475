//! Tests how requests identify sites known by name, number or both, and which calls fail before they are sent because the name is missing.
//! Addresses are tested in `src/endpoint.rs`.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a failed test panics")]

#[path = "support/site.rs"]
mod site;

use std::time::{Duration, SystemTime};

use site::Played;
use webex_xml::testing::Canned;
use webex_xml::{AsyncClient, Client, Credentials, Error, Login, NotSentKind, Session, Site, SiteType, Ticket, UserManagement, ep, user};

const NUMBER: i64 = 5_941_234_567;

fn numbered() -> Site {
    Site::numbered(NUMBER, "a-partner").at("https://api.example.com")
}

fn named() -> Site {
    Site::named("acme").identified_by(NUMBER, "a-partner")
}

/// Returns a site that accepts logins, and responds to all other operations like `getAPIVersion`.
fn played() -> Played {
    Played::new(|_, operation, _| match operation {
        "GetSiteType" => Canned::new().answer(ep::GetSiteTypeResponse::new(1)),
        "AuthenticateUser" => Canned::new().answer(user::AuthenticateUserResponse::new("a-ticket").with_time_to_live(5400)),
        "CreateUser" => Canned::new().answer(user::CreateUserResponse::new()),
        _ => Canned::new().answer(ep::GetApiVersionResponse::new("9.0")),
    })
}

/// Returns the security context of a request.
fn context(site: Site, credentials: Credentials) -> String {
    let client = Client::with_transport(site, Canned::new()).with_credentials(credentials);
    let exchange = client.core().prepare(ep::GetApiVersion::new()).unwrap();
    let xml = String::from_utf8(exchange.http().body.clone()).unwrap();
    xml.split("<securityContext>").nth(1).unwrap().split("</securityContext>").next().unwrap().to_owned()
}

#[test]
fn requests_contain_everything_known_about_the_site() {
    let nobody = Credentials::anonymous;
    let number = format!("<siteID>{NUMBER}</siteID>");
    assert_eq!(context(Site::named("acme"), nobody()), "<siteName>acme</siteName>");
    assert_eq!(context(numbered(), nobody()), format!("{number}<partnerID>a-partner</partnerID>"));
    assert_eq!(context(named(), nobody()), format!("{number}<siteName>acme</siteName><partnerID>a-partner</partnerID>"));
    let jane = Credentials::password("jane", "p").with_partner_id("her-partner");
    let caller = "<webExID>jane</webExID><password>p</password>";
    assert_eq!(context(named(), jane.clone()), format!("{caller}{number}<siteName>acme</siteName><partnerID>her-partner</partnerID>"));
    assert_eq!(context(Site::named("acme"), jane), format!("{caller}<siteName>acme</siteName><partnerID>her-partner</partnerID>"));
}

#[track_caller]
fn needs_a_name(result: Result<impl std::fmt::Debug, Error>) {
    let Err(Error::NotSent(error)) = result else { panic!("{result:?}") };
    assert_eq!(error.kind, NotSentKind::SiteNameMissing);
    let text = error.to_string();
    assert!(
        text.contains("was not sent: getSiteType finds the site by its name, and only the site's number is known")
            && text.contains("give its name too"),
        "{text}"
    );
}

#[tokio::test]
async fn a_call_that_needs_the_site_name_fails_before_sending() {
    let site = played();
    let client = || Client::with_transport(numbered(), site.clone());
    let proofs = || Login::user("jane").with_password("p").with_access_token("t");
    needs_a_name(client().call(ep::GetSiteType::new()));
    needs_a_name(client().call_dynamic(ep::GetSiteType::new().into()));
    needs_a_name(client().call_all((ep::GetApiVersion::new(), ep::GetSiteType::new())).map(drop));
    needs_a_name(client().site_type());
    needs_a_name(client().with_user_management(UserManagement::AskFirst).call(user::DelUser::new(["jane"])));
    needs_a_name(client().with_session(Session::new(proofs())).call(ep::GetApiVersion::new()));
    let client = AsyncClient::with_transport(numbered(), site.clone()).with_session(Session::new(proofs()));
    needs_a_name(client.call(ep::GetApiVersion::new()).await);
    assert_eq!(site.asked(), Vec::<String>::new());
}

#[test]
fn calls_that_need_no_name_are_sent_by_number() {
    let site = played();
    let client = Client::with_transport(numbered(), site.clone());
    assert!(client.call(ep::GetApiVersion::new()).is_ok());
    let one_proof = client.clone().with_session(Session::new(Login::user("jane").with_password("p")));
    assert!(one_proof.call(ep::GetApiVersion::new()).is_ok());
    let told = client.with_site_type(SiteType::CommonIdentity);
    let session = Session::new(Login::user("jane").with_password("p").with_access_token("t"));
    assert!(told.with_session(session).call(ep::GetApiVersion::new()).is_ok());
    assert_eq!(site.asked(), ["GetAPIVersion", "AuthenticateUser", "GetAPIVersion", "AuthenticateUser", "GetAPIVersion"]);
}

#[test]
fn a_site_with_name_and_number_supports_all_calls() {
    let site = played();
    let client = Client::with_transport(named(), site.clone()).with_user_management(UserManagement::AskFirst);
    let session = Session::new(Login::user("jane").with_password("p").with_access_token("t"));
    assert!(client.with_session(session).call(user::CreateUser::new("joe")).is_err(), "a Common Identity site refuses it");
    assert_eq!(site.asked(), ["GetSiteType"]);
}

#[test]
fn a_stored_ticket_is_used_for_both_names_of_its_site() {
    let ticket = || Ticket::new("a-ticket", SystemTime::now() + Duration::from_secs(3600));
    for (kept_for, own, asked) in [
        ("acme", named(), 1),
        ("ACME", Site::named("acme"), 1),
        ("5941234567", named(), 1),
        ("5941234567", numbered(), 1),
        ("other", named(), 2),
        ("", numbered(), 2),
    ] {
        let site = played();
        let session = Session::new(Login::user("jane").with_password("p")).with_ticket(kept_for, ticket());
        let client = Client::with_transport(own, site.clone()).with_session(session);
        assert!(client.call(ep::GetApiVersion::new()).is_ok());
        assert_eq!(site.asked().len(), asked, "{kept_for}");
    }
}
