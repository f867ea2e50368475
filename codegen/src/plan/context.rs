//! The `Context` that all passes of `plan` share. It answers questions about the model and the settings, and stores what is planned so far.

use std::collections::HashMap;

use super::locked::{Locked, Wanted};
use super::names::{self, Collisions, Lexicon, Scope};
use super::phrases::Phrases;
use super::selectors::Rules;
use super::{codes, docs, markdown};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::ir::{Alias, Constructor, Item, ItemId, ItemKind, Module, ModuleId, Origin, RustIr, Ty, WireName};
use crate::lock::Lock;
use crate::model::{
    Attribute, AttributeGroupId, AttributeId, ComponentPath, Docs, Element, ElementId, Global, GroupId, Model, NamespaceId, QName,
    Scope as Place, Type, TypeId,
};
use crate::settings::{DocSettings, Rule, Settings, ValueType};

/// The maximum length in bytes of the name of a type or module, because rustdoc names a file after it.
const LONGEST_NAME: usize = 160;

/// The plan for a namespace.
#[derive(Debug, Clone)]
pub(super) struct NamespacePlan {
    /// The prefix used for writing.
    pub(super) prefix: String,
    /// Its module; the root if it has no module of its own.
    pub(super) module: ModuleId,
    /// The text that replaces `{word}` in aliases.
    pub(super) word: String,
}

/// The rules of the settings with parsed selectors.
#[derive(Debug)]
pub(super) struct RuleSet<'m> {
    pub(super) names: Rules<'m, String>,
    pub(super) types: Rules<'m, String>,
    pub(super) secrets: Rules<'m, ()>,
    pub(super) since: Rules<'m, String>,
    pub(super) derives: Rules<'m, Vec<String>>,
    pub(super) type_attributes: Rules<'m, Vec<String>>,
    pub(super) field_attributes: Rules<'m, Vec<String>>,
    pub(super) variant_attributes: Rules<'m, Vec<String>>,
    pub(super) polymorphic: Option<Rules<'m, ()>>,
    pub(super) typed: Rules<'m, ()>,
    pub(super) only: Rules<'m, ()>,
}

/// A value type of the settings with its item and its parsed selectors.
#[derive(Debug)]
pub(super) struct Chosen<'m> {
    pub(super) said: &'m ValueType,
    pub(super) item: ItemId,
    pub(super) of: Rules<'m, ()>,
}

/// The component that owns a module of anonymous types.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum Owner {
    Type(TypeId),
    Group(GroupId),
    AttributeGroup(QName),
}

/// The state shared by all passes.
#[derive(Debug)]
pub(super) struct Context<'m> {
    pub(super) model: &'m Model,
    pub(super) settings: &'m Settings,
    pub(super) lexicon: Lexicon,
    pub(super) rules: RuleSet<'m>,
    /// The value types of the settings.
    pub(super) values: Vec<Chosen<'m>>,
    /// The plans of the namespaces, indexed by namespace id.
    pub(super) namespaces: Vec<NamespacePlan>,
    /// The names of the modules whose parent is the root.
    pub(super) root_modules: Vec<String>,
    /// The names taken by modules that have a file.
    pub(super) files: Scope,
    pub(super) ir: RustIr,
    /// The names of types and modules in each module, indexed by module id.
    pub(super) scopes: Vec<Scope>,
    /// The names of statics in each module.
    pub(super) statics: HashMap<ModuleId, Scope>,
    /// The items of the types.
    pub(super) type_items: HashMap<TypeId, ItemId>,
    /// The anonymous types that share the item of another type, with that type.
    pub(super) shared: HashMap<TypeId, TypeId>,
    /// The `Any...` enums of base types.
    pub(super) any_items: HashMap<TypeId, ItemId>,
    /// The enums of substitution groups, by head element.
    pub(super) head_items: HashMap<ElementId, ItemId>,
    /// The items of named groups. The flag says whether the group is repeated.
    pub(super) group_items: HashMap<(GroupId, bool), ItemId>,
    /// The items of the attribute groups that have a struct.
    pub(super) attribute_group_items: HashMap<AttributeGroupId, ItemId>,
    /// The modules of anonymous types.
    pub(super) modules: HashMap<Owner, ModuleId>,
    /// The named types derived from a type, directly or indirectly, sorted by namespace and name.
    pub(super) derived: HashMap<TypeId, Vec<TypeId>>,
    /// The simple types from which named types are derived.
    pub(super) simple_bases: std::collections::HashSet<TypeId>,
    /// The base type of all requests and responses.
    pub(super) base_of_operations: Option<TypeId>,
    /// The types of the elements that request operations.
    pub(super) requests: std::collections::HashSet<TypeId>,
    /// The named types by name.
    types_by_name: HashMap<&'m QName, TypeId>,
    /// The names that the lock gives.
    pub(super) locked: Locked,
    pub(super) collisions: Collisions,
    pub(super) problems: Diagnostics,
}

