//! The table of a type: the items that drive reading and writing, built from the definitions of its fields when the type is first used.

use crate::schema::{Namespace, Schema};
use crate::simple::{Builtin, SimpleType, WhiteSpace};
use crate::tables::info::{Docs, FieldDef, FieldExtras, FieldInfo, Occurrence, Table, TypeInfo, ValueInfo};
use crate::tables::keys::{Key, Keys, Names};
use crate::tables::kinds::{Content, FieldKind, Place, Process, ValueFlags};
use crate::tables::particle::DeclarationInfo;
use crate::tables::runtime::{Definitions, RuntimeField};
use crate::text::buffer::Padded;

impl Table {
    /// Builds the table of the fields of a type.
    #[cold]
    pub(super) fn of(schema: &'static Schema, fields: Definitions, docs: Docs) -> Self {
        let mut all = Vec::new();
        collect(schema, fields, docs, &mut all);
        let (attributes, items): (Vec<FieldInfo>, Vec<FieldInfo>) = all.into_iter().partition(|item| item.in_tag);
        let must = |(index, item): (u32, &FieldInfo)| if item.min > 0 { 1 << index } else { 0 };
        let required = (0..64).zip(&items).map(must).fold(0, |all, one: u64| all | one);
        let counted = items.len() > 64 || items.iter().any(|item| item.min > 1);
        let mut names: Vec<&str> = items.iter().filter(|item| item.place == Place::Element).map(|item| item.local).collect();
        names.sort_unstable();
        let distinct = names.windows(2).all(|pair| pair.first() != pair.last());
        let wild = items.iter().any(|item| item.place == Place::Any) && items.len() > 1;
        let open = items.iter().any(|item| matches!(item.place, Place::Group | Place::Any));
        let (keys, names) = (keys(items.iter()), Names::of(names.into_iter(), open));
        let attribute_keys = attributes.iter().map(attribute_key).collect();
        let expect = |(index, item): (u32, &FieldInfo)| if item.min > 0 || item.value_constraint.is_some() { 1 << index } else { 0 };
        let expected =
            if attributes.len() > 64 { u64::MAX } else { (0..64).zip(&attributes).map(expect).fold(0, |all, one: u64| all | one) };
        Self {
            attributes: attributes.into(),
            keys,
            attribute_keys,
            expected,
            names,
            items: items.into(),
            required,
            counted,
            distinct,
            wild,
        }
    }

    /// Finds the element of this name. If there are two, the first one starting at `from` is found.
    pub(crate) fn of_name(&self, name: &str, namespace: u16, from: usize) -> Option<usize> {
        self.keys.of_name(name, from, |index| {
            let item = self.items.get(index);
            item.is_some_and(|item| item.place == Place::Element && item.namespace == namespace && item.local == name)
        })
    }
}

/// Builds the items of these definitions, and of the definitions of the types that are flattened into the type.
fn collect(schema: &'static Schema, fields: Definitions, docs: Docs, all: &mut Vec<FieldInfo>) {
    match fields {
        Definitions::Compiled(fields) => {
            for (index, def) in fields.iter().enumerate() {
                match flattened(def) {
                    Some(inner) => collect(inner.schema, inner.fields, inner.docs, all),
                    None => all.push(compiled(schema, def, docs.fields.get(index).copied().unwrap_or_default())),
                }
            }
        }
        Definitions::Runtime(fields) => all.extend(fields.iter().map(|def| runtime(schema, def))),
    }
}

/// Returns the type that a definition flattens into the type around it.
pub(super) fn flattened(&(_, (kind, ..), _, _, info, _): &FieldDef) -> Option<&'static TypeInfo> {
    if kind == FieldKind::Flatten { info().type_info } else { None }
}

/// Returns the keys of these items.
pub(super) fn keys<'i>(items: impl Iterator<Item = &'i FieldInfo> + Clone) -> Keys {
    let element = |item: &'i FieldInfo| (item.place == Place::Element).then_some((item.namespace, item.local));
    Keys::of(items.clone().map(element_key).collect(), items.map(element))
}

