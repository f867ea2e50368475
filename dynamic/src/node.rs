//! The values that the reader fills: a [`Node`] takes the place of a value of a generated type, and a [`NodeSlot`] that of a field.
//!
//! Both either keep what is read, or only take part in the checks. In the second case, a slot counts its values, and the slots of a complex type are used
//! again for the next element at the same place of the schema, so that memory does not grow with the document.

use xsdgen_codec::{
    AnyAttribute, AnyElement, AnyType, FieldInfo, Reader, Result, Seen, Slot, Tag, TextMatch, Value, ValueInfo, Variants, Which, Writer,
};

use crate::shape::{Complex, Many, Polymorphic, Shape, SlotShape};

/// A value that the reader fills.
#[derive(Debug)]
pub(crate) struct Node {
    pub(crate) shape: Shape,
    keep: bool,
    pub(crate) body: Option<Box<Body>>,
}

/// What a value holds.
#[derive(Debug)]
pub(crate) enum Body {
    /// The text of a simple value.
    Text(String),
    /// The values of the fields of a complex type or a group.
    Slots(Vec<NodeSlot>),
    /// The number of a variant of a choice, and its values.
    Variant(usize, NodeSlot),
    /// The value of the type that `xsi:type` names, or of the type around which the shape is a wrapper.
    Inner(Node),
    /// A nil value, with the attributes if its type has any.
    Nil(Option<Node>),
    /// An element that a wildcard admits, or one of an unknown type.
    Element(AnyElement),
    /// Content of any type.
    Content(AnyType),
    /// An attribute that a wildcard admits.
    Attribute(AnyAttribute),
}

/// The slot of a field or of a variant.
#[derive(Debug)]
pub(crate) struct NodeSlot {
    pub(crate) of: &'static SlotShape,
    keep: bool,
    count: u32,
    /// The last value.
    last: Node,
    /// The values before the last one, if they are kept.
    #[allow(clippy::box_collection, reason = "most slots have at most one value, and a slot is small then")]
    before: Option<Box<Vec<Node>>>,
}

impl NodeSlot {
    pub(crate) fn new(of: &'static SlotShape, keep: bool) -> Self {
        Self { of, keep, count: u32::from(of.many == Many::One), last: Node::new(of.shape, keep), before: None }
    }

    /// Returns the values that are kept.
    pub(crate) fn nodes(&self) -> impl Iterator<Item = &Node> {
        let last = Some(&self.last).filter(|_| self.count > 0);
        self.before.iter().flat_map(|before| before.iter()).chain(last)
    }

    /// Adds an empty value.
    fn add(&mut self) {
        match self.of.many {
            Many::One => {}
            Many::Optional if self.count > 0 => {}
            Many::List if self.count > 0 && self.keep => {
                let last = std::mem::replace(&mut self.last, Node::new(self.of.shape, true));
                self.before.get_or_insert_default().push(last);
                self.count = self.count.saturating_add(1);
            }
            Many::Optional | Many::List => {
                self.last.renew();
                self.count = self.count.saturating_add(1);
            }
        }
        // The empty value of a nillable type is nil.
        if self.last.body.is_none() && matches!(self.last.shape, Shape::Nillable(_)) {
            self.last.set(Body::Nil(None));
        }
    }

    /// Makes the slot empty.
    fn renew(&mut self) {
        self.count = u32::from(self.of.many == Many::One);
        self.last.renew();
        if self.before.is_some() {
            self.before = None;
        }
    }

    /// Removes the last value.
    fn remove(&mut self) {
        self.last.body = None;
        if self.of.many != Many::One {
            self.count = self.count.saturating_sub(1);
        }
        if let Some(last) = self.before.as_mut().and_then(|before| before.pop()) {
            self.last = last;
        }
    }
}

impl Slot for NodeSlot {
    fn empty() -> Self {
        static NOTHING: SlotShape = SlotShape::NOTHING;
        Self::new(&NOTHING, false)
    }

