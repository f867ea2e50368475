//! Resolves declarations of simple types to [`SimpleType`]s, and orders all types so that bases come first. The values of facets are checked in
//! `checks::facets`.

use super::builtins::{self, ANY_TYPE, builtin_id};
use super::order::topological;
use super::{MAX_DEPTH, Resolver, count};
use crate::codes;
use crate::datatypes::FacetKind;
use crate::diagnostic::{Diagnostic, Span};
use crate::model::{
    Builtin, ComplexType, Content, Derivation, DerivationSet, Facet, Facets, Prefixes, QName, SimpleType, Type, TypeId, Variety,
};
use crate::schema::{ContentDecl, FacetDecl, Name, SimpleDecl, SimpleDerivation, TypeBody, TypeDecl, TypeUse};

/// The types that a type is derived from.
#[derive(Debug, Clone, Default)]
struct Parts {
    /// The base, item type or member types; `None` for a type that cannot be found.
    used: Vec<Option<TypeId>>,
    cut: bool,
}

impl Resolver<'_> {
    /// Finds the bases and members of all types, orders the types accordingly, and resolves the simple ones.
    pub(super) fn types_in_order(&mut self) {
        let total = self.ids.types.len();
        let mut parts = vec![Parts::default(); total];
        for (index, slot) in parts.iter_mut().enumerate() {
            slot.used = self.parts_of(TypeId(count(index) + builtins::COUNT));
        }
        let offset = builtins::COUNT as usize;
        let ordered = topological(total, |n| {
            let used = parts.get(n).map(|p| p.used.as_slice()).unwrap_or_default();
            used.iter().flatten().filter_map(|t| t.index().checked_sub(offset)).collect()
        });
        for (from, _) in &ordered.cycles {
            self.circular_type(TypeId(count(*from) + builtins::COUNT));
            if let Some(slot) = parts.get_mut(*from) {
                slot.cut = true;
            }
        }
        self.depths(&ordered.order, &mut parts);
        let placeholder = self.model.types.first().cloned();
        self.model.types.extend(placeholder.into_iter().flat_map(|p| std::iter::repeat_n(p, total)));
        for index in ordered.order {
            let id = TypeId(count(index) + builtins::COUNT);
            self.order.push(id);
            let Some((document, decl)) = self.type_decl(id) else { continue };
            let used = parts.get(index).map(|p| if p.cut { vec![None; p.used.len()] } else { p.used.clone() }).unwrap_or_default();
            let made = match &decl.body {
                TypeBody::Simple(simple) => Type::Simple(self.simple_type(document, id, decl, simple, &used)),
                TypeBody::Complex(_) => Type::Complex(self.complex_shell(document, id, decl, used.first().copied().flatten())),
            };
            if let Some(slot) = self.model.types.get_mut(id.index()) {
                *slot = made;
            }
        }
    }

    /// Returns the types that a type is derived from, in the order written.
    fn parts_of(&mut self, id: TypeId) -> Vec<Option<TypeId>> {
        let Some((document, decl)) = self.type_decl(id) else { return Vec::new() };
        let base_of = |this: &mut Self, used: &Option<TypeUse>| {
            let found = used.as_ref().and_then(|u| this.base_type(document, id.0, decl, u));
            vec![found.map(TypeId)]
        };
        match &decl.body {
            TypeBody::Simple(simple) => match &simple.variety {
                SimpleDerivation::Restriction(base, _) => base_of(self, base),
                SimpleDerivation::List(item) => vec![item.as_ref().and_then(|u| self.used_type(document, u))],
                SimpleDerivation::Union(members) => members.iter().map(|u| self.used_type(document, u)).collect(),
            },
            TypeBody::Complex(complex) => match &complex.content {
                ContentDecl::Simple { base, narrowed, .. } => {
                    let mut used = base_of(self, &base.clone().map(TypeUse::Named));
                    used.extend(narrowed.map(|n| Some(self.local_type(document, n))));
                    used
                }
                ContentDecl::Complex { base, .. } => match base {
                    Some(base) => base_of(self, &Some(TypeUse::Named(base.clone()))),
                    None => vec![Some(ANY_TYPE)],
                },
            },
        }
    }

    fn circular_type(&mut self, id: TypeId) {
        let Some((_, decl)) = self.type_decl(id) else { return };
        let name = decl.name.as_deref().unwrap_or("(anonymous)");
        let (code, rule) = match &decl.body {
            TypeBody::Simple(_) => (codes::X0204, "st-props-correct.2"),
            TypeBody::Complex(_) => (codes::X0203, "ct-props-correct.3"),
        };
        self.problems.push(
            Diagnostic::error(code, decl.span.clone(), format!("the type `{name}` is defined in terms of itself"))
                .violating(rule)
                .with_help("derive one type of the circle from another base"),
        );
    }

    /// Reports derivation chains that are too deep, and cuts them at the limit.
    fn depths(&mut self, order: &[usize], parts: &mut [Parts]) {
        let mut depth = vec![0u32; parts.len()];
        let offset = builtins::COUNT as usize;
        for &index in order {
            let Some(part) = parts.get_mut(index) else { continue };
            let below = part.used.iter().flatten().filter_map(|t| t.index().checked_sub(offset)).filter_map(|t| depth.get(t)).max();
            let mut mine = if part.cut { 0 } else { below.map_or(0, |d| d + 1) };
            if mine > MAX_DEPTH {
                part.cut = true;
                mine = 0;
                let id = TypeId(count(index) + builtins::COUNT);
                if let Some((_, decl)) = self.type_decl(id) {
                    self.too_deep(&decl.span, "derivations");
                }
            }
            if let Some(slot) = depth.get_mut(index) {
                *slot = mine;
            }
        }
    }

    fn type_name(&mut self, document: usize, decl: &TypeDecl) -> Option<QName> {
        let local = decl.name.clone()?;
        let uri = self.schema(document)?.target.clone();
        Some(self.qname(&Name { uri, local }))
    }

    /// Returns a complex type without its content and attributes, which are added later.
    fn complex_shell(&mut self, document: usize, id: TypeId, decl: &TypeDecl, base: Option<TypeId>) -> ComplexType {
        let body = match &decl.body {
            TypeBody::Complex(body) => Some(body),
            TypeBody::Simple(_) => None,
        };
        let derivation = body.map_or(Derivation::Restriction, |b| match b.content {
            ContentDecl::Simple { derivation, .. } | ContentDecl::Complex { derivation, .. } => derivation,
        });
        let (name, scope) = self.name_and_scope(document, id, decl);
        ComplexType {
            name,
            scope,
            base: base.unwrap_or(ANY_TYPE),
            derivation,
            abstract_: body.is_some_and(|b| b.abstract_),
            final_: body.map_or_else(DerivationSet::default, |b| b.final_),
            block: body.map_or_else(DerivationSet::default, |b| b.block),
            attributes: Vec::new(),
            attribute_groups: Vec::new(),
            any_attribute: None,
            content: Content::Empty,
            docs: decl.docs.clone(),
            span: decl.span.clone(),
        }
    }

    /// Returns the name and scope of a type. A redefined type has no name and is in the scope of the type that replaces it.
    fn name_and_scope(&mut self, document: usize, id: TypeId, decl: &TypeDecl) -> (Option<QName>, crate::model::Scope) {
        let own = self.ids.types.declaration(id.0).map(|(document, index)| (document, super::names::Space::Type, index));
        match own.and_then(|own| self.names.shadowed.get(&own)) {
            Some(new) => (None, crate::model::Scope::Type(TypeId(self.ids.of_declared(*new)))),
            None => (self.type_name(document, decl), self.scope(document, decl.place)),
        }
    }

    fn simple_type(&mut self, document: usize, id: TypeId, decl: &TypeDecl, simple: &SimpleDecl, used: &[Option<TypeId>]) -> SimpleType {
        let ur = builtin_id(Builtin::AnySimpleType);
        let first = used.first().copied().flatten();
        let (base, variety, facets) = match &simple.variety {
            SimpleDerivation::Restriction(_, facets) => {
                let own = self.schema(document).is_some_and(|s| &*s.target == crate::schema::XS);
                let base = first.map(|b| if own { b } else { self.simple_base(b, &decl.span) });
                let base = base.unwrap_or(ur);
                let facets = self.facets(base, facets);
                (base, self.variety(base), facets)
            }
            SimpleDerivation::List(_) => {
                let item = first.map_or(ur, |t| self.simple_part(t, ("item type of a list", "cos-st-restricts.2.1"), &decl.span));
                (ur, Variety::List(item), Facets::default())
            }
            SimpleDerivation::Union(_) => {
                let role = ("member type of a union", "cos-st-restricts.3.1");
                let members = used.iter().flatten().map(|t| self.simple_part(*t, role, &decl.span)).collect();
                (ur, Variety::Union(members), Facets::default())
            }
        };
        let (name, scope) = self.name_and_scope(document, id, decl);
        let (docs, span) = (decl.docs.clone(), decl.span.clone());
        SimpleType { name, scope, base: Some(base), variety, builtin: None, facets, final_: simple.final_, docs, span }
    }

    /// Checks that the base of a restriction is a simple type other than `xs:anySimpleType` (st-props-correct.1, cos-st-restricts).
    fn simple_base(&mut self, base: TypeId, span: &Span) -> TypeId {
        if base == builtin_id(Builtin::AnySimpleType) {
            let message = "`xs:anySimpleType` cannot be the base of a restriction";
            self.problems.push(
                Diagnostic::error(codes::X0211, span.clone(), message)
                    .violating("cos-st-restricts.1.1")
                    .on("base")
                    .with_help("restrict a type that says what its values are, as `xs:string`"),
            );
        }
        self.simple_only(base, span)
    }

    /// Checks that an item or member type is atomic, a list or a union. `xs:anySimpleType` is none of these.
    fn simple_part(&mut self, part: TypeId, (role, clause): (&str, &'static str), span: &Span) -> TypeId {
        if part == builtin_id(Builtin::AnySimpleType) {
            let message = format!("`xs:anySimpleType` cannot be the {role}");
            let problem = Diagnostic::error(codes::X0211, span.clone(), message).violating(clause);
            self.problems.push(problem.with_help("use `xs:string`, which takes any text too"));
        }
        self.simple_only(part, span)
    }

    fn simple_only(&mut self, id: TypeId, span: &Span) -> TypeId {
        if matches!(self.ty(id), Some(Type::Simple(_))) {
            return id;
        }
        let name = self.model.type_label(id);
        self.problems.push(
            Diagnostic::error(
                codes::X0211,
                span.clone(),
                format!("`{name}` is a complex type; a simple type can be derived from simple types only"),
            )
            .violating("st-props-correct.1")
            .with_help("name a simple type; of a complex one with simple content, name the type that it extends"),
        );
        builtin_id(Builtin::AnySimpleType)
    }

    /// Returns the variety of a type that restricts a base.
    pub(super) fn variety(&self, base: TypeId) -> Variety {
        match self.ty(base) {
            Some(Type::Simple(simple)) => simple.variety.clone(),
            _ => Variety::Ur,
        }
    }

    /// Resolves the facets of one step. Every facet except `pattern` and `enumeration` may occur only once (src-single-facet-value).
    pub(super) fn facets(&mut self, base: TypeId, decls: &[FacetDecl]) -> Facets {
        let names = self.model.holds_names(base);
        let mut facets = Facets::default();
        // If the base is unknown, only `pattern` and `enumeration` are kept, because they describe the text of a value.
        let unknown = self.is_of_stand_in(base);
        for decl in decls.iter().filter(|d| !unknown || d.kind.is_repeatable()) {
            let facet = self.facet(names, decl);
            if facets.insert(decl.kind, facet).is_some() {
                let message = format!("`{}` appears twice in one derivation", decl.kind.name());
                let problem = Diagnostic::error(codes::X0118, decl.span.clone(), message).violating("src-single-facet-value");
                self.problems.push(problem.with_help("keep the narrower of the two"));
            }
        }
        facets
    }

    fn facet(&mut self, names: bool, decl: &FacetDecl) -> Facet {
        let value = match decl.kind.is_repeatable() {
            true => decl.value.clone(),
            false => decl.value.split_ascii_whitespace().collect::<Vec<_>>().join(" "),
        };
        let mut prefixes = Prefixes::default();
        if names && decl.kind == FacetKind::Enumeration {
            prefixes = decl.prefixes.clone();
            for (_, uri) in &prefixes.0 {
                self.namespace(uri);
            }
        }
        Facet { value, fixed: decl.fixed, prefixes, docs: decl.docs.clone(), span: decl.span.clone() }
    }
}
