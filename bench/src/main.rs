//! Measures how fast the codec and other crates read and write the same documents, and how much memory they need.
//! Run it from the root of the workspace: `cargo run --release --manifest-path bench/Cargo.toml`.

mod clock;
mod contenders;
mod documents;
mod heap;
#[cfg(feature = "libxml2")]
mod libxml2;
mod memory;
mod serde_types;
mod shapes;
mod stream;
mod table;

/// The bindings that the build script generated.
mod bindings {
    include!(concat!(env!("OUT_DIR"), "/bindings.rs"));
}

use std::hint::black_box;
use std::time::Duration;

use clap::Parser;
use clock::Effort;
use contenders::{Entry, Kind};
use documents::Document;
use table::{Figures, Row};

/// Compares xsdgen's codec with other crates that read and write XML.
#[derive(Debug, Parser)]
struct Arguments {
    /// Measure only the codec and quick-xml's scans, in fewer rounds.
    #[arg(long)]
    quick: bool,
    /// Measure only rows whose document, contender or task contains one of these words.
    #[arg(long, value_name = "WORDS")]
    only: Vec<String>,
    /// List the rows without measuring.
    #[arg(long)]
    list: bool,
    /// Print the folder of the generated bindings without measuring.
    #[arg(long)]
    bindings: bool,
    /// Print JSON instead of Markdown.
    #[arg(long)]
    json: bool,
    /// The size of the large documents, in millions of bytes.
    #[arg(long, default_value_t = 10)]
    megabytes: usize,
    /// Also measure a list of this many mebibytes, which is generated record by record; its table comes last. 1024 is one gibibyte.
    #[arg(long, default_value_t = 0, value_name = "MEBIBYTES")]
    stream: usize,
    /// Run each selected task this many times and measure nothing, for a profiler such as callgrind.
    #[arg(long, default_value_t = 0, value_name = "TIMES")]
    profile: usize,
    /// Measure only the memory of reading, for many shapes of documents.
    #[arg(long)]
    memory: bool,
    /// The sizes of these documents, in millions of bytes.
    #[arg(long, default_values_t = [1, 16, 256], value_delimiter = ',', value_name = "SIZES")]
    sizes: Vec<usize>,
    /// The number of rounds; the median counts.
    #[arg(long)]
    rounds: Option<usize>,
}

impl Arguments {
    fn wants(&self, document: &Document, contender: &str, kind: Kind) -> bool {
        let quick = !self.quick || contender.starts_with("xsdgen") || kind == Kind::Scan;
        let words = [document.name, contender, kind.words()];
        quick && (self.only.is_empty() || self.only.iter().any(|only| words.iter().any(|word| word.contains(only.as_str()))))
    }

    fn effort(&self) -> Effort {
        let (rounds, least) = if self.quick { (5, 30) } else { (11, 50) };
        Effort { rounds: self.rounds.unwrap_or(rounds), least: Duration::from_millis(least) }
    }
}

fn main() {
    let arguments = Arguments::parse();
    if arguments.bindings {
        return println!("{}", env!("OUT_DIR"));
    }
    if arguments.memory {
        let wanted = |name: &str| arguments.only.is_empty() || arguments.only.iter().any(|only| name.contains(only.as_str()));
        return memory::table(&arguments.sizes, wanted);
    }
    let mut rows = Vec::new();
    if !arguments.json && !arguments.list {
        table::heading();
    }
    for document in documents::all(arguments.megabytes * 1_000_000) {
        let of = measure(&document, &arguments);
        if !arguments.json {
            of.iter().for_each(table::line);
        }
        rows.extend(of);
    }
    if arguments.stream > 0 && !arguments.list {
        if !arguments.json {
            table::heading_of_streams();
        }
        let mut print = |row: Row| {
            if !arguments.json {
                table::line_of_stream(&row);
            }
            rows.push(row);
        };
        stream::rows(arguments.stream, &mut print);
    }
    if arguments.json {
        println!("{}", serde_json::to_string_pretty(&rows).expect("rows are plain"));
    }
}

/// Measures the selected rows of one document.
fn measure(document: &Document, arguments: &Arguments) -> Vec<Row> {
    contenders::FAMILIES.iter().flat_map(|family| measure_family(document, family(document), arguments)).collect()
}

fn measure_family(document: &Document, entries: Vec<Entry<'_>>, arguments: &Arguments) -> Vec<Row> {
    let wanted = |entry: &Entry<'_>| match entry {
        Ok(task) => arguments.wants(document, task.contender, task.kind),
        Err((contender, kind, _)) => arguments.wants(document, contender, *kind),
    };
    let (mut tasks, mut refusals) = (Vec::new(), Vec::new());
    for entry in entries.into_iter().filter(wanted) {
        match entry {
            Ok(task) => tasks.push(task),
            Err(refusal) => refusals.push(refusal),
        }
    }
    let row = |contender: &str, kind: Kind| Row {
        document: document.name.to_owned(),
        bytes: document.xml.len(),
        records: document.records,
        contender: contender.to_owned(),
        task: kind.words(),
        figures: None,
        refused: None,
    };
    if arguments.list {
        tasks.iter().for_each(|task| println!("{}: {}: {}", document.name, task.contender, task.kind.words()));
        return Vec::new();
    }
    if arguments.profile > 0 {
        for task in &mut tasks {
            (0..arguments.profile).for_each(|_| drop(black_box((task.run)())));
        }
        return Vec::new();
    }
    let heaps: Vec<heap::Use> = tasks.iter_mut().map(|task| heap::of(|| (task.run)())).collect();
    let heads: Vec<(&str, Kind, usize)> = tasks.iter().map(|task| (task.contender, task.kind, task.bytes)).collect();
    let mut runs: Vec<Box<dyn FnMut() + '_>> =
        tasks.into_iter().map(|mut task| Box::new(move || drop(black_box((task.run)()))) as Box<dyn FnMut()>).collect();
    let xml = document.xml.as_bytes();
    let mut scan = || {
        black_box(contenders::scan(black_box(xml)));
    };
    let rates = clock::compare(arguments.effort(), &mut scan, &mut runs);
    let mut rows = Vec::new();
    for ((rate, heap), (contender, kind, bytes)) in rates.into_iter().zip(heaps).zip(heads) {
        let speed = rate.rate * bytes as f64 / 1e6;
        let ratio = rate.ratio * bytes as f64 / xml.len() as f64;
        rows.push(Row { figures: Some(Figures { speed, ratio, heap }), ..row(contender, kind) });
    }
    rows.extend(refusals.into_iter().map(|(contender, kind, why)| Row { refused: Some(why), ..row(contender, kind) }));
    rows
}
