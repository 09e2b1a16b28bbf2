//! What a commit's message says: which issues it names, and which other commit it repeats or takes back.

use super::revision;

/// Issues and ties of one commit that are kept; more is a list of everything, not a statement.
const MOST: usize = 40;
const LONGEST_SUBJECT: usize = 300;

/// An issue or a pull request that a message names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention {
    /// `AMQ-100`, `CVE-2023-46604`, `#12`.
    pub key: Box<str>,
    /// The commit is about it: it stands in the first line, or behind *fixes*, *closes* or *resolves*.
    pub about: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TieKind {
    /// `(cherry picked from commit …)`: it repeats that one.
    PickedFrom,
    /// `This reverts commit …`.
    Reverts,
    /// `Reverts apache/activemq#1119`: takes a whole pull request back.
    RevertsRequest,
}

/// What a commit says of another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tie {
    pub kind: TieKind,
    /// The beginning of a commit's name, lower-case; `r820268` of Subversion; or `#1119`.
    pub to: Box<str>,
}

#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Read {
    pub(super) subject: String,
    pub(super) mentions: Vec<Mention>,
    pub(super) ties: Vec<Tie>,
    /// What it was called in Subversion.
    pub(super) revision: Option<u32>,
}

pub(super) fn read(message: &str) -> Read {
    let message = message.trim_start();
    let (subject, _) = message.split_once('\n').unwrap_or((message, ""));
    let subject: String = subject.trim().chars().take(LONGEST_SUBJECT).collect();
    let mut mentions: Vec<Mention> = Vec::new();
    for (at, key) in keys(message) {
        let about = at < subject.len() || is_fixed(message.get(..at).unwrap_or_default());
        if let Some(known) = mentions.iter_mut().find(|known| *known.key == *key) {
            known.about |= about;
        } else if mentions.len() < MOST {
            mentions.push(Mention { key: key.into(), about });
        }
    }
    Read { subject, mentions, ties: ties(message), revision: revision::own(message) }
}

/// What a revert of it by a forge or by git is called: `Revert "X"` → `X`.
pub fn reverted_subject(subject: &str) -> Option<&str> {
    subject.strip_prefix("Revert \"")?.trim_end().strip_suffix('"').or_else(|| {
        // A forge puts the number of its pull request behind.
        let (quoted, number) = subject.strip_prefix("Revert \"")?.rsplit_once("\" (#")?;
        number.strip_suffix(')')?.bytes().all(|b| b.is_ascii_digit()).then_some(quoted)
    })
}

/// The issues and pull requests that a text names, in its order.
pub(crate) fn keys_of(text: &str) -> Vec<String> {
    keys(text).into_iter().map(|(_, key)| key).collect()
}

/// The issues whose fix a comment says to be this one's too: `Fixed by AMQ-3547`, `fixed as a byproduct of AMQ-4643`.
pub(crate) fn fixed_by(comment: &str) -> Vec<String> {
    const SMALL: [&str; 11] = ["by", "with", "as", "a", "part", "byproduct", "of", "via", "through", "the", "under"];
    const OWN: [&str; 15] = [
        "this", "it", "the", "issue", "bug", "problem", "is", "was", "has", "been", "already", "now", "also", "got",
        "and",
    ];
    let is_so = |at: usize| {
        let before = comment.get(..at).unwrap_or_default();
        let line = before.rsplit(['\n', '.', ';']).next().unwrap_or_default();
        // The address of a tracker may stand before the key.
        let line =
            before.rsplit_once("http").map_or(line, |(before, _)| before.rsplit('\n').next().unwrap_or_default());
        let words: Vec<String> = line.split_whitespace().map(str::to_lowercase).collect();
        let small = words.iter().rev().take_while(|word| SMALL.contains(&word.as_str())).count();
        let (subject, verb) = match words.len().checked_sub(small + 1).and_then(|at| words.split_at_checked(at)) {
            Some((subject, [verb, ..])) => (subject, verb.as_str()),
            _ => return false,
        };
        // A part of it, or something like it, is another matter.
        let whole = subject.iter().all(|word| OWN.contains(&word.as_str()));
        let asked = comment.get(at..).is_some_and(|rest| rest.split(['\n', '.']).next().unwrap_or(rest).contains('?'));
        small > 0 && whole && !asked && ["fixed", "resolved", "solved", "addressed"].contains(&verb)
    };
    keys(comment).into_iter().filter(|(at, _)| is_so(*at)).map(|(_, key)| key).collect()
}

