//! Changes schema documents at random, in ways that people change them.

use xmltree::{Element, XMLNode};

/// A generator of numbers that depends on its seed alone.
pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn new(seed: u64) -> Self {
        Random(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    pub(crate) fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 11).unwrap_or(0) % limit.max(1)
    }

    fn one<'t>(&mut self, of: &[&'t str]) -> &'t str {
        of[self.below(of.len())]
    }
}

/// Changes one component. The result need not be a valid schema.
pub(crate) fn mutated(schema: &str, random: &mut Random) -> Option<String> {
    let mut root = Element::parse(schema.as_bytes()).ok()?;
    let prefix = root.prefix.clone();
    let mut at = 1 + random.below(elements(&root).checked_sub(1)?);
    change_at(&mut root, &mut at, prefix.as_deref(), random);
    let mut out = Vec::new();
    root.write(&mut out).ok()?;
    String::from_utf8(out).ok()
}

/// The number of elements, without those of annotations.
fn elements(element: &Element) -> usize {
    1 + element.children.iter().filter_map(XMLNode::as_element).filter(|child| is_component(child)).map(elements).sum::<usize>()
}

fn is_component(element: &Element) -> bool {
    element.name != "annotation"
}

/// Changes the child of an element that is the `at`th descendant.
fn change_at(parent: &mut Element, at: &mut usize, prefix: Option<&str>, random: &mut Random) -> bool {
    for index in 0..parent.children.len() {
        let Some(child) = parent.children[index].as_mut_element().filter(|child| is_component(child)) else { continue };
        *at -= 1;
        if *at == 0 {
            change(parent, index, prefix, random);
            return true;
        }
        if change_at(child, at, prefix, random) {
            return true;
        }
    }
    false
}

fn set(element: &mut Element, name: &str, value: &str) {
    element.attributes.insert(name.into(), value.to_owned());
}

fn get(element: &Element, name: &str) -> Option<String> {
    element.attributes.iter().find(|(key, _)| *key == name).map(|(_, value)| value.clone())
}

fn toggle(element: &mut Element, name: &str) {
    let is_set = get(element, name).is_some_and(|value| value == "true");
    set(element, name, if is_set { "false" } else { "true" });
}

fn change(parent: &mut Element, index: usize, prefix: Option<&str>, random: &mut Random) {
    let is_global = parent.name == "schema";
    match random.below(12) {
        0 if !is_global => {
            parent.children.remove(index);
        }
        1 => {
            let mut copy = parent.children[index].clone();
            let number = random.below(1000);
            if let Some(copy) = copy.as_mut_element()
                && let Some(name) = get(copy, "name")
            {
                set(copy, "name", &format!("{name}{number}"));
            }
            parent.children.insert(index + random.below(2), copy);
        }
        2 => {
            let other = random.below(parent.children.len());
            parent.children.swap(index, other);
        }
        _ => {
            if let Some(child) = parent.children[index].as_mut_element() {
                change_within(child, is_global, prefix, random);
            }
        }
    }
}

const TYPES: [&str; 16] = [
    "string",
    "token",
    "int",
    "long",
    "decimal",
    "boolean",
    "date",
    "dateTime",
    "Name",
    "anyURI",
    "short",
    "positiveInteger",
    "double",
    "normalizedString",
    "hexBinary",
    "anyType",
];

fn change_within(element: &mut Element, is_global: bool, prefix: Option<&str>, random: &mut Random) {
    let built_in = |random: &mut Random| {
        let name = random.one(&TYPES);
        prefix.map_or_else(|| name.to_owned(), |prefix| format!("{prefix}:{name}"))
    };
    let name = element.name.clone();
    match name.as_str() {
        "element" | "any" | "sequence" | "choice" | "group" if !is_global && random.below(2) == 0 => occurrence(element, random),
        "element" => match random.below(7) {
            0 | 1 if get(element, "type").is_some() => {
                let ty = built_in(random);
                set(element, "type", &ty);
            }
            2 => toggle(element, "nillable"),
            3 if is_global => toggle(element, "abstract"),
            4 => set(element, random.one(&["default", "fixed"]), random.one(&["1", "low", "true", "2020-01-01"])),
            5 => {
                element.attributes.retain(|key, _| !["default", "fixed", "substitutionGroup", "block"].contains(&key.as_str()));
            }
            _ if !is_global && get(element, "name").is_some() => set(element, "name", random.one(&["renamed", "note", "line"])),
            // `xmllint` ignores `restriction` here for simple types.
            _ => set(element, "block", random.one(&["extension", "substitution"])),
        },
        "attribute" => match random.below(4) {
            0 => {
                let ty = built_in(random);
                set(element, "type", &ty);
            }
            1 => set(element, "fixed", random.one(&["1", "low", "2.0"])),
            2 => element.attributes.retain(|key, _| !["default", "fixed"].contains(&key.as_str())),
            _ => set(element, "use", random.one(&["required", "optional", "prohibited"])),
        },
        "sequence" | "choice" | "all" => random.one(&["sequence", "choice", "all"]).clone_into(&mut element.name),
        "any" | "anyAttribute" => match random.below(2) {
            0 => set(element, "namespace", random.one(&["##any", "##other", "##targetNamespace", "##local", "u:x", "##local u:t"])),
            _ => set(element, "processContents", random.one(&["strict", "lax", "skip"])),
        },
        "complexType" => toggle(element, random.one(&["mixed", "abstract"])),
        "extension" | "restriction" if get(element, "base").is_some() => {
            let base = built_in(random);
            set(element, "base", &base);
        }
        "list" => set(element, "itemType", &built_in(random)),
        "union" => {
            let members = format!("{} {}", built_in(random), built_in(random));
            set(element, "memberTypes", &members);
        }
        "pattern" => set(element, "value", random.one(&["[A-Z]{2}[0-9]{1,3}", "[A-Z]{2}[0-9]{1,5}", "[A-Z]+", ".*", "[0-9 ]{16,19}"])),
        _ => facet(element, random),
    }
}

fn occurrence(element: &mut Element, random: &mut Random) {
    match random.below(2) {
        0 => set(element, "minOccurs", random.one(&["0", "1", "2"])),
        // `xmllint` ignores `maxOccurs="0"`.
        _ => set(element, "maxOccurs", random.one(&["1", "2", "3", "unbounded"])),
    }
}

/// Changes the number in a facet, or appends a letter to its value.
fn facet(element: &mut Element, random: &mut Random) {
    let Some(value) = get(element, "value") else { return };
    let changed = match value.parse::<i64>() {
        Ok(number) => (number + i64::try_from(random.below(5)).unwrap_or(0) - 2).to_string(),
        Err(_) => format!("{value}x"),
    };
    set(element, "value", &changed);
}
