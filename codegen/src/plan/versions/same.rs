//! Decides whether two items of two versions are the same type: the same Rust type, with the same meaning in XML. The documentation may differ.
//!
//! The two schema sets have the same namespaces with the same prefixes. A type that contains a wildcard, or an element whose value keeps its `xsi:type`,
//! is never the same: what is valid there depends on everything that the schema set declares.

use std::collections::{HashMap, HashSet};

use crate::ir::{
    Body, ChoiceType, CodecType, Constraint, ContentModel, DeclaredType, Derived, Enumeration, Facets, Field, Holder, Item, ItemId,
    ItemKind, Member, ModuleId, NamedType, Particle, Polymorphic, ROOT, Rules, RustIr, SimpleOf, SimpleType, Struct, Term, Ty, Union, Wire,
    WireName,
};

use super::facets::{At, Of, definition};
use super::types::plain;

type Pair = (ItemId, ItemId);

/// An element with its named type, what it blocks and its identity constraints.
type Declared<'i> = (&'i WireName, Option<&'i DeclaredType>, [bool; 2], &'i [Constraint]);

/// What the rules of strict mode say about an item: the elements with more properties than the table has, and the name and base of its type.
#[derive(Debug, Default, PartialEq)]
struct Ruled<'i> {
    declarations: Vec<Declared<'i>>,
    named: Option<(&'i WireName, Option<&'i WireName>, bool)>,
}

/// One of the versions.
struct Side<'i> {
    ir: &'i RustIr,
    rules: HashMap<ItemId, Ruled<'i>>,
    /// The requests and responses, which belong to the operations of one version.
    messages: HashSet<ItemId>,
}

/// Compares the items of two versions.
pub(super) struct Judge<'i> {
    old: Side<'i>,
    new: Side<'i>,
}

/// Returns whether the rules of strict mode say the same about the elements of types that are the same, also where such a type is read alone. Elements of
/// simple types can have any derived simple type; only the schema set knows these.
pub(super) fn has_same_rules(old: &RustIr, new: &RustIr) -> bool {
    let (a, b) = (&old.root.rules, &new.root.rules);
    let is_constrained = |rules: &Rules| rules.declarations.iter().any(|declaration| !declaration.constraints.is_empty());
    let simple = |rules: &'_ Rules| rules.types.iter().filter(|ty| ty.facets.is_some()).cloned().collect::<Vec<NamedType>>();
    let same = |a: &NamedType, b: &NamedType| {
        let facets = match (&a.facets, &b.facets) {
            (Some(a), Some(b)) => is_same_facets(Of { ir: old, module: ROOT, facets: a }, Of { ir: new, module: ROOT, facets: b }),
            _ => false,
        };
        facets && a.name == b.name && a.base == b.base && a.extends == b.extends
    };
    is_constrained(a) == is_constrained(b) && a.types.is_empty() == b.types.is_empty() && all(&simple(a), &simple(b), same)
}

/// Returns whether two items are the same enumeration or the same value type.
pub(super) fn is_same_text(a: &Item, b: &Item) -> bool {
    let same = match (&a.kind, &b.kind) {
        (ItemKind::Enumeration(a), ItemKind::Enumeration(b)) => values(a).eq(values(b)),
        (ItemKind::Value(a), ItemKind::Value(b)) => a == b,
        _ => false,
    };
    same && a.name == b.name && a.derives == b.derives
}

fn values(enumeration: &Enumeration) -> impl Iterator<Item = (&str, &str)> {
    enumeration.variants.iter().map(|variant| (variant.name.as_str(), variant.value.as_str()))
}

impl<'i> Side<'i> {
    fn new(ir: &'i RustIr) -> Self {
        let mut rules: HashMap<ItemId, Ruled<'i>> = HashMap::new();
        for it in &ir.root.rules.declarations {
            if let Holder::Item(item) = it.holder {
                let declared = (&it.name, it.ty.as_ref(), [it.extension, it.restriction], it.constraints.as_slice());
                rules.entry(item).or_default().declarations.push(declared);
            }
        }
        for it in &ir.root.rules.types {
            if let Some(item) = it.item {
                rules.entry(item).or_default().named = Some((&it.name, it.base.as_ref(), it.extends));
            }
        }
        let messages = ir
            .root
            .operations
            .iter()
            .flatten()
            .flat_map(|operation| std::iter::once(operation.request).chain(operation.response))
            .collect();
        Self { ir, rules, messages }
    }

