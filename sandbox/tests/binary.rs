//! Tests the command lines of `webex-xml-sandbox`: the first line of output, that it responds, and exit codes. The content of responses is
//! tested elsewhere.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a failed test panics")]
#![cfg(feature = "cli")]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};

use webex_xml_sandbox::{ACCOUNTS, ADMIN};

struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn program() -> Command {
    Command::new(env!("CARGO_BIN_EXE_webex-xml-sandbox"))
}

fn site_type(kind: &str) -> String {
    let mut child = Running(program().args(["--port", "0", "--site-type", kind, "--site", "acme"]).stdout(Stdio::piped()).spawn().unwrap());
    let mut line = String::new();
    BufReader::new(child.0.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
    let address = line.trim().strip_prefix("listening on http://").unwrap_or_else(|| panic!("{line}"));
    assert!(address.starts_with("127.0.0.1:"), "{line}");
    let body = "<message><header><securityContext><siteName>acme</siteName></securityContext></header><body>\
        <bodyContent xsi:type='java:com.webex.service.binding.ep.GetSiteType'/></body></message>";
    let mut stream = TcpStream::connect(address).unwrap();
    write!(stream, "POST /WBXService/XMLService HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: {}\r\n\r\n{body}", body.len())
        .unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer.split("<ep:siteType>").nth(1).unwrap_or_else(|| panic!("{answer}")).chars().take(1).collect()
}

#[test]
fn all_five_site_types() {
    for (kind, number) in [("ci", "1"), ("sso", "2"), ("train", "3"), ("w11-sso", "4"), ("non-sso", "5")] {
        assert_eq!(site_type(kind), number, "{kind}");
    }
}

#[test]
fn completions_and_the_manual_page_are_printed() {
    let printed = |arguments: &[&str]| {
        let output = program().args(arguments).output().unwrap();
        assert_eq!(output.status.code(), Some(0), "{arguments:?}");
        String::from_utf8(output.stdout).unwrap()
    };
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        assert!(printed(&["completions", shell]).contains("site-type"), "{shell}");
    }
    assert!(printed(&["man"]).contains(".SH OPTIONS"));
}

#[test]
fn exit_codes() {
    let code = |arguments: &[&str]| program().args(arguments).output().unwrap().status.code();
    assert_eq!(code(&["--help"]), Some(0));
    assert_eq!(code(&["--site-type", "ic"]), Some(2));
    assert_eq!(code(&["--no-such"]), Some(2));
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    assert_eq!(code(&["--port", &taken.local_addr().unwrap().port().to_string()]), Some(4));
}

