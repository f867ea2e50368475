//! Implements lstTimeZone of the site service. The settings of the site have sample answers.

use webex_xml_types::site::{LstTimeZone, LstTimeZoneResponse, TimeZone};

use super::{Call, Outcome};
use crate::faults::Fault;
use crate::site::{Site, Zone};

/// Returns the requested time zones, or all, with their offsets at the date of the request, which is in GMT, or now. Each zone is listed
/// once.
pub(super) fn lst_time_zone(site: &Site, call: &Call<'_>, request: &LstTimeZone) -> Outcome<LstTimeZoneResponse> {
    call.user()?;
    let moment = request.date.as_ref().and_then(|date| Zone::GMT.moment(date)).unwrap_or_else(|| site.clock.now_ms());
    let wanted = |zone: &Zone| request.time_zone_id.is_empty() || request.time_zone_id.contains(&zone.id());
    let zones: Vec<TimeZone> = Zone::all().filter(wanted).map(|zone| record(zone, moment)).collect();
    if zones.is_empty() { Err(Fault::no_record()) } else { Ok(LstTimeZoneResponse::new(zones)) }
}

fn record(zone: Zone, moment: i64) -> TimeZone {
    let (offset, daylight) = zone.offset(moment);
    let mut record = TimeZone::new(zone.id(), offset, zone.label_at(moment))
        .with_short_name(zone.place())
        .with_hide_time_zone_name(zone.is_hidden())
        .with_fall_in_dst(daylight);
    let (standard, summer) = zone.seasons();
    record.standard_label = standard.map(str::to_owned);
    record.daylight_label = summer.map(str::to_owned);
    record
}
