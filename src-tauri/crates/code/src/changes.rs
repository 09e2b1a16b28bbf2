//! What changed between two versions, nearest first to where something went wrong. Every point is told: the parts of a
//! change sum to what it is ranked by.

use crate::{CommitId, History, Repository, history::Place, repository::oid};
use git2::DiffOptions;
use std::collections::{BTreeMap, HashMap, HashSet};

/// Commits of one file that are compared line by line, newest first.
const MOST_COMPARED: usize = 40;
/// Words of a ticket that are looked for.
const MOST_WORDS: usize = 400;

/// A place to look at: the line of a frame, or a file that somebody named.
#[derive(Clone, Debug, PartialEq)]
pub struct Spot {
    pub path: String,
    pub line: Option<u32>,
    /// As [`crate::Outline::name_at`] has it.
    pub symbol: Option<String>,
    /// 1 for the innermost frame, less for those around it.
    pub weight: f64,
}

/// What to look through.
pub struct Span<'a> {
    /// What it could do before: its commits are left out.
    pub from: Option<CommitId>,
    pub to: CommitId,
    pub spots: &'a [Spot],
    /// The ticket's text.
    pub text: &'a str,
    /// Nothing after this moment, in UTC seconds.
    pub until: Option<i64>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    SameLine,
    SameSymbol,
    SameFile,
    SameDirectory,
    /// Near the end of what is looked through.
    Recent,
    /// It touches few files.
    Small,
    /// Its title has words of the ticket.
    Words,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    pub reason: Reason,
    pub points: f64,
    /// The path, or the words.
    pub detail: String,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    pub place: Place,
    /// Never none; strongest reason first.
    pub parts: Vec<Part>,
}

impl Change {
    pub fn score(&self) -> f64 {
        self.parts.iter().map(|part| part.points).sum()
    }

    /// How near it comes to one of the spots.
    pub fn near(&self) -> Option<Reason> {
        self.parts.iter().map(|part| part.reason).find(|reason| *reason <= Reason::SameDirectory)
    }
}

/// Ranked, best first. Without spots, those that share words with the ticket. Where the repository is elsewhere, lines and
/// functions are not compared.
pub fn changes(history: &History, repository: Option<&Repository>, span: &Span<'_>) -> Vec<Change> {
    let between = between(history, span);
    let mut near: HashMap<Place, Part> = HashMap::new();
    for part in by_path(history, &between, span.spots) {
        keep(&mut near, part);
    }
    if let Some(repository) = repository {
        for part in by_line(history, repository, &between, span.spots) {
            keep(&mut near, part);
        }
    }
    let words = Words::of(history, &between, span.text);
    let time = |place: Place| history.get(place).map_or(0, |commit| commit.committed_at);
    let first = between.iter().map(|place| time(*place)).min().unwrap_or_default();
    let last = between.iter().map(|place| time(*place)).max().unwrap_or_default();
    let mut found: Vec<Change> = Vec::new();
    for place in between {
        let Some(commit) = history.get(place) else { continue };
        let mut parts: Vec<Part> = near.remove(&place).into_iter().collect();
        parts.extend(words.shared(&commit.subject));
        if parts.is_empty() {
            continue;
        }
        let age = (time(place) - first) as f64 / (last - first).max(1) as f64;
        parts.push(Part { reason: Reason::Recent, points: 0.5 * age, detail: String::new() });
        let size = f64::from(commit.files.max(1));
        parts.push(Part { reason: Reason::Small, points: 0.5 / (1.0 + size.ln()), detail: commit.files.to_string() });
        found.push(Change { place, parts });
    }
    found.sort_by(|a, b| b.score().total_cmp(&a.score()).then(b.place.cmp(&a.place)));
    found
}

