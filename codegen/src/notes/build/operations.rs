//! The operations of release notes.

use std::collections::{HashMap, HashSet};

use super::{Builder, MessageOf, docs, name, rank};
use crate::compare::GlobalKind;
use crate::ir;
use crate::notes::changes::rows;
use crate::notes::side::Side;
use crate::notes::tables::{Described, contents};
use crate::notes::types::{Message, Operation, Status};

impl Builder<'_> {
    /// Returns the operations that are new, gone or different, each with the URI of its namespace.
    pub(super) fn operations(&mut self) -> Vec<(String, Operation)> {
        let (old, new) = (self.old, self.new);
        let known: HashMap<String, usize> =
            old.operations().iter().enumerate().filter_map(|(at, it)| Some((name(old.path(it.request)?), at))).collect();
        let mut kept = HashSet::new();
        let mut out = Vec::new();
        for (at, planned) in new.operations().iter().enumerate() {
            let Some(path) = new.path(planned.request) else { continue };
            let status = match self.group_of(path).map(|group| &group.status) {
                Some(Status::Renamed(from)) if known.contains_key(from) => Status::Renamed(from.clone()),
                _ if known.contains_key(&name(path)) => Status::Changed,
                _ => {
                    self.new_operations.insert(at);
                    Status::New
                }
            };
            kept.insert(if let Status::Renamed(from) = &status { from.clone() } else { name(path) });
            let messages = [(Some(planned.request), false), (planned.response, true)]
                .map(|(id, response)| id.map(|id| self.message(id, MessageOf { operation: at, response }, &status)).unwrap_or_default());
            let [request, response] = messages;
            if status == Status::Changed && request.is_unchanged() && response.is_unchanged() {
                continue;
            }
            out.push((self.uri(path), operation(new, planned, status, request, response)));
        }
        for (_, at) in known.iter().filter(|(name, _)| !kept.contains(*name)) {
            let Some(planned) = old.operations().get(*at) else { continue };
            let Some(path) = old.path(planned.request) else { continue };
            let message = |id| {
                let ty = old.path(id).map(name).unwrap_or_default();
                Message { docs: old.type_of(id).map(|ty| docs(old, ty)).unwrap_or_default(), ty, ..Message::default() }
            };
            let (request, response) = (message(planned.request), planned.response.map(message).unwrap_or_default());
            out.push((self.uri(path), operation(old, planned, Status::Removed, request, response)));
        }
        out.sort_by(|(_, a), (_, b)| (rank(&a.status), &a.name).cmp(&(rank(&b.status), &b.name)));
        out
    }

    fn message(&mut self, id: ir::ItemId, of: MessageOf, status: &Status) -> Message {
        let (Some(path), Some(ty)) = (self.new.path(id), self.new.type_of(id)) else { return Message::default() };
        let mut message = Message { ty: name(path), docs: docs(self.new, ty), ..Message::default() };
        if *status == Status::New {
            let mut described = Described::default();
            message.contents = contents(self.new, ty, &|ty| !self.described.contains(&ty), &mut described);
            message.sample = self.samples.of_type(ty, described);
            return message;
        }
        let own = self.by_name.get(&(GlobalKind::Type, message.ty.clone())).copied();
        if let Some(group) = own.and_then(|at| self.groups.get(at)) {
            let mut described = Described::default();
            message.changes = rows(self.old, self.new, &group.changes, &|ty| self.described.contains(&ty), &mut described);
            if !described.is_empty() {
                message.sample = self.samples.of_type(ty, described);
            }
        }
        let others = self.contained.get(&of).into_iter().flatten().filter(|at| Some(**at) != own);
        let through = others.filter_map(|at| self.groups.get(*at)).filter(|group| !group.changes.is_empty());
        message.through = through.map(|group| name(&group.path)).collect();
        message
    }
}

fn operation(side: &Side<'_>, planned: &ir::Operation, status: Status, request: Message, response: Message) -> Operation {
    let alias = side.path(planned.request).filter(|path| path.selector() != planned.wire_type).map(|_| planned.wire_type.clone());
    let (name, safe, docs) = (planned.name.clone(), planned.safe, request.docs.clone());
    Operation { name, status, docs, alias, safe, request, response }
}

impl Message {
    fn is_unchanged(&self) -> bool {
        self.changes.is_empty() && self.through.is_empty()
    }
}
