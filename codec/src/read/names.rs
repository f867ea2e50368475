//! Namespace declarations: which namespace a prefix stands for, and which prefix is bound to a namespace of the schema, as elements open
//! and close.

use std::borrow::Cow;

use super::reader::{Reader, Step};
use super::scope::{Binding, Scope};
use super::tag::Space;
use super::tag::Tag;
use crate::error::{Error, ErrorKind, Result, excerpt};
use crate::note::NoteKind;
use crate::schema::{Namespace, Schema, XML, XMLNS};

impl<'a> Reader<'a> {
    /// Declares a prefix within the element that is being opened.
    pub(super) fn declare(&mut self, prefix: &'a str, uri: Cow<'a, str>, at: usize) -> Result<()> {
        let wrong = match prefix {
            "xml" => uri != XML,
            "xmlns" => true,
            _ => uri == XML || uri == XMLNS || uri.is_empty() && !prefix.is_empty(),
        };
        if wrong {
            return Err(Error::syntax(at, format!("the prefix {} cannot be declared so", excerpt(prefix))));
        }
        let scope = match self.schema.find(&uri) {
            None if self.takes_undeclared() => self.respelled(prefix, uri),
            number => Scope::new(prefix, uri, number, false),
        };
        self.scopes.push(scope);
        if self.scopes.prefixes() > self.most_prefixes { Err(self.too_many_prefixes(at)) } else { Ok(()) }
    }

    #[cold]
    fn too_many_prefixes(&self, at: usize) -> Error {
        let most = self.most_prefixes;
        let message =
            format!("more than {most} namespace prefixes are in scope; `ReadOptions::max_prefixes` raises the limit for trusted documents");
        Error::at(ErrorKind::Limit, at, message)
    }