/// Commits that `to` has and `from` has not, newest first; no merges, which say nothing themselves.
fn between(history: &History, span: &Span<'_>) -> Vec<Place> {
    let old = span.from.and_then(|from| history.place(from)).map(|from| reach(history, from));
    let Some(new) = history.place(span.to).map(|to| reach(history, to)) else { return Vec::new() };
    let is_in = |place: Place| {
        let at = place as usize;
        let had = old.as_ref().and_then(|old| old.get(at)).is_some_and(|had| *had);
        let commit = history.get(place);
        new.get(at) == Some(&true)
            && !had
            && commit.is_some_and(|commit| commit.parents.len() < 2)
            && span.until.is_none_or(|until| commit.is_some_and(|commit| commit.committed_at < until))
    };
    (0..Place::try_from(new.len()).unwrap_or(Place::MAX)).rev().filter(|place| is_in(*place)).collect()
}

fn reach(history: &History, from: Place) -> Vec<bool> {
    let mut has = vec![false; from as usize + 1];
    if let Some(last) = has.last_mut() {
        *last = true;
    }
    // Parents stand before their children: one pass is enough.
    for place in (0..=from).rev() {
        if has.get(place as usize) == Some(&true) {
            for parent in history.get(place).into_iter().flat_map(|commit| &commit.parents) {
                if let Some(has) = has.get_mut(*parent as usize) {
                    *has = true;
                }
            }
        }
    }
    has
}

fn keep(near: &mut HashMap<Place, Part>, (place, part): (Place, Part)) {
    match near.get_mut(&place) {
        Some(known) if known.points >= part.points => {}
        Some(known) => *known = part,
        None => {
            near.insert(place, part);
        }
    }
}

fn part(reason: Reason, spot: &Spot) -> Part {
    let points = match reason {
        Reason::SameLine => 4.0,
        Reason::SameSymbol => 3.0,
        Reason::SameFile => 2.0,
        _ => 0.5,
    };
    let detail = match (reason, spot.line, &spot.symbol) {
        (Reason::SameLine, Some(line), _) => format!("{}:{line}", spot.path),
        (Reason::SameSymbol, _, Some(symbol)) => format!("{} {symbol}", spot.path),
        (Reason::SameDirectory, ..) => directory(&spot.path).to_owned(),
        _ => spot.path.clone(),
    };
    Part { reason, points: points * spot.weight, detail }
}

fn directory(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(directory, _)| directory)
}

fn by_path(history: &History, between: &[Place], spots: &[Spot]) -> Vec<(Place, Part)> {
    let mut files: HashMap<&str, &Spot> = HashMap::new();
    let mut directories: HashMap<&str, &Spot> = HashMap::new();
    // The strongest stands first.
    for spot in spots {
        files.entry(&spot.path).or_insert(spot);
        if !directory(&spot.path).is_empty() {
            directories.entry(directory(&spot.path)).or_insert(spot);
        }
    }
    let mut found = Vec::new();
    for place in between {
        for path in history.get(*place).into_iter().flat_map(|commit| history.paths(commit)) {
            if let Some(spot) = files.get(path) {
                found.push((*place, part(Reason::SameFile, spot)));
            } else if let Some(spot) = directories.get(directory(path)) {
                found.push((*place, part(Reason::SameDirectory, spot)));
            }
        }
    }
    found
}

