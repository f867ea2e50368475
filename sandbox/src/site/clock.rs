//! In: the machine's time. Out: the site's time, which tests may put forward, as number and as the API's dates.
//! Not here: time zones; the API's dates have none, and here they are in UTC.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

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

/// `MM/DD/YYYY hh:mm:ss`, the form of dates in the API.
pub(crate) fn api_date(ms: i64) -> String {
    let (days, second) = (ms.div_euclid(86_400_000), ms.rem_euclid(86_400_000) / 1000);
    let (year, month, day) = civil(days);
    format!("{month:02}/{day:02}/{year:04} {:02}:{:02}:{:02}", second / 3600, second / 60 % 60, second % 60)
}

/// `hh:mm:ss`
pub(crate) fn time_of_day(ms: i64) -> String {
    let second = ms.rem_euclid(86_400_000) / 1000;
    format!("{:02}:{:02}:{:02}", second / 3600, second / 60 % 60, second % 60)
}

/// Year, month and day of a day counted from 1970, in the Gregorian calendar; eras are of 400 years and begin in March.
fn civil(days: i64) -> (i64, i64, i64) {
    let days = days.saturating_add(719_468);
    let (era, day_of_era) = (days.div_euclid(146_097), days.rem_euclid(146_097));
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let march_month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * march_month + 2) / 5 + 1;
    let month = if march_month < 10 { march_month + 3 } else { march_month - 9 };
    (year_of_era + era * 400 + i64::from(month <= 2), month, day)
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
    }
}
