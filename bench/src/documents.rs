//! Generates the documents of the benchmark, which are the same in every run. All texts are invented.

use std::fmt::Write as _;

/// The content of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Payload {
    Session,
    User,
    List,
    Questions,
    Ledger,
}

/// A document to read.
#[derive(Debug)]
pub struct Document {
    pub name: &'static str,
    pub payload: Payload,
    /// The number of records: the entries of a list, otherwise 1.
    pub records: usize,
    pub xml: String,
}

/// The way in which a list is written.
#[derive(Debug, Clone, Copy, Default)]
struct Spelling {
    indent: bool,
    prefix: Option<&'static str>,
    entities: bool,
    shuffled: bool,
    unknown: bool,
}

/// Returns all documents. Lists and questions have about the given number of bytes.
pub fn all(bytes: usize) -> Vec<Document> {
    let usual = Spelling::default();
    let lists = [
        ("list", usual),
        ("list, indented", Spelling { indent: true, ..usual }),
        ("list, other prefix", Spelling { prefix: Some("ns1"), ..usual }),
        ("list, default namespace", Spelling { prefix: Some(""), ..usual }),
        ("list, entities in 1 of 20 values", Spelling { entities: true, ..usual }),
        ("list, shuffled children", Spelling { shuffled: true, ..usual }),
        ("list, shuffled, entities, unknown elements", Spelling { shuffled: true, entities: true, unknown: true, ..usual }),
    ];
    let mut all = vec![
        Document { name: "small (session)", payload: Payload::Session, records: 1, xml: session() },
        Document { name: "mid (user)", payload: Payload::User, records: 1, xml: user() },
    ];
    for (name, spelling) in lists {
        let records = bytes / record_len(spelling);
        all.push(Document { name, payload: Payload::List, records, xml: list(records, spelling) });
    }
    let records = bytes / item(0).len();
    all.push(Document { name: "attributes and mixed content", payload: Payload::Questions, records, xml: questions(records) });
    let records = bytes / entry(0).len();
    all.push(Document { name: "dates, amounts, codes, facets", payload: Payload::Ledger, records, xml: ledger(records) });
    all
}

/// The documents of this module of which the memory is measured, and the functions that generate them for a number of bytes.
pub const LARGE: [(&str, fn(usize) -> String); 3] = [
    ("list of records with seven strings", |bytes| list(bytes / record_len(Spelling::default()), Spelling::default())),
    ("questions: attributes and mixed content", |bytes| questions(bytes / item(0).len())),
    ("ledger: dates, amounts, codes", |bytes| ledger(bytes / entry(0).len())),
];

fn record_len(spelling: Spelling) -> usize {
    let mut xml = String::new();
    (0..40).for_each(|i| record(&mut xml, i, spelling));
    xml.len() / 40
}

const HEADER: &str =
    "<serv:header><serv:response><serv:result>SUCCESS</serv:result><serv:gsbStatus>PRIMARY</serv:gsbStatus></serv:response></serv:header>";

/// Returns the text before the records of a list, in schema order.
pub fn list_start(prefix: &str) -> String {
    let (p, xmlns) =
        if prefix.is_empty() { (String::new(), "xmlns".to_owned()) } else { (format!("{prefix}:"), format!("xmlns:{prefix}")) };
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<serv:message xmlns:serv=\"urn:bench:service\">{HEADER}<serv:body>\
         <{p}lstRecordingResponse {xmlns}=\"urn:bench:ep\">"
    )
}

/// Returns the text after the records of a list.
pub fn list_end(prefix: &str, records: usize) -> String {
    let p = if prefix.is_empty() { String::new() } else { format!("{prefix}:") };
    format!(
        "<{p}matchingRecords><{p}total>{records}</{p}total><{p}returned>{records}</{p}returned><{p}startFrom>1</{p}startFrom></{p}matchingRecords>\
         </{p}lstRecordingResponse></serv:body></serv:message>"
    )
}

fn list(records: usize, spelling: Spelling) -> String {
    let prefix = spelling.prefix.unwrap_or("ep");
    let mut xml = list_start(prefix);
    (0..records).for_each(|i| record(&mut xml, i, spelling));
    xml + &list_end(prefix, records)
}

/// Appends a record in schema order, with the usual prefix.
pub fn plain_record(xml: &mut String, i: usize) {
    record(xml, i, Spelling::default());
}

fn record(xml: &mut String, i: usize, spelling: Spelling) {
    let p = match spelling.prefix {
        None => "ep:".to_owned(),
        Some("") => String::new(),
        Some(prefix) => format!("{prefix}:"),
    };
    let mut leaves: Vec<(&str, String)> = vec![
        ("recordingID", i.to_string()),
        ("hostWebExID", format!("host{i}@acme.com")),
        ("name", format!("Weekly sync {i}-20150804 1304-1")),
        ("description", "A recording of the weekly sync".to_owned()),
        ("createTime", format!("08/04/2015 13:04:{:02}", i % 60)),
        ("timeZoneID", "4".to_owned()),
        ("size", format!("{i}.5")),
        ("streamURL", format!("https://acme.webex.com/acme/ldr.php?RCID={:032x}", i * 7)),
        ("fileURL", format!("https://acme.webex.com/acme/lsr.php?RCID={:032x}", i * 13)),
        ("recordingType", "0".to_owned()),
        ("duration", (i * 3).to_string()),
        ("format", "ARF".to_owned()),
        ("serviceType", "MeetingCenter".to_owned()),
        ("passwordReq", "false".to_owned()),
        ("registrationReq", "false".to_owned()),
        ("confID", (1_000_000 + i).to_string()),
    ];
    if spelling.entities {
        // Four of five records have one such value among their sixteen.
        if !i.is_multiple_of(5) {
            leaves[3].1.push_str(" &amp; more");
        }
    }
    if spelling.shuffled {
        leaves.rotate_left(i % 16);
        leaves.swap(2, 9);
        leaves.swap(i * 7 % 16, i * 11 % 16);
    }
    if spelling.unknown {
        leaves.insert(5, ("later", "new in this release".to_owned()));
    }
    let (line, end) = if spelling.indent { ("\n          ", "\n        ") } else { ("", "") };
    let _ = write!(xml, "{end}<{p}recording>");
    for (name, text) in leaves {
        let _ = write!(xml, "{line}<{p}{name}>{text}</{p}{name}>");
    }
    let _ = write!(xml, "{end}</{p}recording>");
}

