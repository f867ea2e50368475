//! In: what a site is to be like. Out: a running [`Sandbox`].
//! Not here: what it does then.

use std::fmt;
use std::io;
use std::net::{IpAddr, Ipv4Addr, SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex};

use tokio::sync::oneshot;

use crate::exchange::{App, State};
use crate::http;
use crate::injection::{Injection, Injections};
use crate::limits::Limits;
use crate::sandbox::Sandbox;
use crate::script::{AnswerError, Recorder, Script};
use crate::site::{AuthenticationServer, Flags, Locks, NewAccount, Site, SiteKind, random_text};
#[cfg(feature = "sqlite")]
use crate::store::{Store, StoreError};

/// Why a sandbox does not start.
#[derive(Debug)]
#[non_exhaustive]
pub enum StartError {
    /// The address cannot be listened on: the port is taken, for instance.
    Listen(SocketAddr, io::Error),
    /// The folder of answers cannot be read, or holds what is no answer.
    Answers(AnswerError),
    /// The folder for recordings cannot be made.
    Record(PathBuf, io::Error),
    /// The file that keeps the site cannot be had.
    #[cfg(feature = "sqlite")]
    Data(StoreError),
    /// No thread can be started.
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

/// What a site is to be like, and how it is reached.
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
    /// The only site name to answer to. Without it, the sandbox answers to any.
    pub fn site(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// The site's number, for requests that do not name the site; [`SITE_ID`](crate::SITE_ID) if nothing is said.
    pub fn site_id(mut self, number: i64) -> Self {
        self.site_id = Some(number);
        self
    }

    /// The partner ID that goes with the number; [`PARTNER_ID`](crate::PARTNER_ID) if nothing is said.
    pub fn partner_id(mut self, id: impl Into<String>) -> Self {
        self.partner_id = Some(id.into());
        self
    }

    /// Adds an account, on a site of any type; may be said several times. An account that the site has under that name gets the password.
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

    /// The type of the site; Common Identity if nothing is said, or what the file of `data` says.
    pub fn kind(mut self, kind: SiteKind) -> Self {
        self.kind = Some(kind);
        self
    }

    /// The address to listen on: 127.0.0.1 if nothing is said. Anybody who reaches another one can do anything here.
    pub fn listen(mut self, address: IpAddr) -> Self {
        self.listen = address;
        self
    }

    /// The port to listen on; 0, which is the default, is any free one.
    pub fn port(mut self, port: u16) -> Self {
        self.port = port;
        self
    }

    /// Whether passwords for audio are made, by the flags of the super administrator and of the site administrator. Both are on at first.
    /// A site from the file of `data` has its own flags.
    pub fn audio_password(mut self, super_admin: bool, site_admin: bool) -> Self {
        self.flags.audio_password = (super_admin, site_admin);
        self
    }

    /// The site's flag `PMR_ForceLogin`: `1` makes personal rooms require an account, any other value, and none, does not.
    pub fn pmr_force_login(mut self, value: Option<&str>) -> Self {
        self.flags.pmr_force_login = value.map(str::to_owned);
        self
    }

    /// Whether the site has Collaboration Meeting Rooms (CET); it has at first.
    pub fn cet(mut self, on: bool) -> Self {
        self.flags.cet = on;
        self
    }

    /// How the authentication server behind the site is.
    pub fn authentication_server(mut self, state: AuthenticationServer) -> Self {
        self.flags.authentication_server = state;
        self
    }

    /// How many wrong passwords in a row lock an account for half an hour of the site's clock: 5 if nothing is said, 0 for none.
    pub fn lock_after(mut self, wrong_passwords: u32) -> Self {
        self.lock_after = wrong_passwords;
        self
    }

    /// Whether lstsummaryUser answers a list without a record by `validation: Null Point Error`, as some live sites did, and not by 000015.
    pub fn null_point_error(mut self, on: bool) -> Self {
        self.null_point_error = on;
        self
    }

    /// Whether the site refuses requests that live servers refuse: with unknown elements, repeated ones where one may stand, values that are not
    /// of their types or not in their enumerations, and without what is required. Otherwise it takes them, and says in the header
    /// `X-Sandbox-Notes` and in [`Exchange::notes`](crate::Exchange) what it passed over.
    pub fn strict(mut self, on: bool) -> Self {
        self.strict = on;
        self
    }

    /// Whether pages from loopback addresses (`http://localhost:3000`) may call the service and read its answers, as browsers ask (CORS).
    pub fn cors(mut self, on: bool) -> Self {
        self.cors = on;
        self
    }

    /// How much clients may take.
    pub fn limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }

    /// What shall go wrong; may be said several times.
    pub fn inject(mut self, rule: Injection) -> Self {
        self.injections.push(rule);
        self
    }

    /// Where the chance of [`Injection`]s comes from: the same seed and requests, the same faults. 0 if nothing is said.
    pub fn seed(mut self, seed: u64) -> Self {
        self.seed = seed;
        self
    }

    /// Answers from that folder, recorded or written: `NAME.request.xml` with `NAME.response.xml` answers that request, whoever sends it;
    /// `user.GetUser.response.xml` alone answers all requests of the operation. Others are answered by the site.
    pub fn answers(mut self, folder: impl AsRef<Path>) -> Self {
        self.answers = Some(folder.as_ref().to_owned());
        self
    }

    /// Records every exchange in that folder, secrets masked, as [`Builder::answers`] takes it.
    pub fn record(mut self, folder: impl AsRef<Path>) -> Self {
        self.record = Some(folder.as_ref().to_owned());
        self
    }

    /// Keeps the site in that file of SQLite. What was answered with `SUCCESS` is there also after a kill at any moment.
    #[cfg(feature = "sqlite")]
    pub fn data(mut self, file: impl AsRef<Path>) -> Self {
        self.data = Some(file.as_ref().to_owned());
        self
    }

    /// Starts the site. It takes requests when this returns.
    ///
    /// # Errors
    ///
    /// See [`StartError`].
    pub fn start(self) -> Result<Sandbox, StartError> {
        let address = SocketAddr::new(self.listen, self.port);
        let listen = |error| StartError::Listen(address, error);
        let script = self.answers.as_deref().map_or_else(|| Ok(Script::default()), Script::read).map_err(StartError::Answers)?;
        let listener = TcpListener::bind(address).map_err(listen)?;
        listener.set_nonblocking(true).map_err(listen)?;
        let bound = listener.local_addr().map_err(listen)?;
        let recorder = match &self.record {
            Some(folder) => Some(Recorder::new(folder).map_err(|error| StartError::Record(folder.clone(), error))?),
            None => None,
        };
        let state = self.state()?;
        let app = Arc::new(App {
            state: Mutex::new(state),
            injections: Mutex::new(Injections::new(self.injections, self.seed)),
            script: Mutex::new(script),
            journal: Mutex::default(),
            recorder,
            limits: self.limits,
            strict: AtomicBool::new(self.strict),
            cors: self.cors,
            form_token: random_text().chars().filter(char::is_ascii_alphanumeric).collect(),
            on_loopback: self.listen.is_loopback(),
        });

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

    /// A new site with all its accounts.
    fn populated(&self) -> Site {
        let mut site = self.fresh();
        self.accounts.iter().for_each(|account| site.add_account(account));
        site
    }
}
