//! The bindings of all cases; `BLESS=1 cargo test -p xsdgen --test cases` writes this list.

#![allow(unreachable_pub, dead_code, reason = "bindings are public, a test is not")]

use crate::support::Case;

#[path = "all/expected/lib.rs"]
pub(crate) mod all;
#[path = "anonymous/expected/lib.rs"]
pub(crate) mod anonymous;
#[path = "any_type/expected/lib.rs"]
pub(crate) mod any_type;
#[path = "attributes/expected/lib.rs"]
pub(crate) mod attributes;
#[path = "choice/expected/lib.rs"]
pub(crate) mod choice;
#[path = "docs/expected/lib.rs"]
pub(crate) mod docs;
#[path = "enumeration/expected/lib.rs"]
pub(crate) mod enumeration;
#[path = "extension/expected/lib.rs"]
pub(crate) mod extension;
#[path = "groups/expected/lib.rs"]
pub(crate) mod groups;
#[path = "mixed/expected/lib.rs"]
pub(crate) mod mixed;
#[path = "names/expected/lib.rs"]
pub(crate) mod names;
#[path = "namespaces/expected/lib.rs"]
pub(crate) mod namespaces;
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
#[path = "recursion/expected/lib.rs"]
pub(crate) mod recursion;
#[path = "sequence/expected/lib.rs"]
pub(crate) mod sequence;
#[path = "simple_content/expected/lib.rs"]
pub(crate) mod simple_content;
#[path = "simple_types/expected/lib.rs"]
pub(crate) mod simple_types;
#[path = "substitution/expected/lib.rs"]
pub(crate) mod substitution;
#[path = "wildcard/expected/lib.rs"]
pub(crate) mod wildcard;

/// All cases.
pub(crate) const CASES: &[Case] = &[
    crate::support::case!(all),
    crate::support::case!(anonymous),
    crate::support::case!(any_type),
    crate::support::case!(attributes),
    crate::support::case!(choice),
    crate::support::case!(docs),
    crate::support::case!(enumeration),
    crate::support::case!(extension),
    crate::support::case!(groups),
    crate::support::case!(mixed),
    crate::support::case!(names),
    crate::support::case!(namespaces),
    crate::support::case!(nillable),
    crate::support::case!(no_elements),
    crate::support::case!(no_namespace),
    crate::support::case!(ordered),
    crate::support::case!(polymorphic),
    crate::support::case!(recursion),
    crate::support::case!(sequence),
    crate::support::case!(simple_content),
    crate::support::case!(simple_types),
    crate::support::case!(substitution),
    crate::support::case!(wildcard),
];
