//! Checks the elements and attributes of a schema document against the schema for schemas (Part 1, appendix A).

use std::cell::LazyCell;

use super::values::{tokens, trim};
use super::{XML, XS};
use crate::codes;
use crate::datatypes::facet::{Constraint, FacetKind, WhiteSpace};
use crate::datatypes::{self, names};
use crate::diagnostic::{Diagnostic, Diagnostics, Severity};
use crate::document::{Document, Node, NodeId};
use crate::spelling::nearest;

/// The correction of a misspelled name, which keeps one mistake from causing several errors.
#[derive(Debug, Clone)]
pub struct Correction {
    node: NodeId,
    /// The misspelled attribute; `None` if the element name is misspelled.
    attribute: Option<String>,
    name: &'static str,
}

/// Checks a whole document, and corrects the names that it reports as misspelled.
pub fn check(document: &mut Document, problems: &mut Diagnostics) {
    for Correction { node, attribute, name } in corrections(document, problems) {
        document.rename(node, attribute.as_deref(), name);
    }
}

fn corrections(document: &Document, problems: &mut Diagnostics) -> Vec<Correction> {
    let mut corrections = Vec::new();
    let mut ids = std::collections::HashSet::new();
    let mut todo = vec![(document.root(), "schema")];
    while let Some((id, kind)) = todo.pop() {
        let Some(node) = document.node(id) else { continue };
        let mut checker = Checker { id, node, kind, problems, corrections: &mut corrections };
        checker.attributes();
        checker.identifier(&mut ids);
        if matches!(kind, "appinfo" | "documentation") {
            continue;
        }
        if node.has_text() {
            let message = format!("`{}` cannot hold text (s4s-elt-character)", node.name);
            let problem = Diagnostic::error(codes::X0105, node.span.clone(), message);
            checker.problems.push(problem.with_help("move the text into `<annotation><documentation>`, or make it a comment"));
        }
        let children: Vec<(NodeId, &Node)> = document.children(node).collect();
        let below = checker.children(&children);
        todo.extend(below.into_iter().rev());
    }
    corrections
}

struct Checker<'a, 'b> {
    id: NodeId,
    node: &'a Node,
    kind: &'static str,
    problems: &'b mut Diagnostics,
    corrections: &'b mut Vec<Correction>,
}

/// A step of a content model: a set of element names and how many children with these names may occur.
struct Step {
    names: &'static [&'static str],
    min: usize,
    max: usize,
}

const MANY: usize = usize::MAX;
const ANNOTATION: Step = Step { names: &["annotation"], min: 0, max: 1 };
const ATTRIBUTES: Step = Step { names: &["attribute", "attributeGroup"], min: 0, max: MANY };
const ANY_ATTRIBUTE: Step = Step { names: &["anyAttribute"], min: 0, max: 1 };
const SIMPLE: Step = Step { names: &["simpleType"], min: 0, max: 1 };
const FACET_STEP: Step = many(FacetKind::NAMES);
const GROUPS: &[&str] = &["group", "all", "choice", "sequence"];
const PARTICLES: Step = Step { names: &["element", "group", "choice", "sequence", "any"], min: 0, max: MANY };

const fn one(names: &'static [&'static str]) -> Step {
    Step { names, min: 1, max: 1 }
}

const fn optional(names: &'static [&'static str]) -> Step {
    Step { names, min: 0, max: 1 }
}

const fn many(names: &'static [&'static str]) -> Step {
    Step { names, min: 0, max: MANY }
}

