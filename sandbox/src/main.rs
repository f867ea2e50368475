//! In: a command line. Out: a site on the loopback address, until it is interrupted.
//! Exit codes: 0 done, 1 out of the ordinary, 2 a command line that makes no sense, 4 the port cannot be had, 5 a file cannot be had.
//! Not here: anything but starting and stopping.
#![forbid(unsafe_code)]

use std::io::{self, Write};
use std::net::{IpAddr, Ipv4Addr};
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use clap::Parser;
use webex_xml_sandbox::{AuthenticationServer, Builder, Injection, Limits, Sandbox, SiteKind, StartError};

/// A WebEx site in a box: answers the WebEx XML API 9.0 on the loopback address.
///
/// The first line it prints is `listening on http://127.0.0.1:PORT`. POST messages to /WBXService/XMLService; look at / with a browser.
#[derive(Debug, Parser)]
#[command(name = "webex-xml-sandbox", version)]
struct Arguments {
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
    flags: FlagArguments,
    #[command(flatten)]
    play: PlayArguments,
    #[command(flatten)]
    live: LiveArguments,
    #[command(flatten)]
    limits: LimitArguments,
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
        }
    }
}

impl Arguments {
    fn builder(self) -> Builder {
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
        self.play.record.into_iter().fold(builder, Builder::record)
    }
}

fn main() -> ExitCode {
    let builder = Arguments::parse().builder();
    let sandbox = match builder.start() {
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
    match announce(&sandbox).and_then(|()| wait()) {
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

fn announce(sandbox: &Sandbox) -> io::Result<()> {
    writeln!(io::stdout(), "listening on {}", sandbox.base_url())?;
    io::stdout().flush()
}

fn wait() -> io::Result<()> {
    tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(interrupted())
}

/// Waits until somebody wants the program to end.
#[cfg(unix)]
async fn interrupted() -> io::Result<()> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut terminate = signal(SignalKind::terminate())?;
    tokio::select! {
        asked = tokio::signal::ctrl_c() => asked,
        _ = terminate.recv() => Ok(()),
    }
}

/// Waits until somebody wants the program to end.
#[cfg(not(unix))]
async fn interrupted() -> io::Result<()> {
    tokio::signal::ctrl_c().await
}
