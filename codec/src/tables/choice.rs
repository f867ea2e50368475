//! The tables for the fast path of reading a choice. A type with exactly one choice gets a list of the elements of that choice and of
//! choices nested in it, which are found by name. Choices that contain sequences have no such table; the general path reads them.

use crate::tables::info::{Choice, TypeInfo, VariantInfo, VariantPath};
use crate::tables::kinds::{Content, Place};
use crate::tables::table::keys;

impl TypeInfo {
    /// Returns its only choice, if the fast path can read it.
    #[inline]
    pub(crate) fn choice(&'static self) -> Option<&'static Choice> {
        self.choice.get_or_init(|| Choice::of(self).map(Box::new)).as_deref()
    }
}

impl Choice {
    /// Returns the choice of a type, if the type has exactly one choice or group, that contains no sequence, and each name in it is
    /// unambiguous.
    pub(crate) fn of(type_info: &'static TypeInfo) -> Option<Self> {
        let groups = || type_info.items().iter().enumerate().filter(|(_, item)| item.place == Place::Group);
        let (index, group) = groups().next().filter(|_| groups().count() == 1)?;
        let (mut variants, mut wild) = (Vec::new(), false);
        gather(group.type_info()?, VariantPath::default(), &mut variants, &mut wild)?;
        let others = type_info.items().iter().filter(|item| item.place == Place::Element);
        let mut names: Vec<(&str, Option<u16>)> =
            variants.iter().map(|variant| (variant.item.local, Some(variant.item.namespace))).collect();
        names.extend(others.map(|item| (item.local, None)));
        names.sort_unstable();
        let pairs = || names.windows(2).filter_map(|pair| if let [one, other] = pair { Some((one, other)) } else { None });
        let clash =
            pairs().any(|(one, other)| one.0 == other.0 && (one.1 == other.1 && one.1.is_some() || one.1.is_none() != other.1.is_none()));
        let distinct = pairs().all(|(one, other)| one.0 != other.0);
        let keys = keys(variants.iter().map(|variant| variant.item));
        (!clash).then(|| Self { index, keys, variants: variants.into(), distinct, wild })
    }
}

/// Gathers the elements of a choice; returns `None` if it contains a sequence or a repeated choice, or is nested too deeply.
fn gather(type_info: &'static TypeInfo, path: VariantPath, variants: &mut Vec<VariantInfo>, wild: &mut bool) -> Option<()> {
    if type_info.content != Content::Choice {
        return None;
    }
    for (index, item) in type_info.items().iter().enumerate() {
        let path = path.and(index)?;
        match item.place {
            Place::Group if item.max == 1 => gather(item.type_info()?, path, variants, wild)?,
            Place::Group => return None,
            Place::Any => *wild = true,
            Place::Element => variants.push(VariantInfo { item, path }),
            Place::Attribute | Place::Text => {}
        }
    }
    Some(())
}