/// Returns the content model of a kind of element. A kind is an element name, prefixed by a word if one name has several content models.
fn model(kind: &str) -> &'static [Step] {
    const GLOBALS: &[&str] = &["simpleType", "complexType", "group", "attributeGroup", "element", "attribute", "notation", "annotation"];
    match kind {
        "schema" => &[const { many(&["include", "import", "redefine", "annotation"]) }, const { many(GLOBALS) }],
        "redefine" => &[const { many(&["annotation", "simpleType", "complexType", "group", "attributeGroup"]) }],
        "element" | "local element" | "all element" => {
            &[ANNOTATION, const { optional(&["simpleType", "complexType"]) }, const { many(&["unique", "key", "keyref"]) }]
        }
        "attribute" | "local attribute" => &[ANNOTATION, SIMPLE],
        "complexType" | "local complexType" => {
            const CONTENT: Step = optional(&["simpleContent", "complexContent", "group", "all", "choice", "sequence"]);
            &[ANNOTATION, CONTENT, ATTRIBUTES, ANY_ATTRIBUTE]
        }
        "simpleContent" | "complexContent" => &[ANNOTATION, const { one(&["restriction", "extension"]) }],
        "complex restriction" | "complex extension" => &[ANNOTATION, const { optional(GROUPS) }, ATTRIBUTES, ANY_ATTRIBUTE],
        "content restriction" => &[ANNOTATION, SIMPLE, FACET_STEP, ATTRIBUTES, ANY_ATTRIBUTE],
        "content extension" | "attributeGroup" => &[ANNOTATION, ATTRIBUTES, ANY_ATTRIBUTE],
        "simpleType" | "local simpleType" => &[ANNOTATION, const { one(&["restriction", "list", "union"]) }],
        "restriction" => &[ANNOTATION, SIMPLE, FACET_STEP],
        "list" => &[ANNOTATION, SIMPLE],
        "union" => &[ANNOTATION, const { many(&["simpleType"]) }],
        "group" => &[ANNOTATION, const { one(&["all", "choice", "sequence"]) }],
        "sequence" | "choice" | "named sequence" | "named choice" => &[ANNOTATION, PARTICLES],
        "all" | "named all" => &[ANNOTATION, const { many(&["element"]) }],
        "unique" | "key" | "keyref" => &[ANNOTATION, const { one(&["selector"]) }, const { Step { names: &["field"], min: 1, max: MANY } }],
        "annotation" => &[const { many(&["appinfo", "documentation"]) }],
        // Applies to include, import, notation, any, anyAttribute, selector, field, facets, and references to groups.
        _ => &[ANNOTATION],
    }
}

/// Returns the kind of a child element within a parent of the given kind.
fn kind_of(parent: &str, child: &str) -> &'static str {
    let global = matches!(parent, "schema" | "redefine");
    match child {
        "element" if parent.ends_with("all") => "all element",
        "element" if !global => "local element",
        "attribute" if !global => "local attribute",
        "complexType" if !global => "local complexType",
        "simpleType" if !global => "local simpleType",
        "group" if !global => "group reference",
        "attributeGroup" if !global => "attributeGroup reference",
        "restriction" | "extension" => derivation_kind(parent, child),
        "sequence" | "choice" | "all" if parent == "group" => match child {
            "sequence" => "named sequence",
            "choice" => "named choice",
            _ => "named all",
        },
        _ => KINDS.iter().chain(FacetKind::NAMES).find(|k| **k == child).copied().unwrap_or("annotation"),
    }
}

fn derivation_kind(parent: &str, child: &str) -> &'static str {
    match (parent, child) {
        ("complexContent", "restriction") => "complex restriction",
        ("complexContent", _) => "complex extension",
        ("simpleContent", "restriction") => "content restriction",
        ("simpleContent", _) => "content extension",
        _ => "restriction",
    }
}

/// The names of all elements except facets, `restriction` and `extension`.
const KINDS: &[&str] = &[
    "schema",
    "include",
    "import",
    "redefine",
    "annotation",
    "element",
    "attribute",
    "complexType",
    "simpleType",
    "group",
    "attributeGroup",
    "notation",
    "sequence",
    "choice",
    "all",
    "any",
    "anyAttribute",
    "simpleContent",
    "complexContent",
    "list",
    "union",
    "unique",
    "key",
    "keyref",
    "selector",
    "field",
    "appinfo",
    "documentation",
];

