//! What worked: of a resolution and everything that was said, the words that a colleague can reuse.

use crate::mask::clip;
use domain::{AuthorRole, Millis, ResolutionClass};
use regex::bytes::{RegexSet, RegexSetBuilder, SetMatches};
use std::sync::LazyLock;

/// A comment, as plain text.
#[derive(Clone, Copy, Debug)]
pub struct Said<'a> {
    pub role: AuthorRole,
    pub author: Option<&'a str>,
    pub public: bool,
    pub at: Millis,
    pub text: &'a str,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answered {
    /// Without quotes, greetings and signatures.
    pub text: String,
    pub from: AnswerFrom,
}

/// Where an answer stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AnswerFrom {
    Resolution,
    /// The place in the list of comments.
    Comment(usize),
}

/// A longer comment is read for an answer only this far.
const LONGEST: usize = 4000;
const HOUR: i64 = 3_600_000;
/// From so many points on, a comment is an answer.
const ENOUGH: i32 = 4;

/// The answer of a case. A resolution that is a sentence is the answer; a bare label (*Fixed*) says how it ended but not
/// what to do, so the comment that explains it is looked for. `None` where nothing on record helps anybody.
pub fn answer(
    resolution: Option<&str>,
    class: Option<ResolutionClass>,
    solved_at: Option<Millis>,
    said: &[Said<'_>],
) -> Option<Answered> {
    if let Some(text) = resolution.map(str::trim).filter(|text| is_sentence(text)) {
        return Some(Answered { text: text.to_owned(), from: AnswerFrom::Resolution });
    }
    let is_solved = solved_at.is_some() || class.is_some();
    let best = (0..said.len())
        .filter_map(|at| {
            let comment = said.get(at)?;
            let text = bare(comment.text);
            let points = points(comment, &text, solved_at, said.get(at + 1..).unwrap_or_default());
            // While a case is open, only what claims to help is an answer.
            (points >= if is_solved { ENOUGH } else { ENOUGH + 3 }).then_some((points, at, text))
        })
        // Of equals the later one: it knows more.
        .max_by_key(|(points, at, _)| (*points, *at));
    best.map(|(_, at, text)| Answered { text, from: AnswerFrom::Comment(at) })
}

/// `Fixed`, `Won't Fix` and `Closed by merge` are labels; `Restart the relay after 2.3` is not.
fn is_sentence(text: &str) -> bool {
    text.split_whitespace().count() > 3 && ResolutionClass::from_label(text).is_none()
}

/// What a comment says, as far as an answer is concerned. One pass over the text finds all of it.
#[derive(Clone, Copy)]
enum Sign {
    Fixed,
    Cause,
    Step,
    Strong,
    Asks,
    Still,
    Routine,
    Thanks,
}

/// In the order of [`Sign`]. Bytes, not characters: `\b` of letters beyond ASCII makes the automaton slow, and every import
/// reads every comment.
static SIGNS: LazyLock<RegexSet> = LazyLock::new(|| {
    let signs = [
        r"\b(?:fix(?:ed|es)?|resolv(?:ed|es)|solv(?:ed|es)|patch(?:ed)?|commit(?:ted)?|no longer|works? (?:now|again|after)|behoben|corregido|solucionado)\b",
        r"\b(?:root cause|caused by|the cause|the (?:problem|issue|reason) (?:is|was)|because|turns? out|not a bug|by design|instead)\b",
        concat!(
            r"\b(?:appl(?:y|ied)|upgrad\w+|updat(?:e|ed|ing) to|set(?:ting)? |configur\w+|restart(?:ed|ing)?|clear(?:ed|ing)?|disabl\w+|",
            r"enabl\w+|chang(?:e|ed|ing)|remov(?:e|ed|ing)|install(?:ed|ing)?|you (?:need|have|can|should|must)|as of \d)",
        ),
        concat!(
            r"\b(?:work ?around|root cause|the (?:problem|issue|cause|reason) (?:is|was)|solution|(?:was|is|been|now) fixed|",
            r"fixed (?:in|on|by|with|the|this)|fix (?:is|was|applied|committed)|resolved (?:in|by)|you (?:need|have) to|not a bug|by design)\b",
        ),
        concat!(
            r"\b(?:(?:can|could|would|will) (?:you|someone|anyone|we)|please (?:provide|attach|send|try|let|share|test|review|confirm)|",
            r"do you have|have you tried|any (?:news|update|progress|chance|idea)|more (?:info|information|details)|test case)\b",
        ),
        r"\b(?:still (?:see|seeing|happens?|occurs?|fails?|broken|an issue|a problem)|same (?:issue|problem|error) here|me too)\b",
        concat!(
            r"^\W*(?:integrated in |success: integrated|build (?:failed|succeeded)|closing (?:all|as part|resolved)|bulk (?:close|update)|",
            r"github user |commit [0-9a-f]{7,40} in )|this (?:issue|ticket|case) (?:has been|was|is) auto|has been automatically|",
            r"asf github bot|issue was migrated",
        ),
        concat!(
            r"\b(?:(?:that|this|it|which|everything)(?: has| did)? (?:worked|works|solved|fixed|helped|did the trick|did it)|",
            r"works? (?:fine )?(?:now|again)|problem (?:is )?(?:solved|gone)|(?:can|could) confirm|thank(?:s| you)[^.!\n]{0,40}(?:work|solv|help|fix)|",
            r"funktioniert (?:jetzt|wieder))",
        ),
    ];
    let mut set = RegexSetBuilder::new(signs);
    set.case_insensitive(true).unicode(false).build().expect("the crate's own patterns are valid")
});

/// The signs of one text.
struct Signs(SetMatches);

impl Signs {
    fn of(text: &str) -> Self {
        Self(SIGNS.matches(clip(text, LONGEST).as_bytes()))
    }

    /// One for each sign that is there.
    fn count(&self, signs: &[Sign]) -> i32 {
        signs.iter().map(|sign| i32::from(self.0.matched(*sign as usize))).sum()
    }
}

fn points(comment: &Said<'_>, text: &str, solved_at: Option<Millis>, later: &[Said<'_>]) -> i32 {
    let role = match comment.role {
        AuthorRole::System => return i32::MIN,
        AuthorRole::Engineer => 3,
        AuthorRole::Agent => 2,
        AuthorRole::Requester => 0,
    };
    let words = text.split_whitespace().take(400).count();
    let signs = Signs::of(text);
    if words < 4 || signs.count(&[Sign::Routine]) > 0 {
        return i32::MIN;
    }
    let helps = signs.count(&[Sign::Fixed, Sign::Cause, Sign::Step]) + 2 * signs.count(&[Sign::Strong]);
    let asks = 3 * signs.count(&[Sign::Asks, Sign::Still]) + 2 * i32::from(text.ends_with('?'));
    let length = i32::from(words >= 8) + i32::from(words >= 20) - i32::from(words >= 350);
    let when = solved_at.map_or(0, |solved| match solved.0 - comment.at.0 {
        // The words that close a case, or that come right after.
        gap if (-HOUR..=HOUR).contains(&gap) => 3,
        gap if (-24 * HOUR..=72 * HOUR).contains(&gap) => 1,
        _ => 0,
    });
    // Whoever it was meant for says that it worked.
    let heard = later.iter().find(|other| other.author != comment.author && other.role != AuthorRole::System);
    let confirmed = heard.map_or(0, |other| 3 * Signs::of(other.text).count(&[Sign::Thanks]));
    // Who says that it works now says that it worked, not what did.
    let thanks = if words < 25 { 2 * signs.count(&[Sign::Thanks]) } else { 0 };
    role + helps + length + when + confirmed - asks - thanks
}

