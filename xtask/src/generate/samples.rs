//! Generates the sandbox's default responses, one for each operation, and the table of them that is compiled into the sandbox.

use roxmltree::{Document, Node};
use xsdgen::sample::{Fill, SampleOptions, sample};

use super::Sources;
use crate::Failure;
use crate::files::{Files, Owner};

const FOLDER: &str = "sandbox/samples";

/// The number of occurrences of repeatable elements, chosen so that lists have a second page.
const REPEAT: u64 = 2;

/// The number of elements after which only required elements are added.
const ELEMENTS: usize = 3000;

pub(super) fn files(sources: &Sources) -> Result<Files, Failure> {
    let root = sources.message()?;
    let examples = sources.examples.clone();
    let options = SampleOptions { fill: Fill::All, variant: 0, repeat: REPEAT, max_elements: ELEMENTS, examples };
    let mut files = Files { owner: Owner::Below(vec![FOLDER.to_owned()]), ..Files::default() };
    let mut table = String::from(
        "// The answers beside this file, by the name of the operation. Written by `cargo gen` from the schemas; do not edit.\n&[\n",
    );
    for operation in sources.operations()? {
        let name = &operation.name;
        let failed = |why: String| Failure::new(format!("there is no sample answer to `{name}`: {why}"), "change its type in `xsd/`");
        let text = sample(&sources.model, root, Some(operation.response), &options).map_err(|why| failed(why.to_string()))?;
        let text = in_envelope(&text).and_then(|text| plausible(&text)).map_err(failed)?;
        table.push_str(&format!("    ({name:?}, include_str!(\"{name}.xml\")),\n"));
        files.wanted.insert(format!("{FOLDER}/{name}.xml"), text);
    }
    table.push_str("]\n");
    files.wanted.insert(format!("{FOLDER}/table.rs"), table);
    Ok(files)
}

fn parsed(sample: &str) -> Result<Document<'_>, String> {
    Document::parse(sample).map_err(|why| format!("it is not well-formed: {why}"))
}

/// Returns the message with only its first body, and with a header that reports success.
fn in_envelope(sample: &str) -> Result<String, String> {
    let document = parsed(sample)?;
    let root = sample.get(document.root_element().range()).unwrap_or_default();
    let start = root.split_inclusive('>').next().unwrap_or_default();
    let body = document.descendants().find(|node| node.tag_name().name() == "bodyContent").ok_or("it has no `bodyContent`")?;
    let before = sample.get(..document.root_element().range().start).unwrap_or_default();
    Ok(format!(
        "{before}{start}\n  <serv:header>\n    <serv:response>\n      <serv:result>SUCCESS</serv:result>\n      \
         <serv:gsbStatus>PRIMARY</serv:gsbStatus>\n    </serv:response>\n  </serv:header>\n  <serv:body>\n    {}\n  </serv:body>\n\
         </serv:message>\n",
        sample.get(body.range()).unwrap_or_default()
    ))
}

/// Replaces texts that only repeat the name of their element by dates and addresses, if the name suggests these.
fn plausible(answer: &str) -> Result<String, String> {
    let document = parsed(answer)?;
    let mut out = String::new();
    let mut at = 0;
    for node in document.descendants().filter(Node::is_text) {
        let name = node.parent_element().map_or("", |parent| parent.tag_name().name());
        if let Some(text) = promised(name).filter(|_| node.text() == Some(name)) {
            out.push_str(answer.get(at..node.range().start).unwrap_or_default());
            out.push_str(text);
            at = node.range().end;
        }
    }
    out.push_str(answer.get(at..).unwrap_or_default());
    Ok(out)
}

/// Returns a text that suits the name of an element.
fn promised(name: &str) -> Option<&'static str> {
    let lower = name.to_lowercase();
    let known = [
        ("date", "09/01/2015 10:00:00"),
        ("time", "09/01/2015 10:00:00"),
        ("url", "https://acme.webex.com/acme/"),
        ("email", "jane@acme.example"),
    ];
    known.iter().find(|(end, _)| lower.ends_with(end)).map(|(_, text)| *text)
}
