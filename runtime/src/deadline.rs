//! The time by which a call must have ended, including login, waits and repeated attempts.

use std::time::{Duration, Instant};

/// The end of a call; `None` is never.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Deadline(Option<Instant>);

impl Deadline {
    /// Returns the deadline of a call that starts now.
    pub(crate) fn after(total: Duration) -> Self {
        Self(Instant::now().checked_add(total))
    }

    /// Returns the remaining time.
    pub(crate) fn left(self) -> Duration {
        self.0.map_or(Duration::MAX, |end| end.saturating_duration_since(Instant::now()))
    }
}
