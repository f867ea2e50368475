//! **A WebEx site in a box, for tests, examples and work without a network.**
//!
//! Real HTTP on the loopback address: the answers are those of release 9.0 of the WebEx XML API as far as its behaviour is known.
//!
//! ```
//! use webex_xml_sandbox::{Sandbox, SiteKind};
//!
//! # fn main() -> std::io::Result<()> {
//! let sandbox = Sandbox::builder().site("acme").kind(SiteKind::Ci).start()?;
//! println!("POST to {}/WBXService/XMLService", sandbox.base_url());
//! # Ok(())
//! # } // dropped, the sandbox stops
//! ```
//!
//! | operation | played |
//! |---|---|
//! | `getAPIVersion`, `getSiteType` | for anybody; the five types of sites |
//! | `getSessionInfo` | whole for host, invitees, administrators and whoever knows the password; reduced for others; `sipURL`, `audioPassword`, `joinRequiresAccount` by the release's rules |
//! | `authenticateUser`, `getLoginTicket`, `getloginurlUser` | password, access token, SAML response in the release's order; session tickets last 5400 s, login tickets count once |
//! | `createUser`, `delUser`, `activateUser` | 030098 on a Common Identity site; elsewhere done |
//! | `setUser`, `getUser`, `inactivateUser`, `lstsummaryUser` | done; a Common Identity site leaves the 19 fields of the common profile as they are |
//! | meetings, attendees | made, changed, listed, deleted |
//! | `lstTimeZone` | the zones of the release, with their offsets on a date |
//! | all others | samples of the schemas, made to fit the request, or what [`Sandbox::set_answer`] and [`Builder::answers`] say |
//!
//! | for tests of clients | |
//! |---|---|
//! | [`Injection`] | what shall go wrong: failures, statuses, delays, cut connections, damaged, slow and oversized answers; by operation, rate, number, or the header `X-Sandbox-Fault` |
//! | [`Sandbox::exchanges`] | what was asked and answered, masked |
//! | [`Sandbox::advance_clock`] | for tickets to end |
//! | [`Builder::record`] | exchanges as files, masked, for [`Builder::answers`] |
//! | [`Builder::strict`] | requests that live servers refuse are refused |
//! | [`Limits`] | how much a client may take |
#![cfg_attr(feature = "sqlite", doc = "| [`Builder::data`] | a site that outlives its process |")]
//!
//! It reads what clients really send: undeclared prefixes, a bare `<message>`, children in any order, blank lines in front, the forms of
//! `xsi:type`, any content type, the encodings of the XML declaration, and the old form field `XML`. What else the schemas do not have is
//! passed over and told in the header `X-Sandbox-Notes` and in [`Exchange::notes`], or refused, as live servers do, see [`Builder::strict`].
//!
//! The accounts and sessions it starts with are [`ADMIN`], [`HOST`], [`CALLER`], [`ROOM_KEY`], [`MEETING_KEY`] and [`AUDIO_MEETING_KEY`];
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
