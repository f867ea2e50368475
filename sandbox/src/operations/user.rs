//! In: requests of the user service. Out: their answers, and the changed site.
//! Played: authenticateUser, createUser, setUser, getUser, delUser, activateUser, inactivateUser.
//! Not here: lists, one-time tickets, pictures.

use webex_xml_types::serv::{ResultType, SecurityContext};
use webex_xml_types::user::{
    ActivateUser, ActivateUserChoice, ActivateUserResponse, Active, AuthenticateUser, AuthenticateUserResponse, CreateUser,
    CreateUserResponse, DelUser, DelUserResponse, DelUserStatus, GetUser, GetUserResponse, InactivateUser, InactivateUserChoice,
    InactivateUserResponse, PersonalMeetingRoom, PrNotification, PrNotificationMode, SetUser, SetUserResponse,
};

use super::Outcome;
use crate::faults::Fault;
use crate::site::{self, Caller, Site, SiteKind, Tickets, User, exposed};

/// Proves who the named user is, and issues a ticket.
///
/// On a site with single sign-on a SAML response counts before a password; on a Common Identity site a password counts before an access
/// token, and partners' SAML does not count at all. What counts first decides, also where it is wrong.
pub(super) fn authenticate_user(
    site: &mut Site,
    context: &SecurityContext,
    request: &AuthenticateUser,
) -> Outcome<AuthenticateUserResponse> {
    let user = site.named(context)?.ok_or_else(Fault::user_not_found)?;
    let (saml, token) = (exposed(&request.saml_response), exposed(&request.access_token));
    let password = exposed(&context.password);
    let by_password = |password: &str| if user.has_password(password) { Ok(()) } else { Err(Fault::wrong_credentials()) };
    let by_saml = |saml: &str| if same(site.users.holder_of_saml(saml), user) { Ok(()) } else { Err(Fault::no_ticket()) };
    let by_token = |token: &str| if same(site.users.holder_of_token(token), user) { Ok(()) } else { Err(Fault::authentication_server()) };
    match (site.kind, password, token, saml) {
        (SiteKind::Ci, Some(password), ..) => by_password(password)?,
        (SiteKind::Ci, None, Some(token), _) => by_token(token)?,
        (SiteKind::Ci, None, None, Some(_)) => return Err(Fault::no_ticket()),
        (_, _, _, Some(saml)) => by_saml(saml)?,
        (_, Some(password), ..) => by_password(password)?,
        (..) => return Err(Fault::wrong_credentials()),
    }
    if !user.is_active() {
        return Err(Fault::access_denied());
    }
    let (name, now) = (user.name().to_owned(), site.clock.now_ms());
    let answer = AuthenticateUserResponse::new(site.tickets.issue(&name, now));
    Ok(match site.kind.is_sso() {
        true => answer,
        false => answer.with_create_time(now).with_time_to_live(Tickets::TIME_TO_LIVE),
    })
}

fn same(holder: Option<&User>, user: &User) -> bool {
    holder.is_some_and(|holder| holder.name() == user.name())
}

/// For site administrators; refused on a Common Identity site.
pub(super) fn create_user(site: &mut Site, context: &SecurityContext, request: &CreateUser) -> Outcome<CreateUserResponse> {
    provisioning(site, context)?;
    let mut profile = site::account(request).map_err(|error| Fault::processing(error.to_string()))?;
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
    Ok(CreateUserResponse::new().with_user_id(site.users.add(User::new(profile))))
}