/// Returns the key for the bytes `local>` of an element.
fn element_key(item: &FieldInfo) -> Key {
    match item.place {
        Place::Element => Key::new(item.local, b">", item.namespace, marks(item)),
        _ => Key::NONE,
    }
}

/// Returns the key for the bytes `local="` of an attribute without a namespace.
fn attribute_key(item: &FieldInfo) -> Key {
    match item.place {
        Place::Attribute if item.namespace == 0 => Key::new(item.local, b"=\"", 0, marks(item)),
        _ => Key::NONE,
    }
}

/// Returns the marks of the key of an item.
fn marks(item: &FieldInfo) -> u8 {
    let mut marks = 0;
    let mut mark = |holds: bool, with: u8| marks |= if holds { with } else { 0 };
    let text = item.is_leaf() && !item.kind.is(ValueFlags::QUALIFIED);
    let preserves = item.simple.is_none_or(|simple| simple.white_space == WhiteSpace::Preserve);
    mark(text, Key::TEXT);
    mark(text && preserves && !item.mapped, Key::PLAIN);
    mark(text && item.simple.is_none() && !item.fixed, Key::STRICTLY_PLAIN);
    mark(item.repeats(), Key::REPEATS);
    mark(!item.is_leaf() && item.value_constraint.is_none(), Key::NESTED);
    marks
}

/// Builds the item of a field of compiled bindings.
fn compiled(
    schema: &'static Schema,
    &(rust_name, occurrence, namespace, local, info, more): &FieldDef,
    docs: &'static [&'static str],
) -> FieldInfo {
    item(schema, rust_name, occurrence, (namespace, local), info(), more.unwrap_or(&FieldExtras::NONE), docs)
}

/// Builds the item of a field of a type that was read at run time.
fn runtime(schema: &'static Schema, field: &RuntimeField) -> FieldInfo {
    item(schema, field.name, field.occurrence, (field.namespace, field.local), field.value.info(), &field.extras, &[])
}

/// Builds the item of a field.
fn item(
    schema: &'static Schema,
    rust_name: &'static str,
    (spot, min, max): Occurrence,
    (namespace, local): (u16, &'static str),
    info: ValueInfo,
    more: &FieldExtras,
    docs: &'static [&'static str],
) -> FieldInfo {
    let (place, in_tag, process) = match spot {
        FieldKind::Element => (Place::Element, false, Process::Strict),
        FieldKind::Attribute => (Place::Attribute, true, Process::Strict),
        FieldKind::Any(process) => (Place::Any, false, process),
        FieldKind::AnyAttribute(process) => (Place::Any, true, process),
        FieldKind::Group | FieldKind::Flatten => (Place::Group, false, Process::Strict),
        FieldKind::Text => (Place::Text, false, Process::Strict),
    };
    let [open, close] = tags(schema, place, namespace, local);
    let make = |declaration: DeclarationInfo, placed| FieldInfo {
        open,
        close,
        tags: if (place == Place::Element && declaration.value_constraint.is_none() || place == Place::Attribute && namespace == 0)
            && !declaration.fixed
        {
            Padded::new(open).zip(Padded::new(close)).map(Into::into)
        } else {
            None
        },
        local,
        namespace,
        place,
        kind: info.kind,
        min,
        max,
        value_constraint: declaration.value_constraint,
        fixed: declaration.fixed,
        simple: more.simple,
        native: info.simple.filter(|_| !info.kind.is(ValueFlags::LIST)),
        mapped: is_mapped(more.simple, &info),
        process,
        type_info: info.type_info,
        in_tag,
        never_nil: declaration.never_nil,
        placed,
        rust_name,
        list_item: info.simple.filter(|_| info.kind.is(ValueFlags::LIST)),
        form: info.form,
        types: info.types,
        docs,
    };
    // The items are leaked, because a table lives as long as the program.
    let placed: Vec<(DeclarationInfo, FieldInfo)> =
        more.declarations.iter().map(|declaration| (*declaration, make(*declaration, &[]))).collect();
    make(more.value, Vec::leak(placed))
}

