//! The types, root elements, groups and attributes of release notes.

use std::collections::HashSet;

use super::{Builder, MessageOf, docs, name, rank};
use crate::compare::GlobalKind;
use crate::model::{ElementId, TypeId};
use crate::notes::changes::{Changed, rows};
use crate::notes::side::Found;
use crate::notes::tables::{Described, contents};
use crate::notes::types::{Component, Contents, Status};

impl<'m> Builder<'m> {
    /// Returns the components that are new, gone or different, each with the URI of its namespace. Requests and responses are described with their
    /// operations.
    pub(super) fn components(&mut self, shown: &HashSet<String>) -> Vec<(String, Component)> {
        let mut out = Vec::new();
        let groups = std::mem::take(&mut self.groups);
        for (at, group) in groups.iter().enumerate() {
            let is_message = group.path.kind == GlobalKind::Type && shown.contains(&name(&group.path));
            let nothing = group.status == Status::Changed && group.changes.is_empty();
            if !is_message && !nothing {
                out.push((self.uri(&group.path), self.component(at, group)));
            }
        }
        self.groups = groups;
        out.sort_by(|(_, a), (_, b)| (rank(&a.status), kind_rank(a.kind), &a.name).cmp(&(rank(&b.status), kind_rank(b.kind), &b.name)));
        out
    }

    fn component(&mut self, at: usize, group: &Changed<'m>) -> Component {
        let side = if group.status == Status::Removed { self.old } else { self.new };
        let mut component = Component {
            kind: group.path.kind,
            name: name(&group.path),
            status: group.status.clone(),
            docs: Vec::new(),
            contents: Contents::default(),
            changes: Vec::new(),
            used_by: self.used_by(at),
            sample: None,
            sample_of: None,
        };
        let found = side.find(&group.path);
        let (mut described, mut root, mut ty) = (Described::default(), None, None);
        component.changes = rows(self.old, self.new, &group.changes, &|ty| self.described.contains(&ty), &mut described);
        match found {
            Some(Found::Type(id)) => (component.docs, ty) = (docs(side, id), Some(id)),
            Some(Found::Element(id, _)) => {
                if let Some(element) = side.element(id) {
                    component.docs = if element.docs.is_empty() { docs(side, element.ty) } else { element.docs.clone() };
                    (root, ty) = ((!element.abstract_).then_some(id), Some(element.ty));
                }
            }
            _ => {}
        }
        match (&group.status, ty) {
            (Status::New, Some(ty)) if !self.is_described_elsewhere(ty, root.is_some()) => {
                component.contents = contents(side, ty, &|ty| !self.described.contains(&ty), &mut described);
            }
            _ => {}
        }
        if let Some((document, of)) = self.sample(at, group, root, described) {
            (component.sample, component.sample_of) = (Some(document), of);
        }
        component
    }

    /// Returns a document that shows what is new in a component, with the message or root element that it shows.
    fn sample(
        &mut self,
        at: usize,
        group: &Changed<'m>,
        root: Option<ElementId>,
        described: Described,
    ) -> Option<(String, Option<String>)> {
        match (&group.status, root) {
            (Status::Removed, _) | (Status::New, None) => None,
            (Status::New, Some(root)) => self.samples.of_root(root, described).map(|document| (document, None)),
            _ if described.is_empty() => None,
            (_, Some(root)) => self.samples.of_root(root, described).map(|document| (document, None)),
            (_, None) => {
                let uses = self.uses.get(at)?;
                match (uses.messages.first().copied(), uses.roots.first().copied()) {
                    (Some(message), _) => {
                        let ty = self.message_type(message)?;
                        let name = self.new.type_name(ty).map(|name| name.local.clone());
                        self.samples.of_type(ty, described).map(|document| (document, name))
                    }
                    (None, Some(root)) => {
                        let name = self.new.element(root).map(|element| self.new.name(&element.name));
                        self.samples.of_root(root, described).map(|document| (document, name))
                    }
                    (None, None) => None,
                }
            }
        }
    }

    /// Returns whether a root element has a new type, which is described by itself.
    fn is_described_elsewhere(&self, ty: TypeId, is_root: bool) -> bool {
        is_root && self.described.contains(&ty)
    }

    fn message_type(&self, of: MessageOf) -> Option<TypeId> {
        let planned = self.new.operations().get(of.operation)?;
        self.new.type_of(if of.response { planned.response? } else { planned.request })
    }

    /// Returns the messages that contain a component, or else the root elements.
    fn used_by(&self, at: usize) -> Vec<String> {
        let Some(uses) = self.uses.get(at) else { return Vec::new() };
        let messages = uses.messages.iter().filter_map(|of| {
            let planned = self.new.operations().get(of.operation)?;
            self.new.path(if of.response { planned.response? } else { planned.request })
        });
        let messages: Vec<String> = messages.map(|path| path.local.clone()).collect();
        if !messages.is_empty() || !self.new.operations().is_empty() {
            return messages;
        }
        uses.roots.iter().filter_map(|id| self.new.element(*id)).map(|element| self.new.name(&element.name)).collect()
    }
}

/// Returns the position of a kind of component: root elements first.
fn kind_rank(kind: GlobalKind) -> u8 {
    match kind {
        GlobalKind::Element => 0,
        GlobalKind::Type => 1,
        GlobalKind::Group => 2,
        GlobalKind::AttributeGroup => 3,
        GlobalKind::Attribute => 4,
    }
}
