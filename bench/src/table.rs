//! Prints the measured rows as one table, in Markdown or as JSON.

use serde::Serialize;

use crate::heap::Use;

/// A row of the table.
#[derive(Debug, Serialize)]
pub struct Row {
    pub document: String,
    pub bytes: usize,
    pub records: usize,
    pub contender: String,
    pub task: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub figures: Option<Figures>,
    /// The reason why there are no figures.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub refused: Option<String>,
}

/// The measured figures.
#[derive(Debug, Serialize)]
pub struct Figures {
    /// The speed in megabytes (a million bytes) per second.
    pub speed: f64,
    /// The ratio to quick-xml's scan of the same document, which is measured alternately.
    pub ratio: f64,
    pub heap: Use,
}

pub fn heading() {
    println!("Allocator: {}.\n", crate::heap::NAME);
    println!("| document | contender | task | MB/s | ratio to the scan | peak heap / bytes | allocations per record |");
    println!("|---|---|---|--:|--:|--:|--:|");
}

pub fn line(row: &Row) {
    let Row { document, contender, task, bytes, records, .. } = row;
    match (&row.figures, &row.refused) {
        (Some(figures), _) => {
            let Figures { speed, ratio, heap } = figures;
            let (peak, requests) = (heap.peak as f64 / *bytes as f64, heap.requests as f64 / *records as f64);
            println!("| {document} | {contender} | {task} | {speed:.0} | {ratio:.2} | {peak:.2} | {requests:.1} |");
        }
        (None, refused) => {
            let words: String = refused.as_deref().unwrap_or_default().replace(['|', '\n'], " ").chars().take(60).collect();
            println!("| {document} | {contender} | {task} | - | - | - | {words} |");
        }
    }
}

pub fn heading_of_streams() {
    println!("\n| document | MiB | contender | task | MB/s | ratio to 10 MB in memory | peak heap, KiB | allocations per record |");
    println!("|---|--:|---|---|--:|--:|--:|--:|");
}

pub fn line_of_stream(row: &Row) {
    let Row { document, contender, task, bytes, records, .. } = row;
    if let Some(Figures { speed, ratio, heap }) = &row.figures {
        let (mebibytes, peak, requests) = (bytes >> 20, heap.peak >> 10, heap.requests as f64 / *records as f64);
        println!("| {document} | {mebibytes} | {contender} | {task} | {speed:.0} | {ratio:.2} | {peak} | {requests:.1} |");
    }
}
