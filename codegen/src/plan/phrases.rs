//! Applies the phrases of the settings to words, and reports phrases that occur in no name. `words` splits names by letter case before.

use std::cell::Cell;
use std::collections::BTreeMap;

use super::codes;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::settings::Phrase;

/// The phrases that say how to split letters into words where letter case does not show it, such as `lst summary`, `WebEx` or `IMS test`.
#[derive(Debug, Default)]
pub(super) struct Phrases {
    by_letters: BTreeMap<String, Known>,
}

#[derive(Debug)]
struct Known {
    phrase: Phrase,
    words: Vec<String>,
    used: Cell<bool>,
}

impl Phrases {
    /// Parses the phrases, and reports those that contain no words or the same letters as another.
    pub(super) fn new(phrases: &[Phrase], problems: &mut Diagnostics) -> Self {
        let mut by_letters: BTreeMap<String, Known> = BTreeMap::new();
        for phrase in phrases {
            let words: Vec<String> = phrase.text.split(' ').map(str::to_owned).collect();
            let plain = |word: &String| word.chars().all(char::is_alphabetic) && !word.is_empty();
            let letters = words.concat().to_lowercase();
            if !words.iter().all(plain) || by_letters.contains_key(&letters) {
                let message = format!("`{}` is no new phrase", phrase.text);
                let help = "write the words of a name, of letters only, with one space between them, and each phrase once";
                problems.push(Diagnostic::error(codes::BAD_PHRASE, phrase.span.clone(), message).with_help(help));
                continue;
            }
            by_letters.insert(letters, Known { phrase: phrase.clone(), words, used: Cell::new(false) });
        }
        Phrases { by_letters }
    }

    /// Replaces each run of words that consists of the letters of a phrase by that phrase; from left to right, the longest run wins.
    /// Digits at the end of the run are kept after the phrase.
    pub(super) fn apply(&self, words: Vec<String>) -> Vec<String> {
        if self.by_letters.is_empty() {
            return words;
        }
        let mut out = Vec::with_capacity(words.len());
        let mut rest = words.as_slice();
        while let Some((first, after)) = rest.split_first() {
            let run = (1..=rest.len()).rev().find_map(|count| {
                let (run, after) = rest.split_at_checked(count)?;
                Some((self.find(run)?, after))
            });
            rest = match run {
                Some((found, after)) => {
                    out.extend(found);
                    after
                }
                None => {
                    out.push(first.clone());
                    after
                }
            };
        }
        out
    }

    fn find(&self, run: &[String]) -> Option<Vec<String>> {
        let letters = run.concat().to_lowercase();
        let bare = letters.trim_end_matches(|c: char| c.is_ascii_digit());
        let known = self.by_letters.get(bare)?;
        known.used.set(true);
        let mut words = known.words.clone();
        if let (Some(last), Some(digits)) = (words.last_mut(), letters.strip_prefix(bare)) {
            last.push_str(digits);
        }
        Some(words)
    }

    /// Reports each phrase that occurs in no name.
    pub(super) fn unused(&self, problems: &mut Diagnostics) {
        for known in self.by_letters.values().filter(|known| !known.used.get()) {
            let message = format!("no name of the schemas has the words `{}`", known.phrase.text);
            let help = "a phrase stands for whole words of a name, as letter case and signs divide it";
            problems.push(Diagnostic::error(codes::NO_MATCH, known.phrase.span.clone(), message).with_help(help));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::words;
    use super::*;
    use crate::diagnostic::Span;

    fn phrases(list: &[&str]) -> (Phrases, Diagnostics) {
        let list: Vec<Phrase> = list.iter().map(|text| Phrase { text: (*text).to_owned(), span: Span::file("xsdgen.toml") }).collect();
        let mut problems = Diagnostics::new();
        let phrases = Phrases::new(&list, &mut problems);
        (phrases, problems)
    }

    #[test]
    fn runs_become_phrases() {
        let (phrases, problems) = phrases(&["WebEx", "lst summary", "IMS test", "web site", "tracking code", "VoIP"]);
        assert!(!problems.has_errors());
        for (name, snake) in [
            ("webExID", "webex_id"),
            ("hostWEBEXID", "host_webexid"),
            ("lstsummaryMeeting", "lst_summary_meeting"),
            ("getIMStestDetails", "get_ims_test_details"),
            ("website", "web_site"),
            ("TRACKINGCODE10", "tracking_code10"),
            ("voIPPrice", "voip_price"),
            ("summary", "summary"),
        ] {
            assert_eq!(words::snake(&phrases.apply(words::split(name))), snake, "{name}");
        }
    }

    #[test]
    fn what_no_name_spells_is_an_error() {
        let (phrases, mut problems) = phrases(&["lst summary", "time zone"]);
        phrases.apply(words::split("timezone"));
        phrases.unused(&mut problems);
        let found: Vec<String> = problems.into_iter().map(|d| d.message).collect();
        assert_eq!(found, ["no name of the schemas has the words `lst summary`"]);
    }

    #[test]
    fn what_is_no_phrase_is_an_error() {
        let (_, problems) = phrases(&["", "a  b", "x1", "time zone", "TIME zone"]);
        assert_eq!(problems.iter().count(), 4);
    }
}
