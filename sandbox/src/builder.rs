//! Provides the builder that configures a site and starts it as a [`Sandbox`].

use std::fmt;
use std::io;
use std::net::{IpAddr, Ipv4Addr, SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex};

use tokio::sync::{Semaphore, oneshot};

use crate::exchange::{App, State};
use crate::http;
use crate::injection::{Injection, Injections};
use crate::limits::Limits;
use crate::offline::Offline;
use crate::sandbox::Sandbox;
use crate::script::{AnswerError, Recorder, Script};
use crate::site::{AuthenticationServer, Flags, Locks, NewAccount, Site, SiteKind, random_text};
#[cfg(feature = "sqlite")]
use crate::store::{Store, StoreError};

/// The reason why a sandbox cannot start.
#[derive(Debug)]
#[non_exhaustive]
pub enum StartError {
    /// The sandbox cannot listen on the address, for example because the port is in use.
    Listen(SocketAddr, io::Error),
    /// The folder of answers cannot be read, or it contains a file that is not a valid answer.
    Answers(AnswerError),
    /// The folder for recordings cannot be created.
    Record(PathBuf, io::Error),
    /// The file that stores the site cannot be opened, read or written.
    #[cfg(feature = "sqlite")]
    Data(StoreError),
    /// The thread or the runtime of the server cannot be started.
    Thread(io::Error),
}

impl fmt::Display for StartError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Listen(address, error) => write!(f, "{address}: {error}"),
            Self::Answers(error) => write!(f, "{error}"),
            Self::Record(path, error) => write!(f, "{}: {error}", path.display()),
            #[cfg(feature = "sqlite")]
            Self::Data(error) => write!(f, "{error}"),
            Self::Thread(error) => write!(f, "no thread can be started: {error}"),
        }
    }
}

impl std::error::Error for StartError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Listen(_, error) | Self::Record(_, error) | Self::Thread(error) => Some(error),
            Self::Answers(error) => Some(error),
            #[cfg(feature = "sqlite")]
            Self::Data(error) => Some(error),
        }
    }
}

impl From<StartError> for io::Error {
    fn from(error: StartError) -> Self {
        match error {
            StartError::Listen(_, error) | StartError::Record(_, error) | StartError::Thread(error) => error,
            other => Self::other(other),
        }
    }
}

/// The configuration of a site, including how clients reach it.
#[derive(Debug, Clone)]
#[must_use]
pub struct Builder {
    name: Option<String>,
    kind: Option<SiteKind>,
    listen: IpAddr,
    port: u16,
    flags: Flags,
    limits: Limits,
    injections: Vec<Injection>,
    seed: u64,
    answers: Option<PathBuf>,
    record: Option<PathBuf>,
    lock_after: u32,
    null_point_error: bool,
    strict: bool,
    cors: bool,
    accounts: Vec<NewAccount>,
    site_id: Option<i64>,
    partner_id: Option<String>,
    #[cfg(feature = "sqlite")]
    data: Option<PathBuf>,
}

impl Default for Builder {
    fn default() -> Self {
        Self {
            name: None,
            kind: None,
            listen: Ipv4Addr::LOCALHOST.into(),
            port: 0,
            flags: Flags::default(),
            limits: Limits::default(),
            injections: Vec::new(),
            seed: 0,
            answers: None,
            record: None,
            lock_after: Locks::AFTER,
            null_point_error: false,
            strict: false,
            cors: false,
            accounts: Vec::new(),
            site_id: None,
            partner_id: None,
            #[cfg(feature = "sqlite")]
            data: None,
        }
    }
}

impl Builder {
    /// Sets the only site name that the sandbox answers to. By default it answers to any name.
    pub fn site(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// Sets the site number, which requests can use instead of the site name. The default is [`SITE_ID`](crate::SITE_ID).
    pub fn site_id(mut self, number: i64) -> Self {
        self.site_id = Some(number);
        self
    }

    /// Sets the partner ID that belongs to the site number. The default is [`PARTNER_ID`](crate::PARTNER_ID).
    pub fn partner_id(mut self, id: impl Into<String>) -> Self {
        self.partner_id = Some(id.into());
        self
    }

    /// Adds an account, on a site of any type.
    ///
    /// This method can be called several times. If the site already has an account of that name, that account gets the given password.
    ///
    /// ```
    /// use webex_xml_sandbox::{NewAccount, Sandbox, SiteKind};
    ///
    /// # fn main() -> std::io::Result<()> {
    /// let jane = NewAccount::new("jane@acme.example", "Jane-Pass-1").administrator();
    /// let sandbox = Sandbox::builder().kind(SiteKind::Ci).user(jane).start()?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn user(mut self, account: NewAccount) -> Self {
        self.accounts.push(account);
        self
    }