/// Follows each line back through the commits of its file, as far as they are looked through.
fn by_line(history: &History, repository: &Repository, between: &[Place], spots: &[Spot]) -> Vec<(Place, Part)> {
    let mut by_file: BTreeMap<&str, Vec<&Spot>> = BTreeMap::new();
    for spot in spots.iter().filter(|spot| spot.line.is_some()) {
        by_file.entry(&spot.path).or_default().push(spot);
    }
    let mut found = Vec::new();
    for (path, spots) in by_file {
        let Some(number) = history.path_number(path) else { continue };
        let touching = between
            .iter()
            .filter(|place| history.get(**place).is_some_and(|commit| commit.paths.binary_search(&number).is_ok()));
        let mut lines: Vec<(&Spot, Option<u32>)> = spots.into_iter().map(|spot| (spot, spot.line)).collect();
        for place in touching.take(MOST_COMPARED) {
            let Some(commit) = history.get(*place) else { continue };
            let Some(hunks) = repository.hunks(commit.id, path) else { continue };
            let source = repository.source(commit.id, path);
            for (spot, line) in &mut lines {
                let touched = line.is_some_and(|line| hunks.iter().any(|hunk| hunk.has(line)));
                if touched {
                    found.push((*place, part(Reason::SameLine, spot)));
                } else if let (Some(symbol), Some(source)) = (&spot.symbol, &source) {
                    let spans = source.outline().spans(symbol);
                    if spans.iter().any(|span| hunks.iter().any(|hunk| hunk.overlaps(*span))) {
                        found.push((*place, part(Reason::SameSymbol, spot)));
                    }
                }
                // Where it came from before that is another story.
                *line = if touched { None } else { line.map(|line| before(&hunks, line)) };
            }
        }
    }
    found
}

/// Lines of the older text that became lines of the newer one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Hunk {
    old: (u32, u32),
    new: (u32, u32),
}

impl Hunk {
    fn has(&self, line: u32) -> bool {
        (self.new.0..self.new.0 + self.new.1).contains(&line)
    }

    fn overlaps(&self, (first, last): (u32, u32)) -> bool {
        // Of lines that were taken away, the place is left.
        let end = self.new.0 + self.new.1.max(1) - 1;
        self.new.0 <= last && first <= end
    }
}

/// The number that a line had before, which none of the hunks holds.
fn before(hunks: &[Hunk], line: u32) -> u32 {
    let shift: i64 = hunks
        .iter()
        // git counts the place of nothing by the line before it.
        .filter(|hunk| if hunk.new.1 == 0 { hunk.new.0 < line } else { hunk.new.0 + hunk.new.1 <= line })
        .map(|hunk| i64::from(hunk.old.1) - i64::from(hunk.new.1))
        .sum();
    u32::try_from(i64::from(line) + shift).unwrap_or(line)
}

impl Repository {
    /// What a commit changed in a file, against its first parent. `None` where it cannot be read.
    pub(crate) fn hunks(&self, commit: CommitId, path: &str) -> Option<Vec<Hunk>> {
        let commit = self.git.find_commit(oid(commit)).ok()?;
        let parent = commit.parents().next().map(|parent| parent.tree()).transpose().ok()?;
        let mut options = DiffOptions::new();
        options.pathspec(path).disable_pathspec_match(true).context_lines(0).max_size(4 << 20).ignore_submodules(true);
        let diff = self.git.diff_tree_to_tree(parent.as_ref(), Some(&commit.tree().ok()?), Some(&mut options)).ok()?;
        let mut hunks = Vec::new();
        diff.foreach(
            &mut |_, _| true,
            None,
            Some(&mut |_, hunk| {
                let old = (hunk.old_start(), hunk.old_lines());
                hunks.push(Hunk { old, new: (hunk.new_start(), hunk.new_lines()) });
                true
            }),
            None,
        )
        .ok()?;
        Some(hunks)
    }
}

/// The words of a ticket, each worth more the fewer titles have it.
struct Words {
    worth: HashMap<String, f64>,
}

impl Words {
    fn of(history: &History, between: &[Place], text: &str) -> Self {
        let wanted: HashSet<String> = words(text).take(MOST_WORDS).collect();
        let mut titles: HashMap<String, usize> = HashMap::new();
        for commit in between.iter().filter_map(|place| history.get(*place)) {
            let unique: HashSet<String> = words(&commit.subject).filter(|word| wanted.contains(word)).collect();
            unique.into_iter().for_each(|word| *titles.entry(word).or_default() += 1);
        }
        let all = between.len().max(2) as f64;
        let worth = titles.into_iter().map(|(word, count)| (word, (all / count as f64).ln() / all.ln()));
        Self { worth: worth.filter(|(_, worth)| *worth > 0.3).collect() }
    }

