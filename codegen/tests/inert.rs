//! Tests that documentation and values of a schema are text in the documentation of the bindings. `pulldown-cmark`, which rustdoc uses, reads the
//! generated documentation of thousands of texts that are made of Markdown, HTML and Rust syntax.
#![allow(clippy::expect_used, clippy::panic, reason = "a failed test panics")]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use pulldown_cmark::{CodeBlockKind, Event, LinkType, Options, Parser, Tag, TagEnd};
use xsdgen::settings::{DocSettings, Settings};

/// What the texts are made of: all that has a meaning in Markdown, HTML, rustdoc or Rust, at the starts of lines and within them.
const PARTS: &[&str] = &[
    "~~~",
    "````",
    "```rust",
    "```",
    "``",
    "`",
    "~",
    "\n",
    "\n\n",
    "\n    ",
    "\n\t",
    " ",
    "  \n",
    "\\\n",
    "\n> ",
    "\n- ",
    "\n* ",
    "\n+ ",
    "\n1. ",
    "\n7) ",
    "\n   ",
    "\n# ",
    "\n## ",
    "\n#![allow(x)]\n",
    "\n===\n",
    "\n---\n",
    "\n***\n",
    "\n- [ ] ",
    "\n| a | b |\n|---|---|\n",
    "\n:-:|-\n",
    "|",
    "<script>",
    "</script>",
    "<!-- ",
    "-->",
    "<img src=x onerror=y>",
    "</pre>",
    "</div>",
    "<b",
    "<?x ?>",
    "<![CDATA[",
    "<a@b.c>",
    "<javascript:x>",
    "&lt;",
    "&#60;",
    "&",
    ";",
    "[",
    "]",
    "(",
    ")",
    "[x]: javascript:x\n",
    "[x]: http://x.example\n",
    "![](http://x.example/y.png)",
    "[y](javascript:y)",
    "[`Vec`]",
    "[Vec::push]",
    "[^1]",
    "[^1]: note",
    "!",
    "*",
    "**",
    "_",
    "__",
    "a_b",
    "~~",
    "\\",
    "'",
    "\"",
    "\"#",
    "#",
    "=",
    "-",
    "--",
    "+",
    ":",
    "{",
    "}",
    "$",
    "^",
    "@",
    "http://",
    "https://x.example/a_b_*c*",
    "https://x.example/`",
    "www.x.example",
    "mailto:a@b.example",
    "word",
    "std::process::abort();",
    "fn main() {}",
    "*/",
    "/*",
    "//",
    "///",
    "1. ",
    "12",
    "é",
    "名",
    "\u{202e}",
    "\u{2066}",
    "\u{85}",
    "\u{9b}",
    "\u{a0}",
    "\u{2028}",
    "\u{200f}",
    "\u{ad}",
    "a long line that is long enough to be wrapped at the end of the line, after about one hundred characters, ",
];

/// Texts that a random choice is unlikely to make.
const TEXTS: &[&str] = &[
    "~~~\nstd::process::abort()\n~~~",
    "text\n\n    indented()\n\n\ttabbed()",
    "> ```\n> quoted()\n> ```",
    "- ```\n  nested()\n  ```\n1. ~~~\n   nested()\n   ~~~",
    "x``<script>alert(1)</script>",
    "[x]: javascript:alert(1)\n\n[x]",
    "Heading\n=======\n\nOther\n-----",
    "a | b\n--|--\n1 | 2",
    "<!-- comment",
    "[`String`] [Self] [crate] [a][b] [c][] [d]",
];

/// The options that rustdoc reads documentation with.
fn options() -> Options {
    Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TASKLISTS
}

/// A linear congruential generator, so that each run has the same texts.
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % end
    }
}

fn texts(count: usize) -> Vec<String> {
    let mut random = Random(21);
    let fixed = TEXTS.iter().map(|&text| text.to_owned());
    let made = (0..count).map(|_| (0..1 + random.below(9)).map(|_| PARTS[random.below(PARTS.len())]).collect());
    fixed.chain(made).filter(|text: &String| !text.trim().is_empty()).collect()
}

fn escaped(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        match c {
            '<' | '>' | '&' | '"' | '\n' | '\t' => write!(out, "&#{};", u32::from(c)).expect("a text"),
            c => out.push(c),
        }
    }
    out
}

/// Returns a schema with an element for each text: the text is its documentation, and the default value of its attribute and the value of its type.
fn schema(texts: &[String]) -> String {
    let mut out = String::from("<xs:schema xmlns:xs=\"http://www.w3.org/2001/XMLSchema\" xmlns:t=\"urn:t\" targetNamespace=\"urn:t\">\n");
    for (at, text) in texts.iter().map(|text| escaped(text)).enumerate() {
        let said = format!("<xs:annotation><xs:appinfo>{text}</xs:appinfo><xs:documentation>{text}</xs:documentation></xs:annotation>");
        writeln!(
            out,
            "<xs:element name='e{at}'>{said}<xs:complexType><xs:attribute name='a' type='xs:string' default=\"{text}\"/></xs:complexType></xs:element>\n\
             <xs:simpleType name='v{at}'><xs:restriction base='xs:string'><xs:enumeration value='x'>{said}</xs:enumeration>\
             <xs:enumeration value=\"{text}\"/></xs:restriction></xs:simpleType>"
        )
        .expect("a text");
    }
    out + "</xs:schema>\n"
}

