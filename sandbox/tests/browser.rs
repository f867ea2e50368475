//! Tests the web page in headless Chromium with the keyboard alone: everything can be reached, read and done. The tests need `chromedriver`
//! and `chromium` (Debian: chromium-driver), and are skipped without them. They save a screenshot of the page in the folder that they
//! print. Requests that the server must refuse are tested in `page.rs`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout, reason = "a failed test panics")]

mod support;

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use serde_json::{Value, json};
use support::{post, text};
use webex_xml_sandbox::{HOST, Sandbox, SiteKind};

/// The codes of keys in the WebDriver protocol.
const TAB: &str = "\u{e004}";
const ENTER: &str = "\u{e007}";
const DOWN: &str = "\u{e015}";

/// A browser that the WebDriver protocol controls.
struct Browser {
    driver: Child,
    port: u16,
    session: String,
}

impl Browser {
    /// Starts a browser, or returns `None` if none is installed. `phone` is the width of the screen of a phone.
    fn start(phone: Option<u32>) -> Option<Self> {
        let chromium = on_path("chromium")?;
        let mut driver = Command::new(on_path("chromedriver")?).arg("--port=0").stdout(Stdio::piped()).spawn().unwrap();
        let mut lines = BufReader::new(driver.stdout.take().unwrap()).lines();
        let port = lines.find_map(|line| line.ok()?.split("successfully on port ").nth(1)?.trim_end_matches('.').parse().ok()).unwrap();
        std::thread::spawn(move || lines.for_each(drop));
        let mut browser = Self { driver, port, session: String::new() };
        let profile = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("chromium-{}-{port}", std::process::id()));
        let arguments: Vec<String> = [
            "headless=new",
            "no-sandbox",
            "disable-gpu",
            "disable-dev-shm-usage",
            "disable-quic",
            "disable-sync",
            "disable-background-networking",
            "disable-component-update",
            "no-first-run",
            "window-size=1100,1400",
        ]
        .iter()
        .map(|argument| format!("--{argument}"))
        .chain([format!("--user-data-dir={}", profile.display())])
        .collect();
        let mut options = json!({"binary": chromium, "args": arguments});
        if let Some(width) = phone {
            options["mobileEmulation"] = json!({"deviceMetrics": {"width": width, "height": 844, "pixelRatio": 1.0}});
        }
        let capabilities = json!({"capabilities": {"alwaysMatch": {"goog:chromeOptions": options}}});
        let made = browser.send("POST", "/session", &capabilities);
        browser.session = made["sessionId"].as_str().unwrap_or_else(|| panic!("{made}")).to_owned();
        Some(browser)
    }

    fn send(&self, method: &str, path: &str, body: &Value) -> Value {
        let body = if method == "POST" { body.to_string() } else { String::new() };
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
        let head = format!("{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nConnection: close\r\n", self.port);
        write!(stream, "{head}Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}", body.len()).unwrap();
        let mut reader = BufReader::new(stream);
        let mut length = 0;
        loop {
            let mut line = String::new();
            reader.read_line(&mut line).unwrap();
            match line.trim().to_ascii_lowercase().split_once(':') {
                Some(("content-length", value)) => length = value.trim().parse().unwrap(),
                None if line.trim().is_empty() => break,
                _ => {}
            }
        }
        let mut answer = vec![0; length];
        reader.read_exact(&mut answer).unwrap();
        let answer: Value = serde_json::from_slice(&answer).unwrap();
        assert!(answer["value"]["error"].is_null(), "{path}: {answer}");
        answer["value"].clone()
    }

    fn command(&self, path: &str, body: &Value) -> Value {
        self.send("POST", &format!("/session/{}/{path}", self.session), body)
    }

    fn open(&self, url: &str) {
        self.command("url", &json!({ "url": url }));
    }

    fn run(&self, script: &str) -> Value {
        self.command("execute/sync", &json!({"script": script, "args": []}))
    }

    /// Sends key presses to the element that has the focus.
    fn keys(&self, keys: &str) {
        let presses: Vec<Value> =
            keys.chars().flat_map(|key| ["keyDown", "keyUp"].map(|kind| json!({"type": kind, "value": key.to_string()}))).collect();
        self.command("actions", &json!({"actions": [{"type": "key", "id": "keyboard", "actions": presses}]}));
    }

    /// Presses the tab key until this element has the focus.
    fn tab_to(&self, selector: &str) {
        for _ in 0..200 {
            if self.run(&format!("return document.activeElement.matches({selector:?})")) == json!(true) {
                return;
            }
            self.keys(TAB);
        }
        panic!("the tab key never reaches {selector}");
    }

    /// Waits for the element and returns its text.
    fn text(&self, selector: &str) -> String {
        for _ in 0..100 {
            if let Some(text) = self.run(&format!("return document.querySelector({selector:?})?.innerText")).as_str() {
                return text.to_owned();
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        panic!("no {selector} on the page");
    }

    fn picture(&self, name: &str) -> PathBuf {
        let picture = self.send("GET", &format!("/session/{}/screenshot", self.session), &Value::Null);
        let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        std::fs::write(&file, base64(picture.as_str().unwrap())).unwrap();
        file
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        let _ = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            self.send("DELETE", &format!("/session/{}", self.session), &Value::Null);
        }));
        let _ = self.driver.kill();
        let _ = self.driver.wait();
    }
}

