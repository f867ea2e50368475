//! The structs that a developer writes by hand for quick-xml with serde derive, with local names and with enumerations as texts.
//! Namespaces are not checked, because serde has no equivalent; the output uses the usual prefixes. This module defines the message, and
//! each payload has its own file.

mod ledger;
mod list;
mod questions;
mod session;
mod user;

use serde::{Deserialize, Serialize};

pub use ledger::Ledger;
use list::LstRecordingResponse;
pub use questions::Questions;
use session::GetSessionInfoResponse;
use user::GetUserResponse;

#[derive(Debug, Serialize, Deserialize)]
#[serde(rename = "serv:message")]
pub struct Message {
    #[serde(rename = "@xmlns:serv", default = "serv")]
    pub xmlns: String,
    #[serde(rename(serialize = "serv:header", deserialize = "header"))]
    pub header: Header,
    #[serde(rename(serialize = "serv:body", deserialize = "body"))]
    pub body: Body,
}

fn serv() -> String {
    "urn:bench:service".to_owned()
}

#[derive(Debug, Serialize, Deserialize)]
pub struct Header {
    #[serde(rename(serialize = "serv:response", deserialize = "response"))]
    pub response: Response,
}

#[derive(Debug, Serialize, Deserialize)]
pub struct Response {
    #[serde(rename(serialize = "serv:result", deserialize = "result"))]
    pub result: String,
    #[serde(rename(serialize = "serv:reason", deserialize = "reason"), default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    #[serde(rename(serialize = "serv:gsbStatus", deserialize = "gsbStatus"), default, skip_serializing_if = "Option::is_none")]
    pub gsb_status: Option<String>,
}

#[derive(Debug, Serialize, Deserialize)]
pub struct Body {
    #[serde(rename = "$value")]
    pub payload: Payload,
}

#[derive(Debug, Serialize, Deserialize)]
pub enum Payload {
    #[serde(rename(serialize = "ep:getSessionInfoResponse", deserialize = "getSessionInfoResponse"))]
    Session(Box<GetSessionInfoResponse>),
    #[serde(rename(serialize = "ep:lstRecordingResponse", deserialize = "lstRecordingResponse"))]
    List(LstRecordingResponse),
    #[serde(rename(serialize = "use:getUserResponse", deserialize = "getUserResponse"))]
    User(Box<GetUserResponse>),
}
