//! `urn:sample:service/ep`
use super::{serv, xmlns};
use xsdgen_codec::Xml;

/// Requests a list of recordings.
#[derive(Clone, PartialEq, Xml)]
#[xml(ep, "lstRecording")]
#[operation(response = LstRecordingResponse, wire_type = "java:sample.ep.LstRecording", safe)]
#[non_exhaustive]
pub struct LstRecording {
    #[xml("listControl")]
    pub list_control: Option<serv::ListControl>,
    #[xml("hostWebExID")]
    pub host_web_ex_id: Option<String>,
    #[xml("scope")]
    pub scope: Option<lst_recording::Scope>,
}

impl Default for LstRecording {
    fn default() -> Self {
        Self::new()
    }
}

/// The anonymous types within [`LstRecording`].
pub mod lst_recording {
    use super::xmlns;
    use xsdgen_codec::Xml;

    /// A period of time.
    #[derive(Clone, PartialEq, Xml)]
    #[xml(ep, "scope")]
    #[non_exhaustive]
    pub struct Scope {
        #[xml("from")]
        pub from: String,
        #[xml("to")]
        pub to: String,
    }
}

/// Contains the recordings.
#[derive(Clone, PartialEq, Xml)]
#[xml(ep, "lstRecordingResponse")]
#[non_exhaustive]
pub struct LstRecordingResponse {
    #[xml("recording")]
    pub recording: Vec<Recording>,
    #[xml(any = "##other:urn:sample:service/ep", process = lax)]
    pub other: Vec<::xsdgen_codec::AnyElement>,
}

impl Default for LstRecordingResponse {
    fn default() -> Self {
        Self::new()
    }
}

/// A recording.
#[derive(Clone, PartialEq, Xml)]
#[xml(ep, "recordingType")]
#[non_exhaustive]
pub struct Recording {
    #[xml("recordingID")]
    pub recording_id: i64,
    #[xml("hostWebExID")]
    pub host_web_ex_id: String,
    #[xml("name")]
    pub name: String,
    #[xml("description")]
    pub description: Option<String>,
    #[xml("createTime")]
    pub create_time: String,
    #[xml("timeZoneID")]
    pub time_zone_id: i64,
    #[xml("size")]
    pub size: f64,
    #[xml("streamURL")]
    pub stream_url: Option<String>,
    #[xml("fileURL")]
    pub file_url: Option<String>,
    #[xml("recordingType")]
    pub recording_type: i32,
    #[xml("duration")]
    pub duration: i64,
    #[xml("format")]
    pub format: Option<Format>,
    #[xml("serviceType")]
    pub service_type: Option<ServiceType>,
    #[xml("passwordReq")]
    pub password_req: Option<bool>,
    #[xml("registrationReq")]
    pub registration_req: Option<bool>,
    #[xml("confID")]
    pub conf_id: Option<i64>,
}

/// The format of a file.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Xml)]
#[xml(ep, "formatType")]
#[non_exhaustive]
pub enum Format {
    /// `ARF`
    #[xml("ARF")]
    Arf,
    /// `MP4`
    #[xml("MP4")]
    Mp4,
    /// A value that the schema does not list.
    Other(String),
}

/// The service that made the recording.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Xml)]
#[xml(ep, "serviceType")]
#[non_exhaustive]
pub enum ServiceType {
    /// `MeetingCenter`
    #[xml("MeetingCenter")]
    MeetingCenter,
    /// `EventCenter`
    #[xml("EventCenter")]
    EventCenter,
    /// A value that the schema does not list.
    Other(String),
}
