//! The version in a tag's name, where the name is one.

use domain::Version;

/// Words that may follow a version without changing which one it is.
const SAME: [&str; 7] = ["final", "ga", "release", "stable", "x", "incubating", "lts"];
/// Words before a number that say it is no version of the product.
const OTHER: [&str; 8] = ["nightly", "build", "backup", "before", "after", "pre-merge", "snapshot", "ci"];

/// `v2.3.1-rc.1`, `release-3.4.0`, `activemq-parent-5.2`, `REL_9_6_1`, `boost-1.70.0`, `2024.11`, `app/v1.2.0`, `5.16.x`.
/// `None` where the name says something else, or more than that: `5.2.0-before-the-merge`.
pub fn version_of(name: &str) -> Option<Version> {
    let last = name.rsplit('/').next().unwrap_or(name);
    let dotted = underscores_as_dots(last);
    let start = start_of_number(&dotted)?;
    let (before, number) = dotted.split_at_checked(start)?;
    let before = before.to_lowercase();
    if OTHER.iter().any(|word| before.contains(word)) {
        return None;
    }
    let end = number.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(number.len());
    let (digits, tail) = number.split_at_checked(end)?;
    let places = digits.split('.').filter(|place| !place.is_empty());
    // A number alone is a version where it stands alone or is called one: `v12`, `release-12`; not `fix-4711`.
    let called = ["", "v", "r", "rel", "release", "version"].contains(&before.trim_end_matches(['-', '.', '_']));
    if (places.clone().count() < 2 && !called) || places.clone().any(|place| place.len() > 8) {
        return None;
    }
    let tail = tail.trim_matches(|c: char| "-.+_ ".contains(c)).to_lowercase();
    let read = Version::parse(number)?;
    (tail.is_empty() || SAME.contains(&tail.as_str()) || is_pre(&read, &tail)).then_some(read)
}

/// `rc1`, `rc.1`, `m4`, `beta`; not `rc1-with-patches`.
fn is_pre(read: &Version, tail: &str) -> bool {
    let rest = tail.trim_start_matches(|c: char| c.is_ascii_alphabetic());
    let rest = rest.trim_start_matches(['.', '-', '_']);
    read.is_prerelease() && rest.chars().all(|c| c.is_ascii_digit() || c == '.')
}

/// Where `Version::parse` begins to read.
fn start_of_number(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    (0..bytes.len()).find(|&at| {
        let before = |back: usize| at.checked_sub(back).and_then(|at| bytes.get(at));
        let marked = before(1).is_some_and(|b| b.eq_ignore_ascii_case(&b'v'))
            && before(2).is_none_or(|b| !b.is_ascii_alphanumeric());
        bytes.get(at).is_some_and(u8::is_ascii_digit)
            && (before(1).is_none_or(|b| !b.is_ascii_alphanumeric()) || marked)
    })
}

/// `REL_9_6_1` → `REL_9.6.1`: an underscore between digits, and a dash between digits where there is no dot
/// (`boost-1-70`).
fn underscores_as_dots(name: &str) -> String {
    let bytes = name.as_bytes();
    let digit = |at: Option<usize>| at.and_then(|at| bytes.get(at)).is_some_and(u8::is_ascii_digit);
    let dotted = name.char_indices().map(|(at, letter)| {
        let between = digit(at.checked_sub(1)) && digit(at.checked_add(1));
        if between && (letter == '_' || (letter == '-' && !name.contains('.'))) { '.' } else { letter }
    });
    dotted.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_tag_is_a_version_in_every_way_that_projects_write_one() {
        for (tag, numbers, pre) in [
            ("v2.3.1-rc.1", &[2, 3, 1][..], true),
            ("release-3.4.0", &[3, 4, 0], false),
            ("activemq-parent-5.2", &[5, 2], false),
            ("activemq-4.0-M4", &[4, 0], true),
            ("activemq-4.0-RC3", &[4, 0], true),
            ("REL_9_6_1", &[9, 6, 1], false),
            ("boost-1-70-0", &[1, 70, 0], false),
            ("2024.11", &[2024, 11], false),
            ("2024-11-30", &[2024, 11, 30], false),
            ("app/v1.2.0", &[1, 2, 0], false),
            ("5.16.x", &[5, 16], false),
            ("5.0.0.Final", &[5, 0, 0], false),
            ("v12", &[12], false),
            ("release/5.19.9", &[5, 19, 9], false),
        ] {
            let read = version_of(tag).unwrap_or_else(|| panic!("{tag} was not read"));
            assert_eq!((read.numbers(), read.is_prerelease()), (numbers, pre), "{tag}");
        }
    }

    #[test]
    fn a_tag_that_says_more_or_something_else_is_no_release() {
        for tag in [
            "5.2.0-before-the-merge",
            "v1.2.0-rc1-with-patches",
            "before-1.2",
            "nightly-2024.01.02",
            "fix-4711",
            "build-12",
            "log4j2",
            "trunk",
            "--upload-pack=x",
            "../../etc/passwd",
            "20240101123456789.1",
            "",
        ] {
            assert!(version_of(tag).is_none(), "{tag}");
        }
    }

    proptest! {
        #[test]
        fn any_name_is_read_without_a_panic_and_a_version_read_once_reads_again(name in ".{0,40}") {
            if let Some(version) = version_of(&name) {
                prop_assert!(!version.numbers().is_empty());
            }
        }
    }
}
