//! Writes a list of a gigabyte into a pipe and reads it at the other end, record by record. Neither side has the list in memory.
//!
//! `cargo run --release -p example-records -- 1000` writes 1,000 MB; without an argument it is 100 MB.

#![allow(clippy::print_stdout, reason = "an example prints what it does")]

#[rustfmt::skip]
#[path = "messages/lib.rs"]
#[allow(dead_code, unreachable_pub, reason = "the example does not use every type")]
mod messages;

use std::error::Error;
use std::io::{self, Read, Write};
use std::thread;
use std::time::Instant;

use messages::Document;
use messages::readings::{Reading, Readings};
use xsdgen_codec::{DateTime, ReadOptions, RecordWriter, Records, WriteOptions};

/// The path of a record, from the root element.
const PATH: &str = "readings/reading";

fn main() -> Result<(), Box<dyn Error>> {
    let megabytes: u64 = std::env::args().nth(1).map_or(Ok(100), |text| text.parse())?;
    let started = Instant::now();
    let (reader, writer) = io::pipe()?;
    let (written, means) = thread::scope(|scope| {
        let producer = scope.spawn(move || produce(writer, megabytes * 1_000_000));
        let means = consume(reader);
        (producer.join(), means)
    });
    let (written, means) = (written.map_err(|_| "the producer ended early")??, means?);
    println!("{written} records of {megabytes} MB in {:.1} s", started.elapsed().as_secs_f64());
    for (sensor, mean) in means.iter().enumerate() {
        println!("sensor {sensor}: mean of {} readings {:.3} degrees Celsius", mean.count, mean.sum / f64::from(mean.count));
    }
    if let Some(peak) = peak_memory() {
        println!("peak memory: {peak}");
    }
    Ok(())
}

/// Writes records until they have this size in bytes, and returns their number.
fn produce(sink: impl Write, bytes: u64) -> Result<u32, xsdgen_codec::Error> {
    let list = Document::from(Readings::new("Main Street 1"));
    let mut records = RecordWriter::new(Counting { sink, count: 0 }, &list, PATH, &WriteOptions::default())?;
    let time: DateTime = "2026-12-01T08:00:00Z".parse()?;
    let mut written = 0;
    while records.get_ref().count < bytes {
        let celsius = 20.0 + f64::from(written % 100) / 10.0;
        records.write(&Reading::new(written % SENSORS, time.clone(), celsius))?;
        written += 1;
    }
    records.finish()?;
    Ok(written)
}

/// The number of sensors.
const SENSORS: u32 = 4;

/// The sum and the number of the readings of a sensor.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
struct Mean {
    sum: f64,
    count: u32,
}

/// Reads the records and adds up their readings for each sensor.
fn consume(source: impl Read) -> Result<Vec<Mean>, Box<dyn Error>> {
    let mut means = vec![Mean::default(); SENSORS as usize];
    for record in Records::<_, Reading>::buffered(source, PATH, &ReadOptions::strict())? {
        let reading = record?.value;
        let mean = means.get_mut(reading.sensor as usize).ok_or_else(|| format!("there is no sensor {}", reading.sensor))?;
        mean.sum += reading.celsius;
        mean.count += 1;
    }
    Ok(means)
}

/// A sink that counts the bytes.
struct Counting<W> {
    sink: W,
    count: u64,
}

impl<W: Write> Write for Counting<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.sink.write(bytes)?;
        self.count += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.sink.flush()
    }
}

/// Returns the peak memory of this process, where the system reports it.
fn peak_memory() -> Option<String> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    Some(status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?.trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_one_side_writes_the_other_side_reads() -> Result<(), Box<dyn Error>> {
        let mut text = Vec::new();
        let written = produce(&mut text, 100_000)?;
        let means = consume(&text[..])?;
        assert_eq!(means.iter().map(|mean| mean.count).sum::<u32>(), written);
        assert!(text.len() >= 100_000);
        assert_eq!(means[1].sum / f64::from(means[1].count), 24.9);
        Ok(())
    }

    #[test]
    fn a_record_that_is_not_valid_ends_with_its_place() {
        let list = r#"<readings xmlns="https://example.com/readings"><building/>
<reading><sensor>x</sensor></reading></readings>"#;
        let why = consume(list.as_bytes()).map_err(|why| why.to_string());
        assert!(why.is_err_and(|why| why.contains("readings/reading/sensor") && why.contains("line 2")));
    }
}
