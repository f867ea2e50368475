//! Draws the content model around each change: what changed, with its neighbours.

use std::collections::{HashMap, HashSet};

use super::Picture;
use super::visible::visible;
use crate::compare::{Change, ChangeKind, GlobalKind, Input, Subject};
use crate::diagram::svg::{self, Form};
use crate::diagram::{Diagram, Fold, Kind, Mark, Node, Options, Range, Versions};
use crate::model::ComponentPath;
use crate::model::path::Step;

/// The number of neighbours on each side.
const AROUND: usize = 1;

/// The number of children of a changed node that are drawn.
const WITHIN: usize = 12;

/// Draws pictures for changes.
pub(super) struct Pictures<'m> {
    versions: Versions<'m>,
    /// The diagrams by component: of the old version, of the new one, and of both with marks.
    drawn: HashMap<String, Option<Drawn>>,
}

struct Drawn {
    old: Option<Diagram>,
    marked: Diagram,
}

impl<'m> Pictures<'m> {
    pub(super) fn new(old: Input<'m>, new: Input<'m>, changes: &[Change]) -> Self {
        Pictures { versions: Versions::new(old, new, changes), drawn: HashMap::new() }
    }

    /// Returns the pictures for a change; `None` if it does not show in a content model.
    pub(super) fn of(&mut self, change: &Change) -> Option<Picture> {
        let Subject::Component(path) = &change.subject else { return None };
        if change.kind == ChangeKind::Documentation {
            return None;
        }
        let (owner, last) = owner(path);
        let text = if owner.kind == GlobalKind::Type { format!("type::{owner}") } else { owner.to_string() };
        let drawn = self.drawn(text)?;
        let wanted = wanted(&drawn.marked, last.as_deref());
        if wanted.is_empty() {
            return None;
        }
        let name = |side: &str| format!("d{}{side}", change.fingerprint);
        let kept = kept(&drawn.marked, &wanted);
        let after = visible(&svg::write(&pruned(&drawn.marked, &kept), Form::Figure(&name("n"))));
        let keys: HashSet<(Kind, &str)> =
            kept.iter().filter_map(|at| drawn.marked.nodes.get(*at)).map(|node| (node.kind, node.key.as_str())).collect();
        let before = drawn.old.as_ref().map(|old| {
            let is =
                |(at, node): (usize, &Node)| (at == 0 || node.kind.is_connector() || keys.contains(&(node.kind, &node.key))).then_some(at);
            let own: HashSet<usize> = old.nodes.iter().enumerate().filter_map(is).collect();
            visible(&svg::write(&pruned(old, &connected(old, own)), Form::Figure(&name("o"))))
        });
        Some(Picture { before, after: Some(after) })
    }

    fn drawn(&mut self, text: String) -> Option<&Drawn> {
        let versions = &self.versions;
        let make = |text: &str| {
            let (old, new) = versions.draw(text, Options { depth: 2, documentation: false }).ok()?;
            let marked = versions.marked(old.as_ref(), new.as_ref());
            Some(Drawn { old, marked })
        };
        self.drawn.entry(text).or_insert_with_key(|text| make(text)).as_ref()
    }
}

/// Returns the component to draw, and the name of what changed in it: of an element or attribute, what contains it.
fn owner(path: &ComponentPath) -> (ComponentPath, Option<String>) {
    let mut owner = path.clone();
    while let Some(step) = owner.steps.pop() {
        match step {
            Step::Element(name) | Step::Attribute(name) => return (owner, Some(name.local)),
            Step::Value(value) => return (owner, Some(value)),
            Step::Part(..) => {}
        }
    }
    (path.clone(), None)
}

/// Returns the nodes that a change is about: those of its name, or else those that are marked.
fn wanted(diagram: &Diagram, name: Option<&str>) -> Vec<usize> {
    let local = |node: &Node| node.key.rsplit(':').next().unwrap_or_default().to_owned();
    let named = |node: &Node| name.is_some_and(|name| node.key == name || node.name.now == name || local(node) == name);
    let of = |is: &dyn Fn(&Node) -> bool| -> Vec<usize> {
        diagram.nodes.iter().enumerate().filter(|(at, node)| *at > 0 && is(node)).map(|(at, _)| at).collect()
    };
    let first = |list: Vec<usize>| if list.is_empty() { None } else { Some(list) };
    let root = || diagram.nodes.first().filter(|root| root.mark != Mark::Same).map(|_| vec![0]);
    first(of(&|node| named(node) && node.mark != Mark::Same))
        .or_else(|| first(of(&|node| node.mark != Mark::Same)))
        .or_else(root)
        .or_else(|| first(of(&named)))
        .unwrap_or_default()
}

