//! Defines [`Validator`], which checks and reads documents of a schema set.

use std::collections::HashMap;
use std::fmt;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::BufRead;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use xsdgen::diagnostic::{Span, Staged};
use xsdgen::ir::RustIr;
use xsdgen::model::Model;
use xsdgen::settings::Settings;
use xsdgen::{Lock, Planned};
use xsdgen_codec::{Notes, ReadOptions, Reading, Result, TypeInfo, check_streamed, read_runtime};

use crate::compile::{Checks, Tables, compile};
use crate::document::Document;
use crate::node::Node;
use crate::places::{self, Declared};
use crate::shape::Shape;

/// Checks documents against a schema set, and reads them, without generated code.
///
/// The tables of a schema set are made once and live as long as the program; a second validator of an equal schema set uses the same tables.
/// A validator can be shared between threads, and cloning it costs nothing.
///
/// # Example
/// ```
/// use xsdgen_dynamic::{ReadOptions, Settings, Validator};
///
/// # let folder = std::env::temp_dir().join(format!("xsdgen-dynamic-{}", std::process::id()));
/// # std::fs::create_dir_all(&folder)?;
/// # let schema = folder.join("note.xsd");
/// # std::fs::write(&schema, r#"<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:element name="due" type="xs:date"/></xs:schema>"#)?;
/// let validator = Validator::new(&[schema], &Settings::default()).product.ok_or("the schema is not valid")?;
/// assert!(validator.check(b"<due>2026-11-30</due>").is_ok());
/// let error = validator.check(b"<due>tomorrow</due>").unwrap_err();
/// assert_eq!((error.path(), error.position().map(|it| it.line)), ("due", Some(1)));
/// # std::fs::remove_dir_all(&folder)?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct Validator {
    planned: Arc<Planned>,
    compiled: Compiled,
}

impl fmt::Debug for Validator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Validator").field("read", &self.planned.read).finish_non_exhaustive()
    }
}

/// The tables of a schema set.
#[derive(Debug, Clone, Copy)]
struct Compiled {
    tables: &'static Tables,
    checks: &'static Checks,
}

/// The plans that were compiled, by their hash.
type Cache = HashMap<u64, Vec<(RustIr, Compiled)>>;

/// The size of the stack for making tables. Only the pages that are used take memory.
const STACK: usize = 256 << 20;

static CACHE: Mutex<Option<Cache>> = Mutex::new(None);

impl Validator {
    /// Reads schema files, with the documents that they import and include.
    ///
    /// The settings say where imported documents are, which rules the schemas may violate, and which values are secret. Settings that choose
    /// Rust types have no effect.
    ///
    /// # Errors
    /// Returns diagnostics without a product if a schema is invalid or not supported, or if a file cannot be read.
    #[must_use]
    pub fn new(schemas: &[PathBuf], settings: &Settings) -> Staged<Self> {
        let settings = Settings { values: Vec::new(), types: Vec::new(), derives: Vec::new(), ..settings.clone() };
        let Staged { product, diagnostics } = xsdgen::planned(schemas, &settings, &Lock::default());
        Staged { product: product.map(Self::of), diagnostics }
    }

    /// Makes the tables of a plan.
    fn of(planned: Planned) -> Self {
        let compiled = compiled(&planned.ir);
        Self { planned: Arc::new(planned), compiled }
    }

    /// Checks that a document is valid.
    ///
    /// # Errors
    /// Fails if the document is not well-formed, or if it violates the schema.
    pub fn check(&self, xml: &[u8]) -> Result<()> {
        self.check_with(xml, &ReadOptions::strict()).map(drop)
    }

    /// Checks a document with these options, and returns the deviations that they accept. No value is made.
    ///
    /// # Errors
    /// Fails if the document is not well-formed, or if it violates the schema more than the options allow.
    pub fn check_with(&self, xml: &[u8], options: &ReadOptions) -> Result<Notes> {
        self.fill(xml, options, &mut self.root(false))
    }

    /// Checks a document of any size with these options, as [`Validator::check_with`] does, of which only a part is in memory.
    ///
    /// In memory are a part of a few hundred kilobytes, and what must be there as a whole: an element with text, one that a wildcard admits, what
    /// precedes and follows the root element, and documents in ISO-8859-1 in strict mode. [`ReadOptions::max_bytes`] limits the
    /// part that is in memory. Identity constraints and identifiers need the keys of the elements that they apply to.
    ///
    /// If bytes are not valid in the encoding of the document, the errors before them are reported, too.
    ///
    /// # Errors
    /// Fails in the same cases as [`Validator::check_with`], and if the reader fails.
    pub fn check_reader(&self, xml: impl BufRead, options: &ReadOptions) -> Result<Notes> {
        let Compiled { tables, checks } = self.compiled;
        check_streamed(xml, options, tables.roots.cell, checks, &mut self.root(false))
    }

