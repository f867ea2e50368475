//! Tests the release notes and the `[since]` entries that the generator makes from the schemas of release 9.0 and of those before it, which are in
//! `tests/releases/`. Each fact is one that the vendor's release note states about the schemas.
#![allow(clippy::expect_used, clippy::panic, reason = "a failed test panics")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use xsdgen::compare::present::since::toml;
use xsdgen::compare::since::{Release, since};
use xsdgen::compare::{Comparison, Part, Shown};
use xsdgen::ir::{Conversion, Documents, RustIr, Shape, StepIr, VersionsIr};
use xsdgen::model::ComponentPath;
use xsdgen::plan::versions;
use xsdgen::settings::Settings;
use xsdgen::{Config, Lock, Planned, plan};
use xtask::generate::{Sources, releases};

static SOURCES: LazyLock<Sources> = LazyLock::new(|| Sources::read().unwrap_or_else(|failure| panic!("{failure}")));
static BEFORE: LazyLock<Planned> = LazyLock::new(|| releases::before(&SOURCES).unwrap_or_else(|failure| panic!("{failure}")));
static CHANGES: LazyLock<Comparison> = LazyLock::new(|| releases::changes(&BEFORE, &SOURCES));

/// The release notes. `freshness` tests that they are what the generator writes.
fn notes() -> String {
    std::fs::read_to_string("tests/releases/9.0.md").expect("the release notes").replace("\r\n", "\n")
}

/// Returns the part of the notes from a heading to the next one of the same or a higher level.
#[track_caller]
fn section(heading: &str) -> String {
    let notes = notes();
    let level = heading.bytes().take_while(|byte| *byte == b'#').count();
    let mut lines = notes.lines().skip_while(|line| *line != heading);
    let first = lines.next().unwrap_or_else(|| panic!("there is no `{heading}`"));
    let ends = |line: &str| (1..=level).any(|level| line.starts_with(&format!("{} ", "#".repeat(level))));
    std::iter::once(first).chain(lines.take_while(|line| !ends(line))).flat_map(|line| [line, "\n"]).collect()
}

/// Returns the first cells of the rows of a section that contain a text.
fn rows<'t>(section: &'t str, containing: &str) -> BTreeSet<&'t str> {
    let rows = section.lines().filter(|line| line.starts_with("| `") && line.contains(containing));
    rows.filter_map(|line| line.split('`').nth(1)).collect()
}

#[test]
fn the_release_is_backward_compatible_and_this_is_proven() {
    assert_eq!(CHANGES.verdicts.documents.new_reads_old.result, Shown::Proven);
    assert_eq!(CHANGES.verdicts.documents.old_tolerates_new.result, Shown::Proven);
    assert!(CHANGES.parts.iter().all(|part| part.documents.new_reads_old.result == Shown::Proven));
    let said = "**Backward compatible:** every document that is valid under 8.x is valid under 9.0 (proven).";
    assert!(section("## Compatibility").contains(said));
}

#[test]
fn two_types_are_new() {
    let notes = notes();
    let new: Vec<&str> = notes.lines().filter(|line| line.starts_with("### New type ")).collect();
    assert_eq!(new, ["### New type `use:PRNotificationType`", "### New type `use:PRNotificationTypeEnum`"]);
    assert!(section("### New type `use:PRNotificationType`").contains("\n| `mode` | `use:PRNotificationTypeEnum` | any number | "));
    let values = section("### New type `use:PRNotificationTypeEnum`");
    assert!(values.contains("\n| `EMAIL` | ") && values.contains("\n| `SMS` | "), "{values}");
}

#[test]
fn the_type_of_personal_rooms_has_three_new_members() {
    let section = section("### Changed type `use:personalMeetingRoomType`");
    assert_eq!(rows(&section, " | new | "), ["PMRAutoLock", "PMRAutoLockWaitTime", "PRNotifications"].into());
    assert!(section.contains("\n| `PMRAutoLock` | new | `xs:boolean` | optional | "));
    assert!(section.contains("\nUsed by `createUser`, `getUserResponse`, `lstUserResponse` and `setUser`.\n"));
    assert!(section.contains("<use:PRNotifications>\n          <use:mode>EMAIL</use:mode>"));
}

#[test]
fn create_user_and_set_user_are_affected() {
    let section = section("### Operations with changed types");
    for operation in ["createUser", "setUser"] {
        assert!(section.contains(&format!("\n| `{operation}` | `use:personalMeetingRoomType` |")), "{section}");
    }
}

#[test]
fn get_site_type_is_a_new_operation_with_its_response() {
    let section = section("### New operation `getSiteType`");
    assert!(section.contains("\n#### Request `ep:getSiteType`\n\nThe request has no content.\n"));
    assert!(section.contains("`java:com.webex.service.binding.ep.GetSiteType`"));
    assert!(section.contains("<serv:bodyContent xsi:type=\"ep:getSiteType\"/>"));
    assert!(section.contains("\n#### Response `ep:getSiteTypeResponse`\n"));
    assert!(section.contains("\n| `siteType` | `xs:long` | required | "));
    assert!(section.contains("      <ep:siteType>1</ep:siteType>\n"));
    assert_eq!(notes().matches("### New operation ").count(), 1);
}

