//! What no single file may be or hold.

use super::Finding;
use super::files::File;

const LONGEST: usize = 400;
const CODE: [&str; 6] = ["rs", "ts", "svelte", "css", "js", "mjs"];

/// A word that promises something for later, or switches a check off. Written in two halves, so that this file keeps
/// its own rule.
struct Banned {
    halves: (&'static str, &'static str),
    /// The kinds of files that it means something in.
    within: &'static [&'static str],
    because: &'static str,
}

const SCRIPT: &[&str] = &["ts", "svelte", "js", "mjs"];
const RUST: &[&str] = &["rs"];
const BANNED: [Banned; 10] = [
    Banned { halves: ("todo", "!("), within: RUST, because: "leaves work for later" },
    Banned { halves: ("unimplemented", "!("), within: RUST, because: "leaves work for later" },
    Banned { halves: ("FIX", "ME"), within: &CODE, because: "leaves work for later: open an issue" },
    Banned { halves: ("XX", "X"), within: &CODE, because: "leaves work for later: open an issue" },
    Banned { halves: ("#[ig", "nore"), within: RUST, because: "switches a test off" },
    Banned { halves: ("#[al", "low("), within: RUST, because: "switches a lint off: say #[expect(…, reason = …)]" },
    Banned {
        halves: ("#![al", "low("), within: RUST, because: "switches a lint off: say #[expect(…, reason = …)]"
    },
    Banned { halves: (".on", "ly("), within: SCRIPT, because: "leaves the other tests out" },
    Banned { halves: (".sk", "ip("), within: SCRIPT, because: "switches a test off" },
    Banned { halves: ("@ts-ig", "nore"), within: SCRIPT, because: "switches the type checker off" },
];

pub fn check(file: &File) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut found = |line: usize, what: String| findings.push(Finding::new(&file.path, line, what));
    if file.path.ends_with("/mod.rs") {
        found(0, "a module lies in x.rs beside x/, never in mod.rs".into());
    }
    let length = file.text.lines().count();
    if file.is(&CODE) && length > LONGEST {
        found(0, format!("has {length} lines; past {LONGEST} a file is cut in two"));
    }
    for (number, line) in file.lines() {
        if line.ends_with([' ', '\t']) && !file.is(&["md"]) {
            found(number, "ends in white space".into());
        }
        for banned in &BANNED {
            let word = [banned.halves.0, banned.halves.1].concat();
            if file.is(banned.within) && stands_alone(line, &word) {
                found(number, format!("`{word}` {}", banned.because));
            }
        }
    }
    findings
}

/// Whether `word` occurs where no longer word goes on around it: `XXXXXX` in a file name's pattern is no remark.
fn stands_alone(line: &str, word: &str) -> bool {
    let part = |char: Option<char>| char.is_some_and(|char| char.is_alphanumeric() || char == '_');
    line.match_indices(word).any(|(at, _)| {
        let (before, rest) = line.split_at(at);
        let after = rest.strip_prefix(word).unwrap_or_default();
        let starts_inside = word.starts_with(char::is_alphanumeric) && part(before.chars().next_back());
        let ends_inside = word.ends_with(char::is_alphanumeric) && part(after.chars().next());
        !starts_inside && !ends_inside
    })
}

#[cfg(test)]
mod tests {
    use super::super::file;
    use super::*;

    fn says(path: &str, text: &str) -> Vec<String> {
        check(&file(path, text)).into_iter().map(|finding| finding.what).collect()
    }

    #[test]
    fn each_banned_word_is_found_in_its_kind_of_file() {
        for banned in &BANNED {
            let text = format!("a\nx {}{}\n", banned.halves.0, banned.halves.1);
            let path = format!("src/a.{}", banned.within[0]);
            let findings = check(&file(&path, &text));
            assert_eq!(findings.len(), 1, "{text}");
            assert_eq!(findings[0].line, 2);
        }
    }

    #[test]
    fn the_same_letters_inside_another_word_are_fine() {
        assert_eq!(says("a.rs", "let name = \"tmp.XXXXXX\"; rows.skip(1)"), Vec::<String>::new());
        assert_eq!(says("a.md", concat!("a remark: FIX", "ME")), Vec::<String>::new());
    }

    #[test]
    fn a_file_past_four_hundred_lines_is_found() {
        assert_eq!(says("a.svelte", &"x\n".repeat(400)), Vec::<String>::new());
        assert_eq!(says("a.svelte", &"x\n".repeat(401)).len(), 1);
        assert_eq!(says("a.sql", &"x\n".repeat(401)), Vec::<String>::new());
    }

    #[test]
    fn mod_rs_is_found() {
        assert_eq!(says("src/a/mod.rs", "").len(), 1);
        assert_eq!(says("src/a/model.rs", ""), Vec::<String>::new());
    }

    #[test]
    fn white_space_at_the_end_of_a_line_is_found() {
        assert_eq!(says("a.css", "a {\n}  \n"), ["ends in white space"]);
        assert_eq!(says("a.rs", "fn a() {}\n"), Vec::<String>::new());
    }
}
