//! In: the documents. Out: the structs that one writes by hand for quick-xml with serde derive: local names, enumerations as texts.
//! Not done here: namespaces, which serde does not know; what is written has the usual prefixes.

use serde::{Deserialize, Serialize};

#[derive(Debug, Serialize, Deserialize)]
#[serde(rename = "serv:message")]
pub struct Message {
    #[serde(rename = "@xmlns:serv", default = "serv")]
    pub xmlns: String,
    #[serde(rename(serialize = "serv:header", deserialize = "header"))]
    pub header: Header,
    #[serde(rename(serialize = "serv:body", deserialize = "body"))]
    pub body: Body,
}

fn serv() -> String {
    "urn:bench:service".to_owned()
}

#[derive(Debug, Serialize, Deserialize)]
pub struct Header {
    #[serde(rename(serialize = "serv:response", deserialize = "response"))]
    pub response: Response,
}

#[derive(Debug, Serialize, Deserialize)]
pub struct Response {
    #[serde(rename(serialize = "serv:result", deserialize = "result"))]
    pub result: String,
    #[serde(rename(serialize = "serv:reason", deserialize = "reason"), default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    #[serde(rename(serialize = "serv:gsbStatus", deserialize = "gsbStatus"), default, skip_serializing_if = "Option::is_none")]
    pub gsb_status: Option<String>,
}

#[derive(Debug, Serialize, Deserialize)]
pub struct Body {
    #[serde(rename = "$value")]
    pub payload: Payload,
}

#[derive(Debug, Serialize, Deserialize)]
pub enum Payload {
    #[serde(rename(serialize = "ep:getSessionInfoResponse", deserialize = "getSessionInfoResponse"))]
    Session(Box<GetSessionInfoResponse>),
    #[serde(rename(serialize = "ep:lstRecordingResponse", deserialize = "lstRecordingResponse"))]
    List(LstRecordingResponse),
    #[serde(rename(serialize = "use:getUserResponse", deserialize = "getUserResponse"))]
    User(Box<GetUserResponse>),
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(rename = "qti:questestinterop")]
pub struct Questions {
    #[serde(rename = "@xmlns:qti", default)]
    pub xmlns: String,
    #[serde(rename(serialize = "qti:item", deserialize = "item"), default)]
    pub item: Vec<Item>,
}

#[derive(Debug, Serialize, Deserialize)]
pub struct Item {
    #[serde(rename = "@ident")]
    pub ident: String,
    #[serde(rename = "@title", default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    #[serde(rename = "@maxattempts", default, skip_serializing_if = "Option::is_none")]
    pub maxattempts: Option<i32>,
    #[serde(rename(serialize = "qti:presentation", deserialize = "presentation"))]
    pub presentation: Presentation,
    #[serde(rename(serialize = "qti:setvar", deserialize = "setvar"), default)]
    pub setvar: Vec<Setvar>,
}

#[derive(Debug, Serialize, Deserialize)]
pub struct Presentation {
    #[serde(rename = "@label", default, skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    #[serde(rename(serialize = "qti:mattext", deserialize = "mattext"))]
    pub mattext: Mattext,
    #[serde(rename(serialize = "qti:response_lid", deserialize = "response_lid"))]
    pub response_lid: ResponseLid,
}

#[derive(Debug, Serialize, Deserialize)]
pub struct ResponseLid {
    #[serde(rename = "@ident")]
    pub ident: String,
    #[serde(rename = "@rcardinality", default, skip_serializing_if = "Option::is_none")]
    pub rcardinality: Option<String>,
    #[serde(rename = "@rtiming", default, skip_serializing_if = "Option::is_none")]
    pub rtiming: Option<bool>,
    #[serde(rename(serialize = "qti:response_label", deserialize = "response_label"), default)]
    pub response_label: Vec<Label>,
}

#[derive(Debug, Serialize, Deserialize)]
pub struct Label {
    #[serde(rename = "@ident")]
    pub ident: String,
    #[serde(rename = "@rshuffle", default, skip_serializing_if = "Option::is_none")]
    pub rshuffle: Option<bool>,
    #[serde(rename(serialize = "qti:mattext", deserialize = "mattext"))]
    pub mattext: Mattext,
}

