//! Checks identity constraints (`xs:key`, `xs:keyref`, `xs:unique`) while a document is read in strict mode (XML Schema Part 1, section
//! 3.11.4). Paths are parsed in `schema::constraint`, and values are compared by the keys that `simple` computes. Without identity
//! constraints there is no checker.
//!
//! Every open element is a level. A constraint opens a scope at the level of its element. An element that its selector leads to is a
//! target, whose fields are filled from the attributes and elements that follow. When a level closes, its targets become rows in the tables
//! of their scopes, the constraints of the level are checked, and the rows that keyrefs of outer elements may refer to are passed to the
//! enclosing level.

use std::borrow::Cow;
use std::collections::HashMap;

use super::recover::MOST_ERRORS;
use crate::any::NamespaceName;
use crate::error::{Error, ErrorKind, Result};
use crate::schema::constraint::{ConstraintKind, Identity, Path};

/// The state of the identity constraints of a document.
#[derive(Debug, Default)]
pub(super) struct IdentityChecker<'a> {
    levels: Vec<Level<'a>>,
    scopes: Vec<Scope>,
    targets: Vec<Target>,
}

/// An open element.
#[derive(Debug)]
struct Level<'a> {
    uri: NamespaceName,
    local: Cow<'a, str>,
    at: usize,
    /// The fields that its value fills, each as the number of the target and the number of the field.
    waits: Vec<(usize, usize)>,
    /// Whether it has a value of a simple type, or is nil.
    valued: bool,
    /// The tables of keys passed up from its children.
    tables: Vec<Table>,
}

/// The rows of a named key; `false` for a row that comes from two different elements.
#[derive(Debug)]
struct Table {
    name: (u16, &'static str),
    rows: HashMap<Vec<String>, bool>,
}

/// A constraint whose element is open.
#[derive(Debug)]
struct Scope {
    depth: usize,
    identity: &'static Identity,
    rows: Vec<(Vec<String>, usize)>,
    /// The number of rows whose places are known although their window has ended.
    placed: usize,
}

/// An element that a selector leads to.
#[derive(Debug)]
struct Target {
    scope: usize,
    depth: usize,
    at: usize,
    fields: Vec<Option<Found>>,
}

/// The value of a field.
#[derive(Debug, Clone, PartialEq)]
enum Found {
    Value(String),
    Nil,
}

fn broken(identity: &Identity, at: usize, message: &str) -> Error {
    let word = match identity.kind {
        ConstraintKind::Key => "key",
        ConstraintKind::Unique => "unique",
        ConstraintKind::KeyRef(..) => "keyref",
    };
    Error::at(ErrorKind::Identity, at, format!("the {word} {}: {message}", identity.name.1))
}

impl<'a> IdentityChecker<'a> {
    /// Returns the names of the open elements below the level at this depth, down to the last one.
    fn names_below(&self, depth: usize) -> impl DoubleEndedIterator<Item = (&str, &str)> + ExactSizeIterator {
        self.levels.get(depth + 1..).unwrap_or_default().iter().map(|level| (level.uri.as_str(), &*level.local))
    }

    /// Returns the checker without references to the text. `places` tells what the offset of a row becomes, and `starts` where the start tags of the open
    /// elements are in the next window.
    pub(super) fn carried(self, mut place: impl FnMut(usize) -> usize, starts: &[usize]) -> IdentityChecker<'static> {
        let Self { levels, mut scopes, mut targets } = self;
        for scope in &mut scopes {
            for (_, at) in scope.rows.iter_mut().skip(scope.placed) {
                *at = place(*at);
            }
            scope.placed = scope.rows.len();
        }
        for target in &mut targets {
            target.at = starts.get(target.depth).copied().unwrap_or_default();
        }
        let levels = levels.into_iter().enumerate().map(|(depth, Level { uri, local, waits, valued, tables, .. })| {
            let at = starts.get(depth).copied().unwrap_or_default();
            Level { uri, local: Cow::Owned(local.into_owned()), at, waits, valued, tables }
        });
        IdentityChecker { levels: levels.collect(), scopes, targets }
    }

