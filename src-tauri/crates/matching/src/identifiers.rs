//! Names that are searched whole: ticket keys, codes, hex, SHAs, addresses, qualified names, files, versions, settings.

use crate::codes;
use std::collections::HashSet;

/// A pasted log has thousands; the first ones identify it.
const MOST: usize = 200;
const LONGEST: usize = 120;
const READ: usize = 256 * 1024;

/// As written, without repeats, in order. Also used at ingest on every ticket: one pass, and most words are dismissed
/// by the kinds of bytes in them.
pub fn identifiers(text: &str) -> Vec<String> {
    let text = crate::mask::clip(text, READ);
    let mut seen: HashSet<&str> = HashSet::new();
    let mut found = Vec::new();
    for word in text.split(is_edge) {
        let Some(word) = Some(trim(word)).filter(|word| (3..=LONGEST).contains(&word.len())) else { continue };
        if is_identifier(word) && seen.insert(word) {
            found.push(word.to_owned());
            if found.len() == MOST {
                break;
            }
        }
    }
    found
}

/// Asked of every character of every import: looked up, not searched for.
fn is_edge(c: char) -> bool {
    EDGES.get(c as usize).copied().unwrap_or(true)
}

/// What is not ASCII is an edge too.
static EDGES: [bool; 128] = edges();

#[expect(clippy::indexing_slicing, reason = "it runs at compile time, where a place that is not there is an error")]
const fn edges() -> [bool; 128] {
    let mut edges = [false; 128];
    let marks = b"\"'`()[]{}<>,;=|!?&*^ \t\n\x0b\x0c\r";
    let mut at = 0;
    while at < marks.len() {
        edges[marks[at] as usize] = true;
        at += 1;
    }
    edges
}

/// A sentence's punctuation is not part of the name it follows.
fn trim(word: &str) -> &str {
    let bare = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_alphanumeric);
    if bare(word.as_bytes().first()) && bare(word.as_bytes().last()) {
        return word;
    }
    let word = word.trim_end_matches(['.', ':', '-', '/', '\\', '#', '~', '%', '+', '@', '$']);
    word.trim_start_matches(['.', ':', '#', '~', '%', '+', '@']).trim_start_matches("//")
}

/// The kinds of bytes in a word.
#[derive(Default)]
struct Kinds {
    lower: bool,
    upper: bool,
    digit: bool,
    dot: u8,
    slash: u8,
    colon: u8,
    under: bool,
    dash: bool,
    at: bool,
    mark: bool,
    odd: bool,
}

impl Kinds {
    fn of(word: &str) -> Self {
        let mut kinds = Self::default();
        for byte in word.bytes() {
            match byte {
                b'a'..=b'z' => kinds.lower = true,
                b'A'..=b'Z' => kinds.upper = true,
                b'0'..=b'9' => kinds.digit = true,
                b'.' => kinds.dot = kinds.dot.saturating_add(1),
                b'/' | b'\\' => kinds.slash = kinds.slash.saturating_add(1),
                b':' => kinds.colon = kinds.colon.saturating_add(1),
                b'_' => kinds.under = true,
                b'-' => kinds.dash = true,
                b'@' => kinds.at = true,
                b'$' | b'#' | b'+' | b'~' => kinds.mark = true,
                _ => kinds.odd = true,
            }
        }
        kinds
    }

    fn is_plain(&self) -> bool {
        !(self.digit || self.under || self.at || self.mark || self.dash)
            && self.dot == 0
            && self.slash == 0
            && self.colon == 0
    }
}

fn is_identifier(word: &str) -> bool {
    let kinds = Kinds::of(word);
    if kinds.odd || !(kinds.lower || kinds.upper || kinds.digit) {
        return false;
    }
    if kinds.is_plain() {
        return kinds.upper && kinds.lower && is_camel(word);
    }
    if word.contains("://") {
        return false;
    }
    if kinds.at {
        return is_address(word);
    }
    if kinds.digit && (is_key(word) || is_hex(word) || is_uuid(word) || is_version(word)) {
        return true;
    }
    if kinds.dot > 0 || kinds.slash > 0 || kinds.colon > 0 {
        return (kinds.lower || kinds.upper) && is_qualified(word, &kinds);
    }
    if let Some(option) = word.strip_prefix("--") {
        return option.len() >= 4 && option.contains('-');
    }
    if kinds.dash {
        return false;
    }
    if kinds.under {
        return word.len() >= 5 && word.trim_matches('_').contains('_') && (kinds.lower || kinds.upper);
    }
    if kinds.digit && kinds.upper && !kinds.lower {
        return is_code(word);
    }
    is_camel(word)
}

