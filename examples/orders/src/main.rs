//! Reads an order, adds a line, and writes it. The bindings in `messages/` are generated and checked in.

#![allow(clippy::print_stdout, reason = "an example prints what it does")]

#[rustfmt::skip]
#[path = "messages/lib.rs"]
#[allow(dead_code, unreachable_pub, reason = "the example does not use every type")]
mod messages;

use messages::Document;
use messages::common::{CurrencyCode, Money};
use messages::order::{Line, Order, OrderChoice};
use rust_decimal::Decimal;
use xsdgen_codec::{Error, WriteOptions, Xml as _};

const ORDER: &str = r#"<order xmlns="https://example.com/shop/order" xmlns:cu="https://example.com/shop/customer"
    xmlns:c="https://example.com/shop/common" id="2026-1201" placed="2026-12-01T09:30:00Z">
  <customer number="17">
    <cu:name>Jane Miller</cu:name>
    <cu:address><c:street>1 Mill Lane</c:street><c:city>Leeds</c:city><c:country>GB</c:country></cu:address>
  </customer>
  <line><article>Teapot</article><quantity>1</quantity><price currency="GBP">24.50</price></line>
  <pickUp>2026-12-04</pickUp>
</order>"#;

fn main() -> Result<(), Error> {
    // Strict reading returns an error if the document does not follow the schema.
    let mut order = Order::from_xml_strict(ORDER.as_bytes())?;
    order.line.push(Line::new("Cup", 4, Money::new(CurrencyCode::Gbp, Decimal::new(625, 2))));

    println!("order {} of {}", order.id, order.customer.name);
    for line in &order.line {
        println!("{:>4} x {:<10} {:>8} {}", line.quantity, line.article, line.price.value, line.price.currency);
    }
    println!("total {}", total(&order));
    match &order.choice {
        OrderChoice::PickUp(day) => println!("the customer collects it on {day}"),
        OrderChoice::ShipTo(address) => println!("ship it to {}, {}", address.city, address.country),
    }

    // Writing checks the order by the schema.
    println!("\n{}", Document::from(order.clone()).to_xml_with(&WriteOptions::default().indent(Some(2)))?);

    order.line[0].quantity = 5000;
    if let Err(why) = Document::from(order).to_xml() {
        println!("\nnot written: {why}");
    }
    Ok(())
}

fn total(order: &Order) -> Decimal {
    order.line.iter().map(|line| line.price.value * Decimal::from(line.quantity)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_example_runs() -> Result<(), Error> {
        main()
    }

    #[test]
    fn the_total_is_exact() -> Result<(), Error> {
        let mut order = Order::from_xml_strict(ORDER.as_bytes())?;
        order.line.push(Line::new("Cup", 4, Money::new(CurrencyCode::Gbp, Decimal::new(625, 2))));
        assert_eq!(total(&order).to_string(), "49.50");
        Ok(())
    }

    #[test]
    fn a_written_order_reads_as_the_same_order() -> Result<(), Error> {
        let order = Order::from_xml_strict(ORDER.as_bytes())?;
        assert_eq!(Order::from_xml_strict(Document::from(order.clone()).to_xml()?.as_bytes())?, order);
        Ok(())
    }

    #[test]
    fn a_quantity_beyond_the_facets_is_refused() -> Result<(), Error> {
        let text = ORDER.replace("<quantity>1<", "<quantity>5000<");
        let why = Order::from_xml_strict(text.as_bytes()).map(|_| ()).map_err(|why| why.to_string());
        assert!(why.is_err_and(|why| why.contains("order/line/quantity") && why.contains("1000")));
        Ok(())
    }
}
