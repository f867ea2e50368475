//! Converts the number of a time zone, as sent in `timeZoneID`, to the zone's IANA name and, with the feature `jiff`, to a date in that
//! zone. The labels of the zones, which differ between releases, are not used; `site::LstTimeZone` asks the service for them.

/// The IANA names by number. The numbers have the order of the labels of [`com::TimeZone`](crate::com::TimeZone).
const ZONES: [&str; 62] = [
    "Etc/GMT+12",
    "Pacific/Pago_Pago",
    "Pacific/Honolulu",
    "America/Anchorage",
    "America/Los_Angeles",
    "America/Phoenix",
    "America/Denver",
    "America/Chicago",
    "America/Mexico_City",
    "America/Regina",
    "America/Bogota",
    "America/New_York",
    "America/Indiana/Indianapolis",
    "America/Halifax",
    "America/Caracas",
    "America/St_Johns",
    "America/Sao_Paulo",
    "America/Argentina/Buenos_Aires",
    "Atlantic/South_Georgia",
    "Atlantic/Azores",
    "Africa/Casablanca",
    "Europe/London",
    "Europe/Amsterdam",
    "Europe/Paris",
    "Europe/Prague",
    "Europe/Berlin",
    "Europe/Athens",
    "Europe/Bucharest",
    "Africa/Cairo",
    "Africa/Johannesburg",
    "Europe/Helsinki",
    "Asia/Jerusalem",
    "Asia/Baghdad",
    "Europe/Moscow",
    "Africa/Nairobi",
    "Asia/Tehran",
    "Asia/Dubai",
    "Asia/Baku",
    "Asia/Kabul",
    "Asia/Yekaterinburg",
    "Asia/Karachi",
    "Asia/Kolkata",
    "Asia/Colombo",
    "Asia/Almaty",
    "Asia/Bangkok",
    "Asia/Shanghai",
    "Australia/Perth",
    "Asia/Singapore",
    "Asia/Hong_Kong",
    "Asia/Tokyo",
    "Asia/Seoul",
    "Asia/Yakutsk",
    "Australia/Adelaide",
    "Australia/Darwin",
    "Australia/Brisbane",
    "Australia/Sydney",
    "Pacific/Guam",
    "Australia/Hobart",
    "Asia/Vladivostok",
    "Pacific/Guadalcanal",
    "Pacific/Auckland",
    "Pacific/Fiji",
];

/// Returns the IANA name of the zone with this `timeZoneID`.
///
/// Returns `None` for -1, which stands for the zone of the caller's account, and for numbers that later releases added.
///
/// The numbers are 0 to 61, in the order of the labels that the schema lists. Messages that contain both a number and a label (4 is San
/// Jose, 25 is Berlin) confirm this. The zone is that of the city in the label, with all its changes to daylight saving time.
///
/// ```
/// assert_eq!(webex_xml::time_zone::iana(25), Some("Europe/Berlin"));
/// assert_eq!(webex_xml::time_zone::iana(-1), None);
/// ```
#[must_use]
pub fn iana(time_zone_id: i64) -> Option<&'static str> {
    ZONES.get(usize::try_from(time_zone_id).ok()?).copied()
}

/// Returns the date in the zone whose number is in the accompanying `timeZoneID` element.
///
/// # Errors
/// Returns a [`ZoneError`] if the text is not a date, the number is not known, or this machine does not know the zone.
///
/// ```
/// use webex_xml::{time_zone, values::DateTime};
///
/// let start = time_zone::zoned(&DateTime::from("08/05/2015 10:00:00"), 4).unwrap();
/// assert_eq!(start.to_string(), "2015-08-05T10:00:00-07:00[America/Los_Angeles]");
/// ```
#[cfg(feature = "jiff")]
#[cfg_attr(docsrs, doc(cfg(feature = "jiff")))]
pub fn zoned(date: &crate::values::DateTime, time_zone_id: i64) -> Result<jiff::ZonedDateTime, ZoneError> {
    let civil = date.to_jiff().ok_or_else(|| ZoneError::NoDate(date.to_string()))?;
    let zone = iana(time_zone_id).ok_or(ZoneError::UnknownNumber(time_zone_id))?;
    civil.in_tz(zone).map_err(ZoneError::Zone)
}

/// The reason why a date cannot be converted to a point in time.
#[cfg(feature = "jiff")]
#[cfg_attr(docsrs, doc(cfg(feature = "jiff")))]
#[derive(Debug)]
#[non_exhaustive]
pub enum ZoneError {
    /// The text is not a date, such as `none`.
    NoDate(String),
    /// No known zone has this `timeZoneID`.
    UnknownNumber(i64),
    /// The rules of the zone are not available, or the date is out of range.
    Zone(jiff::Error),
}

#[cfg(feature = "jiff")]
impl std::fmt::Display for ZoneError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::NoDate(text) => write!(f, "`{text}` is no date"),
            Self::UnknownNumber(number) => write!(f, "no time zone is known to have the timeZoneID {number}"),
            Self::Zone(_) => f.write_str("the date cannot be put into its time zone"),
        }
    }
}

#[cfg(feature = "jiff")]
impl std::error::Error for ZoneError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Zone(error) => Some(error),
            Self::NoDate(_) | Self::UnknownNumber(_) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_label_has_a_zone() {
        assert_eq!(ZONES.len(), crate::com::TimeZone::VALUES.len());
        for (id, city) in [(0, "Eniwetok"), (4, "San Jose"), (11, "New York"), (25, "Berlin"), (49, "Tokyo"), (61, "Fiji")] {
            assert!(crate::com::TimeZone::VALUES[id].contains(city), "{id}");
        }
        assert_eq!((iana(0), iana(49), iana(62), iana(-1)), (Some("Etc/GMT+12"), Some("Asia/Tokyo"), None, None));
    }

    #[cfg(feature = "jiff")]
    #[test]
    fn every_zone_is_known() {
        for id in 0..62 {
            assert!(zoned(&"01/02/2016 03:04:05".into(), id).is_ok(), "{id}");
        }
        assert!(matches!(zoned(&"none".into(), 4), Err(ZoneError::NoDate(_))));
        assert!(matches!(zoned(&"01/02/2016 03:04:05".into(), 99), Err(ZoneError::UnknownNumber(99))));
    }
}
