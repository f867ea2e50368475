//! `urn:sample:service`
use super::{com, ep, r#use, xmlns};
use xsdgen_codec::Xml;

/// The envelope of a message.
#[derive(Clone, PartialEq, Xml)]
#[xml(serv, "messageType")]
#[non_exhaustive]
pub struct Message {
    #[xml("header")]
    pub header: Header,
    #[xml("body")]
    pub body: Body,
}

/// The header of a message.
#[derive(Clone, PartialEq, Xml)]
#[xml(serv, "headerType")]
#[non_exhaustive]
pub struct Header {
    #[xml("securityContext")]
    pub security_context: Option<com::Security>,
    #[xml("response")]
    pub response: Vec<Response>,
}

impl Default for Header {
    fn default() -> Self {
        Self::new()
    }
}

/// The result of a request.
#[derive(Clone, PartialEq, Xml)]
#[xml(serv, "responseType")]
#[non_exhaustive]
pub struct Response {
    #[xml("result")]
    pub result: ResultType,
    #[xml("reason")]
    pub reason: Option<String>,
    #[xml("gsbStatus")]
    pub gsb_status: Option<GsbStatus>,
    #[xml("exceptionID")]
    pub exception_id: Option<String>,
}

/// Whether the request succeeded.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Xml)]
#[xml(serv, "resultType")]
#[non_exhaustive]
pub enum ResultType {
    /// `SUCCESS`
    #[xml("SUCCESS")]
    Success,
    /// `FAILURE`
    #[xml("FAILURE")]
    Failure,
    /// A value that the schema does not list.
    Other(String),
}

/// The system that responded.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Xml)]
#[xml(serv, "gsbStatusType")]
#[non_exhaustive]
pub enum GsbStatus {
    /// `PRIMARY`
    #[xml("PRIMARY")]
    Primary,
    /// `BACKUP`
    #[xml("BACKUP")]
    Backup,
    /// A value that the schema does not list.
    Other(String),
}

/// The body of a message.
#[derive(Clone, PartialEq, Xml)]
#[xml(serv, "bodyType")]
#[non_exhaustive]
pub struct Body {
    #[xml("bodyContent", min = 1)]
    pub body_content: Vec<AnyBodyContent>,
}

/// The base type of all contents.
#[derive(Clone, PartialEq, Xml)]
#[xml(serv, "bodyContentType")]
#[non_exhaustive]
pub struct BodyContent {}

impl Default for BodyContent {
    fn default() -> Self {
        Self::new()
    }
}

/// Anything that may stand where `serv:bodyContentType` is declared, by `xsi:type`.
#[non_exhaustive]
#[derive(Xml)]
#[xml(polymorphic)]
pub enum AnyBodyContent {
    /// `serv:bodyContentType` itself.
    #[xml(serv, "bodyContentType", base)]
    BodyContent(Box<BodyContent>),
    /// `ep:lstRecording`
    #[xml(ep, "lstRecording", alias = "java:sample.ep.LstRecording")]
    LstRecording(Box<ep::LstRecording>),
    /// `ep:lstRecordingResponse`
    #[xml(ep, "lstRecordingResponse")]
    LstRecordingResponse(Box<ep::LstRecordingResponse>),
    /// `use:setUser`
    #[xml(use, "setUser", alias = "java:sample.user.SetUser")]
    SetUser(Box<r#use::SetUser>),
    /// `use:setUserResponse`
    #[xml(use, "setUserResponse")]
    SetUserResponse(Box<r#use::SetUserResponse>),
    /// `ep:never`
    #[cfg(target_os = "cuda")]
    #[xml(ep, "never")]
    Never(Box<ep::Never>),
    /// A type that the schema does not declare, kept as XML.
    Other(::xsdgen_codec::AnyElement),
}

/// The requested part of a list.
#[derive(Clone, PartialEq, Xml)]
#[xml(serv, "listControlType")]
#[non_exhaustive]
pub struct ListControl {
    #[xml("startFrom", facets = ::xsdgen_codec::SimpleType::of(::xsdgen_codec::Builtin::UnsignedInt).min_inclusive("1"))]
    pub start_from: Option<u32>,
    #[xml("maximumNum", default = "10")]
    pub maximum_num: Option<i32>,
}

impl Default for ListControl {
    fn default() -> Self {
        Self::new()
    }
}
