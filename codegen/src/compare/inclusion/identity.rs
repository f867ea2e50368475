//! Compares the identity constraints of two declarations, and finds changes of the values that they compare.

use super::side::Side;
use crate::model::{Element, IdentityConstraint, IdentityKind, Model, NameTest, Path, QName, Step, ValueConstraint};

/// What the fields of the identity constraints of B may select.
#[derive(Debug, Default)]
pub(super) struct Fields {
    elements: Vec<Field>,
    attributes: Vec<Field>,
}

/// A name test at the end of a field.
#[derive(Debug)]
struct Field {
    test: NameTest,
    is_key: bool,
    /// The name of the constraint.
    constraint: String,
}

impl Fields {
    pub(super) fn of(model: &Model) -> Self {
        let mut out = Fields::default();
        for constraint in model.elements.iter().flat_map(|element| &element.identity) {
            for path in constraint.fields.iter().flatten() {
                let field = |test: &NameTest| Field {
                    test: test.clone(),
                    is_key: constraint.kind == IdentityKind::Key,
                    constraint: constraint.name.local.clone(),
                };
                match &path.attribute {
                    Some(test) => out.attributes.push(field(test)),
                    None => match last(path) {
                        Some(test) => out.elements.push(field(test)),
                        // The field is the selected element itself.
                        None => out.elements.extend(constraint.selector.iter().map(|path| field(last(path).unwrap_or(&NameTest::Any)))),
                    },
                }
            }
        }
        out
    }

    /// Returns the name of a constraint of B that may not hold because it compares the value of this element: the value of an empty element has
    /// changed, or the element may be nil, which a key does not allow.
    pub(super) fn changed(&self, own: Option<&Element>, other: &Element) -> Option<String> {
        let value = |element: &Element| element.value.as_ref().map(|value| value.literal().clone());
        let has_value = own.and_then(value) != value(other);
        let becomes_nillable = other.nillable && own.is_none_or(|own| !own.nillable);
        let touched = |field: &&Field| admits(&field.test, &other.name) && (has_value || field.is_key && becomes_nillable);
        self.elements.iter().find(touched).map(|field| field.constraint.clone())
    }

    /// Returns the name of a constraint of B that may not hold because the value of an absent attribute has changed.
    pub(super) fn changed_attribute(&self, name: &QName, own: Option<&ValueConstraint>, other: Option<&ValueConstraint>) -> Option<String> {
        let value = |it: Option<&ValueConstraint>| it.map(|it| it.literal().clone());
        let touched = |field: &&Field| admits(&field.test, name) && value(own) != value(other);
        self.attributes.iter().find(touched).map(|field| field.constraint.clone())
    }
}

fn last(path: &Path) -> Option<&NameTest> {
    path.steps.iter().rev().find_map(|step| if let Step::Child(test) = step { Some(test) } else { None })
}

fn admits(test: &NameTest, name: &QName) -> bool {
    match test {
        NameTest::Any => true,
        NameTest::Namespace(id) => name.namespace == *id,
        NameTest::Name(wanted) => wanted == name,
    }
}

/// Returns the names of the identity constraints of B that A does not have in the same form.
pub(super) fn added(a: &Side<'_>, own: Option<&Element>, b: &Side<'_>, other: &Element) -> Vec<String> {
    let own: Vec<String> = own.into_iter().flat_map(|own| &own.identity).map(|constraint| form(a, constraint)).collect();
    let is_new = |constraint: &&IdentityConstraint| !own.contains(&form(b, constraint));
    other.identity.iter().filter(is_new).map(|constraint| constraint.name.local.clone()).collect()
}

/// Returns a text that is the same for two constraints if they constrain documents in the same way. That of a `keyref` contains the key to which it
/// refers, and the element that declares the key.
fn form(side: &Side<'_>, constraint: &IdentityConstraint) -> String {
    let IdentityKind::KeyRef(key) = &constraint.kind else { return own_form(side, constraint) };
    let declared = side.model.elements.iter().find_map(|element| Some((element, element.identity.iter().find(|it| it.name == *key)?)));
    let key = declared.map(|(element, key)| format!("{:?} {}", side.common(&element.name), own_form(side, key)));
    format!("{} {}", own_form(side, constraint), key.unwrap_or_default())
}

fn own_form(side: &Side<'_>, constraint: &IdentityConstraint) -> String {
    let name = |name: &QName| format!("{:?}", side.common(name));
    let test = |it: &NameTest| match it {
        NameTest::Any => "*".to_owned(),
        NameTest::Namespace(id) => format!("{:?}:*", side.namespace(*id)),
        NameTest::Name(it) => name(it),
    };
    let step = |it: &Step| match it {
        Step::Itself => ".".to_owned(),
        Step::Child(it) => test(it),
    };
    let path = |it: &Path| {
        let steps: Vec<String> = it.steps.iter().map(step).collect();
        format!("{} {} @{:?}", it.descendants, steps.join("/"), it.attribute.as_ref().map(test))
    };
    let paths = |it: &[Path]| it.iter().map(path).collect::<Vec<_>>().join("|");
    let kind = match &constraint.kind {
        IdentityKind::Key => "key".to_owned(),
        IdentityKind::Unique => "unique".to_owned(),
        IdentityKind::KeyRef(key) => format!("keyref {}", name(key)),
    };
    let fields: Vec<String> = constraint.fields.iter().map(|it| paths(it)).collect();
    // A keyref refers to a key by its name.
    format!("{} {kind} {} {}", name(&constraint.name), paths(&constraint.selector), fields.join(" "))
}
