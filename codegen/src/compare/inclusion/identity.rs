//! Compares the identity constraints of two declarations.

use super::side::Side;
use crate::model::{Element, IdentityConstraint, IdentityKind, NameTest, Path, Step};

/// Returns the names of the identity constraints of B that A does not have in the same form.
pub(super) fn added(a: &Side<'_>, own: Option<&Element>, b: &Side<'_>, other: &Element) -> Vec<String> {
    let own: Vec<String> = own.into_iter().flat_map(|own| &own.identity).map(|constraint| form(a, constraint)).collect();
    let is_new = |constraint: &&IdentityConstraint| !own.contains(&form(b, constraint));
    other.identity.iter().filter(is_new).map(|constraint| constraint.name.local.clone()).collect()
}

/// Returns a text that is the same for two constraints if they constrain documents in the same way.
fn form(side: &Side<'_>, constraint: &IdentityConstraint) -> String {
    let name = |name: &crate::model::QName| format!("{:?}", side.common(name));
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