/// The comment itself: no quoted mail below or above it, no greeting, no signature.
fn bare(text: &str) -> String {
    let mut kept: Vec<&str> = Vec::new();
    for line in text.lines() {
        let trimmed = line.trim();
        let wrote = trimmed.ends_with("wrote:") || trimmed.ends_with("schrieb:") || trimmed.ends_with("a écrit :");
        let ends = trimmed == "--" || trimmed.starts_with("-----Original") || trimmed.starts_with("________");
        if ends || (wrote && !kept.is_empty()) {
            break;
        }
        let greets = kept.is_empty() && is_short_of(trimmed, &GREETINGS);
        if !trimmed.starts_with('>') && !greets && !wrote {
            kept.push(line.trim_end());
        }
    }
    while kept.last().is_some_and(|line| line.is_empty() || is_short_of(line.trim(), &FAREWELLS)) {
        kept.pop();
    }
    kept.join("\n").trim().to_owned()
}

const GREETINGS: [&str; 9] = ["", "hi", "hello", "hey", "dear", "good morning", "good afternoon", "hallo", "bonjour"];
const FAREWELLS: [&str; 9] = [
    "regards",
    "best regards",
    "kind regards",
    "best",
    "cheers",
    "thanks",
    "thank you",
    "many thanks",
    "mit freundlichen grüßen",
];

