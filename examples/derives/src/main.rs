//! Prints the JSON Schema of bindings that derive the macros of serde, schemars, arbitrary and proptest, and a value in JSON and XML.
//!
//! The tests are what such derives are for: they write and read values that arbitrary and proptest make.

#![allow(clippy::print_stdout, reason = "an example prints what it does")]

#[rustfmt::skip]
#[path = "messages/lib.rs"]
#[allow(dead_code, unreachable_pub, reason = "the example does not use every type")]
mod messages;
#[cfg(test)]
mod tests;

use std::error::Error;

use messages::Document;
use messages::workshop::{Login, Plan, PlanChoice, Rule, Size, State, Task};
use schemars::schema_for;

fn main() -> Result<(), Box<dyn Error>> {
    println!("{}", serde_json::to_string_pretty(&schema_for!(Plan))?);
    let plan = plan()?;
    println!("{}", serde_json::to_string_pretty(&plan)?);
    println!("{}", Document::from(plan).to_xml()?);
    Ok(())
}

fn plan() -> Result<Plan, Box<dyn Error>> {
    let task = Task::new("saw", State::InWork).with_part([Task::new("measure", State::Done)]);
    let plan = Plan::builder()
        .id(7_u32)
        .owner(Login::new("ada", "secret"))
        .task([task])
        .size(Size::from("large"))
        .level(2)
        .choice(PlanChoice::Day("2024-05-01".parse()?))
        .rule(Rule::Flag(true));
    Ok(plan.build())
}
