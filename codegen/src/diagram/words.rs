//! What a node says, in words: for the formats that lay out their text themselves, and for the marks of all formats.

use super::{Fact, Fold, Kind, Mark, Node, Range, Revised};

/// Returns the sign and the word of a mark.
pub(super) fn marked(mark: Mark) -> String {
    format!("{} {}", mark.sign(), mark.word())
}

/// Returns a fact with the sign of its mark.
pub(super) fn signed(fact: &Fact) -> String {
    let sign = fact.mark.sign();
    if sign.is_empty() { fact.text.clone() } else { format!("{sign} {}", fact.text) }
}

/// Returns a property, preceded by what it was.
fn revised<T: ToString>(property: &Revised<T>) -> String {
    match &property.before {
        Some(before) => format!("{} → {}", before.to_string(), property.now.to_string()),
        None => property.now.to_string(),
    }
}

/// Returns the lines of a node: its name, its type, its properties and its values, and a sign if its content is not drawn.
pub(super) fn lines(node: &Node) -> Vec<String> {
    let name = revised(&node.name);
    let mut out = vec![if node.mark == Mark::Same { name } else { format!("{} {name}", node.mark.sign()) }];
    if !node.ty.now.is_empty() || node.ty.before.is_some() {
        out.push(revised(&node.ty));
    }
    if let (Kind::Attribute, Some(before)) = (node.kind, node.range.before) {
        out.push(format!("{} → {}", use_of(before), use_of(node.range.now)));
    }
    out.extend(node.facts.iter().map(signed));
    let mut values: Vec<String> = node.values.iter().take(VALUES).map(signed).collect();
    if node.values.len() > VALUES {
        values.push("…".to_owned());
    }
    if !values.is_empty() {
        out.push(values.join(" | "));
    }
    out.extend(node.fold.map(|fold| match fold {
        Fold::Depth => "…".to_owned(),
        Fold::Recursion => "(recursive)".to_owned(),
    }));
    out
}

/// The maximum number of values that a line lists.
const VALUES: usize = 8;

/// Returns the occurrence range of a node, if it is not exactly one.
pub(super) fn range(node: &Node) -> Option<String> {
    let shown = node.range.now != Range::ONCE || node.range.before.is_some();
    (shown && !matches!(node.kind, Kind::Attribute | Kind::More)).then(|| revised(&node.range))
}

/// Returns the `use` of an attribute that occurs so often.
pub(super) fn use_of(range: Range) -> &'static str {
    if range.min == 0 { "optional" } else { "required" }
}
