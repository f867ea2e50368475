//! The schemas of this workspace, read once for all parts.

use std::path::Path;

use xsdgen::diagnostic::Diagnostics;
use xsdgen::ir::RustIr;
use xsdgen::model::path::GlobalKind;
use xsdgen::model::{ComplexType, ComponentPath, ElementId, Global, Model, QName, Type, TypeId};
use xsdgen::plan::{ValueExamples, examples};
use xsdgen::{Config, Generated, LoadOptions, Lock, load, plan, resolve};

use crate::Failure;
use crate::failure::product;

/// The configuration, the schemas, and the generator's results.
#[derive(Debug)]
pub struct Sources {
    /// The configuration, `xsdgen.toml`.
    pub config: Config,
    /// The bindings.
    pub generated: Generated,
    /// Warnings.
    pub warnings: Diagnostics,
    /// The components of the schemas.
    pub model: Model,
    /// The plan of the bindings.
    pub(super) ir: RustIr,
    /// Sample texts for the value types of `xsdgen.toml`.
    pub examples: ValueExamples,
}

/// An operation and the type of its response.
pub(super) struct Operation {
    pub(super) name: String,
    pub(super) response: TypeId,
}

impl Sources {
    /// Reads `xsdgen.toml` and its schemas, and generates the bindings.
    ///
    /// # Errors
    ///
    /// The configuration or the schemas have problems, which are those that `xsdgen generate` reports.
    pub fn read() -> Result<Self, Failure> {
        let config = product(Config::read(Path::new("xsdgen.toml")))?;
        let lock = product(Lock::read(&config.lock_path()))?;
        let generated = config.generate_with(&lock);
        let warnings = generated.diagnostics.clone();
        let generated = product(generated)?;
        let schemas = product(load(&product(config.inputs())?, &LoadOptions::of(&config.settings)))?;
        let model = product(resolve(&schemas))?;
        let ir = product(plan(&model, &config.settings, &lock))?;
        let examples = examples(&model, &config.settings, &lock);
        Ok(Self { config, generated, warnings, model, ir, examples })
    }

    /// Returns the types that the body of a message can have: those that are derived from the common base and are not abstract.
    ///
    /// # Errors
    ///
    /// The schemas declare no such base.
    pub fn bodies(&self) -> Result<Vec<(TypeId, &ComplexType)>, Failure> {
        let is_base = |ty: &ComplexType| ty.name.as_ref().is_some_and(|name| name.local == "bodyContentType");
        let missing = || Failure::new("the schemas declare no type `bodyContentType`", "declare it in `xsd/service/service.xsd`");
        let base = self.types().find(|(_, ty)| is_base(ty)).map(|(id, _)| id).ok_or_else(missing)?;
        Ok(self.types().filter(|(id, ty)| !ty.abstract_ && self.derives(*id, base)).collect())
    }

    /// Returns whether a complex type is derived from another one.
    fn derives(&self, mut id: TypeId, base: TypeId) -> bool {
        while let Some(Type::Complex(ty)) = self.model.types.get(id.index()).filter(|_| id != base) {
            if ty.base == id || ty.base == base {
                return ty.base == base;
            }
            id = ty.base;
        }
        false
    }

    /// Returns the operations, in the order of the schemas.
    pub(super) fn operations(&self) -> Result<Vec<Operation>, Failure> {
        let planned = self.ir.root.operations.iter().flatten();
        let found = planned.map(|operation| {
            let ty = |item: xsdgen::ir::ItemId| self.named(self.ir.items.get(item.index())?.path.as_ref()?);
            ty(operation.request)?;
            Some(Operation { name: operation.name.clone(), response: ty(operation.response?)? })
        });
        found.collect::<Option<_>>().ok_or_else(|| {
            Failure::new("the request or response of an operation is not a type of the schemas", "fix the plan of operations in `codegen/`")
        })
    }

    /// Returns the complex type with this path, such as `ep:getSiteType`.
    fn named(&self, path: &ComponentPath) -> Option<TypeId> {
        let is = |own: &QName| path.kind == GlobalKind::Type && path.steps.is_empty() && self.name(own) == path.shown();
        let found = self.types().find(|(_, ty)| ty.name.as_ref().is_some_and(is));
        found.map(|(id, _)| id)
    }

    /// Returns all complex types.
    pub(super) fn types(&self) -> impl Iterator<Item = (TypeId, &ComplexType)> {
        let types = self.model.types.iter().enumerate();
        types.filter_map(|(at, ty)| match ty {
            Type::Complex(ty) => Some((TypeId(u32::try_from(at).ok()?), ty)),
            Type::Simple(_) => None,
        })
    }

    /// Returns `prefix:local`, with the prefix of the bindings.
    #[must_use]
    pub fn name(&self, name: &QName) -> String {
        let uri = self.model.namespaces.get(name.namespace.index()).map_or("", |namespace| namespace.uri.as_str());
        match self.ir.root.namespaces.iter().find(|(_, own)| own == uri) {
            Some((prefix, _)) => format!("{prefix}:{}", name.local),
            None => name.local.clone(),
        }
    }

    /// Returns the root element of all messages.
    ///
    /// # Errors
    ///
    /// The schemas declare no such element.
    pub fn message(&self) -> Result<ElementId, Failure> {
        let elements = self.model.globals.iter().filter_map(|global| if let Global::Element(id) = global { Some(*id) } else { None });
        let is_message = |id: &ElementId| self.model.elements.get(id.index()).is_some_and(|element| element.name.local == "message");
        let missing = || Failure::new("the schemas declare no global element `message`", "declare it in `xsd/service/service.xsd`");
        elements.into_iter().find(is_message).ok_or_else(missing)
    }
}
