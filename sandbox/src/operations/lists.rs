//! In: what a list holds, and the request's paging and order. Out: the page, and how many match.
//! Paging counts from 1; a page without a record is a fault, as live servers say it.
//! Not here: filters, which are with each list.

use std::cmp::Ordering;

use webex_xml_types::serv::{LstControl, LstOrderAd, MatchingRecords};

use super::Outcome;
use crate::faults::Fault;

/// Most records of a page where the request does not say. How many live servers give is not known.
pub(super) const PAGE: usize = 50;

/// The records of the page, and the counts.
pub(super) fn page<T>(all: Vec<T>, control: Option<&LstControl>) -> Outcome<(Vec<T>, MatchingRecords)> {
    let start = control.and_then(|control| control.start_from).unwrap_or(1).max(1);
    let most = control.and_then(|control| control.maximum_num).filter(|most| *most > 0);
    let bounds = bounds(all.len(), Some(start), most).ok_or_else(Fault::no_record)?;
    let number = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    let records = MatchingRecords::new(number(all.len()), number(bounds.len()), start);
    Ok((all.into_iter().skip(bounds.start).take(bounds.len()).collect(), records))
}

/// Which of so many records stand on a page; none if it is empty.
pub(super) fn bounds(total: usize, start_from: Option<i64>, most: Option<i64>) -> Option<std::ops::Range<usize>> {
    let start = usize::try_from(start_from.unwrap_or(1).max(1)).ok()? - 1;
    let most = most.map_or(PAGE, |most| usize::try_from(most).unwrap_or(PAGE));
    (start < total && most > 0).then(|| start..total.min(start.saturating_add(most)))
}

/// Sorts by several fields, the first of them first. `compare` tells nothing of a field that it does not know.
pub(super) fn sort<T, F>(all: &mut [T], fields: &[F], directions: &[LstOrderAd], compare: impl Fn(&F, &T, &T) -> Ordering) {
    all.sort_by(|a, b| {
        let each = fields.iter().enumerate().map(|(index, field)| match directions.get(index) {
            Some(LstOrderAd::Desc) => compare(field, b, a),
            _ => compare(field, a, b),
        });
        each.fold(Ordering::Equal, Ordering::then)
    });
}

/// A date of the API in a form that sorts as time goes: `MM/DD/YYYY hh:mm:ss` as `YYYY MM DD hh:mm:ss`.
pub(super) fn sortable(date: &str) -> String {
    let date = date.trim();
    let (day, time) = date.split_once(' ').unwrap_or((date, ""));
    let mut parts = day.split('/');
    let (month, day, year) = (parts.next(), parts.next(), parts.next());
    format!("{:0>4}{:0>2}{:0>2}{:0>8}", year.unwrap_or(""), month.unwrap_or(""), day.unwrap_or(""), time.trim())
}

/// Whether a filter lets a text pass, whatever the case of its letters. An empty filter is none, as live servers have it.
pub(super) fn same(wanted: Option<&str>, own: &str) -> bool {
    wanted.map(str::trim).is_none_or(|wanted| wanted.is_empty() || wanted.eq_ignore_ascii_case(own))
}

/// Whether a date lies within bounds, each of which may be absent.
pub(super) fn within<D: ToString>(date: &str, from: Option<&D>, to: Option<&D>) -> bool {
    let date = sortable(date);
    let filled = |bound: Option<&D>| bound.map(D::to_string).filter(|bound| !bound.trim().is_empty()).map(|bound| sortable(&bound));
    filled(from).is_none_or(|from| from <= date) && filled(to).is_none_or(|to| date <= to)
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
    fn dates_sort_by_time() {
        assert!(sortable("12/31/2014 23:59:59") < sortable("1/2/2015 00:00:00"));
        assert!(within("04/1/2004 10:00:00", Some(&"04/01/2004 10:00:00".to_owned()), None));
        assert!(!within("04/01/2004 10:00:00", None, Some(&"03/31/2004".to_owned())));
    }
}
