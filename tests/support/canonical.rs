//! Compares two XML documents and returns their differences, one line with its path for each, except at places where they may differ. An
//! allowance that is not needed is also a difference. Comments, prefixes, layout and the XML declaration are ignored.

use std::collections::BTreeMap;

const XSI: &str = "http://www.w3.org/2001/XMLSchema-instance";
const XML_SPACE: [char; 4] = [' ', '\t', '\r', '\n'];

/// The places where the left document may differ from the right one. Paths are local names from the root, such as `message/header`.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Allowed {
    /// Elements whose children may have another order.
    pub(crate) reordered: &'static [&'static str],
    /// Attributes that only the left document has, such as `message/@schemaLocation`.
    pub(crate) left_only: &'static [&'static str],
}

/// Returns the differences between the two documents, except for prefixes and layout.
pub(crate) fn differences(left: &str, right: &str, allowed: Allowed) -> Result<Vec<String>, roxmltree::Error> {
    let (left, right) = (roxmltree::Document::parse(left)?, roxmltree::Document::parse(right)?);
    let (left, right) = (Element::of(left.root_element()), Element::of(right.root_element()));
    let mut comparison = Comparison { allowed, needed: Vec::new(), found: Vec::new() };
    comparison.elements(local(&left.name), left.clone(), right);
    for path in allowed.reordered.iter().chain(allowed.left_only) {
        if !comparison.needed.iter().any(|needed| needed == path) {
            comparison.found.push(format!("{path}: the documents agree here, the allowance is stale"));
        }
    }
    Ok(comparison.found)
}

/// An element in the form that is compared: names are expanded, attributes sorted, and its own text is trimmed.
#[derive(Debug, Clone)]
struct Element {
    name: String,
    attributes: BTreeMap<String, String>,
    text: String,
    children: Vec<Element>,
}

impl Element {
    fn of(node: roxmltree::Node<'_, '_>) -> Self {
        let attributes = node.attributes().map(|attribute| {
            let is_type = attribute.namespace() == Some(XSI) && attribute.name() == "type";
            let value = if is_type { type_name(node, attribute.value()) } else { attribute.value().to_owned() };
            (expanded(attribute.namespace(), attribute.name()), value)
        });
        let text: String = node.children().filter(|child| child.is_text()).filter_map(|child| child.text()).collect();
        Self {
            name: expanded(node.tag_name().namespace(), node.tag_name().name()),
            attributes: attributes.collect(),
            text: text.trim_matches(XML_SPACE).to_owned(),
            children: node.children().filter(roxmltree::Node::is_element).map(Self::of).collect(),
        }
    }

    fn child_names(&self) -> Vec<&str> {
        self.children.iter().map(|child| child.name.as_str()).collect()
    }
}

/// Returns the value of `xsi:type`, expanded if its prefix is declared, otherwise unchanged (`java:...`).
fn type_name(node: roxmltree::Node<'_, '_>, value: &str) -> String {
    let value = value.trim_matches(XML_SPACE);
    let bound = value.split_once(':').and_then(|(prefix, name)| Some((node.lookup_namespace_uri(Some(prefix))?, name)));
    match bound {
        Some((uri, name)) => expanded(Some(uri), name),
        None => value.to_owned(),
    }
}

fn expanded(namespace: Option<&str>, name: &str) -> String {
    match namespace {
        Some(uri) => format!("{{{uri}}}{name}"),
        None => name.to_owned(),
    }
}

fn local(name: &str) -> &str {
    name.rsplit('}').next().unwrap_or(name)
}

struct Comparison {
    allowed: Allowed,
    needed: Vec<String>,
    found: Vec<String>,
}

impl Comparison {
    fn elements(&mut self, path: &str, mut left: Element, mut right: Element) {
        if left.name != right.name {
            self.found.push(format!("{path}: {} is not {}", left.name, right.name));
            return;
        }
        if left.text != right.text {
            self.found.push(format!("{path}: text {:?} is not {:?}", left.text, right.text));
        }
        self.attributes(path, &left, &right);
        if left.child_names() != right.child_names() && self.allowed.reordered.contains(&path) {
            self.needed.push(path.to_owned());
            left.children.sort_by(|a, b| a.name.cmp(&b.name));
            right.children.sort_by(|a, b| a.name.cmp(&b.name));
        }
        if left.child_names() != right.child_names() {
            self.found.push(format!("{path}: children {:?} are not {:?}", left.child_names(), right.child_names()));
            return;
        }
        for (left, right) in left.children.into_iter().zip(right.children) {
            let path = format!("{path}/{}", local(&left.name));
            self.elements(&path, left, right);
        }
    }

