//! Gives the fields of a struct or the variants of an enum their names: those of the lock first.

use std::collections::HashSet;

use super::context::Context;
use super::locked::Wanted;
use super::names::Scope;
use crate::lock::{Entry, Form, Key, Role};
use crate::model::ComponentPath;
use crate::model::path::{Label, PartKind, Step};

/// The names of the fields of a struct or of the variants of an enum.
#[derive(Debug)]
pub(super) struct MemberNames {
    container: Option<ComponentPath>,
    form: Form,
    scope: Scope,
    paths: HashSet<ComponentPath>,
}

impl MemberNames {
    /// Creates the scope of a container, in which the names of the lock and the reserved names are taken.
    pub(super) fn new(cx: &mut Context<'_>, container: Option<ComponentPath>, form: Form, reserved: &[&str]) -> Self {
        let mut names = MemberNames { scope: Scope::reserving(reserved.iter().copied()), container, form, paths: HashSet::new() };
        cx.locked.reserve_members(&mut names.scope, &(names.container.clone(), form));
        names
    }

    /// Returns the separator before a number.
    fn join(&self) -> &'static str {
        if self.form == Form::Field { "_" } else { "" }
    }

    /// Returns the path of the container.
    pub(super) fn container(&self) -> Option<&ComponentPath> {
        self.container.as_ref()
    }

    /// Takes a name for a member that comes later.
    pub(super) fn reserve(&mut self, wanted: &str) -> String {
        self.scope.take(&[wanted.to_owned()], self.join())
    }

    /// Returns whether the lock has a name for a member.
    pub(super) fn is_locked(&self, cx: &Context<'_>, path: &ComponentPath) -> bool {
        cx.locked.names_member(&Key::new(path.clone(), Role::Member), self.form)
    }

    /// Gives a member its name: that of the lock, or else the first of the wanted ones that is free.
    pub(super) fn give(&mut self, cx: &mut Context<'_>, path: &ComponentPath, wanted: &Wanted) -> (String, ComponentPath) {
        self.give_with(cx, path, wanted, |scope, join| scope.take(&wanted.names, join))
    }

    /// Gives a member its name: that of the lock, or else one that was reserved for it.
    pub(super) fn give_reserved(
        &mut self,
        cx: &mut Context<'_>,
        path: &ComponentPath,
        wanted: &str,
        reserved: Option<String>,
    ) -> (String, ComponentPath) {
        let wanted = Wanted::by_rule([wanted.to_owned()]);
        self.give_with(cx, path, &wanted, |scope, join| reserved.unwrap_or_else(|| scope.take(&wanted.names, join)))
    }

    fn give_with(
        &mut self,
        cx: &mut Context<'_>,
        path: &ComponentPath,
        wanted: &Wanted,
        take: impl FnOnce(&mut Scope, &'static str) -> String,
    ) -> (String, ComponentPath) {
        let path = self.unique(path);
        let key = Key::new(path.clone(), Role::Member);
        let locked = cx.locked.find(&key).filter(|entry| entry.form == self.form && !(wanted.given && entry.name != wanted.first()));
        if let Some(entry) = locked {
            if self.scope.has(wanted.first()) {
                cx.collisions.note(path.shown(), wanted.first(), &entry.name);
            }
            return (entry.name, path);
        }
        let join = self.join();
        let name = take(&mut self.scope, join);
        cx.collisions.note(path.shown(), wanted.first(), &name);
        cx.locked.got(&key, Entry { form: self.form, module: String::new(), name: name.clone(), ty: String::new() }, wanted);
        (name, path)
    }

    fn unique(&mut self, path: &ComponentPath) -> ComponentPath {
        let mut numbered = path.clone();
        let mut number = 1;
        while !self.paths.insert(numbered.clone()) {
            number += 1;
            numbered = path.child(Step::Part(PartKind::Same, Label::Number(number)));
        }
        numbered
    }
}
