//! Names the pictures of content models that the documentation of complex types shows. `crate::pictures` draws them.

use std::collections::HashSet;

use super::context::Context;
use crate::fnv::fnv1a;
use crate::ir::{ItemId, ModuleId, Picture, ROOT, RustIr};
use crate::model::{ComplexType, Content, Type, TypeId};

/// The folder of the pictures, beside the modules.
const FOLDER: &str = "diagrams";

/// The maximum length of the name of a file before its ending. Longer names are shortened with a hash.
const LONGEST: usize = 120;

/// Gives a file to each complex type that has attributes or elements.
pub(super) fn plan(cx: &mut Context<'_>) {
    if !cx.settings.docs.diagrams {
        return;
    }
    let own = cx.type_items.iter().filter(|(ty, _)| !cx.shared.contains_key(*ty));
    let mut items: Vec<(ItemId, TypeId)> = own.map(|(ty, item)| (*item, *ty)).collect();
    items.sort_unstable();
    // Some file systems do not distinguish letter case.
    let mut taken = HashSet::new();
    for (item, of) in items {
        let Some(Type::Complex(_)) = cx.ty(of).filter(|ty| matches!(ty, Type::Complex(ty) if has_content(ty))) else { continue };
        let path = path(&cx.ir, item);
        let file = if taken.insert(path.to_lowercase()) { path } else { hashed(&path) };
        if let Some(item) = cx.item_mut(item) {
            item.picture = Some(Picture { file: format!("{FOLDER}/{file}.svg"), of });
        }
    }
}

fn has_content(ty: &ComplexType) -> bool {
    let elements = matches!(ty.content, Content::Elements(_) | Content::Mixed(_));
    elements || !ty.attributes.is_empty() || ty.any_attribute.is_some()
}

/// Returns the Rust path of an item with dots, if it can be the name of a file everywhere.
fn path(ir: &RustIr, item: ItemId) -> String {
    let Some(item) = ir.items.get(item.index()) else { return String::new() };
    let mut names = vec![item.name.as_str()];
    let mut at: ModuleId = item.module;
    while let Some(module) = ir.modules.get(at.index()).filter(|_| at != ROOT) {
        names.push(&module.name);
        at = module.parent;
    }
    let plain = |name: &&str| name.strip_prefix("r#").unwrap_or(name).to_owned();
    let path = names.iter().rev().map(plain).collect::<Vec<_>>().join(".");
    if path.is_ascii() && path.len() <= LONGEST { path } else { hashed(&path) }
}

/// Returns a short name of ASCII characters that begins like the path.
fn hashed(path: &str) -> String {
    let start: String = path.chars().filter(char::is_ascii).take(LONGEST / 2).collect();
    format!("{start}-{:016x}", fnv1a(path.bytes()))
}
