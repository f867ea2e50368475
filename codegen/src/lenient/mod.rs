//! The rules that real schemas break and that the settings may allow them to break. An error that is allowed becomes a warning, and `mend` takes out of
//! the model what later stages could not use.

#![deny(clippy::indexing_slicing)]

mod mend;
mod rules;

use crate::diagnostic::{Diagnostic, Diagnostics, Severity};
use crate::model::Model;
use crate::settings::Settings;

pub use rules::{MISSING, OUTSIDE, RULES, Rule};

/// Turns each error that the settings allow into a warning, and mends the model accordingly.
pub(crate) fn allow(settings: &Settings, diagnostics: &mut Diagnostics, model: Option<&mut Model>) {
    let found = std::mem::take(diagnostics);
    let mut allowed = Vec::new();
    for diagnostic in found {
        if diagnostic.severity == Severity::Error && rules::allows(settings, &diagnostic) {
            allowed.push(diagnostic.clone());
            diagnostics.push(Diagnostic { severity: Severity::Warning, help: None, ..diagnostic });
        } else {
            diagnostics.push(diagnostic);
        }
    }
    if let Some(model) = model.filter(|_| !allowed.is_empty()) {
        mend::mend(model, &allowed);
    }
}
