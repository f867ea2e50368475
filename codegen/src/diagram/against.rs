//! Marks what changed between two versions of a diagram: matches the nodes of both by name, and keeps those of either.

use std::collections::{HashMap, HashSet, VecDeque};

use super::{Diagram, Fact, Fold, Kind, Labels, Mark, Node, NotFound, Options, Revised, draw, find};
use crate::compare::{Change, ChangeKind, Input, Subject};

/// The number of names of a model group that decide which group of the other version it is.
const VOTES: usize = 64;

/// The components that have another name in the new version.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Renames {
    /// The new local names of each old local name of an element or attribute.
    names: HashMap<String, HashSet<String>>,
    /// The old name of each global component that has a new one, by the path of the new one.
    globals: HashMap<String, String>,
    /// The new URI of each old URI of a namespace.
    namespaces: HashMap<String, String>,
}

impl Renames {
    /// Collects the renamed components of a comparison.
    #[must_use]
    pub fn of(changes: &[Change]) -> Self {
        let mut out = Renames::default();
        for change in changes {
            let (Some(before), Some(after), Some(_)) = (&change.before, &change.after, change.confidence) else { continue };
            match &change.subject {
                Subject::Namespace(_) => drop(out.namespaces.insert(before.clone(), after.clone())),
                Subject::Component(path) if path.steps.is_empty() => {
                    let kind = path.to_string().split_once("::").map(|(kind, _)| format!("{kind}::")).unwrap_or_default();
                    out.globals.insert(path.to_string(), kind + before);
                }
                Subject::Component(_) if change.kind == ChangeKind::Renamed => {
                    out.names.entry(local(before).to_owned()).or_default().insert(local(after).to_owned());
                }
                Subject::Component(_) | Subject::Document(_) | Subject::Notation(..) => {}
            }
        }
        out
    }

    fn is(&self, old: &str, new: &str) -> bool {
        self.names.get(local(old)).is_some_and(|names| names.contains(local(new)))
    }

    /// Returns the labels of the old version: the prefixes of the new one where it has the namespace.
    fn labels(&self, old: Input<'_>, new: Input<'_>) -> Labels {
        let prefixes = &new.ir.root.namespaces;
        let known: HashMap<&str, &String> = prefixes.iter().map(|(prefix, uri)| (uri.as_str(), prefix)).collect();
        let renamed = self.namespaces.iter().filter_map(|(before, after)| Some(((*known.get(after.as_str())?).clone(), before.clone())));
        let all: Vec<(String, String)> = old.ir.root.namespaces.iter().chain(prefixes).cloned().chain(renamed).collect();
        Labels::new(old.model, &all)
    }
}

/// Draws a component of two versions, and marks what changed. `changes` are those of a comparison of the same versions, which say what was renamed.
///
/// # Errors
///
/// Neither version has the component, or the text names several.
pub fn compared(old: Input<'_>, new: Input<'_>, changes: &[Change], component: &str, options: Options) -> Result<Diagram, NotFound> {
    let versions = Versions::new(old, new, changes);
    let (before, after) = versions.draw(component, options)?;
    Ok(versions.marked(before.as_ref(), after.as_ref()))
}

/// Two versions of a schema set, to draw several components.
#[derive(Debug)]
pub struct Versions<'m> {
    old: Input<'m>,
    new: Input<'m>,
    renames: Renames,
    /// The labels of the old version.
    from: Labels,
    /// The labels of the new version.
    to: Labels,
}

impl<'m> Versions<'m> {
    /// Creates two versions. `changes` are those of a comparison of them, which say what was renamed.
    #[must_use]
    pub fn new(old: Input<'m>, new: Input<'m>, changes: &[Change]) -> Self {
        let renames = Renames::of(changes);
        let (from, to) = (renames.labels(old, new), Labels::new(new.model, &new.ir.root.namespaces));
        Versions { old, new, renames, from, to }
    }

    /// Draws a component of both versions, as far as they have it.
    ///
    /// # Errors
    ///
    /// Neither version has the component, or the text names several.
    pub fn draw(&self, component: &str, options: Options) -> Result<(Option<Diagram>, Option<Diagram>), NotFound> {
        let (old, new) = (self.old, self.new);
        let (name, steps) = component.split_once('/').map_or((component, String::new()), |(name, steps)| (name, format!("/{steps}")));
        let path = find(new.model, &self.to, name).ok().map(|target| target.path(new.model, &self.to));
        let before = match path.as_ref().map(|path| (path, self.renames.globals.get(path.trim_start_matches("type::")))) {
            Some((_, Some(renamed))) => find(old.model, &Labels::new(old.model, &old.ir.root.namespaces), &(renamed.clone() + &steps)),
            Some((path, None)) => find(old.model, &self.from, &(path.clone() + &steps)),
            None => find(old.model, &self.from, component),
        };
        let before = before.ok().map(|target| draw(old.model, &self.from, target, options));
        match find(new.model, &self.to, component) {
            Ok(target) => Ok((before, Some(draw(new.model, &self.to, target, options)))),
            Err(NotFound::Unknown(_)) if before.is_some() => Ok((before, None)),
            Err(why) => Err(why),
        }
    }

