//! The diagnostic codes of the plan, each with an explanation. The codes of earlier stages are in `crate::codes`.

use crate::codes::codes;

codes! {
    pub,
    NO_MATCH = "X0851" "A selector of the configuration matches no component of the schemas: it would silently do nothing.";
    BAD_SELECTOR = "X0852" "A selector of the configuration is not one of the forms `prefix:name`, `prefix:name/child`, `prefix:name/@attribute`, `prefix:name/=VALUE`, `name`, `@name`.";
    UNKNOWN_NAMESPACE = "X0853" "The configuration describes a namespace that no schema declares anything in.";
    BAD_NAME = "X0854" "A name in the configuration is not a Rust identifier, or is a keyword.";
    BAD_PATH = "X0855" "A type in the configuration is not a Rust path.";
    FEATURE_GAP = "X0856" "A module that is always compiled refers to one that stands behind a feature.";
    NO_OPERATIONS = "X0857" "The operations profile finds no pair of request and response.";
    BAD_PHRASE = "X0858" "A phrase of `words` in the configuration is not made of words of letters, or stands there twice.";
    NO_REQUEST_TYPE = "X0859" "The bindings do not offer an operation of a WSDL document, because the type of its request is not a struct of its own. This is a warning.";
}

/// The codes of settings that match nothing.
pub(crate) const MATCHES_NOTHING: &[crate::diagnostic::Code] = &[NO_MATCH, UNKNOWN_NAMESPACE, NO_OPERATIONS];
