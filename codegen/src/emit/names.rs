//! Spells identifiers, types and paths as they are written in a module, relative to it.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::fmt::Display;

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote};

use super::parts::{Faults, Part};
use crate::ir::{Item, ItemId, ItemKind, ModuleId, Occurs, ROOT, RustIr, Scalar, Ty};
use crate::keywords;
use crate::settings::Strings;

/// What the items of a module have in common.
#[derive(Debug)]
pub(super) struct Names<'i> {
    pub(super) ir: &'i RustIr,
    here: ModuleId,
    /// Names in the file that stand for something else than the codec's.
    taken: &'i BTreeSet<String>,
    /// The names of the codec that the module imports.
    imported: RefCell<BTreeSet<&'static str>>,
    faults: &'i Faults,
    /// What is wrong with the tokens since they were parsed last.
    wrong: RefCell<Option<String>>,
}

impl<'i> Names<'i> {
    pub(super) fn new(ir: &'i RustIr, here: ModuleId, taken: &'i BTreeSet<String>, faults: &'i Faults) -> Self {
        Names { ir, here, taken, imported: RefCell::default(), faults, wrong: RefCell::default() }
    }

    /// The names of a module in this one.
    pub(super) fn within(&self, here: ModuleId) -> Self {
        Names::new(self.ir, here, self.taken, self.faults)
    }

    /// Spells for the module.
    pub(super) fn spell(&self) -> Spell<'_> {
        Spell { names: self, imports: true, short: true }
    }

    /// The names of the codec that the module imports, sorted.
    pub(super) fn imports(&self) -> Vec<&'static str> {
        self.imported.borrow().iter().copied().collect()
    }

    /// Imports what another module imports.
    pub(super) fn import_all(&self, other: &Names<'_>) {
        self.imported.borrow_mut().extend(other.imported.borrow().iter());
    }

    /// The tokens as a part of the file; nothing of no tokens.
    pub(super) fn part(&self, item: impl Display, tokens: TokenStream) -> Option<Part> {
        if tokens.is_empty() { None } else { self.parsed(item, tokens).map(Part::Items) }
    }

    /// The tokens as items; where they are none, that is noted.
    pub(super) fn parsed(&self, item: impl Display, tokens: TokenStream) -> Option<syn::File> {
        let parsed = syn::parse2(tokens);
        let problem = self.wrong.take().or_else(|| parsed.as_ref().err().map(ToString::to_string));
        match problem {
            Some(problem) => {
                self.faults.note(item.to_string(), problem);
                None
            }
            None => parsed.ok(),
        }
    }

    fn wrong(&self, text: &str, what: &str) {
        *self.wrong.borrow_mut() = Some(format!("`{}` is not {what}", text.escape_debug()));
    }
}

/// Spells for one module.
#[derive(Debug, Clone, Copy)]
pub(super) struct Spell<'n> {
    pub(super) names: &'n Names<'n>,
    /// Whether other files are reached by an import rather than through `super`.
    imports: bool,
    /// Whether names of the codec are imported.
    short: bool,
}

impl<'n> Spell<'n> {
    /// For items whose imports would be unused where a feature is off: with `super::` before the names of other files.
    pub(super) fn without_imports(self) -> Self {
        Spell { imports: false, ..self }
    }

    /// For what stands behind a feature, if it does: the names of the codec in full.
    pub(super) fn behind(self, feature: Option<&String>) -> Self {
        Spell { short: self.short && feature.is_none(), ..self }
    }

    /// An identifier, raw where it is a keyword.
    pub(super) fn ident(self, name: &str) -> Ident {
        let mut chars = name.chars();
        let first = chars.next().is_some_and(|c| c == '_' || unicode_ident::is_xid_start(c));
        let fits = first && chars.all(unicode_ident::is_xid_continue);
        match keywords::is_keyword(name) {
            true if !keywords::is_never_raw(name) => Ident::new_raw(name, Span::call_site()),
            false if fits => Ident::new(name, Span::call_site()),
            _ => {
                self.names.wrong(name, "an identifier");
                Ident::new("not_an_identifier", Span::call_site())
            }
        }
    }

