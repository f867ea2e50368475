//! In: simple types. Out: the Rust type of each, its facets as a `SimpleType` expression, and the items of enumerations and aliases.
//! Not done here: where items stand (`places`), overrides of elements and attributes (`fields`).

use super::context::Context;
use super::docs;
use super::names::{self, Scope};
use super::places;
use super::selectors::{Path, Step, shown};
use super::{values, words};
use crate::ir::{Alias, Enumeration, EnumerationValue, Facet, Facets, ItemId, ItemKind, SimpleOf, SimpleType as Expr, Ty, WireName};
use crate::model::{Builtin, Facet as Said, Facets as Step1, SimpleType, Type, TypeId, Variety};

/// Most values of an enumeration; one with more is a string with a facet.
const MOST_VALUES: usize = 500;

/// Longest chain of derivations that is followed.
const LONGEST: usize = 2000;

/// Rust type and facets of a use of a simple type.
#[derive(Debug, Clone)]
pub(super) struct Used {
    pub(super) ty: Ty,
    pub(super) facets: Option<Facets>,
}

/// The Rust type of a built-in type: the one table of it.
fn scalar(builtin: Builtin) -> Ty {
    Ty::Scalar(match builtin {
        Builtin::Boolean => "bool",
        Builtin::Byte => "i8",
        Builtin::Short => "i16",
        Builtin::Int => "i32",
        Builtin::Long => "i64",
        Builtin::UnsignedByte => "u8",
        Builtin::UnsignedShort => "u16",
        Builtin::UnsignedInt => "u32",
        Builtin::UnsignedLong => "u64",
        Builtin::Float => "f32",
        Builtin::Double => "f64",
        Builtin::Integer
        | Builtin::NonPositiveInteger
        | Builtin::NegativeInteger
        | Builtin::NonNegativeInteger
        | Builtin::PositiveInteger => return Ty::Codec("Integer"),
        Builtin::QName | Builtin::Notation => return Ty::Codec("QName"),
        Builtin::Decimal => return Ty::Codec("Decimal"),
        Builtin::Duration => return Ty::Codec("Duration"),
        Builtin::DateTime => return Ty::Codec("DateTime"),
        Builtin::Time => return Ty::Codec("Time"),
        Builtin::Date => return Ty::Codec("Date"),
        Builtin::GYearMonth => return Ty::Codec("GYearMonth"),
        Builtin::GYear => return Ty::Codec("GYear"),
        Builtin::GMonthDay => return Ty::Codec("GMonthDay"),
        Builtin::GDay => return Ty::Codec("GDay"),
        Builtin::GMonth => return Ty::Codec("GMonth"),
        Builtin::HexBinary => return Ty::Codec("HexBinary"),
        Builtin::Base64Binary => return Ty::Codec("Base64Binary"),
        Builtin::Nmtokens | Builtin::Idrefs | Builtin::Entities => return Ty::List(Box::new(Ty::Scalar("String"))),
        _ => "String",
    })
}

/// Whether the Rust type alone says that it is this built-in type.
fn implied(builtin: Builtin) -> bool {
    matches!(
        builtin,
        Builtin::String
            | Builtin::Boolean
            | Builtin::Byte
            | Builtin::Short
            | Builtin::Int
            | Builtin::Long
            | Builtin::Integer
            | Builtin::UnsignedByte
            | Builtin::UnsignedShort
            | Builtin::UnsignedInt
            | Builtin::UnsignedLong
            | Builtin::Float
            | Builtin::Double
            | Builtin::Decimal
            | Builtin::Duration
            | Builtin::DateTime
            | Builtin::Time
            | Builtin::Date
            | Builtin::GYearMonth
            | Builtin::GYear
            | Builtin::GMonthDay
            | Builtin::GDay
            | Builtin::GMonth
            | Builtin::HexBinary
            | Builtin::Base64Binary
            | Builtin::AnySimpleType
    )
}

