//! In: items. Out: the invocations of the codec's macros, one line a field whatever its length.
//! Not done here: the types themselves (`items`).

use super::cfg;
use super::paths::Speller;
use crate::ir::{
    Body, Derived, DocumentVariant, Enumeration, Field, Occurs, Own, Particle, Polymorphic, Struct, Term, Union, Value, ValueType, Wire,
    WireName,
};
use crate::settings::ValueForm;

/// `complex_type!`
pub(super) fn complex_type(spell: Speller<'_>, name: &str, planned: &Struct) -> String {
    let is_abstract = if planned.abstract_ { " abstract" } else { "" };
    let mut out = format!("::xsdgen_codec::complex_type! {{\n    {name} = {}{is_abstract};\n", wire(&planned.wire));
    if !planned.attributes.is_empty() {
        block(&mut out, "attributes", planned.attributes.iter().map(|f| line(spell, f, true)));
    }
    match &planned.body {
        Body::Empty => {}
        Body::Sequence(fields) => block(&mut out, "sequence", fields.iter().map(|f| line(spell, f, true))),
        Body::All(fields) => block(&mut out, "all", fields.iter().map(|f| line(spell, f, true))),
        Body::Mixed(field) => block(&mut out, "mixed", std::iter::once(line(spell, field, true))),
        Body::Text(field) => block(&mut out, "text", std::iter::once(line(spell, field, true))),
    }
    if let Some(model) = &planned.model {
        out.push_str(&format!("    model {};\n", particle(model)));
    }
    out.push_str("}\n");
    out
}

fn block(out: &mut String, word: &str, lines: impl Iterator<Item = String>) {
    let mut lines = lines.peekable();
    if lines.peek().is_none() {
        out.push_str(&format!("    {word} {{}}\n"));
        return;
    }
    out.push_str(&format!("    {word} {{\n"));
    for line in lines {
        out.push_str(&format!("        {line}\n"));
    }
    out.push_str("    }\n");
}

/// `group!`
pub(super) fn group(spell: Speller<'_>, name: &str, fields: &[Field]) -> String {
    flat("group", name, fields.iter().map(|f| format!("    {}\n", line(spell, f, true))))
}

/// `choice!`
pub(super) fn choice(spell: Speller<'_>, name: &str, arms: &[Field]) -> String {
    flat("choice", name, arms.iter().map(|f| format!("{}    {}\n", cfg(f.feature.as_ref(), "    "), line(spell, f, false))))
}

/// `document!`
pub(super) fn document(spell: Speller<'_>, variants: &[DocumentVariant]) -> String {
    flat(
        "document",
        "Document",
        variants.iter().map(|v| format!("{}    {}\n", cfg(v.field.feature.as_ref(), "    "), document_line(spell, v))),
    )
}

fn document_line(spell: Speller<'_>, variant: &DocumentVariant) -> String {
    let field = &variant.field;
    let mut out = format!("{}: {} = ", field.name, spell.ty(&field.ty));
    ending(spell, field, &mut out);
    if let Some(from) = variant.from {
        out.push_str(&format!(", from {}", spell.item(from)));
    }
    out.push(';');
    out
}

fn flat(word: &str, name: &str, lines: impl Iterator<Item = String>) -> String {
    let mut out = format!("::xsdgen_codec::{word}! {{\n    {name};\n");
    out.extend(lines);
    out.push_str("}\n");
    out
}

/// One field or variant.
fn line(spell: Speller<'_>, field: &Field, setters: bool) -> String {
    if field.wire == Wire::Text && !setters {
        return format!("{} = text;", field.name);
    }
    let mut out = format!("{}: {}({})", field.name, occurs(field.occurs), spell.ty(&field.ty));
    if field.wire != Wire::Text {
        out.push_str(" = ");
    }
    ending(spell, field, &mut out);
    if setters && field.occurs != Occurs::One {
        out.push_str(&format!(", with_{}", field.name.trim_end_matches('_')));
    }
    out.push(';');
    out
}

/// What stands behind the type: name, value, facets.
fn ending(spell: Speller<'_>, field: &Field, out: &mut String) {
    match &field.wire {
        Wire::Name(name) => out.push_str(&wire(name)),
        Wire::Any { constraint, process } => out.push_str(&format!("any [{constraint:?} {process}]")),
        Wire::Group => out.push_str("group _"),
        Wire::Text => {}
    }
    match &field.value {
        Some(Value::Default(text)) => out.push_str(&format!(" default {text:?}")),
        Some(Value::Fixed(text)) => out.push_str(&format!(" fixed {text:?}")),
        None => {}
    }
    if !field.placed.is_empty() {
        let list: Vec<String> = field.placed.iter().map(own).collect();
        out.push_str(&format!(" placed [{}]", list.join(", ")));
    }
    if let Some(facets) = &field.facets {
        out.push_str(&format!(" in {}", spell.facets(facets)));
    }
}

fn own(said: &Own) -> String {
    let value = match &said.value {
        Some(Value::Default(text)) => format!("default {text:?}"),
        Some(Value::Fixed(text)) => format!("fixed {text:?}"),
        None => "none \"\"".to_owned(),
    };
    if said.never_nil { value + " never_nil" } else { value }
}

