//! Refuses arguments that have no meaning at their place.

use venial::Error;

use crate::Result;
use crate::args::{Constructor, FieldArgs, Kind, Place, TypeArgs};
use crate::constructor::least;
use crate::input::{Body, Field, Input};
use crate::ty::Occurs;

/// Checks the arguments of a type and of its fields or variants.
pub(crate) fn check(input: &Input) -> Result<()> {
    kind(input)?;
    let (what, keys) = type_keys(&input.args);
    input.args.keys.allow(what, keys)?;
    if let Some((_, span)) = input.operation
        && !matches!(input.args.kind, Kind::Complex)
    {
        return Err(Error::new_at_span(span, "an operation is a complex type: a struct with `#[xml(prefix, \"name\")]`"));
    }
    let (Body::Struct(fields) | Body::Enum(fields)) = &input.body;
    let is_flat = input.args.flat || fields.iter().any(|field| matches!(field.args.place, Place::Flatten));
    if let Some(field) = fields.iter().find(|field| is_flat && field.args.items.is_some()) {
        let message = "`items` is not for a struct that is flattened, or that another is flattened into: write a struct for the wrapper";
        return Err(Error::new_at_span(field.args.span, message));
    }
    for field in fields {
        place(&input.args.kind, field)?;
        let (what, keys) = field_keys(&input.args.kind, &field.args);
        field.args.keys.allow(what, keys)?;
        bounds(field)?;
    }
    constructor(input, fields)?;
    content(input, fields)
}

/// Fails if a builder has no field to set.
fn constructor(input: &Input, fields: &[Field]) -> Result<()> {
    if input.args.constructor == Constructor::Builder && fields.iter().all(|field| least(field) == 0) {
        let message = "a builder sets required fields, and this type has none; remove `builder`";
        return Err(Error::new_at_span(input.name.span(), message));
    }
    Ok(())
}

/// Fails if a kind is a struct that has to be an enum, or the reverse.
fn kind(input: &Input) -> Result<()> {
    let message = match (&input.args.kind, &input.body) {
        (Kind::Group, Body::Enum(_)) => "a group is a struct; did you mean `choice`?",
        (Kind::Attributes, Body::Enum(_)) => "a group of attributes is a struct",
        (Kind::Choice | Kind::Polymorphic | Kind::Union(_) | Kind::Document, Body::Struct(_)) => {
            "choices, unions, polymorphic types and documents are enums"
        }
        _ => return Ok(()),
    };
    Err(Error::new_at_span(input.name.span(), message))
}

