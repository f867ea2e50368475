//! Removes unchanged nodes from a diagram. The neighbours of a changed node stay, to show its position.

use std::collections::VecDeque;

use super::{Diagram, Fold, Kind, Mark, Node};

/// A child in a shortened list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Entry {
    /// A node that changed or in which something changed.
    Whole(usize),
    /// A node without its content, beside one that changed.
    Beside(usize),
    /// A number of nodes that did not change.
    Rest(usize),
}

/// Returns the diagram with the nodes that changed, those around them, and their neighbours. The others are counted.
#[must_use]
pub fn focused(diagram: &Diagram) -> Diagram {
    let kept = kept(diagram);
    let mut out = Diagram { nodes: Vec::new(), ..diagram.clone() };
    let mut todo: VecDeque<(usize, usize)> = VecDeque::new();
    if let Some(root) = diagram.nodes.first() {
        out.nodes.push(Node { children: Vec::new(), ..root.clone() });
        todo.push_back((0, 0));
    }
    while let Some((from, to)) = todo.pop_front() {
        let Some(node) = diagram.nodes.get(from) else { continue };
        for entry in shortened(&node.children, &kept) {
            let index = out.nodes.len();
            let Some(made) = made(diagram, entry) else { continue };
            out.nodes.push(made);
            out.nodes.get_mut(to).into_iter().for_each(|parent| parent.children.push(index));
            if let Entry::Whole(child) = entry {
                todo.push_back((child, index));
            }
        }
    }
    out
}

/// Returns for each node whether it changed or has something in it that changed. A parent precedes its children.
fn kept(diagram: &Diagram) -> Vec<bool> {
    let mut kept = vec![false; diagram.nodes.len()];
    for (index, node) in diagram.nodes.iter().enumerate().rev() {
        let within = node.children.iter().any(|child| kept.get(*child).is_some_and(|kept| *kept));
        kept.get_mut(index).into_iter().for_each(|kept| *kept = within || node.mark != Mark::Same);
    }
    kept
}

fn shortened(children: &[usize], kept: &[bool]) -> Vec<Entry> {
    let is = |at: Option<usize>| at.and_then(|at| children.get(at)).and_then(|child| kept.get(*child)).is_some_and(|kept| *kept);
    let mut out = Vec::new();
    for (at, child) in children.iter().enumerate() {
        let entry = match () {
            () if is(Some(at)) => Entry::Whole(*child),
            () if is(at.checked_sub(1)) || is(at.checked_add(1)) => Entry::Beside(*child),
            () => match out.last_mut() {
                Some(Entry::Rest(number)) => {
                    *number += 1;
                    continue;
                }
                _ => Entry::Rest(1),
            },
        };
        out.push(entry);
    }
    out
}

fn made(diagram: &Diagram, entry: Entry) -> Option<Node> {
    Some(match entry {
        Entry::Rest(number) => Node::new(Kind::More, format!("{number} unchanged")),
        Entry::Whole(index) => Node { children: Vec::new(), ..diagram.nodes.get(index)?.clone() },
        Entry::Beside(index) => {
            let node = diagram.nodes.get(index)?;
            let fold = if node.children.is_empty() { node.fold } else { Some(Fold::Depth) };
            Node { children: Vec::new(), fold, ..node.clone() }
        }
    })
}
