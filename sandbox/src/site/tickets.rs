//! In: a user who proved who he is. Out: session tickets that prove it again for an hour and a half.
//! Not here: passwords, access tokens, SAML.

use std::collections::BTreeMap;

/// The tickets that were issued and have not ended.
#[derive(Default)]
pub(crate) struct Tickets {
    issued: u64,
    live: BTreeMap<String, Ticket>,
}

struct Ticket {
    user: String,
    ends_ms: i64,
}

impl Tickets {
    /// How long a ticket lasts, in seconds.
    pub(crate) const TIME_TO_LIVE: i64 = 5400;

    /// A new ticket for that user. Ended ones are forgotten.
    pub(crate) fn issue(&mut self, user: &str, now_ms: i64) -> String {
        self.live.retain(|_, ticket| ticket.ends_ms > now_ms);
        self.issued += 1;
        let text = text(self.issued, now_ms);
        let ticket = Ticket { user: user.to_ascii_lowercase(), ends_ms: now_ms.saturating_add(Self::TIME_TO_LIVE * 1000) };
        self.live.insert(text.clone(), ticket);
        text
    }

    /// Whether the ticket is that user's and has not ended.
    pub(crate) fn hold(&self, text: &str, user: &str, now_ms: i64) -> bool {
        self.live.get(text).is_some_and(|ticket| ticket.ends_ms > now_ms && ticket.user.eq_ignore_ascii_case(user))
    }

    /// Ends all tickets of a user who is gone or has another name.
    pub(crate) fn revoke(&mut self, user: &str) {
        self.live.retain(|_, ticket| !ticket.user.eq_ignore_ascii_case(user));
    }
}

impl std::fmt::Debug for Tickets {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Tickets({} live)", self.live.len())
    }
}

/// Looks like a live one: base64 letters with `+`, `/` and `=`. It is not hard to guess, as a sandbox protects nothing.
fn text(number: u64, now_ms: i64) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut state = number ^ now_ms.unsigned_abs().rotate_left(20);
    let mut text = String::from("AAAB");
    for _ in 0..83 {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let letter = usize::try_from(state >> 58).ok().and_then(|index| LETTERS.get(index)).copied().unwrap_or(b'A');
        text.push(char::from(letter));
    }
    text.push('=');
    text
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
        assert!(tickets.hold(&one, "JANE", 1_000 + Tickets::TIME_TO_LIVE * 1000 - 1));
        assert!(!tickets.hold(&one, "jane", 1_000 + Tickets::TIME_TO_LIVE * 1000));
        assert!(!tickets.hold(&one, "joe", 1_000));
        tickets.revoke("jane");
        assert!(!tickets.hold(&two, "jane", 1_000));
    }
}