fn item(i: usize) -> String {
    let mut xml = format!(
        "<qti:item ident=\"item-{i}\" title=\"Question number {i}\" maxattempts=\"{}\"><qti:presentation label=\"page {}\">\
         <qti:mattext texttype=\"text/html\" charset=\"utf-8\">Which <qti:em style=\"bold\">of these</qti:em> is the value of \
         <qti:code>{i} &lt;&lt; 2</qti:code> when <qti:em>no</qti:em> bit is lost?</qti:mattext>\
         <qti:response_lid ident=\"answer\" rcardinality=\"Single\" rtiming=\"false\">",
        i % 3 + 1,
        i / 10
    );
    for (at, label) in ["A", "B", "C", "D"].into_iter().enumerate() {
        let _ = write!(
            xml,
            "<qti:response_label ident=\"{label}\" rshuffle=\"true\"><qti:mattext texttype=\"text/plain\">It is <qti:code>{}</qti:code>, \
             as shown</qti:mattext></qti:response_label>",
            i * (at + 1)
        );
    }
    let _ = write!(
        xml,
        "</qti:response_lid></qti:presentation><qti:setvar varname=\"SCORE\" action=\"Set\">{}</qti:setvar></qti:item>",
        i % 10
    );
    xml
}

fn questions(items: usize) -> String {
    let body: String = (0..items).map(item).collect();
    format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<qti:questestinterop xmlns:qti=\"urn:bench:qti\">{body}</qti:questestinterop>")
}

fn entry(i: usize) -> String {
    const STATUS: [&str; 3] = ["BOOKED", "PENDING", "REVERSED"];
    const CURRENCY: [&str; 6] = ["EUR", "USD", "JPY", "GBP", "CHF", "ZAR"];
    let (currency, digest) = (CURRENCY[i % 6], "MjAyNi0xMS0yNFQxMDowMDowMFo0MjE3");
    format!(
        "<led:entry number=\"{i}\"><led:status>{}</led:status><led:booked>2026-{:02}-{:02}</led:booked>\
         <led:settled>2026-{:02}-{:02}T{:02}:{:02}:{:02}.250Z</led:settled><led:amount currency=\"{currency}\">{}.{:02}</led:amount>\
         <led:charges currency=\"{currency}\">{}.50</led:charges><led:rate>1.{:04}</led:rate><led:debtor>Trading company number {}</led:debtor>\
         <led:debtorAccount>DE44{:018}</led:debtorAccount><led:creditor>Supplier of part {}</led:creditor>\
         <led:creditorAccount>FR14{:023}</led:creditorAccount><led:lines>{}</led:lines><led:digest>{digest}</led:digest></led:entry>",
        STATUS[i % 3],
        i % 12 + 1,
        i % 28 + 1,
        i % 12 + 1,
        i % 28 + 1,
        i % 24,
        i % 60,
        i * 7 % 60,
        i * 17,
        i % 100,
        i % 10,
        i % 10_000,
        i % 977,
        i * 31,
        i % 613,
        i * 37,
        i % 9999 + 1,
    )
}

fn ledger(entries: usize) -> String {
    let body: String = (0..entries).map(entry).collect();
    format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<led:ledger xmlns:led=\"urn:bench:ledger\">{body}</led:ledger>")
}

/// Returns XML for an outline with one `name=text` pair per line. The line `name{` opens an element and `}` closes it.
fn outline(prefix: &str, text: &str) -> String {
    let (mut xml, mut open) = (String::new(), Vec::new());
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let indent = "  ".repeat(open.len() + 3);
        if line == "}" {
            if let Some(name) = open.pop() {
                let _ = writeln!(xml, "{}</{prefix}:{name}>", "  ".repeat(open.len() + 3));
            }
        } else if let Some(name) = line.strip_suffix('{') {
            let _ = writeln!(xml, "{indent}<{prefix}:{name}>");
            open.push(name);
        } else if let Some((name, value)) = line.split_once('=') {
            let _ = writeln!(xml, "{indent}<{prefix}:{name}>{value}</{prefix}:{name}>");
        }
    }
    xml
}

fn message(prefix: &str, name: &str, inner: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<serv:message xmlns:serv=\"urn:bench:service\">\n  {HEADER}\n  <serv:body>\n    \
         <{prefix}:{name} xmlns:{prefix}=\"urn:bench:{prefix}\">\n{inner}    </{prefix}:{name}>\n  </serv:body>\n</serv:message>\n"
    )
}

fn session() -> String {
    message("ep", "getSessionInfoResponse", &outline("ep", include_str!("session.txt")))
}

fn user() -> String {
    message("use", "getUserResponse", &outline("use", include_str!("user.txt")))
}
