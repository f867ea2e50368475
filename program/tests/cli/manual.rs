//! Tests of the completions and the manual pages.

use std::process::{Command, Stdio};

use super::Bench;

#[test]
fn every_shell_has_completions() {
    let bench = Bench::new("completions");
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let run = bench.run(&["completions", shell]);
        assert!(run.ends_with(0).out.contains("json-schema") && run.out.contains("message-format"), "{shell}");
    }
    bench.run(&["completions", "tcsh"]).ends_with(2);
    bench.write("xsdgen.bash", &bench.run(&["completions", "bash"]).out);
    let script = "source xsdgen.bash && COMP_WORDS=(xsdgen gen) COMP_CWORD=1 && _xsdgen xsdgen gen xsdgen && echo \"${COMPREPLY[@]}\"";
    let mut bash = Command::new("bash");
    let Ok(output) = bash.current_dir(&bench.dir).args(["-c", script]).stderr(Stdio::null()).output() else { return };
    assert_eq!(String::from_utf8_lossy(&output.stdout), "generate\n");
}

#[test]
fn every_command_has_a_page() {
    let bench = Bench::new("man");
    assert!(bench.run(&["man"]).ends_with(0).out.contains(".SH SUBCOMMANDS"));
    bench.run(&["man", "--out", "pages/man1"]).ends_with(0);
    let pages = bench.texts("pages/man1");
    let help = bench.run(&["--help"]).out;
    let commands = help.lines().skip_while(|line| *line != "Commands:").skip(1).take_while(|line| !line.is_empty());
    // A description that is wrapped continues in lines that are indented further.
    let names = commands.filter_map(|line| line.strip_prefix("  ")?.split_once(' ')).map(|(name, _)| name);
    let names: Vec<&str> = names.filter(|name| !name.is_empty() && *name != "help").collect();
    assert!(names.len() > 14, "{names:?}");
    for name in names {
        let page = pages.get(&format!("xsdgen-{name}.1")).unwrap_or_else(|| panic!("no page of {name}: {:?}", pages.keys()));
        assert!(page.contains(".SH OPTIONS"), "{name}");
    }
    assert!(pages.contains_key("xsdgen.1"));
    bench.write("file", "");
    bench.run(&["man", "--out", "file/x"]).ends_with(4);
}
