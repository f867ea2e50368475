//! What several fuzz targets need: options by number, and checks of what was written by a parser that shares no code with the codec.

#[cfg(feature = "generator")]
pub mod set;

use xsdgen_codec::{Canonical, Defaults, EmptyElements, Form, ReadOptions, WriteOptions, canonicalize};

/// Returns the reading options of this number. Each bit stands for an option.
#[must_use]
pub fn reading(number: u8) -> ReadOptions {
    let has = |bit: u8| number & 1 << bit != 0;
    let options = if has(0) { ReadOptions::strict() } else { ReadOptions::tolerant() };
    options.undeclared_prefixes(has(1)).bare_ampersands(has(2)).keep_unknown(has(3)).fill_defaults(has(4)).all_errors(has(5)).fast(!has(6))
}

/// Returns the writing options of this number. `namespace` becomes the default namespace for some numbers.
#[must_use]
pub fn writing(number: u8, namespace: &str) -> WriteOptions {
    let has = |bit: u8| number & 1 << bit != 0;
    let options = if has(0) { WriteOptions::default() } else { WriteOptions::tolerant() };
    let options = options
        .unlisted_values(true)
        .indent(has(1).then_some(2))
        .namespaces_on_root(has(2))
        .xsi_on_root(has(3))
        .form(if has(4) { Form::RootQualified } else { Form::Qualified })
        .defaults(if has(5) { Defaults::Write } else { Defaults::Omit });
    match number >> 6 {
        0 => options,
        1 => options.empty_elements(EmptyElements::Long),
        2 => options.default_namespace(namespace),
        _ => options.canonical(Canonical::inclusive().comments(true)),
    }
}

/// Fails if a document is not well-formed, as another parser and the codec's own strict reading see it.
pub fn assert_well_formed(xml: &str) {
    if let Err(error) = roxmltree::Document::parse(xml) {
        panic!("{error}\n{xml}");
    }
    if let Err(error) = canonicalize(xml, &Canonical::inclusive())
        && error.kind() != xsdgen_codec::ErrorKind::Limit
    {
        panic!("{error}\n{xml}");
    }
}
