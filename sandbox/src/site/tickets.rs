//! Issues and checks the tickets that authenticated users get. Session tickets are valid for an hour and a half, and login tickets can be
//! used once. The number of tickets is limited: when it is reached, those that would expire first are revoked early.

use std::collections::BTreeMap;

/// The tickets that were issued and have not ended.
#[derive(Default)]
pub(crate) struct Tickets {
    live: BTreeMap<String, Ticket>,
    /// The expiry times with the texts of the tickets, earliest first.
    ends: std::collections::BTreeSet<(i64, String)>,
    changed: std::collections::BTreeSet<String>,
}

/// The data of a ticket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Ticket {
    pub(crate) user: String,
    pub(crate) ends_ms: i64,
    /// Whether the ticket can be used only once.
    pub(crate) once: bool,
}

impl Tickets {
    /// The lifetime of a ticket, in seconds.
    pub(crate) const TIME_TO_LIVE: i64 = 5400;

    /// The maximum number of tickets.
    const MOST: usize = 5_000;

    /// Issues a session ticket for a user. Expired tickets are removed.
    pub(crate) fn issue(&mut self, user: &str, now_ms: i64) -> String {
        self.make(user, now_ms, false)
    }

    /// Issues a ticket that can be used only once.
    pub(crate) fn issue_once(&mut self, user: &str, now_ms: i64) -> String {
        self.make(user, now_ms, true)
    }

    fn make(&mut self, user: &str, now_ms: i64, once: bool) -> String {
        while let Some((ends_ms, text)) = self.ends.first().cloned()
            && (ends_ms <= now_ms || self.live.len() >= Self::MOST)
        {
            self.end(&text);
        }
        let text = random_text();
        let ends_ms = now_ms.saturating_add(Self::TIME_TO_LIVE * 1000);
        self.put(text.clone(), Ticket { user: user.to_lowercase(), ends_ms, once });
        text
    }

    /// Stores a ticket unchanged.
    pub(crate) fn put(&mut self, text: String, ticket: Ticket) {
        self.ends.insert((ticket.ends_ms, text.clone()));
        self.changed.insert(text.clone());
        self.live.insert(text, ticket);
    }

    fn end(&mut self, text: &str) {
        if let Some(ticket) = self.live.remove(text) {
            self.ends.remove(&(ticket.ends_ms, text.to_owned()));
            self.changed.insert(text.to_owned());
        }
    }

    /// Returns whether the ticket belongs to that user and has not expired. A login ticket is consumed.
    pub(crate) fn admit(&mut self, text: &str, user: &str, now_ms: i64) -> bool {
        let Some(ticket) = self.live.get(text) else { return false };
        let admitted = ticket.ends_ms > now_ms && ticket.user == user.to_lowercase();
        if admitted && ticket.once {
            self.end(text);
        }
        admitted
    }

    /// Ends all tickets of a user who was removed or renamed.
    pub(crate) fn revoke(&mut self, user: &str) {
        let user = user.to_lowercase();
        let gone: Vec<String> = self.live.iter().filter(|(_, ticket)| ticket.user == user).map(|(text, _)| text.clone()).collect();
        gone.iter().for_each(|text| self.end(text));
    }

    /// Returns the number of tickets.
    pub(crate) fn len(&self) -> usize {
        self.live.len()
    }

    /// Returns the data of the ticket with that text.
    #[cfg(feature = "sqlite")]
    pub(crate) fn get(&self, text: &str) -> Option<&Ticket> {
        self.live.get(text)
    }

    /// Returns the texts of the tickets that were issued or ended since the last call.
    pub(crate) fn take_changes(&mut self) -> std::collections::BTreeSet<String> {
        std::mem::take(&mut self.changed)
    }
}

impl std::fmt::Debug for Tickets {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Tickets({} live)", self.live.len())
    }
}

/// Returns a random text that looks like a live ticket: base64 letters, including `+`, `/` and `=`.
pub(crate) fn random_text() -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut random = [0; 64];
    // Without a source of randomness, the text is a counter: unique but predictable, which is acceptable for a sandbox.
    if getrandom::fill(&mut random).is_err() {
        static COUNT: std::sync::atomic::AtomicU64 = std::sync::atomic::AtomicU64::new(0);
        let count = COUNT.fetch_add(1, std::sync::atomic::Ordering::Relaxed).to_be_bytes();
        random.iter_mut().zip(count).for_each(|(to, from)| *to = from);
    }
    let letter = |byte: u8| LETTERS.get(usize::from(byte & 63)).copied().map_or('A', char::from);
    let letters = random.iter().map(|byte| letter(*byte)).chain(random.iter().take(16).map(|byte| letter(byte >> 2)));
    format!("AAAB{}=", letters.collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ticket_is_its_users_until_it_ends() {
        let mut tickets = Tickets::default();
        let one = tickets.issue("Jane", 1_000);
        let two = tickets.issue("jane", 1_000);
        assert_ne!(one, two);
        assert!(tickets.admit(&one, "JANE", 1_000 + Tickets::TIME_TO_LIVE * 1000 - 1));
        assert!(!tickets.admit(&one, "jane", 1_000 + Tickets::TIME_TO_LIVE * 1000));
        assert!(!tickets.admit(&one, "joe", 1_000));
        tickets.revoke("jane");
        assert!(!tickets.admit(&two, "jane", 1_000));
        assert_eq!(tickets.take_changes().len(), 2);
    }

    #[test]
    fn a_login_ticket_is_good_once() {
        let mut tickets = Tickets::default();
        let once = tickets.issue_once("jane", 0);
        assert!(!tickets.admit(&once, "joe", 1) && tickets.admit(&once, "jane", 1) && !tickets.admit(&once, "jane", 1));
    }

    #[test]
    fn there_is_an_upper_bound() {
        let mut tickets = Tickets::default();
        let first = tickets.issue("jane", 0);
        (1..=Tickets::MOST).for_each(|now| drop(tickets.issue("joe", i64::try_from(now).unwrap())));
        assert_eq!(tickets.len(), Tickets::MOST);
        assert!(!tickets.admit(&first, "jane", 1));
        tickets.issue("jane", i64::MAX - 1);
        assert_eq!(tickets.len(), 1, "the others ended");
    }
}