impl<'m> Context<'m> {
    pub(super) fn new(model: &'m Model, settings: &'m Settings, lock: &Lock, read: &Lock) -> Self {
        let mut problems = Diagnostics::new();
        paths(&settings.types, &mut problems);
        let rules = RuleSet {
            names: Rules::new(&settings.names, &mut problems),
            types: Rules::new(&settings.types, &mut problems),
            secrets: Rules::new(&settings.secrets, &mut problems),
            since: Rules::new(&settings.since, &mut problems),
            derives: Rules::new(&settings.derives, &mut problems),
            type_attributes: Rules::new(&settings.attributes.types, &mut problems),
            field_attributes: Rules::new(&settings.attributes.fields, &mut problems),
            variant_attributes: Rules::new(&settings.attributes.variants, &mut problems),
            polymorphic: settings.polymorphic.as_ref().map(|rules| Rules::new(rules, &mut problems)),
            typed: Rules::new(&settings.typed, &mut problems),
            only: Rules::new(&settings.only, &mut problems),
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
            shared: HashMap::new(),
            any_items: HashMap::new(),
            head_items: HashMap::new(),
            group_items: HashMap::new(),
            attribute_group_items: HashMap::new(),
            modules: HashMap::new(),
            derived: HashMap::new(),
            simple_bases: std::collections::HashSet::new(),
            base_of_operations: None,
            requests: model.operations.iter().filter_map(|it| model.elements.get(it.request.index())).map(|it| it.ty).collect(),
            types_by_name: model.globals.iter().filter_map(|g| named_type(model, *g)).collect(),
            locked: Locked::new(lock, read),
            collisions: Collisions::default(),
            problems,
        }
    }

