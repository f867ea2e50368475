//! In: the words of the command line. Out: what is asked for, typed; help and completions name the operations of the schema.
//! Not here: doing it. No secret is ever an argument: see `credentials`.

use std::path::PathBuf;

use clap::builder::PossibleValue;
use clap::builder::PossibleValuesParser;
use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::ArgValueCompleter;

use crate::description::description;

const EXIT: &str = "\
Exit status: 0 done, 1 the service said no, 2 the command line or the request is wrong, 3 no answer, or one that cannot be read.";

const CREDENTIALS: &str = "\
Who calls: --user or --email, and a secret from the environment (WEBEX_XML_PASSWORD, WEBEX_XML_SESSION_TICKET, WEBEX_XML_ACCESS_TOKEN,
WEBEX_XML_SAML_RESPONSE, WEBEX_XML_PARTNER_ID), from a file (--credentials) or typed at a prompt. Secrets are never arguments: other users
of the machine can see those.

The file is TOML with any of: site, url, site_id, user, email, password, session_ticket, access_token, saml_response, partner_id.
Only its owner may be able to read it.

Exit status: 0 done, 1 the service said no, 2 the command line or the request is wrong, 3 no answer, or one that cannot be read.";

/// Calls the WebEx XML API 9.0.
#[derive(Debug, Parser)]
#[command(name = "webex-xml", version, after_help = EXIT, arg_required_else_help = true)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Call an operation and print its answer.
    Call(Box<Call>),
    /// List the operations.
    Ops(Ops),
    /// Show what an operation takes and answers.
    Describe(Describe),
    /// Print the completions of a shell: `source <(webex-xml completions bash)`.
    Completions {
        /// The shell.
        #[arg(value_parser = ["bash", "elvish", "fish", "powershell", "zsh"])]
        shell: String,
    },
}

#[derive(Debug, Args)]
#[command(after_long_help = CREDENTIALS)]
pub(crate) struct Call {
    /// The operation; `webex-xml ops` lists them.
    #[arg(value_name = "OPERATION", value_parser = operations(), hide_possible_values = true, ignore_case = true)]
    pub(crate) operation: String,
    /// Set a field: `accessControl.listStatus=PUBLIC`, `attendees.attendee[1].sessionKey=7`; `@FILE`, `@env:NAME` and `@prompt` in place of a value.
    #[arg(long, value_name = "PATH=VALUE", add = ArgValueCompleter::new(crate::complete::paths))]
    pub(crate) set: Vec<String>,
    /// Take the request from a file of XML: a whole message, or its bodyContent. `-` is the standard input.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["set", "json"])]
    pub(crate) file: Option<PathBuf>,
    /// Take the request as JSON: the text itself, `@FILE`, or `-` for the standard input. --set goes on top.
    #[arg(long, value_name = "JSON")]
    pub(crate) json: Option<String>,
    /// How to print the answer.
    #[arg(long, short, value_enum, default_value_t = Output::Xml)]
    pub(crate) output: Output,
    /// Print passwords, tickets and codes of the answer as they are.
    #[arg(long)]
    pub(crate) show_secrets: bool,
    /// Print the request, secrets masked, and do not send it.
    #[arg(long)]
    pub(crate) dry_run: bool,
    /// Print what goes over the wire to the standard error, secrets masked.
    #[arg(long, short)]
    pub(crate) verbose: bool,
    /// The most seconds that the call may take.
    #[arg(long, value_name = "SECONDS", default_value_t = 60)]
    pub(crate) timeout: u64,
    #[command(flatten)]
    pub(crate) who: Who,
}

/// The site and the caller, but for secrets.
#[derive(Debug, Args)]
pub(crate) struct Who {
    /// The site's name: `acme` of `acme.webex.com`.
    #[arg(long, env = "WEBEX_XML_SITE", value_name = "NAME")]
    pub(crate) site: Option<String>,
    /// The site's number, where it is named so; with a partner ID.
    #[arg(long, env = "WEBEX_XML_SITE_ID", value_name = "NUMBER")]
    pub(crate) site_id: Option<i64>,
    /// Another address than that of the site's name, as of a sandbox.
    #[arg(long, env = "WEBEX_XML_URL", value_name = "URL")]
    pub(crate) url: Option<String>,
    /// The account name; on a Common Identity site it is the e-mail address.
    #[arg(long, env = "WEBEX_XML_USER", value_name = "NAME")]
    pub(crate) user: Option<String>,
    /// The e-mail address in place of the account name.
    #[arg(long, env = "WEBEX_XML_EMAIL", value_name = "ADDRESS", conflicts_with = "user")]
    pub(crate) email: Option<String>,
    /// Site, caller and secrets from a file of TOML.
    #[arg(long, env = "WEBEX_XML_CREDENTIALS", value_name = "FILE")]
    pub(crate) credentials: Option<PathBuf>,
    /// Call as nobody.
    #[arg(long, conflicts_with_all = ["user", "email"])]
    pub(crate) anonymous: bool,
}

#[derive(Debug, Args)]
pub(crate) struct Ops {
    /// Only those with this in their name or description.
    pub(crate) filter: Option<String>,
    /// Only those of that service: user, meeting, training ...
    #[arg(long, value_name = "SERVICE")]
    pub(crate) service: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct Describe {
    /// The operation.
    #[arg(value_name = "OPERATION", value_parser = operations(), hide_possible_values = true, ignore_case = true)]
    pub(crate) operation: String,
    /// Only what it takes.
    #[arg(long, conflicts_with = "response")]
    pub(crate) request: bool,
    /// Only what it answers.
    #[arg(long)]
    pub(crate) response: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Output {
    /// The answer's bodyContent, indented.
    Xml,
    /// JSON by the schema: arrays where elements may repeat, numbers and booleans by type, attributes with `@`.
    Json,
    /// A line for each record of a list, or for each value.
    Table,
}

/// The operations, each with what the schema says of it.
fn operations() -> PossibleValuesParser {
    let name = |operation: &crate::description::Operation| PossibleValue::new(operation.name).help(operation.summary());
    PossibleValuesParser::new(description().operations().iter().map(name).collect::<Vec<_>>())
}
