//! Says how a value of a type becomes a value of another one.

use std::collections::BTreeMap;

use crate::ir::{CodecType, How, ItemId, ItemKind, RustIr, Ty};

/// Two versions, the old and the new one, with the items that they share.
#[derive(Clone, Copy)]
pub(super) struct Sides<'i> {
    pub(super) old: &'i RustIr,
    pub(super) new: &'i RustIr,
    pub(super) shared: &'i BTreeMap<ItemId, ItemId>,
    /// Whether each name of a type in the old version is one in the new version.
    pub(super) keeps_types: bool,
}

/// How a value converts, and the conversion of items that it needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Way {
    pub(super) how: How,
    pub(super) needs: Option<(ItemId, ItemId)>,
    /// Whether some values do not convert, even if all items do.
    pub(super) partial: bool,
}

impl Way {
    /// The way of a value that is the same type.
    pub(super) const MOVED: Self = Way { how: How::Moved, needs: None, partial: false };

    fn of(needs: Option<(ItemId, ItemId)>, [same, converted]: [How; 2], partial: bool) -> Self {
        Way { how: if needs.is_some() { converted } else { same }, needs, partial }
    }
}

/// Returns the type of the value that a holder holds.
fn held(ty: &Ty) -> Option<&Ty> {
    match ty {
        Ty::Boxed(inner) | Ty::Nillable(inner) | Ty::MaybeNil(inner) | Ty::XsiBox(inner) | Ty::XsiTyped(inner) => Some(inner),
        Ty::Scalar(_) | Ty::Codec(_) | Ty::Item(_) | Ty::Foreign(_) | Ty::List(_) => None,
    }
}

impl Sides<'_> {
    /// Returns how a value of the old type becomes one of the new type; `None` if it cannot.
    pub(super) fn way(self, old: &Ty, new: &Ty) -> Option<Way> {
        let (old, new) = (plain(self.old, old), plain(self.new, new));
        if matches!((&old, &new), (Ty::XsiTyped(a), Ty::XsiTyped(b)) if !self.keeps_types && self.is_same(a, b)) {
            return Some(Way { how: How::Retyped, needs: None, partial: true });
        }
        if let Some(needs) = self.alike(&old, &new) {
            return Some(Way::of(needs, [How::Moved, How::Into], false));
        }
        if let Some(needs) = held(&old).and_then(|inner| self.alike(inner, &new)) {
            return Some(Way::of(needs, [How::Released, How::ReleasedInto], !matches!(old, Ty::Boxed(_))));
        }
        if let Some(needs) = held(&new).and_then(|inner| self.alike(&old, inner)) {
            return Some(Way::of(needs, [How::Held, How::IntoHeld], false));
        }
        let texts = is_text(self.old, &old) && is_text(self.new, &new);
        texts.then_some(Way { how: How::Checked, needs: None, partial: true })
    }

    /// Returns whether two types are the same or convert; for types that convert, the items.
    fn alike(self, old: &Ty, new: &Ty) -> Option<Option<(ItemId, ItemId)>> {
        if self.is_same(old, new) { Some(None) } else { self.pair(old, new).map(Some) }
    }

    /// Returns the items in two types that are held in the same way, if the items could convert.
    fn pair(self, old: &Ty, new: &Ty) -> Option<(ItemId, ItemId)> {
        match (old, new) {
            (Ty::Item(a), Ty::Item(b)) => {
                let (x, y) = (&self.old.items.get(a.index())?.kind, &self.new.items.get(b.index())?.kind);
                let alike = matches!(
                    (x, y),
                    (ItemKind::Struct(_), ItemKind::Struct(_))
                        | (ItemKind::Group(_), ItemKind::Group(_))
                        | (ItemKind::Choice(_), ItemKind::Choice(_))
                        | (ItemKind::Enumeration(_), ItemKind::Enumeration(_))
                        | (ItemKind::Union(_), ItemKind::Union(_))
                        | (ItemKind::Polymorphic(_), ItemKind::Polymorphic(_))
                );
                alike.then_some((*a, *b))
            }
            (Ty::Boxed(a), Ty::Boxed(b))
            | (Ty::Nillable(a), Ty::Nillable(b))
            | (Ty::MaybeNil(a), Ty::MaybeNil(b))
            | (Ty::XsiBox(a), Ty::XsiBox(b))
            | (Ty::List(a), Ty::List(b)) => self.pair(a, b),
            _ => None,
        }
    }

    /// Returns whether two types, whose aliases are resolved, are the same Rust type.
    fn is_same(self, old: &Ty, new: &Ty) -> bool {
        match (old, new) {
            (Ty::Item(a), Ty::Item(b)) => self.shared.get(a) == Some(b),
            (Ty::Boxed(a), Ty::Boxed(b))
            | (Ty::Nillable(a), Ty::Nillable(b))
            | (Ty::MaybeNil(a), Ty::MaybeNil(b))
            | (Ty::XsiBox(a), Ty::XsiBox(b))
            | (Ty::XsiTyped(a), Ty::XsiTyped(b))
            | (Ty::List(a), Ty::List(b)) => self.is_same(a, b),
            (Ty::Item(_), _) | (_, Ty::Item(_)) => false,
            _ => old == new,
        }
    }
}

/// Returns a type with its aliases resolved.
pub(super) fn plain(ir: &RustIr, ty: &Ty) -> Ty {
    let boxed = |inner: &Ty| Box::new(plain(ir, inner));
    match ty {
        Ty::Item(id) => match ir.items.get(id.index()).map(|item| &item.kind) {
            Some(ItemKind::Alias(alias)) => plain(ir, &alias.ty),
            _ => ty.clone(),
        },
        Ty::Boxed(inner) => Ty::Boxed(boxed(inner)),
        Ty::Nillable(inner) => Ty::Nillable(boxed(inner)),
        Ty::MaybeNil(inner) => Ty::MaybeNil(boxed(inner)),
        Ty::List(inner) => Ty::List(boxed(inner)),
        Ty::XsiBox(inner) => Ty::XsiBox(boxed(inner)),
        Ty::XsiTyped(inner) => Ty::XsiTyped(boxed(inner)),
        Ty::Scalar(_) | Ty::Codec(_) | Ty::Foreign(_) => ty.clone(),
    }
}

/// Returns whether the values of a type, whose aliases are resolved, are texts.
pub(super) fn is_text(ir: &RustIr, ty: &Ty) -> bool {
    match ty {
        Ty::Scalar(_) | Ty::Foreign(_) => true,
        Ty::Codec(codec) => !matches!(codec, CodecType::AnyAttribute | CodecType::AnyElement | CodecType::AnyType),
        Ty::Item(id) => {
            let kind = ir.items.get(id.index()).map(|item| &item.kind);
            matches!(kind, Some(ItemKind::Enumeration(_) | ItemKind::Union(_) | ItemKind::Value(_)))
        }
        Ty::Nillable(inner) | Ty::List(inner) => is_text(ir, inner),
        Ty::Boxed(_) | Ty::MaybeNil(_) | Ty::XsiBox(_) | Ty::XsiTyped(_) => false,
    }
}
