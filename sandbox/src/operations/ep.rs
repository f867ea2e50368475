//! Implements the general session service: getAPIVersion, getSiteType, getSessionInfo, lstsummarySession and delSession. The module
//! `session` formats sessions for answers; recordings, contacts and similar operations have sample answers.

use webex_xml_types::com::ServiceType;
use webex_xml_types::ep::{
    DelSession, DelSessionResponse, GetApiVersion, GetApiVersionResponse, GetSessionInfo, GetSessionInfoResponse, GetSiteTypeResponse,
    LstSummarySession, LstSummarySessionResponse,
};

use super::lists::{Period, page, same, sort};
use super::meeting::{calendar_url, compare, deletable, scope_zone, visible};
use super::session::View;
use super::user::API_VERSION;
use super::{Call, Outcome};
use crate::faults::Fault;
use crate::site::{Site, Zone, exposed};

/// Returns the API version, for every caller. The train release is included on request.
pub(super) fn get_api_version(request: &GetApiVersion) -> GetApiVersionResponse {
    let mut answer = GetApiVersionResponse::new(API_VERSION.to_owned()).with_release("EP1");
    if request.return_train_release_version == Some(true) {
        answer.train_release_version = Some("T30L".to_owned());
    }
    answer
}

/// Returns the type of the site, for every caller. The request must name the site by its name.
pub(super) fn get_site_type(site: &Site, call: &Call<'_>) -> Outcome<GetSiteTypeResponse> {
    match call.context.site_name.as_deref().map(str::trim) {
        None | Some("") => Err(Fault::no_such_site()),
        Some(_) => Ok(GetSiteTypeResponse::new(site.kind.number())),
    }
}

/// Returns a session. Anonymous callers, and others who do not take part in it, get a reduced answer.
pub(super) fn get_session_info(site: &Site, call: &Call<'_>, request: &GetSessionInfo) -> Outcome<GetSessionInfoResponse> {
    let caller = call.caller()?;
    let session = site.sessions.get(request.session_key).ok_or_else(Fault::meeting_not_found)?;
    let all = session.shows_all_to(caller, exposed(&request.session_password));
    Ok(View::of(site, session).info(caller, all))
}

/// Lists the sessions that the caller hosts, is invited to, or can see because they are public. A site administrator sees all.
pub(super) fn lst_summary_session(site: &Site, call: &Call<'_>, request: &LstSummarySession) -> Outcome<LstSummarySessionResponse> {
    let caller = call.user()?;
    let scope = request.date_scope.as_ref();
    let zone = scope_zone(site, caller, scope.and_then(|scope| scope.time_zone_id));
    let period =
        scope.map(|scope| Period::new(zone, [&scope.start_date_start, &scope.start_date_end, &scope.end_date_start, &scope.end_date_end]));
    let matches = |view: &View<'_>| {
        visible(view.session, caller)
            && asked_for(request, view)
            && (request.invited != Some(true) || view.session.attendees.invite(caller))
            && period.as_ref().is_none_or(|period| period.holds(view.begins(), view.ends()))
    };
    let mut found: Vec<View<'_>> = site.sessions.all().map(|session| View::of(site, session)).filter(matches).collect();
    if let Some(order) = &request.order {
        sort(&mut found, &order.order_by, &order.order_ad, |field, a, b| compare(field.as_str(), a, b));
    }
    let (found, records) = page(found, request.list_control.as_ref())?;
    let told: Option<Zone> = scope.is_some_and(|scope| scope.return_specified_time_zone == Some(true)).then_some(zone);
    let sessions = found.iter().map(|view| view.session_summary(caller, told));
    Ok(LstSummarySessionResponse::new().with_matching_records(records).with_session(sessions))
}

/// Returns whether a session matches the filters of the request. A list without entries does not filter.
fn asked_for(request: &LstSummarySession, view: &View<'_>) -> bool {
    let session = view.session;
    let types = request.session_types.as_ref().map(|types| &*types.session_type).unwrap_or_default();
    let services = request.service_types.as_ref().map(|types| &*types.service_type).unwrap_or_default();
    request.session_key.is_none_or(|key| key == session.key)
        && request.conf_id.is_none_or(|id| id == session.conf_id)
        && same(request.host_webex_id.as_deref(), &session.host)
        && same(request.host_email.as_deref(), &view.host_email())
        && same(request.conf_name.as_deref(), session.name())
        && same(request.status.as_ref().map(|status| status.as_str()), view.status())
        && request.recurrence.is_none_or(|recurring| recurring == view.is_recurring())
        && (types.is_empty() || types.contains(&view.session_type()))
        && (services.is_empty() || services.contains(&ServiceType::MeetingCenter))
}

/// Deletes a session that the caller can change. A personal room cannot be deleted.
pub(super) fn del_session(site: &mut Site, call: &Call<'_>, request: &DelSession) -> Outcome<DelSessionResponse> {
    let key = deletable(site, call, request.session_key)?;
    site.sessions.remove(key);
    Ok(DelSessionResponse::new().with_icalendar_url(calendar_url(site, key)))
}
