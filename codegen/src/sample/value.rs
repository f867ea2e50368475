//! Generates a literal of a simple type. If the type allows any text, the literal is the name of the element or attribute that contains it.
//! Identity constraints are handled in `identity`.

use super::patterns::Patterns;
use std::collections::HashMap;

use crate::datatypes::facet::{self, Comparison, FacetKind, Measure};
use crate::datatypes::{builtin, value};
use crate::model::{Builtin, Facet, Facets, Model, Prefixes, SimpleType, Type, TypeId, Variety};

/// The characters before and after the namespace of a qualified name in a value; the name as written in the schema follows. The prefix is chosen
/// when the document is written. No XML document can contain these characters.
pub(crate) const NAME: (char, char) = ('\u{1}', '\u{2}');

/// A generator of values that remembers the IDs it has generated.
pub(super) struct Values<'a> {
    model: &'a Model,
    /// The IDs that were generated.
    pub(super) ids: Vec<String>,
    /// The IDs of the document that an IDREF can refer to, if they are known.
    refs: Option<Vec<String>>,
    /// Whether an IDREF was generated without knowing the IDs of the document.
    pub(super) guessed: bool,
    patterns: Patterns,
    /// The literals of the members and item types that were tried for the current value.
    parts: HashMap<TypeId, Option<String>>,
}

impl<'a> Values<'a> {
    pub(super) fn new(model: &'a Model, refs: Option<Vec<String>>) -> Self {
        Self::with(model, refs, Patterns::default())
    }

    /// Creates a generator that shares compiled patterns with others.
    pub(super) fn with(model: &'a Model, refs: Option<Vec<String>>, patterns: Patterns) -> Self {
        Values { model, ids: Vec::new(), refs, guessed: false, patterns, parts: HashMap::new() }
    }

    /// Returns a literal of the type, or `None` if none was found.
    pub(super) fn of(&mut self, ty: TypeId, name: &str) -> Option<String> {
        let around = std::mem::take(&mut self.parts);
        let found = self.made(ty, name);
        self.parts = around;
        found
    }

    /// Returns the literal of a member of a union or of the item type of a list. Each such type is tried once for a value, because unions that
    /// share members would otherwise double the work with each level.
    fn part(&mut self, ty: TypeId, name: &str) -> Option<String> {
        if let Some(known) = self.parts.get(&ty) {
            return known.clone();
        }
        let found = self.made(ty, name);
        self.parts.insert(ty, found.clone());
        found
    }

    fn made(&mut self, ty: TypeId, name: &str) -> Option<String> {
        let steps = self.steps(ty);
        let first = steps.first()?;
        if matches!(kind_of(&steps), Builtin::Entity | Builtin::Entities) {
            return None; // Its values name entities of a document type declaration, and a sample has none.
        }
        let made = match &first.variety {
            Variety::Ur => vec![name.to_owned()],
            Variety::Union(members) => members.iter().filter_map(|m| self.part(*m, name)).collect(),
            Variety::List(item) => self.lists(*item, &steps, name),
            Variety::Atomic(_) => self.atoms(&steps, name),
        };
        let enumerated = steps.iter().find(|s| !s.facets.enumeration.is_empty());
        let named = enumerated.into_iter().flat_map(|s| s.facets.enumeration.iter().map(|f| f.value.clone()));
        let kind = kind_of(&steps);
        let is_id = kind == Builtin::Id && matches!(first.variety, Variety::Atomic(_));
        let fresh = |text: &String| !is_id || !self.ids.contains(text);
        let found = named
            .chain(made)
            .find(|text| fresh(text) && steps.iter().all(|s| fits(&self.patterns, &s.facets, kind, &first.variety, text)))?;
        if is_id {
            self.ids.push(found.clone());
        }
        let listed = steps.iter().flat_map(|s| &s.facets.enumeration).find(|facet| facet.value == found);
        Some(listed.map(|facet| spelled(self.model, ty, &found, &facet.prefixes)).unwrap_or(found))
    }

    /// Returns whether a text is a literal of the type.
    pub(super) fn admits(&self, ty: TypeId, text: &str) -> bool {
        self.admits_once(ty, text, &mut HashMap::new())
    }