/// The branch that a merge took in, as its first line says: `Merge branch 'x' into y`, `Merge pull request #1 from ann/x`,
/// `Merge remote-tracking branch 'origin/x'`, `Merged in x (pull request #1)`.
pub(crate) fn merged_branch(subject: &str) -> Option<&str> {
    for start in ["Merge branch '", "Merge remote-tracking branch '", "Merge remote branch '", "Merge tag '"] {
        if let Some(rest) = subject.strip_prefix(start) {
            return rest.split_once('\'').map(|(name, _)| name);
        }
    }
    let rest = subject.strip_prefix("Merge pull request #").and_then(|rest| rest.split_once(" from "));
    let rest = rest.and_then(|(_, rest)| rest.split_once('/').map(|(_, branch)| branch));
    let rest = rest.or_else(|| subject.strip_prefix("Merged in "))?;
    rest.split(' ').next()
}

/// The issues that a branch is called after: `AMQ-100-fix`, `fix/amq_100` where `AMQ` is a project that messages name,
/// `issue-12`, `gh/12`, and `12-empty-basket` as a forge calls it.
pub(crate) fn branch_keys(name: &str, is_project: &dyn Fn(&str) -> bool) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let mut add = |key: String| {
        if !found.contains(&key) {
            found.push(key);
        }
    };
    keys(name).into_iter().filter(|(_, key)| !key.contains(':')).for_each(|(_, key)| add(key));
    let words: Vec<&str> = name.split(['/', '-', '_']).collect();
    let is_number = |word: &str| (1..=7).contains(&word.len()) && word.bytes().all(|b| b.is_ascii_digit());
    for (word, number) in words.iter().zip(words.iter().skip(1)).filter(|(_, number)| is_number(number)) {
        let project = word.to_uppercase();
        if ["issue", "issues", "gh", "pr", "bug"].contains(&&*word.to_lowercase()) {
            add(format!("#{number}"));
        } else if is_project(&project) {
            add(format!("{project}-{number}"));
        }
    }
    let last = name.rsplit('/').next().unwrap_or(name);
    if let Some((number, title)) = last.split_once('-')
        && is_number(number)
        && title.bytes().take_while(u8::is_ascii_alphabetic).count() > 2
    {
        add(format!("#{number}"));
    }
    found
}

/// Each key and where it stands.
fn keys(text: &str) -> Vec<(usize, String)> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        let before = at.checked_sub(1).and_then(|at| bytes.get(at));
        let fresh = before.is_none_or(|b| !b.is_ascii_alphanumeric() && *b != b'-' && *b != b'#');
        let read = match byte {
            b'#' if fresh => request_key(text, at),
            b'A'..=b'Z' if fresh => issue_key(text, at),
            b'/' => path_key(text, at),
            _ => None,
        };
        at += match read {
            Some((key, length)) => {
                found.push((at, key));
                length
            }
            None => 1,
        };
    }
    found
}

/// `AMQ-100`, `CVE-2023-46604`, and `AMQ_100` as a folder's name would have it.
fn issue_key(text: &str, at: usize) -> Option<(String, usize)> {
    let rest = text.get(at..)?;
    let name = rest.bytes().take_while(|b| b.is_ascii_uppercase() || b.is_ascii_digit()).count();
    let digits = |from: usize| rest.bytes().skip(from).take_while(u8::is_ascii_digit).count();
    let sign = rest.as_bytes().get(name)?;
    let number = digits(name + 1);
    if !(2..=12).contains(&name) || !(1..=7).contains(&number) || ![b'-', b'_'].contains(sign) {
        return None;
    }
    let mut end = name + 1 + number;
    // CVE-2023-46604 has two numbers.
    if rest.starts_with("CVE-") && rest.as_bytes().get(end) == Some(&b'-') && digits(end + 1) > 0 {
        end += 1 + digits(end + 1);
    }
    let after = rest.as_bytes().get(end);
    if after.is_some_and(|b| b.is_ascii_alphanumeric() || *b == b'_') {
        return None;
    }
    Some((rest.get(..end)?.replacen('_', "-", 1), end))
}

/// `#12`.
fn request_key(text: &str, at: usize) -> Option<(String, usize)> {
    let rest = text.get(at..)?;
    let number = rest.bytes().skip(1).take_while(u8::is_ascii_digit).count();
    let after = rest.as_bytes().get(number + 1);
    let whole = (1..=7).contains(&number) && after.is_none_or(|b| !b.is_ascii_alphanumeric());
    whole.then(|| Some((rest.get(..=number)?.to_owned(), number + 1)))?
}

