//! In: items. Out: their texts: the Rust type, its `impl`, the macro invocation.
//! Not done here: the lines of the macros (`macros`), paths (`paths`).

use super::paths::Speller;
use super::{cfg, doc_lines, macros};
use crate::ir::{Alias, Derived, Enumeration, Field, Item, ItemKind, Occurs, Polymorphic, RustIr, SimpleType, Ty, Union};
use crate::settings::ValueForm;

/// The parts of an item, to be joined by blank lines.
pub(super) fn item(ir: &RustIr, item: &Item) -> Vec<String> {
    let spell = Speller::new(ir, item.module);
    match &item.kind {
        ItemKind::Struct(planned) => {
            let fields: Vec<&Field> = planned.fields().collect();
            vec![structure(spell, item, &fields), new(spell, item, &fields), macros::complex_type(spell, &item.name, planned)]
        }
        ItemKind::Group(fields) => {
            let all: Vec<&Field> = fields.iter().collect();
            vec![structure(spell, item, &all), new(spell, item, &all), macros::group(spell, &item.name, fields)]
        }
        ItemKind::Choice(arms) => vec![choice(spell, item, arms), macros::choice(spell, &item.name, arms)],
        ItemKind::Enumeration(planned) => vec![enumeration(item, planned), macros::enumeration(&item.name, planned)],
        ItemKind::Union(planned) => {
            let (name, expr) = &planned.facets;
            vec![union(spell, item, planned), facets(spell, item, name, expr), macros::union(spell, &item.name, planned)]
        }
        ItemKind::Polymorphic(planned) => {
            let spell = Speller { imports: false, ..spell };
            vec![polymorphic(spell, item, planned), macros::polymorphic(spell, &item.name, planned)]
        }
        ItemKind::Value(planned) => vec![value(item, &planned.form), macros::value(&item.name, planned)],
        ItemKind::Alias(alias) => vec![self::alias(spell, item, alias)],
    }
}

/// Formats one item; what does not parse (it always should) stays as it is.
pub(super) fn pretty(text: &str) -> String {
    syn::parse_file(text).map_or_else(|_| text.to_owned(), |file| prettyplease::unparse(&file))
}

fn head(item: &Item) -> String {
    let derives = if item.derives.is_empty() { String::new() } else { format!("#[derive({})]\n", item.derives.join(", ")) };
    format!("{}{derives}#[non_exhaustive]\n", doc_lines(&item.docs, "///"))
}

fn structure(spell: Speller<'_>, item: &Item, fields: &[&Field]) -> String {
    let mut out = format!("{}pub struct {} {{\n", head(item), item.name);
    for field in fields {
        out.push_str(&doc_lines(&field.docs, "///"));
        out.push_str(&format!("pub {}: {},\n", field.name, spell.occurring(&field.ty, field.occurs)));
    }
    out.push('}');
    pretty(&out)
}

/// `new` takes what must be there.
fn new(spell: Speller<'_>, item: &Item, fields: &[&Field]) -> String {
    let required: Vec<&&Field> = fields.iter().filter(|f| f.occurs.is_required()).collect();
    let parameters: Vec<String> = required.iter().map(|f| format!("{}: {}", f.name, parameter(spell, f))).collect();
    let mut values: Vec<String> = required.iter().map(|f| argument(spell, f)).collect();
    let (doc, body) = if required.is_empty() {
        ("With nothing in it.", "Self::default()".to_owned())
    } else if required.len() == fields.len() {
        ("With what it must hold.", format!("Self {{ {} }}", values.join(", ")))
    } else {
        values.push("..::xsdgen_codec::blank()".to_owned());
        ("With what it must hold; everything else is absent.", format!("Self {{ {} }}", values.join(", ")))
    };
    let least = required.iter().filter_map(|f| Some((f.occurs.least().filter(|least| *least > 1)?, &f.name)));
    let docs: String = least.map(|(least, name)| format!("///\n/// `{name}` holds at least {least}.\n")).collect();
    pretty(&format!("impl {} {{\n/// {doc}\n{docs}pub fn new({}) -> Self {{ {body} }}\n}}", item.name, parameters.join(", ")))
}

/// The type of a parameter of `new`: what converts into the field, or for a list anything that gives what converts into its values. What stands
/// in a box is taken without it.
fn parameter(spell: Speller<'_>, field: &Field) -> String {
    let spelled = spell.ty(field.ty.unboxed());
    let value = if converts(spell, field) { format!("impl Into<{spelled}>") } else { spelled };
    if field.occurs == Occurs::One { value } else { format!("impl IntoIterator<Item = {value}>") }
}

/// The field as `new` fills it from its parameter.
fn argument(spell: Speller<'_>, field: &Field) -> String {
    let name = &field.name;
    let boxed = matches!(field.ty, Ty::Boxed(_));
    match (field.occurs, converts(spell, field), boxed) {
        (Occurs::One, true, false) => format!("{name}: {name}.into()"),
        (Occurs::One, false, false) => name.clone(),
        (Occurs::One, true, true) => format!("{name}: Box::new({name}.into())"),
        (Occurs::One, false, true) => format!("{name}: Box::new({name})"),
        (_, true, false) => format!("{name}: {name}.into_iter().map(Into::into).collect()"),
        (_, false, false) => format!("{name}: {name}.into_iter().collect()"),
        (_, true, true) => format!("{name}: {name}.into_iter().map(|value| Box::new(value.into())).collect()"),
        (_, false, true) => format!("{name}: {name}.into_iter().map(Box::new).collect()"),
    }
}