    fn item(&self, id: ItemId) -> Option<&'i Item> {
        self.ir.items.get(id.index())
    }
}

impl<'i> Judge<'i> {
    pub(super) fn new(old: &'i RustIr, new: &'i RustIr) -> Self {
        Self { old: Side::new(old), new: Side::new(new) }
    }

    /// Returns the pairs of types that have to be shared for these two to be the same; `None` if they are not the same in any case.
    pub(super) fn same(&self, old: ItemId, new: ItemId) -> Option<Vec<Pair>> {
        let (a, b) = (self.old.item(old)?, self.new.item(new)?);
        let is_message = self.old.messages.contains(&old) || self.new.messages.contains(&new);
        if is_message || self.old.rules.get(&old) != self.new.rules.get(&new) || !has_same_head(a, b) {
            return None;
        }
        let mut same = Same { old: self.old.ir, new: self.new.ir, modules: (a.module, b.module), needs: Vec::new() };
        let kinds = match (&a.kind, &b.kind) {
            (ItemKind::Struct(a), ItemKind::Struct(b)) => same.structs(a, b),
            (ItemKind::Group(a), ItemKind::Group(b)) | (ItemKind::Choice(a), ItemKind::Choice(b)) => same.fields(a, b),
            (ItemKind::Union(x), ItemKind::Union(y)) => same.unions(x, y),
            (ItemKind::Polymorphic(a), ItemKind::Polymorphic(b)) => same.polymorphic(a, b),
            _ => false,
        };
        kinds.then_some(same.needs)
    }
}

/// Returns whether two items have the same name, attributes and derives, and belong to the same complex type.
fn has_same_head(a: &Item, b: &Item) -> bool {
    let head = |item: &'_ Item| (item.own_serde, item.constructor);
    let lists = a.derives == b.derives && a.attributes == b.attributes && a.other_attributes == b.other_attributes;
    a.name == b.name && head(a) == head(b) && lists && a.prefix == b.prefix && is_same_choice(a.complex.as_ref(), b.complex.as_ref())
}

fn is_same_choice(a: Option<&ChoiceType>, b: Option<&ChoiceType>) -> bool {
    match (a, b) {
        (Some(a), Some(b)) => a.wire == b.wire && a.abstract_ == b.abstract_ && is_same_model(a.model.as_ref(), b.model.as_ref()),
        (None, None) => true,
        _ => false,
    }
}

fn is_same_model(a: Option<&ContentModel>, b: Option<&ContentModel>) -> bool {
    match (a, b) {
        (Some(a), Some(b)) => is_same_particle(&a.particle, &b.particle),
        (None, None) => true,
        _ => false,
    }
}

/// Returns whether two content models are the same. The names of their statics may differ.
fn is_same_particle(a: &Particle, b: &Particle) -> bool {
    let terms = match (&a.term, &b.term) {
        (Term::Element(a, own), Term::Element(b, other)) => a == b && own == other,
        (Term::Sequence(a), Term::Sequence(b)) | (Term::Choice(a), Term::Choice(b)) | (Term::All(a), Term::All(b)) => {
            all(a, b, is_same_particle)
        }
        _ => false,
    };
    terms && (a.min, a.max) == (b.min, b.max)
}

/// Returns whether two lists have the same length and the same elements.
fn all<T>(a: &[T], b: &[T], mut same: impl FnMut(&T, &T) -> bool) -> bool {
    a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b))
}

/// The comparison of two items.
struct Same<'i> {
    old: &'i RustIr,
    new: &'i RustIr,
    modules: (ModuleId, ModuleId),
    /// The pairs of types that have to be shared.
    needs: Vec<Pair>,
}

