//! Gives each node of a diagram its place in pixels: the component on the left, its content in columns to the right.
//!
//! A parent precedes its children in a diagram. So sizes are added up from the last node to the first, and places are assigned from the first
//! to the last.

use super::{Diagram, Mark, Node};

mod measure;

use measure::{Measured, measure};
pub(super) use measure::{frame_title, label_width};

/// The distance between a node and its children.
const COLUMN: u32 = 34;

/// The distance between two siblings.
const ROW: u32 = 14;

/// The distance between the edge of the picture and the nodes.
const MARGIN: u32 = 16;

/// The space of a frame around what is inherited: on the left, right and below.
const FRAME: u32 = 10;

/// The space above what is inherited, with the name of the base type.
const FRAME_TOP: u32 = 24;

/// The maximum distance of a node from the upper end of its content, so that it is in sight where a long picture begins.
const DEEPEST: u32 = 220;

/// The height of the line that explains the marks.
const LEGEND: u32 = 26;

/// The minimum width of a picture with such a line.
const LEGEND_WIDTH: u32 = 260;

/// A diagram with places.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Layout {
    /// The width of the picture.
    pub width: u32,
    /// The height of the picture.
    pub height: u32,
    /// The place of each node of the diagram, in the same order.
    pub places: Vec<Place>,
    /// The baseline of the line that explains the marks, if there is one.
    pub legend: Option<u32>,
}

/// The place of a node.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Place {
    /// The box or the connector.
    pub shape: Rect,
    /// The shape with the text below it.
    pub area: Rect,
    /// The frame around the node and its content, if it is inherited.
    pub frame: Option<Rect>,
    /// The lines of text.
    pub texts: Vec<Text>,
    /// The vertical line that leads to the children.
    pub bus: u32,
}

/// A rectangle.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Rect {
    /// The left edge.
    pub x: u32,
    /// The upper edge.
    pub y: u32,
    /// The width.
    pub width: u32,
    /// The height.
    pub height: u32,
}

impl Rect {
    /// Returns the right edge.
    #[must_use]
    pub fn right(self) -> u32 {
        self.x + self.width
    }

    /// Returns the lower edge.
    #[must_use]
    pub fn bottom(self) -> u32 {
        self.y + self.height
    }

    /// Returns the vertical middle.
    #[must_use]
    pub fn middle(self) -> u32 {
        self.y + self.height / 2
    }
}

/// A line of text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    /// The left end.
    pub x: u32,
    /// The baseline.
    pub y: u32,
    /// What it is.
    pub role: Role,
    /// The parts of the line.
    pub runs: Vec<Run>,
}

/// A part of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    /// The text.
    pub text: String,
    /// What happened to it. What was removed is struck through.
    pub mark: Mark,
}

/// What a line of text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Role {
    /// A name.
    Name,
    /// A type.
    Type,
    /// An occurrence range.
    Range,
    /// A property or a value.
    Fact,
    /// Documentation.
    Docs,
}

/// Returns the places of the nodes.
#[must_use]
pub fn layout(diagram: &Diagram) -> Layout {
    let mut sizes: Vec<Size> = diagram.nodes.iter().map(|node| Size { own: measure(node), ..Size::default() }).collect();
    for (index, node) in diagram.nodes.iter().enumerate().rev() {
        let size = size(node, &sizes, sizes.get(index).map(|size| &size.own));
        if let (Some(known), Some(size)) = (sizes.get_mut(index), size) {
            *known = Size { own: std::mem::take(&mut known.own), ..size };
        }
    }
    let (width, height) = sizes.first().map_or((0, 0), |size| (size.width, size.height));
    let mut places: Vec<Place> = vec![Place::default(); sizes.len()];
    let mut corners = vec![(MARGIN, MARGIN); sizes.len()];
    for (index, node) in diagram.nodes.iter().enumerate() {
        let (Some(size), Some(corner)) = (sizes.get_mut(index), corners.get(index).copied()) else { continue };
        let own = std::mem::take(&mut size.own);
        let place = place(size, own, corner);
        let (x, mut y) = (place.area.right() + COLUMN, corner.1 + size.top + size.down);
        for child in &node.children {
            if let (Some(slot), Some(size)) = (corners.get_mut(*child), sizes.get(*child)) {
                *slot = (x, y);
                y += size.height + ROW;
            }
        }
        places.get_mut(index).into_iter().for_each(|slot| *slot = Place { bus: x - COLUMN / 2, ..place.clone() });
    }
    let (width, height) = (width + 2 * MARGIN, height + 2 * MARGIN);
    match diagram.marked {
        true => Layout { width: width.max(LEGEND_WIDTH), height: height + LEGEND, places, legend: Some(height + LEGEND - MARGIN) },
        false => Layout { width, height, places, legend: None },
    }
}

/// The size of a node with its content.
#[derive(Debug, Default)]
struct Size {
    own: Measured,
    width: u32,
    height: u32,
    /// The distance from the upper edge to the middle of the shape.
    middle: u32,
    /// The space above for a frame.
    top: u32,
    /// The space on the left for a frame.
    left: u32,
    /// The distance from the upper edge, within the frame, to the children.
    down: u32,
}

fn size(node: &Node, sizes: &[Size], own: Option<&Measured>) -> Option<Size> {
    let own = own?;
    let children: Vec<&Size> = node.children.iter().filter_map(|child| sizes.get(*child)).collect();
    let rows: u32 = children.iter().map(|child| child.height).sum();
    let rows = rows + ROW * u32::try_from(children.len()).unwrap_or(0).saturating_sub(1);
    let wide = children.iter().map(|child| child.width).max().unwrap_or(0);
    let last = children.last().map_or(0, |child| rows - child.height + child.middle);
    let first = children.first().map_or(0, |child| child.middle);
    let centre = first.midpoint(last).min(first + DEEPEST);
    // The shape is level with the middle of its children, unless they are many or it needs more space than they do.
    let half = own.above + own.height / 2;
    let (up, down) = (centre.saturating_sub(half), if children.is_empty() { 0 } else { half.saturating_sub(centre) });
    let height = (up + own.above + own.height + own.below).max(down + rows);
    let width = own.wide + if children.is_empty() { 0 } else { COLUMN + wide };
    let (top, left) = if node.inherited.is_some() { (FRAME_TOP, FRAME) } else { (0, 0) };
    let title = node.inherited.as_deref().map_or(0, measure::frame_width);
    let bottom = left;
    Some(Size {
        own: Measured::default(),
        width: (width + 2 * left).max(title),
        height: height + top + bottom,
        middle: top + up + half,
        top,
        left,
        down,
    })
}

/// Places a node whose upper left corner, including its frame, is given.
fn place(size: &Size, own: Measured, (x, y): (u32, u32)) -> Place {
    let frame = (size.top > 0).then_some(Rect { x, y, width: size.width, height: size.height });
    let shape = Rect { x: x + size.left, y: y + size.middle - own.height / 2, width: own.width, height: own.height };
    let area = Rect { width: own.wide, height: own.height + own.below, ..shape };
    let moved = |text: Text| Text { x: shape.x + text.x, y: shape.y + text.y, ..text };
    Place { shape, area, frame, texts: own.texts.into_iter().map(moved).collect(), bus: 0 }
}
