//! The public items of a plan, with what users of the bindings can name: fields, variants, parameters of `new`, traits and features.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use super::Members;
use crate::ir::{Constructor, Field, Item, ItemKind, ModuleId, NamedFacets, Occurs, ROOT, RustIr, Struct, Ty};
use crate::settings::ValueForm;

/// The public items of a plan, by path.
#[derive(Debug, Default)]
pub(super) struct Surface {
    pub(super) items: BTreeMap<String, Api>,
    pub(super) features: BTreeSet<String>,
}

/// What users of the bindings can name of an item.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Api {
    pub(super) kind: &'static str,
    pub(super) is_static: bool,
    /// The Cargo feature that enables it.
    pub(super) feature: Option<String>,
    /// The fields or variants, with their types.
    pub(super) members: Members,
    /// The constructor, and the required fields that it takes with their types.
    pub(super) constructor: Option<Takes>,
    /// The implemented traits that depend on the schemas.
    pub(super) traits: BTreeSet<String>,
    /// The type that an alias stands for.
    pub(super) target: Option<String>,
    /// Whether code outside of the crate can list all fields or variants.
    pub(super) exhaustive: bool,
}

/// What a constructor takes.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Takes {
    /// Its name: `new` or `builder`.
    pub(super) name: &'static str,
    /// The required fields with their types. Those of a builder are sorted, because it takes them in any order.
    fields: Vec<String>,
}

impl fmt::Display for Takes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}({})", self.name, self.fields.join(", "))
    }
}

impl Surface {
    pub(super) fn of(ir: &RustIr) -> Self {
        let spell = Spell { ir, modules: module_paths(ir) };
        let mut surface = Surface::default();
        for item in &ir.items {
            surface.item(&spell, item);
        }
        for (module, path) in ir.modules.iter().zip(&spell.modules) {
            for old in &module.deprecated {
                let target = Some(spell.ty(&Ty::Item(old.item)));
                surface.items.insert(format!("{path}{}", old.name), Api { kind: "type alias", target, ..Api::default() });
            }
        }
        surface.document(&spell);
        surface.operations(&spell);
        let features = ir.krate.iter().flat_map(|krate| krate.features.iter().map(|(name, _)| name.clone()));
        surface.features.extend(features);
        surface
    }

    fn item(&mut self, spell: &Spell<'_>, item: &Item) {
        let path = item_path(&spell.modules, item);
        let mut api = Api {
            kind: kind(&item.kind),
            exhaustive: spell.ir.root.exhaustive,
            feature: spell.feature(item.module),
            traits: item.derives.iter().cloned().collect(),
            members: fields(item).map(|field| (field.name.clone(), spell.field(field))).collect(),
            ..Api::default()
        };
        match &item.kind {
            ItemKind::Struct(_) | ItemKind::Group(_) => api.constructor = constructor(spell, item),
            ItemKind::Choice(arms) => {
                let from = arms.iter().filter(|arm| arm.from);
                api.traits.extend(from.map(|arm| format!("From<{}>", spell.ty(unboxed(&arm.ty)))));
            }
            ItemKind::Enumeration(planned) => api.members.extend(planned.variants.iter().map(|it| (it.name.clone(), String::new()))),
            ItemKind::Union(planned) => {
                api.members.extend(planned.members.iter().map(|it| (it.name.clone(), spell.ty(&it.ty))));
                api.traits.extend(planned.members.iter().filter(|it| it.from).map(|it| format!("From<{}>", spell.ty(&it.ty))));
                self.facets(spell, item.module, Some(&planned.facets));
            }
            ItemKind::Polymorphic(planned) => {
                let all = planned.base.iter().chain(&planned.derived);
                api.members.extend(all.map(|it| (it.name.clone(), spell.ty(&it.ty))));
            }
            ItemKind::Value(planned) => api.members.extend(value_members(&planned.form)),
            ItemKind::Alias(planned) => {
                api.target = Some(spell.ty(&planned.ty));
                self.facets(spell, item.module, planned.facets.as_ref());
            }
        }
        self.items.insert(path, api);
    }

    /// Adds the public static with the facets of an alias or a union.
    fn facets(&mut self, spell: &Spell<'_>, module: ModuleId, facets: Option<&NamedFacets>) {
        let Some(facets) = facets else { return };
        let path = format!("{}{}", spell.modules.get(module.index()).cloned().unwrap_or_default(), facets.name);
        let api = Api { kind: "static", is_static: true, feature: spell.feature(module), ..Api::default() };
        self.items.insert(path, api);
    }

    fn document(&mut self, spell: &Spell<'_>) {
        let variants = &spell.ir.root.document;
        let members = variants.iter().map(|it| (it.field.name.clone(), spell.ty(&it.field.ty))).collect();
        let traits = variants.iter().filter(|it| it.from).map(|it| format!("From<{}>", spell.ty(unboxed(&it.field.ty)))).collect();
        self.items.insert("Document".to_owned(), Api { kind: "enum", members, traits, ..Api::default() });
    }

