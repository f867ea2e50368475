//! In: the response header of a call that the service refused. Out: the fault as a value, and what its code means.
//! The codes are those seen in release notes, in traffic and in the sources of other clients; the vendor's full list was not at hand.
//! Not here: failures on the way to the service (see [`Error`](crate::Error)).

use std::fmt;

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
        matches!(self.kind(), FaultKind::ServiceNotResponding | FaultKind::RateLimit)
    }

    /// Whether this says that a list has no record: 000015. The API has no other way to answer with an empty list.
    #[must_use]
    pub fn is_empty_list(&self) -> bool {
        self.kind() == FaultKind::NoRecord
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let code = if self.exception_id.is_empty() { "no code" } else { &self.exception_id };
        write!(f, "{} failed: {code}: {}", self.operation, self.reason.as_deref().unwrap_or("no reason given"))?;
        for cause in &self.sub_errors {
            write!(f, " ({}: {})", cause.exception_id, cause.reason)?;
        }
        Ok(())
    }
}

impl std::error::Error for Fault {}

macro_rules! fault_kinds {
    ($($(#[$doc:meta])* $name:ident = $code:literal;)*) => {
        /// What the code of a [`Fault`] means.
        #[derive(Debug, Clone, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum FaultKind {
            $($(#[$doc])* #[doc = ""] #[doc = concat!("Code ", $code, ".")] $name,)*
            /// A code that this version does not know, as it came.
            Other(String),
        }

        impl FaultKind {
            /// Every kind that has a name here.
            pub const KNOWN: &[FaultKind] = &[$(Self::$name,)*];

            /// The code, with its leading zeros.
            #[must_use]
            pub fn code(&self) -> &str {
                match self {
                    $(Self::$name => $code,)*
                    Self::Other(code) => code,
                }
            }
        }

        impl From<&str> for FaultKind {
            fn from(code: &str) -> Self {
                match code {
                    $($code => Self::$name,)*
                    other => Self::Other(other.to_owned()),
                }
            }
        }
    };
}

fault_kinds! {
    /// The message could not be processed. `Fail to forward request:null` under this code was seen where a request did not declare `xmlns:xsi`.
    Processing = "000000";
    /// Access denied: the caller needs more privileges, or another host's session was asked for.
    AccessDenied = "000001";
    /// No record found: how the API spells an empty list.
    NoRecord = "000015";
    /// An error of access or processing; its text was never seen.
    AccessOrProcessing = "000029";
    /// The authentication service does not respond. The call may be repeated.
    ServiceNotResponding = "000035";
    /// Too many calls in a minute. Later releases than 9.0 send it. The call may be repeated after a pause.
    RateLimit = "000045";
    /// A list was asked for without a filter that the service insists on.
    FilterMissing = "000047";
    /// The user named in the call does not exist.
    UserNotFound = "030001";
    /// User or password are wrong. Do not repeat: repeats lock the account.
    WrongCredentials = "030002";
    /// The account name is taken.
    UserExists = "030004";
    /// The e-mail address is taken.
    EmailExists = "030005";
    /// The session ticket is not valid, or no longer: authenticate again.
    InvalidTicket = "030047";
    /// The authentication server made no session ticket; the sub-error tells why.
    NoTicketIssued = "030048";
    /// Users of a Common Identity site are managed elsewhere: createUser, delUser and activateUser fail there.
    UnifiedSite = "030098";
    /// The meeting does not exist.
    MeetingNotFound = "060001";
    /// The host named in the call does not exist.
    HostNotFound = "060019";
    /// The caller may not schedule for that host.
    NotAllowedForHost = "060021";
    /// The site demands a meeting password, and the call has none.
    MeetingPasswordMissing = "060026";
    /// A session that has started cannot be deleted, nor change how it recurs.
    SessionStarted = "060042";
    /// The authentication server rejected what was presented, such as an access token.
    AuthenticationServer = "200006";
    /// The service's code for everything else.
    CatchAll = "999999";
}

impl fmt::Display for FaultKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_reads_back_and_unknown_ones_survive() {
        for kind in FaultKind::KNOWN {
            assert_eq!(&FaultKind::from(kind.code()), kind);
        }
        for code in ["30098", "AS0001", "", "123456"] {
            assert_eq!(FaultKind::from(code), FaultKind::Other(code.into()));
            assert_eq!(FaultKind::from(code).code(), code);
        }
    }

    #[test]
    fn only_two_codes_are_worth_a_retry() {
        let retryable: Vec<&str> =
            FaultKind::KNOWN.iter().map(FaultKind::code).filter(|code| Fault::new("op", *code, "").is_retryable()).collect();
        assert_eq!(retryable, ["000035", "000045"]);
    }
}
