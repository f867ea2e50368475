//! Adds the attributes that the derive macros of arbitrary and proptest-derive need, so that what they make can be written.
//!
//! - `Other` stands for what the schema does not declare, and is never made.
//! - Texts, floating-point numbers and lists of attributes are made by the codec: not every `String` can be written as XML, NaN is not equal to
//!   itself, and no element has two attributes of the same name.
//! - The type of a strategy of proptest must not contain itself, so in a recursive type the strategy leaves out what closes the circle.

use super::recursion::{components, fields_mut};
use crate::ir::{CodecType, Derived, Field, Item, ItemId, ItemKind, Occurs, RustIr, Scalar, Ty};

/// How many values a list has at most beyond those that it must have.
const MORE: u64 = 3;

/// The macros of a type.
#[derive(Debug, Clone, Copy, Default)]
struct Macros {
    arbitrary: bool,
    proptest: bool,
}

impl Macros {
    fn of(item: &Item) -> Self {
        let has = |name: &str| item.derives.iter().any(|derive| derive.trim_start_matches("::") == name);
        Macros { arbitrary: has("arbitrary::Arbitrary"), proptest: has("proptest_derive::Arbitrary") }
    }

    fn any(self) -> bool {
        self.arbitrary || self.proptest
    }

    /// Returns the attributes for a variant that is never made.
    fn skip(self) -> impl Iterator<Item = String> {
        let both = [(self.arbitrary, "arbitrary(skip)"), (self.proptest, "proptest(skip)")];
        both.into_iter().filter(|(derived, _)| *derived).map(|(_, attribute)| attribute.to_owned())
    }

    /// Returns the attributes for a value that functions of the codec make; `what` is the end of their names, with the parameters behind it.
    fn codec(self, what: &str) -> Vec<String> {
        let arbitrary = self.arbitrary.then(|| format!("arbitrary(with = ::xsdgen_codec::arbitrary_{what})"));
        let proptest = self.proptest.then(|| format!("proptest(strategy = \"::xsdgen_codec::any_{what}()\")"));
        arbitrary.into_iter().chain(proptest).collect()
    }

    /// Returns the attributes for a value of a type, of which the codec makes some.
    fn value(self, made: bool) -> Vec<String> {
        if made { self.codec("value") } else { Vec::new() }
    }

    /// Returns the attributes for an optional field or a list that makes its type contain itself. Values of such types must end somewhere.
    fn closing(self, field: &Field) -> Vec<String> {
        let rarely = match field.occurs {
            Occurs::Many(_, Some(_)) => "list::<0, 1, _>",
            _ => "rarely",
        };
        let arbitrary = self.arbitrary.then(|| format!("arbitrary(with = ::xsdgen_codec::arbitrary_{rarely})"));
        let proptest = self.proptest.then(|| "proptest(value = \"Default::default()\")".to_owned());
        arbitrary.into_iter().chain(proptest).collect()
    }

    /// Returns the attributes for the values of a field. A list has as many as the schema allows.
    fn field(self, field: &Field, made: bool) -> Vec<String> {
        match field.occurs {
            Occurs::Many(min, max) if min > 0 || max.is_some() => {
                let most = max.unwrap_or(u64::MAX).min(min.saturating_add(MORE));
                self.codec(&format!("{}::<{min}, {most}, _>", if made { "values" } else { "list" }))
            }
            _ => self.value(made),
        }
    }
}

/// Adds the attributes to all types that derive one of the macros.
pub(super) fn plan(ir: &mut RustIr) {
    let macros: Vec<Macros> = ir.items.iter().map(Macros::of).collect();
    if !macros.iter().any(|macros| macros.any()) {
        return;
    }
    let aliases: Vec<Option<Ty>> =
        ir.items.iter().map(|item| if let ItemKind::Alias(alias) = &item.kind { Some(alias.ty.clone()) } else { None }).collect();
    let of_field = |field: &mut Field, macros: Macros| field.value_attributes = macros.field(field, is_made(&aliases, &field.ty));
    for (item, macros) in ir.items.iter_mut().zip(&macros).filter(|(_, macros)| macros.any()) {
        let open = match &mut item.kind {
            ItemKind::Struct(planned) => {
                planned.fields_mut().for_each(|field| of_field(field, *macros));
                false
            }
            ItemKind::Group(fields) | ItemKind::Choice(fields) => {
                fields.iter_mut().for_each(|field| of_field(field, *macros));
                false
            }
            ItemKind::Union(planned) => {
                planned.members.iter_mut().for_each(|member| member.value_attributes = macros.value(is_made(&aliases, &member.ty)));
                !planned.members.is_empty()
            }
            ItemKind::Enumeration(planned) => !planned.variants.is_empty(),
            ItemKind::Polymorphic(planned) => planned.base.is_some() || !planned.derived.is_empty(),
            ItemKind::Alias(_) | ItemKind::Value(_) => false,
        };
        if open {
            item.other_attributes.extend(macros.skip());
        }
    }
    cut(ir, &macros);
}