/// `maxFrameSize`, `NullPointerException`, `IOException`; not `Broker`, `URLs`, `JMS`.
fn is_camel(word: &str) -> bool {
    let bytes = word.as_bytes();
    let humps = bytes
        .iter()
        .zip(bytes.iter().skip(1))
        .filter(|(a, b)| a.is_ascii_lowercase() && b.is_ascii_uppercase())
        .count();
    let acronym = bytes.iter().take_while(|b| b.is_ascii_uppercase()).count() >= 2
        && bytes.iter().filter(|b| b.is_ascii_lowercase()).count() >= 4;
    word.len() >= 6 && (humps > 0 || acronym)
}

fn is_address(word: &str) -> bool {
    let Some((name, host)) = word.split_once('@') else { return false };
    let object = host.len() >= 5 && host.len() <= 8 && host.bytes().all(|b| b.is_ascii_hexdigit());
    let host_fits = host.contains('.')
        && !host.contains(['@', '/', ':'])
        && host.rsplit('.').next().is_some_and(|end| end.len() >= 2 && end.bytes().all(|b| b.is_ascii_alphabetic()));
    !name.is_empty() && !object && host_fits
}

/// `AMQ-1234`, `CVE-2021-44228`, `ORA-00942`; not `UTF-8`, `SHA-256`, `ISO-8859-1`.
fn is_key(word: &str) -> bool {
    let Some((project, number)) = word.split_once('-') else { return false };
    let project_fits = (2..=12).contains(&project.len())
        && project.starts_with(|c: char| c.is_ascii_uppercase())
        && project.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'_');
    let number_fits =
        !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit() || b == b'-') && number.len() <= 14;
    project_fits
        && number_fits
        && ![
            "UTF", "ISO", "SHA", "AES", "RSA", "TLS", "SSL", "RFC", "IPV", "HTTP", "CP", "JMS", "COVID", "MD", "STEP",
            "PART",
        ]
        .contains(&project)
}

/// `0x8007000E`, or 7 to 40 hex digits with a digit and a letter: a commit.
fn is_hex(word: &str) -> bool {
    let hex = |text: &str| text.bytes().all(|b| b.is_ascii_hexdigit());
    if let Some(digits) = word.strip_prefix("0x").or_else(|| word.strip_prefix("0X")) {
        return digits.len() >= 2 && hex(digits);
    }
    (7..=40).contains(&word.len())
        && hex(word)
        && word.bytes().any(|b| b.is_ascii_alphabetic())
        && word.bytes().any(|b| b.is_ascii_digit())
        && !(word.bytes().any(|b| b.is_ascii_lowercase()) && word.bytes().any(|b| b.is_ascii_uppercase()))
}

fn is_uuid(word: &str) -> bool {
    word.len() == 36
        && word.split('-').map(str::len).eq([8, 4, 4, 4, 12])
        && word.bytes().all(|b| b == b'-' || b.is_ascii_hexdigit())
}

/// `v2.3.1-rc1`, `5.4.1`, `5.4-SNAPSHOT`; not `2.2` (a number) and not `10.0.0.1` (an address).
fn is_version(word: &str) -> bool {
    let digits = word.strip_prefix(['v', 'V']).unwrap_or(word);
    if !digits.starts_with(|c: char| c.is_ascii_digit()) || !digits.contains('.') {
        return false;
    }
    let (numbers, suffix) =
        digits.split_at(digits.find(|c: char| !(c.is_ascii_digit() || c == '.')).unwrap_or(digits.len()));
    let parts = numbers.trim_end_matches('.').split('.').count();
    let suffix_fits = suffix.is_empty()
        || (suffix.starts_with(['-', '.', '_']) || numbers.ends_with('.') || suffix.len() <= 6)
            && suffix.bytes().all(|b| b.is_ascii_alphanumeric() || b".-_".contains(&b))
            && suffix.bytes().any(|b| b.is_ascii_alphabetic());
    let long = parts == 3 || parts > 1 && (digits.len() < word.len() || !suffix.is_empty() && !is_unit(suffix));
    suffix_fits && long && !numbers.split('.').any(|part| part.len() > 5) && numbers.len() <= 20
}

fn is_unit(suffix: &str) -> bool {
    let suffix = suffix.trim_start_matches(['-', '.', '_']).to_ascii_lowercase();
    [
        "s", "ms", "sec", "secs", "m", "h", "gb", "mb", "kb", "g", "k", "x", "ghz", "mhz", "gib", "mib", "min", "mins",
        "us", "ns", "th", "st", "nd", "d",
    ]
    .contains(&suffix.as_str())
}

/// `AMQ119031`, `TS2345`, `E0499`, `SQL0204N`.
fn is_code(word: &str) -> bool {
    let letters = word.bytes().take_while(u8::is_ascii_uppercase).count();
    let digits = word.bytes().skip(letters).take_while(u8::is_ascii_digit).count();
    let rest = word.len().saturating_sub(letters + digits);
    letters >= 1 && digits >= 3 && rest <= 1 && codes::is_product_code(word)
}

