//! Reads any text as a lock: nothing panics, and what is read is written in a form that is read as the same lock. Run it with `cargo xtask fuzz lock`.
#![no_main]

use libfuzzer_sys::fuzz_target;
use xsdgen::Lock;

fuzz_target!(|bytes: &[u8]| {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let Some(lock) = Lock::parse(text, "xsdgen.lock").product else { return };
    let written = lock.to_string();
    let again = Lock::parse(&written, "xsdgen.lock");
    assert_eq!(again.product.as_ref(), Some(&lock), "{written}\n{:?}", again.diagnostics);
    let _ = xsdgen::lock::Changes::between(&Lock::default(), &lock);
});
