//! Maps built-in types, and integers with bounds, to Rust types. `simple` handles the types that the settings give instead.

use crate::datatypes::FacetKind;
use crate::ir::{CodecType, Scalar, SimpleOf, SimpleType as Expr, Ty};
use crate::model::{Builtin, SimpleType, TypeId};

/// Returns the Rust type of a built-in type.
pub(super) fn scalar(builtin: Builtin) -> Ty {
    Ty::Scalar(match builtin {
        Builtin::Boolean => Scalar::Bool,
        Builtin::Byte => Scalar::I8,
        Builtin::Short => Scalar::I16,
        Builtin::Int => Scalar::I32,
        Builtin::Long => Scalar::I64,
        Builtin::UnsignedByte => Scalar::U8,
        Builtin::UnsignedShort => Scalar::U16,
        Builtin::UnsignedInt => Scalar::U32,
        Builtin::UnsignedLong => Scalar::U64,
        Builtin::Float => Scalar::F32,
        Builtin::Double => Scalar::F64,
        Builtin::Integer
        | Builtin::NonPositiveInteger
        | Builtin::NegativeInteger
        | Builtin::NonNegativeInteger
        | Builtin::PositiveInteger => return Ty::Codec(CodecType::Integer),
        Builtin::QName | Builtin::Notation => return Ty::Codec(CodecType::QName),
        Builtin::Decimal => return Ty::Codec(CodecType::Decimal),
        Builtin::Duration => return Ty::Codec(CodecType::Duration),
        Builtin::DateTime => return Ty::Codec(CodecType::DateTime),
        Builtin::Time => return Ty::Codec(CodecType::Time),
        Builtin::Date => return Ty::Codec(CodecType::Date),
        Builtin::GYearMonth => return Ty::Codec(CodecType::GYearMonth),
        Builtin::GYear => return Ty::Codec(CodecType::GYear),
        Builtin::GMonthDay => return Ty::Codec(CodecType::GMonthDay),
        Builtin::GDay => return Ty::Codec(CodecType::GDay),
        Builtin::GMonth => return Ty::Codec(CodecType::GMonth),
        Builtin::HexBinary => return Ty::Codec(CodecType::HexBinary),
        Builtin::Base64Binary => return Ty::Codec(CodecType::Base64Binary),
        Builtin::Nmtokens | Builtin::Idrefs | Builtin::Entities => return Ty::List(Box::new(Ty::STRING)),
        _ => Scalar::String,
    })
}

/// Returns whether the Rust type alone determines this built-in type.
fn implied(builtin: Builtin) -> bool {
    matches!(
        builtin,
        Builtin::String
            | Builtin::Boolean
            | Builtin::Byte
            | Builtin::Short
            | Builtin::Int
            | Builtin::Long
            | Builtin::Integer
            | Builtin::UnsignedByte
            | Builtin::UnsignedShort
            | Builtin::UnsignedInt
            | Builtin::UnsignedLong
            | Builtin::Float
            | Builtin::Double
            | Builtin::Decimal
            | Builtin::Duration
            | Builtin::DateTime
            | Builtin::Time
            | Builtin::Date
            | Builtin::GYearMonth
            | Builtin::GYear
            | Builtin::GMonthDay
            | Builtin::GDay
            | Builtin::GMonth
            | Builtin::HexBinary
            | Builtin::Base64Binary
            | Builtin::AnySimpleType
    )
}

/// Returns whether a Rust type keeps text as written.
fn holds_text(ty: &Ty) -> bool {
    match ty {
        Ty::Scalar(scalar) => *scalar == Scalar::String,
        Ty::Foreign(_) => false,
        _ => true,
    }
}

/// Returns a type that the settings give: a primitive type, `String`, or a path.
pub(super) fn given(path: &str) -> Ty {
    Scalar::of(path).map_or_else(|| Ty::Foreign(path.to_owned()), Ty::Scalar)
}

/// Returns the Rust type of an integer type: a 64-bit primitive if it covers the bounds of the type, otherwise an integer of any size.
pub(super) fn bounded(steps: &[(TypeId, &SimpleType)], builtin: Builtin) -> Ty {
    let (least, greatest) = xsdgen_datatypes::builtin::bounds(builtin);
    let (mut least, mut greatest) = (least.map(str::to_owned), greatest.map(str::to_owned));
    let mut digits = None;
    for (_, ty) in steps.iter().rev() {
        let facets = &ty.facets;
        // An exclusive bound is treated as inclusive. The difference of one is not relevant here.
        let bound = |lower: bool| facets.bounds().find(|(_, comparison, _)| comparison.is_lower() == lower).map(|(.., f)| f.value.clone());
        (least, greatest) = (bound(true).or(least), bound(false).or(greatest));
        digits = facets.get(FacetKind::TotalDigits).map(|f| f.value.as_str()).or(digits);
    }
    let few = digits.and_then(|digits| digits.trim().parse::<u32>().ok()).is_some_and(|digits| digits <= 18);
    let number = |bound: Option<String>| bound.and_then(|bound| bound.trim().parse::<i128>().ok());
    let (least, greatest) = match (number(least), number(greatest)) {
        (least, greatest) if few => (least.unwrap_or(i64::MIN.into()), greatest.unwrap_or(i64::MAX.into())),
        (Some(least), Some(greatest)) => (least, greatest),
        _ => return Ty::Codec(CodecType::Integer),
    };
    if least >= 0 && greatest <= u64::MAX.into() {
        Ty::Scalar(Scalar::U64)
    } else if least >= i64::MIN.into() && greatest <= i64::MAX.into() {
        Ty::Scalar(Scalar::I64)
    } else {
        Ty::Codec(CodecType::Integer)
    }
}

/// Returns whether the facets tell strict mode nothing that the Rust type does not.
pub(super) fn says_nothing(ty: &Ty, expr: &Expr) -> bool {
    let SimpleOf::Builtin(builtin) = expr.of else { return false };
    // If the settings map text to a number, the facets are needed: for the schema, `007` and `7` are different text.
    let any = matches!(builtin, Builtin::String | Builtin::AnySimpleType) && holds_text(ty);
    // If they map an integer to another integer type, it is still an integer.
    let native = any
        || *ty == scalar(builtin)
        || builtin == Builtin::Integer && matches!(ty, Ty::Scalar(Scalar::I8 | Scalar::I16 | Scalar::I32 | Scalar::I64));
    expr.facets.is_empty() && implied(builtin) && native
}
