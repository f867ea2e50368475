//! Plans a prefix and a module for each namespace. `places` plans the contents of the modules, and `features` their Cargo features.

use std::collections::BTreeSet;

use super::codes;
use super::context::{Context, NamespacePlan};
use super::names::{self, Scope};
use super::{docs, reserved, words};
use crate::diagnostic::{Diagnostic, Span};
use crate::ir::{Module, Origin, ROOT};
use crate::keywords;
use crate::mark;
use crate::model::{NameTest, Namespace, NamespaceId, Step};
use crate::reserved::XML;

/// Adds the root, and a module for each namespace that declares something.
pub(super) fn plan(cx: &mut Context<'_>) {
    cx.ir.modules.push(Module::default());
    cx.scopes.push(Scope::reserving(reserved::ROOT));
    let needed = needed(cx);
    let mut prefixes = Scope::reserving(reserved::PREFIXES);
    reserve_values(cx);
    reserve_locked(cx, &needed, &mut prefixes);
    let base = common_folder(cx);
    for (index, namespace) in cx.model.namespaces.iter().enumerate() {
        let id = NamespaceId(u32::try_from(index).unwrap_or(u32::MAX));
        let mut planned = NamespacePlan { prefix: "none".to_owned(), module: ROOT, word: String::new() };
        if namespace.uri == crate::schema::XS && !needed.contains(&id) {
            planned.prefix = "xs".to_owned(); // for the selectors of built-in types
        }
        if needed.contains(&id) {
            let name = if namespace.documents.is_empty() { natural_module(namespace) } else { module_name(cx, namespace) };
            if index != 0 {
                planned.prefix = prefix(cx, namespace, &name, &mut prefixes);
                cx.ir.root.namespaces.push((planned.prefix.clone(), namespace.uri.clone()));
            }
            if !namespace.documents.is_empty() {
                let origin = Origin::Namespace { prefix: planned.prefix.clone(), uri: namespace.uri.clone() };
                planned.module = cx.add_module(ROOT, name.clone(), module_docs(cx, namespace), Some(origin));
                let mut about = vec![format!("Namespace: {}", if namespace.uri.is_empty() { "none" } else { &namespace.uri })];
                let mut files: Vec<String> = namespace.documents.iter().map(|path| relative(path, &base)).collect();
                files.sort();
                about.extend(files.into_iter().map(|file| format!("Schema: {file}")));
                describe(cx, planned.module.index(), namespace, header(cx, &about));
            }
            planned.word = cx.settings.namespaces.get(&namespace.uri).and_then(|n| n.word.clone()).unwrap_or(name);
        }
        cx.namespaces.push(planned);
    }
    cx.ir.root.namespaces.sort();
    let lines = header(cx, &[]);
    describe_root(cx, lines);
    reserve_modules(cx);
    use_locked_prefixes(cx);
    unknown(cx);
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
    let given = cx
        .settings
        .namespaces
        .iter()
        .any(|(uri, settings)| settings.prefix.as_ref().is_some_and(|prefix| *uri == namespace.uri || *prefix == name));
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

/// Returns the module name: from the settings, or else from the prefix, the file name or the URI.
fn module_name(cx: &mut Context<'_>, namespace: &Namespace) -> String {
    if let Some(module) = locked_module(cx, namespace) {
        return module;
    }
    let asked = cx.settings.namespaces.get(&namespace.uri).and_then(|n| n.module.clone());
    let wanted = match asked.as_deref().map(reserved::unfit_module) {
        None => natural_module(namespace),
        Some(None) => asked.unwrap_or_default(),
        Some(Some(why)) => {
            let message = format!("`{}`, the module of `{}`, {why}", asked.unwrap_or_default(), namespace.uri);
            let problem = Diagnostic::error(codes::BAD_NAME, Span::file("settings"), message).with_help("give the module another name");
            cx.problems.push(problem);
            "module".to_owned()
        }
    };
    let given = cx.files.take(std::slice::from_ref(&wanted), "_");
    cx.collisions.note(namespace.uri.as_str(), &wanted, &given);
    given
}

fn natural_module(namespace: &Namespace) -> String {
    let stem = || namespace.documents.first().and_then(|path| path.rsplit(['/', '\\']).next()).and_then(|file| file.split('.').next());
    let segment = || namespace.uri.trim_end_matches(['/', '#']).rsplit(['/', ':', '#']).next();
    let prefix = namespace.prefix.as_deref().filter(|p| telling(p));
    let text = prefix.or_else(stem).filter(|s| !s.is_empty()).or_else(segment).filter(|s| !s.is_empty()).unwrap_or("schema");
    names::file(&words::split(text))
}

/// Returns whether a prefix is descriptive, unlike `tns`, `ns1` and prefixes that cannot be module names.
fn telling(prefix: &str) -> bool {
    let numbered =
        |start: &str| prefix.strip_prefix(start).is_some_and(|rest| !rest.is_empty() && rest.chars().all(|c| c.is_ascii_digit()));
    !(keywords::is_keyword(prefix)
        || reserved::primitive(prefix)
        || reserved::file(prefix)
        || reserved::root(prefix)
        || matches!(prefix, "tns" | "this" | "target" | "targetNS" | "my")
        || numbered("ns")
        || numbered("n")
        || numbered("s"))
}

/// Returns the prefix: from the settings, or else from the schemas or the module name.
fn prefix(cx: &mut Context<'_>, namespace: &Namespace, module: &str, prefixes: &mut Scope) -> String {
    if namespace.uri == XML {
        return "xml".to_owned();
    }
    if namespace.uri == crate::schema::XS && namespace.prefix.as_deref() == Some("xs") {
        return "xs".to_owned();
    }
    if let Some(prefix) = locked_prefix(cx, namespace) {
        return prefix;
    }
    let free = |prefix: &str| reserved::plain(prefix) && !reserved::PREFIXES.contains(&prefix);
    let asked = cx.settings.namespaces.get(&namespace.uri).and_then(|n| n.prefix.clone());
    if let Some(asked) = asked.as_deref().filter(|asked| !free(asked)) {
        let message = format!("`{asked}` cannot be the prefix of `{}`", namespace.uri);
        let help = format!("write ASCII letters, digits and `_`; `{}` stand for something else", reserved::PREFIXES.join("`, `"));
        cx.problems.push(Diagnostic::error(codes::BAD_NAME, Span::file("settings"), message).with_help(help));
    }
    let own = asked.or_else(|| namespace.prefix.clone());
    let module = module.trim_end_matches('_');
    let wanted = own.as_deref().into_iter().chain([module]).find(|prefix| free(prefix));
    // The W3C reserves prefixes that begin with `xml`.
    let numbered = own.as_deref().filter(|prefix| reserved::plain(prefix) && !prefix.starts_with("xml")).unwrap_or("ns");
    let wanted = wanted.unwrap_or(numbered).to_owned();
    let given = prefixes.take(std::slice::from_ref(&wanted), "");
    cx.collisions.note(namespace.uri.as_str(), &wanted, &given);
    given
}

fn module_docs(cx: &Context<'_>, namespace: &Namespace) -> Vec<String> {
    let mut out = vec![if namespace.uri.is_empty() { "Names without namespace.".to_owned() } else { docs::code(&namespace.uri) }];
    out.extend(cx.documentation(&namespace.docs));
    out
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
    for uri in cx.settings.namespaces.keys() {
        if !cx.model.namespaces.iter().any(|n| n.uri == *uri) {
            let message = format!("no schema declares anything in the namespace `{uri}`");
            cx.problems.push(Diagnostic::error(codes::UNKNOWN_NAMESPACE, Span::file("settings"), message));
        }
    }
}
