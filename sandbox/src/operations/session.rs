//! Formats a session for answers. `getMeeting`, `getSessionInfo` and the lists each show a part of the same view. The callers of this
//! module decide who can see a session.

use webex_xml_types::ep::get_session_info_response as info;
use webex_xml_types::ep::{Format, GetSessionInfoResponse, Listing, SessionSummaryInstance};
use webex_xml_types::meeting::participants::Attendees;
use webex_xml_types::meeting::{
    GetMeetingResponse, MeetingSummaryInstance, Participants, Repeat, RepeatType, Schedule, Telephony, TelephonySupport,
};
use webex_xml_types::{attendee, com, serv, values};

use crate::site::{Caller, Session, Site, User, Zone, converted};

/// The duration, in minutes, of a session that does not specify one.
pub(super) const USUAL_MINUTES: i64 = 20;

/// The default session type if neither the session nor its host has one: Meeting Center Pro.
const USUAL_TYPE: i64 = 3;

/// The key with which someone can become the host.
const HOST_KEY: &str = "246810";

/// A view of a session and its site, from which answers are made.
#[derive(Debug, Clone, Copy)]
pub(super) struct View<'a> {
    site: &'a Site,
    pub(super) session: &'a Session,
}

impl<'a> View<'a> {
    pub(super) fn of(site: &'a Site, session: &'a Session) -> Self {
        Self { site, session }
    }

