//! `xsdgen names`: prints every Rust name next to its schema component, or only the names that were changed because of a conflict.

use std::io::Write;

use super::args::Names;
use super::console::{Console, Ran};
use super::{Outcome, generate, terminal};

pub(super) fn run(args: &Names, console: Console) -> Ran {
    let generated = console.take(generate::of(&args.schemas, args.config.as_deref()))?;
    let mut text = String::new();
    if args.collisions {
        for collision in &generated.collisions {
            text.push_str(&format!("{} -> {}, not {}\n", collision.component, collision.given, collision.wanted));
        }
    } else {
        text = generated.lock.lines().into_iter().map(|line| line + "\n").collect();
    }
    terminal::stdout().write_all(text.as_bytes())?;
    Ok(Outcome::Done)
}
