//! Revisions of Subversion in what people wrote: projects that moved to git still name their commits so, and `git svn` wrote
//! under each commit what it was called.

/// Revisions of one text that are kept; more is a merge of everything, not a statement.
const MOST: usize = 24;
/// Words between what was done and the revision: `Merged in rev 644519`, `Fixed with svn revision 1329662`.
const BETWEEN: usize = 6;
const MERGED: [&str; 6] = ["merge", "merged", "merges", "merging", "backport", "backported"];
/// Behind these, a number alone may be a port of the network.
const PORTED: [&str; 3] = ["port", "ported", "porting"];
const BACK: [&str; 5] = ["revert", "reverted", "reverting", "backing", "rolling"];
const DONE: [&str; 14] = [
    "fix", "fixed", "fixes", "commit", "committed", "applied", "resolved", "resolve", "done", "implemented", "port",
    "ported", "merged", "backported",
];
/// Words that may stand between.
const FILLING: [&str; 26] = [
    "in", "from", "of", "for", "to", "the", "a", "as", "with", "by", "on", "at", "out", "back", "trunk", "branch",
    "fix", "patch", "change", "changes", "commit", "committed", "svn", "subversion", "into", "via",
];
/// Words that say that a number is a revision.
const CALLED: [&str; 5] = ["rev", "revs", "revision", "revisions", "r"];

/// What a commit was called: `git-svn-id: https://svn.example.org/trunk@820268 13f79535-…`.
pub(super) fn own(message: &str) -> Option<u32> {
    let line = message.lines().rev().find_map(|line| line.trim().strip_prefix("git-svn-id:"))?;
    let (_, rest) = line.rsplit_once('@')?;
    rest.split_whitespace().next()?.parse().ok().filter(|number| *number > 0)
}

/// The revisions that a commit merged, by its message: `merging 820268,821106`, `Port of rev 501500`. A range is no list: it
/// leaves out what other branches had.
pub(super) fn merged(message: &str) -> Vec<u32> {
    let mut found = read(message, &MERGED, false);
    found.extend(read(message, &PORTED, true));
    found.truncate(MOST);
    found
}

/// Those that it takes back: `reverting rev 818936`.
pub(super) fn taken_back(message: &str) -> Vec<u32> {
    read(message, &BACK, false)
}

/// The revisions in which something was done, by a comment: `Fixed with svn revision 1329662`, `ported fix to trunk: r514694`.
/// A number alone may be anything there.
pub fn told(comment: &str) -> Vec<u32> {
    read(comment, &DONE, true)
}

/// Numbers behind one of these words, with nothing but small words between.
fn read(text: &str, verbs: &[&str], called: bool) -> Vec<u32> {
    let mut found = Vec::new();
    for line in text.lines().filter(|line| !line.trim_start().starts_with("git-svn-id:")) {
        let words: Vec<String> = line.split_whitespace().map(str::to_lowercase).collect();
        let mut at = 0;
        while let Some(word) = words.get(at) {
            at += 1;
            let ended = word.ends_with(['.', ';']);
            if verbs.contains(&bare(word)) && !ended {
                at = list(&words, at, called, &mut found);
            }
        }
    }
    found.truncate(MOST);
    found
}

/// Reads the numbers behind a word and answers with where to go on.
fn list(words: &[String], from: usize, called: bool, found: &mut Vec<u32>) -> usize {
    let mut at = from;
    let mut is_called = !called;
    let mut any = false;
    while let Some(word) = words.get(at).filter(|_| any || at < from + BETWEEN) {
        let plain = bare(word);
        let read = numbers(word, is_called);
        if !read.is_empty() {
            any = true;
            found.extend(read.into_iter().filter(|number| *number > 0));
        } else if CALLED.contains(&plain) || matches!(plain, "-c" | "-r") {
            is_called = true;
        } else if any && !matches!(plain, "and" | "&" | "+" | "") || !any && !is_filling(plain) {
            break;
        }
        at += 1;
    }
    at
}

fn is_filling(word: &str) -> bool {
    FILLING.contains(&word) || word.contains("/trunk") || word.contains("/branches/")
}

fn bare(word: &str) -> &str {
    word.trim_matches(|c: char| !c.is_ascii_alphanumeric() && c != '&' && c != '+' && c != '-')
}