/// The elements that XML Schema 1.1 adds.
const LATER: &[&str] = &["assert", "assertion", "alternative", "openContent", "defaultOpenContent", "override", "explicitTimezone"];

/// The attributes that XML Schema 1.1 adds.
const LATER_ATTRIBUTES: &[&str] =
    &["defaultAttributes", "defaultAttributesApply", "xpathDefaultNamespace", "notNamespace", "notQName", "inheritable", "appliesToEmpty"];

impl<'a> Checker<'a, '_> {
    /// Matches the children against the content model, and returns the children to check next, with their kinds.
    fn children(&mut self, children: &[(NodeId, &'a Node)]) -> Vec<(NodeId, &'static str)> {
        let mut below = Vec::new();
        let (mut steps, mut count) = (model(self.kind), 0);
        for (id, child) in children {
            if *child.namespace != *XS {
                self.unexpected(child, steps);
                continue;
            }
            if LATER.contains(&child.name.as_str()) {
                self.later(child);
                continue;
            }
            let Some(name) = self.meant(*id, child) else { continue };
            // Skips satisfied steps until one of them accepts the child.
            while let Some((step, rest)) = steps.split_first() {
                if step.names.contains(&name) && count < step.max {
                    break;
                }
                if count < step.min {
                    break;
                }
                (steps, count) = (rest, 0);
            }
            match steps.first() {
                Some(step) if step.names.contains(&name) => count += 1,
                _ => self.unexpected(child, model(self.kind)),
            }
            below.push((*id, kind_of(self.kind, name)));
            if self.kind.ends_with("complexType") && name.ends_with("Content") {
                (steps, count) = (&[], 0);
            }
        }
        if self.refers() {
            return below;
        }
        if let Some(step) = steps.iter().enumerate().find(|(n, s)| if *n == 0 { count < s.min } else { s.min > 0 }).map(|(_, s)| s) {
            let message = format!("`{}` needs {} within it (s4s-elt-must-match)", self.node.name, list(step.names));
            let help = format!("the order is: {}", order(model(self.kind)));
            self.problems.push(Diagnostic::error(codes::X0101, self.node.span.clone(), message).with_help(help));
        }
        below
    }

    /// Returns the name of a child, or the name that it is a misspelling of. Returns `None` if it is neither.
    fn meant<'n>(&mut self, id: NodeId, child: &'n Node) -> Option<&'n str> {
        let is_known = KINDS.contains(&child.name.as_str()) || FacetKind::from_name(&child.name).is_some();
        if is_known || matches!(child.name.as_str(), "restriction" | "extension") {
            return Some(&child.name);
        }
        self.unexpected(child, model(self.kind));
        let known = model(self.kind).iter().flat_map(|step| step.names.iter().copied());
        let name = nearest(&child.name, known)?;
        self.corrections.push(Correction { node: id, attribute: None, name });
        Some(name)
    }

    fn unexpected(&mut self, child: &Node, steps: &[Step]) {
        let known: Vec<&str> = steps.iter().flat_map(|s| s.names.iter().copied()).collect();
        let message = if known.contains(&child.name.as_str()) && *child.namespace == *XS {
            format!("`{}` cannot stand here in `{}`: too many, or in the wrong order (s4s-elt-must-match)", child.name, self.node.name)
        } else {
            format!("`{}` is not allowed in `{}` (s4s-elt-must-match)", child.name, self.node.name)
        };
        let problem = Diagnostic::error(codes::X0101, child.span.clone(), message);
        let near = if known.contains(&child.name.as_str()) { None } else { nearest(&child.name, known.iter().copied()) };
        self.problems.push(problem.with_help(match near {
            _ if *child.namespace != *XS => {
                "only elements of XML Schema can stand here; others belong into `<annotation><appinfo>`".to_owned()
            }
            Some(near) => format!("did you mean `{near}`?"),
            None if known.contains(&child.name.as_str()) => format!("the order is: {}", order(steps)),
            None => format!("allowed here: {}", list(&known)),
        }));
    }

    /// Returns whether this is an identity constraint of XML Schema 1.1 that refers to another one by `ref`. Such a constraint has no selector or
    /// fields.
    fn refers(&self) -> bool {
        let has = |name| self.node.attribute(name).is_some();
        matches!(self.kind, "unique" | "key" | "keyref") && has("ref") && !has("name") && !has("refer")
    }

    fn later(&mut self, child: &Node) {
        let message = format!("`{}` belongs to XML Schema 1.1, which is not supported", child.name);
        let help = "remove it, or keep it from processors of 1.0 by `vc:minVersion=\"1.1\"`";
        self.problems.push(Diagnostic::new(Severity::Unsupported, codes::X0901, child.span.clone(), message).with_help(help));
    }

    /// Reports an `id` that is not unique in the document.
    fn identifier(&mut self, ids: &mut std::collections::HashSet<&'a str>) {
        if let Some(id) = self.node.attribute("id")
            && !ids.insert(trim(id))
        {
            let message = format!("the id `{}` appears twice in this document", trim(id));
            let problem = Diagnostic::error(codes::X0106, self.node.span.clone(), message).violating("cvc-id.2").on("id");
            self.problems.push(problem.with_help("give one of the two another `id`, or none"));
        }
    }

    fn attributes(&mut self) {
        let rules = attributes(self.kind);
        let node = self.node;
        let absent = LazyCell::new(|| -> Vec<&'static str> {
            rules.iter().map(|(name, _)| *name).filter(|name| node.attribute(name).is_none()).collect()
        });
        for attribute in &self.node.attributes {
            if *attribute.namespace == *XS {
                let message = format!("the attribute `{}` must not be in the XML Schema namespace (s4s-att-not-allowed)", attribute.name);
                let problem = Diagnostic::error(codes::X0102, self.node.span.clone(), message);
                self.problems.push(problem.with_help("attributes of schema elements have no prefix: take it away"));
            }
            if !attribute.namespace.is_empty() {
                if attribute.namespace == XML
                    && attribute.name == "lang"
                    && !attribute.value.is_empty()
                    && !Rule::Language.admits(&attribute.value)
                {
                    let message = format!("`{}` is no valid value of `xml:lang` (s4s-att-invalid-value)", attribute.value);
                    let problem = Diagnostic::error(codes::X0103, self.node.span.clone(), message).on("xml:lang");
                    self.problems.push(problem.with_help("write a language code, as `en` or `de-CH`"));
                }
                continue;
            }
            let rule = rules.iter().find(|(name, _)| *name == attribute.name).map(|(_, rule)| *rule);
            let rule = rule.or((attribute.name == "id").then_some(Rule::NcName));
            match rule {
                None => self.unknown_attribute(&attribute.name, rules, &absent),
                Some(rule) if !rule.admits(&attribute.value) => {
                    let (value, name) = (&attribute.value, &attribute.name);
                    let message = format!("`{value}` is no valid value of `{name}` (s4s-att-invalid-value)");
                    let problem = Diagnostic::error(codes::X0103, self.node.span.clone(), message).on(name);
                    self.problems.push(problem.with_help(format!("write {}", rule.words())));
                }
                Some(_) => {}
            }
        }
        let refers = self.refers();
        for name in required(self.kind).iter().filter(|_| !refers) {
            let meant = |c: &Correction| c.node == self.id && c.attribute.is_some() && c.name == *name;
            if self.node.attribute(name).is_none() && !self.corrections.iter().any(meant) {
                let message = format!("`{}` needs the attribute `{name}` (s4s-att-must-appear)", self.node.name);
                let problem = Diagnostic::error(codes::X0104, self.node.span.clone(), message);
                self.problems.push(problem.with_help(format!("add `{name}=\"...\"`")));
            }
        }
    }

    fn unknown_attribute(&mut self, name: &str, rules: &[(&'static str, Rule)], absent: &[&'static str]) {
        let named_by = name == "ref" && self.refers();
        let local_target = name == "targetNamespace" && self.kind.contains(' ');
        if LATER_ATTRIBUTES.contains(&name) || local_target || named_by {
            let message = format!("the attribute `{name}` belongs to XML Schema 1.1, which is not supported");
            self.problems.push(
                Diagnostic::new(Severity::Unsupported, codes::X0901, self.node.span.clone(), message).on(name).with_help("remove it"),
            );
            return;
        }
        let message = format!("the attribute `{name}` is not allowed on this `{}` (s4s-att-not-allowed)", self.node.name);
        let problem = Diagnostic::error(codes::X0102, self.node.span.clone(), message).on_name(name);
        let near = nearest(name, absent.iter().copied());
        if let Some(near) = near {
            self.corrections.push(Correction { node: self.id, attribute: Some(name.to_owned()), name: near });
        }
        self.problems.push(match near {
            Some(near) => problem.with_help(format!("did you mean `{near}`?")),
            None if rules.is_empty() => problem.with_help(format!("`{}` has no attribute but `id`", self.node.name)),
            None => {
                let known: Vec<&str> = rules.iter().map(|(n, _)| *n).collect();
                problem.with_help(format!("allowed here: {}; and attributes of other namespaces", list(&known)))
            }
        });
    }
}

