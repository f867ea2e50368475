//! The diagnostic codes of the stages that read schemas, each with its rule and an explanation.

use crate::diagnostic::Code;

/// A code with the text that `xsdgen explain` prints for it.
#[derive(Debug, Clone, Copy)]
pub struct Entry {
    /// The code.
    pub code: Code,
    /// A description in one or two sentences.
    pub text: &'static str,
    /// The explanation in Markdown: the section of the recommendation, the usual causes, a wrong and a right example.
    pub more: &'static str,
}

/// Defines the codes of some stages as constants, and the list `ALL` of their entries. A code is named after its id and has a rule, or has a name and
/// no rule.
macro_rules! codes {
    ($vis:vis, $($id:ident $rule:literal $text:literal;)*) => {
        $crate::codes::codes! { @ $vis, $($id, stringify!($id), $rule, $text;)* }
    };
    ($vis:vis, $($name:ident = $id:literal $text:literal;)*) => {
        $crate::codes::codes! { @ $vis, $($name, $id, "", $text;)* }
    };
    (@ $vis:vis, $($name:ident, $id:expr, $rule:literal, $text:literal;)*) => {
        $(
            #[doc = $text]
            $vis const $name: $crate::diagnostic::Code = $crate::diagnostic::Code { id: $id, rule: $rule };
        )*

        /// All codes of these stages, in order.
        $vis const ALL: &[$crate::codes::Entry] = &[$($crate::codes::Entry {
            code: $name,
            text: $text,
            more: include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/src/explanations/", $id, ".md")),
        }),*];
    };
}

pub(crate) use codes;