/// `Hi Ann,`: one of the words, and a name at most.
fn is_short_of(line: &str, words: &[&str]) -> bool {
    let lower = line.to_lowercase();
    let rest = words.iter().filter_map(|word| lower.strip_prefix(word)).min_by_key(|rest| rest.len());
    rest.is_some_and(|rest| !rest.starts_with(char::is_alphanumeric) && rest.split_whitespace().count() <= 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOLVED: Millis = Millis(1_700_000_000_000);

    fn said(role: AuthorRole, author: &'static str, hours_before: i64, text: &'static str) -> Said<'static> {
        Said { role, author: Some(author), public: true, at: Millis(SOLVED.0 - hours_before * HOUR), text }
    }

    fn answered(resolution: Option<&str>, said: &[Said<'_>]) -> Option<Answered> {
        answer(resolution, Some(ResolutionClass::CodeFix), Some(SOLVED), said)
    }

    #[test]
    fn a_resolution_in_words_is_the_answer_whatever_else_was_said() {
        let comments = [said(AuthorRole::Engineer, "e", 0, "The root cause was the cache, fixed in 2.3.1.")];
        let found = answered(Some("Restart the relay after the upgrade."), &comments).unwrap();
        assert_eq!(found.from, AnswerFrom::Resolution);
    }

    #[test]
    fn a_label_is_no_answer_so_the_comment_that_explains_it_is_found() {
        let comments = [
            said(AuthorRole::Agent, "a", 90, "Could you please attach the log of the broker and the client?"),
            said(AuthorRole::Requester, "r", 80, "Attached. It still happens every night, any news?"),
            said(
                AuthorRole::Engineer,
                "e",
                0,
                "Hi Ann,\n\nThe problem was the lease timeout. Set keepAlivePeriod to 5000, fixed in 5.4.1.\n\nRegards\nBen\n--\nBen, Core",
            ),
            said(AuthorRole::System, "bot", 0, "This issue was fixed and has been automatically closed."),
        ];
        for label in [Some("Fixed"), None] {
            let found = answered(label, &comments).unwrap();
            assert_eq!(found.from, AnswerFrom::Comment(2));
            assert_eq!(
                found.text,
                "The problem was the lease timeout. Set keepAlivePeriod to 5000, fixed in 5.4.1.\n\nRegards\nBen"
            );
        }
    }

    #[test]
    fn what_the_requester_says_worked_is_the_answer_and_their_thanks_is_not() {
        let comments = [
            said(AuthorRole::Agent, "a", 200, "Please enable the retry flag in the export settings and run it again."),
            said(AuthorRole::Requester, "r", 190, "Thanks, that worked."),
            said(AuthorRole::Agent, "a", 0, "Glad to hear it. I am closing this ticket now."),
        ];
        assert_eq!(answered(None, &comments).unwrap().from, AnswerFrom::Comment(0));
    }

    #[test]
    fn quoted_mail_is_left_out() {
        assert_eq!(
            bare("> it breaks\n> often\n\nHello Ann,\nclear the cache first\n\nOn Monday Ann wrote:\n> it breaks"),
            "clear the cache first"
        );
    }

    #[test]
    fn where_nobody_helped_there_is_no_answer() {
        assert_eq!(answered(None, &[]), None);
        assert_eq!(answered(Some("Fixed"), &[said(AuthorRole::Requester, "r", 0, "me too, any update?")]), None);
        assert_eq!(
            answer(None, None, None, &[said(AuthorRole::Agent, "a", 0, "We are looking into it and will be back.")]),
            None
        );
    }
}
