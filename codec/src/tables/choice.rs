//! In: the table of a type that holds one choice. Out: the elements of the choice, and those of choices within it, to look for by name.
//! Not done here: reading them (`read::arms`). Choices with sequences in them are left to the general way.

use crate::tables::keys::Keys;
use crate::tables::{Content, FieldInfo, Place, TypeInfo};

/// How deep choices may be within each other.
const DEEP: usize = 4;

/// The only choice of a type.
#[derive(Debug)]
pub(crate) struct Choice {
    /// The number of its item.
    pub(crate) index: usize,
    pub(crate) keys: Keys,
    /// By number of the key.
    pub(crate) arms: Box<[Arm]>,
    /// Whether no two elements of it have one local name.
    pub(crate) distinct: bool,
    /// Whether a wildcard is among its arms.
    pub(crate) wild: bool,
}

/// An element of a choice.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Arm {
    pub(crate) item: &'static FieldInfo,
    pub(crate) path: Path,
}

/// The number of an arm, and before it those of the arms around that are choices themselves.
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

    /// Takes the outermost arm; tells whether it is the last.
    #[inline]
    pub(crate) fn step(&mut self) -> (usize, bool) {
        let [first, rest @ ..] = self.arms;
        for (to, from) in self.arms.iter_mut().zip(rest) {
            *to = from;
        }
        self.len = self.len.saturating_sub(1);
        (first.into(), self.len == 0)
    }

    /// The outermost arm.
    pub(crate) fn first(self) -> usize {
        self.arms.first().copied().unwrap_or_default().into()
    }
}

impl Choice {
    /// That of a type, if there is one only, no sequence is in it, and each name of it says what is meant.
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

/// Gathers the elements of a choice; nothing if a sequence is in it.
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
