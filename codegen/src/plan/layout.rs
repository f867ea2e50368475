//! Estimates the sizes of field values, following how rustc lays them out on 64-bit machines. `boxes` uses them to decide what to box.
//!
//! The size of a struct is the sum of its fields, because rustc orders them so that only the end is padded. An enum is as large as its largest
//! variant if that has enough invalid bit patterns for the other variants (such as the capacity of a `String`); otherwise a tag is added.

use crate::ir::{CodecType, Enumeration, Field, Item, ItemId, ItemKind, Occurs, RustIr, Scalar, Ty, ValueType, Wire};
use crate::settings::{Strings, ValueForm};

/// The size of a word in bytes.
const WORD: u64 = 8;

/// The layout of the values of a type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Layout {
    /// Their size in bytes.
    pub(super) size: u64,
    /// Their alignment.
    align: u64,
    /// The number of invalid bit patterns of one of its fields, which can represent the other variants of an enum that contains it.
    spare: u64,
}

impl Layout {
    const NOTHING: Layout = Layout { size: 0, align: 1, spare: 0 };
    const POINTER: Layout = Layout { size: WORD, align: WORD, spare: 1 };
    /// The layout of `Box<str>`.
    const TEXT: Layout = Layout { size: 2 * WORD, align: WORD, spare: 1 };
    /// The layout of `Vec<T>` and `String`, whose capacity never has its highest bit set.
    const LIST: Layout = Layout { size: 3 * WORD, align: WORD, spare: 1 << 63 };
    /// The layout of a kept element or attribute.
    const KEPT: Layout = Layout { size: 2 * WORD, align: WORD, spare: 0 };
    /// The layout of three values of the kind of `Vec<T>`.
    const OPEN: Layout = Layout { size: 9 * WORD, align: WORD, spare: 1 << 63 };
    /// The assumed layout of a type of which only the path is known.
    const FOREIGN: Layout = Layout { size: 3 * WORD, align: WORD, spare: 0 };

    const fn number(size: u64) -> Layout {
        Layout { size, align: size, spare: 0 }
    }

    /// Returns the layout of `Option<T>`.
    fn optional(self) -> Layout {
        Layout::choice([Layout::NOTHING, self].into_iter())
    }

    /// Returns the layout of a struct.
    fn structure(fields: impl Iterator<Item = Layout>) -> Layout {
        let all = fields.fold(Layout::NOTHING, |all, field| Layout {
            size: all.size.saturating_add(field.size),
            align: all.align.max(field.align),
            spare: all.spare.max(field.spare),
        });
        Layout { size: all.size.checked_next_multiple_of(all.align).unwrap_or(u64::MAX), ..all }
    }

    /// Returns the layout of an enum.
    fn choice(variants: impl Iterator<Item = Layout>) -> Layout {
        let (mut largest, mut second, mut count, mut align) = (Layout::NOTHING, 0, 0_u64, 1);
        for variant in variants {
            (count, align) = (count + 1, align.max(variant.align));
            if (variant.size, variant.spare) > (largest.size, largest.spare) {
                (largest, second) = (variant, largest.size);
            } else {
                second = second.max(variant.size);
            }
        }
        let others = count.saturating_sub(1);
        if others <= largest.spare && second.saturating_add(WORD.min(largest.size)) <= largest.size || others == 0 {
            return Layout { spare: largest.spare - others.min(largest.spare), align, ..largest };
        }
        let (tag, values) = if count <= 1 << 8 { (1, 1 << 8) } else { (2, 1 << 16) };
        let size = largest.size.saturating_add(tag).checked_next_multiple_of(align.max(tag)).unwrap_or(u64::MAX);
        Layout { size, align: align.max(tag), spare: values - count.min(values) }
    }
}

/// The layouts of all items that are known so far.
#[derive(Debug)]
pub(super) struct Layouts {
    items: Vec<Option<Layout>>,
    strings: Layout,
}

impl Layouts {
    pub(super) fn new(ir: &RustIr) -> Self {
        // Few values of the last byte of a compact string are invalid.
        let strings = if ir.root.strings == Strings::CompactStr { Layout { spare: 32, ..Layout::LIST } } else { Layout::LIST };
        Layouts { items: vec![None; ir.items.len()], strings }
    }

    pub(super) fn knows(&self, id: ItemId) -> bool {
        self.items.get(id.index()).is_none_or(Option::is_some)
    }

    /// Computes the layout of an item. The layouts of the items that it contains must be known.
    pub(super) fn learn(&mut self, id: ItemId, item: &Item) {
        let layout = self.of_item(item);
        if let Some(known) = self.items.get_mut(id.index()) {
            *known = Some(layout);
        }
    }

    fn of_item(&self, item: &Item) -> Layout {
        match &item.kind {
            ItemKind::Struct(planned) => Layout::structure(planned.fields().map(|field| self.field(field))),
            ItemKind::Group(fields) => Layout::structure(fields.iter().map(|field| self.field(field))),
            ItemKind::Choice(arms) => Layout::choice(arms.iter().map(|arm| self.arm(arm))),
            ItemKind::Enumeration(Enumeration { variants, .. }) => {
                Layout::choice(variants.iter().map(|_| Layout::NOTHING).chain([Layout::LIST]))
            }
            ItemKind::Union(union) => Layout::choice(union.members.iter().map(|member| self.ty(&member.ty)).chain([Layout::LIST])),
            ItemKind::Polymorphic(kinds) => {
                Layout::choice(kinds.base.iter().chain(&kinds.derived).map(|derived| self.ty(&derived.ty)).chain([Layout::KEPT]))
            }
            ItemKind::Value(ValueType { form: ValueForm::NamedIntegers(all), .. }) => {
                let named = all.iter().map(|_| Layout::NOTHING);
                Layout::choice(named.chain([Layout::number(8), Layout::LIST]))
            }
            ItemKind::Value(_) => Layout::LIST,
            ItemKind::Alias(alias) => self.ty(&alias.ty),
        }
    }

