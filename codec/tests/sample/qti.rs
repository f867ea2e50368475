//! `urn:sample:qti`
use super::xmlns;
use xsdgen_codec::Xml;

/// Choices, groups and mixed content.
#[derive(Clone, PartialEq, Xml)]
#[xml(qti, "assessment", model = ::xsdgen_codec::Particle::sequence(&[
        ::xsdgen_codec::Particle::element(xmlns::qti, "title"),
        ::xsdgen_codec::Particle::choice(&[
            ::xsdgen_codec::Particle::element(xmlns::qti, "yes").at_least(1),
            ::xsdgen_codec::Particle::element(xmlns::qti, "no").at_least(1),
            ::xsdgen_codec::Particle::sequence(&[
                ::xsdgen_codec::Particle::element(xmlns::qti, "a"),
                ::xsdgen_codec::Particle::element(xmlns::qti, "b").optional(),
            ]),
        ]),
        ::xsdgen_codec::Particle::sequence(&[
            ::xsdgen_codec::Particle::element(xmlns::qti, "key"),
            ::xsdgen_codec::Particle::element(xmlns::qti, "value").optional(),
        ])
        .repeated(),
        ::xsdgen_codec::Particle::choice(&[
            ::xsdgen_codec::Particle::element(xmlns::qti, "circle"),
            ::xsdgen_codec::Particle::element(xmlns::qti, "square"),
            ::xsdgen_codec::Particle::any("##other:urn:sample:qti"),
        ])
        .optional(),
        ::xsdgen_codec::Particle::element(xmlns::qti, "mattext").repeated(),
        ::xsdgen_codec::Particle::element(xmlns::qti, "steps").repeated(),
    ]))]
#[non_exhaustive]
pub struct Assessment {
    #[xml("title")]
    pub title: String,
    #[xml(group)]
    pub feedback: Feedback,
    #[xml(group)]
    pub pair: Vec<Pair>,
    #[xml(group)]
    pub shape: Option<Shape>,
    #[xml("mattext")]
    pub material: Vec<MatText>,
    #[xml("steps")]
    pub steps: Vec<Steps>,
}

/// A choice of three elements.
#[non_exhaustive]
#[derive(Xml)]
#[xml(choice, qti)]
pub enum Feedback {
    #[xml("yes", min = 1)]
    Yes(Vec<String>),
    #[xml("no", min = 1)]
    No(Vec<i64>),
    #[xml(group)]
    Both(Box<Both>),
}

/// A sequence within a choice.
#[derive(Clone, PartialEq, Xml)]
#[xml(group, qti)]
#[non_exhaustive]
pub struct Both {
    #[xml("a")]
    pub a: String,
    #[xml("b")]
    pub b: Option<String>,
}

/// A repeated sequence.
#[derive(Clone, PartialEq, Xml)]
#[xml(group, qti)]
#[non_exhaustive]
pub struct Pair {
    #[xml("key")]
    pub key: String,
    #[xml("value")]
    pub value: Option<String>,
}

/// A member of a substitution group.
#[non_exhaustive]
#[derive(Xml)]
#[xml(choice, qti)]
pub enum Shape {
    #[xml("circle")]
    Circle(f64),
    #[xml("square")]
    Square(Box<Square>),
    #[xml(any = "##other:urn:sample:qti", process = lax)]
    Other(::xsdgen_codec::AnyElement),
}

/// A type that has only attributes.
#[derive(Clone, PartialEq, Xml)]
#[xml(qti, "square")]
#[non_exhaustive]
pub struct Square {
    #[xml(attribute, "side")]
    pub side: f64,
}

/// Mixed content.
#[derive(Clone, PartialEq, Xml)]
#[xml(qti, "mattext", mixed)]
#[non_exhaustive]
pub struct MatText {
    #[xml(attribute, "uri")]
    pub uri: Option<String>,
    #[xml(group)]
    pub content: Vec<MatTextContent>,
}

/// A text or an element in [`MatText`].
#[non_exhaustive]
#[derive(Xml)]
#[xml(choice, qti)]
pub enum MatTextContent {
    #[xml(text)]
    Text(String),
    #[xml("emph")]
    Emph(Emph),
    #[xml("br")]
    Break(()),
    #[xml("code")]
    Code(String),
    #[xml("count")]
    Count(i64),
    #[xml("link")]
    Link(Link),
    #[xml(group)]
    Style(Style),
    #[xml("theArmOfALongNameIndeed")]
    TheArmOfALongNameIndeed(Link),
}

/// A choice within a choice.
#[non_exhaustive]
#[derive(Xml)]
#[xml(choice, qti)]
pub enum Style {
    #[xml("b")]
    Bold(Emph),
    #[xml("small")]
    Small(String),
    #[xml(group)]
    Other(Box<Other>),
}

/// A choice within two other choices. Its element has a namesake in another namespace.
#[non_exhaustive]
#[derive(Xml)]
#[xml(choice, com)]
pub enum Other {
    #[xml("code")]
    Code(i64),
    #[xml("remark")]
    Remark(String),
}

/// A type with attributes and text.
#[derive(Clone, PartialEq, Xml)]
#[xml(qti, "link")]
#[non_exhaustive]
pub struct Link {
    #[xml(attribute, "href")]
    pub href: String,
    #[xml(attribute, "rank")]
    pub rank: Option<i64>,
    #[xml(attribute, "aNoteOfALongNameIndeed")]
    pub a_note_of_a_long_name_indeed: Option<String>,
    #[xml(text)]
    pub value: String,
}

/// A repeated choice.
#[derive(Clone, PartialEq, Default, Xml)]
#[xml(qti, "steps")]
#[non_exhaustive]
pub struct Steps {
    #[xml(attribute, "kind", default = "plain")]
    pub kind: Option<String>,
    #[xml("theTitleOfALongNameIndeed")]
    pub the_title_of_a_long_name: Option<String>,
    #[xml(group)]
    pub step: Vec<Step>,
    #[xml("done")]
    pub done: Option<bool>,
}

/// An element of [`Steps`].
#[non_exhaustive]
#[derive(Xml)]
#[xml(choice, qti)]
pub enum Step {
    #[xml("say")]
    Say(String),
    #[xml("wait", default = "7")]
    Wait(u32),
    #[xml("go")]
    Go(Box<Link>),
    #[xml("many")]
    Many(Vec<String>),
    #[xml("either")]
    Either(Box<Either>),
}

/// A choice that occurs once.
#[derive(Clone, PartialEq, Xml)]
#[xml(qti, "either")]
#[non_exhaustive]
pub struct Either {
    #[xml(group)]
    pub which: Which,
    #[xml("two", min = 2, max = 3)]
    pub at_least_two: Vec<String>,
}

/// A choice of two elements.
#[non_exhaustive]
#[derive(Xml)]
#[xml(choice, qti)]
pub enum Which {
    #[xml("this")]
    This(String),
    #[xml("that")]
    That(Emph),
}

/// Mixed content within mixed content.
#[derive(Clone, PartialEq, Xml)]
#[xml(qti, "emph", mixed)]
#[non_exhaustive]
pub struct Emph {
    #[xml(group)]
    pub content: Vec<MatTextContent>,
}