/// The type and those it restricts, itself first.
fn chain<'m>(cx: &Context<'m>, id: TypeId) -> Vec<(TypeId, &'m SimpleType)> {
    let mut out = Vec::new();
    let mut next = Some(id);
    while let Some(id) = next {
        let Some(Type::Simple(ty)) = cx.ty(id) else { break };
        out.push((id, ty));
        next = if out.len() < LONGEST { ty.base } else { None };
    }
    out
}

/// Whether the type's own step lists values, of a kind that makes a Rust enumeration.
pub(super) fn enumerates(cx: &Context<'_>, id: TypeId) -> bool {
    let Some(Type::Simple(ty)) = cx.ty(id) else { return false };
    let values = ty.facets.enumeration.len();
    if values == 0 || values > MOST_VALUES {
        return false;
    }
    match ty.variety {
        Variety::Atomic(Builtin::String | Builtin::AnyUri) => true,
        Variety::Atomic(Builtin::Decimal) => builtin(cx, id) != Builtin::Decimal,
        _ => false,
    }
}

/// The built-in type that the type is or restricts.
pub(super) fn builtin(cx: &Context<'_>, id: TypeId) -> Builtin {
    chain(cx, id).iter().find_map(|(_, ty)| ty.builtin).unwrap_or(Builtin::AnySimpleType)
}

/// The Rust type and facets for a use of the type.
pub(super) fn used(cx: &Context<'_>, id: TypeId) -> Used {
    if let Some(item) = cx.type_items.get(&id).copied() {
        if let Some(ty) = replaced(cx, id) {
            return Used { ty, facets: static_of(cx, item, id) };
        }
        return Used { ty: Ty::Item(item), facets: static_of(cx, item, id) };
    }
    let facets = expression(cx, id);
    Used { ty: underlying(cx, id), facets: (!says_nothing(&facets)).then_some(Facets::Inline(facets)) }
}

/// A type that the user put in its place: a secret, or a path.
fn replaced(cx: &Context<'_>, id: TypeId) -> Option<Ty> {
    let path = cx.type_path(id);
    if cx.rules.secrets.find(&[&path]).is_some() {
        return Some(Ty::Codec("Secret"));
    }
    cx.rules.types.find(&[&path]).map(|path| given(path)).or_else(|| values::of_type(cx, &path))
}

/// A type that the user names: one of those that the macros know, or a path.
fn given(path: &str) -> Ty {
    const KNOWN: [&str; 12] = ["String", "bool", "i8", "i16", "i32", "i64", "u8", "u16", "u32", "u64", "f32", "f64"];
    KNOWN.iter().find(|known| **known == path).map_or_else(|| Ty::Foreign(path.to_owned()), |known| Ty::Scalar(known))
}

/// The Rust type that the type comes down to, whatever its name.
fn underlying(cx: &Context<'_>, id: TypeId) -> Ty {
    let steps = chain(cx, id);
    let native = natural(cx, &steps);
    // Patterns and lists of literals are of the text: a number would be written without its zeros.
    let of_text = |ty: &SimpleType| !ty.facets.patterns.is_empty() || !ty.facets.enumeration.is_empty();
    match native {
        Ty::List(item) if *item == Ty::Codec("QName") => Ty::List(item), // its prefixes mean something
        Ty::Scalar(_) | Ty::Codec("Integer") | Ty::List(_) if steps.iter().any(|(_, ty)| of_text(ty)) => Ty::Scalar("String"),
        other => other,
    }
}

fn natural(cx: &Context<'_>, steps: &[(TypeId, &SimpleType)]) -> Ty {
    for &(step, ty) in steps {
        if let Some(ty) = replaced(cx, step) {
            return ty;
        }
        if let Some(builtin) = ty.builtin {
            return match scalar(builtin) {
                Ty::Codec("Integer") => bounded(steps, builtin),
                other => other,
            };
        }
        if enumerates(cx, step)
            && let Some(item) = cx.type_items.get(&step)
        {
            return Ty::Item(*item);
        }
        let derived = ty.base.and_then(|base| match cx.ty(base) {
            Some(Type::Simple(base)) => Some(base.variety != Variety::Ur),
            _ => None,
        });
        match &ty.variety {
            Variety::List(item) if derived != Some(true) => return Ty::List(Box::new(used(cx, *item).ty)),
            Variety::Union(_) => return Ty::Scalar("String"),
            _ => {}
        }
    }
    Ty::Scalar("String")
}

