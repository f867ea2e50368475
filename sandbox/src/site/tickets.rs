//! In: a user who proved who he is. Out: tickets that prove it again: session tickets for an hour and a half, login tickets once.
//! There is an upper bound of tickets: beyond it, those that would end first end early.
//! Not here: passwords, access tokens, SAML.

use std::collections::BTreeMap;

/// The tickets that were issued and have not ended.
#[derive(Default)]
pub(crate) struct Tickets {
    live: BTreeMap<String, Ticket>,
    /// When tickets end, and which: the first to end come first.
    ends: std::collections::BTreeSet<(i64, String)>,
    changed: std::collections::BTreeSet<String>,
}

/// What a ticket proves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Ticket {
    pub(crate) user: String,
    pub(crate) ends_ms: i64,
    /// It proves its user once.
    pub(crate) once: bool,
}

impl Tickets {
    /// How long a ticket lasts, in seconds.
    pub(crate) const TIME_TO_LIVE: i64 = 5400;

    /// Most tickets at a time.
    const MOST: usize = 5_000;

    /// A new session ticket for that user. Ended ones are forgotten.
    pub(crate) fn issue(&mut self, user: &str, now_ms: i64) -> String {
        self.make(user, now_ms, false)
    }

    /// A new ticket that proves that user once.
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

    /// Puts a ticket as it is.
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

    /// Whether the ticket is that user's and has not ended. A ticket for one time ends with that.
    pub(crate) fn admit(&mut self, text: &str, user: &str, now_ms: i64) -> bool {
        let Some(ticket) = self.live.get(text) else { return false };
        let admitted = ticket.ends_ms > now_ms && ticket.user == user.to_lowercase();
        if admitted && ticket.once {
            self.end(text);
        }
        admitted
    }

    /// Ends all tickets of a user who is gone or has another name.
    pub(crate) fn revoke(&mut self, user: &str) {
        let user = user.to_lowercase();
        let gone: Vec<String> = self.live.iter().filter(|(_, ticket)| ticket.user == user).map(|(text, _)| text.clone()).collect();
        gone.iter().for_each(|text| self.end(text));
    }

    /// How many are live.
    pub(crate) fn len(&self) -> usize {
        self.live.len()
    }

    /// What the ticket of that text proves.
    #[cfg(feature = "sqlite")]
    pub(crate) fn get(&self, text: &str) -> Option<&Ticket> {
        self.live.get(text)
    }

    /// Texts of the tickets that were made or ended since the last time.
    pub(crate) fn take_changes(&mut self) -> std::collections::BTreeSet<String> {
        std::mem::take(&mut self.changed)
    }
}

impl std::fmt::Debug for Tickets {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Tickets({} live)", self.live.len())
    }
}

/// Looks like a live one: base64 letters with `+`, `/` and `=`.
pub(crate) fn random_text() -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut random = [0; 64];
    // Where the machine has no randomness the text is a count: unlike others, and guessed. A sandbox can live with that.
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
