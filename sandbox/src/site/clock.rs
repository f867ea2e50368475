//! Provides the time of the site, which tests can advance, and formats it as the API does, in GMT. The module `zones` handles other time
//! zones.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use super::Zone;

/// The clock of the site.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Clock {
    ahead: Duration,
}

impl Clock {
    /// Returns the milliseconds since 1970, the unit of `createTime`.
    pub(crate) fn now_ms(self) -> i64 {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        i64::try_from(since.saturating_add(self.ahead).as_millis()).unwrap_or(i64::MAX)
    }

    pub(crate) fn advance(&mut self, by: Duration) {
        self.ahead = self.ahead.saturating_add(by);
    }

    /// Returns by how much the clock was advanced.
    pub(crate) fn ahead(self) -> Duration {
        self.ahead
    }
}

/// Returns the time as `MM/DD/YYYY hh:mm:ss` in GMT, the date format of the API.
pub(crate) fn api_date(ms: i64) -> String {
    Zone::GMT.date(ms)
}

/// Returns the time of day as `hh:mm:ss` in GMT.
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