fn on_path(program: &str) -> Option<PathBuf> {
    std::env::split_paths(&std::env::var_os("PATH")?).map(|folder| folder.join(program)).find(|path| path.is_file())
}

fn base64(text: &str) -> Vec<u8> {
    const LETTERS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let digits: Vec<u32> = text.bytes().filter_map(|byte| LETTERS.iter().position(|letter| *letter == byte)).map(|at| at as u32).collect();
    let bytes = |four: &[u32]| {
        let bits = four.iter().fold(0, |bits, digit| bits << 6 | digit) << (6 * (4 - four.len()));
        bits.to_be_bytes()[1..four.len()].to_vec()
    };
    digits.chunks(4).flat_map(bytes).collect()
}

fn message(operation: &str, children: &str) -> String {
    format!(
        "<message><header><securityContext><siteName>acme</siteName><webExID>{}</webExID><password>{}</password></securityContext></header>\
         <body><bodyContent xsi:type='java:com.webex.service.binding.{operation}'>{children}</bodyContent></body></message>",
        HOST.webex_id, HOST.password
    )
}

#[test]
fn the_page_is_usable_with_the_keyboard_alone() {
    let Some(browser) = Browser::start(None) else { return println!("skipped: chromedriver or chromium is not installed") };
    let sandbox = Sandbox::builder().site("acme").kind(SiteKind::Sso).start().unwrap();
    post(&sandbox, "", message("user.GetUser", &format!("<webExId>{}</webExId>", HOST.webex_id)).as_bytes());
    browser.open(&sandbox.base_url());
    println!("a picture: {}", browser.picture("page.png").display());

    everything_is_labelled_and_reached(&browser);
    flags(&browser, &sandbox);
    faults(&browser, &sandbox);
    messages(&browser);
    println!("a picture: {}", browser.picture("messages.png").display());
    forms_from_elsewhere(&browser, &sandbox);
}

fn everything_is_labelled_and_reached(browser: &Browser) {
    let unlabelled =
        "return [...document.querySelectorAll('input:not([type=hidden]),select,textarea')].filter(e => !e.labels.length).length";
    assert_eq!(browser.run(unlabelled), json!(0));
    browser.keys(TAB);
    assert_eq!(browser.run("return document.activeElement.className"), json!("skip"), "the first is the way past the head");
    let reached = "const all = [...document.querySelectorAll('a[href],button,input:not([type=hidden]),select,textarea,summary,[tabindex=\"0\"]')]\
        .filter(e => e.checkVisibility()); window.seen ??= new Set(); window.seen.add(document.activeElement);\
        return all.filter(e => !window.seen.has(e)).map(e => e.outerHTML.slice(0, 80))";
    let mut left = browser.run(reached);
    for _ in 0..100 {
        if left == json!([]) {
            return;
        }
        browser.keys(TAB);
        left = browser.run(reached);
    }
    panic!("the tab key does not reach {left}");
}

fn flags(browser: &Browser, sandbox: &Sandbox) {
    browser.tab_to("input[name=pmr_force_login]");
    browser.keys("1");
    browser.tab_to("input[name=cet]");
    browser.keys(" ");
    browser.keys(ENTER);
    assert_eq!(browser.text("[role=status]"), "The flags are changed.");
    let (_, room) = post(sandbox, "", message("ep.GetSessionInfo", "<sessionKey>987654321</sessionKey>").as_bytes());
    assert_eq!((text(&room, "ep:joinRequiresAccount"), text(&room, "ep:isCETMeeting")), (Some("true"), Some("false")), "{room}");
}

