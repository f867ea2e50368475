//! Structs for the small document. The message around it is in the parent module.

use serde::{Deserialize, Serialize};

#[derive(Debug, Serialize, Deserialize)]
pub struct GetSessionInfoResponseAccessControl {
    #[serde(rename(serialize = "ep:sessionPassword", deserialize = "sessionPassword"), default, skip_serializing_if = "Option::is_none")]
    pub session_password: Option<String>,
    #[serde(rename(serialize = "ep:listStatus", deserialize = "listStatus"))]
    pub list_status: String,
    #[serde(rename(serialize = "ep:registration", deserialize = "registration"))]
    pub registration: bool,
    #[serde(rename(serialize = "ep:registrationURL", deserialize = "registrationURL"), default, skip_serializing_if = "Option::is_none")]
    pub registration_url: Option<String>,
    #[serde(rename(serialize = "ep:passwordReq", deserialize = "passwordReq"), default, skip_serializing_if = "Option::is_none")]
    pub password_req: Option<bool>,
    #[serde(
        rename(serialize = "ep:registrationURLForMobile", deserialize = "registrationURLForMobile"),
        default,
        skip_serializing_if = "Option::is_none"
    )]
    pub registration_url_for_mobile: Option<String>,
    #[serde(rename(serialize = "ep:registrationID", deserialize = "registrationID"), default, skip_serializing_if = "Option::is_none")]
    pub registration_id: Option<i64>,
    #[serde(rename(serialize = "ep:joinStatus", deserialize = "joinStatus"), default, skip_serializing_if = "Option::is_none")]
    pub join_status: Option<String>,
    #[serde(
        rename(serialize = "ep:registrationStatus", deserialize = "registrationStatus"),
        default,
        skip_serializing_if = "Option::is_none"
    )]
    pub registration_status: Option<String>,
    #[serde(
        rename(serialize = "ep:isRegisterIDRequired", deserialize = "isRegisterIDRequired"),
        default,
        skip_serializing_if = "Option::is_none"
    )]
    pub is_register_id_required: Option<bool>,
    #[serde(rename(serialize = "ep:audioPassword", deserialize = "audioPassword"), default, skip_serializing_if = "Option::is_none")]
    pub audio_password: Option<String>,
    #[serde(
        rename(serialize = "ep:isEnforceAudioPassword", deserialize = "isEnforceAudioPassword"),
        default,
        skip_serializing_if = "Option::is_none"
    )]
    pub is_enforce_audio_password: Option<bool>,
    #[serde(
        rename(serialize = "ep:isEnforceAudioLogin", deserialize = "isEnforceAudioLogin"),
        default,
        skip_serializing_if = "Option::is_none"
    )]
    pub is_enforce_audio_login: Option<bool>,
}

#[derive(Debug, Serialize, Deserialize)]
pub struct GetSessionInfoResponseMetaData {
    #[serde(rename(serialize = "ep:confName", deserialize = "confName"))]
    pub conf_name: String,
    #[serde(rename(serialize = "ep:sessionType", deserialize = "sessionType"))]
    pub session_type: i64,
    #[serde(rename(serialize = "ep:serviceType", deserialize = "serviceType"))]
    pub service_type: String,
    #[serde(rename(serialize = "ep:agenda", deserialize = "agenda"), default, skip_serializing_if = "Option::is_none")]
    pub agenda: Option<String>,
    #[serde(rename(serialize = "ep:description", deserialize = "description"), default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    #[serde(rename(serialize = "ep:account", deserialize = "account"), default, skip_serializing_if = "Option::is_none")]
    pub account: Option<String>,
    #[serde(rename(serialize = "ep:opportunity", deserialize = "opportunity"), default, skip_serializing_if = "Option::is_none")]
    pub opportunity: Option<String>,
    #[serde(rename(serialize = "ep:isRecurring", deserialize = "isRecurring"))]
    pub is_recurring: bool,
    #[serde(rename(serialize = "ep:agendaFormat", deserialize = "agendaFormat"), default, skip_serializing_if = "Option::is_none")]
    pub agenda_format: Option<String>,
    #[serde(
        rename(serialize = "ep:descriptionFormat", deserialize = "descriptionFormat"),
        default,
        skip_serializing_if = "Option::is_none"
    )]
    pub description_format: Option<String>,
    #[serde(rename(serialize = "ep:isException", deserialize = "isException"), default, skip_serializing_if = "Option::is_none")]
    pub is_exception: Option<bool>,
    #[serde(rename(serialize = "ep:seriesMeetingKey", deserialize = "seriesMeetingKey"), default, skip_serializing_if = "Option::is_none")]
    pub series_meeting_key: Option<i64>,
    #[serde(rename(serialize = "ep:hasException", deserialize = "hasException"), default, skip_serializing_if = "Option::is_none")]
    pub has_exception: Option<bool>,
}

