//! The bindings of all cases. Written by `cargo gen`; do not edit.

#![deny(warnings)]
#![allow(unreachable_pub, dead_code, reason = "bindings are public, a test is not")]

use crate::case::Case;

#[path = "abstract_type/expected/lib.rs"]
pub(crate) mod abstract_type;
#[path = "all/expected/lib.rs"]
pub(crate) mod all;
#[path = "anonymous/expected/lib.rs"]
pub(crate) mod anonymous;
#[path = "any_after/expected/lib.rs"]
pub(crate) mod any_after;
#[path = "any_type/expected/lib.rs"]
pub(crate) mod any_type;
#[path = "attributes/expected/lib.rs"]
pub(crate) mod attributes;
#[path = "builtins/expected/lib.rs"]
pub(crate) mod builtins;
#[path = "choice/expected/lib.rs"]
pub(crate) mod choice;
#[path = "choices/expected/lib.rs"]
pub(crate) mod choices;
#[path = "compact_strings/expected/lib.rs"]
pub(crate) mod compact_strings;
#[path = "docs/expected/lib.rs"]
pub(crate) mod docs;
#[path = "empty/expected/lib.rs"]
pub(crate) mod empty;
#[path = "enumeration/expected/lib.rs"]
pub(crate) mod enumeration;
#[path = "extension/expected/lib.rs"]
pub(crate) mod extension;
#[path = "groups/expected/lib.rs"]
pub(crate) mod groups;
#[path = "hostile_docs/expected/lib.rs"]
pub(crate) mod hostile_docs;
#[path = "hostile_names/expected/lib.rs"]
pub(crate) mod hostile_names;
#[path = "identifiers/expected/lib.rs"]
pub(crate) mod identifiers;
#[path = "identity/expected/lib.rs"]
pub(crate) mod identity;
#[path = "memory/expected/lib.rs"]
pub(crate) mod memory;
#[path = "missing/expected/lib.rs"]
pub(crate) mod missing;
#[path = "mixed/expected/lib.rs"]
pub(crate) mod mixed;
#[path = "mixed_repeated/expected/lib.rs"]
pub(crate) mod mixed_repeated;
#[path = "module_files/expected/lib.rs"]
pub(crate) mod module_files;
#[path = "names/expected/lib.rs"]
pub(crate) mod names;
#[path = "namespaces/expected/lib.rs"]
pub(crate) mod namespaces;
#[path = "nil_attributes/expected/lib.rs"]
pub(crate) mod nil_attributes;
#[path = "nil_types/expected/lib.rs"]
pub(crate) mod nil_types;
#[path = "nillable/expected/lib.rs"]
pub(crate) mod nillable;
#[path = "no_elements/expected/lib.rs"]
pub(crate) mod no_elements;
#[path = "no_namespace/expected/lib.rs"]
pub(crate) mod no_namespace;
#[path = "ordered/expected/lib.rs"]
pub(crate) mod ordered;
#[path = "polymorphic/expected/lib.rs"]
pub(crate) mod polymorphic;
#[path = "presets/expected/lib.rs"]
pub(crate) mod presets;
#[path = "processing/expected/lib.rs"]
pub(crate) mod processing;
#[path = "qualified_names/expected/lib.rs"]
pub(crate) mod qualified_names;
#[path = "qualified_presets/expected/lib.rs"]
pub(crate) mod qualified_presets;
#[path = "recursion/expected/lib.rs"]
pub(crate) mod recursion;
#[path = "repetition/expected/lib.rs"]
pub(crate) mod repetition;
#[path = "same_name/expected/lib.rs"]
pub(crate) mod same_name;
#[path = "sequence/expected/lib.rs"]
pub(crate) mod sequence;
#[path = "simple_content/expected/lib.rs"]
pub(crate) mod simple_content;
#[path = "simple_types/expected/lib.rs"]
pub(crate) mod simple_types;
#[path = "substitution/expected/lib.rs"]
pub(crate) mod substitution;
#[path = "told/expected/lib.rs"]
pub(crate) mod told;
#[path = "type_left_out/expected/lib.rs"]
pub(crate) mod type_left_out;
#[path = "type_named/expected/lib.rs"]
pub(crate) mod type_named;
#[path = "typed/expected/lib.rs"]
pub(crate) mod typed;
#[path = "typed_documents/expected/lib.rs"]
pub(crate) mod typed_documents;
#[path = "union/expected/lib.rs"]
pub(crate) mod union;
#[path = "wide/expected/lib.rs"]
pub(crate) mod wide;
#[path = "wild_identifiers/expected/lib.rs"]
pub(crate) mod wild_identifiers;
#[path = "wildcard/expected/lib.rs"]
pub(crate) mod wildcard;

/// All cases.
pub(crate) const CASES: &[Case] = &[
    crate::case::case!(abstract_type),
    crate::case::case!(all),
    crate::case::case!(anonymous),
    crate::case::case!(any_after),
    crate::case::case!(any_type),
    crate::case::case!(attributes),
    crate::case::case!(builtins),
    crate::case::case!(choice),
    crate::case::case!(choices),
    crate::case::case!(compact_strings),
    crate::case::case!(docs),
    crate::case::case!(empty),
    crate::case::case!(enumeration),
    crate::case::case!(extension),
    crate::case::case!(groups),
    crate::case::case!(hostile_docs),
    crate::case::case!(hostile_names),
    crate::case::case!(identifiers),
    crate::case::case!(identity),
    crate::case::case!(memory),
    crate::case::case!(missing),
    crate::case::case!(mixed),
    crate::case::case!(mixed_repeated),
    crate::case::case!(module_files),
    crate::case::case!(names),
    crate::case::case!(namespaces),
    crate::case::case!(nil_attributes),
    crate::case::case!(nil_types),
    crate::case::case!(nillable),
    crate::case::case!(no_elements),
    crate::case::case!(no_namespace),
    crate::case::case!(ordered),
    crate::case::case!(polymorphic),
    crate::case::case!(presets),
    crate::case::case!(processing),
    crate::case::case!(qualified_names),
    crate::case::case!(qualified_presets),
    crate::case::case!(recursion),
    crate::case::case!(repetition),
    crate::case::case!(same_name),
    crate::case::case!(sequence),
    crate::case::case!(simple_content),
    crate::case::case!(simple_types),
    crate::case::case!(substitution),
    crate::case::case!(told),
    crate::case::case!(type_left_out),
    crate::case::case!(type_named),
    crate::case::case!(typed),
    crate::case::case!(typed_documents),
    crate::case::case!(union),
    crate::case::case!(wide),
    crate::case::case!(wild_identifiers),
    crate::case::case!(wildcard),
];
