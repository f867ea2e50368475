//! Finds removed parts that were added unchanged in another place.

use std::collections::HashMap;

use super::State;
use super::align::Unit;

/// The minimum number of lines of a part that counts as moved: shorter parts are alike by chance.
const LEAST: usize = 3;

/// Joins each removed part with the added part of the same text, if there is one of each.
pub(super) fn join(units: &mut Vec<Unit>) {
    let mut gone: HashMap<String, Vec<usize>> = HashMap::new();
    let mut come: HashMap<String, Vec<usize>> = HashMap::new();
    for (at, unit) in units.iter().enumerate().filter(|(_, unit)| unit.rows.len() >= LEAST) {
        match (&unit.old, &unit.new) {
            (Some(_), None) => gone.entry(text(unit)).or_default().push(at),
            (None, Some(_)) => come.entry(text(unit)).or_default().push(at),
            _ => {}
        }
    }
    let mut joined = Vec::new();
    for (text, from) in gone {
        if let ([from], Some([to])) = (from.as_slice(), come.get(&text).map(Vec::as_slice)) {
            joined.push((*from, *to));
        }
    }
    joined.sort_unstable();
    for (from, to) in &joined {
        let Some(old) = units.get(*from).cloned() else { continue };
        if let Some(unit) = units.get_mut(*to) {
            unit.rows.iter_mut().zip(&old.rows).for_each(|(row, was)| (row.state, row.old) = (State::Moved, was.old));
            unit.old = old.old;
        }
    }
    let dropped: std::collections::HashSet<usize> = joined.into_iter().map(|(from, _)| from).collect();
    let mut at = 0;
    units.retain(|_| {
        at += 1;
        !dropped.contains(&(at - 1))
    });
}

/// Returns the text without indentation.
fn text(unit: &Unit) -> String {
    unit.rows.iter().map(|row| row.text.trim_start()).collect::<Vec<_>>().join("\n")
}