/// An integer of any size, or the primitive that holds all within the bounds of the type.
fn bounded(steps: &[(TypeId, &SimpleType)], builtin: Builtin) -> Ty {
    let (least, greatest) = xsdgen_datatypes::builtin::bounds(builtin);
    let (mut least, mut greatest) = (least.map(str::to_owned), greatest.map(str::to_owned));
    let mut digits = None;
    for (_, ty) in steps.iter().rev() {
        let facets = &ty.facets;
        // A bound that excludes itself is taken as it stands: it does not matter here.
        let text = |facet: &'_ Said| facet.value.clone();
        least = facets.min_inclusive.as_ref().or(facets.min_exclusive.as_ref()).map(text).or(least);
        greatest = facets.max_inclusive.as_ref().or(facets.max_exclusive.as_ref()).map(text).or(greatest);
        digits = facets.total_digits.as_ref().map(|f| f.value.as_str()).or(digits);
    }
    let few = digits.and_then(|digits| digits.trim().parse::<u32>().ok()).is_some_and(|digits| digits <= 18);
    let number = |bound: Option<String>| bound.and_then(|bound| bound.trim().parse::<i128>().ok());
    let (least, greatest) = match (number(least), number(greatest)) {
        (least, greatest) if few => (least.unwrap_or(i64::MIN.into()), greatest.unwrap_or(i64::MAX.into())),
        (Some(least), Some(greatest)) => (least, greatest),
        _ => return Ty::Codec("Integer"),
    };
    if least >= 0 && greatest <= u64::MAX.into() {
        Ty::Scalar("u64")
    } else if least >= i64::MIN.into() && greatest <= i64::MAX.into() {
        Ty::Scalar("i64")
    } else {
        Ty::Codec("Integer")
    }
}

/// The facets of an item: the static of an alias; an enumeration checks itself, and only has to know how white space is treated.
fn static_of(cx: &Context<'_>, item: ItemId, id: TypeId) -> Option<Facets> {
    if enumerates(cx, id) || matches!(underlying(cx, id), Ty::Item(_)) {
        let builtin = builtin(cx, id);
        let plain = Expr { of: SimpleOf::Builtin(builtin), name: None, facets: Vec::new() };
        return (builtin != Builtin::String).then_some(Facets::Inline(plain));
    }
    (!says_nothing(&expression(cx, id))).then_some(Facets::Static(item))
}

/// Whether strict reading learns nothing from it.
fn says_nothing(expr: &Expr) -> bool {
    expr.facets.is_empty() && matches!(expr.of, SimpleOf::Builtin(builtin) if implied(builtin))
}

/// The type as an expression: facets of all steps, the widest first.
pub(super) fn expression(cx: &Context<'_>, id: TypeId) -> Expr {
    let steps = chain(cx, id);
    let name = steps.first().and_then(|(_, ty)| ty.name.as_ref()).filter(|_| steps.first().is_some_and(|(_, t)| t.builtin.is_none()));
    let name = name.map(|name| shown(&[cx.step(name)]));
    let mut facets = Collected::default();
    let mut of = SimpleOf::Builtin(Builtin::AnySimpleType);
    for (_, ty) in &steps {
        if let Some(builtin) = ty.builtin {
            of = SimpleOf::Builtin(builtin);
            break;
        }
        facets.step(cx, &ty.facets, ty.variety == Variety::Atomic(Builtin::QName) || ty.variety == Variety::Atomic(Builtin::Notation));
        match &ty.variety {
            Variety::List(item) => of = SimpleOf::List(Box::new(part(cx, *item))),
            Variety::Union(members) => of = SimpleOf::Union(members.iter().map(|member| part(cx, *member)).collect()),
            _ => {}
        }
        if matches!(ty.variety, Variety::List(_) | Variety::Union(_)) && ty.base.is_none_or(|base| is_ur(cx, base)) {
            break;
        }
    }
    facets.finish(of, name)
}

