//! Records the names of planned bindings in a lock.

use super::{Entry, Form, Key, Lock, LockedNamespace, OldName};
use crate::ir::{Field, Item, ItemKind, ModuleId, NamedFacets, Occurs, Origin, ROOT, RustIr, Scalar, Ty};
use crate::model::ComponentPath;
use crate::settings::Strings;

impl Lock {
    /// Records the names of planned bindings. For a slice, these are the names of the whole schema set.
    #[must_use]
    pub fn of(ir: &RustIr) -> Self {
        if let Some(whole) = &ir.whole {
            return whole.clone();
        }
        let mut recorder = Recorder { ir, lock: Lock::default() };
        recorder.modules();
        for item in &ir.items {
            recorder.item(item);
        }
        for (path, item) in &ir.shared {
            if let Some(item) = ir.items.get(item.index()) {
                recorder.insert(path, Form::Shared, item.module, &item.name);
            }
        }
        for variant in &ir.root.document {
            recorder.field(&variant.field, Form::Document);
        }
        recorder.lock
    }
}

struct Recorder<'a> {
    ir: &'a RustIr,
    lock: Lock,
}

impl Recorder<'_> {
    fn modules(&mut self) {
        for (prefix, uri) in &self.ir.root.namespaces {
            self.lock.namespaces.insert(uri.clone(), LockedNamespace { prefix: prefix.clone(), module: None });
        }
        for (at, module) in self.ir.modules.iter().enumerate().skip(1) {
            match &module.origin {
                Some(Origin::Namespace { prefix, uri }) => {
                    let locked = LockedNamespace { prefix: prefix.clone(), module: Some(module.name.clone()) };
                    self.lock.namespaces.insert(uri.clone(), locked);
                }
                Some(Origin::Component(path)) if at > 0 => self.insert(path, Form::Module, module.parent, &module.name),
                _ => {}
            }
            for alias in &module.deprecated {
                let module = self.path(ModuleId(u32::try_from(at).unwrap_or(u32::MAX)));
                self.lock.aliases.insert(OldName { path: alias.path.clone(), module, name: alias.name.clone() });
            }
        }
    }

    fn item(&mut self, item: &Item) {
        let Some(path) = &item.path else { return };
        let (form, facets) = match &item.kind {
            ItemKind::Struct(_) => (Form::Struct, None),
            ItemKind::Group(_) => (Form::Group, None),
            ItemKind::Choice(_) => (Form::Choice, None),
            ItemKind::Enumeration(_) => (Form::Enum, None),
            ItemKind::Union(planned) => (Form::Union, Some(&planned.facets)),
            ItemKind::Polymorphic(_) => (Form::Any, None),
            ItemKind::Alias(planned) => (Form::Alias, planned.facets.as_ref()),
            ItemKind::Value(_) => return,
        };
        self.insert(path, form, item.module, &item.name);
        if let Some(NamedFacets { name, .. }) = facets {
            self.insert(path, Form::Static, item.module, name);
        }
        self.members(item);
    }

    fn members(&mut self, item: &Item) {
        match &item.kind {
            ItemKind::Struct(planned) => planned.fields().for_each(|field| self.field(field, Form::Field)),
            ItemKind::Group(fields) => fields.iter().for_each(|field| self.field(field, Form::Field)),
            ItemKind::Choice(arms) => arms.iter().for_each(|arm| self.field(arm, Form::Variant)),
            ItemKind::Enumeration(planned) => {
                planned.variants.iter().for_each(|it| self.member(it.path.as_ref(), Form::Variant, &it.name, String::new()));
            }
            ItemKind::Union(planned) => {
                planned.members.iter().for_each(|it| self.member(it.path.as_ref(), Form::Variant, &it.name, self.ty(&it.ty)));
            }
            ItemKind::Polymorphic(planned) => {
                let all = planned.base.iter().chain(&planned.derived);
                all.for_each(|it| self.member(it.path.as_ref(), Form::Variant, &it.name, self.ty(&it.ty)));
            }
            ItemKind::Value(_) | ItemKind::Alias(_) => {}
        }
    }

    fn field(&mut self, field: &Field, form: Form) {
        let mut ty = self.ty(&field.ty);
        if field.items.is_some() {
            ty = format!("Vec<{ty}>");
        }
        let ty = match field.occurs {
            Occurs::One => ty,
            Occurs::Optional => format!("Option<{ty}>"),
            Occurs::Many(..) => format!("Vec<{ty}>"),
        };
        self.member(field.path.as_ref(), form, &field.name, ty);
    }

    fn member(&mut self, path: Option<&ComponentPath>, form: Form, name: &str, ty: String) {
        if let Some(path) = path {
            let entry = Entry { form, module: String::new(), name: name.to_owned(), ty };
            self.lock.entries.insert(Key::new(path.clone(), form.role()), entry);
        }
    }

    fn insert(&mut self, path: &ComponentPath, form: Form, module: ModuleId, name: &str) {
        let entry = Entry { form, module: self.path(module), name: name.to_owned(), ty: String::new() };
        self.lock.entries.insert(Key::new(path.clone(), form.role()), entry);
    }

    /// Returns the path of a module from the root.
    fn path(&self, mut id: ModuleId) -> String {
        let mut names = Vec::new();
        while let Some(module) = self.ir.modules.get(id.index()).filter(|_| id != ROOT) {
            names.push(module.name.as_str());
            id = module.parent;
        }
        names.reverse();
        names.join("::")
    }

    /// Returns a type as the bindings write it, without modules.
    fn ty(&self, ty: &Ty) -> String {
        let of = |name: &str, inner: &Ty| format!("{name}<{}>", self.ty(inner));
        match ty {
            Ty::Scalar(Scalar::String) if self.ir.root.strings == Strings::CompactStr => "CompactString".to_owned(),
            Ty::Scalar(scalar) => scalar.name().to_owned(),
            Ty::Codec(ty) => ty.name().to_owned(),
            Ty::Item(id) => self.ir.items.get(id.index()).map(|item| item.name.clone()).unwrap_or_default(),
            Ty::Foreign(path) => path.split_whitespace().collect::<Vec<_>>().join(" "),
            Ty::Boxed(inner) => of("Box", inner),
            Ty::Nillable(inner) => of("Nillable", inner),
            Ty::MaybeNil(inner) => of("MaybeNil", inner),
            Ty::List(inner) => of("List", inner),
            Ty::XsiBox(inner) => of("XsiBox", inner),
            Ty::XsiTyped(inner) => of("XsiTyped", inner),
        }
    }
}