/// Returns whether the codec makes the values of a type: it is text, a floating-point number or an attribute, or contains one.
fn is_made(aliases: &[Option<Ty>], ty: &Ty) -> bool {
    let mut ty = ty;
    loop {
        ty = match ty {
            Ty::Scalar(scalar) => return matches!(scalar, Scalar::String | Scalar::F32 | Scalar::F64),
            Ty::Codec(codec) => return *codec == CodecType::AnyAttribute,
            Ty::Foreign(_) => return false,
            Ty::Item(id) => match aliases.get(id.index()) {
                Some(Some(alias)) => alias,
                _ => return false,
            },
            Ty::Boxed(inner) | Ty::Nillable(inner) | Ty::MaybeNil(inner) | Ty::List(inner) | Ty::XsiBox(inner) | Ty::XsiTyped(inner) => {
                inner
            }
        }
    }
}

/// Limits what makes types contain themselves. With arbitrary, optional fields and lists are mostly empty. The type of a strategy of proptest must not
/// contain itself: there, they are always empty, and variants are skipped.
fn cut(ir: &mut RustIr, macros: &[Macros]) {
    let edges: Vec<Vec<usize>> = ir.items.iter().map(targets).collect();
    let component = components(&edges);
    let mut left = edges.clone();
    for (at, item) in ir.items.iter_mut().enumerate().filter(|(at, _)| macros.get(*at).is_some_and(|macros| macros.any())) {
        let closes = |ty: &Ty| closes(&edges, &component, at, ty);
        for field in fields_mut(item).filter(|field| !field.is_required() && closes(&field.ty)) {
            field.value_attributes = macros.get(at).copied().unwrap_or_default().closing(field);
        }
        if let Some(left) = left.get_mut(at) {
            *left = targets_of(item, true);
        }
    }
    let component = components(&left);
    for (at, item) in ir.items.iter_mut().enumerate().filter(|(at, _)| macros.get(*at).is_some_and(|macros| macros.proptest)) {
        let closes = |ty: &Ty| closes(&left, &component, at, ty);
        let skip = || "proptest(skip)".to_owned();
        match &mut item.kind {
            ItemKind::Choice(arms) => {
                let closing = |arm: &Field| arm.occurs.is_required() && closes(&arm.ty);
                if !arms.iter().all(closing) {
                    arms.iter_mut().filter(|arm| closing(arm)).for_each(|arm| arm.attributes.push(skip()));
                }
            }
            ItemKind::Polymorphic(planned) => {
                let closing = |derived: &Derived| closes(&derived.ty);
                if !planned.base.iter().chain(&planned.derived).all(closing) {
                    let all = planned.base.iter_mut().chain(&mut planned.derived);
                    all.filter(|derived| closing(derived)).for_each(|derived| derived.attributes.push(skip()));
                }
            }
            _ => {}
        }
    }
}

/// Returns whether a type leads back to the item.
fn closes(edges: &[Vec<usize>], component: &[usize], at: usize, ty: &Ty) -> bool {
    let Some(target) = ty.item().map(ItemId::index) else { return false };
    component.get(target) == component.get(at) && (target != at || edges.get(at).is_some_and(|targets| targets.contains(&at)))
}

/// Returns the indices of the items that an item contains in any way.
fn targets(item: &Item) -> Vec<usize> {
    targets_of(item, false)
}

/// Returns the indices of the items that an item contains; with `required`, only those of which it has at least one.
fn targets_of(item: &Item, required: bool) -> Vec<usize> {
    let counts = |field: &&Field| !required || field.is_required();
    let tys: Vec<&Ty> = match &item.kind {
        ItemKind::Struct(planned) => planned.fields().filter(counts).map(|field| &field.ty).collect(),
        ItemKind::Group(fields) | ItemKind::Choice(fields) => fields.iter().filter(counts).map(|field| &field.ty).collect(),
        ItemKind::Union(planned) => planned.members.iter().map(|member| &member.ty).collect(),
        ItemKind::Polymorphic(planned) => planned.base.iter().chain(&planned.derived).map(|derived| &derived.ty).collect(),
        ItemKind::Alias(alias) => vec![&alias.ty],
        ItemKind::Enumeration(_) | ItemKind::Value(_) => Vec::new(),
    };
    tys.into_iter().filter_map(|ty| ty.item().map(ItemId::index)).collect()
}