    /// Does the same as `admits`, and tries each type once.
    fn admits_once(&self, ty: TypeId, text: &str, tried: &mut HashMap<TypeId, bool>) -> bool {
        if let Some(known) = tried.get(&ty) {
            return *known;
        }
        let steps = self.steps(ty);
        let Some(first) = steps.first() else { return false };
        let own = match &first.variety {
            Variety::Union(members) => members.iter().any(|member| self.admits_once(*member, text, tried)),
            Variety::List(item) => text.split_ascii_whitespace().all(|word| self.admits(*item, word)),
            Variety::Ur | Variety::Atomic(_) => true,
        };
        let admits = own && steps.iter().all(|s| fits(&self.patterns, &s.facets, kind_of(&steps), &first.variety, text));
        tried.insert(ty, admits);
        admits
    }

    /// Returns another literal of the type for which the predicate is true.
    pub(super) fn another(&self, ty: TypeId, is_free: impl Fn(&str) -> bool) -> Option<String> {
        let steps = self.steps(ty);
        let nearest = steps.iter().find(|s| !s.facets.enumeration.is_empty());
        let listed = nearest.into_iter().flat_map(|s| s.facets.enumeration.iter().map(|facet| facet.value.clone()));
        let members = match steps.first().map(|s| &s.variety) {
            Some(Variety::Union(members)) => members.as_slice(),
            _ => &[],
        };
        let kinds = members.iter().map(|member| kind_of(&self.steps(*member))).chain([kind_of(&steps)]);
        let counted = kinds.flat_map(|kind| (1..=MOST_VALUES).map(move |n| counted(kind, n)));
        listed.chain(counted).find(|text| is_free(text) && self.admits(ty, text))
    }

    /// Returns the type and its bases, starting with the type itself.
    fn steps(&self, ty: TypeId) -> Vec<&'a SimpleType> {
        let mut steps = Vec::new();
        let mut at = Some(ty);
        while let Some(id) = at
            && let Some(Type::Simple(simple)) = self.model.types.get(id.index())
            && steps.len() < 1000
        {
            steps.push(simple);
            at = simple.base;
        }
        steps
    }

    fn lists(&mut self, item: TypeId, steps: &[&SimpleType], name: &str) -> Vec<String> {
        let Some(item) = self.part(item, name) else { return Vec::new() };
        let least = lengths(steps, |comparison| !comparison.is_upper()).max().unwrap_or(1);
        vec![vec![item.as_str(); least.clamp(1, 10_000)].join(" ")]
    }

    fn atoms(&mut self, steps: &[&SimpleType], name: &str) -> Vec<String> {
        let kind = kind_of(steps);
        let mut out: Vec<String> = Vec::new();
        if kind == Builtin::Idref {
            self.guessed |= self.refs.is_none();
            return self.refs.clone().unwrap_or_else(|| vec!["id1".to_owned()]);
        }
        let ids = self.ids.len() + 1;
        let bounds: Vec<&str> = steps.iter().flat_map(|s| s.facets.bounds()).map(|(.., facet)| facet.value.as_str()).collect();
        if bounds.is_empty() {
            out.extend(plain(kind, name, ids));
        } else {
            out.push("1".to_owned());
            out.extend(bounds.iter().map(|b| (*b).to_owned()));
            out.extend(bounds.iter().flat_map(|b| beside(b)));
            out.extend(plain(kind, name, ids));
        }
        out.extend(steps.iter().flat_map(|s| s.facets.patterns.iter()).filter_map(|p| self.patterns.example(&p.value)));
        resized(steps, kind, &mut out);
        if kind == Builtin::Id {
            out.extend((ids..ids + 1000).map(|n| counted(kind, n)));
        }
        out
    }
}

/// Returns a value from the schema, with each prefix of a qualified name replaced by its namespace.
pub(crate) fn spelled(model: &Model, ty: TypeId, text: &str, prefixes: &Prefixes) -> String {
    if !model.holds_names(ty) {
        return text.to_owned();
    }
    let word = |word: &str| {
        let (prefix, _) = word.split_once(':').unwrap_or_default();
        let uri = prefixes.get(prefix).filter(|uri| !uri.is_empty());
        uri.map_or_else(|| word.to_owned(), |uri| format!("{}{uri}{}{word}", NAME.0, NAME.1))
    };
    text.split_ascii_whitespace().map(word).collect::<Vec<_>>().join(" ")
}

