//! Reads payments in three versions of a schema, and converts them to another version.
//!
//! `cargo run -p example-payments` reads the messages in `messages/`, and says for each of them which versions can hold it.

#![allow(clippy::print_stdout, reason = "an example prints what it does")]

#[rustfmt::skip]
#[path = "messages/lib.rs"]
#[allow(dead_code, unreachable_pub, reason = "the example does not use every type")]
mod messages;

#[cfg(test)]
mod tests;

use std::path::Path;

use messages::{AnyDocument, Version};
use xsdgen_codec::Result;

fn main() -> Result<()> {
    for version in Version::ALL {
        let message = AnyDocument::from_xml(&read(&format!("{version}.xml")))?;
        println!("{}: {}", message.version(), total(&message));
        for other in Version::ALL {
            match message.clone().into_version(*other) {
                Ok(_) => println!("  {other} can hold it"),
                Err(error) => println!("  {other} cannot: {error}"),
            }
        }
    }
    Ok(())
}

/// Returns the number of payments. The types of the versions differ, so that there is an arm for each.
fn total(message: &AnyDocument) -> String {
    let count = match message {
        AnyDocument::V03(messages::v03::Document::CreditTransfer(transfer)) => transfer.transaction.len(),
        AnyDocument::V05(messages::v05::Document::CreditTransfer(transfer)) => transfer.transaction.len(),
        AnyDocument::V09(messages::v09::Document::CreditTransfer(transfer)) => transfer.transaction.len(),
    };
    format!("{count} payments")
}

/// Reads a message of the example; empty if there is none.
fn read(name: &str) -> Vec<u8> {
    std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("messages").join(name)).unwrap_or_default()
}
