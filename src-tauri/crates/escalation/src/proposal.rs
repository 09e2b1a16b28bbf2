//! Why a case of the past was escalated, read from what support and engineering wrote in it.
//!
//! A proposal with its quotes, in English: nothing is counted before a person says so.

use crate::{Reason, read::pattern};
use regex::Regex;
use std::sync::LazyLock;

/// Read of each text.
const LONGEST: usize = 20 << 10;
/// Letters on either side of what counted.
const AROUND: usize = 48;
const QUOTES: usize = 3;
/// What became of a case says as much as two things that were written in it.
const ENDED: usize = 2;

/// How a case ended, where its records say so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    InCode,
    InData,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposal {
    pub reason: Reason,
    /// What was written, a line each; empty where only the end speaks for it.
    pub quotes: Vec<String>,
}

static SAID: LazyLock<[(Reason, Regex); 6]> = LazyLock::new(|| {
    let said = |reason, words: &str| (reason, pattern(&format!(r"(?i)\b(?:{words})\b")));
    [
        said(
            Reason::MissingContext,
            "more (?:information|info|details?)|(?:please|(?:can|could) you) (?:provide|attach|send|give)|(?:which|what) (?:exact )?version (?:are|is (?:it|this|that|the)|do|does|did)|not enough (?:information|to go on)|without (?:the )?(?:logs?|stack ?trace|version|steps)",
        ),
        said(
            Reason::CannotReproduce,
            "(?:can(?:no|['’])t|can not|could(?: not|n['’]t)|unable to|(?:was|am|were|are) not able to|failed to) (?:reproduce|replicate)|not reproducible|be reproduced|works for me",
        ),
        said(
            Reason::NoAccess,
            "no access|(?:do not|don['’]t|did not|didn['’]t|not) have (?:access|permission)|without access|needs? access|(?:who|someone|somebody) with access",
        ),
        said(
            Reason::NeedsCodeFix,
            "fix(?:ed)? (?:is )?in|fix (?:committed|merged|released)|committed|patch(?:ed)?|merged|pull request|hotfix|regression|code (?:change|fix)|bug in (?:the|our) code",
        ),
        said(
            Reason::NeedsDataFix,
            "data fix|(?:corrected|repaired|fixed|updated|cleaned(?: up)?) the (?:data|record|records|row|rows|entry|entries|database)|ran a (?:script|query)|restored from (?:a |the )?backup|re-?synced|re-?imported|backfill(?:ed)?",
        ),
        said(
            Reason::PolicyOrApproval,
            "approv(?:al|ed by)|sign(?:ed)?[- ]off|(?:our|the|company|per) policy|policy exception|legal (?:team|has|says)|compliance",
        ),
    ]
});

/// `said`: what support and engineering wrote, oldest first; what the customer wrote tells what is wrong, and not why it was
/// escalated. `None` where nothing speaks for any reason. Of two for which as much speaks, the one that was said last.
pub fn propose(said: &[&str], ended: Option<Ended>) -> Option<Proposal> {
    let of = |(reason, words): &(Reason, Regex)| {
        let mut found: Vec<String> = Vec::new();
        let (mut quotes, mut last) = (Vec::new(), None);
        for (nth, text) in said.iter().enumerate() {
            for hit in words.find_iter(head(text)) {
                let said = hit.as_str().to_lowercase();
                if !found.contains(&said) {
                    found.push(said);
                    quotes.push(quote(text, hit.start(), hit.end()));
                }
                last = Some((nth, hit.start()));
            }
        }
        let ends = match ended {
            Some(Ended::InCode) => *reason == Reason::NeedsCodeFix,
            Some(Ended::InData) => *reason == Reason::NeedsDataFix,
            None => false,
        };
        quotes.truncate(QUOTES);
        ((found.len() + usize::from(ends) * ENDED, last), Proposal { reason: *reason, quotes })
    };
    let most = SAID.iter().map(of).max_by_key(|(weight, _)| *weight)?;
    (most.0.0 > 0).then_some(most.1)
}