#[derive(Debug, Serialize, Deserialize)]
pub struct GetSessionInfoResponseTelephonyCallInNum {
    #[serde(rename(serialize = "ep:tollNum", deserialize = "tollNum"), default, skip_serializing_if = "Option::is_none")]
    pub toll_num: Option<String>,
    #[serde(rename(serialize = "ep:tollFreeNum", deserialize = "tollFreeNum"), default, skip_serializing_if = "Option::is_none")]
    pub toll_free_num: Option<String>,
    #[serde(rename(serialize = "ep:backupTollNum", deserialize = "backupTollNum"), default, skip_serializing_if = "Option::is_none")]
    pub backup_toll_num: Option<String>,
}

#[derive(Debug, Serialize, Deserialize)]
pub struct GetSessionInfoResponseTelephonyLabels {
    #[serde(rename(serialize = "ep:tollFreeCallInLabel", deserialize = "tollFreeCallInLabel"))]
    pub toll_free_call_in_label: String,
    #[serde(rename(serialize = "ep:tollCallInLabel", deserialize = "tollCallInLabel"))]
    pub toll_call_in_label: String,
    #[serde(
        rename(serialize = "ep:participantAccessLabel", deserialize = "participantAccessLabel"),
        default,
        skip_serializing_if = "Option::is_none"
    )]
    pub participant_access_label: Option<String>,
    #[serde(
        rename(serialize = "ep:participantLimitedAccessLabel", deserialize = "participantLimitedAccessLabel"),
        default,
        skip_serializing_if = "Option::is_none"
    )]
    pub participant_limited_access_label: Option<String>,
    #[serde(
        rename(serialize = "ep:subscriberAccessLabel", deserialize = "subscriberAccessLabel"),
        default,
        skip_serializing_if = "Option::is_none"
    )]
    pub subscriber_access_label: Option<String>,
    #[serde(
        rename(serialize = "ep:globalCallInNumbersLabel", deserialize = "globalCallInNumbersLabel"),
        default,
        skip_serializing_if = "Option::is_none"
    )]
    pub global_call_in_numbers_label: Option<String>,
}

#[derive(Debug, Serialize, Deserialize)]
pub struct GetSessionInfoResponseTelephony {
    #[serde(rename(serialize = "ep:telephonySupport", deserialize = "telephonySupport"))]
    pub telephony_support: String,
    #[serde(
        rename(serialize = "ep:extTelephonyDescription", deserialize = "extTelephonyDescription"),
        default,
        skip_serializing_if = "Option::is_none"
    )]
    pub ext_telephony_description: Option<String>,
    #[serde(
        rename(serialize = "ep:globalCallInNumbersURL", deserialize = "globalCallInNumbersURL"),
        default,
        skip_serializing_if = "Option::is_none"
    )]
    pub global_call_in_numbers_url: Option<String>,
    #[serde(
        rename(serialize = "ep:tollFreeRestrictionsURL", deserialize = "tollFreeRestrictionsURL"),
        default,
        skip_serializing_if = "Option::is_none"
    )]
    pub toll_free_restrictions_url: Option<String>,
    #[serde(rename(serialize = "ep:callInNum", deserialize = "callInNum"), default, skip_serializing_if = "Option::is_none")]
    pub call_in_num: Option<GetSessionInfoResponseTelephonyCallInNum>,
    #[serde(
        rename(serialize = "ep:participantAccessCode", deserialize = "participantAccessCode"),
        default,
        skip_serializing_if = "Option::is_none"
    )]
    pub participant_access_code: Option<String>,
    #[serde(
        rename(serialize = "ep:participantLimitedAccessCode", deserialize = "participantLimitedAccessCode"),
        default,
        skip_serializing_if = "Option::is_none"
    )]
    pub participant_limited_access_code: Option<String>,
    #[serde(
        rename(serialize = "ep:subscriberAccessCode", deserialize = "subscriberAccessCode"),
        default,
        skip_serializing_if = "Option::is_none"
    )]
    pub subscriber_access_code: Option<String>,
    #[serde(rename(serialize = "ep:labels", deserialize = "labels"), default, skip_serializing_if = "Option::is_none")]
    pub labels: Option<GetSessionInfoResponseTelephonyLabels>,
    #[serde(rename(serialize = "ep:mpAudio", deserialize = "mpAudio"), default)]
    pub mp_audio: Vec<String>,
    #[serde(rename(serialize = "ep:mpProfileNumber", deserialize = "mpProfileNumber"), default, skip_serializing_if = "Option::is_none")]
    pub mp_profile_number: Option<String>,
    #[serde(rename(serialize = "ep:isMPAudio", deserialize = "isMPAudio"), default, skip_serializing_if = "Option::is_none")]
    pub is_mp_audio: Option<bool>,
    #[serde(rename(serialize = "ep:voip", deserialize = "voip"), default, skip_serializing_if = "Option::is_none")]
    pub voip: Option<bool>,
    #[serde(rename(serialize = "ep:enableTSP", deserialize = "enableTSP"), default, skip_serializing_if = "Option::is_none")]
    pub enable_tsp: Option<bool>,
}

