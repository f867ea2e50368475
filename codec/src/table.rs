//! In: the lines of a type as the macros spell them, and what a blank value says of its slots. Out: items, ready to read and write by.
//! Not done here: the spelling (`macros::fields`); when it is read (`shape`).
//!
//! The first line is `prefix, name` of the type. Another is `place, field, occurrence, prefix, name`, perhaps with a default or fixed value behind, or `placed` with the values of all declarations of the name: what stands in the source, the name
//! with its quotes. Its parts are divided by a character that XML does not know.

use crate::keys::{Key, Keys};
use crate::particle::Own;
use crate::schema::Schema;
use crate::shape::{Facts, Item, Kind, Place, Process, UNBOUNDED};
use crate::simple::{Builtin, SimpleType};
use crate::write::Padded;

/// What stands between the parts of a line.
const PART: char = '\u{1f}';

/// What ends a line.
const END: char = '\u{1e}';

/// The items of a type.
#[derive(Debug)]
pub(crate) struct Table {
    pub(crate) attributes: Box<[Item]>,
    pub(crate) items: Box<[Item]>,
    /// The names of the items, to compare with what stands in a document.
    pub(crate) keys: Keys,
    /// Those of the attributes.
    pub(crate) attribute_keys: Box<[Key]>,
    /// Bit n: something is to be done where the attribute n is absent.
    pub(crate) expected: u64,
    /// Bit n: the item n must occur. Of the items from 64 on nothing is said.
    pub(crate) required: u64,
    /// Whether to look at each item at the end of the element: some must occur more than once, or there are more than 64.
    pub(crate) counted: bool,
    /// Whether no two elements have one local name, so that a name without its namespace says which is meant.
    pub(crate) distinct: bool,
    /// Whether a wildcard is among its elements.
    pub(crate) wild: bool,
    /// What names there may be.
    pub(crate) names: Names,
}

/// Which names may stand in a table, in whatever case: a set with a bit for each name, which may say yes too often.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Names {
    starts: u64,
    ends: u64,
    /// Whether there are choices, groups or wildcards, which have names of their own.
    open: bool,
}

impl Names {
    fn of(items: &[Item]) -> Self {
        let mut names = Self { starts: 0, ends: 0, open: false };
        for item in items {
            let (start, end) = Self::bits(item.local);
            match item.place {
                Place::Element => (names.starts, names.ends) = (names.starts | start, names.ends | end),
                Place::Group | Place::Any => names.open = true,
                Place::Attribute | Place::Text => {}
            }
        }
        names
    }

    /// A bit by length and first letter, and another by length and last letter.
    fn bits(name: &str) -> (u64, u64) {
        let bytes = name.as_bytes();
        let bit = |byte: Option<&u8>| {
            let letter = usize::from(byte.copied().unwrap_or_default().to_ascii_lowercase());
            1 << ((letter + 11 * bytes.len()) % 64)
        };
        (bit(bytes.first()), bit(bytes.last()))
    }

    /// Whether it may have this name; if not, it has not.
    pub(crate) fn may_have(self, name: &str) -> bool {
        let (start, end) = Self::bits(name);
        self.open || self.starts & start != 0 && self.ends & end != 0
    }
}

