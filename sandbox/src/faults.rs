//! Defines the codes and reasons of `FAILURE` answers. They are those of live servers where these are known; the comments mark those that
//! the sandbox chose itself. The operations decide when to refuse a request.

use std::borrow::Cow;

use webex_xml_types::serv::response::SubErrors;
use webex_xml_types::serv::{GsbStatus, Response, ResultType, SubError};

/// A `FAILURE` before it becomes a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Fault {
    pub(crate) code: Cow<'static, str>,
    pub(crate) reason: Cow<'static, str>,
    /// The codes and reasons of the underlying errors.
    causes: Vec<(Cow<'static, str>, Cow<'static, str>)>,
}

/// The codes with a known reason, as observed from live servers or reported by their users. The reason of the last entry is also used for
/// every unknown code.
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
    /// The code for a wrong password.
    pub(crate) const WRONG_CREDENTIALS: &str = "030002";

    /// Returns a fault with the given code and the reason known for it.
    pub(crate) fn known(code: impl Into<Cow<'static, str>>) -> Self {
        let code = code.into();
        let reason = KNOWN.iter().find(|(known, _)| *known == code).map_or("Unknown error", |(_, reason)| reason);
        let cause = (code == "030048").then(|| ("AS0001".into(), "authentication service error".into()));
        Self { code, reason: reason.into(), causes: cause.into_iter().collect() }
    }

    pub(crate) fn new(code: impl Into<Cow<'static, str>>, reason: impl Into<Cow<'static, str>>) -> Self {
        Self { reason: reason.into(), ..Self::known(code) }
    }

    /// Returns the fault 000000, for a message that cannot be processed. The reason is the sandbox's own choice.
    pub(crate) fn processing(why: impl Into<Cow<'static, str>>) -> Self {
        Self::new("000000", why)
    }

    /// Returns the fault with further reasons added under its code.
    pub(crate) fn because<'a>(mut self, reasons: impl Iterator<Item = &'a String>) -> Self {
        self.causes = reasons.map(|reason| (self.code.clone(), reason.clone().into())).collect();
        self
    }

    /// Returns the fault 000029, for a request that names no site or another site. Code and reason are the sandbox's own choice.
    pub(crate) fn no_such_site() -> Self {
        Self::new("000029", "Corresponding site not found")
    }

    pub(crate) fn access_denied() -> Self {
        Self::known("000001")
    }

    /// Returns the fault 000015, by which live servers report an empty list.
    pub(crate) fn no_record() -> Self {
        Self::known("000015")
    }

    /// Returns the fault by which lstsummaryUser of some live sites reports an empty list. The code is the sandbox's own choice, because
    /// it was not recorded.
    pub(crate) fn null_point_error() -> Self {
        Self::new("000000", "validation: Null Point Error")
    }

    /// Returns the fault 000035, for an authentication server that cannot be reached.
    pub(crate) fn authentication_server_down() -> Self {
        Self::known("000035")
    }

    pub(crate) fn user_not_found() -> Self {
        Self::known("030001")
    }

    pub(crate) fn wrong_credentials() -> Self {
        Self::known(Self::WRONG_CREDENTIALS)
    }

    /// Returns the fault 030004. The reason is the sandbox's own wording.
    pub(crate) fn user_exists() -> Self {
        Self::known("030004")
    }

    /// Returns the fault 030005. The reason is the sandbox's own wording.
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

    /// Returns the fault 060019. The reason is the sandbox's own wording.
    pub(crate) fn no_such_host() -> Self {
        Self::known("060019")
    }

    /// Returns the fault 060021. The reason is the sandbox's own wording.
    pub(crate) fn not_for_that_host() -> Self {
        Self::known("060021")
    }

    pub(crate) fn authentication_server() -> Self {
        Self::known("200006")
    }

    /// Converts the fault into the response header of the answer.
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