    fn attributes(&mut self, path: &str, left: &Element, right: &Element) {
        for (name, value) in &left.attributes {
            let at = format!("{path}/@{}", local(name));
            match right.attributes.get(name) {
                Some(other) if other == value => {}
                Some(other) => self.found.push(format!("{at}: {value:?} is not {other:?}")),
                None if self.allowed.left_only.contains(&at.as_str()) => self.needed.push(at),
                None => self.found.push(format!("{at}: only on the left")),
            }
        }
        for name in right.attributes.keys().filter(|name| !left.attributes.contains_key(*name)) {
            self.found.push(format!("{path}/@{}: only on the right", local(name)));
        }
    }
}

mod tests {
    use super::{Allowed, differences};

    fn found(left: &str, right: &str, allowed: Allowed) -> Vec<String> {
        differences(left, right, allowed).expect("both documents are well-formed")
    }

    fn strict(left: &str, right: &str) -> Vec<String> {
        found(left, right, Allowed::default())
    }

    #[test]
    fn prefixes_layout_comments_and_attribute_order_are_ignored() {
        let left = r#"<?xml version="1.0"?><a:m xmlns:a="urn:a" x="1" y="2"><b> t&#65; </b><!-- c --><c/></a:m>"#;
        let right = "<z:m xmlns:z='urn:a' y='2' x='1'>\n  <b><![CDATA[tA]]></b>\n  <c></c>\n</z:m>";
        assert_eq!(strict(left, right), [""; 0]);
    }

    #[test]
    fn names_text_and_attributes_are_compared() {
        assert_eq!(strict("<m xmlns='urn:a'/>", "<m/>"), ["m: {urn:a}m is not m"]);
        assert_eq!(strict("<m><a>1</a></m>", "<m><a>01</a></m>"), [r#"m/a: text "1" is not "01""#]);
        assert_eq!(strict("<m a='1'/>", "<m a='2' b='1'/>"), [r#"m/@a: "1" is not "2""#, "m/@b: only on the right"]);
        assert_eq!(strict("<m><a/></m>", "<m><a/><a/></m>"), [r#"m: children ["a"] are not ["a", "a"]"#]);
    }

    #[test]
    fn a_no_break_space_is_text() {
        assert_eq!(strict("<m>\u{a0}<a/></m>", "<m><a/></m>"), ["m: text \"\\u{a0}\" is not \"\""]);
    }

    #[test]
    fn order_is_compared_unless_it_may_differ() {
        let (left, right) = ("<m><s><b>2</b><a>1</a></s></m>", "<m><s><a>1</a><b>2</b></s></m>");
        assert_eq!(strict(left, right).len(), 1);
        let allowed = Allowed { reordered: &["m/s"], ..Allowed::default() };
        assert_eq!(found(left, right, allowed), [""; 0]);
        assert_eq!(found(left, &right.replace('2', "3"), allowed), [r#"m/s/b: text "2" is not "3""#]);
    }

    #[test]
    fn an_unused_allowance_is_reported() {
        let allowed = Allowed { reordered: &["m/s"], left_only: &["m/@hint"] };
        let stale = found("<m><s/></m>", "<m><s/></m>", allowed);
        assert_eq!(stale.len(), 2, "{stale:?}");
        assert_eq!(found("<m hint=''><s><a/><b/></s></m>", "<m><s><b/><a/></s></m>", allowed), [""; 0]);
    }

    #[test]
    fn xsi_type_is_a_name_if_its_prefix_is_declared() {
        let typed = |prefix: &str, name: &str| {
            format!("<m xmlns:{prefix}='urn:t' xmlns:x='http://www.w3.org/2001/XMLSchema-instance' x:type='{name}'/>")
        };
        assert_eq!(strict(&typed("p", " p:t "), &typed("q", "q:t")), [""; 0]);
        assert_eq!(strict(&typed("p", "java:t"), &typed("q", "java:t")), [""; 0]);
        assert_eq!(strict(&typed("p", "p:t"), &typed("q", "java:t")).len(), 1);
    }
}
