//! Parses and formats fault rules. The same notation is used on the command line, in the header `X-Sandbox-Fault`, in the form of the
//! page and in programs.

use std::fmt;
use std::str::FromStr;
use std::time::Duration;

use super::{Cut, Effects, Injection};

/// The longest delay and the longest time for a slow body, so that a typing error does not block a connection for a day.
const LONGEST: Duration = Duration::from_secs(3600);

/// The size of the largest answer, in bytes.
const LARGEST: u64 = 4 << 30;

/// The reason why a text is not a valid fault rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InjectionError {
    part: String,
    help: &'static str,
}

impl fmt::Display for InjectionError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` is no part of a fault rule: {}", self.part, self.help)
    }
}

impl std::error::Error for InjectionError {}

impl FromStr for Injection {
    type Err = InjectionError;

    fn from_str(words: &str) -> Result<Self, InjectionError> {
        let mut rule = Self::default();
        words.split(';').try_for_each(|part| rule.take(part))?;
        rule.whole().map_err(|error| InjectionError { part: words.to_owned(), ..error })
    }
}

impl Injection {
    /// Adds a part such as `rate=10%`. An empty part is ignored.
    pub(crate) fn take(&mut self, part: &str) -> Result<(), InjectionError> {
        let part = part.trim();
        if part.is_empty() {
            return Ok(());
        }
        let (name, value) = part.split_once('=').unwrap_or((part, ""));
        take(self, name.trim(), value.trim()).map_err(|help| InjectionError { part: part.to_owned(), help })
    }

    /// Returns the rule, or an error if it has no effect.
    pub(crate) fn whole(self) -> Result<Self, InjectionError> {
        match self.effects == Effects::default() {
            true => Err(InjectionError { part: of(&self), help: "it must say what goes wrong, `exception=000035` for instance" }),
            false => Ok(self),
        }
    }
}

fn take(rule: &mut Injection, name: &str, value: &str) -> Result<(), &'static str> {
    let effects = &mut rule.effects;
    match name.to_ascii_lowercase().as_str() {
        "operation" => rule.operation = Some(filled(value, "name an operation, `CreateUser` or `lst*`")?),
        "rate" => rule.rate = Some(rate(value).ok_or("a rate is from 0% to 100%")?),
        "times" => rule.times = Some(value.parse().ok().filter(|times| *times > 0).ok_or("give a number from 1")?),
        "exception" => effects.exception = Some(code(value).ok_or("a code has six digits, `000035`")?),
        "reason" => effects.reason = Some(filled(value, "give the words")?),
        "status" => effects.status = Some(status(value).ok_or("a status is from 200 to 599")?),
        "retry-after" => effects.retry_after = Some(value.parse().map_err(|_| "give seconds")?),
        "delay" => effects.delay = Some(duration(value).ok_or("give a time up to an hour, `250ms`, `2s` or `1m`")?),
        "cut" => effects.cut = Some(cut(value).ok_or("say `cut=request`, `cut=answer`, or after how many bytes, `cut=100`")?),
        "slow" => effects.slow = Some(duration(value).ok_or("give a time up to an hour, `250ms`, `2s` or `1m`")?),
        "malformed" => effects.malformed = flag(value)?,
        "encoding" => effects.encoding = flag(value)?,
        "oversized" => effects.oversized = Some(size(value).ok_or("give a size up to 4096MB, `2000000` or `20MB`")?),
        _ => {
            return Err("the parts are operation, rate, times, exception, reason, status, retry-after, delay, cut, slow, malformed, \
                        encoding and oversized");
        }
    }
    Ok(())
}

fn filled(value: &str, help: &'static str) -> Result<String, &'static str> {
    if value.is_empty() { Err(help) } else { Ok(value.to_owned()) }
}

fn flag(value: &str) -> Result<bool, &'static str> {
    if value.is_empty() { Ok(true) } else { Err("it takes no value") }
}

/// Parses a rate into millionths.
fn rate(value: &str) -> Option<u32> {
    let (number, scale) = match value.strip_suffix('%') {
        Some(percent) => (percent, 10_000.0),
        None => (value, 1_000_000.0),
    };
    let parts = number.trim().parse::<f64>().ok()? * scale;
    // The range check makes the conversion to `u32` safe.
    (0.0..=1_000_000.0).contains(&parts).then_some(parts.round() as u32)
}

fn code(value: &str) -> Option<String> {
    (value.len() == 6 && value.bytes().all(|byte| byte.is_ascii_digit())).then(|| value.to_owned())
}

fn status(value: &str) -> Option<u16> {
    value.parse().ok().filter(|status| (200..600).contains(status))
}

fn cut(value: &str) -> Option<Cut> {
    match value {
        "request" => Some(Cut::Request),
        "answer" | "" => Some(Cut::Answer),
        bytes => size(bytes).map(Cut::After),
    }
}

fn duration(value: &str) -> Option<Duration> {
    let (number, unit) = value.split_at(value.find(|c: char| !c.is_ascii_digit()).unwrap_or(value.len()));
    let number: u64 = number.parse().ok()?;
    let duration = match unit.trim() {
        "ms" => Duration::from_millis(number),
        "s" | "" => Duration::from_secs(number),
        "m" => Duration::from_secs(number.checked_mul(60)?),
        _ => return None,
    };
    (duration <= LONGEST).then_some(duration)
}

fn size(value: &str) -> Option<u64> {
    let (number, unit) = value.split_at(value.find(|c: char| !c.is_ascii_digit()).unwrap_or(value.len()));
    let number: u64 = number.parse().ok()?;
    let size = match unit.trim().to_ascii_lowercase().as_str() {
        "" | "b" => number,
        "kb" => number.checked_mul(1 << 10)?,
        "mb" => number.checked_mul(1 << 20)?,
        _ => return None,
    };
    (size <= LARGEST).then_some(size)
}

/// Formats a rule.
pub(super) fn of(rule: &Injection) -> String {
    let mut parts = Vec::new();
    parts.extend(rule.operation.as_ref().map(|operation| format!("operation={operation}")));
    parts.extend(rule.rate.map(|parts| format!("rate={}%", f64::from(parts) / 10_000.0)));
    parts.extend(rule.times.map(|times| format!("times={times}")));
    parts.extend(of_effects(&rule.effects));
    parts.join("; ")
}

/// Formats the effects of a rule as its parts.
pub(super) fn of_effects(effects: &Effects) -> Vec<String> {
    let time = |time: Duration| format!("{}ms", time.as_millis());
    let mut parts = Vec::new();
    parts.extend(effects.exception.as_ref().map(|code| format!("exception={code}")));
    parts.extend(effects.reason.as_ref().map(|reason| format!("reason={reason}")));
    parts.extend(effects.status.map(|status| format!("status={status}")));
    parts.extend(effects.retry_after.map(|seconds| format!("retry-after={seconds}")));
    parts.extend(effects.delay.map(|delay| format!("delay={}", time(delay))));
    parts.extend(effects.cut.map(|cut| match cut {
        Cut::Request => "cut=request".to_owned(),
        Cut::Answer => "cut=answer".to_owned(),
        Cut::After(bytes) => format!("cut={bytes}"),
    }));
    parts.extend(effects.slow.map(|slow| format!("slow={}", time(slow))));
    parts.extend(effects.malformed.then(|| "malformed".to_owned()));
    parts.extend(effects.encoding.then(|| "encoding".to_owned()));
    parts.extend(effects.oversized.map(|bytes| format!("oversized={bytes}")));
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_rules_are_the_same() {
        for (words, again) in [
            ("exception=000035", "exception=000035"),
            (
                " operation = lst* ;rate=10%;; times=3; status=503;retry-after=2 ",
                "operation=lst*; rate=10%; times=3; status=503; retry-after=2",
            ),
            ("rate=0.5; Delay=2s; slow=1m; malformed; encoding", "rate=50%; delay=2000ms; slow=60000ms; malformed; encoding"),
            ("cut; oversized=20MB", "cut=answer; oversized=20971520"),
            ("cut=request; reason=a=b", "reason=a=b; cut=request"),
            ("cut=1kB; rate=0.01%", "rate=0.01%; cut=1024"),
        ] {
            let rule: Injection = words.parse().unwrap_or_else(|error| panic!("{words}: {error}"));
            assert_eq!(rule.to_string(), again);
            assert_eq!(again.parse(), Ok(rule));
        }
    }

    #[test]
    fn what_makes_no_rule_says_why() {
        for (words, part) in [
            ("", "what goes wrong"),
            ("operation=x", "what goes wrong"),
            ("exception=35", "six digits"),
            ("exception=00003x", "six digits"),
            ("status=99", "from 200"),
            ("rate=101%; malformed", "100%"),
            ("rate=NaN; malformed", "100%"),
            ("times=0; malformed", "from 1"),
            ("delay=2h", "up to an hour"),
            ("delay=3601s", "up to an hour"),
            ("slow=18446744073709551615m", "up to an hour"),
            ("cut=x", "cut=request"),
            ("oversized=5000MB", "up to 4096MB"),
            ("malformed=yes", "no value"),
            ("operation=; malformed", "name an operation"),
            ("explode", "the parts are"),
        ] {
            let error = words.parse::<Injection>().unwrap_err().to_string();
            assert!(error.contains(part), "{words}: {error}");
        }
    }
}
