//! Changes of schemas that add something.

use roxmltree::{Document, Node};

use super::neutral::{Mutation, XS};
use super::random::Random;
use super::set::Files;

/// All growing changes, by name.
pub(crate) const GROWING: &[(&str, Mutation)] = &[
    ("element", element),
    ("alternative", alternative),
    ("attribute", attribute),
    ("value", value),
    ("type", ty),
    ("derived type", derived),
    ("global element", global),
    ("group", group),
    ("substitution", substitution),
    ("document", document),
];

fn is(node: &Node<'_, '_>, name: &str) -> bool {
    node.tag_name().name() == name && node.tag_name().namespace() == Some(XS)
}

fn all<'a, 'i>(document: &'a Document<'i>, name: &str) -> Vec<Node<'a, 'i>> {
    document.descendants().filter(|node| is(node, name)).collect()
}

/// Returns the prefix of XML Schema with its colon.
fn xs(document: &Document<'_>) -> String {
    let root = document.root_element();
    let prefix = root.namespaces().find(|ns| ns.uri() == XS).and_then(|ns| ns.name());
    prefix.map_or(String::new(), |prefix| format!("{prefix}:"))
}

/// Returns the prefix of the target namespace with its colon.
fn own(document: &Document<'_>) -> Option<String> {
    let root = document.root_element();
    let target = root.attribute("targetNamespace").unwrap_or_default();
    if target.is_empty() {
        return root.default_namespace().is_none().then(String::new);
    }
    let found = root.namespaces().find(|ns| ns.uri() == target)?;
    Some(found.name().map_or(String::new(), |prefix| format!("{prefix}:")))
}

/// Returns a new name that is similar to a name of the document, or to a name that the generator adds.
fn name(document: &Document<'_>, random: &mut Random) -> String {
    let known: Vec<&str> = document.descendants().filter_map(|node| node.attribute("name")).collect();
    let added = ["choice", "content", "any", "anyAttributes", "value", "Other", "text", "type", "keyword"];
    let base = match random.below(4) {
        0 => random.of(&added).copied(),
        _ => random.of(&known).copied(),
    };
    let base = base.unwrap_or("added");
    match random.below(7) {
        0 => format!("{base}Type"),
        1 => base.strip_suffix("Type").filter(|short| !short.is_empty()).map_or_else(|| format!("Any{base}"), str::to_owned),
        2 => format!("{base}_{}", random.below(9)),
        3 => base.to_lowercase(),
        4 => {
            let mut chars = base.chars();
            let first = chars.next().map(|c| if c.is_lowercase() { c.to_ascii_uppercase() } else { c.to_ascii_lowercase() });
            first.into_iter().chain(chars).collect()
        }
        5 => format!("{base}Element"),
        _ => format!("added{}", random.below(1000)),
    }
}

/// Inserts a text at a child of a node, or at its end. `None` if the node has no children.
fn insert(document: &Document<'_>, node: &Node<'_, '_>, before: Option<&Node<'_, '_>>, new: &str) -> Option<String> {
    let text = document.input_text();
    let at = match before {
        Some(child) => child.range().start,
        None => node.range().start + text.get(node.range())?.rfind("</")?,
    };
    let (start, end) = text.split_at(at);
    Some(format!("{start}{new}{end}"))
}

/// Returns a declaration of an optional element.
fn declaration(document: &Document<'_>, random: &mut Random, occurs: &str) -> String {
    let (xs, name) = (xs(document), name(document, random));
    match random.below(3) {
        0 => format!("<{xs}element name=\"{name}\" type=\"{xs}int\" {occurs}/>"),
        1 => format!("<{xs}element name=\"{name}\" type=\"{xs}string\" {occurs}/>"),
        _ => format!("<{xs}element name=\"{name}\" {occurs}><{xs}complexType><{xs}attribute name=\"x\"/></{xs}complexType></{xs}element>"),
    }
}

