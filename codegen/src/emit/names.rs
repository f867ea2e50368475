//! Emits identifiers, types and paths as seen from the module that contains them.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::fmt::Display;

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote};

use super::parts::{Faults, Part};
use crate::ir::{Field, Item, ItemId, ItemKind, ModuleId, Occurs, ROOT, RustIr, Scalar, Ty};
use crate::keywords;
use crate::settings::{Layout, Strings, Visibility};

/// The names that the items of a module share.
#[derive(Debug)]
pub(super) struct Names<'i> {
    pub(super) ir: &'i RustIr,
    here: ModuleId,
    /// Whether the tokens are in a file of their own below the module, which imports the names of the module.
    below: bool,
    /// The names in the file that hide a name of the codec.
    taken: &'i BTreeSet<String>,
    /// The names of the codec that the module imports.
    imported: RefCell<BTreeSet<&'static str>>,
    faults: &'i Faults,
    /// The problem found in the tokens since the last time they were parsed, if any.
    wrong: RefCell<Option<String>>,
}

impl<'i> Names<'i> {
    pub(super) fn new(ir: &'i RustIr, here: ModuleId, taken: &'i BTreeSet<String>, faults: &'i Faults) -> Self {
        Names { ir, here, below: false, taken, imported: RefCell::default(), faults, wrong: RefCell::default() }
    }

    /// Returns the names for a module nested in this one.
    pub(super) fn within(&self, here: ModuleId) -> Self {
        Names::new(self.ir, here, self.taken, self.faults)
    }

    /// Returns the names for a file of its own below this module.
    pub(super) fn below(&self) -> Self {
        Names { below: true, ..Names::new(self.ir, self.here, self.taken, self.faults) }
    }

    /// Returns how the path of a file that documentation includes begins: such paths are relative to the file that names them.
    pub(super) fn to_folder(&self) -> &'static str {
        let module = self.ir.modules.get(self.here.index());
        let nested = module.is_some_and(|module| self.ir.root.layout == Layout::Types && module.parent != ROOT);
        if self.below || nested { "../" } else { "" }
    }

    /// Returns a [`Spell`] for the module.
    pub(super) fn spell(&self) -> Spell<'_> {
        Spell { names: self, imports: true, short: true }
    }

    /// Returns the names of the codec that the module imports, sorted.
    pub(super) fn imports(&self) -> Vec<&'static str> {
        self.imported.borrow().iter().copied().collect()
    }

    /// Returns the number of modules around the tokens, without the root.
    pub(super) fn depth(&self) -> usize {
        self.spell().chain(self.here).len() + usize::from(self.below)
    }

    /// Adds the imports of another module.
    pub(super) fn import_all(&self, other: &Names<'_>) {
        self.imported.borrow_mut().extend(other.imported.borrow().iter());
    }

    /// Returns the tokens as a part of the file; `None` if there are no tokens.
    pub(super) fn part(&self, item: impl Display, tokens: TokenStream) -> Option<Part> {
        if tokens.is_empty() { None } else { self.parsed(item, tokens).map(Part::Items) }
    }

    /// Parses the tokens as items, and records a fault if they are not valid.
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

/// Converts names and types to tokens for one module.
#[derive(Debug, Clone, Copy)]
pub(super) struct Spell<'n> {
    pub(super) names: &'n Names<'n>,
    /// Whether items in other files are reached by an import instead of through `super`.
    imports: bool,
    /// Whether names of the codec are imported.
    short: bool,
}

impl<'n> Spell<'n> {
    /// Returns a copy that puts `super::` before the names of other files. It is for items whose imports would be unused if a feature is off.
    pub(super) fn without_imports(self) -> Self {
        Spell { imports: false, ..self }
    }

    /// Returns a copy for code that needs the given feature, if any: such code uses the full paths of the codec.
    pub(super) fn behind(self, feature: Option<&String>) -> Self {
        Spell { short: self.short && feature.is_none(), ..self }
    }

    /// Returns the visibility of all items and fields.
    pub(super) fn visibility(self) -> TokenStream {
        match self.names.ir.root.visibility {
            Visibility::Public => quote!(pub),
            Visibility::Crate => quote!(pub(crate)),
        }
    }

