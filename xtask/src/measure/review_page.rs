//! `cargo xtask review-page`: opens a page of `xsdgen review` in headless Chromium, wide and narrow, light and dark, and uses it with the keyboard.

use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use xsdgen::compare::{Input, compare};
use xsdgen::datatypes::binary;
use xsdgen::review::{Reviewed, html, review};
use xsdgen::settings::Settings;
use xsdgen::{FileSet, Lock, Planned};

use super::browser::Browser;
use super::{Folder, print};
use crate::failure::product;
use crate::{Failure, files, root, scratch};

/// The arguments of `cargo xtask review-page`.
#[derive(Debug, Clone, clap::Args)]
pub struct Options {
    /// The page; by default, the review of two small schemas.
    #[arg(value_name = "PAGE")]
    pub page: Option<PathBuf>,
    /// The program to start.
    #[arg(long, value_name = "PROGRAM", default_value = "chromium")]
    pub browser: String,
}

/// The widths, and whether the colours are dark.
const VIEWS: [(u64, bool); 4] = [(1280, false), (1280, true), (390, false), (390, true)];

/// Checks a page: nothing is wider than the window, nothing is requested, no error is reported, and the keyboard moves and ticks. Returns whether
/// that is so. The pictures of the page are in `target/xtask/review-page/`.
///
/// # Errors
///
/// The page cannot be made or read, or the browser cannot be started.
pub fn run(options: &Options) -> Result<bool, Failure> {
    let folder = Folder::new("review-page")?;
    files::empty(&scratch().join("review-page"))?;
    let page = match &options.page {
        Some(page) => page.canonicalize().map_err(|why| Failure::io("read", page, &why))?,
        None => made(&folder.join("page.html"))?,
    };
    let mut browser = Browser::start(&options.browser, &folder.join("profile"))?;
    let mut problems = Vec::new();
    for (width, dark) in VIEWS {
        view(&mut browser, &page, width, dark, &mut problems)?;
    }
    keyboard(&mut browser, &page, &mut problems)?;
    problems.iter().try_for_each(|problem| print(&format!("problem: {problem}")))?;
    print(&format!("{} views, {} problems; pictures in {}", VIEWS.len(), problems.len(), scratch().join("review-page").display()))?;
    Ok(problems.is_empty())
}

/// Writes the review of the schemas of the test `review_page`.
fn made(page: &Path) -> Result<PathBuf, Failure> {
    let read = |name: &str| -> Result<(Planned, FileSet), Failure> {
        let path = root().join("codegen/tests/review_page").join(name);
        let planned = product(xsdgen::planned(&[path], &Settings::default(), &Lock::default()))?;
        let files = xsdgen::render(&planned.ir).map_err(Failure::Diagnostics)?;
        Ok((planned, files))
    };
    let (old, new) = (read("old.xsd")?, read("new.xsd")?);
    let (from, to) = (Input { model: &old.0.model, ir: &old.0.ir }, Input { model: &new.0.model, ir: &new.0.ir });
    let made = review(
        &compare(from, to),
        Reviewed { name: "old.xsd", input: from, files: &old.1 },
        Reviewed { name: "new.xsd", input: to, files: &new.1 },
    );
    std::fs::write(page, html::write(&made)).map_err(|why| Failure::io("write", page, &why))?;
    Ok(page.to_owned())
}

/// Opens the page, and looks at what the browser reports.
fn open(browser: &mut Browser, page: &Path, problems: &mut Vec<String>) -> Result<(), Failure> {
    let url = format!("file://{}", page.display());
    browser.call("Page.navigate", &json!({ "url": url }))?;
    browser.wait("Page.loadEventFired")?;
    for (name, event) in browser.take_events() {
        match name.as_str() {
            "Network.requestWillBeSent" if event["request"]["url"] != json!(url) => {
                problems.push(format!("it requests {}", event["request"]["url"]));
            }
            "Runtime.consoleAPICalled" | "Runtime.exceptionThrown" | "Log.entryAdded" => problems.push(format!("it reports {event}")),
            _ => {}
        }
    }
    Ok(())
}

/// The elements that are wider than the window, except in boxes that scroll.
const WIDE: &str = "[document.documentElement.scrollWidth > innerWidth ? `the page is ${document.documentElement.scrollWidth} wide` : '', \
     ...[...document.querySelectorAll('body *')].filter((it) => !it.closest('.scroll, .skip, [hidden]') && it.getClientRects().length \
     && it.getBoundingClientRect().right > innerWidth + 1).slice(0, 5).map((it) => `${it.tagName}.${it.className} is too wide`)].filter(Boolean)";