    fn shared(&self, subject: &str) -> Option<Part> {
        let mut shared: Vec<String> = words(subject).filter(|word| self.worth.contains_key(word)).collect();
        shared.sort();
        shared.dedup();
        let points: f64 = shared.iter().filter_map(|word| self.worth.get(word)).map(|worth| 0.5 * worth).sum();
        (points > 0.0).then(|| Part { reason: Reason::Words, points: points.min(1.5), detail: shared.join(", ") })
    }
}

/// In lower case, of at least four letters; names in camels' case also in their parts.
fn words(text: &str) -> impl Iterator<Item = String> {
    let all = text.split(|c: char| !c.is_alphanumeric()).filter(|word| word.chars().count() >= 4);
    all.flat_map(|word| {
        let mut parts = vec![word.to_lowercase()];
        let mut part = String::new();
        for c in word.chars() {
            if c.is_uppercase() && !part.is_empty() {
                parts.push(std::mem::take(&mut part).to_lowercase());
            }
            part.push(c);
        }
        if parts.len() > 1 {
            parts.push(part.to_lowercase());
        }
        parts
    })
    .filter(|word| word.len() >= 4 && word.chars().any(char::is_alphabetic))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::Project;

    fn code(total: &str, pay: &str) -> String {
        format!(
            "class Cart {{\n  void total() {{\n    {total};\n    done();\n  }}\n  void pay() {{\n    {pay};\n  }}\n}}\n"
        )
    }

    #[test]
    fn the_commit_of_the_line_goes_before_its_function_its_file_and_its_folder_and_parts_sum_to_the_score() {
        let mut project = Project::new();
        let path = "src/org/Cart.java";
        let old = project.commit(path, &code("a()", "a()"), "begin");
        let line = project.commit(path, &code("b()", "a()"), "the line");
        let function = project.commit(path, &code("b()", "a()").replace("done", "over"), "the function");
        let file = project.commit(path, &code("b()", "c()").replace("done", "over"), "the file");
        let moved = format!("// one\n// two\n{}", code("b()", "c()").replace("done", "over"));
        let above = project.commit(path, &moved, "above it");
        let folder = project.commit("src/org/Other.java", "x", "the folder");
        let elsewhere = project.commit("docs/a.md", "x", "Rounding of the basket");
        project.commit("docs/b.md", "x", "nothing of it");
        let to = project.head();
        let read = project.read();
        let spot = Spot { path: path.into(), line: Some(5), symbol: Some("Cart.total".into()), weight: 1.0 };
        let span = Span { from: Some(old), to, spots: &[spot], text: "the rounding of a basket", until: None };
        let found = changes(&read.history, Some(&project.open()), &span);
        let near: HashMap<CommitId, Option<Reason>> =
            found.iter().map(|change| (read.history.get(change.place).unwrap().id, change.near())).collect();
        for (commit, reason) in [
            (line, Some(Reason::SameLine)),
            (function, Some(Reason::SameSymbol)),
            (file, Some(Reason::SameFile)),
            (above, Some(Reason::SameFile)),
            (folder, Some(Reason::SameDirectory)),
            (elsewhere, None),
        ] {
            assert_eq!(near.get(&commit), Some(&reason), "{commit}");
        }
        assert_eq!(near.len(), 6, "begin lies before it, and docs/b.md shares nothing");
        let first = read.history.get(found[0].place).unwrap();
        assert_eq!((first.id, found[0].parts[0].detail.as_str()), (line, "src/org/Cart.java:5"));
        assert!(found.windows(2).all(|pair| pair[0].score() >= pair[1].score()));
        // Without the repository, files are all that is known.
        let away = changes(&read.history, None, &span);
        assert!(away.iter().all(|change| change.near() != Some(Reason::SameLine)));
        let early = read.history.get(read.history.place(function).unwrap()).unwrap().committed_at;
        let before = changes(&read.history, None, &Span { until: Some(early), ..span });
        assert_eq!(before.len(), 1, "only the line's commit is older");
    }
}
