//! Tests what errors say: the path with indices, the position, the value, what is allowed and the nearest name; and that all errors of a
//! document can be collected.
#![cfg(feature = "derive")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // a failed test panics

use xsdgen_codec::{Builtin, Error, ErrorKind, Form, ReadOptions, Records, SimpleType, Xml};

mod xmlns {
    xsdgen_codec::schema! { trim_text = false; t = "urn:t"; }
}

static CODE: SimpleType = SimpleType::of(Builtin::String).pattern("[A-Z]{3}").named("t:code");
static QUANTITY: SimpleType = SimpleType::of(Builtin::Int).min_inclusive("1").max_inclusive("99");
static TAGS: SimpleType = SimpleType::of(Builtin::Nmtokens);
static AMOUNT: SimpleType = SimpleType::of(Builtin::Decimal);

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Date(String);
xsdgen_codec::date_time! { Date = exact ["MM/DD/YYYY hh:mm:ss"] also []; }

#[derive(Debug, Clone, PartialEq, Xml)]
#[xml(t, "state")]
pub enum State {
    #[xml("OPEN")]
    Open,
    #[xml("CLOSED")]
    Closed,
    Other(String),
}

#[derive(Clone, PartialEq, Xml)]
#[xml(t, "order")]
pub struct Order {
    #[xml(attribute, "currency", facets = CODE)]
    pub currency: Option<String>,
    #[xml("state")]
    pub state: State,
    #[xml("placed")]
    pub placed: Option<Date>,
    #[xml("line", min = 1)]
    pub lines: Vec<Line>,
    #[xml("total", facets = AMOUNT)]
    pub total: Option<f64>,
}

#[derive(Clone, PartialEq, Xml)]
#[xml(t, "line")]
pub struct Line {
    #[xml("name")]
    pub name: String,
    #[xml("quantity", facets = QUANTITY)]
    pub quantity: i32,
    #[xml("tags", facets = TAGS)]
    pub tags: Option<xsdgen_codec::List<String>>,
}

fn order(content: &str) -> String {
    format!(
        "<o:order xmlns:o=\"urn:t\" currency=\"EUR\">\n{}</o:order>",
        content.replace("</", "</o:").replace('<', "<o:").replace("<o:/o:", "</o:")
    )
}

const LINE: &str = "<line><name>a</name><quantity>1</quantity></line>\n";

/// Reads by the fast paths and by the general path, which must agree.
fn read(xml: &str, options: &ReadOptions) -> Result<Order, Error> {
    let results = [true, false].map(|fast| Order::read_xml(xml.as_bytes(), &options.clone().fast(fast)));
    let [fast, slow] = &results;
    assert_eq!(format!("{fast:?}"), format!("{slow:?}"), "{xml}");
    let [fast, _] = results;
    fast.map(|reading| reading.value)
}

#[test]
fn an_error_says_where_what_and_what_is_allowed() {
    let state = "<state>OPEN</state>\n";
    let cases = [
        (
            order(&format!("{state}{LINE}{LINE}<line><name>a</name><quantity>100</quantity></line>")),
            "order/line[2]/quantity: breaks a facet: `100` is greater than maxInclusive 99 (line 5, column 27)",
        ),
        (
            order(&format!("{state}{LINE}<line><name>a</name><quantity>x</quantity></line>")),
            "order/line[1]/quantity: not a value of its type: `x` is not a literal of xs:int (line 4, column 27)",
        ),
        (
            order(&format!("{state}<line><name>a</name><quantity>1</quantity><tags>a b:c %</tags></line>")),
            "order/line/tags: not a value of its type: `a b:c %` is not a literal of xs:NMTOKENS (line 3, column 53)",
        ),
        (
            order(&format!("{state}{LINE}<totl>1</totl>")),
            "order/totl: unexpected element: o:totl is not allowed here: did you mean `total`? (line 4, column 1)",
        ),
        (
            order(&format!("{state}{LINE}<invoice/>")),
            "order/invoice: unexpected element: o:invoice is not allowed here: expected state, placed, line, total (line 4, column 1)",
        ),
        (
            order("<state>CLOSD</state>"),
            "order/state: breaks a facet: `CLOSD` is not one of OPEN, CLOSED; did you mean `CLOSED`? (line 2, column 1)",
        ),
        (
            order(&format!("{state}<placed>2015-07-09</placed>{LINE}")),
            "order/placed: not a value of its type: `2015-07-09` is not a date as MM/DD/YYYY hh:mm:ss (line 3, column 1)",
        ),
        (
            order(&format!("{state}{LINE}<total>1,5</total>")),
            "order/total: not a value of its type: `1,5` is not a literal of xs:decimal (line 4, column 1)",
        ),
        (
            order(&format!("{state}{LINE}")).replace("EUR", "euro"),
            "order/@currency: breaks a facet: `euro` does not match pattern [A-Z]{3} of t:code (line 1, column 1)",
        ),
        (
            order(&format!("{state}{LINE}")).replace("currency", "curency"),
            "order/@curency: unexpected attribute: the type has no attribute curency: did you mean `currency`? (line 1, column 1)",
        ),
        (order(state), "order/line: missing: the element line is required (line 1, column 1)"),
    ];
    for (xml, expected) in cases {
        let error = read(&xml, &ReadOptions::strict()).unwrap_err();
        assert_eq!(error.to_string(), expected, "{xml}");
        assert_eq!((format!("{error:?}"), format!("{error:#?}")), (error.to_string(), error.to_string()));
        assert_eq!(error.all().count(), 1);
    }
    // Tolerant reading rejects only what it cannot hold, and says the same about it.
    let xml = order(&format!("{state}{LINE}<line><name>a</name><quantity>x</quantity></line>"));
    let error = read(&xml, &ReadOptions::tolerant()).unwrap_err().to_string();
    assert!(
        error.starts_with("order/line[1]/quantity: not a value of its type: `x` is not a literal of xs:int (a whole number"),
        "{error}"
    );
}