/// Returns the steps of a content model, in order, for a message.
fn order(steps: &[Step]) -> String {
    let step = |s: &Step| {
        let times = match (s.min, s.max) {
            (0, 1) => ", at most one",
            (1, 1) => ", exactly one",
            _ => "",
        };
        match s.names {
            [name] => format!("`{name}`{times}"),
            names => format!("{}{times}", names.iter().map(|n| format!("`{n}`")).collect::<Vec<_>>().join(" or ")),
        }
    };
    steps.iter().map(step).collect::<Vec<_>>().join("; then ")
}

fn list(names: &[&str]) -> String {
    let quoted: Vec<String> = names.iter().map(|n| format!("`{n}`")).collect();
    if quoted.is_empty() { "nothing".to_owned() } else { quoted.join(", ") }
}

/// Joins names as `a`, `b` or `c`.
fn any_of(names: &[&str]) -> String {
    match names {
        [first @ .., last] if !first.is_empty() => format!("{} or `{last}`", list(first)),
        _ => list(names),
    }
}

/// Returns the required attributes of a kind of element.
fn required(kind: &str) -> &'static [&'static str] {
    match kind {
        "element" | "attribute" | "complexType" | "simpleType" | "group" | "attributeGroup" | "notation" | "unique" | "key" => &["name"],
        "keyref" => &["name", "refer"],
        "include" | "redefine" => &["schemaLocation"],
        "group reference" | "attributeGroup reference" => &["ref"],
        "complex restriction" | "complex extension" | "content restriction" | "content extension" => &["base"],
        "selector" | "field" => &["xpath"],
        _ if FacetKind::from_name(kind).is_some() => &["value"],
        _ => &[],
    }
}

