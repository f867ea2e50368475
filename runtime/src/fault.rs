//! In: the response header of a call that the service refused. Out: the fault as a value.
//! Not here: what its code means (`exceptions`), and failures on the way to the service (see [`Error`](crate::Error)).

use std::fmt;

use crate::exceptions::{Advice, FaultKind};

/// The service answered, and said no: a `FAILURE`, which comes with HTTP status 200.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Fault {
    /// The operation that was called, as the schema names it.
    pub operation: &'static str,
    /// The code as it came: six digits with their leading zeros. Empty where the service sent none.
    pub exception_id: String,
    /// Why, in the service's words.
    pub reason: Option<String>,
    /// Which system of the site answered: `PRIMARY` or `BACKUP`.
    pub gsb_status: Option<String>,
    /// The causes behind the failure, where the service names them.
    pub sub_errors: Vec<SubError>,
    /// Further data.
    pub value: Option<String>,
    /// Whether the request was sent. `false` where the client knew the service's answer beforehand, and said so in its place.
    pub sent: bool,
}

/// One cause behind a [`Fault`].
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct SubError {
    /// The code as it came. Some hold letters: `AS0001`.
    pub exception_id: String,
    /// The cause in words.
    pub reason: String,
    /// Further data.
    pub value: Option<String>,
}

impl SubError {
    pub(crate) fn new(exception_id: String, reason: String, value: Option<String>) -> Self {
        Self { exception_id, reason, value }
    }
}

impl Fault {
    /// A fault with a code and a reason, and nothing else: for tests, and for own transports.
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

    /// What the code means; codes that this version does not know are kept as text.
    #[must_use]
    pub fn kind(&self) -> FaultKind {
        FaultKind::from(self.exception_id.as_str())
    }

    /// Whether the same call may succeed a little later, and was not carried out now: 000035 and 000045.
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        self.kind().exception().is_some_and(|exception| exception.advice == Advice::Later)
    }

    /// Whether this says that a list has no record: 000015 from any operation, and from `lstsummaryUser` a reason that ends in
    /// `Null Point Error`, whatever the code.
    ///
    /// The API has no other way to answer with an empty list. The second form is that of live sites of 2015 to 2017: a search for users
    /// that found none was answered by `validation: Null Point Error`.
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
        write!(f, "{} {failed}: {code}: {}", self.operation, self.reason.as_deref().unwrap_or("no reason given"))?;
        for cause in &self.sub_errors {
            write!(f, " ({}: {})", cause.exception_id, cause.reason)?;
        }
        Ok(())
    }
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
