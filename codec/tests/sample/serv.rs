//! `urn:sample:service`
use super::{com, ep, r#use, xmlns};

/// The envelope.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct Message {
    pub header: Header,
    pub body: Body,
}

impl Message {
    /// With what it must hold.
    pub fn new(header: Header, body: Body) -> Self {
        Self { header, body }
    }
}

::xsdgen_codec::complex_type! {
    Message = serv "messageType";
    sequence {
        header: 1(Header) = serv "header";
        body: 1(Body) = serv "body";
    }
}

/// What goes before.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct Header {
    pub security_context: Option<com::Security>,
    pub response: Vec<Response>,
}

impl Header {
    /// With nothing set.
    pub fn new() -> Self {
        ::xsdgen_codec::blank()
    }
}

impl Default for Header {
    fn default() -> Self {
        Self::new()
    }
}

::xsdgen_codec::complex_type! {
    Header = serv "headerType";
    sequence {
        security_context: ?(com::Security) = serv "securityContext", with_security_context;
        response: *(Response) = serv "response", with_response;
    }
}

/// How it went.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct Response {
    pub result: ResultType,
    pub reason: Option<String>,
    pub gsb_status: Option<GsbStatus>,
    pub exception_id: Option<String>,
}

impl Response {
    /// With what it must hold; everything else is absent.
    pub fn new(result: ResultType) -> Self {
        Self { result, ..::xsdgen_codec::blank() }
    }
}

::xsdgen_codec::complex_type! {
    Response = serv "responseType";
    sequence {
        result: 1(ResultType) = serv "result";
        reason: ?(String) = serv "reason", with_reason;
        gsb_status: ?(GsbStatus) = serv "gsbStatus", with_gsb_status;
        exception_id: ?(String) = serv "exceptionID", with_exception_id;
    }
}

/// Success or failure.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ResultType {
    /// `SUCCESS`
    Success,
    /// `FAILURE`
    Failure,
    /// A value that this version of the schema does not name.
    Other(String),
}

::xsdgen_codec::enumeration! {
    ResultType = serv "resultType";
    Success = "SUCCESS";
    Failure = "FAILURE";
}

/// Which system answered.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum GsbStatus {
    /// `PRIMARY`
    Primary,
    /// `BACKUP`
    Backup,
    /// A value that this version of the schema does not name.
    Other(String),
}

::xsdgen_codec::enumeration! {
    GsbStatus = serv "gsbStatusType";
    Primary = "PRIMARY";
    Backup = "BACKUP";
}

/// What it is about.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct Body {
    pub body_content: Vec<AnyBodyContent>,
}

impl Body {
    /// With what it must hold.
    pub fn new(body_content: Vec<AnyBodyContent>) -> Self {
        Self { body_content }
    }
}

::xsdgen_codec::complex_type! {
    Body = serv "bodyType";
    sequence {
        body_content: +(AnyBodyContent) = serv "bodyContent", with_body_content;
    }
}

/// The base of all contents.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct BodyContent {}

impl BodyContent {
    /// Nothing to set.
    pub fn new() -> Self {
        ::xsdgen_codec::blank()
    }
}

impl Default for BodyContent {
    fn default() -> Self {
        Self::new()
    }
}

::xsdgen_codec::complex_type! {
    BodyContent = serv "bodyContentType";
}

/// Anything that may stand where `serv:bodyContentType` is declared, by `xsi:type`.
#[non_exhaustive]
pub enum AnyBodyContent {
    /// `serv:bodyContentType` itself.
    BodyContent(Box<BodyContent>),
    /// `ep:lstRecording`
    LstRecording(Box<ep::LstRecording>),
    /// `ep:lstRecordingResponse`
    LstRecordingResponse(Box<ep::LstRecordingResponse>),
    /// `use:setUser`
    SetUser(Box<r#use::SetUser>),
    /// `use:setUserResponse`
    SetUserResponse(Box<r#use::SetUserResponse>),
    /// `ep:never`
    #[cfg(target_os = "cuda")]
    Never(Box<ep::Never>),
    /// A type that this version of the schema does not know, as it came.
    Other(::xsdgen_codec::AnyElement),
}

::xsdgen_codec::polymorphic! {
    AnyBodyContent;
    base BodyContent: Box<BodyContent> = serv "bodyContentType";
    LstRecording: Box<ep::LstRecording> = ep "lstRecording" alias "java:sample.ep.LstRecording";
    LstRecordingResponse: Box<ep::LstRecordingResponse> = ep "lstRecordingResponse";
    SetUser: Box<r#use::SetUser> = use "setUser" alias "java:sample.user.SetUser";
    SetUserResponse: Box<r#use::SetUserResponse> = use "setUserResponse";
    #[cfg(target_os = "cuda")]
    Never: Box<ep::Never> = ep "never";
}

/// Which part of a list.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct ListControl {
    pub start_from: Option<u32>,
    pub maximum_num: Option<i32>,
}

impl ListControl {
    /// With nothing set.
    pub fn new() -> Self {
        ::xsdgen_codec::blank()
    }
}

impl Default for ListControl {
    fn default() -> Self {
        Self::new()
    }
}

::xsdgen_codec::complex_type! {
    ListControl = serv "listControlType";
    sequence {
        start_from: ?(u32) = serv "startFrom" in ::xsdgen_codec::SimpleType::of(::xsdgen_codec::Builtin::UnsignedInt).min_inclusive("1"), with_start_from;
        maximum_num: ?(i32) = serv "maximumNum" default "10", with_maximum_num;
    }
}