fn head(text: &str) -> &str {
    text.get(..text.floor_char_boundary(LONGEST)).unwrap_or(text)
}

/// The words with what stands around them, on one line.
fn quote(text: &str, start: usize, end: usize) -> String {
    let from = text.floor_char_boundary(start.saturating_sub(AROUND));
    let until = text.ceil_char_boundary((end + AROUND).min(text.len()));
    // No half words, unless one is longer than what is shown.
    let before = text.get(from..start).unwrap_or_default();
    let before = if from == 0 { before } else { before.split_once(char::is_whitespace).map_or(before, |cut| cut.1) };
    let after = text.get(end..until).unwrap_or_default();
    let whole = until == text.len();
    let after = if whole { after } else { after.rsplit_once(char::is_whitespace).map_or(after, |cut| cut.0) };
    let line = format!("{before}{}{after}", text.get(start..end).unwrap_or_default());
    let line = line.split_whitespace().collect::<Vec<_>>().join(" ");
    format!("{}{line}{}", if from > 0 { "… " } else { "" }, if whole { "" } else { " …" })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reason(said: &[&str]) -> Option<Reason> {
        propose(said, None).map(|proposal| proposal.reason)
    }

    #[test]
    fn each_reason_is_proposed_where_somebody_wrote_so() {
        for (text, expected) in [
            ("Handing over: which version is this on? Please attach the logs.", Reason::MissingContext),
            ("I couldn’t reproduce it on the test tenant.", Reason::CannotReproduce),
            ("We don't have access to the production database.", Reason::NoAccess),
            ("Regression of 5.3; pull request is up.", Reason::NeedsCodeFix),
            ("Corrected the record by hand and re-synced the account.", Reason::NeedsDataFix),
            ("Waiting for sign-off: against our policy.", Reason::PolicyOrApproval),
        ] {
            assert_eq!(reason(&[text]), Some(expected), "{text}");
        }
        assert_eq!(reason(&["Thank you for your patience.", ""]), None, "nothing speaks for any");
    }

    #[test]
    fn what_most_was_said_of_wins_and_of_as_much_what_was_said_last() {
        let asked = "Please provide the version, we cannot reproduce it and it is not reproducible at all.";
        assert_eq!(reason(&[asked]), Some(Reason::CannotReproduce));
        assert_eq!(reason(&["We cannot reproduce it.", "Hotfix is out."]), Some(Reason::NeedsCodeFix));
        assert_eq!(reason(&["Hotfix is out.", "We cannot reproduce it."]), Some(Reason::CannotReproduce));
        assert_eq!(
            reason(&["Hotfix. Hotfix. Hotfix.", "no access, needs access"]),
            Some(Reason::NoAccess),
            "said thrice is said once"
        );
    }

    #[test]
    fn how_it_ended_speaks_without_a_word_and_outweighs_one() {
        let ended = propose(&["Not reproducible."], Some(Ended::InCode)).unwrap();
        assert_eq!(ended, Proposal { reason: Reason::NeedsCodeFix, quotes: Vec::new() });
        assert_eq!(propose(&[], Some(Ended::InData)).unwrap().reason, Reason::NeedsDataFix);
        assert_eq!(propose(&[], None), None);
    }

    #[test]
    fn quotes_are_short_lines_of_what_was_written_whatever_letters_stand_around() {
        let text = format!("{}\r\n we have\tno access {}", "ä".repeat(80), "→".repeat(80));
        let proposal = propose(&[&text], None).unwrap();
        let [quote] = proposal.quotes.as_slice() else { panic!("{proposal:?}") };
        assert_eq!(quote, "… we have no access …", "no half words");
    }

    proptest::proptest! {
        #[test]
        fn any_text_can_be_read(said in proptest::collection::vec(".{0,400}", 0..4)) {
            let said: Vec<&str> = said.iter().map(String::as_str).collect();
            let _ = propose(&said, None);
        }
    }
}
