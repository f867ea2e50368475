//! The failure that the service reports in its response header, as a value. The meaning of its code is in `exceptions`; failures on the way
//! to the service are [`Error`](crate::Error)s.

use std::fmt;

use crate::exceptions::FaultKind;
use crate::repeat::Failure;

/// A failure reported by the service: the result `FAILURE`, which is sent with HTTP status 200.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Fault {
    /// The operation that was called, by its name in the schema.
    pub operation: &'static str,
    /// The code as received: six digits including leading zeros; empty if the service sent none.
    pub exception_id: String,
    /// The reason, as worded by the service.
    pub reason: Option<String>,
    /// The system of the site that answered: `PRIMARY` or `BACKUP`.
    pub gsb_status: Option<String>,
    /// The causes of the failure, if the service names them.
    pub sub_errors: Vec<SubError>,
    /// Further data from the service.
    pub value: Option<String>,
    /// Whether the request was sent. `false` if the client knew in advance how the service would answer and returned that fault itself.
    pub sent: bool,
}

/// A cause of a [`Fault`].
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct SubError {
    /// The code as received. Some codes contain letters: `AS0001`.
    pub exception_id: String,
    /// The description of the cause.
    pub reason: String,
    /// Further data from the service.
    pub value: Option<String>,
}

impl SubError {
    pub(crate) fn new(exception_id: String, reason: String, value: Option<String>) -> Self {
        Self { exception_id, reason, value }
    }
}

impl Fault {
    /// Creates a fault with only a code and a reason, for tests and custom transports.
    #[must_use]
    pub fn new(operation: &'static str, exception_id: impl Into<String>, reason: impl Into<String>) -> Self {
        Self {
            operation,
            exception_id: exception_id.into(),
            reason: Some(reason.into()),
            gsb_status: None,
            sub_errors: Vec::new(),
            value: None,
            sent: true,
        }
    }

    /// Returns the meaning of the code; codes that this version does not know are kept as text.
    #[must_use]
    pub fn kind(&self) -> FaultKind {
        FaultKind::from(self.exception_id.as_str())
    }

    /// Returns whether the call was not carried out and the same call may succeed a little later: 000035 and 000045.
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        self.failure().action(false).repeats()
    }

    pub(crate) fn failure(&self) -> Failure<'_> {
        if self.sent { Failure::Code(&self.exception_id) } else { Failure::Foreseen }
    }

    /// Returns whether the fault means that a list is empty.
    ///
    /// That is the code 000015 from any operation, and from `lstsummaryUser` any code with a reason that ends in `Null Point Error`.
    ///
    /// The API has no other way to answer with an empty list. The second form was sent by live sites from 2015 to 2017: they answered a
    /// search for users without a match with `validation: Null Point Error`.
    #[must_use]
    pub fn is_empty_list(&self) -> bool {
        let null_point = || self.reason.as_deref().is_some_and(|reason| reason.trim_end().ends_with("Null Point Error"));
        self.kind() == FaultKind::NoRecord || self.operation == "lstsummaryUser" && null_point()
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let code = if self.exception_id.is_empty() { "no code" } else { &self.exception_id };
        let failed = if self.sent { "failed" } else { "was not sent, as it would fail" };
        let reason = self.reason.as_deref().unwrap_or("no reason given");
        write!(f, "{} {failed}: {}: {}", self.operation, visible(code), visible(reason))?;
        for cause in &self.sub_errors {
            write!(f, " ({}: {})", visible(&cause.exception_id), visible(&cause.reason))?;
        }
        Ok(())
    }
}

/// Replaces characters that act on a terminal by their Rust escapes: control characters, and those that control text direction.
fn visible(text: &str) -> String {
    let acts = |c: char| {
        c.is_control() && c != '\n' || matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    text.chars().map(|c| if acts(c) { c.escape_unicode().to_string() } else { c.to_string() }).collect()
}

impl std::error::Error for Fault {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn empty_lists_are_told_by_code_and_by_reason() {
        let told = |operation, code, reason| Fault::new(operation, code, reason).is_empty_list();
        assert!(told("lstRecording", "000015", "Sorry, no record found"));
        assert!(told("lstsummaryUser", "", "validation: Null Point Error") && told("lstsummaryUser", "999999", "Null Point Error "));
        assert!(!told("lstsummaryMeeting", "999999", "validation: Null Point Error"), "seen of one operation alone");
        assert!(!told("lstsummaryUser", "000001", "Access denied") && !told("getUser", "030001", ""));
    }

    #[test]
    fn codes_keep_their_zeros_and_unknown_ones_survive() {
        let fault = Fault::new("getUser", "030001", "Corresponding User not found");
        assert_eq!(
            (fault.kind(), fault.to_string().as_str()),
            (FaultKind::UserNotFound, "getUser failed: 030001: Corresponding User not found")
        );
        let fault = Fault::new("getUser", "AS0001", "");
        assert_eq!((fault.kind(), fault.kind().code()), (FaultKind::Other("AS0001".into()), "AS0001"));
    }
}
