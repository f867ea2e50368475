//! Tests the samples of the release note, repaired and damaged, from `tests/release_notes/`. Requests must be written exactly like the
//! samples, responses are read value by value and written again, and damage must be reported as a note or an error. The rules of tolerant
//! mode are tested in `tolerance.rs`, validity in `validity.rs`.
#![allow(clippy::expect_used, clippy::panic, reason = "a failed test panics")]

#[path = "support/canonical.rs"]
mod canonical;
#[path = "support/fixtures.rs"]
mod fixtures;

#[path = "release_notes/damaged.rs"]
mod damaged;
#[path = "release_notes/requests.rs"]
mod requests;
#[path = "release_notes/responses.rs"]
mod responses;

#[test]
fn every_sample_of_the_note_is_tested() {
    let requests = requests::SAMPLES.iter().map(|sample| sample.name);
    let mut names: Vec<&str> = requests.chain(responses::SAMPLES.iter().map(|sample| sample.name)).collect();
    names.sort_unstable();
    assert_eq!(names, fixtures::names("."));
}