/// Whether `new` takes what converts into a value of the field. A number literal behind `impl Into` would be an `i32`.
fn converts(spell: Speller<'_>, field: &Field) -> bool {
    match field.occurs {
        Occurs::One | Occurs::Optional => is_converted(spell, &field.ty),
        Occurs::Many(..) => !matches!(&field.ty, Ty::Scalar(name) if *name != "String"),
    }
}

/// Whether `new` takes whatever converts into the type: text, secrets.
fn is_converted(spell: Speller<'_>, ty: &Ty) -> bool {
    match ty {
        Ty::Scalar(name) => *name == "String",
        Ty::Codec("Secret" | "Integer") => true,
        Ty::Boxed(inner) => is_converted(spell, inner),
        Ty::Item(id) => match spell.ir.items.get(id.index()).map(|item| &item.kind) {
            Some(ItemKind::Alias(alias)) => is_converted(spell, &alias.ty),
            Some(ItemKind::Value(_) | ItemKind::Union(_)) => true,
            Some(ItemKind::Enumeration(_)) => false,
            _ => false,
        },
        Ty::Typed(_) | Ty::Declared(_) | Ty::MaybeNil(_) => true,
        Ty::Codec(_) | Ty::Foreign(_) | Ty::Nillable(_) | Ty::List(_) => false,
    }
}

fn choice(spell: Speller<'_>, item: &Item, arms: &[Field]) -> String {
    let mut out = format!("{}pub enum {} {{\n", head(item), item.name);
    for arm in arms {
        out.push_str(&doc_lines(&arm.docs, "///"));
        out.push_str(&cfg(arm.feature.as_ref(), ""));
        out.push_str(&format!("{}({}),\n", arm.name, spell.occurring(&arm.ty, arm.occurs)));
    }
    out.push('}');
    pretty(&out)
}

fn enumeration(item: &Item, planned: &Enumeration) -> String {
    let mut out = format!("{}pub enum {} {{\n", head(item), item.name);
    for variant in &planned.variants {
        out.push_str(&doc_lines(&variant.docs, "///"));
        out.push_str(&format!("{},\n", variant.name));
    }
    out.push_str("/// A value that this version of the schema does not name.\nOther(String),\n}");
    pretty(&out)
}

fn union(spell: Speller<'_>, item: &Item, planned: &Union) -> String {
    let mut out = format!("{}pub enum {} {{\n", head(item), item.name);
    for member in &planned.members {
        out.push_str(&doc_lines(&member.docs, "///"));
        out.push_str(&format!("{}({}),\n", member.name, spell.ty(&member.ty)));
    }
    out.push_str("/// A text that is of none of these types.\nOther(String),\n}");
    pretty(&out)
}

fn polymorphic(spell: Speller<'_>, item: &Item, planned: &Polymorphic) -> String {
    let mut out = format!("{}pub enum {} {{\n", head(item), item.name);
    for found in planned.base.iter() {
        out.push_str(&variant(spell, found, if planned.remembers { "::xsdgen_codec::Declared" } else { "Box" }));
    }
    for found in &planned.derived {
        out.push_str(&variant(spell, found, "Box"));
    }
    out.push_str("/// A type that this version of the schema does not know, as it came.\nOther(::xsdgen_codec::AnyElement),\n}");
    pretty(&out)
}

fn variant(spell: Speller<'_>, found: &Derived, holder: &str) -> String {
    format!("{}{}{}({holder}<{}>),\n", doc_lines(&found.docs, "///"), cfg(found.feature.as_ref(), ""), found.name, spell.item(found.item))
}

/// A text, or an enumeration of numbers.
fn value(item: &Item, form: &ValueForm) -> String {
    let ValueForm::NamedIntegers(list) = form else {
        let head = format!("{}#[derive({})]\n", doc_lines(&item.docs, "///"), item.derives.join(", "));
        return pretty(&format!("{head}pub struct {}(String);", item.name));
    };
    let mut out = format!("{}pub enum {} {{\n", head(item), item.name);
    for integer in list {
        let mut said = vec![format!("`{}`", integer.number)];
        said.extend(integer.docs.clone());
        out.push_str(&format!("{}{},\n", doc_lines(&said, "///"), integer.name));
    }
    out.push_str("/// A number that has no name here.\nOther(i64),\n");
    out.push_str("/// A text that is no number, or a number written otherwise, as it came.\nText(String),\n}");
    pretty(&out)
}

fn alias(spell: Speller<'_>, item: &Item, alias: &Alias) -> String {
    let mut out = format!("{}pub type {} = {};\n", doc_lines(&item.docs, "///"), item.name, spell.ty(&alias.ty));
    if let Some((name, expr)) = &alias.facets {
        out.push_str(&facets(spell, item, name, expr));
    }
    out
}

fn facets(spell: Speller<'_>, item: &Item, name: &str, expr: &SimpleType) -> String {
    format!("/// Facets of `{}`.\npub static {name}: ::xsdgen_codec::SimpleType = {};\n", item.component, spell.simple(expr))
}
