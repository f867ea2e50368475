//! Splits generated files into items and members, by the layout in which `render` writes them.
//!
//! An item begins with its documentation and attributes, and ends with a semicolon or with a line that closes its brace. Its members are indented by
//! one level. Blank lines separate items. Every line belongs to exactly one segment.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use crate::render::FileSet;

/// What an item is: names are unique among the items of a kind in a module.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Kind {
    /// A struct, an enum or an alias.
    Type,
    Static,
    /// The start of a module.
    Module,
    /// The end of a module.
    End,
    Macro,
    Import,
    /// Comments, inner documentation and attributes of the file, and files that are not Rust.
    Text,
}

/// The identity of an item within a set of files. Items with the same name are numbered.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct Key {
    pub(super) kind: Kind,
    /// The path, such as `ep::get_site_type::X`.
    pub(super) path: String,
    pub(super) number: usize,
}

/// An item of a generated file.
#[derive(Debug, Clone)]
pub(super) struct Block {
    pub(super) key: Key,
    /// The path of the module that contains it.
    pub(super) module: String,
    pub(super) segments: Vec<Segment>,
}

/// A part of an item: what precedes its members, a member, or what follows them.
#[derive(Debug, Clone)]
pub(super) struct Segment {
    /// The name of the member; empty for the other parts, and [`BLANK`] for the blank lines after an item.
    pub(super) name: String,
    pub(super) number: usize,
    pub(super) lines: Range<usize>,
}

/// The name of the segment of the blank lines after an item.
pub(super) const BLANK: &str = " ";

/// A generated file.
#[derive(Debug, Clone)]
pub(super) struct File<'t> {
    pub(super) lines: Vec<&'t str>,
    pub(super) blocks: Vec<Block>,
}

/// Splits all files, by path.
pub(super) fn files(files: &FileSet) -> BTreeMap<&str, File<'_>> {
    files.iter().map(|(path, text)| (path.as_str(), file(path, text))).collect()
}

fn file<'t>(path: &str, text: &'t str) -> File<'t> {
    let lines: Vec<&str> = text.lines().collect();
    let mut split = Split { lines: &lines, blocks: Vec::new(), seen: HashMap::new() };
    match path.strip_suffix(".rs") {
        Some(stem) => split.items(0..lines.len(), &module_of(stem)),
        None => _ = split.add(Kind::Text, path, "", 0..lines.len(), Vec::new()),
    }
    let blocks = split.blocks;
    File { lines, blocks }
}

/// Returns the path of the module in a file.
fn module_of(stem: &str) -> String {
    let name = stem.rsplit('/').next().unwrap_or(stem);
    if name == "lib" { String::new() } else { name.to_owned() }
}

struct Split<'l> {
    lines: &'l [&'l str],
    blocks: Vec<Block>,
    seen: HashMap<(Kind, String), usize>,
}

