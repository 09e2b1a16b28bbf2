//! Quoted phrases and versions that a text mentions.

use crate::lines::pattern;
use regex::Regex;
use std::collections::HashSet;
use std::sync::LazyLock;

const MOST: usize = 20;

static QUOTED: LazyLock<Regex> =
    LazyLock::new(|| pattern(r#""([^"\n]{1,200})"|[“„]([^”“\n]{1,200})[”“]|«([^»\n]{1,200})»|`([^`\n]{1,200})`"#));

/// Text in double, typographic or back quotes, of 2 to 12 words: an error's words, a button's name.
pub fn phrases(text: &str) -> Vec<String> {
    let mut seen = HashSet::new();
    let text = crate::mask::clip(text, 100_000);
    if !text.contains(['"', '“', '„', '«', '`']) {
        return Vec::new();
    }
    let quoted = QUOTED.captures_iter(text).filter_map(|found| (1..=4).find_map(|group| found.get(group)));
    let phrases = quoted.map(|part| part.as_str().trim()).filter(|phrase| {
        let words = phrase.split_whitespace().count();
        let wordy =
            phrase.split_whitespace().filter(|word| word.chars().filter(|c| c.is_alphabetic()).count() > 1).count();
        (2..=12).contains(&words) && wordy >= 2 && !phrase.contains(['{', '}', '=', ';', '<'])
    });
    phrases.filter(|phrase| seen.insert(phrase.to_lowercase())).take(MOST).map(str::to_owned).collect()
}

/// Versions as written: `v2.3.1-rc1` anywhere, three numbers anywhere, two where the words before say so. No dates, no
/// addresses, no versions of the platform underneath (`Java 1.6`).
pub fn versions(text: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let mut before = "";
    let mut words = crate::mask::clip(text, 100_000).split_whitespace().peekable();
    while let Some(word) = words.next() {
        let bare = word.trim_matches(|c: char| "()[]{},;:!?\"'`*_".contains(c)).trim_end_matches('.');
        let next = words.peek().copied().unwrap_or_default();
        if let Some(version) = version(bare, before, next)
            && !found.iter().any(|known| known == version)
        {
            found.push(version.to_owned());
            if found.len() == MOST {
                break;
            }
        }
        before = word;
    }
    found
}

const NAMED: [&str; 12] = [
    "version", "versions", "release", "releases", "v", "ver", "ver.", "v.", "rel", "upgraded", "upgrade", "fixversion",
];
const NEAR: [&str; 14] =
    ["on", "in", "since", "with", "from", "to", "for", "until", "before", "after", "and", "or", "than", "of"];
const PLATFORM: [&str; 44] = [
    "java", "jdk", "jre", "jvm", "j2se", "j2sdk", "openjdk", "windows", "win", "linux", "ubuntu", "debian", "rhel",
    "centos", "fedora", "solaris", "macos", "osx", "os", "python", "node", "nodejs", "npm", "ruby", "php", "go",
    "rust", ".net", "net", "tomcat", "jetty", "spring", "maven", "gradle", "oracle", "mysql", "postgres", "postgresql",
    "kernel", "firefox", "chrome", "safari", "http", "tls",
];
const UNIT: [&str; 20] = [
    "seconds", "second", "sec", "secs", "s", "ms", "minutes", "minute", "min", "hours", "hour", "days", "gb", "mb",
    "kb", "%", "percent", "times", "x", "million",
];

fn version<'a>(word: &'a str, before: &str, next: &str) -> Option<&'a str> {
    let digits = word.strip_prefix(['v', 'V']).unwrap_or(word);
    let marked = digits.len() < word.len();
    if word.len() > 40 || !digits.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let numbers_end = digits.find(|c: char| !(c.is_ascii_digit() || c == '.')).unwrap_or(digits.len());
    let numbers = digits.get(..numbers_end)?.trim_end_matches('.');
    let suffix = digits.get(numbers.len()..)?;
    let parts: Vec<u32> = numbers.split('.').map(|part| part.parse().ok()).collect::<Option<_>>()?;
    let is_suffix = suffix.is_empty() || is_prerelease(suffix);
    let year = |part: Option<&u32>| part.is_some_and(|part| (1900..2100).contains(part));
    let date = parts.len() == 3 && (year(parts.first()) || year(parts.last())) && !marked;
    let address = parts.len() == 4 && parts.iter().all(|part| *part < 256) && !marked;
    // `5.4.1`, or one number that says what it is: `v3-rc1`.
    let form = (2..=4).contains(&parts.len()) || marked && !parts.is_empty() && suffix.len() > 1;
    if !(is_suffix && form) || date || address {
        return None;
    }
    let said = before.trim_matches(|c: char| "()[]{},;:!?\"'*=".contains(c));
    let word_before = said.to_lowercase();
    let platform = word_before.trim_end_matches(|c: char| c.is_ascii_digit() || "./-".contains(c));
    let unit = next.trim_matches(|c: char| "().,;:!?".contains(c)).to_lowercase();
    if PLATFORM.contains(&platform) || UNIT.contains(&unit.as_str()) {
        return None;
    }
    let named = NAMED.contains(&word_before.as_str());
    let near = NEAR.contains(&word_before.as_str());
    // `ActiveMQ 5.15`: a product's name and its version.
    let product =
        said.starts_with(|c: char| c.is_uppercase()) && said.len() > 2 && !before.ends_with(['.', ':', '!', '?']);
    (marked || named || parts.len() >= 3 || !suffix.is_empty() || near || product).then_some(word)
}

