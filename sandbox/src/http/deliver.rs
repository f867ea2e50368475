//! Builds the HTTP response for an answer and applies the fault effects to it: damage, slow sending, padding and cuts. Large answers are
//! generated while they are sent, so that they never are in memory as a whole. The module `injection` chooses the effects, and `service`
//! ends connections without an answer.

use std::io;
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::http::{HeaderName, HeaderValue, Response, StatusCode, header};
use futures_util::stream::unfold;
use tokio::time::sleep;

use crate::encoding::Encoding;
use crate::exchange::Answered;
use crate::injection::{Cut, Effects};
use crate::notes::HEADER;

/// The largest piece, in bytes, of an answer that is sent in pieces.
const PIECE: u64 = 64 << 10;

/// The number of pieces in which a slow answer is sent.
const PIECES: u32 = 20;

/// The time for the bytes before a cut to be sent.
const BEFORE_CUT: Duration = Duration::from_millis(20);

/// Builds the response.
pub(super) fn deliver(answered: Answered) -> Response<Body> {
    let Answered { text, encoding, notes, effects } = answered;
    // Encoding damage and padding are defined for UTF-8 only.
    let encoding = if effects.encoding || effects.oversized.is_some() { Encoding::default() } else { encoding };
    let (text, content_type) = match effects.status {
        Some(status) => (format!("<html><body><h1>{status}</h1></body></html>\n").into_bytes(), "text/html;charset=UTF-8".to_owned()),
        None => (damaged(text, &encoding, &effects), format!("text/xml;charset={}", encoding.label())),
    };
    let mut response = Response::new(body(text, &effects));
    *response.status_mut() = effects.status.and_then(|status| StatusCode::from_u16(status).ok()).unwrap_or(StatusCode::OK);
    let headers = response.headers_mut();
    let mut say = |name, value: String| HeaderValue::from_str(&value).map(|value| headers.insert(name, value)).map_or((), drop);
    say(header::CONTENT_TYPE, content_type);
    say(header::CACHE_CONTROL, "no-cache".to_owned());
    say(header::PRAGMA, "no-cache".to_owned());
    if let Some(notes) = notes {
        say(HeaderName::from_static(HEADER), notes);
    }
    if let Some(seconds) = effects.retry_after {
        say(header::RETRY_AFTER, seconds.to_string());
    }
    response
}

fn damaged(mut text: String, encoding: &Encoding, effects: &Effects) -> Vec<u8> {
    if effects.malformed {
        let at = text.find("</").unwrap_or(text.len());
        text.insert_str(at, "<br>");
    }
    let mut bytes = encoding.encode(text);
    if effects.encoding {
        // Inserts a byte that is invalid in UTF-8, which the declaration and the header still name.
        let at = bytes.windows(2).position(|pair| pair == b"?>").map_or(0, |at| at + 2);
        bytes.splice(at..at, b"<!-- \xE9 -->".iter().copied());
    }
    bytes
}

fn body(bytes: Vec<u8>, effects: &Effects) -> Body {
    let plain = effects.slow.is_none() && effects.oversized.is_none() && effects.cut.is_none();
    if plain {
        return Body::from(bytes);
    }
    let last_tag = bytes.windows(2).rposition(|pair| pair == b"</").unwrap_or(bytes.len());
    let bytes = Bytes::from(bytes);
    let size = bytes.len() as u64;
    let total = effects.oversized.unwrap_or(size).max(size);
    let end = match effects.cut {
        Some(Cut::After(bytes)) => total.min(bytes),
        _ => total,
    };
    let (piece, pause) = match effects.slow {
        Some(slow) => ((total / u64::from(PIECES)).max(1), slow / PIECES),
        None => (PIECE, Duration::ZERO),
    };
    let pieces = Pieces { head: bytes.slice(..last_tag), tail: bytes.slice(last_tag..), total, end, at: 0, piece, pause };
    Body::from_stream(unfold(Some(pieces), next))
}

/// An answer that is being sent: its start, the spaces that pad it, and its last tag.
struct Pieces {
    head: Bytes,
    tail: Bytes,
    total: u64,
    /// The position at which the connection ends, which is before `total` if the answer is cut.
    end: u64,
    at: u64,
    piece: u64,
    pause: Duration,
}

async fn next(pieces: Option<Pieces>) -> Option<(io::Result<Bytes>, Option<Pieces>)> {
    let mut pieces = pieces?;
    if pieces.at >= pieces.end {
        if pieces.end == pieces.total {
            return None;
        }
        sleep(BEFORE_CUT).await;
        return Some((Err(io::Error::other("cut by a fault rule")), None));
    }
    if pieces.at > 0 && !pieces.pause.is_zero() {
        sleep(pieces.pause).await;
    }
    let sent = pieces.take();
    Some((Ok(sent), Some(pieces)))
}

impl Pieces {
    /// Returns the next bytes, which come from the start, the padding or the last tag.
    fn take(&mut self) -> Bytes {
        let tail_at = self.total - self.tail.len() as u64;
        let to = self.end.min(self.at.saturating_add(self.piece));
        let (head, part) = (self.head.len() as u64, |bytes: &Bytes, from: u64, to: u64| bytes.slice(from as usize..to as usize));
        let (sent, to) = if self.at < head {
            let to = to.min(head);
            (part(&self.head, self.at, to), to)
        } else if self.at < tail_at {
            let to = to.min(tail_at).min(self.at + PIECE);
            (Bytes::from(vec![b' '; (to - self.at) as usize]), to)
        } else {
            (part(&self.tail, self.at - tail_at, to - tail_at), to)
        };
        self.at = to;
        sent
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sent(mut pieces: Pieces) -> (usize, Vec<u8>) {
        let (mut count, mut all) = (0, Vec::new());
        while pieces.at < pieces.end {
            all.extend(pieces.take());
            count += 1;
        }
        (count, all)
    }

    fn pieces(total: u64, end: u64, piece: u64) -> Pieces {
        let (head, tail) = (Bytes::from_static(b"<a><b/>"), Bytes::from_static(b"</a>"));
        Pieces { head, tail, total, end, at: 0, piece, pause: Duration::ZERO }
    }

    #[test]
    fn blanks_stand_before_the_last_tag() {
        for piece in [1, 3, 5, 1000] {
            assert_eq!(sent(pieces(11, 11, piece)).1, b"<a><b/></a>");
            assert_eq!(sent(pieces(15, 15, piece)).1, b"<a><b/>    </a>");
            assert_eq!(sent(pieces(15, 9, piece)).1, b"<a><b/>  ");
            assert_eq!(sent(pieces(11, 8, piece)).1, b"<a><b/><");
        }
        let (count, all) = sent(pieces(1 << 20, 1 << 20, PIECE));
        assert_eq!((count, all.len(), all.ends_with(b" </a>")), (18, 1 << 20, true));
    }

    #[test]
    fn damage() {
        let text = || "<?xml version='1.0'?><a><b>1</b></a>".to_owned();
        let effects = |words: &str| words.parse::<crate::Injection>().unwrap().effects;
        let utf8 = Encoding::default();
        assert_eq!(damaged(text(), &utf8, &effects("malformed")), b"<?xml version='1.0'?><a><b>1<br></b></a>");
        assert!(String::from_utf8(damaged(text(), &utf8, &effects("encoding"))).is_err());
    }
}
