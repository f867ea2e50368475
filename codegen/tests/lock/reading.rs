//! Tests how a lock is read: every problem has a code and a place, and nothing is taken from a lock that is not valid.

use xsdgen::Lock;

/// Returns the problems of a lock with these lines after the first.
fn problems(lines: &str) -> Vec<String> {
    let read = Lock::parse(&format!("# xsdgen.lock, format 1:\n{lines}"), "xsdgen.lock");
    assert_eq!(read.product.is_none(), read.diagnostics.has_errors());
    read.diagnostics.iter().map(|d| format!("{} {}: {}", d.span.to_string().replace("xsdgen.lock:", ""), d.code, d.message)).collect()
}

#[track_caller]
fn refused(lines: &str, message: &str) {
    let found = problems(lines);
    assert!(found.len() == 1 && found.iter().all(|found| found.starts_with(message)), "{lines}\n{found:#?}");
}

#[test]
fn lines_that_are_no_entries() {
    for line in [
        "a",
        "a:t",
        "a:t struct",
        "a:t struct ",
        "a:t strukt a::T",
        "a:t/ struct a::T",
        "t struct a::T",
        "a:t  struct a::T",
        "struct a::T a:t",
    ] {
        refused(line, "2:1 X0861: the line is not an entry of a lock");
    }
    refused("a:t/b field b", "2:1 X0861: a field has a name, `: ` and a type");
    refused("a:t/b variant B(String", "2:1 X0861: the type has no `)`");
    refused("a:t field b: String", "2:1 X0861: a global component is no member");
    refused("a namespace a", "2:1 X0861: a namespace has a prefix, a module or `-`, and a URI");
    refused("a namespace a \"urn:a", "2:1 X0861: a namespace has");
}

#[test]
fn names_that_cannot_be_names() {
    for name in ["fn", "self", "Self", "1a", "a b", "r#fn", "a-b", "a::fn", "../a::T", "a::b c", "_", "a::", "::a", "", "a;b", "a\u{202e}"]
    {
        let found = problems(&format!("a:t struct {name}"));
        assert!(found.iter().any(|found| found.contains("X0863") || found.contains("X0861")), "{name}: {found:?}");
    }
    refused("a:t struct a::Option", "2:1 X0863: `a::Option` hides a name of the standard library");
    refused("a:t module a::u8", "2:1 X0863: `a::u8` hides a name of the standard library");
    refused("a:t/b field a::b: String", "2:1 X0863: `a::b` is a path");
    refused(&format!("a:t struct a::{}", "T".repeat(300)), "2:1 X0863");
    for module in ["lib", "main", "con", "fn", "../x", "a/b", "Document", "str", ""] {
        let found = problems(&format!("a namespace {module} \"urn:a\""));
        assert!(found.iter().any(|found| found.contains("X0863") || found.contains("X0861")), "{module}: {found:?}");
    }
    for prefix in ["xml", "xsi", "none", "a-b", "1", "crate"] {
        refused(&format!("{prefix} namespace a \"urn:a\""), "2:1 X0863");
    }
    refused("a namespace a \"\"", "2:1 X0863");
}

#[test]
fn names_that_are_given_twice() {
    refused("a:t struct a::T\na:u struct a::T", "3:1 X0864: `T` is given twice in module `a`; the other place is xsdgen.lock:2:1");
    refused("a:t struct a::T\na:t choice a::U", "3:1 X0864: `a:t` has the choice of two lines");
    refused("a:t struct a::t\na:u module a::t", "3:1 X0864");
    refused("a:t struct a::T\na:u deprecated a::T", "3:1 X0864");
    refused("a:t/b field b: u8\na:t/@b field b: u8", "3:1 X0864");
    refused("a:t/type field type_: u8\na:t/Type field type: u8", "3:1 X0863");
    refused("a:t/x field x_: u8\na:t/X field x: u8", "3:1 X0864");
    refused("element::a:b document B(u8)\nelement::a:c document B(u8)", "3:1 X0864: `B` is given twice in `Document`");
    refused("a namespace a \"urn:a\"\nb namespace a \"urn:b\"", "3:1 X0864");
    refused("a namespace A \"urn:a\"\nb namespace a \"urn:b\"", "3:1 X0864: `a` is given twice in modules with a file");
    refused("a namespace a \"urn:a\"\na namespace b \"urn:b\"", "3:1 X0864");
    refused("a namespace a \"urn:a\"\nb namespace b \"urn:a\"", "3:1 X0864");
    // The same name in other scopes is no problem.
    assert_eq!(problems("a:t struct a::T\na:t struct b::T\n").len(), 1);
    assert_eq!(problems("a:t struct a::T\nb:t struct b::T\na:t/b field b: u8\na:u/b field b: u8\na:e/=b variant B"), Vec::<String>::new());
}

#[test]
fn conflict_markers() {
    for marker in ["<<<<<<< HEAD", "=======", ">>>>>>> theirs", "||||||| base"] {
        refused(&format!("a:t struct a::T\n{marker}\na:t struct a::T"), "3:1 X0862: the lock has a conflict marker");
    }
    let read = Lock::parse("<<<<<<< HEAD\n# xsdgen.lock, format 1:\n", "xsdgen.lock");
    assert!(
        read.diagnostics.iter().all(|d| d.code.id == "X0862" && d.help.as_ref().is_some_and(|help| help.contains("run `xsdgen generate`")))
    );
}

#[test]
fn formats() {
    for (text, message) in [
        ("", "the file does not begin like a lock"),
        ("a:t struct a::T\n", "the file does not begin like a lock"),
        ("# xsdgen.lock, format x:\n", "the file does not begin like a lock"),
        ("# xsdgen.lock, format 0:\n", "the file does not begin like a lock"),
        ("# xsdgen.lock, format 2:\n", "the lock has format 2; this version reads format 1"),
        ("# xsdgen.lock, format 99999999999999999999:\n", "the file does not begin like a lock"),
    ] {
        let read = Lock::parse(text, "xsdgen.lock");
        assert_eq!(read.diagnostics.iter().map(|d| d.message.as_str()).collect::<Vec<_>>(), [message], "{text}");
    }
    let windows = "\u{feff}# xsdgen.lock, format 1: names\r\n# more\r\n\r\na:t struct a::T\r\n";
    let read = Lock::parse(windows, "xsdgen.lock");
    assert_eq!(read.product.map(|lock| lock.lines()), Some(vec!["a:t struct a::T".to_owned()]), "{:?}", read.diagnostics);
}

#[test]
fn few_of_many_problems_are_reported() {
    assert_eq!(problems(&"x\n".repeat(10_000)).len(), 20);
}

/// Damaged locks are refused or read, and never stop the program.
#[test]
fn damage_causes_no_panic() {
    let text = "# xsdgen.lock, format 1:\na namespace a \"urn:a\"\na:t struct a::T\na:t/=\"b \\u{41}\" variant B\na:t/group(b)/any(2) field any: Vec<AnyElement>\n";
    for at in 0..text.len() {
        for with in ["", "\"", "\\", "(", ":", "/", " ", "\n", "\u{202e}", "{"] {
            let damaged = format!("{}{with}{}", text.get(..at).unwrap_or_default(), text.get(at + 1..).unwrap_or_default());
            let read = Lock::parse(&damaged, "xsdgen.lock");
            assert_eq!(read.product.is_none(), read.diagnostics.has_errors());
        }
    }
}
