//! **A WebEx site in a box, for tests, examples and work without a network.**
//!
//! Real HTTP on the loopback address, one thread, state in memory: the answers are those of release 9.0 of the WebEx XML API as far as
//! its behaviour is known.
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
//! | `authenticateUser` | password, access token, SAML response in the release's order; tickets last 5400 s |
//! | `createUser`, `delUser`, `activateUser` | 030098 on a Common Identity site; elsewhere done |
//! | `setUser`, `getUser`, `inactivateUser` | done; a Common Identity site leaves the 19 fields of the common profile as they are |
//! | anything else | a `FAILURE` with code and reason |
//!
//! It reads what clients really send: undeclared prefixes, a bare `<message>`, children in any order, blank lines in front, both forms of
//! `xsi:type`, any content type, the encodings of the XML declaration, and the old form field `XML`. Unlike live servers it also takes
//! elements that the release does not know, and ignores them.
//!
//! The accounts and sessions it starts with are [`ADMIN`], [`HOST`], [`CALLER`], [`ROOM_KEY`] and [`MEETING_KEY`].
#![forbid(unsafe_code)]
#![deny(missing_docs)]
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests"))]
#![cfg_attr(not(test), deny(clippy::indexing_slicing))]

mod faults;
mod form;
mod operations;
mod server;
mod site;

use std::fmt;
use std::io;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

use tokio::sync::oneshot;

use server::Shared;
use site::{Flags, Site};

pub use site::{ADMIN, Account, CALLER, HOST, MEETING_KEY, MEETING_PASSWORD, PARTNER_ID, ROOM_KEY, SITE_ID, SiteKind};

/// A running site. It stops when it is dropped.
pub struct Sandbox {
    address: SocketAddr,
    site: Shared,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Sandbox {
    /// A Common Identity site on a free port, if nothing else is said.
    pub fn builder() -> Builder {
        Builder::default()
    }

    /// `http://127.0.0.1:PORT`
    #[must_use]
    pub fn base_url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Puts the site's clock forward, for tickets to end.
    pub fn advance_clock(&self, by: Duration) {
        self.site.lock().unwrap_or_else(PoisonError::into_inner).clock.advance(by);
    }

    /// Sets the site's flag `PMR_ForceLogin`: `1` makes personal rooms require an account, any other value, and none, does not.
    pub fn set_pmr_force_login(&self, value: Option<&str>) {
        self.site.lock().unwrap_or_else(PoisonError::into_inner).flags.pmr_force_login = value.map(str::to_owned);
    }
}

impl fmt::Debug for Sandbox {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sandbox").field("address", &self.address).finish_non_exhaustive()
    }
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// What a site is to be like.
#[derive(Debug, Clone)]
#[must_use]
pub struct Builder {
    name: Option<String>,
    kind: SiteKind,
    port: u16,
    flags: Flags,
}

impl Default for Builder {
    fn default() -> Self {
        let flags = Flags { pmr_force_login: None, audio_password: (true, true) };
        Self { name: None, kind: SiteKind::default(), port: 0, flags }
    }
}

impl Builder {
    /// The only site name to answer to. Without it, the sandbox answers to any.
    pub fn site(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// The type of the site.
    pub fn kind(mut self, kind: SiteKind) -> Self {
        self.kind = kind;
        self
    }

    /// The port to listen on; 0, which is the default, is any free one.
    pub fn port(mut self, port: u16) -> Self {
        self.port = port;
        self
    }

    /// Whether passwords for audio are made, by the flags of the super administrator and of the site administrator. Both are on at first.
    pub fn audio_password(mut self, super_admin: bool, site_admin: bool) -> Self {
        self.flags.audio_password = (super_admin, site_admin);
        self
    }

    /// Starts the site on the loopback address. It takes requests when this returns.
    ///
    /// # Errors
    ///
    /// Where the port is taken, or no thread can be started.
    pub fn start(self) -> io::Result<Sandbox> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, self.port))?;
        listener.set_nonblocking(true)?;
        let address = listener.local_addr()?;
        let site: Shared = Arc::new(Mutex::new(Site::seeded(self.name, self.kind, self.flags)));
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let (stop, stopped) = oneshot::channel();
        let shared = Arc::clone(&site);
        let thread = std::thread::Builder::new().name("webex-xml-sandbox".to_owned()).spawn(move || {
            runtime.block_on(async {
                if let Ok(listener) = tokio::net::TcpListener::from_std(listener) {
                    let _ = server::serve(listener, shared, stopped).await;
                }
            });
        })?;
        Ok(Sandbox { address, site, stop: Some(stop), thread: Some(thread) })
    }
}

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
