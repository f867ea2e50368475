//! In: a struct around a text, spelled out by generated code, and what its texts are. Out: conversions, meaning, and `Value`.
//! Not done here: reading the meaning of a text (`typed`).

/// What all types of texts have in common.
#[doc(hidden)]
#[macro_export]
macro_rules! __text_type {
    ($Type:ident, $form:expr) => {
        impl $Type {
            const FORM: $crate::TextForm = $form;

            /// The text as it was read, or is to be written.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }

            /// Whether the text is one of this type. Others are kept when reading, with a note, and refused when writing.
            #[must_use]
            pub fn is_valid(&self) -> bool {
                Self::FORM.admits(&self.0)
            }
        }

        impl From<&str> for $Type {
            fn from(text: &str) -> Self {
                Self(text.to_owned())
            }
        }

        impl From<String> for $Type {
            fn from(text: String) -> Self {
                Self(text)
            }
        }

        impl ::core::fmt::Display for $Type {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl $crate::Value for $Type {
            fn blank() -> Self {
                Self(String::new())
            }

            fn facts() -> $crate::ValueInfo {
                $crate::ValueInfo::of($crate::ValueFlags::LEAF)
            }

            fn set_text(&mut self, text: &str) -> $crate::TextMatch {
                $crate::set_formed(&Self::FORM, &mut self.0, text)
            }

            fn write(&self, writer: &mut $crate::Writer<'_>, _: &'static $crate::FieldInfo) -> $crate::Result<()> {
                writer.formed(&self.0, &Self::FORM)
            }
        }
    };
}

/// Implements a `struct Name(String)` whose texts are dates: `Name = ["MM/DD/YYYY hh:mm"] also ["none"];`, with `exact` before the patterns
/// where the first has all fields from the year to the second: any date converts then.
#[macro_export]
macro_rules! date_time {
    ($Type:ident = exact [$($pattern:literal),+] also [$($also:literal),*];) => {
        $crate::__date_time!($Type [$($pattern),+] [$($also),*]);

        impl From<$crate::CivilDateTime> for $Type {
            fn from(value: $crate::CivilDateTime) -> Self {
                Self(Self::FORM.first_of_date_time(&value))
            }
        }
    };
    ($Type:ident = [$($pattern:literal),+] also [$($also:literal),*];) => {
        $crate::__date_time!($Type [$($pattern),+] [$($also),*]);

        impl TryFrom<$crate::CivilDateTime> for $Type {
            type Error = $crate::Error;

            /// By the first format that has a place for all of it. A time of day that no format has a place for is an error.
            fn try_from(value: $crate::CivilDateTime) -> Result<Self, Self::Error> {
                Self::FORM.of_date_time(&value).map(Self)
            }
        }
    };
}

/// What all types of dates have in common.
#[doc(hidden)]
#[macro_export]
macro_rules! __date_time {
    ($Type:ident [$($pattern:literal),+] [$($also:literal),*]) => {
        $crate::__text_type!($Type, $crate::TextForm::DateTime { patterns: &[$($pattern),+], also: &[$($also),*] });

        impl $Type {
            /// The date and time, if the text is one.
            #[must_use]
            pub fn civil(&self) -> Option<$crate::CivilDateTime> {
                Self::FORM.date_time(&self.0)
            }
        }

        $crate::__jiff_date_time!($Type);
    };
}

/// Implements a `struct Name(String)` whose texts are milliseconds since the beginning of 1970, in UTC: `Name;`.
#[macro_export]
macro_rules! epoch_milliseconds {
    ($Type:ident;) => {
        $crate::__text_type!($Type, $crate::TextForm::EpochMilliseconds);

        impl $Type {
            /// The milliseconds since the beginning of 1970, in UTC, if the text is a number.
            #[must_use]
            pub fn milliseconds(&self) -> Option<i64> {
                Self::FORM.integer(&self.0)
            }

            /// The moment, if the text is one.
            #[must_use]
            pub fn system_time(&self) -> Option<::std::time::SystemTime> {
                Self::FORM.moment(&self.0)
            }
        }

        impl From<i64> for $Type {
            fn from(milliseconds: i64) -> Self {
                Self(milliseconds.to_string())
            }
        }

        impl TryFrom<::std::time::SystemTime> for $Type {
            type Error = $crate::Error;

            /// A moment between two milliseconds is an error, as the clock has it mostly: [`Self::floor`] takes the millisecond before it.
            fn try_from(moment: ::std::time::SystemTime) -> Result<Self, Self::Error> {
                Self::FORM.of_moment(moment).map(Self)
            }
        }

        impl $Type {
            /// The last millisecond that is not after the moment.
            ///
            /// # Errors
            /// A moment that is more than 292 million years away from 1970.
            pub fn floor(moment: ::std::time::SystemTime) -> Result<Self, $crate::Error> {
                Self::FORM.floor_of_moment(moment).map(Self)
            }
        }

        $crate::__jiff_epoch!($Type);
    };
}

/// Implements a `struct Name(String)` whose texts say yes or no: `Name = ["true", "TRUE", "1"] or ["false", "0"];`.
#[macro_export]
macro_rules! boolean {
    ($Type:ident = [$($yes:literal),+] or [$($no:literal),+];) => {
        $crate::__text_type!($Type, $crate::TextForm::Boolean { yes: &[$($yes),+], no: &[$($no),+] });

        impl $Type {
            /// What the text says, if it is one of the words.
            #[must_use]
            pub fn get(&self) -> Option<bool> {
                Self::FORM.boolean(&self.0)
            }
        }

        impl From<bool> for $Type {
            fn from(value: bool) -> Self {
                Self::from(Self::FORM.of_boolean(value))
            }
        }
    };
}

/// Implements a `struct Name(String)` whose texts are parts with a separator between them; the first parts may have names:
/// `Name = "," most 7 plain [country, area];`, with `plain` where a text without separator is a value too.
#[macro_export]
macro_rules! delimited {
    ($Type:ident = $separator:literal most $most:literal plain [$($part:ident),*];) => {
        $crate::delimited!(@ $Type $separator $most true [$($part),*]);
    };
    ($Type:ident = $separator:literal most $most:literal [$($part:ident),*];) => {
        $crate::delimited!(@ $Type $separator $most false [$($part),*]);
    };
    (@ $Type:ident $separator:literal $most:literal $plain:literal [$($part:ident),*]) => {
        $crate::__text_type!($Type, $crate::TextForm::Delimited { separator: $separator, most: $most, plain: $plain });

        impl $Type {
            /// Of these parts.
            #[must_use]
            pub fn of(parts: &[&str]) -> Self {
                Self(Self::FORM.of_parts(parts))
            }

            /// The parts in order; none where the text has no separator.
            pub fn parts(&self) -> impl Iterator<Item = &str> {
                Self::FORM.parts(&self.0)
            }

            $crate::__parts!(0; $($part)*);
        }
    };
}

/// Methods for the parts that have names.
#[doc(hidden)]
#[macro_export]
macro_rules! __parts {
    ($at:expr;) => {};
    ($at:expr; $part:ident $($rest:ident)*) => {
        #[doc = concat!("The part `", stringify!($part), "`, if there is one.")]
        #[must_use]
        pub fn $part(&self) -> Option<&str> {
            self.parts().nth($at)
        }

        $crate::__parts!($at + 1; $($rest)*);
    };
}

/// Implements an enum of integers that have names, with variants `Other(i64)` for those that have none, and `Text(String)` for texts
/// that are no integer or another spelling of one: `Name; One = 1; Two = 2;`.
#[macro_export]
macro_rules! named_integers {
    ($Type:ident; $($V:ident = $number:literal;)*) => {
        impl $Type {
            /// The number, if it is one.
            #[must_use]
            pub fn number(&self) -> Option<i64> {
                match self {
                    $(Self::$V => Some($number),)*
                    Self::Other(number) => Some(*number),
                    Self::Text(text) => $crate::named_integer(text).map(|(number, _)| number),
                }
            }
        }

        impl PartialEq<i64> for $Type {
            fn eq(&self, number: &i64) -> bool {
                self.number() == Some(*number)
            }
        }

        impl From<i64> for $Type {
            fn from(number: i64) -> Self {
                match number {
                    $($number => Self::$V,)*
                    number => Self::Other(number),
                }
            }
        }

        impl From<&str> for $Type {
            fn from(text: &str) -> Self {
                match $crate::named_integer(text) {
                    Some((number, true)) => Self::from(number),
                    _ => Self::Text(text.to_owned()),
                }
            }
        }

        impl ::core::fmt::Display for $Type {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                match self {
                    Self::Text(text) => f.write_str(text),
                    other => ::core::fmt::Display::fmt(&other.number().unwrap_or_default(), f),
                }
            }
        }

        impl $crate::Value for $Type {
            fn blank() -> Self {
                Self::Text(String::new())
            }

            fn facts() -> $crate::ValueInfo {
                $crate::ValueInfo::of($crate::ValueFlags::LEAF)
            }

            fn set_text(&mut self, text: &str) -> $crate::TextMatch {
                let value = Self::from(text);
                let fit = match &value {
                    Self::Text(text) if text.is_empty() => $crate::TextMatch::No,
                    value if value.number().is_none() => $crate::TextMatch::Kept,
                    _ => $crate::TextMatch::Yes,
                };
                if fit != $crate::TextMatch::No {
                    *self = value;
                }
                fit
            }

            fn write(&self, writer: &mut $crate::Writer<'_>, _: &'static $crate::FieldInfo) -> $crate::Result<()> {
                match self {
                    Self::Text(text) => writer.named_integer(text),
                    other => {
                        let number = other.number().unwrap_or_default();
                        writer.integer(number < 0, number.unsigned_abs())
                    }
                }
            }
        }
    };
}

