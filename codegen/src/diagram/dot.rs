//! Writes a diagram as a graph in the language DOT of Graphviz.

use std::fmt::Write;

use super::{Diagram, Kind, Mark, Node, words};

/// Writes a diagram.
#[must_use]
pub fn write(diagram: &Diagram) -> String {
    let mut out = format!("digraph \"{}\" {{\n", escaped(&diagram.subject));
    out.push_str("  rankdir=LR;\n  node [shape=box, fontname=\"Helvetica\", fontsize=11];\n  edge [arrowhead=none, fontname=\"Helvetica\", fontsize=9];\n");
    for (index, node) in diagram.nodes.iter().enumerate() {
        let _ = writeln!(out, "  n{index} [label=\"{}\"{}];", label(node), attributes(node));
    }
    for (index, node) in diagram.nodes.iter().enumerate() {
        for (child, to) in node.children.iter().filter_map(|child| Some((child, diagram.nodes.get(*child)?))) {
            let range = words::range(to).map(|range| format!(" [label=\"{}\"]", escaped(&range))).unwrap_or_default();
            let _ = writeln!(out, "  n{index} -> n{child}{range};");
        }
    }
    out.push_str("}\n");
    out
}

fn label(node: &Node) -> String {
    words::lines(node).iter().map(|line| escaped(line)).collect::<Vec<_>>().join("\\n")
}

fn attributes(node: &Node) -> String {
    let mut out = String::new();
    let mut styles = Vec::new();
    match node.kind {
        Kind::Sequence | Kind::Choice | Kind::All | Kind::Attributes => out.push_str(", shape=octagon"),
        Kind::ComplexType | Kind::SimpleType | Kind::Value => styles.push("rounded"),
        Kind::More => out.push_str(", shape=plaintext"),
        _ => {}
    }
    if node.range.now.min == 0 || node.mark == Mark::Removed {
        styles.push("dashed");
    }
    if !styles.is_empty() {
        let _ = write!(out, ", style=\"{}\"", styles.join(","));
    }
    if node.range.now.repeats() {
        out.push_str(", peripheries=2");
    }
    out.push_str(match node.mark {
        Mark::Same => "",
        Mark::Added => ", color=\"#1a7f37\"",
        Mark::Removed => ", color=\"#cf222e\"",
        Mark::Changed => ", color=\"#9a6700\"",
    });
    out
}

/// Returns text for a string in quotation marks.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            '\n' | '\t' | '\r' => out.push(' '),
            c if super::text::is_invisible(c) => {}
            c => out.push(c),
        }
    }
    out
}
