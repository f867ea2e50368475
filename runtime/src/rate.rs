//! Limits the rate of calls for each account, and calculates how long a call must wait. The algorithm is a leaking bucket (the "generic
//! cell rate algorithm"); the current time is passed in, so the calculation is pure. The waiting is done in `engine`.

use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use async_lock::{Semaphore, SemaphoreGuardArc};

/// A limit on the calls of each account: their number in a period, and their number at the same time.
///
/// Accounts are distinguished by site and user. Clones of a limit share their counts, including clones given to different clients. Releases
/// after 9.0 refuse calls above a limit with 000045. Calling the service many times in parallel for one account has never been observed to
/// be faster.
///
/// ```
/// use std::time::Duration;
/// use webex_xml::RateLimit;
///
/// let limit = RateLimit::new(60, Duration::from_secs(60)).burst(5).at_once(2);
/// # let _ = limit;
/// ```
#[derive(Clone)]
pub struct RateLimit {
    interval: Duration,
    burst: u32,
    at_once: Option<usize>,
    accounts: Arc<Mutex<HashMap<String, Arc<Account>>>>,
}

/// The state of one account.
struct Account {
    /// The time at which the bucket is empty again.
    empty_at: Mutex<Option<Instant>>,
    places: Option<Arc<Semaphore>>,
}

/// A slot among the calls that run at the same time; it is released when dropped.
#[derive(Debug)]
pub(crate) struct Permit {
    _place: Option<SemaphoreGuardArc>,
}

impl RateLimit {
    /// Allows this number of calls in this period for each account, evenly spread: 60 in a minute means one each second.
    ///
    /// A number of 0 counts as 1.
    #[must_use]
    pub fn new(calls: u32, time: Duration) -> Self {
        Self { interval: time / calls.max(1), burst: 1, at_once: None, accounts: Arc::default() }
    }

    /// Allows this number of calls in immediate succession after an idle period.
    #[must_use]
    pub fn burst(mut self, calls: u32) -> Self {
        self.burst = calls.max(1);
        self
    }

    /// Allows this number of calls to run at the same time.
    #[must_use]
    pub fn at_once(mut self, calls: usize) -> Self {
        self.at_once = Some(calls.max(1));
        self.accounts = Arc::default();
        self
    }

    fn account(&self, name: &str, now: Instant) -> Arc<Account> {
        const MANY: usize = 1024;
        let mut accounts = self.accounts.lock().unwrap_or_else(PoisonError::into_inner);
        if accounts.len() > MANY {
            accounts.retain(|_, account| Arc::strong_count(account) > 1 || account.is_busy(now));
        }
        let new = || Account { empty_at: Mutex::default(), places: self.at_once.map(|calls| Arc::new(Semaphore::new(calls))) };
        Arc::clone(accounts.entry(name.to_owned()).or_insert_with(|| Arc::new(new())))
    }

    /// Reserves a slot and returns how long the call must wait. Returns `None` and reserves nothing if that is longer than `most`.
    pub(crate) fn reserve(&self, name: &str, now: Instant, most: Duration) -> Option<Duration> {
        let account = self.account(name, now);
        let mut empty_at = account.empty_at.lock().unwrap_or_else(PoisonError::into_inner);
        let (wait, next) = fill(*empty_at, now, self.interval, self.burst);
        if wait > most {
            return None;
        }
        *empty_at = Some(next);
        Some(wait)
    }

    /// Waits until the number of running calls of the account is below the limit.
    pub(crate) async fn enter(&self, name: &str) -> Permit {
        let places = self.account(name, Instant::now()).places.clone();
        Permit {
            _place: match places {
                Some(places) => Some(places.acquire_arc().await),
                None => None,
            },
        }
    }

    /// Blocks new calls of the account for the given time, because the service reported too many calls.
    pub(crate) fn pause(&self, name: &str, now: Instant, time: Duration) {
        let account = self.account(name, now);
        let mut empty_at = account.empty_at.lock().unwrap_or_else(PoisonError::into_inner);
        let full = now + time + self.interval * self.burst.saturating_sub(1);
        *empty_at = Some(empty_at.map_or(full, |known| known.max(full)));
    }
}

/// Adds a call to the bucket; returns how long the call must wait and when the bucket will be empty.
fn fill(empty_at: Option<Instant>, now: Instant, interval: Duration, burst: u32) -> (Duration, Instant) {
    let next = empty_at.map_or(now, |at| at.max(now)) + interval;
    let ahead = next.saturating_duration_since(now);
    (ahead.saturating_sub(interval * burst), next)
}

impl Account {
    fn is_busy(&self, now: Instant) -> bool {
        self.empty_at.lock().unwrap_or_else(PoisonError::into_inner).is_some_and(|at| at > now)
    }
}

impl fmt::Debug for RateLimit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RateLimit")
            .field("interval", &self.interval)
            .field("burst", &self.burst)
            .field("at_once", &self.at_once)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: Duration = Duration::from_secs(1);

    #[test]
    fn calls_are_spread_after_a_burst() {
        let limit = RateLimit::new(60, Duration::from_secs(60)).burst(3);
        let start = Instant::now();
        let waits: Vec<_> = (0..5).map(|_| limit.reserve("jane", start, SECOND * 60).unwrap().as_secs()).collect();
        assert_eq!(waits, [0, 0, 0, 1, 2]);
        assert_eq!(limit.clone().reserve("jane", start, SECOND * 60), Some(SECOND * 3), "clones count together");
        assert_eq!(limit.reserve("john", start, SECOND), Some(Duration::ZERO), "accounts do not");
        assert_eq!(limit.reserve("jane", start + SECOND * 60, SECOND), Some(Duration::ZERO), "a quiet time empties the bucket");
    }

    #[test]
    fn a_call_that_cannot_wait_takes_nothing() {
        let limit = RateLimit::new(1, SECOND * 10);
        let start = Instant::now();
        assert_eq!(limit.reserve("jane", start, SECOND), Some(Duration::ZERO));
        assert_eq!(limit.reserve("jane", start, SECOND), None);
        assert_eq!(limit.reserve("jane", start, SECOND * 20), Some(SECOND * 10));
    }

    #[test]
    fn a_pause_holds_all_calls_of_the_account() {
        let limit = RateLimit::new(10, SECOND).burst(4);
        let start = Instant::now();
        limit.pause("jane", start, SECOND * 5);
        assert!(limit.reserve("jane", start, SECOND * 60) > Some(SECOND * 4));
        assert_eq!(limit.reserve("john", start, SECOND), Some(Duration::ZERO));
    }

    #[test]
    fn places_are_given_back() {
        let limit = RateLimit::new(1000, SECOND).at_once(1);
        let permit = pollster::block_on(limit.enter("jane"));
        let places = limit.account("jane", Instant::now()).places.clone().unwrap();
        assert!(places.try_acquire_arc().is_none());
        drop(permit);
        assert!(places.try_acquire_arc().is_some());
    }
}
