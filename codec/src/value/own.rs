//! Defines [`TextValue`], the trait of types that a program defines for texts of the schema, and the macro that makes them usable.

use std::fmt;

/// A type of a program for the texts of elements, attributes or simple types. `docs/own-types.md` describes how to use it.
///
/// The generator uses such a type if `[types]` in `xsdgen.toml` names it. It also needs the line [`text_value!`](crate::text_value!), and the derives
/// `Clone` and `PartialEq`.
///
/// # Example
/// An amount of money in cents:
#[cfg_attr(feature = "derive", doc = "```")]
#[cfg_attr(not(feature = "derive"), doc = "```ignore")]
/// # #[allow(missing_docs)] mod bindings {
/// # mod xmlns { xsdgen_codec::schema! { n = "urn:notes"; } }
/// use xsdgen_codec::{NoteKind, TextValue, Xml};
///
/// #[derive(Debug, Clone, Copy, PartialEq, Default)]
/// pub struct Cents(pub i64);
///
/// impl TextValue for Cents {
///     type Error = &'static str;
///
///     fn from_text(text: &str) -> Result<Self, Self::Error> {
///         let (whole, cents) = text.split_once('.').ok_or("an amount has a decimal point")?;
///         if cents.len() != 2 {
///             return Err("an amount has two digits after the decimal point");
///         }
///         let digits = format!("{whole}{cents}");
///         digits.parse().map(Cents).map_err(|_| "an amount is a number of at most 64 bits")
///     }
///
///     fn to_text(&self) -> String {
///         let sign = if self.0 < 0 { "-" } else { "" };
///         format!("{sign}{}.{:02}", self.0.unsigned_abs() / 100, self.0.unsigned_abs() % 100)
///     }
/// }
///
/// xsdgen_codec::text_value!(Cents);
///
/// // What the generator makes of `"n:billType/price" = "crate::Cents"` in `[types]`.
/// #[derive(Clone, PartialEq, Default, Xml)]
/// #[xml(n, "billType")]
/// pub struct Bill {
///     #[xml("price")]
///     pub price: Option<Cents>,
/// }
///
/// # pub fn main() -> xsdgen_codec::Result<()> {
/// let bill = Bill::from_xml(br#"<n:bill xmlns:n="urn:notes"><n:price>12.50</n:price></n:bill>"#)?;
/// assert_eq!(bill, Bill::new().with_price(Cents(1250)));
/// assert!(bill.to_xml_as("n:bill")?.ends_with("<n:price>12.50</n:price></n:bill>"));
///
/// // Tolerant reading leaves out a text that is no amount, and a note says why. Strict reading returns an error.
/// let wrong = br#"<n:bill xmlns:n="urn:notes"><n:price>12.5</n:price></n:bill>"#;
/// let reading = Bill::from_xml_noted(wrong)?;
/// let notes: Vec<_> = reading.notes.iter().map(|note| (note.kind, note.to_string())).collect();
/// assert_eq!(reading.value.price, None);
/// assert_eq!(notes.len(), 1);
/// assert_eq!(notes[0].0, NoteKind::BadValue);
/// assert!(notes[0].1.contains("an amount has two digits after the decimal point"), "{}", notes[0].1);
/// let error = Bill::from_xml_strict(wrong).unwrap_err();
/// assert!(error.message().contains("an amount has two digits after the decimal point"), "{error}");
/// # Ok(()) } }
/// # fn main() -> xsdgen_codec::Result<()> { bindings::main() }
/// ```
pub trait TextValue: Sized + fmt::Debug {
    /// The error for a text that is not a value. Notes and errors show its text after the text that was read.
    type Error: fmt::Display;

    /// Returns the value of a text. White space is already normalised as the schema says.
    ///
    /// # Errors
    /// Fails if the text is not a value.
    fn from_text(text: &str) -> Result<Self, Self::Error>;

    /// Returns the text of the value. Reading it has to return an equal value.
    fn to_text(&self) -> String;
}

/// Returns why a text is not a value of a type, or `None` if it is.
#[doc(hidden)]
#[must_use]
pub fn own_refusal<T: TextValue>(text: &str) -> Option<String> {
    T::from_text(text).err().map(|error| error.to_string())
}

/// Makes a type that implements [`TextValue`](crate::TextValue) usable in bindings.
///
/// Reading starts with an empty value, which is the default. A type without `Default` names another one: `text_value!(Address, empty = Address::ANY)`. It
/// stays where a required text is missing and the bindings allow that (`missing = "blank"`).
///
/// # Example
/// A type of another crate needs a type around it, because a crate implements a trait of another crate only for its own types:
/// ```
/// use std::net::{AddrParseError, IpAddr, Ipv4Addr};
/// use xsdgen_codec::TextValue;
///
/// #[derive(Debug, Clone, PartialEq)]
/// pub struct Address(pub IpAddr);
///
/// impl TextValue for Address {
///     type Error = AddrParseError;
///
///     fn from_text(text: &str) -> Result<Self, Self::Error> {
///         text.parse().map(Address)
///     }
///
///     fn to_text(&self) -> String {
///         self.0.to_string()
///     }
/// }
///
/// xsdgen_codec::text_value!(Address, empty = Address(IpAddr::V4(Ipv4Addr::UNSPECIFIED)));
/// ```
#[macro_export]
macro_rules! text_value {
    ($type:ty) => {
        $crate::text_value!($type, empty = ::core::default::Default::default());
    };
    ($type:ty, empty = $empty:expr) => {
        impl $crate::Value for $type {
            fn empty() -> Self {
                $empty
            }

            fn info() -> $crate::ValueInfo {
                static FORM: $crate::TextForm = $crate::TextForm::Own($crate::own_refusal::<$type>);
                $crate::ValueInfo::formed(&FORM)
            }

            fn set_text(&mut self, text: &str) -> $crate::TextMatch {
                match <Self as $crate::TextValue>::from_text(text) {
                    Ok(value) => {
                        *self = value;
                        $crate::TextMatch::Yes
                    }
                    Err(_) => $crate::TextMatch::No,
                }
            }

            fn write(&self, writer: &mut $crate::Writer<'_>, _: &'static $crate::FieldInfo) -> $crate::Result<()> {
                writer.text(&$crate::TextValue::to_text(self))
            }

            fn discard(self) {
                // Unlike the empty values of this crate, it may own memory: it is dropped here.
                let _ = self;
            }
        }
    };
}
