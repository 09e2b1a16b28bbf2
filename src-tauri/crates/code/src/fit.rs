//! How well a version is the text that ran: of several that may be meant, the one that a trace fits is the one.

use crate::{CommitId, History, Version, symbol};
use std::cmp::Reverse;

/// A frame, as far as it says where it was.
#[derive(Clone, Copy, Debug)]
pub struct Trace<'a> {
    pub function: &'a str,
    pub file: &'a str,
    pub line: u32,
}

/// How the frames of a trace stand in a version. A better fit is greater.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Fit {
    /// Frames whose line lies in the function that they name.
    pub agree: u32,
    /// Frames whose file is there, and not the line, or in another function.
    pub differ: u32,
    /// Frames whose line says the name of what the frame within it ran.
    pub call: u32,
}

impl Ord for Fit {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        let key = |fit: &Self| (fit.agree, Reverse(fit.differ), fit.call);
        key(self).cmp(&key(other))
    }
}

impl PartialOrd for Fit {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Version<'_> {
    /// `frames`: innermost first. Every one of them counts, also those that do not fit.
    pub fn fit(&self, frames: &[Trace<'_>]) -> Fit {
        let mut fit = Fit::default();
        let mut within = None;
        for frame in frames {
            let called = within.replace(own_name(frame.function));
            let Some(found) = self.resolve(frame.function, frame.file, Some(frame.line)) else { continue };
            let (Some(line), Some(source)) = (found.line, found.source) else {
                fit.differ += 1;
                continue;
            };
            match symbol::agrees(source.outline(), &found.path, frame.function, line) {
                Some(true) => fit.agree += 1,
                Some(false) => fit.differ += 1,
                None => {}
            }
            let text = source.line(line).unwrap_or_default();
            fit.call += u32::from(called.is_some_and(|name| says(&text, name)));
        }
        fit
    }
}

/// `send` of `org.acme.Cart.send`.
fn own_name(function: &str) -> &str {
    function.rsplit(['.', ':', '#', '$', '/']).next().unwrap_or(function)
}

/// Whether a line has this name as a word of its own.
fn says(line: &str, name: &str) -> bool {
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    name.len() > 2 && line.split(|c| !is_word(c)).any(|word| word == name)
}

impl History {
    /// What a line of development was on a day: back from a commit along its first parents, the first that was made before
    /// then. `None` where all of it is younger.
    pub fn on_day(&self, from: CommitId, before: i64) -> Option<CommitId> {
        let mut at = self.get(self.place(from)?)?;
        while at.committed_at >= before {
            at = self.get(*at.parents.first()?)?;
        }
        Some(at.id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::Project;

    const OLD: &str = "class Cart {\n  void total() {\n    round();\n  }\n  void round() {\n    fail();\n  }\n}\n";

    #[test]
    fn the_version_that_a_trace_came_from_fits_it_best_and_every_frame_counts() {
        let mut project = Project::new();
        let path = "src/Cart.java";
        let old = project.commit(path, OLD, "old");
        let new = project.commit(path, &format!("// one\n// two\n// three\n{OLD}"), "new");
        let gone = project.commit(path, "class Cart {\n}\n", "gone");
        let repository = project.open();
        let trace = |function, file, line| Trace { function, file, line };
        let frames = [
            trace("Cart.round", "Cart.java", 6),
            trace("Cart.total", "Cart.java", 3),
            trace("Missing.run", "Missing.java", 9),
        ];
        let fit = |commit| Version::new(&repository, commit, &repository.files(commit).unwrap()).fit(&frames);
        assert_eq!(fit(old), Fit { agree: 2, differ: 0, call: 1 });
        assert_eq!(fit(new), Fit { agree: 0, differ: 2, call: 0 });
        assert_eq!(fit(gone), Fit { agree: 0, differ: 2, call: 0 });
        assert!(fit(old) > fit(new));
        let (few, many) = (Fit { agree: 2, differ: 0, call: 0 }, Fit { agree: 3, differ: 1, call: 0 });
        assert!(many > few, "no version wins by leaving frames out");
    }

    #[test]
    fn a_line_of_development_is_what_it_was_on_a_day_and_nothing_before_it_began() {
        let mut project = Project::new();
        let first = project.commit("a", "1", "first");
        project.git(&["checkout", "-q", "-b", "side"]);
        let side = project.commit("b", "1", "side");
        project.git(&["checkout", "-q", "main"]);
        project.commit("a", "2", "second");
        let merge = project.step(&["merge", "-q", "--no-ff", "-m", "merge", "side"]);
        let history = project.read().history;
        let made = |commit| history.get(history.place(commit).unwrap()).unwrap().committed_at;
        assert_eq!(history.on_day(merge, i64::MAX), Some(merge));
        assert_eq!(history.on_day(merge, made(side)), Some(first), "what was merged later is not in it");
        assert_eq!(history.on_day(merge, made(first)), None);
    }
}
