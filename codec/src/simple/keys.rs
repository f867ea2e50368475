//! Computes keys that compare values of a simple type, and finds qualified names and identifiers in a text. The
//! text is expected to be a literal of the type, which `validate` checks.

use xsdgen_datatypes::{Value, builtin, value};

use super::expanded;
use super::space::words;
use super::validate::Tried;
use super::{Builtin, SimpleType, Variety, normalize};

/// Resolves a prefix to a namespace.
pub(crate) type Resolve<'r> = &'r dyn Fn(&str) -> Option<String>;

/// The role of a name: an identifier, or a reference to one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Identifier {
    Id,
    Reference,
}

impl SimpleType {
    /// Returns a key that is the same for two literals if and only if their values are equal.
    pub(crate) fn key(&self, text: &str, resolve: Resolve<'_>) -> String {
        self.key_of(&normalize(text, self.white_space), resolve)
    }

    fn key_of(&self, text: &str, resolve: Resolve<'_>) -> String {
        match self.variety {
            Variety::Restriction(base) => base.key_of(text, resolve),
            Variety::List(item) => list(text, |word| item.key_of(word, resolve)),
            Variety::Union(members) => match members.iter().find(|member| member.takes(text, resolve)) {
                Some(member) => member.key(text, resolve),
                None => format!("s{text}"),
            },
            Variety::Atomic(Builtin::QName | Builtin::Notation) => match text.split_once(':') {
                Some((prefix, local)) => format!("q{{{}}}{local}", resolve(prefix).unwrap_or_default()),
                None => format!("q{{{}}}{text}", resolve("").unwrap_or_default()),
            },
            Variety::Atomic(kind) => match builtin::item(kind) {
                Some(item) => list(text, |word| atomic(item, word)),
                None => atomic(kind, text),
            },
        }
    }

    /// Returns whether a text is a literal of this type when prefixes are resolved in this way. Every prefix of
    /// a qualified name must be declared, and the names must be among those that the type lists.
    pub(crate) fn takes(&self, text: &str, resolve: Resolve<'_>) -> bool {
        self.takes_once(text, resolve, &mut Tried::default())
    }

    fn takes_once(&self, text: &str, resolve: Resolve<'_>, tried: &mut Tried) -> bool {
        if !self.qualified {
            return self.admits(text);
        }
        let text = &*normalize(text, self.white_space);
        let bound = match self.variety {
            Variety::Restriction(base) => base.takes_once(text, resolve, tried),
            Variety::List(item) => words(text).all(|word| item.takes(word, resolve)),
            Variety::Union(members) => members.iter().any(|member| tried.admits(member, |tried| member.takes_once(text, resolve, tried))),
            Variety::Atomic(_) => resolve(prefix_of(text)).is_some(),
        };
        let listed = |names: &[&str]| {
            let key = self.key(text, resolve);
            names.iter().any(|name| self.key_of_expanded(name) == key)
        };
        bound && self.admits(text) && self.names.is_none_or(listed)
    }

    /// Returns a prefix in the text that is not declared.
    pub(crate) fn unbound(&self, text: &str, resolve: Resolve<'_>) -> Option<String> {
        let mut unbound = None;
        self.prefixes(text, resolve, &mut |prefix| {
            if unbound.is_none() && resolve(prefix).is_none() {
                unbound = Some(prefix.to_owned());
            }
        });
        unbound
    }

    /// Returns whether a text has the same value as a literal of the schema, which contains the namespace of
    /// each qualified name.
    pub(crate) fn same_as(&self, expanded: &str, text: &str, resolve: Resolve<'_>) -> bool {
        self.key_of_expanded(expanded) == self.key(text, resolve)
    }

    /// Returns the key of a literal of the schema, which contains the namespace of each qualified name.
    fn key_of_expanded(&self, expanded: &str) -> String {
        let apart = expanded::told_apart(expanded);
        let expanded = apart.as_deref().unwrap_or(expanded);
        let own = |prefix: &str| expanded::namespace(expanded, prefix);
        self.key(&expanded::plain(expanded), &own)
    }