/// Returns the nearest built-in type.
fn kind_of(steps: &[&SimpleType]) -> Builtin {
    steps.iter().find_map(|s| s.builtin).unwrap_or(Builtin::String)
}

/// Returns numbers close to an exclusive bound.
pub(crate) fn beside(bound: &str) -> Vec<String> {
    match bound.trim().parse::<i64>() {
        Ok(n) => vec![n.saturating_add(1).to_string(), n.saturating_sub(1).to_string(), format!("{n}.5")],
        Err(_) => match bound.trim().parse::<f64>() {
            Ok(x) => vec![(x + 0.5).to_string(), (x - 0.5).to_string()],
            Err(_) => shifted(bound.trim()),
        },
    }
}

/// Returns dates, times and durations close to a bound, in which one number is increased or decreased.
fn shifted(bound: &str) -> Vec<String> {
    let mut out = Vec::new();
    let mut at = 0;
    while let Some(rest) = bound.get(at..) {
        let start = at + rest.len() - rest.trim_start_matches(|c: char| !c.is_ascii_digit()).len();
        let Some(number) = bound.get(start..).filter(|rest| !rest.is_empty()) else { break };
        let width = number.len() - number.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let (before, after) = (bound.get(..start).unwrap_or_default(), number.get(width..).unwrap_or_default());
        if let Some(value) = number.get(..width).and_then(|digits| digits.parse::<u64>().ok()) {
            out.extend([value.checked_add(1), value.checked_sub(1)].into_iter().flatten().map(|n| format!("{before}{n:0width$}{after}")));
        }
        at = start + width;
    }
    out
}

/// Returns the numbers in the facets of lengths that compare in one of the given ways.
fn lengths(steps: &[&SimpleType], wanted: fn(Comparison) -> bool) -> impl Iterator<Item = usize> {
    let counts = steps.iter().flat_map(|step| step.facets.counts());
    counts.filter(move |(_, measure, comparison, _)| *measure == Measure::Length && wanted(*comparison)).filter_map(|(.., f)| number(f))
}

/// Adds strings that are shortened or padded to the required length as further candidates.
fn resized(steps: &[&SimpleType], kind: Builtin, out: &mut Vec<String>) {
    let least = lengths(steps, |comparison| !comparison.is_upper()).max();
    let most = lengths(steps, |comparison| !comparison.is_lower()).min();
    let filler = if kind == Builtin::HexBinary { "00" } else { "x" };
    let originals = out.clone();
    if let Some(least) = least.filter(|n| *n <= 100_000) {
        out.extend(originals.iter().map(|text| {
            let missing = least.saturating_sub(text.chars().count());
            format!("{text}{}", filler.repeat(missing))
        }));
        out.push(filler.repeat(least));
    }
    if let Some(most) = most {
        out.extend(originals.iter().map(|text| text.chars().take(most).collect()));
    }
    if kind == Builtin::Base64Binary
        && let Some(least) = least.filter(|n| *n <= 100_000)
    {
        out.push(base64_zeros(least));
    }
}

pub(crate) fn base64_zeros(octets: usize) -> String {
    let tail = ["", "AA==", "AAA="];
    format!("{}{}", "AAAA".repeat(octets / 3), tail.get(octets % 3).copied().unwrap_or_default())
}

/// Returns the `n`th of a series of distinct values.
pub(crate) fn counted(kind: Builtin, n: usize) -> String {
    match builtin::primitive(kind) {
        Builtin::Boolean => n.is_multiple_of(2).to_string(),
        Builtin::Duration => format!("P{n}D"),
        Builtin::DateTime => format!("2015-08-04T12:{:02}:{:02}Z", n / 60 % 60, n % 60),
        Builtin::Time => format!("12:{:02}:{:02}", n / 60 % 60, n % 60),
        Builtin::Date => format!("20{:02}-08-{:02}", n / 28 % 100, n % 28 + 1),
        Builtin::GYearMonth => format!("20{:02}-{:02}", n / 12 % 100, n % 12 + 1),
        Builtin::GYear => format!("2{n:03}"),
        Builtin::GMonthDay => format!("--{:02}-{:02}", n / 28 % 12 + 1, n % 28 + 1),
        Builtin::GDay => format!("---{:02}", n % 31 + 1),
        Builtin::GMonth => format!("--{:02}", n % 12 + 1),
        Builtin::HexBinary => format!("{n:04X}"),
        Builtin::Base64Binary => format!("{n:04}"),
        Builtin::Decimal | Builtin::Float | Builtin::Double if kind == Builtin::NegativeInteger || kind == Builtin::NonPositiveInteger => {
            format!("-{n}")
        }
        Builtin::Decimal | Builtin::Float | Builtin::Double => n.to_string(),
        _ if n <= 26 => char::from(b'a' + u8::try_from(n - 1).unwrap_or_default()).to_string(),
        _ => format!("a{n}"),
    }
}

