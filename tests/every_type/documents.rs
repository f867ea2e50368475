//! Makes documents from the tables of the types. The tests read the typed values from them.

use std::collections::{BTreeMap, HashSet};
use std::fmt::Write as _;

use xsdgen_codec::{Content, ContentPart, ContentTerm, FieldInfo, FieldKind, TypeInfo};

use super::choices::Choices;
use super::texts::text;

/// The namespace of what no schema declares.
const ELSEWHERE: &str = "urn:example:elsewhere";

/// The number of named types in each other from which on only what is required occurs.
const DEPTH: usize = 2;

/// The number of elements from which on only what is required occurs.
const ELEMENTS: usize = 4000;

/// Returns the address of a table, which identifies the table in a set.
pub(crate) fn address<T>(table: &'static T) -> usize {
    std::ptr::from_ref(table).addr()
}

/// The fields that occurred in a document.
#[derive(Debug, Default)]
pub(crate) struct Seen {
    /// The fields that were there.
    pub(crate) present: HashSet<usize>,
    /// The types that an element had.
    pub(crate) types: HashSet<usize>,
}

/// What is common to all documents.
#[derive(Debug)]
pub(crate) struct Common {
    /// The named types.
    pub(crate) named: HashSet<usize>,
    /// The prefixes by namespace.
    pub(crate) prefixes: BTreeMap<&'static str, &'static str>,
}

impl Common {
    /// Returns a name with the prefix of its namespace.
    fn qualified(&self, namespace: &str, local: &str) -> String {
        self.prefixes.get(namespace).map_or_else(|| local.to_owned(), |prefix| format!("{prefix}:{local}"))
    }

    /// Returns the declarations of the prefixes, of `xsi`, and of the prefix `other`, whose namespace no schema has.
    fn declarations(&self) -> String {
        let fixed = [("http://www.w3.org/2001/XMLSchema-instance", "xsi"), (ELSEWHERE, "other")];
        let all = self.prefixes.iter().map(|(uri, prefix)| (*uri, *prefix)).chain(fixed);
        all.map(|(uri, prefix)| format!(" xmlns:{prefix}=\"{uri}\"")).collect()
    }
}

/// Makes a document.
#[derive(Debug)]
pub(crate) struct Maker<'m> {
    pub(crate) common: &'m Common,
    pub(crate) choices: &'m mut Choices,
    pub(crate) seen: &'m mut Seen,
    pub(crate) out: String,
    pub(crate) elements: usize,
}

