//! The failure of a command, made from the errors of all its stages, with its exit status and its text or JSON form. It is printed in
//! `console`; problems of a single value are described in `explain`.

use std::fmt;

use serde_json::{Map, Value, json};
use webex_xml::{Error, Fault, NotSent, NotSentKind, TransportErrorKind, Undecodable};

/// The exit status if the command line or the request is wrong, or the request cannot be sent.
pub(crate) const WRONG: u8 = 2;
/// The exit status if the service refuses the call.
const REFUSED: u8 = 1;
/// The exit status if there is no answer, the answer cannot be read, or the output cannot be written.
pub(crate) const NO_ANSWER: u8 = 3;

/// The place of a problem.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Place {
    /// The name of the file on the command line.
    pub(crate) file: Option<String>,
    /// Line and column in characters, from 1.
    pub(crate) position: Option<(u32, u32)>,
    /// The field: `createMeeting.participants.attendees.attendee[1].person`.
    pub(crate) path: String,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(file) = &self.file {
            f.write_str(file)?;
        }
        match (&self.file, self.position) {
            // The text of an option is not a file.
            (Some(file), Some((line, column))) if file.starts_with("--") => write!(f, ": line {line}, column {column}")?,
            (Some(_), Some((line, column))) => write!(f, ":{line}:{column}")?,
            (None, Some((line, column))) => write!(f, "{line}:{column}")?,
            (_, None) => {}
        }
        let before = self.file.is_some() || self.position.is_some();
        write!(f, "{}{}", if before && !self.path.is_empty() { ": " } else { "" }, self.path)
    }
}

/// A single problem.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Problem {
    /// A code for programs, or the exception ID of the service.
    pub(crate) code: String,
    pub(crate) message: String,
    pub(crate) place: Option<Box<Place>>,
    /// A hint on how to solve the problem.
    pub(crate) help: Option<String>,
}

impl Problem {
    pub(crate) fn new(code: &str, message: impl Into<String>) -> Self {
        Self { code: code.to_owned(), message: message.into(), place: None, help: None }
    }

    pub(crate) fn at(mut self, place: Place) -> Self {
        self.place = Some(Box::new(place));
        self
    }

    /// Adds the path of a field without a position.
    pub(crate) fn at_path(self, path: impl Into<String>) -> Self {
        self.at(Place { path: path.into(), ..Place::default() })
    }

    pub(crate) fn with_help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    fn to_json(&self) -> Map<String, Value> {
        let place = self.place.as_ref().map_or(Value::Null, |place| {
            let mut map = Map::new();
            if let Some(file) = &place.file {
                map.insert("file".to_owned(), json!(file));
            }
            if let Some((line, column)) = place.position {
                map.insert("line".to_owned(), json!(line));
                map.insert("column".to_owned(), json!(column));
            }
            map.insert("path".to_owned(), json!(place.path));
            Value::Object(map)
        });
        let mut map = Map::new();
        map.insert("code".to_owned(), json!(self.code));
        map.insert("message".to_owned(), json!(self.message));
        map.insert("place".to_owned(), place);
        if let Some(help) = &self.help {
            map.insert("help".to_owned(), json!(help));
        }
        map
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.place {
            Some(place) => write!(f, "{place}: {}", self.message)?,
            None => f.write_str(&self.message)?,
        }
        self.help.iter().try_for_each(|help| write!(f, "\n  {help}"))
    }
}

/// The failure of a command: one or more problems.
#[derive(Debug)]
pub(crate) struct Failure {
    pub(crate) status: u8,
    problems: Vec<Problem>,
    /// Further members of the JSON.
    more: Map<String, Value>,
}

impl Failure {
    pub(crate) fn new(status: u8, problem: Problem) -> Self {
        Self { status, problems: vec![problem], more: Map::new() }
    }

    /// Returns an error if there are problems.
    pub(crate) fn of_request(problems: Vec<Problem>) -> Result<(), Self> {
        if problems.is_empty() { Ok(()) } else { Err(Self { status: WRONG, problems, more: Map::new() }) }
    }

    /// Looks up the place of each problem that has only a path.
    pub(crate) fn locate(&mut self, place: impl Fn(&str) -> Option<Place>) {
        for known in self.problems.iter_mut().filter_map(|problem| problem.place.as_mut()) {
            if let Some(found) = place(&known.path).filter(|_| known.position.is_none()) {
                **known = found;
            }
        }
    }

    /// Returns `{"error": {"status", "code", "message", "place", ...}}`, with further problems in `more`.
    pub(crate) fn to_json(&self) -> Value {
        let mut error = Map::new();
        error.insert("status".to_owned(), json!(self.status));
        let mut problems = self.problems.iter().map(Problem::to_json);
        error.extend(problems.next().unwrap_or_default());
        error.extend(self.more.clone());
        let rest: Vec<Value> = problems.map(Value::Object).collect();
        if !rest.is_empty() {
            error.insert("more".to_owned(), Value::Array(rest));
        }
        json!({ "error": error })
    }

    /// Returns the problems as text.
    pub(crate) fn lines(&self) -> impl Iterator<Item = String> {
        self.problems.iter().map(Problem::to_string)
    }
}