    fn host(&self) -> Option<&'a User> {
        self.site.users.by_id(self.session.host_id)
    }

    fn schedule(&self) -> Option<&'a Schedule> {
        self.session.details.schedule.as_ref()
    }

    /// Returns the time zone of the session, or that of its host if it has none.
    pub(super) fn zone(&self) -> Zone {
        let own = self.schedule().and_then(|schedule| zone(schedule.time_zone_id, schedule.time_zone.as_ref()));
        own.or_else(|| self.host().map(zone_of)).unwrap_or(Zone::OF_SITE)
    }

    /// Returns the start time, in milliseconds since 1970.
    pub(super) fn begins(&self) -> Option<i64> {
        self.zone().moment(self.schedule()?.start_date.as_ref()?)
    }

    /// Returns the end time, in milliseconds since 1970.
    pub(super) fn ends(&self) -> Option<i64> {
        Some(self.begins()?.saturating_add(self.minutes().saturating_mul(60_000)))
    }

    fn start(&self, zone: Zone) -> values::DateTime {
        self.begins().map(|ms| zone.date(ms)).unwrap_or_default().into()
    }

    fn minutes(&self) -> i64 {
        self.schedule().and_then(|schedule| schedule.duration).unwrap_or(USUAL_MINUTES)
    }

    pub(super) fn session_type(&self) -> i64 {
        let own = self.session.details.metadata.as_ref().and_then(|data| data.meeting_type).filter(|kind| *kind >= 0);
        own.unwrap_or_else(|| self.host().map_or(USUAL_TYPE, usual_type))
    }

    fn repeat(&self) -> Repeat {
        let mut repeat = self.session.details.repeat.clone().unwrap_or_default();
        repeat.repeat_type.get_or_insert(RepeatType::NoRepeat);
        repeat
    }

    pub(super) fn is_recurring(&self) -> bool {
        self.repeat().repeat_type != Some(RepeatType::NoRepeat)
    }

    fn telephony(&self) -> Telephony {
        let mut telephony = self.session.details.telephony.clone().unwrap_or_default();
        let support = telephony.telephony_support.get_or_insert(TelephonySupport::None);
        if matches!(support, TelephonySupport::CallIn | TelephonySupport::Callback) {
            telephony.call_in_num.get_or_insert_with(|| serv::CallInNum::new("4085550100".to_owned()).with_toll_free_num("8005550100"));
        }
        telephony
    }

    pub(super) fn status(&self) -> &'a str {
        self.session.details.status.as_deref().unwrap_or("NOT_INPROGRESS")
    }

    fn is_open_before_host(&self) -> bool {
        self.schedule().and_then(|schedule| schedule.open_time).is_some_and(|minutes| minutes > 0)
    }

    pub(super) fn host_email(&self) -> String {
        self.host().map(|host| host.email().to_owned()).unwrap_or_default()
    }

    fn listing(&self) -> com::Listing {
        if self.session.is_listed() { com::Listing::Public } else { com::Listing::Unlisted }
    }

    fn joined(&self) -> (bool, bool) {
        let details = &self.session.details;
        (details.host_joined == Some(true), details.participants_joined == Some(true))
    }

    fn has_telepresence(&self) -> bool {
        self.session.details.telepresence == Some(true)
    }

    fn alternate_hosts(&self) -> impl Iterator<Item = String> {
        self.session.attendees.alternate_hosts().map(|person| person.webex_id.clone().unwrap_or_else(|| person.email.clone()))
    }

    /// Returns the session in the form of a `getMeeting` answer.
    pub(super) fn meeting(&self, caller: &Caller) -> GetMeetingResponse {
        let mut answer = self.session.details.clone();
        let mut schedule = answer.schedule.take().unwrap_or_default();
        schedule.start_date = Some(self.start(self.zone()));
        schedule.duration = Some(self.minutes());
        schedule.time_zone_id = Some(self.zone().id());
        schedule.time_zone = Some(self.zone().as_value());
        schedule.host_webex_id = Some(self.session.host.clone());
        schedule.open_time.get_or_insert(0);
        answer.schedule = Some(schedule);
        answer.metadata.get_or_insert_default().meeting_type = Some(self.session_type());
        answer.repeat = Some(self.repeat());
        answer.telephony = Some(self.telephony());
        answer.participants = self.participants();
        answer.attendee_options.get_or_insert_default().join_requires_account = Some(self.session.join_requires_account(&self.site.flags));
        let (host_joined, participants_joined) = self.joined();
        answer.meeting_key = self.session.key;
        answer.status = Some(self.status().to_owned());
        (answer.host_joined, answer.participants_joined) = (Some(host_joined), Some(participants_joined));
        answer.telepresence = Some(self.has_telepresence());
        answer.host_key = self.session.is_hosted_by(caller).then(|| HOST_KEY.into());
        answer.event_id = Some(event_id(self.session.key));
        answer.guest_token = Some(guest_token(self.session.key).into());
        answer
    }

    /// Returns the attendees in the form of a `getMeeting` answer, with the expected number of participants.
    pub(super) fn participants(&self) -> Option<Participants> {
        let mut participants = self.session.details.participants.clone();
        let all = self.session.attendees.all();
        if !all.is_empty() {
            let all = all.iter().filter_map(|attendee| converted::<attendee::Attendee>(attendee).ok()).map(|attendee| attendee.value);
            participants.get_or_insert_default().attendees = Some(Attendees::new().with_attendee(all));
        }
        participants
    }

    /// Returns the session in the form of a `getSessionInfo` answer: either completely, or reduced to what callers who do not take part
    /// can see.
    pub(super) fn info(&self, caller: &Caller, all: bool) -> GetSessionInfoResponse {
        let (session, zone, cet) = (self.session, self.zone(), self.session.cet && self.site.flags.cet);
        let schedule = info::Schedule::new(self.start(zone), self.minutes(), zone.label().to_owned()).with_time_zone_id(zone.id());
        let requires_account = info::AttendeeOptions::new().with_join_requires_account(session.join_requires_account(&self.site.flags));
        let is_alternate_host = session.attendees.alternate_hosts().any(|person| caller.is_person(person));
        let mut answer = GetSessionInfoResponse::builder()
            .session_key(session.key)
            .conf_id(session.conf_id)
            .host(self.info_host())
            .schedule(schedule)
            .build()
            .with_status(self.status())
            .with_access_control(self.info_access(all))
            .with_metadata(self.info_metadata())
            .with_attendee_options(requires_account)
            .with_is_audio_only(false)
            .with_telepresence(self.has_telepresence())
            .with_is_alternate_host(is_alternate_host)
            .with_is_creator(session.is_hosted_by(caller))
            .with_support_e2e(self.supports_e2e())
            .with_is_allow_jbh(self.is_open_before_host())
            .with_is_cet_meeting(cet)
            .with_is_personal_meeting_room(session.personal_room)
            .with_is_next_upcoming_instance(true);
        answer.sip_url = cet.then(|| session.sip_url.clone());
        if all {
            answer.telephony = Some(self.info_telephony());
            answer.host_key = session.is_hosted_by(caller).then(|| HOST_KEY.into());
        }
        answer
    }

    fn supports_e2e(&self) -> bool {
        self.session.details.enable_options.as_ref().and_then(|options| options.support_e2e) == Some(true)
    }

    fn info_access(&self, all: bool) -> info::AccessControl {
        let session = self.session;
        let listing = if session.is_listed() { Listing::Public } else { Listing::Unlisted };
        let mut control = info::AccessControl::new(listing, session.takes_registrations()).with_password_req(session.password().is_some());
        if all {
            control.session_password = session.password().cloned();
            control.audio_password.clone_from(&session.audio_password);
            // A session without an audio password has no password to enforce.
            let enforced = session.audio_password.is_some().then_some(self.site.flags.audio_password == (true, true));
            (control.is_enforce_audio_password, control.is_enforce_audio_login) = (enforced, enforced);
        }
        control
    }

    fn info_metadata(&self) -> info::Metadata {
        let own = self.session.details.metadata.as_ref();
        let mut data = info::Metadata::builder()
            .conf_name(self.session.name())
            .session_type(self.session_type())
            .service_type(com::ServiceType::MeetingCenter)
            .is_recurring(self.is_recurring())
            .build()
            .with_agenda_format(Format::Text)
            .with_description_format(Format::Text)
            .with_is_exception(false)
            .with_series_meeting_key(0)
            .with_has_exception(false);
        data.agenda = own.and_then(|own| own.agenda.clone());
        data
    }

    fn info_telephony(&self) -> info::Telephony {
        let own = self.telephony();
        let mut telephony = info::Telephony::new(own.telephony_support.unwrap_or(TelephonySupport::None))
            .with_is_mp_audio(own.is_mp_audio == Some(true))
            .with_voip(self.session.details.enable_options.as_ref().and_then(|options| options.voip) != Some(false))
            .with_enable_tsp(own.enable_tsp == Some(true));
        telephony.ext_telephony_description = own.ext_telephony_description;
        if let Some(own) = own.call_in_num {
            let mut numbers = info::telephony::CallInNum::new(own.toll_num);
            (numbers.toll_free_num, numbers.intl_local_num, numbers.global_num) = (own.toll_free_num, own.intl_local_num, own.global_num);
            telephony.call_in_num = Some(numbers);
            telephony.labels = Some(info::telephony::Labels::new(
                "Call-in toll-free number (US/Canada)".to_owned(),
                "Call-in toll number (US/Canada)".to_owned(),
            ));
        }
        telephony
    }

    fn info_host(&self) -> info::Host {
        let profile = self.host().map(|user| &user.profile);
        let text = |text: Option<&String>| text.cloned().unwrap_or_default();
        let mut host = info::Host::builder()
            .first_name(text(profile.and_then(|profile| profile.first_name.as_ref())))
            .last_name(text(profile.and_then(|profile| profile.last_name.as_ref())))
            .email(text(profile.and_then(|profile| profile.email.as_ref())))
            .webex_id(self.session.host.clone())
            .build();
        host.alternate_host = self.alternate_hosts().collect();
        host
    }

    /// Returns the session in the form of a `lstsummaryMeeting` record.
    pub(super) fn meeting_summary(&self) -> MeetingSummaryInstance {
        let (zone, (host_joined, participants_joined)) = (self.zone(), self.joined());
        let mut summary = MeetingSummaryInstance::builder()
            .meeting_key(self.session.key)
            .conf_name(self.session.name())
            .meeting_type(self.session_type())
            .start_date(self.start(zone))
            .duration(self.minutes())
            .build()
            .with_host_webex_id(self.session.host.clone())
            .with_time_zone_id(zone.id())
            .with_time_zone(zone.label())
            .with_status(self.status())
            .with_list_status(self.listing())
            .with_host_joined(host_joined)
            .with_participants_joined(participants_joined)
            .with_telepresence(self.has_telepresence());
        summary.other_host_webex_id = self.alternate_hosts().next();
        summary
    }

    /// Returns the session in the form of a `lstsummarySession` record, with dates in the given time zone or else in its own.
    pub(super) fn session_summary(&self, caller: &Caller, zone: Option<Zone>) -> SessionSummaryInstance {
        let (zone, (host_joined, participants_joined)) = (zone.unwrap_or_else(|| self.zone()), self.joined());
        let host = self.info_host();
        let mut summary = SessionSummaryInstance::builder()
            .session_key(self.session.key)
            .conf_name(self.session.name())
            .session_type(self.session_type())
            .service_type(com::ServiceType::MeetingCenter)
            .host_webex_id(self.session.host.clone())
            .time_zone_id(zone.id())
            .start_time(self.start(zone))
            .duration(self.minutes())
            .list_status(self.listing())
            .conf_id(self.session.conf_id)
            .is_recurring(self.is_recurring())
            .build()
            .with_host_first_name(host.first_name)
            .with_host_last_name(host.last_name)
            .with_time_zone(zone.label())
            .with_host_email(host.email)
            .with_status(self.status())
            .with_password_req(self.session.password().is_some())
            .with_host_joined(host_joined)
            .with_participants_joined(participants_joined)
            .with_registration(self.session.takes_registrations())
            .with_alt_host(self.session.attendees.alternate_hosts().any(|person| caller.is_person(person)))
            .with_is_audio_only(false)
            .with_telepresence(self.has_telepresence());
        summary.other_host_webex_id = self.alternate_hosts().next();
        summary
    }
}

