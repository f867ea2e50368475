//! Writes requests and their responses, with every secret removed, to a file that people can read and store with their tests, and reads
//! such a file. Each exchange is one line of JSON with `operation` and `request`, and with either `status`, `headers` and `response`, or
//! `failure`. Recording is in `record`, replaying in `replay`.

use std::fmt;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use serde_json::{Map, Value, json};

use crate::core::{HttpRequest, HttpResponse, Veil, text_of};
use crate::error::{TransportError, TransportErrorKind};

/// A list of exchanges in the order in which they happened.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Cassette {
    pub(crate) exchanges: Vec<Taped>,
}

/// One request and its outcome, with secrets removed.
#[derive(Clone, PartialEq)]
pub(crate) struct Taped {
    pub(crate) operation: String,
    pub(crate) request: String,
    pub(crate) outcome: Result<HttpResponse, TransportErrorKind>,
}

impl fmt::Debug for Taped {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Taped").field("operation", &self.operation).field("outcome", &self.outcome).finish_non_exhaustive()
    }
}

/// The reason why a cassette cannot be written or read.
#[derive(Debug)]
pub struct CassetteError {
    path: PathBuf,
    line: usize,
    why: String,
}

impl fmt::Display for CassetteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = self.path.display();
        if self.line == 0 { write!(f, "{path}: {}", self.why) } else { write!(f, "{path}:{}: {}", self.line, self.why) }
    }
}

impl std::error::Error for CassetteError {}

/// The headers that are needed to decode responses; others may contain cookies.
const KEPT_HEADERS: [&str; 3] = ["content-type", "date", "retry-after"];

/// The names of the transport's failures in the file.
const FAILURES: [(&str, TransportErrorKind); 4] = [
    ("connect", TransportErrorKind::Connect),
    ("timeout", TransportErrorKind::Timeout),
    ("cut", TransportErrorKind::Cut),
    ("other", TransportErrorKind::Other),
];

impl Taped {
    /// Records an exchange with the content of secret elements masked, and adds the secrets to the veil.
    pub(crate) fn masked(request: &HttpRequest, outcome: &Result<HttpResponse, TransportError>, veil: &mut Veil) -> Self {
        let sent = text_of(&request.body).unwrap_or_default();
        veil.learn(&sent);
        let outcome = match outcome {
            Ok(response) => {
                let came = text(response);
                veil.learn(&came);
                Ok(kept(response, veil.draw(&came)))
            }
            Err(error) => Err(error.kind()),
        };
        Self { operation: operation(&sent).to_owned(), request: veil.draw(&sent), outcome }
    }

    /// Returns the exchange without the secrets that the veil has learned since.
    pub(crate) fn under(&self, veil: &Veil) -> Self {
        let mut taped = self.clone();
        taped.request = veil.draw(&taped.request);
        if let Ok(response) = &mut taped.outcome {
            response.body = veil.draw(&String::from_utf8_lossy(&response.body)).into_bytes();
        }
        taped
    }

    fn to_json(&self) -> Value {
        let (operation, request) = (&self.operation, &self.request);
        match &self.outcome {
            Ok(response) => {
                let headers: Map<String, Value> = response.headers.iter().map(|(name, value)| (name.clone(), json!(value))).collect();
                let (status, body) = (response.status, String::from_utf8_lossy(&response.body));
                json!({ "operation": operation, "request": request, "status": status, "headers": headers, "response": body })
            }
            Err(kind) => {
                let word = FAILURES.iter().find(|(_, known)| known == kind).map_or("other", |(word, _)| word);
                json!({ "operation": operation, "request": request, "failure": word })
            }
        }
    }

    fn from_json(line: &Value) -> Result<Self, String> {
        let text = |name: &str| line.get(name).and_then(Value::as_str).map(str::to_owned).ok_or_else(|| format!("{name:?} is missing"));
        let outcome = match line.get("failure").and_then(Value::as_str) {
            Some(word) => {
                let known = FAILURES.iter().find(|(known, _)| *known == word);
                Err(known.map(|(_, kind)| *kind).ok_or_else(|| format!("{word:?} is no failure"))?)
            }
            None => {
                let status = line.get("status").and_then(Value::as_u64).and_then(|status| u16::try_from(status).ok());
                let mut response = HttpResponse::new(status.ok_or("\"status\" is missing")?, text("response")?);
                for (name, value) in line.get("headers").and_then(Value::as_object).into_iter().flatten() {
                    response = response.with_header(name, value.as_str().unwrap_or_default());
                }
                Ok(response)
            }
        };
        Ok(Self { operation: text("operation")?, request: text("request")?, outcome })
    }
}

/// Returns the response as UTF-8, converted from the charset in its header.
fn text(response: &HttpResponse) -> String {
    let encoding = response.charset().and_then(|label| encoding_rs::Encoding::for_label(label.as_bytes()));
    match encoding {
        Some(encoding) if encoding != encoding_rs::UTF_8 => encoding.decode(&response.body).0.into_owned(),
        _ => text_of(&response.body).unwrap_or_default(),
    }
}

/// Returns the response as UTF-8, with only the headers that are kept.
fn kept(response: &HttpResponse, body: String) -> HttpResponse {
    let mut kept = HttpResponse::new(response.status, body);
    for name in KEPT_HEADERS {
        match response.header(name) {
            Some(_) if name == "content-type" => kept = kept.with_header(name, "text/xml;charset=UTF-8"),
            Some(value) => kept = kept.with_header(name, value),
            None => {}
        }
    }
    kept
}

/// Returns the last part of the request's `xsi:type`.
pub(crate) fn operation(request: &str) -> &str {
    let wire_type = request.split("java:").nth(1).and_then(|rest| rest.split('"').next()).unwrap_or_default();
    wire_type.rsplit('.').next().unwrap_or_default()
}

impl Cassette {
    /// Reads a cassette.
    ///
    /// # Errors
    ///
    /// Returns an error if the file cannot be read, or a line is not a line of a cassette.
    pub fn read(path: impl AsRef<Path>) -> Result<Self, CassetteError> {
        let path = path.as_ref();
        let fail = |line, why: String| CassetteError { path: path.to_owned(), line, why };
        let text = fs::read_to_string(path).map_err(|error| fail(0, error.to_string()))?;
        let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
        let exchange = |(index, line): (usize, &str)| {
            let value: Value = serde_json::from_str(line).map_err(|error| fail(index + 1, error.to_string()))?;
            Taped::from_json(&value).map_err(|why| fail(index + 1, why))
        };
        Ok(Self { exchanges: lines.map(exchange).collect::<Result<_, _>>()? })
    }

    /// Writes the cassette.
    ///
    /// It is first written to a temporary file in the same folder, which then replaces the target.
    ///
    /// # Errors
    ///
    /// Returns an error if the file cannot be written.
    pub fn write(&self, path: impl AsRef<Path>) -> Result<(), CassetteError> {
        let path = path.as_ref();
        let fail = |error: std::io::Error| CassetteError { path: path.to_owned(), line: 0, why: error.to_string() };
        let beside = path.with_extension(format!("{}.tmp", std::process::id()));
        let mut file = fs::File::create(&beside).map_err(fail)?;
        for exchange in &self.exchanges {
            writeln!(file, "{}", exchange.to_json()).map_err(fail)?;
        }
        file.sync_all().and_then(|()| fs::rename(&beside, path)).map_err(fail)
    }

    /// Returns the number of exchanges.
    #[must_use]
    pub fn len(&self) -> usize {
        self.exchanges.len()
    }

    /// Returns whether nothing was recorded.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.exchanges.is_empty()
    }
}
