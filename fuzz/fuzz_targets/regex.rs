//! Compares the regular expressions of XML Schema with `regex-automata`: an expression is built from the bytes in both languages, and texts are matched
//! with both. Expressions of any bytes are compiled too, and must not panic. Run it with `cargo xtask fuzz regex`.
#![no_main]

use libfuzzer_sys::fuzz_target;
use regex_automata::meta;
use xsdgen_datatypes::regex::{self, Inclusion, Regex, inclusion};

/// The characters of texts and classes. Their properties are the same in all versions of Unicode.
const LETTERS: [char; 24] = [
    'a',
    'b',
    'c',
    'x',
    'z',
    'A',
    'Z',
    '0',
    '5',
    '9',
    ' ',
    '\t',
    '\n',
    '\r',
    '-',
    '.',
    '_',
    ':',
    '^',
    '$',
    '\u{e9}',
    '\u{3b1}',
    '\u{2163}',
    '\u{1F600}',
];

/// Classes in both languages.
const CLASSES: [(&str, &str); 14] = [
    (r"\d", r"\p{Nd}"),
    (r"\D", r"\P{Nd}"),
    (r"\s", r"[ \t\n\r]"),
    (r"\S", r"[^ \t\n\r]"),
    (r"\w", r"[^\p{P}\p{Z}\p{C}]"),
    (r"\W", r"[\p{P}\p{Z}\p{C}]"),
    (r"\p{L}", r"\p{L}"),
    (r"\P{Lu}", r"\P{Lu}"),
    (r"\p{Nl}", r"\p{Nl}"),
    (r"\p{So}", r"\p{So}"),
    (r"\p{IsBasicLatin}", r"[\x00-\x7F]"),
    (r"\P{IsGreek}", r"[^\u{370}-\u{3FF}]"),
    (".", r"[^\n\r]"),
    (r"\-", "-"),
];

/// Takes bytes from the input; zero at its end.
struct Bytes<'b>(&'b [u8]);

impl Bytes<'_> {
    fn next(&mut self, below: usize) -> usize {
        let Some((first, rest)) = self.0.split_first() else { return 0 };
        self.0 = rest;
        usize::from(*first) % below
    }

    fn letter(&mut self) -> char {
        LETTERS[self.next(LETTERS.len())]
    }
}

/// An expression in both languages.
#[derive(Default)]
struct Both {
    xsd: String,
    rust: String,
}

impl Both {
    fn push(&mut self, xsd: &str, rust: &str) {
        self.xsd.push_str(xsd);
        self.rust.push_str(rust);
    }

    fn character(&mut self, c: char) {
        let escaped = match c {
            '\t' => r"\t".to_owned(),
            '\n' => r"\n".to_owned(),
            '\r' => r"\r".to_owned(),
            '-' | '.' | '^' => format!(r"\{c}"),
            c => c.to_string(),
        };
        self.push(&escaped, &format!(r"\u{{{:X}}}", u32::from(c)));
    }
}

fn branches(bytes: &mut Bytes<'_>, depth: usize, out: &mut Both) {
    for number in 0..=bytes.next(3) {
        if number > 0 {
            out.push("|", "|");
        }
        for _ in 0..bytes.next(4) {
            piece(bytes, depth, out);
        }
    }
}

fn piece(bytes: &mut Bytes<'_>, depth: usize, out: &mut Both) {
    match bytes.next(6) {
        0 if depth < 4 => {
            out.push("(", "(?:");
            branches(bytes, depth + 1, out);
            out.push(")", ")");
        }
        1 | 2 => class(bytes, 0, out),
        3 => {
            let (xsd, rust) = CLASSES[bytes.next(CLASSES.len())];
            out.push(xsd, rust);
        }
        _ => {
            let c = bytes.letter();
            out.character(c);
        }
    }
    match bytes.next(9) {
        0 => out.push("?", "?"),
        1 => out.push("*", "*"),
        2 => out.push("+", "+"),
        3 => {
            let (least, more) = (bytes.next(4), bytes.next(4));
            let count = match bytes.next(3) {
                0 => format!("{{{least}}}"),
                1 => format!("{{{least},}}"),
                _ => format!("{{{least},{}}}", least + more),
            };
            out.push(&count, &count);
        }
        _ => {}
    }
}

fn class(bytes: &mut Bytes<'_>, depth: usize, out: &mut Both) {
    let start = if bytes.next(3) == 0 { "[^" } else { "[" };
    // A class from which another one is subtracted is a group of its own.
    out.push(start, &format!("[{start}"));
    for _ in 0..=bytes.next(3) {
        match bytes.next(4) {
            0 => {
                let (low, high) = (bytes.letter(), bytes.letter());
                out.character(low.min(high));
                out.push("-", "-");
                out.character(low.max(high));
            }
            1 => {
                let (xsd, rust) = CLASSES[bytes.next(12)];
                out.push(xsd, rust);
            }
            _ => {
                let c = bytes.letter();
                out.character(c);
            }
        }
    }
    out.push("", "]");
    if depth < 2 && bytes.next(4) == 0 {
        out.push("-", "--");
        class(bytes, depth + 1, out);
    }
    out.push("]", "]");
}

/// An expression, compiled in both languages.
struct Compiled {
    ours: Regex,
    theirs: meta::Regex,
    both: Both,
}

fn compiled(bytes: &mut Bytes<'_>) -> Option<Compiled> {
    let mut both = Both::default();
    branches(bytes, 0, &mut both);
    let theirs = match meta::Regex::new(&format!(r"\A(?:{})\z", both.rust)) {
        Ok(regex) => regex,
        Err(error) if error.size_limit().is_some() => return None,
        Err(error) => panic!("{error}: {}", both.rust),
    };
    let ours = Regex::new(&both.xsd).unwrap_or_else(|error| panic!("{error}: {}", both.xsd));
    if let Some(example) = regex::example(&both.xsd) {
        assert!(theirs.is_match(&example), "{:?} as {:?} on the example {example:?}", both.xsd, both.rust);
    }
    Some(Compiled { ours, theirs, both })
}

fuzz_target!(|input: &[u8]| {
    let Some((first, rest)) = input.split_first() else { return };
    if *first == 0 {
        // Any text: nothing panics, and an example matches.
        let pattern = String::from_utf8_lossy(rest);
        if let Ok(compiled) = Regex::new(&pattern) {
            let _ = compiled.matches("a1 -");
            if let Some(example) = regex::example(&pattern) {
                assert!(compiled.matches(&example), "{pattern:?} {example:?}");
            }
        }
        return;
    }
    let mut bytes = Bytes(rest);
    let (Some(one), Some(other)) = (compiled(&mut bytes), compiled(&mut bytes)) else { return };
    let included = inclusion(&[vec![one.ours.clone()]], std::slice::from_ref(&other.ours), 1_000);
    if let Inclusion::Differs(text) = &included {
        let differs = one.theirs.is_match(text) && !other.theirs.is_match(text);
        assert!(differs, "{text:?} is no text of {:?} that is none of {:?}", one.both.xsd, other.both.xsd);
    }
    for _ in 0..8 {
        let text: String = (0..bytes.next(9)).map(|_| bytes.letter()).collect();
        for compiled in [&one, &other] {
            let both = &compiled.both;
            assert_eq!(compiled.ours.matches(&text), compiled.theirs.is_match(&text), "{:?} as {:?} on {text:?}", both.xsd, both.rust);
        }
        if included == Inclusion::Included && one.theirs.is_match(&text) {
            assert!(other.theirs.is_match(&text), "{text:?}: {:?} is not included in {:?}", one.both.xsd, other.both.xsd);
        }
    }
});