#[derive(Debug, Serialize, Deserialize)]
pub struct Mattext {
    #[serde(rename = "@texttype", default, skip_serializing_if = "Option::is_none")]
    pub texttype: Option<String>,
    #[serde(rename = "@charset", default, skip_serializing_if = "Option::is_none")]
    pub charset: Option<String>,
    #[serde(rename = "$value", default)]
    pub content: Vec<Content>,
}

#[derive(Debug, Serialize, Deserialize)]
pub enum Content {
    #[serde(rename = "$text")]
    Text(String),
    #[serde(rename(serialize = "qti:em", deserialize = "em"))]
    Em(Emphasis),
    #[serde(rename(serialize = "qti:code", deserialize = "code"))]
    Code(String),
}

#[derive(Debug, Serialize, Deserialize)]
pub struct Emphasis {
    #[serde(rename = "@style", default, skip_serializing_if = "Option::is_none")]
    pub style: Option<String>,
    #[serde(rename = "$text", default)]
    pub value: String,
}

#[derive(Debug, Serialize, Deserialize)]
pub struct Setvar {
    #[serde(rename = "@varname", default, skip_serializing_if = "Option::is_none")]
    pub varname: Option<String>,
    #[serde(rename = "@action", default, skip_serializing_if = "Option::is_none")]
    pub action: Option<String>,
    #[serde(rename = "$text")]
    pub value: i32,
}

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

#[derive(Debug, Serialize, Deserialize)]
pub struct RecordingInfoType {
    #[serde(rename(serialize = "ep:recordingID", deserialize = "recordingID"))]
    pub recording_id: i32,
    #[serde(rename(serialize = "ep:hostWebExID", deserialize = "hostWebExID"))]
    pub host_web_ex_id: String,
    #[serde(rename(serialize = "ep:name", deserialize = "name"))]
    pub name: String,
    #[serde(rename(serialize = "ep:description", deserialize = "description"))]
    pub description: String,
    #[serde(rename(serialize = "ep:createTime", deserialize = "createTime"))]
    pub create_time: String,
    #[serde(rename(serialize = "ep:timeZoneID", deserialize = "timeZoneID"))]
    pub time_zone_id: i32,
    #[serde(rename(serialize = "ep:size", deserialize = "size"))]
    pub size: f64,
    #[serde(rename(serialize = "ep:streamURL", deserialize = "streamURL"))]
    pub stream_url: String,
    #[serde(rename(serialize = "ep:fileURL", deserialize = "fileURL"))]
    pub file_url: String,
    #[serde(rename(serialize = "ep:recordingType", deserialize = "recordingType"))]
    pub recording_type: i32,
    #[serde(rename(serialize = "ep:duration", deserialize = "duration"))]
    pub duration: i64,
    #[serde(rename(serialize = "ep:format", deserialize = "format"))]
    pub format: String,
    #[serde(rename(serialize = "ep:serviceType", deserialize = "serviceType"))]
    pub service_type: String,
    #[serde(rename(serialize = "ep:passwordReq", deserialize = "passwordReq"))]
    pub password_req: bool,
    #[serde(rename(serialize = "ep:registrationReq", deserialize = "registrationReq"))]
    pub registration_req: bool,
    #[serde(rename(serialize = "ep:confID", deserialize = "confID"))]
    pub conf_id: i64,
}

#[derive(Debug, Serialize, Deserialize)]
pub struct MatchingRecordsType {
    #[serde(rename(serialize = "ep:total", deserialize = "total"))]
    pub total: i64,
    #[serde(rename(serialize = "ep:returned", deserialize = "returned"))]
    pub returned: i64,
    #[serde(rename(serialize = "ep:startFrom", deserialize = "startFrom"))]
    pub start_from: i64,
}

#[derive(Debug, Serialize, Deserialize)]
pub struct LstRecordingResponse {
    #[serde(rename(serialize = "ep:recording", deserialize = "recording"), default)]
    pub recording: Vec<RecordingInfoType>,
    #[serde(rename(serialize = "ep:matchingRecords", deserialize = "matchingRecords"), default, skip_serializing_if = "Option::is_none")]
    pub matching_records: Option<MatchingRecordsType>,
}