/// Returns whether the Rust type stands for another primitive type than the schema's and is not a text. For a list, the type of its items
/// counts.
pub(crate) fn is_mapped(simple: Option<&SimpleType>, info: &ValueInfo) -> bool {
    let primitive = |simple: Option<&SimpleType>| simple.and_then(SimpleType::primitive);
    match (primitive(simple), primitive(info.simple)) {
        (Some(declared), Some(native)) => declared != native && !matches!(native, Builtin::String | Builtin::AnySimpleType),
        _ => false,
    }
}

/// Returns the texts to be written before and after the value. They are leaked, because a table lives as long as the program.
fn tags(schema: &'static Schema, place: Place, namespace: u16, name: &'static str) -> [&'static str; 2] {
    let prefix = schema.at(namespace).map_or("", Namespace::prefix);
    let colon = if prefix.is_empty() { "" } else { ":" };
    match place {
        Place::Element => {
            let both: &'static str = Box::leak(format!("<{prefix}{colon}{name}></{prefix}{colon}{name}>").into_boxed_str());
            both.split_at_checked(both.len() / 2).map_or(["", ""], |(open, close)| [open, close])
        }
        Place::Attribute => [Box::leak(format!(" {prefix}{colon}{name}=\"").into_boxed_str()), "\""],
        Place::Any | Place::Group | Place::Text => ["", ""],
    }
}

impl TypeInfo {
    /// Returns the elements of the content in the order of the schema, without those of its choices and groups.
    pub fn elements(&'static self) -> impl Iterator<Item = &'static FieldInfo> {
        self.items().iter().filter(|item| item.place == Place::Element)
    }

    /// Returns whether the content consists of elements only, without choices, groups, wildcards and text.
    #[must_use]
    pub fn is_plain(&'static self) -> bool {
        self.content != Content::Choice && self.items().iter().all(|item| item.place == Place::Element)
    }

    /// Returns the table, which is built at the first call.
    #[inline]
    pub(crate) fn table(&'static self) -> &'static Table {
        self.table.get_or_init(|| Table::of(self.schema, self.fields, self.docs))
    }

    /// Returns the items of its attributes and attribute wildcards.
    #[inline]
    pub(crate) fn attributes(&'static self) -> &'static [FieldInfo] {
        &self.table().attributes
    }

    /// Returns the keys of its attributes.
    #[inline]
    pub(crate) fn attribute_keys(&'static self) -> &'static [Key] {
        &self.table().attribute_keys
    }

    /// Returns the items of its content: elements, wildcards and groups, or the text.
    #[inline]
    pub(crate) fn items(&'static self) -> &'static [FieldInfo] {
        &self.table().items
    }

    /// Returns a bit set in which bit n tells that the item n is required. Items from number 64 on have no bit.
    #[inline]
    pub(crate) fn required(&'static self) -> u64 {
        self.table().required
    }

    /// Returns whether its content has a wildcard beside other items.
    #[inline]
    pub(crate) fn is_wild(&'static self) -> bool {
        self.table().wild
    }

    /// Returns whether the name alone leads from one item to another: there is no wildcard between them that may admit the name.
    #[inline]
    pub(crate) fn leads_to(&'static self, from: usize, index: usize) -> bool {
        !self.is_wild() || self.passes_no_wildcard(from, index)
    }

    #[cold]
    fn passes_no_wildcard(&'static self, from: usize, index: usize) -> bool {
        index >= from && !self.items().get(from..index).unwrap_or_default().iter().any(FieldInfo::has_wildcard)
    }

    /// Returns whether all its elements have different local names, so that a local name alone identifies an element.
    #[inline]
    pub(crate) fn distinct(&'static self) -> bool {
        self.table().distinct
    }
}
