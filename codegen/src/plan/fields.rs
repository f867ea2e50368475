//! Plans the fields for element declarations, attribute uses and wildcards. `content` plans the structure of the content.
//!
//! A `Namer` assigns the names in the order of the schema.

use std::collections::{BTreeMap, VecDeque};

use super::context::Context;
use super::expression::literal;
use super::locked::Wanted;
use super::members::MemberNames;
use super::simple::{self, Used};
use super::{docs, names, places, poly, values, words};
use crate::ir::{CodecType, Field, Occurs, Ty, Value, Wire};
use crate::lock::Form;
use crate::model::path::{ComponentPath, Label, PartKind, Step};
use crate::model::{
    AttributeUse, Content, Element, ElementId, Literal, Max, NamespaceId, QName, Type, TypeId, ValueConstraint, Wildcard,
    WildcardNamespaces,
};
use crate::substitution::substitutes;

/// The names of the fields of a struct or of the variants of an enum that are made from a content model.
///
/// Names that are not in the schema, such as `any` for a wildcard, are reserved first: an element with that name gets the suffix `_element`.
pub(super) struct Namer {
    names: MemberNames,
    container: ComponentPath,
    variants: bool,
    /// Reserved names that have not been used yet, by the name that was wanted.
    added: BTreeMap<String, VecDeque<String>>,
    /// The number of wildcards so far.
    wildcards: u32,
    /// The namespace of the first element or attribute that wanted each field name.
    first: BTreeMap<(String, bool), NamespaceId>,
}

impl Namer {
    pub(super) fn fields(cx: &mut Context<'_>, container: &ComponentPath) -> Self {
        Self::of(cx, container, Form::Field)
    }

    pub(super) fn variants(cx: &mut Context<'_>, container: &ComponentPath) -> Self {
        Self::of(cx, container, Form::Variant)
    }

    fn of(cx: &mut Context<'_>, container: &ComponentPath, form: Form) -> Self {
        let names = MemberNames::new(cx, Some(container.clone()), form, &[]);
        Namer {
            names,
            container: container.clone(),
            variants: form == Form::Variant,
            added: BTreeMap::new(),
            wildcards: 0,
            first: BTreeMap::new(),
        }
    }

    /// Returns the path of the struct or enum.
    pub(super) fn container(&self) -> &ComponentPath {
        &self.container
    }

    /// Reserves names that are not in the schema, before elements and attributes get theirs. Each belongs to a part of the container.
    pub(super) fn reserve(&mut self, cx: &Context<'_>, added: impl IntoIterator<Item = Added>) {
        for Added { name, step } in added {
            let reserved = self.added.entry(name.clone()).or_default();
            if !self.names.is_locked(cx, &self.container.child(step)) {
                reserved.push_back(self.names.reserve(&name));
            }
        }
    }

    /// Gives a field or variant the name of its element. `paths` are the paths that selectors match.
    pub(super) fn element(&mut self, cx: &mut Context<'_>, id: ElementId, paths: &[&ComponentPath], field: Field) -> Field {
        let Some(element) = cx.element(id) else { return field };
        let path = cx.element_in(&self.container, &element.name);
        let wanted = places::renamed(cx, paths).unwrap_or_else(|| self.element_names(cx, element));
        let (name, path) = self.names.give(cx, &path, &wanted);
        field.named(name, path)
    }

    fn element_names(&mut self, cx: &Context<'_>, element: &Element) -> Wanted {
        let local = &element.name.local;
        let own = words::split(local);
        if self.variants {
            let name = cx.lexicon.variant(local);
            let longer = if self.added.contains_key(&name) { format!("{name}Element") } else { poly::prefixed(cx, element) };
            return Wanted::by_rule([name, names::variant(&words::camel(&own)), longer]);
        }
        let name = cx.lexicon.field(local);
        let longer = self.added.contains_key(&name).then(|| format!("{name}_element"));
        let prefixed = self.prefixed(cx, &name, &element.name, false);
        Wanted::by_rule([name, names::field(&words::snake(&own))].into_iter().chain(longer).chain(prefixed).collect::<Vec<_>>())
    }

    /// Returns the field name with the prefix of the namespace, if the first element or attribute that wanted the name is in another namespace.
    fn prefixed(&mut self, cx: &Context<'_>, name: &str, of: &QName, attribute: bool) -> Option<String> {
        let first = *self.first.entry((name.to_owned(), attribute)).or_insert(of.namespace);
        let prefix = Some(cx.prefix(of.namespace)).filter(|_| first != of.namespace && of.namespace.0 != 0)?;
        let spelled = format!("{}_{name}", cx.lexicon.field(prefix).trim_end_matches('_'));
        Some(names::field(spelled.trim_end_matches('_')))
    }

