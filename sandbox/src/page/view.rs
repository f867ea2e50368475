//! Renders the page as HTML from a snapshot of the site. There is no script; every control has a label and can be reached with the
//! keyboard. Passwords and tickets are never shown, except those of the predefined accounts, which are public.

use std::sync::atomic::Ordering;

use maud::{DOCTYPE, Markup, html};
use webex_xml_types::OPERATIONS;

use super::Said;
use super::controls::{Form, Line};
use crate::exchange::{App, lock};
use crate::http::SERVICE_PATH;
use crate::journal::Exchange;
use crate::site::{Account, AuthenticationServer, Flags, Site, SiteKind, api_date, time_of_day};

/// The maximum number of rows in a table.
const ROWS: usize = 100;

/// The snapshot that the page shows.
pub(super) struct Shown {
    token: String,
    name: Option<String>,
    kind: SiteKind,
    flags: Flags,
    strict: bool,
    now_ms: i64,
    ahead: u64,
    accounts: Vec<[String; 5]>,
    users: Vec<[String; 5]>,
    user_count: usize,
    sessions: Vec<[String; 6]>,
    session_count: usize,
    tickets: usize,
    rules: Vec<(u64, String)>,
    written: Vec<String>,
    recorded: usize,
    exchange_count: u64,
    exchanges: Vec<Exchange>,
}

impl Shown {
    /// Takes the snapshot, so that the site is not blocked while the page is rendered.
    pub(super) fn of(app: &App) -> Self {
        let rules = lock(&app.injections).rules().iter().map(|(number, rule)| (*number, rule.to_string())).collect();
        let (written, recorded) = lock(&app.script).contents();
        let (exchange_count, exchanges) = {
            let journal = lock(&app.journal);
            (journal.count(), journal.exchanges())
        };
        let state = lock(&app.state);
        let site = &state.site;
        let yes = |on: bool| if on { "yes" } else { "" }.to_owned();
        let users = site.users.all().take(ROWS).map(|user| {
            let role = if user.as_caller().is_site_admin() { "site administrator" } else { "" };
            [user.name().to_owned(), user.email().to_owned(), user.id().to_string(), role.to_owned(), yes(user.is_active())]
        });
        let sessions = site.sessions.all().take(ROWS).map(|session| {
            let kind = if session.personal_room { "personal room" } else { "meeting" };
            [
                session.key.to_string(),
                session.name().to_owned(),
                session.host.clone(),
                kind.to_owned(),
                yes(session.password().is_some()),
                yes(session.cet),
            ]
        });
        Self {
            token: app.form_token.clone(),
            name: site.name.clone(),
            kind: site.kind,
            flags: site.flags.clone(),
            strict: app.strict.load(Ordering::Relaxed),
            now_ms: site.clock.now_ms(),
            ahead: site.clock.ahead().as_secs(),
            accounts: accounts(site),
            users: users.collect(),
            user_count: site.users.all().count(),
            sessions: sessions.collect(),
            session_count: site.sessions.all().count(),
            tickets: site.tickets.len(),
            rules,
            written,
            recorded,
            exchange_count,
            exchanges,
        }
    }
}

/// Returns the predefined accounts that the site still has, with their credentials.
fn accounts(site: &Site) -> Vec<[String; 5]> {
    let row = |account: &Account| {
        [account.webex_id, account.password, account.access_token, account.saml_response, account.role].map(str::to_owned)
    };
    site.known_accounts().map(row).collect()
}

/// Renders the page.
pub(super) fn page(shown: &Shown, said: &Said) -> Markup {
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { @if said.filled.as_ref().is_some_and(|filled| filled.wrong.is_some()) { "Error: " } "WebEx site in a box" }
                link rel="icon" href="data:,";
                link rel="stylesheet" href="/style.css";
            }
            body {
                a class="skip" href="#main" { "To the content" }
                header {
                    h1 { "WebEx site in a box" }
                    p { "POST messages to " code { (SERVICE_PATH) } }
                    nav aria-label="Sections" {
                        @for (id, words) in [("site", "Site"), ("flags", "Flags"), ("faults", "Faults"), ("answers", "Answers"), ("messages", "Messages")] {
                            a href={ "#" (id) } { (words) }
                        }
                        a href="/" { "Refresh" }
                    }
                }
                main id="main" {
                    (site(shown))
                    (flags(shown, said))
                    (faults(shown, said))
                    (answers(shown, said))
                    (messages(shown))
                }
            }
        }
    }
}

