//! Plans a prefix and a module for each namespace. `places` plans the contents of the modules, and `features` their Cargo features.

use std::collections::{BTreeMap, BTreeSet};

use super::codes;
use super::context::{Context, NamespacePlan};
use super::names::Scope;
use super::{docs, letters, uris};
use crate::diagnostic::{Diagnostic, Span};
use crate::ir::{Module, Origin, ROOT};
use crate::mark;
use crate::model::{NameTest, Namespace, NamespaceId, Step};
use crate::reserved::{self, XML};
use crate::schema::XS;
use crate::spelling::nearest;

/// Adds the root, and a module for each namespace that declares something.
pub(super) fn plan(cx: &mut Context<'_>) {
    cx.ir.modules.push(Module::default());
    cx.scopes.push(Scope::reserving(reserved::ROOT));
    reserve_values(cx);
    let base = common_folder(cx);
    let needed = needed(cx);
    let mut scope = Scope::reserving(reserved::PREFIXES);
    reserve_locked(cx, &needed, &mut scope);
    let names = modules(cx, &needed);
    let prefixes = prefixes(cx, &names, &mut scope);
    for (index, namespace) in cx.model.namespaces.iter().enumerate() {
        let id = NamespaceId(u32::try_from(index).unwrap_or(u32::MAX));
        let prefix = prefixes.get(&id).cloned();
        if let Some(prefix) = prefix.clone().filter(|_| names.contains_key(&id)) {
            cx.ir.root.namespaces.push((prefix, namespace.uri.clone()));
        }
        let name = names.get(&id).cloned().unwrap_or_default();
        let mut module = ROOT;
        if !namespace.documents.is_empty() {
            let origin = Origin::Namespace { prefix: prefix.clone().unwrap_or_else(|| "none".to_owned()), uri: namespace.uri.clone() };
            module = cx.add_module(ROOT, name.clone(), module_docs(cx, namespace), Some(origin));
            describe(cx, module.index(), namespace, header(cx, &about(namespace, &base)));
        }
        let word = cx.settings.namespaces.get(&namespace.uri).and_then(|n| n.word.clone()).unwrap_or(name);
        cx.namespaces.push(NamespacePlan { prefix: prefix.unwrap_or_else(|| "none".to_owned()), module, word });
    }
    cx.ir.root.namespaces.sort();
    cx.ir.root.default_namespace = default_namespace(cx);
    let lines = header(cx, &[]);
    describe_root(cx, lines);
    reserve_modules(cx);
    unknown(cx);
    use_locked_prefixes(cx);
}

/// Reserves the modules and prefixes that the lock gives to namespaces of the schemas, and the names of nested modules: no module may hide an import.
fn reserve_locked(cx: &mut Context<'_>, needed: &BTreeSet<NamespaceId>, prefixes: &mut Scope) {
    for id in needed {
        let Some(namespace) = cx.model.namespaces.get(id.index()) else { continue };
        if let Some(module) = locked_module(cx, namespace) {
            cx.files.insert(&module);
        }
        if let Some(prefix) = locked_prefix(cx, namespace) {
            prefixes.insert(&prefix);
        }
    }
    for name in cx.locked.module_names() {
        cx.files.insert(name);
    }
}

/// Returns the module that the lock gives a namespace, unless the settings give it another one or give that module to another namespace.
fn locked_module(cx: &Context<'_>, namespace: &Namespace) -> Option<String> {
    let name = cx.locked.namespace(&namespace.uri)?.module.clone()?;
    let given =
        cx.settings.namespaces.iter().any(|(uri, settings)| {
            settings.module.as_ref().is_some_and(|module| *uri == namespace.uri || module.eq_ignore_ascii_case(&name))
        });
    (!given && (cx.settings.values.is_empty() || !name.eq_ignore_ascii_case(VALUES))).then_some(name)
}

/// Returns the prefix that the lock gives a namespace, unless the settings give it another one or give that prefix to another namespace.
fn locked_prefix(cx: &Context<'_>, namespace: &Namespace) -> Option<String> {
    let name = cx.locked.namespace(&namespace.uri).filter(|_| !namespace.uri.is_empty())?.prefix.clone();
    let given = cx.settings.namespaces.iter().any(|(uri, settings)| {
        settings.prefix.as_ref().is_some_and(|prefix| !prefix.is_empty() && (*uri == namespace.uri || *prefix == name))
    });
    (!given).then_some(name)
}