impl From<Problem> for Failure {
    fn from(problem: Problem) -> Self {
        Self::new(WRONG, problem)
    }
}

impl From<String> for Failure {
    /// Converts the message of an error in the command line.
    fn from(message: String) -> Self {
        Problem::new("usage", message).into()
    }
}

/// Describes the error of a call in terms of the command line.
pub(crate) fn of_call(error: &Error, url: &str, timeout: u64) -> Failure {
    match error {
        Error::Fault(fault) => of_fault(fault),
        Error::NotSent(error) => Failure::new(WRONG, of_not_sent(error)),
        Error::MaybeSent(sent) => Failure::new(NO_ANSWER, of_transport(error, sent.source.kind(), url, timeout)),
        Error::HttpStatus(status) => {
            let mut failure =
                Failure::new(NO_ANSWER, Problem::new("http-status", error.to_string()).with_help(format!("the address is {url}")));
            failure.more.insert("http_status".to_owned(), json!(status.status));
            failure
        }
        Error::Undecodable(answer) => Failure::new(NO_ANSWER, of_answer(answer)),
        _ => Failure::new(NO_ANSWER, Problem::new("call", error.to_string())),
    }
}

fn of_fault(fault: &Fault) -> Failure {
    let kind = fault.kind();
    let mut problem = Problem::new(&fault.exception_id, fault.to_string());
    let mut more = Map::new();
    more.insert("operation".to_owned(), json!(fault.operation));
    more.insert("reason".to_owned(), json!(fault.reason));
    if let Some(known) = kind.exception() {
        problem = problem.with_help(format!("{} {}: {} Repeat: {}.", known.code, known.name, known.meaning, known.advice));
        more.insert("name".to_owned(), json!(known.name));
    }
    let causes = fault.sub_errors.iter().map(|cause| json!({ "code": cause.exception_id, "reason": cause.reason, "value": cause.value }));
    let causes: Vec<Value> = causes.collect();
    if !causes.is_empty() {
        more.insert("sub_errors".to_owned(), json!(causes));
    }
    more.insert("sent".to_owned(), json!(fault.sent));
    Failure { status: REFUSED, problems: vec![problem], more }
}

fn of_not_sent(error: &NotSent) -> Problem {
    let (code, help) = match error.kind {
        NotSentKind::PlainHttp => {
            let message = format!("{} was not sent: http: sends credentials unencrypted", error.operation);
            return Problem::new("site", message).with_help("use https:, or allow it with --plain-http");
        }
        NotSentKind::SiteNameMissing => ("site", Some("add --site NAME, such as acme of acme.webex.com")),
        NotSentKind::InvalidSite => ("site", Some("--site takes a name such as acme, --url an address such as https://acme.webex.com")),
        NotSentKind::InvalidCredentials | NotSentKind::NoProof => ("credentials", None),
        NotSentKind::InvalidRequest => ("request", None),
        _ => ("not-sent", None),
    };
    let problem = Problem::new(code, error.to_string());
    match help {
        Some(help) => problem.with_help(help),
        None => problem,
    }
}

fn of_transport(error: &Error, kind: TransportErrorKind, url: &str, timeout: u64) -> Problem {
    match kind {
        TransportErrorKind::Connect => Problem::new("no-connection", error.to_string()).with_help(format!("the address is {url}")),
        TransportErrorKind::Timeout => {
            Problem::new("timeout", error.to_string()).with_help(format!("--timeout {timeout} is the time limit in seconds"))
        }
        TransportErrorKind::Cut => Problem::new("connection-cut", error.to_string()),
        _ => Problem::new("transport", error.to_string()),
    }
}

fn of_answer(answer: &Undecodable) -> Problem {
    let message = format!("the answer to {} could not be read: {}", answer.operation, answer.message);
    let problem = Problem::new("unreadable-answer", message);
    match &answer.place {
        Some(place) => {
            let position = (place.line > 0).then_some((place.line, place.column));
            problem.at(Place { file: Some("answer".to_owned()), position, path: place.path.clone() })
        }
        None => problem,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_read_as_compilers_write_them() {
        let place =
            |file: Option<&str>, position, path: &str| Place { file: file.map(str::to_owned), position, path: path.to_owned() }.to_string();
        assert_eq!(place(Some("a.xml"), Some((3, 7)), "getUser.webExId"), "a.xml:3:7: getUser.webExId");
        assert_eq!(place(Some("a.xml"), None, ""), "a.xml");
        assert_eq!(place(None, None, "getUser"), "getUser");
    }

    #[test]
    fn json_has_code_message_and_place() {
        let problems = vec![
            Problem::new("value", "x is not a whole number").at_path("getSessionInfo.sessionKey").with_help("do"),
            Problem::new("missing", "y is required"),
        ];
        let told = Failure::of_request(problems).unwrap_err().to_json();
        assert_eq!(told["error"]["code"], "value");
        assert_eq!(told["error"]["place"]["path"], "getSessionInfo.sessionKey");
        assert_eq!((&told["error"]["status"], &told["error"]["more"][0]["place"]), (&json!(2), &Value::Null));
    }
}