#[derive(Debug, Serialize, Deserialize)]
pub struct GetSessionInfoResponseMaterialDocument {
    #[serde(rename(serialize = "ep:name", deserialize = "name"))]
    pub name: String,
    #[serde(rename(serialize = "ep:URL", deserialize = "URL"))]
    pub url: String,
    #[serde(rename(serialize = "ep:size", deserialize = "size"))]
    pub size: i64,
}

#[derive(Debug, Serialize, Deserialize)]
pub struct GetSessionInfoResponseMaterial {
    #[serde(rename(serialize = "ep:imageURL", deserialize = "imageURL"), default, skip_serializing_if = "Option::is_none")]
    pub image_url: Option<String>,
    #[serde(rename(serialize = "ep:document", deserialize = "document"), default)]
    pub document: Vec<GetSessionInfoResponseMaterialDocument>,
}

#[derive(Debug, Serialize, Deserialize)]
pub struct GetSessionInfoResponseTest {
    #[serde(rename(serialize = "ep:title", deserialize = "title"))]
    pub title: String,
    #[serde(rename(serialize = "ep:titleURL", deserialize = "titleURL"))]
    pub title_url: String,
    #[serde(rename(serialize = "ep:delivery", deserialize = "delivery"))]
    pub delivery: String,
    #[serde(rename(serialize = "ep:status", deserialize = "status"))]
    pub status: String,
    #[serde(rename(serialize = "ep:action", deserialize = "action"), default, skip_serializing_if = "Option::is_none")]
    pub action: Option<String>,
    #[serde(rename(serialize = "ep:actionURL", deserialize = "actionURL"), default, skip_serializing_if = "Option::is_none")]
    pub action_url: Option<String>,
}

#[derive(Debug, Serialize, Deserialize)]
pub struct GetSessionInfoResponseHost {
    #[serde(rename(serialize = "ep:firstName", deserialize = "firstName"))]
    pub first_name: String,
    #[serde(rename(serialize = "ep:lastName", deserialize = "lastName"))]
    pub last_name: String,
    #[serde(rename(serialize = "ep:email", deserialize = "email"))]
    pub email: String,
    #[serde(rename(serialize = "ep:webExId", deserialize = "webExId"))]
    pub web_ex_id: String,
    #[serde(rename(serialize = "ep:alternateHost", deserialize = "alternateHost"), default)]
    pub alternate_host: Vec<String>,
}

#[derive(Debug, Serialize, Deserialize)]
pub struct GetSessionInfoResponseSchedule {
    #[serde(rename(serialize = "ep:startDate", deserialize = "startDate"))]
    pub start_date: String,
    #[serde(rename(serialize = "ep:duration", deserialize = "duration"))]
    pub duration: i64,
    #[serde(rename(serialize = "ep:timeZone", deserialize = "timeZone"))]
    pub time_zone: String,
    #[serde(rename(serialize = "ep:timeZoneID", deserialize = "timeZoneID"), default, skip_serializing_if = "Option::is_none")]
    pub time_zone_id: Option<i64>,
}

#[derive(Debug, Serialize, Deserialize)]
pub struct GetSessionInfoResponseAttendeeOptions {
    #[serde(
        rename(serialize = "ep:joinRequiresAccount", deserialize = "joinRequiresAccount"),
        default,
        skip_serializing_if = "Option::is_none"
    )]
    pub join_requires_account: Option<bool>,
}

