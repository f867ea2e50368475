//! Writes a schema document that declares the missing components of a namespace, as permissively as their uses allow. That document is then read
//! like any other.

use std::fmt::Write;

use super::{Kind, Missing, Role};
use crate::schema::XS;

/// A content model that accepts any elements.
const ANY: &str = "<sequence><any processContents=\"lax\" minOccurs=\"0\" maxOccurs=\"unbounded\"/></sequence>";
/// The content model of a stand-in base type. It uses `skip` so that a restriction may have any `processContents`.
const BASE: &str = "<sequence><any processContents=\"skip\" minOccurs=\"0\" maxOccurs=\"unbounded\"/></sequence>";
const ANY_ATTRIBUTE: &str = "<anyAttribute processContents=\"skip\"/>";

/// Returns the text of the schema document.
pub(super) fn document(namespace: &str, missing: &Missing) -> String {
    let mut out = format!("<schema xmlns=\"{XS}\"");
    if !namespace.is_empty() {
        let escaped = namespace.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;");
        let _ = write!(out, " targetNamespace=\"{escaped}\" elementFormDefault=\"qualified\"");
    }
    out.push('>');
    for ((kind, name), (role, _)) in missing {
        // An invalid name is reported at its reference.
        if crate::datatypes::names::is_ncname(name) {
            out.push('\n');
            component(*kind, name, *role, &mut out);
        }
    }
    out.push_str("\n</schema>\n");
    out
}

fn component(kind: Kind, name: &str, role: Role, out: &mut String) {
    let docs = |what: &str| {
        let text = format!("Stands in for the {what} \"{name}\", whose schema document was not read.");
        format!("<annotation><documentation>{text}</documentation></annotation>")
    };
    let _ = match kind {
        Kind::Element => write!(out, "<element name=\"{name}\" type=\"anyType\">{}</element>", docs("element")),
        Kind::Attribute => write!(out, "<attribute name=\"{name}\">{}</attribute>", docs("attribute")),
        Kind::Group => write!(out, "<group name=\"{name}\">{}{ANY}</group>", docs("group")),
        Kind::AttributeGroup => write!(out, "<attributeGroup name=\"{name}\">{}{ANY_ATTRIBUTE}</attributeGroup>", docs("attribute group")),
        Kind::Type if role.simple => {
            write!(out, "<simpleType name=\"{name}\">{}<restriction base=\"string\"/></simpleType>", docs("type"))
        }
        Kind::Type if role.text => {
            let content = format!("<simpleContent><extension base=\"string\">{ANY_ATTRIBUTE}</extension></simpleContent>");
            write!(out, "<complexType name=\"{name}\">{}{content}</complexType>", docs("type"))
        }
        Kind::Type => {
            let (mixed, content) = (role.mixed || !role.base, if role.base { BASE } else { ANY });
            write!(out, "<complexType name=\"{name}\" mixed=\"{mixed}\">{}{content}{ANY_ATTRIBUTE}</complexType>", docs("type"))
        }
    };
}
