//! In: one line of a table. Out: its static item; its setter.
//! Not done here: the type around the line (`complex`, `choice`).

/// The static item of a line.
#[doc(hidden)]
#[macro_export]
macro_rules! __item {
    ($place:ident $occ:tt ($type:ty) any [$constraint:literal $process:ident] [] [] []) => {
        $crate::__occurs!($occ, $crate::Item::any($constraint, <$type as $crate::Value>::KIND, <$type as $crate::Value>::facts))
    };
    ($place:ident $occ:tt ($type:ty) group $wild:tt [] [] []) => {
        $crate::__occurs!($occ, $crate::Item::group(<$type as $crate::Value>::KIND, <$type as $crate::Value>::facts))
    };
    (text $occ:tt ($type:ty) $prefix:tt $name:tt [$($default:literal)?] [$($fixed:literal)?] [$($simple:expr)?]) => {
        $crate::Item::text(<$type as $crate::Value>::KIND, <$type as $crate::Value>::facts)
            $(.default($default))? $(.fixed($fixed))? $(.within(&$simple))?
    };
    ($place:ident $occ:tt ($type:ty) $prefix:ident $name:literal [$($default:literal)?] [$($fixed:literal)?] [$($simple:expr)?]) => {
        $crate::__occurs!(
            $occ,
            $crate::Item::$place(
                xmlns::SCHEMA.number(stringify!($prefix)),
                $crate::__names!($place $prefix $name),
                <$type as $crate::Value>::KIND,
                <$type as $crate::Value>::facts
            )
        ) $(.default($default))? $(.fixed($fixed))? $(.within(&$simple))?
    };
}

/// What is written before and after the value, and the local name.
#[doc(hidden)]
#[macro_export]
macro_rules! __names {
    (element none $name:literal) => {
        [concat!("<", $name, ">"), concat!("</", $name, ">"), $name]
    };
    (element $prefix:ident $name:literal) => {
        [concat!("<", stringify!($prefix), ":", $name, ">"), concat!("</", stringify!($prefix), ":", $name, ">"), $name]
    };
    (attribute none $name:literal) => {
        [concat!(" ", $name, "=\""), "\"", $name]
    };
    (attribute $prefix:ident $name:literal) => {
        [concat!(" ", stringify!($prefix), ":", $name, "=\""), "\"", $name]
    };
}

/// An item with its occurrence.
#[doc(hidden)]
#[macro_export]
macro_rules! __occurs {
    (?, $item:expr) => {
        $item.occurs(0, 1)
    };
    (1, $item:expr) => {
        $item
    };
    (*, $item:expr) => {
        $item.occurs(0, $crate::UNBOUNDED)
    };
    (+, $item:expr) => {
        $item.occurs(1, $crate::UNBOUNDED)
    };
    ({$min:literal, *}, $item:expr) => {
        $item.occurs($min, $crate::UNBOUNDED)
    };
    ({$min:literal, $max:literal}, $item:expr) => {
        $item.occurs($min, $max)
    };
}

/// The Rust type of a line.
#[doc(hidden)]
#[macro_export]
macro_rules! __payload {
    (?, $type:ty) => {
        Option<$type>
    };
    (1, $type:ty) => {
        $type
    };
    ($occ:tt, $type:ty) => {
        Vec<$type>
    };
}

/// The setter of a line.
#[doc(hidden)]
#[macro_export]
macro_rules! __setter {
    // A number literal has no type of its own: behind `impl Into` it would be taken for an `i32`.
    (? (i8) $field:ident $with:ident) => {
        $crate::__setter!(exactly i8 $field $with);
    };
    (? (i16) $field:ident $with:ident) => {
        $crate::__setter!(exactly i16 $field $with);
    };
    (? (i32) $field:ident $with:ident) => {
        $crate::__setter!(exactly i32 $field $with);
    };
    (? (i64) $field:ident $with:ident) => {
        $crate::__setter!(exactly i64 $field $with);
    };
    (? (u8) $field:ident $with:ident) => {
        $crate::__setter!(exactly u8 $field $with);
    };
    (? (u16) $field:ident $with:ident) => {
        $crate::__setter!(exactly u16 $field $with);
    };
    (? (u32) $field:ident $with:ident) => {
        $crate::__setter!(exactly u32 $field $with);
    };
    (? (u64) $field:ident $with:ident) => {
        $crate::__setter!(exactly u64 $field $with);
    };
    (exactly $type:ident $field:ident $with:ident) => {
        #[doc = concat!("Sets `", stringify!($field), "`.")]
        #[must_use]
        pub fn $with(mut self, value: $type) -> Self {
            self.$field = Some(value);
            self
        }
    };
    (? ($type:ty) $field:ident $with:ident) => {
        #[doc = concat!("Sets `", stringify!($field), "`.")]
        #[must_use]
        pub fn $with(mut self, value: impl Into<$type>) -> Self {
            self.$field = Some(value.into());
            self
        }
    };
    ($occ:tt ($type:ty) $field:ident $with:ident) => {
        #[doc = concat!("Sets `", stringify!($field), "`.")]
        #[must_use]
        pub fn $with(mut self, values: impl IntoIterator<Item = impl Into<$type>>) -> Self {
            self.$field = values.into_iter().map(Into::into).collect();
            self
        }
    };
}