#[derive(Debug, Serialize, Deserialize)]
pub struct AddressType {
    #[serde(rename(serialize = "use:addressType", deserialize = "addressType"), default, skip_serializing_if = "Option::is_none")]
    pub address_type: Option<String>,
    #[serde(rename(serialize = "use:address1", deserialize = "address1"), default, skip_serializing_if = "Option::is_none")]
    pub address1: Option<String>,
    #[serde(rename(serialize = "use:address2", deserialize = "address2"), default, skip_serializing_if = "Option::is_none")]
    pub address2: Option<String>,
    #[serde(rename(serialize = "use:city", deserialize = "city"), default, skip_serializing_if = "Option::is_none")]
    pub city: Option<String>,
    #[serde(rename(serialize = "use:state", deserialize = "state"), default, skip_serializing_if = "Option::is_none")]
    pub state: Option<String>,
    #[serde(rename(serialize = "use:zipCode", deserialize = "zipCode"), default, skip_serializing_if = "Option::is_none")]
    pub zip_code: Option<String>,
    #[serde(rename(serialize = "use:country", deserialize = "country"), default, skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
}

#[derive(Debug, Serialize, Deserialize)]
pub struct PhonesType {
    #[serde(rename(serialize = "use:phone", deserialize = "phone"), default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    #[serde(rename(serialize = "use:mobilePhone", deserialize = "mobilePhone"), default, skip_serializing_if = "Option::is_none")]
    pub mobile_phone: Option<String>,
    #[serde(rename(serialize = "use:fax", deserialize = "fax"), default, skip_serializing_if = "Option::is_none")]
    pub fax: Option<String>,
    #[serde(rename(serialize = "use:pager", deserialize = "pager"), default, skip_serializing_if = "Option::is_none")]
    pub pager: Option<String>,
    #[serde(rename(serialize = "use:phone2", deserialize = "phone2"), default, skip_serializing_if = "Option::is_none")]
    pub phone2: Option<String>,
    #[serde(rename(serialize = "use:mobilePhone2", deserialize = "mobilePhone2"), default, skip_serializing_if = "Option::is_none")]
    pub mobile_phone2: Option<String>,
    #[serde(rename(serialize = "use:PIN", deserialize = "PIN"), default, skip_serializing_if = "Option::is_none")]
    pub pin: Option<String>,
}

#[derive(Debug, Serialize, Deserialize)]
pub struct CommOptionsType {
    #[serde(rename(serialize = "use:prodAnnounce", deserialize = "prodAnnounce"), default, skip_serializing_if = "Option::is_none")]
    pub prod_announce: Option<bool>,
    #[serde(rename(serialize = "use:trainingInfo", deserialize = "trainingInfo"), default, skip_serializing_if = "Option::is_none")]
    pub training_info: Option<bool>,
    #[serde(rename(serialize = "use:electronicInfo", deserialize = "electronicInfo"), default, skip_serializing_if = "Option::is_none")]
    pub electronic_info: Option<bool>,
    #[serde(rename(serialize = "use:promos", deserialize = "promos"), default, skip_serializing_if = "Option::is_none")]
    pub promos: Option<bool>,
    #[serde(rename(serialize = "use:press", deserialize = "press"), default, skip_serializing_if = "Option::is_none")]
    pub press: Option<bool>,
    #[serde(rename(serialize = "use:email", deserialize = "email"), default, skip_serializing_if = "Option::is_none")]
    pub email: Option<bool>,
    #[serde(rename(serialize = "use:fax", deserialize = "fax"), default, skip_serializing_if = "Option::is_none")]
    pub fax: Option<bool>,
    #[serde(rename(serialize = "use:phone", deserialize = "phone"), default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<bool>,
    #[serde(rename(serialize = "use:mail", deserialize = "mail"), default, skip_serializing_if = "Option::is_none")]
    pub mail: Option<bool>,
}