/// The type of an attribute in the schema for schemas.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Rule {
    Text,
    NcName,
    QName,
    QNames,
    Uri,
    Namespace,
    Boolean,
    Number,
    Positive,
    MaxOccurs,
    ZeroOrOne,
    One,
    Language,
    Namespaces,
    Token(&'static [&'static str]),
    Set(&'static [&'static str]),
}

impl Rule {
    fn admits(self, value: &str) -> bool {
        let value = trim(value);
        let whole = |v: &str| {
            let v = v.strip_prefix('+').unwrap_or(v);
            (!v.is_empty() && v.bytes().all(|b| b.is_ascii_digit()))
                || v.strip_prefix('-').is_some_and(|v| !v.is_empty() && v.bytes().all(|b| b == b'0'))
        };
        match self {
            Rule::Text => true,
            Rule::Uri => datatypes::is_any_uri(value),
            Rule::Namespace => !value.is_empty() && datatypes::is_any_uri(value),
            Rule::NcName => names::is_ncname(value),
            Rule::QName => names::is_qname(value),
            Rule::QNames => tokens(value).all(names::is_qname),
            Rule::Boolean => matches!(value, "true" | "false" | "1" | "0"),
            Rule::Number => whole(value),
            Rule::Positive => whole(value) && value.bytes().any(|b| matches!(b, b'1'..=b'9')),
            Rule::MaxOccurs => value == "unbounded" || whole(value),
            Rule::ZeroOrOne => matches!(value, "0" | "1"),
            Rule::One => value == "1",
            Rule::Language => names::is_language(value),
            Rule::Namespaces => {
                matches!(value, "##any" | "##other")
                    || tokens(value)
                        .all(|t| matches!(t, "##targetNamespace" | "##local") || (!t.starts_with("##") && datatypes::is_any_uri(t)))
            }
            Rule::Token(set) => set.contains(&value),
            Rule::Set(set) => value == "#all" || tokens(value).all(|t| set.contains(&t)),
        }
    }