fn occurs(occurs: Occurs) -> String {
    match occurs {
        Occurs::One => "1".to_owned(),
        Occurs::Optional => "?".to_owned(),
        Occurs::Many(0, None) => "*".to_owned(),
        Occurs::Many(1, None) => "+".to_owned(),
        Occurs::Many(min, None) => format!("{{{min}, *}}"),
        Occurs::Many(min, Some(max)) => format!("{{{min}, {max}}}"),
    }
}

fn wire(name: &WireName) -> String {
    format!("{} {:?}", name.prefix, name.local)
}

/// `enumeration!`
pub(super) fn enumeration(name: &str, planned: &Enumeration) -> String {
    let mut out = format!("::xsdgen_codec::enumeration! {{\n    {name} = {};\n", wire(&planned.wire));
    for variant in &planned.variants {
        out.push_str(&format!("    {} = {:?};\n", variant.name, variant.value));
    }
    out.push_str("}\n");
    out
}

/// `union!`
pub(super) fn union(spell: Speller<'_>, name: &str, planned: &Union) -> String {
    let mut out = format!("::xsdgen_codec::union! {{\n    {name} = {};\n", planned.facets.0);
    for member in &planned.members {
        let from = if member.from { ", from" } else { "" };
        out.push_str(&format!("    {}: {}{from};\n", member.name, spell.ty(&member.ty)));
    }
    out.push_str("}\n");
    out
}

/// `date_time!` and its like
pub(super) fn value(name: &str, planned: &ValueType) -> String {
    let list = |texts: &[String]| {
        let texts: Vec<String> = texts.iter().map(|text| format!("{text:?}")).collect();
        format!("[{}]", texts.join(", "))
    };
    let (word, line) = match &planned.form {
        ValueForm::DateTime { patterns, also } => {
            let exact = if planned.exact { "exact " } else { "" };
            ("date_time", format!("{name} = {exact}{} also {};", list(patterns), list(also)))
        }
        ValueForm::EpochMilliseconds => ("epoch_milliseconds", format!("{name};")),
        ValueForm::Boolean { yes, no } => ("boolean", format!("{name} = {} or {};", list(yes), list(no))),
        ValueForm::Delimited { separator, parts, most, plain } => {
            let plain = if *plain { " plain" } else { "" };
            ("delimited", format!("{name} = {separator:?} most {most}{plain} [{}];", parts.join(", ")))
        }
        ValueForm::NamedIntegers(list) => {
            let lines: String = list.iter().map(|integer| format!("\n    {} = {};", integer.name, integer.number)).collect();
            ("named_integers", format!("{name};{lines}"))
        }
    };
    format!("::xsdgen_codec::{word}! {{\n    {line}\n}}\n")
}

/// `polymorphic!`
pub(super) fn polymorphic(spell: Speller<'_>, name: &str, planned: &Polymorphic) -> String {
    let mut out = format!("::xsdgen_codec::polymorphic! {{\n    {name};\n");
    if let Some(base) = &planned.base {
        let line = derived(spell, base);
        out.push_str(&format!("    base {}\n", if planned.remembers { line.replacen(": Box<", ": Declared<", 1) } else { line }));
    }
    for found in &planned.derived {
        out.push_str(&cfg(found.feature.as_ref(), "    "));
        out.push_str(&format!("    {}\n", derived(spell, found)));
    }
    out.push_str("}\n");
    out
}

fn derived(spell: Speller<'_>, found: &Derived) -> String {
    let alias = found.alias.as_ref().map(|alias| format!(" alias {alias:?}")).unwrap_or_default();
    format!("{}: Box<{}> = {}{alias};", found.name, spell.item(found.item), wire(&found.wire))
}

/// A `Particle` expression.
fn particle(particle: &Particle) -> String {
    let many = |word: &str, parts: &[Particle]| {
        let parts: Vec<String> = parts.iter().map(self::particle).collect();
        format!("Particle::{word}(&[{}])", parts.join(", "))
    };
    let term = match &particle.term {
        Term::Element(name, said) => {
            let said = said.as_ref().map(own_calls).unwrap_or_default();
            format!("Particle::element(&xmlns::SCHEMA, {:?}, {:?}){said}", name.prefix, name.local)
        }
        Term::Any(constraint) => format!("Particle::any({constraint:?})"),
        Term::Sequence(parts) => many("sequence", parts),
        Term::Choice(parts) => many("choice", parts),
        Term::All(parts) => many("all", parts),
    };
    let range = match (particle.min, particle.max) {
        (1, Some(1)) => String::new(),
        (0, Some(1)) => ".optional()".to_owned(),
        (0, None) => ".repeated()".to_owned(),
        (min, None) => format!(".at_least({min})"),
        (min, Some(max)) => format!(".occurs({min}, {max})"),
    };
    format!("{term}{range}")
}

/// The calls for what a declaration says, where others of its name say otherwise.
fn own_calls(said: &Own) -> String {
    let value = match &said.value {
        Some(Value::Default(text)) => format!(".with_default({text:?})"),
        Some(Value::Fixed(text)) => format!(".with_fixed({text:?})"),
        None => ".without_value()".to_owned(),
    };
    if said.never_nil { value + ".never_nil()" } else { value }
}