    /// Merges the diagrams of both versions, and marks what changed.
    #[must_use]
    pub fn marked(&self, before: Option<&Diagram>, after: Option<&Diagram>) -> Diagram {
        against(before, after, &self.renames)
    }
}

/// Merges the diagrams of two versions, and marks what changed. A version that does not have the component is `None`.
#[must_use]
pub fn against(old: Option<&Diagram>, new: Option<&Diagram>, renames: &Renames) -> Diagram {
    let subject = new.or(old).map(|diagram| diagram.subject.clone()).unwrap_or_default();
    let mut merge = Merge { old, new, renames, nodes: Vec::new(), todo: VecDeque::new() };
    let first = |diagram: Option<&Diagram>| diagram.filter(|diagram| !diagram.nodes.is_empty()).map(|_| 0);
    merge.add(None, first(old), first(new));
    while let Some((node, from, to)) = merge.todo.pop_front() {
        for (a, b) in merge.pairs(from, to) {
            merge.add(Some(node), a, b);
        }
    }
    Diagram { subject, marked: true, nodes: merge.nodes }
}

type Pair = (Option<usize>, Option<usize>);

struct Merge<'d> {
    old: Option<&'d Diagram>,
    new: Option<&'d Diagram>,
    renames: &'d Renames,
    nodes: Vec<Node>,
    /// Nodes whose children are not merged yet, with their indices in the old and the new diagram.
    todo: VecDeque<(usize, Option<usize>, Option<usize>)>,
}

impl<'d> Merge<'d> {
    fn in_old(&self, index: usize) -> Option<&'d Node> {
        self.old?.nodes.get(index)
    }

    fn in_new(&self, index: usize) -> Option<&'d Node> {
        self.new?.nodes.get(index)
    }

    fn add(&mut self, parent: Option<usize>, old: Option<usize>, new: Option<usize>) {
        let (a, b) = (old.and_then(|at| self.in_old(at)), new.and_then(|at| self.in_new(at)));
        let node = match (a, b) {
            (Some(a), Some(b)) => both(a, b),
            (Some(a), None) => Node { mark: Mark::Removed, ..a.clone() },
            (None, Some(b)) => Node { mark: Mark::Added, ..b.clone() },
            (None, None) => return,
        };
        let index = self.nodes.len();
        if let Some(parent) = parent.and_then(|parent| self.nodes.get_mut(parent)) {
            parent.children.push(index);
        }
        let folded = node.fold.is_some();
        self.nodes.push(Node { children: Vec::new(), ..node });
        if !folded {
            self.todo.push_back((index, old, new));
        }
    }

    /// Matches the children of two nodes. Those that are gone follow the sibling that they followed.
    fn pairs(&self, old: Option<usize>, new: Option<usize>) -> Vec<Pair> {
        let none: &[usize] = &[];
        let old = old.and_then(|at| self.in_old(at)).map_or(none, |node| &node.children);
        let new = new.and_then(|at| self.in_new(at)).map_or(none, |node| &node.children);
        let matched = self.matched(old, new);
        let back: HashMap<usize, usize> = matched.iter().map(|(new, old)| (*old, *new)).collect();
        let mut gone: HashMap<Option<usize>, Vec<usize>> = HashMap::new();
        let mut before = None;
        for at in old {
            match back.get(at) {
                Some(new) => before = Some(*new),
                None => gone.entry(before).or_default().push(*at),
            }
        }
        let removed = |gone: &mut HashMap<Option<usize>, Vec<usize>>, at: Option<usize>| gone.remove(&at).unwrap_or_default().into_iter();
        let mut out: Vec<Pair> = removed(&mut gone, None).map(|at| (Some(at), None)).collect();
        for at in new {
            out.push((matched.get(at).copied(), Some(*at)));
            out.extend(removed(&mut gone, Some(*at)).map(|at| (Some(at), None)));
        }
        out
    }

    /// Returns the old node for each new one: of the same name, of the same local name, renamed, or a connector of the same elements.
    fn matched(&self, old: &[usize], new: &[usize]) -> HashMap<usize, usize> {
        let mut out = HashMap::new();
        let mut free: HashSet<usize> = old.iter().copied().collect();
        let names: [fn(&Node) -> &str; 2] = [|node| &node.key, |node| local(&node.key)];
        for name in names {
            let mut known: HashMap<(Kind, &str), VecDeque<usize>> = HashMap::new();
            for (at, node) in old.iter().filter(|at| free.contains(at)).filter_map(|at| Some((*at, self.in_old(*at)?))) {
                if !node.kind.is_compositor() {
                    known.entry((node.kind, name(node))).or_default().push_back(at);
                }
            }
            for (at, node) in new.iter().filter_map(|at| Some((*at, self.in_new(*at)?))) {
                if out.contains_key(&at) {
                    continue;
                }
                if let Some(other) = known.get_mut(&(node.kind, name(node))).and_then(VecDeque::pop_front) {
                    free.remove(&other);
                    out.insert(at, other);
                }
            }
        }
        self.renamed(old, new, &mut free, &mut out);
        self.connectors(old, new, &mut free, &mut out);
        out
    }

    fn renamed(&self, old: &[usize], new: &[usize], free: &mut HashSet<usize>, out: &mut HashMap<usize, usize>) {
        if self.renames.names.is_empty() {
            return;
        }
        for at in new {
            let Some(node) = self.in_new(*at).filter(|_| !out.contains_key(at)) else { continue };
            let is = |other: &&usize| {
                let same = self.in_old(**other).filter(|other| other.kind == node.kind);
                free.contains(*other) && same.is_some_and(|other| self.renames.is(&other.key, &node.key))
            };
            if let Some(other) = old.iter().find(is) {
                free.remove(other);
                out.insert(*at, *other);
            }
        }
    }

    /// Matches compositors by the names of what they contain. If one is left on both sides, it is the same.
    fn connectors(&self, old: &[usize], new: &[usize], free: &mut HashSet<usize>, out: &mut HashMap<usize, usize>) {
        let compositors = |list: &[usize], of: &dyn Fn(usize) -> Option<&'d Node>| -> Vec<usize> {
            list.iter().copied().filter(|at| of(*at).is_some_and(|node| node.kind.is_compositor())).collect()
        };
        let (from, to) = (compositors(old, &|at| self.in_old(at)), compositors(new, &|at| self.in_new(at)));
        let mut home: HashMap<&str, usize> = HashMap::new();
        for at in &from {
            for name in names(self.old, *at) {
                home.entry(name).or_insert(*at);
            }
        }
        for at in &to {
            if let Some(found) = names(self.new, *at).iter().find_map(|name| home.get(name).filter(|other| free.contains(other))) {
                free.remove(found);
                out.insert(*at, *found);
            }
        }
        let mut rest = to.iter().filter(|at| !out.contains_key(at));
        let mut left = from.iter().filter(|at| free.contains(at));
        if let (Some(new), None, Some(old), None) = (rest.next(), rest.next(), left.next(), left.next()) {
            out.insert(*new, *old);
        }
    }
}