/// `/issues/12` and `/pull/12` of a forge, `/merge_requests/12`, `/agent/tickets/12` of a helpdesk.
fn path_key(text: &str, at: usize) -> Option<(String, usize)> {
    let rest = text.get(at..)?;
    let (kind, sign) = [("/issues/", "#"), ("/pull/", "#"), ("/merge_requests/", "!"), ("/agent/tickets/", "zendesk:")]
        .into_iter()
        .find(|(kind, _)| rest.starts_with(kind))?;
    let number: String = rest.get(kind.len()..)?.chars().take_while(char::is_ascii_digit).collect();
    let length = kind.len() + number.len();
    ((1..=9).contains(&number.len())).then(|| (format!("{sign}{number}"), length))
}

/// `Fixes: `, `resolve https://issues.apache.org/jira/browse/`, `This closes `: what stands before a key that a commit is
/// about.
fn is_fixed(before: &str) -> bool {
    let line = before.rsplit('\n').next().unwrap_or_default();
    let words: Vec<String> = line.split_whitespace().rev().take(3).map(str::to_lowercase).collect();
    words.iter().any(|word| {
        let word = word.trim_matches(|c: char| !c.is_ascii_alphanumeric());
        let stem = ["fix", "clos", "resolv"].iter().find_map(|stem| word.strip_prefix(stem));
        stem.is_some_and(|ending| ["", "e", "es", "ed", "s", "d"].contains(&ending))
    })
}

fn ties(message: &str) -> Vec<Tie> {
    let mut ties = Vec::new();
    for line in message.lines().map(str::trim) {
        if let Some(rest) = line.strip_prefix("(cherry picked from commit ") {
            ties.extend(name(rest).map(|to| Tie { kind: TieKind::PickedFrom, to }));
        } else if let Some(rest) = line.strip_prefix("This reverts commit") {
            // `This reverts commits A and B`, and of a merge `…, reversing changes made to C`: C is not taken back.
            let rest = rest.split("reversing").next().unwrap_or(rest);
            ties.extend(rest.split_whitespace().filter_map(name).map(|to| Tie { kind: TieKind::Reverts, to }));
        } else if let Some(number) = line.strip_prefix("Reverts ").and_then(|rest| rest.split_once('#')) {
            let digits: String = number.1.chars().take_while(char::is_ascii_digit).collect();
            if (1..=7).contains(&digits.len()) {
                ties.push(Tie { kind: TieKind::RevertsRequest, to: format!("#{digits}").into() });
            }
        }
    }
    for (kind, revisions) in
        [(TieKind::PickedFrom, revision::merged(message)), (TieKind::Reverts, revision::taken_back(message))]
    {
        ties.extend(revisions.into_iter().map(|number| Tie { kind, to: format!("r{number}").into() }));
    }
    ties.truncate(MOST);
    ties
}

