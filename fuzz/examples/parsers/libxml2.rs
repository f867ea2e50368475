//! What the system's libxml2 says about a document: an error, or the canonical form. The feature `libxml2` links the library that `libxml2-dev`
//! installs.
#![allow(unsafe_code)] // calls C functions

use std::ffi::{CStr, c_char, c_int, c_void};
use std::{ptr, slice};

/// The start of `xmlError`.
#[repr(C)]
struct XmlError {
    domain: c_int,
    code: c_int,
    message: *const c_char,
    level: c_int,
}

#[link(name = "xml2")]
unsafe extern "C" {
    fn xmlReadMemory(buffer: *const c_char, size: c_int, url: *const c_char, encoding: *const c_char, options: c_int) -> *mut c_void;
    fn xmlFreeDoc(document: *mut c_void);
    fn xmlSetStructuredErrorFunc(context: *mut c_void, handler: extern "C" fn(*mut c_void, *mut XmlError));
    fn xmlC14NDocDumpMemory(
        document: *mut c_void,
        nodes: *mut c_void,
        mode: c_int,
        prefixes: *mut *mut u8,
        with_comments: c_int,
        result: *mut *mut u8,
    ) -> c_int;
    static xmlFree: Option<unsafe extern "C" fn(*mut c_void)>;
}

/// The first error of a document: its number and its message.
type First = Option<(i32, String)>;

/// Keeps the first error. A later message may be a warning.
extern "C" fn keep(context: *mut c_void, error: *mut XmlError) {
    // SAFETY: `read` passes a pointer to its variable, and libxml2 one to an error; both are valid during the call.
    let (first, error) = unsafe { (context.cast::<First>().as_mut(), error.as_ref()) };
    if let (Some(first @ None), Some(error)) = (first, error)
        && error.level >= ERROR
    {
        // SAFETY: the message is null or a text that ends in a zero.
        let message =
            if error.message.is_null() { String::new() } else { unsafe { CStr::from_ptr(error.message) }.to_string_lossy().into_owned() };
        *first = Some((error.code, message.trim().to_owned()));
    }
}

/// No messages, no network (XML_PARSE_NOERROR, XML_PARSE_NOWARNING, XML_PARSE_NONET).
const OPTIONS: c_int = (1 << 5) | (1 << 6) | (1 << 11);

/// The least level of an error: a warning has a lower one.
const ERROR: c_int = 2;

/// What libxml2 says about a document that it accepts.
pub enum Said {
    /// The canonical form, with comments.
    Form(Vec<u8>),
    /// There is no canonical form, because a namespace name is relative.
    NoForm,
}

/// Reads a document. The error has a number and a message.
pub fn read(xml: &[u8]) -> Result<Said, (i32, String)> {
    let size = c_int::try_from(xml.len()).map_err(|error| (0, error.to_string()))?;
    // SAFETY: the buffer outlives the call, and the document is freed below. Only this thread uses the library.
    unsafe {
        let mut first: First = None;
        xmlSetStructuredErrorFunc((&raw mut first).cast(), keep);
        let document = xmlReadMemory(xml.as_ptr().cast(), size, ptr::null(), ptr::null(), OPTIONS);
        if document.is_null() || first.is_some() {
            if !document.is_null() {
                xmlFreeDoc(document);
            }
            return Err(first.unwrap_or((0, "no document".to_owned())));
        }
        let mut form = ptr::null_mut();
        let length = xmlC14NDocDumpMemory(document, ptr::null_mut(), 0, ptr::null_mut(), 1, &mut form);
        xmlFreeDoc(document);
        let Ok(length) = usize::try_from(length) else { return Ok(Said::NoForm) };
        let said = slice::from_raw_parts(form, length).to_vec();
        if let Some(free) = xmlFree {
            free(form.cast());
        }
        Ok(Said::Form(said))
    }
}
