//! Writes the errors of the bindings of the cases for their documents to `messages.txt` and `refusals.txt` of each case, if there are any.
//! The arguments are the folder of the cases and the folder to write to.
#![allow(warnings)]

mod bindings;
mod case;
mod own;

fn main() -> std::io::Result<()> {
    let mut arguments = std::env::args_os().skip(1).map(std::path::PathBuf::from);
    let (cases, out) = (arguments.next().unwrap_or_default(), arguments.next().unwrap_or_default());
    for it in bindings::CASES {
        let folder = cases.join(it.name);
        for (name, text) in [("messages.txt", case::messages(it, &folder)), ("refusals.txt", case::refusals(it, &folder))] {
            if !text.is_empty() {
                std::fs::create_dir_all(out.join(it.name))?;
                std::fs::write(out.join(it.name).join(name), text)?;
            }
        }
    }
    Ok(())
}