    /// Gives a field the name of its attribute. Elements are named first, so that an attribute `id` next to an element `id` becomes `id_attribute`.
    fn attribute(&mut self, cx: &mut Context<'_>, name: &QName, paths: &[&ComponentPath], field: Field) -> Field {
        let path = cx.attribute_in(&self.container, name);
        let wanted = places::renamed(cx, paths).unwrap_or_else(|| {
            let own = names::field(&words::snake(&words::split(&name.local)));
            let field = cx.lexicon.field(&name.local);
            let longer = format!("{}_attribute", field.trim_end_matches('_'));
            let prefixed = self.prefixed(cx, &field, name, true);
            Wanted::by_rule([field, own].into_iter().chain(prefixed).chain([longer]).collect::<Vec<_>>())
        });
        let (name, path) = self.names.give(cx, &path, &wanted);
        field.named(name, path)
    }

    /// Gives a field or variant the name of a wildcard.
    pub(super) fn wildcard(&mut self, cx: &mut Context<'_>, field: Field) -> Field {
        self.wildcards += 1;
        let step = Step::Part(PartKind::Any, Label::number(self.wildcards));
        self.unnamed(cx, if self.variants { "Any" } else { "any" }, step, field)
    }

    /// Gives a field or variant without a name in the schema its name: the reserved one, if there is one.
    pub(super) fn unnamed(&mut self, cx: &mut Context<'_>, name: &str, step: Step, field: Field) -> Field {
        let (name, path) = self.part(cx, name, step);
        field.named(name, path)
    }

    /// Returns the name and the path of a part that has no name in the schema.
    pub(super) fn part(&mut self, cx: &mut Context<'_>, name: &str, step: Step) -> (String, ComponentPath) {
        let path = self.container.child(step);
        let reserved = match self.names.is_locked(cx, &path) {
            true => None,
            false => self.added.get_mut(name).and_then(VecDeque::pop_front),
        };
        self.names.give_reserved(cx, &path, name, reserved)
    }
}

/// A name that is not in the schema.
pub(super) struct Added {
    pub(super) name: String,
    /// The step from the container to the part that has the name.
    pub(super) step: Step,
}

/// Returns the Rust type of an element: the type that the settings give, or that of its schema type. Nillable elements are wrapped.
pub(super) fn element_type(cx: &mut Context<'_>, id: ElementId, paths: &[&ComponentPath]) -> Used {
    type_with(cx, id, paths, false)
}

/// Returns the Rust type of a member of a substitution group. Documents often have a redundant `xsi:type` on such elements, so it is preserved.
pub(super) fn member_type(cx: &mut Context<'_>, id: ElementId, paths: &[&ComponentPath]) -> Used {
    // If the settings list the polymorphic types, a redundant `xsi:type` is not preserved.
    let told = cx.rules.polymorphic.is_none();
    type_with(cx, id, paths, told)
}

fn type_with(cx: &mut Context<'_>, id: ElementId, paths: &[&ComponentPath], told: bool) -> Used {
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
        let holds = poly::has_attributes(cx, element.ty) || poly::is_any(cx, element.ty, &used.ty) || matches!(used.ty, Ty::XsiBox(_));
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

/// Wraps a simple type in `XsiTyped`, which keeps `xsi:type`. The reader must know the declared type from the Rust type or from the facets.
pub(super) fn typed(cx: &Context<'_>, id: TypeId, used: Used) -> Used {
    let tells = !poly::is_told(cx, id) && used.ty != Ty::STRING;
    let facets = used.facets.or_else(|| (!tells).then(|| crate::ir::Facets::Inline(super::expression::expression(cx, id))));
    Used { ty: Ty::XsiTyped(Box::new(used.ty)), facets }
}

/// Boxes a struct of a named type in `XsiBox`, which records whether `xsi:type` named the type.
fn remembering(cx: &Context<'_>, id: TypeId, ty: Ty) -> Ty {
    let named = id != crate::ANY_TYPE && matches!(cx.ty(id), Some(Type::Complex(found)) if found.name.is_some());
    match ty {
        Ty::Item(item) if named && cx.type_items.get(&id) == Some(&item) => Ty::XsiBox(Box::new(Ty::Item(item))),
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

/// Returns the two paths of an element's field that selectors match: in the current type, and where the element was declared (a base type, a group).
pub(super) fn element_paths(cx: &Context<'_>, id: ElementId, within: &ComponentPath) -> [ComponentPath; 2] {
    let used = cx.element(id).map_or_else(|| within.clone(), |element| cx.element_in(within, &element.name));
    [used, cx.element_path(id)]
}

/// Returns the field or variant of an element, without its name.
pub(super) fn element(cx: &mut Context<'_>, id: ElementId, occurs: Occurs, within: &ComponentPath) -> Field {
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
pub(super) fn attribute(cx: &mut Context<'_>, said: &AttributeUse, within: &ComponentPath, namer: &mut Namer) -> Option<Field> {
    let attribute = cx.attribute(said.attribute)?;
    let (own, declared) = (cx.attribute_in(within, &attribute.name), cx.attribute_path(said.attribute));
    let paths = [&own, &declared];
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
    let field = Field::new("", occurs, used.ty, Wire::Name(cx.wire(&attribute.name)));
    let mut field = namer.attribute(cx, &attribute.name, &paths, field);
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