codes! {
    pub,
    X0001 "" "A file named on the command line could not be read: it is missing, not a regular file, too large, or access was refused.";
    X0002 "" "The file is not well-formed XML, or not well-formed according to Namespaces in XML.";
    X0003 "" "The document exceeds a limit on nesting or size that protects against hostile input.";
    X0004 "" "The document is XML but its root element is not `schema` in the namespace `http://www.w3.org/2001/XMLSchema`.";
    X0005 "src-import" "The imported document could not be read. This is a warning if the location is on a network or if `missing` is allowed, otherwise an error.";
    X0006 "src-include" "The included document could not be read. This is a warning if the location is on a network or if `missing` is allowed, otherwise an error.";
    X0007 "src-redefine" "The redefined document could not be read, so the components to redefine are unknown.";
    X0008 "src-resolve" "The schemas refer to components of a document that was not read. They hold any XML or any text. This is a warning.";
    X0009 "" "An included, imported or redefined document is outside of the folder of the schemas, and was not read.";
    X0020 "" "A WSDL document that another one imports could not be read. This is a warning if `missing` is allowed, otherwise an error.";
    X0021 "" "An XML catalog could not be read or is not valid, or an entry of it leads to nothing that can be read. Further catalogs that cannot be read are a warning.";
    X0022 "" "The fetch lock `xsdgen-fetch.lock` cannot be read, or a file that it records is missing or has changed.";
    X0101 "s4s-elt-must-match" "The children of a schema element must match the content model in the schema for schemas: their names, their order, and how often they occur.";
    X0102 "s4s-att-not-allowed" "The schema for schemas does not allow this attribute here. Attributes of other namespaces are allowed everywhere.";
    X0103 "s4s-att-invalid-value" "The value of an attribute of a schema element does not have the type that the schema for schemas declares.";
    X0104 "s4s-att-must-appear" "The schema for schemas requires an attribute that is absent.";
    X0105 "s4s-elt-character" "Only `appinfo` and `documentation` may contain text.";
    X0106 "cvc-id" "Two elements of one schema document have the same `id`.";
    X0110 "src-element" "An element declaration has properties that exclude each other, such as `default` and `fixed`, `ref` and `type`, or `type` and an anonymous type.";
    X0111 "src-attribute" "An attribute declaration has properties that exclude each other, such as `default` and `fixed`, or `default` and a `use` that is not optional.";
    X0112 "src-simple-type" "A simple type specifies its base, item type or member types in two ways, or not at all.";
    X0113 "src-ct" "The representation of a complex type does not fit its base: `complexContent` over a simple type, `simpleContent` over a type without simple content.";
    X0114 "src-attribute_group" "An attribute group refers to itself outside of a redefinition.";
    X0115 "src-import" "An import names the target namespace of its own document, or the imported document has a different target namespace from the one that the import names.";
    X0116 "src-include" "An included document must have the same target namespace as the including document, or none.";
    X0117 "src-redefine" "A redefinition must have the name of a component of the redefined document, and be based on that component.";
    X0118 "src-single-facet-value" "A facet other than `pattern` and `enumeration` appears twice in one restriction.";
    X0201 "e-props-correct" "The properties of an element declaration are inconsistent: the value constraint is not a value of its type, or the head of its substitution group does not admit it.";
    X0202 "a-props-correct" "The properties of an attribute declaration are inconsistent: the value constraint is not a value of its type, or an attribute of type ID has one.";
    X0203 "ct-props-correct" "The properties of a complex type are inconsistent: its definition is circular, or two attributes have the same name or the type ID.";
    X0204 "st-props-correct" "A simple type is defined in terms of itself, or its base's `final` forbids the derivation.";
    X0205 "cos-ct-extends" "A complex type extends a base that does not allow it: the base is final or has another kind of content, or only one of the two is mixed.";
    X0206 "derivation-ok-restriction" "A complex type is not a valid restriction of its base.";
    X0207 "cos-particle-restrict" "The content model of a restriction admits something that the content model of its base does not.";
    X0208 "cos-nonambig" "Unique Particle Attribution: the name of an element alone must decide to which particle it belongs, without looking ahead.";
    X0209 "cos-element-consistent" "Elements of the same name in a content model must have the same type definition.";
    X0210 "cos-all-limited" "An `all` group must be the whole content of its type, and its particles may occur at most once.";
    X0211 "cos-st-restricts" "A simple type is derived from a type that cannot be its base, item or member type.";
    X0212 "cos-applicable-facets" "The facet does not apply to the restricted type.";
    X0213 "facet-valid-restriction" "The facet's value is not in its value space, contradicts another facet, or is wider than the same facet of the base.";
    X0214 "enumeration-valid-restriction" "An enumeration value is not in the value space of the base type.";
    X0215 "src-pattern-value" "The value of a pattern is not a regular expression of Part 2, appendix F.";
    X0216 "c-props-correct" "A keyref has a different number of fields from the key to which it refers, or two identity constraints have the same name.";
    X0217 "c-selector-xpath" "The selector is not in the subset of XPath that section 3.11.6 allows.";
    X0218 "c-fields-xpaths" "A field is not in the subset of XPath that section 3.11.6 allows.";
    X0219 "au-props-correct" "An attribute use contradicts its declaration: if the declaration has a fixed value, the use must have the same one.";
    X0220 "ag-props-correct" "Two attribute uses of an attribute group have the same name or the type ID.";
    X0221 "mg-props-correct" "A model group contains itself.";
    X0222 "no-xsi" "Attributes of the namespace `http://www.w3.org/2001/XMLSchema-instance` cannot be declared, nor an attribute named `xmlns`.";
    X0224 "p-props-correct" "`minOccurs` must not be greater than `maxOccurs`.";
    X0226 "enumeration-required-notation" "`xs:NOTATION` cannot be used as a type directly; only restrictions of it with an enumeration can.";
    X0227 "sch-props-correct" "Two global components of the same kind have the same name.";
    X0228 "n-props-correct" "A notation needs a public or a system identifier.";
    X0301 "src-resolve" "No type of this name is declared in the schema documents read.";
    X0302 "src-resolve" "No global element of this name is declared in the schema documents read.";
    X0303 "src-resolve" "No global attribute of this name is declared in the schema documents read.";
    X0304 "src-resolve" "No model group of this name is declared in the schema documents read.";
    X0305 "src-resolve" "No attribute group of this name is declared in the schema documents read.";
    X0306 "src-resolve" "No key or unique of this name is declared in the schema documents read.";
    X0307 "src-resolve" "A reference names a namespace that is neither the target namespace of its document nor imported by it.";
    X0308 "src-qname" "A qualified name has a prefix that is not declared there.";
    X0309 "src-resolve" "No notation of this name is declared in the schema documents read.";
    X0310 "" "Two names of one namespace differ only by characters that look alike. This is a warning.";
    X0901 "" "The construct belongs to XML Schema 1.1, which this version does not support.";
    X0902 "" "The definitions are nested or derived more deeply than this version supports.";
    X0903 "" "The content model or the attributes, with all groups and bases expanded, are larger than this version supports.";
    X0904 "" "A version condition excludes an element for processors of XML Schema 1.0, so it is left out. This is a warning.";
    X0905 "" "The bindings do not offer an operation of a WSDL document, because no SOAP binding binds it as document/literal with one element in each body. This is a warning.";
    X0999 "" "The generated code is not valid Rust. This is a fault of the generator, not of the schemas.";
}

/// Returns the entry of a code by its id, such as `X0208`, in any letter case.
pub fn explain(id: &str) -> Option<&'static Entry> {
    ALL.iter().find(|e| e.code.id.eq_ignore_ascii_case(id))
}