/// Generates the bindings of a schema, and returns the module `t`.
fn module(name: &str, schema: &str, settings: &Settings) -> String {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("inert");
    std::fs::create_dir_all(&folder).expect("a folder");
    let path: PathBuf = folder.join(format!("{name}.xsd"));
    std::fs::write(&path, schema).expect("a file");
    let made = xsdgen::generate(&[path], settings, &xsdgen::Lock::default());
    let problems: Vec<String> = made.diagnostics.iter().map(|problem| format!("{}: {}", problem.span, problem.message)).collect();
    assert_eq!(problems, Vec::<String>::new());
    made.product.expect("bindings").files.remove("t.rs").expect("the module")
}

/// Returns the documentation in a module: the Markdown of each item, with the next line of code.
fn documentation(module: &str) -> Vec<(String, String)> {
    let (mut out, mut docs) = (Vec::new(), String::new());
    for line in module.lines().map(str::trim_start) {
        match line.strip_prefix("///").or_else(|| line.strip_prefix("//!")) {
            Some(said) => docs = docs + said.strip_prefix(' ').unwrap_or(said) + "\n",
            None if line.starts_with("#[") => {}
            None if docs.is_empty() => {}
            None => out.push((std::mem::take(&mut docs), line.to_owned())),
        }
    }
    out
}

/// Reads Markdown, and returns its text, with the markers of list items.
fn plain(markdown: &str, is_markdown: bool) -> String {
    let mut broken = |link: pulldown_cmark::BrokenLink<'_>| -> Option<(pulldown_cmark::CowStr<'_>, pulldown_cmark::CowStr<'_>)> {
        panic!("a link to an item, {link:?}:\n{markdown}")
    };
    let (mut out, mut lists) = (String::new(), Vec::new());
    for event in Parser::new_with_broken_link_callback(markdown, options(), Some(&mut broken)) {
        match event {
            Event::Text(text) | Event::Code(text) => out.push_str(&text),
            Event::SoftBreak => out.push(' '),
            Event::Start(Tag::List(first)) => lists.push(first),
            Event::End(TagEnd::List(_)) => drop(lists.pop()),
            Event::Start(Tag::Item) => match lists.last_mut() {
                Some(Some(number)) => {
                    write!(out, " {number}. ").expect("a text");
                    *number += 1;
                }
                _ => out.push_str(" - "),
            },
            Event::Start(Tag::Paragraph) | Event::End(TagEnd::Item | TagEnd::Paragraph | TagEnd::Link) => out.push(' '),
            Event::Start(Tag::Link { dest_url, link_type, .. }) => {
                assert!(is_markdown || link_type == LinkType::Autolink, "{dest_url}:\n{markdown}");
                assert!(
                    ["http://", "https://", "ftp://", "mailto:"].iter().any(|scheme| dest_url.starts_with(scheme)),
                    "{dest_url}:\n{markdown}"
                );
            }
            Event::Start(Tag::CodeBlock(kind)) if is_markdown => assert_eq!(kind, CodeBlockKind::Fenced("text".into()), "{markdown}"),
            Event::Html(html) | Event::InlineHtml(html) => panic!("a tag, {html}:\n{markdown}"),
            Event::Start(Tag::HtmlBlock | Tag::Image { .. }) => panic!("{event:?}:\n{markdown}"),
            _ if is_markdown => {}
            event => panic!("{event:?}:\n{markdown}"),
        }
    }
    out
}

/// Returns a text without white space, and with the same marker for all list items.
fn dense(text: &str) -> String {
    let marked = text.lines().map(str::trim).map(|line| match line.strip_prefix('*') {
        Some(item) if item.starts_with(char::is_whitespace) => format!("-{item}"),
        _ => line.to_owned(),
    });
    marked.collect::<String>().split_whitespace().collect()
}

#[test]
fn documentation_is_text() {
    let texts = texts(600);
    let module = module("text", &schema(&texts), &Settings::default());
    let mut found: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (markdown, line) in documentation(&module) {
        found.entry(line).or_default().push(plain(&markdown, false).split_whitespace().collect());
    }
    for (at, text) in texts.iter().enumerate() {
        let of_type = &found[&format!("pub struct E{at} {{")];
        assert_eq!(*of_type, [dense(text)], "{text:?}");
    }
}

#[test]
fn markdown_has_no_tags_and_no_code_that_runs() {
    let settings = Settings { docs: DocSettings { markdown: true, ..DocSettings::default() }, ..Settings::default() };
    let module = module("markdown", &schema(&texts(600)), &settings);
    for (markdown, _) in documentation(&module) {
        plain(&markdown, true);
    }
}