#[test]
fn get_session_info_returns_the_sip_url() {
    let section = section("### Changed operation `getSessionInfo`");
    assert!(section.contains("\nThe request `ep:getSessionInfo` has not changed.\n"));
    assert!(section.contains("\n| `sipURL` | new | `xs:string` | optional | "));
    assert!(section.contains("<ep:sipURL>"));
}

#[test]
fn access_control_has_three_new_children() {
    let section = section("### Changed operation `getSessionInfo`");
    let of = rows(&section, " | new | ").into_iter().filter_map(|path| path.strip_prefix("accessControl/"));
    assert_eq!(of.collect::<BTreeSet<_>>(), ["audioPassword", "isEnforceAudioLogin", "isEnforceAudioPassword"].into());
}

#[test]
fn authenticate_user_takes_other_credentials_and_returns_more() {
    let section = section("### Changed operation `authenticateUser`");
    assert!(section.contains("\n| `accessToken` | new | `xs:string` | optional | "));
    assert!(section.contains("\n| `samlResponse` | optional (was required) | `xs:string` | optional | "));
    assert!(section.contains("\n| `createTime` | new | `xs:long` | optional | "));
    assert!(section.contains("\n| `timeToLive` | new | `xs:long` | optional | "));
}

#[test]
fn rust_code_that_passes_the_response_has_to_change() {
    let section = section("## What clients have to do");
    assert!(section.contains("- To go on as before: nothing."));
    assert!(section.contains("| `user::AuthenticateUser::saml_response` | `Secret` | `Option<Secret>` | E0308 | "));
    assert!(section.contains("| `user::AuthenticateUser::new` | `new(saml_response: Secret)` | `new()` | E0061 | "));
}

/// The schemas of the release before are those of the release without what is new: all their lines with declarations are lines of the release, except
/// that `samlResponse` was required.
#[test]
fn the_release_before_has_nothing_of_its_own() {
    for (before, now) in [("user.xsd", "xsd/service/user/user.xsd"), ("ep.xsd", "xsd/service/ep/ep.xsd")] {
        let read = |path: &str| std::fs::read_to_string(path).expect("a schema");
        let now = read(now);
        let known: BTreeSet<&str> = now.lines().map(str::trim).collect();
        let before = read(&format!("tests/releases/8.x/{before}"));
        let declares = |line: &&str| line.starts_with("<xs:") && !line.starts_with("<xs:documentation");
        let own: Vec<&str> = before.lines().map(str::trim).filter(declares).filter(|line| !known.contains(line)).collect();
        let expected: &[&str] =
            if before.contains("samlResponse") { &["<xs:element name=\"samlResponse\" type=\"xs:string\">"] } else { &[] };
        assert_eq!(own, expected);
    }
}

/// The entries for this release, as `xsdgen diff --since` prints them.
fn entries() -> String {
    let (old, new) = releases::inputs(&BEFORE, &SOURCES);
    let release = Release { name: "9.0".to_owned(), old, new, comparison: CHANGES.clone() };
    let entries = since(&[release]);
    let paths: Vec<ComponentPath> = entries.iter().map(|entry| entry.path.clone()).collect();
    let lock = Lock::read(&SOURCES.config.lock_path()).product.expect("the lock");
    let used = plan::documents_since(new.model, &SOURCES.config.settings, &lock, &paths);
    toml(&["8.x".to_owned(), "9.0".to_owned()], &entries, &used)
}

/// Writes the schemas without the remarks that something is new, and returns the folder.
fn without_remarks() -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("releases");
    let _ = std::fs::remove_dir_all(&folder);
    for path in SOURCES.config.inputs().product.expect("the schemas") {
        let to = folder.join(&path);
        std::fs::create_dir_all(to.parent().expect("a folder")).expect("a folder made");
        let text = std::fs::read_to_string(path).expect("a schema");
        let text = text.replace("Since\n            9.0.", "").replace("Since 9.0.", "");
        std::fs::write(to, text).expect("a schema written");
    }
    folder
}