#[derive(Debug, Serialize, Deserialize)]
pub struct PrivilegeType {
    #[serde(rename(serialize = "use:host", deserialize = "host"), default, skip_serializing_if = "Option::is_none")]
    pub host: Option<bool>,
    #[serde(rename(serialize = "use:teleConfCallOut", deserialize = "teleConfCallOut"), default, skip_serializing_if = "Option::is_none")]
    pub tele_conf_call_out: Option<bool>,
    #[serde(
        rename(serialize = "use:teleConfCallOutInternational", deserialize = "teleConfCallOutInternational"),
        default,
        skip_serializing_if = "Option::is_none"
    )]
    pub tele_conf_call_out_international: Option<bool>,
    #[serde(rename(serialize = "use:teleConfCallIn", deserialize = "teleConfCallIn"), default, skip_serializing_if = "Option::is_none")]
    pub tele_conf_call_in: Option<bool>,
    #[serde(
        rename(serialize = "use:teleConfTollFreeCallIn", deserialize = "teleConfTollFreeCallIn"),
        default,
        skip_serializing_if = "Option::is_none"
    )]
    pub tele_conf_toll_free_call_in: Option<bool>,
    #[serde(rename(serialize = "use:siteAdmin", deserialize = "siteAdmin"), default, skip_serializing_if = "Option::is_none")]
    pub site_admin: Option<bool>,
    #[serde(rename(serialize = "use:voiceOverIp", deserialize = "voiceOverIp"), default, skip_serializing_if = "Option::is_none")]
    pub voice_over_ip: Option<bool>,
    #[serde(rename(serialize = "use:roSiteAdmin", deserialize = "roSiteAdmin"), default, skip_serializing_if = "Option::is_none")]
    pub ro_site_admin: Option<bool>,
    #[serde(rename(serialize = "use:labAdmin", deserialize = "labAdmin"), default, skip_serializing_if = "Option::is_none")]
    pub lab_admin: Option<bool>,
    #[serde(rename(serialize = "use:otherTelephony", deserialize = "otherTelephony"), default, skip_serializing_if = "Option::is_none")]
    pub other_telephony: Option<bool>,
    #[serde(
        rename(serialize = "use:teleConfCallInInternational", deserialize = "teleConfCallInInternational"),
        default,
        skip_serializing_if = "Option::is_none"
    )]
    pub tele_conf_call_in_international: Option<bool>,
    #[serde(rename(serialize = "use:attendeeOnly", deserialize = "attendeeOnly"), default, skip_serializing_if = "Option::is_none")]
    pub attendee_only: Option<bool>,
    #[serde(rename(serialize = "use:recordingEditor", deserialize = "recordingEditor"), default, skip_serializing_if = "Option::is_none")]
    pub recording_editor: Option<bool>,
    #[serde(rename(serialize = "use:meetingAssist", deserialize = "meetingAssist"), default, skip_serializing_if = "Option::is_none")]
    pub meeting_assist: Option<bool>,
    #[serde(rename(serialize = "use:HQvideo", deserialize = "HQvideo"), default, skip_serializing_if = "Option::is_none")]
    pub h_qvideo: Option<bool>,
    #[serde(
        rename(serialize = "use:allowExtAttendees", deserialize = "allowExtAttendees"),
        default,
        skip_serializing_if = "Option::is_none"
    )]
    pub allow_ext_attendees: Option<bool>,
    #[serde(rename(serialize = "use:HDvideo", deserialize = "HDvideo"), default, skip_serializing_if = "Option::is_none")]
    pub h_dvideo: Option<bool>,
    #[serde(rename(serialize = "use:isEnableCET", deserialize = "isEnableCET"), default, skip_serializing_if = "Option::is_none")]
    pub is_enable_cet: Option<bool>,
    #[serde(rename(serialize = "use:isEnablePMR", deserialize = "isEnablePMR"), default, skip_serializing_if = "Option::is_none")]
    pub is_enable_pmr: Option<bool>,
}

#[derive(Debug, Serialize, Deserialize)]
pub struct SessionTypesType {
    #[serde(rename(serialize = "use:sessionType", deserialize = "sessionType"), default)]
    pub session_type: Vec<i32>,
}

