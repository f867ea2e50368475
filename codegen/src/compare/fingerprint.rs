//! The identity of a change across runs: a hash of what changed, without files, lines and prefixes.

use std::collections::HashMap;
use std::fmt;
use std::hash::Hasher;

use fnv::FnvHasher;

use super::{Change, Side};
use crate::diagnostic::Code;

/// The identity of a change, displayed as 16 hexadecimal digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Fingerprint(pub u64);

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

impl std::str::FromStr for Fingerprint {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let digits = text.len() == 16 && text.bytes().all(|b| b.is_ascii_hexdigit());
        let number = digits.then(|| u64::from_str_radix(text, 16).ok()).flatten();
        number.map(Fingerprint).ok_or_else(|| format!("`{text}` is not a fingerprint: it consists of 16 hexadecimal digits"))
    }
}

/// What a fingerprint is made of: the code, the component with URIs instead of prefixes, and the values of the property.
pub(super) struct Identity {
    pub(super) code: Code,
    pub(super) subject: String,
    pub(super) before: Option<String>,
    pub(super) after: Option<String>,
}

/// The places of the type or group that contains a changed component.
pub(super) type Owner = Option<(Side, Side)>;

/// Assigns fingerprints. Of several changes with the same identity, the second and later ones are numbered.
pub(super) fn assign(changes: Vec<(Identity, Owner, Change)>) -> (Vec<Change>, Vec<Owner>) {
    let mut seen: HashMap<Fingerprint, u32> = HashMap::new();
    let (mut out, mut owners) = (Vec::with_capacity(changes.len()), Vec::with_capacity(changes.len()));
    for (identity, owner, mut change) in changes {
        let first = identity.hash(0);
        let number = seen.entry(first).and_modify(|n| *n += 1).or_insert(0);
        change.fingerprint = identity.hash(*number);
        out.push(change);
        owners.push(owner);
    }
    (out, owners)
}

impl Identity {
    fn hash(&self, number: u32) -> Fingerprint {
        let mut hasher = FnvHasher::default();
        let none = String::new();
        let parts = [self.code.id, &self.subject, self.before.as_ref().unwrap_or(&none), self.after.as_ref().unwrap_or(&none)];
        for part in parts {
            hasher.write(part.as_bytes());
            // A byte that UTF-8 does not contain separates the parts.
            hasher.write_u8(0xFF);
        }
        if number > 0 {
            hasher.write(number.to_string().as_bytes());
        }
        Fingerprint(hasher.finish())
    }
}
