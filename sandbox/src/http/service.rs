//! Handles a request to the path of the service: it returns the answer or ends the connection. The module `exchange` produces the answer,
//! and `deliver` applies faults to it.

use std::io;
use std::sync::Arc;

use axum::body::Body;
use axum::http::{HeaderMap, Method, Request, Response, StatusCode, header};
use axum::response::IntoResponse as _;
use futures_util::StreamExt as _;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
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
    let arrived = timeout(app.limits.body_time, bytes_of(body, largest, &app.room)).await;
    let (bytes, room) = match arrived.unwrap_or(Err(Unread::Slow)) {
        Ok(arrived) => arrived,
        Err(why) => return Ok(why.answer(largest)),
    };
    // Reading a large message and writing to disk take time, and must not block other connections.
    let answered = spawn_blocking(move || {
        let answered = app.exchange(&Posted { body: &bytes, charset: charset(&head.headers), own: own.as_ref() });
        drop((bytes, room));
        answered
    });
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

/// The bytes of a message that need no room.
const SMALL: usize = 64 << 10;

/// The reason why the body of a request is not answered as a message.
enum Unread {
    Large,
    Cut,
    Slow,
    Crowded,
}

impl Unread {
    fn answer(self, largest: usize) -> Response<Body> {
        match self {
            Self::Large => too_large(largest),
            Self::Cut => (StatusCode::BAD_REQUEST, "The body did not arrive whole\n").into_response(),
            Self::Slow => (StatusCode::REQUEST_TIMEOUT, "The body took too long\n").into_response(),
            Self::Crowded => {
                let words = "Too many large messages at the same time: send this one again later\n";
                (StatusCode::SERVICE_UNAVAILABLE, [(header::RETRY_AFTER, "1")], words).into_response()
            }
        }
    }
}

/// Receives a body. What it holds beyond a small message takes part of the room, until the returned permit is dropped.
async fn bytes_of(body: Body, largest: usize, room: &Arc<Semaphore>) -> Result<(Vec<u8>, Option<OwnedSemaphorePermit>), Unread> {
    let (mut bytes, mut held): (Vec<u8>, Option<OwnedSemaphorePermit>) = (Vec::new(), None);
    let mut chunks = body.into_data_stream();
    while let Some(chunk) = chunks.next().await {
        let chunk = chunk.map_err(|_| Unread::Cut)?;
        if bytes.len() + chunk.len() > largest {
            return Err(Unread::Large);
        }
        bytes.extend_from_slice(&chunk);
        let kibibytes = bytes.capacity().saturating_sub(SMALL).div_ceil(1 << 10);
        let more = kibibytes.saturating_sub(held.as_ref().map_or(0, OwnedSemaphorePermit::num_permits));
        if more > 0 {
            let more = u32::try_from(more).map_err(|_| Unread::Large)?;
            let permit = Arc::clone(room).try_acquire_many_owned(more).map_err(|_| Unread::Crowded)?;
            match &mut held {
                Some(held) => held.merge(permit),
                None => held = Some(permit),
            }
        }
    }
    Ok((bytes, held))
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
