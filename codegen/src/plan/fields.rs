//! Plans the fields for element declarations, attribute uses and wildcards. `content` plans the structure of the content.
//!
//! A `Namer` assigns the names in the order of the schema.

use std::collections::{BTreeMap, VecDeque};

use super::context::Context;
use super::expression::literal;
use super::names::{self, Scope};
use super::selectors::{Path, Step, shown};
use super::simple::{self, Used};
use super::{docs, places, poly, values, words};
use crate::ir::{CodecType, Field, Occurs, Ty, Value, Wire};
use crate::model::{AttributeUse, Content, ElementId, Literal, Max, Type, TypeId, ValueConstraint, Wildcard, WildcardNamespaces};
use crate::substitution::substitutes;

/// The names of the fields of a struct or of the variants of an enum.
///
/// Names that are not in the schema, such as `any` for a wildcard, are reserved first: an element with that name gets the suffix `_element`.
pub(super) struct Namer {
    scope: Scope,
    variants: bool,
    /// Reserved names that have not been used yet, by the name that was wanted.
    added: BTreeMap<String, VecDeque<String>>,
}

impl Namer {
    pub(super) fn fields() -> Self {
        Namer { scope: Scope::default(), variants: false, added: BTreeMap::new() }
    }

    pub(super) fn variants() -> Self {
        Namer { variants: true, ..Self::fields() }
    }

    /// Reserves names that are not in the schema, before elements and attributes get theirs.
    pub(super) fn reserve(&mut self, added: impl IntoIterator<Item = String>) {
        for name in added {
            let given = self.scope.take(std::slice::from_ref(&name), self.join());
            self.added.entry(name).or_default().push_back(given);
        }
    }

    /// Returns the separator before a number.
    fn join(&self) -> &'static str {
        if self.variants { "" } else { "_" }
    }

    /// Returns the name for an element that these selector paths lead to.
    pub(super) fn element(&mut self, cx: &mut Context<'_>, id: ElementId, paths: &[&[Step]]) -> String {
        let Some(element) = cx.element(id) else { return String::new() };
        if let Some(name) = places::renamed(cx, paths) {
            return self.give(cx, paths, &[name]);
        }
        let local = &element.name.local;
        let own = words::split(local);
        let wanted = if self.variants {
            let name = cx.lexicon.variant(local);
            let longer = if self.added.contains_key(&name) { format!("{name}Element") } else { poly::prefixed(cx, element) };
            vec![name, names::variant(&words::camel(&own)), longer]
        } else {
            let name = cx.lexicon.field(local);
            let longer = self.added.contains_key(&name).then(|| format!("{name}_element"));
            [name, names::field(&words::snake(&own))].into_iter().chain(longer).collect()
        };
        self.give(cx, paths, &wanted)
    }

    /// Returns the name for an attribute. Elements are named first, so that an attribute `id` next to an element `id` becomes `id_attribute`.
    pub(super) fn attribute(&mut self, cx: &mut Context<'_>, local: &str, paths: &[&[Step]]) -> String {
        if let Some(name) = places::renamed(cx, paths) {
            return self.give(cx, paths, &[name]);
        }
        let own = names::field(&words::snake(&words::split(local)));
        let name = cx.lexicon.field(local);
        let longer = format!("{}_attribute", name.trim_end_matches('_'));
        self.give(cx, paths, &[name, own, longer])
    }

    /// Returns the name for a wildcard.
    pub(super) fn wildcard(&mut self) -> String {
        self.unnamed(if self.variants { "Any" } else { "any" })
    }

    /// Returns a name for something that has none in the schema: the reserved one, if there is one.
    pub(super) fn unnamed(&mut self, name: &str) -> String {
        let added = self.added.get_mut(name).and_then(VecDeque::pop_front);
        added.unwrap_or_else(|| self.scope.take(&[name.to_owned()], self.join()))
    }

    fn give(&mut self, cx: &mut Context<'_>, paths: &[&[Step]], wanted: &[String]) -> String {
        let given = self.scope.take(wanted, self.join());
        let component = paths.first().map(|path| shown(path)).unwrap_or_default();
        cx.collisions.note(component, wanted.first().map_or("", String::as_str), &given);
        given
    }
}

