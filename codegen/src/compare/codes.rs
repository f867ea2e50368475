//! The codes of changes, each with its kind and an explanation. The codes of diagnostics are in `crate::codes`.

use super::ChangeKind;
use crate::codes::Entry;
use crate::diagnostic::Code;

/// A code with the kind of change that it stands for.
#[derive(Debug, Clone, Copy)]
pub struct ChangeCode {
    /// The code.
    pub code: Code,
    /// The kind of change.
    pub kind: ChangeKind,
    /// What happened, in a few words.
    pub title: &'static str,
}

macro_rules! codes {
    ($($name:ident = $id:literal $kind:ident $title:literal;)*) => {
        $(
            #[doc = concat!("`", $id, "`: ", $title, ".")]
            pub const $name: ChangeCode = ChangeCode { code: Code { id: $id, rule: "" }, kind: ChangeKind::$kind, title: $title };
        )*

        /// All codes of changes, in order.
        pub const CHANGES: &[ChangeCode] = &[$($name),*];

        /// The explanations of all codes of changes, in the same order.
        pub const ALL: &[Entry] =
            &[$(Entry { code: $name.code, text: $title, more: include_str!(concat!("../explanations/", $id, ".md")) }),*];
    };
}

codes! {
    NAMESPACE_ADDED = "XD0101" Added "namespace added";
    NAMESPACE_REMOVED = "XD0102" Removed "namespace removed";
    NAMESPACE_RENAMED = "XD0103" Renamed "namespace renamed";
    DOCUMENT_RENAMED = "XD0104" Moved "schema document renamed";
    DOCUMENT_ADDED = "XD0105" Added "schema document added";
    DOCUMENT_REMOVED = "XD0106" Removed "schema document removed";
    TYPE_ADDED = "XD0111" Added "type added";
    TYPE_REMOVED = "XD0112" Removed "type removed";
    TYPE_RENAMED = "XD0113" Renamed "type renamed";
    TYPE_MOVED = "XD0114" Moved "type moved";
    GLOBAL_ELEMENT_ADDED = "XD0121" Added "global element added";
    GLOBAL_ELEMENT_REMOVED = "XD0122" Removed "global element removed";
    GLOBAL_ELEMENT_RENAMED = "XD0123" Renamed "global element renamed";
    GLOBAL_ELEMENT_MOVED = "XD0124" Moved "global element moved";
    GLOBAL_ATTRIBUTE_ADDED = "XD0131" Added "global attribute added";
    GLOBAL_ATTRIBUTE_REMOVED = "XD0132" Removed "global attribute removed";
    GLOBAL_ATTRIBUTE_RENAMED = "XD0133" Renamed "global attribute renamed";
    GLOBAL_ATTRIBUTE_MOVED = "XD0134" Moved "global attribute moved";
    GROUP_ADDED = "XD0141" Added "model group added";
    GROUP_REMOVED = "XD0142" Removed "model group removed";
    GROUP_RENAMED = "XD0143" Renamed "model group renamed";
    GROUP_MOVED = "XD0144" Moved "model group moved";
    NOTATION_ADDED = "XD0151" Added "notation added";
    NOTATION_REMOVED = "XD0152" Removed "notation removed";
    OPTIONAL_ELEMENT_ADDED = "XD0201" Added "optional element added";
    REQUIRED_ELEMENT_ADDED = "XD0202" Added "required element added";
    ELEMENT_REMOVED = "XD0203" Removed "element removed";
    ELEMENT_RENAMED = "XD0204" Renamed "element renamed";
    ELEMENT_MOVED = "XD0205" Moved "element moved";
    ELEMENT_RETYPED = "XD0206" Retyped "type of the element changed";
    OCCURRENCE_WIDENED = "XD0207" Cardinality "occurrence widened";
    OCCURRENCE_NARROWED = "XD0208" Cardinality "occurrence narrowed";
    OCCURRENCE_CHANGED = "XD0209" Cardinality "occurrence changed";
    VALUE_ADDED = "XD0211" ValueConstraint "value constraint added";
    VALUE_REMOVED = "XD0212" ValueConstraint "value constraint removed";
    VALUE_CHANGED = "XD0213" ValueConstraint "value constraint changed";
    NILLABLE = "XD0221" Nillable "became nillable";
    NOT_NILLABLE = "XD0222" Nillable "no longer nillable";
    ELEMENT_ABSTRACT = "XD0223" Abstract "element became abstract";
    ELEMENT_CONCRETE = "XD0224" Abstract "element no longer abstract";
    ELEMENT_BLOCK = "XD0225" Block "`block` of the element changed";
    ELEMENT_FINAL = "XD0226" Final "`final` of the element changed";
    SUBSTITUTION_GROUP = "XD0227" SubstitutionGroup "substitution group changed";
    ELEMENT_FORM = "XD0228" Form "namespace of the local element changed";
    IDENTITY_ADDED = "XD0231" IdentityConstraint "identity constraint added";
    IDENTITY_REMOVED = "XD0232" IdentityConstraint "identity constraint removed";
    IDENTITY_CHANGED = "XD0233" IdentityConstraint "identity constraint changed";
    OPTIONAL_ATTRIBUTE_ADDED = "XD0301" Added "optional attribute added";
    REQUIRED_ATTRIBUTE_ADDED = "XD0302" Added "required attribute added";
    ATTRIBUTE_REMOVED = "XD0303" Removed "attribute removed";
    ATTRIBUTE_RENAMED = "XD0304" Renamed "attribute renamed";
    ATTRIBUTE_RETYPED = "XD0306" Retyped "type of the attribute changed";
    ATTRIBUTE_REQUIRED = "XD0307" AttributeUse "attribute became required";
    ATTRIBUTE_OPTIONAL = "XD0308" AttributeUse "attribute became optional";
    ATTRIBUTE_FORM = "XD0309" Form "namespace of the attribute changed";
    BASE_CHANGED = "XD0401" Base "base type changed";
    DERIVATION_CHANGED = "XD0402" Base "derivation method changed";
    TYPE_ABSTRACT = "XD0403" Abstract "type became abstract";
    TYPE_CONCRETE = "XD0404" Abstract "type no longer abstract";
    TYPE_BLOCK = "XD0405" Block "`block` of the type changed";
    TYPE_FINAL = "XD0406" Final "`final` of the type changed";
    CONTENT_KIND = "XD0407" ContentModel "kind of content changed";
    CONTENT_RETYPED = "XD0408" Retyped "type of the simple content changed";
    ORDER_CHANGED = "XD0411" Order "order of the elements changed";
    COMPOSITOR_CHANGED = "XD0412" ContentModel "compositor changed";
    GROUP_WIDENED = "XD0413" Cardinality "occurrence of a model group widened";
    GROUP_NARROWED = "XD0414" Cardinality "occurrence of a model group narrowed";
    GROUP_OCCURRENCE = "XD0415" Cardinality "occurrence of a model group changed";
    GROUP_INSERTED = "XD0416" ContentModel "elements grouped";
    GROUP_DISSOLVED = "XD0417" ContentModel "elements ungrouped";
    REGROUPED = "XD0418" ContentModel "element moved to another model group of the type";
    REFERENCE_ADDED = "XD0419" Added "reference to a model group added";
    REFERENCE_REMOVED = "XD0420" Removed "reference to a model group removed";
    WILDCARD_ADDED = "XD0421" Wildcard "wildcard added";
    WILDCARD_REMOVED = "XD0422" Wildcard "wildcard removed";
    WILDCARD_NAMESPACES = "XD0423" Wildcard "namespaces of the wildcard changed";
    WILDCARD_PROCESS = "XD0424" Wildcard "`processContents` of the wildcard changed";
    ANY_ATTRIBUTE_ADDED = "XD0431" Wildcard "attribute wildcard added";
    ANY_ATTRIBUTE_REMOVED = "XD0432" Wildcard "attribute wildcard removed";
    ANY_ATTRIBUTE_NAMESPACES = "XD0433" Wildcard "namespaces of the attribute wildcard changed";
    ANY_ATTRIBUTE_PROCESS = "XD0434" Wildcard "`processContents` of the attribute wildcard changed";
    SIMPLE_BASE = "XD0501" Base "base of the simple type changed";
    VARIETY_CHANGED = "XD0502" Base "variety of the simple type changed";
    ITEM_TYPE = "XD0503" Base "item type of the list changed";
    MEMBER_ADDED = "XD0504" Base "member type of the union added";
    MEMBER_REMOVED = "XD0505" Base "member type of the union removed";
    MEMBER_ORDER = "XD0506" Order "order of the member types changed";
    SIMPLE_FINAL = "XD0507" Final "`final` of the simple type changed";
    ENUMERATION_VALUE_ADDED = "XD0511" Enumeration "enumeration value added";
    ENUMERATION_VALUE_REMOVED = "XD0512" Enumeration "enumeration value removed";
    ENUMERATION_INTRODUCED = "XD0513" Enumeration "values restricted to an enumeration";
    ENUMERATION_LIFTED = "XD0514" Enumeration "values no longer restricted to an enumeration";
    FACET_ADDED = "XD0521" Facet "facet added";
    FACET_REMOVED = "XD0522" Facet "facet removed";
    FACET_TIGHTENED = "XD0523" Facet "facet tightened";
    FACET_LOOSENED = "XD0524" Facet "facet loosened";
    FACET_CHANGED = "XD0525" Facet "facet changed";
    DOCUMENTATION = "XD0601" Documentation "documentation changed";
}

/// Returns the entry of a code of a change.
#[must_use]
pub fn title(code: Code) -> &'static str {
    CHANGES.iter().find(|known| known.code == code).map_or("", |known| known.title)
}
