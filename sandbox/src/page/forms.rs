//! In: forms of the page. Out: changed flags, clock, rules of faults, answers; then the page again, with what was done or what is wrong.
//! Not here: where forms may come from (`guard`).

use std::sync::Arc;
use std::time::Duration;

use axum::Form;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Redirect, Response};

use super::{Fields, Said, show};
use crate::exchange::{App, lock};
use crate::injection::Injection;
use crate::site::Flags;

/// What the page says after a form, by the word in its address.
pub(super) const DONE: [(&str, &str); 6] = [
    ("flags", "The flags are changed."),
    ("clock", "The clock is put forward."),
    ("fault", "The fault rule is in force."),
    ("fault-removed", "The fault rule is gone."),
    ("answer", "The operation is answered with your message."),
    ("answer-removed", "The site answers the operation itself again."),
];

/// Longest step of the clock: a year.
const LONGEST_STEP: u64 = 366 * 86_400;

/// A form's result: where on the page to go on, or what is wrong.
type Done = Result<(&'static str, &'static str), (&'static str, String)>;

async fn answer(app: Arc<App>, fields: Fields, act: impl FnOnce(&App, &Fields) -> Done) -> Response {
    if fields.get("token") != Some(&app.form_token) {
        return (StatusCode::FORBIDDEN, "The form is not from this sandbox, or from before its last start: load the page again\n")
            .into_response();
    }
    match act(&app, &fields) {
        Ok((done, section)) => Redirect::to(&format!("/?done={done}#{section}")).into_response(),
        Err((form, why)) => {
            let said = Said { wrong: Some(why), typed: Some((form, fields)), done: None };
            show(app, StatusCode::UNPROCESSABLE_ENTITY, said).await
        }
    }
}

fn field<'a>(fields: &'a Fields, name: &str) -> &'a str {
    fields.get(name).map_or("", |value| value.trim())
}

pub(super) async fn flags(State(app): State<Arc<App>>, Form(fields): Form<Fields>) -> Response {
    answer(app, fields, |app, fields| {
        let wrong = |why: String| ("flags", why);
        let kind = field(fields, "kind").parse().map_err(wrong)?;
        let authentication_server = field(fields, "authentication_server").parse().map_err(wrong)?;
        let on = |name| fields.contains_key(name);
        let flags = Flags {
            pmr_force_login: Some(field(fields, "pmr_force_login").to_owned()).filter(|value| !value.is_empty()),
            audio_password: (on("audio_password_super_admin"), on("audio_password_site_admin")),
            cet: on("cet"),
            authentication_server,
        };
        let mut state = lock(&app.state);
        state.site.kind = kind;
        state.site.flags = flags;
        state.keep().map_err(|fault| wrong(fault.reason.into_owned()))?;
        Ok(("flags", "flags"))
    })
    .await
}

pub(super) async fn clock(State(app): State<Arc<App>>, Form(fields): Form<Fields>) -> Response {
    answer(app, fields, |app, fields| {
        let seconds = field(fields, "seconds").parse().ok().filter(|seconds| (1..=LONGEST_STEP).contains(seconds));
        let seconds = seconds.ok_or_else(|| ("flags", format!("The clock goes forward by 1 to {LONGEST_STEP} seconds")))?;
        lock(&app.state).site.clock.advance(Duration::from_secs(seconds));
        Ok(("clock", "flags"))
    })
    .await
}

pub(super) async fn add_fault(State(app): State<Arc<App>>, Form(fields): Form<Fields>) -> Response {
    answer(app, fields, |app, fields| {
        let rule: Injection = words(fields).parse().map_err(|error: crate::InjectionError| ("faults", error.to_string()))?;
        lock(&app.injections).add(rule);
        Ok(("fault", "faults"))
    })
    .await
}

/// The form's fields as the words of a rule.
fn words(fields: &Fields) -> String {
    let mut parts: Vec<String> = ["operation", "rate", "times", "delay"]
        .into_iter()
        .filter_map(|name| Some((name, field(fields, name))).filter(|(_, value)| !value.is_empty()))
        .map(|(name, value)| format!("{name}={value}"))
        .collect();
    match (field(fields, "effect"), field(fields, "value")) {
        ("", _) => {}
        (effect, "") => parts.push(effect.to_owned()),
        (effect, value) => parts.push(format!("{effect}={value}")),
    }
    parts.join("; ")
}

pub(super) async fn remove_fault(State(app): State<Arc<App>>, Form(fields): Form<Fields>) -> Response {
    answer(app, fields, |app, fields| {
        match field(fields, "number").parse() {
            Ok(number) => lock(&app.injections).remove(number),
            Err(_) => lock(&app.injections).clear(),
        }
        Ok(("fault-removed", "faults"))
    })
    .await
}

pub(super) async fn write_answer(State(app): State<Arc<App>>, Form(fields): Form<Fields>) -> Response {
    answer(app, fields, |app, fields| {
        let written = lock(&app.script).write(field(fields, "operation"), field(fields, "message").to_owned());
        written.map_err(|error| ("answers", error.to_string()))?;
        Ok(("answer", "answers"))
    })
    .await
}

pub(super) async fn remove_answer(State(app): State<Arc<App>>, Form(fields): Form<Fields>) -> Response {
    answer(app, fields, |app, fields| {
        lock(&app.script).unwrite(field(fields, "operation"));
        Ok(("answer-removed", "answers"))
    })
    .await
}