fn is_ur(cx: &Context<'_>, id: TypeId) -> bool {
    matches!(cx.ty(id), Some(Type::Simple(ty)) if ty.variety == Variety::Ur)
}

/// A member of a union, or the item type of a list.
fn part(cx: &Context<'_>, id: TypeId) -> Facets {
    match cx.type_items.get(&id) {
        Some(item) if matches!(static_of(cx, *item, id), Some(Facets::Static(_))) => Facets::Static(*item),
        _ => Facets::Inline(expression(cx, id)),
    }
}

/// The facets in force: of each kind the nearest, but patterns of all steps.
#[derive(Default)]
struct Collected {
    list: Vec<Facet>,
    /// Of each step, the nearest first.
    patterns: Vec<Vec<String>>,
}

impl Collected {
    fn step(&mut self, cx: &Context<'_>, said: &Step1, qualified: bool) {
        let numbers = [
            ("length", &said.length),
            ("min_length", &said.min_length),
            ("max_length", &said.max_length),
            ("total_digits", &said.total_digits),
            ("fraction_digits", &said.fraction_digits),
        ];
        for (call, facet) in numbers {
            // A number beyond u64 limits nothing that fits into memory.
            if let Some(number) = facet.as_ref().and_then(|f| f.value.trim().trim_start_matches('+').parse().ok()) {
                self.add(Facet::Number(call, number));
            }
        }
        let bounds = [
            ("min_inclusive", &said.min_inclusive, "min_exclusive"),
            ("min_exclusive", &said.min_exclusive, "min_inclusive"),
            ("max_inclusive", &said.max_inclusive, "max_exclusive"),
            ("max_exclusive", &said.max_exclusive, "max_inclusive"),
        ];
        for (call, facet, other) in bounds {
            if let Some(facet) = facet
                && !self.has(other)
            {
                self.add(Facet::Bound(call, facet.value.clone()));
            }
        }
        if let Some(space) = said.white_space.as_ref().and_then(|f| white_space(&f.value)) {
            self.add(Facet::Space(space));
        }
        if !said.patterns.is_empty() {
            self.patterns.push(values(&said.patterns));
        }
        if !said.enumeration.is_empty() {
            self.add(match qualified {
                false => Facet::Enumeration(values(&said.enumeration)),
                true => Facet::Names(said.enumeration.iter().map(|said| self::qualified(cx, said)).collect()),
            });
        }
    }

    fn has(&self, call: &str) -> bool {
        self.list.iter().any(|facet| name_of(facet) == call)
    }

    /// Unless a narrower step said so already.
    fn add(&mut self, facet: Facet) {
        if !self.has(name_of(&facet)) {
            self.list.push(facet);
        }
    }

    /// The expression; each pattern but the narrowest makes a step of its own, for all must match.
    fn finish(mut self, of: SimpleOf, name: Option<String>) -> Expr {
        const ORDER: [&str; 12] = [
            "white_space",
            "length",
            "min_length",
            "max_length",
            "min_inclusive",
            "min_exclusive",
            "max_inclusive",
            "max_exclusive",
            "total_digits",
            "fraction_digits",
            "pattern",
            "enumeration",
        ];
        let mut of = of;
        let mut patterns = self.patterns.into_iter();
        let nearest = patterns.next();
        for pattern in patterns.rev() {
            let space = self.list.iter().find(|facet| name_of(facet) == "white_space").cloned();
            let facets = space.into_iter().chain([Facet::Pattern(pattern)]).collect();
            of = SimpleOf::Restriction(Box::new(Expr { of, name: None, facets }));
        }
        self.list.extend(nearest.map(Facet::Pattern));
        self.list.sort_by_key(|facet| ORDER.iter().position(|call| *call == name_of(facet)));
        Expr { of, name, facets: self.list }
    }
}

