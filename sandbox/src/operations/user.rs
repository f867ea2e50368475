//! Implements the user service: authenticateUser, getLoginTicket, login and logout addresses, createUser, setUser, getUser, delUser,
//! activateUser, inactivateUser and lstsummaryUser. Pictures and similar operations have sample answers.

use std::cmp::Ordering;

use webex_xml_types::com;
use webex_xml_types::serv::ResultType;
use webex_xml_types::user::sales_products_instance::Product;
use webex_xml_types::user::{
    ActivateUser, ActivateUserChoice, ActivateUserResponse, Active, AuthenticateUser, AuthenticateUserResponse, CreateUser,
    CreateUserResponse, DelUser, DelUserResponse, DelUserStatus, GetLoginTicketResponse, GetLoginUrlUser, GetLoginUrlUserResponse,
    GetLogoutUrlUser, GetLogoutUrlUserResponse, GetUser, GetUserResponse, InactivateUser, InactivateUserChoice, InactivateUserResponse,
    LstSummaryUser, LstSummaryUserResponse, OrderBy, PersonalMeetingRoom, PrNotification, PrNotificationMode, SalesCenter,
    SalesProductsInstance, Security, SetUser, SetUserResponse, UserSummaryInstance,
};

use super::lists::{Period, page, sort};
use super::session::zone;
use super::{Call, Outcome};
use crate::faults::Fault;
use crate::site::{self, AuthenticationServer, Caller, Site, SiteKind, Tickets, User, Zone, exposed};

/// The API version that answers contain.
pub(super) const API_VERSION: &str = "WebEx XML API V9.0.0";

/// Authenticates the named user and issues a ticket.
///
/// On a site with single sign-on, a SAML response takes precedence over a password. On a Common Identity site, a password takes
/// precedence over an access token, and a partner's SAML response is ignored. The first credential in that order decides, even if it is
/// wrong. Without any of them, a ticket is checked. Other sites behave as before this release: they accept no SAML response, and do not
/// report the lifetime of the ticket.
pub(super) fn authenticate_user(site: &mut Site, call: &Call<'_>, request: &AuthenticateUser) -> Outcome<AuthenticateUserResponse> {
    match site.flags.authentication_server {
        AuthenticationServer::Up => {}
        AuthenticationServer::Unreachable => return Err(Fault::authentication_server_down()),
        AuthenticationServer::NoTicket => return Err(Fault::no_ticket()),
    }
    let user = site.named(call.context)?.ok_or_else(Fault::user_not_found)?;
    prove(site, user, call, request)?;
    if !user.is_active() {
        return Err(Fault::access_denied());
    }
    let (name, now) = (user.name().to_owned(), site.clock.now_ms());
    let answer = AuthenticateUserResponse::new(site.tickets.issue(&name, now));
    Ok(match site.kind {
        SiteKind::Ci => answer.with_create_time(now).with_time_to_live(Tickets::TIME_TO_LIVE),
        _ => answer,
    })
}

fn prove(site: &Site, user: &User, call: &Call<'_>, request: &AuthenticateUser) -> Outcome<()> {
    let by_password = |password: &str| if site.proves(user, password) { Ok(()) } else { Err(Fault::wrong_credentials()) };
    let by_saml = |saml: &str| if same(site.users.holder_of_saml(saml), user) { Ok(()) } else { Err(Fault::no_ticket()) };
    let by_token = |token: &str| if same(site.users.holder_of_token(token), user) { Ok(()) } else { Err(Fault::authentication_server()) };
    let (saml, token) = (exposed(&request.saml_response), exposed(&request.access_token));
    match (site.kind, exposed(&call.context.password), token, saml) {
        (SiteKind::Ci, Some(password), ..) => by_password(password),
        (SiteKind::Ci, None, Some(token), _) => by_token(token),
        (kind, _, _, Some(saml)) if kind.is_sso() => by_saml(saml),
        (_, Some(password), ..) => by_password(password),
        (_, None, _, Some(_)) => Err(Fault::no_ticket()),
        (..) if exposed(&call.context.session_ticket).is_some() => call.user().map(drop),
        (..) => Err(Fault::wrong_credentials()),
    }
}

