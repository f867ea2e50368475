//! Runs the program with arguments, environment and input, and returns its output and exit status. It also starts sandboxes, and servers
//! that send a fixed response.
#![allow(dead_code, reason = "each test uses a part of it")]

use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::Duration;

use webex_xml_sandbox::{HOST, Sandbox, SiteKind};

pub(crate) struct Ran {
    pub(crate) status: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Ran {
    /// Returns the failure in JSON, which must be the only line on standard error.
    pub(crate) fn failure(&self) -> serde_json::Value {
        let told: serde_json::Value = serde_json::from_str(&self.err).unwrap_or_else(|error| panic!("{error}: {}", self.err));
        assert_eq!(told["error"]["status"], self.status, "{told}");
        told["error"].clone()
    }
}

pub(crate) fn run(arguments: &[&str], environment: &[(&str, &str)], input: &[u8]) -> Ran {
    let mut command = Command::new(env!("CARGO_BIN_EXE_webex-xml"));
    for name in [
        "SITE",
        "SITE_ID",
        "URL",
        "USER",
        "EMAIL",
        "CREDENTIALS",
        "PASSWORD",
        "SESSION_TICKET",
        "ACCESS_TOKEN",
        "SAML_RESPONSE",
        "PARTNER_ID",
    ] {
        command.env_remove(format!("WEBEX_XML_{name}"));
    }
    command.args(arguments).envs(environment.iter().copied());
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    // If the program refuses its arguments, it does not read its input.
    let _ = child.stdin.take().unwrap().write_all(input);
    let output = child.wait_with_output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    Ran { status: output.status.code().unwrap(), out: text(output.stdout), err: text(output.stderr) }
}

/// Runs a call that is not sent, because no server listens at its address.
pub(crate) fn offline(arguments: &[&str], input: &[u8]) -> Ran {
    let mut all = vec!["call", "--site", "acme", "--url", "http://127.0.0.1:1", "--anonymous"];
    all.extend(arguments);
    run(&all, &[], input)
}

pub(crate) fn sandbox(kind: SiteKind) -> Sandbox {
    Sandbox::builder().site("acme").kind(kind).start().unwrap()
}

pub(crate) fn call(sandbox: &Sandbox, arguments: &[&str], environment: &[(&str, &str)], input: &[u8]) -> Ran {
    let url = sandbox.base_url();
    let mut all = vec!["call", "--site", "acme", "--url", &url];
    all.extend(arguments);
    run(&all, environment, input)
}

/// Runs a call with the credentials of the host.
pub(crate) fn as_host(sandbox: &Sandbox, arguments: &[&str], input: &[u8]) -> Ran {
    call(sandbox, arguments, &[("WEBEX_XML_USER", HOST.webex_id), ("WEBEX_XML_PASSWORD", HOST.password)], input)
}

pub(crate) fn folder(name: &str) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("webex-xml-cli-{name}-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

/// Starts a server that responds to each request with this status, such as `200 OK`, and this body, and returns its address.
pub(crate) fn server(status: &'static str, body: &'static str) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            // The timeout ends the wait if the client sends no XML message, for example the start of a TLS handshake.
            stream.set_read_timeout(Some(Duration::from_millis(300))).unwrap();
            let (mut request, mut piece) = (Vec::new(), [0; 4096]);
            while !request.ends_with(b"</serv:message>") {
                match stream.read(&mut piece) {
                    Ok(0) | Err(_) => break,
                    Ok(length) => request.extend_from_slice(&piece[..length]),
                }
            }
            let _ = write!(stream, "HTTP/1.1 {status}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}", body.len());
        }
    });
    address
}
