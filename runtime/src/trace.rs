//! The `tracing` spans of calls and attempts, with operation, site, attempt, duration and result code. Without the feature `tracing`,
//! nothing is recorded. A span never contains a body, a user or an address.

use std::future::Future;

use crate::core::Answers;
use crate::error::Error;

#[cfg(feature = "tracing")]
mod spans {
    use std::time::{Duration, Instant};

    use tracing::field::Empty;
    use tracing::{Instrument as _, Span};

    use super::{Answers, Error, Future, code};

    /// The span of a call: `webex_xml.call`.
    pub(crate) struct Call {
        span: Span,
        start: Instant,
    }

    impl Call {
        pub(crate) fn begin(operation: &'static str, site: &str) -> Self {
            let span = tracing::info_span!("webex_xml.call", operation, site, attempts = Empty, duration_ms = Empty, result = Empty);
            Self { span, start: Instant::now() }
        }

        pub(crate) async fn run<T>(&self, call: impl Future<Output = T>) -> T {
            call.instrument(self.span.clone()).await
        }

        /// Runs an attempt in its own span: `webex_xml.attempt`.
        pub(crate) async fn attempt(&self, attempt: u32, sending: impl Future<Output = Result<Answers, Error>>) -> Result<Answers, Error> {
            self.span.record("attempts", attempt);
            let span = tracing::debug_span!(parent: &self.span, "webex_xml.attempt", attempt, duration_ms = Empty, result = Empty);
            let start = Instant::now();
            let outcome = sending.instrument(span.clone()).await;
            span.record("duration_ms", milliseconds(start.elapsed())).record("result", code(&outcome).as_str());
            outcome
        }

        pub(crate) fn end(&self, outcome: &Result<Answers, Error>) {
            let code = code(outcome);
            self.span.record("duration_ms", milliseconds(self.start.elapsed())).record("result", code.as_str());
            let _entered = self.span.enter();
            if code == "SUCCESS" {
                tracing::debug!("answered");
            } else {
                tracing::warn!(result = code, "failed");
            }
        }
    }

    fn milliseconds(time: Duration) -> u64 {
        u64::try_from(time.as_millis()).unwrap_or(u64::MAX)
    }
}

#[cfg(not(feature = "tracing"))]
mod spans {
    use super::{Answers, Error, Future};

    pub(crate) struct Call;

    impl Call {
        pub(crate) fn begin(_operation: &'static str, _site: &str) -> Self {
            Self
        }

        pub(crate) async fn run<T>(&self, call: impl Future<Output = T>) -> T {
            call.await
        }

        pub(crate) async fn attempt(&self, _attempt: u32, sending: impl Future<Output = Result<Answers, Error>>) -> Result<Answers, Error> {
            sending.await
        }

        pub(crate) fn end(&self, _outcome: &Result<Answers, Error>) {}
    }
}

pub(crate) use spans::Call;

/// Returns `SUCCESS`, the code of a fault, or a word for the stage that failed.
#[cfg_attr(not(feature = "tracing"), allow(dead_code, reason = "only spans tell it"))]
fn code(outcome: &Result<Answers, Error>) -> String {
    let error = match outcome {
        Err(error) => Some(error),
        Ok(answers) => answers.iter().find_map(|answer| answer.as_ref().err()),
    };
    match error {
        None => "SUCCESS".to_owned(),
        Some(Error::Fault(fault)) => fault.exception_id.chars().filter(char::is_ascii_alphanumeric).take(12).collect(),
        Some(Error::HttpStatus(status)) => format!("HTTP {}", status.status),
        Some(Error::NotSent(_)) => "not sent".to_owned(),
        Some(Error::MaybeSent(error)) => error.source.kind().to_string(),
        Some(Error::Undecodable(_)) => "not readable".to_owned(),
    }
}
