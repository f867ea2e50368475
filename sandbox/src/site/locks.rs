//! Locks accounts after too many wrong passwords in a row. Live servers are known to do so, but the number of attempts and the duration
//! are the sandbox's own choice. A lock set by an administrator is part of the account's profile instead.

use std::collections::BTreeMap;

/// The accounts for which wrong passwords were sent. They are kept in memory only, so that a restart clears them.
#[derive(Debug)]
pub(crate) struct Locks {
    /// The number of wrong passwords in a row that lock an account. 0 turns locking off.
    after: u32,
    wrong: BTreeMap<String, Wrong>,
}

/// The wrong passwords that were sent for an account in a row.
#[derive(Debug, Clone, Copy)]
struct Wrong {
    count: u32,
    last_ms: i64,
}

impl Locks {
    /// The default number of wrong passwords in a row that lock an account.
    pub(crate) const AFTER: u32 = 5;

    /// The time for which an account is locked, by the site's clock: half an hour.
    const LASTS_MS: i64 = 30 * 60 * 1000;

    pub(crate) fn new(after: u32) -> Self {
        Self { after, wrong: BTreeMap::new() }
    }

    /// Counts a wrong password for an account. Further ones do not extend an existing lock.
    pub(crate) fn count(&mut self, name: &str, now_ms: i64) {
        if self.after == 0 || self.is_locked(name, now_ms) {
            return;
        }
        let after = self.after;
        let wrong = self.wrong.entry(name.to_lowercase()).or_insert(Wrong { count: 0, last_ms: now_ms });
        // After a lock has expired, the count starts again.
        wrong.count = if wrong.count >= after { 1 } else { wrong.count + 1 };
        wrong.last_ms = now_ms;
    }

    /// Clears the count of wrong passwords for an account, and unlocks it.
    pub(crate) fn forget(&mut self, name: &str) {
        self.wrong.remove(&name.to_lowercase());
    }

    /// Returns whether the account is locked because of wrong passwords.
    pub(crate) fn is_locked(&self, name: &str, now_ms: i64) -> bool {
        let locked = |wrong: &Wrong| wrong.count >= self.after && now_ms < wrong.last_ms.saturating_add(Self::LASTS_MS);
        self.after > 0 && self.wrong.get(&name.to_lowercase()).is_some_and(locked)
    }
}

impl Default for Locks {
    fn default() -> Self {
        Self::new(Self::AFTER)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wrong_passwords_in_a_row_lock_an_account_for_a_while() {
        let mut locks = Locks::new(3);
        (0..2).for_each(|now| locks.count("Jane", now));
        locks.forget("jane");
        (0..2).for_each(|now| locks.count("jane", now));
        assert!(!locks.is_locked("jane", 2), "not in a row");
        locks.count("JANE", 2);
        assert!(locks.is_locked("Jane", 3) && !locks.is_locked("joe", 3));
        locks.count("jane", Locks::LASTS_MS);
        assert!(!locks.is_locked("jane", 2 + Locks::LASTS_MS), "it does not last longer");
        locks.count("jane", 2 + Locks::LASTS_MS);
        assert!(!locks.is_locked("jane", 3 + Locks::LASTS_MS), "the count starts again");
    }

    #[test]
    fn locking_can_be_switched_off() {
        let mut locks = Locks::new(0);
        (0..100).for_each(|now| locks.count("jane", now));
        assert!(!locks.is_locked("jane", 100));
    }
}
