//! The tables for the fast path of reading a choice. A type with exactly one choice gets a list of the elements of that choice and of choices nested
//! in it, which are found by name. Choices that contain sequences have no such table; the general path reads them.

use crate::tables::keys::Keys;
use crate::tables::{Content, FieldInfo, Place, TypeInfo};

/// The maximum nesting depth of choices.
const DEEP: usize = 4;

/// The only choice of a type.
#[derive(Debug)]
pub(crate) struct Choice {
    /// The number of its item.
    pub(crate) index: usize,
    pub(crate) keys: Keys,
    /// The elements of the choice, indexed by the number of the key.
    pub(crate) arms: Box<[Arm]>,
    /// Whether all its elements have different local names.
    pub(crate) distinct: bool,
    /// Whether one of its variants is a wildcard.
    pub(crate) wild: bool,
}

/// An element of a choice.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Arm {
    pub(crate) item: &'static FieldInfo,
    pub(crate) path: Path,
}

/// The variant numbers that lead to an element of nested choices, from the outermost choice to the innermost.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Path {
    arms: [u16; DEEP],
    len: u8,
}

impl Path {
    fn and(mut self, arm: usize) -> Option<Self> {
        *self.arms.get_mut(usize::from(self.len))? = u16::try_from(arm).ok()?;
        self.len += 1;
        Some(self)
    }

    /// Removes and returns the outermost variant number; also tells whether it was the last one.
    #[inline]
    pub(crate) fn step(&mut self) -> (usize, bool) {
        let [first, rest @ ..] = self.arms;
        for (to, from) in self.arms.iter_mut().zip(rest) {
            *to = from;
        }
        self.len = self.len.saturating_sub(1);
        (first.into(), self.len == 0)
    }

    /// Returns the outermost variant number.
    pub(crate) fn first(self) -> usize {
        self.arms.first().copied().unwrap_or_default().into()
    }
}

impl Choice {
    /// Returns the choice of a type, if the type has exactly one choice or group, that contains no sequence, and each name in it is unambiguous.
    pub(crate) fn of(type_info: &'static TypeInfo) -> Option<Self> {
        let groups = || type_info.items().iter().enumerate().filter(|(_, item)| item.place == Place::Group);
        let (index, group) = groups().next().filter(|_| groups().count() == 1)?;
        let (mut arms, mut wild) = (Vec::new(), false);
        gather(group.type_info()?, Path::default(), &mut arms, &mut wild)?;
        let others = type_info.items().iter().filter(|item| item.place == Place::Element);
        let mut names: Vec<(&str, Option<u16>)> = arms.iter().map(|arm| (arm.item.local, Some(arm.item.namespace))).collect();
        names.extend(others.map(|item| (item.local, None)));
        names.sort_unstable();
        let pairs = || names.windows(2).filter_map(|pair| if let [one, other] = pair { Some((one, other)) } else { None });
        let clash =
            pairs().any(|(one, other)| one.0 == other.0 && (one.1 == other.1 && one.1.is_some() || one.1.is_none() != other.1.is_none()));
        let distinct = pairs().all(|(one, other)| one.0 != other.0);
        let keys = Keys::of(arms.iter().map(|arm| arm.item));
        (!clash).then(|| Self { index, keys, arms: arms.into(), distinct, wild })
    }
}

/// Gathers the elements of a choice; returns `None` if it contains a sequence or a repeated choice, or is nested too deeply.
fn gather(type_info: &'static TypeInfo, path: Path, arms: &mut Vec<Arm>, wild: &mut bool) -> Option<()> {
    if type_info.content != Content::Choice {
        return None;
    }
    for (index, item) in type_info.items().iter().enumerate() {
        let path = path.and(index)?;
        match item.place {
            Place::Group if item.max == 1 => gather(item.type_info()?, path, arms, wild)?,
            Place::Group => return None,
            Place::Any => *wild = true,
            Place::Element => arms.push(Arm { item, path }),
            Place::Attribute | Place::Text => {}
        }
    }
    Some(())
}
