//! Breaks what a node says into lines, and measures them.

use super::{Role, Run, Text};
use crate::diagram::text::Font;
use crate::diagram::{Fact, Kind, Mark, Node, Range, Revised, words};

const NAME: Font = Font { size: 13, bold: true };
const SMALL: Font = Font { size: 11, bold: false };

/// The height of a line of small text.
const LINE: u32 = 14;

/// The widest text in a box.
const WIDEST: u32 = 330;

/// The width at which documentation is wrapped, unless the box is wider.
const DOCS: u32 = 210;

/// The maximum number of lines of documentation.
const DOCS_LINES: usize = 3;

/// The maximum number of lines with the values of an enumeration.
const VALUE_LINES: usize = 2;

/// The maximum number of other properties.
const FACTS: usize = 6;

/// The space on the left and right of the text in a box.
const PAD: u32 = 10;

/// The size of a connector.
const CONNECTOR: (u32, u32) = (46, 26);

/// The space between an occurrence range and the text beside it.
const GAP: u32 = 7;

/// The space that the sign of a folded node takes on the right.
const SIGN: u32 = 10;

/// The space above a node that the label of a mark takes.
const LABEL: u32 = 11;

/// The size and the texts of a node. Places are relative to the upper left corner of its shape.
#[derive(Debug, Default)]
pub(super) struct Measured {
    /// The width of the shape.
    pub(super) width: u32,
    /// The height of the shape.
    pub(super) height: u32,
    /// The space above the shape.
    pub(super) above: u32,
    /// The space below the shape.
    pub(super) below: u32,
    /// The width of the texts below the shape, and of signs beside it.
    pub(super) wide: u32,
    pub(super) texts: Vec<Text>,
}

/// Returns the title of a frame around what is inherited.
pub(in crate::diagram) fn frame_title(base: &str) -> String {
    format!("from {}", SMALL.fitted(base, WIDEST))
}

/// Returns the width of a frame with its title.
pub(super) fn frame_width(base: &str) -> u32 {
    SMALL.width(&frame_title(base)) + 20
}

/// Returns the width of the label with what happened to a node.
pub(in crate::diagram) fn label_width(text: &str) -> u32 {
    Font { size: 10, bold: true }.width(text) + 12
}

/// Measures a node.
pub(super) fn measure(node: &Node) -> Measured {
    let mut out = if node.kind.is_connector() { connector(node) } else { boxed(node) };
    out.above = if node.mark == Mark::Same { 0 } else { LABEL };
    let stacked = if node.range.now.repeats() { 4 } else { 0 };
    out.below += stacked;
    let mut lines = Lines { out: &mut out, beside: None };
    lines.range(node);
    lines.facts(&node.facts);
    lines.values(&node.values);
    lines.docs(node);
    let sign = if node.fold.is_some() { SIGN } else { 0 };
    let label = if node.mark == Mark::Same { 0 } else { 5 + label_width(&words::marked(node.mark)) };
    out.wide = out.wide.max(out.width + stacked.max(sign)).max(label);
    out
}

fn connector(node: &Node) -> Measured {
    let mut out = Measured { width: CONNECTOR.0, height: CONNECTOR.1, ..Measured::default() };
    if node.name.before.is_some() {
        let runs = revised(&node.name, SMALL, WIDEST, Clone::clone);
        out.below = LINE + 3;
        out.wide = width(&runs, SMALL);
        out.texts.push(Text { x: 0, y: out.height + LINE, role: Role::Type, runs });
    }
    out
}

fn boxed(node: &Node) -> Measured {
    let name = revised(&node.name, NAME, WIDEST, Clone::clone);
    let ty = if node.ty.now.is_empty() && node.ty.before.is_none() { Vec::new() } else { type_runs(node) };
    let text = width(&name, NAME).max(width(&ty, SMALL));
    let shape = if node.kind == Kind::Group { 8 } else { 0 };
    let lone = ty.is_empty();
    let mut out = Measured { width: (text + 2 * (PAD + shape)).max(56), height: if lone { 28 } else { 42 }, ..Measured::default() };
    let x = PAD + shape;
    out.texts.push(Text { x, y: if lone { 19 } else { 18 }, role: Role::Name, runs: name });
    if !lone {
        out.texts.push(Text { x, y: 34, role: Role::Type, runs: ty });
    }
    out
}

fn type_runs(node: &Node) -> Vec<Run> {
    let none = |text: &String| if text.is_empty() { "no type".to_owned() } else { text.clone() };
    revised(&node.ty, SMALL, WIDEST, none)
}

/// Returns a property as it is, preceded by what it was.
fn revised<T>(property: &Revised<T>, font: Font, most: u32, text: impl Fn(&T) -> String) -> Vec<Run> {
    let run = |value: &T, mark: Mark| Run { text: font.fitted(&text(value), most), mark };
    match &property.before {
        None => vec![run(&property.now, Mark::Same)],
        Some(before) => {
            let arrow = Run { text: " → ".to_owned(), mark: Mark::Same };
            vec![run(before, Mark::Removed), arrow, run(&property.now, Mark::Added)]
        }
    }
}

