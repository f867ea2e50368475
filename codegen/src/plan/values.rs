//! Plans the module `values` with an item for each value type of the settings, and finds the value type of an element, attribute or simple type.

use std::collections::BTreeMap;

use super::context::{Chosen, Context};
use super::locked::Wanted;
use super::namespaces::VALUES;
use super::selectors::Rules;
use super::simple::Used;
use super::{codes, docs, namespaces, simple};
use crate::datatypes::pattern::{self, Fields};
use crate::diagnostic::Diagnostic;
use crate::ir::{Facets, ItemKind, ROOT, SimpleOf, SimpleType as Expr, Ty, ValueType as Planned};
use crate::keywords;
use crate::lock::Lock;
use crate::model::{AttributeId, Builtin, ComponentPath, ElementId, Model, Type, TypeId};
use crate::settings::{Settings, ValueForm, ValueType};

/// Adds the module and its items.
pub(super) fn plan(cx: &mut Context<'_>) {
    let settings = cx.settings;
    if settings.values.is_empty() {
        return;
    }
    let name = match cx.root_modules.iter().any(|name| name.eq_ignore_ascii_case(VALUES)) {
        true => cx.files.take(&[VALUES.to_owned()], "_"),
        false => VALUES.to_owned(),
    };
    cx.collisions.note("[values]", VALUES, &name);
    let docs = "Types for strings with a more specific meaning. Each type keeps its text, so that a value is written as it was read.";
    let module = cx.add_module(ROOT, name.clone(), vec![docs.to_owned()], None);
    for scope in &mut cx.scopes {
        scope.take(std::slice::from_ref(&name), "");
    }
    cx.root_modules.push(name);
    let header = namespaces::header(cx, &[]);
    if let Some(module) = cx.ir.modules.get_mut(module.index()) {
        module.header = header;
    }
    for said in &settings.values {
        if let Err(why) = names(said) {
            cx.problems.push(Diagnostic::error(codes::BAD_NAME, said.span.clone(), why).with_help("write letters, digits and `_`"));
            continue;
        }
        let name = cx.claim_new(module, &Wanted::by_rule([said.name.clone()]), "[values]");
        let item = cx.push_item(module, name, format!("values.{}", said.name), None);
        if let Some(planned) = cx.item_mut(item) {
            planned.docs =
                said.docs.clone().map_or_else(|| vec![described(&said.form)], |text| text.split("\n\n").map(str::to_owned).collect());
            planned.derives = ["Debug", "Clone", "PartialEq", "Eq", "Hash"].map(str::to_owned).to_vec();
            planned.kind = ItemKind::Value(self::planned(&said.form));
        }
        let of = Rules::new(&said.of, &mut cx.problems);
        cx.values.push(Chosen { said, item, of });
    }
}

fn planned(form: &ValueForm) -> Planned {
    let mut form = form.clone();
    if let ValueForm::NamedIntegers(list) = &mut form {
        list.iter_mut().for_each(|integer| integer.docs.insert(0, docs::code(&integer.number.to_string())));
    }
    let exact = match &form {
        ValueForm::DateTime { patterns, .. } => patterns.first().is_some_and(|first| pattern::is_whole(first)),
        _ => false,
    };
    Planned { form, exact }
}

/// Checks that all names are valid in Rust and unique.
fn names(said: &ValueType) -> Result<(), String> {
    let fine = |name: &str| !keywords::is_keyword(name) && syn::parse_str::<syn::Ident>(name).is_ok();
    let inner: Vec<&str> = match &said.form {
        ValueForm::NamedIntegers(list) => list.iter().map(|integer| integer.name.as_str()).chain(["Other", "Text"]).collect(),
        ValueForm::Delimited { parts, .. } => {
            parts.iter().map(String::as_str).chain(["of", "parts", "as_str", "is_valid", "empty", "put"]).collect()
        }
        _ => Vec::new(),
    };
    let bad = std::iter::once(said.name.as_str()).chain(inner.iter().copied()).find(|name| !fine(name));
    let twice = inner.iter().enumerate().find(|(at, name)| inner.iter().take(*at).any(|before| before == *name));
    match (bad, twice) {
        (Some(name), _) => Err(format!("`{name}` is not an identifier")),
        (None, Some((_, name))) => Err(format!("`{name}` stands twice in `{}`, or is a name it has anyway", said.name)),
        (None, None) => Ok(()),
    }
}

/// Describes a form in words.
fn described(form: &ValueForm) -> String {
    let list = |texts: &[String]| {
        let texts: Vec<String> = texts.iter().map(|t| if t.is_empty() { "nothing".to_owned() } else { docs::code(t) }).collect();
        texts.join(", ")
    };
    match form {
        ValueForm::DateTime { patterns, also } if also.is_empty() => format!("A date as {}.", list(patterns)),
        ValueForm::DateTime { patterns, also } => format!("A date as {}; or {}.", list(patterns), list(also)),
        ValueForm::EpochMilliseconds => "A moment, in milliseconds since the beginning of 1970.".to_owned(),
        ValueForm::NamedIntegers(_) => "A number, of which some have names.".to_owned(),
        ValueForm::Boolean { yes, no } => format!("True as {}; false as {}.", list(yes), list(no)),
        ValueForm::Delimited { separator, .. } => format!("Parts separated by {}.", docs::code(separator)),
    }
}

