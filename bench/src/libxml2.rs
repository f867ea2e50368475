//! Counts the nodes that the reader of the system's libxml2 finds in a document. The feature `libxml2` links the library that
//! `libxml2-dev` installs.
#![allow(unsafe_code)] // calls C functions

use std::ffi::{c_char, c_int, c_void};
use std::ptr;

#[link(name = "xml2")]
unsafe extern "C" {
    fn xmlReaderForMemory(buffer: *const c_char, size: c_int, url: *const c_char, encoding: *const c_char, options: c_int) -> *mut c_void;
    fn xmlTextReaderRead(reader: *mut c_void) -> c_int;
    fn xmlFreeTextReader(reader: *mut c_void);
}

/// The parser options: no network access, and texts of any length (XML_PARSE_NONET, XML_PARSE_HUGE).
const OPTIONS: c_int = (1 << 11) | (1 << 19);

/// Reads the document to its end and returns the number of nodes.
pub fn scan(xml: &[u8]) -> Result<usize, String> {
    let size = c_int::try_from(xml.len()).map_err(|error| error.to_string())?;
    // SAFETY: the buffer outlives the reader, which is freed below.
    let reader = unsafe { xmlReaderForMemory(xml.as_ptr().cast(), size, ptr::null(), ptr::null(), OPTIONS) };
    if reader.is_null() {
        return Err("no reader".to_owned());
    }
    let mut count = 0;
    let last = loop {
        // SAFETY: the reader is valid, and only this thread uses it.
        match unsafe { xmlTextReaderRead(reader) } {
            1 => count += 1,
            other => break other,
        }
    };
    // SAFETY: the reader is not used again.
    unsafe { xmlFreeTextReader(reader) };
    if last == 0 { Ok(count) } else { Err("not well-formed".to_owned()) }
}
