//! In: an HTTP response to a call. Out: the typed reply, or the error of the stage that failed.
//! Stages: the status, the size, the XML, the header's verdict, the type of the body.
//! Not here: transports' errors, which mean that there is no response.

use std::time::Duration;

use webex_xml_types::Document;
use webex_xml_types::serv::{AnyBodyContent, Response};
use xsdgen_codec::{ErrorKind, OperationInfo, ReadOptions, Reading};

use super::http::{HttpRequest, HttpResponse};
use super::mask::{Scrubber, excerpt, text_of};
use crate::error::{Error, HttpStatus, Place, Undecodable};
use crate::fault::{Fault, SubError};
use crate::reply::Reply;

/// How deep elements may stand in each other. The release's deepest message has a dozen levels.
const DEEPEST: u32 = 64;

pub(super) fn read<T>(
    response: &HttpResponse,
    request: &HttpRequest,
    scrubber: &Scrubber,
    info: &OperationInfo,
    elapsed: Duration,
) -> Result<Reply<T>, Error>
where
    T: TryFrom<AnyBodyContent, Error = AnyBodyContent>,
{
    let operation = info.name;
    if response.status != 200 {
        return Err(Error::HttpStatus(HttpStatus {
            operation,
            status: response.status,
            retry_after: response.header("retry-after").and_then(|wait| wait.trim().parse().ok()).map(Duration::from_secs),
            excerpt: excerpt(&response.body, scrubber),
        }));
    }
    let raw_size = response.body.len();
    let undecodable = |place, message: String| Error::Undecodable(Undecodable { operation, place, message, raw_size });
    if raw_size > request.response_limit {
        return Err(undecodable(None, format!("it is larger than the limit of {} bytes", request.response_limit)));
    }
    let reading = decode(response, request.response_limit).map_err(|error| explain(&error, response, scrubber, operation))?;
    let Reading { value: Document::Message(message), notes } = reading else {
        return Err(undecodable(at(""), "its root element is not serv:message".to_owned()));
    };
    let verdict = verdict(&message.header.response).ok_or_else(|| undecodable(at("message/header"), "no response in it".to_owned()))?;
    if verdict.result.as_str() != "SUCCESS" {
        return Err(fault(operation, verdict, scrubber).into());
    }
    let (result, gsb_status) = (verdict.result.as_str().to_owned(), verdict.gsb_status.as_ref().map(|s| s.as_str().to_owned()));
    let reason = verdict.reason.clone();
    let Some(content) = message.body.body_content.into_iter().next() else {
        return Err(undecodable(at("message/body"), "no bodyContent in it".to_owned()));
    };
    let body = T::try_from(content).map_err(|other| {
        let found = other.type_name().to_owned();
        undecodable(at("message/body/bodyContent"), format!("its type is {found}, which does not answer {operation}"))
    })?;
    Ok(Reply { body, result, gsb_status, reason, notes, elapsed, raw_size })
}

/// The message, by the charset of HTTP; where the bytes are not of that charset, by what they say of themselves.
fn decode(response: &HttpResponse, limit: usize) -> Result<Reading<Document>, xsdgen_codec::Error> {
    let options = ReadOptions::tolerant().bare_ampersands(true).max_bytes(limit).max_depth(DEEPEST);
    match response.charset() {
        None => Document::read(&response.body, &options),
        Some(charset) => match Document::read(&response.body, &options.clone().charset(charset)) {
            Err(error) if error.kind() == ErrorKind::Encoding => Document::read(&response.body, &options).map_err(|_| error),
            reading => reading,
        },
    }
}

/// The header's response that decides: the first failure, else the first.
fn verdict(responses: &[Response]) -> Option<&Response> {
    responses.iter().find(|response| response.result.as_str() != "SUCCESS").or(responses.first())
}

fn fault(operation: &'static str, response: &Response, scrubber: &Scrubber) -> Fault {
    let text = |text: &Option<String>| text.as_deref().map(|text| scrubber.scrub(text));
    let causes = response.sub_errors.iter().flat_map(|errors| &errors.sub_error);
    Fault {
        operation,
        exception_id: response.exception_id.clone().unwrap_or_default(),
        reason: text(&response.reason),
        gsb_status: response.gsb_status.as_ref().map(|status| status.as_str().to_owned()),
        sub_errors: causes
            .map(|cause| SubError::new(cause.exception_id.clone(), scrubber.scrub(&cause.reason), text(&cause.value)))
            .collect(),
        value: text(&response.value),
        sent: true,
    }
}

fn at(path: &str) -> Option<Place> {
    Some(Place { path: path.to_owned(), line: 0, column: 0 })
}

/// The codec's error with its place; neither the request's secrets nor the answer's are quoted.
fn explain(error: &xsdgen_codec::Error, response: &HttpResponse, scrubber: &Scrubber, operation: &'static str) -> Error {
    let mut scrubber = scrubber.clone();
    scrubber.learn(&text_of(&response.body).unwrap_or_default());
    let (line, column) = error.position().map_or((0, 0), |position| (position.line, position.column));
    let place = Place { path: scrubber.scrub(error.path()), line, column };
    let message = scrubber.scrub(error.message());
    Error::Undecodable(Undecodable { operation, place: Some(place), message, raw_size: response.body.len() })
}
