//! Attributes lines of lists, imports and tables by the names in them, and blank lines by their neighbours.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::align::{Spot, Unit};
use super::blocks::{BLANK, Kind};
use super::causes::{Attributed, Cause, class};
use super::changes::Causes;
use super::{Reason, State};

/// Attributes the lines that have no cause yet.
pub(super) fn attribute(causes: &Causes<'_>, all: &mut [Attributed]) {
    // What names something that is attributed by its own names needs another pass.
    for _ in 0..2 {
        pass(causes, all);
    }
    neighbours(all);
}

fn pass(causes: &Causes<'_>, all: &mut [Attributed]) {
    let index = Index::of(all);
    for attributed in all.iter_mut() {
        let Attributed { unit, causes: found } = attributed;
        if unit.spot().is_none_or(|spot| spot.member == BLANK) {
            continue;
        }
        let differing = differing(unit);
        for range in entries(unit) {
            let open =
                |at: &usize| found.get(*at).is_some_and(Option::is_none) && unit.rows.get(*at).is_some_and(|row| row.state != State::Kept);
            let open: Vec<usize> = range.clone().filter(open).collect();
            let Some(first) = open.first() else { continue };
            let text: Vec<&str> = range.filter_map(|at| unit.rows.get(at)).map(|row| row.text.as_str()).collect();
            let kind = class(unit.rows.get(*first).map_or("", |row| &row.text));
            let cause = named(causes, &index, unit, &text.join(" "), &differing).or_else(|| causes.of_module(unit.spot()?, kind));
            for at in open {
                found.iter_mut().skip(at).take(1).for_each(|slot| slot.clone_from(&cause));
            }
        }
    }
}

/// The causes of the lines that contain a name, by module and name.
struct Index(HashMap<(String, String), Cause>);

impl Index {
    fn of(all: &[Attributed]) -> Self {
        let mut index = HashMap::new();
        for Attributed { unit, causes } in all {
            let Some(spot) = unit.spot().filter(|spot| matches!(spot.kind, Kind::Type | Kind::Static)) else { continue };
            let module = spot.module.split("::").next().unwrap_or_default();
            for (row, cause) in unit.rows.iter().zip(causes) {
                let Some(cause) = cause else { continue };
                for name in names(&row.text).flat_map(|name| name.split("::")) {
                    index.entry((module.to_owned(), name.to_owned())).or_insert_with(|| cause.clone());
                }
            }
        }
        Index(index)
    }

    fn find(&self, spot: &Spot, name: &str) -> Option<Cause> {
        let module = spot.module.split("::").next().unwrap_or_default();
        let find = |module: &str| self.0.get(&(module.to_owned(), name.to_owned()));
        let cause = find(module).or_else(|| find("").filter(|_| name.chars().all(|c| c.is_uppercase() || c == '_')))?;
        Some(Cause { change: cause.change, reason: Reason::Names(name.to_owned()) })
    }
}

/// Returns the names in a line of Rust or text: identifiers and paths.
fn names(text: &str) -> impl Iterator<Item = &str> {
    let parts = text.split(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | ':')));
    parts.map(|part| part.trim_matches(':')).filter(|part| !part.is_empty())
}

/// Returns the names that only the old or only the new lines of a segment have.
fn differing(unit: &Unit) -> Vec<String> {
    let of = |state: State| -> Vec<&str> { unit.rows.iter().filter(|row| row.state == state).flat_map(|row| names(&row.text)).collect() };
    let (old, new) = (of(State::Removed), of(State::Added));
    let (had, has): (HashSet<&str>, HashSet<&str>) = (old.iter().copied().collect(), new.iter().copied().collect());
    new.iter()
        .filter(|name| !had.contains(*name))
        .chain(old.iter().filter(|name| !has.contains(*name)))
        .map(|name| (*name).to_owned())
        .collect()
}

/// Returns the entries of a list: each line with the attributes before it.
fn entries(unit: &Unit) -> Vec<std::ops::Range<usize>> {
    let mut out = Vec::new();
    let mut start = 0;
    for (at, row) in unit.rows.iter().enumerate() {
        if !row.text.trim_start().starts_with('#') || unit.spot().is_none_or(|spot| spot.kind == Kind::Text) {
            out.push(start..at + 1);
            start = at + 1;
        }
    }
    out.push(start..unit.rows.len());
    out
}