impl Split<'_> {
    fn line(&self, at: usize) -> &str {
        self.lines.get(at).copied().unwrap_or_default()
    }

    /// Splits the items in a range of lines.
    fn items(&mut self, range: Range<usize>, module: &str) {
        let mut at = range.start;
        while at < range.end {
            let start = at;
            let indent = indent(self.line(at));
            while at < range.end && is_prelude(self.line(at)) {
                at = self.after_prelude(at, range.end);
            }
            let head = if at < range.end { self.line(at).trim_start() } else { "" };
            let (kind, name) = item_name(head);
            if head.is_empty() || head.starts_with('}') {
                // Documentation of the file, or lines that belong to nothing.
                let end = at.max(start + 1);
                at = self.add(Kind::Text, "", module, start..end, Vec::new()).max(end);
            } else if kind == Kind::Module && head.ends_with('{') {
                at = self.module(start, at, range.end, indent, module, &name);
            } else {
                let end = self.end(at, range.end, indent);
                let members = if self.line(at).ends_with('{') { self.members(at + 1..end.saturating_sub(1)) } else { Vec::new() };
                let name = if kind == Kind::Macro { self.macro_name(at, &name) } else { name };
                at = self.add(kind, &name, module, start..end, members);
            }
        }
    }

    /// Adds the blocks of an inline module, and returns the line after it.
    fn module(&mut self, start: usize, head: usize, limit: usize, indent: usize, module: &str, name: &str) -> usize {
        let end = self.end(head, limit, indent);
        let inner = path(module, name);
        self.add(Kind::Module, name, module, start..head + 1, Vec::new());
        self.items(head + 1..end.saturating_sub(1), &inner);
        self.add(Kind::End, name, module, end.saturating_sub(1).max(head + 1)..end, Vec::new())
    }

    /// Returns the line after a line of documentation, a comment or an attribute.
    fn after_prelude(&self, at: usize, limit: usize) -> usize {
        let (line, level) = (self.line(at), indent(self.line(at)));
        if !line.trim_start().starts_with('#') || line.ends_with(']') {
            return at + 1;
        }
        // An attribute that does not fit on one line ends at its own level.
        let close = |at: &usize| indent(self.line(*at)) == level && self.line(*at).ends_with(']');
        (at + 1..limit).find(close).map_or(at + 1, |at| at + 1)
    }

    /// Returns the line after an item, whose first line after documentation and attributes is given.
    fn end(&self, head: usize, limit: usize, level: usize) -> usize {
        let braces = self.line(head).ends_with('{');
        let closes = |at: &usize| {
            let line = self.line(*at);
            if braces { indent(line) == level && line.trim_start().starts_with('}') } else { line.ends_with(';') || line.is_empty() }
        };
        let found = (head..limit).find(closes);
        found.map_or(limit, |at| if self.line(at).is_empty() { at } else { at + 1 })
    }

    /// Returns the members in the body of an item.
    fn members(&self, body: Range<usize>) -> Vec<(String, Range<usize>)> {
        let mut out = Vec::new();
        let mut at = body.start;
        while at < body.end {
            let start = at;
            while at < body.end && is_prelude(self.line(at)) {
                at = self.after_prelude(at, body.end);
            }
            let level = indent(self.line(at));
            let ends = |at: &usize| indent(self.line(*at)) == level && self.line(*at).ends_with([',', ';']);
            let head = at;
            at = (at..body.end).find(ends).map_or(body.end, |at| at + 1);
            out.push((member_name(self.line(head)), start..at));
        }
        out
    }

    /// Returns the name of the macro, and that of the type to which its first statement applies.
    fn macro_name(&self, head: usize, name: &str) -> String {
        let first = self.line(head + 1).trim_start();
        format!("{name} {}", first.split([' ', ';']).next().unwrap_or_default())
    }

    /// Adds an item with the blank lines after it, and returns the line after these.
    fn add(&mut self, kind: Kind, name: &str, module: &str, lines: Range<usize>, members: Vec<(String, Range<usize>)>) -> usize {
        let after = (lines.end..self.lines.len()).find(|at| !self.line(*at).is_empty()).unwrap_or(self.lines.len()).max(lines.end);
        let blank = lines.end..after;
        let path = path(module, name);
        let number = self.seen.entry((kind, path.clone())).and_modify(|n| *n += 1).or_insert(0);
        let key = Key { kind, path, number: *number };
        let mut segments = segments(lines, members);
        if !blank.is_empty() {
            segments.push(Segment { name: BLANK.to_owned(), number: 0, lines: blank });
        }
        self.blocks.push(Block { key, module: module.to_owned(), segments });
        after
    }
}

/// Returns the segments of an item: its members, and the lines before, between and after them.
fn segments(lines: Range<usize>, members: Vec<(String, Range<usize>)>) -> Vec<Segment> {
    let mut out = Vec::with_capacity(members.len() + 2);
    let mut seen: HashMap<String, usize> = HashMap::new();
    let mut add = |name: String, lines: Range<usize>| {
        let number = *seen.entry(name.clone()).and_modify(|n| *n += 1).or_insert(0);
        out.push(Segment { name, number, lines });
    };
    let mut at = lines.start;
    for (name, range) in members {
        if at < range.start {
            add(String::new(), at..range.start);
        }
        at = range.end;
        add(name, range);
    }
    if at < lines.end {
        add(String::new(), at..lines.end);
    }
    out
}

fn path(module: &str, name: &str) -> String {
    match (module, name) {
        ("", name) => name.to_owned(),
        (module, "") => module.to_owned(),
        (module, name) => format!("{module}::{name}"),
    }
}

fn indent(line: &str) -> usize {
    line.len() - line.trim_start().len()
}

/// Returns whether a line is documentation, a comment or an attribute.
fn is_prelude(line: &str) -> bool {
    let line = line.trim_start();
    line.starts_with("//") || line.starts_with('#')
}

/// Returns the kind and the name of an item from its first line.
fn item_name(line: &str) -> (Kind, String) {
    let line = line.strip_prefix("pub ").unwrap_or(line);
    let first = |rest: &str| rest.split([' ', ':', ';', '(', '<', '{', '=']).next().unwrap_or_default().trim_start_matches("r#").to_owned();
    let words = [("struct ", Kind::Type), ("enum ", Kind::Type), ("type ", Kind::Type), ("static ", Kind::Static), ("mod ", Kind::Module)];
    for (word, kind) in words {
        if let Some(rest) = line.strip_prefix(word) {
            return (kind, first(rest));
        }
    }
    match line.strip_prefix("use ") {
        Some(rest) => {
            let whole = rest.split(['{', ';']).next().unwrap_or_default();
            let from = whole.rfind("::").map_or(whole, |at| whole.get(..at + 2).unwrap_or(whole));
            (Kind::Import, from.to_owned())
        }
        None => (Kind::Macro, line.split('!').next().unwrap_or_default().to_owned()),
    }
}

/// Returns the name of a field, a variant or a statement.
fn member_name(line: &str) -> String {
    let line = line.trim_start();
    let line = line.strip_prefix("pub ").unwrap_or(line);
    line.trim_start_matches("r#").split([':', '(', ',', ' ', ';']).next().unwrap_or_default().to_owned()
}
