//! In: the rules of the IR. Out: the text of the static that holds them.
//! Not done here: which there are (`plan::rules`).

use super::cfg;
use super::paths::Speller;
use crate::ir::{Constraint, ConstraintKind, Declaration, GlobalAttribute, Holder, NamedType, ROOT, RustIr, WireName};
use crate::plan::features;

/// `RULES`
pub(super) fn rules(ir: &RustIr) -> String {
    let spell = Speller::new(ir, ROOT);
    let rules = &ir.root.rules;
    let mut out =
        "/// What strict reading checks beyond the types.\nstatic RULES: ::xsdgen_codec::Rules = ::xsdgen_codec::Rules::new()".to_owned();
    block(&mut out, "attributes", rules.attributes.iter().map(|it| attribute(spell, it)));
    block(&mut out, "types", rules.types.iter().map(|it| named_type(ir, spell, it)));
    block(&mut out, "declarations", rules.declarations.iter().map(|it| declaration(ir, spell, it)));
    out.push_str(";\n");
    out
}

fn block(out: &mut String, call: &str, lines: impl Iterator<Item = String>) {
    let lines: Vec<String> = lines.collect();
    if !lines.is_empty() {
        out.push_str(&format!("\n    .{call}(&[\n{}    ])", lines.concat()));
    }
}

fn name(name: &WireName) -> String {
    format!("{:?}, {:?}", name.prefix, name.local)
}

fn attribute(spell: Speller<'_>, it: &GlobalAttribute) -> String {
    let fixed = it.fixed.as_ref().map(|text| format!(".fixed({text:?})")).unwrap_or_default();
    format!("        ::xsdgen_codec::GlobalAttribute::new({}, &{}){fixed},\n", name(&it.name), spell.facets(&it.facets))
}

fn named_type(ir: &RustIr, spell: Speller<'_>, it: &NamedType) -> String {
    let own = match (&it.item, &it.facets) {
        (Some(item), _) => format!("complex::<{}>({})", spell.item(*item), name(&it.name)),
        (None, Some(facets)) => format!("simple({}, &{})", name(&it.name), spell.facets(facets)),
        (None, None) => format!("abstract_type({})", name(&it.name)),
    };
    let base = it.base.as_ref().map(|base| format!(".{}({})", if it.extends { "extends" } else { "restricts" }, name(base)));
    let feature = it.item.and_then(|item| feature_of(ir, item));
    format!("{}        ::xsdgen_codec::NamedType::{own}{},\n", cfg(feature.as_ref(), "        "), base.unwrap_or_default())
}

/// The feature of the file that an item is in.
fn feature_of(ir: &RustIr, item: crate::ir::ItemId) -> Option<String> {
    let module = ir.items.get(item.index())?.module;
    ir.modules.get(features::file_of(ir, module).index())?.feature.clone()
}

fn declaration(ir: &RustIr, spell: Speller<'_>, it: &Declaration) -> String {
    let (own, feature) = match it.holder {
        Holder::Document => (format!("root({})", name(&it.name)), None),
        Holder::Item(item) => (format!("within::<{}>({})", spell.item(item), name(&it.name)), feature_of(ir, item)),
    };
    let ty = it.ty.as_ref().map(|ty| format!(".of({})", name(ty))).unwrap_or_default();
    let block = match (it.extension, it.restriction) {
        (false, false) => "",
        (true, false) => ".block(::xsdgen_codec::EXTENSION)",
        (false, true) => ".block(::xsdgen_codec::RESTRICTION)",
        (true, true) => ".block(::xsdgen_codec::EXTENSION | ::xsdgen_codec::RESTRICTION)",
    };
    let mut out = format!("{}        ::xsdgen_codec::Declaration::{own}{ty}{block}", cfg(feature.as_ref(), "        "));
    if !it.constraints.is_empty() {
        let lines: Vec<String> = it.constraints.iter().map(constraint).collect();
        out.push_str(&format!(".constraints(&[\n{}        ])", lines.concat()));
    }
    out.push_str(",\n");
    out
}

fn constraint(it: &Constraint) -> String {
    let (call, refer) = match &it.kind {
        ConstraintKind::Key => ("key", String::new()),
        ConstraintKind::Unique => ("unique", String::new()),
        ConstraintKind::KeyRef(refer) => ("keyref", format!(", ({})", name(refer))),
    };
    format!("            ::xsdgen_codec::Constraint::{call}({}{refer}, {:?}, &{:?}),\n", name(&it.name), it.selector, it.fields)
}