/// Returns a ticket with which a signed-in caller can sign in once more.
pub(super) fn get_login_ticket(site: &mut Site, call: &Call<'_>) -> Outcome<GetLoginTicketResponse> {
    let name = call.user()?.name().unwrap_or_default().to_owned();
    let ticket = site.tickets.issue_once(&name, site.clock.now_ms());
    Ok(GetLoginTicketResponse::new(ticket, API_VERSION.to_owned()))
}

/// Returns a login address that contains a login ticket, for site administrators and the user concerned.
pub(super) fn get_login_url(site: &mut Site, call: &Call<'_>, request: &GetLoginUrlUser) -> Outcome<GetLoginUrlUserResponse> {
    let name = managed(site, call, &request.webex_id)?.name().to_owned();
    let ticket = site.tickets.issue_once(&name, site.clock.now_ms());
    let address =
        format!("{}&WID={}&TK={}{}", page_address(site, "LI"), escaped(&name), escaped(&ticket), back(request.back_url.as_deref()));
    Ok(GetLoginUrlUserResponse::new().with_user_login_url(address))
}

/// Returns a logout address, for site administrators and the user concerned.
pub(super) fn get_logout_url(site: &Site, call: &Call<'_>, request: &GetLogoutUrlUser) -> Outcome<GetLogoutUrlUserResponse> {
    managed(site, call, &request.webex_id)?;
    let address = format!("{}{}", page_address(site, "LO"), back(request.back_url.as_deref()));
    Ok(GetLogoutUrlUserResponse::new().with_user_logout_url(address))
}

fn page_address(site: &Site, what: &str) -> String {
    format!("https://{0}.webex.com/{0}/p.php?AT={what}", site.host_name())
}

fn back(url: Option<&str>) -> String {
    url.map_or_else(String::new, |url| format!("&BU={}", escaped(url)))
}

/// Escapes a text for the query of an address.
fn escaped(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~');
    text.bytes().map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }).collect()
}

fn same(holder: Option<&User>, user: &User) -> bool {
    holder.is_some_and(|holder| holder.name() == user.name())
}

/// Creates an account, for site administrators. Refused on a Common Identity site.
pub(super) fn create_user(site: &mut Site, call: &Call<'_>, request: &CreateUser) -> Outcome<CreateUserResponse> {
    provisioning(site, call)?;
    let mut profile: GetUserResponse = call.stored(site::converted(request))?;
    if profile.webex_id.trim().is_empty() {
        return Err(Fault::processing("webExId must not be empty"));
    }
    if site.users.find(&profile.webex_id, site.kind).is_some() {
        return Err(Fault::user_exists());
    }
    if site.users.by_email(profile.email.as_deref().unwrap_or_default()).is_some() {
        return Err(Fault::email_exists());
    }
    profile.active.get_or_insert(Active::Activated);
    settle_zone(call, &mut profile, (request.time_zone_id, request.time_zone.as_ref()), Zone::OF_SITE);
    set_products(&mut profile, request.sales_center.as_ref());
    profile = profile.with_registration_date(site::api_date(site.clock.now_ms()));
    Ok(CreateUserResponse::new().with_user_id(site.users.add(User::new(profile))))
}

/// Changes an account, for a site administrator or the user concerned, who cannot change what an administrator grants. A Common Identity
/// site leaves the common profile unchanged.
pub(super) fn set_user(site: &mut Site, call: &Call<'_>, mut request: SetUser) -> Outcome<SetUserResponse> {
    let mut user = managed(site, call, &request.webex_id)?.clone();
    let old_name = user.name().to_owned();
    request.webex_id.clone_from(&old_name);
    request.user_id = None;
    if site.kind == SiteKind::Ci {
        leave_common_profile(&mut request);
    }
    let before = user.profile.clone();
    change_profile(call, &mut user, &request)?;
    if let Some(new_name) = request.new_webex_id.as_deref().map(str::trim).filter(|name| !name.is_empty()) {
        new_name.clone_into(&mut user.profile.webex_id);
    }
    may_change(site, call.user()?, &before, &user)?;
    if user.name() != old_name && site.users.find(user.name(), site.kind).is_some_and(|other| other.id() != user.id()) {
        return Err(Fault::user_exists());
    }
    if site.users.by_email(user.email()).is_some_and(|other| other.id() != user.id()) {
        return Err(Fault::email_exists());
    }
    let unlocked = request.security.as_ref().and_then(|security| security.lock_account) == Some(false) && call.site_admin().is_ok();
    if unlocked || request.password.is_some() {
        site.locks.forget(&old_name);
    }
    if user.name() != old_name {
        site.tickets.revoke(&old_name);
        site.sessions.rename_host(user.id(), user.name());
    }
    site.users.replace(&old_name, user);
    Ok(SetUserResponse::new())
}