    fn get(&self, index: usize) -> Option<&dyn Value> {
        if index >= self.count as usize {
            return None;
        }
        match self.before.as_ref().and_then(|before| before.get(index)) {
            Some(node) => Some(node),
            None => Some(&self.last),
        }
    }

    fn value_mut(&mut self, which: Which) -> Option<&mut dyn Value> {
        match which {
            Which::New | Which::Empty | Which::Again(_) => self.add(),
            Which::Variant(index) => {
                self.add();
                self.last.begin(index);
            }
            Which::Remove => self.remove(),
            Which::Last | Which::Keep(_) => {}
            Which::At(index) if index.saturating_add(1) < self.count as usize => {
                return self.before.as_mut().and_then(|before| before.get_mut(index)).map(|node| node as &mut dyn Value);
            }
            Which::At(index) if index >= self.count as usize => return None,
            Which::At(_) => {}
        }
        if self.count == 0 { None } else { Some(&mut self.last) }
    }
}

impl Node {
    pub(crate) const fn new(shape: Shape, keep: bool) -> Self {
        Self { shape, keep, body: None }
    }

    /// Makes the value empty. Slots that keep nothing stay if there are few of them, so that the next value uses them again.
    #[inline(always)]
    fn renew(&mut self) {
        if self.body.is_some() && (self.keep || !self.shape.is_used_again()) {
            self.body = None;
        }
    }

    fn set(&mut self, body: Body) {
        if self.keep {
            self.body = Some(Box::new(body));
        }
    }

    /// Returns what was read of this value before reading was suspended.
    fn saved(&mut self, reader: &Reader<'_>) -> Option<Body> {
        self.body.take_if(|_| reader.resumes()).map(|body| *body)
    }

    /// Keeps what was read if values are kept, or if reading was suspended.
    fn end(&mut self, reader: &Reader<'_>, read: Result<()>, body: Body) -> Result<()> {
        if read.is_ok() && self.keep || read.is_err() && reader.is_suspended() {
            self.body = Some(Box::new(body));
        }
        read
    }

    /// Reads an element of a complex type.
    fn record(&mut self, complex: &'static Complex, reader: &mut Reader<'_>, tag: &Tag) -> Result<()> {
        let fresh = !reader.resumes();
        let body = self.body.get_or_insert_with(|| Box::new(Body::Slots(Vec::new())));
        let Body::Slots(slots) = &mut **body else { return Ok(()) };
        if slots.is_empty() {
            slots.extend(complex.slots().iter().map(|slot| NodeSlot::new(slot, self.keep)));
        } else if fresh {
            slots.iter_mut().for_each(NodeSlot::renew);
        }
        let read = references(slots, &mut |slots| reader.structure(complex.cell, tag, slots));
        if !self.keep && read.is_ok() {
            self.renew();
        }
        read
    }

    /// Reads children of a group, which may continue what was read before.
    fn group(&mut self, complex: &'static Complex, reader: &mut Reader<'_>, tag: &Tag, seen: Option<&mut Seen>) -> Result<()> {
        let body = self
            .body
            .get_or_insert_with(|| Box::new(Body::Slots(complex.slots().iter().map(|slot| NodeSlot::new(slot, self.keep)).collect())));
        let Body::Slots(slots) = &mut **body else { return Ok(()) };
        let mut seen = seen;
        references(slots, &mut |slots| reader.members(complex.cell, tag, seen.take(), slots))
    }

    /// Reads an element whose type `xsi:type` may name.
    fn polymorphic(&mut self, of: &Polymorphic, reader: &mut Reader<'_>, item: &'static FieldInfo, tag: &Tag) -> Result<()> {
        let Some(of) = of.0.get() else { return Ok(()) };
        match reader.kind(tag, of.schema, &of.names)?.and_then(|index| of.shapes.get(index)) {
            Some(shape) => self.inner(*shape, reader, item, tag, None),
            None => {
                let mut kept = AnyElement::default();
                reader.keep_into(tag, &mut kept)?;
                self.set(Body::Element(kept));
                Ok(())
            }
        }
    }