/// Returns the Rust type of an element: the type that the settings give, or that of its schema type. Nillable elements are wrapped.
pub(super) fn element_type(cx: &mut Context<'_>, id: ElementId, paths: &[&[Step]]) -> Used {
    type_with(cx, id, paths, false)
}

/// Returns the Rust type of a member of a substitution group. Documents often have a redundant `xsi:type` on such elements, so it is preserved.
pub(super) fn member_type(cx: &mut Context<'_>, id: ElementId, paths: &[&[Step]]) -> Used {
    // If the settings list the polymorphic types, a redundant `xsi:type` is not preserved.
    let told = cx.rules.polymorphic.is_none();
    type_with(cx, id, paths, told)
}

fn type_with(cx: &mut Context<'_>, id: ElementId, paths: &[&[Step]], told: bool) -> Used {
    let Some(element) = cx.element(id) else { return Used { ty: Ty::Codec(CodecType::AnyType), facets: None } };
    let mut used = type_of(cx, element.ty, element.block.extension && element.block.restriction);
    // Looked up first, so that the selector of a value type counts as used even if another kind of rule takes precedence.
    let known = values::used(cx, element.ty, paths);
    if cx.rules.secrets.find(paths).is_some() {
        used.ty = Ty::Codec(CodecType::Secret);
    } else if let Some(path) = cx.rules.types.find(paths) {
        used = mapped(cx, element.ty, path);
    } else if let Some(value) = known {
        used = value;
    }
    // Looked up in any case, for the same reason.
    let typed = cx.rules.typed.find(paths).is_some() || told;
    if typed {
        used.ty = remembering(cx, element.ty, used.ty);
    }
    if element.nillable {
        // A nil element keeps its attributes and its xsi:type.
        let holds = poly::has_attributes(cx, element.ty) || poly::is_any(cx, element.ty, &used.ty) || matches!(used.ty, Ty::Declared(_));
        used.ty = if holds { Ty::MaybeNil(Box::new(used.ty)) } else { Ty::Nillable(Box::new(used.ty)) };
    }
    if poly::is_told(cx, element.ty) || typed && matches!(cx.ty(element.ty), Some(Type::Simple(_))) {
        used = self::typed(cx, element.ty, used);
    }
    used
}

/// Returns the Rust type that the settings give for elements or attributes of a type.
fn mapped(cx: &Context<'_>, id: TypeId, path: &str) -> Used {
    match cx.ty(id) {
        Some(Type::Simple(_)) => simple::mapped(cx, id, path),
        _ => Used { ty: super::native::given(path), facets: None },
    }
}

/// Wraps a simple type in `Typed`, which keeps `xsi:type`. The reader must know the declared type from the Rust type or from the facets.
pub(super) fn typed(cx: &Context<'_>, id: TypeId, used: Used) -> Used {
    let tells = !poly::is_told(cx, id) && used.ty != Ty::STRING;
    let facets = used.facets.or_else(|| (!tells).then(|| crate::ir::Facets::Inline(super::expression::expression(cx, id))));
    Used { ty: Ty::Typed(Box::new(used.ty)), facets }
}

/// Boxes a struct of a named type in `Declared`, which records whether `xsi:type` named the type.
fn remembering(cx: &Context<'_>, id: TypeId, ty: Ty) -> Ty {
    let named = id != crate::ANY_TYPE && matches!(cx.ty(id), Some(Type::Complex(found)) if found.name.is_some());
    match ty {
        Ty::Item(item) if named && cx.type_items.get(&id) == Some(&item) => Ty::Declared(Box::new(Ty::Item(item))),
        other => other,
    }
}