#[test]
fn since_entries_reach_the_documentation_of_the_bindings() {
    let entries = entries();
    let selectors: Vec<&str> = entries.lines().filter_map(|line| line.strip_suffix("\" = \"9.0\"")?.strip_prefix('"')).collect();
    assert_eq!(
        selectors,
        [
            "ep:getSessionInfoResponse/accessControl/audioPassword",
            "ep:getSessionInfoResponse/accessControl/isEnforceAudioLogin",
            "ep:getSessionInfoResponse/accessControl/isEnforceAudioPassword",
            "ep:getSessionInfoResponse/sipURL",
            "ep:getSiteType",
            "ep:getSiteTypeResponse",
            "use:PRNotificationType",
            "use:PRNotificationTypeEnum",
            "use:authenticateUser/accessToken",
            "use:authenticateUserResponse/createTime",
            "use:authenticateUserResponse/timeToLive",
            "use:personalMeetingRoomType/PMRAutoLock",
            "use:personalMeetingRoomType/PMRAutoLockWaitTime",
            "use:personalMeetingRoomType/PRNotifications",
        ]
    );
    let folder = without_remarks();
    let config = std::fs::read_to_string("xsdgen.toml").expect("the configuration");
    let (before, rest) = config.split_once("[since]\n").expect("a table `since`");
    let (_, after) = rest.split_once("\n\n").expect("other tables");
    let text = format!("{before}{entries}\n{after}");
    let config = Config::parse(&text, &folder.join("xsdgen.toml")).product.expect("a configuration");
    let made = config.generate_with(&SOURCES.generated.lock);
    let files = made.product.unwrap_or_else(|| panic!("{:?}", made.diagnostics)).files;
    // Without the remarks of the schemas, each is that of an entry.
    assert_eq!(files.values().map(|text| text.matches("Since 9.0.").count()).sum::<usize>(), selectors.len());
    let user = files.iter().find(|(path, _)| path.ends_with("src/user.rs")).map(|(_, text)| text).expect("the module");
    assert!(user.contains("    /// Common Identity access token.\n    ///\n    /// Since 9.0.\n"));
}

/// The versions of the bindings with their conversions, planned side by side. The modules have Cargo features, so that the versions share no complex type.
fn side_by_side() -> VersionsIr {
    let (old, new) = releases::inputs(&BEFORE, &SOURCES);
    let release = |name: &str, ir: &RustIr| versions::Release { name: name.to_owned(), ir: ir.clone(), namespaces: BTreeMap::new() };
    versions::versions(&[release("r8", old.ir), release("r9", new.ir)], &SOURCES.config.settings)
}

/// The new release is proven to read all documents of the old one, so that every conversion to it is `From`. The other way, only what has to do with
/// the types that changed is `TryFrom`.
#[test]
fn both_releases_convert_side_by_side() {
    let made = side_by_side();
    assert_eq!(made, side_by_side());
    let step = made.steps.first().expect("a step");
    let total = |list: &[Conversion]| list.iter().filter(|it| it.total).count();
    assert_eq!([step.up.len(), total(&step.up)], [892, 892]);
    assert_eq!([step.down.len(), total(&step.down), step.shared], [892, 877, 176]);
    assert_eq!((StepIr::documents(&step.up), StepIr::documents(&step.down)), (Documents::From, Documents::Try));
}

/// Tests that the releases share the types that have not changed. The bindings have no Cargo features, because `[versions]` does not allow any.
#[test]
fn the_releases_share_what_has_not_changed() {
    let mut settings = SOURCES.config.settings.clone();
    settings.krate = None;
    settings.namespaces.values_mut().for_each(|namespace| namespace.feature = None);
    let planned = |path: &str, settings: &Settings| {
        let config = Config::read(Path::new(path)).product.expect("a configuration");
        let locations = config.settings.locations.clone();
        let settings = Settings { locations, partial: true, ..settings.clone() };
        let lock = Lock::read(&SOURCES.config.lock_path()).product.expect("the lock");
        xsdgen::planned(&config.inputs().product.expect("the schemas"), &settings, &lock).product.expect("a plan").ir
    };
    let release =
        |name: &str, path: &str| versions::Release { name: name.to_owned(), ir: planned(path, &settings), namespaces: BTreeMap::new() };
    let made = versions::versions(&[release("r8", "tests/releases/8.x/xsdgen.toml"), release("r9", "xsdgen.toml")], &settings);
    let step = made.steps.first().expect("a step");
    let total = |list: &[Conversion]| list.iter().filter(|it| it.total).count();
    assert_eq!([step.up.len(), total(&step.up)], [302, 302]);
    assert_eq!([step.down.len(), total(&step.down), step.shared], [302, 287, 766], "590 types more than texts alone");
}

/// `From` never contradicts the verdict about the documents of a type.
#[test]
fn a_conversion_that_cannot_fail_is_not_refuted() {
    let made = side_by_side();
    let ([step], [old, new]) = (made.steps.as_slice(), made.versions.as_slice()) else { panic!("two versions") };
    let parts: BTreeMap<&str, _> =
        CHANGES.parts.iter().filter(|it| it.part == Part::Type).map(|it| (it.path.as_str(), &it.documents)).collect();
    for (list, version, is_up) in [(&step.up, old, true), (&step.down, new, false)] {
        let mut judged = 0;
        for conversion in list.iter().filter(|it| it.shape == Shape::Struct) {
            let item = version.ir.items.get(conversion.types.expect("two types").0.index()).expect("an item");
            let Some(documents) = parts.get(item.component.as_str()) else { continue };
            let verdict = if is_up { &documents.new_reads_old } else { &documents.old_reads_new };
            // Any element may name a type that is new, but the Rust value of an element of a built-in type does not keep that name.
            let names_type = verdict.witness.as_ref().is_some_and(|witness| witness.contains("xsi:type=\"use:PRNotificationType"));
            let proven = verdict.result == Shown::Proven || conversion.total && names_type;
            assert_eq!(conversion.total, proven, "{}: {verdict:?}", item.component);
            judged += 1;
        }
        assert!(judged > 500, "{judged}");
    }
}
