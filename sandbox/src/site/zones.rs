//! Provides the time zones of the service, numbered 0 to 61 with the labels of the schema, and converts between dates and points in time.
//! The rules of daylight saving time come from the IANA database that is compiled into the program.

use jiff::Timestamp;
use jiff::civil;
use jiff::tz::TimeZone;
use webex_xml_types::com;
use webex_xml_types::values::DateTime;

/// The names that live servers use for standard time and daylight saving time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Season {
    /// The zone has no daylight saving time.
    None,
    /// Only standard time has a name, `Standard`.
    Standard,
    /// The names are `Standard` and `Daylight`.
    Daylight,
    /// Only daylight saving time has a name, `Summer`.
    Summer,
}

use Season::{Daylight, None as Never, Standard, Summer};

/// The zones by number: the IANA name of the city in the label, the names of the seasons, and whether web pages hide the name of the
/// zone.
const ZONES: [(&str, Season, bool); 62] = [
    ("Etc/GMT+12", Never, false),
    ("Pacific/Pago_Pago", Never, true),
    ("Pacific/Honolulu", Never, true),
    ("America/Anchorage", Daylight, false),
    ("America/Los_Angeles", Daylight, false),
    ("America/Phoenix", Standard, false),
    ("America/Denver", Daylight, false),
    ("America/Chicago", Daylight, false),
    ("America/Mexico_City", Daylight, true),
    ("America/Regina", Never, false),
    ("America/Bogota", Never, false),
    ("America/New_York", Daylight, false),
    ("America/Indiana/Indianapolis", Daylight, false),
    ("America/Halifax", Daylight, false),
    ("America/Caracas", Never, false),
    ("America/St_Johns", Daylight, false),
    ("America/Sao_Paulo", Daylight, false),
    ("America/Argentina/Buenos_Aires", Never, false),
    ("Atlantic/South_Georgia", Daylight, false),
    ("Atlantic/Azores", Summer, false),
    ("Africa/Casablanca", Never, true),
    ("Europe/London", Summer, false),
    ("Europe/Amsterdam", Summer, false),
    ("Europe/Paris", Summer, false),
    ("Europe/Prague", Summer, false),
    ("Europe/Berlin", Summer, false),
    ("Europe/Athens", Summer, false),
    ("Europe/Bucharest", Summer, false),
    ("Africa/Cairo", Daylight, false),
    ("Africa/Johannesburg", Never, false),
    ("Europe/Helsinki", Summer, false),
    ("Asia/Jerusalem", Daylight, false),
    ("Asia/Baghdad", Never, false),
    ("Europe/Moscow", Daylight, false),
    ("Africa/Nairobi", Never, false),
    ("Asia/Tehran", Daylight, false),
    ("Asia/Dubai", Never, false),
    ("Asia/Baku", Daylight, false),
    ("Asia/Kabul", Never, false),
    ("Asia/Yekaterinburg", Never, false),
    ("Asia/Karachi", Never, false),
    ("Asia/Kolkata", Never, false),
    ("Asia/Colombo", Never, false),
    ("Asia/Almaty", Never, false),
    ("Asia/Bangkok", Never, false),
    ("Asia/Shanghai", Never, false),
    ("Australia/Perth", Daylight, false),
    ("Asia/Singapore", Never, false),
    ("Asia/Hong_Kong", Never, false),
    ("Asia/Tokyo", Never, false),
    ("Asia/Seoul", Never, false),
    ("Asia/Yakutsk", Daylight, false),
    ("Australia/Adelaide", Daylight, false),
    ("Australia/Darwin", Never, false),
    ("Australia/Brisbane", Never, false),
    ("Australia/Sydney", Daylight, false),
    ("Pacific/Guam", Never, false),
    ("Australia/Hobart", Daylight, false),
    ("Asia/Vladivostok", Daylight, false),
    ("Pacific/Guadalcanal", Never, false),
    ("Pacific/Auckland", Daylight, false),
    ("Pacific/Fiji", Daylight, false),
];

/// A time zone of the service.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Zone(Option<u8>);

impl Zone {
    /// GMT, which `lstTimeZone` and the times of the site itself use. It is not one of the numbered zones.
    pub(crate) const GMT: Self = Self(None);

    /// The zone of the site, which is also the default for users and sessions.
    pub(crate) const OF_SITE: Self = Self(Some(4));

    /// Returns all numbered zones, ordered by number.
    pub(crate) fn all() -> impl Iterator<Item = Self> {
        (0..ZONES.len()).filter_map(|id| u8::try_from(id).ok()).map(|id| Self(Some(id)))
    }

    /// Returns the zone of that number.
    pub(crate) fn of_id(id: i64) -> Option<Self> {
        u8::try_from(id).ok().filter(|id| usize::from(*id) < ZONES.len()).map(|id| Self(Some(id)))
    }

    /// Returns the zone with that label of the schema.
    pub(crate) fn of_label(label: &com::TimeZone) -> Option<Self> {
        Self::all().find(|zone| zone.label() == label.as_str())
    }

    /// Returns the number of the zone. GMT has none and returns the number of the site's zone.
    pub(crate) fn id(self) -> i64 {
        self.0.map_or_else(|| Self::OF_SITE.id(), i64::from)
    }