    /// Returns the type with this id. Ids of the model are always in range.
    pub(super) fn ty(&self, id: TypeId) -> Option<&'m Type> {
        self.model.types.get(id.index())
    }

    pub(super) fn element(&self, id: ElementId) -> Option<&'m Element> {
        self.model.elements.get(id.index())
    }

    pub(super) fn attribute(&self, id: AttributeId) -> Option<&'m Attribute> {
        self.model.attributes.get(id.index())
    }

    /// Returns the named type with this name.
    pub(super) fn lookup_type(&self, name: &QName) -> Option<TypeId> {
        self.types_by_name.get(name).copied()
    }

    /// Returns whether a complex type is derived from another, directly or indirectly.
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

    /// Returns the prefix of a namespace.
    pub(super) fn prefix(&self, id: NamespaceId) -> &str {
        self.namespaces.get(id.index()).map_or("none", |n| n.prefix.as_str())
    }

    /// Returns the module of a namespace.
    pub(super) fn module_of(&self, id: NamespaceId) -> ModuleId {
        self.namespaces.get(id.index()).map_or(crate::ir::ROOT, |n| n.module)
    }

    /// Returns the URI of a namespace.
    pub(super) fn uri(&self, id: NamespaceId) -> &'m str {
        self.model.namespaces.get(id.index()).map_or("", |n| n.uri.as_str())
    }

    /// Returns a name as written in documents.
    pub(super) fn wire(&self, name: &QName) -> WireName {
        WireName { prefix: self.prefix(name.namespace).to_owned(), local: name.local.clone() }
    }

    /// Returns a name as bindings write it: with the prefix of its namespace, if it has one.
    pub(super) fn written(&self, name: &QName) -> String {
        let has_namespace = self.model.namespaces.get(name.namespace.index()).is_some_and(|namespace| !namespace.uri.is_empty());
        if has_namespace { format!("{}:{}", self.prefix(name.namespace), name.local) } else { name.local.clone() }
    }

    /// Returns the name of a type; for an anonymous type, of its element or attribute.
    pub(super) fn wire_of(&self, name: Option<&QName>, scope: &Place) -> WireName {
        let (mut name, mut scope) = (name, scope);
        // An anonymous type in another type has the name of that type.
        while let (None, Place::Type(outer)) = (name, scope)
            && let Some(ty) = self.ty(*outer)
        {
            (name, scope) = (ty.name(), ty.scope());
        }
        let attribute = |local: &str| WireName { prefix: "none".to_owned(), local: local.to_owned() };
        match (name, scope) {
            (Some(name), _) => self.wire(name),
            (None, Place::Element(id)) => self.element(*id).map_or_else(|| attribute(""), |element| self.wire(&element.name)),
            (None, Place::Attribute(id)) => match self.attribute(*id) {
                Some(global) if global.scope == Place::Global => self.wire(&global.name),
                local => attribute(local.map_or("", |local| &local.name.local)),
            },
            (None, _) => attribute(""),
        }
    }

    /// Adds a module.
    pub(super) fn add_module(&mut self, parent: ModuleId, name: String, docs: Vec<String>, origin: Option<Origin>) -> ModuleId {
        let id = ModuleId(u32::try_from(self.ir.modules.len()).unwrap_or(u32::MAX));
        self.ir.modules.push(Module { name, parent, docs, origin, ..Module::default() });
        // Imports bring `xmlns` and the root modules into scope. The caller reserves the names of the latter.
        self.scopes.push(Scope::reserving(["xmlns"]));
        self.lock_module(id);
        id
    }

    /// Adds an item, whose contents are filled in later.
    pub(super) fn add_item(&mut self, module: ModuleId, name: String, path: ComponentPath) -> ItemId {
        let component = path.shown();
        self.push_item(module, name, component, Some(path))
    }

    /// Adds an item for a component, or for a part of the settings.
    pub(super) fn push_item(&mut self, module: ModuleId, name: String, component: String, path: Option<ComponentPath>) -> ItemId {
        let id = ItemId(u32::try_from(self.ir.items.len()).unwrap_or(u32::MAX));
        let kind = ItemKind::Alias(Alias { ty: Ty::STRING, facets: None });
        self.ir.items.push(Item {
            module,
            name,
            file: None,
            component,
            path,
            docs: Vec::new(),
            picture: None,
            derives: Vec::new(),
            attributes: Vec::new(),
            other_attributes: Vec::new(),
            own_serde: false,
            prefix: None,
            complex: None,
            constructor: Constructor::New,
            kind,
            earlier: None,
        });
        id
    }

    pub(super) fn item(&self, id: ItemId) -> Option<&Item> {
        self.ir.items.get(id.index())
    }

    pub(super) fn item_mut(&mut self, id: ItemId) -> Option<&mut Item> {
        self.ir.items.get_mut(id.index())
    }

    /// Claims a unique name in a module, and records a collision if it is not the first one wanted. `locked` does so for names in the lock.
    pub(super) fn claim_new(&mut self, module: ModuleId, wanted: &Wanted, component: &str) -> String {
        let short: Vec<String> = wanted.names.iter().map(|name| names::shortened(name, LONGEST_NAME)).collect();
        let given = self.scopes.get_mut(module.index()).map(|scope| scope.take(&short, "")).unwrap_or_default();
        self.collisions.note(component, wanted.first(), &given);
        given
    }

    /// Adds the release of a component to its documentation, if it is known and not mentioned already.
    pub(super) fn add_since(&self, docs: &mut Vec<String>, paths: &[&ComponentPath]) {
        if let Some(since) = self.rules.since.find(paths) {
            let said = format!("Since {since}.");
            if !docs.iter().any(|paragraph| paragraph.contains(&said)) {
                docs.push(said);
            }
        }
    }

    /// Returns the documentation of a component as paragraphs, in the form that the settings ask for.
    pub(super) fn documentation(&self, said: &Docs) -> Vec<String> {
        match self.settings.docs {
            DocSettings { schema: false, .. } => Vec::new(),
            DocSettings { markdown: true, .. } => markdown::blocks(said),
            DocSettings { markdown: false, .. } => docs::text(said),
        }
    }

    /// Returns the documentation of the element or attribute that declares an anonymous type.
    pub(super) fn documentation_of_owner(&self, scope: &Place) -> Vec<String> {
        let said = match scope {
            Place::Element(id) => self.element(*id).map(|element| &element.docs),
            Place::Attribute(id) => self.attribute(*id).map(|attribute| &attribute.docs),
            _ => None,
        };
        said.map(|said| self.documentation(said)).unwrap_or_default()
    }
}

/// Reports types of the settings that are not valid Rust types.
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
    /// Returns the scope in which it is declared.
    pub(super) fn scope(&self) -> &Place {
        match self {
            Type::Simple(t) => &t.scope,
            Type::Complex(t) => &t.scope,
        }
    }
}
