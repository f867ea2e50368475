//! A headless Chromium, driven by its DevTools protocol through pipes.

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use serde_json::{Value, json};

use crate::Failure;

/// A page in a running browser.
pub(super) struct Browser {
    process: Child,
    ask: ChildStdin,
    answer: BufReader<ChildStdout>,
    session: String,
    next: u64,
    /// The events that arrived and were not taken yet.
    events: Vec<(String, Value)>,
}

impl Browser {
    /// Starts the browser with a profile in a folder. The protocol uses the file descriptors 3 and 4, which the shell connects with our pipes.
    pub(super) fn start(program: &str, profile: &Path) -> Result<Self, Failure> {
        let line = "exec \"$0\" --headless --no-sandbox --disable-gpu --hide-scrollbars --remote-debugging-pipe --user-data-dir=\"$1\" \
                    3<&0 4>&1 </dev/null >/dev/null 2>&1";
        let mut command = Command::new("sh");
        command.args(["-c", line, program]).arg(profile).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut process = command.spawn().map_err(|why| Failure::program(program, &why))?;
        let (Some(ask), Some(answer)) = (process.stdin.take(), process.stdout.take()) else { return Err(ended(program)) };
        let mut browser = Browser { process, ask, answer: BufReader::new(answer), session: String::new(), next: 0, events: Vec::new() };
        let target = browser.call("Target.createTarget", &json!({ "url": "about:blank" })).map_err(|_| ended(program))?;
        let attached = browser.call("Target.attachToTarget", &json!({ "targetId": target["targetId"], "flatten": true }))?;
        attached["sessionId"].as_str().unwrap_or_default().clone_into(&mut browser.session);
        for domain in ["Page", "Runtime", "Log", "Network"] {
            browser.call(&format!("{domain}.enable"), &json!({}))?;
        }
        Ok(browser)
    }

    /// Calls a method of the protocol, and keeps the events that arrive before the answer.
    pub(super) fn call(&mut self, method: &str, parameters: &Value) -> Result<Value, Failure> {
        self.next += 1;
        let mut message = json!({ "id": self.next, "method": method, "params": parameters });
        if !self.session.is_empty() {
            message["sessionId"] = json!(self.session);
        }
        let mut bytes = message.to_string().into_bytes();
        bytes.push(0);
        self.ask.write_all(&bytes).and_then(|()| self.ask.flush()).map_err(|_| ended("the browser"))?;
        loop {
            let message = self.message()?;
            if message["id"] == json!(self.next) {
                return match message.get("error") {
                    Some(error) => {
                        Err(Failure::new(format!("the browser refuses `{method}`: {error}"), "update the browser or this command"))
                    }
                    None => Ok(message["result"].clone()),
                };
            }
            self.keep(message);
        }
    }

    /// Waits for an event.
    pub(super) fn wait(&mut self, event: &str) -> Result<(), Failure> {
        while !self.events.iter().any(|(name, _)| name == event) {
            let message = self.message()?;
            self.keep(message);
        }
        Ok(())
    }

    /// Returns the events since the last call.
    pub(super) fn take_events(&mut self) -> Vec<(String, Value)> {
        std::mem::take(&mut self.events)
    }

    /// Returns the value of an expression in the page.
    pub(super) fn value(&mut self, expression: &str) -> Result<Value, Failure> {
        let parameters = json!({ "expression": expression, "returnByValue": true, "awaitPromise": true });
        Ok(self.call("Runtime.evaluate", &parameters)?["result"]["value"].clone())
    }

    fn message(&mut self) -> Result<Value, Failure> {
        let mut bytes = Vec::new();
        self.answer.read_until(0, &mut bytes).map_err(|_| ended("the browser"))?;
        bytes.pop();
        serde_json::from_slice(&bytes).map_err(|_| ended("the browser"))
    }

    fn keep(&mut self, message: Value) {
        if let Some(method) = message["method"].as_str() {
            self.events.push((method.to_owned(), message["params"].clone()));
        }
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn ended(program: &str) -> Failure {
    Failure::new(format!("{program} does not start, or ended"), "install Chromium, or name another program with `--browser`")
}