/// Returns the change of something that a text names.
fn named(causes: &Causes<'_>, index: &Index, unit: &Unit, text: &str, differing: &[String]) -> Option<Cause> {
    let spot = unit.spot()?;
    let own = |change, name: &str| Some(Cause { change, reason: Reason::Names(name.to_owned()) });
    if let Some(document) = text.trim_start().strip_prefix("// Schema: ") {
        let name = document.rsplit('/').next().unwrap_or_default();
        return own(causes.of_document(name)?, name);
    }
    match spot.kind {
        Kind::Import => {
            let words = ["use", "super", "crate"];
            let found = differing.iter().filter(|name| !words.contains(&name.as_str())).find_map(|name| index.find(spot, name));
            let module = Spot { kind: Kind::Module, path: spot.module.clone(), ..spot.clone() };
            return found.or_else(|| causes.of_spot(&module));
        }
        Kind::Static => {
            let name = spot.path.rsplit("::").next().unwrap_or_default();
            if let Some(cause) = index.find(spot, name) {
                return Some(cause);
            }
        }
        Kind::Module | Kind::End => {
            let module = Spot { module: spot.path.clone(), ..spot.clone() };
            if let Some(cause) = causes.of_module(&module, class("")) {
                return Some(cause);
            }
        }
        // The documentation of a module is that of its namespace.
        Kind::Text if !spot.module.is_empty() => return causes.of_module(spot, class(text)),
        Kind::Type | Kind::Macro | Kind::Text => {}
    }
    for name in wire_names(text) {
        if let Some(change) = causes.of_component(&name) {
            return own(change, &name);
        }
    }
    for uri in text.split(['"', '`']).filter(|part| part.contains(':')) {
        if let Some(change) = causes.of_namespace(uri) {
            return own(change, uri);
        }
    }
    let (paths, words): (Vec<&str>, Vec<&str>) = names(text).partition(|name| name.contains("::"));
    let ordered = differing.iter().map(String::as_str).filter(|name| paths.contains(name) || words.contains(name));
    for name in ordered.clone().filter(|name| name.contains("::")).chain(paths.iter().copied()).chain(ordered).chain(words.iter().copied())
    {
        let inner = if spot.module.is_empty() { name.to_owned() } else { format!("{}::{name}", spot.module) };
        if let Some(change) = [name, inner.as_str()].into_iter().find_map(|name| causes.of_path(name)) {
            return own(change, name);
        }
        if let Some((item, change)) = causes.used_by(name).or_else(|| causes.used_by(&inner)) {
            return Some(Cause { change: *change, reason: Reason::Uses(item.clone()) });
        }
        if let Some(cause) = name.chars().any(char::is_uppercase).then(|| index.find(spot, name)).flatten() {
            return Some(cause);
        }
        if let Some(change) = causes.of_feature(name) {
            return own(change, name);
        }
    }
    // An entry of several lines: the static or the component that only one side names.
    let changed: Vec<&str> = unit.rows.iter().filter(|row| row.state != State::Kept).map(|row| row.text.trim()).collect();
    let wire = wire_names(&changed.join(" "));
    let wire = wire.iter().filter(|name| differing.iter().any(|other| name.ends_with(other.as_str()))).cloned();
    let known = differing.iter().filter_map(|name| causes.component_of(name)).map(str::to_owned);
    wire.chain(known).find_map(|name| causes.of_component(&name).map(|change| Cause { change, reason: Reason::Names(name) }))
}

/// Returns the names in calls such as `complex(xmlns::p, "local")`, with their prefixes.
fn wire_names(text: &str) -> Vec<String> {
    let parts = text.split("xmlns::").skip(1);
    let name = |part: &str| {
        let (prefix, rest) = part.trim_start_matches("r#").split_once(", \"")?;
        let local = rest.split('"').next()?;
        let valid = prefix.chars().all(|c| c.is_alphanumeric() || c == '_');
        valid.then(|| if prefix == "none" { local.to_owned() } else { format!("{prefix}:{local}") })
    };
    parts.filter_map(name).collect()
}

/// Attributes what is left as the line before, or else as the nearest lines in the file are: blank lines, and lines of files that summarize others.
fn neighbours(all: &mut [Attributed]) {
    let mut known: [HashMap<&str, BTreeMap<usize, usize>>; 2] = [HashMap::new(), HashMap::new()];
    let mut wanted: Vec<(usize, usize, usize)> = Vec::new();
    for (at, Attributed { unit, causes }) in all.iter().enumerate() {
        let summary = unit.spot().is_some_and(|spot| spot.member == BLANK || spot.kind == Kind::Text || spot.file.ends_with("lib.rs"));
        for (row_at, (row, cause)) in unit.rows.iter().zip(causes).enumerate().filter(|(_, (row, _))| row.state != State::Kept) {
            match cause {
                Some(cause) => {
                    let sides = [(unit.old.as_ref(), row.old), (unit.new.as_ref(), row.new)];
                    for (map, (spot, line)) in known.iter_mut().zip(sides) {
                        if let (Some(spot), Some(line)) = (spot, line) {
                            map.entry(&spot.file).or_default().insert(line, cause.change);
                        }
                    }
                }
                None if summary => wanted.push((at, row_at, usize::from(row.new.is_some()))),
                None => {}
            }
        }
    }
    let mut found = Vec::new();
    for (at, row_at, side) in wanted {
        let Some(Attributed { unit, .. }) = all.get(at) else { continue };
        let spot = if side == 1 { unit.new.as_ref() } else { unit.old.as_ref() };
        let Some(row) = unit.rows.get(row_at) else { continue };
        let line = if side == 1 { row.new } else { row.old };
        let (Some(spot), Some(line)) = (spot, line) else { continue };
        let of = |map: &HashMap<&str, BTreeMap<usize, usize>>| {
            let lines = map.get(spot.file.as_str())?;
            let before = line.checked_sub(1).and_then(|before| lines.get(&before));
            let next = before.or_else(|| lines.range(line..).next().map(|(_, change)| change));
            next.or_else(|| lines.range(..line).next_back().map(|(_, change)| change)).copied()
        };
        let maps = if side == 1 { known.iter().rev().collect::<Vec<_>>() } else { known.iter().collect() };
        if let Some(change) = maps.into_iter().find_map(of) {
            found.push((at, row_at, change));
        }
    }
    for (at, row_at, change) in found {
        let slot = all.get_mut(at).and_then(|it| it.causes.get_mut(row_at));
        slot.into_iter().for_each(|slot| *slot = Some(Cause { change, reason: Reason::File }));
    }
}
