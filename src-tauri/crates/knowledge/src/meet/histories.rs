//! Two laptops edit offline, in any order, and meet in one place: nothing that was written is lost, and both end the same.

use super::{Met, Piece, meet};
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// Every file by its name.
type Tree = BTreeMap<u8, String>;

#[derive(Clone, Debug)]
enum Step {
    /// Writes a new value into a field of a file, or makes the file.
    Field {
        file: u8,
        field: u8,
    },
    /// Writes a new line into the text, or over the one that stands there.
    Line {
        file: u8,
        at: usize,
        over: bool,
    },
    DropField {
        file: u8,
        field: u8,
    },
    DropLine {
        file: u8,
        at: usize,
    },
    DropFile {
        file: u8,
    },
    /// Gets what the team did, chooses where it has to (each choice by the next of these numbers), and shares.
    Share {
        choices: Vec<u8>,
    },
}

struct Laptop {
    /// As it was when it was last shared.
    base: Tree,
    ours: Tree,
}

/// Unique words, so that each can be looked for.
fn words(tree: &Tree) -> BTreeSet<String> {
    tree.values().flat_map(|text| words_of(text)).collect()
}

fn words_of(text: &str) -> BTreeSet<String> {
    text.split_whitespace().filter(|word| word.starts_with("word")).map(str::to_owned).collect()
}

/// Fields and lines of a file. Every third has Windows' ends of lines.
fn parts(text: &str) -> (Vec<String>, Vec<String>) {
    let mut halves = text.splitn(3, "---\n").skip(1);
    let lines = |half: Option<&str>| half.unwrap_or_default().lines().map(str::to_owned).collect::<Vec<_>>();
    (lines(halves.next()), lines(halves.next()))
}

fn whole((fields, lines): &(Vec<String>, Vec<String>)) -> String {
    let end = |lines: &[String]| lines.iter().map(|line| format!("{line}\n")).collect::<String>();
    format!("---\n{}---\n{}", end(fields), end(lines))
}

fn edit(laptop: &mut Laptop, step: &Step, word: &str) {
    let (Step::Field { file, .. }
    | Step::Line { file, .. }
    | Step::DropField { file, .. }
    | Step::DropLine { file, .. }
    | Step::DropFile { file }) = step
    else {
        return;
    };
    let mut text = parts(laptop.ours.get(file).map_or("", String::as_str));
    match step {
        Step::Field { field, .. } => {
            let name = format!("f{field}:");
            let line = format!("{name} {word}");
            match text.0.iter_mut().find(|line| line.starts_with(&name)) {
                Some(old) => *old = line,
                None => text.0.push(line),
            }
        }
        Step::Line { at, over, .. } => {
            let at = at % (text.1.len() + 1);
            match text.1.get_mut(at) {
                Some(old) if *over => *old = word.to_owned(),
                _ => text.1.insert(at, word.to_owned()),
            }
        }
        Step::DropField { field, .. } => text.0.retain(|line| !line.starts_with(&format!("f{field}:"))),
        Step::DropLine { at, .. } if !text.1.is_empty() => drop(text.1.remove(at % text.1.len())),
        Step::DropLine { .. } | Step::Share { .. } => {}
        Step::DropFile { file } => {
            laptop.ours.remove(file);
            return;
        }
    }
    laptop.ours.insert(*file, whole(&text));
}

/// Answers with the words that somebody chose to drop.
fn share(laptop: &mut Laptop, remote: &mut Tree, choices: &[u8]) -> BTreeSet<String> {
    let (mut dropped, mut merged, mut next) = (BTreeSet::new(), Tree::new(), choices.iter().cycle());
    let files: BTreeSet<u8> = laptop.ours.keys().chain(remote.keys()).copied().collect();
    for file in files {
        let of = |tree: &'_ Tree| tree.get(&file).cloned();
        let (base, ours, theirs) = (of(&laptop.base), of(&laptop.ours), of(remote));
        let bytes = |side: &'_ Option<String>| side.clone().map(String::into_bytes);
        let text = match meet(bytes(&base).as_deref(), bytes(&ours).as_deref(), bytes(&theirs).as_deref()) {
            Met::Whole(text) => text.map(|text| String::from_utf8(text).unwrap()),
            Met::Asked(asked) => {
                let mut text = Some(String::new());
                for piece in asked.pieces {
                    let (kept, gone) = match piece {
                        Piece::Agreed(lines) => (Some(lines), None),
                        Piece::Both { ours, theirs, .. } => match next.next().unwrap_or(&0) % 3 {
                            0 => (ours, theirs),
                            1 => (theirs, ours),
                            _ => (Some(ours.unwrap_or_default() + &theirs.unwrap_or_default()), None),
                        },
                    };
                    dropped.extend(words_of(&gone.unwrap_or_default()));
                    text = text.zip(kept).map(|(text, kept)| text + &kept);
                }
                text
            }
        };
        merged.extend(text.map(|text| (file, text)));
    }
    // Nothing that is new on either side is gone, but for what somebody chose to drop; what one side took away and the
    // other left alone does not come back.
    let (was, ours, theirs, is) = (words(&laptop.base), words(&laptop.ours), words(remote), words(&merged));
    for word in ours.union(&theirs) {
        let new = !was.contains(word);
        let kept = ours.contains(word) && theirs.contains(word);
        assert!(!(new || kept) || is.contains(word) || dropped.contains(word), "{word} was lost");
    }
    assert!(is.iter().all(|word| ours.contains(word) || theirs.contains(word)));
    laptop.ours.clone_from(&merged);
    laptop.base.clone_from(&merged);
    *remote = merged;
    dropped
}

fn steps() -> impl Strategy<Value = Vec<(bool, Step)>> {
    let file = 0u8..3;
    let step = prop_oneof![
        4 => (file.clone(), 0u8..4).prop_map(|(file, field)| Step::Field { file, field }),
        4 => (file.clone(), 0usize..8, any::<bool>()).prop_map(|(file, at, over)| Step::Line { file, at, over }),
        1 => (file.clone(), 0u8..4).prop_map(|(file, field)| Step::DropField { file, field }),
        1 => (file.clone(), 0usize..8).prop_map(|(file, at)| Step::DropLine { file, at }),
        1 => file.prop_map(|file| Step::DropFile { file }),
        3 => proptest::collection::vec(any::<u8>(), 1..5).prop_map(|choices| Step::Share { choices }),
    ];
    proptest::collection::vec((any::<bool>(), step), 1..40)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(3_000))]

    #[test]
    fn two_laptops_lose_no_write_and_end_with_the_same_files(steps in steps()) {
        let fresh = || Laptop { base: Tree::new(), ours: Tree::new() };
        let (mut laptops, mut remote) = ([fresh(), fresh()], Tree::new());
        for (number, (which, step)) in steps.iter().enumerate() {
            let laptop = &mut laptops[usize::from(*which)];
            match step {
                Step::Share { choices } => drop(share(laptop, &mut remote, choices)),
                _ => edit(laptop, step, &format!("word{number}")),
            }
        }
        for which in [0, 1, 0] {
            share(&mut laptops[which], &mut remote, &[2]);
        }
        prop_assert_eq!(&laptops[0].ours, &remote);
        prop_assert_eq!(&laptops[1].ours, &remote);
    }
}
