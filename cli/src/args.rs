//! The arguments of the program `webex-xml`. Help and completions list the operations of the schemas.
//! Secrets are never arguments: see `credentials`.

use std::ffi::OsStr;
use std::path::PathBuf;
use std::str::FromStr;

use clap::builder::{PossibleValue, StringValueParser, TypedValueParser};
use clap::error::ErrorKind;
use clap::{Arg, Args, Parser, Subcommand, ValueEnum};
use clap_complete::ArgValueCompleter;

use crate::description::{Operation, operation, operations};
use crate::nearest::by_similarity;

const EXIT: &str = "\
Exit status: 0 success, 1 the service refused the call, 2 the command line or the request is wrong and nothing was sent, \
3 there is no response, or it cannot be read.";

const CREDENTIALS: &str = "\
Credentials: --user or --email, and a secret from the environment (WEBEX_XML_PASSWORD, WEBEX_XML_SESSION_TICKET, WEBEX_XML_ACCESS_TOKEN, \
WEBEX_XML_SAML_RESPONSE, WEBEX_XML_PARTNER_ID), from a file (--credentials) or typed at a prompt. Secrets are never arguments, because other \
users of the machine can see those.

The file is in TOML and can contain site, url, site_id, user, email, password, session_ticket, access_token, saml_response, partner_id. \
Only its owner may have permission to read it.

authenticateUser is a login. If the request contains a credential, only that is sent; otherwise a known credential is added.

With --output json, a failure is one line of JSON on standard error: {\"error\": {\"status\", \"code\", \"message\", \"place\", ...}}.

Exit status: 0 success, 1 the service refused the call, 2 the command line or the request is wrong and nothing was sent, \
3 there is no response, or it cannot be read.";

/// Calls the WebEx XML API 9.0.
#[derive(Debug, Parser)]
#[command(name = "webex-xml", version, after_help = EXIT, arg_required_else_help = true)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Call an operation and print its response.
    Call(Box<Call>),
    /// List the operations.
    Ops(Ops),
    /// Describe the request and the response of an operation.
    Describe(Describe),
    /// Print the completions for a shell: `source <(webex-xml completions bash)`.
    Completions {
        /// The shell.
        #[arg(value_parser = ["bash", "elvish", "fish", "powershell", "zsh"])]
        shell: String,
    },
    /// Print the manual page, or write the pages of all commands.
    Man {
        /// The folder for the pages of the program and of each command.
        #[arg(long, value_name = "DIR")]
        out: Option<PathBuf>,
    },
}

#[derive(Debug, Args)]
#[command(after_long_help = CREDENTIALS)]
pub(crate) struct Call {
    /// The operation; `webex-xml ops` lists them.
    #[arg(value_name = "OPERATION", value_parser = OperationParser, hide_possible_values = true)]
    pub(crate) operation: &'static Operation,
    /// Set a field: `accessControl.listStatus=PUBLIC`, `attendees.attendee[0].person.name=Jane`. Indices start at 0. Secrets and long
    /// values come from `@FILE`, `@env:NAME` or `@prompt`. Overrides fields of --file and --json.
    #[arg(long, value_name = "PATH=VALUE", add = ArgValueCompleter::new(crate::complete::paths))]
    pub(crate) set: Vec<String>,
    /// Take the request from an XML file: a whole message or a bodyContent. `-` means standard input. The header of the file is not sent.
    #[arg(long, short, value_name = "FILE")]
    pub(crate) file: Option<PathBuf>,
    /// Take the request as JSON: the text itself, `@FILE`, or `-` for standard input.
    #[arg(long, value_name = "JSON")]
    pub(crate) json: Option<String>,
    /// Print a request to edit and pass to --file, with optional members in comments.
    #[arg(long, conflicts_with_all = ["set", "file", "json", "dry_run", "columns", "output"])]
    pub(crate) skeleton: bool,
    /// The format of the response [default: xml].
    #[arg(long, short, value_enum)]
    pub(crate) output: Option<Output>,
    /// The columns of a table in order, such as `confName,startDate`. Implies --output table.
    #[arg(long, value_name = "NAMES", value_delimiter = ',')]
    pub(crate) columns: Vec<String>,
    /// The maximum width of a table, 0 for no limit [default: the width of the terminal; no limit if the output is not a terminal].
    #[arg(long, value_name = "COLUMNS", value_parser = whole_number::<usize>)]
    pub(crate) width: Option<usize>,
    /// Print passwords, tickets and codes of the response without masking them.
    #[arg(long)]
    pub(crate) show_secrets: bool,
    /// Print the whole message with secrets masked, and do not send it.
    #[arg(long)]
    pub(crate) dry_run: bool,
    /// Print the messages that are sent and received to standard error, with secrets masked.
    #[arg(long, short)]
    pub(crate) verbose: bool,
    /// The maximum duration of the call in seconds, including logins and retries.
    #[arg(long, value_name = "SECONDS", default_value_t = 60, value_parser = seconds)]
    pub(crate) timeout: u64,
    #[command(flatten)]
    pub(crate) who: Who,
}

