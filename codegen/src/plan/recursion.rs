//! Boxes each field that would make a type contain itself by value. Recursion through `Vec` or an existing `Box` needs no change.
//!
//! It computes the strongly connected components of the relation "contains by value" (Tarjan's algorithm, without recursion) and boxes the fields
//! within a component.

use crate::ir::{Field, Item, ItemId, ItemKind, Occurs, RustIr, Scalar, Ty, Wire};

/// Boxes the fields that make types recursive.
pub(super) fn boxes(ir: &mut RustIr) {
    let edges: Vec<Vec<usize>> = ir.items.iter().map(by_value).collect();
    let component = components(&edges);
    for (at, item) in ir.items.iter_mut().enumerate() {
        let own = component.get(at).copied();
        for field in fields_mut(item) {
            if let Some(target) = held(field)
                && !matches!(field.wire, Wire::Flatten { .. })
                && component.get(target.index()).copied() == own
                && cyclic(&edges, &component, at)
            {
                let ty = std::mem::replace(&mut field.ty, Ty::Scalar(Scalar::Bool));
                field.ty = Ty::Boxed(Box::new(ty));
            }
        }
    }
}

/// Returns whether the item contains itself by value, directly or through other items.
fn cyclic(edges: &[Vec<usize>], component: &[usize], at: usize) -> bool {
    edges.get(at).is_some_and(|targets| targets.iter().any(|t| component.get(*t) == component.get(at)))
}

/// Returns the fields of an item that contribute to its size.
pub(super) fn fields_mut(item: &mut Item) -> Box<dyn Iterator<Item = &mut Field> + '_> {
    match &mut item.kind {
        ItemKind::Struct(planned) => Box::new(planned.fields_mut()),
        ItemKind::Group(fields) | ItemKind::Choice(fields) => Box::new(fields.iter_mut()),
        ItemKind::Enumeration(_) | ItemKind::Union(_) | ItemKind::Polymorphic(_) | ItemKind::Alias(_) | ItemKind::Value(_) => {
            Box::new(std::iter::empty())
        }
    }
}

/// Returns the indices of the items that an item contains by value.
fn by_value(item: &Item) -> Vec<usize> {
    let fields: Vec<&Field> = match &item.kind {
        ItemKind::Struct(planned) => planned.fields().collect(),
        ItemKind::Group(fields) | ItemKind::Choice(fields) => fields.iter().collect(),
        ItemKind::Enumeration(_) | ItemKind::Union(_) | ItemKind::Polymorphic(_) | ItemKind::Alias(_) | ItemKind::Value(_) => Vec::new(),
    };
    fields.into_iter().filter_map(held).map(ItemId::index).collect()
}

/// Returns the item that a field contains by value.
fn held(field: &Field) -> Option<ItemId> {
    match field.occurs {
        Occurs::Many(..) => None,
        Occurs::One | Occurs::Optional => by_value_ty(&field.ty),
    }
}

fn by_value_ty(ty: &Ty) -> Option<ItemId> {
    match ty {
        Ty::Item(id) => Some(*id),
        Ty::Nillable(inner) | Ty::MaybeNil(inner) => by_value_ty(inner),
        Ty::Boxed(_) | Ty::XsiBox(_) | Ty::List(_) | Ty::XsiTyped(_) | Ty::Scalar(_) | Ty::Codec(_) | Ty::Foreign(_) => None,
    }
}

/// Returns the number of the strongly connected component of each node.
pub(super) fn components(edges: &[Vec<usize>]) -> Vec<usize> {
    const NONE: usize = usize::MAX;
    let mut state = Tarjan {
        index: vec![NONE; edges.len()],
        low: vec![NONE; edges.len()],
        component: vec![NONE; edges.len()],
        stack: Vec::new(),
        next: 0,
        count: 0,
    };
    for start in 0..edges.len() {
        if state.index.get(start) == Some(&NONE) {
            state.visit(start, edges);
        }
    }
    state.component
}

struct Tarjan {
    index: Vec<usize>,
    low: Vec<usize>,
    component: Vec<usize>,
    stack: Vec<usize>,
    next: usize,
    count: usize,
}

impl Tarjan {
    fn visit(&mut self, start: usize, edges: &[Vec<usize>]) {
        self.enter(start);
        let mut work = vec![(start, 0)];
        while let Some((node, at)) = work.pop() {
            match edges.get(node).and_then(|targets| targets.get(at)).copied() {
                Some(target) => {
                    work.push((node, at + 1));
                    if get(&self.index, target) == usize::MAX {
                        self.enter(target);
                        work.push((target, 0));
                    } else if get(&self.component, target) == usize::MAX {
                        self.lower(node, get(&self.index, target));
                    }
                }
                None => {
                    self.leave(node);
                    if let Some((parent, _)) = work.last().copied() {
                        self.lower(parent, get(&self.low, node));
                    }
                }
            }
        }
    }

    fn enter(&mut self, node: usize) {
        set(&mut self.index, node, self.next);
        set(&mut self.low, node, self.next);
        self.next += 1;
        self.stack.push(node);
    }

    fn lower(&mut self, node: usize, to: usize) {
        let low = get(&self.low, node).min(to);
        set(&mut self.low, node, low);
    }

    /// Completes a component at its root: all nodes above the root on the stack belong to it.
    fn leave(&mut self, node: usize) {
        if get(&self.low, node) != get(&self.index, node) {
            return;
        }
        while let Some(member) = self.stack.pop() {
            set(&mut self.component, member, self.count);
            if member == node {
                break;
            }
        }
        self.count += 1;
    }
}

fn get(list: &[usize], at: usize) -> usize {
    list.get(at).copied().unwrap_or(usize::MAX)
}

fn set(list: &mut [usize], at: usize, value: usize) {
    if let Some(slot) = list.get_mut(at) {
        *slot = value;
    }
}

#[cfg(test)]
mod tests {
    use super::components;

    #[test]
    fn cycles_are_components() {
        let found = components(&[vec![1], vec![2], vec![0, 3], vec![], vec![4]]);
        assert_eq!(found[0], found[1]);
        assert_eq!(found[1], found[2]);
        assert_ne!(found[2], found[3]);
        assert_ne!(found[3], found[4]);
    }

    #[test]
    fn long_chains_do_not_recurse() {
        let edges: Vec<Vec<usize>> = (0..200_000).map(|i| if i < 199_999 { vec![i + 1] } else { vec![0] }).collect();
        let found = components(&edges);
        assert!(found.iter().all(|c| *c == found[0]));
    }
}
