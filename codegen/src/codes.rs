//! In: nothing. Out: the table of diagnostic codes, each with the rule it stands for and an explanation.
//! Not done here: raising them; every stage names the constants below.

use crate::diagnostic::Code;

/// A code with the text that `xsdgen explain` prints for it.
#[derive(Debug, Clone, Copy)]
pub struct Entry {
    /// The code.
    pub code: Code,
    /// What it stands for, in a sentence or two.
    pub text: &'static str,
    /// More in Markdown: the section of the recommendation, what usually breaks the rule, a small example that does and one that does not.
    pub more: &'static str,
}

macro_rules! codes {
    ($($id:ident $rule:literal $text:literal;)*) => {
        $(
            #[doc = $text]
            pub const $id: Code = Code { id: stringify!($id), rule: $rule };
        )*

        /// All codes of the reading half, in order.
        pub const ALL: &[Entry] = &[$(Entry { code: $id, text: $text, more: include_str!(concat!("explanations/", stringify!($id), ".md")) }),*];
    };
}

codes! {
    X0001 "" "A file named on the command line could not be read: it is missing, not a regular file, too large, or access was refused.";
    X0002 "" "The file is not well-formed XML (or not namespace-well-formed).";
    X0003 "" "The document exceeds a limit on nesting or size that protects against hostile input.";
    X0004 "" "The document is XML but its root element is not `schema` in the namespace `http://www.w3.org/2001/XMLSchema`.";
    X0005 "src-import" "The document an import points to could not be read. That is an error unless `missing` is allowed, and a warning where the location is in a network.";
    X0006 "src-include" "The document an include points to could not be read. That is an error unless `missing` is allowed, and a warning where the location is in a network.";
    X0007 "src-redefine" "The document a redefine points to could not be read, so what it redefines is unknown.";
    X0008 "src-resolve" "Components are named that a document declares which was not read. Any XML or any text is kept for them; a warning.";
    X0101 "s4s-elt-must-match" "The children of a schema element must follow the content model that the schema for schemas gives it: no unknown elements, in this order, this often.";
    X0102 "s4s-att-not-allowed" "The schema for schemas does not allow this attribute here. Attributes of other namespaces are allowed everywhere.";
    X0103 "s4s-att-invalid-value" "The value of an attribute of a schema element is not in the type that the schema for schemas gives it.";
    X0104 "s4s-att-must-appear" "The schema for schemas requires an attribute that is absent.";
    X0105 "s4s-elt-character" "Only `appinfo` and `documentation` may hold text.";
    X0106 "cvc-id" "Two elements of one schema document have the same `id`.";
    X0110 "src-element" "An element declaration mixes properties that exclude each other, as `default` and `fixed`, or `ref` and `type`, or `type` and an anonymous type.";
    X0111 "src-attribute" "An attribute declaration mixes properties that exclude each other, as `default` and `fixed`, or `default` and a `use` that is not optional.";
    X0112 "src-simple-type" "A simple type names its base, item type or member types in two ways at once, or in none.";
    X0113 "src-ct" "The representation of a complex type does not fit its base: `complexContent` over a simple type, `simpleContent` over a type without simple content.";
    X0114 "src-attribute_group" "An attribute group refers to itself outside of a redefinition.";
    X0115 "src-import" "An import names its own schema's target namespace, or the imported document has another target namespace than the one named.";
    X0116 "src-include" "An included document must have the same target namespace as the including one, or none.";
    X0117 "src-redefine" "A redefinition must be of a component that the redefined document declares, and be based on it.";
    X0118 "src-single-facet-value" "A facet other than `pattern` and `enumeration` appears twice in one derivation step.";
    X0201 "e-props-correct" "The properties of an element declaration do not fit: a value constraint outside its type, or a substitution group whose head does not admit it.";
    X0202 "a-props-correct" "The properties of an attribute declaration do not fit: a value constraint outside its type, or one on an ID.";
    X0203 "ct-props-correct" "The properties of a complex type do not fit: a circular definition, two attribute uses of one name, or two attributes of type ID.";
    X0204 "st-props-correct" "A simple type is defined in terms of itself, or its base's `final` forbids the derivation.";
    X0205 "cos-ct-extends" "A complex type extends a base that does not admit it: final, with other content, or mixed with element-only.";
    X0206 "derivation-ok-restriction" "A complex type is no valid restriction of its base.";
    X0207 "cos-particle-restrict" "The content model of a restriction admits something that the content model of its base does not.";
    X0208 "cos-nonambig" "Unique Particle Attribution: reading from left to right it must always be clear, from its name alone, which particle an element belongs to.";
    X0209 "cos-element-consistent" "Elements of one name within one content model must have the same type definition.";
    X0210 "cos-all-limited" "An `all` group must be the whole content of its type, and its particles may occur at most once.";
    X0211 "cos-st-restricts" "A simple type is derived from something that cannot be its base, item or member type.";
    X0212 "cos-applicable-facets" "The facet does not apply to the type that is restricted.";
    X0213 "facet-valid-restriction" "The facet's value is not in its value space, contradicts another facet, or is wider than the same facet of the base.";
    X0214 "enumeration-valid-restriction" "An enumeration value is not in the value space of the base type.";
    X0215 "src-pattern-value" "The value of a pattern is not a regular expression of Part 2, appendix F.";
    X0216 "c-props-correct" "A keyref has another number of fields than the key it refers to, or two identity constraints have one name.";
    X0217 "c-selector-xpath" "The selector is not in the subset of XPath that section 3.11.6 allows.";
    X0218 "c-fields-xpaths" "A field is not in the subset of XPath that section 3.11.6 allows.";
    X0219 "au-props-correct" "An attribute use contradicts its declaration: where the declaration has a fixed value the use must have the same.";
    X0220 "ag-props-correct" "Two attribute uses of an attribute group have one name, or two are of type ID.";
    X0221 "mg-props-correct" "A model group contains itself.";
    X0222 "no-xsi" "Attributes of the namespace `http://www.w3.org/2001/XMLSchema-instance` cannot be declared, nor an attribute named `xmlns`.";
    X0224 "p-props-correct" "`minOccurs` must not be greater than `maxOccurs`.";
    X0226 "enumeration-required-notation" "`xs:NOTATION` cannot be the type of anything: only types restricted from it by an enumeration can.";
    X0227 "sch-props-correct" "Two global components of one kind have the same name.";
    X0228 "n-props-correct" "A notation needs a public or a system identifier.";
    X0301 "src-resolve" "No type of this name is declared in the schema documents read.";
    X0302 "src-resolve" "No global element of this name is declared in the schema documents read.";
    X0303 "src-resolve" "No global attribute of this name is declared in the schema documents read.";
    X0304 "src-resolve" "No model group of this name is declared in the schema documents read.";
    X0305 "src-resolve" "No attribute group of this name is declared in the schema documents read.";
    X0306 "src-resolve" "No key or unique of this name is declared in the schema documents read.";
    X0307 "src-resolve" "A reference names a namespace that its document neither declares components in nor imports.";
    X0308 "src-qname" "A qualified name uses a prefix that is not bound there.";
    X0309 "src-resolve" "No notation of this name is declared in the schema documents read.";
    X0901 "" "The construct belongs to XML Schema 1.1, which this version does not support.";
    X0902 "" "The definitions nest, or derive from each other, deeper than this version supports.";
    X0903 "" "The content model, with all groups expanded, is larger than this version supports.";
    X0904 "" "An element is left out of the schema because a condition on versions keeps it from processors of XML Schema 1.0; a warning.";
    X0999 "" "The bindings came out as something other than Rust. That is a fault of the generator, whatever the schemas say.";
}

/// The text for a code by its id, as `X0208`; letter case does not matter.
pub fn explain(id: &str) -> Option<&'static Entry> {
    ALL.iter().find(|e| e.code.id.eq_ignore_ascii_case(id))
}
