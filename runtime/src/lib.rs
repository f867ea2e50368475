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
//! | feature | adds |
//! |---|---|
//! | `ureq` (default) | `Client::new`: blocking, over [ureq](https://docs.rs/ureq) with rustls and the platform's certificates |
//! | `reqwest` | `AsyncClient::new`: asynchronous, over [reqwest] on tokio, with rustls, HTTP/2 and the platform's certificates; turns on `stream` |
//! | `stream` | lists as streams in the asynchronous client |
//! | `tracing` | spans for each call and attempt: operation, site, attempt, duration and result, but never a body or a user |
//! | `recording` | transports for tests that record and replay exchanges, with secrets removed |
//! | `jiff` | dates and points in time as types of the crate jiff, and `time_zone::zoned` for the zones that messages give by number |
//! | `services` (default) | the operations of all services |
//! | `meeting`, `training`, ... | the operations of one service, if `services` is off; `ep`, `user`, `meeting` and `attendee` are always included |
//!
//! [reqwest]: https://docs.rs/reqwest
//!
//! Without `ureq` and `reqwest`, [`Client`] and [`AsyncClient`] run over your own implementation of [`Transport`] or [`AsyncTransport`],
//! each of which has one required method.
//!
//! # Operations
//!
//! Every request type of the bindings ([`ep`], [`user`], ...) is an operation and knows its response type: `client.call(&request)` and
//! `client.call(request)` both return a [`Reply`] with exactly that type. A [`Reply`] also holds the header's `result`, `gsbStatus` and
//! `reason`, the time the call took, and notes on where the response departs from the schema. Live servers do depart from it, and their
//! responses are still decoded.
//!
//! [`Client::list`] reads a whole list page by page. [`Client::stream_list`] reads a single response of any size while it arrives. Both
//! clients have both methods. [`Client::call_all`] sends several operations in one message.
//!
//! # Authentication
//!
//! [`Credentials`] are sent with each request. A [`Session`] logs in, keeps the ticket and renews it.
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
//! # Errors
//!
//! [`Error`] has one variant for each stage of a call, and each variant says what is known about the effect at the service: the request was
//! not sent; it may have been sent; it was answered with an HTTP status other than 200; the response could not be decoded; or the service
//! refused the call, which is a [`Fault`] although its HTTP status is 200. [`Retry`] has the table of the failures after which the clients
//! send a call again.
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
//! Passwords, tickets and tokens have a type whose `Debug` output hides the value. Errors quote at most a short excerpt of a message, with
//! secrets masked. The wire log ([`Client::with_wire_log`]) receives messages in which the content of every secret element is masked:
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
//! [`testing::Canned`] returns responses that are prepared in advance. With the feature `recording`, real responses can be recorded and
//! replayed. The crate `webex-xml-sandbox` simulates a whole site on the loopback address.
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
mod deadline;
mod endpoint;
mod engine;
mod error;
mod exceptions;
mod fault;
mod paging;
mod rate;
mod repeat;
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
pub use crate::core::{Batch, HttpRequest, HttpResponse, HttpStream, Request, Timeouts, mask_secrets};
pub use crate::credentials::Credentials;
pub use crate::endpoint::{SERVICE_PATH, Site};
pub use crate::error::{Error, HttpStatus, MaybeSent, NotSent, NotSentKind, Place, TransportError, TransportErrorKind, Undecodable};
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
