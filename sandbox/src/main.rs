//! Runs a site on the loopback address until the program is interrupted. Exit codes: 0 for success, 1 for an unexpected error, 2 for an
//! invalid command line, 4 if the port is unavailable, 5 if a file or folder cannot be read or written.
#![forbid(unsafe_code)]

mod manual;

use std::io::{self, Write};
use std::net::{IpAddr, Ipv4Addr};
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use clap::{CommandFactory, Parser};
use manual::Manual;
use webex_xml_sandbox::{ACCOUNTS, Account, AuthenticationServer, Builder, Injection, Limits, NewAccount, Sandbox, SiteKind, StartError};

/// A WebEx site in a box: answers the WebEx XML API 9.0 on the loopback address.
///
/// The first line it prints is `listening on http://127.0.0.1:PORT`. POST messages to /WBXService/XMLService; look at / with a browser.
#[derive(Debug, Parser)]
#[command(name = "webex-xml-sandbox", version, after_help = accounts_help(), args_conflicts_with_subcommands = true)]
struct Arguments {
    #[command(subcommand)]
    manual: Option<Manual>,
    /// The port to listen on; 0 is any free one.
    #[arg(long, default_value_t = 0)]
    port: u16,
    /// The address to listen on. Whoever reaches it can do anything here: leave it as it is.
    #[arg(long, value_name = "ADDRESS", default_value_t = IpAddr::V4(Ipv4Addr::LOCALHOST))]
    listen: IpAddr,
    /// The type of the site: ci, sso, train, w11-sso or non-sso [default: ci, or what FILE says].
    #[arg(long, value_name = "TYPE")]
    site_type: Option<SiteKind>,
    /// The only site name to answer to; without it, to any.
    #[arg(long, value_name = "NAME")]
    site: Option<String>,
    /// Keep the site in this file (SQLite); it survives a kill at any moment.
    #[arg(long, value_name = "FILE")]
    data: Option<PathBuf>,
    #[command(flatten)]
    accounts: AccountArguments,
    #[command(flatten)]
    flags: FlagArguments,
    #[command(flatten)]
    play: PlayArguments,
    #[command(flatten)]
    live: LiveArguments,
    #[command(flatten)]
    limits: LimitArguments,
}

/// Who the site knows, and how requests name it.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Accounts, and what requests name the site by")]
struct AccountArguments {
    /// Add an account: NAME:PASSWORD, or NAME:PASSWORD:admin for a site administrator. May be given several times, on a site of any type.
    /// An account of that name gets the password.
    #[arg(long, value_name = "NAME:PASSWORD[:admin]")]
    user: Vec<String>,
    /// The access token of an account of --user, for authenticateUser on a Common Identity site. May be given several times.
    #[arg(long, value_name = "NAME:TOKEN")]
    access_token: Vec<String>,
    /// The SAML response of an account of --user, for authenticateUser on a site with single sign-on. May be given several times.
    #[arg(long, value_name = "NAME:RESPONSE")]
    saml_response: Vec<String>,
    /// The number of the site [default: 5941234567].
    #[arg(long, value_name = "NUMBER")]
    site_id: Option<i64>,
    /// The partner ID that goes with the number [default: sandbox-partner].
    #[arg(long, value_name = "ID")]
    partner_id: Option<String>,
}

impl AccountArguments {
    /// Returns the accounts to add. Errors never repeat text that may be a password.
    fn accounts(&self) -> Result<Vec<NewAccount>, String> {
        let mut accounts: Vec<NewAccount> = Vec::new();
        for (number, text) in self.user.iter().enumerate() {
            let account: NewAccount = text.parse().map_err(|error| format!("--user, number {}: {error}", number + 1))?;
            if accounts.iter().any(|known| known.name().eq_ignore_ascii_case(account.name())) {
                return Err(format!("--user gives {} twice: give each account once", account.name()));
            }
            accounts.push(account);
        }
        for text in &self.access_token {
            let (account, token) = with_secret(&mut accounts, "--access-token", text)?;
            *account = account.clone().access_token(token);
        }
        for text in &self.saml_response {
            let (account, response) = with_secret(&mut accounts, "--saml-response", text)?;
            *account = account.clone().saml_response(response);
        }
        Ok(accounts)
    }
}

