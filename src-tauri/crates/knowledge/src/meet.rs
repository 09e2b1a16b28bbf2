//! What becomes of one file that two laptops have, by what both began with. Pure: where the three come from is the
//! caller's business.

use crate::merge::{Piece, merge};

#[cfg(test)]
mod histories;

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Met {
    /// `None`: the file is gone.
    Whole(Option<Vec<u8>>),
    /// Both changed the same, each in their own way. Nothing of either side is dropped: somebody chooses.
    Asked(Asked),
}

/// A file that somebody has to choose for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// The names of fields, `body`, or `file` where the whole of it is one question.
    pub places: Vec<String>,
    pub pieces: Vec<Piece>,
    /// The file with both sides between marks; empty of what is no text.
    pub text: String,
}

/// Where a whole file is one question.
pub const WHOLE: &str = "file";

pub fn meet(base: Option<&[u8]>, ours: Option<&[u8]>, theirs: Option<&[u8]>) -> Met {
    if ours == theirs || theirs == base {
        return Met::Whole(ours.map(<[u8]>::to_vec));
    }
    if ours == base {
        return Met::Whole(theirs.map(<[u8]>::to_vec));
    }
    let text = |side: &'_ [u8]| std::str::from_utf8(side).ok().map(str::to_owned);
    // What both added began with nothing.
    let (Some(base), Some(ours), Some(theirs)) =
        (text(base.unwrap_or_default()), ours.and_then(text), theirs.and_then(text))
    else {
        let shown = |side: Option<&[u8]>| side.map(|bytes| String::from_utf8_lossy(bytes).into_owned());
        let whole = Piece::Both { place: WHOLE.into(), ours: shown(ours), theirs: shown(theirs) };
        return Met::Asked(Asked { places: vec![WHOLE.into()], pieces: vec![whole], text: String::new() });
    };
    let merged = merge(&base, &ours, &theirs);
    if merged.conflicts.is_empty() {
        Met::Whole(Some(merged.text.into_bytes()))
    } else {
        Met::Asked(Asked { places: merged.conflicts, pieces: merged.pieces, text: merged.text })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn places(met: Met) -> Vec<String> {
        match met {
            Met::Asked(asked) => asked.places,
            Met::Whole(_) => Vec::new(),
        }
    }

    #[test]
    fn what_one_side_left_alone_is_as_the_other_has_it_gone_or_there() {
        let (a, b): (&[u8], &[u8]) = (b"a\n", b"b\n");
        for (base, ours, theirs, result) in [
            (Some(a), Some(a), Some(b), Some(b)),
            (Some(a), Some(b), Some(a), Some(b)),
            (Some(a), None, Some(a), None),
            (Some(a), Some(a), None, None),
            (None, Some(a), None, Some(a)),
            (None, None, Some(a), Some(a)),
            (Some(a), None, None, None),
        ] {
            assert_eq!(meet(base, ours, theirs), Met::Whole(result.map(<[u8]>::to_vec)));
        }
    }

    #[test]
    fn a_file_that_one_took_away_and_the_other_changed_is_a_question() {
        assert_eq!(places(meet(Some(b"a\n"), None, Some(b"b\n"))), [WHOLE]);
        assert_eq!(places(meet(Some(b"a\n"), Some(b"b\n"), None)), [WHOLE]);
    }

    #[test]
    fn what_is_no_text_is_chosen_as_a_whole() {
        assert_eq!(places(meet(Some(b"a"), Some(b"\xff1"), Some(b"\xff2"))), [WHOLE]);
    }

    #[test]
    fn two_new_files_of_one_name_keep_what_only_one_of_them_has() {
        let (ours, theirs): (&[u8], &[u8]) =
            (b"---\nid: A\nowner: Ann\n---\nsame\n", b"---\nid: A\neta: 2026-12-01\n---\nsame\n");
        let Met::Whole(Some(text)) = meet(None, Some(ours), Some(theirs)) else { panic!() };
        assert_eq!(String::from_utf8(text).unwrap(), "---\neta: 2026-12-01\nid: A\nowner: Ann\n---\nsame\n");
    }
}