    /// Returns the scope for a namespace that the schema set does not have. If it has the same namespace with `http` and `https` exchanged,
    /// the declaration stands for that one.
    #[cold]
    fn respelled(&self, prefix: &'a str, uri: Cow<'a, str>) -> Scope<'a> {
        let rest =
            |uri: &str| uri.split_once("://").filter(|(scheme, _)| matches!(*scheme, "http" | "https")).map(|(_, rest)| rest.to_owned());
        let wanted = rest(&uri);
        match self.schema.namespaces().iter().find(|namespace| wanted.is_some() && rest(namespace.uri()) == wanted) {
            Some(meant) => Scope::new(prefix, Cow::Borrowed(meant.uri()), Some(meant.index()), true),
            None => Scope::new(prefix, uri, None, false),
        }
    }

    /// Updates the bindings for the declarations from number `mark` on.
    pub(super) fn opened(&mut self, mark: usize) {
        for at in mark..self.scopes.len() {
            self.release(self.scopes.at(at).map_or("", |scope| scope.prefix));
        }
        for scope in self.scopes.since(mark) {
            if let Some(binding) = scope.number.and_then(|number| self.bindings.get_mut(usize::from(number))) {
                *binding = Binding::new(scope.prefix);
            }
        }
    }

    /// Ends the bindings of a prefix whose meaning has changed. Another prefix of the namespace takes its place.
    fn release(&mut self, prefix: &str) {
        if prefix.is_empty() {
            self.unprefixed = false;
        }
        for (number, binding) in (0..).zip(&mut self.bindings) {
            if binding.len > 0 && binding.prefix == prefix {
                *binding = self.scopes.prefix_of(number).map_or(Binding::NONE, Binding::new);
            }
        }
    }

    /// Removes the declarations of an element that has ended.
    ///
    /// # Errors
    /// Fails if an identity constraint is violated.
    #[inline]
    pub(super) fn closed(&mut self, mark: usize) -> Result<()> {
        if self.scopes.len() > mark {
            self.forget(mark);
        }
        if self.identity.is_some() { self.identity_close() } else { Ok(()) }
    }

    #[cold]
    fn forget(&mut self, mark: usize) {
        while self.scopes.len() > mark
            && let Some(gone) = self.scopes.pop()
        {
            self.release(gone.prefix);
            let number = match self.scopes.get(gone.prefix) {
                Some(scope) => scope.number,
                None => gone.prefix.is_empty().then_some(0),
            };
            let binding = number.and_then(|number| self.bindings.get_mut(usize::from(number)));
            if let Some(binding) = binding.filter(|binding| binding.len == 0) {
                *binding = Binding::new(gone.prefix);
            }
        }
    }

    /// Binds this prefix to a namespace, so that the fast paths expect names of the namespace with this prefix.
    pub(super) fn prefer(&mut self, number: u16, prefix: &'a str, unprefixed: bool) {
        if let Some(binding) = self.bindings.get_mut(usize::from(number)) {
            *binding = Binding::new(prefix);
            self.unprefixed |= unprefixed;
        }
    }

    /// Returns the namespace that the prefix of a qualified name in a value stands for. If undeclared prefixes are accepted, such a prefix
    /// has the meaning that this schema set gives it.
    pub(super) fn meaning(&self, schema: &'static Schema, prefix: &str) -> Option<&str> {
        let usual = || schema.by_prefix(prefix).filter(|_| self.takes_undeclared()).map(Namespace::uri);
        self.lookup(prefix).or_else(usual)
    }

    /// Returns the namespace that the prefix of an element stands for.
    pub(super) fn space(&self, prefix: &str, at: usize) -> Result<Space> {
        match self.scopes.get(prefix) {
            Some(scope) => Ok(scope.number.map_or(Space::Foreign, Space::Known)),
            None if prefix.is_empty() => Ok(Space::Known(0)),
            None if prefix == "xml" => Ok(Space::Foreign),
            None if self.takes_undeclared() => {
                Ok(self.schema.by_prefix(prefix).map_or(Space::Undeclared, |namespace| Space::Known(namespace.index())))
            }
            None => Err(Error::at(ErrorKind::Prefix, at, format!("the prefix {} is not declared", excerpt(prefix)))),
        }
    }

    /// Returns whether undeclared prefixes are accepted.
    pub(super) fn takes_undeclared(&self) -> bool {
        self.undeclared.is_some()
    }

    /// Adds a note about an undeclared prefix that was accepted, at its first occurrence only.
    #[inline]
    pub(super) fn note_undeclared(&mut self, prefix: &str, at: usize, step: Step<'_>) {
        if self.undeclared.is_some() && !prefix.is_empty() && self.lookup(prefix).is_none() {
            self.note_first(prefix, at, step);
        }
    }

    #[cold]
    fn note_first(&mut self, prefix: &str, at: usize, step: Step<'_>) {
        if let Some(noted) = self.undeclared.as_mut().filter(|noted| !noted.contains(prefix)) {
            noted.insert(prefix.to_owned());
            self.note(NoteKind::UndeclaredPrefix, at, step);
        }
    }

    /// Adds a note about a name that was accepted although it is in another namespace of the schema set, for the first name of each such
    /// namespace.
    #[cold]
    pub(super) fn note_other_namespace(&mut self, tag: &Tag) {
        let Space::Known(number) = tag.space else { return };
        let key = format!("{{{number}}}"); // cannot be a prefix
        if self.undeclared.as_mut().is_some_and(|noted| noted.insert(key)) {
            self.note(NoteKind::OtherNamespace, tag.at, Step::None);
        }
    }

    /// Adds a note about an element that declares a namespace of the schema set with `http` and `https` exchanged.
    #[inline]
    pub(super) fn note_respelled(&mut self, tag: &Tag) {
        if self.scopes.since(tag.mark).iter().any(|scope| scope.respelled) {
            self.note(NoteKind::OtherNamespace, tag.at, Step::None);
        }
    }

    /// Switches to the namespaces of another schema set.
    #[cold]
    pub(super) fn switch(&mut self, schema: &'static Schema) {
        self.schema = schema;
        for scope in self.scopes.iter_mut() {
            scope.number = schema.find(&scope.uri);
        }
        self.rebind();
    }
}
