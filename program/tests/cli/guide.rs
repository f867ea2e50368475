//! Tests that the output that guides in `docs/` show is what the program prints.

use std::path::Path;

use super::Bench;

/// A fenced block: the words after the fence, and the text.
fn blocks(page: &str) -> Vec<(String, String)> {
    let mut blocks = Vec::new();
    let mut lines = page.lines();
    while let Some(line) = lines.next() {
        if let Some(head) = line.strip_prefix("```") {
            let text = lines.by_ref().take_while(|line| *line != "```").flat_map(|line| [line, "\n"]).collect();
            blocks.push((head.to_owned(), text));
        }
    }
    blocks
}

/// Runs a page of `docs/` and returns how many files it wrote and how many commands it ran.
///
/// A block `xml FILE` or `toml FILE` is written to the file. A block `text FILE` shows the file. A block `console` shows a command and what it prints.
/// Other blocks show something that this test does not run.
fn run(name: &str) -> (usize, usize) {
    let page = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs").join(name)).expect("the page");
    let bench = Bench::new(name);
    let (mut written, mut run) = (0, 0);
    for (head, text) in blocks(&page) {
        match head.split_once(' ') {
            Some(("xml" | "toml", file)) => {
                bench.write(file, &text);
                written += 1;
            }
            Some(("text", file)) => assert_eq!(bench.read(file), text, "{file}"),
            _ if head == "console" => {
                let (command, output) = text.split_once('\n').expect("a command");
                let words: Vec<&str> = command.strip_prefix("$ xsdgen ").unwrap_or_else(|| panic!("{command}")).split(' ').collect();
                let ran = bench.run(&words);
                assert_eq!(format!("{}{}", ran.out, ran.err), output, "{command}");
                run += 1;
            }
            _ => {}
        }
    }
    (written, run)
}

#[test]
fn the_guide_to_changes_shows_real_output() {
    let (written, run) = run("schema-changes.md");
    assert!(written > 4 && run > 6, "{written} files, {run} commands");
}

#[test]
fn the_first_steps_show_real_output() {
    assert_eq!(run("five-minutes.md"), (2, 3));
}
