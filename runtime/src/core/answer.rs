//! Converts the HTTP response to a message into a reply for each of its operations, or the error of the stage that failed. The stages are
//! the status, the size, the XML, the result in the header, and the type of the body.

use std::time::Duration;

use webex_xml_types::Document;
use webex_xml_types::serv::{AnyBodyContent, Message, Response};
use xsdgen_codec::{ErrorKind, OperationInfo, ReadOptions, Reading};

use super::Answers;
use super::http::{HttpRequest, HttpResponse};
use super::mask::{Scrubber, excerpt, mask, text_of};
use super::outgoing::joint_name;
use super::page;
use crate::deadline::Deadline;
use crate::error::{Error, HttpStatus, MaybeSent, Place, TransportError, TransportErrorKind, Undecodable};
use crate::fault::{Fault, SubError};
use crate::reply::Reply;

/// The maximum nesting depth of elements. The deepest message of the release has a dozen levels.
const DEEPEST: u32 = 64;

/// Converts an HTTP response into the reply to each operation of a message.
pub(super) fn read(
    response: &HttpResponse,
    request: &HttpRequest,
    scrubber: &Scrubber,
    operations: &[&'static OperationInfo],
    elapsed: Duration,
    deadline: Deadline,
) -> Result<Answers, Error> {
    let operation = joint_name(operations);
    if response.status != 200 {
        return Err(refusal(response, scrubber, operations));
    }
    let raw_size = response.body.len();
    let undecodable = |place, message: String| Error::Undecodable(Undecodable { operation, place, message, raw_size });
    if raw_size > request.response_limit {
        return Err(undecodable(None, format!("it is larger than the limit of {} bytes", request.response_limit)));
    }
    let options = deadline.limit(options(request.response_limit));
    let reading = decode(response, &options).map_err(|error| explain(&error, response, scrubber, operation))?;
    judge(reading, scrubber, operations, elapsed, raw_size)
}

/// Returns the error for a response with a status other than 200.
pub(super) fn refusal(response: &HttpResponse, scrubber: &Scrubber, operations: &[&'static OperationInfo]) -> Error {
    Error::HttpStatus(status(joint_name(operations), response, scrubber))
}

/// Converts a decoded message into the reply to each operation.
pub(super) fn judge(
    reading: Reading<Document>,
    scrubber: &Scrubber,
    operations: &[&'static OperationInfo],
    elapsed: Duration,
    raw_size: usize,
) -> Result<Answers, Error> {
    let operation = joint_name(operations);
    let undecodable = |place, message: String| Error::Undecodable(Undecodable { operation, place, message, raw_size });
    let Reading { value: Document::Message(message), notes, .. } = reading else {
        return Err(undecodable(at(""), "its root element is not serv:message".to_owned()));
    };
    let Message { header, body, .. } = *message;
    let verdicts = verdicts(header.response, operations.len());
    if verdicts.is_empty() {
        return Err(undecodable(at("message/header"), "no response in it".to_owned()));
    }
    let mut bodies = Bodies::new(body.body_content, &verdicts);
    let mut answer = |verdict: Option<&Response>, operation| {
        let verdict = verdict.ok_or_else(|| missing(operation))?;
        let content = bodies.next(succeeded(verdict));
        if !succeeded(verdict) {
            return Err(fault(operation, verdict, scrubber).into());
        }
        let body = content.ok_or_else(|| undecodable(at("message/body"), "no bodyContent in it".to_owned()))?;
        let gsb_status = verdict.gsb_status.as_ref().map(|status| status.as_str().to_owned());
        let (result, reason) = (verdict.result.as_str().to_owned(), verdict.reason.clone());
        Ok(Reply { body, result, gsb_status, reason, notes: notes.clone(), elapsed, raw_size })
    };
    Ok(operations.iter().enumerate().map(|(index, info)| answer(verdicts.get(index), info.name)).collect())
}

fn status(operation: &'static str, response: &HttpResponse, scrubber: &Scrubber) -> HttpStatus {
    HttpStatus { operation, status: response.status, retry_after: retry_after(response), excerpt: told(response, scrubber) }
}

/// Describes a response with another status: the target of a redirect without its query, the title of an HTML page, or the start of the
/// body.
fn told(response: &HttpResponse, scrubber: &Scrubber) -> String {
    let location = response.header("location").filter(|_| (300..400).contains(&response.status));
    if let Some(location) = location.and_then(|location| location.split(['?', '#']).next()) {
        return format!("a redirect to {}", scrubber.scrub(location));
    }
    page::title(&response.body, scrubber).unwrap_or_else(|| excerpt(&response.body, scrubber))
}

/// Returns the time in `Retry-After`: seconds, or a date, which is taken relative to the response's own `Date` (RFC 9110, section 10.2.3).
fn retry_after(response: &HttpResponse) -> Option<Duration> {
    let value = response.header("retry-after")?.trim();
    if let Ok(seconds) = value.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let now = httpdate::parse_http_date(response.header("date")?).ok()?;
    Some(httpdate::parse_http_date(value).ok()?.duration_since(now).unwrap_or_default())
}

fn succeeded(verdict: &Response) -> bool {
    verdict.result.as_str() == "SUCCESS"
}

/// Returns a response for each operation. A single response applies to all operations. If one operation has several responses, the first
/// failure decides.
fn verdicts(mut responses: Vec<Response>, operations: usize) -> Vec<Response> {
    if operations == 1 {
        let decides = responses.iter().position(|response| !succeeded(response)).unwrap_or(0);
        responses = responses.into_iter().skip(decides).take(1).collect();
    }
    if let [only] = &responses[..] {
        return vec![only.clone(); operations];
    }
    responses
}

/// The bodies, handed out in order. If there are as many bodies as successes, failures have no body; otherwise each response has one.
struct Bodies {
    rest: std::vec::IntoIter<AnyBodyContent>,
    of_failures: bool,
}

impl Bodies {
    fn new(bodies: Vec<AnyBodyContent>, verdicts: &[Response]) -> Self {
        let successes = verdicts.iter().filter(|verdict| succeeded(verdict)).count();
        Self { of_failures: bodies.len() != successes, rest: bodies.into_iter() }
    }

    fn next(&mut self, success: bool) -> Option<AnyBodyContent> {
        if success || self.of_failures { self.rest.next() } else { None }
    }
}

/// Returns the error for an operation that the response does not mention.
pub(super) fn missing(operation: &'static str) -> Error {
    let message = "the service answered fewer operations than the message held; this one may have been carried out".to_owned();
    Error::Undecodable(Undecodable { operation, place: at("message/header"), message, raw_size: 0 })
}

/// Returns the error for a response to a different operation.
pub(crate) fn foreign(operation: &'static str, found: &AnyBodyContent, raw_size: usize) -> Error {
    let message = match type_of(found) {
        Some(found) => format!("its xsi:type is {found}, which does not answer {operation}"),
        None => format!("its bodyContent has no xsi:type, so it does not answer {operation}"),
    };
    Error::Undecodable(Undecodable { operation, place: at("message/body/bodyContent"), message, raw_size })
}

/// Returns the type that a body names: its name in the schema, or the `xsi:type` as received if the schema does not know it.
fn type_of(body: &AnyBodyContent) -> Option<String> {
    const LONGEST_NAME: usize = 100;
    const XSI: &str = "http://www.w3.org/2001/XMLSchema-instance";
    match body {
        AnyBodyContent::Other(kept) => {
            let attributes = kept.attributes();
            let named = attributes.into_iter().find(|attribute| attribute.namespace() == XSI && attribute.name() == "type")?;
            Some(named.value().chars().take(LONGEST_NAME).flat_map(char::escape_debug).collect())
        }
        AnyBodyContent::BodyContent(_) => None,
        known => Some(known.type_name().to_owned()),
    }
}

/// Returns the options for decoding responses of limited size.
pub(crate) fn options(limit: usize) -> ReadOptions {
    ReadOptions::tolerant().bare_ampersands(true).max_bytes(limit).max_depth(DEEPEST)
}

/// Decodes the message with the charset of the HTTP header. If the bytes are not in that charset, the encoding that the document declares
/// is used.
fn decode(response: &HttpResponse, options: &ReadOptions) -> Result<Reading<Document>, xsdgen_codec::Error> {
    match response.charset() {
        None => Document::read(&response.body, options),
        Some(charset) => match Document::read(&response.body, &options.clone().charset(charset)) {
            Err(error) if error.kind() == ErrorKind::Encoding => Document::read(&response.body, options).map_err(|_| error),
            reading => reading,
        },
    }
}

fn fault(operation: &'static str, response: &Response, scrubber: &Scrubber) -> Fault {
    let clear = |text: &str| scrubber.scrub(&mask(text));
    let text = |text: &Option<String>| text.as_deref().map(clear);
    let causes = response.sub_errors.iter().flat_map(|errors| &errors.sub_error);
    Fault {
        operation,
        exception_id: response.exception_id.clone().unwrap_or_default(),
        reason: text(&response.reason),
        gsb_status: response.gsb_status.as_ref().map(|status| status.as_str().to_owned()),
        sub_errors: causes.map(|cause| SubError::new(cause.exception_id.clone(), clear(&cause.reason), text(&cause.value))).collect(),
        value: text(&response.value),
        sent: true,
    }
}

/// Returns the error for an answer that came, but was not decoded within the time limit of the call.
pub(super) fn late(operation: &'static str) -> Error {
    let words = "the answer was not received and read within the time limit";
    Error::MaybeSent(MaybeSent { operation, source: TransportError::new(TransportErrorKind::Timeout, words) })
}

fn at(path: &str) -> Option<Place> {
    Some(Place { path: path.to_owned(), line: 0, column: 0 })
}

/// Returns the error for a response that was only partly decoded, without the request's secrets.
pub(super) fn explain_part(error: &xsdgen_codec::Error, scrubber: &Scrubber, operation: &'static str) -> Error {
    if error.timed_out() {
        return late(operation);
    }
    let position = error.position();
    let (line, column, raw_size) = position.map_or((0, 0, 0), |position| (position.line, position.column, position.offset));
    let place = Place { path: scrubber.scrub(error.path()), line, column };
    Error::Undecodable(Undecodable { operation, place: Some(place), message: scrubber.scrub(error.message()), raw_size })
}

/// Converts the codec's error and adds its place, without the secrets of the request and the response.
fn explain(error: &xsdgen_codec::Error, response: &HttpResponse, scrubber: &Scrubber, operation: &'static str) -> Error {
    if error.timed_out() {
        return late(operation);
    }
    let mut scrubber = scrubber.clone();
    scrubber.learn(&text_of(&response.body).unwrap_or_default());
    let (line, column) = error.position().map_or((0, 0), |position| (position.line, position.column));
    let place = Place { path: scrubber.scrub(error.path()), line, column };
    let message = page::describe(&response.body, &scrubber).unwrap_or_else(|| scrubber.scrub(error.message()));
    Error::Undecodable(Undecodable { operation, place: Some(place), message, raw_size: response.body.len() })
}
