//! Decides how each struct is made from its required fields. `blanks` runs before this pass, because it makes some required fields optional.

use super::recursion::fields_mut;
use crate::ir::{Constructor, ItemKind, RustIr};
use crate::settings::Constructors;

/// The maximum number of parameters that `new` has, unless the settings ask for `new`. With more, the compiler could not tell which text is which.
pub const MOST_PARAMETERS: usize = 3;

/// Decides on the constructors of all structs.
pub(super) fn plan(ir: &mut RustIr, chosen: Constructors) {
    for item in &mut ir.items {
        if matches!(item.kind, ItemKind::Struct(_) | ItemKind::Group(_)) {
            let required = fields_mut(item).filter(|field| field.is_required()).count();
            item.constructor = match chosen {
                Constructors::Auto if required > MOST_PARAMETERS => Constructor::Builder,
                Constructors::Builder if required > 0 => Constructor::Builder,
                Constructors::None => Constructor::None,
                Constructors::Auto | Constructors::New | Constructors::Builder => Constructor::New,
            };
        }
    }
}