fn into(files: &mut Files, file: &str, random: &mut Random, parent: &str, new: impl Fn(&Document<'_>, &mut Random) -> String) -> bool {
    files.edit(file, |document| {
        let parents = all(document, parent);
        let node = random.of(&parents)?;
        let children: Vec<Node<'_, '_>> = node.children().filter(|child| child.is_element() && !is(child, "annotation")).collect();
        let new = new(document, random);
        let at = random.below(children.len() + 1);
        insert(document, node, children.get(at), &new)
    })
}

fn element(files: &mut Files, file: &str, random: &mut Random) -> bool {
    into(files, file, random, "sequence", |document, random| declaration(document, random, "minOccurs=\"0\""))
}

fn alternative(files: &mut Files, file: &str, random: &mut Random) -> bool {
    into(files, file, random, "choice", |document, random| declaration(document, random, ""))
}

fn group(files: &mut Files, file: &str, random: &mut Random) -> bool {
    into(files, file, random, "sequence", |document, random| {
        let (xs, one, two) = (xs(document), declaration(document, random, ""), declaration(document, random, ""));
        match random.below(2) {
            0 => format!("<{xs}choice minOccurs=\"0\">{one}{two}</{xs}choice>"),
            _ => format!("<{xs}sequence minOccurs=\"0\" maxOccurs=\"unbounded\">{one}{two}</{xs}sequence>"),
        }
    })
}

fn attribute(files: &mut Files, file: &str, random: &mut Random) -> bool {
    files.edit(file, |document| {
        let content = |node: &Node<'_, '_>| {
            node.children().any(|child| ["complexContent", "simpleContent", "anyAttribute"].iter().any(|name| is(&child, name)))
        };
        let types: Vec<Node<'_, '_>> = all(document, "complexType").into_iter().filter(|node| !content(node)).collect();
        let node = random.of(&types)?;
        let (xs, name) = (xs(document), name(document, random));
        insert(document, node, None, &format!("<{xs}attribute name=\"{name}\" type=\"{xs}string\"/>"))
    })
}

fn value(files: &mut Files, file: &str, random: &mut Random) -> bool {
    files.edit(file, |document| {
        let values = all(document, "enumeration");
        let node = random.of(&values)?;
        let old = node.attribute("value")?;
        let new = match random.below(6) {
            0 => old.to_lowercase(),
            1 => old.to_uppercase(),
            2 => old.replace('-', "+"),
            3 => format!("{old} 2"),
            4 => "OTHER".to_owned(),
            _ => format!("{old}_"),
        };
        let quoted = new.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;");
        let xs = xs(document);
        insert(document, &node.parent()?, Some(node), &format!("<{xs}enumeration value=\"{quoted}\"/>"))
    })
}

/// Adds a global component at the end.
fn add(files: &mut Files, file: &str, new: impl FnOnce(&Document<'_>) -> Option<String>) -> bool {
    files.edit(file, |document| {
        let new = new(document)?;
        insert(document, &document.root_element(), None, &new)
    })
}

fn ty(files: &mut Files, file: &str, random: &mut Random) -> bool {
    add(files, file, |document| {
        let (xs, name) = (xs(document), name(document, random));
        Some(match random.below(3) {
            0 => format!(
                "<{xs}simpleType name=\"{name}\"><{xs}restriction base=\"{xs}string\"><{xs}maxLength value=\"9\"/></{xs}restriction></{xs}simpleType>"
            ),
            1 => format!(
                "<{xs}simpleType name=\"{name}\"><{xs}restriction base=\"{xs}string\"><{xs}enumeration value=\"A\"/></{xs}restriction></{xs}simpleType>"
            ),
            _ => {
                let element = declaration(document, random, "");
                format!("<{xs}complexType name=\"{name}\"><{xs}sequence>{element}</{xs}sequence></{xs}complexType>")
            }
        })
    })
}

fn derived(files: &mut Files, file: &str, random: &mut Random) -> bool {
    add(files, file, |document| {
        let types: Vec<Node<'_, '_>> = all(document, "complexType").into_iter().filter(|node| node.attribute("name").is_some()).collect();
        let base = random.of(&types)?.attribute("name")?;
        let (xs, own, name, element) = (xs(document), own(document)?, name(document, random), declaration(document, random, ""));
        Some(format!(
            "<{xs}complexType name=\"{name}\"><{xs}complexContent><{xs}extension base=\"{own}{base}\"><{xs}sequence>{element}</{xs}sequence></{xs}extension></{xs}complexContent></{xs}complexType>"
        ))
    })
}

fn global(files: &mut Files, file: &str, random: &mut Random) -> bool {
    add(files, file, |document| Some(declaration(document, random, "")))
}

fn substitution(files: &mut Files, file: &str, random: &mut Random) -> bool {
    add(files, file, |document| {
        let root = document.root_element();
        let heads: Vec<Node<'_, '_>> = root.children().filter(|node| is(node, "element") && node.attribute("type").is_some()).collect();
        let head = random.of(&heads)?.attribute("name")?;
        let (xs, own, name) = (xs(document), own(document)?, name(document, random));
        Some(format!("<{xs}element name=\"{name}\" substitutionGroup=\"{own}{head}\"/>"))
    })
}

/// Documents a component that has no documentation.
fn document(files: &mut Files, file: &str, random: &mut Random) -> bool {
    files.edit(file, |document| {
        let plain = |node: &Node<'_, '_>| {
            (is(node, "complexType") || is(node, "sequence")) && node.first_element_child().is_some_and(|child| !is(&child, "annotation"))
        };
        let nodes: Vec<Node<'_, '_>> = document.descendants().filter(plain).collect();
        let node = random.of(&nodes)?;
        let xs = xs(document);
        let child = node.first_element_child()?;
        insert(
            document,
            node,
            Some(&child),
            &format!("<{xs}annotation><{xs}documentation>More words.</{xs}documentation></{xs}annotation>"),
        )
    })
}