    /// Returns the offsets of the rows whose places will be needed when the window has ended.
    pub(super) fn unplaced(&self) -> impl Iterator<Item = usize> {
        self.scopes.iter().flat_map(|scope| scope.rows.iter().skip(scope.placed)).map(|(_, at)| *at)
    }

    fn depth(&self) -> usize {
        self.levels.len().saturating_sub(1)
    }

    /// Begins an element.
    pub(super) fn open(&mut self, uri: NamespaceName, local: Cow<'a, str>, at: usize) {
        self.levels.push(Level { uri, local, at, waits: Vec::new(), valued: false, tables: Vec::new() });
        for scope in 0..self.scopes.len() {
            self.select(scope);
        }
        for target in 0..self.targets.len() {
            self.wait(target);
        }
    }

    /// Makes the last level a target, if the selector of the scope leads to it.
    fn select(&mut self, scope: usize) {
        let Some(found) = self.scopes.get(scope) else { return };
        let (identity, depth) = (found.identity, self.depth());
        if !identity.selector.iter().any(|path| path.leads(self.names_below(found.depth))) {
            return;
        }
        let at = self.levels.last().map_or(0, |level| level.at);
        self.targets.push(Target { scope, depth, at, fields: vec![None; identity.fields.len()] });
    }

    /// Registers the last level for those fields of a target that lead to it, so that its value fills them.
    fn wait(&mut self, target: usize) {
        let Some(found) = self.targets.get(target) else { return };
        let Some(scope) = self.scopes.get(found.scope) else { return };
        let leads = |paths: &Vec<Path>| paths.iter().any(|path| path.attribute.is_none() && path.leads(self.names_below(found.depth)));
        let waits: Vec<(usize, usize)> =
            scope.identity.fields.iter().enumerate().filter(|(_, paths)| leads(paths)).map(|(field, _)| (target, field)).collect();
        if let Some(level) = self.levels.last_mut() {
            level.waits.extend(waits);
        }
    }

    /// Begins the constraints of the last level.
    pub(super) fn begin(&mut self, identities: &'static [Identity]) {
        let depth = self.depth();
        for identity in identities {
            self.scopes.push(Scope { depth, identity, rows: Vec::new(), placed: 0 });
            let before = self.targets.len();
            self.select(self.scopes.len() - 1);
            if self.targets.len() > before {
                self.wait(before);
            }
        }
    }

    /// Returns the fields that lead to an attribute of the last level, each as the number of the target and the number of the field.
    pub(super) fn fields_of_attribute(&self, uri: &str, local: &str) -> Vec<(usize, usize)> {
        let mut fills = Vec::new();
        for (number, target) in self.targets.iter().enumerate() {
            let Some(scope) = self.scopes.get(target.scope) else { continue };
            for (field, paths) in scope.identity.fields.iter().enumerate() {
                let leads = |path: &Path| {
                    path.attribute.as_ref().is_some_and(|it| it.admits(uri, local)) && path.leads(self.names_below(target.depth))
                };
                if paths.iter().any(leads) {
                    fills.push((number, field));
                }
            }
        }
        fills
    }

    /// Fills these fields with the value of an attribute.
    pub(super) fn attribute(&mut self, fields: Vec<(usize, usize)>, value: &str) -> Result<()> {
        fields.into_iter().try_for_each(|fill| self.fill(fill, Found::Value(value.to_owned())))
    }

    /// Returns whether the value of the last level is a field.
    pub(super) fn awaits_value(&self) -> bool {
        self.levels.last().is_some_and(|level| !level.waits.is_empty())
    }

    /// Fills the fields that lead to the last level with its value; `None` stands for nil.
    pub(super) fn value(&mut self, value: Option<String>) -> Result<()> {
        let Some(level) = self.levels.last_mut() else { return Ok(()) };
        level.valued = true;
        let waits = std::mem::take(&mut level.waits);
        let found = value.map_or(Found::Nil, Found::Value);
        waits.into_iter().try_for_each(|fill| self.fill(fill, found.clone()))
    }

    fn fill(&mut self, (target, field): (usize, usize), found: Found) -> Result<()> {
        let Some(target) = self.targets.get_mut(target) else { return Ok(()) };
        let Some(slot) = target.fields.get_mut(field) else { return Ok(()) };
        if slot.replace(found).is_none() {
            return Ok(());
        }
        match self.scopes.get(target.scope) {
            Some(scope) => Err(broken(scope.identity, target.at, "a field has two values")),
            None => Ok(()),
        }
    }

