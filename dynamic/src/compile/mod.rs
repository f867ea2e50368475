//! Turns the plan of the bindings into tables. `emit` of the generator spells the same plan as Rust code, which the codec's derive turns into
//! the same tables, so that both judge a document alike.
//!
//! Types refer to each other, so that each item gets a place first (`Items::of`) and its contents afterwards (`types`). `simple` makes the simple
//! types, `rules` the rules of strict mode.

mod rules;
mod simple;
mod types;

use std::collections::HashMap;
use std::sync::OnceLock;

use xsdgen::ir::{CodecType, DocumentVariant, Item, ItemId, ItemKind, ModuleId, ROOT, RustIr, Scalar, Ty};
use xsdgen_codec::{
    Base64Binary, Date, DateTime, Decimal, Duration, Enumeration, GDay, GMonth, GMonthDay, GYear, GYearMonth, HexBinary, Integer, Missing,
    Namespace, QName, Rules, RuntimeValues, Schema, Secret, Slot, Time, TypeCell, Value,
};

use crate::leak::{Texts, leak, leak_all};
use crate::node::{Node, NodeSlot};
use crate::shape::{Complex, Leaf, Polymorphic, Shape, Union, Values};

/// The tables of a schema set.
#[derive(Debug)]
pub(crate) struct Tables {
    pub(crate) roots: &'static Complex,
    /// The named complex types, in the order of the rules.
    named: OnceLock<Vec<Option<Shape>>>,
}

/// The values of a schema set that the reader asks for while it validates what wildcards admit.
#[derive(Debug)]
pub(crate) struct Checks(OnceLock<&'static Tables>);

impl RuntimeValues for Checks {
    fn root(&self, index: usize) -> Option<Box<dyn Slot>> {
        let shape = self.0.get()?.roots.slots().get(index)?;
        Some(Box::new(NodeSlot::new(shape, false)))
    }

    fn named(&self, index: usize) -> Option<Box<dyn Value>> {
        let shape = self.0.get()?.named.get()?.get(index).copied().flatten()?;
        Some(Box::new(Node::new(shape, false)))
    }
}

/// The compiler of one schema set.
pub(crate) struct Compiler<'i> {
    ir: &'i RustIr,
    texts: Texts,
    /// The number of the namespace of each prefix.
    prefixes: HashMap<&'i str, u16>,
    /// The place of each item.
    items: Vec<Option<Shape>>,
    leaves: HashMap<LeafKey, &'static Leaf>,
    facets: simple::Known,
}

/// A type of the codec that takes text.
type LeafKey = (Option<Scalar>, Option<CodecType>);

/// Makes the tables of a plan.
pub(crate) fn compile(ir: &RustIr) -> (&'static Tables, &'static Checks) {
    let prefixes = (1..).zip(&ir.root.namespaces).map(|(number, (prefix, _))| (prefix.as_str(), number)).collect();
    let facets = simple::Known::default();
    let mut compiler = Compiler { ir, texts: Texts::default(), prefixes, items: Vec::new(), leaves: HashMap::new(), facets };
    compiler.items = ir.items.iter().map(|item| compiler.place(item)).collect();
    compiler.run()
}

impl<'i> Compiler<'i> {
    fn run(&mut self) -> (&'static Tables, &'static Checks) {
        let checks = leak(Checks(OnceLock::new()));
        let roots = leak(Complex { cell: leak(TypeCell::undefined()), slots: OnceLock::new(), small: OnceLock::new() });
        self.unions();
        let (rules, named) = self.rules(checks);
        let schema = self.schema(rules);
        self.types(schema);
        self.roots(schema, roots);
        let tables = leak(Tables { roots, named: OnceLock::from(named) });
        let _ = checks.0.set(tables);
        (tables, checks)
    }

    /// Returns the place of an item, whose contents follow later.
    fn place(&mut self, item: &'i Item) -> Option<Shape> {
        let complex = || leak(Complex { cell: leak(TypeCell::undefined()), slots: OnceLock::new(), small: OnceLock::new() });
        match &item.kind {
            ItemKind::Struct(_) => Some(Shape::Record(complex())),
            ItemKind::Group(_) => Some(Shape::Group(complex())),
            ItemKind::Choice(_) if item.complex.is_some() => Some(Shape::Record(complex())),
            ItemKind::Choice(_) => Some(Shape::Choice(complex())),
            ItemKind::Polymorphic(_) => Some(Shape::Polymorphic(leak(Polymorphic::default()))),
            ItemKind::Union(_) => Some(Shape::Union(leak(Union::default()))),
            ItemKind::Enumeration(planned) => {
                let name = format!("{}:{}", planned.wire.prefix, planned.wire.local);
                let values = planned.variants.iter().map(|variant| self.texts.get(&variant.value)).collect();
                let (name, count) = (self.texts.get(&name), planned.variants.len());
                Some(Shape::Enumeration(leak(Values { of: Enumeration::new(name, leak_all(values)), count })))
            }
            // An alias stands for its type, and a value type for any text.
            ItemKind::Alias(_) | ItemKind::Value(_) => None,
        }
    }

