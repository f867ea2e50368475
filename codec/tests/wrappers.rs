//! Tests fields that hold the list of an element of its own. They read, write and refuse the same documents as a struct for the element, with the same
//! messages.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a failed test panics")]
#![cfg(feature = "derive")]

use xsdgen_codec::{ReadOptions, WriteOptions, Xml as _};

#[allow(missing_docs)]
mod xmlns {
    xsdgen_codec::schema! { n = "urn:n"; }
}

#[allow(missing_docs, unreachable_pub)]
mod items {
    use super::xmlns;
    use xsdgen_codec::Xml;

    #[derive(Clone, PartialEq, Xml)]
    #[xml(n, "order")]
    pub struct Order {
        #[xml(attribute, "id")]
        pub id: Option<String>,
        #[xml("lines", items = "line", min = 1, max = 3)]
        pub lines: Option<Vec<Line>>,
        #[xml("codes", items = "code", facets = CODE)]
        pub codes: Vec<String>,
        #[xml("end")]
        pub end: Option<i32>,
    }

    pub static CODE: xsdgen_codec::SimpleType = xsdgen_codec::SimpleType::of(xsdgen_codec::Builtin::String).max_length(3);

    #[derive(Clone, PartialEq, Default, Xml)]
    #[xml(n, "line")]
    pub struct Line {
        #[xml("article")]
        pub article: String,
        #[xml("lines", items = "line")]
        pub lines: Option<Vec<Line>>,
    }
}

#[allow(missing_docs, unreachable_pub)]
mod structs {
    use super::items::CODE;
    use super::xmlns;
    use xsdgen_codec::Xml;

    #[derive(Clone, PartialEq, Xml)]
    #[xml(n, "order")]
    pub struct Order {
        #[xml(attribute, "id")]
        pub id: Option<String>,
        #[xml("lines")]
        pub lines: Option<Lines>,
        #[xml("codes")]
        pub codes: Codes,
        #[xml("end")]
        pub end: Option<i32>,
    }

    #[derive(Clone, PartialEq, Xml)]
    #[xml(n, "lines")]
    pub struct Lines {
        #[xml("line", min = 1, max = 3)]
        pub items: Vec<Line>,
    }

    #[derive(Clone, PartialEq, Xml)]
    #[xml(n, "codes")]
    pub struct Codes {
        #[xml("code", facets = CODE)]
        pub items: Vec<String>,
    }

    #[derive(Clone, PartialEq, Xml)]
    #[xml(n, "line")]
    pub struct Line {
        #[xml("article")]
        pub article: String,
        #[xml("lines")]
        pub lines: Option<Inner>,
    }

    #[derive(Clone, PartialEq, Xml)]
    #[xml(n, "lines")]
    pub struct Inner {
        #[xml("line")]
        pub items: Vec<Line>,
    }
}

/// The contents of an order: valid, invalid, and such as only tolerant reading accepts.
const CONTENTS: &[&str] = &[
    "<codes/>",
    "<lines><line><article>a</article></line></lines><codes><code>x</code><code>y</code></codes><end>1</end>",
    "<lines><line><article>a</article><lines/></line><line><article>b</article><lines><line><article>c</article></line></lines></line></lines><codes/>",
    "<lines/><codes/>",
    "<lines></lines><codes></codes>",
    "",
    "<lines><line><article>a</article></line></lines>",
    "<lines><line/></lines><codes/>",
    "<lines>text<line><article>a</article></line></lines><codes/>",
    "<lines x='1'><line><article>a</article></line></lines><codes/>",
    "<lines><line><article>1</article></line><line><article>2</article></line><line><article>3</article></line><line><article>4</article></line></lines><codes/>",
    "<codes><code>long</code></codes>",
    "<codes><code>x</code><other/></codes>",
    "<codes><code>x</code></codes><codes><code>y</code></codes>",
    "<codes/><lines><line><article>a</article></line></lines>",
    "<Lines><Line><article>a</article></Line></Lines><codes/>",
    "<codes><code><b/></code></codes>",
    "<lines><line><article>a</article></lines><codes/>",
    "<lines><!-- c --><line><article><![CDATA[a]]></article></line><?p?></lines><codes> <code>&#120;</code> </codes>",
];

fn documents() -> impl Iterator<Item = String> {
    let order = |content: &&str| format!("<order xmlns='urn:n' id='1'>{content}</order>");
    CONTENTS.iter().map(order)
}

/// What a document reads as: the written value with its notes, or the error.
fn outcome<T: xsdgen_codec::Xml>(document: &str, options: &ReadOptions) -> Result<[String; 4], String> {
    let reading = T::read_xml(document.as_bytes(), options).map_err(|error| format!("{error:?}"))?;
    let written = |options: &WriteOptions| format!("{:?}", reading.value.to_xml_as_with("n:order", options));
    let valid = format!("{:?}", reading.value.validate());
    Ok([written(&WriteOptions::default()), written(&WriteOptions::tolerant()), valid, format!("{:?}", reading.notes)])
}

#[test]
fn a_list_reads_and_writes_as_the_struct_does() {
    let (mut taken, mut refused) = (0, 0);
    for document in documents() {
        for options in [ReadOptions::tolerant(), ReadOptions::strict(), ReadOptions::tolerant().missing(xsdgen_codec::Missing::Blank)] {
            for options in [options.clone(), options.clone().fast(false), options.all_errors(true)] {
                let found = outcome::<items::Order>(&document, &options);
                assert_eq!(found, outcome::<structs::Order>(&document, &options), "{document}");
                *if found.is_ok() { &mut taken } else { &mut refused } += 1;
            }
        }
    }
    assert!(taken > 50 && refused > 50, "{taken} taken, {refused} refused");
}

#[test]
fn an_absent_list_is_not_an_empty_one() {
    let read = |content: &str| items::Order::from_xml(format!("<order xmlns='urn:n'>{content}</order>").as_bytes()).unwrap();
    let line = items::Line::new("a").with_lines(Vec::<items::Line>::new());
    assert_eq!(line.lines, Some(Vec::new()));
    assert_eq!(read("<codes/>"), items::Order::new(Vec::<String>::new()));
    let order = read("<lines><line><article>a</article><lines/></line></lines><codes><code>x</code><code>y</code></codes>");
    assert_eq!(order, items::Order::new(["x", "y"]).with_lines([line]));
    assert_eq!(format!("{order:?}"), r#"Order { lines: [Line { article: "a", lines: [] }], codes: ["x", "y"], .. }"#);
}

#[test]
fn an_error_names_the_item() {
    let order = items::Order::new(["x", "y", "long"]);
    assert_eq!(order.validate().unwrap_err().path(), "order/codes/code[2]");
}

#[cfg(feature = "serde")]
#[test]
fn json_is_that_of_the_struct() {
    for document in documents() {
        let (Ok(items), Ok(structs)) = (items::Order::from_xml(document.as_bytes()), structs::Order::from_xml(document.as_bytes())) else {
            continue;
        };
        let json = serde_json::to_string(&items).unwrap();
        assert_eq!(json, serde_json::to_string(&structs).unwrap());
        assert_eq!(serde_json::from_str::<items::Order>(&json).unwrap(), items);
    }
}
