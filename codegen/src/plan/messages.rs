//! Plans the operations that WSDL describes by the elements of their messages.

use std::collections::HashSet;

use super::context::Context;
use super::{codes, docs};
use crate::diagnostic::{Diagnostic, Severity};
use crate::ir::{ItemId, ItemKind, Messages, Operation, Ty};
use crate::model::path::GlobalKind;
use crate::model::{self, ElementId};

/// Plans the operations whose requests have a type of their own, besides those that are planned already.
pub(super) fn plan(cx: &mut Context<'_>, planned: &[Operation]) -> Vec<Operation> {
    let mut taken: HashSet<ItemId> = planned.iter().map(|operation| operation.request).collect();
    let (mut found, mut problems) = (Vec::new(), Vec::new());
    for described in &cx.model.operations {
        match operation(cx, described, &taken) {
            Ok(operation) => {
                taken.insert(operation.request);
                found.push(operation);
            }
            Err(why) => {
                let message = format!("the operation `{}` gets no operation in the bindings: {why}", described.name);
                problems.push(Diagnostic::new(Severity::Warning, codes::NO_REQUEST_TYPE, described.span.clone(), message));
            }
        }
    }
    problems.into_iter().for_each(|problem| cx.problems.push(problem));
    found
}

/// Returns an operation, or the reason why its request cannot implement `Operation`.
fn operation(cx: &Context<'_>, described: &model::Operation, taken: &HashSet<ItemId>) -> Result<Operation, String> {
    let shown = |id: ElementId| cx.element(id).map(|element| cx.shown(&element.name)).unwrap_or_default();
    let request = item(cx, described.request).filter(|id| matches!(cx.item(*id).map(|item| &item.kind), Some(ItemKind::Struct(_))));
    let request = request.ok_or_else(|| format!("the type of the request `{}` is not a struct", shown(described.request)))?;
    if taken.contains(&request) {
        return Err(format!("the request `{}` has the type of the request of another operation", shown(described.request)));
    }
    let response_of = |id: ElementId| item(cx, id).ok_or_else(|| format!("the type of the response `{}` is not generated", shown(id)));
    let response = described.response.map(response_of).transpose()?;
    let name = |id: ElementId| cx.element(id).map(|element| cx.written(&element.name)).unwrap_or_default();
    Ok(Operation {
        name: described.name.clone(),
        request,
        response,
        wire_type: String::new(),
        messages: Some(Messages {
            action: described.action.clone(),
            request: name(described.request),
            response: described.response.map(name),
            faults: described.faults.iter().map(|id| name(*id)).collect(),
            docs: docs::text(&described.docs),
        }),
        since: cx.element(described.request).and_then(|it| cx.rules.since.find(&[&cx.global(GlobalKind::Element, &it.name)]).cloned()),
        safe: false,
        feature: None,
    })
}

/// Returns the generated type of a global element.
fn item(cx: &Context<'_>, id: ElementId) -> Option<ItemId> {
    let variant = cx.ir.root.document.iter().find(|variant| variant.field.element == Some(id))?;
    match &variant.field.ty {
        Ty::Item(id) => Some(*id),
        Ty::Boxed(inner) => inner.item(),
        _ => None,
    }
}