fn faults(browser: &Browser, sandbox: &Sandbox) {
    browser.tab_to("form[action='/faults'] input[name=operation]");
    browser.keys("GetSiteType");
    browser.tab_to("select[name=effect]");
    browser.keys(DOWN);
    browser.tab_to("input[name=value]");
    browser.keys("503");
    browser.tab_to("form[action='/faults'] button");
    browser.keys(ENTER);
    assert_eq!(browser.text("[role=status]"), "The fault rule is in force.");
    assert_eq!(browser.text(".rules code"), "operation=GetSiteType; status=503");
    assert_eq!(post(sandbox, "", message("ep.GetSiteType", "").as_bytes()).0, 503);
    browser.tab_to("form[action='/faults/remove'] button");
    browser.keys(ENTER);
    for _ in 0..100 {
        if browser.text("[role=status]") == "The fault rule is gone." {
            break;
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    assert_eq!(post(sandbox, "", message("ep.GetSiteType", "").as_bytes()).0, 200);

    browser.tab_to("form[action='/faults'] input[name=value]");
    browser.keys("35");
    browser.keys(ENTER);
    assert!(browser.text("[role=alert]").contains("a code has six digits"));
    assert_eq!(browser.run("return document.querySelector('input[name=value]').value"), json!("35"), "what was typed is there");
    // The field with the error has the focus, and is described by the error message.
    let focus = "const e = document.activeElement; return [e.name, e.getAttribute('aria-invalid'), \
        document.getElementById(e.getAttribute('aria-describedby')).innerText.includes('a code has six digits'), document.title]";
    assert_eq!(browser.run(focus), json!(["value", "true", true, "Error: WebEx site in a box"]));
}

#[test]
fn the_page_fits_the_width_of_a_phone() {
    let Some(browser) = Browser::start(Some(390)) else { return println!("skipped: chromedriver or chromium is not installed") };
    let long = "W".repeat(300);
    let rule = format!("operation={long}; exception=000035; reason={long}; delay=250ms");
    let sandbox = Sandbox::builder().site(long.clone()).kind(SiteKind::Sso).inject(rule.parse().unwrap()).start().unwrap();
    let named = |body: String| body.replace("acme<", &format!("{long}<"));
    let meeting = message("meeting.CreateMeeting", &format!("<metaData><confName>{}</confName><{long}/></metaData>", &long[..100]));
    post(&sandbox, "", named(meeting.clone()).as_bytes());
    let list = "<bodyContent xsi:type='java:com.webex.service.binding.meeting.LstsummaryMeeting'/>";
    post(&sandbox, "", named(meeting.replace("</body>", &format!("{}</body>", list.repeat(9)))).as_bytes());
    let answer = "<serv:message xmlns:serv=\"http://www.webex.com/schemas/2002/06/service\"><serv:header/><serv:body/></serv:message>";
    sandbox.set_answer("lstmeetingattendeeHistory", answer).unwrap();
    let fits = |what: &str| {
        let wider = "return [...document.querySelectorAll('body *')].filter(e => !e.closest('.scroll, pre, .skip') && \
            e.getBoundingClientRect().right > innerWidth + 1).map(e => e.outerHTML.slice(0, 100))";
        let width = browser.run("return [document.documentElement.scrollWidth, innerWidth]");
        assert_eq!(width, json!([390, 390]), "{what}: {}", browser.run(wider));
        println!("a picture: {}", browser.picture(&format!("phone-{what}.png")).display());
    };
    browser.open(&sandbox.base_url());
    assert_eq!(browser.run("return document.querySelectorAll('details').length"), json!(2));
    fits("site");
    browser.run("document.querySelectorAll('details').forEach(e => e.open = true); document.getElementById('messages').scrollIntoView()");
    fits("messages");
    for (form, field, typed) in [
        ("/faults", "value", long.as_str()),
        ("/answers", "message", long.as_str()),
        ("/answers", "operation", long.as_str()),
        ("/flags", "pmr_force_login", long.as_str()),
    ] {
        browser.open(&sandbox.base_url());
        let fill = format!(
            "const form = document.querySelector(\"form[action='{form}']\"); form.noValidate = true; form.elements['{field}'].value = '{typed}'; form.submit()"
        );
        browser.run(&fill);
        let arrived = if form == "/flags" { "[role=status]" } else { "[role=alert]" };
        browser.text(arrived);
        fits(&format!("{}-{field}", form.trim_start_matches('/')));
        let visible =
            format!("const r = document.querySelector('{arrived}').getBoundingClientRect(); return r.top >= 0 && r.top < innerHeight");
        assert_eq!(browser.run(&visible), json!(true), "{form} {field}: what is told is in sight");
    }
}

fn messages(browser: &Browser) {
    browser.tab_to("details:last-of-type summary");
    browser.keys(ENTER);
    let shown = browser.text("details[open] pre");
    assert!(shown.contains("<com:password>******</com:password>") && shown.contains("use:getUser"), "{shown}");
    let section = "return document.querySelector('section[aria-labelledby=messages]').outerHTML";
    assert!(!browser.run(section).as_str().unwrap().contains(HOST.password));
}

fn forms_from_elsewhere(browser: &Browser, sandbox: &Sandbox) {
    let token = browser.run("return document.querySelector('input[name=token]').value");
    let fields = [("token", token.as_str().unwrap()), ("kind", "ci"), ("authentication_server", "up")];
    let fields: String = fields.iter().map(|(name, value)| format!("<input name='{name}' value='{value}'>")).collect();
    browser.open(&format!("data:text/html,<form method=post action='{}/flags'>{fields}<button>x</button></form>", sandbox.base_url()));
    browser.tab_to("button");
    browser.keys(ENTER);
    for _ in 0..100 {
        if browser.run("return document.body.innerText").as_str().unwrap().contains("The form comes from elsewhere") {
            let (_, answer) = post(sandbox, "", message("ep.GetSiteType", "").as_bytes());
            return assert_eq!(text(&answer, "ep:siteType"), Some("2"), "nothing changed");
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    panic!("{}", browser.run("return document.body.innerText"));
}
