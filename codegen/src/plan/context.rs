//! In: model and settings. Out: the `Context` that all passes of `plan` share: it answers questions, and keeps what is planned so far.
//! Not done here: any one pass.

use std::collections::{BTreeMap, HashMap};

use super::names::{self, Collisions, Lexicon, Scope};
use super::phrases::Phrases;
use super::selectors::{Path, Rules, Step};
use super::{codes, docs, markdown};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::ir::{Alias, Item, ItemId, ItemKind, Module, ModuleId, RustIr, Ty, WireName};
use crate::model::{
    Attribute, AttributeId, Docs, Element, ElementId, Global, GroupId, Model, NamespaceId, QName, Scope as Place, Type, TypeId,
};
use crate::settings::{DocSettings, Rule, Settings, ValueType};

/// Most bytes of the name of a type or module: rustdoc calls a file after it.
const LONGEST_NAME: usize = 160;

/// What a namespace became.
#[derive(Debug, Clone)]
pub(super) struct NamespacePlan {
    /// The prefix written for it.
    pub(super) prefix: String,
    /// Its module; the root for namespaces without one.
    pub(super) module: ModuleId,
    /// What stands for `{word}` in aliases.
    pub(super) word: String,
}

/// The rules of the settings, ready to match.
#[derive(Debug)]
pub(super) struct RuleSet<'m> {
    pub(super) names: Rules<'m, String>,
    pub(super) types: Rules<'m, String>,
    pub(super) secrets: Rules<'m, ()>,
    pub(super) since: Rules<'m, String>,
    pub(super) derives: Rules<'m, Vec<String>>,
    pub(super) polymorphic: Option<Rules<'m, ()>>,
    pub(super) typed: Rules<'m, ()>,
}

/// A value type of the settings, with its item and its selectors.
#[derive(Debug)]
pub(super) struct Chosen<'m> {
    pub(super) said: &'m ValueType,
    pub(super) item: ItemId,
    pub(super) of: Rules<'m, ()>,
}

/// What the modules of anonymous types belong to.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum Owner {
    Type(TypeId),
    Group(GroupId),
    AttributeGroup(QName),
}

/// Shared by the passes.
#[derive(Debug)]
pub(super) struct Context<'m> {
    pub(super) model: &'m Model,
    pub(super) settings: &'m Settings,
    pub(super) lexicon: Lexicon,
    pub(super) rules: RuleSet<'m>,
    /// The value types of the settings.
    pub(super) values: Vec<Chosen<'m>>,
    /// By namespace id.
    pub(super) namespaces: Vec<NamespacePlan>,
    /// The modules right under the root.
    pub(super) root_modules: Vec<String>,
    /// Their names: those of files.
    pub(super) files: Scope,
    pub(super) ir: RustIr,
    /// The names of types and modules in each module, by module id.
    pub(super) scopes: Vec<Scope>,
    /// The names of statics in each module.
    pub(super) statics: HashMap<ModuleId, Scope>,
    /// The items of types.
    pub(super) type_items: HashMap<TypeId, ItemId>,
    /// The `Any...` enumerations of base types.
    pub(super) any_items: HashMap<TypeId, ItemId>,
    /// The enumerations of substitution groups, by head.
    pub(super) head_items: HashMap<ElementId, ItemId>,
    /// What named groups became; the flag says whether it stands repeated.
    pub(super) group_items: HashMap<(GroupId, bool), ItemId>,
    /// The modules of anonymous types.
    pub(super) modules: HashMap<Owner, ModuleId>,
    /// Items that stand behind another, as the choices of a struct.
    pub(super) attached: BTreeMap<ItemId, Vec<ItemId>>,
    /// Named types derived from a type, directly or not, in the order declared.
    pub(super) derived: HashMap<TypeId, Vec<TypeId>>,
    /// Simple types that named types are derived from.
    pub(super) simple_bases: std::collections::HashSet<TypeId>,
    /// The type that all requests and responses derive from.
    pub(super) base_of_operations: Option<TypeId>,
    /// Named types by name.
    types_by_name: HashMap<&'m QName, TypeId>,
    pub(super) collisions: Collisions,
    pub(super) problems: Diagnostics,
}

impl<'m> Context<'m> {
    pub(super) fn new(model: &'m Model, settings: &'m Settings) -> Self {
        let mut problems = Diagnostics::new();
        paths(&settings.types, &mut problems);
        let rules = RuleSet {
            names: Rules::new(&settings.names, &mut problems),
            types: Rules::new(&settings.types, &mut problems),
            secrets: Rules::new(&settings.secrets, &mut problems),
            since: Rules::new(&settings.since, &mut problems),
            derives: Rules::new(&settings.derives, &mut problems),
            polymorphic: settings.polymorphic.as_ref().map(|rules| Rules::new(rules, &mut problems)),
            typed: Rules::new(&settings.typed, &mut problems),
        };
        let phrases = Phrases::new(&settings.words, &mut problems);
        Context {
            model,
            settings,
            lexicon: Lexicon::of(model, phrases),
            rules,
            values: Vec::new(),
            namespaces: Vec::new(),
            root_modules: Vec::new(),
            files: Scope::of_files(),
            ir: RustIr::default(),
            scopes: Vec::new(),
            statics: HashMap::new(),
            type_items: HashMap::new(),
            any_items: HashMap::new(),
            head_items: HashMap::new(),
            group_items: HashMap::new(),
            modules: HashMap::new(),
            attached: BTreeMap::new(),
            derived: HashMap::new(),
            simple_bases: std::collections::HashSet::new(),
            base_of_operations: None,
            types_by_name: model.globals.iter().filter_map(|g| named_type(model, *g)).collect(),
            collisions: Collisions::default(),
            problems,
        }
    }

