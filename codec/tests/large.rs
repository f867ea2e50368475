//! Tests that an enumeration with the key `large` behaves as one without it: the same texts, notes, errors and JSON.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a failed test panics")]
#![cfg(all(feature = "derive", feature = "serde"))]

#[allow(dead_code, missing_docs, unreachable_pub, clippy::duplicated_attributes)]
mod bindings {
    pub mod xmlns {
        xsdgen_codec::schema! { n = "urn:n"; }
    }

    #[derive(Debug, Clone, PartialEq, Eq, Hash, xsdgen_codec::Xml)]
    #[xml(n, "sizeType")]
    pub enum Small {
        #[xml("S")]
        S,
        #[xml("extra wide")]
        ExtraWide,
        #[xml("")]
        Empty,
        Other(String),
    }

    #[derive(PartialEq, Eq, Hash, xsdgen_codec::Xml)]
    #[xml(n, "sizeType", large)]
    pub enum Large {
        #[xml("S")]
        S,
        #[xml("extra wide")]
        ExtraWide,
        #[xml("")]
        Empty,
        Other(String),
    }

    #[derive(Clone, PartialEq, xsdgen_codec::Xml)]
    #[xml(n, "shirtType")]
    pub struct SmallShirt {
        #[xml("size")]
        pub size: Small,
        #[xml(attribute, "next")]
        pub next: Option<Small>,
    }

    #[derive(Clone, PartialEq, xsdgen_codec::Xml)]
    #[xml(n, "shirtType")]
    pub struct LargeShirt {
        #[xml("size")]
        pub size: Large,
        #[xml(attribute, "next")]
        pub next: Option<Large>,
    }
}

use std::collections::HashSet;
use std::fmt::Debug;

use bindings::{Large, LargeShirt, Small, SmallShirt};
use xsdgen_codec::{Reflect, WriteOptions, Xml};

/// Returns all that is seen of a document from outside.
fn seen<T: Xml + Reflect + Clone + Debug + PartialEq + serde::Serialize + serde::de::DeserializeOwned>(xml: &str) -> Vec<String> {
    let reading = T::from_xml_noted(xml.as_bytes()).unwrap();
    let shirt = &reading.value;
    let json = serde_json::to_string(shirt).unwrap();
    assert_eq!((&serde_json::from_str::<T>(&json).unwrap(), &shirt.clone()), (shirt, shirt));
    let open = WriteOptions::default().unlisted_values(true);
    vec![
        format!("{shirt:?}").replace("LargeShirt", "SmallShirt"),
        format!("{:?}", reading.notes.iter().map(ToString::to_string).collect::<Vec<_>>()),
        format!("{:?}", T::from_xml_strict(xml.as_bytes()).map(|it| it.clone() == *shirt).map_err(|error| error.to_string())),
        format!("{:?}", shirt.to_xml_as("n:shirt").map_err(|error| error.to_string())),
        format!("{:?}", shirt.to_xml_as_with("n:shirt", &open).map_err(|error| error.to_string())),
        format!("{:?}", shirt.get("size").map_err(|error| error.to_string())),
        json,
    ]
}

#[test]
fn a_large_enumeration_behaves_like_a_small_one() {
    let mut all = HashSet::new();
    for (size, next) in [("S", "S"), ("extra wide", ""), ("extra wid", "S"), ("", "extra wide"), ("XS", "XS")] {
        let xml = format!("<n:shirt xmlns:n='urn:n' next='{next}'><n:size>{size}</n:size></n:shirt>");
        let found = seen::<SmallShirt>(&xml);
        assert_eq!(seen::<LargeShirt>(&xml), found);
        all.insert(found);
    }
    assert_eq!(all.len(), 5);
}

#[test]
fn a_large_enumeration_converts_like_a_small_one() {
    for text in ["S", "extra wide", "", "XS"] {
        let (small, large) = (Small::from(text), Large::from(text));
        assert_eq!((large.as_str(), large.to_string()), (small.as_str(), small.to_string()));
        assert_eq!(format!("{large:?} {large:#?}"), format!("{small:?} {small:#?}"));
        assert_eq!((&large.clone(), &Large::from(text.to_owned()), &text.parse::<Large>().unwrap()), (&large, &large, &large));
    }
    assert_eq!((Large::VALUES, Large::from("S")), (Small::VALUES, Large::S));
}
