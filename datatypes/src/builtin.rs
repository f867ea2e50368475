//! Describes the built-in types of Part 2, section 3: name, base type, primitive type and bounds. Values are in
//! `value`.

use crate::Builtin::{self, *};
use crate::{FacetKind, WhiteSpace};

/// All built-in types, in the order of [`Builtin`].
pub const ALL: [Builtin; 45] = [
    AnySimpleType,
    String,
    Boolean,
    Decimal,
    Float,
    Double,
    Duration,
    DateTime,
    Time,
    Date,
    GYearMonth,
    GYear,
    GMonthDay,
    GDay,
    GMonth,
    HexBinary,
    Base64Binary,
    AnyUri,
    QName,
    Notation,
    NormalizedString,
    Token,
    Language,
    Nmtoken,
    Nmtokens,
    Name,
    NcName,
    Id,
    Idref,
    Idrefs,
    Entity,
    Entities,
    Integer,
    NonPositiveInteger,
    NegativeInteger,
    Long,
    Int,
    Short,
    Byte,
    NonNegativeInteger,
    UnsignedLong,
    UnsignedInt,
    UnsignedShort,
    UnsignedByte,
    PositiveInteger,
];

/// Returns the local name of the type in the XML Schema namespace.
pub fn name(builtin: Builtin) -> &'static str {
    const NAMES: [&str; 45] = [
        "anySimpleType",
        "string",
        "boolean",
        "decimal",
        "float",
        "double",
        "duration",
        "dateTime",
        "time",
        "date",
        "gYearMonth",
        "gYear",
        "gMonthDay",
        "gDay",
        "gMonth",
        "hexBinary",
        "base64Binary",
        "anyURI",
        "QName",
        "NOTATION",
        "normalizedString",
        "token",
        "language",
        "NMTOKEN",
        "NMTOKENS",
        "Name",
        "NCName",
        "ID",
        "IDREF",
        "IDREFS",
        "ENTITY",
        "ENTITIES",
        "integer",
        "nonPositiveInteger",
        "negativeInteger",
        "long",
        "int",
        "short",
        "byte",
        "nonNegativeInteger",
        "unsignedLong",
        "unsignedInt",
        "unsignedShort",
        "unsignedByte",
        "positiveInteger",
    ];
    NAMES.get(builtin as usize).copied().unwrap_or_default()
}

/// Returns the base type; that of `anySimpleType` is itself. The three list types are derived from
/// `anySimpleType` by list.
pub fn base(builtin: Builtin) -> Builtin {
    match builtin {
        NormalizedString => String,
        Token => NormalizedString,
        Language | Nmtoken | Name => Token,
        NcName => Name,
        Id | Idref | Entity => NcName,
        Integer => Decimal,
        NonPositiveInteger | Long | NonNegativeInteger => Integer,
        NegativeInteger => NonPositiveInteger,
        Int => Long,
        Short => Int,
        Byte => Short,
        UnsignedLong | PositiveInteger => NonNegativeInteger,
        UnsignedInt => UnsignedLong,
        UnsignedShort => UnsignedInt,
        UnsignedByte => UnsignedShort,
        _ => AnySimpleType,
    }
}

/// Returns the item type of the built-in list types.
pub fn item(builtin: Builtin) -> Option<Builtin> {
    match builtin {
        Nmtokens => Some(Nmtoken),
        Idrefs => Some(Idref),
        Entities => Some(Entity),
        _ => None,
    }
}

/// Returns the primitive type that a type is derived from; that of `anySimpleType` and the list types is the
/// type itself.
pub fn primitive(builtin: Builtin) -> Builtin {
    match base(builtin) {
        AnySimpleType => builtin,
        // A type whose base is not `anySimpleType` is derived from `string` or from `decimal`.
        String | NormalizedString | Token | Name | NcName => String,
        _ => Decimal,
    }
}