/// Returns the value type of an element or attribute. Elements of complex types have none.
pub(super) fn used(cx: &Context<'_>, ty: TypeId, paths: &[&ComponentPath]) -> Option<Used> {
    if cx.values.is_empty() || !matches!(cx.ty(ty), Some(Type::Simple(_))) {
        return None;
    }
    let chosen = find(&cx.values, paths)?;
    let facets = simple::used(cx, ty).facets.or_else(|| own_words(cx, ty, &chosen.said.form));
    Some(Used { ty: Ty::Item(chosen.item), facets })
}

/// Returns the value type of a simple type.
pub(super) fn of_type(cx: &Context<'_>, path: &ComponentPath) -> Option<Ty> {
    find(&cx.values, &[path]).map(|chosen| Ty::Item(chosen.item))
}

fn find<'c, 'm>(values: &'c [Chosen<'m>], paths: &[&ComponentPath]) -> Option<&'c Chosen<'m>> {
    // All value types are checked, so that each of their selectors counts as used.
    values.iter().filter(|chosen| chosen.of.find(paths).is_some()).collect::<Vec<_>>().into_iter().next()
}

/// Returns the built-in type as facets if the value type accepts text that it does not, because strict mode follows the schema.
fn own_words(cx: &Context<'_>, ty: TypeId, form: &ValueForm) -> Option<Facets> {
    let numbers = matches!(form, ValueForm::EpochMilliseconds | ValueForm::NamedIntegers(_));
    match simple::builtin(cx, ty) {
        Builtin::String | Builtin::AnySimpleType => None,
        _ if numbers => None,
        builtin => Some(Facets::Inline(Expr { of: SimpleOf::Builtin(builtin), name: None, facets: Vec::new() })),
    }
}

/// Reports each selector that matched nothing.
pub(super) fn unused(cx: &Context<'_>, problems: &mut crate::diagnostic::Diagnostics) {
    for chosen in &cx.values {
        chosen.of.unused("element or attribute of a simple type, and no simple type,", problems);
    }
}

/// Returns the first paragraph of the value type's documentation, for a field that has no documentation of its own.
pub(super) fn docs_of(cx: &Context<'_>, ty: &Ty) -> Option<String> {
    let item = ty.item()?;
    let said = cx.values.iter().find(|chosen| chosen.item == item)?;
    said.said.docs.as_deref().and_then(|text| text.split("\n\n").next()).map(str::to_owned).or_else(|| Some(described(&said.said.form)))
}

/// Examples of text for the elements and attributes that have a value type, by declaration. They are used for samples.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ValueExamples {
    /// The examples for elements.
    pub elements: BTreeMap<ElementId, String>,
    /// The examples for attributes.
    pub attributes: BTreeMap<AttributeId, String>,
}

/// Returns the examples for a schema set. Selectors that go through a derived type, or match nothing, are ignored.
#[must_use]
pub fn examples(model: &Model, settings: &Settings, lock: &Lock) -> ValueExamples {
    let mut cx = Context::new(model, settings, lock, lock);
    namespaces::plan(&mut cx);
    plan(&mut cx);
    let example = |ty: TypeId, path: ComponentPath| {
        let types = [path, cx.type_path(ty)];
        let chosen = find(&cx.values, &[&types[0], &types[1]]).filter(|_| matches!(cx.ty(ty), Some(Type::Simple(_))));
        chosen.map(|chosen| text(&chosen.said.form))
    };
    let mut out = ValueExamples::default();
    for (id, element) in (0..).map(ElementId).zip(&model.elements) {
        out.elements.extend(example(element.ty, cx.element_path(id)).map(|text| (id, text)));
    }
    for (id, attribute) in (0..).map(AttributeId).zip(&model.attributes) {
        out.attributes.extend(example(attribute.ty, cx.attribute_path(id)).map(|text| (id, text)));
    }
    out
}

fn text(form: &ValueForm) -> String {
    match form {
        ValueForm::DateTime { patterns, .. } => {
            let fields = Fields { year: 2015, month: 8, day: 5, hour: 10, minute: 30, second: 0 };
            patterns.first().map(|pattern| pattern::write(pattern, &fields)).unwrap_or_default()
        }
        ValueForm::EpochMilliseconds => "1438770600000".to_owned(),
        ValueForm::NamedIntegers(list) => list.first().map_or_else(|| "1".to_owned(), |integer| integer.number.to_string()),
        ValueForm::Boolean { yes, .. } => yes.first().cloned().unwrap_or_default(),
        ValueForm::Delimited { separator, most, .. } => {
            let parts: Vec<String> = (1..=*most).map(|part| part.to_string()).collect();
            parts.join(separator)
        }
    }
}
