//! In: the machine's time. Out: the site's time, which tests may put forward.
//! Not here: time zones; the API's dates have none.

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
}
