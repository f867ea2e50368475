//! Tests the list of time zones, the zones of sessions and accounts, and the dates of filters.

use webex_xml_sandbox::{ADMIN, HOST, Sandbox, SiteKind};
use webex_xml_types::serv::AnyBodyContent;
use webex_xml_types::site::TimeZone;
use webex_xml_types::{Document, com};

use crate::support::text;
use crate::{assert_fault, assert_success, call, password, site};

fn zones(sandbox: &Sandbox, children: &str) -> Vec<TimeZone> {
    let answer = call(sandbox, &password(&HOST), "site.LstTimeZone", children);
    assert_success(&answer);
    let Ok(Document::Message(message)) = Document::from_xml_strict(answer.as_bytes()) else { panic!("{answer}") };
    match message.body.body_content.into_iter().next() {
        Some(AnyBodyContent::LstTimeZoneResponse(zones)) => zones.time_zone,
        other => panic!("{other:?}"),
    }
}

#[test]
fn all_zones_of_the_release_are_listed() {
    let sandbox = site(SiteKind::Ci);
    let all = zones(&sandbox, "");
    assert_eq!(all.iter().map(|zone| zone.time_zone_id).collect::<Vec<_>>(), (0..=61).collect::<Vec<_>>());
    // The descriptions name the same places as the labels in the schema.
    for (zone, label) in all.iter().zip(com::TimeZone::VALUES) {
        assert!(zone.description.starts_with("GMT") && zone.description[9..] == label[9..], "{} for {label}", zone.description);
    }
}

#[test]
fn a_zone_is_listed_once_with_its_offset_on_the_date() {
    let sandbox = site(SiteKind::Ci);
    let [winter] = &zones(&sandbox, "<timeZoneID>4</timeZoneID><date>01/26/2015 21:00:00</date>")[..] else { panic!("not one") };
    assert_eq!((winter.gmt_offset, winter.description.as_str(), winter.fall_in_dst), (-480, "GMT-08:00, Pacific (San Jose)", Some(false)));
    let both =
        zones(&sandbox, "<timeZoneID>41</timeZoneID><timeZoneID>4</timeZoneID><timeZoneID>4</timeZoneID><date>07/01/2015 10:00:00</date>");
    let [summer, bombay] = &both[..] else { panic!("{} zones", both.len()) };
    assert_eq!((summer.gmt_offset, summer.description.as_str(), summer.fall_in_dst), (-420, "GMT-07:00, Pacific (San Jose)", Some(true)));
    assert_eq!((summer.short_name.as_deref(), summer.daylight_label.as_deref()), (Some("San Jose"), Some("Daylight")));
    assert_eq!((bombay.gmt_offset, bombay.daylight_label.as_deref(), bombay.fall_in_dst), (330, None, Some(false)));
    // The date is in GMT: daylight saving time in London began at 01:00.
    let london = |date: &str| zones(&sandbox, &format!("<timeZoneID>21</timeZoneID><date>{date}</date>"))[0].gmt_offset;
    assert_eq!((london("03/29/2015 00:59:59"), london("03/29/2015 01:00:00")), (0, 60));
    assert_fault(&call(&sandbox, &password(&HOST), "site.LstTimeZone", "<timeZoneID>62</timeZoneID>"), "000015");
}

#[test]
fn responses_of_the_site_service_have_the_prefix_of_live_servers() {
    let sandbox = site(SiteKind::Ci);
    let answer = call(&sandbox, &password(&HOST), "site.LstTimeZone", "<timeZoneID>4</timeZoneID>");
    assert!(answer.contains("xmlns:ns1=\"http://www.webex.com/schemas/2002/06/service/site\""), "{answer}");
    assert!(answer.contains("xsi:type=\"ns1:lstTimeZoneResponse\"") && text(&answer, "ns1:gmtOffset").is_some(), "{answer}");
    let settings = call(&sandbox, &password(&ADMIN), "site.GetSite", "");
    assert!(settings.contains("<ns1:siteInstance>") && !settings.contains("site:"), "{settings}");
    Document::from_xml_strict(settings.as_bytes()).unwrap();
}

