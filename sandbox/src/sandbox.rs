//! In: a site that was started. Out: its address, and what programs change and look at while it runs.
//! Not here: starting (`builder`); the same for people (`page`).

use std::fmt;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::thread::JoinHandle;
use std::time::Duration;

use tokio::sync::oneshot;

use crate::builder::Builder;
use crate::exchange::{App, lock};
use crate::injection::Injection;
use crate::journal::Exchange;
use crate::script::AnswerError;
use crate::site::{Account, AuthenticationServer, Site};

/// A running site. It stops when it is dropped: requests under way have the grace of its [`Limits`](crate::Limits) to end.
pub struct Sandbox {
    address: SocketAddr,
    app: Arc<App>,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Sandbox {
    /// A Common Identity site on a free port, if nothing else is said.
    pub fn builder() -> Builder {
        Builder::default()
    }

    pub(crate) fn new(address: SocketAddr, app: Arc<App>, stop: oneshot::Sender<()>, thread: JoinHandle<()>) -> Self {
        Self { address, app, stop: Some(stop), thread: Some(thread) }
    }

    /// `http://127.0.0.1:PORT`
    #[must_use]
    pub fn base_url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Returns the accounts that each new site has, as far as they still are what they were: [`ADMIN`](crate::ADMIN) and the others.
    #[must_use]
    pub fn accounts(&self) -> Vec<&'static Account> {
        lock(&self.app.state).site.known_accounts().collect()
    }

    /// Puts the site's clock forward, for tickets to end.
    pub fn advance_clock(&self, by: Duration) {
        lock(&self.app.state).site.clock.advance(by);
    }

    /// Sets the site's flag `PMR_ForceLogin`: `1` makes personal rooms require an account, any other value, and none, does not.
    pub fn set_pmr_force_login(&self, value: Option<&str>) {
        self.change(|site| site.flags.pmr_force_login = value.map(str::to_owned));
    }

    /// Whether passwords for audio are made for sessions that are scheduled from now on, see [`Builder::audio_password`].
    pub fn set_audio_password(&self, super_admin: bool, site_admin: bool) {
        self.change(|site| site.flags.audio_password = (super_admin, site_admin));
    }

    /// Whether the site has Collaboration Meeting Rooms (CET).
    pub fn set_cet(&self, on: bool) {
        self.change(|site| site.flags.cet = on);
    }

    /// How the authentication server behind the site is.
    pub fn set_authentication_server(&self, server: AuthenticationServer) {
        self.change(|site| site.flags.authentication_server = server);
    }

    /// Whether the site refuses requests that live servers refuse, see [`Builder::strict`].
    pub fn set_strict(&self, on: bool) {
        self.app.strict.store(on, Ordering::Relaxed);
    }

    fn change(&self, change: impl FnOnce(&mut Site)) {
        let mut state = lock(&self.app.state);
        change(&mut state.site);
        // Where it cannot be kept, the next request that changes something says so.
        let _ = state.keep();
    }

    /// What shall go wrong from now on, besides what already does.
    pub fn inject(&self, rule: Injection) {
        lock(&self.app.injections).add(rule);
    }

    /// Nothing shall go wrong any more.
    pub fn clear_injections(&self) {
        lock(&self.app.injections).clear();
    }

    /// The answer to all requests of that operation from now on, sent as it stands: `getUser`, or `user.GetUser`.
    ///
    /// # Errors
    ///
    /// Where the release has no such operation, or the text is no message that can be read.
    pub fn set_answer(&self, operation: &str, message: impl Into<String>) -> Result<(), AnswerError> {
        lock(&self.app.script).write(operation, message.into())
    }

    /// The site answers that operation itself again.
    pub fn clear_answer(&self, operation: &str) {
        lock(&self.app.script).unwrite(operation);
    }

    /// The last fifty exchanges, oldest first, with every secret masked.
    ///
    /// ```
    /// # fn main() -> std::io::Result<()> {
    /// let sandbox = webex_xml_sandbox::Sandbox::builder().start()?;
    /// // ... a program talks to `sandbox.base_url()` ...
    /// assert!(sandbox.exchanges().iter().all(|exchange| exchange.result == "SUCCESS"));
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn exchanges(&self) -> Vec<Exchange> {
        lock(&self.app.journal).exchanges()
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