#[derive(Debug, Serialize, Deserialize)]
pub struct TrackingType {
    #[serde(rename(serialize = "use:trackingCode1", deserialize = "trackingCode1"), default, skip_serializing_if = "Option::is_none")]
    pub tracking_code1: Option<String>,
    #[serde(rename(serialize = "use:trackingCode2", deserialize = "trackingCode2"), default, skip_serializing_if = "Option::is_none")]
    pub tracking_code2: Option<String>,
    #[serde(rename(serialize = "use:trackingCode3", deserialize = "trackingCode3"), default, skip_serializing_if = "Option::is_none")]
    pub tracking_code3: Option<String>,
    #[serde(rename(serialize = "use:trackingCode4", deserialize = "trackingCode4"), default, skip_serializing_if = "Option::is_none")]
    pub tracking_code4: Option<String>,
    #[serde(rename(serialize = "use:trackingCode5", deserialize = "trackingCode5"), default, skip_serializing_if = "Option::is_none")]
    pub tracking_code5: Option<String>,
}

#[derive(Debug, Serialize, Deserialize)]
pub struct MeetingTypesType {
    #[serde(rename(serialize = "use:meetingType", deserialize = "meetingType"), default)]
    pub meeting_type: Vec<i32>,
}

#[derive(Debug, Serialize, Deserialize)]
pub struct OptionsType {
    #[serde(
        rename(serialize = "use:firstNameVisible", deserialize = "firstNameVisible"),
        default,
        skip_serializing_if = "Option::is_none"
    )]
    pub first_name_visible: Option<bool>,
    #[serde(rename(serialize = "use:lastNameVisible", deserialize = "lastNameVisible"), default, skip_serializing_if = "Option::is_none")]
    pub last_name_visible: Option<bool>,
    #[serde(rename(serialize = "use:addressVisible", deserialize = "addressVisible"), default, skip_serializing_if = "Option::is_none")]
    pub address_visible: Option<bool>,
    #[serde(
        rename(serialize = "use:workPhoneVisible", deserialize = "workPhoneVisible"),
        default,
        skip_serializing_if = "Option::is_none"
    )]
    pub work_phone_visible: Option<bool>,
    #[serde(
        rename(serialize = "use:cellPhoneVisible", deserialize = "cellPhoneVisible"),
        default,
        skip_serializing_if = "Option::is_none"
    )]
    pub cell_phone_visible: Option<bool>,
    #[serde(rename(serialize = "use:faxVisible", deserialize = "faxVisible"), default, skip_serializing_if = "Option::is_none")]
    pub fax_visible: Option<bool>,
}

#[derive(Debug, Serialize, Deserialize)]
pub struct SessionTemplateType {
    #[serde(rename(serialize = "use:templateName", deserialize = "templateName"))]
    pub template_name: String,
    #[serde(rename(serialize = "use:templateType", deserialize = "templateType"))]
    pub template_type: String,
    #[serde(rename(serialize = "use:isDefault", deserialize = "isDefault"))]
    pub is_default: bool,
    #[serde(rename(serialize = "use:serviceType", deserialize = "serviceType"))]
    pub service_type: String,
}

#[derive(Debug, Serialize, Deserialize)]
pub struct SchedulingTemplatesType {
    #[serde(rename(serialize = "use:sessionTemplate", deserialize = "sessionTemplate"), default)]
    pub session_template: Vec<SessionTemplateType>,
}