    fn arm(&self, arm: &Field) -> Layout {
        if arm.wire == Wire::Text { Layout::LIST } else { self.field(arm) }
    }

    /// Returns the layout of a field, with its occurrence.
    pub(super) fn field(&self, field: &Field) -> Layout {
        match field.occurs {
            Occurs::One => self.ty(&field.ty),
            Occurs::Optional => self.ty(&field.ty).optional(),
            Occurs::Many(..) => Layout::LIST,
        }
    }

    /// Returns the layout of a type.
    pub(super) fn ty(&self, ty: &Ty) -> Layout {
        match ty {
            Ty::Scalar(Scalar::String) => self.strings,
            Ty::Scalar(name) => scalar(*name),
            Ty::Codec(name) => codec(*name),
            Ty::Foreign(_) => Layout::FOREIGN,
            Ty::Item(id) => self.items.get(id.index()).copied().flatten().unwrap_or(Layout::LIST),
            Ty::Boxed(_) => Layout::POINTER,
            Ty::XsiBox(_) => declared(),
            Ty::List(_) => Layout::LIST,
            Ty::Nillable(inner) => self.ty(inner).optional(),
            Ty::MaybeNil(inner) => Layout::structure([self.ty(inner), scalar(Scalar::Bool)].into_iter()),
            Ty::XsiTyped(inner) => Layout::structure([self.ty(inner), Layout::POINTER.optional()].into_iter()),
        }
    }
}

/// Returns the layout of a box with a flag.
fn declared() -> Layout {
    Layout::structure([Layout::POINTER, scalar(Scalar::Bool)].into_iter())
}

fn scalar(scalar: Scalar) -> Layout {
    match scalar {
        Scalar::Bool => Layout { spare: 254, ..Layout::number(1) },
        Scalar::I8 | Scalar::U8 => Layout::number(1),
        Scalar::I16 | Scalar::U16 => Layout::number(2),
        Scalar::I32 | Scalar::U32 | Scalar::F32 => Layout::number(4),
        Scalar::I64 | Scalar::U64 | Scalar::F64 => Layout::number(8),
        Scalar::String => Layout::LIST,
    }
}

fn codec(ty: CodecType) -> Layout {
    match ty {
        CodecType::AnyElement | CodecType::AnyAttribute => Layout::KEPT,
        CodecType::AnyType | CodecType::QName => Layout::OPEN,
        CodecType::Secret | CodecType::HexBinary | CodecType::Base64Binary => Layout::LIST,
        CodecType::Integer => Layout::choice([Layout::number(8), Layout::TEXT].into_iter()),
        _ => Layout::TEXT,
    }
}

#[cfg(test)]
mod tests {
    use std::mem::size_of;

    use super::{Layout, Scalar};

    /// Compares the layouts with `size_of`, on 64-bit machines because the layouts are computed for these.
    #[cfg(target_pointer_width = "64")]
    #[test]
    fn sizes_are_those_of_the_compiler() {
        enum Open {
            _A,
            _B,
            _Other(String),
        }
        enum Two {
            _A(String),
            _B(Box<str>),
        }
        enum Same {
            _A(String),
            _B(String),
        }
        enum Either {
            _Small(i64),
            _Large(Box<str>),
        }
        struct Mixed {
            _a: Option<bool>,
            _b: u16,
            _c: Option<Box<u8>>,
            _d: Option<i32>,
            _e: Vec<u8>,
        }
        let (list, text, pointer) = (Layout::LIST, Layout::TEXT, Layout::POINTER);
        let choice = |variants: &[Layout]| Layout::choice(variants.iter().copied());
        let mixed = [
            super::scalar(Scalar::Bool).optional(),
            super::scalar(Scalar::U16),
            pointer.optional(),
            super::scalar(Scalar::I32).optional(),
            list,
        ];
        let all = [
            (size_of::<Open>(), choice(&[Layout::NOTHING, Layout::NOTHING, list])),
            (size_of::<Option<Open>>(), choice(&[Layout::NOTHING, Layout::NOTHING, list]).optional()),
            (size_of::<Two>(), choice(&[list, text])),
            (size_of::<Same>(), choice(&[list, list])),
            (size_of::<Option<Same>>(), choice(&[list, list]).optional()),
            (size_of::<Either>(), choice(&[Layout::number(8), text])),
            (size_of::<Option<Either>>(), choice(&[Layout::number(8), text]).optional()),
            (size_of::<Option<Option<Box<str>>>>(), text.optional().optional()),
            (size_of::<Option<u64>>(), Layout::number(8).optional()),
            (size_of::<Option<Option<bool>>>(), super::scalar(Scalar::Bool).optional().optional()),
            (size_of::<Mixed>(), Layout::structure(mixed.into_iter())),
        ];
        for (index, (size, layout)) in all.into_iter().enumerate() {
            assert_eq!(size as u64, layout.size, "{index}");
        }
    }
}
