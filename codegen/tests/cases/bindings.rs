//! The bindings of all cases; `BLESS=1 cargo test -p xsdgen --test cases` writes this list.

#![deny(warnings)]
#![allow(unreachable_pub, dead_code, reason = "bindings are public, a test is not")]

use crate::support::Case;

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
    crate::support::case!(abstract_type),
    crate::support::case!(all),
    crate::support::case!(anonymous),
    crate::support::case!(any_after),
    crate::support::case!(any_type),
    crate::support::case!(attributes),
    crate::support::case!(builtins),
    crate::support::case!(choice),
    crate::support::case!(choices),
    crate::support::case!(compact_strings),
    crate::support::case!(docs),
    crate::support::case!(empty),
    crate::support::case!(enumeration),
    crate::support::case!(extension),
    crate::support::case!(groups),
    crate::support::case!(hostile_docs),
    crate::support::case!(hostile_names),
    crate::support::case!(identifiers),
    crate::support::case!(identity),
    crate::support::case!(missing),
    crate::support::case!(mixed),
    crate::support::case!(mixed_repeated),
    crate::support::case!(module_files),
    crate::support::case!(names),
    crate::support::case!(namespaces),
    crate::support::case!(nil_attributes),
    crate::support::case!(nil_types),
    crate::support::case!(nillable),
    crate::support::case!(no_elements),
    crate::support::case!(no_namespace),
    crate::support::case!(ordered),
    crate::support::case!(polymorphic),
    crate::support::case!(presets),
    crate::support::case!(processing),
    crate::support::case!(qualified_names),
    crate::support::case!(qualified_presets),
    crate::support::case!(recursion),
    crate::support::case!(repetition),
    crate::support::case!(same_name),
    crate::support::case!(sequence),
    crate::support::case!(simple_content),
    crate::support::case!(simple_types),
    crate::support::case!(substitution),
    crate::support::case!(told),
    crate::support::case!(type_left_out),
    crate::support::case!(type_named),
    crate::support::case!(typed),
    crate::support::case!(typed_documents),
    crate::support::case!(union),
    crate::support::case!(wide),
    crate::support::case!(wild_identifiers),
    crate::support::case!(wildcard),
];
