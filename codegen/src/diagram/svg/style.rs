//! The style sheet of a picture.

use super::Form;
use crate::diagram::Kind;

/// The colours of a picture.
struct Palette {
    ink: &'static str,
    muted: &'static str,
    line: &'static str,
    paper: &'static str,
    element: &'static str,
    attribute: &'static str,
    ty: &'static str,
    group: &'static str,
    added: &'static str,
    removed: &'static str,
    changed: &'static str,
}

const LIGHT: Palette = Palette {
    ink: "#1f2328",
    muted: "#57606a",
    line: "#8c959f",
    paper: "#ffffff",
    element: "#2f6fbf",
    attribute: "#6e7781",
    ty: "#6f54c4",
    group: "#1b7c83",
    added: "#1a7f37",
    removed: "#cf222e",
    changed: "#9a6700",
};

const DARK: Palette = Palette {
    ink: "#e6edf3",
    muted: "#9ea7b3",
    line: "#6e7681",
    paper: "#0d1117",
    element: "#6cb0ff",
    attribute: "#9ea7b3",
    ty: "#b79bff",
    group: "#56c8d0",
    added: "#4ac26b",
    removed: "#ff7b72",
    changed: "#e3b341",
};

/// The colours of the page. Without custom properties, they are readable on light and on dark paper.
const PAGE: Palette = Palette {
    ink: "var(--diagram-ink,currentColor)",
    muted: "var(--diagram-muted,color-mix(in srgb,currentColor 70%,transparent))",
    line: "var(--diagram-line,color-mix(in srgb,currentColor 45%,transparent))",
    paper: "var(--diagram-paper,Canvas)",
    element: "var(--diagram-element,#4a8ad4)",
    attribute: "var(--diagram-attribute,#828b96)",
    ty: "var(--diagram-type,#9478e0)",
    group: "var(--diagram-group,#2f9aa2)",
    added: "var(--diagram-added,#2c974b)",
    removed: "var(--diagram-removed,#e5534b)",
    changed: "var(--diagram-changed,#b7851d)",
};

/// What does not depend on colours. `&` stands for the selector of the picture.
const SHAPES: &str = "\
& text{font:11px Arial,\"Liberation Sans\",Helvetica,\"Segoe UI\",Roboto,sans-serif}\
& .name{font-size:13px;font-weight:600}\
& .any .name,& .more .name{font-style:italic;font-weight:400}\
& .range{font-weight:600}\
& .box{fill-opacity:.08;stroke-width:1.3}\
& .back{fill:none;stroke-width:1.3}\
& .optional .box,& .optional .back{stroke-dasharray:5 3}\
& .edge{fill:none;stroke-width:1.2}\
& .glyph{fill:none;stroke-width:1.3}\
& .frame{fill-opacity:.04;stroke-dasharray:2 3}\
& .label,& .legend{font-size:10px;font-weight:600}\
& .legend{white-space:pre}\
& tspan.removed,& g.removed .name,& g.removed .type{text-decoration:line-through}\
& .legend tspan{text-decoration:none}\
& g.removed .box,& g.removed .back,& .edge.removed{stroke-dasharray:5 3}";

/// Returns the style sheet.
pub(super) fn sheet(name: &str, form: Form<'_>) -> String {
    let scope = format!(".{name}");
    let scoped = |rules: &str| rules.replace('&', &scope);
    match form {
        Form::Document => {
            let (light, dark) = (scoped(&colours(&LIGHT)), scoped(&colours(&DARK)));
            format!("{}{light}@media(prefers-color-scheme:dark){{{dark}}}", scoped(SHAPES))
        }
        Form::Fragment(_) | Form::Figure(_) => {
            format!("{scope}{{max-width:100%;height:auto}}{}{}", scoped(SHAPES), scoped(&colours(&PAGE)))
        }
    }
}

fn colours(palette: &Palette) -> String {
    let Palette { ink, muted, line, paper, .. } = palette;
    let mut out = format!(
        "& text{{fill:{ink}}}& .type,& .range,& .docs,& .fact,& .base,& .more .name{{fill:{muted}}}& .paper{{fill:{paper}}}\
         & .edge,& .glyph{{stroke:{line}}}& .dot{{fill:{muted}}}& .frame{{fill:{ink};stroke:{line}}}& .sign{{fill:{paper};stroke:{line}}}\
         & .any .box,& .any .back{{stroke:{muted}}}& .connector .box,& .connector .back{{stroke:{muted}}}"
    );
    let kinds = [("element", palette.element), ("attribute", palette.attribute), ("ty", palette.ty), ("group", palette.group)];
    for (class, colour) in kinds {
        out.push_str(&format!("& .{class} .box{{fill:{colour};stroke:{colour}}}& .{class} .back{{stroke:{colour}}}"));
    }
    for (class, colour) in [("added", palette.added), ("removed", palette.removed), ("changed", palette.changed)] {
        out.push_str(&format!(
            "& g.{class} .box,& g.{class} .back,& .edge.{class}{{stroke:{colour}}}& g.{class} .box,& tspan.{class},& g.{class} rect.label{{fill:{colour}}}"
        ));
    }
    out.push_str(&format!("& g text.label{{fill:{paper}}}"));
    out
}

/// Returns the class of a kind of nodes.
pub(super) fn class(kind: Kind) -> &'static str {
    match kind {
        Kind::Element => "element",
        Kind::Attribute | Kind::Value => "attribute",
        Kind::ComplexType | Kind::SimpleType => "ty",
        Kind::Group => "group",
        Kind::Any | Kind::AnyAttribute => "any",
        Kind::More => "more",
        Kind::Attributes | Kind::Sequence | Kind::Choice | Kind::All => "connector",
    }
}