fn width(runs: &[Run], font: Font) -> u32 {
    runs.iter().map(|run| font.width(&run.text)).sum()
}

/// The lines below a shape.
struct Lines<'o> {
    out: &'o mut Measured,
    /// The end of the occurrence range, if the next line begins beside it.
    beside: Option<u32>,
}

impl Lines<'_> {
    /// Returns the place at which the next line begins.
    fn start(&mut self) -> u32 {
        let beside = self.beside.take();
        if beside.is_some() {
            self.out.below -= LINE;
        }
        beside.unwrap_or(0)
    }

    fn line(&mut self, x: u32, role: Role, runs: Vec<Run>) {
        let y = self.out.height + self.out.below + LINE;
        self.out.wide = self.out.wide.max(x + width(&runs, SMALL));
        self.out.texts.push(Text { x, y, role, runs });
        self.out.below += LINE;
    }

    /// Adds the occurrence range. The next line begins beside it.
    fn range(&mut self, node: &Node) {
        let once = node.range.now == Range::ONCE || node.kind == Kind::Attribute;
        if (once && node.range.before.is_none()) || matches!(node.kind, Kind::More | Kind::Value) {
            return;
        }
        let runs = match node.kind {
            Kind::Attribute => revised(&node.range, SMALL, WIDEST, |range| words::use_of(*range).to_owned()),
            _ => revised(&node.range, SMALL, WIDEST, ToString::to_string),
        };
        self.beside = Some(width(&runs, SMALL) + GAP);
        self.line(0, Role::Range, runs);
    }

    fn facts(&mut self, facts: &[Fact]) {
        let mut shown: Vec<&Fact> = facts.iter().collect();
        shown.sort_by_key(|fact| fact.mark == Mark::Same);
        for fact in shown.iter().take(FACTS) {
            let x = self.start();
            self.line(x, Role::Fact, vec![signed(fact, SMALL.fitted(&fact.text, WIDEST))]);
        }
        if facts.len() > FACTS {
            self.line(0, Role::Fact, vec![Run { text: format!("{} more", facts.len() - FACTS), mark: Mark::Same }]);
        }
    }

    /// Adds the values of an enumeration, those that changed first.
    fn values(&mut self, values: &[Fact]) {
        let mut shown: Vec<&Fact> = values.iter().collect();
        shown.sort_by_key(|value| value.mark == Mark::Same);
        let mut shown = shown.as_slice();
        for line in 0..VALUE_LINES {
            if shown.is_empty() {
                break;
            }
            let x = self.start();
            let most = self.out.width.max(DOCS) - x;
            let (runs, rest) = values_in_line(shown, most, line + 1 == VALUE_LINES);
            self.line(x, Role::Fact, runs);
            shown = rest;
        }
    }

    fn docs(&mut self, node: &Node) {
        if node.docs.is_empty() || node.kind.is_connector() {
            return;
        }
        let x = self.start();
        let most = self.out.width.max(DOCS);
        for (number, text) in SMALL.wrapped(&node.docs, most - x, most, DOCS_LINES).into_iter().enumerate() {
            self.line(if number == 0 { x } else { 0 }, Role::Docs, vec![Run { text, mark: Mark::Same }]);
        }
    }
}

/// Returns a line with as many values as fit, but at least one, and the values that remain. The last line ends in an ellipsis if any do.
fn values_in_line<'f, 's>(values: &'s [&'f Fact], most: u32, last: bool) -> (Vec<Run>, &'s [&'f Fact]) {
    let between = Run { text: " | ".to_owned(), mark: Mark::Same };
    let (mut runs, mut sum, mut taken) = (Vec::new(), 0, 0);
    let reserve = if last { SMALL.width(" | …") } else { 0 };
    for value in values {
        let run = signed(value, SMALL.fitted(&value.text, most / 2));
        let wider = if taken == 0 { 0 } else { sum + SMALL.width(&between.text) } + SMALL.width(&run.text);
        if taken > 0 && wider + reserve > most {
            break;
        }
        if taken > 0 {
            runs.push(between.clone());
        }
        runs.push(run);
        sum = wider;
        taken += 1;
    }
    let rest = values.get(taken..).unwrap_or_default();
    if last && !rest.is_empty() {
        runs.push(Run { text: format!("{}…", between.text), mark: Mark::Same });
    }
    (runs, rest)
}

/// Returns a property, with a sign if it was added or removed.
fn signed(fact: &Fact, text: String) -> Run {
    Run { text: words::signed(&Fact { text, mark: fact.mark }), mark: fact.mark }
}