/// Conversions of dates with the feature `jiff`.
#[doc(hidden)]
#[macro_export]
#[cfg(feature = "jiff")]
macro_rules! __jiff_date_time {
    ($Type:ident) => {
        impl $Type {
            /// The date and time, if the text is one. With the feature `jiff`.
            #[must_use]
            pub fn to_jiff(&self) -> Option<$crate::jiff::civil::DateTime> {
                self.civil().map(Into::into)
            }
        }

        impl TryFrom<$crate::jiff::civil::DateTime> for $Type {
            type Error = $crate::jiff::Error;

            /// A fraction of a second, a year before 0, and what no format has a place for is an error. With the feature `jiff`.
            fn try_from(value: $crate::jiff::civil::DateTime) -> Result<Self, Self::Error> {
                Self::FORM.of_civil(value).map(Self)
            }
        }
    };
}

/// Without the feature `jiff`: nothing.
#[doc(hidden)]
#[macro_export]
#[cfg(not(feature = "jiff"))]
macro_rules! __jiff_date_time {
    ($Type:ident) => {};
}

/// Conversions of moments with the feature `jiff`.
#[doc(hidden)]
#[macro_export]
#[cfg(feature = "jiff")]
macro_rules! __jiff_epoch {
    ($Type:ident) => {
        impl $Type {
            /// The moment, if the text is one within the years -9999 to 9999. With the feature `jiff`.
            #[must_use]
            pub fn to_jiff(&self) -> Option<$crate::jiff::Timestamp> {
                Self::FORM.timestamp(&self.0)
            }
        }

        impl TryFrom<$crate::jiff::Timestamp> for $Type {
            type Error = $crate::jiff::Error;

            /// A moment between two milliseconds is an error: round it first. With the feature `jiff`.
            fn try_from(moment: $crate::jiff::Timestamp) -> Result<Self, Self::Error> {
                Self::FORM.of_timestamp(moment).map(Self)
            }
        }
    };
}

/// Without the feature `jiff`: nothing.
#[doc(hidden)]
#[macro_export]
#[cfg(not(feature = "jiff"))]
macro_rules! __jiff_epoch {
    ($Type:ident) => {};
}
