//! Attributes differences of Rust items to the schema changes that caused them, by the Rust names that each schema change touches.

use std::collections::HashMap;

use super::ApiChange;
use crate::compare::{Change, Fingerprint};

/// The maximum number of causes that are listed for a difference.
const MOST: usize = 20;

pub(super) fn attribute(changes: &mut [ApiChange], schema: &[Change]) {
    let mut touched: HashMap<&str, Vec<Fingerprint>> = HashMap::new();
    let mut within: HashMap<&str, Vec<Fingerprint>> = HashMap::new();
    for change in schema {
        for name in &change.rust {
            touched.entry(name).or_default().push(change.fingerprint);
            if let Some((item, _)) = name.rsplit_once("::") {
                within.entry(item).or_default().push(change.fingerprint);
            }
        }
    }
    for change in changes {
        // `item: Trait` names a trait of an item.
        let path = change.item.split(": ").next().unwrap_or_default();
        let (item, member) = path.rsplit_once("::").unwrap_or((path, ""));
        let found = match member {
            // Any required field of the struct is a parameter.
            "new" | "builder" => within.get(item),
            _ => touched.get(path),
        };
        let found = found.or_else(|| touched.get(item)).or_else(|| within.get(path));
        change.causes = found.into_iter().flatten().copied().take(MOST).collect();
        change.causes.dedup();
    }
}
