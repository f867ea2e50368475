//! Nothing overlaps, and nothing is outside the picture: for the schemas of the cases, and for both sides of every change.

use std::path::{Path, PathBuf};

use roxmltree::{Document, Node};
use xsdgen::compare::{Input, changes, codes};
use xsdgen::diagram::layout::{Rect, layout};
use xsdgen::diagram::svg::{self, Form};
use xsdgen::diagram::{Diagram, Kind, Options, compared, focused};
use xsdgen::model::{Global, Model};
use xsdgen::{Config, Lock, Planned};

use super::{NOTE, drawn, labels, planned, read};

/// Checks the places of a picture, and those that its SVG has.
fn check(diagram: &Diagram) {
    let name = &diagram.subject;
    let laid_out = layout(diagram);
    assert_eq!(laid_out.places.len(), diagram.nodes.len());
    let within = |rect: Rect| rect.right() <= laid_out.width && rect.bottom() <= laid_out.height;
    for (node, place) in diagram.nodes.iter().zip(&laid_out.places) {
        assert!(within(place.area), "{name}/{} is outside the picture", node.name.now);
        for child in &node.children {
            let child = &laid_out.places[*child];
            assert!(place.area.right() < place.bus && place.bus < child.shape.x, "{name}/{}: {place:?} {child:?}", node.name.now);
            let frame = place.frame.unwrap_or(Rect { x: 0, y: 0, width: u32::MAX, height: u32::MAX });
            assert!(
                child.area.right() <= frame.right() && child.area.bottom() <= frame.bottom(),
                "{name}/{} leaves its frame",
                node.name.now
            );
        }
    }
    let mut areas: Vec<Rect> = laid_out.places.iter().map(|place| place.area).collect();
    areas.sort_by_key(|area| area.y);
    for (at, area) in areas.iter().enumerate() {
        for other in areas[at + 1..].iter().take_while(|other| other.y < area.bottom()) {
            assert!(area.right() <= other.x || other.right() <= area.x, "{name}: {area:?} and {other:?} overlap");
        }
    }
    let text = svg::write(diagram, Form::Document);
    let document = Document::parse(&text).unwrap_or_else(|why| panic!("{name}: {why}\n{text}"));
    picture(name, &document, diagram);
}

/// Checks the SVG itself: a box for each node, and all coordinates within the view box.
fn picture(name: &str, document: &Document<'_>, diagram: &Diagram) {
    let root = document.root_element();
    let size: Vec<f64> =
        root.attribute("viewBox").expect("a view box").split(' ').map(|number| number.parse().expect("a number")).collect();
    let number = |node: &Node<'_, '_>, name: &str| node.attribute(name).map_or(0.0, |text| text.parse().expect("a number"));
    for rect in document.descendants().filter(|node| node.has_tag_name(("http://www.w3.org/2000/svg", "rect"))) {
        let (right, bottom) = (number(&rect, "x") + number(&rect, "width"), number(&rect, "y") + number(&rect, "height"));
        assert!(number(&rect, "x") >= 0.0 && number(&rect, "y") >= 0.0 && right <= size[2] && bottom <= size[3], "{name}: {rect:?}");
    }
    for text in document.descendants().filter(|node| node.has_tag_name(("http://www.w3.org/2000/svg", "text"))) {
        assert!(number(&text, "x") < size[2] && number(&text, "y") < size[3], "{name}: {text:?}");
    }
    let boxes = document.descendants().filter(|node| node.attribute("class") == Some("box")).count();
    assert_eq!(boxes, diagram.nodes.iter().filter(|node| node.kind != Kind::More).count(), "{name}");
}

/// Returns selectors of all global components.
fn components(planned: &Planned) -> Vec<String> {
    let (model, labels) = (&planned.model, labels(planned));
    let name = |global: &Global| {
        global_name(model, *global).map(|(kind, name)| format!("{kind}::{}:{}", labels.prefix(name.namespace), name.local))
    };
    model.globals.iter().filter_map(name).collect()
}

fn global_name(model: &Model, global: Global) -> Option<(&'static str, &xsdgen::model::QName)> {
    Some(match global {
        Global::Type(id) => match model.types.get(id.index())? {
            xsdgen::model::Type::Simple(ty) => ("type", ty.name.as_ref()?),
            xsdgen::model::Type::Complex(ty) => ("type", ty.name.as_ref()?),
        },
        Global::Element(id) => ("element", &model.elements.get(id.index())?.name),
        Global::Attribute(id) => ("attribute", &model.attributes.get(id.index())?.name),
        Global::Group(id) => ("group", &model.groups.get(id.index())?.name),
    })
}

#[test]
fn boxes_of_the_cases_do_not_overlap() {
    let mut count = 0;
    let cases = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let mut folders: Vec<PathBuf> = std::fs::read_dir(cases).expect("the cases").map(|entry| entry.expect("an entry").path()).collect();
    folders.sort();
    for folder in folders.iter().filter(|folder| folder.join("schema.xsd").exists()) {
        let config = folder.join("xsdgen.toml");
        let settings = if config.exists() { Config::read(&config).product.expect("a configuration").settings } else { Default::default() };
        let Some(set) = xsdgen::planned(&[folder.join("schema.xsd")], &settings, &Lock::default()).product else { continue };
        for component in components(&set) {
            check(&drawn(&set, &component, 3));
            count += 1;
        }
    }
    assert!(count > 300, "{count}");
}

#[test]
fn marked_boxes_do_not_overlap() {
    for entry in codes::ALL {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("diagram/marked").join(entry.code.id);
        let [old, new] = sides(&folder, entry.more).map(|files| read(&files));
        let input = |set: &'static Planned| Input { model: &set.model, ir: &set.ir };
        let (old, new): (&'static Planned, &'static Planned) = (Box::leak(Box::new(old)), Box::leak(Box::new(new)));
        let changes = changes(input(old), input(new));
        for component in components(old).into_iter().chain(components(new)) {
            // A prefix that another namespace has in the new set names nothing there.
            let Ok(drawn) = compared(input(old), input(new), &changes, &component, Options::default()) else { continue };
            check(&drawn);
            check(&focused(&drawn));
        }
    }
}

/// Writes the two schema sets of an explanation, and returns their files.
fn sides(folder: &Path, more: &str) -> [Vec<PathBuf>; 2] {
    let (mut out, mut lines) = ([Vec::new(), Vec::new()], more.lines());
    while let Some(line) = lines.next() {
        let Some(name) = line.strip_prefix("```xml ") else { continue };
        let text: String = lines.by_ref().take_while(|line| *line != "```").flat_map(|line| [line, "\n"]).collect();
        let path = folder.join(name);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder made");
        std::fs::write(&path, text).expect("a file written");
        out[usize::from(name.starts_with("new"))].push(path);
    }
    out
}

#[test]
fn the_component_is_in_sight_where_a_long_picture_begins() {
    let many: String = (0..100).map(|n| format!("<xs:element name=\"e{n}\" type=\"xs:int\"/>")).collect();
    let set = planned("long", &format!("<xs:complexType name=\"long\"><xs:sequence>{many}</xs:sequence></xs:complexType>{NOTE}"));
    let long = layout(&drawn(&set, "t:long", 2));
    assert!(long.height > 5_000 && long.places[0].shape.y < 300, "{:?}", long.places[0]);
}
