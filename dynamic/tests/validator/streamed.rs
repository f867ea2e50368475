//! Documents that are read window by window have the same verdicts, errors and notes as those that are read as a whole, whatever the size of the
//! window and of the pieces that the reader provides.

use std::io::{BufRead, Read};

use xsdgen_codec::decode_text;
use xsdgen_dynamic::{ErrorKind, Missing, Notes, Position, ReadOptions, Result, SourceLine, Validator};

/// A reader that provides a few bytes at a time.
struct Pieces<'a>(&'a [u8], usize);

impl Read for Pieces<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let piece = self.fill_buf()?;
        let len = piece.len().min(buffer.len());
        buffer[..len].copy_from_slice(&piece[..len]);
        self.consume(len);
        Ok(len)
    }
}

impl BufRead for Pieces<'_> {
    fn fill_buf(&mut self) -> std::io::Result<&[u8]> {
        Ok(&self.0[..self.1.min(self.0.len())])
    }

    fn consume(&mut self, bytes: usize) {
        self.0 = &self.0[bytes..];
    }
}

/// What is told about a document: the errors, or the notes.
fn told(result: &Result<Notes>) -> Vec<String> {
    match result {
        Ok(notes) => notes.iter().map(|note| format!("note {note} {:?} {:?}", note.position, note.text)).collect(),
        Err(error) => error.all().map(|it| format!("{:?} {} {:?} {}", it.kind(), it.path(), it.position(), it.message())).collect(),
    }
}

/// Returns in which modes and windows a document is judged differently from the whole document.
pub(crate) fn differences(validator: &Validator, xml: &[u8], sizes: &[(usize, usize)]) -> Vec<String> {
    let mut found = Vec::new();
    for options in modes().into_iter().take(4) {
        let whole = validator.check_with(xml, &options);
        for (window, piece) in sizes {
            let streamed = validator.check_reader(Pieces(xml, *piece), &options.clone().window(*window));
            let is_encoding =
                |result: &Result<Notes>| result.as_ref().err().is_some_and(|error| error.all().any(|it| it.kind() == ErrorKind::Encoding));
            // Errors before a wrong byte are reported in windows only.
            if !(is_encoding(&whole) && streamed.is_err()) && told(&streamed) != told(&whole) {
                found.push(format!("window {window}: {streamed:?}, and not {whole:?}"));
            }
        }
    }
    found
}

/// Returns the options with which documents are compared.
fn modes() -> Vec<ReadOptions> {
    let tolerant = ReadOptions::tolerant().missing(Missing::Blank);
    vec![
        ReadOptions::strict(),
        ReadOptions::strict().all_errors(true),
        ReadOptions::strict().all_errors(true).fast(false),
        tolerant.clone(),
        tolerant.clone().undeclared_prefixes(true).bare_ampersands(true),
        tolerant.fast(false).all_errors(true),
    ]
}

/// Checks that the line that is kept with an error or a note has the text at its position.
fn lines_fit(xml: &[u8], result: &Result<Notes>) {
    let Ok(text) = decode_text(xml, &ReadOptions::tolerant()) else { return };
    let fits = |position: Option<Position>, line: Option<&SourceLine>| {
        let (Some(position), Some(line)) = (position, line) else { return };
        let rest = text[position.offset..].split('\n').next().unwrap_or_default();
        let shown: String = line.text().chars().skip((position.column - line.column()) as usize).collect();
        assert!(rest.starts_with(&shown), "{position}: {shown:?} is not {rest:?}");
    };
    match result {
        Ok(notes) => notes.iter().enumerate().for_each(|(at, note)| fits(Some(note.position), notes.source_line(at))),
        Err(error) => error.all().for_each(|error| fits(error.position(), error.source_line())),
    }
}

/// Compares reading in windows of these sizes with reading as a whole.
pub(crate) fn compare_with(validator: &Validator, xml: &[u8], sizes: &[(usize, usize)]) {
    for options in modes() {
        let whole = told(&validator.check_with(xml, &options));
        for (window, piece) in sizes {
            let result = validator.check_reader(Pieces(xml, *piece), &options.clone().window(*window));
            lines_fit(xml, &result);
            let streamed = told(&result);
            assert_eq!(streamed, whole, "window {window}, pieces of {piece}, {options:?}:\n{}", String::from_utf8_lossy(xml));
        }
    }
}

fn compare(validator: &Validator, xml: &str) {
    let sizes: Vec<(usize, usize)> = [(1, 1), (7, 3), (40, 16), (64, 1000), (200, 50), (1000, 1000)].into();
    compare_with(validator, xml.as_bytes(), &sizes);
}

