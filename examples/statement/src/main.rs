//! Prints a bank statement, an ISO 20022 message camt.053, as a table.
//!
//! `cargo run -p example-statement -- FILE` prints the statements of a file; without an argument it is `statement.xml`.

#![allow(clippy::print_stdout, reason = "an example prints what it does")]

#[rustfmt::skip]
#[path = "messages/lib.rs"]
#[allow(dead_code, unreachable_pub, reason = "the example does not use every type")]
mod messages;

use std::error::Error;
use std::fmt::Write as _;
use std::path::Path;

use messages::camt::{
    AccountIdentification4Choice, BalanceType10Choice, CreditDebitCode, DateAndDateTime2Choice, Document, Entry, Party40Choice, Statement,
};
use rust_decimal::Decimal;
use xsdgen_codec::Xml as _;

fn main() -> Result<(), Box<dyn Error>> {
    let file = std::env::args_os().nth(1).unwrap_or_else(|| concat!(env!("CARGO_MANIFEST_DIR"), "/statement.xml").into());
    let bytes = std::fs::read(Path::new(&file))?;
    // Banks add elements that the schema does not have. Tolerant reading skips them and reports each one.
    let reading = Document::from_xml_noted(&bytes)?;
    for note in &reading.notes {
        println!("note: {note}");
    }
    for statement in &reading.value.bk_to_cstmr_stmt.stmt {
        print!("{}", table(statement)?);
    }
    Ok(())
}

/// Returns a table with a line for each entry, and with the balances.
fn table(statement: &Statement) -> Result<String, Box<dyn Error>> {
    let mut text = format!("account {}\n", account(statement));
    writeln!(text, "{:<10}  {:>12}  {:<24}  {:<16}  text", "booked", "amount", "name", "reference")?;
    for entry in &statement.ntry {
        let signed = signed(entry.amt.value, &entry.cdt_dbt_ind)?;
        let day = entry.bookg_dt.as_ref().map(day).unwrap_or_default();
        let Row { name, reference, remark } = row(entry);
        writeln!(text, "{day:<10}  {signed:>12}  {name:<24}  {reference:<16}  {remark}")?;
    }
    for balance in &statement.bal {
        let code = match &balance.tp.cd_or_prtry {
            BalanceType10Choice::Cd(code) | BalanceType10Choice::Prtry(code) => code.as_str(),
        };
        let signed = signed(balance.amt.value, &balance.cdt_dbt_ind)?;
        writeln!(text, "{:<10}  {signed:>12}  balance {code} ({})", day(&balance.dt), balance.amt.ccy)?;
    }
    Ok(text)
}

/// Returns the number of the account.
fn account(statement: &Statement) -> &str {
    match &statement.acct.id {
        AccountIdentification4Choice::Iban(number) => number,
        AccountIdentification4Choice::Othr(other) => &other.id,
    }
}

/// Returns the amount, which is negative if it decreases the balance.
fn signed(amount: Decimal, indicator: &CreditDebitCode) -> Result<Decimal, String> {
    match indicator {
        CreditDebitCode::Crdt => Ok(amount),
        CreditDebitCode::Dbit => Ok(-amount),
        other => Err(format!("`{other}` is neither CRDT nor DBIT")),
    }
}

/// Returns the day of a date.
fn day(date: &DateAndDateTime2Choice) -> String {
    match date {
        DateAndDateTime2Choice::Dt(day) => day.to_string(),
        DateAndDateTime2Choice::DtTm(time) => time.to_string().chars().take(10).collect(),
    }
}

/// What a line of the table says about the first transaction of an entry.
#[derive(Debug, Default)]
struct Row<'a> {
    name: &'a str,
    reference: &'a str,
    remark: String,
}

fn row(entry: &Entry) -> Row<'_> {
    let Some(transaction) = entry.ntry_dtls.iter().flat_map(|details| &details.tx_dtls).next() else { return Row::default() };
    // The other party paid what came in, and receives what goes out.
    let party = transaction.rltd_pties.as_ref().and_then(|parties| match entry.cdt_dbt_ind {
        CreditDebitCode::Crdt => parties.dbtr.as_ref(),
        _ => parties.cdtr.as_ref(),
    });
    let name = party.and_then(|party| match party {
        Party40Choice::Pty(party) | Party40Choice::Agt(party) => party.nm.as_deref(),
    });
    let reference = transaction.refs.as_ref().and_then(|refs| refs.end_to_end_id.as_deref());
    let remark = transaction.rmt_inf.as_ref().map(|text| text.ustrd.join(" "));
    Row { name: name.unwrap_or_default(), reference: reference.unwrap_or_default(), remark: remark.unwrap_or_default() }
}

#[cfg(test)]
mod tests {
    use super::*;

    const STATEMENT: &[u8] = include_bytes!("../statement.xml");

    #[test]
    fn the_table_has_a_line_for_each_entry_and_balance() -> Result<(), Box<dyn Error>> {
        let document = Document::from_xml_strict(STATEMENT)?;
        let table = table(&document.bk_to_cstmr_stmt.stmt[0])?;
        let expected = "\
account DE75512108001245126199
booked            amount  name                      reference         text
2026-11-30        980.50  Garden Supplies Ltd       INV-4711          Invoice 4711
2026-11-30       -124.90  City Waterworks           NOTPROVIDED       November
2026-11-30       1250.00  balance OPBD (EUR)
2026-11-30       2105.60  balance CLBD (EUR)
";
        assert_eq!(table, expected);
        Ok(())
    }

    #[test]
    fn an_element_that_the_schema_does_not_have_is_reported() -> Result<(), Box<dyn Error>> {
        let text = String::from_utf8(STATEMENT.to_vec())?.replace("<Id>2026-230</Id>", "<Id>2026-230</Id><ElctrncSeqNb>230</ElctrncSeqNb>");
        let reading = Document::from_xml_noted(text.as_bytes())?;
        assert!(reading.notes.iter().any(|note| note.to_string().contains("ElctrncSeqNb")));
        assert_eq!(reading.value, Document::from_xml_strict(STATEMENT)?);
        Ok(())
    }
}