    /// Replaces this value by one of another shape, and reads that.
    fn inner(&mut self, shape: Shape, reader: &mut Reader<'_>, item: &'static FieldInfo, tag: &Tag, seen: Option<&mut Seen>) -> Result<()> {
        // A group continues what was read before, so that the value must stay.
        if matches!(shape, Shape::Group(_) | Shape::Choice(_)) {
            let body = self.body.get_or_insert_with(|| Box::new(Body::Inner(Node::new(shape, self.keep))));
            return if let Body::Inner(inner) = &mut **body { inner.read(reader, item, tag, seen) } else { Ok(()) };
        }
        let fresh = !reader.resumes();
        let body = match &mut self.body {
            Some(body) if matches!(&**body, Body::Inner(inner) if !fresh || !self.keep && inner.shape.is(shape)) => body,
            body => body.insert(Box::new(Body::Inner(Node::new(shape, self.keep)))),
        };
        let Body::Inner(inner) = &mut **body else { return Ok(()) };
        if fresh {
            inner.renew();
        }
        let read = inner.read(reader, item, tag, seen);
        if !self.keep && read.is_ok() {
            self.renew();
        }
        read
    }

    /// Reads a nillable element of a type without attributes.
    fn nillable(
        &mut self,
        shape: Shape,
        reader: &mut Reader<'_>,
        item: &'static FieldInfo,
        tag: &Tag,
        seen: Option<&mut Seen>,
    ) -> Result<()> {
        if reader.nil_unless_kept(item, tag)? {
            self.set(Body::Nil(None));
            return Ok(());
        }
        self.inner(shape, reader, item, tag, seen)
    }

    /// Reads an element of a simple type that `xsi:type` may replace.
    fn typed(&mut self, shape: &'static Shape, reader: &mut Reader<'_>, item: &'static FieldInfo, tag: &Tag) -> Result<()> {
        let mut inner = Single(Node::new(*shape, self.keep));
        if reader.has_xsi_type(tag) {
            reader.leaf_with_xsi_type(item, tag, &mut inner)?;
        } else {
            reader.leaf(item, tag, &mut inner)?;
        }
        self.set(Body::Inner(inner.0));
        Ok(())
    }
}

/// A slot that holds one value.
#[derive(Debug)]
struct Single(Node);

impl Slot for Single {
    fn empty() -> Self {
        Self(Node::new(Shape::AnyType, false))
    }

    fn get(&self, index: usize) -> Option<&dyn Value> {
        if index == 0 { Some(&self.0) } else { None }
    }

    fn value_mut(&mut self, _which: Which) -> Option<&mut dyn Value> {
        Some(&mut self.0)
    }
}

/// Calls a function with references to slots.
fn references(slots: &mut [NodeSlot], call: &mut dyn FnMut(&mut [&mut dyn Slot]) -> Result<()>) -> Result<()> {
    match slots.len() {
        0..=4 => on_stack::<4>(slots, call),
        5..=16 => on_stack::<16>(slots, call),
        _ => {
            let mut all: Vec<&mut dyn Slot> = Vec::with_capacity(slots.len());
            all.extend(slots.iter_mut().map(|slot| slot as &mut dyn Slot));
            call(&mut all)
        }
    }
}

/// Calls a function with references to at most `MOST` slots, without an allocation.
#[inline(never)]
fn on_stack<const MOST: usize>(slots: &mut [NodeSlot], call: &mut dyn FnMut(&mut [&mut dyn Slot]) -> Result<()>) -> Result<()> {
    let mut rest = slots.iter_mut();
    let count = rest.len();
    let mut all: [&mut dyn Slot; MOST] = std::array::from_fn(|_| match rest.next() {
        Some(slot) => slot as &mut dyn Slot,
        // A value without a size needs no memory.
        None => Box::leak(Box::new(NoSlot)),
    });
    call(all.get_mut(..count).unwrap_or_default())
}

/// A slot that holds nothing.
#[derive(Debug)]
struct NoSlot;

impl Slot for NoSlot {
    fn empty() -> Self {
        Self
    }

    fn get(&self, _index: usize) -> Option<&dyn Value> {
        None
    }

