//! Tests that the output folder is never a mixture of two runs: of two at once, and of one that was killed. `XSDGEN_ATOMIC=500` repeats each that often.

use std::collections::BTreeMap;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use super::{Bench, schema};

/// The number of namespaces, each of which is a file.
const NAMESPACES: usize = 12;

fn rounds(usual: u32) -> u32 {
    std::env::var("XSDGEN_ATOMIC").ok().and_then(|text| text.parse().ok()).unwrap_or(usual)
}

/// A bench with two sets of schemas, `a` and `b`. Each file of the output differs, and each set has a file that the other does not have.
fn bench(name: &str) -> Bench {
    let bench = Bench::new(name);
    for (set, element) in [("a", "first"), ("b", "second")] {
        for number in 0..NAMESPACES {
            bench.write(&format!("{set}/{number}.xsd"), &schema(&format!("n{number}")).replace("\"body\"", &format!("\"{element}\"")));
        }
        bench.write(&format!("{set}/own.xsd"), &schema(element));
    }
    bench
}

/// Returns what each set alone generates.
fn expected(bench: &Bench) -> [BTreeMap<String, String>; 2] {
    ["a", "b"].map(|set| {
        bench.run(&["generate", set, "--out", &format!("alone-{set}/out")]).ends_with(0);
        bench.texts(&format!("alone-{set}/out"))
    })
}

fn start(bench: &Bench, set: &str) -> Child {
    let mut command = Command::new(env!("CARGO_BIN_EXE_xsdgen"));
    command.current_dir(&bench.dir).args(["generate", set, "--out", "out"]).stdout(Stdio::null()).stderr(Stdio::null());
    command.spawn().expect("the program runs")
}

#[test]
fn two_runs_at_once_leave_the_output_of_one() {
    let bench = bench("atomic-two");
    let expected = expected(&bench);
    for round in 0..rounds(5) {
        let runs = ["a", "b"].map(|set| start(&bench, set));
        for mut run in runs {
            assert!(run.wait().expect("it ends").success());
        }
        let found = bench.texts("out");
        assert!(expected.contains(&found), "round {round}: {:?}", found.keys());
    }
}

#[test]
fn a_killed_run_is_completed_or_has_changed_nothing() {
    let bench = bench("atomic-killed");
    let expected = expected(&bench);
    bench.run(&["generate", "a", "--out", "out"]).ends_with(0);
    let started = Instant::now();
    bench.run(&["generate", "b", "--out", "out"]).ends_with(0);
    let (usual, rounds) = (started.elapsed(), rounds(12));
    for round in 0..rounds {
        let set = ["a", "b"][round as usize % 2];
        let mut run = start(&bench, set);
        // The moments are spread over the time that a run takes.
        std::thread::sleep(usual.mul_f64(f64::from(round + 1) / f64::from(rounds)).max(Duration::from_micros(100)));
        run.kill().expect("it is killed or has ended");
        run.wait().expect("it ends");
        bench.run(&["generate", set, "--out", "out", "--check", "--quiet"]);
        let found = bench.texts("out");
        assert!(expected.contains(&found), "round {round}: {:?}", found.keys());
    }
}

#[test]
fn a_journal_completes_the_changes_and_touches_nothing_else() {
    let bench = bench("atomic-journal");
    let [first, second] = expected(&bench);
    bench.run(&["generate", "a", "--out", "out"]).ends_with(0);
    // A run that was interrupted after the first of its files had its name.
    let mut journal = "xsdgen-journal-1 7\n".to_owned();
    for (index, (name, text)) in second.iter().enumerate() {
        bench.write(&if index == 0 { format!("out/{name}") } else { format!("out/.{name}.7.xsdgen-part") }, text);
        journal.push_str(&format!("move {name}\n"));
    }
    bench.write("out/mine.rs", "// by hand\n");
    for name in first.keys().filter(|name| !second.contains_key(*name)).chain([&"mine.rs".to_owned()]) {
        journal.push_str(&format!("remove {name}\n"));
    }
    bench.write("out/.xsdgen-journal", &journal);
    bench.run(&["generate", "b", "--out", "out", "--check"]).ends_with(0);
    let mut found = bench.texts("out");
    assert_eq!(found.remove("mine.rs").as_deref(), Some("// by hand\n"));
    assert_eq!(found, second);
}
