//! Changes a value in place: the reader, which knows how to get at the fields of a value, follows a path or walks through all texts, and
//! reads nothing.

use std::fmt;
use std::mem::take;
use std::sync::LazyLock;

use super::facets::{check, refused};
use super::node::{Element, Leaf, Open, Visit, Walk};
use super::path::{Step, field, has_children, no_children, route};
use super::walk::{walk, within};
use crate::any::AnyType;
use crate::error::{Error, ErrorKind, Result};
use crate::options::ReadOptions;
use crate::read::{Reader, Tag};
use crate::schema::NO_SCHEMA;
use crate::tables::{ANY_LEAF, ANY_NILLABLE, ANY_ROOT, Content, FieldInfo, Place, TypeInfo, ValueFlags};
use crate::value::{Slot, TextMatch, Value, Variants, Which};

/// A text of a value, which can be changed.
pub struct LeafMut<'v> {
    /// The field that holds the text.
    pub field: &'static FieldInfo,
    value: &'v mut dyn Value,
}

impl LeafMut<'_> {
    /// Returns the text; `None` if the element is nil. If it is a secret, the caller is responsible for it.
    ///
    /// # Errors
    /// Fails if the text contains characters that XML does not allow.
    pub fn text(&self) -> Result<Option<String>> {
        let mut text = Text(None);
        walk(self.value, self.field, &mut text)?;
        Ok(text.0)
    }

    /// Sets the text.
    ///
    /// # Errors
    /// Fails if the text is not a value of the type; the message says what is expected. The old value then remains.
    pub fn set(&mut self, text: &str) -> Result<()> {
        check(self.field, text)?;
        match self.value.set_text(text) {
            TextMatch::Yes | TextMatch::Tolerated => Ok(()),
            _ => Err(refused(self.field, text)),
        }
    }
}

impl fmt::Debug for LeafMut<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LeafMut").field("name", &self.field.name()).field("value", &self.value).finish()
    }
}

/// Takes the text of a leaf.
struct Text(Option<String>);

impl Visit for Text {
    fn leaf(&mut self, leaf: &Leaf<'_>) -> Result<()> {
        self.0 = Some(leaf.text().to_owned());
        Ok(())
    }
}

/// Returns the text of a leaf; `None` if it is nil.
pub(crate) fn text_of<V: Value>(value: &V) -> Option<String> {
    let mut text = Text(None);
    let field = if V::info().kind.is(ValueFlags::NILLABLE) { &ANY_NILLABLE } else { &ANY_LEAF };
    // A text that cannot be written is not a value of any other type either.
    let _ = walk(value.as_value(), field, &mut text);
    text.0
}

/// What to do with a value.
enum Change<'e> {
    /// Set the text at the path.
    Set(&'e str),
    /// Pass each text to a function.
    Each(&'e mut dyn FnMut(&mut LeafMut<'_>) -> Result<()>),
}

/// A change of a value.
pub(crate) struct Edit<'e> {
    change: Change<'e>,
    steps: Vec<Step<'e>>,
    /// The number of steps that were taken.
    depth: usize,
    /// The numbers of the fields that lead to the field of the next step, the last one first.
    route: Vec<usize>,
    /// Whether the value that comes next is a new one, so that its type must be chosen.
    fresh: bool,
    state: State,
}

/// What the value that comes next has beside its fields.
#[derive(Debug, Default)]
struct State {
    has_xsi_type: bool,
    nil: bool,
    attributes: Option<AnyType>,
}

impl fmt::Debug for Edit<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Edit").field("steps", &self.steps).field("depth", &self.depth).finish_non_exhaustive()
    }
}

impl Edit<'_> {
    pub(crate) fn has_xsi_type(&self) -> bool {
        self.state.has_xsi_type
    }

    /// Returns whether a nil element stays nil: unless its content is set.
    pub(crate) fn stays_nil(&self) -> bool {
        let sets = matches!(self.change, Change::Set(_)) && !self.steps.get(self.depth).is_some_and(|step| step.attribute);
        self.state.nil && !sets
    }
}

