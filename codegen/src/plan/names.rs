//! Assigns unique names: those wanted first take precedence, and changed names are recorded as collisions.
//!
//! `words` splits names into words, and `places` decides where components are written.

use std::collections::{BTreeMap, BTreeSet};

use super::phrases::Phrases;
use super::{letters, words};
use crate::ir::Collision;
use crate::keywords;
use crate::model::{Model, Type};
use crate::reserved;

/// The way to split names that consist of the same letters: `webexID`, `webExId` and `webExID` all become `web Ex ID`.
///
/// The phrases of the settings take precedence. Otherwise the spelling with the most words decides, so that a name is split the same way everywhere.
#[derive(Debug, Default)]
pub(super) struct Lexicon {
    phrases: Phrases,
    by_letters: BTreeMap<String, Vec<String>>,
    /// The names, in `snake_case`, that look like another name of the schemas. The compiler would warn about them.
    confusable: BTreeSet<String>,
}

impl Lexicon {
    /// Builds the lexicon from the names of all components.
    pub(super) fn of(model: &Model, phrases: Phrases) -> Self {
        let mut lexicon = Lexicon { phrases, ..Lexicon::default() };
        for element in &model.elements {
            lexicon.add(&element.name.local);
        }
        for attribute in &model.attributes {
            lexicon.add(&attribute.name.local);
        }
        lexicon.confusable = lexicon.confusable_among(model);
        lexicon
    }

    /// Returns the names and values that differ from another only by similar-looking characters. Names of ASCII characters are never among them.
    fn confusable_among(&self, model: &Model) -> BTreeSet<String> {
        let (names, values) = (spelled_names(model), spelled_values(model));
        if names.iter().chain(&values).all(|name| name.is_ascii()) {
            return BTreeSet::new();
        }
        let names = names.into_iter().map(|name| words::snake(&self.words(name)));
        let values = values.into_iter().map(|value| words::snake(&self.value(value, &BTreeSet::new())));
        let (plain, others): (BTreeSet<String>, BTreeSet<String>) = names.chain(values).partition(|name| name.is_ascii());
        let mut seen: BTreeSet<String> = plain.iter().map(|name| unicode_security::skeleton(name).collect()).collect();
        others.into_iter().filter(|name| !seen.insert(unicode_security::skeleton(name).collect())).collect()
    }

    /// Replaces the non-ASCII characters of the words by their numbers if the name could be confused with another.
    fn told_apart(&self, found: Vec<String>) -> Vec<String> {
        match !self.confusable.is_empty() && self.confusable.contains(&words::snake(&found)) {
            true => found.iter().map(|word| letters::numbered(word)).collect(),
            false => found,
        }
    }

    /// Returns the phrases of the settings.
    pub(super) fn phrases(&self) -> &Phrases {
        &self.phrases
    }

    fn add(&mut self, name: &str) {
        let found = self.phrases.apply(words::split(name));
        let known = self.by_letters.entry(joined(&found)).or_default();
        if found.len() > known.len() || (found.len() == known.len() && found < *known) {
            *known = found;
        }
    }

    /// Splits a name into words.
    pub(super) fn words(&self, name: &str) -> Vec<String> {
        let own = self.phrases.apply(words::split(name));
        self.told_apart(self.by_letters.get(&joined(&own)).cloned().unwrap_or(own))
    }

    /// Splits an enumeration value into words; `signed` is the result of [`words::signed`] for all values of the enumeration.
    pub(super) fn value(&self, value: &str, signed: &BTreeSet<&str>) -> Vec<String> {
        self.told_apart(self.phrases.apply(words::split_value(value, signed)))
    }

    /// Returns the field name for a name.
    pub(super) fn field(&self, name: &str) -> String {
        field(&words::snake(&self.words(name)))
    }

    /// Returns the variant name for a name.
    pub(super) fn variant(&self, name: &str) -> String {
        variant(&words::camel(&self.words(name)))
    }

    /// Returns the type name for a name.
    pub(super) fn type_name(&self, name: &str) -> String {
        type_name(&words::camel(&self.words(name)))
    }

    /// Returns the module name for a name.
    pub(super) fn module(&self, name: &str) -> String {
        module(&words::snake(&self.words(name)))
    }
}

/// Returns the key that names of the same letters share. The position of numbers makes a difference.
fn joined(found: &[String]) -> String {
    found.concat().to_lowercase()
}

/// Returns the names of all components.
fn spelled_names(model: &Model) -> BTreeSet<&str> {
    let types = model.types.iter().filter_map(Type::name).chain(model.groups.iter().map(|group| &group.name));
    let names = model.elements.iter().map(|it| &it.name).chain(model.attributes.iter().map(|it| &it.name)).chain(types);
    names.map(|name| name.local.as_str()).collect()
}

/// Returns the values of all enumerations.
fn spelled_values(model: &Model) -> BTreeSet<&str> {
    let simple = model.types.iter().filter_map(|ty| if let Type::Simple(ty) = ty { Some(ty) } else { None });
    simple.flat_map(|ty| &ty.facets.enumeration).map(|facet| facet.value.as_str()).collect()
}

/// Returns the identifier of a field: `type` becomes `type_`.
pub(super) fn field(snake: &str) -> String {
    escape(words::identifier(snake, "n", "field"))
}

/// Returns the identifier of a module, which must not hide a primitive type.
pub(super) fn module(snake: &str) -> String {
    let name = words::identifier(snake, "n", "names");
    if reserved::primitive(&name) { format!("{name}_") } else { escape(name) }
}

