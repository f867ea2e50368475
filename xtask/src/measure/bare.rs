//! Writes a crate with the types of the bindings, without reading and writing: the minimum that any bindings must contain.

use std::path;

use syn::visit_mut::{self, VisitMut};
use syn::{Attribute, File, Item, Path, parse_quote};
use toml::{Table, Value};

use crate::Failure;
use crate::files::{below, put, read};

/// The name of the crate of the bindings, and of the crate without reading and writing.
const BINDINGS: &str = "webex-xml-types";
const NAME: &str = "bare";

/// Writes the crate to a folder.
pub(super) fn write(folder: &path::Path) -> Result<(), Failure> {
    let root = crate::root();
    for path in below(&root, "generated/src")? {
        let text = read(&root.join(&path))?;
        let unreadable = |why: syn::Error| Failure::new(format!("`{path}` is not valid Rust: {why}"), "run `cargo gen`");
        let mut file = syn::parse_file(&text).map_err(unreadable)?;
        Bare.visit_file_mut(&mut file);
        put(&folder.join(path.trim_start_matches("generated/")), &prettyplease::unparse(&file))?;
    }
    put(&folder.join("Cargo.toml"), &manifest(&root)?)?;
    put(&folder.join("Cargo.lock"), &read(&root.join("Cargo.lock"))?)
}

/// Removes reading and writing, and derives the traits that their macros would implement.
struct Bare;

impl VisitMut for Bare {
    fn visit_file_mut(&mut self, file: &mut File) {
        file.items.retain(|item| !is_codec(item));
        visit_mut::visit_file_mut(self, file);
    }

    fn visit_item_mod_mut(&mut self, module: &mut syn::ItemMod) {
        if let Some((_, items)) = &mut module.content {
            items.retain(|item| !is_codec(item));
        }
        visit_mut::visit_item_mod_mut(self, module);
    }

    fn visit_attributes_mut(&mut self, attributes: &mut Vec<Attribute>) {
        attributes.retain(|attribute| !attribute.path().is_ident("xml") && !attribute.path().is_ident("operation"));
    }

    fn visit_item_struct_mut(&mut self, item: &mut syn::ItemStruct) {
        derive(&mut item.attrs);
        visit_mut::visit_item_struct_mut(self, item);
    }

    fn visit_item_enum_mut(&mut self, item: &mut syn::ItemEnum) {
        derive(&mut item.attrs);
        visit_mut::visit_item_enum_mut(self, item);
    }
}

/// Returns whether an item is a macro of the codec, except for the namespaces, to which types refer, or the list of operations.
fn is_codec(item: &Item) -> bool {
    match item {
        Item::Macro(item) => {
            let names: Vec<String> = item.mac.path.segments.iter().map(|segment| segment.ident.to_string()).collect();
            names.first().is_some_and(|name| name == "xsdgen_codec") && names.last().is_some_and(|name| name != "schema")
        }
        Item::Static(item) => item.ident == "OPERATIONS",
        _ => false,
    }
}

/// Adds the derives that every type of the bindings has, and removes `Xml`.
fn derive(attributes: &mut Vec<Attribute>) {
    let mut paths: Vec<Path> = vec![parse_quote!(Debug), parse_quote!(Clone), parse_quote!(PartialEq)];
    for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident("derive")) {
        // If the attribute is not a list of paths, the code does not compile anyway.
        let _ = attribute.parse_nested_meta(|meta| {
            let known = |name: &syn::Ident| name == "Xml" || paths.iter().any(|path| path.is_ident(name));
            if !meta.path.get_ident().is_some_and(known) {
                paths.push(meta.path);
            }
            Ok(())
        });
    }
    attributes.retain(|attribute| !attribute.path().is_ident("derive"));
    attributes.push(parse_quote!(#[derive(#(#paths),*)]));
}

/// Returns the manifest, with the features of the bindings and the profiles of the workspace.
fn manifest(root: &path::Path) -> Result<String, Failure> {
    let table = |path: &str| {
        let broken = |why: toml::de::Error| Failure::new(format!("`{path}` is not valid TOML: {why}"), "fix it");
        read(&root.join(path))?.parse::<Table>().map_err(broken)
    };
    let (mut bindings, mut workspace) = (table("generated/Cargo.toml")?, table("Cargo.toml")?);
    let package = [("name", NAME), ("version", "0.0.0"), ("edition", "2024")];
    let codec = Table::from_iter([("path".to_owned(), Value::from(root.join("codec").to_string_lossy().into_owned()))]);
    let mut out = Table::new();
    out.insert("package".to_owned(), Table::from_iter(package.map(|(key, value)| (key.to_owned(), value.into()))).into());
    out.insert("dependencies".to_owned(), Table::from_iter([("xsdgen-codec".to_owned(), codec.into())]).into());
    out.extend(bindings.remove("features").map(|features| ("features".to_owned(), features)));
    out.insert("workspace".to_owned(), Table::new().into());
    let mut profiles = Table::new();
    profiles.insert("dev".to_owned(), Table::from_iter([("incremental".to_owned(), Value::from(false))]).into());
    if let Some(release) = workspace.get_mut("profile").and_then(|profile| profile.get_mut("release")) {
        if let Some(packages) = release.get_mut("package").and_then(Value::as_table_mut) {
            let own = packages.remove(BINDINGS);
            packages.retain(|name, _| name != "xsdgen");
            packages.extend(own.map(|profile| (NAME.to_owned(), profile)));
        }
        profiles.insert("release".to_owned(), release.clone());
    }
    out.insert("profile".to_owned(), profiles.into());
    toml::to_string(&out).map_err(|why| Failure::new(format!("the manifest cannot be written: {why}"), "fix `Cargo.toml`"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_reads_and_writes_is_left_out() {
        let text = "::xsdgen_codec::schema! { a }\n#[derive(Clone, Eq, Xml)]\n#[xml(a)]\n#[operation(safe)]\npub struct A {\n    #[xml(\"b\")]\n    pub b: u8,\n}\n\
                    pub static OPERATIONS: &[OperationInfo] = &[<A as Operation>::INFO];\n\
                    mod inner {\n    ::xsdgen_codec::date_time! { B = [\"c\"] also []; }\n}\n";
        let mut file = syn::parse_file(text).unwrap();
        Bare.visit_file_mut(&mut file);
        let bare = "::xsdgen_codec::schema! {\n    a\n}\n#[derive(Debug, Clone, PartialEq, Eq)]\npub struct A {\n    pub b: u8,\n}\n\
                    mod inner {}\n";
        assert_eq!(prettyplease::unparse(&file), bare);
    }
}
