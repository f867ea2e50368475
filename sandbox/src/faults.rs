//! In: why an operation is refused. Out: the code and the words of the `FAILURE` that says so.
//! Codes and reasons are those of live servers where they are known; what is the sandbox's own says so.
//! Not here: the deciding, which is with the operations.

use webex_xml_types::serv::response::SubErrors;
use webex_xml_types::serv::{GsbStatus, Response, ResultType, SubError};

/// A `FAILURE`, before it is a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Fault {
    pub(crate) code: &'static str,
    pub(crate) reason: String,
    cause: Option<(&'static str, &'static str)>,
}

impl Fault {
    pub(crate) fn new(code: &'static str, reason: impl Into<String>) -> Self {
        Self { code, reason: reason.into(), cause: None }
    }

    /// 000000: the message cannot be processed. The reason is the sandbox's own.
    pub(crate) fn processing(why: impl Into<String>) -> Self {
        Self::new("000000", why)
    }

    /// 999999: a known operation that this sandbox does not play. Code and reason are the sandbox's own choice.
    pub(crate) fn not_played(operation: &str) -> Self {
        Self::new("999999", format!("The sandbox does not play the operation {operation}"))
    }

    /// 000029: the request names no site, or another one. Code and reason are the sandbox's own choice.
    pub(crate) fn no_such_site() -> Self {
        Self::new("000029", "Corresponding site not found")
    }

    pub(crate) fn access_denied() -> Self {
        Self::new("000001", "Access denied, additional privileges are required")
    }

    pub(crate) fn user_not_found() -> Self {
        Self::new("030001", "Corresponding User not found")
    }

    pub(crate) fn wrong_credentials() -> Self {
        Self::new("030002", "Incorrect user or password")
    }

    /// 030004: the words are the sandbox's own.
    pub(crate) fn user_exists() -> Self {
        Self::new("030004", "WebEx ID already exists")
    }

    /// 030005: the words are the sandbox's own.
    pub(crate) fn email_exists() -> Self {
        Self::new("030005", "Email already exists")
    }

    pub(crate) fn invalid_ticket() -> Self {
        Self::new("030047", "Not a valid session ticket")
    }

    pub(crate) fn no_ticket() -> Self {
        let cause = Some(("AS0001", "authentication service error"));
        Self { cause, ..Self::new("030048", "Authentication Server can't generate a valid session ticket") }
    }

    pub(crate) fn unified_site() -> Self {
        Self::new("030098", "User management is not allowed on unified site")
    }

    pub(crate) fn meeting_not_found() -> Self {
        Self::new("060001", "Corresponding Meeting not found")
    }

    pub(crate) fn authentication_server() -> Self {
        Self::new("200006", "AS Server response error")
    }

    /// The header of the answer.
    pub(crate) fn into_response(self) -> Response {
        let response =
            Response::new(ResultType::Failure).with_reason(self.reason).with_gsb_status(GsbStatus::Primary).with_exception_id(self.code);
        match self.cause {
            Some((code, words)) => response.with_sub_errors(SubErrors::new().with_sub_error([SubError::new(code, words)])),
            None => response,
        }
    }
}