/// Renders the result of a form in that section.
fn done(said: &Said, section: &str) -> Markup {
    html! {
        @if let Some(done) = said.done.filter(|done| done.section == section) {
            p class="done" role="status" tabindex="-1" autofocus { (done.words) }
        }
    }
}

fn site(shown: &Shown) -> Markup {
    let kind = format!("{}, {}", shown.kind.number(), words(shown.kind));
    html! {
        section aria-labelledby="site" {
            h2 id="site" { "Site" }
            dl {
                dt { "Name" } dd { (shown.name.as_deref().unwrap_or("any")) }
                dt { "Type" } dd { (kind) }
                dt { "Requests" } dd { @if shown.strict { "strict: what live servers refuse is refused" } @else { "taken, and what was passed over is told" } }
                dt { "Time" } dd {
                    (api_date(shown.now_ms)) " UTC"
                    @if shown.ahead > 0 { ", put forward by " (shown.ahead) " s" }
                }
                dt { "Session tickets" } dd { (shown.tickets) }
                dt { "Messages" } dd { (shown.exchange_count) }
            }
            @if !shown.accounts.is_empty() {
                (table(
                    "Test accounts",
                    &["WebEx ID", "Password", "Access token (CI)", "SAML response (SSO)", "Role"],
                    &shown.accounts,
                    shown.accounts.len(),
                ))
            }
            (table("Users", &["WebEx ID", "E-mail", "Number", "Role", "Active"], &shown.users, shown.user_count))
            (table("Sessions", &["Key", "Name", "Host", "Kind", "Password", "CET"], &shown.sessions, shown.session_count))
        }
    }
}

/// Returns the name of the site type.
const fn words(kind: SiteKind) -> &'static str {
    match kind {
        SiteKind::Ci => "Common Identity",
        SiteKind::Sso => "single sign-on",
        SiteKind::Train => "train, no single sign-on",
        SiteKind::W11Sso => "WebEx 11, single sign-on",
        SiteKind::NonSso => "no single sign-on",
    }
}

fn table<const N: usize>(caption: &str, heads: &[&str; N], rows: &[[String; N]], count: usize) -> Markup {
    html! {
        div class="scroll" tabindex="0" role="region" aria-label=(caption) {
            table {
                caption { (caption) " (" (count) ")" }
                thead { tr { @for head in heads { th scope="col" { (head) } } } }
                tbody { @for row in rows { tr { @for cell in row { td { (cell) } } } } }
            }
        }
        @if count > rows.len() { p { "The first " (rows.len()) " are shown." } }
    }
}

fn token(shown: &Shown) -> Markup {
    html! { input type="hidden" name="token" value=(shown.token); }
}

fn flags(shown: &Shown, said: &Said) -> Markup {
    let flags = &shown.flags;
    let (form, clock) = (Form::of(said, "flags"), Form::of(said, "clock"));
    let kinds = SiteKind::ALL.map(|kind| (kind.word(), format!("{}, {}", kind.number(), words(kind))));
    let servers = AuthenticationServer::ALL.map(|state| (state.word(), state.word().to_owned()));
    let force_login = Line {
        name: "pmr_force_login",
        label: "PMR_ForceLogin (1 makes personal rooms require an account)",
        value: flags.pmr_force_login.as_deref().unwrap_or_default(),
        ..Line::default()
    };
    html! {
        section aria-labelledby="flags" {
            h2 id="flags" { "Flags" }
            (done(said, "flags"))
            form method="post" action="/flags" {
                (form.wrong())
                (token(shown))
                (form.choice("kind", "Type of the site", shown.kind.word(), &kinds))
                (form.line(&force_login))
                fieldset {
                    legend { "Passwords for audio" }
                    (form.checkbox("audio_password_super_admin", "switched on by the super administrator", flags.audio_password.0))
                    (form.checkbox("audio_password_site_admin", "switched on by the site administrator", flags.audio_password.1))
                }
                (form.checkbox("cet", "Collaboration Meeting Rooms (CET)", flags.cet))
                (form.choice("authentication_server", "Authentication server", flags.authentication_server.word(), &servers))
                (form.checkbox("strict", "Strict: refuse requests that live servers refuse", shown.strict))
                button { "Change the flags" }
            }
            form method="post" action="/clock" {
                (clock.wrong())
                (token(shown))
                (clock.number("seconds", "Put the clock forward, in seconds (tickets last 5400)", "5400"))
                button { "Put it forward" }
            }
        }
    }
}

/// Renders an entry with a button that removes it, by a form with the given path and field.
fn removable(shown: &Shown, words: &str, path: &str, field: &str, value: &str) -> Markup {
    html! {
        li {
            code { (words) }
            form method="post" action=(path) {
                (token(shown))
                input type="hidden" name=(field) value=(value);
                button aria-label={ "Remove " (words) } { "Remove" }
            }
        }
    }
}

