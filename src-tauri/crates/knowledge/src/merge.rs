//! Two people changed the same file. Fields are merged one by one, prose line by line; what both changed, each in their own
//! way, stands in the result from both sides, for somebody to choose.

use crate::document::{Document, Field};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Merged {
    /// The file; what is left to choose stands between marks.
    pub text: String,
    /// What somebody has to choose: the names of fields, and `body`. Empty where nothing is left to choose.
    pub conflicts: Vec<String>,
    /// The same file in pieces, in their order.
    pub pieces: Vec<Piece>,
}

/// A stretch of a file that two people changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    Agreed(String),
    /// `None` on a side that has no such file any more.
    Both {
        place: String,
        ours: Option<String>,
        theirs: Option<String>,
    },
}

/// `base` is what both began with. Which side is which matters for the marks of a conflict alone.
pub fn merge(base: &str, ours: &str, theirs: &str) -> Merged {
    let whole = |text: &str| of(vec![Piece::Agreed(text.into())]);
    if ours == theirs || theirs == base {
        return whole(ours);
    }
    if ours == base {
        return whole(theirs);
    }
    let (base, ours, theirs) = (Document::parse(base), Document::parse(ours), Document::parse(theirs));
    let fields = fields([base.fields(), ours.fields(), theirs.fields()]);
    // Fences as the side has them that changed them, if one did.
    let fenced = if ours.fences() == base.fences() { &theirs } else { &ours };
    let mut pieces = Vec::new();
    let fences = if fields.is_empty() { fenced.fences().cloned() } else { Some(fenced.some_fences()) };
    if let Some((open, close)) = fences {
        pieces.push(Piece::Agreed(open));
        // Of files that were put together from two: a field that was the last line of its file.
        pieces.extend(fields.into_iter().map(ended));
        pieces.push(Piece::Agreed(close));
    }
    pieces.extend(body(&base.body, &ours.body, &theirs.body));
    of(pieces)
}

fn of(stretches: Vec<Piece>) -> Merged {
    let (mut text, mut conflicts, mut pieces) = (String::new(), Vec::new(), Vec::new());
    for piece in stretches {
        match (pieces.last_mut(), piece) {
            (Some(Piece::Agreed(before)), Piece::Agreed(more)) => before.push_str(&more),
            (_, piece) => pieces.push(piece),
        }
    }
    for piece in &pieces {
        match piece {
            Piece::Agreed(lines) => text.push_str(lines),
            Piece::Both { place, ours, theirs } => {
                text.push_str(&marked(ours.as_deref().unwrap_or_default(), theirs.as_deref().unwrap_or_default()));
                if !conflicts.contains(place) {
                    conflicts.push(place.clone());
                }
            }
        }
    }
    Merged { text, conflicts, pieces }
}

/// In the order of the base; what was added comes after it, by name, so that both laptops end with the same file.
fn fields([base, ours, theirs]: [&[Field]; 3]) -> Vec<Piece> {
    let mut names: Vec<(&str, usize)> = named(base);
    let mut added: Vec<_> = named(ours).into_iter().chain(named(theirs)).filter(|name| !names.contains(name)).collect();
    added.sort_unstable();
    added.dedup();
    names.extend(added);
    let merge_one = |name: (&str, usize)| {
        let of = |side| find(side, name);
        let (was, mine, yours) = (of(base), of(ours), of(theirs));
        match (mine, yours) {
            (mine, yours) if mine == yours || yours == was => mine.map(|lines| Piece::Agreed(lines.into())),
            (mine, yours) if mine == was => yours.map(|lines| Piece::Agreed(lines.into())),
            (mine, yours) => {
                let side = |lines: Option<&str>| Some(lines.unwrap_or_default().to_owned());
                Some(Piece::Both { place: name.0.into(), ours: side(mine), theirs: side(yours) })
            }
        }
    };
    names.into_iter().filter_map(merge_one).collect()
}