/// Tells the lock which prefixes the plan uses for its namespaces.
fn use_locked_prefixes(cx: &mut Context<'_>) {
    let planned = cx.model.namespaces.iter().zip(&cx.namespaces).filter_map(|(namespace, planned)| {
        let old = cx.locked.namespace(&namespace.uri)?;
        Some((old.prefix.clone(), planned.prefix.clone()))
    });
    let planned = planned.collect();
    cx.locked.use_prefixes(&planned);
}

/// Returns the namespaces that declare something or contain a name that the bindings use.
fn needed(cx: &Context<'_>) -> BTreeSet<NamespaceId> {
    let declared = cx.model.namespaces.iter().enumerate().filter(|(_, n)| !n.documents.is_empty());
    let mut out: BTreeSet<NamespaceId> = declared.map(|(i, _)| NamespaceId(u32::try_from(i).unwrap_or(u32::MAX))).collect();
    out.extend(cx.model.elements.iter().map(|e| e.name.namespace));
    out.extend(cx.model.attributes.iter().map(|a| a.name.namespace));
    let constraints = cx.model.elements.iter().flat_map(|e| &e.identity);
    let paths = constraints.flat_map(|it| it.selector.iter().chain(it.fields.iter().flatten()));
    let tests = paths.flat_map(|path| {
        path.steps.iter().filter_map(|step| if let Step::Child(test) = step { Some(test) } else { None }).chain(&path.attribute)
    });
    out.extend(tests.filter_map(|test| match test {
        NameTest::Any => None,
        NameTest::Namespace(id) => Some(*id),
        NameTest::Name(name) => Some(name.namespace),
    }));
    out
}

/// Reserves the module name of the value types before namespaces get theirs, unless the settings give that name to a namespace.
fn reserve_values(cx: &mut Context<'_>) {
    let given = cx.settings.namespaces.values().any(|n| n.module.as_deref().is_some_and(|name| name.eq_ignore_ascii_case(VALUES)));
    if !cx.settings.values.is_empty() && !given {
        cx.files.take(&[VALUES.to_owned()], "_");
    }
}

/// The name of the module for value types.
pub(super) const VALUES: &str = "values";

/// Returns the names of the modules of all namespaces that the bindings use: those of the lock and of the settings, and for the
/// others names that their URIs tell.
/// The names of namespaces that declare nothing are those of their prefixes.
fn modules(cx: &mut Context<'_>, needed: &BTreeSet<NamespaceId>) -> BTreeMap<NamespaceId, String> {
    let mut names = BTreeMap::new();
    for (id, namespace) in sorted(cx, needed) {
        if let Some(locked) = locked_module(cx, namespace) {
            names.insert(id, locked);
        } else if let Some(wanted) = asked_module(cx, namespace) {
            names.insert(id, module(cx, namespace, wanted));
        }
    }
    let taken: BTreeSet<String> = names.values().map(String::as_str).chain(cx.locked.module_names()).map(str::to_owned).collect();
    let others: Vec<(NamespaceId, &Namespace)> = sorted(cx, needed).into_iter().filter(|(id, _)| !names.contains_key(id)).collect();
    let uris: Vec<&str> = others.iter().map(|(_, namespace)| namespace.uri.as_str()).collect();
    for ((id, namespace), wanted) in others.into_iter().zip(uris::names(&uris, &taken)) {
        names.insert(id, module(cx, namespace, wanted));
    }
    names
}

/// Returns the namespaces with these ids, sorted by URI.
fn sorted<'m>(cx: &Context<'m>, ids: &BTreeSet<NamespaceId>) -> Vec<(NamespaceId, &'m Namespace)> {
    let mut list: Vec<(NamespaceId, &Namespace)> = ids.iter().filter_map(|id| Some((*id, cx.model.namespaces.get(id.index())?))).collect();
    list.sort_by(|(_, a), (_, b)| a.uri.cmp(&b.uri));
    list
}

/// Returns the name that the settings give to the module of a namespace.
fn asked_module(cx: &mut Context<'_>, namespace: &Namespace) -> Option<String> {
    let settings = cx.settings.namespaces.get(&namespace.uri)?;
    let asked = settings.module.clone()?;
    let Some(why) = reserved::unfit_module(&asked) else { return Some(asked) };
    let message = format!("`{asked}`, the module of `{}`, {why}", namespace.uri);
    let problem = Diagnostic::error(codes::BAD_NAME, place(&settings.spans.module), message).with_help("give the module another name");
    cx.problems.push(problem);
    Some("module".to_owned())
}