impl Table {
    /// Reads the lines. Facets go by field, what the slots say by order.
    #[cold]
    pub(crate) fn of(
        schema: &Schema,
        lines: &'static [&'static str],
        facets: &[(&str, Option<&'static SimpleType>)],
        slots: &[Facts],
    ) -> Self {
        let lines = lines.iter().flat_map(|lines| lines.split_terminator(END)).skip(1);
        let items = lines.zip(slots).map(|(line, facts)| item(schema, line, facets, facts));
        let (attributes, items): (Vec<Item>, Vec<Item>) = items.partition(|item| item.in_tag);
        let must = |(index, item): (u32, &Item)| if item.min > 0 { 1 << index } else { 0 };
        let required = (0..64).zip(&items).map(must).fold(0, |all, one: u64| all | one);
        let counted = items.len() > 64 || items.iter().any(|item| item.min > 1);
        let mut names: Vec<&str> = items.iter().filter(|item| item.place == Place::Element).map(|item| item.local).collect();
        names.sort_unstable();
        let distinct = names.windows(2).all(|pair| pair.first() != pair.last());
        let wild = items.iter().any(|item| item.place == Place::Any) && items.len() > 1;
        let (keys, names) = (Keys::of(items.iter()), Names::of(&items));
        let attribute_keys = attributes.iter().map(Key::of_attribute).collect();
        let expect = |(index, item): (u32, &Item)| if item.min > 0 || item.preset.is_some() { 1 << index } else { 0 };
        let expected =
            if attributes.len() > 64 { u64::MAX } else { (0..64).zip(&attributes).map(expect).fold(0, |all, one: u64| all | one) };
        Self {
            attributes: attributes.into(),
            keys,
            attribute_keys,
            expected,
            names,
            items: items.into(),
            required,
            counted,
            distinct,
            wild,
        }
    }
}

/// The prefix and the local name of the type, which stand before its lines.
pub(crate) fn head(lines: &'static [&'static str]) -> (&'static str, &'static str) {
    let head = lines.first().and_then(|lines| lines.split_terminator(END).next()).unwrap_or_default();
    head.split_once(PART).unwrap_or_default()
}

/// The name and the occurrence of each field.
pub(crate) fn fields(lines: &'static [&'static str]) -> impl Iterator<Item = (&'static str, &'static str)> {
    let lines = lines.iter().flat_map(|lines| lines.split_terminator(END)).skip(1);
    lines.map(|line| {
        let mut parts = line.split(PART).skip(1);
        (parts.next().unwrap_or_default(), parts.next().unwrap_or_default())
    })
}

/// Reads one line.
fn item(schema: &Schema, line: &'static str, facets: &[(&str, Option<&'static SimpleType>)], facts: &Facts) -> Item {
    let mut parts = line.split(PART);
    let mut part = || parts.next().unwrap_or_default();
    let (place, field, occurrence, prefix, source) = (part(), part(), part(), part(), part());
    let name = literal(source);
    let in_tag = place == "attribute";
    let place = match (place, prefix) {
        (_, "any") => Place::Any,
        (_, "group") => Place::Group,
        ("attribute", _) => Place::Attribute,
        ("text", _) => Place::Text,
        _ => Place::Element,
    };
    let (min, max) = occurs(occurrence);
    let sort = part();
    let mut own = Own { preset: None, fixed: sort == "fixed", never_nil: false };
    if !matches!(sort, "" | PLACED) {
        own.preset = Some(part());
    }
    let [open, close] = tags(place, prefix, name);
    let simple = facets.iter().find(|(of, _)| *of == field).and_then(|(_, simple)| *simple);
    let named = matches!(place, Place::Element | Place::Attribute);
    let make = |Own { preset, fixed, never_nil }, placed| Item {
        open,
        close,
        tags: if (place == Place::Element && preset.is_none() || place == Place::Attribute && prefix == "none") && !fixed {
            Padded::new(open).zip(Padded::new(close)).map(Into::into)
        } else {
            None
        },
        local: name,
        namespace: if named { schema.number_of(prefix) } else { 0 },
        place,
        kind: facts.kind,
        min,
        max,
        preset,
        fixed,
        simple,
        native: facts.simple.filter(|_| !facts.kind.is(Kind::LIST)),
        mapped: is_mapped(simple, facts),
        process: process(source),
        shape: facts.shape,
        in_tag,
        never_nil,
        placed,
    };
    match sort {
        PLACED => make(own, Vec::leak(declarations(parts).map(|own| (own, make(own, &[]))).collect())),
        _ => make(own, &[]),
    }
}

/// What stands behind the name of an element that the content model declares several times, with different value constraints.
const PLACED: &str = "placed";