/// The maximum number of values of a type that are tried to find a different one.
const MOST_VALUES: usize = 5000;

pub(crate) fn plain(kind: Builtin, name: &str, ids: usize) -> Vec<String> {
    let texts: &[&str] = match kind {
        Builtin::Boolean => &["true"],
        Builtin::Decimal | Builtin::Float | Builtin::Double => &["1.5", "1"],
        Builtin::Duration => &["P1DT2H", "P1Y2M", "P1Y2M3DT4H5M6S", "PT6S", "P3D"],
        Builtin::DateTime => &["2015-08-04T12:30:00Z", "2015-08-04T12:30:00", "2015-08-04T12:30:00-05:00", "2015-08-04T12:30:00.5Z"],
        Builtin::Time => &["12:30:00", "12:30:00Z", "12:30:00-05:00", "12:30:00.5"],
        Builtin::Date => &["2015-08-04", "2015-08-04Z", "2015-08-04-05:00"],
        Builtin::GYearMonth => &["2015-08", "2015-08Z"],
        Builtin::GYear => &["2015", "2015Z"],
        Builtin::GMonthDay => &["--08-04", "--08-04Z"],
        Builtin::GDay => &["---04", "---04Z"],
        Builtin::GMonth => &["--08", "--08Z"],
        Builtin::HexBinary => &["0AFF", "0A", ""],
        Builtin::Base64Binary => &["AQID", "AQ==", ""],
        Builtin::AnyUri => &["http://example.org/", "a"],
        Builtin::Language => &["en"],
        Builtin::Id => return vec![format!("id{ids}")],
        Builtin::NonPositiveInteger | Builtin::NegativeInteger => &["-1"],
        kind if builtin::primitive(kind) == Builtin::Decimal => &["1", "0"],
        _ => return vec![name.to_owned(), "text".to_owned(), "a".to_owned(), String::new()],
    };
    texts.iter().map(|t| (*t).to_owned()).collect()
}

fn number(facet: &Facet) -> Option<usize> {
    facet.value.trim().parse().ok()
}

/// Returns whether a literal satisfies the facets of one derivation step.
fn fits(patterns: &Patterns, facets: &Facets, kind: Builtin, variety: &Variety, text: &str) -> bool {
    let parsed = match variety {
        Variety::Atomic(_) => match value::parse(kind, text, &|_| Some(0)) {
            Some(parsed) => Some(parsed),
            None => return false,
        },
        _ => None,
    };
    let counted = facet::Variety::Atomic(builtin::primitive(kind));
    let counted = if matches!(variety, Variety::List(_)) { facet::Variety::List } else { counted };
    let is_counted = |(_, measure, comparison, facet): (FacetKind, Measure, Comparison, &Facet)| {
        let (Some(limit), Some(count)) = (number(facet), measure.of(counted, text)) else { return true };
        comparison.admits(count.cmp(&limit))
    };
    let is_within = |(_, comparison, facet): (FacetKind, Comparison, &Facet)| {
        let bound = value::parse(kind_for_bound(kind), facet.value.trim(), &|_| Some(0));
        let (Some(bound), Some(parsed)) = (bound, &parsed) else { return true };
        parsed.compare(&bound).is_some_and(|order| comparison.admits(order))
    };
    facets.counts().filter(|(kind, ..)| kind.applies_to(counted)).all(is_counted)
        && facets.bounds().all(is_within)
        && (facets.enumeration.is_empty() || facets.enumeration.iter().any(|f| f.value == text))
        && (facets.patterns.is_empty() || facets.patterns.iter().any(|p| patterns.matches(&p.value, text)))
}

/// Returns the type for parsing a bound. It is the primitive type, because `maxExclusive="-0.5"` of an integer is read as a decimal.
fn kind_for_bound(kind: Builtin) -> Builtin {
    builtin::primitive(kind)
}