    /// Sets the type of the site.
    ///
    /// The default is the type stored in the file of `data`, or Common Identity if there is none.
    pub fn kind(mut self, kind: SiteKind) -> Self {
        self.kind = Some(kind);
        self
    }

    /// Sets the address to listen on. The default is 127.0.0.1.
    ///
    /// Anyone who can reach another address has full access to the sandbox.
    pub fn listen(mut self, address: IpAddr) -> Self {
        self.listen = address;
        self
    }

    /// Sets the port to listen on. The default, 0, selects any free port.
    pub fn port(mut self, port: u16) -> Self {
        self.port = port;
        self
    }

    /// Sets the flags of the super administrator and of the site administrator that control whether sessions get an audio password.
    ///
    /// Both flags are on by default. A site loaded from the file of `data` keeps its stored flags.
    pub fn audio_password(mut self, super_admin: bool, site_admin: bool) -> Self {
        self.flags.audio_password = (super_admin, site_admin);
        self
    }

    /// Sets the flag `PMR_ForceLogin` of the site.
    ///
    /// With the value `1`, personal rooms require an account. With any other value, or with `None`, they do not.
    pub fn pmr_force_login(mut self, value: Option<&str>) -> Self {
        self.flags.pmr_force_login = value.map(str::to_owned);
        self
    }

    /// Sets whether the site has Collaboration Meeting Rooms (CET). The default is `true`.
    pub fn cet(mut self, on: bool) -> Self {
        self.flags.cet = on;
        self
    }

    /// Sets the state of the authentication server behind the site.
    pub fn authentication_server(mut self, state: AuthenticationServer) -> Self {
        self.flags.authentication_server = state;
        self
    }

    /// Sets how many wrong passwords in a row lock an account for half an hour of the site's clock.
    ///
    /// The default is 5. The value 0 turns locking off.
    pub fn lock_after(mut self, wrong_passwords: u32) -> Self {
        self.lock_after = wrong_passwords;
        self
    }

    /// Sets whether `lstsummaryUser` reports an empty list as `validation: Null Point Error`, as some live sites did, instead of as
    /// 000015.
    pub fn null_point_error(mut self, on: bool) -> Self {
        self.null_point_error = on;
        self
    }

    /// Sets whether the site refuses the requests that live servers refuse.
    ///
    /// These are requests that have unknown elements, repeated elements where only one is allowed, values that are invalid for their type
    /// or enumeration, or missing required elements. Without strict mode, the site accepts them and reports in the header
    /// `X-Sandbox-Notes` and in [`Exchange::notes`](crate::Exchange) what it skipped.
    pub fn strict(mut self, on: bool) -> Self {
        self.strict = on;
        self
    }

    /// Sets whether web pages from loopback addresses, such as `http://localhost:3000`, can call the service from a browser (CORS).
    pub fn cors(mut self, on: bool) -> Self {
        self.cors = on;
        self
    }