/// Makes the name of a module unique. A namespace that declares nothing has no module, and may have a name that another one has.
fn module(cx: &mut Context<'_>, namespace: &Namespace, wanted: String) -> String {
    if namespace.documents.is_empty() {
        return wanted;
    }
    let given = cx.files.take(std::slice::from_ref(&wanted), "_");
    cx.collisions.note(namespace.uri.as_str(), &wanted, &given);
    given
}

/// Returns the prefixes of all namespaces that have a name, and of XML Schema: those of the lock and of the settings, and for the others the names of
/// their modules.
fn prefixes(cx: &mut Context<'_>, modules: &BTreeMap<NamespaceId, String>, scope: &mut Scope) -> BTreeMap<NamespaceId, String> {
    let mut prefixes = BTreeMap::new();
    let mut others = Vec::new();
    for (id, namespace) in sorted(cx, &modules.keys().copied().collect()) {
        let locked = locked_prefix(cx, namespace);
        let asked = asked_prefix(cx, namespace);
        let found = match (namespace.uri.as_str(), locked, asked) {
            ("", ..) => continue,
            (XML, ..) => "xml".to_owned(),
            (_, Some(locked), _) => locked,
            (_, None, Some(asked)) => prefix(cx, namespace, &[asked], scope),
            (XS, None, None) => "xs".to_owned(),
            _ => {
                others.push((id, namespace));
                continue;
            }
        };
        prefixes.insert(id, found);
    }
    for (id, namespace) in others {
        let wanted = natural_prefix(modules.get(&id).map_or("", String::as_str));
        prefixes.insert(id, prefix(cx, namespace, &wanted, scope));
    }
    prefixes.entry(NamespaceId(1)).or_insert_with(|| "xs".to_owned()); // for the selectors of built-in types
    prefixes
}

/// Makes a prefix unique.
fn prefix(cx: &mut Context<'_>, namespace: &Namespace, wanted: &[String], scope: &mut Scope) -> String {
    let given = scope.take(wanted, "");
    cx.collisions.note(namespace.uri.as_str(), wanted.first().map_or("", String::as_str), &given);
    given
}

/// Returns the prefix that the settings give to a namespace.
fn asked_prefix(cx: &mut Context<'_>, namespace: &Namespace) -> Option<String> {
    let settings = cx.settings.namespaces.get(&namespace.uri)?;
    let asked = settings.prefix.clone().filter(|prefix| !prefix.is_empty())?;
    if reserved::plain(&asked) && !reserved::PREFIXES.contains(&asked.as_str()) {
        return Some(asked);
    }
    let message = format!("`{asked}` cannot be the prefix of `{}`", namespace.uri);
    let help = format!("write ASCII letters, digits and `_`; `{}` stand for something else", reserved::PREFIXES.join("`, `"));
    cx.problems.push(Diagnostic::error(codes::BAD_NAME, place(&settings.spans.prefix), message).with_help(help));
    None
}

/// Returns the place of a setting of a namespace.
pub(super) fn place(span: &Option<Span>) -> Span {
    span.clone().unwrap_or_else(|| Span::file("settings"))
}

/// Returns the namespace to which the settings give the empty prefix.
fn default_namespace(cx: &mut Context<'_>) -> Option<String> {
    let unprefixed = |uri: &str| cx.settings.namespaces.get(uri).is_some_and(|settings| settings.prefix.as_deref() == Some(""));
    let mut found = cx.ir.root.namespaces.iter().map(|(_, uri)| uri).filter(|uri| unprefixed(uri));
    let (first, second) = (found.next()?.clone(), found.next());
    if let Some(second) = second {
        let message = format!("`{first}` and `{second}` both have the empty prefix");
        let help = "give one of them another prefix: a document has one default namespace".to_owned();
        let span = |uri: &str| place(&cx.settings.namespaces.get(uri).and_then(|settings| settings.spans.prefix.clone()));
        let problem = Diagnostic::error(codes::BAD_NAME, span(second), message).with_related(span(&first), "the other one is here");
        cx.problems.push(problem.with_help(help));
    }
    Some(first)
}

/// Returns the prefix that a namespace has if nothing else has that prefix.
pub(crate) fn prefix_of(uri: &str) -> Option<String> {
    match uri {
        XS => Some("xs".to_owned()),
        XML => Some("xml".to_owned()),
        uri => uris::names(&[uri], &BTreeSet::new()).first().and_then(|name| natural_prefix(name).into_iter().next()),
    }
}