/// The site and the caller, except for secrets.
#[derive(Debug, Args)]
pub(crate) struct Who {
    /// The site's name: `acme` for `acme.webex.com`.
    #[arg(long, env = "WEBEX_XML_SITE", value_name = "NAME")]
    pub(crate) site: Option<String>,
    /// The site's number, together with a partner ID.
    #[arg(long, env = "WEBEX_XML_SITE_ID", value_name = "NUMBER", value_parser = whole_number::<i64>)]
    pub(crate) site_id: Option<i64>,
    /// The address to call instead of the site's own, for example that of a sandbox.
    #[arg(long, env = "WEBEX_XML_URL", value_name = "URL")]
    pub(crate) url: Option<String>,
    /// Allow http: addresses of other machines, which exposes passwords and tickets to the network.
    #[arg(long)]
    pub(crate) plain_http: bool,
    /// The account name; on a Common Identity site it is the e-mail address. Default: WEBEX_XML_USER.
    // `credentials` reads the environment variables of the caller: declared here, they would conflict with --email and --anonymous.
    #[arg(long, value_name = "NAME")]
    pub(crate) user: Option<String>,
    /// The e-mail address instead of the account name. Default: WEBEX_XML_EMAIL.
    #[arg(long, value_name = "ADDRESS", conflicts_with = "user")]
    pub(crate) email: Option<String>,
    /// A TOML file with site, caller and secrets.
    #[arg(long, env = "WEBEX_XML_CREDENTIALS", value_name = "FILE")]
    pub(crate) credentials: Option<PathBuf>,
    /// Call without credentials, even if the environment or the file has some.
    #[arg(long, conflicts_with_all = ["user", "email"])]
    pub(crate) anonymous: bool,
}

#[derive(Debug, Args)]
pub(crate) struct Ops {
    /// List only operations with this text in their name or description.
    pub(crate) filter: Option<String>,
    /// List only operations of this service: user, meeting, training ...
    #[arg(long, value_name = "SERVICE")]
    pub(crate) service: Option<String>,
}

/// The meaning of the marks after the names of members.
const MARKS: &str = "? optional, * any number, + one or more, | one of a choice, @ an attribute";

#[derive(Debug, Args)]
#[command(after_help = MARKS)]
pub(crate) struct Describe {
    /// The operation.
    #[arg(value_name = "OPERATION", value_parser = OperationParser, hide_possible_values = true)]
    pub(crate) operation: &'static Operation,
    /// Describe only the request.
    #[arg(long, conflicts_with = "response")]
    pub(crate) request: bool,
    /// Describe only the response.
    #[arg(long)]
    pub(crate) response: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Output {
    /// The bodyContent of the response, indented.
    Xml,
    /// JSON according to the schema: arrays for repeatable elements, numbers and booleans by type, attributes with `@`.
    Json,
    /// A line for each record of a list, or for each value, cut to the width of the terminal.
    Table,
}

/// Parses a whole number.
fn whole_number<N: FromStr>(text: &str) -> Result<N, String> {
    text.parse().map_err(|_| "expected a whole number".to_owned())
}

/// Parses the seconds of a time limit.
fn seconds(text: &str) -> Result<u64, String> {
    const DAY: u64 = 24 * 60 * 60;
    match text.parse() {
        Ok(0) => Err("a call needs time; the minimum is 1".to_owned()),
        Ok(seconds) if seconds <= DAY => Ok(seconds),
        Ok(_) => Err(format!("the maximum is {DAY} (one day)")),
        Err(_) => Err(format!("expected a number of seconds from 1 to {DAY}")),
    }
}

/// Parses the name of an operation regardless of case; the error names the most similar ones.
#[derive(Debug, Clone, Copy)]
struct OperationParser;

impl TypedValueParser for OperationParser {
    type Value = &'static Operation;

    fn parse_ref(&self, command: &clap::Command, argument: Option<&Arg>, value: &OsStr) -> Result<Self::Value, clap::Error> {
        let name = StringValueParser::new().parse_ref(command, argument, value)?;
        operation(&name).ok_or_else(|| {
            let message = format!("invalid value '{name}' for '<OPERATION>': there is no such operation; {}\n", nearest_operations(&name));
            clap::Error::raw(ErrorKind::InvalidValue, message).with_cmd(command)
        })
    }

    /// Returns the operations with their documentation.
    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        let value = |operation: &'static Operation| PossibleValue::new(operation.name).help(operation.summary());
        Some(Box::new(operations().iter().map(value)))
    }
}

/// Returns the names of operations that are most similar to an unknown one.
pub(crate) fn nearest_operations(name: &str) -> String {
    const SHOWN: usize = 5;
    let operations = operations();
    let names = by_similarity(name, operations.iter().map(|operation| operation.name));
    let names: Vec<&str> = names.into_iter().take(SHOWN).collect();
    format!("nearest: {}; `webex-xml ops` lists all {}", names.join(", "), operations.len())
}