/// Returns the account that `NAME:SECRET` names, and the secret.
fn with_secret<'a, 't>(accounts: &'a mut [NewAccount], option: &str, text: &'t str) -> Result<(&'a mut NewAccount, &'t str), String> {
    let (name, secret) = text
        .split_once(':')
        .filter(|(_, secret)| !secret.is_empty())
        .ok_or_else(|| format!("{option} takes the name of an account, a colon, and what proves it: one of the three is missing"))?;
    let account = accounts.iter_mut().find(|account| account.name().eq_ignore_ascii_case(name.trim()));
    let account = account.ok_or_else(|| {
        format!("{option} names {}, and there is no --user of that name: add --user {}:PASSWORD", name.trim(), name.trim())
    })?;
    Ok((account, secret))
}

/// What administrators switch. A site from FILE has its own.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Flags of a new site")]
struct FlagArguments {
    /// PMR_ForceLogin: `1` makes personal rooms require an account.
    #[arg(long, value_name = "VALUE")]
    pmr_force_login: Option<String>,
    /// Make no passwords for audio.
    #[arg(long)]
    no_audio_password: bool,
    /// No Collaboration Meeting Rooms: no session has a SIP address.
    #[arg(long)]
    no_cet: bool,
    /// The authentication server: up, unreachable or no-ticket.
    #[arg(long, value_name = "STATE", default_value_t = AuthenticationServer::Up)]
    authentication_server: AuthenticationServer,
}

/// Answers and faults.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Answers and faults")]
struct PlayArguments {
    /// Something that shall go wrong: 'operation=CreateUser; rate=10%; exception=000035'. May be given several times.
    #[arg(long, value_name = "RULE")]
    fault: Vec<Injection>,
    /// Where the chance of faults comes from: the same number and requests, the same faults.
    #[arg(long, value_name = "NUMBER", default_value_t = 0)]
    seed: u64,
    /// Answer from the recorded or written files in this folder.
    #[arg(long, value_name = "FOLDER")]
    answers: Option<PathBuf>,
    /// Record every exchange in this folder, secrets masked.
    #[arg(long, value_name = "FOLDER")]
    record: Option<PathBuf>,
}

/// What live sites do, all or some.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "As live sites")]
struct LiveArguments {
    /// Refuse what live servers refuse: unknown and repeated elements, values that are not of their types, missing ones.
    #[arg(long)]
    strict: bool,
    /// Let web pages from loopback addresses call the service (CORS).
    #[arg(long)]
    cors: bool,
    /// How many wrong passwords in a row lock an account for half an hour; 0 for none.
    #[arg(long, value_name = "NUMBER", default_value_t = 5)]
    lock_after: u32,
    /// Answer lstsummaryUser without a record by `validation: Null Point Error`.
    #[arg(long)]
    null_point_error: bool,
}

/// How much clients may take.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Limits")]
struct LimitArguments {
    /// The largest message, in bytes.
    #[arg(long, value_name = "BYTES", default_value_t = Limits::default().body_bytes)]
    max_body: usize,
    /// How deep elements may stand in each other.
    #[arg(long, value_name = "NUMBER", default_value_t = Limits::default().depth)]
    max_depth: u32,
    /// The largest head of a request, in bytes, at least 8192.
    #[arg(long, value_name = "BYTES", default_value_t = Limits::default().head_bytes)]
    max_head: usize,
    /// Most header fields of a request.
    #[arg(long, value_name = "NUMBER", default_value_t = Limits::default().headers)]
    max_headers: usize,
    /// Most connections at a time; more wait.
    #[arg(long, value_name = "NUMBER", default_value_t = Limits::default().connections)]
    max_connections: usize,
    /// How long a head, a body, an idle connection or a client that reads nothing may take, in seconds.
    #[arg(long, value_name = "SECONDS", default_value_t = 30)]
    timeout: u64,
    /// How long requests under way may take to end when it is stopped, in seconds.
    #[arg(long, value_name = "SECONDS", default_value_t = 5)]
    grace: u64,
}

impl LimitArguments {
    fn limits(&self) -> Limits {
        let time = Duration::from_secs(self.timeout);
        Limits {
            body_bytes: self.max_body,
            depth: self.max_depth,
            head_bytes: self.max_head,
            headers: self.max_headers,
            connections: self.max_connections,
            head_time: time,
            body_time: time,
            write_time: time,
            grace: Duration::from_secs(self.grace),
            ..Limits::default()
        }
    }
}

