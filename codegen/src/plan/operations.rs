//! Finds the pairs of request and response types, and the second names that `xsi:type` can use for a request. `poly` plans the enum of all requests
//! and responses. `messages` adds the operations that WSDL describes.

use super::context::Context;
use super::{codes, messages};
use crate::diagnostic::Diagnostic;
use crate::ir::Operation;
use crate::model::path::GlobalKind;
use crate::model::{Global, QName, Type, TypeId};
use crate::settings::OperationProfile;

/// Plans all operations, sorted by namespace and name.
pub(super) fn plan(cx: &mut Context<'_>) {
    let mut found = Vec::new();
    if let Some(profile) = &cx.settings.operations {
        found = profiled(cx, profile);
    }
    let described = messages::plan(cx, &found);
    found.extend(described);
    if cx.settings.operations.is_some() || !cx.model.operations.is_empty() {
        cx.ir.root.operations = Some(found);
    }
}

/// Plans the operations that the profile finds.
fn profiled(cx: &mut Context<'_>, profile: &OperationProfile) -> Vec<Operation> {
    let mut found = Vec::new();
    for global in &cx.model.globals {
        if let Global::Type(id) = *global
            && let Some(name) = request(cx, profile, id)
            && let Some(response) = cx.lookup_type(&response(profile, &name.local, name))
            && let (Some(request), Some(response)) = (cx.type_items.get(&id), cx.type_items.get(&response))
        {
            found.push(Operation {
                name: name.local.clone(),
                request: *request,
                response: Some(*response),
                wire_type: alias_of(cx, profile, name).unwrap_or_else(|| cx.global(GlobalKind::Type, name).selector()),
                since: cx.rules.since.find(&[&cx.global(GlobalKind::Type, name)]).or(profile.since.as_ref()).cloned(),
                messages: None,
                safe: profile.safe.iter().any(|start| safe(&name.local, start)),
                feature: None,
            });
        }
    }
    if found.is_empty() {
        let message = format!("no type derives from `{}` and has a response named `{}`", profile.base, profile.response);
        cx.problems.push(Diagnostic::error(codes::NO_OPERATIONS, profile.span.clone(), message));
    }
    found
}

/// Returns whether the name starts with this prefix, ignoring letter case: both `getUser` and `GetUser` start with `get`.
fn safe(name: &str, start: &str) -> bool {
    name.get(..start.len()).is_some_and(|own| own.eq_ignore_ascii_case(start))
}

/// Returns the name of a type that is derived from the base type of the profile and has a response type.
fn request<'m>(cx: &Context<'m>, profile: &OperationProfile, id: TypeId) -> Option<&'m QName> {
    let Some(Type::Complex(ty)) = cx.ty(id) else { return None };
    let name = ty.name.as_ref()?;
    let base = cx.base_of_operations?;
    let derives = cx.derived_from(id, base);
    (derives && !ty.abstract_ && cx.lookup_type(&response(profile, &name.local, name)).is_some()).then_some(name)
}

fn response(profile: &OperationProfile, request: &str, name: &QName) -> QName {
    QName { namespace: name.namespace, local: profile.response.replace("{request}", request) }
}

/// Returns the second name of a type in `xsi:type`, if it is a request.
pub(super) fn alias(cx: &Context<'_>, id: TypeId) -> Option<String> {
    let profile = cx.settings.operations.as_ref()?;
    let name = request(cx, profile, id)?;
    alias_of(cx, profile, name)
}

fn alias_of(cx: &Context<'_>, profile: &OperationProfile, name: &QName) -> Option<String> {
    let word = cx.namespaces.get(name.namespace.index()).map_or("", |n| n.word.as_str());
    let mut letters = name.local.chars();
    let upper: String = letters.next().map(|c| c.to_uppercase().chain(letters).collect()).unwrap_or_default();
    let pattern = profile.alias.as_ref()?;
    Some(pattern.replace("{word}", word).replace("{request}", &name.local).replace("{Request}", &upper))
}

/// Looks up the base type of the profile.
pub(super) fn base(cx: &mut Context<'_>) {
    let Some(profile) = &cx.settings.operations else { return };
    let globals: Vec<TypeId> = cx.model.globals.iter().filter_map(|g| if let Global::Type(id) = *g { Some(id) } else { None }).collect();
    cx.base_of_operations = globals.into_iter().find(|id| cx.type_path(*id).selector() == profile.base);
    if cx.base_of_operations.is_none() {
        let message = format!("no type is named `{}`", profile.base);
        cx.problems.push(Diagnostic::error(codes::NO_MATCH, profile.span.clone(), message));
    }
}
