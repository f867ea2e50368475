//! In: a schema document. Out: the same without what its `vc:` attributes keep from a processor of XML Schema 1.0.
//! Not done here: the attributes of the root: a schema for 1.1 is read as far as it goes.
//!
//! Conditional inclusion is of XML Schema 1.1 (Part 1, section 4.2.2 there), made so that one document can serve both versions:
//! `vc:minVersion="1.1"` hides an element from processors of 1.0.

use super::XS;
use super::simple::FACETS;
use super::values::tokens;
use crate::datatypes::builtin;
use crate::datatypes::decimal::Decimal;
use crate::document::{Document, Node};

const VC: &str = "http://www.w3.org/2007/XMLSchema-versioning";

/// Takes away what is for other processors.
pub fn select(document: &mut Document) {
    let conditional = |node: &Node| node.attributes.iter().any(|a| a.namespace == VC);
    document.retain(|node| !conditional(node) || admitted(node));
}

/// Whether a root element says that its document is for a version after 1.0.
pub(super) fn is_later(root: &Node) -> bool {
    let least = root.attributes.iter().find(|a| a.namespace == VC && a.name == "minVersion");
    least.is_some_and(|a| Decimal::parse(a.value.trim()) > Decimal::parse("1.0"))
}

fn admitted(node: &Node) -> bool {
    let ours = Decimal::parse("1.0");
    let name = |text: &str| super::expand(text, &node.bindings).filter(|n| &*n.uri == XS);
    let type_known =
        |text: &str| name(text).is_some_and(|n| &*n.local == "anyType" || builtin::ALL.iter().any(|b| builtin::name(*b) == &*n.local));
    let facet_known = |text: &str| name(text).is_some_and(|n| FACETS.contains(&&*n.local));
    node.attributes.iter().filter(|a| a.namespace == VC).all(|a| match a.name.as_str() {
        "minVersion" => Decimal::parse(a.value.trim()) <= ours,
        "maxVersion" => Decimal::parse(a.value.trim()).is_none_or(|max| ours < Some(max)),
        "typeAvailable" => tokens(&a.value).all(type_known),
        "typeUnavailable" => !tokens(&a.value).all(type_known),
        "facetAvailable" => tokens(&a.value).all(facet_known),
        "facetUnavailable" => !tokens(&a.value).all(facet_known),
        _ => true,
    })
}