/// Returns the prefixes that the name of a module allows: the name itself in ASCII characters, without `xml` at its start, because prefixes that begin
/// with `xml` are reserved (Namespaces in XML, section 3).
fn natural_prefix(module: &str) -> Vec<String> {
    let name = letters::numbered(module.trim_end_matches('_'));
    let short = name.strip_prefix("xml").map_or(name.as_str(), |rest| rest.trim_start_matches('_')).to_owned();
    let long = format!("ns_{name}");
    if reserved::plain(&short) { vec![short, long] } else { vec![long] }
}

fn module_docs(cx: &Context<'_>, namespace: &Namespace) -> Vec<String> {
    let mut out = vec![if namespace.uri.is_empty() { "Names without namespace.".to_owned() } else { docs::code(&namespace.uri) }];
    out.extend(cx.documentation(&namespace.docs));
    out
}

/// Returns the lines of a header about a namespace and its schema documents.
fn about(namespace: &Namespace, base: &[String]) -> Vec<String> {
    let mut files: Vec<String> = namespace.documents.iter().map(|path| format!("Schema: {}", relative(path, base))).collect();
    files.sort();
    files.insert(0, format!("Namespace: {}", if namespace.uri.is_empty() { "none" } else { &namespace.uri }));
    files
}

fn describe(cx: &mut Context<'_>, index: usize, namespace: &Namespace, header: Vec<String>) {
    let feature = cx.settings.krate.as_ref().and_then(|_| cx.settings.namespaces.get(&namespace.uri)?.feature.clone());
    if let Some(module) = cx.ir.modules.get_mut(index) {
        module.header = header;
        module.feature = feature;
    }
}

fn describe_root(cx: &mut Context<'_>, header: Vec<String>) {
    if let Some(root) = cx.ir.modules.first_mut() {
        root.header = header;
    }
}

/// Reserves the names of root modules in every module, because no type or module may hide an import.
fn reserve_modules(cx: &mut Context<'_>) {
    cx.root_modules = cx.ir.modules.iter().skip(1).map(|m| m.name.clone()).collect();
    for scope in &mut cx.scopes {
        for name in &cx.root_modules {
            scope.take(std::slice::from_ref(name), "");
        }
    }
}

/// Returns the comment lines that open a file, with lines about the schemas that the file was generated from.
pub(super) fn header(cx: &Context<'_>, about: &[String]) -> Vec<String> {
    // A line break in a namespace or a path must not end the comment.
    let about = about
        .iter()
        .map(|line| line.chars().map(|c| if docs::is_hidden(c) { c.escape_default().to_string() } else { c.to_string() }).collect());
    let lines: Vec<String> = mark::opening(&cx.settings.header).into_iter().chain(about).collect();
    mark::marked(&lines)
}

/// Returns the deepest folder that contains all schema documents. Paths are shown relative to it, so that the output does not depend on the machine.
fn common_folder(cx: &Context<'_>) -> Vec<String> {
    // The schema of `xml:lang` and similar attributes is built in and has no folder.
    let ours = |n: &&Namespace| n.uri != XML || n.documents.iter().any(|path| parts(path).len() > 1);
    let mut folders = cx.model.namespaces.iter().filter(ours).flat_map(|n| &n.documents).map(|path| {
        let mut parts = parts(path);
        parts.pop();
        parts
    });
    let Some(mut common) = folders.next() else { return Vec::new() };
    for folder in folders {
        let same = common.iter().zip(&folder).take_while(|(a, b)| a == b).count();
        common.truncate(same);
    }
    common
}

fn parts(path: &str) -> Vec<String> {
    path.split(['/', '\\']).filter(|p| *p != ".").map(str::to_owned).collect()
}

fn relative(path: &str, base: &[String]) -> String {
    let parts = parts(path);
    let known = if parts.starts_with(base) { base.len() } else { 0 };
    parts.get(known..).unwrap_or_default().join("/")
}

/// Reports each namespace in the settings that no schema declares.
fn unknown(cx: &mut Context<'_>) {
    let known: BTreeSet<&str> = cx.model.namespaces.iter().map(|namespace| namespace.uri.as_str()).collect();
    for (uri, settings) in cx.settings.namespaces.iter().filter(|(uri, _)| !known.contains(uri.as_str())) {
        let message = format!("no schema declares anything in the namespace `{uri}`");
        let help = match nearest(uri, known.iter().copied()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "remove the entry, or add the schema of the namespace to `schemas`".to_owned(),
        };
        cx.problems.push(Diagnostic::error(codes::UNKNOWN_NAMESPACE, place(&settings.spans.uri), message).with_help(help));
    }
}