    fn schema(&mut self, rules: Option<&'static Rules>) -> &'static Schema {
        let root = &self.ir.root;
        let namespace = |(number, (prefix, uri)): (u16, &(String, String))| {
            Namespace::new(self.texts.get(prefix), self.texts.get(uri)).with_index(number)
        };
        let namespaces = leak_all((1..).zip(&root.namespaces).map(namespace).collect());
        let schema = Schema::new(namespaces, root.trim_text).with_undeclared_prefixes(root.undeclared_prefixes);
        let schema = if root.blank_if_missing { schema.with_missing(Missing::Blank) } else { schema };
        leak(match rules {
            Some(rules) => schema.with_rules(rules),
            None => schema,
        })
    }

    /// Returns the number of the namespace of a prefix; 0 for no namespace.
    fn number(&self, prefix: &str) -> u16 {
        self.prefixes.get(prefix).copied().unwrap_or(0)
    }

    /// Returns the name of the namespace of a prefix.
    fn uri(&mut self, prefix: &str) -> &'static str {
        let found = self.ir.root.namespaces.iter().find(|(known, _)| known == prefix);
        found.map_or("", |(_, uri)| self.texts.get(uri))
    }

    fn item(&self, id: ItemId) -> Option<&'i Item> {
        self.ir.items.get(id.index())
    }

    /// Returns the shape of a type.
    fn shape(&mut self, ty: &'i Ty) -> Shape {
        let mut around = |inner: &'i Ty| leak(self.shape(inner));
        match ty {
            Ty::Scalar(scalar) => self.leaf((Some(*scalar), None)),
            Ty::Codec(CodecType::AnyElement) => Shape::AnyElement,
            Ty::Codec(CodecType::AnyType) => Shape::AnyType,
            Ty::Codec(CodecType::AnyAttribute) => Shape::AnyAttribute,
            Ty::Codec(ty) => self.leaf((None, Some(*ty))),
            Ty::Item(id) => self.item_shape(*id),
            // The settings of a validator name no types.
            Ty::Foreign(_) => self.leaf((Some(Scalar::String), None)),
            Ty::Boxed(inner) => Shape::Boxed(around(inner)),
            Ty::Nillable(inner) => Shape::Nillable(around(inner)),
            Ty::MaybeNil(inner) => Shape::MaybeNil(around(inner)),
            Ty::List(inner) => Shape::List(around(inner)),
            Ty::XsiBox(inner) => Shape::XsiBox(around(inner)),
            Ty::XsiTyped(inner) => Shape::XsiTyped(around(inner)),
        }
    }

    fn item_shape(&mut self, id: ItemId) -> Shape {
        if let Some(shape) = self.items.get(id.index()).copied().flatten() {
            return shape;
        }
        match self.item(id).map(|item| &item.kind) {
            Some(ItemKind::Alias(alias)) => self.shape(&alias.ty),
            _ => self.leaf((Some(Scalar::String), None)),
        }
    }

    fn leaf(&mut self, key: LeafKey) -> Shape {
        Shape::Leaf(self.leaves.entry(key).or_insert_with(|| leak(leaf(key))))
    }

    /// Returns the file that contains a module: the module below the root.
    fn file(&self, module: ModuleId) -> ModuleId {
        let mut at = module;
        for _ in 0..self.ir.modules.len() {
            match self.ir.modules.get(at.index()) {
                Some(found) if found.parent != ROOT && at != ROOT => at = found.parent,
                _ => break,
            }
        }
        at
    }

    fn document(&self) -> &'i [DocumentVariant] {
        &self.ir.root.document
    }
}

/// Returns the properties of a type of the codec that takes text.
fn leaf((scalar, codec): LeafKey) -> Leaf {
    match (scalar, codec) {
        (Some(Scalar::Bool), _) => Leaf::of::<bool>(),
        (Some(Scalar::I8), _) => Leaf::of::<i8>(),
        (Some(Scalar::I16), _) => Leaf::of::<i16>(),
        (Some(Scalar::I32), _) => Leaf::of::<i32>(),
        (Some(Scalar::I64), _) => Leaf::of::<i64>(),
        (Some(Scalar::U8), _) => Leaf::of::<u8>(),
        (Some(Scalar::U16), _) => Leaf::of::<u16>(),
        (Some(Scalar::U32), _) => Leaf::of::<u32>(),
        (Some(Scalar::U64), _) => Leaf::of::<u64>(),
        (Some(Scalar::F32), _) => Leaf::of::<f32>(),
        (Some(Scalar::F64), _) => Leaf::of::<f64>(),
        (_, Some(CodecType::Base64Binary)) => Leaf::of::<Base64Binary>(),
        (_, Some(CodecType::Date)) => Leaf::of::<Date>(),
        (_, Some(CodecType::DateTime)) => Leaf::of::<DateTime>(),
        (_, Some(CodecType::Decimal)) => Leaf::of::<Decimal>(),
        (_, Some(CodecType::Duration)) => Leaf::of::<Duration>(),
        (_, Some(CodecType::GDay)) => Leaf::of::<GDay>(),
        (_, Some(CodecType::GMonth)) => Leaf::of::<GMonth>(),
        (_, Some(CodecType::GMonthDay)) => Leaf::of::<GMonthDay>(),
        (_, Some(CodecType::GYear)) => Leaf::of::<GYear>(),
        (_, Some(CodecType::GYearMonth)) => Leaf::of::<GYearMonth>(),
        (_, Some(CodecType::HexBinary)) => Leaf::of::<HexBinary>(),
        (_, Some(CodecType::Integer)) => Leaf::of::<Integer>(),
        (_, Some(CodecType::QName)) => Leaf::of::<QName>(),
        (_, Some(CodecType::Time)) => Leaf::of::<Time>(),
        (_, Some(CodecType::Secret)) => Leaf::any::<Secret>(),
        (Some(Scalar::String), _) | (_, Some(CodecType::AnyAttribute | CodecType::AnyElement | CodecType::AnyType) | None) => {
            Leaf::any::<String>()
        }
    }
}