/// The texts whose contrast with what is behind them is less than 4.5. Of elements with the same classes, a few are looked at.
const FAINT: &str = r"(() => {
  const parse = (text) => { const n = text.match(/[\d.]+/g).map(Number); return n.length < 4 ? [...n, 1] : n; };
  const light = (c) => { const [r, g, b] = c.map((v) => { v /= 255; return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4; });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
  const behind = (it) => { for (; it; it = it.parentElement) { const c = parse(getComputedStyle(it).backgroundColor); if (c[3] > 0) return c; }
    return [255, 255, 255, 1]; };
  const [found, seen] = [new Map(), new Map()];
  for (const it of document.querySelectorAll('body *')) {
    if (it.closest('svg, progress, select, option, script, [hidden]') || ![...it.childNodes].some((n) => n.nodeType === 3 && n.data.trim())) continue;
    const kind = `${it.tagName}.${it.className} in ${it.parentElement.className}`;
    seen.set(kind, (seen.get(kind) || 0) + 1);
    if (seen.get(kind) > 5) continue;
    const [a, b] = [light(parse(getComputedStyle(it).color).slice(0, 3)), light(behind(it).slice(0, 3))];
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (ratio < 4.5) found.set(`${it.tagName}.${it.className}`, ratio.toFixed(2));
  }
  return [...found].slice(0, 8).map(([name, ratio]) => `${name} has a contrast of ${ratio}`);
})()";

fn view(browser: &mut Browser, page: &Path, width: u64, dark: bool, problems: &mut Vec<String>) -> Result<(), Failure> {
    let scheme = if dark { "dark" } else { "light" };
    let metrics = json!({ "width": width, "height": 1600, "deviceScaleFactor": 1, "mobile": width < 600 });
    browser.call("Emulation.setDeviceMetricsOverride", &metrics)?;
    let media = json!({ "features": [{ "name": "prefers-color-scheme", "value": scheme }] });
    browser.call("Emulation.setEmulatedMedia", &media)?;
    open(browser, page, problems)?;
    let picture = browser.call("Page.captureScreenshot", &json!({ "format": "png" }))?;
    let bytes = binary::base64(picture["data"].as_str().unwrap_or_default()).unwrap_or_default();
    let path = scratch().join("review-page").join(format!("{width}-{scheme}.png"));
    std::fs::write(&path, bytes).map_err(|why| Failure::io("write", &path, &why))?;
    // What is folded or off the screen is looked at too: for what the browser skips, each question would be answered anew.
    browser.value("document.querySelectorAll('details').forEach((it) => { it.open = true; })")?;
    browser.value("document.querySelectorAll('.docs').forEach((it) => { it.style.contentVisibility = 'visible'; })")?;
    for expression in [WIDE, FAINT] {
        let found = browser.value(expression)?;
        let found = found.as_array().into_iter().flatten().filter_map(Value::as_str);
        problems.extend(found.map(|problem| format!("{width} {scheme}: {problem}")));
    }
    Ok(())
}

/// Presses a key. A printable key has a text.
fn press(browser: &mut Browser, key: &str) -> Result<(), Failure> {
    let text = if key.len() == 1 { key } else { "" };
    browser.call("Input.dispatchKeyEvent", &json!({ "type": "keyDown", "key": key, "text": text }))?;
    browser.call("Input.dispatchKeyEvent", &json!({ "type": "keyUp", "key": key }))?;
    Ok(())
}

/// The position of the focused change, and which changes are ticked.
const STATE: &str = "(() => { const all = [...document.querySelectorAll('article.change')]; \
     return [all.indexOf(document.activeElement), all.map((it) => Number(it.querySelector('.tick').getAttribute('aria-checked') === 'true')).join('').slice(0, 4), \
     document.getElementById('count').textContent.split(' ')[0]].join(' '); })()";

fn keyboard(browser: &mut Browser, page: &Path, problems: &mut Vec<String>) -> Result<(), Failure> {
    open(browser, page, problems)?;
    let expect = |browser: &mut Browser, problems: &mut Vec<String>, after: &str, wanted: &str| -> Result<(), Failure> {
        let found = browser.value(STATE)?;
        if found != json!(wanted) {
            problems.push(format!("after {after}: {found}, not `{wanted}`"));
        }
        Ok(())
    };
    expect(browser, problems, "opening", "-1 0000 0")?;
    for (key, wanted) in [
        ("j", "0 0000 0"),
        ("j", "1 0000 0"),
        (" ", "1 0100 1"),
        ("ArrowRight", "2 0100 1"),
        ("Enter", "2 0110 2"),
        ("k", "1 0110 2"),
        ("x", "1 0010 1"),
        ("ArrowLeft", "0 0010 1"),
    ] {
        press(browser, key)?;
        expect(browser, problems, key, wanted)?;
    }
    open(browser, page, problems)?;
    expect(browser, problems, "loading again", "-1 0010 1")?;
    let filtered = "(() => { const effect = document.getElementById('effect'); effect.value = 'breaks'; effect.dispatchEvent(new Event('change')); \
         const shown = [...document.querySelectorAll('article.change:not([hidden])')]; \
         return shown.length > 0 && shown.every((it) => it.dataset.effect === 'breaks'); })()";
    if browser.value(filtered)? != json!(true) {
        problems.push("the filter shows other changes, or none".to_owned());
    }
    // The ring around what has the focus is visible.
    press(browser, "Tab")?;
    let ring = "(() => { const style = getComputedStyle(document.activeElement); return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2; })()";
    if browser.value(ring)? != json!(true) {
        problems.push("the focus is not visible".to_owned());
    }
    Ok(())
}
