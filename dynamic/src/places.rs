//! Finds the declaration of an element or attribute at a path of a document, with its place in the schema.

use xsdgen::diagnostic::Span;
use xsdgen::ir::{CodecType, Field, ItemId, ItemKind, RustIr, Ty, Wire};
use xsdgen::model::{ElementId, Model, Type};

/// The maximum number of types that a search looks at.
const MOST: usize = 4096;

/// The declaration of an element or attribute.
#[derive(Debug, Clone)]
pub struct Declared {
    /// Its place in the schema.
    pub span: Span,
    /// Whether it is the declaration of the last step of the path, and not only of an element around it.
    pub exact: bool,
    /// Whether the settings say that its value is secret.
    pub secret: bool,
}

/// Finds the declaration for a path of local names from the root element, such as `order/item[2]/@price`. If the schema has no declaration for
/// a step, it is that of the last step before.
pub(crate) fn find(ir: &RustIr, model: &Model, path: &str) -> Option<Declared> {
    let mut steps = path.split('/').map(|step| step.split_once('[').map_or(step, |(name, _)| name));
    let root = steps.next()?;
    let mut fields: Vec<&Field> = ir.root.document.iter().map(|variant| &variant.field).filter(|field| is(field, root)).collect();
    let mut found = declared(model, &fields)?;
    for step in steps {
        let (name, attribute) = step.strip_prefix('@').map_or((step, false), |name| (name, true));
        let next: Vec<&Field> = inside(ir, &fields).into_iter().filter(|field| is(field, name)).collect();
        let place = if attribute { attribute_of(model, &fields, name) } else { None };
        let secret = next.iter().any(|field| is_secret(&field.ty));
        match place.or_else(|| declared(model, &next)).filter(|_| !next.is_empty()) {
            Some(below) => found = Declared { secret, ..below },
            None => return Some(Declared { exact: false, ..found }),
        }
        fields = next;
    }
    Some(found)
}

fn is(field: &Field, local: &str) -> bool {
    matches!(&field.wire, Wire::Name(name) if name.local == local)
}

fn is_secret(ty: &Ty) -> bool {
    match ty {
        Ty::Codec(CodecType::Secret) => true,
        Ty::Boxed(inner) | Ty::Nillable(inner) | Ty::MaybeNil(inner) | Ty::List(inner) | Ty::XsiBox(inner) | Ty::XsiTyped(inner) => {
            is_secret(inner)
        }
        _ => false,
    }
}

fn declared(model: &Model, fields: &[&Field]) -> Option<Declared> {
    let element = fields.iter().find_map(|field| field.element).and_then(|id| model.elements.get(id.index()));
    element.map(|element| Declared { span: element.span.clone(), exact: true, secret: fields.iter().any(|field| is_secret(&field.ty)) })
}

/// Returns the place where the type of an element uses an attribute.
fn attribute_of(model: &Model, fields: &[&Field], name: &str) -> Option<Declared> {
    let ids = fields.iter().filter_map(|field| field.element);
    let uses = ids.filter_map(|id: ElementId| match model.types.get(model.elements.get(id.index())?.ty.index())? {
        Type::Complex(ty) => Some(&ty.attributes),
        Type::Simple(_) => None,
    });
    let is_it = |it: &&xsdgen::model::AttributeUse| model.attributes.get(it.attribute.index()).is_some_and(|it| it.name.local == name);
    let found = uses.flatten().find(is_it)?;
    Some(Declared { span: found.span.clone(), exact: true, secret: false })
}

/// Returns the fields of the types of these fields, also those in choices, groups and derived types.
fn inside<'i>(ir: &'i RustIr, fields: &[&'i Field]) -> Vec<&'i Field> {
    let mut todo: Vec<ItemId> = fields.iter().filter_map(|field| field.ty.item()).collect();
    let (mut seen, mut found) = (Vec::new(), Vec::new());
    while let Some(id) = todo.pop() {
        if seen.contains(&id) || seen.len() > MOST {
            continue;
        }
        seen.push(id);
        let Some(item) = ir.items.get(id.index()) else { continue };
        let mut add = |field: &'i Field| match field.wire {
            Wire::Group => todo.extend(field.ty.item()),
            // Mixed content.
            Wire::Text if !matches!(item.kind, ItemKind::Choice(_)) => todo.extend(field.ty.item()),
            _ => found.push(field),
        };
        match &item.kind {
            ItemKind::Struct(planned) => planned.fields().for_each(add),
            ItemKind::Group(fields) | ItemKind::Choice(fields) => fields.iter().for_each(&mut add),
            ItemKind::Polymorphic(planned) => {
                let all = planned.base.iter().chain(&planned.derived);
                todo.extend(all.filter_map(|derived| derived.ty.item()));
            }
            ItemKind::Alias(alias) => todo.extend(alias.ty.item()),
            ItemKind::Enumeration(_) | ItemKind::Union(_) | ItemKind::Value(_) => {}
        }
    }
    found
}