/// Sets the text at a path.
pub(super) fn set<'e>(value: &mut dyn Value, steps: Vec<Step<'e>>, text: &'e str) -> Result<()> {
    edit(value, Change::Set(text), steps)
}

/// Passes each text of a value to a function.
pub(super) fn each(value: &mut dyn Value, take: &mut dyn FnMut(&mut LeafMut<'_>) -> Result<()>) -> Result<()> {
    edit(value, Change::Each(take), Vec::new())
}

fn edit<'e>(value: &mut dyn Value, change: Change<'e>, steps: Vec<Step<'e>>) -> Result<()> {
    static OPTIONS: LazyLock<ReadOptions> = LazyLock::new(ReadOptions::tolerant);
    let mut reader = Reader::new("", false, &NO_SCHEMA, &OPTIONS);
    let edit = Edit { change, steps, depth: 0, route: Vec::new(), fresh: false, state: probe(&ANY_ROOT, value) };
    reader.edit = Some(Box::new(edit));
    value.read(&mut reader, &ANY_ROOT, &Tag::default(), None)
}

/// Finds out what an element has beside its fields.
fn probe(field: &'static FieldInfo, value: &dyn Value) -> State {
    struct Probe(State);

    impl Visit for Probe {
        fn open(&mut self, element: &Element) -> Result<Walk> {
            (self.0.has_xsi_type, self.0.nil) = (element.xsi_type.is_some(), element.nil);
            Ok(Walk::Past)
        }

        fn kept(&mut self, _field: &'static FieldInfo, open: &Open<'_>) -> Result<()> {
            if let Open::Content(content) = open {
                (self.0.has_xsi_type, self.0.attributes) = (true, Some((*content).clone()));
            }
            Ok(())
        }
    }

    let mut probe = Probe(State::default());
    // A value that cannot be written can still be changed.
    let _ = walk(value, field, &mut probe);
    probe.0
}

