//! In: types and items. Out: how they are spelled in a given module, relative to it.
//! Not done here: imports (`plan` lists them in `Module::uses`).

use crate::ir::{Facet, Facets, ItemId, ItemKind, ModuleId, Occurs, ROOT, RustIr, SimpleOf, SimpleType, Ty};
use crate::settings::Strings;

/// Spells for one module.
#[derive(Debug, Clone, Copy)]
pub(super) struct Speller<'i> {
    pub(super) ir: &'i RustIr,
    pub(super) here: ModuleId,
    /// Whether other files are reached through `super::` rather than by an import.
    pub(super) imports: bool,
}

impl<'i> Speller<'i> {
    pub(super) fn new(ir: &'i RustIr, here: ModuleId) -> Self {
        Speller { ir, here, imports: true }
    }

    /// A type without its occurrence.
    pub(super) fn ty(&self, ty: &Ty) -> String {
        match ty {
            Ty::Scalar("String") if self.ir.root.strings == Strings::CompactStr => "::xsdgen_codec::CompactString".to_owned(),
            Ty::Scalar(name) => (*name).to_owned(),
            Ty::Codec(name) => format!("::xsdgen_codec::{name}"),
            Ty::Foreign(path) => path.clone(),
            Ty::Item(id) => self.item(*id),
            Ty::Boxed(inner) => format!("Box<{}>", self.ty(inner)),
            Ty::Nillable(inner) => format!("::xsdgen_codec::Nillable<{}>", self.ty(inner)),
            Ty::MaybeNil(inner) => format!("::xsdgen_codec::MaybeNil<{}>", self.ty(inner)),
            Ty::Declared(inner) => format!("::xsdgen_codec::Declared<{}>", self.ty(inner)),
            Ty::Typed(inner) => format!("::xsdgen_codec::Typed<{}>", self.ty(inner)),
            Ty::List(inner) => format!("::xsdgen_codec::List<{}>", self.ty(inner)),
        }
    }

    /// A type with its occurrence.
    pub(super) fn occurring(&self, ty: &Ty, occurs: Occurs) -> String {
        let inner = self.ty(ty);
        match occurs {
            Occurs::One => inner,
            Occurs::Optional => format!("Option<{inner}>"),
            Occurs::Many(..) => format!("Vec<{inner}>"),
        }
    }

    /// The path of an item.
    pub(super) fn item(&self, id: ItemId) -> String {
        match self.ir.items.get(id.index()) {
            Some(item) => self.path(item.module, &item.name),
            None => String::new(),
        }
    }

    /// The path of the static of an alias or a union.
    fn facet_static(&self, id: ItemId) -> String {
        match self.ir.items.get(id.index()).map(|item| (item.module, &item.kind)) {
            Some((module, ItemKind::Union(planned))) => self.path(module, &planned.facets.0),
            Some((module, ItemKind::Alias(alias))) => self.path(module, alias.facets.as_ref().map_or("", |(name, _)| name)),
            _ => String::new(),
        }
    }

    fn path(&self, module: ModuleId, name: &str) -> String {
        let (from, to) = (self.chain(self.here), self.chain(module));
        let common = from.iter().zip(&to).take_while(|(a, b)| a == b).count();
        let mut parts: Vec<&str> = Vec::new();
        // With nothing in common it is another file, whose name is imported wherever it is needed.
        if common > 0 || !self.imports {
            parts.extend(std::iter::repeat_n("super", from.len() - common));
        }
        parts.extend(to.iter().skip(common).filter_map(|id| self.ir.modules.get(id.index())).map(|m| m.name.as_str()));
        parts.push(name);
        parts.join("::")
    }

    /// The modules from the root to this one, without the root.
    fn chain(&self, mut module: ModuleId) -> Vec<ModuleId> {
        let mut out = Vec::new();
        while module != ROOT && out.len() < self.ir.modules.len() {
            out.push(module);
            module = self.ir.modules.get(module.index()).map_or(ROOT, |m| m.parent);
        }
        out.reverse();
        out
    }

    /// What stands behind `in`.
    pub(super) fn facets(&self, facets: &Facets) -> String {
        match facets {
            Facets::Static(id) => self.facet_static(*id),
            Facets::Inline(expr) => self.simple(expr),
        }
    }

    /// A `SimpleType` expression.
    pub(super) fn simple(&self, expr: &SimpleType) -> String {
        const TYPE: &str = "::xsdgen_codec::SimpleType";
        let mut out = match &expr.of {
            SimpleOf::Builtin(builtin) => format!("{TYPE}::of(::xsdgen_codec::Builtin::{builtin:?})"),
            SimpleOf::List(item) => format!("{TYPE}::list(&{})", self.facets(item)),
            SimpleOf::Union(members) => {
                let members: Vec<String> = members.iter().map(|m| format!("&{}", self.facets(m))).collect();
                format!("{TYPE}::union(&[{}])", members.join(", "))
            }
            SimpleOf::Restriction(base) => format!("{TYPE}::restricting(&{})", self.simple(base)),
        };
        if let Some(name) = &expr.name {
            out.push_str(&format!(".named({name:?})"));
        }
        for facet in &expr.facets {
            out.push_str(&match facet {
                Facet::Number(call, number) => format!(".{call}({number})"),
                Facet::Bound(call, value) => format!(".{call}({value:?})"),
                Facet::Space(space) => format!(".white_space(::xsdgen_codec::WhiteSpace::{space})"),
                Facet::Pattern(patterns) => format!(".pattern({:?})", patterns.join("|")),
                Facet::Names(values) => format!(".names(&{values:?})"),
                Facet::Enumeration(values) => {
                    let values: Vec<String> = values.iter().map(|v| format!("{v:?}")).collect();
                    format!(".enumeration(&[{}])", values.join(", "))
                }
            });
        }
        out
    }
}
