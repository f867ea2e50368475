//! Tests that no command prints characters of schemas, documents or file names that act on a terminal.

use super::{Bench, schema};

/// A control character of C1, which starts a sequence like ESC `[`, and one that reverses the direction of text.
const HIDDEN: [char; 2] = ['\u{9b}', '\u{202e}'];

#[test]
fn no_command_prints_what_acts_on_a_terminal() {
    let values = |more: &str| {
        let values = "<xs:enumeration value='x\u{9b}31m\u{202e}y'/><xs:enumeration value='X\u{202e}Y'/>";
        let ty = format!("<xs:simpleType name='code'><xs:restriction base='xs:string'>{values}{more}</xs:restriction></xs:simpleType>");
        schema("a").replace("</xs:schema>", &format!("{ty}<xs:element name='code' type='a:code' default='\u{202e}\u{9b}'/></xs:schema>"))
    };
    let fine = |more: &str| values(more).replace(" default='\u{202e}\u{9b}'", "");
    let bench = Bench::new("hidden")
        .with("old\u{9b}\u{202e}.xsd", &fine(""))
        .with("new.xsd", &fine("<xs:enumeration value='\u{9b}\u{202e}'/>"))
        .with("wrong\u{202e}.xsd", &values(""))
        .with("odd\u{9b}.xml", "<a:code xmlns:a='urn:a'>\u{9b}\u{202e}</a:code>");
    let mut shown = String::new();
    for (args, code) in [
        (&["check", "old\u{9b}\u{202e}.xsd", "new.xsd"][..], 1),
        (&["check", "wrong\u{202e}.xsd"], 1),
        (&["check", "\u{202e}missing\u{9b}.xsd"], 4),
        (&["names", "old\u{9b}\u{202e}.xsd"], 0),
        (&["names", "--collisions", "old\u{9b}\u{202e}.xsd"], 0),
        (&["diff", "old\u{9b}\u{202e}.xsd", "new.xsd"], 0),
        (&["diff", "new.xsd", "old\u{9b}\u{202e}.xsd"], 0),
        (&["lock", "--lock", "\u{202e}.lock", "old\u{9b}\u{202e}.xsd"], 0),
        (&["generate", "old\u{9b}\u{202e}.xsd", "--out", "out\u{202e}"], 0),
        (&["generate", "new.xsd", "--out", "out\u{202e}", "--check"], 1),
        (&["validate", "odd\u{9b}.xml", "--schema", "old\u{9b}\u{202e}.xsd"], 1),
        (&["explain", "\u{202e}"], 2),
        (&["sample", "\u{9b}\u{202e}", "new.xsd"], 2),
    ] {
        let run = bench.run(args);
        run.ends_with(code);
        for text in [&run.out, &run.err] {
            assert!(!text.contains(HIDDEN), "{args:?}: {text:?}");
            shown.push_str(text);
        }
    }
    assert!(shown.contains("a:code/=") && shown.contains('\u{FFFD}'), "{shown}");
    // A document for another program is not changed.
    let json = bench.run(&["diff", "old\u{9b}\u{202e}.xsd", "new.xsd", "--format", "json"]);
    assert!(json.out.contains("\u{9b}\u{202e}"), "{}", json.out);
}
