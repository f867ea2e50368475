//! The table of a type: the items that drive reading and writing, built from the definitions of its fields when the type is first used.

use crate::schema::{Namespace, Schema};
use crate::simple::{Builtin, SimpleType};
use crate::tables::keys::{Key, Keys};
use crate::tables::particle::Own;
use crate::tables::{FieldDef, FieldInfo, FieldMore, Place, Process, Spot, ValueFlags, ValueInfo};
use crate::text::buffer::Padded;

/// The items of a type.
#[derive(Debug)]
pub(crate) struct Table {
    pub(crate) attributes: Box<[FieldInfo]>,
    pub(crate) items: Box<[FieldInfo]>,
    /// The keys of the items, which are compared with the bytes of a document.
    pub(crate) keys: Keys,
    /// The keys of the attributes.
    pub(crate) attribute_keys: Box<[Key]>,
    /// Bit n: the attribute n is required or has a value constraint, so that its absence needs handling. All bits are set if there are more than 64.
    pub(crate) expected: u64,
    /// Bit n: the item n is required. Items from number 64 on have no bit.
    pub(crate) required: u64,
    /// Whether each item must be checked at the end of the element, because some item must occur more than once or there are more than 64 items.
    pub(crate) counted: bool,
    /// Whether all elements have different local names, so that a local name alone identifies an element.
    pub(crate) distinct: bool,
    /// Whether the type has a wildcard beside other items.
    pub(crate) wild: bool,
    /// A filter for the names of its elements.
    pub(crate) names: Names,
}

/// A bloom filter for the names of the elements of a table, ignoring case. It may have false positives, but no false negatives.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Names {
    starts: u64,
    ends: u64,
    /// Whether there are choices, groups or wildcards, whose names are not in the filter.
    open: bool,
}

impl Names {
    fn of(items: &[FieldInfo]) -> Self {
        let mut names = Self { starts: 0, ends: 0, open: false };
        for item in items {
            let (start, end) = Self::bits(item.local);
            match item.place {
                Place::Element => (names.starts, names.ends) = (names.starts | start, names.ends | end),
                Place::Group | Place::Any => names.open = true,
                Place::Attribute | Place::Text => {}
            }
        }
        names
    }

    /// Returns the two bits of a name: one by its length and first letter, the other by its length and last letter.
    fn bits(name: &str) -> (u64, u64) {
        let bytes = name.as_bytes();
        let bit = |byte: Option<&u8>| {
            let letter = usize::from(byte.copied().unwrap_or_default().to_ascii_lowercase());
            1 << ((letter + 11 * bytes.len()) % 64)
        };
        (bit(bytes.first()), bit(bytes.last()))
    }

    /// Tells whether the table may have an element of this name. If not, it certainly has none.
    pub(crate) fn may_have(self, name: &str) -> bool {
        let (start, end) = Self::bits(name);
        self.open || self.starts & start != 0 && self.ends & end != 0
    }
}

impl Table {
    /// Makes the table of the fields of a type.
    #[cold]
    pub(crate) fn of(schema: &'static Schema, fields: &[FieldDef]) -> Self {
        let (attributes, items): (Vec<FieldInfo>, Vec<FieldInfo>) =
            fields.iter().map(|def| item(schema, def)).partition(|item| item.in_tag);
        let must = |(index, item): (u32, &FieldInfo)| if item.min > 0 { 1 << index } else { 0 };
        let required = (0..64).zip(&items).map(must).fold(0, |all, one: u64| all | one);
        let counted = items.len() > 64 || items.iter().any(|item| item.min > 1);
        let mut names: Vec<&str> = items.iter().filter(|item| item.place == Place::Element).map(|item| item.local).collect();
        names.sort_unstable();
        let distinct = names.windows(2).all(|pair| pair.first() != pair.last());
        let wild = items.iter().any(|item| item.place == Place::Any) && items.len() > 1;
        let (keys, names) = (Keys::of(items.iter()), Names::of(&items));
        let attribute_keys = attributes.iter().map(Key::of_attribute).collect();
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
}

/// Makes the item of a field.
fn item(schema: &'static Schema, &FieldDef(_, spot, namespace, local, min, max, facts, more): &FieldDef) -> FieldInfo {
    let (facts, more) = (facts(), more.unwrap_or(&FieldMore::NONE));
    let (place, in_tag, process) = match spot {
        Spot::Element => (Place::Element, false, Process::Strict),
        Spot::Attribute => (Place::Attribute, true, Process::Strict),
        Spot::Any(process) => (Place::Any, false, process),
        Spot::AnyAttribute(process) => (Place::Any, true, process),
        Spot::Group => (Place::Group, false, Process::Strict),
        Spot::Text => (Place::Text, false, Process::Strict),
    };
    let [open, close] = tags(schema, place, namespace, local);
    let make = |own: Own, placed| FieldInfo {
        open,
        close,
        tags: if (place == Place::Element && own.value_constraint.is_none() || place == Place::Attribute && namespace == 0) && !own.fixed {
            Padded::new(open).zip(Padded::new(close)).map(Into::into)
        } else {
            None
        },
        local,
        namespace,
        place,
        kind: facts.kind,
        min,
        max,
        value_constraint: own.value_constraint,
        fixed: own.fixed,
        simple: more.simple,
        native: facts.simple.filter(|_| !facts.kind.is(ValueFlags::LIST)),
        mapped: is_mapped(more.simple, &facts),
        process,
        type_info: facts.type_info,
        in_tag,
        never_nil: own.never_nil,
        placed,
    };
    // The items are leaked, because a table lives as long as the program.
    let placed: Vec<(Own, FieldInfo)> = more.declarations.iter().map(|own| (*own, make(*own, &[]))).collect();
    make(more.value, Vec::leak(placed))
}

/// Tells whether the Rust type stands for another primitive type than the schema's and is not a text. For a list, the type of its items counts.
pub(crate) fn is_mapped(simple: Option<&SimpleType>, facts: &ValueInfo) -> bool {
    let primitive = |simple: Option<&SimpleType>| simple.and_then(SimpleType::primitive);
    match (primitive(simple), primitive(facts.simple)) {
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
