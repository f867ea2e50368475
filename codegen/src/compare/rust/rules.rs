//! The rules that say which release a difference of the public items requires. They follow the SemVer reference of Cargo.

use std::fmt;

/// A release by semantic versioning.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// Code that uses the bindings compiles as before, and finds nothing new.
    Patch,
    /// Code that uses the bindings compiles as before, and finds something new.
    Minor,
    /// Code that uses the bindings may not compile any more.
    Major,
}

impl Level {
    /// Returns the word for it: `patch`, `minor` or `major`.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Level::Patch => "patch",
            Level::Minor => "minor",
            Level::Major => "major",
        }
    }
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

/// A rule: a difference with the release that it requires.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    /// The name, such as `field-removed`.
    pub name: &'static str,
    /// The release that it requires.
    pub level: Level,
    /// The reason, as a sentence.
    pub reason: &'static str,
}

macro_rules! rules {
    ($($constant:ident = $name:literal $level:ident $reason:literal;)*) => {
        $(
            #[doc = $reason]
            pub(super) const $constant: Rule = Rule { name: $name, level: Level::$level, reason: $reason };
        )*

        /// All rules.
        pub const RULES: &[Rule] = &[$($constant),*];
    };
}

rules! {
    ITEM_REMOVED = "item-removed" Major "A type is gone, or has another path.";
    KIND_CHANGED = "kind-changed" Major "A struct became an enum, an enum an alias, or the like.";
    ALIAS_CHANGED = "alias-changed" Major "A type alias stands for another type.";
    MEMBER_REMOVED = "member-removed" Major "A public field or a variant is gone.";
    MEMBER_RETYPED = "member-retyped" Major "A public field or the value of a variant has another type.";
    PARAMETERS_CHANGED = "parameters-changed" Major "`new` takes other parameters or a builder other fields, because a required field was added or removed, or the order changed; or one became the other.";
    TRAIT_REMOVED = "trait-removed" Major "A type no longer implements a trait.";
    STATIC_REMOVED = "static-removed" Major "The static with the facets of a type is gone.";
    FEATURE_REMOVED = "feature-removed" Major "A Cargo feature is gone.";
    FEATURE_REQUIRED = "feature-required" Major "A type needs a Cargo feature that it did not need.";
    EXHAUSTIVE_MEMBER_ADDED = "exhaustive-member-added" Major "A field or a variant is new, and `non-exhaustive = false` lets code list all of them.";
    ITEM_ADDED = "item-added" Minor "A type is new.";
    MEMBER_ADDED = "member-added" Minor "A field or a variant is new. Structs and enums are `#[non_exhaustive]`, so code that uses them still compiles.";
    CONSTRUCTOR_ADDED = "constructor-added" Minor "A struct has `new` or a builder, and had none.";
    TRAIT_ADDED = "trait-added" Minor "A type implements another trait.";
    STATIC_ADDED = "static-added" Minor "The static with the facets of a type is new.";
    FEATURE_ADDED = "feature-added" Minor "A Cargo feature is new.";
}
