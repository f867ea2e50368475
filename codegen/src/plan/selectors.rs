//! Matches selectors against components, and reports rules whose selector matches nothing. `settings::Rule` describes the syntax of selectors.

use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;

use super::codes;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::model::path::{ComponentPath, NONE, Name, Step};
use crate::settings::Rule;
use crate::spelling;

/// A step of a selector.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Pattern {
    /// `**`
    Any,
    /// `prefix:name` or `name`; `None` matches any prefix.
    Named(Option<String>, String),
    /// `@name`
    Attribute(String),
    /// `=VALUE`
    Value(String),
}

/// The rules of one kind, with parsed selectors.
#[derive(Debug)]
pub(super) struct Rules<'s, T> {
    rules: Vec<Compiled<'s, T>>,
    /// All paths that were looked up, for suggestions; empty if there are no rules.
    asked: RefCell<BTreeSet<String>>,
}

#[derive(Debug)]
struct Compiled<'s, T> {
    rule: &'s Rule<T>,
    /// The component, if the selector is written as a path.
    exact: Option<ComponentPath>,
    /// Whether the first pattern matches a global component; otherwise the last pattern matches a component anywhere.
    anchored: bool,
    patterns: Vec<Pattern>,
    used: Cell<bool>,
}

impl<'s, T> Rules<'s, T> {
    /// Parses the selectors of the rules.
    pub(super) fn new(rules: &'s [Rule<T>], problems: &mut Diagnostics) -> Self {
        let mut compiled = Vec::with_capacity(rules.len());
        for rule in rules {
            let exact: Option<ComponentPath> = rule.selector.parse().ok();
            match parse(&rule.selector).or_else(|| exact.is_some().then(|| (true, Vec::new()))) {
                Some((anchored, patterns)) => {
                    compiled.push(Compiled { rule, exact, anchored, patterns, used: Cell::new(false) });
                }
                None => problems.push(
                    Diagnostic::error(codes::BAD_SELECTOR, rule.span.clone(), format!("`{}` is not a selector", rule.selector)).with_help(
                        "write `prefix:typeName`, `prefix:typeName/element`, `prefix:typeName/@attribute`, or a local name alone",
                    ),
                ),
            }
        }
        Rules { rules: compiled, asked: RefCell::default() }
    }

    /// Returns the first rule that matches one of the paths, which are alternative paths to the same component.
    pub(super) fn find(&self, paths: &[&ComponentPath]) -> Option<&'s T> {
        self.all(paths).into_iter().next()
    }

    /// Returns all rules that match one of the paths, in order.
    pub(super) fn all(&self, paths: &[&ComponentPath]) -> Vec<&'s T> {
        if self.rules.is_empty() {
            return Vec::new();
        }
        let mut found = Vec::new();
        for compiled in &self.rules {
            if paths.iter().any(|path| compiled.matches(path)) {
                compiled.used.set(true);
                found.push(&compiled.rule.value);
            }
        }
        let mut asked = self.asked.borrow_mut();
        asked.extend(paths.iter().map(|path| path.selector()));
        found
    }

    /// Returns for each rule whether its selector matched something.
    pub(super) fn used(&self) -> Vec<bool> {
        self.rules.iter().map(|compiled| compiled.used.get()).collect()
    }

    /// Reports each rule whose selector matched nothing.
    pub(super) fn unused(&self, what: &str, problems: &mut Diagnostics) {
        let asked = self.asked.borrow();
        for compiled in self.rules.iter().filter(|c| !c.used.get()) {
            let selector = &compiled.rule.selector;
            let message = format!("no {what} matches `{selector}`");
            let mut diagnostic = Diagnostic::error(codes::NO_MATCH, compiled.rule.span.clone(), message);
            if let Some(near) = nearest(selector, &asked) {
                diagnostic = diagnostic.with_help(format!("did you mean `{near}`?"));
            }
            problems.push(diagnostic);
        }
    }
}

impl<T> Compiled<'_, T> {
    fn matches(&self, path: &ComponentPath) -> bool {
        if self.exact.as_ref() == Some(path) {
            return true;
        }
        let names = names(path);
        if self.anchored {
            return matches_all(&self.patterns, &names);
        }
        match (self.patterns.first(), names.last()) {
            (Some(pattern), Some(name)) => matches_one(pattern, name),
            _ => false,
        }
    }
}

