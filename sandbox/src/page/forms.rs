//! Handles the forms of the page: changes flags, clock, fault rules and answers, then shows the page again with the result or an error.
//! The module `guard` checks where a form comes from.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use axum::Form;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Redirect, Response};

use super::{Done, Fields, Filled, Said, Wrong, show};
use crate::exchange::{App, lock};
use crate::injection::Injection;
use crate::script::Script;
use crate::site::Flags;

/// The messages that the page shows after a form was processed.
pub(super) const DONE: [Done; 6] = [
    Done { word: "flags", section: "flags", words: "The flags are changed." },
    Done { word: "clock", section: "flags", words: "The clock is put forward." },
    Done { word: "fault", section: "faults", words: "The fault rule is in force." },
    Done { word: "fault-removed", section: "faults", words: "The fault rule is gone." },
    Done { word: "answer", section: "answers", words: "The operation is answered with your message." },
    Done { word: "answer-removed", section: "answers", words: "The site answers the operation itself again." },
];

/// The largest step of the clock, in seconds: a year.
const LONGEST_STEP: u64 = 366 * 86_400;

/// The fields that are never sent back with a form.
const SECRET: [&str; 2] = ["token", "password"];

/// The result of a form: the name of the message to show, or the error.
type Outcome = Result<&'static str, Wrong>;

async fn answer(app: Arc<App>, form: &'static str, mut fields: Fields, act: impl FnOnce(&App, &Fields) -> Outcome) -> Response {
    if fields.get("token") != Some(&app.form_token) {
        return (StatusCode::FORBIDDEN, "The form is not from this sandbox, or from before its last start: load the page again\n")
            .into_response();
    }
    match act(&app, &fields) {
        Ok(done) => Redirect::to(&format!("/?done={done}")).into_response(),
        Err(wrong) => {
            fields.retain(|name, _| !SECRET.contains(&name.as_str()));
            let said = Said { done: None, filled: Some(Filled { form, fields, wrong: Some(wrong) }) };
            show(app, StatusCode::UNPROCESSABLE_ENTITY, said).await
        }
    }
}

/// Returns a function that turns a message into an error for that field.
fn wrong(field: &'static str) -> impl Fn(String) -> Wrong {
    move |why| Wrong { field: Some(field), why }
}

fn field<'a>(fields: &'a Fields, name: &str) -> &'a str {
    fields.get(name).map_or("", |value| value.trim())
}

pub(super) async fn flags(State(app): State<Arc<App>>, Form(fields): Form<Fields>) -> Response {
    answer(app, "flags", fields, |app, fields| {
        let kind = field(fields, "kind").parse().map_err(wrong("kind"))?;
        let authentication_server = field(fields, "authentication_server").parse().map_err(wrong("authentication_server"))?;
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
        state.keep().map_err(|fault| Wrong { field: None, why: fault.reason.into_owned() })?;
        app.strict.store(on("strict"), Ordering::Relaxed);
        Ok("flags")
    })
    .await
}

pub(super) async fn clock(State(app): State<Arc<App>>, Form(fields): Form<Fields>) -> Response {
    answer(app, "clock", fields, |app, fields| {
        let seconds = field(fields, "seconds").parse().ok().filter(|seconds| (1..=LONGEST_STEP).contains(seconds));
        let out_of_range = || wrong("seconds")(format!("The clock goes forward by 1 to {LONGEST_STEP} seconds"));
        lock(&app.state).site.clock.advance(Duration::from_secs(seconds.ok_or_else(out_of_range)?));
        Ok("clock")
    })
    .await
}

pub(super) async fn add_fault(State(app): State<Arc<App>>, Form(fields): Form<Fields>) -> Response {
    answer(app, "faults", fields, |app, fields| {
        let mut rule = Injection::default();
        for (field, part) in parts(fields) {
            rule.take(&part).map_err(|error| wrong(field)(error.to_string()))?;
        }
        lock(&app.injections).add(rule.whole().map_err(|error| wrong("effect")(error.to_string()))?);
        Ok("fault")
    })
    .await
}

/// Returns the form's fields as parts of a fault rule, each with the name of the field it comes from.
fn parts(fields: &Fields) -> Vec<(&'static str, String)> {
    let named = ["operation", "rate", "times", "delay"].map(|name| (name, field(fields, name)));
    let named = named.into_iter().filter(|(_, value)| !value.is_empty());
    let mut parts: Vec<_> = named.map(|(name, value)| (name, format!("{name}={value}"))).collect();
    match (field(fields, "effect"), field(fields, "value")) {
        ("", _) => {}
        (effect, "") => parts.push(("value", effect.to_owned())),
        (effect, value) => parts.push(("value", format!("{effect}={value}"))),
    }
    parts
}

pub(super) async fn remove_fault(State(app): State<Arc<App>>, Form(fields): Form<Fields>) -> Response {
    answer(app, "faults", fields, |app, fields| {
        match field(fields, "number").parse() {
            Ok(number) => lock(&app.injections).remove(number),
            Err(_) => lock(&app.injections).clear(),
        }
        Ok("fault-removed")
    })
    .await
}

pub(super) async fn write_answer(State(app): State<Arc<App>>, Form(fields): Form<Fields>) -> Response {
    answer(app, "answers", fields, |app, fields| {
        let operation = field(fields, "operation");
        let at = if Script::is_operation(operation) { "message" } else { "operation" };
        let written = lock(&app.script).write(operation, field(fields, "message").to_owned());
        written.map_err(|error| wrong(at)(error.to_string()))?;
        Ok("answer")
    })
    .await
}

pub(super) async fn remove_answer(State(app): State<Arc<App>>, Form(fields): Form<Fields>) -> Response {
    answer(app, "answers", fields, |app, fields| {
        lock(&app.script).unwrite(field(fields, "operation"));
        Ok("answer-removed")
    })
    .await
}
