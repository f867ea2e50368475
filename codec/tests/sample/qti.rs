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
    pub steps: Vec<Steps>,
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
        steps: *(Steps) = qti "steps", with_steps;
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
        ::xsdgen_codec::Particle::element(&xmlns::SCHEMA, "qti", "steps").repeated(),
    ]);
}

/// One of three.
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
#[non_exhaustive]
pub enum MatTextContent {
    Text(String),
    Emph(Emph),
    Break(()),
    Code(String),
    Count(i64),
    Link(Link),
    Style(Style),
    TheArmOfALongNameIndeed(Link),
}

::xsdgen_codec::choice! {
    MatTextContent;
    Text = text;
    Emph: 1(Emph) = qti "emph";
    Break: 1(()) = qti "br";
    Code: 1(String) = qti "code";
    Count: 1(i64) = qti "count";
    Link: 1(Link) = qti "link";
    Style: 1(Style) = group _;
    TheArmOfALongNameIndeed: 1(Link) = qti "theArmOfALongNameIndeed";
}

/// A choice in a choice.
#[non_exhaustive]
pub enum Style {
    Bold(Emph),
    Small(String),
    Other(Box<Other>),
}

::xsdgen_codec::choice! {
    Style;
    Bold: 1(Emph) = qti "b";
    Small: 1(String) = qti "small";
    Other: 1(Box<Other>) = group _;
}

/// A choice in a choice in a choice, with a name of its element in another namespace too.
#[non_exhaustive]
pub enum Other {
    Code(i64),
    Remark(String),
}

::xsdgen_codec::choice! {
    Other;
    Code: 1(i64) = com "code";
    Remark: 1(String) = com "remark";
}

/// Attributes and text.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct Link {
    pub href: String,
    pub rank: Option<i64>,
    pub a_note_of_a_long_name_indeed: Option<String>,
    pub value: String,
}

::xsdgen_codec::complex_type! {
    Link = qti "link";
    attributes {
        href: 1(String) = none "href";
        rank: ?(i64) = none "rank", with_rank;
        a_note_of_a_long_name_indeed: ?(String) = none "aNoteOfALongNameIndeed", with_a_note;
    }
    text {
        value: 1(String);
    }
}

/// One choice among elements, any number of times.
#[derive(Clone, PartialEq, Default)]
#[non_exhaustive]
pub struct Steps {
    pub kind: Option<String>,
    pub the_title_of_a_long_name: Option<String>,
    pub step: Vec<Step>,
    pub done: Option<bool>,
}

::xsdgen_codec::complex_type! {
    Steps = qti "steps";
    attributes {
        kind: ?(String) = none "kind" default "plain", with_kind;
    }
    sequence {
        the_title_of_a_long_name: ?(String) = qti "theTitleOfALongNameIndeed", with_the_title;
        step: *(Step) = group _, with_step;
        done: ?(bool) = qti "done", with_done;
    }
}

/// Part of [`Steps`].
#[non_exhaustive]
pub enum Step {
    Say(String),
    Wait(u32),
    Go(Box<Link>),
    Many(Vec<String>),
    Either(Box<Either>),
}

::xsdgen_codec::choice! {
    Step;
    Say: 1(String) = qti "say";
    Wait: 1(u32) = qti "wait" default "7";
    Go: 1(Box<Link>) = qti "go";
    Many: *(String) = qti "many";
    Either: 1(Box<Either>) = qti "either";
}

/// One choice, once.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct Either {
    pub which: Which,
    pub at_least_two: Vec<String>,
}

::xsdgen_codec::complex_type! {
    Either = qti "either";
    sequence {
        which: 1(Which) = group _;
        at_least_two: {2, 3}(String) = qti "two";
    }
}

/// Of two.
#[non_exhaustive]
pub enum Which {
    This(String),
    That(Emph),
}

::xsdgen_codec::choice! {
    Which;
    This: 1(String) = qti "this";
    That: 1(Emph) = qti "that";
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
