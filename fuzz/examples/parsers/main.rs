//! Gives documents to the codec, to libxml2 and to roxmltree, and compares what they accept and what they read. The documents are those of
//! `codec/tests/conformance` and random changes of them. Each kind of difference is printed with its number, an example, and its reason; one without a
//! reason is a failure. `docs/conformance.md` has the kinds.
//!
//! `cargo run --release --manifest-path fuzz/Cargo.toml --features libxml2 --example parsers -- 100000`

mod changes;
mod kinds;
mod libxml2;
#[path = "../../../codec/tests/conformance/table.rs"]
pub mod table;

use std::collections::BTreeMap;
use std::process::ExitCode;

use changes::{Random, changed};
use kinds::{Kind, Verdicts};

/// The differences of one kind.
#[derive(Default)]
struct Found {
    count: usize,
    reason: Option<&'static str>,
    example: String,
}

fn main() -> ExitCode {
    let rounds = std::env::args().nth(1).and_then(|rounds| rounds.parse().ok()).unwrap_or(100_000_usize);
    let seed = std::env::args().nth(2).and_then(|seed| seed.parse().ok()).unwrap_or(1_u64);
    let table = changes::table();
    let mut random = Random(0x9E37_79B9_7F4A_7C15 ^ seed);
    let (mut found, mut accepted) = (BTreeMap::<String, Found>::new(), [0_usize; 3]);
    for round in 0..table.len() + rounds {
        let xml = match table.get(round) {
            Some(xml) => xml.clone(),
            None => changed(&table, &mut random),
        };
        let verdicts = Verdicts::of(&xml);
        for (count, accepts) in accepted.iter_mut().zip(verdicts.accepted()) {
            *count += usize::from(accepts);
        }
        for Kind { name, reason } in verdicts.differences(&xml) {
            let found = found.entry(name).or_default();
            found.count += 1;
            found.reason = reason;
            if found.example.is_empty() || found.example.len() > 2 * xml.len() {
                found.example = String::from_utf8_lossy(&xml).escape_debug().to_string();
            }
        }
    }
    println!("{} documents; the codec accepts {}, libxml2 {}, roxmltree {}", table.len() + rounds, accepted[0], accepted[1], accepted[2]);
    let mut open = 0;
    for (name, Found { count, reason, example }) in &found {
        println!("{count:>6} {}{name}\n       {example}", if reason.is_none() { "WITHOUT A REASON: " } else { "" });
        open += usize::from(reason.is_none());
    }
    println!("{} kinds of differences, {open} without a reason", found.len());
    if open == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
