//! **A typed client for the WebEx XML API 9.0.**
//!
//! ```no_run
//! use webex_xml::{Client, Credentials, ep};
//!
//! # #[cfg(feature = "ureq")]
//! # fn run() -> Result<(), webex_xml::Error> {
//! let client = Client::new("acme").with_credentials(Credentials::password("jane", "P@ssword123"));
//! let reply = client.call(&ep::GetSiteType::new())?;
//! println!("site type {}, answered in {:?}", reply.site_type, reply.elapsed);
//! # Ok(())
//! # }
//! ```
//!
//! | feature | what it adds |
//! |---|---|
//! | `ureq` (default) | `Client::new`: blocking, over [ureq](https://docs.rs/ureq) with rustls and the platform's certificates |
//! | `reqwest` | `AsyncClient::new`: asynchronous, over [reqwest](https://docs.rs/reqwest) on tokio, with rustls, HTTP/2 and the platform's certificates; `stream` too |
//! | `stream` | lists of the asynchronous client, as streams |
//! | `tracing` | spans for each call and attempt: operation, site, attempt, duration, result; never a body or a user |
//! | `recording` | recording and replaying transports for tests, secrets scrubbed |
//! | `jiff` | dates and moments as types of the crate jiff, `time_zone::zoned` for the zones that messages tell by number |
//! | `services` (default) | the operations of all services |
//! | `meeting`, `training`, `site`, ... | the operations of one service alone, where `services` is off: less to compile; `ep` and `user`, and with them `meeting` and `attendee`, are always there |
//!
//! Without either, [`Client`] and [`AsyncClient`] run over a [`Transport`] or [`AsyncTransport`] of yours, which is one method.
//!
//! # What can be called
//!
//! Every request type of the bindings ([`ep`], [`user`], ...) is an operation and knows its response type: `client.call(&request)`, or
//! `client.call(request)`, returns a [`Reply`] of just that. A [`Reply`] also has the header's `result`, `gsbStatus` and `reason`, the time the call took, and notes on
//! where the answer departs from the schema: live servers do, and are understood all the same.
//!
//! Whole lists are read by [`Client::list`], page by page; [`Client::stream_list`] reads one answer of any size while it comes. Both clients have
//! both. Several operations go in one message by [`Client::call_all`].
//!
//! # Who calls
//!
//! [`Credentials`] go with each request; a [`Session`] logs in, keeps the ticket and renews it.
//!
//! ```no_run
//! use webex_xml::{Client, Login, Session, user};
//!
//! # #[cfg(feature = "ureq")]
//! # fn run() -> Result<(), webex_xml::Error> {
//! let login = Login::user("jane@acme.example").with_fresh_access_token(|| Ok(std::env::var("TOKEN")?.into()));
//! let client = Client::new("acme").with_session(Session::new(login));
//! for user in client.list(&user::LstSummaryUser::new()) {
//!     println!("{}", user?.webex_id);
//! }
//! # Ok(())
//! # }
//! ```
//!
//! # What can go wrong
//!
//! [`Error`] has a variant for each stage of a call, and each tells what is known about the outside world: not sent; maybe sent; answered
//! with another status than 200; not readable; or refused by the service, which is a [`Fault`] although its HTTP status is 200.
//!
//! ```
//! use webex_xml::testing::Canned;
//! use webex_xml::{Client, Credentials, Error, FaultKind, user};
//!
//! let canned = Canned::new().answer_fault("030098", "User management is not allowed on unified site");
//! let client = Client::with_transport("acme", canned).with_credentials(Credentials::password("admin", "P@ssword123"));
//!
//! match client.call(&user::CreateUser::new("jane".to_owned())) {
//!     Err(Error::Fault(fault)) if fault.kind() == FaultKind::UnifiedSite => println!("{fault}"),
//!     Err(error) if error.is_retryable() => println!("try again: {error}"),
//!     other => println!("{other:?}"),
//! }
//! ```
//!
//! # Secrets
//!
//! Passwords, tickets and tokens are of a type that shows none of itself in `Debug`. Errors quote no message but in a short excerpt with
//! secrets masked, and the wire log ([`Client::with_wire_log`]) gets messages with the content of every secret element masked:
//!
//! ```
//! use webex_xml::testing::Canned;
//! use webex_xml::{Client, Credentials, ep};
//!
//! # fn main() -> Result<(), webex_xml::Error> {
//! let client = Client::with_transport("acme", Canned::new().answer(ep::GetSiteTypeResponse::new(1)))
//!     .with_credentials(Credentials::password("jane", "P@ssword123"))
//!     .with_wire_log(|event| {
//!         assert!(!event.xml.contains("P@ssword123"));
//!         println!("{:?} {} {}", event.direction, event.operation, event.xml);
//!     });
//! client.call(&ep::GetSiteType::new())?;
//! # Ok(())
//! # }
//! ```
//!
//! # Tests without a network
//!
//! [`testing::Canned`] gives answers that were made up front; with the feature `recording`, others are recorded and replayed; the crate `webex-xml-sandbox` is a whole site on the loopback address.
#![forbid(unsafe_code)]
#![deny(missing_docs)]
#![cfg_attr(docsrs, feature(doc_cfg))]
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests"))]
#![cfg_attr(not(test), deny(clippy::indexing_slicing))]

pub mod core;
pub mod testing;
pub mod time_zone;
pub mod transport;

mod async_client;
mod client;
mod common_identity;
mod credentials;
mod endpoint;
mod engine;
mod error;
mod exceptions;
mod fault;
mod paging;
mod rate;
mod reply;
mod retry;
mod session;
mod site_type;
mod trace;
mod wire_log;

pub use crate::async_client::{AsyncClient, ResponseFuture};
pub use crate::client::Client;
pub use crate::common_identity::{CommonIdentity, UserManagement};
#[cfg(feature = "stream")]
pub use crate::core::{AsyncHttpStream, Chunks};
pub use crate::core::{Batch, HttpRequest, HttpResponse, HttpStream, Request, Timeouts, TransportError, TransportErrorKind};
pub use crate::credentials::Credentials;
pub use crate::endpoint::{SERVICE_PATH, Site};
pub use crate::error::{Error, HttpStatus, MaybeSent, NotSent, NotSentKind, Place, Undecodable};
pub use crate::exceptions::{Advice, EXCEPTIONS, Exception, FaultKind};
pub use crate::fault::{Fault, SubError};
#[cfg(feature = "stream")]
pub use crate::paging::{AsyncStreamedList, PageStream, RecordStream};
pub use crate::paging::{Listing, Page, Pages, Records, StreamedList};
pub use crate::rate::RateLimit;
pub use crate::reply::Reply;
pub use crate::retry::Retry;
pub use crate::session::{Login, Session, Ticket};
pub use crate::site_type::SiteType;
pub use crate::transport::{AsyncTransport, Transport};
pub use crate::wire_log::{Direction, WireEvent};

pub use webex_xml_types as types;
pub use webex_xml_types::*;
pub use xsdgen_codec::{IntoRequest, Secret};

#[cfg(all(doctest, feature = "ureq"))]
#[doc = include_str!("../README.md")]
struct Readme;
