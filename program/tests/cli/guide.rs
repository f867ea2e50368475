//! Tests that the output shown in `docs/schema-changes.md` is what the program prints.

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

/// A block `xml FILE` or `toml FILE` is written to the file. A block `text FILE` shows the file. A block that begins with `$ xsdgen` shows a command
/// and what it prints.
#[test]
fn the_guide_shows_real_output() {
    let page = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/schema-changes.md")).expect("the page");
    let bench = Bench::new("guide");
    let (mut written, mut run) = (0, 0);
    for (head, text) in blocks(&page) {
        match head.split_once(' ') {
            Some(("xml" | "toml", file)) => {
                bench.write(file, &text);
                written += 1;
            }
            Some(("text", file)) => assert_eq!(bench.read(file), text, "{file}"),
            _ => {
                let (command, output) = text.split_once('\n').expect("a command");
                let words: Vec<&str> = command.strip_prefix("$ xsdgen ").unwrap_or_else(|| panic!("{command}")).split(' ').collect();
                let ran = bench.run(&words);
                assert_eq!(format!("{}{}", ran.out, ran.err), output, "{command}");
                run += 1;
            }
        }
    }
    assert!(written > 4 && run > 6, "{written} files, {run} commands");
}