    fn operations(&mut self, spell: &Spell<'_>) {
        for operation in spell.ir.root.operations.iter().flatten() {
            let path =
                |id: crate::ir::ItemId| spell.ir.items.get(id.index()).map(|item| item_path(&spell.modules, item)).unwrap_or_default();
            if let Some(api) = self.items.get_mut(&path(operation.request)) {
                let response = operation.response.map_or_else(|| "NoResponse".to_owned(), path);
                api.traits.insert(format!("Operation<Response = {response}>"));
            }
        }
    }
}

fn kind(kind: &ItemKind) -> &'static str {
    match kind {
        ItemKind::Struct(_) | ItemKind::Group(_) => "struct",
        ItemKind::Alias(_) => "type alias",
        ItemKind::Value(planned) if matches!(planned.form, ValueForm::NamedIntegers(_)) => "enum",
        ItemKind::Value(_) => "value type",
        ItemKind::Choice(_) | ItemKind::Enumeration(_) | ItemKind::Union(_) | ItemKind::Polymorphic(_) => "enum",
    }
}

/// Returns the fields of a struct or a group, or the variants of a choice.
pub(crate) fn fields(item: &Item) -> impl Iterator<Item = &Field> {
    let (planned, fields): (Option<&Struct>, &[Field]) = match &item.kind {
        ItemKind::Struct(planned) => (Some(planned), &[]),
        ItemKind::Group(fields) | ItemKind::Choice(fields) => (None, fields),
        _ => (None, &[]),
    };
    planned.into_iter().flat_map(Struct::fields).chain(fields)
}

/// Returns what the constructor takes: the required fields, with their names, because the order of parameters matters.
fn constructor(spell: &Spell<'_>, item: &Item) -> Option<Takes> {
    let required = fields(item).filter(|field| field.is_required());
    let mut fields: Vec<String> = required.map(|field| format!("{}: {}", field.name, spell.field(field))).collect();
    let name = match item.constructor {
        Constructor::New => "new",
        Constructor::Builder => "builder",
        Constructor::None => return None,
    };
    if item.constructor == Constructor::Builder {
        fields.sort();
    }
    Some(Takes { name, fields })
}

fn value_members(form: &ValueForm) -> Vec<(String, String)> {
    match form {
        ValueForm::NamedIntegers(list) => list.iter().map(|it| (it.name.clone(), String::new())).collect(),
        ValueForm::Delimited { parts, .. } => parts.iter().map(|part| (part.clone(), "&str".to_owned())).collect(),
        ValueForm::DateTime { .. } | ValueForm::EpochMilliseconds | ValueForm::Boolean { .. } => Vec::new(),
    }
}

/// Returns the type in a box.
fn unboxed(ty: &Ty) -> &Ty {
    match ty {
        Ty::Boxed(inner) | Ty::XsiBox(inner) | Ty::XsiTyped(inner) => inner,
        other => other,
    }
}

/// Returns the paths of the modules, each with a final `::`; empty for the root.
pub(crate) fn module_paths(ir: &RustIr) -> Vec<String> {
    let mut out: Vec<String> = Vec::with_capacity(ir.modules.len());
    for (index, module) in ir.modules.iter().enumerate() {
        let parent = if index == ROOT.index() { String::new() } else { out.get(module.parent.index()).cloned().unwrap_or_default() };
        out.push(if module.name.is_empty() { String::new() } else { format!("{parent}{}::", module.name) });
    }
    out
}

pub(crate) fn item_path(modules: &[String], item: &Item) -> String {
    format!("{}{}", modules.get(item.module.index()).map_or("", String::as_str), item.name)
}

/// Writes types with paths from the root, so that they can be compared.
struct Spell<'i> {
    ir: &'i RustIr,
    modules: Vec<String>,
}

impl Spell<'_> {
    fn field(&self, field: &Field) -> String {
        let mut ty = self.ty(&field.ty);
        if field.items.is_some() {
            ty = format!("Vec<{ty}>");
        }
        match field.occurs {
            Occurs::One => ty,
            Occurs::Optional => format!("Option<{ty}>"),
            Occurs::Many(..) => format!("Vec<{ty}>"),
        }
    }

    fn ty(&self, ty: &Ty) -> String {
        match ty {
            Ty::Scalar(scalar) => scalar.name().to_owned(),
            Ty::Codec(ty) => ty.name().to_owned(),
            Ty::Item(id) => self.ir.items.get(id.index()).map(|item| item_path(&self.modules, item)).unwrap_or_default(),
            Ty::Foreign(path) => path.clone(),
            Ty::Boxed(inner) => format!("Box<{}>", self.ty(inner)),
            Ty::Nillable(inner) => format!("Nillable<{}>", self.ty(inner)),
            Ty::MaybeNil(inner) => format!("MaybeNil<{}>", self.ty(inner)),
            Ty::List(inner) => format!("List<{}>", self.ty(inner)),
            Ty::XsiBox(inner) => format!("XsiBox<{}>", self.ty(inner)),
            Ty::XsiTyped(inner) => format!("XsiTyped<{}>", self.ty(inner)),
        }
    }

    /// Returns the Cargo feature that enables a module: its own, or that of a module around it.
    fn feature(&self, mut module: ModuleId) -> Option<String> {
        for _ in 0..self.ir.modules.len() {
            let found = self.ir.modules.get(module.index())?;
            if found.feature.is_some() || module == ROOT {
                return found.feature.clone();
            }
            module = found.parent;
        }
        None
    }
}
