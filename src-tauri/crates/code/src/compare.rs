//! Two versions of one file, as what stayed, went and came.

use crate::{Result, Source, error::Doing};
use git2::{DiffOptions, Patch};

/// Lines of one comparison that are kept; beyond that the two are different files.
const MOST: usize = 5_000;

/// A stretch in which something changed, with a little of what stayed around it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hunk {
    pub lines: Vec<Changed>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Changed {
    /// Its number in the older file; `None` of a line that came.
    pub older: Option<u32>,
    /// Its number in the newer one; `None` of a line that went.
    pub newer: Option<u32>,
    /// Without its end.
    pub text: String,
}

/// What changed between two files, and whether some of it was left out.
pub struct Comparison {
    pub hunks: Vec<Hunk>,
    pub cut: bool,
}

impl Source {
    /// Nothing where both are the same.
    pub fn compare(&self, newer: &Self) -> Result<Comparison> {
        const DOING: &str = "compare two versions of a file";
        let mut options = DiffOptions::new();
        options.context_lines(3);
        let patch = Patch::from_buffers(self.bytes(), None, newer.bytes(), None, Some(&mut options)).doing(DOING)?;
        let mut hunks = Vec::new();
        let mut left = MOST;
        for at in 0..patch.num_hunks() {
            let count = patch.num_lines_in_hunk(at).doing(DOING)?;
            let mut lines = Vec::new();
            for line in 0..count.min(left) {
                let line = patch.line_in_hunk(at, line).doing(DOING)?;
                // What git says of a missing line break at the end of a file is no line of it.
                if matches!(line.origin(), ' ' | '+' | '-') {
                    lines.push(changed(line.old_lineno(), line.new_lineno(), line.content()));
                }
            }
            left -= count.min(left);
            hunks.push(Hunk { lines });
            if left == 0 {
                return Ok(Comparison { cut: true, hunks });
            }
        }
        Ok(Comparison { hunks, cut: false })
    }
}

impl Source {
    /// How many lines a newer text kept, and where one of them is in it; `Err` of one that is gone: what stands in its place.
    pub(crate) fn line_in(&self, newer: &Self, line: u32) -> Result<(usize, std::result::Result<u32, u32>)> {
        const DOING: &str = "follow a line through two versions of a file";
        let mut options = DiffOptions::new();
        options.context_lines(0);
        let patch = Patch::from_buffers(self.bytes(), None, newer.bytes(), None, Some(&mut options)).doing(DOING)?;
        let mut lost = 0usize;
        // How far what stands behind the last change before the line has moved.
        let mut moved = 0i64;
        let mut there = None;
        for at in 0..patch.num_hunks() {
            let (hunk, _) = patch.hunk(at).doing(DOING)?;
            let (start, old, new) = (hunk.old_start(), hunk.old_lines(), hunk.new_lines());
            lost += old as usize;
            // Where no line of a side is in it, git names the one before.
            let first = if old == 0 { start.saturating_add(1) } else { start };
            if there.is_none() && line >= first {
                if line < first.saturating_add(old) {
                    there = Some(Err(hunk.new_start().saturating_add((line - first).min(new.saturating_sub(1)))));
                }
                let behind = |start: u32, count: u32| i64::from(start) + i64::from(count.max(1));
                moved = behind(hunk.new_start(), new) - behind(start, old);
            }
        }
        let kept = (self.len() as usize).saturating_sub(lost);
        let same = u32::try_from(i64::from(line) + moved).unwrap_or(line);
        Ok((kept, there.unwrap_or(Ok(same))))
    }
}

fn changed(older: Option<u32>, newer: Option<u32>, content: &[u8]) -> Changed {
    let content = content.strip_suffix(b"\n").unwrap_or(content);
    let content = content.strip_suffix(b"\r").unwrap_or(content);
    Changed { older, newer, text: String::from_utf8_lossy(content.get(..2_000).unwrap_or(content)).into_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn compared(older: &str, newer: &str) -> Comparison {
        let source = |text: &str| Source::of("cart.rs", text.as_bytes().to_vec()).unwrap();
        source(older).compare(&source(newer)).unwrap()
    }

    #[test]
    fn what_stayed_went_and_came_has_its_numbers_in_both_files() {
        let found = compared("a\nb\nc\n", "a\nB\nc\nd");
        let lines: Vec<_> =
            found.hunks.iter().flat_map(|hunk| &hunk.lines).map(|l| (l.older, l.newer, &*l.text)).collect();
        let (some, none) = (Some, None);
        assert_eq!(
            lines,
            [
                (some(1), some(1), "a"),
                (some(2), none, "b"),
                (none, some(2), "B"),
                (some(3), some(3), "c"),
                (none, some(4), "d")
            ]
        );
        assert!(compared("a\n", "a\n").hunks.is_empty());
        assert_eq!(compared("", "a\n").hunks[0].lines.len(), 1);
    }

    #[test]
    fn two_files_that_share_nothing_are_cut_and_say_so() {
        let long = |line: &str| format!("{line}\n").repeat(4_000);
        let found = compared(&long("a"), &long("b"));
        assert!(found.cut);
        assert_eq!(found.hunks.iter().map(|hunk| hunk.lines.len()).sum::<usize>(), MOST);
    }
}
