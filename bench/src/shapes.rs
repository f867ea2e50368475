//! Generates the documents whose memory is measured: many small parts of one kind. Each has about the wanted number of bytes.

use std::fmt::Write as _;

/// A kind of document.
pub struct Shape {
    pub name: &'static str,
    root: &'static str,
    part: fn(&mut String, usize),
}

impl Shape {
    /// Generates a document of this many bytes.
    pub fn document(&self, bytes: usize) -> String {
        let mut xml = String::with_capacity(bytes + 4096);
        let _ = write!(xml, "<{} xmlns=\"urn:bench:shapes\" xmlns:o=\"urn:bench:other\">", self.root);
        let mut number = 0;
        while xml.len() < bytes {
            (self.part)(&mut xml, number);
            number += 1;
        }
        let _ = write!(xml, "</{}>", self.root);
        xml
    }
}

const fn shape(name: &'static str, root: &'static str, part: fn(&mut String, usize)) -> Shape {
    Shape { name, root, part }
}

/// All shapes.
pub const ALL: &[Shape] = &[
    shape("mixed: paragraphs of 60 bytes with five parts", "article", |to, i| {
        put(to, format_args!("<p>In <b>{i}</b> of <code>{i} cases</code> it holds, see there.</p>"))
    }),
    shape("mixed: paragraphs of 200 bytes with five parts", "article", |to, i| {
        put(to, format_args!("<p>{TEXT} <b>{i}</b> of <code>{i} cases</code> {TEXT}</p>"));
    }),
    shape("mixed: paragraphs without elements, 40 bytes", "article", |to, i| {
        put(to, format_args!("<p>A paragraph of text, number {i:>6}</p>"))
    }),
    shape("mixed: a paragraph with an element every 24 bytes", "article", |to, i| run(to, i, "<b>one</b> and another, ")),
    shape("mixed: a paragraph with an element every 9 bytes", "article", |to, i| run(to, i, "<b/>text ")),
    shape("mixed: an element every 4 bytes, no text", "article", |to, i| run(to, i, "<b/>")),
    shape("mixed: links with an attribute, 50 bytes", "article", |to, i| {
        run(to, i, "see <link href=\"http://example.com/\">there</link> ")
    }),
    shape("mixed: nested elements, 40 bytes", "article", |to, i| put(to, format_args!("<p>a<em>b{i}<em>c</em><b>d</b></em>e</p>"))),
    shape("pairs of elements, 16 bytes", "pairs", |to, i| put(to, format_args!("<k><a>{}</a></k>", i % 10))),
    shape("pairs of elements, 24 bytes", "pairs", |to, i| put(to, format_args!("<k><a>{}</a><b>2</b></k>", i % 10))),
    shape("pairs of elements, 40 bytes", "pairs", |to, i| put(to, format_args!("<k><a>key {i:06}</a><b>value 2</b></k>"))),
    shape("pairs of elements, 100 bytes", "pairs", |to, i| put(to, format_args!("<k><a>key {i:06}</a><b>{TEXT}</b></k>"))),
    shape("wildcard: elements of 4 bytes", "open", |to, _| to.push_str("<a/>")),
    shape("wildcard: elements of 6 bytes", "open", |to, _| to.push_str("<o:a/>")),
    shape("wildcard: elements of 16 bytes", "open", |to, i| put(to, format_args!("<o:a>{:05}</o:a>", i % 100_000))),
    shape("wildcard: elements of 38 bytes", "open", |to, i| {
        put(to, format_args!("<o:note of=\"{:03}\">remark {:06}</o:note>", i % 1000, i % 1_000_000))
    }),
    shape("wildcard: elements with a declaration, 68 bytes", "open", |to, i| {
        put(to, format_args!("<x:note xmlns:x=\"urn:bench:third\">remark number {:06}</x:note>", i % 1_000_000))
    }),
    shape("wildcard: elements of 2,000 bytes with children", "open", |to, i| {
        put(to, format_args!("<o:group n=\"{i}\">"));
        (0..40).for_each(|item| put(to, format_args!("<o:item n=\"{item}\">text of the item and more</o:item>")));
        to.push_str("</o:group>");
    }),
    shape("wildcard: elements of two namespaces in turn", "open", |to, i| {
        to.push_str(if i.is_multiple_of(2) { "<o:a>one</o:a>" } else { "<b>another</b>" })
    }),
    shape("attributes: one that a wildcard admits, 14 bytes", "marks", |to, i| put(to, format_args!("<m a=\"{:03}\"/>", i % 1000))),
    shape("attributes: two that a wildcard admits, 28 bytes", "marks", |to, i| {
        put(to, format_args!("<m o:a=\"{:03}\" b=\"{:05}\"/>", i % 1000, i % 100_000))
    }),
    shape("attributes: eight that a wildcard admits, 100 bytes", "marks", |to, i| {
        put(
            to,
            format_args!("<m a=\"{i:03}\" b=\"{i:03}\" c=\"{i:03}\" d=\"{i:03}\" e=\"{i:03}\" f=\"{i:03}\" g=\"{i:03}\" h=\"{i:03}\"/>"),
        );
    }),
    shape("attributes: two declared integers", "points", |to, i| put(to, format_args!("<t x=\"{}\" y=\"{}\"/>", i % 1000, i % 777))),
    shape("attributes: two declared strings", "labels", |to, i| put(to, format_args!("<l id=\"a{i}\" text=\"label number {i}\"/>"))),
    shape("attributes: a declared string of 1 byte", "labels", |to, i| put(to, format_args!("<l id=\"{}\"/>", i % 10))),
    shape("strings of 1 byte", "values", |to, i| put(to, format_args!("<s>{}</s>", i % 10))),
    shape("strings of 10 bytes", "values", |to, i| put(to, format_args!("<s>{:010}</s>", i))),
    shape("strings of 100 bytes", "values", |to, i| put(to, format_args!("<s>{TEXT} {TEXT:.36}{:010}</s>", i))),
    shape("strings with references", "values", |to, i| put(to, format_args!("<s>{i} &lt; {i} &amp; {i}</s>"))),
    shape("integers of 1 byte", "values", |to, i| put(to, format_args!("<n>{}</n>", i % 10))),
    shape("dates", "values", |to, i| put(to, format_args!("<d>2026-{:02}-{:02}</d>", i % 12 + 1, i % 28 + 1))),
    shape("decimals of 4 bytes", "values", |to, i| put(to, format_args!("<a>{}.{:02}</a>", i % 10, i % 100))),
    shape("booleans", "values", |to, i| put(to, format_args!("<f>{}</f>", i % 2))),
    shape("binary data, 60 bytes", "values", |to, _| to.push_str("<x>dGhlIHF1aWNrIGJyb3duIGZveCBqdW1wcyBvdmVyIHRoZSBsYXp5IGRvZw==</x>")),
    shape("lists of ten integers", "values", |to, i| put(to, format_args!("<i>{i} 1 2 3 4 5 6 7 8 9</i>"))),
    shape("enumerated values", "values", |to, i| put(to, format_args!("<c>{}</c>", ["red", "green", "blue"][i % 3]))),
    shape("nillable integers", "values", |to, i| put(to, format_args!("<o>{}</o>", i % 10))),
    shape("choices of a text, a number and a structure", "steps", |to, i| {
        put(to, format_args!("<say>{i}</say><wait>{}</wait><go><to>there</to></go>", i % 60))
    }),
    shape("nested elements, 20 in each of 20", "tree", |to, i| {
        put(to, format_args!("<node name=\"{i}\">"));
        (0..20).for_each(|child| put(to, format_args!("<node name=\"{child}\"/>")));
        to.push_str("</node>");
    }),
    shape("invoice lines (as in CII), 550 bytes", "invoice", |to, i| {
        put(
            to,
            format_args!(
                "<line><id>{i}</id><product><globalID scheme=\"0160\">4012345001235</globalID><sellerID>TB100A{i}</sellerID><name>Divider sheets A4</name></product>\
             <price><charge>9.90</charge></price><netPrice><charge>9.90</charge></netPrice><quantity scheme=\"H87\">20.0000</quantity>\
             <tax><type>VAT</type><category>S</category><rate>19.00</rate></tax><total>198.00</total></line>"
            ),
        );
    }),
    shape("invoice lines with a name only", "invoice", |to, i| {
        put(to, format_args!("<line><id>{i}</id><product><name>Divider sheets</name></product></line>"))
    }),
    shape("paths (as in SVG) of 22 bytes", "drawing", |to, i| put(to, format_args!("<path d=\"M0 0L{} 10\"/>", i % 90 + 10))),
    shape("paths of 120 bytes", "drawing", |to, i| put(to, format_args!("<path d=\"{DATA}\" id=\"p{i}\" fill=\"none\"/>"))),
    shape("paths of 300 bytes", "drawing", |to, i| {
        put(to, format_args!("<path style=\"fill:#000;stroke:#fff;stroke-width:1px\" d=\"{DATA}{DATA}{DATA}\" id=\"p{i}\"/>"))
    }),
    shape("one text", "article", |to, i| run(to, i, "Text without any element in it, as in a book. ")),
];

const TEXT: &str = "The quick brown fox jumps over the lazy dog, and that";
const DATA: &str = "m12,7c0.25,7 -12,12.5 7.75,-48c1.25,14 -9,11.5 7.75,-20c0.25,3 -4,19.5 7.75,-31";

fn put(to: &mut String, part: std::fmt::Arguments<'_>) {
    let _ = to.write_fmt(part);
}

/// Adds a part of one long paragraph. The paragraph begins at the first part, and ends with the document.
fn run(to: &mut String, number: usize, part: &str) {
    if number == 0 {
        to.push_str("<p>");
    } else {
        to.truncate(to.len() - "</p>".len());
    }
    to.push_str(part);
    to.push_str("</p>");
}