    /// Sets the limits on the resources that clients can use.
    pub fn limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }

    /// Adds a fault rule. This method can be called several times.
    pub fn inject(mut self, rule: Injection) -> Self {
        self.injections.push(rule);
        self
    }

    /// Sets the seed of the random choices that [`Injection`]s make. The default is 0.
    ///
    /// The same seed and the same requests lead to the same faults.
    pub fn seed(mut self, seed: u64) -> Self {
        self.seed = seed;
        self
    }

    /// Answers requests from the recorded or written files in a folder.
    ///
    /// The pair `NAME.request.xml` and `NAME.response.xml` answers that request, whoever sends it. A file `user.GetUser.response.xml`
    /// without a request answers all requests of that operation. The site itself answers all other requests.
    pub fn answers(mut self, folder: impl AsRef<Path>) -> Self {
        self.answers = Some(folder.as_ref().to_owned());
        self
    }

    /// Records every exchange in a folder, with secrets masked, in the format that [`Builder::answers`] reads.
    pub fn record(mut self, folder: impl AsRef<Path>) -> Self {
        self.record = Some(folder.as_ref().to_owned());
        self
    }

    /// Stores the site in an SQLite file.
    ///
    /// Every change that was answered with `SUCCESS` is in the file, even if the process is killed at any moment.
    #[cfg(feature = "sqlite")]
    pub fn data(mut self, file: impl AsRef<Path>) -> Self {
        self.data = Some(file.as_ref().to_owned());
        self
    }

    /// Starts the site, which accepts requests as soon as this method returns.
    ///
    /// # Errors
    ///
    /// Returns a [`StartError`] that states the reason.
    pub fn start(self) -> Result<Sandbox, StartError> {
        let address = SocketAddr::new(self.listen, self.port);
        let listen = |error| StartError::Listen(address, error);
        let listener = TcpListener::bind(address).map_err(listen)?;
        listener.set_nonblocking(true).map_err(listen)?;
        let bound = listener.local_addr().map_err(listen)?;
        let app = Arc::new(self.app()?);

        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(StartError::Thread)?;
        let (stop, stopped) = oneshot::channel();
        let shared = Arc::clone(&app);
        let serve = move || {
            runtime.block_on(async {
                if let Ok(listener) = tokio::net::TcpListener::from_std(listener) {
                    http::serve(listener, shared, stopped).await;
                }
            });
        };
        let thread = std::thread::Builder::new().name("webex-xml-sandbox".to_owned()).spawn(serve).map_err(StartError::Thread)?;
        Ok(Sandbox::new(bound, app, stop, thread))
    }

    /// Makes a site that is called without a network, for the fuzzer.
    ///
    /// # Errors
    ///
    /// Returns a [`StartError`] that states the reason.
    #[doc(hidden)]
    pub fn offline(self) -> Result<Offline, StartError> {
        self.app().map(Offline::new)
    }

    fn app(self) -> Result<App, StartError> {
        let script = self.answers.as_deref().map_or_else(|| Ok(Script::default()), Script::read).map_err(StartError::Answers)?;
        let recorder = match &self.record {
            Some(folder) => Some(Recorder::new(folder).map_err(|error| StartError::Record(folder.clone(), error))?),
            None => None,
        };
        let state = self.state()?;
        Ok(App {
            state: Mutex::new(state),
            injections: Mutex::new(Injections::new(self.injections, self.seed)),
            script: Mutex::new(script),
            journal: Mutex::default(),
            recorder,
            limits: self.limits,
            room: Arc::new(Semaphore::new(self.limits.held_bytes.max(self.limits.body_bytes.saturating_mul(2)).min(usize::MAX >> 3) >> 10)),
            strict: AtomicBool::new(self.strict),
            cors: self.cors,
            form_token: random_text().chars().filter(char::is_ascii_alphanumeric).collect(),
            on_loopback: self.listen.is_loopback(),
        })
    }

    #[cfg(feature = "sqlite")]
    fn state(&self) -> Result<State, StartError> {
        let Some(path) = &self.data else { return Ok(State { site: self.populated(), store: None }) };
        let (mut store, held) = Store::open(path).map_err(StartError::Data)?;
        let mut site = self.fresh();
        if held {
            store.load(&mut site).map_err(StartError::Data)?;
            site.kind = self.kind.unwrap_or(site.kind);
        }
        self.accounts.iter().for_each(|account| site.add_account(account));
        store.save(&mut site).map_err(StartError::Data)?;
        Ok(State { site, store: Some(store) })
    }

    #[cfg(not(feature = "sqlite"))]
    fn state(&self) -> Result<State, StartError> {
        Ok(State { site: self.populated(), store: None })
    }

    fn fresh(&self) -> Site {
        let mut site = Site::seeded(self.name.clone(), self.kind.unwrap_or_default(), self.flags.clone());
        site.locks = Locks::new(self.lock_after);
        site.null_point_error = self.null_point_error;
        site.number.0 = self.site_id.unwrap_or(site.number.0);
        if let Some(partner_id) = &self.partner_id {
            site.number.1.clone_from(partner_id);
        }
        site
    }

    /// Returns a new site with all its accounts.
    fn populated(&self) -> Site {
        let mut site = self.fresh();
        self.accounts.iter().for_each(|account| site.add_account(account));
        site
    }
}
