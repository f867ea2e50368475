//! In: HTTP requests on the loopback address. Out: the site's answers, with status 200 whatever they say, as live servers do.
//! Other statuses mean that HTTP itself was used wrongly: another path (404) or method (405), too much (413), too slow (408).
//! Not here: what a message means.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::Router;
use axum::body::{Bytes, to_bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::time::{sleep, timeout};
use webex_xml_types::Document;
use webex_xml_types::serv::Message;
use xsdgen_codec::{ReadOptions, Reading};

use crate::faults::Fault;
use crate::form;
use crate::operations;
use crate::site::Site;

/// Where messages are POSTed.
pub(crate) const SERVICE_PATH: &str = "/WBXService/XMLService";

/// The largest message that is taken.
const LARGEST_MESSAGE: usize = 8 << 20;

/// How deep elements of a message may stand in each other.
const DEEPEST: u32 = 64;

/// How long a request's body may take to arrive.
const SLOWEST_BODY: Duration = Duration::from_secs(30);

/// How long open connections have to end when the sandbox stops.
const GRACE: Duration = Duration::from_millis(500);

/// The site, as all connections share it.
pub(crate) type Shared = Arc<Mutex<Site>>;

/// Serves the site until `stop` is sent or dropped.
pub(crate) async fn serve(listener: TcpListener, site: Shared, stop: oneshot::Receiver<()>) -> std::io::Result<()> {
    let router = Router::new().route(SERVICE_PATH, post(message)).route("/", get(welcome)).with_state(site);
    let (announce, announced) = oneshot::channel::<()>();
    let server = axum::serve(listener, router).with_graceful_shutdown(async move {
        let _ = stop.await;
        drop(announce);
    });
    let cut_off = async {
        let _ = announced.await;
        sleep(GRACE).await;
    };
    tokio::select! {
        ended = server.into_future() => ended,
        () = cut_off => Ok(()),
    }
}

async fn welcome() -> impl IntoResponse {
    ([(header::CONTENT_TYPE, "text/plain; charset=utf-8")], format!("A WebEx site in a box. POST messages to {SERVICE_PATH}\n"))
}

async fn message(State(site): State<Shared>, request: Request) -> Response {
    let (head, body) = request.into_parts();
    if announced_length(&head.headers).is_some_and(|bytes| bytes > LARGEST_MESSAGE) {
        return too_large();
    }
    match timeout(SLOWEST_BODY, to_bytes(body, LARGEST_MESSAGE)).await {
        Ok(Ok(bytes)) => xml(answer(&site, &bytes, charset(&head.headers))),
        Ok(Err(error)) if is_too_large(&error) => too_large(),
        Ok(Err(_)) => (StatusCode::BAD_REQUEST, "The body did not arrive whole\n").into_response(),
        Err(_) => (StatusCode::REQUEST_TIMEOUT, "The body took too long\n").into_response(),
    }
}

fn announced_length(headers: &HeaderMap) -> Option<usize> {
    headers.get(header::CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}

fn too_large() -> Response {
    (StatusCode::PAYLOAD_TOO_LARGE, format!("A message may have {LARGEST_MESSAGE} bytes\n")).into_response()
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

fn xml(text: String) -> Response {
    let headers = [(header::CONTENT_TYPE, "text/xml;charset=UTF-8"), (header::CACHE_CONTROL, "no-cache"), (header::PRAGMA, "no-cache")];
    (headers, text).into_response()
}

/// The charset of the content type. Live servers do not heed it; here it counts where the message cannot be read without it.
fn charset(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(header::CONTENT_TYPE)?.to_str().ok()?;
    value.split(';').skip(1).find_map(|parameter| {
        let (name, value) = parameter.split_once('=')?;
        name.trim().eq_ignore_ascii_case("charset").then(|| value.trim().trim_matches('"'))
    })
}

/// The answer to a message, as text. What cannot be read, or answered, is answered with a `FAILURE`.
fn answer(site: &Shared, body: &Bytes, charset: Option<&str>) -> String {
    let posted = form::message(body);
    let answer = match read(&posted, charset) {
        Ok(request) => operations::perform(&mut site.lock().unwrap_or_else(PoisonError::into_inner), request),
        Err(fault) => operations::failure(fault),
    };
    write(answer).unwrap_or_else(|error| {
        let fault = Fault::processing(format!("The answer cannot be written: {error}"));
        write(operations::failure(fault)).unwrap_or_default()
    })
}

fn write(message: Message) -> Result<String, xsdgen_codec::Error> {
    let written = Document::Message(Box::new(message)).to_xml()?;
    Ok(declare_on_root(&written).unwrap_or(written))
}

/// Moves the declarations of bodyContent to the root but for that of `xsi`, as live servers have them: to XML it is the same, but some
/// clients look for prefixes at the root alone.
fn declare_on_root(xml: &str) -> Option<String> {
    let root = xml.find("<serv:message")? + "<serv:message".len();
    let root_end = root + xml.get(root..)?.find('>')?;
    let content = xml.find("<serv:bodyContent")? + "<serv:bodyContent".len();
    let attributes = xml.get(content..)?.split('>').next()?.trim_end_matches('/');
    let content_end = content + attributes.len();
    let mut on_root = xml.get(root..root_end)?.to_owned();
    let mut on_content = String::new();
    for attribute in attributes.split_inclusive("\" ") {
        let attribute = format!(" {}", attribute.trim());
        if !attribute.starts_with(" xmlns:") || attribute.starts_with(" xmlns:xsi=") {
            on_content.push_str(&attribute);
        } else if !on_root.contains(&attribute) {
            on_root.push_str(&attribute);
        }
    }
    Some([xml.get(..root)?, &on_root, xml.get(root_end..content)?, &on_content, xml.get(content_end..)?].concat())
}

/// Reads as live servers do: prefixes need no declaration, children may come in any order, blank lines may come first.
fn read(bytes: &[u8], charset: Option<&str>) -> Result<Message, Fault> {
    let options = || ReadOptions::tolerant().undeclared_prefixes(true).max_depth(DEEPEST);
    let reading = Document::read(bytes, &options()).or_else(|error| match charset {
        Some(charset) => Document::read(bytes, &options().charset(charset)).map_err(|_| error),
        None => Err(error),
    });
    match reading {
        Ok(Reading { value: Document::Message(message), .. }) => Ok(*message),
        Ok(_) => Err(Fault::processing("The message cannot be read: its root element is not serv:message")),
        Err(error) => Err(Fault::processing(format!("The message cannot be read: {error}"))),
    }
}