fn start(arguments: &[&str]) -> (Running, String) {
    let mut child = Running(program().args(arguments).stdout(Stdio::piped()).spawn().unwrap());
    let mut line = String::new();
    BufReader::new(child.0.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
    let address = line.trim().strip_prefix("listening on http://").unwrap_or_else(|| panic!("{line}")).to_owned();
    (child, address)
}

#[test]
fn flags_change_the_behavior() {
    let (_running, address) = start(&["--site", "acme", "--strict", "--cors", "--lock-after", "1", "--null-point-error"]);
    let ask = |password: &str, operation: &str| {
        let body = format!(
            "<message xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance'><header><securityContext><siteName>acme</siteName>\
             <webExID>{}</webExID><password>{password}</password></securityContext></header><body><bodyContent \
             xsi:type='java:com.webex.service.binding.user.{operation}</bodyContent></body></message>",
            ADMIN.webex_id
        );
        let mut stream = TcpStream::connect(&address).unwrap();
        let head = "POST /WBXService/XMLService HTTP/1.1\r\nHost: x\r\nConnection: close\r\nOrigin: http://localhost:1\r\n";
        write!(stream, "{head}Content-Length: {}\r\n\r\n{body}", body.len()).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    };
    let unhit = ask(ADMIN.password, "LstsummaryUser'><email>nobody</email>");
    assert!(unhit.contains("validation: Null Point Error") && unhit.contains("access-control-allow-origin: http://localhost:1"), "{unhit}");
    assert!(ask(ADMIN.password, "LstsummaryUser'><later/>").contains("bodyContent/later: unknown element"));
    assert!(ask("wrong", "LstsummaryUser'>").contains("030002"));
    assert!(ask(ADMIN.password, "LstsummaryUser'>").contains("030002"), "locked");
}

#[test]
fn it_listens_on_loopback_by_default() {
    let (_running, address) = start(&[]);
    assert!(address.starts_with("127.0.0.1:"), "{address}");
    let port = address.rsplit(':').next().unwrap();
    assert!(TcpStream::connect(format!("127.0.0.2:{port}")).is_err(), "not even all of loopback");
    if TcpListener::bind("[::1]:0").is_ok() {
        let (_running, address) = start(&["--listen", "::1"]);
        assert!(address.starts_with("[::1]:") && TcpStream::connect(&address).is_ok(), "{address}");
    }
    let (_running, address) = start(&["--listen", "127.0.0.2"]);
    assert!(address.starts_with("127.0.0.2:"), "{address}");
}

/// Returns the web page, which lists the received messages.
#[cfg(unix)]
fn page(address: &str) -> String {
    let mut stream = TcpStream::connect(address).unwrap();
    write!(stream, "GET / HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n").unwrap();
    let mut page = String::new();
    stream.read_to_string(&mut page).unwrap();
    page
}

#[cfg(unix)]
#[test]
fn it_shuts_down_gracefully_on_a_signal() {
    let (mut running, address) = start(&["--fault", "delay=500ms"]);
    let body = "<message><header><securityContext><siteName>acme</siteName></securityContext></header><body>\
        <bodyContent xsi:type='java:com.webex.service.binding.ep.GetSiteType'/></body></message>";
    let mut stream = TcpStream::connect(&address).unwrap();
    write!(stream, "POST /WBXService/XMLService HTTP/1.1\r\nHost: x\r\nContent-Length: {}\r\n\r\n{body}", body.len()).unwrap();
    while !page(&address).contains("ep.GetSiteType</span>") {
        std::thread::yield_now();
    }
    assert!(Command::new("kill").arg(running.0.id().to_string()).status().unwrap().success());
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    assert!(answer.contains("<ep:siteType>1"), "{answer}");
    assert_eq!(running.0.wait().unwrap().code(), Some(0));
}

/// Returns the running program and its output up to the given line.
fn output_until(arguments: &[&str], last: &str) -> (Running, String) {
    let mut child = Running(program().args(arguments).stdout(Stdio::piped()).spawn().unwrap());
    let mut lines = String::new();
    let mut out = BufReader::new(child.0.stdout.as_mut().unwrap());
    while !lines.contains(last) {
        assert!(out.read_line(&mut lines).unwrap() > 0, "{lines}");
    }
    (child, lines)
}

#[test]
fn accounts_are_printed_and_added() {
    let help = program().arg("--help").output().unwrap().stdout;
    let help = String::from_utf8(help).unwrap();
    let (_running, told) = output_until(&["--user", "jane:Hush-Hush-1:admin"], "jane");
    for account in ACCOUNTS {
        for text in [&help, &told] {
            assert!(text.lines().any(|line| line.contains(account.webex_id) && line.contains(account.password)), "{text}");
        }
    }
    let jane = told.lines().last().unwrap();
    assert!(jane.contains("site administrator") && !told.contains("Hush"), "{told}");
    let address = told.lines().next().unwrap().strip_prefix("listening on http://").unwrap();
    let body = "<message><header><securityContext><siteName>acme</siteName><webExID>jane</webExID><password>Hush-Hush-1</password>\
        </securityContext></header><body><bodyContent xsi:type='java:com.webex.service.binding.user.LstsummaryUser'/></body></message>";
    let mut stream = TcpStream::connect(address).unwrap();
    write!(stream, "POST /WBXService/XMLService HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: {}\r\n\r\n{body}", body.len())
        .unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    assert!(answer.contains("<use:webExId>jane</use:webExId>"), "{answer}");
}

#[test]
fn the_readme_lists_the_accounts() {
    let readme = include_str!("../README.md");
    for account in ACCOUNTS {
        assert!(readme.lines().any(|line| line.contains(account.webex_id) && line.contains(account.password)), "{}", account.webex_id);
    }
}

#[test]
fn errors_about_accounts_show_the_syntax_and_no_password() {
    let complaint = |arguments: &[&str]| {
        let output = program().args(arguments).output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        String::from_utf8(output.stderr).unwrap()
    };
    for (arguments, words) in [
        (&["--user", "Hush-Hush-1"][..], "NAME:PASSWORD"),
        (&["--user", ":Hush-Hush-1"], "here is no name"),
        (&["--user", "jane:"], "the password of jane is empty"),
        (&["--user", "jane:Hush-Hush-1:root"], "the roles are admin and host"),
        (&["--user", "jane:Hush-Hush-1", "--user", "Jane:Hush-Hush-2"], "gives Jane twice"),
        (&["--access-token", "jane:Hush-Hush-1"], "no --user of that name"),
        (&["--user", "jane:Hush-Hush-1", "--saml-response", "Hush-Hush-2"], "--saml-response takes the name of an account"),
    ] {
        let complaint = complaint(arguments);
        assert!(complaint.contains(words) && !complaint.contains("Hush"), "{complaint}");
    }
}

#[test]
fn errors_about_arguments_show_the_syntax() {
    let complaint = |arguments: &[&str]| {
        let output = program().args(arguments).output().unwrap();
        assert_eq!(output.status.code(), Some(2));
        String::from_utf8(output.stderr).unwrap()
    };
    assert!(complaint(&["--fault", "explode"]).contains("`explode` is no part of a fault rule: the parts are operation, rate"));
    assert!(complaint(&["--site-type", "ic"]).contains("there are ci, sso, train, w11-sso, non-sso"));
    assert!(complaint(&["--listen", "everywhere"]).contains("--listen"));
    let output = program().args(["--answers", "/no/such/folder"]).output().unwrap();
    assert_eq!(output.status.code(), Some(5));
}
