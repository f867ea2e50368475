//! The types under test, each as a trait object, so that the test is compiled once and not for each type.

use std::any::Any;
use std::fmt::Debug;

use webex_xml_types::Document;
use xsdgen_codec::{FieldInfo, LeafMut, ReadOptions, Reading, Reflect as _, Result, Roots, TypeInfo, WriteOptions, Xml};

/// A value of a generated type.
pub(crate) trait Typed: Debug {
    fn write(&self, name: &str, options: &WriteOptions) -> Result<String>;
    fn is(&self, other: &dyn Typed) -> bool;
    /// Passes each text to the function.
    fn change(&mut self, change: &mut dyn FnMut(&mut LeafMut<'_>) -> Result<()>) -> Result<()>;
    fn as_any(&self) -> &dyn Any;
}

impl<T: Xml + PartialEq + 'static> Typed for T {
    fn write(&self, name: &str, options: &WriteOptions) -> Result<String> {
        self.to_xml_as_with(name, options)
    }

    fn is(&self, other: &dyn Typed) -> bool {
        other.as_any().downcast_ref::<T>() == Some(self)
    }

    fn change(&mut self, change: &mut dyn FnMut(&mut LeafMut<'_>) -> Result<()>) -> Result<()> {
        self.visit_mut(change)
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

/// A document, by the name of its root element.
#[derive(Debug)]
struct Root(Document);

impl Typed for Root {
    fn write(&self, _name: &str, options: &WriteOptions) -> Result<String> {
        self.0.to_xml_with(options)
    }

    fn is(&self, other: &dyn Typed) -> bool {
        other.as_any().downcast_ref::<Root>().is_some_and(|other| other.0 == self.0)
    }

    /// Does nothing: a document has no access to the texts of its root element, and the type of each root element is tested by itself.
    fn change(&mut self, _change: &mut dyn FnMut(&mut LeafMut<'_>) -> Result<()>) -> Result<()> {
        Ok(())
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

/// A value and the notes about it.
type Read = (Box<dyn Typed>, Vec<String>);

/// What a document consists of.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Shape {
    /// An element of the type, with a name that the test chooses.
    Type(&'static TypeInfo),
    /// A root element.
    Root(&'static TypeInfo, &'static FieldInfo),
}

/// A type or a root element.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Entry {
    pub(crate) shape: Shape,
    read: fn(&[u8], &ReadOptions) -> Result<Read>,
}

impl Entry {
    /// Returns the entry of a complex type.
    pub(crate) fn of<T: Xml + PartialEq + 'static>() -> Self {
        let info = T::described().unwrap_or_else(|| panic!("{} has no table", std::any::type_name::<T>()));
        Self { shape: Shape::Type(info), read: |xml, options| T::read_xml(xml, options).map(boxed) }
    }

    /// Returns the entries of all root elements.
    pub(crate) fn roots() -> Vec<Self> {
        let info = <Document as Roots>::type_info();
        let read = |xml: &[u8], options: &ReadOptions| {
            let read = Document::read(xml, options)?;
            Ok((Box::new(Root(read.value)) as Box<dyn Typed>, read.notes.iter().map(ToString::to_string).collect()))
        };
        info.fields().map(|field| Self { shape: Shape::Root(info, field), read }).collect()
    }

    pub(crate) fn read(&self, xml: &str, options: &ReadOptions) -> Result<Read> {
        (self.read)(xml.as_bytes(), options)
    }

    /// Returns the namespace and the local name of the type or root element.
    pub(crate) fn component(&self) -> (&'static str, &'static str) {
        match self.shape {
            Shape::Type(info) => info.name(),
            Shape::Root(info, field) => (info.namespace_of(field), field.name()),
        }
    }

    /// Returns the name of the element of a type, which no schema declares.
    pub(crate) fn element(&self) -> String {
        match self.shape {
            Shape::Type(info) => format!("{}.{}", info.prefix(), info.name().1),
            Shape::Root(_, field) => format!("root.{}", field.name()),
        }
    }
}

fn boxed<T: Xml + PartialEq + 'static>(read: Reading<T>) -> Read {
    (Box::new(read.value), read.notes.iter().map(ToString::to_string).collect())
}
