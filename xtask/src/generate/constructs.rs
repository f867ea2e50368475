//! Fills the page `docs/constructs.md`: after each part of a schema, the Rust code that the generator makes of it.

use std::fs;
use std::path::Path;

use xsdgen::Lock;
use xsdgen::settings::Settings;

use crate::Failure;
use crate::failure::product;
use crate::files::read;

/// The page.
pub(super) const PAGE: &str = "docs/constructs.md";

/// The folder that the schemas of the page are written to.
const SCRATCH: &str = "target/constructs";

/// The schema around each part.
const HEAD: &str = "<xs:schema xmlns:xs=\"http://www.w3.org/2001/XMLSchema\" xmlns:shop=\"urn:shop\" targetNamespace=\"urn:shop\" \
    elementFormDefault=\"qualified\">\n";
const TAIL: &str = "</xs:schema>\n";

/// Returns the page with new Rust code.
pub(super) fn page() -> Result<String, Failure> {
    let page = read(Path::new(PAGE))?.replace("\r\n", "\n");
    let mut out = String::with_capacity(page.len());
    let mut lines = page.lines();
    let mut schema: Option<String> = None;
    while let Some(line) = lines.next() {
        out.push_str(line);
        out.push('\n');
        match line {
            "```xml" => {
                let mut text = String::new();
                for line in lines.by_ref() {
                    out.push_str(line);
                    out.push('\n');
                    if line == "```" {
                        break;
                    }
                    text.push_str(line);
                    text.push('\n');
                }
                schema = Some(text);
            }
            "```rust,ignore" => {
                lines.by_ref().find(|line| *line == "```");
                let Some(text) = schema.take() else {
                    return Err(Failure::new(
                        format!("`{PAGE}` has Rust code without a schema before it"),
                        "write the schema as a block `xml`",
                    ));
                };
                out.push_str(&rust(&text)?);
                out.push_str("```\n");
            }
            _ => {}
        }
    }
    Ok(out)
}

/// Returns the Rust code for a part of a schema: the items of its module.
fn rust(part: &str) -> Result<String, Failure> {
    let folder = Path::new(SCRATCH);
    let path = folder.join("shop.xsd");
    let written = fs::create_dir_all(folder).and_then(|()| fs::write(&path, format!("{HEAD}{part}{TAIL}")));
    written.map_err(|why| Failure::io("write", &path, &why))?;
    let generated = product(xsdgen::generate(&[path], &Settings::default(), &Lock::default()))?;
    let module = generated.files.get("shop.rs").map_or("", String::as_str);
    // The comments at the top, the documentation of the module and the imports are the same in every module.
    let items = module.lines().skip_while(|line| {
        line.is_empty() || line.starts_with("// ") || line.starts_with("//!") || line.starts_with("use ") || line.starts_with("#![")
    });
    Ok(items.flat_map(|line| [line, "\n"]).collect())
}
