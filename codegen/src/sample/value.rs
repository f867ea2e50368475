//! In: a simple type. Out: a literal of it, told by the name of what holds it where the type leaves that open.
//! Not done here: identity constraints; references to other documents.

use std::cmp::Ordering;

use crate::datatypes::decimal::Decimal;
use crate::datatypes::regex::{Regex, example};
use crate::datatypes::{builtin, value};
use crate::model::{Builtin, Facet, Facets, Model, Prefixes, SimpleType, Type, TypeId, Variety};

/// Makes values; counts the IDs given out.
pub(super) struct Values<'a> {
    model: &'a Model,
    ids: u32,
}

impl<'a> Values<'a> {
    pub(super) fn new(model: &'a Model) -> Self {
        Values { model, ids: 0 }
    }

    /// A literal of the type, or `None` where none was found.
    pub(super) fn of(&mut self, ty: TypeId, name: &str) -> Option<String> {
        let steps = self.steps(ty);
        let first = steps.first()?;
        let made = match &first.variety {
            Variety::Ur => vec![name.to_owned()],
            Variety::Union(members) => members.iter().filter_map(|m| self.of(*m, name)).collect(),
            Variety::List(item) => self.lists(*item, &steps, name),
            Variety::Atomic(_) => self.atoms(&steps, name),
        };
        let enumerated = steps.iter().find(|s| !s.facets.enumeration.is_empty());
        let named = enumerated.into_iter().flat_map(|s| s.facets.enumeration.iter().map(|f| f.value.clone()));
        let kind = kind_of(&steps);
        named.chain(made).find(|text| steps.iter().all(|s| fits(&s.facets, kind, &first.variety, text)))
    }

    /// What the prefixes stand for in a literal that the schema lists.
    pub(super) fn prefixes_of(&self, ty: TypeId, text: &str) -> Option<&'a Prefixes> {
        let steps = self.steps(ty);
        let listed = steps.iter().flat_map(|step| &step.facets.enumeration).find(|listed| listed.value == text);
        listed.map(|listed| &listed.prefixes)
    }

    /// The type and what it restricts, itself first.
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
        let Some(item) = self.of(item, name) else { return Vec::new() };
        let least = steps.iter().filter_map(|s| number(s.facets.length.as_ref().or(s.facets.min_length.as_ref())?)).max().unwrap_or(1);
        vec![vec![item.as_str(); least.clamp(1, 10_000)].join(" ")]
    }

    fn atoms(&mut self, steps: &[&SimpleType], name: &str) -> Vec<String> {
        let kind = kind_of(steps);
        if matches!(kind, Builtin::Id) {
            self.ids += 1;
        }
        let mut out: Vec<String> = Vec::new();
        let bounds = steps.iter().flat_map(|s| {
            let f = &s.facets;
            [&f.min_inclusive, &f.max_inclusive, &f.min_exclusive, &f.max_exclusive].into_iter().flatten()
        });
        let bounds: Vec<&str> = bounds.map(|f| f.value.as_str()).collect();
        if bounds.is_empty() {
            out.extend(plain(kind, name, self.ids));
        } else {
            out.push("1".to_owned());
            out.extend(bounds.iter().map(|b| (*b).to_owned()));
            out.extend(bounds.iter().flat_map(|b| beside(b)));
            out.extend(plain(kind, name, self.ids));
        }
        out.extend(steps.iter().flat_map(|s| s.facets.patterns.iter()).filter_map(|p| example(&p.value)));
        resized(steps, kind, &mut out);
        out
    }
}

/// The nearest built-in type.
fn kind_of(steps: &[&SimpleType]) -> Builtin {
    steps.iter().find_map(|s| s.builtin).unwrap_or(Builtin::String)
}

/// Numbers next to an exclusive bound.
fn beside(bound: &str) -> Vec<String> {
    match bound.trim().parse::<i64>() {
        Ok(n) => vec![n.saturating_add(1).to_string(), n.saturating_sub(1).to_string(), format!("{n}.5")],
        Err(_) => bound.trim().parse::<f64>().map(|x| vec![(x + 0.5).to_string(), (x - 0.5).to_string()]).unwrap_or_default(),
    }
}

