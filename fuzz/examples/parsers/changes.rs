//! Random documents: those of the table of `codec/tests/conformance`, changed a few times.

use crate::table::{ALL, ENCODED, ENTITIES};

/// A small random number generator (xorshift64*).
pub struct Random(pub u64);

impl Random {
    pub fn next(&mut self, below: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33) as usize % below.max(1)
    }
}

/// Documents with several constructs, into which others are put.
const LARGE: [&str; 6] = [
    "<?xml version='1.0' encoding='UTF-8'?>\n<!-- c --><!DOCTYPE a [<!ELEMENT a (b|c)*><!ATTLIST a d CDATA #IMPLIED>]>\n<a d='1' e=\"2\"><b>x &amp; y</b><c/></a>\n",
    "<a xmlns='x:u' xmlns:p='x:v' p:b='1' b='2'><p:c xmlns:q='x:w' q:d='&lt;'>t<q:e/><![CDATA[<&>]]></p:c><f xmlns=''>&#65;</f></a>",
    "<a>\r\n\t<b c='x\ty\nz'/>\r<?p i?><!-- - -->\n  mixed <d>content</d> &gt; \u{E9}\u{1F600}</a>",
    "<p:a xmlns:p='http://a/'><p:b><p:c d='1'><p:b/></p:c></p:b></p:a><?end?>",
    "<a><b><c><d e='' f='g'>h</d></c></b><b/><b></b>]]&gt;&quot;&apos;</a><!---->",
    "<!DOCTYPE a PUBLIC 'p' 'u' [\n<!NOTATION n SYSTEM 's'><?p?><!-- x -->\n<!ELEMENT b EMPTY><!ATTLIST b c (x|y) 'x' id ID #REQUIRED>]><a><b id='i'/></a>",
];

/// What is put into documents.
const PIECES: [&str; 64] = [
    "<",
    ">",
    "/",
    "&",
    ";",
    "'",
    "\"",
    "=",
    "!",
    "?",
    "-",
    "[",
    "]",
    " ",
    "\t",
    "\n",
    "\r\n",
    ":",
    "#",
    "x",
    "a",
    "\u{E9}",
    "\u{B7}",
    "\u{0}",
    "\u{FFFF}",
    "\u{A0}",
    "\u{FEFF}",
    "&amp;",
    "&#65;",
    "&#x0;",
    "&e;",
    "]]>",
    "<![CDATA[x]]>",
    "<!--c-->",
    "--",
    "<?p i?>",
    "<?xml version='1.0'?>",
    "<b/>",
    "</b>",
    "<b>",
    "<p:b/>",
    "p:",
    "q:",
    " b='1'",
    " p:b='2'",
    " q:b='2'",
    " xmlns='x:v'",
    " xmlns=''",
    " xmlns:p='x:v'",
    " xmlns:q='x:v'",
    " xml:lang='de'",
    " a",
    "a=",
    "<!DOCTYPE a>",
    "<!ELEMENT b ANY>",
    "<!ATTLIST b c CDATA 'd'>",
    "<!ENTITY e 'x'>",
    "%p;",
    "(b|c)*",
    "#PCDATA",
    " SYSTEM 'u'",
    "encoding='UTF-16'",
    "encoding='ISO-8859-1'",
    "standalone='yes'",
];

/// What may stand between tags.
const CONTENT: [&str; 20] = [
    "x",
    " ",
    "\r\n",
    "\r",
    "\t\u{85}",
    "&amp;&#13;&#x20;",
    "<b/>",
    "<b c='\n'/>",
    "<p:b/>",
    "<xml:b/>",
    "<b xmlns=''/>",
    "<b xmlns='x:v'><c/></b>",
    "<q:b xmlns:q='x:v' q:c='&#9;'/>",
    "<!-- c -->",
    "<?p  i ?>",
    "<![CDATA[<&]]]]>",
    "<![CDATA[]]>",
    "\u{E9}\u{10FFFF}",
    "]]&gt;",
    "\u{2028}\u{FEFF}",
];

/// What may stand in start tags.
const ATTRIBUTES: [&str; 12] = [
    " f='1'",
    " f=\"'\" ",
    "\nf = '&quot;'",
    " xml:lang='de'",
    " xml:space='preserve'",
    " xmlns='x:w'",
    " xmlns=''",
    " xmlns:r='x:w'",
    " xmlns:p='x:w'",
    " p:f='1'",
    " f='a\tb\r\nc&#10;d  e'",
    "  ",
];

/// Returns all documents of the table.
pub fn table() -> Vec<Vec<u8>> {
    let groups = ALL.iter().copied().flatten().chain([&ENTITIES]);
    let documents = groups.flat_map(|group| group.good.iter().chain(group.bad).map(|text| group.document(text).into_bytes()));
    documents.chain(ENCODED.iter().map(|(_, bytes, _)| bytes.to_vec())).chain(LARGE.iter().map(|text| text.as_bytes().to_vec())).collect()
}

/// Returns a document with a few changes.
pub fn changed(table: &[Vec<u8>], random: &mut Random) -> Vec<u8> {
    let mut xml = match random.next(3) {
        0 => table[random.next(table.len())].clone(),
        _ => LARGE[random.next(LARGE.len())].as_bytes().to_vec(),
    };
    for _ in 0..=random.next(3) {
        match random.next(5) {
            0 | 1 => insert(&mut xml, b">", &CONTENT, random),
            2 => insert(&mut xml, b"/ >", &ATTRIBUTES, random),
            _ => change(&mut xml, table, random),
        }
        if random.next(2) == 0 {
            break;
        }
    }
    xml
}

/// Inserts a piece behind a `>`, or before another of these bytes: often, the document stays well-formed.
fn insert(xml: &mut Vec<u8>, near: &[u8], pieces: &[&str], random: &mut Random) {
    let places: Vec<usize> = (0..xml.len()).filter(|at| near.contains(&xml[*at])).collect();
    let Some(at) = places.get(random.next(places.len())) else { return };
    let at = at + usize::from(near == b">");
    xml.splice(at..at, pieces[random.next(pieces.len())].bytes());
}

fn change(xml: &mut Vec<u8>, table: &[Vec<u8>], random: &mut Random) {
    // Most changes are next to markup, where they have the most effect.
    let mut at = random.next(xml.len() + 1);
    if random.next(3) > 0 {
        at += xml.get(at..).unwrap_or_default().iter().position(|byte| b"<>='\"&".contains(byte)).unwrap_or(0);
        at = (at + random.next(2)).min(xml.len());
    }
    let to = (at + 1 + random.next(8)).min(xml.len());
    let piece = PIECES[random.next(PIECES.len())].as_bytes();
    match random.next(8) {
        0..=2 => drop(xml.splice(at..at, piece.iter().copied())),
        3 => drop(xml.splice(at..to, piece.iter().copied())),
        4 => drop(xml.drain(at..to)),
        5 => {
            let copy = xml.get(at..to).unwrap_or_default().to_vec();
            let there = random.next(xml.len() + 1);
            xml.splice(there..there, copy);
        }
        6 => {
            let other = &table[random.next(table.len())];
            xml.splice(at..at, other.iter().copied());
        }
        _ => {
            if let Some(byte) = xml.get_mut(at) {
                *byte = random.next(256) as u8;
            }
        }
    }
}