/// Returns the time zone with that number, or else with that label. The number -1 and numbers of later releases name no zone.
pub(super) fn zone(id: Option<i64>, label: Option<&com::TimeZone>) -> Option<Zone> {
    id.and_then(Zone::of_id).or_else(|| label.and_then(Zone::of_label))
}

/// Returns the time zone of an account.
pub(super) fn zone_of(user: &User) -> Zone {
    zone(user.profile.time_zone_id, user.profile.time_zone.as_ref()).unwrap_or(Zone::OF_SITE)
}

/// Returns the session type for a host who does not choose one: that in the host's settings, otherwise the first that the host can use.
pub(super) fn usual_type(host: &User) -> i64 {
    let chosen = host.profile.session_options.as_ref().and_then(|options| options.default_session_type);
    let first = host.profile.meeting_types.as_ref().and_then(|types| types.meeting_type.first().copied());
    chosen.or(first).unwrap_or(USUAL_TYPE)
}

/// Returns the token for a guest: 32 hexadecimal digits, as on live servers. It has no function in the sandbox.
pub(super) fn guest_token(key: i64) -> String {
    let mixed = |seed: u64| {
        let mut word = key.cast_unsigned().wrapping_add(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15));
        word = (word ^ (word >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        word = (word ^ (word >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        word ^ (word >> 31)
    };
    format!("{:016x}{:016x}", mixed(1), mixed(2))
}

/// Returns the event number of a session. Its meaning on live servers is unknown.
fn event_id(key: i64) -> i64 {
    24_000_000 + key.rem_euclid(1_000_000)
}
