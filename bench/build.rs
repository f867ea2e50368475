//! Generates bindings of the schemas in `schema/` with xsdgen and with the crate xsd-parser, into `OUT_DIR`. Both read the same files.

use std::path::{Path, PathBuf};

use xsd_parser::config::{GeneratorFlags, InterpreterFlags, OptimizerFlags, Resolver, Schema};
use xsdgen::output;
use xsdgen::settings::{Settings, Strings};

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=schema");
    let out = PathBuf::from(std::env::var_os("OUT_DIR").expect("cargo sets it"));
    let schemas = ["schema/service.xsd", "schema/qti.xsd", "schema/ledger.xsd"].map(PathBuf::from);
    let with_shapes = [&schemas[..], &[PathBuf::from("schema/shapes.xsd")]].concat();
    ours(&with_shapes, Strings::String, &out.join("ours"));
    ours(&schemas, Strings::CompactStr, &out.join("ours_compact"));
    for (schema, file) in schemas.iter().zip(["peer_service.rs", "peer_qti.rs", "peer_ledger.rs"]) {
        std::fs::write(out.join(file), theirs(schema)).expect("it writes");
    }
    let module = |name: &str, file: &str| format!("#[path = {:?}]\n#[allow(warnings)]\npub mod {name};\n", out.join(file));
    let modules = [
        ("ours", "ours/lib.rs"),
        ("ours_compact", "ours_compact/lib.rs"),
        ("peer_service", "peer_service.rs"),
        ("peer_qti", "peer_qti.rs"),
        ("peer_ledger", "peer_ledger.rs"),
    ];
    let modules: String = modules.iter().map(|(name, file)| module(name, file)).collect();
    std::fs::write(out.join("bindings.rs"), modules).expect("it writes");
}

fn ours(schemas: &[PathBuf], strings: Strings, folder: &Path) {
    let settings = Settings { trim_text: true, strings, ..Settings::default() };
    let generated = xsdgen::generate(schemas, &settings, &xsdgen::Lock::default());
    for problem in generated.diagnostics.iter() {
        println!("cargo::warning={}: {}", problem.span, problem.message);
    }
    output::update(&generated.product.expect("valid schemas").files, folder);
}

/// Returns the code that xsd-parser generates with the initial configuration of its documentation, and with reading, writing and mixed
/// content.
fn theirs(schema: &Path) -> String {
    let mut config = xsd_parser::Config::default().with_quick_xml().with_mixed_type_support();
    config.parser.resolver = vec![Resolver::File];
    config.parser.schemas = vec![Schema::File(schema.canonicalize().expect("it is there"))];
    config.interpreter.flags = InterpreterFlags::all() - InterpreterFlags::WITH_NUM_BIG_INT;
    config.optimizer.flags = OptimizerFlags::all() - OptimizerFlags::REMOVE_DUPLICATES;
    config.generator.flags = GeneratorFlags::all() - GeneratorFlags::ADVANCED_ENUMS;
    config.generator.type_postfix.type_ = "XType".into();
    xsd_parser::generate(config).expect("it generates").to_string()
}
