//! In: why an operation is refused. Out: the code and the words of the `FAILURE` that says so.
//! Codes and reasons are those of live servers where they are known; what is the sandbox's own says so.
//! Not here: the deciding, which is with the operations.

use std::borrow::Cow;

use webex_xml_types::serv::response::SubErrors;
use webex_xml_types::serv::{GsbStatus, Response, ResultType, SubError};

/// A `FAILURE`, before it is a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Fault {
    pub(crate) code: Cow<'static, str>,
    pub(crate) reason: Cow<'static, str>,
    /// Codes and reasons behind it.
    causes: Vec<(Cow<'static, str>, Cow<'static, str>)>,
}

/// The codes whose reason is known, as live servers or their users have it. The last is the words of everything else.
const KNOWN: [(&str, &str); 19] = [
    ("000001", "Access denied, additional privileges are required"),
    ("000015", "Sorry, no record found"),
    ("000035", "ASService not responding"),
    ("000045", "API Rate Limit Reach"),
    ("030001", "Corresponding User not found"),
    ("030002", "Incorrect user or password"),
    ("030004", "WebEx ID already exists"),
    ("030005", "Email already exists"),
    ("030047", "Not a valid session ticket"),
    ("030048", "Authentication Server can't generate a valid session ticket"),
    ("030098", "User management is not allowed on unified site"),
    ("060001", "Corresponding Meeting not found"),
    ("060019", "The host does not exist"),
    ("060021", "The caller may not schedule for that host"),
    ("060026", "Meeting password must not be null"),
    ("060042", "On WebEx11 site, a started session cannot be deleted or changed recurrence type"),
    ("200006", "AS Server response error"),
    ("000000", "The message cannot be processed"),
    ("999999", "Unknown error"),
];

impl Fault {
    /// The code of a wrong password.
    pub(crate) const WRONG_CREDENTIALS: &str = "030002";

    /// The code with the reason that is known for it.
    pub(crate) fn known(code: impl Into<Cow<'static, str>>) -> Self {
        let code = code.into();
        let reason = KNOWN.iter().find(|(known, _)| *known == code).map_or("Unknown error", |(_, reason)| reason);
        let cause = (code == "030048").then(|| ("AS0001".into(), "authentication service error".into()));
        Self { code, reason: reason.into(), causes: cause.into_iter().collect() }
    }

    pub(crate) fn new(code: impl Into<Cow<'static, str>>, reason: impl Into<Cow<'static, str>>) -> Self {
        Self { reason: reason.into(), ..Self::known(code) }
    }

    /// 000000: the message cannot be processed. The reason is the sandbox's own.
    pub(crate) fn processing(why: impl Into<Cow<'static, str>>) -> Self {
        Self::new("000000", why)
    }

    /// Returns the same with further reasons of its code.
    pub(crate) fn because<'a>(mut self, reasons: impl Iterator<Item = &'a String>) -> Self {
        self.causes = reasons.map(|reason| (self.code.clone(), reason.clone().into())).collect();
        self
    }

    /// 000029: the request names no site, or another one. Code and reason are the sandbox's own choice.
    pub(crate) fn no_such_site() -> Self {
        Self::new("000029", "Corresponding site not found")
    }

    pub(crate) fn access_denied() -> Self {
        Self::known("000001")
    }

    /// 000015: how live servers say that a list is empty.
    pub(crate) fn no_record() -> Self {
        Self::known("000015")
    }

    /// How lstsummaryUser of some live sites says that a list is empty. The code is the sandbox's own choice: it was not recorded.
    pub(crate) fn null_point_error() -> Self {
        Self::new("000000", "validation: Null Point Error")
    }

    /// 000035: the authentication server cannot be reached.
    pub(crate) fn authentication_server_down() -> Self {
        Self::known("000035")
    }

    pub(crate) fn user_not_found() -> Self {
        Self::known("030001")
    }

    pub(crate) fn wrong_credentials() -> Self {
        Self::known(Self::WRONG_CREDENTIALS)
    }

    /// 030004: the words are the sandbox's own.
    pub(crate) fn user_exists() -> Self {
        Self::known("030004")
    }

    /// 030005: the words are the sandbox's own.
    pub(crate) fn email_exists() -> Self {
        Self::known("030005")
    }

    pub(crate) fn invalid_ticket() -> Self {
        Self::known("030047")
    }

    pub(crate) fn no_ticket() -> Self {
        Self::known("030048")
    }

    pub(crate) fn unified_site() -> Self {
        Self::known("030098")
    }

    pub(crate) fn meeting_not_found() -> Self {
        Self::known("060001")
    }

    /// 060019: the words are the sandbox's own.
    pub(crate) fn no_such_host() -> Self {
        Self::known("060019")
    }

    /// 060021: the words are the sandbox's own.
    pub(crate) fn not_for_that_host() -> Self {
        Self::known("060021")
    }

    pub(crate) fn authentication_server() -> Self {
        Self::known("200006")
    }

    /// The header of the answer.
    pub(crate) fn into_response(self) -> Response {
        let response =
            Response::new(ResultType::Failure).with_reason(self.reason).with_gsb_status(GsbStatus::Primary).with_exception_id(self.code);
        if self.causes.is_empty() {
            return response;
        }
        let causes = self.causes.into_iter().map(|(code, reason)| SubError::new(code, reason));
        response.with_sub_errors(SubErrors::new(causes))
    }
}
