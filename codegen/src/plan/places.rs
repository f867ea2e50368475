//! Decides which types of the model become items, with their module and name. `simple` and `types` fill in their contents later.

use super::context::{Context, Owner};
use super::locked::Wanted;
use super::names;
use super::{codes, docs, simple, unions, words};
use crate::diagnostic::Diagnostic;
use crate::ir::Origin;
use crate::ir::{ItemId, ModuleId, ROOT};
use crate::keywords;
use crate::lock::Role;
use crate::model::path::{ComponentPath, GlobalKind};
use crate::model::{Global, QName, Scope, Type, TypeId, Variety};
use crate::reserved;

/// Adds items for all named types, then for the anonymous ones.
pub(super) fn plan(cx: &mut Context<'_>) {
    named(cx);
    for index in 0..cx.model.types.len() {
        let id = TypeId(u32::try_from(index).unwrap_or(u32::MAX));
        if let Some(ty) = cx.ty(id)
            && ty.name().is_none()
            && !cx.type_items.contains_key(&id)
            && becomes_item(cx, id, ty)
        {
            anonymous(cx, id);
        }
    }
}

/// Returns whether a type gets an item of its own: a struct, an enumeration, or a named alias.
fn becomes_item(cx: &Context<'_>, id: TypeId, ty: &Type) -> bool {
    match ty {
        Type::Complex(_) => id != crate::ANY_TYPE,
        Type::Simple(t) if t.builtin.is_some() || t.base.is_none() => false,
        Type::Simple(t) => match union_around(cx, &t.scope) {
            _ if t.name.is_some() => true,
            // If the union is represented as text, so are its members.
            Some(around) => simple::enumerates(cx, id) && unions::unites(cx, around),
            None => simple::enumerates(cx, id) || unions::unites(cx, id),
        },
    }
}

/// Returns the outermost union that contains a type as an anonymous member.
fn union_around(cx: &Context<'_>, scope: &Scope) -> Option<TypeId> {
    let Scope::Type(id) = scope else { return None };
    let Some(Type::Simple(ty)) = cx.ty(*id) else { return None };
    matches!(ty.variety, Variety::Union(_)).then(|| union_around(cx, &ty.scope).unwrap_or(*id))
}

/// A request for a name in a module: the component, its name in the schema, and the priority of the request.
struct Claim {
    id: TypeId,
    module: ModuleId,
    path: ComponentPath,
    wanted: Wanted,
    rank: u8,
}

/// Adds items for named types and for the types of global elements and attributes. A complete name takes precedence over one without its `Type`
/// suffix: `oneClickMetaData` becomes `OneClickMetaData` even if `oneClickMetaDataType` is declared first.
fn named(cx: &mut Context<'_>) {
    let mut claims = Vec::new();
    for global in &cx.model.globals {
        let found = match *global {
            Global::Type(id) => cx.ty(id).and_then(Type::name).map(|name| (id, name, GlobalKind::Type)),
            Global::Element(id) => cx.element(id).map(|e| (e.ty, &e.name, GlobalKind::Element)),
            Global::Attribute(id) => cx.attribute(id).map(|a| (a.ty, &a.name, GlobalKind::Attribute)),
            Global::Group(_) => None,
        };
        let Some((id, name, kind)) = found else { continue };
        let Some(ty) = cx.ty(id) else { continue };
        let own = kind == GlobalKind::Type || ty.name().is_none();
        if own && becomes_item(cx, id, ty) && !claims.iter().rev().take(1).any(|c: &Claim| c.id == id) {
            claims.push(claim(cx, id, name, kind));
        }
    }
    let mut order: Vec<usize> = (0..claims.len()).collect();
    order.sort_by_key(|&at| claims.get(at).map(|c| c.rank));
    let mut given: Vec<Option<String>> = vec![None; claims.len()];
    for at in order {
        if let (Some(claim), Some(slot)) = (claims.get(at), given.get_mut(at)) {
            *slot = Some(cx.claim(claim.module, &claim.path, Role::Type, &claim.wanted));
        }
    }
    for (claim, name) in claims.into_iter().zip(given) {
        if cx.type_items.contains_key(&claim.id) {
            continue;
        }
        let item = cx.add_item(claim.module, name.unwrap_or_default(), claim.path);
        cx.type_items.insert(claim.id, item);
    }
}

fn claim(cx: &mut Context<'_>, id: TypeId, name: &QName, kind: GlobalKind) -> Claim {
    let module = cx.module_of(name.namespace);
    let path = cx.global(kind, name);
    let path = cx.unique(&path);
    if let Some(wanted) = renamed(cx, &[&path]) {
        return Claim { id, module, path, wanted, rank: 0 };
    }
    let suffix = match kind {
        GlobalKind::Element => "Element",
        GlobalKind::Attribute => "Attribute",
        _ => "Type",
    };
    let full = cx.lexicon.type_name(&name.local);
    let short = (kind == GlobalKind::Type && !asks(cx, name)).then(|| stripped(cx, &name.local)).flatten();
    let suffixed = if full.ends_with(suffix) { full.clone() } else { format!("{full}{suffix}") };
    let (names, rank) = match short {
        Some(short) => ([short, full], 3),
        None if kind == GlobalKind::Type => ([full, suffixed], 1),
        None => ([full, suffixed], 2),
    };
    Claim { id, module, path, wanted: Wanted::by_rule(names), rank }
}

