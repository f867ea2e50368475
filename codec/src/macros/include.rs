//! Defines the macro that includes what a build script has generated.

/// Includes the bindings that a build script has written to `NAME.rs` in the folder `OUT_DIR`.
///
/// # Example
/// ```ignore
/// mod order {
///     xsdgen_codec::include_bindings!("order");
/// }
/// ```
#[macro_export]
macro_rules! include_bindings {
    ($name:literal) => {
        ::core::include!(::core::concat!(::core::env!("OUT_DIR"), "/", $name, ".rs"));
    };
}
