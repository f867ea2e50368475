//! Writes a diagram as SVG: a document with its own colours, or a fragment for an HTML page.

mod shapes;
mod style;

use std::collections::HashMap;
use std::fmt::Write;

use super::layout::{Layout, Place, Role, Run, Text, layout};
use super::{Diagram, Fold, Kind, Mark, Node, Range};

/// The form of the output.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form<'a> {
    /// A document that shows itself in light or dark colours, as the reader prefers.
    Document,
    /// A fragment for an HTML page, in the colours of the page. Several fragments of a page need different names, which begin with a letter.
    ///
    /// The page can set the custom properties `--diagram-ink`, `-muted`, `-line`, `-paper`, `-element`, `-attribute`, `-type`, `-group`,
    /// `-added`, `-removed` and `-changed`.
    Fragment(&'a str),
    /// The same without its style sheet: the page has that of [`page_style`], once for all its pictures. The name is that of the ids.
    Figure(&'a str),
}

/// The class of pictures without a style sheet of their own.
const CLASS: &str = "diagram";

/// Returns the style sheet for pictures of the form [`Form::Figure`].
#[must_use]
pub fn page_style() -> String {
    style::sheet(CLASS, Form::Figure(CLASS))
}

/// Writes a diagram.
#[must_use]
pub fn write(diagram: &Diagram, form: Form<'_>) -> String {
    crate::deep::run(|| Writer::new(diagram, form).written())
}

struct Writer<'d> {
    diagram: &'d Diagram,
    layout: Layout,
    /// The parent of each node.
    parents: HashMap<usize, usize>,
    /// The prefix of ids, and the class that the styles apply to.
    name: String,
    form: Form<'d>,
    out: String,
}

