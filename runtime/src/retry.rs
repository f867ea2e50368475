//! Decides how long to wait before a call is repeated; which calls may be repeated is in `repeat`. The clock and the random number are
//! passed in, so the calculation is pure. The waiting and the sending are done in `engine`; the rate limit for each account is in `rate`.

use std::time::Duration;

use crate::error::Error;

/// The rule for repeating calls, which only repeats a call that cannot take effect twice.
///
/// | failure | request | operations that change nothing | other operations |
/// |---|---|---|---|
/// | the request could not be built | not sent | no | no |
/// | no connection | not sent | yes | yes |
/// | a broken connection | maybe carried out | yes | no |
/// | a timeout | maybe carried out | no | no |
/// | another error of the transport | maybe carried out | no | no |
/// | HTTP 429 | refused | yes, after a pause of the account | yes, after a pause of the account |
/// | HTTP 502 | maybe carried out | yes | no |
/// | HTTP 503 | maybe carried out | yes | no |
/// | HTTP 504 | maybe carried out | yes | no |
/// | another HTTP status | maybe carried out | no | no |
/// | a response that cannot be decoded | maybe carried out | no | no |
/// | a fault that the client foresaw | not sent | no | no |
/// | 000035 | refused | yes | yes |
/// | 000045 | refused | yes, after a pause of the account | yes, after a pause of the account |
/// | 030002 | refused | never | never |
/// | 030047 | refused | after a new login | after a new login |
/// | another code | refused | no | no |
///
/// "No" means that the same call fails again, or that it may have been carried out. 030002 (wrong password) is never repeated, because
/// repeated attempts lock the account; a [`Session`](crate::Session) does not send that password again. Only a session logs in again, once
/// for each call. During a pause of the account, all calls of the [`RateLimit`](crate::RateLimit) for that account wait.
///
/// The waiting time doubles from [`Retry::base`] up to [`Retry::longest`]. Each is shortened at random, at most by half, so that clients
/// that failed together do not return together. `Retry-After` can make a wait longer. A wait that would exceed the call's total time limit
/// is not started: the call ends with the current error.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Retry {
    attempts: u32,
    base: Duration,
    longest: Duration,
}

impl Retry {
    /// Creates a rule with a single attempt.
    #[must_use]
    pub const fn never() -> Self {
        Self { attempts: 1, base: Duration::ZERO, longest: Duration::ZERO }
    }

    /// Creates a rule with three attempts, and about a quarter and half a second between them.
    #[must_use]
    pub const fn standard() -> Self {
        Self { attempts: 3, base: Duration::from_millis(250), longest: Duration::from_secs(10) }
    }

    /// Sets the number of attempts, including the first; 0 counts as 1.
    #[must_use]
    pub const fn attempts(mut self, attempts: u32) -> Self {
        self.attempts = attempts;
        self
    }

    /// Sets the waiting time after the first attempt.
    #[must_use]
    pub const fn base(mut self, base: Duration) -> Self {
        self.base = base;
        self
    }

    /// Sets the longest waiting time. `Retry-After` can require a longer one.
    #[must_use]
    pub const fn longest(mut self, longest: Duration) -> Self {
        self.longest = longest;
        self
    }

    /// Returns how long to wait after the attempt with this number, counted from 1; `None` if it was the last.
    ///
    /// `safe` says whether the operations change nothing, `left` is the remaining time of the call, and `chance` is a random number from 0
    /// to 1.
    #[must_use]
    pub fn wait(&self, attempt: u32, error: &Error, safe: bool, left: Duration, chance: f64) -> Option<Duration> {
        if attempt >= self.attempts || !error.action(safe).repeats() {
            return None;
        }
        let doubled = 2_u32.checked_pow(attempt.saturating_sub(1)).and_then(|times| self.base.checked_mul(times));
        let whole = doubled.unwrap_or(self.longest).min(self.longest);
        let wait = whole.mul_f64(0.5 + chance.clamp(0.0, 1.0) / 2.0).max(error.retry_after().unwrap_or_default());
        (wait < left).then_some(wait)
    }
}

impl Default for Retry {
    fn default() -> Self {
        Self::standard()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::{HttpStatus, MaybeSent, TransportError, TransportErrorKind};

    const LONG: Duration = Duration::from_secs(60);

    fn cut(kind: TransportErrorKind) -> Error {
        Error::MaybeSent(MaybeSent { operation: "op", source: TransportError::new(kind, "why") })
    }

    fn status(status: u16, retry_after: Option<u64>) -> Error {
        let retry_after = retry_after.map(Duration::from_secs);
        Error::HttpStatus(HttpStatus { operation: "op", status, retry_after, excerpt: String::new() })
    }

    #[test]
    fn waits_double_are_capped_and_jittered() {
        let retry = Retry::standard().attempts(9).base(Duration::from_secs(1)).longest(Duration::from_secs(5));
        let error = cut(TransportErrorKind::Connect);
        let wait = |attempt, chance| retry.wait(attempt, &error, false, LONG, chance).map(|wait| wait.as_millis());
        assert_eq!([wait(1, 1.0), wait(2, 1.0), wait(3, 1.0), wait(4, 1.0)], [Some(1000), Some(2000), Some(4000), Some(5000)]);
        assert_eq!([wait(1, 0.0), wait(2, 0.5), wait(8, 0.0), wait(9, 1.0)], [Some(500), Some(1500), Some(2500), None]);
    }

    #[test]
    fn retry_after_counts_and_the_time_limit_too() {
        let retry = Retry::standard();
        assert_eq!(retry.wait(1, &status(429, Some(30)), false, LONG, 0.0), Some(Duration::from_secs(30)));
        assert_eq!(retry.wait(1, &status(429, Some(90)), false, LONG, 0.0), None);
        assert_eq!(retry.wait(1, &status(429, None), false, Duration::from_millis(100), 1.0), None);
        assert_eq!(retry.wait(1, &status(503, None), false, LONG, 0.0), None, "it may have been carried out");
        assert_eq!(Retry::never().wait(1, &status(429, None), true, LONG, 0.0), None);
    }
}
