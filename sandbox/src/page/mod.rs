//! In: requests of a browser. Out: the page for people: what the site holds, the last messages, forms for flags, faults and answers.
//! Only a browser on a page of this sandbox can change something: forms carry a token, and requests that come from elsewhere are refused.
//! Not here: HTML (`view`); what forms do (`forms`).

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

/// What the page says besides what it shows.
#[derive(Debug, Clone, Default)]
struct Said {
    /// What was done.
    done: Option<&'static Done>,
    /// The form in which something stands from the start.
    filled: Option<Filled>,
}

/// What a form did: the word for it in the page's address, the section where it is told, and the words for people.
#[derive(Debug)]
struct Done {
    word: &'static str,
    section: &'static str,
    words: &'static str,
}

/// A form in which something stands: what was typed, to be mended, or a sample.
#[derive(Debug, Clone)]
struct Filled {
    form: &'static str,
    fields: Fields,
    /// What is wrong with what was typed.
    wrong: Option<Wrong>,
}

/// What is wrong with a form.
#[derive(Debug, Clone)]
struct Wrong {
    /// The control that it is about; nothing if it is about all of them.
    field: Option<&'static str>,
    why: String,
}

impl Filled {
    /// The control that has the focus.
    fn focus(&self) -> Option<&'static str> {
        match &self.wrong {
            Some(wrong) => wrong.field,
            None => Some("message"),
        }
    }
}

/// All paths but that of the service.
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

/// The page, for those who ask for the address that a form was sent to.
async fn home() -> Redirect {
    Redirect::to("/")
}

/// `?done=flags` tells what a form did; `?sample=lstRecording` puts the operation's sample into the form for answers.
async fn page(State(app): State<Arc<App>>, Query(query): Query<Fields>) -> Response {
    let done = query.get("done").and_then(|word| forms::DONE.iter().find(|done| done.word == word));
    let sample = query.get("sample").map(|name| name.trim()).filter(|name| !name.is_empty());
    show(app, StatusCode::OK, Said { done, filled: sample.map(filled_with_sample) }).await
}

/// The form for answers with the sample of that operation in it; the form for the choice of a sample, if there is no such operation.
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

/// The page. It is made outside the connections' thread: messages are masked for it.
async fn show(app: Arc<App>, status: StatusCode, said: Said) -> Response {
    let html = spawn_blocking(move || view::page(&view::Shown::of(&app), &said)).await;
    match html {
        Ok(html) => (status, [(header::CONTENT_TYPE, "text/html; charset=utf-8")], html.into_string()).into_response(),
        Err(_) => (StatusCode::INTERNAL_SERVER_ERROR, "The page cannot be made\n").into_response(),
    }
}
