//! Finds the declaration of an element or attribute at a path of a document, with its place in the schema.

use xsdgen::diagnostic::Span;
use xsdgen::ir::{CodecType, Field, ItemId, ItemKind, RustIr, Ty, Wire};
use xsdgen::model::{AttributeUse, ComplexType, Content, Model, Type, TypeId};

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

/// Finds the declaration for a path of local names from the root element, such as `order/item[1]/@price`. If the schema has no declaration for
/// a step, or several that `xsi:type` chooses from, it is that of the last step before.
pub(crate) fn find(ir: &RustIr, model: &Model, path: &str) -> Option<Declared> {
    let mut steps = path.split('/').map(name_of);
    let root = steps.next()?;
    let mut fields: Vec<&Field> = ir.root.document.iter().map(|variant| &variant.field).filter(|field| is(field, root)).collect();
    let mut found = declared(model, &fields)?;
    for step in steps {
        let Some((below, next)) = below(model, &types(model, &fields), inside(ir, &fields), step) else {
            return Some(Declared { exact: false, ..found });
        };
        (found, fields) = (below, next);
    }
    Some(found)
}

/// Finds the declaration for the last step of a path, in the complex type of this name.
pub(crate) fn find_in(ir: &RustIr, model: &Model, path: &str, of: (&str, &str)) -> Option<Declared> {
    let (parent, step) = path.rsplit_once('/')?;
    let own = gather(ir, vec![named(ir, of)?]);
    let ty = complex_type(ir, model, parent, Some(of))?;
    match below(model, &[ty], own, name_of(step)) {
        Some((found, _)) => Some(found),
        None => find(ir, model, parent).map(|found| Declared { exact: false, ..found }),
    }
}

/// Returns the declaration of a step among the fields `all` of these types, and the fields for it.
fn below<'i>(model: &Model, types: &[&ComplexType], all: Vec<&'i Field>, step: &str) -> Option<(Declared, Vec<&'i Field>)> {
    let (name, attribute) = step.strip_prefix('@').map_or((step, false), |name| (name, true));
    let next: Vec<&Field> = all.into_iter().filter(|field| is(field, name)).collect();
    let place = if attribute { attribute_of(model, types, name) } else { None };
    let found = place.or_else(|| declared(model, &next))?;
    let secret = next.iter().any(|field| is_secret(&field.ty));
    (!next.is_empty()).then_some((Declared { secret, ..found }, next))
}

fn name_of(step: &str) -> &str {
    step.split_once('[').map_or(step, |(name, _)| name)
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
    let mut all = fields.iter().filter_map(|field| model.elements.get(field.element?.index()));
    let element = all.next()?;
    let same = all.all(|other| other.span == element.span);
    same.then(|| Declared { span: element.span.clone(), exact: true, secret: fields.iter().any(|field| is_secret(&field.ty)) })
}

/// Returns the complex types of the elements that fields hold.
fn types<'m>(model: &'m Model, fields: &[&Field]) -> Vec<&'m ComplexType> {
    let elements = fields.iter().filter_map(|field| model.elements.get(field.element?.index()));
    let types = elements.filter_map(|element| match model.types.get(element.ty.index())? {
        Type::Complex(ty) => Some(ty),
        Type::Simple(_) => None,
    });
    types.collect()
}

/// Returns the place where one of these types uses an attribute.
fn attribute_of(model: &Model, types: &[&ComplexType], name: &str) -> Option<Declared> {
    let is_it = |it: &&AttributeUse| model.attributes.get(it.attribute.index()).is_some_and(|it| it.name.local == name);
    let found = types.iter().flat_map(|ty| &ty.attributes).find(is_it)?;
    Some(Declared { span: found.span.clone(), exact: true, secret: false })
}

/// Returns the fields of the types of these fields, also those in choices, groups and derived types.
fn inside<'i>(ir: &'i RustIr, fields: &[&'i Field]) -> Vec<&'i Field> {
    gather(ir, fields.iter().filter_map(|field| field.ty.item()).collect())
}

/// Returns the fields of these types, also those in choices, groups and derived types.
fn gather<'i>(ir: &'i RustIr, mut todo: Vec<ItemId>) -> Vec<&'i Field> {
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