/// What the declarations of one name say: for each `default`, `fixed` or `none`, its text, and whether it is nillable.
fn declarations(mut parts: std::str::Split<'static, char>) -> impl Iterator<Item = Own> {
    std::iter::from_fn(move || {
        let (sort, text, nil) = (parts.next()?, parts.next()?, parts.next()?);
        Some(Own { preset: (sort != "none").then_some(text), fixed: sort == "fixed", never_nil: nil == "never_nil" })
    })
}

/// Whether the Rust type is of another primitive type than the schema's, and not a text: of a list, that of its items.
pub(crate) fn is_mapped(simple: Option<&SimpleType>, facts: &Facts) -> bool {
    let primitive = |simple: Option<&SimpleType>| simple.and_then(SimpleType::primitive);
    match (primitive(simple), primitive(facts.simple)) {
        (Some(declared), Some(native)) => declared != native && !matches!(native, Builtin::String | Builtin::AnySimpleType),
        _ => false,
    }
}

/// The text of a string literal; of a bracket, its first word, which is the constraint of a wildcard.
fn literal(source: &'static str) -> &'static str {
    let Some(rest) = source.trim_start_matches('[').strip_prefix('"') else { return "" };
    let Some(end) = closing_quote(rest) else { return "" };
    let text = rest.get(..end).unwrap_or_default();
    if !text.contains('\\') {
        return text;
    }
    Box::leak(unescaped(text).into_boxed_str())
}

/// What a wildcard wants done with what it admits: the second word of its bracket.
fn process(source: &str) -> Process {
    match source.trim_end_matches([']', ' ']).rsplit(' ').next() {
        Some("strict") => Process::Strict,
        Some("skip") => Process::Skip,
        _ => Process::Lax,
    }
}

/// Where the quote stands that ends a string literal.
fn closing_quote(text: &str) -> Option<usize> {
    let mut escaped = false;
    text.char_indices().find_map(|(at, c)| {
        let ends = c == '"' && !escaped;
        escaped = c == '\\' && !escaped;
        ends.then_some(at)
    })
}

/// A string literal without its escapes.
fn unescaped(text: &str) -> String {
    let mut out = String::new();
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        let escape = if c == '\\' { chars.next() } else { None };
        match escape {
            None => out.push(c),
            Some('n') => out.push('\n'),
            Some('r') => out.push('\r'),
            Some('t') => out.push('\t'),
            Some('u') => {
                let digits: String = chars.by_ref().skip(1).take_while(|c| *c != '}').collect();
                out.extend(u32::from_str_radix(&digits, 16).ok().and_then(char::from_u32));
            }
            Some(other) => out.push(other),
        }
    }
    out
}

/// How often it may stand there, as the lines of the macros have it.
fn occurs(text: &str) -> (u32, u32) {
    match text {
        "?" => (0, 1),
        "*" => (0, UNBOUNDED),
        "+" => (1, UNBOUNDED),
        "1" => (1, 1),
        other => {
            let (min, max) = other.trim_matches(['{', '}', ' ']).split_once(',').unwrap_or_default();
            (min.trim().parse().unwrap_or(0), max.trim().parse().unwrap_or(UNBOUNDED))
        }
    }
}

/// What is written before and after the value. A table lives as long as the program, and so do its tags.
fn tags(place: Place, prefix: &str, name: &'static str) -> [&'static str; 2] {
    let colon = if prefix == "none" { "" } else { ":" };
    let prefix = if prefix == "none" { "" } else { prefix };
    match place {
        Place::Element => {
            let both: &'static str = Box::leak(format!("<{prefix}{colon}{name}></{prefix}{colon}{name}>").into_boxed_str());
            both.split_at_checked(both.len() / 2).map_or(["", ""], |(open, close)| [open, close])
        }
        Place::Attribute => [Box::leak(format!(" {prefix}{colon}{name}=\"").into_boxed_str()), "\""],
        Place::Any | Place::Group | Place::Text => ["", ""],
    }
}
