//! Tests that the memory for checking a document does not grow with the document. The allocated bytes are counted, so that the figures are the
//! same in every run.

#![allow(clippy::panic, clippy::expect_used, clippy::unwrap_used, reason = "tests")]

use std::io::{BufReader, Read};

use xsdgen_dynamic::{ReadOptions, Settings, Validator};

const SCHEMA: &str = "<xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema'>
    <xs:element name='list'><xs:complexType><xs:sequence><xs:element name='group' maxOccurs='unbounded'><xs:complexType><xs:choice maxOccurs='unbounded'>
      <xs:element name='record' maxOccurs='unbounded'><xs:complexType><xs:sequence>
        <xs:element name='name' type='xs:string'/><xs:element name='price' type='xs:decimal' minOccurs='0'/>
      </xs:sequence><xs:attribute name='id' type='xs:NMTOKEN'/></xs:complexType></xs:element>
      <xs:element name='note' type='xs:string'/>
    </xs:choice></xs:complexType></xs:element></xs:sequence></xs:complexType></xs:element></xs:schema>";

/// A document that is made while it is read.
struct Document {
    left: usize,
    piece: Vec<u8>,
    /// Whether `record` elements have something that the schema does not allow.
    odd: bool,
}

impl Document {
    fn of(records: usize, odd: bool) -> Self {
        Self { left: records, piece: b"<list><group>".to_vec(), odd }
    }
}

impl Read for Document {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        if self.piece.is_empty() && self.left > 0 {
            self.left -= 1;
            let odd = if self.odd { "<odd><er>x</er></odd>" } else { "" };
            let record =
                format!("<record id='r{0}'>{odd}<name>n &amp; {0}</name><price>{0}.5</price></record>\n<note>{0}</note>", self.left);
            self.piece = record.into_bytes();
            if self.left == 0 {
                self.piece.extend_from_slice(b"</group></list>");
            }
        }
        let len = self.piece.len().min(buffer.len());
        buffer[..len].copy_from_slice(&self.piece[..len]);
        self.piece.drain(..len);
        Ok(len)
    }
}

#[test]
fn memory_does_not_grow_with_a_document() {
    let path = std::env::temp_dir().join(format!("xsdgen-memory-{}.xsd", std::process::id()));
    std::fs::write(&path, SCHEMA).unwrap();
    let validator = Validator::new(std::slice::from_ref(&path), &Settings::default()).product.expect("the schema is valid");
    std::fs::remove_file(path).unwrap();
    let window = 8 << 10;
    for (odd, options) in [(false, ReadOptions::strict()), (false, ReadOptions::strict().fast(false)), (true, ReadOptions::tolerant())] {
        let options = options.window(window);
        let peak = |records: usize| {
            let read = || validator.check_reader(BufReader::with_capacity(1 << 10, Document::of(records, odd)), &options).map(drop);
            assert!(read().is_ok(), "the document is valid");
            allocation_counter::measure(|| drop(read())).bytes_max
        };
        // With notes, the first thousand are kept.
        let (small, large) = (peak(2_000), peak(8_000));
        assert!(large <= small + 1_000, "{odd}: {small} bytes for 2,000 records, {large} for 8,000");
        assert!(odd || large < 8 * window as u64, "{large} bytes");
    }
}