fn name_of(facet: &Facet) -> &'static str {
    match facet {
        Facet::Number(call, _) | Facet::Bound(call, _) => call,
        Facet::Space(_) => "white_space",
        Facet::Pattern(_) => "pattern",
        Facet::Enumeration(_) | Facet::Names(_) => "enumeration",
    }
}

fn white_space(value: &str) -> Option<&'static str> {
    match value.trim() {
        "preserve" => Some("Preserve"),
        "replace" => Some("Replace"),
        "collapse" => Some("Collapse"),
        _ => None,
    }
}

/// `{namespace}local`
fn qualified(cx: &Context<'_>, said: &Said) -> String {
    let local = said.value.trim().rsplit(':').next().unwrap_or_default();
    format!("{{{}}}{local}", said.namespace.map_or("", |id| cx.uri(id)))
}

fn values(said: &[Said]) -> Vec<String> {
    said.iter().map(|facet| facet.value.clone()).collect()
}

/// Fills the items of all simple types.
pub(super) fn plan(cx: &mut Context<'_>) {
    let mut items: Vec<(TypeId, ItemId)> = cx.type_items.iter().map(|(ty, item)| (*ty, *item)).collect();
    items.sort_by_key(|(_, item)| *item);
    for (id, item) in items {
        if let Some(Type::Simple(ty)) = cx.ty(id) {
            let path = cx.type_path(id);
            let kind = if enumerates(cx, id) { enumeration(cx, ty, &path, item) } else { alias(cx, id, item) };
            let is_enumeration = matches!(kind, ItemKind::Enumeration(_));
            let docs = described(cx, ty, &path, &kind);
            let derives = if is_enumeration { derives(cx, &path, &["Debug", "Clone", "PartialEq", "Eq", "Hash"]) } else { Vec::new() };
            if let Some(item) = cx.item_mut(item) {
                (item.kind, item.docs, item.derives) = (kind, docs, derives);
            }
        }
    }
}

/// The derives of an item: the given ones and what the user asks for.
pub(super) fn derives(cx: &Context<'_>, path: &Path, own: &[&str]) -> Vec<String> {
    let mut out: Vec<String> = own.iter().map(|d| (*d).to_owned()).collect();
    for derive in cx.rules.derives.find(&[path]).into_iter().flatten() {
        if !out.contains(derive) {
            out.push(derive.clone());
        }
    }
    out
}

/// The schema's words, else its name; facets in words.
fn described(cx: &Context<'_>, ty: &SimpleType, path: &Path, kind: &ItemKind) -> Vec<String> {
    let mut out = if cx.settings.docs.schema { docs::clean(&ty.docs) } else { Vec::new() };
    if out.is_empty() {
        out.push(docs::code(&shown(path)));
    }
    if let ItemKind::Alias(Alias { facets: Some((_, expr)), .. }) = kind
        && cx.settings.docs.facets
        && let Some(said) = in_words(expr)
    {
        match out.first_mut() {
            Some(first) if out_is_name(first, path) => *first = format!("{first}: {said}."),
            _ => out.push(format!("{}.", capital(&said))),
        }
    }
    out
}