const SCHEMA: &str = "targetNamespace='urn:o' xmlns='urn:o' elementFormDefault='qualified'>
    <xs:element name='root'><xs:complexType><xs:sequence>
      <xs:element name='head' type='headType' minOccurs='0'/>
      <xs:choice minOccurs='0' maxOccurs='unbounded'>
        <xs:element name='order' type='orderType'/>
        <xs:element name='shape' type='shapeType' nillable='true'/>
        <xs:element name='para' type='paraType'/>
        <xs:sequence><xs:element name='key' type='xs:NCName'/><xs:element name='value' type='orderType'/></xs:sequence>
        <xs:element name='tree' type='treeType'/>
        <xs:element name='all' type='allType'/>
        <xs:element name='many' type='manyType'/>
      </xs:choice>
      <xs:any namespace='##other' processContents='lax' minOccurs='0' maxOccurs='unbounded'/>
    </xs:sequence></xs:complexType></xs:element>
    <xs:complexType name='headType'><xs:sequence>
      <xs:element name='title' type='xs:token' maxOccurs='3'/>
      <xs:element name='state' minOccurs='0' default='NEW'><xs:simpleType><xs:restriction base='xs:token'><xs:enumeration value='NEW'/><xs:enumeration value='OLD'/></xs:restriction></xs:simpleType></xs:element>
      <xs:element name='empty' minOccurs='0'><xs:complexType><xs:attribute name='id' type='xs:ID'/></xs:complexType></xs:element>
    </xs:sequence><xs:attribute name='id' type='xs:ID'/></xs:complexType>
    <xs:complexType name='orderType'><xs:sequence>
      <xs:element name='item' maxOccurs='4'><xs:complexType><xs:simpleContent><xs:extension base='sku'>
        <xs:attribute name='count' type='xs:positiveInteger' use='required'/><xs:attribute name='ref' type='xs:IDREF'/>
      </xs:extension></xs:simpleContent></xs:complexType></xs:element>
      <xs:choice><xs:element name='card' type='xs:string'/><xs:element name='invoice' nillable='true' type='xs:date'/>
        <xs:sequence maxOccurs='2'><xs:element name='a' type='xs:int'/><xs:element name='b' type='orderType' minOccurs='0'/></xs:sequence></xs:choice>
      <xs:any namespace='##other' processContents='strict' minOccurs='0'/>
    </xs:sequence><xs:attribute name='id' type='xs:ID'/></xs:complexType>
    <xs:simpleType name='sku'><xs:restriction base='xs:string'><xs:pattern value='[A-Z]{2}[0-9]+'/></xs:restriction></xs:simpleType>
    <xs:complexType name='shapeType' abstract='true'><xs:attribute name='name' type='xs:NCName'/></xs:complexType>
    <xs:complexType name='circle'><xs:complexContent><xs:extension base='shapeType'><xs:sequence>
      <xs:element name='radius' type='xs:int'/><xs:element name='in' type='shapeType' minOccurs='0' maxOccurs='unbounded'/>
    </xs:sequence></xs:extension></xs:complexContent></xs:complexType>
    <xs:complexType name='paraType' mixed='true'><xs:choice minOccurs='0' maxOccurs='unbounded'>
      <xs:element name='em' type='xs:string'/><xs:element name='para' type='paraType'/><xs:element name='fixed' type='paraType' fixed='yes'/>
    </xs:choice></xs:complexType>
    <xs:complexType name='treeType'><xs:sequence>
      <xs:group ref='branches' minOccurs='0' maxOccurs='unbounded'/>
    </xs:sequence></xs:complexType>
    <xs:group name='branches'><xs:sequence>
      <xs:element name='left' type='treeType'/><xs:choice><xs:element name='right' type='treeType'/><xs:group ref='leaves'/></xs:choice>
    </xs:sequence></xs:group>
    <xs:group name='leaves'><xs:sequence><xs:element name='leaf' type='xs:int' maxOccurs='unbounded'/><xs:element name='end' type='xs:string' minOccurs='0'/></xs:sequence></xs:group>
    <xs:complexType name='allType'><xs:all>
      <xs:element name='one' type='xs:int'/><xs:element name='two' type='orderType' minOccurs='0'/><xs:element name='three' type='xs:anyType' minOccurs='0'/>
    </xs:all></xs:complexType>
    <xs:complexType name='manyType'><xs:choice>
      <xs:element name='n' type='xs:int' maxOccurs='5'/><xs:element name='record' type='headType' maxOccurs='unbounded'/>
    </xs:choice></xs:complexType>
    <xs:element name='global' type='orderType'/>";