/// Returns the Rust type of a type: an `Any...` enum if derived types can replace it, unless the element allows none.
fn type_of(cx: &mut Context<'_>, id: TypeId, alone: bool) -> Used {
    if id == crate::ANY_TYPE {
        return Used { ty: Ty::Codec(CodecType::AnyType), facets: None };
    }
    match cx.ty(id) {
        Some(Type::Simple(_)) => simple::used(cx, id),
        Some(Type::Complex(_)) => {
            if let Some(path) = cx.rules.types.find(&[&cx.type_path(id)]) {
                return Used { ty: super::native::given(path), facets: None };
            }
            let any = if alone { None } else { poly::any_of(cx, id) };
            let item = any.or_else(|| cx.type_items.get(&id).copied());
            Used { ty: item.map_or(Ty::Codec(CodecType::AnyType), Ty::Item), facets: None }
        }
        None => Used { ty: Ty::Codec(CodecType::AnyType), facets: None },
    }
}

/// Returns the default or fixed value. The default of mixed content is ignored: such an element is read and written as empty.
pub(super) fn value(cx: &Context<'_>, ty: TypeId, said: Option<&ValueConstraint>) -> Option<Value> {
    let simple = match cx.ty(ty) {
        Some(Type::Simple(_)) => Some(ty),
        Some(Type::Complex(ty)) => {
            if let Content::Simple(id) = ty.content {
                Some(id)
            } else {
                None
            }
        }
        None => None,
    };
    let text = |said: &Literal| simple.map_or_else(|| said.text.clone(), |id| literal(cx, id, said));
    match said? {
        ValueConstraint::Default(said) => simple.map(|_| Value::Default(text(said))),
        ValueConstraint::Fixed(said) => Some(Value::Fixed(text(said))),
    }
}

/// Returns the two selector paths of an element's field: in the current type, and where the element was declared (a base type, a group).
pub(super) fn element_paths(cx: &Context<'_>, id: ElementId, within: &Path) -> [Path; 2] {
    let Some(element) = cx.element(id) else { return [Vec::new(), Vec::new()] };
    let step = cx.step(&element.name);
    let mut used = within.clone();
    used.push(step.clone());
    let mut declared = cx.scope_path(&element.scope);
    declared.push(step);
    [used, declared]
}

/// Returns the field or variant of an element, without its name.
pub(super) fn element(cx: &mut Context<'_>, id: ElementId, occurs: Occurs, within: &Path) -> Field {
    let paths = element_paths(cx, id, within);
    let Some(element) = cx.element(id) else { return Field::new("", occurs, Ty::Codec(CodecType::AnyType), Wire::Group) };
    let members = substitutes(cx.model, id);
    let alone = members.len() == 1 && members.first().is_some_and(|(member, _)| *member == id);
    if !alone && let Some(item) = poly::head(cx, id) {
        let mut field = Field::new("", occurs, Ty::Item(item), Wire::Group);
        field.docs = element_docs(cx, id, None);
        return field;
    }
    let used = element_type(cx, id, &[&paths[0], &paths[1]]);
    let mut field = Field::new("", occurs, used.ty, Wire::Name(cx.wire(&element.name)));
    field.value = value(cx, element.ty, element.value.as_ref());
    field.docs = element_docs(cx, id, field.value.as_ref());
    if field.docs.is_empty() {
        field.docs.extend(values::docs_of(cx, &field.ty));
    }
    cx.add_since(&mut field.docs, &[&paths[0], &paths[1]]);
    field.facets = used.facets;
    field.element = Some(id);
    field
}

fn element_docs(cx: &Context<'_>, id: ElementId, value: Option<&Value>) -> Vec<String> {
    let said = cx.element(id).map(|e| cx.documentation(&e.docs)).unwrap_or_default();
    with_value(cx, said, value)
}

