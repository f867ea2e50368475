//! A service for the example, which answers on the loopback address.

use std::io::{BufRead, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::{io, thread};

use xsdgen_codec::{DateTime, Xml as _};

use crate::messages::Document;
use crate::messages::stock::{AnyBody, Fault, GetLevelResponse, Message, MessageChoice, ReserveResponse};

/// The token that the service accepts.
pub(crate) const TOKEN: &str = "f3c1a9";

/// The number of teapots in stock, the only article.
const PIECES: u32 = 12;

/// Starts the service in a thread of its own, which ends with the process, and returns its address.
pub(crate) fn start() -> io::Result<String> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let url = format!("http://{}/", listener.local_addr()?);
    thread::spawn(move || {
        for connection in listener.incoming().flatten() {
            // A client that breaks the connection does not end the service.
            let _ = serve(connection);
        }
    });
    Ok(url)
}

/// Answers one request.
fn serve(connection: TcpStream) -> io::Result<()> {
    let mut reader = BufReader::new(&connection);
    let mut length = 0;
    for line in reader.by_ref().lines() {
        let line = line?.to_ascii_lowercase();
        if let Some(value) = line.strip_prefix("content-length:") {
            length = value.trim().parse().map_err(io::Error::other)?;
        }
        if line.is_empty() {
            break;
        }
    }
    let mut bytes = Vec::new();
    reader.take(length).read_to_end(&mut bytes)?;
    let choice = respond(&bytes).unwrap_or_else(MessageChoice::Fault);
    let text = Document::from(Message::new(choice)).to_xml().map_err(io::Error::other)?;
    write!(
        &connection,
        "HTTP/1.1 200 OK\r\nContent-Type: application/xml\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{text}",
        text.len()
    )
}

/// Returns the response to a request.
fn respond(bytes: &[u8]) -> Result<MessageChoice, Fault> {
    let request = Message::from_xml_strict(bytes).map_err(|why| Fault::new(400, why.to_string()))?;
    if request.token.is_none_or(|token| token.expose() != TOKEN) {
        return Err(Fault::new(401, "the token is not valid"));
    }
    let known = |article: &str| if article == "teapot" { Ok(()) } else { Err(Fault::new(404, format!("there is no `{article}`"))) };
    let response: AnyBody = match request.choice {
        MessageChoice::Body(AnyBody::GetLevel(get)) => {
            known(&get.article)?;
            GetLevelResponse::new(PIECES).into()
        }
        MessageChoice::Body(AnyBody::Reserve(reserve)) => {
            known(&reserve.article)?;
            if reserve.pieces > PIECES {
                return Err(Fault::new(409, format!("only {PIECES} pieces are in stock")));
            }
            let until: DateTime = "2026-12-08T12:00:00Z".parse().map_err(|_| Fault::new(500, "the date is not valid"))?;
            ReserveResponse::new("R-1", until).into()
        }
        _ => return Err(Fault::new(400, "this is not a request")),
    };
    Ok(MessageChoice::Body(response))
}
