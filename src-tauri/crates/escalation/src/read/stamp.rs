//! Times that a text tells, as it writes them.

use super::{head, pattern};
use regex::Regex;
use std::sync::LazyLock;

const MOST: usize = 6;
const DAYS: &str = "monday|tuesday|wednesday|thursday|friday|saturday|sunday";

static SINCE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&format!(
        r"(?i)\b(?:(?:since|from|on|until|at|around|about)\s+)?(?:last |this |early |late )?(?:yesterday|today|tonight|midnight|noon|morning|afternoon|evening|night|week|{DAYS})(?: (?:morning|afternoon|evening|night))?(?:,? (?:at |around |about )?\d{{1,2}}:\d{{2}})?\b"
    ))
});

static TIME: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"\b\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2}(?:[.,]\d{1,9})?)?(?:\s?(?:Z|UTC|GMT|[+-]\d{2}:?\d{2})\b)?")
});

/// Day and time together, each once, first ones first. A day alone or a time alone says too little.
pub fn times(text: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for time in TIME.find_iter(head(text)) {
        let written = time.as_str();
        if found.len() < MOST && !found.iter().any(|known| known == written) {
            found.push(written.to_owned());
        }
    }
    found
}

/// As people tell it: `since Monday`, `yesterday at 14:20`. The first, with a time where there is one with it.
pub fn since(text: &str) -> Option<String> {
    let found: Vec<&str> = SINCE.find_iter(head(text)).take(MOST).map(|time| time.as_str()).collect();
    let exact = found.iter().find(|time| time.contains(':'));
    exact.or(found.first()).map(|time| (*time).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_taken_as_it_is_written_with_its_zone_where_it_has_one() {
        let text =
            "2026-03-04 08:12:44,218 ERROR a\n2026-03-04T08:12:44Z b 2026-03-04 08:12 +0100 2026-03-04 alone, 08:12";
        assert_eq!(times(text), ["2026-03-04 08:12:44,218", "2026-03-04T08:12:44Z", "2026-03-04 08:12 +0100"]);
        assert_eq!(since("It fails since Monday. Yesterday at 14:20 again.").as_deref(), Some("Yesterday at 14:20"));
        assert_eq!(since("since midnight nothing comes").as_deref(), Some("since midnight"));
        assert_eq!(since("It fails in weekly reports"), None);
        assert_eq!(times(&"2026-03-04T08:12:44Z ".repeat(9)).len(), 1);
    }
}
