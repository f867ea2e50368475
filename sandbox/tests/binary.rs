//! In: command lines of `webex-xml-sandbox`. Out: its first line, its answers, its exit codes.
//! Not here: what it answers.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests stop where something is wrong")]
#![cfg(feature = "cli")]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};

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
fn exit_codes() {
    let code = |arguments: &[&str]| program().args(arguments).output().unwrap().status.code();
    assert_eq!(code(&["--help"]), Some(0));
    assert_eq!(code(&["--site-type", "ic"]), Some(2));
    assert_eq!(code(&["--no-such"]), Some(2));
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    assert_eq!(code(&["--port", &taken.local_addr().unwrap().port().to_string()]), Some(4));
}