    /// Returns the tokens before the keyword `struct` or `enum`: `#[non_exhaustive]`, unless the settings ask for exhaustive types, and the
    /// visibility.
    pub(super) fn open(self) -> TokenStream {
        let non_exhaustive = (!self.names.ir.root.exhaustive).then(|| quote!(#[non_exhaustive]));
        let visibility = self.visibility();
        quote!(#non_exhaustive #visibility)
    }

    /// Returns an identifier, raw if the name is a keyword.
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

    /// Returns a name of the codec.
    pub(super) fn codec(self, name: &'static str) -> TokenStream {
        let ident = self.ident(name);
        if self.short && !self.names.taken.contains(name) {
            self.names.imported.borrow_mut().insert(name);
            quote!(#ident)
        } else {
            quote!(::xsdgen_codec::#ident)
        }
    }

    /// Returns the constant of a prefix.
    pub(super) fn prefix(self, prefix: &str) -> TokenStream {
        let prefix = self.ident(prefix);
        quote!(xmlns::#prefix)
    }

    /// Returns a path that the settings give.
    pub(super) fn path(self, path: &str) -> TokenStream {
        match syn::parse_str::<syn::Path>(path) {
            Ok(path) => path.into_token_stream(),
            Err(_) => {
                self.names.wrong(path, "a path");
                TokenStream::new()
            }
        }
    }

    /// Returns attributes that the settings give, or that derive macros need.
    pub(super) fn attributes(self, list: &[String]) -> TokenStream {
        let attribute = |text: &String| match syn::parse_str::<syn::Meta>(text) {
            Ok(meta) => quote!(#[#meta]),
            Err(_) => {
                self.names.wrong(text, "an attribute");
                TokenStream::new()
            }
        };
        list.iter().map(attribute).collect()
    }

    /// Returns a type, ignoring occurrence.
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
            Ty::XsiBox(inner) => self.of(self.codec("XsiBox"), inner),
            Ty::XsiTyped(inner) => self.of(self.codec("XsiTyped"), inner),
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

    /// Returns the type of a field.
    pub(super) fn field(self, field: &Field) -> TokenStream {
        let ty = self.occurring(&field.ty, if field.items.is_some() { Occurs::Many(0, None) } else { field.occurs });
        if field.items.is_some() && field.occurs == Occurs::Optional { quote!(Option<#ty>) } else { ty }
    }

    /// Returns a type wrapped according to its occurrence.
    pub(super) fn occurring(self, ty: &Ty, occurs: Occurs) -> TokenStream {
        let inner = self.ty(ty);
        match occurs {
            Occurs::One => inner,
            Occurs::Optional => quote!(Option<#inner>),
            Occurs::Many(..) => quote!(Vec<#inner>),
        }
    }

    /// Returns the path of an item.
    pub(super) fn item(self, id: ItemId) -> TokenStream {
        self.names.ir.items.get(id.index()).map(|item| self.relative(item.module, &item.name)).unwrap_or_default()
    }

    /// Returns the path of the static of an alias or a union.
    pub(super) fn facet_static(self, id: ItemId) -> TokenStream {
        self.names.ir.items.get(id.index()).and_then(|item| Some(self.relative(item.module, facet_static(item)?))).unwrap_or_default()
    }

    /// Returns the path of a static of the file.
    pub(super) fn file_static(self, name: &str) -> TokenStream {
        let file = self.chain(self.names.here).first().copied().unwrap_or(ROOT);
        self.relative(file, name)
    }

    /// Returns the path of a name in another module.
    fn relative(self, module: ModuleId, name: &str) -> TokenStream {
        let (from, to) = (self.chain(self.names.here), self.chain(module));
        let common = from.iter().zip(&to).take_while(|(a, b)| a == b).count();
        // If the two modules have no ancestor in common, the other one is in another file, whose name is imported.
        let up = if common > 0 || !self.imports { from.len() - common } else { 0 };
        let up = if up > 0 { up + usize::from(self.names.below) } else { up };
        let up = std::iter::repeat_n(quote!(super::), up);
        let modules = to.iter().skip(common).filter_map(|id| self.names.ir.modules.get(id.index())).map(|module| self.ident(&module.name));
        let name = self.ident(name);
        quote!(#(#up)* #(#modules::)* #name)
    }

    /// Returns the modules from the root to this one, without the root.
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

pub(super) fn facet_static(item: &Item) -> Option<&str> {
    match &item.kind {
        ItemKind::Union(planned) => Some(&planned.facets.name),
        ItemKind::Alias(alias) => alias.facets.as_ref().map(|facets| facets.name.as_str()),
        _ => None,
    }
}
