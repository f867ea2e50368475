//! Fills the page `docs/constructs.md`: after each part of a schema, the Rust code that the generator makes of it. Lines of `xsdgen.toml` between two
//! parts apply to the next one.

use std::fs;
use std::path::Path;

use xsdgen::{Config, Lock};

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
    let (mut schema, mut settings): (Option<String>, String) = (None, String::new());
    while let Some(line) = lines.next() {
        out.push_str(line);
        out.push('\n');
        match line {
            "```xml" => schema = Some(block(&mut lines, &mut out)),
            "```toml" => settings = block(&mut lines, &mut out),
            "```rust,ignore" => {
                lines.by_ref().find(|line| *line == "```");
                let Some(text) = schema.take() else {
                    return Err(Failure::new(
                        format!("`{PAGE}` has Rust code without a schema before it"),
                        "write the schema as a block `xml`",
                    ));
                };
                out.push_str(&rust(&text, &std::mem::take(&mut settings))?);
                out.push_str("```\n");
            }
            _ => {}
        }
    }
    Ok(out)
}

/// Copies the lines of a block of code, and returns its text.
fn block<'l>(lines: &mut impl Iterator<Item = &'l str>, out: &mut String) -> String {
    let mut text = String::new();
    for line in lines {
        out.push_str(line);
        out.push('\n');
        if line == "```" {
            break;
        }
        text.push_str(line);
        text.push('\n');
    }
    text
}

/// Returns the Rust code for a part of a schema with these lines of `xsdgen.toml`: the items of its module.
fn rust(part: &str, settings: &str) -> Result<String, Failure> {
    let folder = Path::new(SCRATCH);
    let path = folder.join("shop.xsd");
    let written = fs::create_dir_all(folder).and_then(|()| fs::write(&path, format!("{HEAD}{part}{TAIL}")));
    written.map_err(|why| Failure::io("write", &path, &why))?;
    let config = format!("schemas = [\"shop.xsd\"]\nout = \"out\"\n{settings}");
    let settings = product(Config::parse(&config, &folder.join("xsdgen.toml")))?.settings;
    let generated = product(xsdgen::generate(&[path], &settings, &Lock::default()))?;
    let module = generated.files.get("shop.rs").map_or("", String::as_str);
    // The comments at the top, the documentation of the module and the imports are the same in every module.
    let items = module.lines().skip_while(|line| {
        line.is_empty() || line.starts_with("// ") || line.starts_with("//!") || line.starts_with("use ") || line.starts_with("#![")
    });
    Ok(items.flat_map(|line| [line, "\n"]).collect())
}