impl<'d> Writer<'d> {
    fn new(diagram: &'d Diagram, form: Form<'d>) -> Self {
        let name = match form {
            Form::Document => "diagram".to_owned(),
            Form::Fragment(name) | Form::Figure(name) => {
                name.chars().filter(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_')).collect()
            }
        };
        let children = |(index, node): (usize, &'d Node)| node.children.iter().map(move |child| (*child, index));
        let parents = diagram.nodes.iter().enumerate().flat_map(children).collect();
        Writer { diagram, layout: layout(diagram), parents, name, form, out: String::new() }
    }

    fn line(&mut self, text: impl AsRef<str>) {
        self.out.push_str(text.as_ref());
        self.out.push('\n');
    }

    fn written(mut self) -> String {
        let (width, height, name) = (self.layout.width, self.layout.height, self.name.clone());
        let class = if matches!(self.form, Form::Figure(_)) { CLASS } else { &name };
        self.line(format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"{class}\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" \
             height=\"{height}\" role=\"img\" aria-labelledby=\"{name}-title {name}-desc\">"
        ));
        self.line(format!("<title id=\"{name}-title\">{}</title>", escaped(&self.diagram.subject)));
        self.line(format!("<desc id=\"{name}-desc\">{}</desc>", escaped(&self.description())));
        if !matches!(self.form, Form::Figure(_)) {
            let style = style::sheet(&name, self.form);
            self.line(format!("<style>{style}</style>"));
        }
        if self.form == Form::Document {
            self.line(format!("<rect class=\"paper\" width=\"{width}\" height=\"{height}\" rx=\"6\"/>"));
        }
        let (diagram, places) = (self.diagram, std::mem::take(&mut self.layout.places));
        let nodes = || diagram.nodes.iter().zip(&places);
        nodes().for_each(|(node, place)| self.frame(node, place));
        nodes().for_each(|(node, place)| self.edges(node, place, &places));
        for (index, (node, place)) in nodes().enumerate() {
            self.node(index, node, place);
        }
        self.legend();
        self.line("</svg>");
        self.out
    }

    /// Returns the first level of the content in words, for those who cannot see the picture.
    fn description(&self) -> String {
        let Some(root) = self.diagram.nodes.first() else { return String::new() };
        let mut out = format!("Content model of the {} {}", root.kind.word(), root.name.now);
        for (number, child) in root.children.iter().filter_map(|child| self.diagram.nodes.get(*child)).enumerate() {
            out.push_str(if number == 0 { ": " } else { "; " });
            out.push_str(child.kind.word());
            let inner = child.children.iter().filter_map(|child| self.diagram.nodes.get(*child));
            let names: Vec<String> = inner.map(in_words).collect();
            if !names.is_empty() {
                let _ = write!(out, " of {}", names.join(", "));
            }
        }
        out.push('.');
        out
    }

    /// Draws the frame around what is inherited.
    fn frame(&mut self, node: &Node, place: &Place) {
        let (Some(frame), Some(base)) = (place.frame, &node.inherited) else { return };
        self.line(format!(
            "<rect class=\"frame\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" rx=\"6\"/>",
            frame.x, frame.y, frame.width, frame.height
        ));
        let title = super::layout::frame_title(base);
        self.line(format!("<text class=\"base\" x=\"{}\" y=\"{}\">{}</text>", frame.x + 10, frame.y + 15, escaped(&title)));
    }

    /// Draws the lines to the children. The end of a line to a child that was added or removed has its colour.
    fn edges(&mut self, node: &Node, place: &Place, places: &[Place]) {
        let stacked = if node.range.now.repeats() { shapes::STACK } else { 0 };
        let (x, y, bus) = (place.shape.right() + stacked, place.shape.middle(), place.bus);
        let (mut plain, mut marked) = (String::new(), Vec::new());
        for child in &node.children {
            let (Some(to), Some(child)) = (places.get(*child), self.diagram.nodes.get(*child)) else { continue };
            let (end, level) = (to.shape.x, to.shape.middle());
            let end = match child.mark {
                Mark::Same | Mark::Changed => end,
                mark => {
                    marked.push(format!("<path class=\"edge {}\" d=\"M{bus} {level}H{end}\"/>", mark.word()));
                    bus
                }
            };
            plain.push_str(&if level == y { format!("M{x} {y}H{end}") } else { format!("M{x} {y}H{bus}V{level}H{end}") });
        }
        if !plain.is_empty() {
            self.line(format!("<path class=\"edge\" d=\"{plain}\"/>"));
        }
        marked.iter().for_each(|path| self.line(path));
    }

    fn node(&mut self, index: usize, node: &Node, place: &Place) {
        let mut classes = vec![style::class(node.kind)];
        classes.extend((node.range.now.min == 0).then_some("optional"));
        classes.extend((node.mark != Mark::Same).then(|| node.mark.word()));
        let title = escaped(&title(node));
        self.line(format!("<g class=\"{}\"><title>{title}</title>", classes.join(" ")));
        let shape = shapes::shape(node, place.shape);
        self.out.push_str(&shape);
        for text in &place.texts {
            self.text(text);
        }
        self.label(index, node, place);
        self.line("</g>");
    }

    fn text(&mut self, text: &Text) {
        let class = match text.role {
            Role::Name => "name",
            Role::Type => "type",
            Role::Range => "range",
            Role::Fact => "fact",
            Role::Docs => "docs",
        };
        let runs: String = text.runs.iter().map(run).collect();
        self.line(format!("<text class=\"{class}\" x=\"{}\" y=\"{}\">{runs}</text>", text.x, text.y));
    }

    /// Draws what happened to a node above it: the word, or only the sign if the same happened to its parent.
    fn label(&mut self, index: usize, node: &Node, place: &Place) {
        if node.mark == Mark::Same {
            return;
        }
        let parent = self.parents.get(&index).and_then(|parent| self.diagram.nodes.get(*parent));
        let alike = node.mark != Mark::Changed && parent.is_some_and(|parent| parent.mark == node.mark);
        let text = if alike { node.mark.sign().to_owned() } else { super::words::marked(node.mark) };
        let width = super::layout::label_width(&text);
        let (x, y) = (place.shape.x + 5, place.shape.y - 10);
        self.line(format!("<rect class=\"label\" x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"14\" rx=\"7\"/>"));
        self.line(format!("<text class=\"label\" x=\"{}\" y=\"{}\">{text}</text>", x + 6, y + 11));
    }

    fn legend(&mut self) {
        let Some(y) = self.layout.legend else { return };
        let marks = [Mark::Added, Mark::Removed, Mark::Changed];
        let runs: Vec<String> =
            marks.iter().map(|mark| format!("<tspan class=\"{0}\">{1} {0}</tspan>", mark.word(), mark.sign())).collect();
        self.line(format!("<text class=\"legend\" x=\"16\" y=\"{y}\">{}</text>", runs.join("   ")));
    }
}

fn run(run: &Run) -> String {
    let text = escaped(&run.text);
    match run.mark {
        Mark::Same => text,
        mark => format!("<tspan class=\"{}\">{text}</tspan>", mark.word()),
    }
}

/// Returns the tooltip of a node.
fn title(node: &Node) -> String {
    let mut out = match node.kind {
        kind if kind.is_connector() => node.name.now.clone(),
        Kind::Any | Kind::AnyAttribute | Kind::More => node.name.now.clone(),
        kind => format!("{} {}", kind.word(), node.name.now),
    };
    if !node.ty.now.is_empty() {
        let _ = write!(out, ", {}", node.ty.now);
    }
    match (node.kind, node.range.now) {
        (Kind::Attribute, range) => out.push_str(if range.min == 0 { ", optional" } else { ", required" }),
        (Kind::More, _) | (_, Range::ONCE) => {}
        (_, range) => drop(write!(out, ", {range}")),
    }
    match node.fold {
        Some(Fold::Depth) => out.push_str("; its content is not shown"),
        Some(Fold::Recursion) => out.push_str("; recursive, its content is shown above it"),
        None => {}
    }
    if node.mark != Mark::Same {
        out = format!("{}: {out}", node.mark.word());
    }
    if !node.docs.is_empty() {
        let _ = write!(out, ". {}", node.docs);
    }
    out
}

fn in_words(node: &Node) -> String {
    let optional = if node.range.now.min == 0 { " (optional)" } else { "" };
    format!("{}{optional}", node.name.now)
}

/// Returns text for XML, without characters that XML does not allow or that reorder other text.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' | '\t' | '\r' => out.push(' '),
            c if super::text::is_invisible(c) => {}
            c => out.push(c),
        }
    }
    out
}
