//! Handles a request to the path of the service: it returns the answer or ends the connection. The module `exchange` produces the answer,
//! and `deliver` applies faults to it.

use std::io;
use std::sync::Arc;

use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Method, Request, Response, StatusCode, header};
use axum::response::IntoResponse as _;
use tokio::task::spawn_blocking;
use tokio::time::{sleep, timeout};

use super::cors;
use super::deliver::deliver;
use crate::exchange::{Answered, App, Posted};
use crate::injection::{Cut, Injection};

/// The header in which a request asks for a fault of its own answer.
const FAULT_HEADER: &str = "x-sandbox-fault";

/// Returns whether messages can be POSTed to that path: `/WBXService/XMLService`, or with a release as in
/// `/WBXService/xml8.0.0/XMLService`.
pub(super) fn is_service(path: &str) -> bool {
    let is_number = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let is_release = |name: &str| name.strip_prefix("xml").is_some_and(|release| release.split('.').all(is_number));
    let middle = path.strip_prefix("/WBXService/").and_then(|rest| rest.strip_suffix("XMLService"));
    middle.is_some_and(|middle| middle.is_empty() || middle.strip_suffix('/').is_some_and(is_release))
}

/// Answers a request, which is a message or, with CORS enabled, a preflight request of a browser.
pub(super) async fn answer(app: Arc<App>, request: Request<Body>) -> io::Result<Response<Body>> {
    if !app.cors {
        return message(app, request).await;
    }
    if let Some(response) = cors::preflight(&request) {
        return Ok(response);
    }
    let origin = cors::origin(request.headers());
    let mut response = message(app, request).await?;
    cors::permit(&mut response, origin);
    Ok(response)
}

/// Answers a message.
async fn message(app: Arc<App>, request: Request<Body>) -> io::Result<Response<Body>> {
    if request.method() != Method::POST {
        return Ok((StatusCode::METHOD_NOT_ALLOWED, [(header::ALLOW, "POST")], "POST messages here\n").into_response());
    }
    let (head, body) = request.into_parts();
    let largest = app.limits.body_bytes;
    if announced_length(&head.headers).is_some_and(|bytes| bytes > largest) {
        return Ok(too_large(largest));
    }
    let own = match wish(&head.headers) {
        Ok(own) => own,
        Err(why) => return Ok((StatusCode::BAD_REQUEST, format!("{FAULT_HEADER}: {why}\n")).into_response()),
    };
    let bytes = match timeout(app.limits.body_time, to_bytes(body, largest)).await {
        Ok(Ok(bytes)) => bytes,
        Ok(Err(error)) if is_too_large(&error) => return Ok(too_large(largest)),
        Ok(Err(_)) => return Ok((StatusCode::BAD_REQUEST, "The body did not arrive whole\n").into_response()),
        Err(_) => return Ok((StatusCode::REQUEST_TIMEOUT, "The body took too long\n").into_response()),
    };
    // Reading a large message and writing to disk take time, and must not block other connections.
    let answered = spawn_blocking(move || app.exchange(&Posted { body: &bytes, charset: charset(&head.headers), own: own.as_ref() }));
    let answered: Answered = answered.await.map_err(io::Error::other)?;
    if let Some(delay) = answered.effects.delay {
        sleep(delay).await;
    }
    match answered.effects.cut {
        Some(Cut::Request | Cut::Answer) => Err(io::Error::other("cut by a fault rule")),
        _ => Ok(deliver(answered)),
    }
}

fn wish(headers: &HeaderMap) -> Result<Option<Injection>, String> {
    let Some(value) = headers.get(FAULT_HEADER) else { return Ok(None) };
    let words = value.to_str().map_err(|_| "it holds other characters than those of ASCII".to_owned())?;
    words.parse().map(Some).map_err(|error: crate::InjectionError| error.to_string())
}

fn announced_length(headers: &HeaderMap) -> Option<usize> {
    headers.get(header::CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}

fn too_large(largest: usize) -> Response<Body> {
    (StatusCode::PAYLOAD_TOO_LARGE, format!("A message may have {largest} bytes\n")).into_response()
}

fn is_too_large(error: &axum::Error) -> bool {
    let mut cause: Option<&(dyn std::error::Error + 'static)> = Some(error);
    while let Some(error) = cause {
        if error.to_string().contains("length limit exceeded") {
            return true;
        }
        cause = error.source();
    }
    false
}

/// Returns the charset of the content type. Live servers ignore it; here it is used only if the message cannot be read without it.
fn charset(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(header::CONTENT_TYPE)?.to_str().ok()?;
    value.split(';').skip(1).find_map(|parameter| {
        let (name, value) = parameter.split_once('=')?;
        name.trim().eq_ignore_ascii_case("charset").then(|| value.trim().trim_matches('"'))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_release_may_stand_in_the_path() {
        for path in [
            "/WBXService/XMLService",
            "/WBXService/xml8.0.0/XMLService",
            "/WBXService/xml9/XMLService",
            "/WBXService/xml30.10.0.1/XMLService",
        ] {
            assert!(is_service(path), "{path}");
        }
        for path in [
            "/",
            "/WBXService",
            "/WBXService/",
            "/WBXService/xml/XMLService",
            "/WBXService/xml8./XMLService",
            "/WBXService/xml8.0.0XMLService",
            "/WBXService/other/XMLService",
            "/WBXService//XMLService",
            "/WBXService/xml8.0.0/xml9/XMLService",
            "/WBXService/XMLService/more",
        ] {
            assert!(!is_service(path), "{path}");
        }
    }
}
