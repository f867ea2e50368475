//! The only table of which failures allow the same call to be sent again. Errors, faults, the codes in `exceptions`, the waiting times of
//! `Retry`, the engine and the session all consult it.

/// What can be done about a failed call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Action {
    /// The call is not sent again.
    Nothing,
    /// The call is never sent again in any form, because repeated attempts lock the account.
    Never,
    /// The call is sent again.
    Repeat,
    /// The call is sent again, and all calls of the account wait until then.
    Pause,
    /// The call is sent again after a new login.
    LogIn,
}

impl Action {
    /// Returns whether the call is sent again as it is.
    pub(crate) const fn repeats(self) -> bool {
        matches!(self, Action::Repeat | Action::Pause)
    }
}

/// A kind of failure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Failure<'a> {
    /// The request could not be built.
    NotSent,
    /// No connection was established.
    Connect,
    /// The connection broke.
    Cut,
    /// The time limit was exceeded.
    Timeout,
    /// Another error of the transport.
    Transport,
    /// An HTTP status other than 200.
    Status(u16),
    /// All HTTP statuses without a row.
    AnyStatus,
    /// The response cannot be decoded.
    Undecodable,
    /// A fault that the client returned itself, because it knew how the service would answer.
    Foreseen,
    /// A fault with this code.
    Code(&'a str),
    /// All codes without a row.
    AnyCode,
}

impl Failure<'_> {
    /// Returns what can be done. `safe` says whether the operation changes nothing.
    pub(crate) fn action(self, safe: bool) -> Action {
        TABLE.iter().find(|row| row.matches(self)).map_or(Action::Nothing, |row| row.action(safe))
    }
}

/// What is known about the request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Request {
    /// It was not sent.
    NotSent,
    /// The service may have carried it out.
    MaybeDone,
    /// It was not carried out.
    Refused,
}

/// A row of the table.
#[derive(Debug, Clone, Copy)]
struct Row {
    failure: Failure<'static>,
    request: Request,
    /// The action, if the call cannot take effect twice.
    action: Action,
}

impl Row {
    fn matches(self, failure: Failure<'_>) -> bool {
        let is_any = matches!((self.failure, failure), (Failure::AnyStatus, Failure::Status(_)) | (Failure::AnyCode, Failure::Code(_)));
        is_any || self.failure == failure
    }

    /// Returns the action for an operation. A request that may have been carried out is not repeated, unless the operation changes nothing.
    const fn action(self, safe: bool) -> Action {
        match self.request {
            Request::MaybeDone if !safe => Action::Nothing,
            _ => self.action,
        }
    }
}

const fn row(failure: Failure<'static>, request: Request, action: Action) -> Row {
    Row { failure, request, action }
}

/// All failures. The first row that matches counts.
#[rustfmt::skip]
const TABLE: &[Row] = {
    use Action::{LogIn, Never, Nothing, Pause, Repeat};
    &[
        row(Failure::NotSent,        Request::NotSent,   Nothing),
        row(Failure::Connect,        Request::NotSent,   Repeat),
        row(Failure::Cut,            Request::MaybeDone, Repeat),
        row(Failure::Timeout,        Request::MaybeDone, Nothing),
        row(Failure::Transport,      Request::MaybeDone, Nothing),
        row(Failure::Status(429),    Request::Refused,   Pause),
        row(Failure::Status(502),    Request::MaybeDone, Repeat),
        row(Failure::Status(503),    Request::MaybeDone, Repeat),
        row(Failure::Status(504),    Request::MaybeDone, Repeat),
        row(Failure::AnyStatus,      Request::MaybeDone, Nothing),
        row(Failure::Undecodable,    Request::MaybeDone, Nothing),
        row(Failure::Foreseen,       Request::NotSent,   Nothing),
        row(Failure::Code("000035"), Request::Refused,   Repeat),
        row(Failure::Code("000045"), Request::Refused,   Pause),
        row(Failure::Code("030002"), Request::Refused,   Never),
        row(Failure::Code("030047"), Request::Refused,   LogIn),
        row(Failure::AnyCode,        Request::Refused,   Nothing),
    ]
};

