//! In: the machine's time. Out: the site's time, which tests may put forward, as number and as the API's dates in GMT.
//! Not here: other time zones (`zones`).

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use super::Zone;

/// The time at the site.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Clock {
    ahead: Duration,
}

impl Clock {
    /// Milliseconds since 1970, as `createTime` counts them.
    pub(crate) fn now_ms(self) -> i64 {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        i64::try_from(since.saturating_add(self.ahead).as_millis()).unwrap_or(i64::MAX)
    }

    pub(crate) fn advance(&mut self, by: Duration) {
        self.ahead = self.ahead.saturating_add(by);
    }

    /// By how much it was put forward.
    pub(crate) fn ahead(self) -> Duration {
        self.ahead
    }
}

/// `MM/DD/YYYY hh:mm:ss` in GMT, the form of dates in the API.
pub(crate) fn api_date(ms: i64) -> String {
    Zone::GMT.date(ms)
}

/// `hh:mm:ss` in GMT.
pub(crate) fn time_of_day(ms: i64) -> String {
    Zone::GMT.date(ms).split_off("MM/DD/YYYY ".len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_of_the_api() {
        assert_eq!(api_date(0), "01/01/1970 00:00:00");
        assert_eq!(api_date(1_431_725_387_202), "05/15/2015 21:29:47");
        assert_eq!(api_date(951_782_400_000), "02/29/2000 00:00:00");
        assert_eq!(api_date(-1000), "12/31/1969 23:59:59");
        assert_eq!(time_of_day(1_431_725_387_202), "21:29:47");
        assert_eq!(api_date(i64::MAX), "12/30/9999 22:00:00");
    }
}
