//! Provides the handle to a running site: its address, and the methods that inspect and change it while it runs. The builder in `builder`
//! starts a site; `page` offers similar controls in a browser.

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

/// A running site.
///
/// The site stops when the handle is dropped. Requests in progress then have the grace period of the site's [`Limits`](crate::Limits) to
/// finish.
pub struct Sandbox {
    address: SocketAddr,
    app: Arc<App>,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Sandbox {
    /// Returns a builder, which by default starts a Common Identity site on a free port.
    pub fn builder() -> Builder {
        Builder::default()
    }

    pub(crate) fn new(address: SocketAddr, app: Arc<App>, stop: oneshot::Sender<()>, thread: JoinHandle<()>) -> Self {
        Self { address, app, stop: Some(stop), thread: Some(thread) }
    }

    /// Returns the base address of the site, such as `http://127.0.0.1:PORT`.
    #[must_use]
    pub fn base_url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Returns the predefined accounts of a new site, such as [`ADMIN`](crate::ADMIN), that have not been changed since.
    #[must_use]
    pub fn accounts(&self) -> Vec<&'static Account> {
        lock(&self.app.state).site.known_accounts().collect()
    }

    /// Advances the clock of the site, for example so that tickets expire.
    pub fn advance_clock(&self, by: Duration) {
        lock(&self.app.state).site.clock.advance(by);
    }

    /// Sets the flag `PMR_ForceLogin` of the site.
    ///
    /// With the value `1`, personal rooms require an account. With any other value, or with `None`, they do not.
    pub fn set_pmr_force_login(&self, value: Option<&str>) {
        self.change(|site| site.flags.pmr_force_login = value.map(str::to_owned));
    }

    /// Sets whether sessions scheduled from now on get an audio password; see [`Builder::audio_password`].
    pub fn set_audio_password(&self, super_admin: bool, site_admin: bool) {
        self.change(|site| site.flags.audio_password = (super_admin, site_admin));
    }

    /// Sets whether the site has Collaboration Meeting Rooms (CET).
    pub fn set_cet(&self, on: bool) {
        self.change(|site| site.flags.cet = on);
    }

    /// Sets the state of the authentication server behind the site.
    pub fn set_authentication_server(&self, server: AuthenticationServer) {
        self.change(|site| site.flags.authentication_server = server);
    }

    /// Sets whether the site refuses the requests that live servers refuse; see [`Builder::strict`].
    pub fn set_strict(&self, on: bool) {
        self.app.strict.store(on, Ordering::Relaxed);
    }

    fn change(&self, change: impl FnOnce(&mut Site)) {
        let mut state = lock(&self.app.state);
        change(&mut state.site);
        // This method returns no error. If saving keeps failing, the next request that changes something reports it.
        let _ = state.keep();
    }

    /// Adds a fault rule to the rules that are already in force.
    pub fn inject(&self, rule: Injection) {
        lock(&self.app.injections).add(rule);
    }

    /// Removes all fault rules.
    pub fn clear_injections(&self) {
        lock(&self.app.injections).clear();
    }

    /// Sets the answer to all further requests of an operation, named as `getUser` or `user.GetUser`.
    ///
    /// The answer is sent unchanged.
    ///
    /// # Errors
    ///
    /// Returns an error if the release has no such operation, or if the text cannot be read as a message.
    pub fn set_answer(&self, operation: &str, message: impl Into<String>) -> Result<(), AnswerError> {
        lock(&self.app.script).write(operation, message.into())
    }

    /// Removes the answer set for an operation, so that the site answers it again.
    pub fn clear_answer(&self, operation: &str) {
        lock(&self.app.script).unwrite(operation);
    }

    /// Returns the last fifty exchanges, oldest first, with every secret masked.
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