/// Applies the changes of the request, except for a new name. An empty password leaves the password unchanged.
fn change_profile(call: &Call<'_>, user: &mut User, request: &SetUser) -> Outcome<()> {
    let own_zone = zone(user.profile.time_zone_id, user.profile.time_zone.as_ref()).unwrap_or(Zone::OF_SITE);
    let mut stored = user.profile.clone();
    stored.password.clone_from(&user.password);
    user.profile = call.changed(&stored, request)?;
    user.password = user.profile.password.take().or(stored.password);
    settle_zone(call, &mut user.profile, (request.time_zone_id, request.time_zone.as_ref()), own_zone);
    set_products(&mut user.profile, request.sales_center.as_ref());
    Ok(())
}

/// Sets the products of a subject matter expert. Requests name them by number, answers by number and name.
fn set_products(profile: &mut GetUserResponse, wanted: Option<&SalesCenter>) {
    let products = wanted.and_then(|center| center.sme_info.as_ref()).and_then(|info| info.products.as_ref());
    let Some(products) = products.filter(|products| !products.prod_id.is_empty()) else { return };
    let products = products.prod_id.iter().map(|id| Product::new(*id, format!("Product {id}")));
    profile.sales_center.get_or_insert_default().sme_info.get_or_insert_default().products = Some(SalesProductsInstance::new(products));
}

/// Makes the number and the label of the time zone consistent: both become those of the requested zone, otherwise those of the account's
/// own zone. The number -1 and a number that the release does not know change nothing.
fn settle_zone(call: &Call<'_>, profile: &mut GetUserResponse, wanted: (Option<i64>, Option<&com::TimeZone>), own: Zone) {
    if wanted.0.is_some_and(|id| id != -1 && Zone::of_id(id).is_none()) {
        call.pass_over("timeZoneID");
    }
    let zone = zone(wanted.0, wanted.1).unwrap_or(own);
    (profile.time_zone_id, profile.time_zone) = (Some(zone.id()), Some(zone.as_value()));
}

/// Refuses a change that the caller is not allowed to make. Only an administrator can change what administrators grant, or set a name or
/// an address under which someone is invited to a session.
fn may_change(site: &Site, caller: &Caller, before: &GetUserResponse, after: &User) -> Outcome<()> {
    if caller.is_site_admin() {
        return Ok(());
    }
    let renamed = (after.name() != before.webex_id).then(|| after.name());
    let moved = (after.profile.email != before.email).then(|| after.email());
    let taken = [renamed, moved].into_iter().flatten().any(|name| site.sessions.invite_as(name));
    if granted(before) == granted(&after.profile) && !taken { Ok(()) } else { Err(Fault::access_denied()) }
}

/// Returns the part of a profile that an administrator grants or that the site itself counts.
fn granted(profile: &GetUserResponse) -> GetUserResponse {
    let own = profile.clone();
    let mut granted = GetUserResponse::new(String::new());
    granted.privilege = own.privilege;
    granted.active = own.active;
    granted.security = own.security;
    granted.expiration_date = own.expiration_date;
    granted.meeting_types = own.meeting_types;
    granted.service = own.service;
    granted.supported_services = own.supported_services;
    granted.my_webex = own.my_webex;
    granted.web_acd_prefs = own.web_acd_prefs;
    granted.registration_date = own.registration_date;
    granted.visit_count = own.visit_count;
    granted
}

/// Returns the account of that name, for site administrators and the user concerned.
fn managed<'a>(site: &'a Site, call: &Call<'_>, name: &str) -> Outcome<&'a User> {
    let caller = call.user()?;
    let user = site.users.find(name, site.kind).ok_or_else(Fault::user_not_found)?;
    if caller.is_site_admin() || caller.is(user.name()) { Ok(user) } else { Err(Fault::access_denied()) }
}