    fn words(self) -> String {
        match self {
            Rule::Text => "text".to_owned(),
            Rule::Uri => "a URI".to_owned(),
            Rule::Namespace => "a URI that is not empty".to_owned(),
            Rule::NcName => {
                "a name of letters, digits, `_`, `-` and `.`, without space or colon, that does not begin with a digit".to_owned()
            }
            Rule::QName => "a qualified name".to_owned(),
            Rule::QNames => "a list of qualified names".to_owned(),
            Rule::Boolean => "`true` or `false`".to_owned(),
            Rule::Number => "a non-negative integer".to_owned(),
            Rule::Positive => "a positive integer".to_owned(),
            Rule::MaxOccurs => "a non-negative integer or `unbounded`".to_owned(),
            Rule::ZeroOrOne => "`0` or `1`".to_owned(),
            Rule::One => "`1`".to_owned(),
            Rule::Language => "a language code".to_owned(),
            Rule::Namespaces => "`##any`, `##other`, or a list of URIs, `##targetNamespace` and `##local`".to_owned(),
            Rule::Token(set) => any_of(set),
            Rule::Set(set) => format!("`#all` or a list of {}", list(set)),
        }
    }
}

const FORM: Rule = Rule::Token(&["qualified", "unqualified"]);
const COMPLEX_SET: Rule = Rule::Set(&["extension", "restriction"]);
const BLOCK_SET: Rule = Rule::Set(&["extension", "restriction", "substitution"]);
const PROCESS: Rule = Rule::Token(&["strict", "lax", "skip"]);
const MIN: (&str, Rule) = ("minOccurs", Rule::Number);
const MAX: (&str, Rule) = ("maxOccurs", Rule::MaxOccurs);
const NAME: (&str, Rule) = ("name", Rule::NcName);
const TYPE: (&str, Rule) = ("type", Rule::QName);
const FIXED: (&str, Rule) = ("fixed", Rule::Boolean);

