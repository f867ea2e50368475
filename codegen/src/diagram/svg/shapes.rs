//! The shapes of boxes and connectors.

use crate::diagram::layout::Rect;
use crate::diagram::{Fold, Kind, Node};

/// The offset of the second border of what may occur several times.
pub(super) const STACK: u32 = 4;

/// Returns the shape of a node: its box with a second one behind it if it repeats, the sign of a connector, and the sign of a fold.
pub(super) fn shape(node: &Node, rect: Rect) -> String {
    let mut out = String::new();
    if node.kind != Kind::More {
        if node.range.now.repeats() {
            out.push_str(&back(node.kind, rect));
        }
        out.push_str(&outline(node.kind, "box", rect));
    }
    out.push_str(&glyph(node.kind, rect));
    if let Some(fold) = node.fold {
        out.push_str(&sign(fold, rect));
    }
    out
}

/// Returns the part of a second border that shows below and to the right of the first.
fn back(kind: Kind, rect: Rect) -> String {
    let (left, top, right, bottom) = (rect.x + STACK, rect.y + STACK, rect.right() + STACK, rect.bottom() + STACK);
    let cut = if cut(kind) { 8 } else { 2 };
    format!("<path class=\"back\" d=\"M{right} {}V{}L{} {bottom}H{}\"/>\n", top + cut / 2, bottom - cut, right - cut, left + cut / 2)
}

/// Returns whether the corners of the shape are cut off.
fn cut(kind: Kind) -> bool {
    kind.is_connector() || kind == Kind::Group
}

fn outline(kind: Kind, class: &str, rect: Rect) -> String {
    let Rect { x, y, width, height } = rect;
    if cut(kind) {
        let (right, bottom) = (rect.right(), rect.bottom());
        return format!(
            "<path class=\"{class}\" d=\"M{} {y}H{}L{right} {}V{}L{} {bottom}H{}L{x} {}V{}Z\"/>\n",
            x + 8,
            right - 8,
            y + 8,
            bottom - 8,
            right - 8,
            x + 8,
            bottom - 8,
            y + 8
        );
    }
    let radius = match kind {
        Kind::ComplexType | Kind::SimpleType => 12,
        Kind::Value => 8,
        _ => 3,
    };
    format!("<rect class=\"{class}\" x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" rx=\"{radius}\"/>\n")
}

/// Returns the sign in a connector: dots in a row for a sequence, a switch for a choice, a bracket for all.
fn glyph(kind: Kind, rect: Rect) -> String {
    let (x, y, middle) = (rect.x, rect.middle(), rect.x + rect.width / 2);
    let dot = |x: u32, y: u32| format!("<circle class=\"dot\" cx=\"{x}\" cy=\"{y}\" r=\"2.2\"/>");
    let (path, dots) = match kind {
        Kind::Sequence => (format!("M{} {y}H{}", x + 7, x + 39), [(middle - 8, y), (middle, y), (middle + 8, y)]),
        Kind::Choice => (
            format!(
                "M{} {y}H{}L{} {}M{} {}H{}M{} {y}H{}M{} {}H{}",
                x + 6,
                x + 15,
                x + 24,
                y - 6,
                x + 30,
                y - 7,
                x + 38,
                x + 30,
                x + 38,
                x + 30,
                y + 7,
                x + 38
            ),
            [(x + 28, y - 7), (x + 28, y), (x + 28, y + 7)],
        ),
        Kind::All => (
            format!("M{} {y}H{}M{} {}H{}V{}H{}M{} {y}H{}", x + 6, x + 24, x + 24, y - 7, x + 15, y + 7, x + 24, x + 30, x + 39),
            [(x + 27, y - 7), (x + 27, y), (x + 27, y + 7)],
        ),
        Kind::Attributes => return format!("<text class=\"at\" x=\"{}\" y=\"{}\">@</text>\n", middle - 6, y + 4),
        _ => return String::new(),
    };
    let dots: String = dots.map(|(x, y)| dot(x, y)).concat();
    format!("<path class=\"glyph\" d=\"{path}\"/>{dots}\n")
}

/// Returns the sign at the right edge of a node whose content is not drawn.
fn sign(fold: Fold, rect: Rect) -> String {
    let (x, y) = (rect.right(), rect.middle());
    let border = format!("<rect class=\"sign\" x=\"{}\" y=\"{}\" width=\"12\" height=\"12\" rx=\"2\"/>", x - 6, y - 6);
    let path = match fold {
        Fold::Depth => format!("M{} {y}H{}M{x} {}V{}", x - 3, x + 3, y - 3, y + 3),
        Fold::Recursion => format!("M{} {}a3.5 3.5 0 1 1 -2 -3.2m0 -2v2.6h-2.6", x + 3, y + 1),
    };
    format!("{border}<path class=\"glyph\" d=\"{path}\"/>\n")
}