/// Removes the nineteen fields that `setUser` ignores on a Common Identity site.
fn leave_common_profile(request: &mut SetUser) {
    request.new_webex_id = None;
    request.first_name = None;
    request.last_name = None;
    request.title = None;
    request.address = None;
    request.phones = None;
    request.email = None;
    request.email2 = None;
    request.password = None;
    request.password_hint = None;
    request.password_hint_answer = None;
    request.time_zone = None;
    request.time_zone_id = None;
    request.time_zone_with_dst = None;
    request.locale = None;
    request.language = None;
    request.language_id = None;
    request.active = None;
    request.security = None;
}

/// Returns an account, for administrators and the user concerned. The password is masked, and unset settings of the personal room have
/// default values.
pub(super) fn get_user(site: &Site, call: &Call<'_>, request: &GetUser) -> Outcome<GetUserResponse> {
    let caller = call.user()?;
    let user = site.users.find(&request.webex_id, site.kind);
    let Some(user) = user.filter(|user| caller.reads_users() || caller.is(user.name())) else {
        return Err(if caller.reads_users() { Fault::user_not_found() } else { Fault::access_denied() });
    };
    let mut answer = user.profile.clone();
    answer.password = Some("******".into());
    answer.password_hint_answer = None;
    if site.is_locked(user) {
        answer.security.get_or_insert_with(Security::new).lock_account = Some(true);
    }
    let mut room = answer.personal_meeting_room.take().unwrap_or_else(PersonalMeetingRoom::new);
    room.pmr_auto_lock.get_or_insert(false);
    room.pmr_auto_lock_wait_time.get_or_insert(0);
    room.pr_notifications.get_or_insert_with(|| PrNotification::new().with_mode([PrNotificationMode::Email]));
    answer.personal_meeting_room = Some(room);
    Ok(answer)
}

/// Deletes accounts, for site administrators. Refused on a Common Identity site. Each account has its own result.
pub(super) fn del_user(site: &mut Site, call: &Call<'_>, request: &DelUser) -> Outcome<DelUserResponse> {
    provisioning(site, call)?;
    if let [only] = request.webex_id.as_slice()
        && site.users.find(only, site.kind).is_none()
    {
        return Err(Fault::user_not_found());
    }
    let mut results = Vec::new();
    for name in &request.webex_id {
        let gone = site.users.remove(name);
        if let Some(user) = &gone {
            site.tickets.revoke(user.name());
        }
        results.push(DelUserStatus::new(name.clone(), if gone.is_some() { ResultType::Success } else { ResultType::Failure }));
    }
    Ok(DelUserResponse::new().with_user(results))
}

/// Activates an account, for site administrators. Refused on a Common Identity site.
pub(super) fn activate_user(site: &mut Site, call: &Call<'_>, request: &ActivateUser) -> Outcome<ActivateUserResponse> {
    provisioning(site, call)?;
    let (id, name) = match &request.choice {
        Some(ActivateUserChoice::UserId(id)) => (Some(*id), None),
        Some(ActivateUserChoice::WebexId(name)) => (None, Some(name.as_str())),
        _ => (None, None),
    };
    set_active(site, id, name, Active::Activated)?;
    Ok(ActivateUserResponse::new())
}

/// Deactivates an account, for site administrators. It works on a Common Identity site too, because the release note does not list it
/// among the operations that are refused there.
pub(super) fn inactivate_user(site: &mut Site, call: &Call<'_>, request: &InactivateUser) -> Outcome<InactivateUserResponse> {
    call.site_admin()?;
    let (id, name) = match &request.choice {
        Some(InactivateUserChoice::UserId(id)) => (Some(*id), None),
        Some(InactivateUserChoice::WebexId(name)) => (None, Some(name.as_str())),
        _ => (None, None),
    };
    set_active(site, id, name, Active::Deactivated)?;
    Ok(InactivateUserResponse::new())
}

