//! Tests value types for strings with a meaning, such as dates: the text is written byte for byte as it was read. A text that does not fit
//! the type is kept with a note, and writing refuses it. The formats have their own tests in the module `typed`.
#![cfg(feature = "derive")]
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, reason = "a failed test panics")]

use std::time::{Duration, UNIX_EPOCH};

use xsdgen_codec::{CivilDateTime, ErrorKind, NoteKind, ReadOptions, WriteOptions, Xml};

mod xmlns {
    xsdgen_codec::schema! { trim_text = true; n = "urn:n"; }
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Date(String);
xsdgen_codec::date_time! { Date = exact ["MM/DD/YYYY hh:mm:ss", "MM/DD/YYYY"] also ["none"]; }

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Day(String);
xsdgen_codec::date_time! { Day = ["MM/DD/YYYY", "YYYY-MM-DD hh:mm"] also []; }

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Moment(String);
xsdgen_codec::epoch_milliseconds! { Moment; }

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Flag(String);
xsdgen_codec::boolean! { Flag = ["true", "TRUE", "1"] or ["false", "0"]; }

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Phone(String);
xsdgen_codec::delimited! { Phone = "," most 7 plain [country, area]; }

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Kind {
    One,
    Two,
    Other(i64),
    Text(String),
}
xsdgen_codec::named_integers! { Kind; One = 1; Two = 2; }

#[derive(Clone, PartialEq, Default, Xml)]
#[xml(n, "note")]
pub struct Note {
    #[xml("date")]
    pub date: Option<Date>,
    #[xml("moment")]
    pub moment: Option<Moment>,
    #[xml("flag", facets = xsdgen_codec::SimpleType::of(xsdgen_codec::Builtin::Boolean))]
    pub flag: Option<Flag>,
    #[xml("phone")]
    pub phone: Option<Phone>,
    #[xml("kind")]
    pub kind: Option<Kind>,
}

fn element(name: &str, text: &str) -> String {
    format!("<n:note xmlns:n=\"urn:n\"><n:{name}>{text}</n:{name}></n:note>")
}

const FITTING: &[(&str, &[&str])] = &[
    ("date", &["05/31/2004 10:10:10", "04/1/2004 9:05:00", "04/01/2004", "none"]),
    ("moment", &["1431725387202", "0", "-5", "007", "+7"]),
    ("flag", &["true", "TRUE", "1", "false", "0"]),
    ("phone", &["49,,,,,,", "1,408,5550100", "+1 408 555 0100"]),
    ("kind", &["1", "2", "77", "-3", "01"]),
];

const UNFIT: &[(&str, &[&str])] = &[
    ("date", &["31/05/2004 10:10:10", "02/30/2004", "soon"]),
    ("moment", &["1.5", "soon", "99999999999999999999"]),
    ("flag", &["yes", "True"]),
    ("phone", &["1,2,3,4,5,6,7,8"]),
    ("kind", &["one", "1.0"]),
];

#[test]
fn texts_that_fit_are_written_unchanged() {
    for (name, texts) in FITTING {
        for text in *texts {
            let xml = element(name, text);
            let reading = Note::read_xml(xml.as_bytes(), &ReadOptions::tolerant()).unwrap();
            assert!(reading.notes.is_empty(), "{xml}: {:?}", reading.notes);
            let written = reading.value.to_xml_as("n:note").unwrap();
            assert!(written.ends_with(&xml), "{xml}: {written}");
        }
    }
}

#[test]
fn texts_that_do_not_fit_are_noted_and_not_written() {
    for (name, texts) in UNFIT {
        for text in *texts {
            let xml = element(name, text);
            let reading = Note::read_xml(xml.as_bytes(), &ReadOptions::tolerant()).unwrap();
            let kinds: Vec<NoteKind> = reading.notes.iter().map(|note| note.kind).collect();
            assert_eq!(kinds, [NoteKind::KeptValue], "{xml}");
            assert!(format!("{:?}", reading.value).contains(text), "{xml}: {:?}", reading.value);
            let refused = reading.value.to_xml_as("n:note").unwrap_err();
            assert_eq!((refused.kind(), refused.path()), (ErrorKind::Value, format!("note/{name}").as_str()), "{xml}");
            let strict = Note::read_xml(xml.as_bytes(), &ReadOptions::strict()).unwrap_err();
            assert!(matches!(strict.kind(), ErrorKind::Value | ErrorKind::Facet), "{xml}: {strict}");
        }
    }
}

#[test]
fn tolerant_writing_writes_what_tolerant_reading_kept() {
    for (name, texts) in UNFIT {
        for text in *texts {
            let xml = element(name, text);
            let reading = Note::read_xml(xml.as_bytes(), &ReadOptions::tolerant()).unwrap();
            assert!(reading.value.to_xml_as_with("n:note", &WriteOptions::tolerant()).unwrap().ends_with(&xml), "{xml}");
        }
    }
}

#[test]
fn the_type_information_lists_the_elements() {
    let elements: Vec<&str> = Note::type_info().unwrap().elements().map(|item| item.name()).collect();
    assert_eq!(elements, ["date", "moment", "flag", "phone", "kind"]);
    let flag = Note::type_info().unwrap().elements().nth(2).unwrap();
    assert!(!flag.is_required() && !flag.is_list() && flag.complex_type().is_none());
    assert!(flag.simple_type().unwrap().validate("yes").is_err());
}

#[test]
fn strict_reading_follows_the_schema() {
    assert!(Note::read_xml(element("flag", "1").as_bytes(), &ReadOptions::strict()).is_ok());
    assert_eq!(Note::read_xml(element("flag", "TRUE").as_bytes(), &ReadOptions::strict()).unwrap_err().kind(), ErrorKind::Value);
}

#[test]
fn an_empty_text_counts_as_absent_if_it_is_not_a_value() {
    for (name, _) in FITTING.iter().filter(|(name, _)| *name != "phone") {
        let reading = Note::read_xml(element(name, "").as_bytes(), &ReadOptions::tolerant()).unwrap();
        assert_eq!(reading.value, Note::default(), "{name}");
        assert_eq!(reading.notes.len(), 1, "{name}");
    }
}

#[test]
fn values_have_more_specific_types() {
    let date = CivilDateTime::new(2004, 4, 1, 9, 5, 0).unwrap();
    assert_eq!(Date::from("04/1/2004 9:05:00").civil(), Some(date));
    assert_eq!(Date::from(date).as_str(), "04/01/2004 09:05:00");
    assert_eq!(Date::from("none").civil(), None);
    let moment = UNIX_EPOCH + Duration::from_millis(1_431_725_387_202);
    assert_eq!(Moment::from(1_431_725_387_202).system_time(), Some(moment));
    assert_eq!(Moment::try_from(moment).unwrap().as_str(), "1431725387202");
    assert_eq!((Flag::from("TRUE").get(), Flag::from(false).as_str(), Flag::from("x").get()), (Some(true), "false", None));
    let phone = Phone::of(&["1", "408", "5550100"]);
    assert_eq!((phone.as_str(), phone.country(), phone.area()), ("1,408,5550100", Some("1"), Some("408")));
    assert_eq!(Phone::from("5550100").country(), None);
    assert_eq!((Kind::from(2), Kind::from(9), Kind::from("2"), Kind::from("02").number()), (Kind::Two, Kind::Other(9), Kind::Two, Some(2)));
}

#[cfg(feature = "jiff")]
#[test]
fn dates_and_timestamps_convert_to_jiff() {
    let date: jiff::civil::DateTime = "2004-04-01T09:05:00".parse().unwrap();
    assert_eq!(Date::from("04/1/2004 9:05:00").to_jiff(), Some(date));
    assert_eq!(Date::try_from(date).unwrap().as_str(), "04/01/2004 09:05:00");
    assert!(Date::try_from(jiff::civil::DateTime::MIN).is_err());
    let moment: jiff::Timestamp = "2015-05-15T21:29:47.202Z".parse().unwrap();
    assert_eq!(Moment::try_from(moment).unwrap().as_str(), "1431725387202");
    assert_eq!(Moment::from("1431725387202").to_jiff(), Some(moment));
}

#[test]
fn a_value_that_the_format_cannot_represent_does_not_convert() {
    let date = |hour, minute, second| CivilDateTime::new(2004, 4, 1, hour, minute, second).unwrap();
    assert_eq!(Day::try_from(date(0, 0, 0)).unwrap().as_str(), "04/01/2004");
    assert_eq!(Day::try_from(date(9, 5, 0)).unwrap().as_str(), "2004-04-01 09:05", "the first format that has a place for all of it");
    let refused = Day::try_from(date(9, 5, 7)).unwrap_err();
    assert_eq!(refused.message(), "2004-04-01T09:05:07 cannot be written as a date as MM/DD/YYYY or YYYY-MM-DD hh:mm without loss");
    let between = UNIX_EPOCH + Duration::from_nanos(1_500_000);
    assert!(Moment::try_from(between).is_err());
    assert_eq!(Moment::floor(between).unwrap().as_str(), "1");
    assert_eq!(Moment::floor(UNIX_EPOCH - Duration::from_nanos(1)).unwrap().as_str(), "-1");
}

#[cfg(feature = "jiff")]
#[test]
fn fractions_are_not_cut_off() {
    assert!(Date::try_from("2004-04-01T09:05:00.5".parse::<jiff::civil::DateTime>().unwrap()).is_err());
    assert!(Day::try_from("2004-04-01T09:05:07".parse::<jiff::civil::DateTime>().unwrap()).is_err());
    assert!(Moment::try_from("2015-05-15T21:29:47.2025Z".parse::<jiff::Timestamp>().unwrap()).is_err());
}