/// Returns the names of the first nodes in a compositor, in it or in compositors within it.
fn names(diagram: Option<&Diagram>, at: usize) -> Vec<&str> {
    let Some(diagram) = diagram else { return Vec::new() };
    let (mut out, mut todo) = (Vec::new(), vec![at]);
    while let Some(node) = todo.pop().and_then(|at| diagram.nodes.get(at)).filter(|_| out.len() < VOTES) {
        match node.kind.is_compositor() {
            true => todo.extend(node.children.iter().rev()),
            false => out.push(node.key.as_str()),
        }
    }
    out
}

fn local(key: &str) -> &str {
    key.rsplit(':').next().unwrap_or(key)
}

/// Merges two nodes that are the same component.
fn both(old: &Node, new: &Node) -> Node {
    let facts = facts(&old.facts, &new.facts);
    let values = self::facts(&old.values, &new.values);
    let mut node = Node {
        name: revised(&old.name.now, &new.name.now),
        ty: revised(&old.ty.now, &new.ty.now),
        range: revised(&old.range.now, &new.range.now),
        facts,
        values,
        fold: new.fold.or(old.fold),
        ..new.clone()
    };
    // Content that only one version repeats can be compared no further.
    node.fold = if old.fold == Some(Fold::Recursion) { old.fold } else { node.fold };
    let properties = node.facts.iter().chain(&node.values).any(|fact| fact.mark != Mark::Same);
    let changed = node.name.before.is_some() || node.ty.before.is_some() || node.range.before.is_some() || properties;
    node.mark = if changed && node.kind != Kind::More { Mark::Changed } else { Mark::Same };
    node
}

fn revised<T: Clone + PartialEq>(old: &T, new: &T) -> Revised<T> {
    Revised { now: new.clone(), before: (old != new).then(|| old.clone()) }
}

/// Merges two lists of facts: those of the new version, then those that are gone.
fn facts(old: &[Fact], new: &[Fact]) -> Vec<Fact> {
    let had: HashSet<&str> = old.iter().map(|fact| fact.text.as_str()).collect();
    let has: HashSet<&str> = new.iter().map(|fact| fact.text.as_str()).collect();
    let mark = |fact: &Fact, known: &HashSet<&str>, mark: Mark| Fact {
        text: fact.text.clone(),
        mark: if known.contains(fact.text.as_str()) { Mark::Same } else { mark },
    };
    let kept = new.iter().map(|fact| mark(fact, &had, Mark::Added));
    let gone = old.iter().filter(|fact| !has.contains(fact.text.as_str())).map(|fact| mark(fact, &has, Mark::Removed));
    kept.chain(gone).collect()
}