    /// Reads a document with these options, and returns the deviations that they accept.
    ///
    /// # Errors
    /// Fails in the same cases as [`Validator::check_with`].
    pub fn read(&self, xml: &[u8], options: &ReadOptions) -> Result<Reading<Document>> {
        let mut root = self.root(true);
        let notes = self.fill(xml, options, &mut root)?;
        Ok(Reading { value: Document::new(root), notes, kept: xsdgen_codec::Kept::default() })
    }

    /// Returns the declaration of the element or attribute at a path, as errors and notes have it: `order/item[1]/@price`. If the schema has no
    /// declaration for it, the one of the nearest element around it is returned, which the result says.
    #[must_use]
    pub fn declaration(&self, path: &str) -> Option<Declared> {
        places::find(&self.planned.ir, &self.planned.model, path)
    }

    /// Returns the declaration of the element or attribute at a path in the complex type of this namespace and name, which `xsi:type` may have
    /// named for the element around it.
    #[must_use]
    pub fn declaration_in(&self, path: &str, of: (&str, &str)) -> Option<Declared> {
        places::find_in(&self.planned.ir, &self.planned.model, path, of)
    }

    /// Returns the place of the complex type of the element at a path. `of` is the namespace and name of the type, if `xsi:type` may have
    /// replaced the declared one. Without it, nothing is returned if elements of several types are possible at the path.
    #[must_use]
    pub fn complex_type(&self, path: &str, of: Option<(&str, &str)>) -> Option<Span> {
        places::complex_type(&self.planned.ir, &self.planned.model, path, of).map(|ty| ty.span.clone())
    }

    /// Returns the place of the last value of the enumeration that the type of the element or attribute at a path lists. `of` is the namespace and
    /// name of the type of the element around it, as in [`Validator::complex_type`].
    #[must_use]
    pub fn last_value(&self, path: &str, of: Option<(&str, &str)>) -> Option<Span> {
        places::last_value(&self.planned.ir, &self.planned.model, path, of)
    }

    /// Returns the table of the root elements: a field for each global element, which leads to the tables of all types that documents use.
    #[must_use]
    pub fn type_info(&self) -> &'static TypeInfo {
        self.compiled.tables.roots.cell.info()
    }

    /// Returns the components of the schema set, with their places in the schemas.
    #[must_use]
    pub fn model(&self) -> &Model {
        &self.planned.model
    }

    /// Returns the plan of the bindings, from which the tables were made.
    #[must_use]
    pub fn plan(&self) -> &RustIr {
        &self.planned.ir
    }

    fn root(&self, keep: bool) -> Node {
        Node::new(Shape::Choice(self.compiled.tables.roots), keep)
    }

    fn fill(&self, xml: &[u8], options: &ReadOptions, root: &mut Node) -> Result<Notes> {
        let Compiled { tables, checks } = self.compiled;
        read_runtime(xml, options, tables.roots.cell, checks, root)
    }
}

/// Runs a function that recurses over content models on a thread with a stack for the deepest nesting that schemas may have, or on the current
/// thread if none can be started.
fn deep<T: Send>(work: impl Fn() -> T + Sync) -> T {
    let builder = || std::thread::Builder::new().name("xsdgen".to_owned()).stack_size(STACK);
    std::thread::scope(|scope| match builder().spawn_scoped(scope, &work) {
        Ok(running) => running.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)),
        Err(_) => work(),
    })
}

/// Returns the tables of a plan. An equal plan is compiled only once.
fn compiled(ir: &RustIr) -> Compiled {
    let mut hasher = DefaultHasher::new();
    ir.root.namespaces.hash(&mut hasher);
    ir.items.iter().for_each(|item| item.component.hash(&mut hasher));
    let mut cache = CACHE.lock().unwrap_or_else(PoisonError::into_inner);
    let known = cache.get_or_insert_default().entry(hasher.finish()).or_default();
    if let Some((_, compiled)) = known.iter().find(|(known, _)| known == ir) {
        return *compiled;
    }
    let (tables, checks) = deep(|| compile(ir));
    let compiled = Compiled { tables, checks };
    known.push((ir.clone(), compiled));
    compiled
}