/// Returns whether there is a response for the type, which makes it a request: `getSiteType` requests the type of a site, not a `getSite`.
fn asks(cx: &Context<'_>, name: &QName) -> bool {
    let response = cx.settings.operations.as_ref().map_or("{request}Response", |profile| profile.response.as_str());
    let local = response.replace("{request}", &name.local);
    local != name.local && cx.lookup_type(&QName { namespace: name.namespace, local }).is_some()
}

/// Returns the name without its last word `Type`, unless the rest is empty or reserved.
fn stripped(cx: &Context<'_>, local: &str) -> Option<String> {
    let mut found = cx.lexicon.words(local);
    let last = found.pop()?;
    if !last.eq_ignore_ascii_case("type") || found.is_empty() {
        return None;
    }
    let short = words::camel(&found);
    (!reserved::prelude(&short)).then(|| names::type_name(&short))
}

/// Returns the name that the settings give, if it is valid.
pub(super) fn renamed(cx: &mut Context<'_>, paths: &[&ComponentPath]) -> Option<Wanted> {
    let name = cx.rules.names.find(paths)?;
    if !keywords::is_keyword(name) && syn::parse_str::<syn::Ident>(name).is_ok() {
        return Some(Wanted { names: vec![name.clone()], given: true });
    }
    let rule = cx.settings.names.iter().find(|rule| rule.value == *name)?;
    let message = format!("`{name}` is not an identifier");
    cx.problems
        .push(Diagnostic::error(codes::BAD_NAME, rule.span.clone(), message).with_help(format!("give `{}` another name", rule.selector)));
    None
}

/// Lets an anonymous type share the item of another.
fn sharing(cx: &mut Context<'_>, id: TypeId, owner: TypeId) {
    if !cx.type_items.contains_key(&owner) {
        anonymous(cx, owner);
    }
    let Some(item) = cx.type_items.get(&owner).copied() else { return };
    cx.type_items.insert(id, item);
    let path = cx.type_path(id);
    if cx.locked.shares(&path) {
        cx.ir.shared.push((path, item));
    }
}

/// Adds the item of an anonymous type to the module of the component that contains the type.
fn anonymous(cx: &mut Context<'_>, id: TypeId) {
    if let Some(owner) = cx.shared.get(&id).copied() {
        return sharing(cx, id, owner);
    }
    let Some(scope) = cx.ty(id).map(|t| t.scope().clone()) else { return };
    let (module, local, suffix) = home(cx, &scope, 0);
    let path = cx.type_path(id);
    let path = cx.unique(&path);
    let wanted = renamed(cx, &[&path]).unwrap_or_else(|| {
        let name = cx.lexicon.type_name(&local);
        let longer = format!("{name}{suffix}");
        Wanted::by_rule(match suffix {
            "Item" => vec![longer],
            KEYWORD if local.is_empty() => vec![KEYWORD.to_owned()],
            KEYWORD => vec![longer],
            _ => vec![name, longer],
        })
    });
    let name = cx.claim(module, &path, Role::Type, &wanted);
    let item = cx.add_item(module, name, path);
    cx.type_items.insert(id, item);
}

/// Returns the module for a type in a scope, the name that its own name is derived from, and a suffix that distinguishes it from similar types.
fn home(cx: &mut Context<'_>, scope: &Scope, depth: u32) -> (ModuleId, String, &'static str) {
    match scope {
        Scope::Element(id) => match cx.element(*id) {
            Some(element) => (around(cx, &element.scope, &element.name, depth), element.name.local.clone(), "Element"),
            None => (ROOT, String::new(), "Element"),
        },
        Scope::Attribute(id) => match cx.attribute(*id) {
            Some(attribute) => (around(cx, &attribute.scope, &attribute.name, depth), attribute.name.local.clone(), "Attribute"),
            None => (ROOT, String::new(), "Attribute"),
        },
        // The enumeration in a union. If the union has a module of its own, the name `Keyword` is enough.
        Scope::Type(outer) if union_around(cx, scope).is_some() => match cx.ty(*outer).map(|t| (t.name(), t.scope())) {
            Some((Some(_), _)) => (module_for(cx, Owner::Type(*outer), depth), String::new(), KEYWORD),
            Some((None, _))
                if unions::unites(cx, *outer)
                    && union_around(cx, &cx.ty(*outer).map_or(Scope::Global, |t| t.scope().clone())).is_none() =>
            {
                let union = owning_item(cx, *outer, depth).and_then(|item| cx.item(item));
                union.map_or((ROOT, String::new(), KEYWORD), |item| (item.module, item.name.clone(), KEYWORD))
            }
            Some((None, scope)) if depth < MAX_NESTING => {
                let (module, local, _) = home(cx, &scope.clone(), depth + 1);
                (module, local, KEYWORD)
            }
            _ => (ROOT, String::new(), KEYWORD),
        },
        // The item type of a list, or the base of a restriction.
        Scope::Type(outer) => match cx.ty(*outer).map(|t| (t.name(), t.scope())) {
            Some((Some(name), _)) => (module_for(cx, Owner::Type(*outer), depth), name.local.clone(), "Item"),
            Some((None, scope)) if depth < MAX_NESTING => {
                let (module, local, _) = home(cx, &scope.clone(), depth + 1);
                (module, local, "Item")
            }
            _ => (ROOT, String::new(), "Item"),
        },
        _ => (ROOT, String::new(), "Type"),
    }
}

