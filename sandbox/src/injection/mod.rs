//! Selects the faults that apply to a request, according to fault rules. Random choices come from a seed, so that the same requests in
//! the same order meet the same faults. The module `words` parses rules, and `http::deliver` applies the faults to an answer.

mod words;

use std::fmt;
use std::time::Duration;

pub use words::InjectionError;

/// A fault rule: which requests are affected, how often, and what goes wrong.
///
/// A rule is written as text with parts separated by semicolons. Parts can be combined; at least one of them must be an effect, such as
/// `exception` or `delay`.
///
/// | part | meaning |
/// |---|---|
/// | `operation=CreateUser` | the affected operations: `CreateUser`, `user.CreateUser`, or with a star, `lst*`, `user.*`; all operations if absent |
/// | `rate=10%` | the share of these requests that are affected, chosen at random; all if absent |
/// | `times=3` | the rule ends after it has affected that many requests |
/// | `exception=000035` | the answer is a `FAILURE` with that code; the request is not performed |
/// | `reason=Try later` | the reason of that failure; known codes have a default reason |
/// | `status=503` | the answer has that HTTP status and a body that is not a message; the request is not performed |
/// | `retry-after=2` | the answer has the header `Retry-After` with that value, in seconds |
/// | `delay=250ms` | the answer is delayed: `ms`, `s` or `m` |
/// | `cut=request` | the connection ends without an answer; the request is not performed |
/// | `cut=answer` | the connection ends without an answer; the request **is** performed |
/// | `cut=100` | the connection ends after that many bytes of the answer's body |
/// | `slow=3s` | the body of the answer is sent in pieces over that time |
/// | `malformed` | the answer is not well-formed XML |
/// | `encoding` | the answer is declared as UTF-8 but contains invalid UTF-8 |
/// | `oversized=20MB` | the answer is padded with spaces to that size: bytes, `kB` or `MB` |
///
/// ```
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// use webex_xml_sandbox::{Injection, Sandbox};
///
/// let sandbox = Sandbox::builder().start()?;
/// sandbox.inject("operation=lst*; rate=10%; exception=000035; delay=50ms".parse()?);
/// assert!("operation=lst*; exception=35".parse::<Injection>().is_err());
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Injection {
    pub(crate) operation: Option<String>,
    /// The share of affected requests, in millionths.
    pub(crate) rate: Option<u32>,
    pub(crate) times: Option<u64>,
    pub(crate) effects: Effects,
}

/// The faults that apply to a request.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Effects {
    pub(crate) exception: Option<String>,
    pub(crate) reason: Option<String>,
    pub(crate) status: Option<u16>,
    pub(crate) retry_after: Option<u32>,
    pub(crate) delay: Option<Duration>,
    pub(crate) cut: Option<Cut>,
    pub(crate) slow: Option<Duration>,
    pub(crate) malformed: bool,
    pub(crate) encoding: bool,
    pub(crate) oversized: Option<u64>,
}

/// The point at which a connection ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Cut {
    /// Before the request is performed.
    Request,
    /// Before the answer.
    Answer,
    /// After that many bytes of the answer's body.
    After(u64),
}

impl Effects {
    /// Returns whether the site still performs the request.
    pub(crate) fn performs(&self) -> bool {
        self.exception.is_none() && self.status.is_none() && self.cut != Some(Cut::Request)
    }

    /// Combines two sets of effects. Where both set a value, that of `other` wins.
    fn with(self, other: Self) -> Self {
        Self {
            exception: other.exception.or(self.exception),
            reason: other.reason.or(self.reason),
            status: other.status.or(self.status),
            retry_after: other.retry_after.or(self.retry_after),
            delay: other.delay.or(self.delay),
            cut: other.cut.or(self.cut),
            slow: other.slow.or(self.slow),
            malformed: other.malformed || self.malformed,
            encoding: other.encoding || self.encoding,
            oversized: other.oversized.or(self.oversized),
        }
    }
}

impl Injection {
    /// Returns whether the rule applies to an operation such as `user.CreateUser`, or to one of several joined by `+`.
    fn means(&self, operation: &str) -> bool {
        let Some(wanted) = &self.operation else { return true };
        let wanted = wanted.to_lowercase();
        operation.to_lowercase().split('+').any(|full| {
            let name = full.rsplit('.').next().unwrap_or(full);
            match wanted.strip_suffix('*') {
                Some(start) => full.starts_with(start) || name.starts_with(start),
                None => full == wanted || name == wanted,
            }
        })
    }
}