const KEYS: &str = ">
    <xs:element name='root'>
      <xs:complexType><xs:sequence><xs:element name='list' maxOccurs='unbounded'>
        <xs:complexType><xs:sequence><xs:element name='e' maxOccurs='unbounded'>
          <xs:complexType><xs:sequence><xs:element name='v' type='xs:decimal' minOccurs='0'/></xs:sequence>
            <xs:attribute name='id' type='xs:int'/><xs:attribute name='of' type='xs:int'/></xs:complexType>
        </xs:element></xs:sequence></xs:complexType>
        <xs:unique name='u'><xs:selector xpath='e'/><xs:field xpath='v'/></xs:unique>
      </xs:element></xs:sequence></xs:complexType>
      <xs:key name='k'><xs:selector xpath='list/e'/><xs:field xpath='@id'/></xs:key>
      <xs:keyref name='r' refer='k'><xs:selector xpath='.//e'/><xs:field xpath='@of'/></xs:keyref>
    </xs:element>";

/// Pieces of which documents for `SCHEMA` are made, valid and invalid ones.
const PIECES: &[&str] = &[
    "<head id='h'><title> One\n two </title><title><![CDATA[x<y]]>&amp;&#65;</title><state/><empty id='e1'/></head>\n",
    "<order id='o1'><item count='1' ref='o2'>AB12</item>\n  <item count='2'>CD3</item><card>x&lt;y</card></order>\n",
    "<order id='o2'><item count='1' ref='none'>AB12</item><invoice xsi:nil='true'/></order>",
    "<order><item count='0'>ab</item><item>AB1</item><item count='1'>A</item><item count='1'>AB1</item><item count='1'>AB1</item><invoice>soon</invoice></order>\n",
    "<order id='o1'><item count='1'>AB12</item><a>1</a><b><item count='3'>XY9</item><card/></b><a>2</a></order>\n\n",
    "<order><item count='1'>AB12</item><a>x</a><a>2</a><b><item count='3'>?</item><card><deep><er/></deep></card></b></order>",
    "<order><item count='1'>AB12</item><card>1</card><x:any xmlns:x='urn:x'><x:y>text</x:y></x:any></order>",
    "<order><item count='1'>AB12</item><card>1</card><card>2</card><nothing at='all'><of>it</of> is <known/></nothing></order>",
    "<!-- a comment with <tags> and more --><?target with <data> ?>\n",
    "<shape xsi:type='circle' name='n'><radius>1</radius><in xsi:type='circle'><radius>x</radius></in><in xsi:type='square'><a>b</a></in><in/></shape>",
    "<shape xsi:nil='true' name='1'/><shape xsi:nil='true' xsi:type='circle'><radius>1</radius></shape>\n",
    "<para>Some <em>text</em> and <para>more &amp; <!-- note --> more <em/></para> <fixed>yes</fixed><fixed>no</fixed><b>bold</b></para>",
    "<key>k</key><value><item count='5'>AA1</item><card/></value><key>1k</key><value><item count='5'>AA1</item></value>\n",
    "<key>k</key><key>k</key><value/>",
    "<tree><left><left/><right/></left><right/><left/><leaf>1</leaf><leaf>x</leaf><leaf>3</leaf><end/><left/><right><left/><leaf>7</leaf></right></tree>",
    "<tree><right/><left/><left/></tree><tree><left><oops>1</oops></left><leaf>1</leaf></tree>",
    "<all><three a='b'><x><y/></x>text</three><one>1</one><two><item count='1'>AB1</item><card/></two></all>",
    "<all><two><item count='1'>AB1</item><card/></two><two/><four/></all>",
    "<many><n>1</n><n>2</n><n>x</n><n>4</n><n>5</n><n>6</n></many>",
    "<many><record id='r1'><title>a</title></record><record><title>b</title><title>b</title><title>b</title><title>b</title></record><record/></many>",
    "<ORDER><item count='1'>AB12</item><Card/></ORDER>",
    "stray text\n",
    "<p:order xmlns:p='urn:o'><p:item count='1'>AB12</p:item><p:card/></p:order>",
    "<u:order><u:item count='1'>AB12</u:item><u:card/></u:order>",
    "<many xmlns:q='urn:o'><q:record><title xmlns='urn:o'>a</title></q:record></many>",
    "<order><item count='1'>AB &amp AB</item></order>",
    "<unknown><!-- big --><order><item>AB12</item></order><a/><b/>text<c><d>e</d></c></unknown>\n",
    "<para><fixed>yes <em>and</em> more <em>than</em> that</fixed></para>\n",
    "<order><item count='1'>AB12</item><card>caf\u{e9} \u{1F600} ]] ></card></order>\r\n",
];