/// Returns how a message names a kind of type, and the keys of its attribute.
fn type_keys(args: &TypeArgs) -> (&'static str, &'static [&'static str]) {
    match &args.kind {
        Kind::Complex => {
            ("a complex type", &["abstract", "sequence", "all", "mixed", "flat", "model", "builder", "no_constructor", "own_serde"])
        }
        Kind::Enumeration => ("an enumeration", &["large", "own_serde"]),
        Kind::Group => ("a group", &["builder", "no_constructor"]),
        Kind::Attributes => ("a group of attributes", &["builder", "no_constructor"]),
        Kind::Choice if args.name.is_some() => ("a complex type that is a choice", &["abstract", "model", "own_serde"]),
        Kind::Choice => ("a choice", &[]),
        Kind::Polymorphic => ("a polymorphic type", &["own_serde"]),
        Kind::Union(_) => ("a union", &["own_serde"]),
        Kind::Document => ("a document", &[]),
    }
}

/// Returns how a message names a field or variant, and the keys of its attribute.
fn field_keys(kind: &Kind, args: &FieldArgs) -> (&'static str, &'static [&'static str]) {
    match (kind, &args.place, args.attribute) {
        (Kind::Enumeration, ..) => ("a value of an enumeration", &[]),
        (Kind::Union(_), ..) => ("a member of a union", &["from"]),
        (Kind::Polymorphic, ..) => ("a type", &["base", "alias"]),
        (Kind::Document, Place::Any { .. }, _) => ("a wildcard for root elements", &["any", "process"]),
        (Kind::Document, ..) => ("a root element", &["from", "default", "fixed", "facets"]),
        (Kind::Choice, Place::Name { .. }, false) => {
            ("a variant of a choice", &["from", "default", "fixed", "declarations", "facets", "min", "max"])
        }
        (Kind::Choice, Place::Any { .. }, false) => ("a wildcard", &["from", "any", "process", "min", "max"]),
        (Kind::Choice, Place::Group, _) => ("a choice or a group", &["from", "group", "min", "max"]),
        (Kind::Choice, Place::Text, _) => ("text", &["from", "text", "facets"]),
        (_, Place::Name { .. }, true) => ("an attribute", &["integer", "default", "fixed", "facets"]),
        (_, Place::Name { .. }, false) if args.items.is_some() => ("a list in an element", &["items", "integer", "facets", "min", "max"]),
        (_, Place::Name { .. }, false) => ("an element", &["integer", "default", "fixed", "declarations", "facets", "min", "max"]),
        (_, Place::Any { .. }, true) => ("an attribute wildcard", &["any", "process"]),
        (_, Place::Any { .. }, false) => ("a wildcard", &["any", "process", "min", "max"]),
        (_, Place::Group, _) => ("a choice or a group", &["group", "min", "max"]),
        (_, Place::Text, _) => ("text", &["integer", "text", "facets"]),
        (_, Place::Flatten, _) => ("a flattened struct", &["flatten", "required", "deref"]),
        (_, Place::None, _) => ("a field without a place", &["default", "fixed", "declarations", "facets", "min", "max"]),
    }
}

/// Fails if a field has a place that types of this kind do not have.
fn place(kind: &Kind, field: &Field) -> Result<()> {
    let args = &field.args;
    let message = match (kind, &args.place) {
        (Kind::Complex, _) => return Ok(()),
        (Kind::Attributes, Place::Flatten) => return Ok(()),
        (Kind::Attributes, _) if args.attribute => return Ok(()),
        (Kind::Attributes, _) => "a group of attributes has attributes only",
        (_, Place::Flatten) => "only a complex type or a group of attributes has the fields of another struct",
        _ if args.attribute => "an attribute belongs to a complex type; a group or an enum has none",
        (Kind::Group, Place::Text) => "a group has no text; text belongs to a complex type or to a choice in mixed content",
        (Kind::Union(_), Place::Name { .. }) => "a member of a union has no name",
        _ => return Ok(()),
    };
    Err(Error::new_at_span(args.span, message))
}

/// Fails if the bounds or the conversion do not fit the type of the field, or the bounds each other.
fn bounds(field: &Field) -> Result<()> {
    if field.args.from && field.ty.occurs != Occurs::One {
        let message = "`from` is for a variant that holds one value, not for an `Option` or a `Vec`";
        return Err(Error::new_at_span(field.args.span, message));
    }
    if matches!(field.args.place, Place::Flatten) && (field.ty.occurs != Occurs::One || field.ty.boxed) {
        return Err(Error::new_at_span(field.args.span, "`flatten` is for a field whose type is the struct itself"));
    }
    let (min, max) = (&field.args.min, &field.args.max);
    let Some(bound) = max.as_ref().or(min.as_ref()) else { return Ok(()) };
    if field.ty.occurs != Occurs::Many && field.args.items.is_none() {
        let message = "`min` and `max` are for a `Vec`; the type says how often another field may occur";
        return Err(Error::new_at_span(bound.span(), message));
    }
    let number = |bound: &proc_macro2::Literal| bound.to_string().parse::<u32>().ok();
    let (least, most) = (min.as_ref().and_then(number).unwrap_or(0), max.as_ref().and_then(number).unwrap_or(u32::MAX));
    match most {
        0 => Err(Error::new_at_span(bound.span(), "`max` is at least 1; remove a field that never occurs")),
        _ if least > most => Err(Error::new_at_span(bound.span(), format!("`max` is less than `min`, which is {least}"))),
        _ => Ok(()),
    }
}

/// Fails if a complex type has text beside other content, or elements although it says that it has none.
fn content(input: &Input, fields: &[Field]) -> Result<()> {
    let args = &input.args;
    if !matches!(args.kind, Kind::Complex) {
        return Ok(());
    }
    let is_text = |field: &&Field| matches!(field.args.place, Place::Text);
    let others = fields.iter().filter(|field| !field.args.attribute && !matches!(field.args.place, Place::Flatten)).count();
    if let Some(text) = fields.iter().find(is_text) {
        args.keys.allow("a type with text content", &["abstract", "flat", "builder", "no_constructor", "own_serde"])?;
        if others > 1 {
            let message = "text stands alone in a type; in mixed content, it is a variant of the choice of the children";
            return Err(Error::new_at_span(text.args.span, message));
        }
    } else if args.sequence && others > 0 {
        return args.keys.allow("a type with elements", &["abstract", "flat", "model", "builder", "no_constructor", "own_serde"]);
    }
    Ok(())
}