fn name(text: &str) -> Option<Box<str>> {
    let name: String = text.chars().take_while(char::is_ascii_hexdigit).collect::<String>().to_lowercase();
    let after = text.get(name.len()..).and_then(|rest| rest.chars().next());
    ((7..=40).contains(&name.len()) && after.is_none_or(|c| !c.is_alphanumeric())).then(|| name.into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn named(message: &str) -> Vec<(String, bool)> {
        read(message).mentions.into_iter().map(|mention| (mention.key.into(), mention.about)).collect()
    }

    #[test]
    fn issues_are_found_in_every_way_that_people_name_them() {
        for (message, key, about) in [
            ("AMQ-100: close it", "AMQ-100", true),
            ("[AMQ-100] - close it", "AMQ-100", true),
            ("fix for https://issues.apache.org/jira/browse/AMQ-100", "AMQ-100", true),
            ("Close it\n\nSee AMQ-100 for more", "AMQ-100", false),
            ("Close it\n\nFixes: AMQ-100", "AMQ-100", true),
            ("Close it\n\nThis closes #12", "#12", true),
            ("Close it (#12)", "#12", true),
            ("Merge pull request #12 from fork/branch", "#12", true),
            ("Close it\n\nResolves https://github.com/acme/shop/issues/12.", "#12", true),
            ("Harden\n\nCVE-2023-46604", "CVE-2023-46604", false),
            ("Close it\n\nsee https://acme.zendesk.com/agent/tickets/48213", "zendesk:48213", false),
        ] {
            assert_eq!(named(message), [(key.to_owned(), about)], "{message}");
        }
    }

    #[test]
    fn what_only_looks_like_an_issue_is_none() {
        for message in ["Use utf-8", "x86-64 and AMQ-100x", "colour #12ab", "a1B-2", "AMQ-12345678", "step-by-step-1"] {
            assert_eq!(named(message), [], "{message}");
        }
        assert_eq!(named("AMQ-1, AMQ-1 and AMQ-2").len(), 2);
    }

    #[test]
    fn a_branch_is_called_after_its_issue_in_every_way_that_people_do_it() {
        for (branch, keys) in [
            ("AMQ-100-fix", &["AMQ-100"][..]),
            ("fix/AMQ-100", &["AMQ-100"]),
            ("ann/amq-100-rounding", &["AMQ-100"]),
            ("amq_100", &["AMQ-100"]),
            ("issue-12", &["#12"]),
            ("issues/12-empty", &["#12"]),
            ("12-empty-basket", &["#12"]),
            ("utf-8", &[]),
            ("release/5.16.x", &[]),
            ("5-16-x", &[]),
            ("dependabot/npm/lodash-4.17.21", &[]),
            ("--upload-pack=x", &[]),
        ] {
            assert_eq!(branch_keys(branch, &|project| project == "AMQ"), keys, "{branch}");
        }
    }

    #[test]
    fn a_merge_says_which_branch_it_took_in() {
        for (subject, branch) in [
            ("Merge branch 'AMQ-100-fix'", Some("AMQ-100-fix")),
            ("Merge branch 'main' into AMQ-100-fix", Some("main")),
            ("Merge remote-tracking branch 'origin/AMQ-1'", Some("origin/AMQ-1")),
            ("Merge pull request #12 from ann/fix/AMQ-1", Some("fix/AMQ-1")),
            ("Merged in amq-1 (pull request #5)", Some("amq-1")),
            ("Merge two lists", None),
            ("Merge branch 'cut off", None),
        ] {
            assert_eq!(merged_branch(subject), branch, "{subject}");
        }
    }

    #[test]
    fn a_comment_says_which_other_issue_fixed_it() {
        for (comment, keys) in [
            ("Fixed by AMQ-3547", &["AMQ-3547"][..]),
            ("This is fixed as a byproduct of https://issues.apache.org/jira/browse/AMQ-4643 \nNow", &["AMQ-4643"]),
            ("Same here. Resolved with AMQ-12.", &["AMQ-12"]),
            ("Not fixed by AMQ-3547", &[]),
            ("The folder that is left over, which has been resolved with AMQ-3547", &[]),
            ("It was fixed. See AMQ-3547", &[]),
            ("A possibly related problem was fixed in AMQ-1438.", &[]),
            ("This appears to be fixed by AMQ-1156, no?", &[]),
            ("a fix for AMQ-3547", &[]),
            ("http://x/browse/AMQ-1 is like it", &[]),
        ] {
            assert_eq!(fixed_by(comment), keys, "{comment}");
        }
    }

    #[test]
    fn picks_and_reverts_name_their_commit() {
        let a = "0123456789abcdef0123456789abcdef01234567";
        let told = |message: &str| {
            let ties = read(message).ties.into_iter();
            ties.map(|tie| (tie.kind, tie.to.into_string())).collect::<Vec<_>>()
        };
        assert_eq!(told(&format!("x\n\n(cherry picked from commit {a})")), [(TieKind::PickedFrom, a.to_owned())]);
        assert_eq!(told(&format!("x\n\nThis reverts commit {a}.")), [(TieKind::Reverts, a.to_owned())]);
        let merge = format!("x\n\nThis reverts commit {a}, reversing\nchanges made to 89abcdef0123.");
        assert_eq!(told(&merge), [(TieKind::Reverts, a.to_owned())]);
        assert_eq!(told("x\n\nReverts apache/activemq#1119"), [(TieKind::RevertsRequest, "#1119".to_owned())]);
        assert_eq!(told("This reverts commit --upload-pack=x"), []);
        assert_eq!(reverted_subject("Revert \"Revert \"x\"\""), Some("Revert \"x\""));
        assert_eq!(reverted_subject("Revert \"x (#1)\" (#2)"), Some("x (#1)"));
        assert_eq!(reverted_subject("Revert the x"), None);
    }

    proptest! {
        #[test]
        fn any_message_is_read_without_a_panic(message in "(?s).{0,400}") {
            let read = read(&message);
            prop_assert!(read.mentions.len() <= MOST && read.ties.len() <= MOST);
            let _ = fixed_by(&message);
            let _ = (branch_keys(&message, &|_| true), merged_branch(&message));
        }
    }
}
