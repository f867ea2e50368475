//! Sets the headers with which browsers let a web page read an answer (CORS). Only pages from loopback addresses are allowed; pages from
//! the network cannot read anything. The page for people is protected separately, by `page::guard`.

use std::net::IpAddr;

use axum::body::Body;
use axum::http::{HeaderMap, HeaderValue, Method, Request, Response, StatusCode, header};

use crate::notes::HEADER;

/// The time, in seconds, for which a browser can cache the permission.
const REMEMBERED: &str = "600";

/// Returns the origin of a request, if pages of that origin are allowed to read the answer.
pub(super) fn origin(headers: &HeaderMap) -> Option<HeaderValue> {
    let origin = headers.get(header::ORIGIN)?;
    origin.to_str().is_ok_and(is_loopback).then(|| origin.clone())
}

/// Returns the answer to a preflight request, by which a browser asks whether a page can call the service. Returns `None` for any other
/// request.
pub(super) fn preflight(request: &Request<Body>) -> Option<Response<Body>> {
    if request.method() != Method::OPTIONS {
        return None;
    }
    let origin = origin(request.headers())?;
    request.headers().get(header::ACCESS_CONTROL_REQUEST_METHOD)?;
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::NO_CONTENT;
    let headers = response.headers_mut();
    headers.insert(header::ACCESS_CONTROL_ALLOW_METHODS, HeaderValue::from_static("POST"));
    if let Some(wanted) = request.headers().get(header::ACCESS_CONTROL_REQUEST_HEADERS) {
        headers.insert(header::ACCESS_CONTROL_ALLOW_HEADERS, wanted.clone());
    }
    headers.insert(header::ACCESS_CONTROL_MAX_AGE, HeaderValue::from_static(REMEMBERED));
    permit(&mut response, Some(origin));
    Some(response)
}

/// Allows pages of that origin to read the response.
pub(super) fn permit(response: &mut Response<Body>, origin: Option<HeaderValue>) {
    let headers = response.headers_mut();
    headers.insert(header::VARY, HeaderValue::from_static("Origin"));
    if let Some(origin) = origin {
        headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin);
        headers.insert(header::ACCESS_CONTROL_EXPOSE_HEADERS, HeaderValue::from_static(HEADER));
    }
}

/// Returns whether an origin such as `http://localhost:3000` belongs to this machine: a loopback address, or a name that always refers to
/// this machine.
fn is_loopback(origin: &str) -> bool {
    let Some(authority) = ["http://", "https://"].iter().find_map(|scheme| origin.strip_prefix(scheme)) else { return false };
    let host = match authority.rsplit_once(':') {
        Some((host, port)) if !port.is_empty() && port.bytes().all(|byte| byte.is_ascii_digit()) => host,
        _ => authority,
    };
    let bare = host.strip_prefix('[').and_then(|host| host.strip_suffix(']'));
    match bare.unwrap_or(host).parse::<IpAddr>() {
        Ok(IpAddr::V6(address)) => address.is_loopback() && bare.is_some(),
        Ok(address) => address.is_loopback(),
        Err(_) => {
            let name = host.to_ascii_lowercase();
            name == "localhost"
                || name
                    .strip_suffix(".localhost")
                    .is_some_and(|first| first.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-.".contains(&byte)))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn origins_of_this_machine() {
        for origin in [
            "http://localhost",
            "http://localhost:3000",
            "https://127.0.0.1:8443",
            "http://127.8.9.10",
            "http://[::1]:80",
            "http://app.localhost:5173",
        ] {
            assert!(is_loopback(origin), "{origin}");
        }
        for origin in [
            "null",
            "",
            "localhost",
            "http://",
            "file://localhost",
            "http://evil.example",
            "http://localhost.evil.example",
            "http://127.0.0.1.evil.example",
            "http://192.168.0.1",
            "http://[::2]",
            "http://localhost:80:80",
            "http://localhost:x",
            "http://evil.example/.localhost",
        ] {
            assert!(!is_loopback(origin), "{origin}");
        }
    }
}