#[derive(Debug, Serialize, Deserialize)]
pub struct GetSessionInfoResponse {
    #[serde(rename(serialize = "ep:status", deserialize = "status"), default, skip_serializing_if = "Option::is_none")]
    pub status: Option<String>,
    #[serde(rename(serialize = "ep:presenter", deserialize = "presenter"), default)]
    pub presenter: Vec<String>,
    #[serde(rename(serialize = "ep:panelistsInfo", deserialize = "panelistsInfo"), default, skip_serializing_if = "Option::is_none")]
    pub panelists_info: Option<String>,
    #[serde(rename(serialize = "ep:programName", deserialize = "programName"), default, skip_serializing_if = "Option::is_none")]
    pub program_name: Option<String>,
    #[serde(rename(serialize = "ep:sessionkey", deserialize = "sessionkey"))]
    pub sessionkey: i64,
    #[serde(rename(serialize = "ep:confID", deserialize = "confID"))]
    pub conf_id: i64,
    #[serde(
        rename(serialize = "ep:verifyFlashMediaURL", deserialize = "verifyFlashMediaURL"),
        default,
        skip_serializing_if = "Option::is_none"
    )]
    pub verify_flash_media_url: Option<String>,
    #[serde(
        rename(serialize = "ep:verifyWinMediaURL", deserialize = "verifyWinMediaURL"),
        default,
        skip_serializing_if = "Option::is_none"
    )]
    pub verify_win_media_url: Option<String>,
    #[serde(rename(serialize = "ep:accessControl", deserialize = "accessControl"), default, skip_serializing_if = "Option::is_none")]
    pub access_control: Option<GetSessionInfoResponseAccessControl>,
    #[serde(rename(serialize = "ep:metaData", deserialize = "metaData"), default, skip_serializing_if = "Option::is_none")]
    pub meta_data: Option<GetSessionInfoResponseMetaData>,
    #[serde(rename(serialize = "ep:telephony", deserialize = "telephony"), default, skip_serializing_if = "Option::is_none")]
    pub telephony: Option<GetSessionInfoResponseTelephony>,
    #[serde(rename(serialize = "ep:material", deserialize = "material"), default, skip_serializing_if = "Option::is_none")]
    pub material: Option<GetSessionInfoResponseMaterial>,
    #[serde(rename(serialize = "ep:hasInSessionTest", deserialize = "hasInSessionTest"), default, skip_serializing_if = "Option::is_none")]
    pub has_in_session_test: Option<bool>,
    #[serde(rename(serialize = "ep:hasWebsiteTest", deserialize = "hasWebsiteTest"), default, skip_serializing_if = "Option::is_none")]
    pub has_website_test: Option<bool>,
    #[serde(rename(serialize = "ep:test", deserialize = "test"), default)]
    pub test: Vec<GetSessionInfoResponseTest>,
    #[serde(rename(serialize = "ep:host", deserialize = "host"))]
    pub host: GetSessionInfoResponseHost,
    #[serde(rename(serialize = "ep:schedule", deserialize = "schedule"))]
    pub schedule: GetSessionInfoResponseSchedule,
    #[serde(rename(serialize = "ep:attendeeOptions", deserialize = "attendeeOptions"), default, skip_serializing_if = "Option::is_none")]
    pub attendee_options: Option<GetSessionInfoResponseAttendeeOptions>,
    #[serde(rename(serialize = "ep:audioStatus", deserialize = "audioStatus"), default, skip_serializing_if = "Option::is_none")]
    pub audio_status: Option<String>,
    #[serde(rename(serialize = "ep:isAudioOnly", deserialize = "isAudioOnly"), default, skip_serializing_if = "Option::is_none")]
    pub is_audio_only: Option<bool>,
    #[serde(rename(serialize = "ep:telePresence", deserialize = "telePresence"), default, skip_serializing_if = "Option::is_none")]
    pub tele_presence: Option<bool>,
    #[serde(rename(serialize = "ep:isAlternateHost", deserialize = "isAlternateHost"), default, skip_serializing_if = "Option::is_none")]
    pub is_alternate_host: Option<bool>,
    #[serde(rename(serialize = "ep:isCreator", deserialize = "isCreator"), default, skip_serializing_if = "Option::is_none")]
    pub is_creator: Option<bool>,
    #[serde(rename(serialize = "ep:hostKey", deserialize = "hostKey"), default, skip_serializing_if = "Option::is_none")]
    pub host_key: Option<String>,
    #[serde(rename(serialize = "ep:supportE2E", deserialize = "supportE2E"), default, skip_serializing_if = "Option::is_none")]
    pub support_e2_e: Option<bool>,
    #[serde(rename(serialize = "ep:attendeeRole", deserialize = "attendeeRole"), default, skip_serializing_if = "Option::is_none")]
    pub attendee_role: Option<String>,
    #[serde(rename(serialize = "ep:isAllowJBH", deserialize = "isAllowJBH"), default, skip_serializing_if = "Option::is_none")]
    pub is_allow_jbh: Option<bool>,
    #[serde(rename(serialize = "ep:isCETMeeting", deserialize = "isCETMeeting"), default, skip_serializing_if = "Option::is_none")]
    pub is_cet_meeting: Option<bool>,
    #[serde(
        rename(serialize = "ep:isPersonalMeetingRoom", deserialize = "isPersonalMeetingRoom"),
        default,
        skip_serializing_if = "Option::is_none"
    )]
    pub is_personal_meeting_room: Option<bool>,
    #[serde(
        rename(serialize = "ep:isNextUpcomingInstance", deserialize = "isNextUpcomingInstance"),
        default,
        skip_serializing_if = "Option::is_none"
    )]
    pub is_next_upcoming_instance: Option<bool>,
    #[serde(rename(serialize = "ep:sipURL", deserialize = "sipURL"), default, skip_serializing_if = "Option::is_none")]
    pub sip_url: Option<String>,
}