impl Same<'_> {
    fn structs(&mut self, a: &Struct, b: &Struct) -> bool {
        let flags = |it: &Struct| (it.abstract_, it.attribute_group, it.flat);
        a.wire == b.wire
            && flags(a) == flags(b)
            && is_same_body(&a.body, &b.body)
            && is_same_model(a.model.as_ref(), b.model.as_ref())
            && self.fields(&a.flattened, &b.flattened)
            && self.fields(&a.attributes, &b.attributes)
            && self.fields(a.body.fields(), b.body.fields())
    }

    fn fields(&mut self, a: &[Field], b: &[Field]) -> bool {
        all(a, b, |a, b| self.field(a, b))
    }

    fn field(&mut self, a: &Field, b: &Field) -> bool {
        let rust = a.name == b.name && a.attributes == b.attributes && a.value_attributes == b.value_attributes;
        let forms = a.from == b.from && a.integer == b.integer && a.items == b.items && a.occurs == b.occurs;
        let wire = a.wire == b.wire && !matches!(a.wire, Wire::Any { .. }) && a.value == b.value && a.placed == b.placed;
        rust && forms && wire && self.facets(a.facets.as_ref(), b.facets.as_ref()) && self.ty(&a.ty, &b.ty)
    }

    fn polymorphic(&mut self, a: &Polymorphic, b: &Polymorphic) -> bool {
        all(a.base.as_slice(), b.base.as_slice(), |a, b| self.derived(a, b)) && all(&a.derived, &b.derived, |a, b| self.derived(a, b))
    }

    fn derived(&mut self, a: &Derived, b: &Derived) -> bool {
        a.name == b.name && a.attributes == b.attributes && a.wire == b.wire && a.alias == b.alias && self.ty(&a.ty, &b.ty)
    }

    fn unions(&mut self, a: &Union, b: &Union) -> bool {
        self.simple(&a.facets.definition, &b.facets.definition) && all(&a.members, &b.members, |a, b| self.member(a, b))
    }

    fn member(&mut self, a: &Member, b: &Member) -> bool {
        let attributes = a.attributes == b.attributes && a.value_attributes == b.value_attributes;
        a.name == b.name && a.from == b.from && attributes && self.ty(&a.ty, &b.ty)
    }

    /// Compares the types of two fields, with their aliases resolved.
    fn ty(&mut self, a: &Ty, b: &Ty) -> bool {
        let (a, b) = (plain(self.old, a), plain(self.new, b));
        self.plain(&a, &b)
    }

    fn plain(&mut self, a: &Ty, b: &Ty) -> bool {
        match (a, b) {
            (Ty::Item(a), Ty::Item(b)) => {
                self.needs.push((*a, *b));
                true
            }
            (Ty::Boxed(a), Ty::Boxed(b))
            | (Ty::Nillable(a), Ty::Nillable(b))
            | (Ty::MaybeNil(a), Ty::MaybeNil(b))
            | (Ty::XsiBox(a), Ty::XsiBox(b))
            | (Ty::List(a), Ty::List(b)) => self.plain(a, b),
            (Ty::Codec(CodecType::AnyAttribute | CodecType::AnyElement | CodecType::AnyType), _) => false,
            (Ty::Scalar(_) | Ty::Codec(_) | Ty::Foreign(_), _) => a == b,
            _ => false,
        }
    }

    /// Compares what facets say. The names of their statics may differ.
    fn facets(&self, a: Option<&Facets>, b: Option<&Facets>) -> bool {
        match (a, b) {
            (None, None) => true,
            (Some(a), Some(b)) => is_same_facets(
                Of { ir: self.old, module: self.modules.0, facets: a },
                Of { ir: self.new, module: self.modules.1, facets: b },
            ),
            _ => false,
        }
    }

    fn simple(&self, a: &SimpleType, b: &SimpleType) -> bool {
        is_same_simple(At { ir: self.old, module: self.modules.0, ty: a }, At { ir: self.new, module: self.modules.1, ty: b })
    }
}

fn is_same_body(a: &Body, b: &Body) -> bool {
    std::mem::discriminant(a) == std::mem::discriminant(b)
}

fn is_same_facets(a: Of<'_>, b: Of<'_>) -> bool {
    matches!((definition(a), definition(b)), (Some(a), Some(b)) if is_same_simple(a, b))
}

/// Compares two simple types with their bases, items and members.
fn is_same_simple(old: At<'_>, new: At<'_>) -> bool {
    let (a, b) = (old.ty, new.ty);
    let bases = match (&a.of, &b.of) {
        (SimpleOf::Builtin(a), SimpleOf::Builtin(b)) => a == b,
        (SimpleOf::List(a), SimpleOf::List(b)) => is_same_facets(old.at(a), new.at(b)),
        (SimpleOf::Union(a), SimpleOf::Union(b)) => all(a, b, |a, b| is_same_facets(old.at(a), new.at(b))),
        (SimpleOf::Restriction(a), SimpleOf::Restriction(b)) => is_same_simple(At { ty: a, ..old }, At { ty: b, ..new }),
        _ => false,
    };
    bases && a.name == b.name && a.facets == b.facets
}