impl Reader<'_> {
    /// Returns whether the existing value is changed; otherwise a value is read.
    #[must_use]
    pub fn edits(&self) -> bool {
        self.edit.as_ref().is_some_and(|edit| !edit.fresh)
    }

    /// Returns the number of the type for a new element, the declared one. It is not used if a value is there already.
    #[cold]
    pub(crate) fn edit_kind(&mut self, names: &[crate::tables::TypeName]) -> Result<Option<usize>> {
        let fresh = self.edit.as_ref().is_some_and(|edit| edit.fresh);
        match names.iter().position(|name| name.base) {
            None if fresh => {
                let known = super::nearest::list(names.iter().map(|name| name.local));
                let message = format!("the element is not there yet, and its type must be chosen ({known}): set its field in Rust first");
                Err(Error::new(ErrorKind::Type, message))
            }
            base => Ok(base),
        }
    }

    #[cold]
    pub(crate) fn edit_structure(&mut self, type_info: &'static TypeInfo, slots: &mut [&mut dyn Slot]) -> Result<()> {
        let Some(edit) = &mut self.edit else { return Ok(()) };
        (edit.fresh, edit.state) = (false, State::default());
        let Change::Set(_) = edit.change else { return self.edit_all(type_info, slots) };
        let number = match edit.steps.get(edit.depth) {
            Some(step) => {
                edit.route = route(type_info, step)?;
                edit.route.reverse();
                edit.route.pop().unwrap_or_default()
            }
            None if type_info.content == Content::Text => type_info.attributes().len(),
            None => return Err(has_children(type_info)),
        };
        match (field(type_info, number), slots.get_mut(number)) {
            (Some(field), Some(slot)) => self.edit_field(field, *slot),
            _ => Ok(()),
        }
    }

    #[cold]
    pub(crate) fn edit_members(&mut self, type_info: &'static TypeInfo, slots: &mut [&mut dyn Slot]) -> Result<()> {
        let Some(Edit { change: Change::Set(_), route, .. }) = self.edit.as_deref_mut() else {
            return self.edit_all(type_info, slots);
        };
        let number = route.pop().unwrap_or_default();
        match (field(type_info, number), slots.get_mut(number)) {
            (Some(field), Some(slot)) => self.edit_field(field, *slot),
            _ => Ok(()),
        }
    }

    #[cold]
    pub(crate) fn edit_choice(&mut self, type_info: &'static TypeInfo, choice: &mut dyn Variants) -> Result<()> {
        let Some(Edit { change: Change::Set(_), route, .. }) = self.edit.as_deref_mut() else {
            let Some((index, slot)) = choice.active_mut() else { return Ok(()) };
            let Some(field) = type_info.items().get(index) else { return Ok(()) };
            return self.edit_slot(field, slot).map_err(|error| within(error, field));
        };
        let number = route.pop().unwrap_or_default();
        let is_active = choice.active().is_some_and(|(index, _)| index == number);
        match (type_info.items().get(number), choice.variant(number, !is_active)) {
            (Some(field), Some(slot)) => self.edit_field(field, slot),
            _ => Ok(()),
        }
    }

    /// Changes all values of slots.
    fn edit_all(&mut self, type_info: &'static TypeInfo, slots: &mut [&mut dyn Slot]) -> Result<()> {
        for (field, slot) in type_info.fields().zip(slots) {
            self.edit_slot(field, *slot).map_err(|error| within(error, field))?;
        }
        Ok(())
    }

    /// Changes all values of a slot or, if a path is followed, the value that it leads to.
    #[cold]
    pub(crate) fn edit_slot(&mut self, field: &'static FieldInfo, slot: &mut dyn Slot) -> Result<()> {
        for index in 0..slot.values().count() {
            if let Some(value) = slot.value_mut(Which::At(index)) {
                self.edit_value(field, value)?;
            }
        }
        Ok(())
    }

    /// Changes the text of an element whose attributes were kept because it has `xsi:type`; returns these attributes.
    #[cold]
    pub(crate) fn edit_open_text(&mut self, field: &'static FieldInfo, slot: &mut dyn Slot) -> Result<AnyType> {
        let attributes = self.edit.as_mut().and_then(|edit| take(&mut edit.state).attributes).unwrap_or_default();
        self.edit_slot(field, slot)?;
        Ok(AnyType { xml: String::new(), ..attributes })
    }

    /// Refuses to follow a path into an element that was kept.
    #[cold]
    pub(crate) fn edit_kept<'v>(&mut self) -> Result<Option<&'v mut dyn Value>> {
        match self.edit.as_ref().map(|edit| &edit.change) {
            Some(Change::Set(_)) => Err(Error::new(ErrorKind::Type, "the element was kept as XML, because its type is unknown")),
            _ => Ok(None),
        }
    }

    /// Changes one value of a field, to which the path leads.
    fn edit_field(&mut self, field: &'static FieldInfo, slot: &mut dyn Slot) -> Result<()> {
        let Some(edit) = &mut self.edit else { return Ok(()) };
        let count = slot.values().count();
        let which = match edit.route.last().copied() {
            // The step leads through a choice or a group.
            Some(next) => self.occurrence_for(field, next, slot, count)?,
            None => {
                let step = edit.steps.get(edit.depth).copied();
                edit.depth += 1;
                let wanted = step.and_then(|step| step.index).unwrap_or(0);
                match wanted < count {
                    true => Which::At(wanted),
                    false if wanted == count && (count == 0 || field.repeats()) => Which::New,
                    false => return Err(no_such_index(field, count, wanted)),
                }
            }
        };
        self.edit_which(field, slot, which).map_err(|error| match field.place {
            Place::Group => error,
            _ => within(error, field),
        })
    }

    fn edit_which(&mut self, field: &'static FieldInfo, slot: &mut dyn Slot, which: Which) -> Result<()> {
        let is_new = matches!(which, Which::New | Which::Variant(_));
        let Some(value) = slot.value_mut(which) else { return Ok(()) };
        if let Some(edit) = &mut self.edit {
            edit.fresh = is_new;
        }
        let result = self.edit_value(field, value);
        if result.is_err() && is_new && slot.values().count() > 0 {
            slot.value_mut(Which::Remove);
        }
        result
    }

    /// Returns the occurrence of a choice or a group in which the next step is: the index of the step counts through all occurrences.
    fn occurrence_for(&mut self, field: &'static FieldInfo, next: usize, slot: &dyn Slot, count: usize) -> Result<Which> {
        let Some(edit) = &mut self.edit else { return Ok(Which::New) };
        let is_choice = field.type_info().is_some_and(|type_info| type_info.content == Content::Choice);
        let new = if is_choice { Which::Variant(next) } else { Which::New };
        if !field.repeats() {
            return Ok(if count > 0 { Which::At(0) } else { new });
        }
        let depth = edit.depth;
        let Some(step) = edit.steps.get_mut(depth) else { return Ok(new) };
        let mut left = step.index.unwrap_or(0);
        for (index, value) in slot.values().enumerate() {
            let here = counted(field, value, step);
            if left < here {
                step.index = Some(left);
                return Ok(Which::At(index));
            }
            left -= here;
        }
        match left {
            0 => {
                step.index = None;
                Ok(new)
            }
            _ => Err(no_such_index(field, step.index.unwrap_or(0) - left, step.index.unwrap_or(0))),
        }
    }

    /// Changes a value: a text at once, the fields of another one by way of the functions above.
    fn edit_value(&mut self, field: &'static FieldInfo, value: &mut dyn Value) -> Result<()> {
        let Some(edit) = &mut self.edit else { return Ok(()) };
        let is_open = field.kind.is(ValueFlags::KEPT);
        let ends = edit.depth == edit.steps.len() && edit.route.is_empty();
        match &mut edit.change {
            Change::Each(_) if is_open => return Ok(()),
            Change::Each(take) if field.is_leaf() => return take(&mut LeafMut { field, value }),
            Change::Set(_) if is_open => return Err(Error::new(ErrorKind::Type, "the element is kept as XML: set its field in Rust")),
            Change::Set(text) if field.is_leaf() && (ends || field.place == Place::Text) => return LeafMut { field, value }.set(text),
            Change::Set(_) if field.is_leaf() => return Err(no_children(field)),
            _ => {}
        }
        let special = ValueFlags::POLYMORPHIC.with(ValueFlags::NILLABLE).with(ValueFlags::BOXED);
        if !edit.fresh && field.kind.without(special) != field.kind {
            edit.state = probe(field, value);
        }
        value.read(self, field, &Tag::default(), None)
    }
}

/// Returns the number of elements in an occurrence of a choice or a group that a step names.
fn counted(field: &'static FieldInfo, value: &dyn Value, step: &Step<'_>) -> usize {
    struct Count<'s>(&'s Step<'s>, usize);

    impl Visit for Count<'_> {
        fn open(&mut self, element: &Element) -> Result<Walk> {
            self.1 += usize::from(self.0.names(element.field));
            Ok(Walk::Past)
        }

        fn leaf(&mut self, leaf: &Leaf<'_>) -> Result<()> {
            self.1 += usize::from(self.0.names(leaf.field));
            Ok(())
        }

        fn kept(&mut self, field: &'static FieldInfo, _open: &Open<'_>) -> Result<()> {
            self.1 += usize::from(self.0.names(field));
            Ok(())
        }
    }

    let mut count = Count(step, 0);
    let _ = walk(value, field, &mut count);
    count.1
}

fn no_such_index(field: &FieldInfo, count: usize, wanted: usize) -> Error {
    let message = match field.repeats() {
        true => format!("there is no element [{wanted}]: there are {count}, and the next index is [{count}]"),
        false => format!("there is no element [{wanted}]: it occurs at most once"),
    };
    Error::new(ErrorKind::Repeated, message)
}