    fn value_mut(&mut self, _which: Which) -> Option<&mut dyn Value> {
        None
    }
}

impl Value for Node {
    fn empty() -> Self {
        Self::new(Shape::AnyType, false)
    }

    fn info() -> ValueInfo {
        Shape::AnyType.value().info()
    }

    fn set_text(&mut self, text: &str) -> TextMatch {
        let fit = self.shape.fit(text);
        if self.keep && fit.is_taken() {
            self.set(Body::Text(text.to_owned()));
        }
        fit
    }

    fn add_text(&mut self, text: &str) -> bool {
        match (self.shape, self.body.as_deref_mut()) {
            (Shape::Choice(_), Some(Body::Text(known))) => {
                known.push_str(text);
                true
            }
            _ => false,
        }
    }

    fn read(&mut self, reader: &mut Reader<'_>, item: &'static FieldInfo, tag: &Tag, seen: Option<&mut Seen>) -> Result<()> {
        match self.shape {
            Shape::Record(complex) => self.record(complex, reader, tag),
            Shape::Group(complex) => self.group(complex, reader, tag, seen),
            Shape::Choice(complex) => reader.choose(complex.cell, tag, seen, self),
            Shape::Polymorphic(of) => self.polymorphic(of, reader, item, tag),
            Shape::Boxed(inner) => self.inner(*inner, reader, item, tag, seen),
            Shape::XsiBox(inner) => {
                reader.names_declared(tag, inner.value().info().type_info);
                self.inner(*inner, reader, item, tag, seen)
            }
            Shape::XsiTyped(inner) => self.typed(inner, reader, item, tag),
            Shape::Nillable(inner) => self.nillable(*inner, reader, item, tag, seen),
            Shape::MaybeNil(inner) => {
                let nil = reader.nil_follows(item, tag)?;
                let mut value = match self.saved(reader) {
                    Some(Body::Inner(value) | Body::Nil(Some(value))) => value,
                    _ => Self::new(*inner, self.keep),
                };
                let read = value.read(reader, item, tag, seen);
                self.end(reader, read, if nil { Body::Nil(Some(value)) } else { Body::Inner(value) })
            }
            Shape::AnyElement => {
                let mut kept = AnyElement::default();
                kept.read(reader, item, tag, seen)?;
                self.set(Body::Element(kept));
                Ok(())
            }
            Shape::AnyType => {
                let mut kept = AnyType::default();
                kept.read(reader, item, tag, seen)?;
                self.set(Body::Content(kept));
                Ok(())
            }
            Shape::AnyAttribute => {
                let mut kept = AnyAttribute::default();
                kept.read(reader, item, tag, seen)?;
                self.set(Body::Attribute(kept));
                Ok(())
            }
            Shape::Leaf(_) | Shape::Enumeration(_) | Shape::Union(_) | Shape::List(_) => Ok(()),
        }
    }

    /// Writes the text of a simple value. Other values cannot be written.
    fn write(&self, writer: &mut Writer<'_>, _item: &'static FieldInfo) -> Result<()> {
        match self.body.as_deref() {
            Some(Body::Text(text)) => writer.plain(text),
            _ => Ok(()),
        }
    }
}

impl Variants for Node {
    fn begin(&mut self, index: usize) {
        let Shape::Choice(complex) = self.shape else { return };
        if !self.keep
            && let Some(Body::Variant(known, slot)) = self.body.as_deref_mut()
            && *known == index
        {
            return slot.renew();
        }
        self.body = complex.slots().get(index).map(|slot| Box::new(Body::Variant(index, NodeSlot::new(slot, self.keep))));
    }

    fn active(&self) -> Option<(usize, &dyn Slot)> {
        match self.body.as_deref() {
            Some(Body::Variant(index, slot)) => Some((*index, slot)),
            _ => None,
        }
    }

    fn active_mut(&mut self) -> Option<(usize, &mut dyn Slot)> {
        match self.body.as_deref_mut() {
            Some(Body::Variant(index, slot)) => Some((*index, slot)),
            _ => None,
        }
    }
}
