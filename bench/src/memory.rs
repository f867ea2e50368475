//! Measures the memory of reading: the peak and the value, in bytes per byte of the document, for each shape and size.

use xsdgen_codec::ReadOptions;

use crate::bindings::ours::Document;
use crate::documents;
use crate::heap;
use crate::shapes::ALL;

/// The memory of one document.
struct Ratio {
    peak: f64,
    kept: f64,
}

fn measure(xml: &str) -> Ratio {
    let used = heap::of_moves(|| Document::read(xml.as_bytes(), &ReadOptions::tolerant().max_bytes(usize::MAX)).expect("it reads").value);
    let per_byte = |bytes: usize| bytes as f64 / xml.len() as f64;
    Ratio { peak: per_byte(used.peak), kept: per_byte(used.kept) }
}

/// Prints the table for documents of these sizes, in millions of bytes. Only one document is in memory at a time.
pub fn table(sizes: &[usize], wanted: impl Fn(&str) -> bool) {
    let names: Vec<String> = sizes.iter().map(|size| format!(" {size} MB: peak, value |")).collect();
    println!("| document |{}", names.concat());
    println!("|---|{}", "--:|".repeat(sizes.len()));
    let row = |name: &str, document: &dyn Fn(usize) -> String| {
        let ratios: Vec<Ratio> = sizes.iter().map(|size| measure(&document(size * 1_000_000))).collect();
        let cells: Vec<String> = ratios.iter().map(|ratio| format!(" {:.1}, {:.1} |", ratio.peak, ratio.kept)).collect();
        println!("| {name} |{}", cells.concat());
    };
    for shape in ALL.iter().filter(|shape| wanted(shape.name)) {
        row(shape.name, &|bytes| shape.document(bytes));
    }
    for (name, document) in documents::LARGE.iter().filter(|(name, _)| wanted(name)) {
        row(name, document);
    }
}
