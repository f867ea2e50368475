//! A client of a service with XML messages, over ureq. `xsdgen.toml` says which type is the response to which request, so that one function
//! calls every operation.

#![allow(clippy::print_stdout, reason = "an example prints what it does")]

mod client;
#[rustfmt::skip]
#[path = "messages/lib.rs"]
mod messages;
mod service;

use client::{Client, Error};
use messages::stock::{GetLevel, Reserve};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let url = service::start()?;
    let client = Client::new(&url, service::TOKEN);

    let level = client.call(GetLevel::new("teapot"))?;
    println!("{} teapots are in stock", level.pieces);

    let reservation = client.call(Reserve::new("teapot", 2))?;
    println!("reservation {} holds until {}", reservation.reservation, reservation.until);

    match client.call(Reserve::new("teapot", 20)) {
        Err(Error::Fault(fault)) => println!("refused with {}: {}", fault.code, fault.reason),
        other => println!("{other:?}"),
    }

    println!("\nthe operations of the service:");
    for operation in messages::OPERATIONS {
        println!("{}{}", operation.name, if operation.safe { ", which can be repeated" } else { "" });
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    type Result = std::result::Result<(), Box<dyn std::error::Error>>;

    #[test]
    fn each_request_has_its_response() -> Result {
        let client = Client::new(&service::start()?, service::TOKEN);
        assert_eq!(client.call(GetLevel::new("teapot"))?.pieces, 12);
        assert_eq!(client.call(&Reserve::new("teapot", 12))?.reservation, "R-1");
        Ok(())
    }

    #[test]
    fn a_refusal_is_an_error_with_its_code() -> Result {
        let client = Client::new(&service::start()?, "wrong");
        let why = client.call(GetLevel::new("teapot"));
        assert!(matches!(&why, Err(Error::Fault(fault)) if fault.code == 401), "{why:?}");
        Ok(())
    }

    #[test]
    fn a_service_that_cannot_be_reached_is_an_error() {
        // Nothing listens on the port 9 of the loopback address.
        let why = Client::new("http://127.0.0.1:9/", service::TOKEN).call(GetLevel::new("teapot"));
        assert!(matches!(why, Err(Error::Transport(_))), "{why:?}");
    }
}
