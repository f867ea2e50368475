//! Serves the page for people: the content of the site, the last messages, and forms for flags, faults and answers. Only a browser on a
//! page of this sandbox can change something: forms carry a token, and requests from other origins are refused. The module `view` builds
//! the HTML, and `forms` handles the forms.

mod controls;
mod forms;
mod guard;
mod view;

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::Router;
use axum::extract::{Query, State};
use axum::http::{StatusCode, header};
use axum::middleware;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use tokio::task::spawn_blocking;

use crate::exchange::App;
use crate::operations;

/// The fields of a form.
type Fields = BTreeMap<String, String>;

/// The messages and form values that the page shows in addition to the content of the site.
#[derive(Debug, Clone, Default)]
struct Said {
    /// The success message.
    done: Option<&'static Done>,
    /// The form that is filled in initially.
    filled: Option<Filled>,
}

/// The result of a form: its name in the address of the page, the section that shows it, and the message.
#[derive(Debug)]
struct Done {
    word: &'static str,
    section: &'static str,
    words: &'static str,
}

/// A form with initial values, which are either what was typed, so that it can be corrected, or a sample.
#[derive(Debug, Clone)]
struct Filled {
    form: &'static str,
    fields: Fields,
    /// The error in what was typed.
    wrong: Option<Wrong>,
}

/// An error in a form.
#[derive(Debug, Clone)]
struct Wrong {
    /// The control with the error, or `None` if the error concerns the whole form.
    field: Option<&'static str>,
    why: String,
}

impl Filled {
    /// Returns the control that gets the focus.
    fn focus(&self) -> Option<&'static str> {
        match &self.wrong {
            Some(wrong) => wrong.field,
            None => Some("message"),
        }
    }
}

/// Returns the router for all paths except that of the service.
pub(crate) fn router(app: Arc<App>) -> Router {
    Router::new()
        .route("/", get(page))
        .route("/style.css", get(style))
        .route("/flags", post(forms::flags).get(home))
        .route("/clock", post(forms::clock).get(home))
        .route("/faults", post(forms::add_fault).get(home))
        .route("/faults/remove", post(forms::remove_fault).get(home))
        .route("/answers", post(forms::write_answer).get(home))
        .route("/answers/remove", post(forms::remove_answer).get(home))
        .fallback(async || (StatusCode::NOT_FOUND, "There is nothing here. The page for people is at /\n"))
        .layer(middleware::from_fn_with_state(Arc::clone(&app), guard::guard))
        .with_state(app)
}

async fn style() -> impl IntoResponse {
    ([(header::CONTENT_TYPE, "text/css; charset=utf-8")], include_str!("style.css"))
}

/// Redirects to the page if the address of a form is requested directly.
async fn home() -> Redirect {
    Redirect::to("/")
}

/// Shows the page. `?done=flags` shows the result of a form, and `?sample=lstRecording` fills the form for answers with the sample of
/// that operation.
async fn page(State(app): State<Arc<App>>, Query(query): Query<Fields>) -> Response {
    let done = query.get("done").and_then(|word| forms::DONE.iter().find(|done| done.word == word));
    let sample = query.get("sample").map(|name| name.trim()).filter(|name| !name.is_empty());
    show(app, StatusCode::OK, Said { done, filled: sample.map(filled_with_sample) }).await
}

/// Returns the form for answers, filled with the sample of that operation. If there is no such operation, returns the form for choosing a
/// sample, with an error.
fn filled_with_sample(operation: &str) -> Filled {
    let fields = |fields: &[(&str, &str)]| fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    match operations::sample(operation) {
        Some((name, sample)) => Filled { form: "answers", fields: fields(&[("operation", name), ("message", sample)]), wrong: None },
        None => {
            let why = format!("{operation} is no operation of this release");
            Filled { form: "sample", fields: fields(&[("sample", operation)]), wrong: Some(Wrong { field: Some("sample"), why }) }
        }
    }
}

/// Renders the page. It runs outside the thread of the connections, because masking the messages takes time.
async fn show(app: Arc<App>, status: StatusCode, said: Said) -> Response {
    let html = spawn_blocking(move || view::page(&view::Shown::of(&app), &said)).await;
    match html {
        Ok(html) => (status, [(header::CONTENT_TYPE, "text/html; charset=utf-8")], html.into_string()).into_response(),
        Err(_) => (StatusCode::INTERNAL_SERVER_ERROR, "The page cannot be made\n").into_response(),
    }
}
