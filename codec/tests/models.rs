//! Tests content models with nested repetitions, all-groups and wildcards, on sequences of children that match them and sequences that do
//! not.
#![cfg(feature = "derive")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stderr, clippy::print_stdout)] // a failed test panics

use xsdgen_codec::{ErrorKind, Missing, NoteKind, ReadOptions, Xml};

/// The namespaces of the tests.
pub mod xmlns {
    xsdgen_codec::schema! { t = "urn:t"; }
}

/// Defines a type with the children a, b, c and others, and a content model.
macro_rules! model {
    ($Name:ident, $model:expr) => {
        #[derive(Clone, PartialEq, Xml)]
        #[xml(t, "t", model = $model)]
        pub struct $Name {
            #[xml(group)]
            pub content: Vec<Letter>,
        }
    };
}

/// A child element.
#[derive(Xml)]
#[xml(choice, t)]
pub enum Letter {
    #[xml("a")]
    A(()),
    #[xml("b")]
    B(()),
    #[xml("c")]
    C(()),
    #[xml(any = "##other:urn:t", process = lax)]
    Other(xsdgen_codec::AnyElement),
}

use xsdgen_codec::Particle as P;

const A: P = P::element(xmlns::t, "a");
const B: P = P::element(xmlns::t, "b");
const C: P = P::element(xmlns::t, "c");
const X: P = P::any("##other:urn:t");

model!(Nested, P::sequence(&[A.occurs(2, 3)]).occurs(2, 2));
model!(Choices, P::choice(&[A.occurs(2, 2), B, P::sequence(&[C, A.optional()])]).occurs(1, 3));
model!(Tail, P::sequence(&[P::sequence(&[A, B.optional()]).repeated(), C.occurs(0, 2), X.at_least(1)]));
model!(Everything, P::all(&[A, B.optional(), C]));
model!(Many, P::sequence(&[A.occurs(0, 1_000_000), B]).occurs(0, 1_000_000));
model!(Nothing, P::sequence(&[]));
model!(Never, P::sequence(&[A.occurs(0, 0), B]));
model!(Deep, P::choice(&[P::sequence(&[A.optional(), B.optional()]), P::sequence(&[C.at_least(2)])]));

#[track_caller]
fn check<T: Xml + std::fmt::Debug>(good: &[&str], bad: &[&str]) {
    let document = |word: &str| {
        let children: String =
            word.chars().map(|c| if c == 'x' { "<o:x xmlns:o='urn:o'/>".to_owned() } else { format!("<{c}/>") }).collect();
        format!("<t xmlns='urn:t'>{children}</t>")
    };
    for word in good {
        let xml = document(word);
        let value = T::from_xml_strict(xml.as_bytes()).unwrap_or_else(|error| panic!("{word}: {error}"));
        assert!(T::from_xml(xml.as_bytes()).is_ok());
        let again = value.to_xml_as("t:t").unwrap();
        assert_eq!(again.matches("</").count() + again.matches("/>").count(), xml.matches("/").count(), "{again}");
    }
    for word in bad {
        let error = T::read_xml(document(word).as_bytes(), &ReadOptions::strict()).expect_err(word);
        assert!(matches!(error.kind(), ErrorKind::UnexpectedElement | ErrorKind::Missing), "{word}: {error}");
    }
}

#[test]
fn nested_repetitions() {
    check::<Nested>(&["aaaa", "aaaaa", "aaaaaa"], &["", "a", "aa", "aaa", "aaaaaaa", "aab"]);
    check::<Choices>(
        &["b", "aa", "c", "ca", "caca", "cacac", "aaaa", "bbb", "caaa", "caaca", "aacb"],
        &["", "a", "aaa", "bbbb", "cacacac", "ab"],
    );
    check::<Many>(&["", "b", "aab", "aabbaaab"], &["a", "aaba", "c"]);
}

#[test]
fn the_rest() {
    check::<Tail>(&["x", "aaabx", "abcxx", "ccx", "acx"], &["", "a", "cccx", "bx", "cax", "abbx", "xa"]);
    check::<Everything>(&["ac", "ca", "bac", "cab", "abc"], &["", "a", "ab", "aac", "abcb", "acx"]);
    check::<Nothing>(&[""], &["a", "x"]);
    check::<Never>(&["b"], &["", "a", "ab", "bb"]);
    check::<Deep>(&["", "a", "b", "ab", "cc", "cccc"], &["ba", "c", "ac", "aa"]);
}