/// Returns the wanted nodes with those around them, some neighbours, and their first children.
fn kept(diagram: &Diagram, wanted: &[usize]) -> HashSet<usize> {
    let wanted: HashSet<usize> = wanted.iter().copied().collect();
    let mut kept: HashSet<usize> = HashSet::from([0]);
    for (parent, node) in diagram.nodes.iter().enumerate() {
        let places = node.children.iter().enumerate().filter(|(_, child)| wanted.contains(child)).map(|(place, _)| place);
        for place in places {
            let near = node.children.iter().skip(place.saturating_sub(AROUND)).take(AROUND + AROUND.min(place) + 1);
            kept.extend(near);
            // A neighbour that did not change shows the place in both pictures.
            let same = |child: &&usize| diagram.nodes.get(**child).is_some_and(|node| node.mark == Mark::Same);
            kept.extend(node.children.iter().take(place).rev().find(same));
            kept.extend(node.children.iter().skip(place + 1).find(same));
        }
        // Parents precede their children, so what is below a wanted node is found in one pass.
        if wanted.contains(&parent) || (kept.contains(&parent) && node.kind.is_connector() && inside(diagram, parent, &wanted)) {
            kept.extend(node.children.iter().take(WITHIN));
        }
    }
    connected(diagram, kept)
}

/// Returns whether a connector belongs to a wanted node.
fn inside(diagram: &Diagram, at: usize, wanted: &HashSet<usize>) -> bool {
    wanted.iter().any(|wanted| *wanted != 0 && diagram.nodes.get(*wanted).is_some_and(|node| node.children.contains(&at)))
}

/// Adds the nodes between the root and those that are kept, and drops connectors without any of these.
fn connected(diagram: &Diagram, mut kept: HashSet<usize>) -> HashSet<usize> {
    for (at, node) in diagram.nodes.iter().enumerate().rev() {
        let any = node.children.iter().any(|child| kept.contains(child));
        if any {
            kept.insert(at);
        } else if node.kind.is_connector() {
            kept.remove(&at);
        }
    }
    kept
}

/// Returns the diagram with nothing but the kept nodes, and the numbers of those that are left out in their places.
fn pruned(diagram: &Diagram, kept: &HashSet<usize>) -> Diagram {
    let mut out = Diagram { nodes: Vec::with_capacity(kept.len()), ..diagram.clone() };
    out.nodes.clear();
    copy(diagram, 0, None, kept, &mut out.nodes);
    out
}

/// Adds a node and what is kept below it.
fn copy(diagram: &Diagram, at: usize, parent: Option<usize>, kept: &HashSet<usize>, out: &mut Vec<Node>) {
    let Some(node) = diagram.nodes.get(at) else { return };
    let empty = !node.children.is_empty() && !node.children.iter().any(|child| kept.contains(child));
    let fold = if empty { Some(Fold::Depth) } else { node.fold };
    let index = add(out, parent, Node { children: Vec::new(), fold, ..node.clone() });
    let mut left = 0;
    for child in node.children.iter().filter(|_| !empty).map(Some).chain([None]) {
        match child {
            Some(child) if !kept.contains(child) => left += 1,
            child => {
                if left > 0 {
                    add(out, Some(index), more(left));
                }
                left = 0;
                child.into_iter().for_each(|child| copy(diagram, *child, Some(index), kept, out));
            }
        }
    }
}

fn add(out: &mut Vec<Node>, parent: Option<usize>, node: Node) -> usize {
    let index = out.len();
    out.push(node);
    parent.and_then(|parent| out.get_mut(parent)).into_iter().for_each(|parent| parent.children.push(index));
    index
}

/// Returns the node for others that are left out.
fn more(left: u64) -> Node {
    let range = Range { min: left, ..Range::ONCE };
    Node { key: String::new(), range: range.into(), ..Node::new(Kind::More, format!("{left} more")) }
}
