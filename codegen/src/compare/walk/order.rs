//! Finds what moved in a list: everything outside a longest increasing subsequence of the old positions.

/// Returns the indices of the entries that must move to bring the list into increasing order. Their number is minimal.
pub(super) fn out_of_order(positions: &[usize]) -> Vec<usize> {
    // `ends[n]` is the index of the smallest last entry of an increasing subsequence of length n + 1.
    let mut ends: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = Vec::with_capacity(positions.len());
    for (index, position) in positions.iter().enumerate() {
        let length = ends.partition_point(|end| positions.get(*end).is_some_and(|last| last < position));
        before.push(length.checked_sub(1).and_then(|last| ends.get(last).copied()));
        match ends.get_mut(length) {
            Some(end) => *end = index,
            None => ends.push(index),
        }
    }
    let mut kept = vec![false; positions.len()];
    let mut at = ends.last().copied();
    while let Some(index) = at {
        if let Some(slot) = kept.get_mut(index) {
            *slot = true;
        }
        at = before.get(index).copied().flatten();
    }
    kept.iter().enumerate().filter(|(_, kept)| !**kept).map(|(index, _)| index).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_smallest_number_of_entries_moves() {
        assert_eq!(out_of_order(&[0, 1, 2]), [0; 0]);
        assert_eq!(out_of_order(&[2, 0, 1]), [0]);
        assert_eq!(out_of_order(&[0, 3, 1, 2, 4]), [1]);
        assert_eq!(out_of_order(&[]), [0; 0]);
    }
}