/// Strings cut or filled to the length that is asked for, as further candidates.
fn resized(steps: &[&SimpleType], kind: Builtin, out: &mut Vec<String>) {
    let bound = |pick: fn(&Facets) -> &Option<Facet>| steps.iter().filter_map(move |s| number(pick(&s.facets).as_ref()?));
    let least = bound(|f| &f.length).chain(bound(|f| &f.min_length)).max();
    let most = bound(|f| &f.length).chain(bound(|f| &f.max_length)).min();
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

fn base64_zeros(octets: usize) -> String {
    let tail = ["", "AA==", "AAA="];
    format!("{}{}", "AAAA".repeat(octets / 3), tail.get(octets % 3).copied().unwrap_or_default())
}

fn plain(kind: Builtin, name: &str, ids: u32) -> Vec<String> {
    let texts: &[&str] = match kind {
        Builtin::Boolean => &["true"],
        Builtin::Decimal | Builtin::Float | Builtin::Double => &["1.5", "1"],
        Builtin::Duration => &["P1DT2H"],
        Builtin::DateTime => &["2015-08-04T12:30:00Z"],
        Builtin::Time => &["12:30:00"],
        Builtin::Date => &["2015-08-04"],
        Builtin::GYearMonth => &["2015-08"],
        Builtin::GYear => &["2015"],
        Builtin::GMonthDay => &["--08-04"],
        Builtin::GDay => &["---04"],
        Builtin::GMonth => &["--08"],
        Builtin::HexBinary => &["0AFF", "0A", ""],
        Builtin::Base64Binary => &["AQID", "AQ==", ""],
        Builtin::AnyUri => &["http://example.org/", "a"],
        Builtin::Language => &["en"],
        Builtin::Id => return vec![format!("id{ids}")],
        Builtin::Idref | Builtin::Idrefs => &["id1"],
        Builtin::NonPositiveInteger | Builtin::NegativeInteger => &["-1"],
        kind if builtin::primitive(kind) == Builtin::Decimal => &["1", "0"],
        _ => return vec![name.to_owned(), "text".to_owned(), "a".to_owned(), String::new()],
    };
    texts.iter().map(|t| (*t).to_owned()).collect()
}

fn number(facet: &Facet) -> Option<usize> {
    facet.value.trim().parse().ok()
}

/// Whether a literal keeps the facets of one step.
fn fits(facets: &Facets, kind: Builtin, variety: &Variety, text: &str) -> bool {
    let parsed = match variety {
        Variety::Atomic(_) => match value::parse(kind, text, &|_| Some(0)) {
            Some(parsed) => Some(parsed),
            None => return false,
        },
        _ => None,
    };
    let length = match variety {
        Variety::List(_) => Some(text.split_ascii_whitespace().count()),
        _ => parsed.as_ref().and_then(value::Value::length),
    };
    let long = |facet: &Option<Facet>, keeps: fn(usize, usize) -> bool| match (facet.as_ref().and_then(number), length) {
        (Some(bound), Some(length)) => keeps(length, bound),
        _ => true,
    };
    let ordered = |facet: &Option<Facet>, wanted: &[Ordering]| match (facet, &parsed) {
        (Some(facet), Some(parsed)) => match value::parse(kind_for_bound(kind), facet.value.trim(), &|_| Some(0)) {
            Some(bound) => parsed.compare(&bound).is_some_and(|o| wanted.contains(&o)),
            None => true,
        },
        _ => true,
    };
    long(&facets.length, |a, b| a == b)
        && long(&facets.min_length, |a, b| a >= b)
        && long(&facets.max_length, |a, b| a <= b)
        && ordered(&facets.min_inclusive, &[Ordering::Greater, Ordering::Equal])
        && ordered(&facets.max_inclusive, &[Ordering::Less, Ordering::Equal])
        && ordered(&facets.min_exclusive, &[Ordering::Greater])
        && ordered(&facets.max_exclusive, &[Ordering::Less])
        && digits(facets, text)
        && (facets.enumeration.is_empty() || facets.enumeration.iter().any(|f| f.value == text))
        && (facets.patterns.is_empty() || facets.patterns.iter().any(|p| Regex::new(&p.value).is_ok_and(|r| r.matches(text))))
}

/// Bounds are literals of the primitive type's value space: `maxExclusive="-0.5"` of an integer is read as a decimal.
fn kind_for_bound(kind: Builtin) -> Builtin {
    builtin::primitive(kind)
}

fn digits(facets: &Facets, text: &str) -> bool {
    let Some(decimal) = Decimal::parse(text) else { return true };
    let within = |facet: &Option<Facet>, n: usize| facet.as_ref().and_then(number).is_none_or(|bound| n <= bound);
    within(&facets.total_digits, decimal.total_digits()) && within(&facets.fraction_digits, decimal.fraction_digits())
}