#[test]
fn long_words_take_little_time() {
    check::<Many>(&[&"aaab".repeat(20_000)], &[&format!("{}c", "aaab".repeat(5_000))]);
}

/// A type with an ambiguous content model: a, b, and a wildcard that also matches these.
#[derive(Clone, PartialEq, Xml)]
#[xml(t, "t")]
pub struct Ambiguous {
    #[xml("a")]
    pub a: Option<String>,
    #[xml("b")]
    pub b: Option<String>,
    #[xml(any = "##any", process = lax)]
    pub any: Vec<xsdgen_codec::AnyElement>,
}

/// A type with an ambiguous content model whose wildcard comes first.
#[derive(Clone, PartialEq, Xml)]
#[xml(t, "t")]
pub struct Backwards {
    #[xml(any = "##any", process = lax)]
    pub any: Vec<xsdgen_codec::AnyElement>,
    #[xml("a")]
    pub a: Option<String>,
}

#[test]
fn a_declared_element_takes_precedence_over_a_wildcard() {
    let xml = "<t xmlns='urn:t'><a>1</a><c/><a>2</a></t>";
    for options in [ReadOptions::strict(), ReadOptions::tolerant()] {
        let (read, notes) = Ambiguous::read_xml(xml.as_bytes(), &options).map(|read| (read.value, read.notes)).unwrap();
        assert_eq!((read.a.as_deref(), read.any.len(), notes.len()), (Some("1"), 2, 0), "{notes:?}");
        let written = read.to_xml_as("t:t").unwrap();
        assert!(written.contains("a>1</") && written.contains(">2</"), "{written}");
        let read = Backwards::read_xml(b"<t xmlns='urn:t'><c/><b/><a>2</a></t>", &options).unwrap().value;
        assert_eq!((read.a.as_deref(), read.any.len()), (Some("2"), 2));
    }
}

/// A type with two or three elements of the same name.
#[derive(Clone, PartialEq, Xml)]
#[xml(t, "pair")]
pub struct Pair {
    #[xml("side", min = 2, max = 3)]
    pub sides: Vec<String>,
}

#[test]
fn too_few_and_too_many() {
    let xml = |count: usize| format!("<p xmlns='urn:t'>{}</p>", "<side>x</side>".repeat(count));
    let noted = |count: usize| {
        let reading = Pair::read_xml(xml(count).as_bytes(), &ReadOptions::tolerant().missing(Missing::Blank)).unwrap();
        assert_eq!(reading.value.sides.len(), count);
        reading.notes.iter().map(|note| note.kind).collect::<Vec<_>>()
    };
    assert_eq!([1, 2, 3].map(noted), [vec![NoteKind::Missing], vec![], vec![]]);
    assert_eq!(Pair::from_xml(xml(1).as_bytes()).map_err(|error| error.kind()).err(), Some(ErrorKind::Missing));
    let strict = |count: usize| Pair::from_xml_strict(xml(count).as_bytes()).map_err(|error| error.kind());
    assert_eq!((strict(1).err(), strict(4).err()), (Some(ErrorKind::Missing), Some(ErrorKind::Repeated)));
    for count in 0..6 {
        let written = Pair { sides: vec!["x".to_owned(); count] }.to_xml_as("t:p").map_err(|error| error.to_string());
        let expected = match count {
            0 | 1 => Err(format!("the number of occurrences is {count}, the minimum is 2")),
            2 | 3 => Ok(xml(count)),
            _ => Err(format!("the number of occurrences is {count}, the maximum is 3")),
        };
        match (written, expected) {
            (Ok(written), Ok(_)) => assert_eq!(strict(count).unwrap(), Pair::from_xml(written.as_bytes()).unwrap()),
            (written, expected) => assert!(written.clone().unwrap_err().contains(&expected.unwrap_err()), "{count}: {written:?}"),
        }
    }
}
