//! The table of the rules that schemas may break. The option `--allow`, the configuration, the explanations of the codes and the documentation are made
//! from it.

use crate::diagnostic::Diagnostic;
use crate::settings::Settings;

/// A rule that schemas may break, if the settings say so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rule {
    /// Its name in the recommendation, or the name of what is allowed.
    pub name: &'static str,
    /// The section of the recommendation that states it.
    pub section: &'static str,
    /// What the bindings do with schemas that break it.
    pub effect: &'static str,
    /// The clauses that may be broken; empty if all of the rule may.
    clauses: &'static [&'static str],
}

impl Rule {
    /// Returns whether the diagnostic reports that this rule is broken, in a way that the settings can allow.
    #[must_use]
    pub fn covers(&self, diagnostic: &Diagnostic) -> bool {
        match self.clauses {
            _ if self.name == MISSING || self.name == OUTSIDE => false,
            [] => self.name == diagnostic.code.rule,
            clauses => clauses.contains(&diagnostic.clause.as_ref()),
        }
    }

    /// Returns whether the rule is part of a rule of the recommendation, such as `src-resolve.4` of `src-resolve`.
    #[must_use]
    pub fn belongs_to(&self, rule: &str) -> bool {
        let is_clause = |clause: &&str| clause.strip_prefix(rule).is_some_and(|rest| rest.starts_with('.'));
        self.name == rule || !rule.is_empty() && self.clauses.iter().any(is_clause)
    }
}

/// The name that allows documents that cannot be read.
pub const MISSING: &str = "missing";

/// The name that allows documents outside of the folder of the schemas.
pub const OUTSIDE: &str = "outside";

/// The name that allows derivations that the `final` of a type forbids.
const FINAL: &str = "final";

const fn rule(name: &'static str, section: &'static str, effect: &'static str) -> Rule {
    Rule { name, section, effect, clauses: &[] }
}

/// All rules that schemas may break.
pub const RULES: &[Rule] = &[
    Rule {
        clauses: &["a-props-correct.2", "a-props-correct.3"],
        ..rule(
            "a-props-correct",
            "Part 1, section 3.2.6",
            "A default or fixed value that its type does not have, or of an attribute of type ID, is left out: nothing is filled in, and any value is accepted.",
        )
    },
    rule(
        "ag-props-correct",
        "Part 1, section 3.6.6",
        "Of several attributes with one name, the first one counts. Several attributes may have the type ID.",
    ),
    rule("au-props-correct", "Part 1, section 3.5.6", "The value that the use of the attribute has counts, not that of the declaration."),
    rule("c-fields-xpaths", "Part 1, section 3.11.6", "The identity constraint is not checked, nor are those that refer to it."),
    rule(
        "c-props-correct",
        "Part 1, section 3.11.6",
        "The identity constraint is not checked. Of two with one name, the first one counts.",
    ),
    rule("c-selector-xpath", "Part 1, section 3.11.6", "The identity constraint is not checked, nor are those that refer to it."),
    rule(
        "cos-all-limited",
        "Part 1, section 3.8.6",
        "The elements of the `all` group are read in any order where the group stands, and written in that of the schema.",
    ),
    rule("cos-applicable-facets", "Part 2, section 4.1.5", "The facet is not checked."),
    rule(
        "cos-element-consistent",
        "Part 1, section 3.8.6",
        "Local elements of one name with different types hold any XML. If one of them is global, all have the type of the first one.",
    ),
    rule(
        "cos-nonambig",
        "Part 1, section 3.8.6",
        "Where an element matches several particles, an element declaration takes precedence over a wildcard, as in XML Schema 1.1; otherwise the first particle wins.",
    ),
    rule(
        "cos-particle-restrict",
        "Part 1, section 3.9.6",
        "The restriction has the content that it declares, which may admit more than the base does.",
    ),
    Rule {
        clauses: &["cos-st-restricts.1.1", "cos-st-restricts.2.1", "cos-st-restricts.3.1"],
        ..rule(
            "cos-st-restricts",
            "Part 1, section 3.14.6",
            "A type that restricts `xs:anySimpleType`, and a part of this type in a list or a union, holds any text.",
        )
    },
    Rule {
        clauses: &["ct-props-correct.4", "ct-props-correct.5"],
        ..rule(
            "ct-props-correct",
            "Part 1, section 3.4.6",
            "Of several attributes with one name, the first one counts. Several attributes may have the type ID.",
        )
    },
    rule("cvc-id", "Part 1, section 3.15.4", "The `id` of a schema element has no effect on the bindings."),
    rule(
        "derivation-ok-restriction",
        "Part 1, section 3.4.6",
        "The restriction has the attributes and the content that it declares, which may admit more than the base does.",
    ),
    Rule {
        clauses: &["e-props-correct.2", "e-props-correct.4", "e-props-correct.5"],
        ..rule(
            "e-props-correct",
            "Part 1, section 3.3.6",
            "A default or fixed value that the type does not have, or of an element of type ID, is left out: nothing is filled in, and any value is accepted. A member of a substitution group may have any type.",
        )
    },
    rule("enumeration-valid-restriction", "Part 2, section 4.3.5", "The value is a value of the type like the others."),
    rule(
        "facet-valid-restriction",
        "Part 2, section 4.3",
        "A facet that is no value of the type is not checked. Otherwise, the facet of the type counts, not that of its base.",
    ),
    Rule {
        clauses: &["st-props-correct.3", "cos-ct-extends.1.1", "derivation-ok-restriction.1", "cos-st-restricts.2.3", "cos-st-restricts.3"],
        ..rule(
            FINAL,
            "Part 1, sections 3.4.6 and 3.14.6",
            "A type may be derived from a type whose `final` forbids it, as if it did not. Substitution groups are not concerned.",
        )
    },
    rule(MISSING, "Part 1, section 5.3", "Elements and types that documents would declare that cannot be read accept any XML or text."),
    rule("n-props-correct", "Part 1, section 3.12.6", "The name of the notation is known, which is all that the bindings use."),
    rule(OUTSIDE, "", "Local files that are not in the folder of the schemas or in a folder nearby are read like others."),
    rule("sch-props-correct", "Part 1, section 3.15.6", "Of several components of one kind with one name, the first one counts."),
    Rule {
        clauses: &["src-attribute.1", "src-attribute.2"],
        ..rule(
            "src-attribute",
            "Part 1, section 3.2.3",
            "Of a default and a fixed value, the fixed one counts. A required attribute with a default is required and has no default.",
        )
    },
    rule("src-pattern-value", "Part 2, section 4.3.4", "The patterns of the type are not checked; those of its base are."),
    Rule {
        clauses: &["src-resolve.4"],
        ..rule(
            "src-resolve.4",
            "Part 1, section 3.15.3",
            "A document may refer to a namespace that it does not import, if another document of the set declares the component.",
        )
    },
];

/// Returns whether the settings allow the rule to be broken that a diagnostic reports.
pub(super) fn allows(settings: &Settings, diagnostic: &Diagnostic) -> bool {
    let is_allowed = |rule: &&Rule| settings.allow.iter().any(|name| name == rule.name);
    RULES.iter().filter(is_allowed).any(|rule| rule.covers(diagnostic))
}
