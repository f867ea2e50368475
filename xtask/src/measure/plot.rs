//! Plots time and memory per component against the number of components. Horizontal lines mean linear growth.

use super::figures::{float, grouped};

/// A point with a value for each line of the plot.
pub(super) struct Point {
    /// The number of components.
    pub(super) size: u64,
    /// A value for each line, in the order of their labels.
    pub(super) values: [f64; 3],
}

const LINES: [(&str, &str); 3] =
    [("check, µs per component", "#1f77b4"), ("generate, µs per component", "#d62728"), ("generate, peak KiB per component", "#2ca02c")];

const WIDTH: f64 = 640.0;
const HEIGHT: f64 = 300.0;
const LEFT: f64 = 60.0;
const TOP: f64 = 30.0;
const RIGHT: f64 = 20.0;
const BOTTOM: f64 = 45.0;

/// Returns the plot as SVG.
pub(super) fn svg(points: &[Point]) -> String {
    let places: Vec<f64> = points.iter().map(|point| float(point.size).log10()).collect();
    let (low, high) = (places.iter().copied().fold(f64::INFINITY, f64::min), places.iter().copied().fold(f64::NEG_INFINITY, f64::max));
    let most = points.iter().flat_map(|point| point.values).fold(0.0, f64::max) * 1.1;
    let span = if high > low { high - low } else { 1.0 };
    let x = |value: f64| LEFT + (value - low) / span * (WIDTH - LEFT - RIGHT);
    let y = |value: f64| HEIGHT - BOTTOM - value / most * (HEIGHT - TOP - BOTTOM);
    let mut out = vec![
        format!("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" font-family=\"sans-serif\" font-size=\"12\">"),
        format!("<rect width=\"{WIDTH}\" height=\"{HEIGHT}\" fill=\"white\"/>"),
    ];
    for step in 0..5_u32 {
        let value = most * f64::from(step) / 4.0;
        let at = y(value);
        out.push(format!(
            "<path d=\"M{LEFT} {at:.1}H{}\" stroke=\"#ddd\"/><text x=\"{}\" y=\"{:.1}\" text-anchor=\"end\">{value:.0}</text>",
            WIDTH - RIGHT,
            LEFT - 6.0,
            at + 4.0
        ));
    }
    for (point, place) in points.iter().zip(&places) {
        let (at, label) = (x(*place), grouped(point.size));
        out.push(format!("<text x=\"{at:.1}\" y=\"{}\" text-anchor=\"middle\">{label}</text>", HEIGHT - BOTTOM + 18.0));
    }
    let middle = (LEFT + WIDTH - RIGHT) / 2.0;
    out.push(format!("<text x=\"{middle}\" y=\"{}\" text-anchor=\"middle\">components</text>", HEIGHT - 8.0));
    for (number, (label, colour)) in LINES.iter().enumerate() {
        let of_line = |point: &Point| point.values.get(number).copied().unwrap_or_default();
        let line: Vec<(f64, f64)> = points.iter().zip(&places).map(|(point, place)| (x(*place), y(of_line(point)))).collect();
        let corners: Vec<String> = line.iter().map(|(x, y)| format!("{x:.1},{y:.1}")).collect();
        out.push(format!("<polyline points=\"{}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"2\"/>", corners.join(" ")));
        out.extend(line.iter().map(|(x, y)| format!("<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"3\" fill=\"{colour}\"/>")));
        out.push(format!("<text x=\"{}\" y=\"18\" fill=\"{colour}\">{label}</text>", LEFT + 8.0 + 190.0 * float(number as u64)));
    }
    out.push("</svg>\n".to_owned());
    out.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_goes_through_its_points() {
        let point = |size, value| Point { size, values: [value, value, value] };
        let text = svg(&[point(1000, 10.0), point(100_000, 10.0)]);
        let document = roxmltree::Document::parse(&text).unwrap();
        let lines: Vec<&str> = document.descendants().filter_map(|node| node.attribute("points")).collect();
        assert_eq!(lines, ["60.0,50.5 620.0,50.5"; 3], "level from the left edge to the right one");
        assert!(text.contains(">100,000</text>"), "{text}");
    }
}