#[derive(Debug, Serialize, Deserialize)]
pub struct GetUserResponse {
    #[serde(rename(serialize = "use:firstName", deserialize = "firstName"))]
    pub first_name: String,
    #[serde(rename(serialize = "use:lastName", deserialize = "lastName"))]
    pub last_name: String,
    #[serde(rename(serialize = "use:title", deserialize = "title"), default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    #[serde(rename(serialize = "use:categoryId", deserialize = "categoryId"), default, skip_serializing_if = "Option::is_none")]
    pub category_id: Option<i32>,
    #[serde(rename(serialize = "use:description", deserialize = "description"), default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    #[serde(rename(serialize = "use:officeGreeting", deserialize = "officeGreeting"), default, skip_serializing_if = "Option::is_none")]
    pub office_greeting: Option<String>,
    #[serde(rename(serialize = "use:company", deserialize = "company"), default, skip_serializing_if = "Option::is_none")]
    pub company: Option<String>,
    #[serde(rename(serialize = "use:webExId", deserialize = "webExId"))]
    pub web_ex_id: String,
    #[serde(rename(serialize = "use:address", deserialize = "address"), default, skip_serializing_if = "Option::is_none")]
    pub address: Option<AddressType>,
    #[serde(rename(serialize = "use:phones", deserialize = "phones"), default, skip_serializing_if = "Option::is_none")]
    pub phones: Option<PhonesType>,
    #[serde(rename(serialize = "use:email", deserialize = "email"))]
    pub email: String,
    #[serde(rename(serialize = "use:email2", deserialize = "email2"), default, skip_serializing_if = "Option::is_none")]
    pub email2: Option<String>,
    #[serde(rename(serialize = "use:officeUrl", deserialize = "officeUrl"), default, skip_serializing_if = "Option::is_none")]
    pub office_url: Option<String>,
    #[serde(rename(serialize = "use:password", deserialize = "password"), default, skip_serializing_if = "Option::is_none")]
    pub password: Option<String>,
    #[serde(rename(serialize = "use:passwordHint", deserialize = "passwordHint"), default, skip_serializing_if = "Option::is_none")]
    pub password_hint: Option<String>,
    #[serde(rename(serialize = "use:personalUrl", deserialize = "personalUrl"), default, skip_serializing_if = "Option::is_none")]
    pub personal_url: Option<String>,
    #[serde(rename(serialize = "use:expirationDate", deserialize = "expirationDate"), default, skip_serializing_if = "Option::is_none")]
    pub expiration_date: Option<String>,
    #[serde(rename(serialize = "use:commOptions", deserialize = "commOptions"), default, skip_serializing_if = "Option::is_none")]
    pub comm_options: Option<CommOptionsType>,
    #[serde(rename(serialize = "use:meetingTypes", deserialize = "meetingTypes"), default, skip_serializing_if = "Option::is_none")]
    pub meeting_types: Option<MeetingTypesType>,
    #[serde(rename(serialize = "use:options", deserialize = "options"), default, skip_serializing_if = "Option::is_none")]
    pub options: Option<OptionsType>,
    #[serde(rename(serialize = "use:timeZoneID", deserialize = "timeZoneID"), default, skip_serializing_if = "Option::is_none")]
    pub time_zone_id: Option<i32>,
    #[serde(rename(serialize = "use:timeZone", deserialize = "timeZone"), default, skip_serializing_if = "Option::is_none")]
    pub time_zone: Option<String>,
    #[serde(rename(serialize = "use:timeZoneWithDST", deserialize = "timeZoneWithDST"), default, skip_serializing_if = "Option::is_none")]
    pub time_zone_with_dst: Option<String>,
    #[serde(rename(serialize = "use:tracking", deserialize = "tracking"), default, skip_serializing_if = "Option::is_none")]
    pub tracking: Option<TrackingType>,
    #[serde(rename(serialize = "use:service", deserialize = "service"), default, skip_serializing_if = "Option::is_none")]
    pub service: Option<String>,
    #[serde(rename(serialize = "use:privilege", deserialize = "privilege"), default, skip_serializing_if = "Option::is_none")]
    pub privilege: Option<PrivilegeType>,
    #[serde(rename(serialize = "use:language", deserialize = "language"), default, skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    #[serde(rename(serialize = "use:locale", deserialize = "locale"), default, skip_serializing_if = "Option::is_none")]
    pub locale: Option<String>,
    #[serde(rename(serialize = "use:active", deserialize = "active"), default, skip_serializing_if = "Option::is_none")]
    pub active: Option<String>,
    #[serde(rename(serialize = "use:sessionTypes", deserialize = "sessionTypes"), default, skip_serializing_if = "Option::is_none")]
    pub session_types: Option<SessionTypesType>,
    #[serde(rename(serialize = "use:userId", deserialize = "userId"), default, skip_serializing_if = "Option::is_none")]
    pub user_id: Option<i32>,
    #[serde(rename(serialize = "use:visitCount", deserialize = "visitCount"), default, skip_serializing_if = "Option::is_none")]
    pub visit_count: Option<i32>,
    #[serde(
        rename(serialize = "use:registrationDate", deserialize = "registrationDate"),
        default,
        skip_serializing_if = "Option::is_none"
    )]
    pub registration_date: Option<String>,
    #[serde(rename(serialize = "use:syncWebOffice", deserialize = "syncWebOffice"), default, skip_serializing_if = "Option::is_none")]
    pub sync_web_office: Option<String>,
    #[serde(rename(serialize = "use:peExpired", deserialize = "peExpired"), default, skip_serializing_if = "Option::is_none")]
    pub pe_expired: Option<bool>,
    #[serde(rename(serialize = "use:peActive", deserialize = "peActive"), default, skip_serializing_if = "Option::is_none")]
    pub pe_active: Option<bool>,
    #[serde(rename(serialize = "use:passwordExpires", deserialize = "passwordExpires"), default, skip_serializing_if = "Option::is_none")]
    pub password_expires: Option<bool>,
    #[serde(
        rename(serialize = "use:passwordDaysLeft", deserialize = "passwordDaysLeft"),
        default,
        skip_serializing_if = "Option::is_none"
    )]
    pub password_days_left: Option<i32>,
    #[serde(
        rename(serialize = "use:schedulingTemplates", deserialize = "schedulingTemplates"),
        default,
        skip_serializing_if = "Option::is_none"
    )]
    pub scheduling_templates: Option<SchedulingTemplatesType>,
    #[serde(rename(serialize = "use:isMyWebExPro", deserialize = "isMyWebExPro"), default, skip_serializing_if = "Option::is_none")]
    pub is_my_web_ex_pro: Option<bool>,
    #[serde(rename(serialize = "use:myContact", deserialize = "myContact"), default, skip_serializing_if = "Option::is_none")]
    pub my_contact: Option<bool>,
    #[serde(rename(serialize = "use:myProfile", deserialize = "myProfile"), default, skip_serializing_if = "Option::is_none")]
    pub my_profile: Option<bool>,
    #[serde(rename(serialize = "use:myMeetings", deserialize = "myMeetings"), default, skip_serializing_if = "Option::is_none")]
    pub my_meetings: Option<bool>,
    #[serde(rename(serialize = "use:myFolders", deserialize = "myFolders"), default, skip_serializing_if = "Option::is_none")]
    pub my_folders: Option<bool>,
    #[serde(
        rename(serialize = "use:trainingRecordings", deserialize = "trainingRecordings"),
        default,
        skip_serializing_if = "Option::is_none"
    )]
    pub training_recordings: Option<bool>,
    #[serde(rename(serialize = "use:recordedEvents", deserialize = "recordedEvents"), default, skip_serializing_if = "Option::is_none")]
    pub recorded_events: Option<bool>,
    #[serde(
        rename(serialize = "use:totalStorageSize", deserialize = "totalStorageSize"),
        default,
        skip_serializing_if = "Option::is_none"
    )]
    pub total_storage_size: Option<i32>,
    #[serde(rename(serialize = "use:myReports", deserialize = "myReports"), default, skip_serializing_if = "Option::is_none")]
    pub my_reports: Option<bool>,
    #[serde(rename(serialize = "use:myComputer", deserialize = "myComputer"), default, skip_serializing_if = "Option::is_none")]
    pub my_computer: Option<i32>,
    #[serde(
        rename(serialize = "use:personalMeetingRoom", deserialize = "personalMeetingRoom"),
        default,
        skip_serializing_if = "Option::is_none"
    )]
    pub personal_meeting_room: Option<bool>,
    #[serde(rename(serialize = "use:myPartnerLinks", deserialize = "myPartnerLinks"), default, skip_serializing_if = "Option::is_none")]
    pub my_partner_links: Option<bool>,
    #[serde(rename(serialize = "use:myWorkspaces", deserialize = "myWorkspaces"), default, skip_serializing_if = "Option::is_none")]
    pub my_workspaces: Option<bool>,
}