/// The effects that the form for faults offers, with a hint on the value of each.
const EFFECTS: [(&str, &str); 8] = [
    ("exception", "exception: a code, 000035"),
    ("status", "HTTP status: 503"),
    ("cut", "cut connection: request, answer, or after how many bytes"),
    ("slow", "slow body: 3s"),
    ("malformed", "malformed XML"),
    ("encoding", "wrong encoding"),
    ("oversized", "oversized answer: 20MB"),
    ("", "nothing but the delay"),
];

fn faults(shown: &Shown, said: &Said) -> Markup {
    let form = Form::of(said, "faults");
    let line = |name, label, hint| form.line(&Line { name, label, hint, ..Line::default() });
    let operation = Line {
        name: "operation",
        label: "Operation (empty: all; a star at the end stands for the rest)",
        hint: "lst*",
        list: Some("operations"),
        ..Line::default()
    };
    let effects = EFFECTS.map(|(name, words)| (name, words.to_owned()));
    html! {
        section aria-labelledby="faults" {
            h2 id="faults" { "Faults" }
            (done(said, "faults"))
            @if shown.rules.is_empty() { p { "No fault rule is in force." } }
            ul class="rules" {
                @for (number, rule) in &shown.rules { (removable(shown, rule, "/faults/remove", "number", &number.to_string())) }
            }
            form method="post" action="/faults" {
                (form.wrong())
                (token(shown))
                (form.line(&operation))
                (line("rate", "Rate (empty: all)", "10%"))
                (line("times", "Times (empty: until removed)", "3"))
                (form.choice("effect", "What goes wrong", "exception", &effects))
                (line("value", "Its value", "000035"))
                (line("delay", "Delay of the answer (empty: none)", "250ms"))
                button { "Add the rule" }
            }
            datalist id="operations" { @for operation in OPERATIONS.iter() { option value=(operation.name) {} } }
        }
    }
}

fn answers(shown: &Shown, said: &Said) -> Markup {
    let (sample, form) = (Form::of(said, "sample"), Form::of(said, "answers"));
    let operation = |name, label| Line { name, label, list: Some("operations"), required: true, ..Line::default() };
    html! {
        section aria-labelledby="answers" {
            h2 id="answers" { "Answers" }
            (done(said, "answers"))
            @if shown.recorded > 0 { p { (shown.recorded) " requests have recorded answers." } }
            ul class="rules" {
                @for operation in &shown.written { (removable(shown, operation, "/answers/remove", "operation", operation)) }
            }
            form method="get" action="/" {
                (sample.line(&operation("sample", "Start from the sample of")))
                button { "Take the sample" }
            }
            form method="post" action="/answers" {
                (form.wrong())
                (token(shown))
                (form.line(&operation("operation", "Operation")))
                (form.area("message", "Message, sent as it stands"))
                button { "Answer with this" }
            }
        }
    }
}

fn messages(shown: &Shown) -> Markup {
    html! {
        section aria-labelledby="messages" {
            h2 id="messages" { "Messages" }
            @if shown.exchanges.is_empty() { p { "Nobody has sent a message yet." } }
            @else { p { "The last " (shown.exchanges.len()) ", the newest first; passwords and tickets are masked." } }
            @for exchange in shown.exchanges.iter().rev() { (message(exchange)) }
        }
    }
}

fn message(exchange: &Exchange) -> Markup {
    let failed = exchange.result != "SUCCESS";
    html! {
        details {
            summary {
                span class="number" { (exchange.number) }
                span { (time_of_day(exchange.at_ms)) }
                span class="operation" { (exchange.operation) }
                span { @if exchange.caller.is_empty() { "anonymous" } @else { (exchange.caller) } }
                span class=(if failed { "result failed" } else { "result" }) { (exchange.result) }
                span { (format!("{:.1} ms", exchange.took.as_secs_f64() * 1000.0)) }
                @if !exchange.injected.is_empty() { span class="injected" { (exchange.injected) } }
                @if exchange.scripted { span class="injected" { "scripted" } }
                @if !exchange.notes.is_empty() { span class="injected" { "something passed over" } }
            }
            @if !exchange.notes.is_empty() {
                h3 { "Passed over in the request" }
                ul class="notes" { @for note in &exchange.notes { li { (note) } } }
            }
            h3 { "Request" }
            pre tabindex="0" { (exchange.request) }
            h3 { "Answer" }
            pre tabindex="0" { (exchange.answer) }
        }
    }
}