/// Returns the complex type of the element at a path, or the one of the given name.
pub(crate) fn complex_type<'m>(ir: &RustIr, model: &'m Model, path: &str, of: Option<(&str, &str)>) -> Option<&'m ComplexType> {
    if let Some((uri, local)) = of {
        let is_it = |ty: &&ComplexType| {
            let namespace =
                ty.name.as_ref().filter(|name| name.local == local).and_then(|name| model.namespaces.get(name.namespace.index()));
            namespace.is_some_and(|namespace| namespace.uri == uri)
        };
        let all = model.types.iter().filter_map(|ty| if let Type::Complex(ty) = ty { Some(ty) } else { None });
        return all.into_iter().find(is_it);
    }
    match model.types.get(element_type(model, &fields_at(ir, path)?)?.index())? {
        Type::Complex(ty) => Some(ty),
        Type::Simple(_) => None,
    }
}

/// Returns the type of the elements that fields hold, if all of them have one declaration.
fn element_type(model: &Model, fields: &[&Field]) -> Option<TypeId> {
    declared(model, fields)?;
    fields.iter().find_map(|field| model.elements.get(field.element?.index())).map(|element| element.ty)
}

/// Returns the place of the last value of the enumeration of the element or attribute at a path, in the complex type of this name if there is one.
pub(crate) fn last_value(ir: &RustIr, model: &Model, path: &str, of: Option<(&str, &str)>) -> Option<Span> {
    let (parent, name) = path.rsplit_once('/').unwrap_or(("", path));
    let ty = match name.strip_prefix('@') {
        Some(name) => {
            let declared = |it: &AttributeUse| model.attributes.get(it.attribute.index());
            let uses = &complex_type(ir, model, parent, of)?.attributes;
            uses.iter().filter_map(declared).find(|it| it.name.local == name)?.ty
        }
        None => {
            let fields = match of.and_then(|name| named(ir, name)) {
                Some(item) => gather(ir, vec![item]).into_iter().filter(|field| is(field, name_of(name))).collect(),
                None => fields_at(ir, path)?,
            };
            element_type(model, &fields)?
        }
    };
    let mut at = Some(ty);
    for _ in 0..MOST {
        let id = at?;
        at = match model.types.get(id.index())? {
            Type::Simple(ty) => match ty.facets.enumeration.last() {
                Some(value) => return Some(value.span.clone()),
                None => ty.base,
            },
            Type::Complex(ty) => match ty.content {
                Content::Simple(simple) => Some(simple),
                _ => return None,
            },
        };
    }
    None
}

/// Returns the fields for the last step of a path.
fn fields_at<'i>(ir: &'i RustIr, path: &str) -> Option<Vec<&'i Field>> {
    let mut steps = path.split('/').map(name_of);
    let root = steps.next()?;
    let mut fields: Vec<&Field> = ir.root.document.iter().map(|variant| &variant.field).filter(|field| is(field, root)).collect();
    for step in steps {
        fields = inside(ir, &fields).into_iter().filter(|field| is(field, step)).collect();
    }
    (!fields.is_empty()).then_some(fields)
}

/// Returns the complex type of this name.
fn named(ir: &RustIr, (uri, local): (&str, &str)) -> Option<ItemId> {
    let prefix = ir.root.namespaces.iter().find(|(_, known)| known == uri).map_or("none", |(prefix, _)| prefix.as_str());
    let wire = |item: &'_ xsdgen::ir::Item| match &item.kind {
        ItemKind::Struct(planned) => Some(planned.wire.clone()),
        _ => item.complex.as_ref().map(|ty| ty.wire.clone()),
    };
    let is_it = |item: &&(u32, &xsdgen::ir::Item)| wire(item.1).is_some_and(|wire| wire.prefix == prefix && wire.local == local);
    (0..).zip(&ir.items).find(|item| is_it(&item)).map(|(index, _)| ItemId(index))
}
