//! In: a command line. Out: a site on the loopback address, until it is interrupted.
//! Exit codes: 0 done, 2 a command line that makes no sense, 4 the port cannot be had.
//! Not here: anything but starting and stopping.
#![forbid(unsafe_code)]

use std::io::{self, Write};
use std::process::ExitCode;

use clap::Parser;
use webex_xml_sandbox::{Sandbox, SiteKind};

/// A WebEx site in a box: answers the WebEx XML API 9.0 on the loopback address.
#[derive(Debug, Parser)]
#[command(name = "webex-xml-sandbox", version)]
struct Arguments {
    /// The port to listen on; 0 is any free one.
    #[arg(long, default_value_t = 0)]
    port: u16,
    /// The type of the site: ci, sso, train, w11-sso or non-sso.
    #[arg(long, value_name = "TYPE", default_value_t = SiteKind::Ci)]
    site_type: SiteKind,
    /// The only site name to answer to; without it, to any.
    #[arg(long, value_name = "NAME")]
    site: Option<String>,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    match run(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            let _ = writeln!(io::stderr(), "webex-xml-sandbox: port {}: {error}", arguments.port);
            ExitCode::from(4)
        }
    }
}

fn run(arguments: &Arguments) -> io::Result<()> {
    let mut builder = Sandbox::builder().kind(arguments.site_type).port(arguments.port);
    if let Some(site) = &arguments.site {
        builder = builder.site(site);
    }
    let sandbox = builder.start()?;
    writeln!(io::stdout(), "listening on {}", sandbox.base_url())?;
    io::stdout().flush()?;
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