    /// Returns the members of a union without facets. Types derived from its members count as derived from the
    /// union (Part 1, section 3.14.6).
    pub(crate) fn members(&self) -> Option<&'static [&'static SimpleType]> {
        match self.variety {
            _ if !self.facets.is_empty() || self.names.is_some() => None,
            Variety::Union(members) => Some(members),
            Variety::Restriction(base) => base.members(),
            Variety::Atomic(_) | Variety::List(_) => None,
        }
    }

    /// Returns the first member of a union that the text is a literal of, with its index. A member that is
    /// itself a union is replaced by its members (Part 2, section 2.5.1.3).
    pub(crate) fn active(&self, text: &str, resolve: Resolve<'_>) -> Option<(usize, &'static SimpleType)> {
        let members = match self.variety {
            Variety::Restriction(base) => return base.active(text, resolve),
            Variety::Union(members) => members,
            Variety::Atomic(_) | Variety::List(_) => return None,
        };
        let at = members.iter().position(|member| member.takes(text, resolve))?;
        let before: usize = members.iter().take(at).map(|member| member.count()).sum();
        let member = members.get(at)?;
        let (within, leaf) = member.active(text, resolve).unwrap_or((0, member));
        Some((before + within, leaf))
    }

    /// Returns whether this is a union that has a member with an enumeration. Another text may then be a value
    /// that a later version of the schema lists.
    pub(crate) fn is_open(&self) -> bool {
        self.facets.is_empty()
            && self.names.is_none()
            && match self.variety {
                Variety::Restriction(base) => base.is_open(),
                Variety::Union(members) => members.iter().any(|member| member.is_open() || member.lists_without_pattern()),
                Variety::Atomic(_) | Variety::List(_) => false,
            }
    }

    fn lists_without_pattern(&self) -> bool {
        self.facets.enumeration().is_some() && self.facets.pattern().is_none()
    }

    /// Returns the number of member types, counting the members of nested unions.
    fn count(&self) -> usize {
        match self.variety {
            Variety::Restriction(base) => base.count(),
            Variety::Union(members) => members.iter().map(|member| member.count()).sum(),
            Variety::Atomic(_) | Variety::List(_) => 1,
        }
    }

    /// Returns whether this is a built-in type itself, without a name or facets.
    pub(crate) fn is_builtin(&self) -> bool {
        let Variety::Atomic(builtin) = self.variety else { return false };
        let bare = self.facets.is_empty() && self.names.is_none();
        bare && self.name.is_empty() && self.white_space == Self::of(builtin).white_space
    }

    /// Returns whether the type is `xs:ID` or derived from it.
    pub(crate) fn is_id(&self) -> bool {
        self.builtin() == Some(Builtin::Id)
    }

    /// Returns the built-in type that this type is derived from, or `None` for lists and unions.
    pub(crate) fn builtin(&self) -> Option<Builtin> {
        match self.variety {
            Variety::Atomic(builtin) => Some(builtin),
            Variety::Restriction(base) => base.builtin(),
            Variety::List(_) | Variety::Union(_) => None,
        }
    }

    /// Returns the primitive type of the values; for a list, that of its items. Unions have none. `xs:NOTATION`
    /// counts as `xs:QName`.
    pub(crate) fn primitive(&self) -> Option<Builtin> {
        match self.variety {
            Variety::Atomic(Builtin::Notation) => Some(Builtin::QName),
            Variety::Atomic(builtin) => Some(builtin::primitive(builtin::item(builtin).unwrap_or(builtin))),
            Variety::Restriction(base) => base.primitive(),
            Variety::List(item) => item.primitive(),
            Variety::Union(_) => None,
        }
    }

    /// Returns the first of these literals that has the same value as another one. Prefixes are compared as text.
    pub(crate) fn same_among(&self, values: &'static [&'static str], text: &str) -> Option<&'static str> {
        let resolve = |prefix: &str| Some(prefix.to_owned());
        let key = self.key(text, &resolve);
        values.iter().copied().find(|value| self.key(value, &resolve) == key)
    }

    /// Returns whether two literals have the same value. Prefixes are compared as text.
    pub(crate) fn same(&self, one: &str, other: &str) -> bool {
        let resolve = |prefix: &str| Some(prefix.to_owned());
        self.key(one, &resolve) == self.key(other, &resolve)
    }

    /// Passes each identifier, and each reference to one, in the text to a callback.
    pub(crate) fn identifiers(&self, text: &str, resolve: Resolve<'_>, found: &mut dyn FnMut(Identifier, &str)) {
        match self.variety {
            Variety::Restriction(base) => base.identifiers(text, resolve, found),
            Variety::List(item) => words(text).for_each(|word| item.identifiers(word, resolve, found)),
            Variety::Union(members) => {
                if let Some(member) = members.iter().find(|member| member.takes(text, resolve)) {
                    member.identifiers(text, resolve, found);
                }
            }
            Variety::Atomic(Builtin::Id) => found(Identifier::Id, text.trim()),
            Variety::Atomic(Builtin::Idref | Builtin::Idrefs) => words(text).for_each(|word| found(Identifier::Reference, word)),
            Variety::Atomic(_) => {}
        }
    }

    /// Passes each prefix in the text to a callback, the empty one for names without prefix. If no member of a
    /// union accepts the text, the prefixes are those that the first member with a matching lexical form would
    /// use.
    fn prefixes(&self, text: &str, resolve: Resolve<'_>, found: &mut dyn FnMut(&str)) {
        match self.variety {
            Variety::Restriction(base) => base.prefixes(text, resolve, found),
            Variety::List(item) => words(text).for_each(|word| item.prefixes(word, resolve, found)),
            Variety::Union(members) => {
                let by_form = || members.iter().find(|member| member.admits(text));
                if let Some(member) = members.iter().find(|member| member.takes(text, resolve)).or_else(by_form) {
                    member.prefixes(text, resolve, found);
                }
            }
            Variety::Atomic(Builtin::QName | Builtin::Notation) => found(prefix_of(text)),
            Variety::Atomic(_) => {}
        }
    }
}

/// Returns the prefix of a qualified name, or the empty string.
fn prefix_of(name: &str) -> &str {
    name.split_once(':').map_or("", |(prefix, _)| prefix.trim_start())
}

fn atomic(kind: Builtin, text: &str) -> String {
    value::parse(kind, text, &|_| Some(0)).map_or_else(|| format!("s{text}"), |value: Value| value.key())
}

fn list(text: &str, key: impl Fn(&str) -> String) -> String {
    words(text).fold("l".to_owned(), |mut keys, word| {
        keys.push('\0');
        keys.push_str(&key(word));
        keys
    })
}
