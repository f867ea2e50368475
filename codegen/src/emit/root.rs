//! In: the root of the IR. Out: the text of `lib.rs`.
//! Not done here: `Cargo.toml` (`render`), other modules.

use super::paths::Speller;
use super::{cfg, doc_lines, items, macros, opening, rules};
use crate::ir::{DocumentVariant, Entry, Operation, ROOT, RustIr, Wire};

/// `lib.rs`
pub(crate) fn lib(ir: &RustIr) -> String {
    let Some(root) = ir.modules.first() else { return String::new() };
    let mut out = opening(root);
    // How many elements a type must hold, how large its parts are and what they are called is for the schema to say.
    out.push_str("#![allow(clippy::too_many_arguments, clippy::large_enum_variant, clippy::box_collection, clippy::vec_box)]\n");
    out.push_str("#![allow(clippy::enum_variant_names, clippy::upper_case_acronyms)]\n");
    if ir.krate.is_some() {
        out.push_str("#![cfg_attr(docsrs, feature(doc_cfg))]\n");
    }
    out.push('\n');
    for entry in &root.body {
        if let Entry::Module(id) = entry
            && let Some(module) = ir.modules.get(id.index())
        {
            let gate = module.feature.as_ref().map(|f| format!("#[cfg_attr(docsrs, doc(cfg(feature = {f:?})))]\n")).unwrap_or_default();
            out.push_str(&format!("{}{gate}pub mod {};\n", cfg(module.feature.as_ref(), ""), module.name));
        }
    }
    if !root.body.is_empty() {
        out.push('\n');
    }
    let mut parts = vec![xmlns(ir), document(ir), macros::document(Speller::new(ir, ROOT), &ir.root.document)];
    parts.extend(ir.root.operations.as_deref().map(|list| operations(ir, list)));
    parts.extend((!ir.root.rules.is_empty()).then(|| rules::rules(ir)));
    out.push_str(&parts.join("\n"));
    out
}

/// The module with the namespaces.
fn xmlns(ir: &RustIr) -> String {
    let mut out =
        "/// The namespaces of the schema set, with the prefixes that are written.\npub mod xmlns {\n    ::xsdgen_codec::schema! {\n"
            .to_owned();
    let undeclared = if ir.root.undeclared_prefixes { ", undeclared_prefixes = true" } else { "" };
    let rules = if ir.root.rules.is_empty() { "" } else { ", rules = super::RULES" };
    out.push_str(&format!("        trim_text = {}{undeclared}{rules};\n", ir.root.trim_text));
    for (prefix, uri) in &ir.root.namespaces {
        out.push_str(&format!("        {prefix} = {uri:?};\n"));
    }
    out.push_str("    }\n}\n");
    out
}

fn document(ir: &RustIr) -> String {
    let spell = Speller::new(ir, ROOT);
    let kept = |variant: &DocumentVariant| matches!(variant.field.wire, Wire::Any { .. });
    let docs = if ir.root.document.iter().all(kept) {
        "The schema set declares no global element: documents are told by `xsi:type`."
    } else {
        "Any document of the schema set: one variant for each global element."
    };
    let mut out = format!("/// {docs}\n#[derive(Debug, Clone, PartialEq)]\n#[non_exhaustive]\npub enum Document {{\n");
    for field in ir.root.document.iter().map(|variant| &variant.field) {
        out.push_str(&doc_lines(&field.docs, "///"));
        out.push_str(&cfg(field.feature.as_ref(), ""));
        out.push_str(&format!("{}({}),\n", field.name, spell.ty(&field.ty)));
    }
    out.push('}');
    items::pretty(&out)
}

fn operations(ir: &RustIr, list: &[Operation]) -> String {
    let spell = Speller::new(ir, ROOT);
    let mut out = "::xsdgen_codec::operations! {\n    /// Every operation of the schema set.\n    pub static OPERATIONS;\n".to_owned();
    for operation in list {
        out.push_str(&cfg(operation.feature.as_ref(), "    "));
        let safe = if operation.safe { ", safe" } else { "" };
        let (request, response) = (spell.item(operation.request), spell.item(operation.response));
        out.push_str(&format!("    {request} => {response}, {:?}, {:?}{safe};\n", operation.name, operation.wire_type));
    }
    out.push_str("}\n");
    out
}
