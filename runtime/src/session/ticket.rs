//! A session ticket that knows when it ends and when to renew it. The current time is passed in, so the calculation is pure. The ticket is
//! obtained in `session`.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use webex_xml_types::user::AuthenticateUserResponse;
use xsdgen_codec::Secret;

/// The lifetime of a ticket if the response does not say; it is the lifetime in the release's samples.
const USUAL: Duration = Duration::from_secs(5400);

/// A ticket is renewed in the last tenth of its life, and five minutes before its end at the earliest.
const EARLIEST: Duration = Duration::from_secs(300);

/// A session ticket with its end and its time of renewal.
///
/// It can be stored and passed to another [`Session`](crate::Session) with [`Session::with_ticket`](crate::Session::with_ticket).
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Ticket {
    /// The ticket itself.
    pub secret: Secret,
    /// The time at which the ticket ends, by this machine's clock.
    pub ends: SystemTime,
    /// The time from which the ticket is to be renewed.
    pub renew: SystemTime,
}

impl Ticket {
    /// Creates a ticket with the given end.
    pub fn new(secret: impl Into<Secret>, ends: SystemTime) -> Self {
        Self { secret: secret.into(), ends, renew: ends.checked_sub(EARLIEST).unwrap_or(ends) }
    }

    /// Creates the ticket from a response received at `now`, with its `createTime` (milliseconds since 1970, by the site's clock) and
    /// `timeToLive` (seconds).
    ///
    /// The clocks of the site and the machine may differ. The ticket therefore lasts at most its full lifetime from now. If, by the site's
    /// clock, it would already have ended, the clocks must differ, and the full lifetime is assumed.
    pub(crate) fn issued(answer: AuthenticateUserResponse, now: SystemTime) -> Self {
        let life = answer.time_to_live.and_then(|seconds| u64::try_from(seconds).ok()).map_or(USUAL, Duration::from_secs);
        let latest = now.checked_add(life).unwrap_or(now);
        let told = answer.create_time.and_then(|moment| u64::try_from(moment.milliseconds()?).ok()).map(Duration::from_millis);
        let by_site = told.and_then(|since| UNIX_EPOCH.checked_add(since)?.checked_add(life)).filter(|ends| *ends > now);
        let ends = by_site.map_or(latest, |ends| ends.min(latest));
        let renew = ends.checked_sub(EARLIEST.min(life / 10)).unwrap_or(ends);
        Self { secret: answer.session_ticket, ends, renew }
    }

    pub(crate) fn is_fresh(&self, now: SystemTime) -> bool {
        now < self.renew
    }

    pub(crate) fn is_alive(&self, now: SystemTime) -> bool {
        now < self.ends
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: SystemTime = UNIX_EPOCH;

    fn now() -> SystemTime {
        NOW + Duration::from_secs(1_431_725_387)
    }

    fn issued(create_ms: Option<i64>, ttl: Option<i64>) -> u64 {
        let mut answer = AuthenticateUserResponse::new("t");
        (answer.create_time, answer.time_to_live) = (create_ms.map(Into::into), ttl);
        Ticket::issued(answer, now()).ends.duration_since(now()).unwrap().as_secs()
    }

    #[test]
    fn the_end_is_create_time_and_time_to_live() {
        assert_eq!(issued(Some(1_431_725_387_000), Some(5400)), 5400);
        assert_eq!(issued(Some(1_431_725_387_000 - 400_000), Some(5400)), 5000);
    }

    #[test]
    fn clocks_that_differ_do_no_harm() {
        assert_eq!(issued(Some(1_431_725_387_000 + 900_000), Some(5400)), 5400, "the site's clock is ahead");
        assert_eq!(issued(Some(1_431_725_387_000 - 9_000_000), Some(5400)), 5400, "it is far behind");
        for odd in [None, Some(-1), Some(i64::MIN), Some(i64::MAX)] {
            assert_eq!(issued(odd, Some(60)), 60);
            assert_eq!(issued(odd, None), 5400);
        }
        assert_eq!(issued(None, Some(-5)), 5400);
    }

    #[test]
    fn it_is_renewed_before_it_ends() {
        let ticket = Ticket::issued(AuthenticateUserResponse::new("t"), now());
        assert!(ticket.is_fresh(now() + Duration::from_secs(5099)) && !ticket.is_fresh(now() + Duration::from_secs(5100)));
        let mut short = AuthenticateUserResponse::new("t");
        short.time_to_live = Some(100);
        let ticket = Ticket::issued(short, now());
        assert!(ticket.is_fresh(now() + Duration::from_secs(89)) && !ticket.is_fresh(now() + Duration::from_secs(90)));
        assert!(ticket.is_alive(now() + Duration::from_secs(99)) && !ticket.is_alive(now() + Duration::from_secs(100)));
        assert!(!format!("{:?}", Ticket::new("canary", now())).contains("canary"));
    }
}
