//! Sends HTTP requests over `std::net` without an HTTP library, so that requests of third-party clients arrive byte for byte.
#![allow(dead_code, reason = "each test program uses a part of it")]

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use webex_xml_sandbox::Sandbox;

/// Posts a message unchanged, and returns status and body of the response.
pub(crate) fn post(sandbox: &Sandbox, headers: &str, body: &[u8]) -> (u16, String) {
    let head = format!("POST /WBXService/XMLService HTTP/1.1\r\n{headers}Content-Length: {}\r\n", body.len());
    exchange(sandbox, &head, body)
}

/// Sends this head, with `Host` and `Connection` added, and this body. Returns status and body of the response.
pub(crate) fn exchange(sandbox: &Sandbox, head: &str, body: &[u8]) -> (u16, String) {
    let response = String::from_utf8(raw(sandbox, head, body)).unwrap();
    let (head, body) = response.split_once("\r\n\r\n").unwrap();
    (head.split(' ').nth(1).unwrap().parse().unwrap(), body.to_owned())
}

/// Sends a request and returns all bytes until the end of the connection.
pub(crate) fn raw(sandbox: &Sandbox, head: &str, body: &[u8]) -> Vec<u8> {
    let url = sandbox.base_url();
    let address = url.strip_prefix("http://").unwrap();
    let mut stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
    stream.write_all(format!("{head}Host: {address}\r\nConnection: close\r\n\r\n").as_bytes()).unwrap();
    let _ = stream.write_all(body);
    let mut response = Vec::new();
    let _ = stream.read_to_end(&mut response);
    response
}

/// Returns the text between these tags, such as `serv:exceptionID`.
pub(crate) fn text<'a>(xml: &'a str, tag: &str) -> Option<&'a str> {
    let (_, rest) = xml.split_once(&format!("<{tag}>"))?;
    rest.split_once(&format!("</{tag}>")).map(|(text, _)| text)
}