/// Returns what can be done about a code of the service.
pub(crate) const fn action_for_code(code: &str) -> Action {
    let mut rest = TABLE;
    while let [row, more @ ..] = rest {
        if let Failure::Code(known) = row.failure
            && is_same(known.as_bytes(), code.as_bytes())
        {
            return row.action(false);
        }
        rest = more;
    }
    Action::Nothing
}

/// Compares two texts in constant code.
const fn is_same(one: &[u8], other: &[u8]) -> bool {
    match (one, other) {
        ([], []) => true,
        ([first, one @ ..], [second, other @ ..]) => *first == *second && is_same(one, other),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_failure_has_its_action() {
        use Action::{LogIn, Never, Nothing, Pause, Repeat};
        let cases = [
            (Failure::NotSent, Nothing, Nothing),
            (Failure::Connect, Repeat, Repeat),
            (Failure::Cut, Repeat, Nothing),
            (Failure::Timeout, Nothing, Nothing),
            (Failure::Transport, Nothing, Nothing),
            (Failure::Status(429), Pause, Pause),
            (Failure::Status(502), Repeat, Nothing),
            (Failure::Status(503), Repeat, Nothing),
            (Failure::Status(504), Repeat, Nothing),
            (Failure::Status(500), Nothing, Nothing),
            (Failure::Undecodable, Nothing, Nothing),
            (Failure::Foreseen, Nothing, Nothing),
            (Failure::Code("000035"), Repeat, Repeat),
            (Failure::Code("000045"), Pause, Pause),
            (Failure::Code("030002"), Never, Never),
            (Failure::Code("030047"), LogIn, LogIn),
            (Failure::Code("030001"), Nothing, Nothing),
        ];
        for (failure, safe, other) in cases {
            assert_eq!((failure.action(true), failure.action(false)), (safe, other), "{failure:?}");
        }
        assert_eq!(TABLE.len(), cases.len());
        for (row, (failure, ..)) in TABLE.iter().zip(cases) {
            let first = TABLE.iter().find(|row| row.matches(failure)).map(|row| row.failure);
            assert_eq!(first, Some(row.failure), "each row has a case of its own");
        }
    }

    #[test]
    fn codes_are_compared_as_a_whole() {
        for row in TABLE {
            if let Failure::Code(code) = row.failure {
                assert_eq!(action_for_code(code), row.action, "{code}");
            }
        }
        for code in ["0300020", "03000", "", "999999"] {
            assert_eq!(action_for_code(code), Action::Nothing, "{code}");
        }
    }

    /// The documentation of `Retry` has one line for each group of rows.
    #[test]
    fn the_documentation_has_every_row() {
        let page = include_str!("retry.rs");
        let words = |action: Action| match action {
            Action::Nothing => "no",
            Action::Never => "never",
            Action::Repeat => "yes",
            Action::Pause => "yes, after a pause of the account",
            Action::LogIn => "after a new login",
        };
        for row in TABLE {
            let failure = match row.failure {
                Failure::NotSent => "the request could not be built".to_owned(),
                Failure::Connect => "no connection".to_owned(),
                Failure::Cut => "a broken connection".to_owned(),
                Failure::Timeout => "a timeout".to_owned(),
                Failure::Transport => "another error of the transport".to_owned(),
                Failure::Status(status) => format!("HTTP {status}"),
                Failure::AnyStatus => "another HTTP status".to_owned(),
                Failure::Undecodable => "a response that cannot be decoded".to_owned(),
                Failure::Foreseen => "a fault that the client foresaw".to_owned(),
                Failure::Code(code) => code.to_owned(),
                Failure::AnyCode => "another code".to_owned(),
            };
            let request = match row.request {
                Request::NotSent => "not sent",
                Request::MaybeDone => "maybe carried out",
                Request::Refused => "refused",
            };
            let line = format!("/// | {failure} | {request} | {} | {} |\n", words(row.action(true)), words(row.action(false)));
            assert!(page.contains(&line), "the documentation of `Retry` needs the line {line}");
        }
    }
}
