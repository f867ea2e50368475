//! Sorts items topologically, so that each follows its dependencies, and finds the dependencies that form cycles. The caller reports cycles.

/// A topological order, and the dependencies `(from, to)` that close a cycle.
pub(super) struct Order {
    pub(super) order: Vec<usize>,
    pub(super) cycles: Vec<(usize, usize)>,
}

#[derive(Clone, Copy, PartialEq)]
enum State {
    New,
    Open,
    Done,
}

/// Sorts the items from 0 to `len` depth-first and without recursion. Dependencies outside of that range are ignored.
pub(super) fn topological(len: usize, mut dependencies: impl FnMut(usize) -> Vec<usize>) -> Order {
    let mut state = vec![State::New; len];
    let mut out = Order { order: Vec::with_capacity(len), cycles: Vec::new() };
    for root in 0..len {
        if state.get(root) != Some(&State::New) {
            continue;
        }
        set(&mut state, root, State::Open);
        let mut open = vec![(root, dependencies(root).into_iter())];
        while let Some((at, rest)) = open.last_mut() {
            let at = *at;
            let Some(next) = rest.next() else {
                set(&mut state, at, State::Done);
                out.order.push(at);
                open.pop();
                continue;
            };
            match state.get(next) {
                Some(State::New) => {
                    set(&mut state, next, State::Open);
                    open.push((next, dependencies(next).into_iter()));
                }
                Some(State::Open) => out.cycles.push((at, next)),
                _ => {}
            }
        }
    }
    out
}

fn set(state: &mut [State], index: usize, to: State) {
    if let Some(slot) = state.get_mut(index) {
        *slot = to;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_needed_comes_first_and_cycles_are_found() {
        let needs = |n: usize| match n {
            0 => vec![2, 9],
            2 => vec![1],
            3 => vec![3],
            _ => vec![],
        };
        let found = topological(4, needs);
        assert_eq!(found.order, [1, 2, 0, 3]);
        assert_eq!(found.cycles, [(3, 3)]);
        assert_eq!(topological(100_000, |n| vec![n + 1]).order.len(), 100_000);
    }
}
