//! In: what the site holds, copied at one moment. Out: HTML; no script, every control has a label and can be reached with the keyboard.
//! Passwords and tickets are never shown. Not here: taking forms (`forms`).

use maud::{DOCTYPE, Markup, html};
use webex_xml_types::OPERATIONS;

use super::{Fields, Said};
use crate::exchange::{App, lock};
use crate::http::SERVICE_PATH;
use crate::journal::Exchange;
use crate::site::{AuthenticationServer, Flags, SiteKind, api_date, time_of_day};

/// Most rows of a table.
const ROWS: usize = 100;

/// What the page shows.
pub(super) struct Shown {
    token: String,
    name: Option<String>,
    kind: SiteKind,
    flags: Flags,
    now_ms: i64,
    ahead: u64,
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
    /// Copies what is shown, and lets the site go on.
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
            now_ms: site.clock.now_ms(),
            ahead: site.clock.ahead().as_secs(),
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

/// The page.
pub(super) fn page(shown: &Shown, said: &Said) -> Markup {
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { "WebEx site in a box" }
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
                    @if let Some(done) = said.done { p class="done" role="status" { (done) } }
                    @if let Some(why) = &said.wrong { p class="wrong" role="alert" { (why) } }
                    (site(shown))
                    (flags(shown))
                    (faults(shown, typed(said, "faults")))
                    (answers(shown, typed(said, "answers")))
                    (messages(shown))
                }
            }
        }
    }
}

/// What stands in that form from the start.
fn typed<'a>(said: &'a Said, form: &str) -> Option<&'a Fields> {
    said.typed.as_ref().filter(|(own, _)| *own == form).map(|(_, fields)| fields)
}

fn value<'a>(typed: Option<&'a Fields>, name: &str) -> &'a str {
    typed.and_then(|fields| fields.get(name)).map_or("", String::as_str)
}

fn site(shown: &Shown) -> Markup {
    let kind = format!("{}, {}", shown.kind.number(), words(shown.kind));
    html! {
        section aria-labelledby="site" {
            h2 id="site" { "Site" }
            dl {
                dt { "Name" } dd { (shown.name.as_deref().unwrap_or("any")) }
                dt { "Type" } dd { (kind) }
                dt { "Time" } dd {
                    (api_date(shown.now_ms)) " UTC"
                    @if shown.ahead > 0 { ", put forward by " (shown.ahead) " s" }
                }
                dt { "Session tickets" } dd { (shown.tickets) }
                dt { "Messages" } dd { (shown.exchange_count) }
            }
            (table("Users", &["WebEx ID", "E-mail", "Number", "Role", "Active"], &shown.users, shown.user_count))
            (table("Sessions", &["Key", "Name", "Host", "Kind", "Password", "CET"], &shown.sessions, shown.session_count))
        }
    }
}

/// What the type is called.
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

fn checkbox(name: &str, words: &str, on: bool) -> Markup {
    html! { label class="check" { input type="checkbox" name=(name) value="on" checked[on]; " " (words) } }
}

fn flags(shown: &Shown) -> Markup {
    let flags = &shown.flags;
    html! {
        section aria-labelledby="flags" {
            h2 id="flags" { "Flags" }
            form method="post" action="/flags" {
                (token(shown))
                label { "Type of the site"
                    select name="kind" {
                        @for kind in SiteKind::ALL {
                            option value=(kind.word()) selected[kind == shown.kind] { (kind.number()) ", " (words(kind)) }
                        }
                    }
                }
                label { "PMR_ForceLogin (1 makes personal rooms require an account)"
                    input name="pmr_force_login" value=(flags.pmr_force_login.as_deref().unwrap_or_default()) autocomplete="off";
                }
                fieldset {
                    legend { "Passwords for audio" }
                    (checkbox("audio_password_super_admin", "switched on by the super administrator", flags.audio_password.0))
                    (checkbox("audio_password_site_admin", "switched on by the site administrator", flags.audio_password.1))
                }
                (checkbox("cet", "Collaboration Meeting Rooms (CET)", flags.cet))
                label { "Authentication server"
                    select name="authentication_server" {
                        @for state in AuthenticationServer::ALL {
                            option value=(state.word()) selected[state == flags.authentication_server] { (state.word()) }
                        }
                    }
                }
                button { "Change the flags" }
            }
            form method="post" action="/clock" {
                (token(shown))
                label { "Put the clock forward, in seconds (tickets last 5400)" input name="seconds" type="number" min="1" value="5400" required; }
                button { "Put it forward" }
            }
        }
    }
}

/// A line that can be removed: by the form at that path, with that field.
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

/// What the form for faults offers, and what value goes with it.
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

fn faults(shown: &Shown, typed: Option<&Fields>) -> Markup {
    let text = |name, words, hint| {
        html! { label { (words) input name=(name) value=(value(typed, name)) placeholder=(hint) autocomplete="off"; } }
    };
    html! {
        section aria-labelledby="faults" {
            h2 id="faults" { "Faults" }
            @if shown.rules.is_empty() { p { "No fault rule is in force." } }
            ul class="rules" {
                @for (number, rule) in &shown.rules { (removable(shown, rule, "/faults/remove", "number", &number.to_string())) }
            }
            form method="post" action="/faults" {
                (token(shown))
                label { "Operation (empty: all; a star at the end stands for the rest)"
                    input name="operation" list="operations" value=(value(typed, "operation")) placeholder="lst*" autocomplete="off";
                }
                (text("rate", "Rate (empty: all)", "10%"))
                (text("times", "Times (empty: until removed)", "3"))
                label { "What goes wrong"
                    select name="effect" {
                        @for (name, words) in EFFECTS {
                            option value=(name) selected[typed.is_some_and(|fields| fields.get("effect").is_some_and(|own| own == name))] { (words) }
                        }
                    }
                }
                (text("value", "Its value", "000035"))
                (text("delay", "Delay of the answer (empty: none)", "250ms"))
                button { "Add the rule" }
            }
            datalist id="operations" { @for operation in OPERATIONS.iter() { option value=(operation.name) {} } }
        }
    }
}

fn answers(shown: &Shown, typed: Option<&Fields>) -> Markup {
    html! {
        section aria-labelledby="answers" {
            h2 id="answers" { "Answers" }
            @if shown.recorded > 0 { p { (shown.recorded) " requests have recorded answers." } }
            ul class="rules" {
                @for operation in &shown.written { (removable(shown, operation, "/answers/remove", "operation", operation)) }
            }
            form method="get" action="/#answers" {
                label { "Start from the sample of" input name="sample" list="operations" autocomplete="off" required; }
                button { "Take the sample" }
            }
            form method="post" action="/answers" {
                (token(shown))
                label { "Operation" input name="operation" list="operations" value=(value(typed, "operation")) autocomplete="off" required; }
                label { "Message, sent as it stands" textarea name="message" rows="12" spellcheck="false" required { (value(typed, "message")) } }
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
            }
            h3 { "Request" }
            pre tabindex="0" { (exchange.request) }
            h3 { "Answer" }
            pre tabindex="0" { (exchange.answer) }
        }
    }
}