/// The fault rules in force.
#[derive(Debug)]
pub(crate) struct Injections {
    rules: Vec<(u64, Injection)>,
    next: u64,
    chance: fastrand::Rng,
}

impl Injections {
    pub(crate) fn new(rules: Vec<Injection>, seed: u64) -> Self {
        let mut all = Self { rules: Vec::new(), next: 1, chance: fastrand::Rng::with_seed(seed) };
        for rule in rules {
            all.add(rule);
        }
        all
    }

    /// Adds a rule and returns its number.
    pub(crate) fn add(&mut self, rule: Injection) -> u64 {
        let number = self.next;
        self.next += 1;
        self.rules.push((number, rule));
        number
    }

    pub(crate) fn remove(&mut self, number: u64) {
        self.rules.retain(|(own, _)| *own != number);
    }

    pub(crate) fn clear(&mut self) {
        self.rules.clear();
    }

    /// Returns the rules with their numbers.
    pub(crate) fn rules(&self) -> &[(u64, Injection)] {
        &self.rules
    }

    /// Returns the effects for a request of that operation: those of the matching rules in order, then those that the request itself asks
    /// for.
    pub(crate) fn meet(&mut self, operation: &str, own: Option<&Injection>) -> Effects {
        let mut effects = Effects::default();
        for (_, rule) in &mut self.rules {
            if !rule.means(operation) || rule.times == Some(0) {
                continue;
            }
            if rule.rate.is_some_and(|rate| self.chance.u32(0..1_000_000) >= rate) {
                continue;
            }
            rule.times = rule.times.map(|times| times.saturating_sub(1));
            effects = effects.with(rule.effects.clone());
        }
        self.rules.retain(|(_, rule)| rule.times != Some(0));
        let chosen = own.filter(|own| own.means(operation) && own.rate.is_none_or(|rate| self.chance.u32(0..1_000_000) < rate));
        match chosen {
            Some(own) => effects.with(own.effects.clone()),
            None => effects,
        }
    }
}

impl fmt::Display for Effects {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&words::of_effects(self).join("; "))
    }
}

impl fmt::Display for Injection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&words::of(self))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rules(words: &[&str]) -> Injections {
        Injections::new(words.iter().map(|words| words.parse().unwrap()).collect(), 7)
    }

    #[test]
    fn by_operation() {
        for (wanted, met) in [("CreateUser", true), ("user.createuser", true), ("user.*", true), ("Create*", true), ("*", true)] {
            let effects = rules(&[&format!("operation={wanted}; status=500")]).meet("user.CreateUser", None);
            assert_eq!(effects.status.is_some(), met, "{wanted}");
        }
        let mut rules = rules(&["operation=user.SetUser; status=500"]);
        assert_eq!(rules.meet("user.CreateUser", None), Effects::default());
        assert_eq!(rules.meet("ep.GetSiteType+user.SetUser", None).status, Some(500));
    }

    #[test]
    fn by_rate_and_times() {
        let mut rules = rules(&["rate=10%; exception=000035", "times=2; delay=1s"]);
        let met: Vec<Effects> = (0..1000).map(|_| rules.meet("ep.GetSiteType", None)).collect();
        let failed = met.iter().filter(|effects| effects.exception.is_some()).count();
        assert!((60..140).contains(&failed), "{failed}");
        assert_eq!(met.iter().filter(|effects| effects.delay.is_some()).count(), 2);
        assert_eq!(rules.rules().len(), 1, "the other ended");
        let again: Vec<Effects> = {
            let mut rules = self::rules(&["rate=10%; exception=000035", "times=2; delay=1s"]);
            (0..1000).map(|_| rules.meet("ep.GetSiteType", None)).collect()
        };
        assert_eq!(met, again, "the same requests, the same faults");
    }

    #[test]
    fn a_requests_own_wish_comes_last() {
        let own = "exception=030047; malformed".parse().unwrap();
        let effects = rules(&["exception=000035; delay=1s"]).meet("x", Some(&own));
        assert_eq!((effects.exception.as_deref(), effects.malformed, effects.delay), (Some("030047"), true, Some(Duration::from_secs(1))));
    }
}
