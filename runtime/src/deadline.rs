//! The time by which a call must have ended, including login, waits and repeated attempts.

use std::time::{Duration, Instant};

use xsdgen_codec::ReadOptions;

/// The end of a call; `None` is never.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Deadline(Option<Instant>);

impl Deadline {
    /// Returns the deadline of a call that starts now.
    pub(crate) fn after(total: Duration) -> Self {
        Self(Instant::now().checked_add(total))
    }

    /// The deadline that never comes.
    pub(crate) const NEVER: Self = Self(None);

    /// Returns the options of reading with this deadline.
    pub(crate) fn limit(self, options: ReadOptions) -> ReadOptions {
        match self.0 {
            Some(end) => options.deadline(end),
            None => options,
        }
    }

    /// Returns whether the deadline has passed.
    pub(crate) fn has_passed(self) -> bool {
        self.0.is_some_and(|end| Instant::now() >= end)
    }

    /// Returns the remaining time.
    pub(crate) fn left(self) -> Duration {
        self.0.map_or(Duration::MAX, |end| end.saturating_duration_since(Instant::now()))
    }
}
