//! Generates code from any schema: nothing panics, and the code is Rust. The first byte chooses settings. Run it with `cargo xtask fuzz schemas`.
#![no_main]

use libfuzzer_sys::fuzz_target;
use xsdgen::settings::Settings;
use xsdgen::{Lock, check, generate};
use xsdgen_fuzz::set;

fuzz_target!(|bytes: &[u8]| {
    let Some((number, text)) = bytes.split_first() else { return };
    let schema = [set::file("schema.xsd", text)];
    let settings = Settings::default();
    if number & 1 != 0 {
        let _ = check(&schema, &settings);
        return;
    }
    let first = generate(&schema, &settings, &Lock::default());
    let Some(first) = first.product else { return };
    for (path, code) in first.files.iter() {
        if path.ends_with(".rs") {
            syn::parse_file(code).unwrap_or_else(|error| panic!("{error}: {path}\n{code}"));
        }
    }
    // The lock of the first run changes nothing.
    let second = generate(&schema, &settings, &first.lock).product.map(|second| second.lock.to_string());
    assert_eq!(second, Some(first.lock.to_string()));
});
