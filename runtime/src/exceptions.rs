//! A table of the service's failure codes: what each means and how that is known. Whether the call can be repeated is in `repeat`. The
//! codes come from release notes, recorded traffic and the sources of other clients; the vendor's full list was not available. The failure
//! itself is a [`Fault`](crate::Fault).

use std::fmt;

use super::repeat::{self, Action};

/// The advice on what to do after a failure with a given code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Advice {
    /// The same call fails again unless the request or the state it refers to is changed.
    Change,
    /// The call was not carried out, and the same call may succeed a little later. The clients repeat it by themselves.
    Later,
    /// The same call may succeed after a new login. A [`Session`](crate::Session) logs in and repeats the call once by itself.
    LogIn,
    /// The call must not be repeated automatically, because repeated attempts lock the account. A [`Session`](crate::Session) does not
    /// repeat it.
    Never,
}

impl Advice {
    const fn on(action: Action) -> Self {
        match action {
            Action::Nothing => Self::Change,
            Action::Repeat | Action::Pause => Self::Later,
            Action::LogIn => Self::LogIn,
            Action::Never => Self::Never,
        }
    }
}

impl fmt::Display for Advice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Change => "no",
            Self::Later => "yes, later",
            Self::LogIn => "after a new login",
            Self::Never => "never: it locks the account",
        })
    }
}

/// An entry of the table of codes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Exception {
    /// The code as it is sent, including leading zeros.
    pub code: &'static str,
    /// The name of its [`FaultKind`].
    pub name: &'static str,
    /// The meaning of the code.
    pub meaning: &'static str,
    /// Whether the call may be repeated.
    pub advice: Advice,
    /// The source of this information.
    pub evidence: &'static str,
}

macro_rules! exceptions {
    ($($name:ident = $code:literal, $meaning:literal, $evidence:literal;)*) => {
        /// The meaning of the code of a [`Fault`](crate::Fault).
        #[derive(Debug, Clone, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum FaultKind {
            $(#[doc = $meaning] #[doc = ""] #[doc = concat!("Code ", $code, ", known from: ", $evidence, ".")] $name,)*
            /// A code that this version does not know, as received.
            Other(String),
        }

        /// All known codes, ordered by number.
        pub const EXCEPTIONS: &[Exception] = &[$(Exception {
            code: $code,
            name: stringify!($name),
            meaning: $meaning,
            advice: Advice::on(repeat::action_for_code($code)),
            evidence: $evidence,
        },)*];

        impl FaultKind {
            /// All known kinds, without [`FaultKind::Other`].
            pub const KNOWN: &[FaultKind] = &[$(Self::$name,)*];

            /// Returns the code, including leading zeros.
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

exceptions! {
    Processing = "000000",
        "The message could not be processed. The reason `Fail to forward request:null` was observed for a request without `xmlns:xsi`.",
        "the vendor's admin client; traffic";
    AccessDenied = "000001",
        "Access denied: the caller needs more privileges, or the session belongs to another host.",
        "traffic; reference guide";
    NoRecord = "000015",
        "No record found: the response to a list request without results.",
        "traffic; four clients";
    AccessOrProcessing = "000029",
        "An access or processing error; its text is not known.",
        "the vendor's admin client";
    ServiceNotResponding = "000035",
        "The authentication service does not respond.",
        "release note 9.0; traffic";
    RateLimit = "000045",
        "Too many calls in a minute. Later releases than 9.0 send it.",
        "release notes 10.0";
    FilterMissing = "000047",
        "The request for a list lacks a filter that the service requires.",
        "release notes 9.0 SP5 and 10.0 SP1";
    UserNotFound = "030001",
        "The user named in the request does not exist. On a Common Identity site, users are named by their e-mail address.",
        "three clients";
    WrongCredentials = "030002",
        "The user name or the password is wrong.",
        "traffic; two clients";
    UserExists = "030004",
        "The account name is already in use.",
        "one client";
    EmailExists = "030005",
        "The e-mail address is already in use.",
        "one client";
    InvalidTicket = "030047",
        "The session ticket is invalid or has expired.",
        "traffic";
    NoTicketIssued = "030048",
        "The authentication server issued no session ticket; the sub-error gives the reason.",
        "traffic";
    UnifiedSite = "030098",
        "Users of a Common Identity site are managed elsewhere: createUser, delUser and activateUser fail there.",
        "release note 9.0";
    InvalidAlternateHost = "040007",
        "An alternate host named in the request is invalid.",
        "one client; the vendor's forum";
    MeetingNotFound = "060001",
        "The meeting does not exist.",
        "traffic";
    HostNotFound = "060019",
        "The host named in the request does not exist.",
        "one client";
    NotAllowedForHost = "060021",
        "The caller may not schedule for that host.",
        "one client";
    MeetingPasswordMissing = "060026",
        "The site requires a meeting password, and the request has none.",
        "traffic";
    SessionStarted = "060042",
        "A session that has started cannot be deleted, and its recurrence cannot be changed.",
        "reference guide";
    AuthenticationServer = "200006",
        "The authentication server rejected the credentials, such as an access token.",
        "release note 9.0";
    CatchAll = "999999",
        "The service's code for all other errors.",
        "the vendor's admin client";
}

impl FaultKind {
    /// Returns the entry of the table, or `None` for a code that this version does not know.
    #[must_use]
    pub fn exception(&self) -> Option<&'static Exception> {
        EXCEPTIONS.iter().find(|exception| exception.code == self.code())
    }
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
        for (kind, exception) in FaultKind::KNOWN.iter().zip(EXCEPTIONS) {
            assert_eq!((&FaultKind::from(kind.code()), kind.exception()), (kind, Some(exception)));
            assert_eq!(format!("{kind:?}"), exception.name);
            assert!(exception.code.len() == 6 && exception.code.bytes().all(|b| b.is_ascii_digit()), "{exception:?}");
        }
        for code in ["30098", "AS0001", "", "123456"] {
            assert_eq!(FaultKind::from(code), FaultKind::Other(code.into()));
            assert_eq!((FaultKind::from(code).code(), FaultKind::from(code).exception()), (code, None));
        }
    }

    #[test]
    fn codes_are_in_order_and_unique() {
        assert!(EXCEPTIONS.windows(2).all(|pair| pair[0].code < pair[1].code));
    }

    #[test]
    fn only_two_codes_are_worth_a_retry() {
        let codes = |advice| EXCEPTIONS.iter().filter(move |e| e.advice == advice).map(|e| e.code).collect::<Vec<_>>();
        assert_eq!(codes(Advice::Later), ["000035", "000045"]);
        assert_eq!((codes(Advice::LogIn), codes(Advice::Never)), (vec!["030047"], vec!["030002"]));
    }
}