    /// Ends the last level and checks its constraints.
    pub(super) fn close(&mut self, errors: &mut Vec<Error>) {
        let depth = self.depth();
        let Some(level) = self.levels.pop() else { return };
        if let (false, Some((target, _))) = (level.valued, level.waits.first())
            && let Some(scope) = self.targets.get(*target).and_then(|target| self.scopes.get(target.scope))
        {
            errors.push(broken(scope.identity, level.at, "a field is not a simple value"));
        }
        while let Some(target) = self.targets.pop_if(|target| target.depth == depth) {
            let error = self.row(target).err();
            errors.extend(error.filter(|_| errors.len() <= MOST_ERRORS));
        }
        let mut tables = level.tables;
        let mut references = Vec::new();
        while let Some(scope) = self.scopes.pop_if(|scope| scope.depth == depth) {
            match scope.identity.kind {
                ConstraintKind::KeyRef(namespace, local) => references.push(((namespace, local), scope)),
                _ => own_table(scope, &mut tables, errors),
            }
        }
        for (name, scope) in references {
            refer(name, &scope, &tables, errors);
        }
        if let Some(around) = self.levels.last_mut() {
            hand_up(tables, &mut around.tables);
        }
    }

    /// Adds a target to its scope as a row.
    fn row(&mut self, target: Target) -> Result<()> {
        let Some(scope) = self.scopes.get_mut(target.scope) else { return Ok(()) };
        let is_key = scope.identity.kind == ConstraintKind::Key;
        if is_key && target.fields.contains(&Some(Found::Nil)) {
            return Err(broken(scope.identity, target.at, "a field is nil"));
        }
        let values = target.fields.into_iter().map(|field| if let Some(Found::Value(value)) = field { Some(value) } else { None });
        match values.collect::<Option<Vec<String>>>() {
            Some(row) => scope.rows.push((row, target.at)),
            None if is_key => return Err(broken(scope.identity, target.at, "a field is missing")),
            None => {}
        }
        Ok(())
    }
}

/// Checks that no row of a key or a unique constraint occurs twice, and adds its rows to the tables if a keyref refers to it.
fn own_table(scope: Scope, tables: &mut Vec<Table>, errors: &mut Vec<Error>) {
    let mut rows = HashMap::with_capacity(scope.rows.len());
    for (row, at) in scope.rows {
        if rows.insert(row, true).is_some() && errors.len() <= MOST_ERRORS {
            errors.push(broken(scope.identity, at, "another element has the same value"));
        }
    }
    if scope.identity.referred {
        // The rows of the element itself take precedence over those of its children.
        if let Some(table) = tables.iter_mut().find(|table| table.name == scope.identity.name) {
            table.rows.extend(rows);
        } else {
            tables.push(Table { name: scope.identity.name, rows });
        }
    }
}

/// Checks that each row of a keyref is a row of the key that it refers to.
fn refer(name: (u16, &'static str), scope: &Scope, tables: &[Table], errors: &mut Vec<Error>) {
    let table = tables.iter().find(|table| table.name == name);
    for (row, at) in &scope.rows {
        if table.and_then(|table| table.rows.get(row)) != Some(&true) && errors.len() <= MOST_ERRORS {
            errors.push(broken(scope.identity, *at, &format!("no {} has this value", name.1)));
        }
    }
}

/// Merges the tables of an element into those of the enclosing element. A row that comes from two elements becomes invalid.
fn hand_up(tables: Vec<Table>, around: &mut Vec<Table>) {
    for mut table in tables {
        let Some(known) = around.iter_mut().find(|known| known.name == table.name) else {
            around.push(table);
            continue;
        };
        // The rows of the smaller table are moved, so that nested elements do not move all rows again and again.
        if table.rows.len() > known.rows.len() {
            std::mem::swap(&mut table.rows, &mut known.rows);
        }
        for (row, one) in table.rows {
            known.rows.entry(row).and_modify(|known| *known = false).or_insert(one);
        }
    }
}
