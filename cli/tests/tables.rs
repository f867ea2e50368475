//! Tests tables of chosen columns, which are cut to the width of a terminal or of `--width`, and otherwise not cut. The distribution of the
//! width is tested in the module `table`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a failed test panics")]

mod support;

use support::{as_host, sandbox};
use webex_xml_sandbox::SiteKind;

#[test]
fn columns_are_chosen() {
    let sandbox = sandbox(SiteKind::Ci);
    let head = |arguments: &[&str]| {
        let mut all = vec!["lstsummaryMeeting"];
        all.extend(arguments);
        let ran = as_host(&sandbox, &all, b"");
        assert_eq!(ran.status, 0, "{}", ran.err);
        ran.out.lines().next().unwrap().split_whitespace().map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(head(&["--columns", "confName,meetingKey"]), ["confName", "meetingKey"]);
    assert_eq!(head(&["--columns", "meeting.status", "-o", "table", "--columns", "startDate"]), ["status", "startDate"]);
    assert!(head(&["-o", "table"]).len() > 8);
}

#[test]
fn lines_are_cut_only_on_a_terminal_or_to_a_given_width() {
    let sandbox = sandbox(SiteKind::Ci);
    let lines = |more: &[&str]| {
        let mut all = vec!["lstsummaryMeeting", "-o", "table"];
        all.extend(more);
        let ran = as_host(&sandbox, &all, b"");
        (ran.out, ran.err)
    };
    let (all, notes) = lines(&[]);
    assert!(all.lines().all(|line| line.chars().count() > 120) && notes.is_empty(), "{all}{notes}");
    assert_eq!(lines(&["--width", "0"]).0, all);
    let (cut, notes) = lines(&["--width", "70"]);
    assert!(cut.lines().all(|line| line.chars().count() <= 70) && cut.contains('\u{2026}'), "{cut}");
    assert!(notes.contains("these columns do not fit: ") && notes.contains("--columns"), "{notes}");
    let (chosen, notes) = lines(&["--width", "40", "--columns", "meetingKey,confName,hostWebExID,timeZone"]);
    assert!(chosen.lines().all(|line| line.chars().count() <= 40) && notes.is_empty(), "{chosen}{notes}");
}
