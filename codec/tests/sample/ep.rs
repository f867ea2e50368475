//! `urn:sample:service/ep`
use super::{serv, xmlns};

/// Asks for recordings.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct LstRecording {
    pub list_control: Option<serv::ListControl>,
    pub host_web_ex_id: Option<String>,
    pub scope: Option<lst_recording::Scope>,
}

impl LstRecording {
    /// With nothing set.
    pub fn new() -> Self {
        ::xsdgen_codec::blank()
    }
}

impl Default for LstRecording {
    fn default() -> Self {
        Self::new()
    }
}

::xsdgen_codec::complex_type! {
    LstRecording = ep "lstRecording";
    sequence {
        list_control: ?(serv::ListControl) = ep "listControl", with_list_control;
        host_web_ex_id: ?(String) = ep "hostWebExID", with_host_web_ex_id;
        scope: ?(lst_recording::Scope) = ep "scope", with_scope;
    }
}

/// Types that stand inside [`LstRecording`].
pub mod lst_recording {
    use super::xmlns;

    /// From when to when.
    #[derive(Clone, PartialEq)]
    #[non_exhaustive]
    pub struct Scope {
        pub from: String,
        pub to: String,
    }

    impl Scope {
        /// With what it must hold.
        pub fn new(from: impl Into<String>, to: impl Into<String>) -> Self {
            Self { from: from.into(), to: to.into() }
        }
    }

    ::xsdgen_codec::complex_type! {
        Scope = ep "scope";
        sequence {
            from: 1(String) = ep "from";
            to: 1(String) = ep "to";
        }
    }
}

/// Recordings.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct LstRecordingResponse {
    pub recording: Vec<Recording>,
    pub other: Vec<::xsdgen_codec::AnyElement>,
}

impl LstRecordingResponse {
    /// With nothing set.
    pub fn new() -> Self {
        ::xsdgen_codec::blank()
    }
}

impl Default for LstRecordingResponse {
    fn default() -> Self {
        Self::new()
    }
}

::xsdgen_codec::complex_type! {
    LstRecordingResponse = ep "lstRecordingResponse";
    sequence {
        recording: *(Recording) = ep "recording", with_recording;
        other: *(::xsdgen_codec::AnyElement) = any ["##other:urn:sample:service/ep" lax], with_other;
    }
}

/// A recording.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct Recording {
    pub recording_id: i64,
    pub host_web_ex_id: String,
    pub name: String,
    pub description: Option<String>,
    pub create_time: String,
    pub time_zone_id: i64,
    pub size: f64,
    pub stream_url: Option<String>,
    pub file_url: Option<String>,
    pub recording_type: i32,
    pub duration: i64,
    pub format: Option<Format>,
    pub service_type: Option<ServiceType>,
    pub password_req: Option<bool>,
    pub registration_req: Option<bool>,
    pub conf_id: Option<i64>,
}

::xsdgen_codec::complex_type! {
    Recording = ep "recordingType";
    sequence {
        recording_id: 1(i64) = ep "recordingID";
        host_web_ex_id: 1(String) = ep "hostWebExID";
        name: 1(String) = ep "name";
        description: ?(String) = ep "description", with_description;
        create_time: 1(String) = ep "createTime";
        time_zone_id: 1(i64) = ep "timeZoneID";
        size: 1(f64) = ep "size";
        stream_url: ?(String) = ep "streamURL", with_stream_url;
        file_url: ?(String) = ep "fileURL", with_file_url;
        recording_type: 1(i32) = ep "recordingType";
        duration: 1(i64) = ep "duration";
        format: ?(Format) = ep "format", with_format;
        service_type: ?(ServiceType) = ep "serviceType", with_service_type;
        password_req: ?(bool) = ep "passwordReq", with_password_req;
        registration_req: ?(bool) = ep "registrationReq", with_registration_req;
        conf_id: ?(i64) = ep "confID", with_conf_id;
    }
}

/// File format.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Format {
    /// `ARF`
    Arf,
    /// `MP4`
    Mp4,
    /// A value that this version of the schema does not name.
    Other(String),
}

::xsdgen_codec::enumeration! {
    Format = ep "formatType";
    Arf = "ARF";
    Mp4 = "MP4";
}

/// Service.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ServiceType {
    /// `MeetingCenter`
    MeetingCenter,
    /// `EventCenter`
    EventCenter,
    /// A value that this version of the schema does not name.
    Other(String),
}

::xsdgen_codec::enumeration! {
    ServiceType = ep "serviceType";
    MeetingCenter = "MeetingCenter";
    EventCenter = "EventCenter";
}