/// Returns the smallest and the largest value of the built-in integer types.
pub fn bounds(builtin: Builtin) -> (Option<&'static str>, Option<&'static str>) {
    match builtin {
        NonPositiveInteger => (None, Some("0")),
        NegativeInteger => (None, Some("-1")),
        Long => (Some("-9223372036854775808"), Some("9223372036854775807")),
        Int => (Some("-2147483648"), Some("2147483647")),
        Short => (Some("-32768"), Some("32767")),
        Byte => (Some("-128"), Some("127")),
        NonNegativeInteger => (Some("0"), None),
        UnsignedLong => (Some("0"), Some("18446744073709551615")),
        UnsignedInt => (Some("0"), Some("4294967295")),
        UnsignedShort => (Some("0"), Some("65535")),
        UnsignedByte => (Some("0"), Some("255")),
        PositiveInteger => (Some("1"), None),
        _ => (None, None),
    }
}

/// Returns the treatment of white space in literals.
#[must_use]
pub const fn white_space(builtin: Builtin) -> WhiteSpace {
    match builtin {
        String | AnySimpleType => WhiteSpace::Preserve,
        NormalizedString => WhiteSpace::Replace,
        _ => WhiteSpace::Collapse,
    }
}

/// Returns the facets that a type does not inherit from its base, each with its value and whether it is fixed.
pub fn facets(builtin: Builtin) -> impl Iterator<Item = (FacetKind, &'static str, bool)> {
    let (least, greatest) = bounds(builtin);
    let space = match builtin {
        AnySimpleType => None,
        String | NormalizedString | Token => WhiteSpace::NAMES.get(white_space(builtin) as usize).map(|name| (*name, false)),
        _ => (base(builtin) == AnySimpleType).then_some(("collapse", true)),
    };
    let found = [
        (FacetKind::WhiteSpace, space),
        (FacetKind::MinLength, item(builtin).map(|_| ("1", false))),
        (FacetKind::MinInclusive, least.map(|bound| (bound, false))),
        (FacetKind::MaxInclusive, greatest.map(|bound| (bound, false))),
        (FacetKind::FractionDigits, (builtin == Integer).then_some(("0", true))),
    ];
    found.into_iter().filter_map(|(kind, stated)| stated.map(|(value, fixed)| (kind, value, fixed)))
}

/// Returns whether a number is within the bounds of a built-in integer type.
pub fn admits(builtin: Builtin, value: i64) -> bool {
    match builtin {
        NonPositiveInteger => value <= 0,
        NegativeInteger => value < 0,
        Int => i32::try_from(value).is_ok(),
        Short => i16::try_from(value).is_ok(),
        Byte => i8::try_from(value).is_ok(),
        NonNegativeInteger | UnsignedLong => value >= 0,
        UnsignedInt => u32::try_from(value).is_ok(),
        UnsignedShort => u16::try_from(value).is_ok(),
        UnsignedByte => u8::try_from(value).is_ok(),
        PositiveInteger => value > 0,
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_primitive_is_the_last_base() {
        for builtin in ALL {
            let last = std::iter::successors(Some(builtin), |at| Some(base(*at))).take_while(|at| *at != AnySimpleType).last();
            assert_eq!(primitive(builtin), last.unwrap_or(builtin), "{builtin:?}");
        }
    }

    #[test]
    fn facets_apply_to_their_types() {
        use crate::facet::Variety;
        for builtin in ALL {
            let variety = item(builtin).map_or(Variety::Atomic(primitive(builtin)), |_| Variety::List);
            assert!(facets(builtin).all(|(kind, ..)| kind.applies_to(variety)), "{builtin:?}");
        }
        let own: Vec<_> = facets(Integer).collect();
        assert_eq!(own, [(FacetKind::FractionDigits, "0", true)], "everything else is inherited from decimal");
    }

    #[test]
    fn numbers_are_admitted_within_the_bounds() {
        for builtin in ALL.into_iter().filter(|builtin| primitive(*builtin) == Decimal && *builtin != Decimal) {
            let (least, greatest) = bounds(builtin);
            let bound = |bound: Option<&str>, none: i128| bound.map_or(none, |bound| bound.parse().unwrap_or(none));
            let range = bound(least, i128::MIN)..=bound(greatest, i128::MAX);
            let near = [least, greatest].into_iter().flatten().filter_map(|bound| bound.parse::<i64>().ok());
            for value in near.flat_map(|n| [n.saturating_sub(1), n, n.saturating_add(1)]).chain([0, i64::MIN, i64::MAX]) {
                assert_eq!(admits(builtin, value), range.contains(&value.into()), "{builtin:?} {value}");
            }
        }
    }
}
