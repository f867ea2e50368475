//! Tests random changes of the schemas in `xsd/`. `XSDGEN_MUTATIONS` sets the number of trials.
#![allow(clippy::expect_used, reason = "a failed test panics")]

#[path = "../codegen/tests/mutations/mod.rs"]
mod mutations;

use std::path::Path;

#[test]
fn names_of_the_bindings_stay_when_the_schemas_change() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    mutations::run(&[root.to_owned()], &Path::new(env!("CARGO_TARGET_TMPDIR")).join("mutations"), mutations::trials(2));
}