fn set_active(site: &mut Site, id: Option<i64>, name: Option<&str>, active: Active) -> Outcome<()> {
    let by_id = id.and_then(|id| site.users.by_id(id));
    let user = by_id.or_else(|| name.and_then(|name| site.users.find(name, site.kind)));
    let name = user.ok_or_else(Fault::user_not_found)?.name().to_owned();
    if let Some(mut user) = site.users.remove(&name) {
        user.profile.active = Some(active);
        site.users.put(user);
    }
    Ok(())
}

/// Checks that the caller can manage users: nobody on a Common Identity site, and site administrators on other sites.
fn provisioning(site: &Site, call: &Call<'_>) -> Outcome<()> {
    call.user()?;
    if site.kind == SiteKind::Ci {
        return Err(Fault::unified_site());
    }
    call.site_admin()
}

/// Lists accounts, for callers who can read them. Filters are names, addresses and state; a filter can end in `*`.
pub(super) fn lst_summary_user(site: &Site, call: &Call<'_>, request: &LstSummaryUser) -> Outcome<LstSummaryUserResponse> {
    if !call.user()?.reads_users() {
        return Err(Fault::access_denied());
    }
    let period = request.data_scope.as_ref().map(|scope| {
        // Registration dates are in GMT.
        let zone = scope.time_zone_id.and_then(Zone::of_id).unwrap_or(Zone::GMT);
        Period::new(zone, [&scope.reg_date_start, &scope.reg_date_end, &None, &None])
    });
    let matches = |user: &&User| {
        let profile = &user.profile;
        fits(request.webex_id.as_deref(), user.name())
            && fits(request.first_name.as_deref(), profile.first_name.as_deref().unwrap_or_default())
            && fits(request.last_name.as_deref(), profile.last_name.as_deref().unwrap_or_default())
            && fits(request.email.as_deref(), user.email())
            && request.active.as_ref().is_none_or(|active| active.as_str().is_empty() || profile.active.as_ref() == Some(active))
            && period.as_ref().is_none_or(|period| period.holds(registered(user), None))
    };
    let mut found: Vec<&User> = site.users.all().filter(matches).collect();
    if let Some(order) = &request.order {
        sort(&mut found, &order.order_by, &order.order_ad, |field, a, b| match field {
            OrderBy::Uid => a.id().cmp(&b.id()),
            OrderBy::WebexId => a.name().to_lowercase().cmp(&b.name().to_lowercase()),
            OrderBy::FirstName => a.profile.first_name.cmp(&b.profile.first_name),
            OrderBy::LastName => a.profile.last_name.cmp(&b.profile.last_name),
            OrderBy::Email => a.email().cmp(b.email()),
            OrderBy::Active => a.is_active().cmp(&b.is_active()),
            OrderBy::RegDate => registered(a).cmp(&registered(b)),
            _ => Ordering::Equal,
        });
    }
    let empty = |fault| if site.null_point_error { Fault::null_point_error() } else { fault };
    let (found, records) = page(found, request.list_control.as_ref()).map_err(empty)?;
    Ok(LstSummaryUserResponse::new().with_user(found.into_iter().map(summary)).with_matching_records(records))
}

/// Returns the registration time of an account, in milliseconds since 1970.
fn registered(user: &User) -> Option<i64> {
    Zone::GMT.moment(user.profile.registration_date.as_ref()?)
}

fn fits(wanted: Option<&str>, own: &str) -> bool {
    let wanted = wanted.map(|wanted| wanted.trim().to_lowercase()).unwrap_or_default();
    let own = own.to_lowercase();
    match wanted.strip_suffix('*') {
        Some(start) => own.starts_with(start),
        None => wanted.is_empty() || own == wanted,
    }
}

fn summary(user: &User) -> UserSummaryInstance {
    let profile = &user.profile;
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let active = profile.active.clone().unwrap_or(Active::Activated);
    let zone = zone(profile.time_zone_id, profile.time_zone.as_ref()).unwrap_or(Zone::OF_SITE);
    let mut summary = UserSummaryInstance::builder()
        .webex_id(user.name())
        .first_name(text(&profile.first_name))
        .last_name(text(&profile.last_name))
        .email(user.email())
        .active(active)
        .build()
        .with_time_zone_id(zone.id());
    summary.registration_date.clone_from(&profile.registration_date);
    summary
}