const END: &[&str] = &[
    "<y:other xmlns:y='urn:y'><y:in>1</y:in></y:other><g:global xmlns:g='urn:o'><g:item count='1'>AB12</g:item><g:card/></g:global>",
    "<w xmlns='urn:w' xmlns:o='urn:o'><o:global><o:item count='0'>AB12</o:item></o:global></w>",
];

fn document(content: &str) -> String {
    format!(
        "<?xml version='1.0'?>\n<!-- first -->\n<root xmlns='urn:o' xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance'>\n{content}</root>\n<!-- last -->\n"
    )
}

#[test]
fn each_piece_is_judged_as_in_a_whole_document() {
    let validator = super::validator(SCHEMA);
    for piece in PIECES.iter().chain(END) {
        compare(&validator, &document(piece));
        compare(&validator, &document(&format!("{piece}{piece}")));
    }
}

#[test]
fn mixtures_of_pieces_are_judged_as_whole_documents() {
    let validator = super::validator(SCHEMA);
    let mut state = 1_u64;
    let mut random = |below: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(state >> 33).unwrap() % below
    };
    for _ in 0..30 {
        let mut content = String::new();
        for _ in 0..random(12) {
            content.push_str(PIECES[random(PIECES.len())]);
        }
        if random(2) == 0 {
            content.push_str(END[random(END.len())]);
        }
        let sizes = [(1 + random(30), 1 + random(10)), (1 + random(300), 1 + random(100)), (1 + random(2000), 1 + random(2000))];
        compare_with(&validator, document(&content).as_bytes(), &sizes);
    }
}

#[test]
fn every_cut_of_a_document_is_judged_alike() {
    let validator = super::validator(SCHEMA);
    let xml = document(&PIECES[..4].concat());
    for cut in (0..xml.len()).filter(|at| xml.is_char_boundary(*at)) {
        compare_with(&validator, &xml.as_bytes()[..cut], &[(16, 5)]);
    }
}

#[test]
fn keys_hold_across_windows() {
    let validator = super::validator(KEYS);
    let list = |from: u32, to: u32, more: &str| {
        let all: String = (from..to).map(|n| format!("<e id='{n}' of='{}'><v>{}</v></e>\n", n / 2, n % 7)).collect();
        format!("<list>{all}{more}</list>")
    };
    for more in
        ["", "<e id='3'/>", "<e id='77' of='99'/>", "<e/>", "<e id='x'/>", "<e id='70'><v>1.0</v></e>", "<e id='71'><v>1</v><v>1</v></e>"]
    {
        let xml = format!("<root>{}{}{}</root>", list(0, 5, ""), list(5, 12, more), list(20, 24, ""));
        compare(&validator, &xml);
    }
}

#[test]
fn encodings_are_streamed() {
    let validator = super::validator(SCHEMA);
    let text = document(&[PIECES[0], PIECES[3], PIECES[28]].concat());
    let utf16 = |unit: fn(u16) -> [u8; 2], mark: [u8; 2]| mark.into_iter().chain(text.encode_utf16().flat_map(unit)).collect::<Vec<u8>>();
    let with_mark = [b"\xEF\xBB\xBF", text.as_bytes()].concat();
    let latin = text.replacen("'?>", "' encoding='ISO-8859-1'?>", 1).chars().map(|c| u8::try_from(u32::from(c)).unwrap_or(b'?')).collect();
    for xml in [utf16(u16::to_le_bytes, [0xFF, 0xFE]), utf16(u16::to_be_bytes, [0xFE, 0xFF]), with_mark, latin] {
        compare_with(&validator, &xml, &[(1, 1), (33, 7), (300, 64)]);
    }
}

#[test]
fn a_document_type_declaration_and_a_long_prolog_are_read() {
    let validator = super::validator(SCHEMA);
    for prolog in [
        "<!DOCTYPE root [ <!ELEMENT root ANY> <!-- > --> <!ATTLIST root a CDATA 'x>y'> ]>\n",
        "<!DOCTYPE root [ <!ENTITY e 'text'> ]>",
        "<!DOCTYPE root SYSTEM 'root.dtd'><?pi?>",
        "<!-- one --><?two?><!-- three -->\n\n",
        "<!DOCTYPE",
        "text",
    ] {
        compare(&validator, &document(PIECES[1]).replacen("<!-- first -->", prolog, 1));
    }
}
