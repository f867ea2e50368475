//! Protects the page: refuses requests that do not come from a page of this sandbox, and sets headers that make browsers strict. A form
//! from another page is detected by its origin and by the missing token. A foreign domain name that resolves to this machine is detected
//! by the header `Host`. The service is not protected, because any program can call it.

use std::net::IpAddr;
use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};

use crate::exchange::App;

/// The security headers: no external content, no scripts, no embedding in a frame.
const HEADERS: [(HeaderName, &str); 4] = [
    (
        header::CONTENT_SECURITY_POLICY,
        "default-src 'none'; style-src 'self'; img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    ),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "same-origin"),
    (header::CACHE_CONTROL, "no-store"),
];

pub(super) async fn guard(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    let mut response = match refusal(&app, &request) {
        Some((status, why)) => (status, format!("{why}\n")).into_response(),
        None => next.run(request).await,
    };
    for (name, value) in HEADERS {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    response
}

fn refusal(app: &App, request: &Request) -> Option<(StatusCode, &'static str)> {
    let headers = request.headers();
    let host = text(headers, &header::HOST);
    if app.on_loopback && !host.is_some_and(is_this_machine) {
        return Some((StatusCode::MISDIRECTED_REQUEST, "The page is for this machine: call it by 127.0.0.1 or localhost"));
    }
    if request.method() != Method::POST {
        return None;
    }
    let from_elsewhere = match text(headers, &header::ORIGIN) {
        Some(origin) => host.is_none_or(|host| origin.strip_prefix("http://") != Some(host)),
        None => text(headers, &HeaderName::from_static("sec-fetch-site")).is_some_and(|site| site != "same-origin"),
    };
    from_elsewhere.then_some((StatusCode::FORBIDDEN, "The form comes from elsewhere"))
}

fn text<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a str> {
    headers.get(name)?.to_str().ok()
}

/// Returns whether a `Host` header names this machine, by an address or by a name that always refers to it.
fn is_this_machine(host: &str) -> bool {
    let name = match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
        _ => host,
    };
    let name = name.trim_start_matches('[').trim_end_matches(']');
    name.parse::<IpAddr>().is_ok() || name.eq_ignore_ascii_case("localhost") || name.to_ascii_lowercase().ends_with(".localhost")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts() {
        for host in ["127.0.0.1:80", "127.0.0.1", "localhost:8080", "LOCALHOST", "[::1]:80", "acme.localhost:1"] {
            assert!(is_this_machine(host), "{host}");
        }
        for host in ["evil.example", "evil.example:80", "localhost.evil.example", "127.0.0.1.evil.example", ""] {
            assert!(!is_this_machine(host), "{host}");
        }
    }
}