/// Returns the attributes of a kind of element, except `id`.
fn attributes(kind: &str) -> &'static [(&'static str, Rule)] {
    match kind {
        "schema" => &[
            ("targetNamespace", Rule::Namespace),
            ("version", Rule::Text),
            ("finalDefault", Rule::Set(&["extension", "restriction", "list", "union"])),
            ("blockDefault", BLOCK_SET),
            ("attributeFormDefault", FORM),
            ("elementFormDefault", FORM),
        ],
        "include" | "redefine" => &[("schemaLocation", Rule::Uri)],
        "import" => &[("namespace", Rule::Uri), ("schemaLocation", Rule::Uri)],
        "element" | "local element" | "all element" | "attribute" | "local attribute" | "any" | "anyAttribute" => {
            declaration_attributes(kind)
        }
        "complexType" => &[NAME, ("mixed", Rule::Boolean), ("abstract", Rule::Boolean), ("final", COMPLEX_SET), ("block", COMPLEX_SET)],
        "local complexType" | "complexContent" => &[("mixed", Rule::Boolean)],
        "simpleType" => &[NAME, ("final", Rule::Set(&["list", "union", "restriction"]))],
        "restriction" | "complex restriction" | "complex extension" | "content restriction" | "content extension" => {
            &[("base", Rule::QName)]
        }
        "list" => &[("itemType", Rule::QName)],
        "union" => &[("memberTypes", Rule::QNames)],
        "group" | "attributeGroup" | "unique" | "key" => &[NAME],
        "keyref" => &[NAME, ("refer", Rule::QName)],
        "group reference" => &[("ref", Rule::QName), MIN, MAX],
        "attributeGroup reference" => &[("ref", Rule::QName)],
        "notation" => &[NAME, ("public", Rule::Text), ("system", Rule::Uri)],
        "sequence" | "choice" => &[MIN, MAX],
        "all" => &[("minOccurs", Rule::ZeroOrOne), ("maxOccurs", Rule::One)],
        "selector" | "field" => &[("xpath", Rule::Text)],
        "appinfo" => &[("source", Rule::Uri)],
        "documentation" => &[("source", Rule::Uri)],
        _ => FacetKind::from_name(kind).map_or(&[], |facet| facet_attributes(facet.constraint())),
    }
}

fn facet_attributes(constraint: Constraint) -> &'static [(&'static str, Rule)] {
    match constraint {
        Constraint::Pattern | Constraint::Enumeration => &[("value", Rule::Text)],
        Constraint::Bound(_) => &[("value", Rule::Text), FIXED],
        Constraint::WhiteSpace => &[("value", Rule::Token(&WhiteSpace::NAMES)), FIXED],
        Constraint::Count(measure, _) if measure.least() > 0 => &[("value", Rule::Positive), FIXED],
        Constraint::Count(..) => &[("value", Rule::Number), FIXED],
    }
}

fn declaration_attributes(kind: &str) -> &'static [(&'static str, Rule)] {
    const VALUE: [(&str, Rule); 2] = [("default", Rule::Text), ("fixed", Rule::Text)];
    const NILLABLE: (&str, Rule) = ("nillable", Rule::Boolean);
    const REF: (&str, Rule) = ("ref", Rule::QName);
    match kind {
        "element" => &[
            NAME,
            TYPE,
            ("substitutionGroup", Rule::QName),
            VALUE[0],
            VALUE[1],
            NILLABLE,
            ("abstract", Rule::Boolean),
            ("final", COMPLEX_SET),
            ("block", BLOCK_SET),
        ],
        "local element" => &[NAME, TYPE, REF, MIN, MAX, VALUE[0], VALUE[1], NILLABLE, ("block", BLOCK_SET), ("form", FORM)],
        "all element" => {
            const ONCE: (&str, Rule) = ("maxOccurs", Rule::ZeroOrOne);
            const OPTIONAL: (&str, Rule) = ("minOccurs", Rule::ZeroOrOne);
            &[NAME, TYPE, REF, OPTIONAL, ONCE, VALUE[0], VALUE[1], NILLABLE, ("block", BLOCK_SET), ("form", FORM)]
        }
        "attribute" => &[NAME, TYPE, VALUE[0], VALUE[1]],
        "local attribute" => {
            &[NAME, TYPE, REF, VALUE[0], VALUE[1], ("form", FORM), ("use", Rule::Token(&["optional", "required", "prohibited"]))]
        }
        "any" => &[("namespace", Rule::Namespaces), ("processContents", PROCESS), MIN, MAX],
        _ => &[("namespace", Rule::Namespaces), ("processContents", PROCESS)],
    }
}
