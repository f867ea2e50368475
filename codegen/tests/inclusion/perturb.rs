//! Documents for a comparison: samples, and samples with random changes.

use std::collections::BTreeSet;

use xmltree::{Element, XMLNode};
use xsdgen::model::{ElementId, Model};
use xsdgen::sample::{Fill, SampleOptions, sample};

use crate::mutate::Random;
use crate::sets::types;

/// The maximum length of a document.
const LONGEST: usize = 200_000;

/// Samples of a root element, with the choices that a random number generator makes.
pub(crate) fn samples(model: &Model, root: ElementId, count: usize, random: &mut Random) -> Vec<String> {
    let (types, mut out) = (types(model), BTreeSet::new());
    for _ in 0..count * 3 {
        let fill = [Fill::All, Fill::All, Fill::Required][random.below(3)];
        let (variant, repeat) = (random.below(60), 1 + random.below(3) as u64);
        let options = SampleOptions { fill, variant, repeat, max_elements: 150, ..SampleOptions::default() };
        let derived = (random.below(2) == 0).then(|| types.get(random.below(types.len())).copied()).flatten();
        out.extend(sample(model, root, derived, &options).ok().filter(|text| text.len() < LONGEST));
        if out.len() >= count {
            break;
        }
    }
    out.into_iter().collect()
}

/// Changes a document at one or two places.
pub(crate) fn perturbed(document: &str, random: &mut Random) -> Option<String> {
    let mut root = Element::parse(document.as_bytes()).ok()?;
    for _ in 0..=random.below(2) {
        let at = random.below(size(&root));
        change(descendant(&mut root, &mut { at })?, random);
    }
    let mut out = Vec::new();
    root.write(&mut out).ok()?;
    String::from_utf8(out).ok()
}

fn size(element: &Element) -> usize {
    1 + element.children.iter().filter_map(XMLNode::as_element).map(size).sum::<usize>()
}

fn descendant<'e>(element: &'e mut Element, at: &mut usize) -> Option<&'e mut Element> {
    if *at == 0 {
        return Some(element);
    }
    *at -= 1;
    for child in element.children.iter_mut().filter_map(XMLNode::as_mut_element) {
        let size = size(child);
        if *at < size {
            return descendant(child, at);
        }
        *at -= size;
    }
    None
}

const TEXTS: [&str; 22] = [
    "",
    " ",
    "0",
    "1",
    "01",
    "+1",
    "-1",
    "1.0",
    "99999999999",
    "a",
    "A",
    " a ",
    "a b",
    "true",
    "false",
    "2020-01-01",
    "2020-01-01T00:00:00Z",
    "INF",
    "NaN",
    "00ff",
    "http://x/",
    "12345678901234567890123456789012345678901234567890123456789012345678901234567890",
];

fn change(element: &mut Element, random: &mut Random) {
    let elements: Vec<usize> = (0..element.children.len()).filter(|at| element.children[*at].as_element().is_some()).collect();
    let text = TEXTS[random.below(TEXTS.len())].to_owned();
    let attribute = random.below(element.attributes.len());
    match random.below(7) {
        0 if !elements.is_empty() => drop(element.children.remove(elements[random.below(elements.len())])),
        1 if !elements.is_empty() => {
            let at = elements[random.below(elements.len())];
            element.children.insert(at, element.children[at].clone());
        }
        2 if elements.len() > 1 => {
            let (a, b) = (elements[random.below(elements.len())], elements[random.below(elements.len())]);
            element.children.swap(a, b);
        }
        3 if !element.attributes.is_empty() => {
            let name = element.attributes.keys().nth(attribute).cloned();
            name.into_iter().for_each(|name| drop(element.attributes.shift_remove(&name)));
        }
        4 if !element.attributes.is_empty() => {
            element.attributes.values_mut().nth(attribute).into_iter().for_each(|value| value.clone_from(&text));
        }
        5 => element.attributes.extend([("xsi:nil".into(), ["true", "false"][random.below(2)].to_owned())]),
        _ => match elements.is_empty() {
            true => element.children = vec![XMLNode::Text(text)],
            false => element.children.insert(elements[0], XMLNode::Text(text)),
        },
    }
}
