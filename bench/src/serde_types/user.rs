//! Structs for the document about a user. The message around it is in the parent module.

use serde::{Deserialize, Serialize};

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