/// Each field by its name, and which of that name it is.
fn named(fields: &[Field]) -> Vec<(&str, usize)> {
    let earlier = |at: usize, key: &str| fields.iter().take(at).filter(|field| field.key == key).count();
    fields.iter().enumerate().map(|(at, field)| (field.key.as_str(), earlier(at, &field.key))).collect()
}

fn find<'a>(fields: &'a [Field], (key, number): (&str, usize)) -> Option<&'a str> {
    fields.iter().filter(|field| field.key == key).nth(number).map(|field| field.lines.as_str())
}

fn ended(piece: Piece) -> Piece {
    let end = |lines: String| if lines.is_empty() || lines.ends_with('\n') { lines } else { lines + "\n" };
    match piece {
        Piece::Agreed(lines) => Piece::Agreed(end(lines)),
        Piece::Both { place, ours, theirs } => Piece::Both { place, ours: ours.map(end), theirs: theirs.map(end) },
    }
}

/// Line by line. The marks between which the two sides stand for a moment are longer than any that the text holds.
fn body(base: &str, ours: &str, theirs: &str) -> Vec<Piece> {
    let longest = [base, ours, theirs].into_iter().flat_map(str::lines).map(marks).max().unwrap_or_default();
    let length = longest.max(6) + 1;
    let mut options = diffy::MergeOptions::new();
    options.set_conflict_marker_length(length).set_incomplete_hunk_style(diffy::IncompleteHunkStyle::Git);
    let marked = match options.merge(base, ours, theirs) {
        Ok(merged) => return vec![Piece::Agreed(merged)],
        Err(marked) => marked,
    };
    let (mut pieces, mut agreed) = (Vec::new(), String::new());
    let (mut sides, mut at) = ([String::new(), String::new(), String::new()], None);
    for line in marked.split_inclusive('\n') {
        let mark = line.chars().next().filter(|_| marks(line) == length);
        match (mark, at) {
            (Some('<'), None) => {
                pieces.push(Piece::Agreed(std::mem::take(&mut agreed)));
                at = Some(0);
            }
            (Some('|'), Some(_)) => at = Some(1),
            (Some('='), Some(_)) => at = Some(2),
            (Some('>'), Some(_)) => {
                let [ours, _, theirs] = std::mem::take(&mut sides);
                pieces.push(Piece::Both { place: "body".into(), ours: Some(ours), theirs: Some(theirs) });
                at = None;
            }
            (_, Some(side)) => sides.get_mut(side).into_iter().for_each(|lines| lines.push_str(line)),
            (_, None) => agreed.push_str(line),
        }
    }
    pieces.push(Piece::Agreed(agreed));
    pieces.retain(|piece| *piece != Piece::Agreed(String::new()));
    pieces
}

/// How long the run of one kind of mark is that a line begins with.
fn marks(line: &str) -> usize {
    let Some(first) = line.chars().next().filter(|c| "<|=>".contains(*c)) else { return 0 };
    line.chars().take_while(|c| *c == first).count()
}

