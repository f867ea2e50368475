//! `urn:sample:qti`
use super::xmlns;

/// Choices, groups and mixed content.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct Assessment {
    pub title: String,
    pub feedback: Feedback,
    pub pair: Vec<Pair>,
    pub shape: Option<Shape>,
    pub material: Vec<MatText>,
}

impl Assessment {
    /// With what it must hold; everything else is absent.
    pub fn new(title: impl Into<String>, feedback: Feedback) -> Self {
        Self { title: title.into(), feedback, ..::xsdgen_codec::blank() }
    }
}

::xsdgen_codec::complex_type! {
    Assessment = qti "assessment";
    sequence {
        title: 1(String) = qti "title";
        feedback: 1(Feedback) = group _;
        pair: *(Pair) = group _, with_pair;
        shape: ?(Shape) = group _, with_shape;
        material: *(MatText) = qti "mattext", with_material;
    }
    model ::xsdgen_codec::Particle::sequence(&[
        ::xsdgen_codec::Particle::element(&xmlns::SCHEMA, "qti", "title"),
        ::xsdgen_codec::Particle::choice(&[
            ::xsdgen_codec::Particle::element(&xmlns::SCHEMA, "qti", "yes").at_least(1),
            ::xsdgen_codec::Particle::element(&xmlns::SCHEMA, "qti", "no").at_least(1),
            ::xsdgen_codec::Particle::sequence(&[
                ::xsdgen_codec::Particle::element(&xmlns::SCHEMA, "qti", "a"),
                ::xsdgen_codec::Particle::element(&xmlns::SCHEMA, "qti", "b").optional(),
            ]),
        ]),
        ::xsdgen_codec::Particle::sequence(&[
            ::xsdgen_codec::Particle::element(&xmlns::SCHEMA, "qti", "key"),
            ::xsdgen_codec::Particle::element(&xmlns::SCHEMA, "qti", "value").optional(),
        ])
        .repeated(),
        ::xsdgen_codec::Particle::choice(&[
            ::xsdgen_codec::Particle::element(&xmlns::SCHEMA, "qti", "circle"),
            ::xsdgen_codec::Particle::element(&xmlns::SCHEMA, "qti", "square"),
            ::xsdgen_codec::Particle::any("##other:urn:sample:qti"),
        ])
        .optional(),
        ::xsdgen_codec::Particle::element(&xmlns::SCHEMA, "qti", "mattext").repeated(),
    ]);
}

/// One of three.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Feedback {
    Yes(Vec<String>),
    No(Vec<i64>),
    Both(Box<Both>),
}

::xsdgen_codec::choice! {
    Feedback;
    Yes: +(String) = qti "yes";
    No: +(i64) = qti "no";
    Both: 1(Box<Both>) = group _;
}

/// A sequence in a choice.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct Both {
    pub a: String,
    pub b: Option<String>,
}

impl Both {
    /// With what it must hold.
    pub fn new(a: impl Into<String>) -> Self {
        Self { a: a.into(), ..::xsdgen_codec::blank() }
    }
}

::xsdgen_codec::group! {
    Both;
    a: 1(String) = qti "a";
    b: ?(String) = qti "b", with_b;
}

/// A repeated sequence.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct Pair {
    pub key: String,
    pub value: Option<String>,
}

::xsdgen_codec::group! {
    Pair;
    key: 1(String) = qti "key";
    value: ?(String) = qti "value", with_value;
}

/// A substitution group.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Shape {
    Circle(f64),
    Square(Box<Square>),
    Other(::xsdgen_codec::AnyElement),
}

::xsdgen_codec::choice! {
    Shape;
    Circle: 1(f64) = qti "circle";
    Square: 1(Box<Square>) = qti "square";
    Other: 1(::xsdgen_codec::AnyElement) = any ["##other:urn:sample:qti" lax];
}

/// Attributes only.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct Square {
    pub side: f64,
}

::xsdgen_codec::complex_type! {
    Square = qti "square";
    attributes {
        side: 1(f64) = none "side";
    }
}

/// Text with elements.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct MatText {
    pub uri: Option<String>,
    pub content: Vec<MatTextContent>,
}

::xsdgen_codec::complex_type! {
    MatText = qti "mattext";
    attributes {
        uri: ?(String) = none "uri", with_uri;
    }
    mixed {
        content: *(MatTextContent) = group _, with_content;
    }
}

/// What stands in [`MatText`].
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum MatTextContent {
    Text(String),
    Emph(Emph),
    Break(()),
}

::xsdgen_codec::choice! {
    MatTextContent;
    Text = text;
    Emph: 1(Emph) = qti "emph";
    Break: 1(()) = qti "br";
}

/// Text with elements again.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct Emph {
    pub content: Vec<MatTextContent>,
}

::xsdgen_codec::complex_type! {
    Emph = qti "emph";
    mixed {
        content: *(MatTextContent) = group _, with_content;
    }
}