/// A step of a path that selectors match. Parts without a name do not count.
enum Named<'p> {
    /// A global component or an element: the prefixes that it can be written with, and its local name.
    Component([&'p str; 2], &'p str),
    Attribute(&'p Name),
    Value(&'p str),
}

fn names(path: &ComponentPath) -> Vec<Named<'_>> {
    let mut names = vec![Named::Component([&path.prefix, &path.prefix], &path.local)];
    names.extend(path.steps.iter().filter_map(|step| match step {
        Step::Element(Name { prefix: Some(prefix), local }) => Some(Named::Component([prefix, prefix], local)),
        Step::Element(Name { prefix: None, local }) => Some(Named::Component([&path.prefix, NONE], local)),
        Step::Attribute(name) => Some(Named::Attribute(name)),
        Step::Value(value) => Some(Named::Value(value)),
        Step::Part(..) => None,
    }));
    names
}

fn matches_all(patterns: &[Pattern], path: &[Named<'_>]) -> bool {
    match (patterns.split_first(), path.split_first()) {
        (None, None) => true,
        (Some((Pattern::Any, rest)), None) => matches_all(rest, path),
        (Some((Pattern::Any, rest)), Some((_, deeper))) => matches_all(rest, path) || matches_all(patterns, deeper),
        (Some((pattern, rest)), Some((step, deeper))) => matches_one(pattern, step) && matches_all(rest, deeper),
        _ => false,
    }
}

fn matches_one(pattern: &Pattern, step: &Named<'_>) -> bool {
    match (pattern, step) {
        (Pattern::Named(prefix, wanted), Named::Component(prefixes, local)) => {
            prefix.as_ref().is_none_or(|prefix| prefixes.iter().any(|own| glob(prefix, own))) && glob(wanted, local)
        }
        (Pattern::Attribute(wanted), Named::Attribute(name)) => {
            glob(wanted, &name.local) || name.prefix.is_some() && glob(wanted, &name.to_string())
        }
        (Pattern::Value(wanted), Named::Value(value)) => wanted == value,
        _ => false,
    }
}

/// Returns whether the text matches the pattern, in which `*` matches any text.
fn glob(pattern: &str, text: &str) -> bool {
    let mut parts = pattern.split('*');
    let Some(mut rest) = parts.next().and_then(|first| text.strip_prefix(first)) else { return false };
    let mut last = None;
    for part in parts {
        if let Some(middle) = last.replace(part) {
            let middle: &str = middle;
            let Some((_, after)) = rest.split_once(middle) else { return false };
            rest = after;
        }
    }
    last.map_or(rest.is_empty(), |end| rest.ends_with(end))
}

fn parse(selector: &str) -> Option<(bool, Vec<Pattern>)> {
    let (path, value) = match selector.split_once("/=") {
        Some((path, value)) => (path, Some(value)),
        None => (selector, None),
    };
    let mut patterns = Vec::new();
    for (at, step) in path.split('/').enumerate() {
        patterns.push(match (step, step.strip_prefix('@')) {
            ("", _) | (_, Some("")) => return None,
            ("**", _) if at > 0 => Pattern::Any,
            (_, Some(attribute)) => Pattern::Attribute(attribute.to_owned()),
            _ => match step.split_once(':') {
                Some((prefix, local)) if !prefix.is_empty() && !local.is_empty() => {
                    Pattern::Named(Some(prefix.to_owned()), local.to_owned())
                }
                Some(_) => return None,
                None => Pattern::Named(None, step.to_owned()),
            },
        });
    }
    let anchored = matches!(patterns.first(), Some(Pattern::Named(Some(_), _)));
    patterns.extend(value.map(|v| Pattern::Value(v.to_owned())));
    (anchored || patterns.len() == 1).then_some((anchored, patterns))
}

/// Returns the known path that is most similar to the selector, if any is similar enough.
fn nearest<'a>(selector: &str, asked: &'a BTreeSet<String>) -> Option<&'a str> {
    let short = !selector.contains([':', '/']);
    let candidates = asked.iter().map(|full| if short { full.rsplit(['/', ':']).next().unwrap_or(full) } else { full });
    spelling::nearest(selector, candidates)
}

#[cfg(test)]
#[allow(clippy::expect_used, reason = "tests stop where something is wrong")]
mod tests {
    use super::*;
    use crate::diagnostic::Span;

    fn matches(selector: &str, path: &str) -> bool {
        let path: ComponentPath = path.parse().expect("a path");
        let rules = [Rule { selector: selector.to_owned(), value: (), span: Span::file("xsdgen.toml") }];
        let rules = Rules::new(&rules, &mut Diagnostics::new());
        rules.find(&[&path]).is_some()
    }

    #[test]
    fn forms() {
        let path = "ep:getSessionInfoResponse/accessControl/group(a)/audioPassword";
        assert!(matches("ep:getSessionInfoResponse/accessControl/audioPassword", path));
        assert!(matches("ep:getSessionInfoResponse/**/audioPassword", path));
        assert!(matches("ep:get*Response/*/*Password", path));
        assert!(matches("ep:getSessionInfoResponse/**", path));
        assert!(matches("audioPassword", path));
        assert!(matches("*Password", path));
        assert!(!matches("ep:getSessionInfoResponse/audioPassword", path));
        assert!(!matches("use:getSessionInfoResponse/accessControl/audioPassword", path));
        assert!(!matches("password", path));
        assert!(!matches("@audioPassword", path));
    }

    #[test]
    fn attributes_and_values() {
        assert!(matches("a:t/@id", "a:t/@id"));
        assert!(matches("@id", "a:t/@id"));
        assert!(matches("@x:id", "a:t/@x:id") && matches("@id", "a:t/@x:id") && !matches("@x:id", "a:t/@id"));
        assert!(matches("element::a:t/any(2)", "element::a:t/any(2)") && !matches("element::a:t", "a:t"));
        assert!(matches("a:t/=x/y", "a:t/=\"x/y\""));
    }

    #[test]
    fn what_matches_nothing_is_an_error_with_a_guess() {
        let rules = [Rule { selector: "ep:accesControlType".to_owned(), value: (), span: Span::file("xsdgen.toml") }];
        let mut problems = Diagnostics::new();
        let rules = Rules::new(&rules, &mut problems);
        assert!(rules.find(&[&"ep:accessControlType".parse().expect("a path")]).is_none());
        rules.unused("type", &mut problems);
        let found: Vec<_> = problems.into_iter().collect();
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].help.as_deref(), Some("did you mean `ep:accessControlType`?"));
    }

    #[test]
    fn what_is_no_selector_is_an_error() {
        for selector in ["", "a//b", "a/b", ":x", "a:", "@"] {
            assert!(parse(selector).is_none(), "{selector}");
        }
    }
}