impl Arguments {
    fn builder(self, accounts: &[NewAccount]) -> Builder {
        let mut builder = Sandbox::builder()
            .listen(self.listen)
            .port(self.port)
            .audio_password(!self.flags.no_audio_password, !self.flags.no_audio_password)
            .cet(!self.flags.no_cet)
            .lock_after(self.live.lock_after)
            .null_point_error(self.live.null_point_error)
            .strict(self.live.strict)
            .cors(self.live.cors)
            .pmr_force_login(self.flags.pmr_force_login.as_deref())
            .authentication_server(self.flags.authentication_server)
            .seed(self.play.seed)
            .limits(self.limits.limits());
        builder = self.play.fault.into_iter().fold(builder, Builder::inject);
        builder = self.site_type.into_iter().fold(builder, Builder::kind);
        builder = self.site.into_iter().fold(builder, Builder::site);
        builder = self.data.into_iter().fold(builder, Builder::data);
        builder = self.play.answers.into_iter().fold(builder, Builder::answers);
        builder = self.play.record.into_iter().fold(builder, Builder::record);
        builder = accounts.iter().cloned().fold(builder, Builder::user);
        builder = self.accounts.site_id.into_iter().fold(builder, Builder::site_id);
        self.accounts.partner_id.into_iter().fold(builder, Builder::partner_id)
    }
}

fn main() -> ExitCode {
    let mut arguments = Arguments::parse();
    if let Some(manual) = arguments.manual.take() {
        return manual.print(Arguments::command()).map_or(ExitCode::FAILURE, |()| ExitCode::SUCCESS);
    }
    let accounts = match arguments.accounts.accounts() {
        Ok(accounts) => accounts,
        Err(error) => {
            let _ = writeln!(io::stderr(), "webex-xml-sandbox: {error}");
            return ExitCode::from(2);
        }
    };
    let sandbox = match arguments.builder(&accounts).start() {
        Ok(sandbox) => sandbox,
        Err(error) => {
            complain(&error);
            return ExitCode::from(match error {
                StartError::Listen(..) => 4,
                StartError::Thread(_) => 1,
                _ => 5,
            });
        }
    };
    match announce(&sandbox, &accounts).and_then(|()| wait()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            complain(&error);
            ExitCode::FAILURE
        }
    }
}

fn complain(error: &dyn std::error::Error) {
    let _ = writeln!(io::stderr(), "webex-xml-sandbox: {error}");
}

fn announce(sandbox: &Sandbox, added: &[NewAccount]) -> io::Result<()> {
    let mut out = io::stdout().lock();
    writeln!(out, "listening on {}", sandbox.base_url())?;
    write!(out, "{}", accounts_table(sandbox.accounts()))?;
    for account in added {
        let role = if account.is_administrator() { "site administrator" } else { "host" };
        writeln!(out, "  {:<20} {:<17} {role}", account.name(), "(from --user)")?;
    }
    out.flush()
}

/// Returns the table of predefined accounts that ends the help text.
fn accounts_help() -> String {
    accounts_table(ACCOUNTS) + "They are made up, and known to everybody: they prove nothing."
}

/// Formats accounts with their passwords as a table, one per line.
fn accounts_table(accounts: impl IntoIterator<Item = &'static Account>) -> String {
    let row = |account: &Account| format!("  {:<20} {:<17} {}\n", account.webex_id, account.password, account.role);
    let rows: String = accounts.into_iter().map(row).collect();
    if rows.is_empty() { rows } else { format!("Accounts (name, password):\n{rows}") }
}

fn wait() -> io::Result<()> {
    tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(interrupted())
}

/// Waits until the program is asked to stop.
#[cfg(unix)]
async fn interrupted() -> io::Result<()> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut terminate = signal(SignalKind::terminate())?;
    tokio::select! {
        asked = tokio::signal::ctrl_c() => asked,
        _ = terminate.recv() => Ok(()),
    }
}

/// Waits until the program is asked to stop.
#[cfg(not(unix))]
async fn interrupted() -> io::Result<()> {
    tokio::signal::ctrl_c().await
}