    /// A name of the codec.
    pub(super) fn codec(self, name: &'static str) -> TokenStream {
        let ident = self.ident(name);
        if self.short && !self.names.taken.contains(name) {
            self.names.imported.borrow_mut().insert(name);
            quote!(#ident)
        } else {
            quote!(::xsdgen_codec::#ident)
        }
    }

    /// The constant of a prefix.
    pub(super) fn prefix(self, prefix: &str) -> TokenStream {
        let prefix = self.ident(prefix);
        quote!(xmlns::#prefix)
    }

    /// A path that the settings name.
    pub(super) fn path(self, path: &str) -> TokenStream {
        match syn::parse_str::<syn::Path>(path) {
            Ok(path) => path.into_token_stream(),
            Err(_) => {
                self.names.wrong(path, "a path");
                TokenStream::new()
            }
        }
    }

    /// A type without its occurrence.
    pub(super) fn ty(self, ty: &Ty) -> TokenStream {
        match ty {
            Ty::Scalar(Scalar::String) if self.names.ir.root.strings == Strings::CompactStr => self.codec("CompactString"),
            Ty::Scalar(scalar) => self.ident(scalar.name()).into_token_stream(),
            Ty::Codec(ty) => self.codec(ty.name()),
            Ty::Foreign(path) => self.foreign(path),
            Ty::Item(id) => self.item(*id),
            Ty::Boxed(inner) => self.of(quote!(Box), inner),
            Ty::Nillable(inner) => self.of(self.codec("Nillable"), inner),
            Ty::MaybeNil(inner) => self.of(self.codec("MaybeNil"), inner),
            Ty::Declared(inner) => self.of(self.codec("Declared"), inner),
            Ty::Typed(inner) => self.of(self.codec("Typed"), inner),
            Ty::List(inner) => self.of(self.codec("List"), inner),
        }
    }

    fn of(self, holder: TokenStream, inner: &Ty) -> TokenStream {
        let inner = self.ty(inner);
        quote!(#holder<#inner>)
    }

    fn foreign(self, ty: &str) -> TokenStream {
        match syn::parse_str::<syn::Type>(ty) {
            Ok(ty) => ty.into_token_stream(),
            Err(_) => {
                self.names.wrong(ty, "a type");
                TokenStream::new()
            }
        }
    }

    /// A type with its occurrence.
    pub(super) fn occurring(self, ty: &Ty, occurs: Occurs) -> TokenStream {
        let inner = self.ty(ty);
        match occurs {
            Occurs::One => inner,
            Occurs::Optional => quote!(Option<#inner>),
            Occurs::Many(..) => quote!(Vec<#inner>),
        }
    }

    /// The path of an item.
    pub(super) fn item(self, id: ItemId) -> TokenStream {
        self.names.ir.items.get(id.index()).map(|item| self.relative(item.module, &item.name)).unwrap_or_default()
    }

    /// The path of the static of an alias or a union.
    pub(super) fn facet_static(self, id: ItemId) -> TokenStream {
        self.names.ir.items.get(id.index()).and_then(|item| Some(self.relative(item.module, facet_static(item)?))).unwrap_or_default()
    }

    /// The path of a static of the file.
    pub(super) fn file_static(self, name: &str) -> TokenStream {
        let file = self.chain(self.names.here).first().copied().unwrap_or(ROOT);
        self.relative(file, name)
    }

    /// The path of a name in a module.
    fn relative(self, module: ModuleId, name: &str) -> TokenStream {
        let (from, to) = (self.chain(self.names.here), self.chain(module));
        let common = from.iter().zip(&to).take_while(|(a, b)| a == b).count();
        // With nothing in common it is another file, whose name is imported wherever it is needed.
        let up = if common > 0 || !self.imports { from.len() - common } else { 0 };
        let up = std::iter::repeat_n(quote!(super::), up);
        let modules = to.iter().skip(common).filter_map(|id| self.names.ir.modules.get(id.index())).map(|module| self.ident(&module.name));
        let name = self.ident(name);
        quote!(#(#up)* #(#modules::)* #name)
    }

    /// The modules from the root to this one, without the root.
    fn chain(self, mut module: ModuleId) -> Vec<ModuleId> {
        let mut out = Vec::new();
        while module != ROOT && out.len() < self.names.ir.modules.len() {
            out.push(module);
            module = self.names.ir.modules.get(module.index()).map_or(ROOT, |module| module.parent);
        }
        out.reverse();
        out
    }
}

fn facet_static(item: &Item) -> Option<&str> {
    match &item.kind {
        ItemKind::Union(planned) => Some(&planned.facets.name),
        ItemKind::Alias(alias) => alias.facets.as_ref().map(|facets| facets.name.as_str()),
        _ => None,
    }
}
