//! Two people changed the same file. Fields are merged one by one, prose line by line; what both changed, each in their own
//! way, stands in the result from both sides, between marks, for somebody to choose.

use crate::document::{Document, Field};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Merged {
    pub text: String,
    /// What somebody has to choose: the names of fields, and `body`. Empty where nothing is left to choose.
    pub conflicts: Vec<String>,
}

/// `base` is what both began with. Which side is which matters for the marks of a conflict alone.
pub fn merge(base: &str, ours: &str, theirs: &str) -> Merged {
    let whole = |text: &str| Merged { text: text.into(), conflicts: Vec::new() };
    if ours == theirs || theirs == base {
        return whole(ours);
    }
    if ours == base {
        return whole(theirs);
    }
    let (base, ours, theirs) = (Document::parse(base), Document::parse(ours), Document::parse(theirs));
    let mut conflicts = Vec::new();
    let fields = fields([base.fields(), ours.fields(), theirs.fields()], &mut conflicts);
    let body = diffy::merge(&base.body, &ours.body, &theirs.body).unwrap_or_else(|marked| {
        conflicts.push("body".into());
        marked
    });
    // Fences as the side has them that changed them, if one did.
    let fenced = if ours.with_fields(Vec::new(), String::new()) == base.with_fields(Vec::new(), String::new()) {
        &theirs
    } else {
        &ours
    };
    Merged { text: fenced.with_fields(fields, body).to_string(), conflicts }
}

/// In the order of the base; what was added comes after it, by name, so that both laptops end with the same file.
fn fields([base, ours, theirs]: [&[Field]; 3], conflicts: &mut Vec<String>) -> Vec<Field> {
    let mut names: Vec<(&str, usize)> = named(base);
    let mut added: Vec<_> = named(ours).into_iter().chain(named(theirs)).filter(|name| !names.contains(name)).collect();
    added.sort_unstable();
    added.dedup();
    names.extend(added);
    let merge_one = |name: (&str, usize)| {
        let of = |side| find(side, name);
        let (was, mine, yours) = (of(base), of(ours), of(theirs));
        let lines = match (mine, yours) {
            (mine, yours) if mine == yours || yours == was => mine.map(str::to_owned),
            (mine, yours) if mine == was => yours.map(str::to_owned),
            (mine, yours) => {
                conflicts.push(name.0.into());
                Some(marked(mine.unwrap_or_default(), yours.unwrap_or_default()))
            }
        };
        lines.map(|lines| Field { key: name.0.into(), lines })
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

fn marked(ours: &str, theirs: &str) -> String {
    format!("<<<<<<< ours\n{ours}=======\n{theirs}>>>>>>> theirs\n")
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
