//! **A simulated WebEx site for tests, examples and offline work.**
//!
//! The sandbox serves real HTTP on the loopback address. Its answers follow release 9.0 of the WebEx XML API as far as the behaviour of
//! that release is known.
//!
//! ```
//! use webex_xml_sandbox::{Sandbox, SiteKind};
//!
//! # fn main() -> std::io::Result<()> {
//! let sandbox = Sandbox::builder().site("acme").kind(SiteKind::Ci).start()?;
//! println!("POST to {}/WBXService/XMLService", sandbox.base_url());
//! # Ok(())
//! # } // the sandbox stops when it is dropped
//! ```
//!
//! | operation | behaviour |
//! |---|---|
//! | `getAPIVersion`, `getSiteType` | answered for every caller; all five site types are supported |
//! | `getSessionInfo` | complete for the host, invitees, administrators and callers who know the password; reduced for others |
//! | `authenticateUser`, `getLoginTicket`, `getloginurlUser` | issue tickets after the credential checks of the release |
//! | `createUser`, `delUser`, `activateUser` | refused with 030098 on a Common Identity site; performed on other sites |
//! | `setUser`, `getUser`, `inactivateUser`, `lstsummaryUser` | performed; a Common Identity site keeps the 19 fields of the common profile |
//! | meetings, attendees | created, changed, listed and deleted |
//! | `lstTimeZone` | the time zones of the release, with their offsets on a date |
//! | all others | sample answers that fit the request, or the answers of [`Sandbox::set_answer`] and [`Builder::answers`] |
//!
//! | for tests of clients | |
//! |---|---|
//! | [`Injection`] | injected faults: failures, statuses, delays, cut connections, damaged, slow and oversized answers |
//! | [`Sandbox::exchanges`] | the recent requests and answers, with secrets masked |
//! | [`Sandbox::advance_clock`] | advances the clock of the site, so that tickets expire |
//! | [`Builder::record`] | records exchanges as files, with secrets masked, for use with [`Builder::answers`] |
//! | [`Builder::strict`] | refuses the requests that live servers refuse |
//! | [`Limits`] | limits the resources that a client can use |
#![cfg_attr(feature = "sqlite", doc = "| [`Builder::data`] | a site that outlives its process |")]
//!
//! In a `getSessionInfo` answer, `sipURL`, `audioPassword` and `joinRequiresAccount` follow the rules of the release. Credentials are
//! passwords, access tokens and SAML responses, which are checked in the order of the release. Session tickets last 5400 s, and login
//! tickets are valid once. Sample answers are built from the schemas. Faults are selected by operation, rate or count, or a request asks
//! for them in the header `X-Sandbox-Fault`.
//!
//! The sandbox reads requests as real clients send them: undeclared prefixes, a bare `<message>` root element, child elements in any
//! order, leading blank lines, every form of `xsi:type`, any content type, the encoding named in the XML declaration, and the old form
//! field `XML`. Other content that the schemas do not allow is skipped and reported in the header `X-Sandbox-Notes` and in
//! [`Exchange::notes`]. In strict mode it is refused, as live servers do; see [`Builder::strict`].
//!
//! A new site has the accounts and sessions [`ADMIN`], [`HOST`], [`CALLER`], [`ROOM_KEY`], [`MEETING_KEY`] and [`AUDIO_MEETING_KEY`].
//! [`Builder::user`] adds accounts.
#![forbid(unsafe_code)]
#![deny(missing_docs)]
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests"))]
#![cfg_attr(not(test), deny(clippy::indexing_slicing))]

mod builder;
mod encoding;
mod exchange;
mod faults;
mod form;
mod http;
mod injection;
mod journal;
mod limits;
mod notes;
mod offline;
mod operations;
mod page;
mod sandbox;
mod script;
mod site;
mod store;
mod wire;

pub use builder::{Builder, StartError};
pub use injection::{Injection, InjectionError};
pub use journal::Exchange;
pub use limits::Limits;
#[doc(hidden)]
pub use offline::Offline;
pub use sandbox::Sandbox;
pub use script::AnswerError;
pub use site::{
    ACCOUNTS, ADMIN, AUDIO_MEETING_KEY, Account, AuthenticationServer, CALLER, HOST, MEETING_KEY, MEETING_PASSWORD, NewAccount,
    NewAccountError, PARTNER_ID, ROOM_KEY, SITE_ID, SiteKind,
};
#[cfg(feature = "sqlite")]
pub use store::StoreError;

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