fn with_value(cx: &Context<'_>, mut said: Vec<String>, value: Option<&Value>) -> Vec<String> {
    if cx.settings.docs.facets {
        said.extend(value.map(|value| match value {
            Value::Default(text) if text.trim().is_empty() => "Default: empty.".to_owned(),
            Value::Fixed(text) if text.trim().is_empty() => "Always empty.".to_owned(),
            Value::Default(text) => format!("Default: {}.", docs::code(text)),
            Value::Fixed(text) => format!("Always {}.", docs::code(text)),
        }));
    }
    said
}

/// Returns the field of an attribute.
pub(super) fn attribute(cx: &mut Context<'_>, said: &AttributeUse, within: &Path, namer: &mut Namer) -> Option<Field> {
    let attribute = cx.attribute(said.attribute)?;
    let mut used_path = within.clone();
    used_path.push(Step::Attribute(attribute.name.local.clone()));
    let declared = cx.attribute_path(attribute);
    let paths: [&[Step]; 2] = [&used_path, &declared];
    let mut used = simple::used(cx, attribute.ty);
    let known = values::used(cx, attribute.ty, &paths);
    if cx.rules.secrets.find(&paths).is_some() {
        used.ty = Ty::Codec(CodecType::Secret);
    } else if let Some(path) = cx.rules.types.find(&paths) {
        used = mapped(cx, attribute.ty, path);
    } else if let Some(value) = known {
        used = value;
    }
    let occurs = if said.required { Occurs::One } else { Occurs::Optional };
    let name = namer.attribute(cx, &attribute.name.local, &paths);
    let mut field = Field::new(name, occurs, used.ty, Wire::Name(cx.wire(&attribute.name)));
    field.value = value(cx, attribute.ty, said.value.as_ref().or(attribute.value.as_ref()));
    let docs = if said.docs.is_empty() { &attribute.docs } else { &said.docs };
    field.docs = with_value(cx, cx.documentation(docs), field.value.as_ref());
    if field.docs.is_empty() {
        field.docs.extend(values::docs_of(cx, &field.ty));
    }
    cx.add_since(&mut field.docs, &paths);
    field.facets = used.facets;
    Some(field)
}

/// Returns how a wildcard appears in a document.
pub(super) fn wildcard(cx: &Context<'_>, wildcard: &Wildcard) -> Wire {
    Wire::Any { constraint: constraint(cx, wildcard), process: wildcard.process }
}

/// Returns the namespace constraint in the codec's syntax.
pub(super) fn constraint(cx: &Context<'_>, wildcard: &Wildcard) -> String {
    match &wildcard.namespaces {
        WildcardNamespaces::Any => "##any".to_owned(),
        WildcardNamespaces::Not(id) => format!("##other:{}", cx.uri(*id)),
        WildcardNamespaces::OneOf(ids) => {
            let uris: Vec<&str> = ids.iter().map(|id| if id.0 == 0 { "##local" } else { cx.uri(*id) }).collect();
            uris.join(" ")
        }
    }
}

/// The largest bound that is kept. A larger one has no effect, because nothing that fits into memory occurs that often.
const MOST: u64 = u32::MAX as u64 - 1;

/// Returns the bounds as the codec expects them.
pub(super) fn bounds(min: u64, max: Max) -> (u64, Max) {
    let max = match max {
        Max::Count(count) if count <= MOST => Max::Count(count),
        _ => Max::Unbounded,
    };
    (min.min(MOST), max)
}

/// Returns the occurrence of a field with these bounds.
pub(super) fn occurs(min: u64, max: Max) -> Occurs {
    match bounds(min, max) {
        (1, Max::Count(1)) => Occurs::One,
        (0, Max::Count(1)) => Occurs::Optional,
        (min, Max::Count(max)) => Occurs::Many(min, Some(max)),
        (min, Max::Unbounded) => Occurs::Many(min, None),
    }
}