    /// Returns the label in the schema, such as `GMT-08:00, Pacific (San Jose)`. It shows the offset of standard time.
    pub(crate) fn label(self) -> &'static str {
        self.0.and_then(|id| com::TimeZone::VALUES.get(usize::from(id))).copied().unwrap_or("GMT")
    }

    /// Returns the label as a value of the schema.
    pub(crate) fn as_value(self) -> com::TimeZone {
        com::TimeZone::from(self.label())
    }

    /// Returns the label with the offset at a point in time, such as `GMT-07:00, Pacific (San Jose)` in summer.
    pub(crate) fn label_at(self, ms: i64) -> String {
        let (minutes, _) = self.offset(ms);
        let place = self.label().split_once(", ").map_or("", |(_, place)| place);
        let (sign, size) = (if minutes < 0 { '-' } else { '+' }, minutes.abs());
        format!("GMT{sign}{:02}:{:02}, {place}", size / 60, size % 60)
    }

    /// Returns the place in the label, such as `San Jose`.
    pub(crate) fn place(self) -> &'static str {
        self.label().rsplit_once('(').map_or(self.label(), |(_, place)| place.trim_end_matches(')'))
    }

    /// Returns the names of standard time and daylight saving time, if they have one.
    pub(crate) fn seasons(self) -> (Option<&'static str>, Option<&'static str>) {
        match self.row().1 {
            Never => (None, None),
            Standard => (Some("Standard"), None),
            Daylight => (Some("Standard"), Some("Daylight")),
            Summer => (None, Some("Summer")),
        }
    }

    /// Returns whether web pages hide the name of the zone.
    pub(crate) fn is_hidden(self) -> bool {
        self.row().2
    }

    fn row(self) -> (&'static str, Season, bool) {
        self.0.and_then(|id| ZONES.get(usize::from(id))).copied().unwrap_or(("UTC", Never, false))
    }

    fn rules(self) -> TimeZone {
        TimeZone::get(self.row().0).unwrap_or(TimeZone::UTC)
    }

    /// Returns the offset from GMT in minutes, and whether daylight saving time is in force.
    pub(crate) fn offset(self, ms: i64) -> (i64, bool) {
        let rules = self.rules();
        let info = rules.to_offset_info(timestamp(ms));
        (i64::from(info.offset().seconds()) / 60, info.dst().is_dst())
    }

    /// Converts a date in the zone to milliseconds since 1970. Returns `None` for `none` and for an invalid date.
    pub(crate) fn moment(self, date: &DateTime) -> Option<i64> {
        let date = date.civil()?;
        let day = civil::Date::new(date.year(), date.month(), date.day()).ok()?;
        let time = civil::Time::new(date.hour(), date.minute(), date.second(), 0).ok()?;
        let moment = self.rules().to_ambiguous_timestamp(day.to_datetime(time)).compatible().ok()?;
        Some(moment.as_millisecond())
    }

    /// Formats a point in time in the zone as `MM/DD/YYYY hh:mm:ss`.
    pub(crate) fn date(self, ms: i64) -> String {
        self.rules().to_datetime(timestamp(ms)).strftime("%m/%d/%Y %H:%M:%S").to_string()
    }
}

/// Converts milliseconds since 1970 to a timestamp. Later times than the last possible timestamp are clamped to it.
fn timestamp(ms: i64) -> Timestamp {
    Timestamp::from_millisecond(ms).unwrap_or(if ms < 0 { Timestamp::MIN } else { Timestamp::MAX })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_zone_has_rules_and_a_label() {
        assert_eq!(ZONES.len(), com::TimeZone::VALUES.len());
        for zone in Zone::all() {
            assert!(TimeZone::get(zone.row().0).is_ok(), "{zone:?}");
            assert_eq!(Zone::of_label(&zone.as_value()), Some(zone));
            assert!(zone.label_at(0).starts_with("GMT") && !zone.place().is_empty(), "{zone:?}");
        }
        assert_eq!((Zone::of_id(-1), Zone::of_id(62), Zone::of_id(256)), (None, None, None));
        assert_eq!((Zone::OF_SITE.place(), Zone::GMT.label_at(0)), ("San Jose", "GMT+00:00, ".to_owned()));
    }

    #[test]
    fn offsets_follow_the_season() {
        let (winter, summer) = (1_422_306_000_000, 1_437_753_600_000);
        let pacific = Zone::OF_SITE;
        assert_eq!((pacific.offset(winter), pacific.offset(summer)), ((-480, false), (-420, true)));
        assert_eq!(pacific.label_at(summer), "GMT-07:00, Pacific (San Jose)");
        assert_eq!(pacific.label_at(winter), pacific.label());
        let bombay = Zone::of_id(41).unwrap();
        assert_eq!((bombay.label_at(winter), bombay.offset(winter)), ("GMT+05:30, India (Bombay)".to_owned(), (330, false)));
        assert_eq!(Zone::of_id(15).unwrap().label_at(summer), "GMT-02:30, Newfoundland (Newfoundland)");
    }

    #[test]
    fn dates_are_moments_in_their_zone() {
        let date = DateTime::from("10/20/2015 09:00:00");
        let beijing = Zone::of_id(45).unwrap();
        let moment = beijing.moment(&date).unwrap();
        assert_eq!((Zone::GMT.date(moment), beijing.date(moment)), ("10/20/2015 01:00:00".to_owned(), date.to_string()));
        assert_eq!(Zone::OF_SITE.date(moment), "10/19/2015 18:00:00");
        assert_eq!(beijing.moment(&DateTime::from("10/20/2015")), Some(moment - 9 * 3_600_000));
        assert!(beijing.moment(&DateTime::from("none")).is_none() && beijing.moment(&DateTime::from("soon")).is_none());
        // A local time that daylight saving time skips is taken as one hour later.
        assert_eq!(Zone::OF_SITE.date(Zone::OF_SITE.moment(&DateTime::from("03/08/2015 02:30:00")).unwrap()), "03/08/2015 03:30:00");
    }
}