/// Returns the identifier of a module that has a file of its own, which must be a valid file name. Rust looks for no file if a letter is not ASCII.
pub(super) fn file(words: &[String]) -> String {
    let fits = |count: usize| words.iter().take(count).map(|word| word.len() + 1).sum::<usize>() <= LONGEST_FILE;
    let count = (1..=words.len()).rev().find(|count| fits(*count)).unwrap_or(1);
    let name = module(&shortened(&letters::numbered(&words::snake(words.get(..count).unwrap_or(words))), LONGEST_FILE));
    if reserved::file(&name) || reserved::root(&name) { format!("{name}_") } else { name }
}

/// The maximum length in bytes of the name of a module that has a file. File systems allow 255, including temporary suffixes and other encodings.
const LONGEST_FILE: usize = 64;

/// Cuts a name that is too long.
pub(super) fn shortened(name: &str, longest: usize) -> String {
    let end = name.char_indices().map(|(at, c)| at + c.len_utf8()).take_while(|end| *end <= longest).last().unwrap_or_default();
    let short = name.get(..end).unwrap_or(name);
    if short.len() < name.len() { short.trim_end_matches('_').to_owned() } else { name.to_owned() }
}

/// Returns the identifier of a type, which must not hide a name of the prelude.
pub(super) fn type_name(camel: &str) -> String {
    let name = words::identifier(camel, "T", "Unnamed");
    if reserved::prelude(&name) { format!("{name}Type") } else { escape(name) }
}

/// Returns the identifier of a variant.
pub(super) fn variant(camel: &str) -> String {
    let name = words::identifier(camel, "V", "Value");
    if name == "Self" { "SelfValue".to_owned() } else { escape(name) }
}

fn escape(name: String) -> String {
    if keywords::is_keyword(&name) { format!("{name}_") } else { name }
}

/// A set of names that must be unique: the fields of a struct, the types of a module, the files of a folder.
#[derive(Debug, Default, Clone)]
pub(super) struct Scope {
    taken: BTreeSet<String>,
    /// The last number that was appended to each name.
    numbers: BTreeMap<String, u64>,
    /// Whether names that differ only in letter case are equal, as file names are on some systems.
    folds: bool,
}

impl Scope {
    /// Creates a scope with names that are not available.
    pub(super) fn reserving<'a>(names: impl IntoIterator<Item = &'a str>) -> Self {
        Scope { taken: names.into_iter().map(str::to_owned).collect(), ..Scope::default() }
    }

    /// Creates a scope for names that are also file names.
    pub(super) fn of_files() -> Self {
        Scope { folds: true, ..Scope::default() }
    }

    /// Returns the first of the wanted names that is free; otherwise the last one with the smallest number from 2 that makes it free.
    /// `join` is put before the number: nothing for types, `_` for fields.
    pub(super) fn take(&mut self, wanted: &[String], join: &str) -> String {
        if let Some(name) = wanted.iter().find(|name| self.insert(name)) {
            return name.clone();
        }
        let last = wanted.last().map_or("", String::as_str);
        let stem = last.trim_end_matches('_');
        let join = if join.is_empty() && stem.ends_with(|c: char| c.is_numeric()) { "_" } else { join };
        loop {
            let number = self.numbers.entry(last.to_owned()).or_insert(1);
            *number += 1;
            let name = format!("{stem}{join}{number}");
            if self.insert(&name) {
                return name;
            }
        }
    }

    /// Takes a name if it is free. A trailing underscore is ignored, because the setter of `type_` is `with_type`.
    pub(super) fn insert(&mut self, name: &str) -> bool {
        self.taken.insert(self.folded(name))
    }

    /// Returns whether a name is taken.
    pub(super) fn has(&self, name: &str) -> bool {
        self.taken.contains(&self.folded(name))
    }

    fn folded(&self, name: &str) -> String {
        let name = name.trim_end_matches('_');
        if self.folds { name.to_uppercase().to_lowercase() } else { name.to_owned() }
    }
}

/// The names that had to be changed because they were taken.
#[derive(Debug, Default)]
pub(super) struct Collisions(pub(super) Vec<Collision>);

impl Collisions {
    /// Records a collision if the given name is not the wanted one.
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
        let mut lexicon = Lexicon { phrases, ..Lexicon::default() };
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
    fn numbers_stand_behind_one_underscore() {
        let mut scope = Scope::default();
        let wanted = ["self_".to_owned()];
        assert_eq!((scope.take(&wanted, "_"), scope.take(&wanted, "_")), ("self_".to_owned(), "self_2".to_owned()));
    }

    #[test]
    fn names_that_look_the_same_are_told_apart() {
        let confusable = BTreeSet::from(["æble".to_owned()]);
        let lexicon = Lexicon { confusable, ..Lexicon::default() };
        assert_eq!((lexicon.field("æble"), lexicon.type_name("æbler")), ("ue6ble".to_owned(), "Æbler".to_owned()));
    }

    #[test]
    fn files_differ_in_more_than_the_case_of_letters() {
        let mut files = Scope::of_files();
        let names = ["orders", "Orders", "straße", "strasse"].map(|name| files.take(&[name.to_owned()], "_"));
        assert_eq!(names, ["orders", "Orders_2", "straße", "strasse_2"]);
        let file = |name: &str| file(&words::split(name));
        assert_eq!(["lib", "NUL", "com1", "orders"].map(file), ["lib_", "nul_", "com1_", "orders"]);
        assert_eq!(["日本", "straße", "ფასი"].map(file), ["u65e5u672c", "straudfe", "u10e4u10d0u10e1u10d8"]);
        assert_eq!(file(&"LongName".repeat(40)).len(), 59);
    }

    #[test]
    fn reserved_words() {
        assert_eq!(field("type"), "type_");
        assert_eq!(module("u8"), "u8_");
        assert_eq!(type_name("Option"), "OptionType");
        assert_eq!(variant("Self"), "SelfValue");
    }
}
