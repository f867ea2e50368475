//! Writes a diagram as a flowchart of Mermaid, which GitHub and others draw in Markdown.

use std::fmt::Write;

use super::{Diagram, Kind, Mark, Node, words};

/// The classes of nodes with their marks and styles. The first is that of optional nodes.
const CLASSES: [(&str, Mark, &str); 4] = [
    ("optional", Mark::Same, "stroke-dasharray:5 3"),
    ("added", Mark::Added, "stroke:#1a7f37,stroke-width:2px"),
    ("removed", Mark::Removed, "stroke:#cf222e,stroke-width:2px,stroke-dasharray:5 3"),
    ("changed", Mark::Changed, "stroke:#9a6700,stroke-width:2px"),
];

/// Writes a diagram.
#[must_use]
pub fn write(diagram: &Diagram) -> String {
    let mut out = String::from("flowchart LR\n");
    for (index, node) in diagram.nodes.iter().enumerate() {
        let text = label(node);
        let shape = match node.kind {
            Kind::Sequence | Kind::Choice | Kind::All | Kind::Attributes => format!("{{{{\"{text}\"}}}}"),
            Kind::ComplexType | Kind::SimpleType | Kind::Value => format!("(\"{text}\")"),
            Kind::Group => format!("[[\"{text}\"]]"),
            _ => format!("[\"{text}\"]"),
        };
        let _ = writeln!(out, "  n{index}{shape}");
    }
    for (index, node) in diagram.nodes.iter().enumerate() {
        for (child, to) in node.children.iter().filter_map(|child| Some((child, diagram.nodes.get(*child)?))) {
            let line = if to.range.now.min == 0 { "-.->" } else { "-->" };
            let range = words::range(to).map(|range| format!("|\"{}\"|", escaped(&range))).unwrap_or_default();
            let _ = writeln!(out, "  n{index} {line}{range} n{child}");
        }
    }
    for (class, mark, style) in CLASSES {
        let is = |node: &Node| if mark == Mark::Same { node.range.now.min == 0 } else { node.mark == mark };
        let members = diagram.nodes.iter().enumerate().filter(|(_, node)| is(node));
        let members: Vec<String> = members.map(|(index, _)| format!("n{index}")).collect();
        if !members.is_empty() {
            let _ = writeln!(out, "  classDef {class} {style}\n  class {} {class}", members.join(","));
        }
    }
    out
}

fn label(node: &Node) -> String {
    words::lines(node).iter().map(|line| escaped(line)).collect::<Vec<_>>().join("<br/>")
}

/// Returns text for a label in quotation marks: what has a meaning to Mermaid or HTML becomes a character reference.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '"' | '#' | '%' | '&' | '<' | '>' | ';' | '`' | '\\' => drop(write!(out, "#{};", u32::from(c))),
            '\n' | '\t' | '\r' => out.push(' '),
            c if super::text::is_invisible(c) => {}
            c => out.push(c),
        }
    }
    out
}
