//! Generates the bindings of `xsd/recipe.xsd`.

fn main() {
    xsdgen::Builder::new().schema("xsd/recipe.xsd").out_dir_module("recipe").run();
}
