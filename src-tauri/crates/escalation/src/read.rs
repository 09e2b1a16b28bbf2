//! What can be read of a package in the words of a ticket. What is not said is left out: nothing here guesses.
//!
//! Every function takes any text and looks at its first 200 KB.

mod sentence;
mod stamp;

pub use stamp::{since, times};

use regex::Regex;
use sentence::sentences;
use std::sync::LazyLock;

const LONGEST: usize = 200 << 10;
const STEPS: usize = 30;
const SAID: usize = 8;

static NUMBERED: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^\s{0,6}(?:(?:[Ss]tep\s+)?\d{1,2}[.):]|[Ss]tep\s+\d{1,2}\s)\s*(\S.*)$"));
static BULLET: LazyLock<Regex> = LazyLock::new(|| pattern(r"^\s{0,6}[-*•]\s+(\S.*)$"));
static STEPS_HEAD: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^\W{0,6}(?:(?:steps|how) to (?:reproduce|repeat)|reproduction(?: steps)?|repro(?: steps)?|schritte(?: zum nachstellen)?)\b",
    )
});
static EXPECTS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:expect(?:ed|ing)?|should (?:have|be|show|get|print|work|not|go|come)|supposed to|instead of|used to work|erwarte[nt]?)\b",
    )
});
static ACTED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:(?:after|when|whenever|once|as soon as|every time|each time|since) (?:I|we|they|he|she|you|somebody|a user|the user|our|the (?:update|upgrade|migration|release|deploy\w*))\b|(?:press|click|tapp?|upload|import|upgrad|updat|install|migrat|submit|scann?|select|switch|renam|delet|restor|enter)(?:e?d|ing|es|e)?\b|log(?:ged|ging)? (?:in|out)\b)",
    )
});
static ATTEMPT: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:tried|restarted|rebooted|cleared|reset|reinstalled|re-ran|reran|retried|re-imported|disabled|enabled|switched (?:off|on)|turned (?:off|on)|checked|verified|rolled back|logged out|reproduced|could not reproduce|walked (?:them|him|her) through|asked (?:them|him|her) to|no (?:luck|difference|change)|did not help|didn't help|made no difference|workaround)\b",
    )
});

pub(crate) fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("a pattern of our own is sound")
}

fn head(text: &str) -> &str {
    let mut end = text.len().min(LONGEST);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.get(..end).unwrap_or_default()
}

/// The first list of two or more numbered lines; or of any, where a heading says that it tells how to reproduce it.
pub fn steps(text: &str) -> Vec<String> {
    let lines: Vec<&str> = head(text).lines().collect();
    let told = lines.iter().position(|line| STEPS_HEAD.is_match(line));
    if let Some(at) = told {
        let below = lines.get(at + 1..).unwrap_or_default();
        let found = list(below, &[&NUMBERED, &BULLET]);
        if !found.is_empty() {
            return found;
        }
    }
    (0..lines.len())
        .filter(|at| lines.get(*at).is_some_and(|line| NUMBERED.is_match(line)))
        .map(|at| list(lines.get(at..).unwrap_or_default(), &[&NUMBERED]))
        .find(|found| found.len() >= 2)
        .unwrap_or_default()
}

/// Items from the first line on that has one; a line that is indented below goes with its item.
fn list(lines: &[&str], marks: &[&LazyLock<Regex>]) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for line in lines.iter().take(4 * STEPS) {
        let item = marks.iter().find_map(|mark| mark.captures(line).and_then(|item| item.get(1)));
        match item {
            Some(_) if found.len() == STEPS => break,
            Some(item) => found.push(item.as_str().trim().to_owned()),
            None if line.trim().is_empty() && found.is_empty() => {}
            None if line.trim().is_empty() => {
                // A list with room between its lines goes on.
                continue;
            }
            None => match found.last_mut() {
                Some(last) if line.starts_with([' ', '\t']) => {
                    last.push(' ');
                    last.push_str(line.trim());
                }
                _ => break,
            },
        }
    }
    found
}