/// The name of an enumeration that is a member of a union.
const KEYWORD: &str = "Keyword";

/// The maximum depth of nested modules. Anything deeper is placed next to its parent.
const MAX_NESTING: u32 = 60;

/// Returns the module that contains a declaration: of its namespace if it is global, otherwise of the type or group that contains it.
fn around(cx: &mut Context<'_>, scope: &Scope, name: &QName, depth: u32) -> ModuleId {
    match scope {
        Scope::Type(id) => module_for(cx, Owner::Type(*id), depth + 1),
        Scope::Group(id) => module_for(cx, Owner::Group(*id), depth + 1),
        Scope::AttributeGroup(name) => module_for(cx, Owner::AttributeGroup(name.clone()), depth + 1),
        _ => cx.module_of(name.namespace),
    }
}

/// Returns the module for the anonymous types in a type or group, and creates it if necessary.
fn module_for(cx: &mut Context<'_>, owner: Owner, depth: u32) -> ModuleId {
    if let Some(module) = cx.modules.get(&owner) {
        return *module;
    }
    let (parent, wanted, docs) = match &owner {
        Owner::Type(id) => match owning_item(cx, *id, depth) {
            Some(item) => {
                let (module, name) = cx.item(item).map(|i| (i.module, i.name.clone())).unwrap_or((ROOT, String::new()));
                (module, names::module(&heck::ToSnakeCase::to_snake_case(name.as_str())), format!("The anonymous types within [`{name}`]."))
            }
            None => (ROOT, "types".to_owned(), String::new()),
        },
        Owner::Group(id) => match cx.model.groups.get(id.index()).map(|g| &g.name) {
            Some(name) => named_owner(cx, name, "model group"),
            None => (ROOT, "groups".to_owned(), String::new()),
        },
        Owner::AttributeGroup(name) => named_owner(cx, name, "attribute group"),
    };
    let nested = nesting(cx, parent);
    if nested >= MAX_NESTING {
        cx.modules.insert(owner, parent);
        return parent;
    }
    let longer = format!("{}_type", wanted.trim_end_matches('_'));
    let path = match &owner {
        Owner::Type(id) => owning_item(cx, *id, depth).and_then(|item| cx.item(item)?.path.clone()).unwrap_or_else(|| cx.type_path(*id)),
        Owner::Group(id) => cx.path_of(&Scope::Group(*id)),
        Owner::AttributeGroup(name) => cx.global(GlobalKind::AttributeGroup, name),
    };
    // A module must not have the same name as its parent, because paths to it would be ambiguous.
    let same = cx.ir.modules.get(parent.index()).is_some_and(|module| module.name == wanted);
    let wanted = if same { vec![longer] } else { vec![wanted, longer] };
    let name = cx.claim(parent, &path, Role::Module, &Wanted::by_rule(wanted));
    let module = cx.add_module(parent, name, vec![docs], Some(Origin::Component(path)));
    if let Some(scope) = cx.scopes.get_mut(module.index()) {
        cx.root_modules.iter().for_each(|name| _ = scope.insert(name));
    }
    cx.modules.insert(owner, module);
    module
}

fn named_owner(cx: &Context<'_>, name: &QName, what: &str) -> (ModuleId, String, String) {
    let spelled = docs::code(&cx.shown(name));
    (cx.module_of(name.namespace), cx.lexicon.module(&name.local), format!("The anonymous types within the {what} {spelled}."))
}

/// Returns the item of a type, which is added first if the type is anonymous and has none yet.
fn owning_item(cx: &mut Context<'_>, id: TypeId, depth: u32) -> Option<ItemId> {
    if !cx.type_items.contains_key(&id) && depth < MAX_NESTING * 8 {
        anonymous(cx, id);
    }
    cx.type_items.get(&id).copied()
}

fn nesting(cx: &Context<'_>, mut module: ModuleId) -> u32 {
    let mut depth = 0;
    while module != ROOT && depth <= MAX_NESTING {
        module = cx.ir.modules.get(module.index()).map_or(ROOT, |m| m.parent);
        depth += 1;
    }
    depth
}