/// `org.apache.Foo$Bar`, `com/acme/pay.rs:42`, `max.frame.size`, `std::io::Error`, `Foo#bar`, `app\Http\Kernel`.
fn is_qualified(word: &str, kinds: &Kinds) -> bool {
    let (path, line) = match word.rsplit_once(':') {
        Some((path, line)) if line.bytes().all(|b| b.is_ascii_digit()) && !path.ends_with(':') => (path, true),
        _ => (word, false),
    };
    let parts: Vec<&str> = path.split(['.', '/', '\\', ':', '#', '$']).filter(|part| !part.is_empty()).collect();
    let named = |part: &&str| part.bytes().all(|b| b.is_ascii_alphanumeric() || b"_-+~@%".contains(&b));
    let letters = |part: &&str| part.bytes().any(|b| b.is_ascii_alphabetic());
    if !parts.iter().all(named) || !parts.iter().any(|part| part.len() >= 3 && letters(part)) || path.len() < 5 {
        return false;
    }
    if kinds.colon > u8::from(line) && !path.contains("::") && !is_drive(path) {
        return false;
    }
    if has_extension(path) {
        return true;
    }
    let lettered = parts.iter().filter(|part| letters(part) && part.len() > 1).count();
    let telling = kinds.under || parts.iter().any(|part| is_camel(part)) || path.contains("::") || path.contains('#');
    // `either/or`, `TCP/IP`, `fails.The`, `readme.Then`: prose. A host name is no name of ours either.
    if kinds.slash > 0 && kinds.dot == 0 {
        return lettered >= 3
            && parts.len() >= 3
            && (word.starts_with(['/', '\\']) || telling || parts.len() >= 4 || is_drive(path))
            || telling && lettered >= 2;
    }
    match parts.len() {
        0 | 1 => false,
        2 => telling && lettered == 2,
        _ => lettered >= 2 && parts.iter().filter(|part| part.len() > 1).count() * 2 >= parts.len(),
    }
}

fn is_drive(path: &str) -> bool {
    path.get(1..3).is_some_and(|mark| mark == ":\\" || mark == ":/")
}

fn has_extension(path: &str) -> bool {
    const KNOWN: &[&str] = &[
        "java", "kt", "scala", "groovy", "py", "js", "ts", "jsx", "tsx", "mjs", "cjs", "vue", "svelte", "cs", "fs",
        "vb", "go", "rs", "rb", "erb", "php", "c", "h", "cc", "cpp", "hpp", "m", "mm", "swift", "xml", "json", "yml",
        "yaml", "toml", "ini", "cfg", "conf", "properties", "log", "sql", "sh", "bat", "ps1", "jar", "war", "zip",
        "dll", "exe", "so", "html", "jsp", "css", "csv", "txt", "lock", "service", "db", "env", "md", "xsd", "wsdl",
        "patch", "diff", "tar", "gz",
    ];
    path.rsplit_once('.').is_some_and(|(name, end)| name.len() > 1 && KNOWN.contains(&end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_as_written_once_and_in_order() {
        let text = "See AMQ-1234 (and AMQ-1234): org.apache.Foo$Bar.run(Foo.java:12), com/acme/pay.rs:42, v2.3.1-rc1, \
            max.frame.size=1; ORA-00942, 0x8007000E, commit 1a2b3c4d5, mail jane.doe@example.org. CVE-2021-44228! \
            maxInactivityDuration, user_id, TS2345 `std::io::Error` --max-frame-size IOException /var/log/syslog";
        assert_eq!(
            identifiers(text),
            [
                "AMQ-1234", "org.apache.Foo$Bar.run", "Foo.java:12", "com/acme/pay.rs:42", "v2.3.1-rc1",
                "max.frame.size", "ORA-00942", "0x8007000E", "1a2b3c4d5", "jane.doe@example.org", "CVE-2021-44228",
                "maxInactivityDuration", "user_id", "TS2345", "std::io::Error", "--max-frame-size", "IOException",
                "/var/log/syslog",
            ]
        );
    }

    #[test]
    fn prose_has_none() {
        let text = "E.g. the client/server part fails.The broker (i.e. and/or both) costs 2.2 or 10.5 at 10:30, 12:30:01; \
            UTF-8 and SHA-256 are state-of-the-art. See http://example.org/x for URLs on 10.0.0.1:61616, 2.5s later... \
            1234567 deadbeef Broker JMS U.S.A. e.g., 30th";
        assert_eq!(identifiers(text), Vec::<String>::new());
    }

    #[test]
    fn a_pasted_log_gives_no_more_than_the_cap() {
        let text: String = (0..1000).map(|n| format!("key_name_{n} ")).collect();
        assert_eq!(identifiers(&text).len(), MOST);
    }
}