fn marked(ours: &str, theirs: &str) -> String {
    let end = |side: &str| if side.is_empty() || side.ends_with('\n') { "" } else { "\n" };
    format!("<<<<<<< ours\n{ours}{}=======\n{theirs}{}>>>>>>> theirs\n", end(ours), end(theirs))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const BASE: &str = "---\nid: KE-1\nstate: identified\nowner: Anna\n---\n# Stalls\n\nfirst\n\nsecond\n\nthird\n";

    #[test]
    fn edits_of_different_fields_and_lines_meet_without_a_question() {
        let ours = BASE.replace("identified", "fix_released").replace("first", "1st");
        let theirs = BASE.replace("owner: Anna", "owner: Ben\neta: 2026-12-01").replace("third", "3rd");
        let merged = merge(BASE, &ours, &theirs);
        assert_eq!(merged.conflicts, Vec::<String>::new());
        assert_eq!(
            merged.text,
            "---\nid: KE-1\nstate: fix_released\nowner: Ben\neta: 2026-12-01\n---\n# Stalls\n\n1st\n\nsecond\n\n3rd\n"
        );
        assert_eq!(merge(BASE, &theirs, &ours).text, merged.text);
    }

    #[test]
    fn what_both_changed_stands_there_from_both_sides() {
        let ours = BASE.replace("identified", "wont_fix").replace("second", "ours here");
        let theirs = BASE.replace("identified", "closed").replace("second", "theirs here");
        let merged = merge(BASE, &ours, &theirs);
        assert_eq!(merged.conflicts, ["state", "body"]);
        for kept in ["state: wont_fix\n=======\nstate: closed\n", "ours here", "theirs here"] {
            assert!(merged.text.contains(kept), "{}", merged.text);
        }
    }

    #[test]
    fn a_field_that_one_removed_and_the_other_changed_is_a_question() {
        let removed = BASE.replace("owner: Anna\n", "");
        assert_eq!(merge(BASE, &removed, &BASE.replace("Anna", "Ben")).conflicts, ["owner"]);
        assert_eq!(merge(BASE, &removed, &BASE.replace("first", "1st")).text, removed.replace("first", "1st"));
    }

    fn field() -> impl Strategy<Value = String> {
        ("[a-e]", "[x-z]{1,2}").prop_map(|(key, value)| format!("{key}: {value}\n"))
    }

    fn file() -> impl Strategy<Value = String> {
        (proptest::collection::btree_map("[a-e]", "[x-z]{1,2}", 0..4), proptest::collection::vec("[p-r]{1,2}\n", 0..5))
            .prop_map(|(fields, lines)| {
                let fields: String = fields.iter().map(|(key, value)| format!("{key}: {value}\n")).collect();
                format!("---\n{fields}---\n{}", lines.concat())
            })
    }

    #[test]
    fn the_pieces_are_the_file_and_marks_within_it_are_text() {
        let base = "# A\n<<<<<<< seen\nx\n=======\ny\nend";
        let merged = merge(base, &base.replace("x", "ours"), &base.replace("x", "theirs"));
        assert_eq!(
            merged.pieces,
            [
                Piece::Agreed("# A\n<<<<<<< seen\n".into()),
                Piece::Both { place: "body".into(), ours: Some("ours\n".into()), theirs: Some("theirs\n".into()) },
                Piece::Agreed("=======\ny\nend".into()),
            ]
        );
        let last = merge("end", "our end", "their end");
        let sides = ("our end\n".to_owned(), "their end\n".to_owned());
        assert!(
            matches!(&last.pieces[..], [Piece::Both { ours: Some(a), theirs: Some(b), .. }] if (a.into(), b.into()) == sides),
            "{last:?}"
        );
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]

        /// Whoever merges first, both laptops end with the same file, and every line that somebody wrote is in it.
        #[test]
        fn two_laptops_end_with_the_same_file_and_no_line_is_lost(base in file(), ours in file(), theirs in file()) {
            let (here, there) = (merge(&base, &ours, &theirs), merge(&base, &theirs, &ours));
            if here.conflicts.is_empty() {
                prop_assert!(there.conflicts.is_empty());
                prop_assert_eq!(&here.text, &there.text);
            }
            for line in ours.lines().chain(theirs.lines()) {
                let is_new = !base.lines().any(|old| old == line);
                prop_assert!(!is_new || here.text.lines().any(|kept| kept == line), "lost {line}: {}", here.text);
            }
        }

        #[test]
        fn what_one_side_left_alone_is_as_the_other_side_has_it(base in file(), theirs in file(), one in field()) {
            prop_assert_eq!(merge(&base, &base, &theirs).text, theirs.clone());
            prop_assert_eq!(merge(&base, &theirs, &base).text, theirs.clone());
            prop_assert_eq!(merge(&one, &theirs, &theirs).text, theirs);
        }
    }
}