/// `-rc1`, `.Final`, `-SNAPSHOT`, `.x`, `b2`, `-fuse-00-05`.
fn is_prerelease(suffix: &str) -> bool {
    let tail = suffix.trim_start_matches(['-', '.', '_', '+']).to_lowercase();
    let word: String = tail.chars().take_while(char::is_ascii_alphabetic).collect();
    let known = [
        "rc", "alpha", "beta", "snapshot", "final", "ga", "m", "cr", "a", "b", "sp", "fuse", "pre", "dev", "preview",
        "release", "x", "redhat", "patch", "p", "hotfix", "build",
    ];
    known.contains(&word.as_str())
        && tail.chars().all(|c| c.is_ascii_alphanumeric() || ".-".contains(c))
        && tail.len() <= 20
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phrases_are_quoted_words_and_not_code() {
        let text = "It says \"Wire format negotiation timeout\" or “Cannot send”, then `connection reset by peer`. \
                    Press \"OK\" and set \"a = 1; b = 2\".";
        assert_eq!(phrases(text), ["Wire format negotiation timeout", "Cannot send", "connection reset by peer"]);
    }

    #[test]
    fn versions_are_found_by_their_form_or_by_the_words_around_them() {
        for (text, expected) in [
            ("version 5.4.1 fails", vec!["5.4.1"]),
            ("it works on 2.2, not with 2.3.", vec!["2.2", "2.3"]),
            ("ActiveMQ 5.15.0 and v2.3.1-rc1", vec!["5.15.0", "v2.3.1-rc1"]),
            ("since 5.4-SNAPSHOT (release 4.0.2)", vec!["5.4-SNAPSHOT", "4.0.2"]),
        ] {
            assert_eq!(versions(text), expected, "{text}");
        }
    }

    #[test]
    fn dates_addresses_amounts_and_platforms_are_no_versions() {
        for text in [
            "on 2024.05.01 and 01.05.2024",
            "from 10.0.0.1 to 192.168.1.20",
            "in 2.5 seconds",
            "Foo.java:12",
            "with 1.5 GB",
            "Java 1.6 on JDK 1.5.0",
            "12:30:01.5",
            "costs 3.50",
            "ratio was 0.5",
        ] {
            assert_eq!(versions(text), Vec::<String>::new(), "{text}");
        }
    }
}