/// For site administrators, and for the user himself. A Common Identity site leaves the common profile as it is.
pub(super) fn set_user(site: &mut Site, context: &SecurityContext, mut request: SetUser) -> Outcome<SetUserResponse> {
    let caller = site.caller(context)?;
    let mut user = site.users.find(&request.webex_id, site.kind).ok_or_else(Fault::user_not_found)?.clone();
    let old_name = user.name().to_owned();
    if !(caller.is_site_admin() || caller.is(&old_name)) {
        return Err(Fault::access_denied());
    }
    request.webex_id.clone_from(&old_name);
    request.user_id = None;
    if site.kind == SiteKind::Ci {
        leave_common_profile(&mut request);
    }
    if let Some(password) = request.password.take() {
        user.set_password(password);
    }
    user.profile = site::overlay(&user.profile, &request).map_err(|error| Fault::processing(error.to_string()))?;
    if let Some(new_name) = request.new_webex_id.filter(|name| !name.eq_ignore_ascii_case(&old_name)) {
        if site.users.find(&new_name, site.kind).is_some() {
            return Err(Fault::user_exists());
        }
        user.profile.webex_id = new_name;
        site.tickets.revoke(&old_name);
    }
    site.users.replace(&old_name, user);
    Ok(SetUserResponse::new())
}

/// The nineteen fields that `setUser` ignores on a Common Identity site.
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

/// For administrators, and for the user himself. The password is masked; unset settings of the personal room have their defaults.
pub(super) fn get_user(site: &Site, context: &SecurityContext, request: &GetUser) -> Outcome<GetUserResponse> {
    let caller = site.caller(context)?;
    let user = site.users.find(&request.webex_id, site.kind);
    let Some(user) = user.filter(|user| caller.reads_users() || caller.is(user.name())) else {
        return Err(if caller.reads_users() { Fault::user_not_found() } else { Fault::access_denied() });
    };
    let mut answer = user.profile.clone();
    answer.password = Some("******".into());
    answer.password_hint_answer = None;
    let mut room = answer.personal_meeting_room.take().unwrap_or_else(PersonalMeetingRoom::new);
    room.pmr_auto_lock.get_or_insert(false);
    room.pmr_auto_lock_wait_time.get_or_insert(0);
    room.pr_notifications.get_or_insert_with(|| PrNotification::new().with_mode([PrNotificationMode::Email]));
    answer.personal_meeting_room = Some(room);
    Ok(answer)
}

/// For site administrators; refused on a Common Identity site. Each account has a result of its own.
pub(super) fn del_user(site: &mut Site, context: &SecurityContext, request: &DelUser) -> Outcome<DelUserResponse> {
    provisioning(site, context)?;
    if let [only] = request.webex_id.as_slice()
        && site.users.find(only, site.kind).is_none()
    {
        return Err(Fault::user_not_found());
    }
    let mut results = Vec::new();
    for name in &request.webex_id {
        let gone = site.users.remove(name).is_some();
        site.tickets.revoke(name);
        results.push(DelUserStatus::new(name.clone(), if gone { ResultType::Success } else { ResultType::Failure }));
    }
    Ok(DelUserResponse::new().with_user(results))
}

/// For site administrators; refused on a Common Identity site.
pub(super) fn activate_user(site: &mut Site, context: &SecurityContext, request: &ActivateUser) -> Outcome<ActivateUserResponse> {
    provisioning(site, context)?;
    let (id, name) = match &request.choice {
        Some(ActivateUserChoice::UserId(id)) => (Some(*id), None),
        Some(ActivateUserChoice::WebexId(name)) => (None, Some(name.as_str())),
        _ => (None, None),
    };
    set_active(site, id, name, Active::Activated)?;
    Ok(ActivateUserResponse::new())
}

/// For site administrators. The release note does not name it among what a Common Identity site refuses: it works there.
pub(super) fn inactivate_user(site: &mut Site, context: &SecurityContext, request: &InactivateUser) -> Outcome<InactivateUserResponse> {
    require_admin(&site.caller(context)?)?;
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
    if let Some(user) = site.users.get_mut(&name) {
        user.profile.active = Some(active);
    }
    Ok(())
}

/// Managing users: not on a Common Identity site, whoever asks; elsewhere for site administrators.
fn provisioning(site: &Site, context: &SecurityContext) -> Outcome<()> {
    if site.kind == SiteKind::Ci {
        return Err(Fault::unified_site());
    }
    require_admin(&site.caller(context)?)
}

fn require_admin(caller: &Caller) -> Outcome<()> {
    if caller.is_site_admin() { Ok(()) } else { Err(Fault::access_denied()) }
}
