//! A page of Markdown: blocks with an empty line between them.

use super::text;
use crate::model::Docs;

/// The blocks of a page.
#[derive(Debug, Default)]
pub(super) struct Page {
    blocks: Vec<String>,
    /// Whether the documentation of the schemas is Markdown.
    pub(super) markdown: bool,
}

impl Page {
    pub(super) fn new(markdown: bool) -> Self {
        Page { blocks: Vec::new(), markdown }
    }

    /// Adds a block, unless it is empty.
    pub(super) fn add(&mut self, block: impl Into<String>) {
        let block = block.into();
        self.blocks.extend((!block.is_empty()).then_some(block));
    }

    /// Adds the paragraphs of a documentation.
    pub(super) fn docs(&mut self, docs: &Docs) {
        self.blocks.extend(text::paragraphs(docs, self.markdown));
    }

    /// Adds a table, unless it has no rows.
    pub(super) fn table(&mut self, head: &[&str], rows: Vec<Vec<String>>) {
        if rows.is_empty() {
            return;
        }
        let line = |cells: &[String]| format!("| {} |", cells.join(" | "));
        let head: Vec<String> = head.iter().map(|name| (*name).to_owned()).collect();
        let rule = format!("|{}", "---|".repeat(head.len()));
        let lines = [line(&head), rule].into_iter().chain(rows.iter().map(|row| line(row)));
        self.blocks.push(lines.collect::<Vec<_>>().join("\n"));
    }

    /// Adds a document in XML, with a sentence before it.
    pub(super) fn xml(&mut self, said: impl Into<String>, document: &str) {
        self.add(said);
        self.blocks.push(text::fenced("xml", document));
    }

    pub(super) fn text(&self) -> String {
        self.blocks.iter().map(|block| block.trim_end()).collect::<Vec<_>>().join("\n\n") + "\n"
    }
}
