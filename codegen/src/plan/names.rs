//! In: wanted names, in order of their right to them. Out: names that are unique where they stand, and a record of those that gave way.
//! Not done here: splitting into words (`words`), which component stands where (`places`).

use std::collections::{BTreeMap, BTreeSet};

use super::phrases::Phrases;
use super::words;
use crate::ir::Collision;
use crate::model::Model;

/// How every spelling of the same letters is split: `webexID`, `webExId` and `webExID` are all `web Ex ID`.
///
/// The user's phrases come first; then the spelling with the most words decides, so that one name reads the same wherever it occurs.
#[derive(Debug, Default)]
pub(super) struct Lexicon {
    phrases: Phrases,
    by_letters: BTreeMap<String, Vec<String>>,
}

impl Lexicon {
    /// Of the names of all components.
    pub(super) fn of(model: &Model, phrases: Phrases) -> Self {
        let mut lexicon = Lexicon { phrases, by_letters: BTreeMap::new() };
        for element in &model.elements {
            lexicon.add(&element.name.local);
        }
        for attribute in &model.attributes {
            lexicon.add(&attribute.name.local);
        }
        lexicon
    }

    /// What the user says of words.
    pub(super) fn phrases(&self) -> &Phrases {
        &self.phrases
    }

    fn add(&mut self, name: &str) {
        let found = self.phrases.apply(words::split(name));
        let known = self.by_letters.entry(letters(&found)).or_default();
        if found.len() > known.len() || (found.len() == known.len() && found < *known) {
            *known = found;
        }
    }

    /// The words of a name.
    pub(super) fn words(&self, name: &str) -> Vec<String> {
        let own = self.phrases.apply(words::split(name));
        self.by_letters.get(&letters(&own)).cloned().unwrap_or(own)
    }

    /// The words of a value of an enumeration; `signed` is [`words::signed`] of all its values.
    pub(super) fn value(&self, value: &str, signed: &BTreeSet<&str>) -> Vec<String> {
        self.phrases.apply(words::split_value(value, signed))
    }

    /// The name of a field for it.
    pub(super) fn field(&self, name: &str) -> String {
        field(&words::snake(&self.words(name)))
    }

    /// The name of a variant for it.
    pub(super) fn variant(&self, name: &str) -> String {
        variant(&words::camel(&self.words(name)))
    }

    /// The name of a type for it.
    pub(super) fn type_name(&self, name: &str) -> String {
        type_name(&words::camel(&self.words(name)))
    }

    /// The name of a module for it.
    pub(super) fn module(&self, name: &str) -> String {
        module(&words::snake(&self.words(name)))
    }
}

/// What names of the same letters have in common; where numbers begin matters.
fn letters(found: &[String]) -> String {
    found.concat().to_lowercase()
}

/// A field's identifier: `type` is `type_`.
pub(super) fn field(snake: &str) -> String {
    escape(words::identifier(snake, "n", "field"))
}

/// A module's identifier: nothing that hides a primitive type.
pub(super) fn module(snake: &str) -> String {
    let name = words::identifier(snake, "n", "names");
    if words::primitive(&name) { format!("{name}_") } else { escape(name) }
}

/// A type's identifier: nothing that hides what the prelude has.
pub(super) fn type_name(camel: &str) -> String {
    let name = words::identifier(camel, "T", "Unnamed");
    if words::prelude(&name) { format!("{name}Type") } else { escape(name) }
}

/// A variant's identifier.
pub(super) fn variant(camel: &str) -> String {
    let name = words::identifier(camel, "V", "Value");
    if name == "Self" { "SelfValue".to_owned() } else { escape(name) }
}

fn escape(name: String) -> String {
    if words::keyword(&name) { format!("{name}_") } else { name }
}

/// A set of names that must differ: the fields of a struct, the types of a module.
#[derive(Debug, Default, Clone)]
pub(super) struct Scope {
    taken: BTreeSet<String>,
    /// The last number given after a name.
    numbers: BTreeMap<String, u64>,
}

impl Scope {
    /// With names that nobody gets.
    pub(super) fn reserving<'a>(names: impl IntoIterator<Item = &'a str>) -> Self {
        Scope { taken: names.into_iter().map(str::to_owned).collect(), numbers: BTreeMap::new() }
    }

    /// The first of the wanted names that is free, else the last with the smallest number from 2 that is free.
    /// `join` stands before the number: nothing for types, `_` for fields.
    pub(super) fn take(&mut self, wanted: &[String], join: &str) -> String {
        for name in wanted {
            if self.taken.insert(name.clone()) {
                return name.clone();
            }
        }
        let last = wanted.last().map_or("", String::as_str);
        let join = if join.is_empty() && last.ends_with(|c: char| c.is_numeric()) { "_" } else { join };
        let number = self.numbers.entry(last.to_owned()).or_insert(1);
        loop {
            *number += 1;
            let name = format!("{last}{join}{number}");
            if self.taken.insert(name.clone()) {
                return name;
            }
        }
    }
}

/// Names that could not be had as wanted.
#[derive(Debug, Default)]
pub(super) struct Collisions(pub(super) Vec<Collision>);

impl Collisions {
    /// Notes it where the name given is not the one wanted.
    pub(super) fn note(&mut self, component: impl Into<String>, wanted: &str, given: &str) {
        if wanted != given {
            self.0.push(Collision { component: component.into(), wanted: wanted.to_owned(), given: given.to_owned() });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{Diagnostics, Span};
    use crate::settings::Phrase;

    #[test]
    fn same_letters_read_the_same() {
        let mut lexicon = Lexicon::default();
        for name in ["webexID", "webExId", "webExID", "sessionkey", "sessionKey"] {
            lexicon.add(name);
        }
        assert_eq!(lexicon.field("webexID"), "web_ex_id");
        assert_eq!(lexicon.field("webExId"), "web_ex_id");
        assert_eq!(lexicon.field("sessionkey"), "session_key");
    }

    #[test]
    fn phrases_go_before_spellings() {
        let phrase = |text: &str| Phrase { text: text.to_owned(), span: Span::file("xsdgen.toml") };
        let phrases = Phrases::new(&[phrase("WebEx"), phrase("web site")], &mut Diagnostics::new());
        let mut lexicon = Lexicon { phrases, by_letters: BTreeMap::new() };
        for name in ["webexID", "webExID", "webSITE", "website"] {
            lexicon.add(name);
        }
        assert_eq!(lexicon.field("webExID"), "webex_id");
        assert_eq!(lexicon.type_name("WEBSITE"), "WebSite");
        assert_eq!(words::camel(&lexicon.value("WEBEX_ID", &BTreeSet::new())), "WebexId");
    }

    #[test]
    fn the_first_keeps_its_name() {
        let mut scope = Scope::default();
        let wanted = ["web_ex_id".to_owned()];
        assert_eq!(scope.take(&wanted, "_"), "web_ex_id");
        assert_eq!(scope.take(&wanted, "_"), "web_ex_id_2");
        let other = ["web_ex_id".to_owned(), "webex_id".to_owned()];
        assert_eq!(scope.take(&other, "_"), "webex_id");
    }

    #[test]
    fn reserved_words() {
        assert_eq!(field("type"), "type_");
        assert_eq!(module("u8"), "u8_");
        assert_eq!(type_name("Option"), "OptionType");
        assert_eq!(variant("Self"), "SelfValue");
    }
}