    /// The type of that id; ids of the model are always in range.
    pub(super) fn ty(&self, id: TypeId) -> Option<&'m Type> {
        self.model.types.get(id.index())
    }

    pub(super) fn element(&self, id: ElementId) -> Option<&'m Element> {
        self.model.elements.get(id.index())
    }

    pub(super) fn attribute(&self, id: AttributeId) -> Option<&'m Attribute> {
        self.model.attributes.get(id.index())
    }

    /// The named type of that name.
    pub(super) fn lookup_type(&self, name: &QName) -> Option<TypeId> {
        self.types_by_name.get(name).copied()
    }

    /// Whether a complex type derives from another, in one step or more.
    pub(super) fn derived_from(&self, id: TypeId, base: TypeId) -> bool {
        let mut at = id;
        for _ in 0..self.model.types.len() {
            match self.ty(at) {
                Some(Type::Complex(ty)) if ty.base == base => return true,
                Some(Type::Complex(ty)) if ty.base != at => at = ty.base,
                _ => return false,
            }
        }
        false
    }

    /// The prefix of a namespace.
    pub(super) fn prefix(&self, id: NamespaceId) -> &str {
        self.namespaces.get(id.index()).map_or("none", |n| n.prefix.as_str())
    }

    /// The module of a namespace.
    pub(super) fn module_of(&self, id: NamespaceId) -> ModuleId {
        self.namespaces.get(id.index()).map_or(crate::ir::ROOT, |n| n.module)
    }

    /// The URI of a namespace.
    pub(super) fn uri(&self, id: NamespaceId) -> &'m str {
        self.model.namespaces.get(id.index()).map_or("", |n| n.uri.as_str())
    }

    /// A name as it is written.
    pub(super) fn wire(&self, name: &QName) -> WireName {
        WireName { prefix: self.prefix(name.namespace).to_owned(), local: name.local.clone() }
    }

    /// A step of a path for a component of that name.
    pub(super) fn step(&self, name: &QName) -> Step {
        Step::Named(self.prefix(name.namespace).to_owned(), name.local.clone())
    }

    /// The way to a type: its name, or the names around an anonymous one.
    pub(super) fn type_path(&self, id: TypeId) -> Path {
        let mut path = Vec::new();
        let mut place = Place::Type(id);
        loop {
            place = match place {
                Place::Global => break,
                Place::Type(id) => match self.ty(id).map(|t| (t.name(), t.scope())) {
                    Some((Some(name), _)) => {
                        path.push(self.step(name));
                        break;
                    }
                    Some((None, scope)) => scope.clone(),
                    None => break,
                },
                Place::Element(id) => match self.element(id) {
                    Some(element) => {
                        path.push(self.step(&element.name));
                        element.scope.clone()
                    }
                    None => break,
                },
                Place::Attribute(id) => match self.attribute(id) {
                    Some(attribute) => {
                        path.push(self.attribute_step(attribute));
                        attribute.scope.clone()
                    }
                    None => break,
                },
                Place::Group(id) => {
                    path.extend(self.model.groups.get(id.index()).map(|g| self.step(&g.name)));
                    break;
                }
                Place::AttributeGroup(name) => {
                    path.push(self.step(&name));
                    break;
                }
            };
            // Scopes form a tree; a broken one must not keep us here.
            if path.len() > self.model.elements.len() + 2 {
                break;
            }
        }
        path.reverse();
        path
    }

    /// The way to what stands in that scope.
    pub(super) fn scope_path(&self, scope: &Place) -> Path {
        match scope {
            Place::Global => Vec::new(),
            Place::Type(id) => self.type_path(*id),
            Place::Element(id) => self.element(*id).map(|e| self.with(&e.scope, self.step(&e.name))).unwrap_or_default(),
            Place::Attribute(id) => self.attribute(*id).map(|a| self.attribute_path(a)).unwrap_or_default(),
            Place::Group(id) => self.model.groups.get(id.index()).map(|g| vec![self.step(&g.name)]).unwrap_or_default(),
            Place::AttributeGroup(name) => vec![self.step(name)],
        }
    }

    /// The way to an attribute: a global one stands by itself.
    pub(super) fn attribute_path(&self, attribute: &Attribute) -> Path {
        self.with(&attribute.scope, self.attribute_step(attribute))
    }

    fn attribute_step(&self, attribute: &Attribute) -> Step {
        match attribute.scope {
            Place::Global => self.step(&attribute.name),
            _ => Step::Attribute(attribute.name.local.clone()),
        }
    }

    fn with(&self, scope: &Place, step: Step) -> Path {
        let mut path = match scope {
            Place::Type(id) => self.type_path(*id),
            Place::Group(id) => self.model.groups.get(id.index()).map(|g| vec![self.step(&g.name)]).unwrap_or_default(),
            Place::AttributeGroup(name) => vec![self.step(name)],
            Place::Global | Place::Element(_) | Place::Attribute(_) => Vec::new(),
        };
        path.push(step);
        path
    }

    /// A new module.
    pub(super) fn add_module(&mut self, parent: ModuleId, name: String, docs: Vec<String>) -> ModuleId {
        let id = ModuleId(u32::try_from(self.ir.modules.len()).unwrap_or(u32::MAX));
        self.ir.modules.push(Module { name, parent, docs, ..Module::default() });
        // Imports bring `xmlns` and the root modules within reach; the latter are reserved by who makes the module.
        self.scopes.push(Scope::reserving(["xmlns"]));
        id
    }

    /// A new item; what it is made of comes later.
    pub(super) fn add_item(&mut self, module: ModuleId, name: String, component: String) -> ItemId {
        let id = ItemId(u32::try_from(self.ir.items.len()).unwrap_or(u32::MAX));
        let kind = ItemKind::Alias(Alias { ty: Ty::STRING, facets: None });
        self.ir.items.push(Item { module, name, component, docs: Vec::new(), derives: Vec::new(), prefix: None, kind });
        id
    }

    pub(super) fn item(&self, id: ItemId) -> Option<&Item> {
        self.ir.items.get(id.index())
    }

    pub(super) fn item_mut(&mut self, id: ItemId) -> Option<&mut Item> {
        self.ir.items.get_mut(id.index())
    }

    /// A name in a module that nothing else there has; noted where it is not the first wanted.
    pub(super) fn claim(&mut self, module: ModuleId, wanted: &[String], component: &str) -> String {
        let short: Vec<String> = wanted.iter().map(|name| names::shortened(name, LONGEST_NAME)).collect();
        let given = self.scopes.get_mut(module.index()).map(|scope| scope.take(&short, "")).unwrap_or_default();
        self.collisions.note(component, wanted.first().map_or("", String::as_str), &given);
        given
    }

    /// Says in the documentation of a component since which release there is, if that is known and not said already.
    pub(super) fn add_since(&self, docs: &mut Vec<String>, paths: &[&[Step]]) {
        if let Some(since) = self.rules.since.find(paths) {
            let said = format!("Since {since}.");
            if !docs.iter().any(|paragraph| paragraph.contains(&said)) {
                docs.push(said);
            }
        }
    }

    /// The paragraphs of documentation of a component, as the settings want it.
    pub(super) fn documentation(&self, said: &Docs) -> Vec<String> {
        match self.settings.docs {
            DocSettings { schema: false, .. } => Vec::new(),
            DocSettings { markdown: true, .. } => markdown::blocks(said),
            DocSettings { markdown: false, .. } => docs::text(said),
        }
    }

    /// The same of the element or attribute that an anonymous type is for.
    pub(super) fn documentation_of_owner(&self, scope: &Place) -> Vec<String> {
        let said = match scope {
            Place::Element(id) => self.element(*id).map(|element| &element.docs),
            Place::Attribute(id) => self.attribute(*id).map(|attribute| &attribute.docs),
            _ => None,
        };
        said.map(|said| self.documentation(said)).unwrap_or_default()
    }

    /// A further item that stands behind `owner`.
    pub(super) fn attach(&mut self, owner: ItemId, item: ItemId) {
        self.attached.entry(owner).or_default().push(item);
    }
}

/// Types of the user must be types.
fn paths(rules: &[Rule<String>], problems: &mut Diagnostics) {
    let fits = |text: &str| syn::parse_str::<syn::Type>(text).is_ok() && !["//", "/*", "\n"].iter().any(|sign| text.contains(sign));
    for rule in rules.iter().filter(|rule| !fits(&rule.value)) {
        let message = format!("`{}` is not a type", rule.value);
        problems.push(Diagnostic::error(codes::BAD_PATH, rule.span.clone(), message).with_help("write a path, as `::time::Date`"));
    }
}

fn named_type(model: &Model, global: Global) -> Option<(&QName, TypeId)> {
    let Global::Type(id) = global else { return None };
    model.types.get(id.index())?.name().map(|name| (name, id))
}

impl Type {
    /// Its name, unless it is anonymous.
    pub(super) fn name(&self) -> Option<&QName> {
        match self {
            Type::Simple(t) => t.name.as_ref(),
            Type::Complex(t) => t.name.as_ref(),
        }
    }

    /// Where it stands.
    pub(super) fn scope(&self) -> &Place {
        match self {
            Type::Simple(t) => &t.scope,
            Type::Complex(t) => &t.scope,
        }
    }
}