impl Maker<'_> {
    /// Adds an element of a complex type.
    pub(crate) fn complex(&mut self, name: &str, info: &'static TypeInfo, xsi_type: bool, depth: usize) {
        assert!(depth < 60, "{name}: the content does not end");
        let depth = depth + usize::from(self.common.named.contains(&address(info)));
        self.seen.types.insert(address(info));
        self.start(name);
        if xsi_type {
            self.add(format_args!(" xsi:type=\"{}\"", self.common.qualified(info.namespace(), info.name().1)));
        }
        for field in info.fields() {
            let occurs = field.occurrence().0 > 0 || self.is_open(depth) && self.choices.occurs();
            match field.kind() {
                FieldKind::Attribute if occurs => {
                    let text = self.text(field);
                    self.add(format_args!(" {}=\"{}\"", self.common.qualified(info.namespace_of(field), field.name()), escaped(&text)));
                }
                FieldKind::AnyAttribute(_) if self.is_open(depth) => {
                    self.seen.present.insert(address(field));
                    self.add(format_args!(" other:more=\"{}\"", escaped("a & <b>")));
                }
                _ => {}
            }
        }
        self.out.push('>');
        if let Some(field) = info.fields().find(|field| info.content() == Content::Text && field.kind() == FieldKind::Text) {
            let text = self.text(field);
            self.out.push_str(&escaped(&text));
        }
        let mixed = info.content() == Content::Mixed;
        self.part(&info.content_parts(), info, mixed, depth);
        self.add(format_args!("</{name}>"));
    }

    fn start(&mut self, name: &str) {
        self.elements += 1;
        let declarations = if self.out.is_empty() { self.common.declarations() } else { String::new() };
        self.out.push('<');
        self.out.push_str(name);
        self.out.push_str(&declarations);
    }

    fn add(&mut self, text: std::fmt::Arguments<'_>) {
        self.out.write_fmt(text).unwrap_or_default();
    }

    /// Returns whether optional parts may occur.
    fn is_open(&self, depth: usize) -> bool {
        depth <= DEPTH && self.elements < ELEMENTS
    }

    fn text(&mut self, field: &'static FieldInfo) -> String {
        self.seen.present.insert(address(field));
        text(field, self.choices)
    }

    /// Adds the occurrences of a part of a content model.
    fn part(&mut self, part: &ContentPart, info: &'static TypeInfo, mixed: bool, depth: usize) {
        let open = self.is_open(depth);
        let mut count = if open { self.choices.count(part.min, part.max) } else { part.min };
        let each = match &part.term {
            // All alternatives after each other.
            ContentTerm::Choice(parts) if open && self.choices.is_systematic() && part.max > 1 => {
                count = part.max.min(parts.len().max(part.min as usize) as u32);
                true
            }
            _ => false,
        };
        for number in 0..count as usize {
            match &part.term {
                ContentTerm::Element(field) => self.element(field, info, depth),
                ContentTerm::Wildcard(_) => self.add(format_args!("<other:it a=\"1\"><other:inner>&amp;</other:inner>t</other:it>")),
                ContentTerm::Sequence(parts) | ContentTerm::All(parts) => parts.iter().for_each(|part| self.part(part, info, mixed, depth)),
                ContentTerm::Choice(parts) if parts.is_empty() => {}
                ContentTerm::Choice(parts) => {
                    let chosen = match open {
                        _ if each => number % parts.len(),
                        true => self.choices.alternative(parts.len()),
                        false => shortest(parts),
                    };
                    self.part(&parts[chosen], info, mixed, depth);
                }
                other => panic!("no document is made of {other:?}"),
            }
            if mixed && self.choices.occurs() {
                self.out.push_str("text &amp; more");
            }
        }
    }

    /// Adds an element.
    pub(crate) fn element(&mut self, field: &'static FieldInfo, info: &'static TypeInfo, depth: usize) {
        self.seen.present.insert(address(field));
        let name = self.common.qualified(info.namespace_of(field), field.name());
        let types: Vec<&'static TypeInfo> = field.xsi_types().collect();
        match (types.as_slice(), field.complex_type()) {
            ([], Some(inner)) => self.complex(&name, inner, false, depth),
            ([], None) => {
                self.start(&name);
                let nil = field.is_nillable() && !self.choices.is_systematic() && self.choices.occurs();
                self.out.push_str(if nil { " xsi:nil=\"true\">" } else { ">" });
                let text = if nil { String::new() } else { text(field, self.choices) };
                self.add(format_args!("{}</{name}>", escaped(&text)));
            }
            (types, _) => {
                // The first type is that of an element without `xsi:type`.
                let number = self.choices.alternative(types.len());
                self.complex(&name, types[number], number > 0, depth);
            }
        }
    }
}

/// Returns a text as it stands in an attribute or an element.
fn escaped(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        match c {
            '&' | '<' | '>' | '"' | '\n' | '\t' | '\r' => out.push_str(&format!("&#{};", u32::from(c))),
            c => out.push(c),
        }
    }
    out
}

/// Returns the number of the alternative with the fewest levels of required elements, because types may contain themselves.
fn shortest(parts: &[ContentPart]) -> usize {
    (0..20).find_map(|levels| parts.iter().position(|part| ends(part, levels))).unwrap_or_default()
}

/// Returns whether what a part requires has at most this many levels of elements.
fn ends(part: &ContentPart, levels: usize) -> bool {
    match &part.term {
        _ if part.min == 0 => true,
        ContentTerm::Element(field) => match field.complex_type() {
            Some(inner) => levels > 0 && ends(&inner.content_parts(), levels - 1),
            None => true,
        },
        ContentTerm::Sequence(parts) | ContentTerm::All(parts) => parts.iter().all(|part| ends(part, levels)),
        ContentTerm::Choice(parts) => parts.is_empty() || parts.iter().any(|part| ends(part, levels)),
        _ => true,
    }
}