fn out_is_name(first: &str, path: &Path) -> bool {
    first == docs::code(&shown(path))
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|c| c.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

/// Facets in words: "at most 192 characters, matches `a+`".
pub(super) fn in_words(expr: &Expr) -> Option<String> {
    let unit = if matches!(expr.of, SimpleOf::List(_)) { "items" } else { "characters" };
    let mut out = Vec::new();
    for facet in &expr.facets {
        out.push(match facet {
            Facet::Number("length", n) => format!("{n} {unit}"),
            Facet::Number("min_length", n) => format!("at least {n} {unit}"),
            Facet::Number("max_length", n) => format!("at most {n} {unit}"),
            Facet::Number("total_digits", n) => format!("at most {n} digits"),
            Facet::Number("fraction_digits", n) => format!("at most {n} digits after the point"),
            Facet::Bound("min_inclusive", v) => format!("{} or more", docs::code(v)),
            Facet::Bound("max_inclusive", v) => format!("{} or less", docs::code(v)),
            Facet::Bound("min_exclusive", v) => format!("more than {}", docs::code(v)),
            Facet::Bound("max_exclusive", v) => format!("less than {}", docs::code(v)),
            Facet::Pattern(patterns) => {
                let patterns: Vec<String> = patterns.iter().map(|p| docs::code(p)).collect();
                format!("matches {}", patterns.join(" or "))
            }
            _ => continue,
        });
    }
    (!out.is_empty()).then(|| out.join(", "))
}

fn alias(cx: &mut Context<'_>, id: TypeId, item: ItemId) -> ItemKind {
    let ty = replaced(cx, id).unwrap_or_else(|| underlying(cx, id));
    let has_static = matches!(static_of(cx, item, id), Some(Facets::Static(_)));
    let facets = has_static.then(|| (static_name(cx, item), expression(cx, id)));
    ItemKind::Alias(Alias { ty, facets })
}

/// `Email` has `EMAIL_TYPE`; where `EmailType` stands beside it, that has `EMAIL_TYPE_TYPE`.
fn static_name(cx: &mut Context<'_>, item: ItemId) -> String {
    let Some((module, name)) = cx.item(item).map(|item| (item.module, item.name.clone())) else { return String::new() };
    let short = name.strip_suffix("Type").filter(|n| !n.is_empty()).unwrap_or(&name);
    let wanted = [short, name.as_str()].map(|name| format!("{}_TYPE", heck::ToShoutySnakeCase::to_shouty_snake_case(name)));
    cx.statics.entry(module).or_default().take(&wanted, "_")
}

fn enumeration(cx: &mut Context<'_>, ty: &SimpleType, path: &Path, item: ItemId) -> ItemKind {
    let wire = match (&ty.name, path.last()) {
        (Some(name), _) => cx.wire(name),
        (None, Some(Step::Named(prefix, local))) => WireName { prefix: prefix.clone(), local: local.clone() },
        (None, Some(Step::Attribute(local))) => WireName { prefix: "none".to_owned(), local: local.clone() },
        (None, _) => WireName { prefix: "none".to_owned(), local: String::new() },
    };
    let mut scope = Scope::reserving(["Other"]);
    let mut seen = std::collections::BTreeSet::new();
    let mut variants = Vec::new();
    let component = cx.item(item).map(|item| item.component.clone()).unwrap_or_default();
    for facet in ty.facets.enumeration.iter().filter(|facet| seen.insert(facet.value.as_str())) {
        let wanted = variant_names(cx, path, &facet.value);
        let name = scope.take(&wanted, "");
        cx.collisions.note(format!("{component}/={}", facet.value), wanted.first().map_or("", String::as_str), &name);
        let mut described = if cx.settings.docs.schema { docs::clean(&facet.docs) } else { Vec::new() };
        described.insert(0, docs::code(&facet.value));
        variants.push(EnumerationValue { docs: described, name, value: facet.value.clone() });
    }
    ItemKind::Enumeration(Enumeration { wire, variants })
}

/// The user's name, else the value's words; very long values lose their end.
fn variant_names(cx: &mut Context<'_>, path: &Path, value: &str) -> Vec<String> {
    let mut way = path.clone();
    way.push(Step::Value(value.to_owned()));
    if let Some(name) = places::renamed(cx, &[&way]) {
        return vec![name];
    }
    let mut found = cx.lexicon.value(value);
    while found.len() > 1 && found.iter().map(String::len).sum::<usize>() > 64 {
        found.pop();
    }
    let name = names::variant(&words::camel(&found));
    if name == "Other" { vec!["OtherValue".to_owned()] } else { vec![name] }
}