/// `820268,821106`; `r5`, `revision=511084`. None of a range, and of a word that holds anything else.
fn numbers(word: &str, is_called: bool) -> Vec<u32> {
    let word = word.trim_matches(|c: char| "()[].,:;".contains(c));
    // An address of what shows a revision, and a path that one was merged from.
    let (word, is_called) = match word.rsplit_once("revision=").or_else(|| word.rsplit_once("trunk:")) {
        Some((_, number)) => (number, true),
        None => (word, is_called),
    };
    let number = |part: &str| -> Option<u32> {
        let part = part.trim_start_matches("-c").trim_start_matches("-r");
        let digits = part.strip_prefix('r').unwrap_or(part);
        let whole = (5..=8).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
        (whole && (is_called || digits.len() < part.len())).then(|| digits.parse().ok())?
    };
    let read: Option<Vec<u32>> = word.split([',', '&', '+']).filter(|part| !part.is_empty()).map(number).collect();
    read.unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_a_commit_was_called_stands_in_its_last_line() {
        let message =
            "Fix\n\ngit-svn-id: https://svn.example.org/a@b/trunk@820268 13f79535-47bb-0310-9956-ffa450edef68\n";
        assert_eq!(own(message), Some(820_268));
        for none in ["Fix", "git-svn-id: nothing", "git-svn-id: x@0 y", "git-svn-id: x@-1"] {
            assert_eq!(own(none), None, "{none}");
        }
    }

    #[test]
    fn a_merge_names_its_revisions_in_every_way_that_people_do_it() {
        for (message, revisions) in [
            ("merging 820268,821106 - jdbc recovery", &[820_268, 821_106][..]),
            ("merging 923300 and 923694 - in order", &[923_300, 923_694]),
            ("merging 831942: https://issues.apache.org/activemq/browse/AMQ-2474", &[831_942]),
            ("Port of rev 501500 fix for AMQ-1140", &[501_500]),
            ("Merge rev 1181860 from trunk: AMQ-3491 - it", &[1_181_860]),
            ("Backport from trunk revision 883458: Adding", &[883_458]),
            ("Merged /activemq/trunk:r818480", &[818_480]),
            ("merge -c 835874 - resolve AMQ-2483", &[835_874]),
            ("merge -r910315 https://svn.example.org/trunk", &[910_315]),
            ("Merged in revision 473167 from trunk", &[473_167]),
            ("merging revisions 817222:817842", &[]),
            ("Merged /activemq/trunk:r881278-881313 - for AMQ-2475", &[]),
            ("Merge pull request #12345 from ann/x", &[]),
            ("Merge 47261e7b433ff77bf6a60a0c7afb1b1e7b6bb356 into main", &[]),
            ("merge the port 61616 away, as in r820268", &[]),
            ("rolling back change committed in rev 777209", &[]),
        ] {
            assert_eq!(merged(message), revisions, "{message}");
        }
    }

    #[test]
    fn what_takes_revisions_back_says_so() {
        for (message, revisions) in [
            ("reverting rev 818936 re: issue AMQ-2414", &[818_936][..]),
            ("reverting 901832, 903487 - not intended for this branch", &[901_832, 903_487]),
            ("Backing out revision 789520. A mistake", &[789_520]),
            ("rolling back change committed in rev 777209", &[777_209]),
            ("merging 906560 - reverting related AMQ-2563 changes of 905000", &[]),
        ] {
            assert_eq!(taken_back(message), revisions, "{message}");
        }
    }

    #[test]
    fn a_comment_tells_in_which_revision_it_was_done_and_no_other() {
        for (comment, revisions) in [
            ("Fixed with svn revision 1329662", &[1_329_662][..]),
            ("Fixed in http://svn.example.org/viewvc?view=rev&revision=511084 \nneed to port", &[511_084]),
            ("ported fix to trunk: r514694", &[514_694]),
            ("Committed revision 1341521.", &[1_341_521]),
            ("patch applied in r734256, thanks", &[734_256]),
            ("Seems to work with revision 627336", &[]),
            ("I made a patch on today's trunk r906983", &[]),
            ("It was fixed. Still there at r906983", &[]),
            ("fixed in 123456 of our tickets", &[]),
        ] {
            assert_eq!(told(comment), revisions, "{comment}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read_without_a_panic(text in "(?s).{0,200}", words in "(merging|fixed|rev|r1234567|,|12345| )*") {
            for text in [text, words] {
                prop_assert!(merged(&text).len() <= MOST && told(&text).len() <= MOST && taken_back(&text).len() <= MOST);
                let _ = own(&text);
            }
        }
    }
}
