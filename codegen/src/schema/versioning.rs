//! Removes the parts of a schema document that its `vc:` attributes hide from a processor of XML Schema 1.0.
//!
//! Conditional inclusion is a feature of XML Schema 1.1 (Part 1, section 4.2.2 there), which allows one document to serve both versions:
//! `vc:minVersion="1.1"` hides an element from processors of 1.0. The attributes of the root element are ignored here, so a schema for 1.1 is read
//! as far as possible.

use super::XS;
use super::values::tokens;
use crate::codes;
use crate::datatypes::decimal::Decimal;
use crate::datatypes::{FacetKind, builtin};
use crate::diagnostic::{Diagnostic, Diagnostics, Severity};
use crate::document::{Attribute, Document, Node};

const VC: &str = "http://www.w3.org/2007/XMLSchema-versioning";

/// Removes the elements that are for other processors, with a warning for each.
pub fn select(document: &mut Document, problems: &mut Diagnostics) {
    if !document.nodes().any(|node| node.attributes.iter().any(|a| a.namespace == VC)) {
        return;
    }
    for id in document.retain(|node| hidden(node).is_none()) {
        let Some((node, attribute)) = document.node(id).and_then(|node| Some((node, hidden(node)?))) else { continue };
        let condition = format!("vc:{}=\"{}\"", attribute.name, attribute.value);
        let message = format!("`{}` is left out: `{condition}` keeps it from processors of XML Schema 1.0", node.name);
        let help = "nothing is wrong: what remains is read as a schema of version 1.0";
        problems.push(Diagnostic::new(Severity::Warning, codes::X0904, node.span.clone(), message).with_help(help));
    }
}

/// Returns whether a root element says that its document is for a version later than 1.0.
pub(super) fn is_later(root: &Node) -> bool {
    let least = root.attributes.iter().find(|a| a.namespace == VC && a.name == "minVersion");
    least.is_some_and(|a| Decimal::parse(a.value.trim()) > Decimal::parse("1.0"))
}

/// Returns the `vc:` attribute whose condition a processor of version 1.0 does not meet.
fn hidden(node: &Node) -> Option<&Attribute> {
    let ours = Decimal::parse("1.0");
    let name = |text: &str| super::expand(text, &node.bindings).filter(|n| &*n.uri == XS);
    let type_known =
        |text: &str| name(text).is_some_and(|n| &*n.local == "anyType" || builtin::ALL.iter().any(|b| builtin::name(*b) == &*n.local));
    let facet_known = |text: &str| name(text).is_some_and(|n| FacetKind::from_name(&n.local).is_some());
    node.attributes.iter().filter(|a| a.namespace == VC).find(|a| !match a.name.as_str() {
        "minVersion" => Decimal::parse(a.value.trim()) <= ours,
        "maxVersion" => Decimal::parse(a.value.trim()).is_none_or(|max| ours < Some(max)),
        "typeAvailable" => tokens(&a.value).all(type_known),
        "typeUnavailable" => !tokens(&a.value).all(type_known),
        "facetAvailable" => tokens(&a.value).all(facet_known),
        "facetUnavailable" => !tokens(&a.value).all(facet_known),
        _ => true,
    })
}
