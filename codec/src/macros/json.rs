//! Defines the macros that implement `serde` for derived types.

/// Implements `Serialize` and `Deserialize` for a type with a JSON form.
#[cfg(feature = "serde")]
#[doc(hidden)]
#[macro_export]
macro_rules! __json {
    ($type:ty) => {
        #[automatically_derived]
        impl $crate::serde::Serialize for $type {
            fn serialize<S: $crate::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                $crate::serialize(self, serializer)
            }
        }

        #[automatically_derived]
        impl<'de> $crate::serde::Deserialize<'de> for $type {
            fn deserialize<D: $crate::serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::deserialize(deserializer)
            }
        }
    };
}

/// Implements `Json`, `Serialize` and `Deserialize` for a document.
#[cfg(feature = "serde")]
#[doc(hidden)]
#[macro_export]
macro_rules! __json_document {
    ($type:ty) => {
        #[automatically_derived]
        impl $crate::Json for $type {
            fn to_tree(&self, options: $crate::JsonOptions) -> $crate::Result<$crate::Tree> {
                $crate::document_to_tree(self, options)
            }

            fn from_tree(tree: &$crate::Tree, options: $crate::JsonOptions) -> $crate::Result<Self> {
                $crate::document_from_tree(tree, options)
            }
        }

        $crate::__json!($type);
    };
}

/// Does nothing without the feature `serde`.
#[cfg(not(feature = "serde"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __json {
    ($type:ty) => {};
}

/// Does nothing without the feature `serde`.
#[cfg(not(feature = "serde"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __json_document {
    ($type:ty) => {};
}