#[test]
fn sessions_have_their_own_zone_or_that_of_their_host() {
    let sandbox = site(SiteKind::NonSso);
    let zone_of = |schedule: &str| {
        let made = call(&sandbox, &password(&HOST), "meeting.CreateMeeting", &format!("<schedule>{schedule}</schedule>"));
        let key = text(&made, "meet:meetingkey").unwrap_or_else(|| panic!("{made}")).to_owned();
        let meeting = call(&sandbox, &password(&HOST), "meeting.GetMeeting", &format!("<meetingKey>{key}</meetingKey>"));
        [text(&meeting, "meet:timeZoneID").unwrap().to_owned(), text(&meeting, "meet:timeZone").unwrap().to_owned()]
    };
    let berlin = ["25", "GMT+01:00, Europe (Berlin)"];
    assert_eq!(zone_of("<timeZoneID>25</timeZoneID>"), berlin);
    assert_eq!(zone_of("<timeZone>GMT+01:00, Europe (Berlin)</timeZone>"), berlin);
    assert_eq!(zone_of("<timeZoneID>25</timeZoneID><timeZone>GMT+09:00, Tokyo (Tokyo)</timeZone>"), berlin, "the number decides");
    assert_eq!(zone_of("<timeZoneID>-1</timeZoneID>")[0], "4");
    let own = format!("<webExId>{}</webExId><timeZoneID>49</timeZoneID>", HOST.webex_id);
    assert_success(&call(&sandbox, &password(&HOST), "user.SetUser", &own));
    let user = call(&sandbox, &password(&HOST), "user.GetUser", &own);
    assert_eq!(text(&user, "use:timeZone"), Some("GMT+09:00, Tokyo (Tokyo)"));
    for schedule in ["", "<timeZoneID>-1</timeZoneID>", "<timeZoneID>77</timeZoneID>"] {
        assert_eq!(zone_of(schedule)[0], "49", "{schedule}");
    }
    // A meeting that begins now begins at the current time in its own zone.
    let made = call(&sandbox, &password(&HOST), "meeting.CreateMeeting", "<schedule><startDate/><timeZoneID>49</timeZoneID></schedule>");
    let key = text(&made, "meet:meetingkey").unwrap();
    let list = |zone: &str| {
        let scope = format!("<dateScope><startDateStart>01/01/2000</startDateStart>{zone}</dateScope><sessionKey>{key}</sessionKey>");
        call(&sandbox, &password(&HOST), "ep.LstsummarySession", &scope)
    };
    let tokyo = text(&list(""), "ep:startTime").unwrap().to_owned();
    let pacific = list("<timeZoneID>4</timeZoneID><returnSpecifiedTimeZone>true</returnSpecifiedTimeZone>");
    assert_eq!((text(&pacific, "ep:timeZoneID"), text(&pacific, "ep:timeZone")), (Some("4"), Some("GMT-08:00, Pacific (San Jose)")));
    assert_ne!(text(&pacific, "ep:startTime"), Some(tokyo.as_str()));
}

#[test]
fn filters_compare_points_in_time() {
    let sandbox = site(SiteKind::Ci);
    // 09:00 in Beijing is 18:00 on the previous day in San Jose, the zone of the host's account.
    let meeting = "<metaData><confName>Stand-up</confName></metaData>\
        <schedule><startDate>10/20/2015 09:00:00</startDate><duration>60</duration><timeZoneID>45</timeZoneID></schedule>";
    assert_success(&call(&sandbox, &password(&HOST), "meeting.CreateMeeting", meeting));
    let found = |scope: &str| {
        let scope = format!("<dateScope>{scope}</dateScope>");
        let meetings = call(&sandbox, &password(&HOST), "meeting.LstsummaryMeeting", &scope);
        let sessions = call(&sandbox, &password(&HOST), "ep.LstsummarySession", &scope);
        let (meetings, sessions) = (meetings.contains("Stand-up"), sessions.contains("Stand-up"));
        assert_eq!(meetings, sessions, "{scope}");
        meetings
    };
    let day =
        |day: u8| format!("<startDateStart>10/{day}/2015 00:00:00</startDateStart><startDateEnd>10/{day}/2015 23:59:59</startDateEnd>");
    assert!(found(&format!("{}<timeZoneID>45</timeZoneID>", day(20))));
    assert!(!found(&format!("{}<timeZoneID>45</timeZoneID>", day(19))));
    assert!(found(&format!("{}<timeZoneID>4</timeZoneID>", day(19))));
    assert!(found(&day(19)) && !found(&day(20)), "without a zone, that of the caller's account");
    assert!(found(
        "<endDateStart>10/20/2015 10:00:00</endDateStart><endDateEnd>10/20/2015 10:00:00</endDateEnd><timeZoneID>45</timeZoneID>"
    ));
    assert!(!found("<endDateEnd>10/20/2015 09:59:59</endDateEnd><endDateStart>10/20/2015</endDateStart><timeZoneID>45</timeZoneID>"));
    // Lists are also ordered by points in time: this meeting begins before the other one, although its local time is later.
    let earlier = meeting.replace("Stand-up", "Earlier").replace("09:00:00", "10:00:00").replace(">45<", ">61<");
    assert_success(&call(&sandbox, &password(&HOST), "meeting.CreateMeeting", &earlier));
    let listed = call(&sandbox, &password(&HOST), "meeting.LstsummaryMeeting", "<order><orderBy>STARTTIME</orderBy></order>");
    assert!(listed.find("Earlier") < listed.find("Stand-up"), "{listed}");
}