#[test]
fn all_errors_are_collected() {
    let wrong = "<state>OPN</state><placed>later</placed>\n\
        <line><name>a</name><quantity>0</quantity></line>\n\
        <line><quantity>x</quantity><color/></line>\n\
        <odd><deep>1</deep></odd>\n\
        <line><name>c</name><quantity>5</quantity></line>\n\
        <total>y</total><total>1</total>\n";
    let xml = order(wrong).replace("EUR", "eur");
    let error = read(&xml, &ReadOptions::strict().all_errors(true)).unwrap_err();
    let found: Vec<(ErrorKind, &str, u32)> =
        error.all().map(|error| (error.kind(), error.path(), error.position().map_or(0, |it| it.line))).collect();
    let expected = [
        (ErrorKind::Facet, "order/@currency", 1),
        (ErrorKind::Facet, "order/state", 2),
        (ErrorKind::Value, "order/placed", 2),
        (ErrorKind::Facet, "order/line/quantity", 3),
        (ErrorKind::Missing, "order/line[1]/name", 4),
        (ErrorKind::Value, "order/line[1]/quantity", 4),
        (ErrorKind::UnexpectedElement, "order/line[1]/color", 4),
        (ErrorKind::UnexpectedElement, "order/odd", 5),
        (ErrorKind::Value, "order/total", 7),
        (ErrorKind::Repeated, "order/total[1]", 7),
    ];
    assert_eq!(found, expected, "{error}");
    assert_eq!(error.to_string().lines().count(), expected.len());
    // The first of them is the error that ends reading otherwise.
    let first = read(&xml, &ReadOptions::strict()).unwrap_err();
    assert_eq!(error.to_string().lines().next(), Some(&*first.to_string()));
    // An error after which nothing can be read is the last one.
    let cut = xml.replace("<o:total>1", "<o:total");
    let error = read(&cut, &ReadOptions::strict().all_errors(true)).unwrap_err();
    assert_eq!(error.all().last().map(Error::kind), Some(ErrorKind::Syntax), "{error}");
    assert_eq!(error.all().count(), expected.len());
    // A valid document has none.
    let valid = order(&format!("<state>OPEN</state>{LINE}"));
    assert!(read(&valid, &ReadOptions::strict().all_errors(true)).is_ok());
}

#[test]
fn each_record_of_a_stream_has_its_errors() {
    let list = order(&format!("{LINE}<line><quantity>x</quantity></line>{LINE}"));
    let options = ReadOptions::strict().all_errors(true);
    for step in [1, 1000] {
        let bytes = std::io::BufReader::with_capacity(step, list.as_bytes());
        let records = Records::<_, Line>::new(bytes, "order/line", &options).unwrap();
        let counts: Vec<_> = records.map(|record| record.map_or_else(|error| error.all().map(Error::kind).collect(), |_| vec![])).collect();
        assert_eq!(counts, [vec![], vec![ErrorKind::Missing, ErrorKind::Value], vec![]], "{step}");
    }
}

#[test]
fn errors_of_writing_have_indices() {
    let line = |quantity: i32| Line::new("a", quantity);
    let order = Order::new(State::Open, [line(1), line(2), line(0)]);
    for form in [Form::Qualified, Form::RootQualified] {
        let error = order.to_xml_as_with("t:order", &xsdgen_codec::WriteOptions::default().form(form)).unwrap_err();
        assert_eq!(error.to_string(), "order/line[2]/quantity: breaks a facet: `0` is less than minInclusive 1");
    }
    let error = Order::new(State::Other("OPENED".into()), [line(1)]).to_xml_as("t:order").unwrap_err();
    assert_eq!(
        error.to_string(),
        "order/state: breaks a facet: `OPENED` is not in enumeration OPEN, CLOSED of t:state; did you mean `OPEN`?"
    );
}
