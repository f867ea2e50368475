//! Provides paging, ordering and filters for list operations. Positions start at 1, and a page without records is reported as a fault, as
//! live servers do. Each list implements its own filters.

use std::cmp::Ordering;

use webex_xml_types::serv::{LstControl, LstOrderAd, MatchingRecords};
use webex_xml_types::values::DateTime;

use super::Outcome;
use crate::faults::Fault;
use crate::site::Zone;

/// The default number of records on a page. The default of live servers is unknown.
pub(super) const PAGE: usize = 50;

/// Returns the records of the requested page, with the counts.
pub(super) fn page<T>(all: Vec<T>, control: Option<&LstControl>) -> Outcome<(Vec<T>, MatchingRecords)> {
    let start = control.and_then(|control| control.start_from).unwrap_or(1).max(1);
    let most = control.and_then(|control| control.maximum_num).filter(|most| *most > 0);
    let bounds = bounds(all.len(), Some(start), most).ok_or_else(Fault::no_record)?;
    let number = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    let records = MatchingRecords::new(number(all.len()), number(bounds.len()), start);
    Ok((all.into_iter().skip(bounds.start).take(bounds.len()).collect(), records))
}

/// Returns the range of records on a page, or `None` if the page is empty.
pub(super) fn bounds(total: usize, start_from: Option<i64>, most: Option<i64>) -> Option<std::ops::Range<usize>> {
    let start = usize::try_from(start_from.unwrap_or(1).max(1)).ok()? - 1;
    let most = most.map_or(PAGE, |most| usize::try_from(most).unwrap_or(PAGE));
    (start < total && most > 0).then(|| start..total.min(start.saturating_add(most)))
}

/// Sorts by several fields, the first field being the most significant. `compare` returns `Equal` for a field that it does not know.
pub(super) fn sort<T, F>(all: &mut [T], fields: &[F], directions: &[LstOrderAd], compare: impl Fn(&F, &T, &T) -> Ordering) {
    all.sort_by(|a, b| {
        let each = fields.iter().enumerate().map(|(index, field)| match directions.get(index) {
            Some(LstOrderAd::Desc) => compare(field, b, a),
            _ => compare(field, a, b),
        });
        each.fold(Ordering::Equal, Ordering::then)
    });
}

/// Returns whether a text matches a filter, ignoring case. An empty filter matches everything, as on live servers.
pub(super) fn same(wanted: Option<&str>, own: &str) -> bool {
    wanted.map(str::trim).is_none_or(|wanted| wanted.is_empty() || wanted.eq_ignore_ascii_case(own))
}

/// The time ranges in which an entry must begin and end to be listed. Each bound is optional.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Period {
    begins: (Option<i64>, Option<i64>),
    ends: (Option<i64>, Option<i64>),
}

impl Period {
    /// Creates a period from dates in that zone: the earliest and latest beginning, and the earliest and latest end. An invalid date sets
    /// no bound.
    pub(super) fn new(zone: Zone, dates: [&Option<DateTime>; 4]) -> Self {
        let [begins_from, begins_to, ends_from, ends_to] = dates.map(|date| date.as_ref().and_then(|date| zone.moment(date)));
        Self { begins: (begins_from, begins_to), ends: (ends_from, ends_to) }
    }

    /// Returns whether something that begins and ends at these times is within the period.
    pub(super) fn holds(&self, begins: Option<i64>, ends: Option<i64>) -> bool {
        let within = |moment: Option<i64>, (from, to): (Option<i64>, Option<i64>)| {
            from.is_none_or(|from| moment.is_some_and(|moment| from <= moment))
                && to.is_none_or(|to| moment.is_some_and(|moment| moment <= to))
        };
        within(begins, self.begins) && within(ends, self.ends)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_count_from_one() {
        let control = |start, most| LstControl::new().with_start_from(start).with_maximum_num(most);
        let (records, counts) = page((1..=120).collect(), None).unwrap();
        assert_eq!((records.len(), counts.total, counts.returned, counts.start_from), (50, 120, 50, 1));
        let (records, counts) = page((1..=12).collect(), Some(&control(11, 5))).unwrap();
        assert_eq!((records, counts.total, counts.returned, counts.start_from), (vec![11, 12], 12, 2, 11));
        assert_eq!(page((1..=12).collect(), Some(&control(13, 5))).unwrap_err().code, "000015");
        assert_eq!(page(Vec::<i32>::new(), None).unwrap_err().code, "000015");
        assert_eq!(page(vec![1], Some(&control(i64::MIN, i64::MAX))).unwrap().0, [1]);
    }

    #[test]
    fn a_period_is_of_moments() {
        let date = |text: &str| Some(DateTime::from(text));
        let (beijing, pacific) = (Zone::of_id(45).unwrap(), Zone::OF_SITE);
        let nine = beijing.moment(&DateTime::from("10/20/2015 09:00:00"));
        let ten = nine.map(|nine| nine + 3_600_000);
        let all_day = [&date("10/20/2015"), &date("10/20/2015 23:59:59"), &None, &None];
        assert!(Period::new(beijing, all_day).holds(nine, ten));
        assert!(!Period::new(pacific, all_day).holds(nine, ten), "it is the evening before");
        assert!(Period::new(beijing, [&None, &None, &date("10/20/2015 10:00:00"), &date("10/20/2015 10:00:00")]).holds(nine, ten));
        assert!(!Period::new(beijing, [&None, &None, &None, &date("10/20/2015 09:59:59")]).holds(nine, ten));
        assert!(Period::new(beijing, [&date("none"), &date(""), &None, &None]).holds(None, None), "no bound");
        assert!(!Period::new(beijing, all_day).holds(None, None));
    }
}