/// What stands behind one of these labels: `Role: editor`, `**Expected result:** …`, or below it until the next blank
/// line. Labels in small letters.
pub fn labelled(text: &str, labels: &[&str]) -> Option<String> {
    let lines: Vec<&str> = head(text).lines().collect();
    for (at, line) in lines.iter().enumerate() {
        let bare = line.trim().trim_start_matches(['#', '*', '_', '-', '>', ' ']);
        let Some((label, rest)) = bare.split_once(':') else { continue };
        let label = label.trim().trim_matches(['*', '_', ' ']).to_lowercase();
        if !labels.contains(&label.as_str()) {
            continue;
        }
        let rest = rest.trim().trim_start_matches(['*', '_', ' ']).trim();
        if !rest.is_empty() {
            return Some(rest.to_owned());
        }
        let below = lines.iter().skip(at + 1).take(12).take_while(|line| !line.trim().is_empty());
        let below: Vec<&str> = below.map(|line| line.trim()).collect();
        if !below.is_empty() {
            return Some(below.join("\n"));
        }
    }
    None
}

pub fn expected(text: &str) -> Option<String> {
    let labels =
        ["expected", "expected result", "expected results", "expected behaviour", "expected behavior", "erwartet"];
    labelled(text, &labels).or_else(|| sentences(head(text)).find(|said| EXPECTS.is_match(said)).map(str::to_owned))
}

/// What is labelled so; else the first sentence of the report, which says what happens.
pub fn actual(text: &str) -> Option<String> {
    let labels = [
        "actual", "actual result", "actual results", "actual behaviour", "actual behavior", "observed", "what happens",
    ];
    labelled(text, &labels)
        .or_else(|| sentences(head(text)).find(|said| said.split_whitespace().count() >= 4).map(str::to_owned))
}

/// What the customer did, in their own sentences.
pub fn actions(text: &str) -> Vec<String> {
    sentences(head(text)).filter(|said| ACTED.is_match(said)).take(SAID).map(str::to_owned).collect()
}

/// What was tried, in the sentences of whoever did.
pub fn tried(text: &str) -> Vec<String> {
    sentences(head(text)).filter(|said| ATTEMPT.is_match(said)).take(SAID).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn steps_are_read_where_lines_are_numbered_or_a_heading_says_so() {
        let numbered = "Hello,\n1. Open the cart\n2) Add a coupon\n   twice\n\n3: Pay\n\nThanks";
        assert_eq!(steps(numbered), ["Open the cart", "Add a coupon twice", "Pay"]);
        assert_eq!(steps("Steps to reproduce:\n\n- log in\n- log out\nbye"), ["log in", "log out"]);
        assert_eq!(steps("We have 2 problems.\n1. one thing only"), Vec::<String>::new());
        assert_eq!(steps("2024-05-01 12:00:00 INFO a\n2024-05-01 12:00:01 INFO b"), Vec::<String>::new());
    }

    #[test]
    fn a_label_is_read_with_what_stands_behind_or_below_it() {
        assert_eq!(labelled("Plan: Pro\nRole : **editor**", &["role"]).as_deref(), Some("editor**"));
        assert_eq!(labelled("**Expected result:** a total", &["expected result"]).as_deref(), Some("a total"));
        assert_eq!(labelled("## Actual:\nnothing\nat all\n\nmore", &["actual"]).as_deref(), Some("nothing\nat all"));
        assert_eq!(labelled("the role: is unclear", &["plan"]), None);
    }

    #[test]
    fn what_was_expected_done_and_tried_is_taken_in_the_words_of_whoever_said_it() {
        let text = "The total is wrong by one cent. It should be 12.40. Since we upgraded to 5.4 it fails.\n\nRegards";
        assert_eq!(expected(text).as_deref(), Some("It should be 12.40."));
        assert_eq!(actual(text).as_deref(), Some("The total is wrong by one cent."));
        assert_eq!(actions(text), ["Since we upgraded to 5.4 it fails."]);
        assert_eq!(tried("I cleared the cache, no luck. Thanks for waiting."), ["I cleared the cache, no luck."]);
        assert_eq!(tried("We will look into it."), Vec::<String>::new());
    }

    proptest! {
        #[test]
        fn any_text_is_read_without_a_panic(text in "(?s).{0,300}") {
            let _ = (steps(&text), expected(&text), actual(&text), actions(&text), tried(&text), times(&text));
        }
    }
}
