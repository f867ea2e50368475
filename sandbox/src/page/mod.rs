//! In: requests of a browser. Out: the page for people: what the site holds, the last messages, forms for flags, faults and answers.
//! Only a browser on a page of this sandbox can change something: forms carry a token, and requests that come from elsewhere are refused.
//! Not here: HTML (`view`); what forms do (`forms`).

mod forms;
mod guard;
mod view;

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::Router;
use axum::extract::{Query, State};
use axum::http::{StatusCode, header};
use axum::middleware;
use axum::response::{IntoResponse, Response};
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
    done: Option<&'static str>,
    /// What is wrong with a form.
    wrong: Option<String>,
    /// What stands in a form from the start: what was typed, to be mended, or a sample.
    typed: Option<(&'static str, Fields)>,
}

/// All paths but that of the service.
pub(crate) fn router(app: Arc<App>) -> Router {
    Router::new()
        .route("/", get(page))
        .route("/style.css", get(style))
        .route("/flags", post(forms::flags))
        .route("/clock", post(forms::clock))
        .route("/faults", post(forms::add_fault))
        .route("/faults/remove", post(forms::remove_fault))
        .route("/answers", post(forms::write_answer))
        .route("/answers/remove", post(forms::remove_answer))
        .fallback(async || (StatusCode::NOT_FOUND, "There is nothing here. The page for people is at /\n"))
        .layer(middleware::from_fn_with_state(Arc::clone(&app), guard::guard))
        .with_state(app)
}

async fn style() -> impl IntoResponse {
    ([(header::CONTENT_TYPE, "text/css; charset=utf-8")], include_str!("style.css"))
}

/// `?done=flags` tells what a form did; `?sample=lstRecording` puts the operation's sample into the form for answers.
async fn page(State(app): State<Arc<App>>, Query(query): Query<Fields>) -> Response {
    let done = query.get("done").and_then(|name| forms::DONE.iter().find(|(own, _)| own == name)).map(|(_, words)| *words);
    let mut said = Said { done, ..Said::default() };
    if let Some(operation) = query.get("sample").map(|name| name.trim()).filter(|name| !name.is_empty()) {
        match operations::sample(operation) {
            Some((name, sample)) => {
                let fields = [("operation", name), ("message", sample)];
                said.typed = Some(("answers", fields.map(|(name, value)| (name.to_owned(), value.to_owned())).into()));
            }
            None => said.wrong = Some(format!("{operation} is no operation of this release")),
        }
    }
    show(app, StatusCode::OK, said).await
}

/// The page. It is made outside the connections' thread: messages are masked for it.
async fn show(app: Arc<App>, status: StatusCode, said: Said) -> Response {
    let html = spawn_blocking(move || view::page(&view::Shown::of(&app), &said)).await;
    match html {
        Ok(html) => (status, [(header::CONTENT_TYPE, "text/html; charset=utf-8")], html.into_string()).into_response(),
        Err(_) => (StatusCode::INTERNAL_SERVER_ERROR, "The page cannot be made\n").into_response(),
    }
}
