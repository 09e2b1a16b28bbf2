//! Who may know the code of a question: whom `CODEOWNERS` gives it to, who wrote the lines that ran, and where cases like it
//! ended. A proposal with its reasons; nobody is counted anywhere else.

use super::{Known, find, frames, ran};
use crate::{
    Engine, Error, Result,
    api::{
        args::{PassportArgs, RanArgs},
        view::{OwnerKind, OwnersSuggestedView, RanRepoView, RanState, SuggestedOwnerView, WrittenLineView},
    },
    lanes::Turn,
};
use ::code::{Blamed, CommitId, History, People};
use std::{
    collections::{BTreeMap, HashMap, HashSet},
    ops::RangeInclusive,
};

/// Lines that ran whose writers are asked for: what stands further out says little.
const LINES: usize = 30;
/// Proposals of one kind.
const EACH: usize = 3;
/// A commit of more files moved or imported them: who made it wrote none of their lines.
const MOVED: u32 = 500;
/// Cases like this that are looked through.
const CASES: usize = 30;

/// Asked apart from the answer, and last: git is asked once for every file that ran.
pub(crate) fn suggest(engine: &Engine, args: &PassportArgs) -> Result<OwnersSuggestedView> {
    let turn = engine.lanes.enter(args.lane.as_deref());
    let asked = RanArgs { question: args.question.clone(), at: args.at.clone(), repo: args.repo.clone(), lane: None };
    let ran = ran::ran(engine, &asked)?;
    let best = ran.repos.iter().find(|repo| repo.state == RanState::Resolved && !repo.frames.is_empty());
    of(engine, best, &args.ids, &turn)
}

/// `ran`: the repository whose lines ran. `cases`: those that are like the question.
pub(crate) fn of(
    engine: &Engine,
    ran: Option<&RanRepoView>,
    cases: &[String],
    turn: &Turn,
) -> Result<OwnersSuggestedView> {
    let mut view = OwnersSuggestedView::default();
    if let Some(ran) = ran {
        (view.repo, view.at) = (ran.repo.clone(), ran.at.clone().unwrap_or_default());
        let known = Known::of(engine, &find(engine, Some(&ran.repo))?)?;
        let repository = known.open()?;
        if let Some(at) = ran.commit.as_deref().and_then(CommitId::parse) {
            let newest = frames::chosen(&known, None).map_or(at, |(main, _)| main);
            // What the team says today goes before what it said at that version.
            let mut owners = owned(ran, |path| named(&repository.owners(newest), path));
            if owners.is_empty() && newest != at {
                owners = owned(ran, |path| named(&repository.owners(at), path));
            }
            view.owners.extend(owners);
            // The list that counts is the newest one: what is passed over was often named long after the release.
            let (customs, people) = (repository.customs(newest), repository.people(newest));
            let blame =
                |path: &str, lines: &[RangeInclusive<u32>]| match repository
                    .blame(at, path, lines, &customs, &|| turn.is_stale())
                {
                    Err(::code::Error::Cancelled) => Err(Error::Superseded),
                    found => Ok(found?),
                };
            view.owners.extend(wrote(ran, &known.history, &people, blame)?);
        }
    }
    view.owners.extend(solved(engine, cases)?);
    Ok(view)
}

fn named(owners: &::code::Owners, path: &str) -> Option<(String, String)> {
    owners.of_file(path).map(|(names, pattern)| (names.join(" "), pattern.to_owned()))
}

/// The files that ran, innermost first, each once.
fn files(ran: &RanRepoView) -> Vec<&str> {
    let mut seen = HashSet::new();
    ran.frames.iter().filter_map(|frame| frame.path.as_deref()).filter(|path| seen.insert(*path)).collect()
}

/// Whom the files that ran are given to, most files first; of as many, the innermost.
fn owned(ran: &RanRepoView, named: impl Fn(&str) -> Option<(String, String)>) -> Vec<SuggestedOwnerView> {
    let files = files(ran);
    let mut found: Vec<SuggestedOwnerView> = Vec::new();
    for path in &files {
        let Some((name, pattern)) = named(path) else { continue };
        match found.iter_mut().find(|one| one.name == name) {
            Some(one) => one.count += 1,
            None => found.push(SuggestedOwnerView {
                name,
                count: 1,
                of: files.len() as u32,
                pattern: Some(pattern),
                path: Some((*path).to_owned()),
                ..SuggestedOwnerView::new(OwnerKind::Owns)
            }),
        }
    }
    found.sort_by_key(|one| std::cmp::Reverse(one.count));
    found.truncate(EACH);
    found
}

/// Who wrote the lines that ran, as they are at that version. A line weighs less the further out it was: 1, ½, ⅓, …
fn wrote(
    ran: &RanRepoView,
    history: &History,
    names: &People,
    blame: impl Fn(&str, &[RangeInclusive<u32>]) -> Result<Vec<Blamed>>,
) -> Result<Vec<SuggestedOwnerView>> {
    // A line that is not what was built says nothing of who wrote what ran.
    let lines = ran.frames.iter().filter(|frame| !frame.differs);
    let mut seen = HashSet::new();
    let lines = lines.filter_map(|frame| Some((frame.path.as_deref()?, frame.line?))).filter(|one| seen.insert(*one));
    let lines: Vec<(&str, u32)> = lines.take(LINES).collect();
    let mut by_file: BTreeMap<&str, Vec<RangeInclusive<u32>>> = BTreeMap::new();
    for (path, line) in &lines {
        by_file.entry(path).or_default().push(*line..=*line);
    }
    let mut written: HashMap<(&str, u32), Blamed> = HashMap::new();
    for (path, lines) in by_file {
        written.extend(blame(path, &lines)?.into_iter().map(|one| ((path, one.line), one)));
    }
    let of = written.len() as u32;
    let own: HashSet<(&str, u32)> =
        written.iter().filter(|(_, one)| !is_moved(history, one)).map(|(at, _)| *at).collect();
    // Where all that is known is who brought it here, that is better than nobody.
    if !own.is_empty() {
        written.retain(|at, _| own.contains(at));
    }
    let mut people: Vec<SuggestedOwnerView> = Vec::new();
    let mut whole = 0.0;
    for (place, (path, line)) in (1u32..).zip(&lines) {
        let Some(one) = written.get(&(*path, *line)) else { continue };
        let weight = 1.0 / f64::from(place);
        whole += weight;
        let said = WrittenLineView {
            path: (*path).to_owned(),
            line: *line,
            commit: one.commit.to_string(),
            at: one.at,
            summary: one.summary.clone(),
        };
        let at = people.iter().position(|person| person.name == one.author).unwrap_or_else(|| {
            people.push(SuggestedOwnerView { name: one.author.clone(), ..SuggestedOwnerView::new(OwnerKind::Wrote) });
            people.len() - 1
        });
        if let Some(person) = people.get_mut(at) {
            person.share += weight;
            person.count += 1;
            person.at = person.at.max(Some(one.at));
            person.lines.push(said);
        }
    }
    people.sort_by(|a, b| b.share.total_cmp(&a.share));
    people.truncate(EACH);
    for person in &mut people {
        person.of = of;
        person.share /= whole;
        person.active_at = active(history, names, &person.name);
    }
    Ok(people)
}

fn is_moved(history: &History, one: &Blamed) -> bool {
    let commit = history.place(one.commit).and_then(|place| history.get(place));
    commit.is_some_and(|commit| commit.files > MOVED)
}

/// When somebody committed here last: who left years ago is no help.
fn active(history: &History, names: &People, name: &str) -> Option<i64> {
    let own = history.commits().filter(|(_, commit)| names.wrote_as(name, history.author(commit)));
    own.map(|(_, commit)| commit.authored_at.saturating_mul(1000)).max()
}

/// The team that cases like this went to most often.
fn solved(engine: &Engine, cases: &[String]) -> Result<Option<SuggestedOwnerView>> {
    let mut teams: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let store = &engine.core.store;
    for id in cases.iter().take(CASES) {
        for row in store.find_ticket(id)?.into_iter().take(1) {
            if let Some(team) = store.hops(row)?.pop().and_then(|hop| hop.to_group) {
                teams.entry(team).or_default().push(id.clone());
            }
        }
    }
    let moved: usize = teams.values().map(Vec::len).sum();
    Ok(teams.into_iter().max_by_key(|(_, tickets)| tickets.len()).map(|(name, tickets)| SuggestedOwnerView {
        name,
        count: tickets.len() as u32,
        of: moved as u32,
        tickets,
        ..SuggestedOwnerView::new(OwnerKind::Solved)
    }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::view::CodeFrameView;

    fn frame(path: &str, line: u32, differs: bool) -> CodeFrameView {
        CodeFrameView {
            raw: format!("{path}:{line}"),
            function: String::new(),
            path: Some(path.into()),
            line: Some(line),
            at: "v1".into(),
            text: None,
            symbol: None,
            differs,
            near: Vec::new(),
            basis: "stack_frame".into(),
            blame: None,
        }
    }

    fn ran(frames: Vec<CodeFrameView>) -> RanRepoView {
        RanRepoView {
            repo: "shop".into(),
            state: RanState::Resolved,
            at: Some("v1".into()),
            commit: None,
            main: None,
            candidates: Vec::new(),
            fit: None,
            frames,
            failure: None,
        }
    }

    fn by(author: &str, path: &str, line: u32, at: i64) -> Blamed {
        let commit = CommitId::parse(&"0123456789".repeat(4)).unwrap();
        Blamed { line, commit, author: author.into(), at, summary: "Count".into(), path: path.into(), was: line }
    }

    #[test]
    fn the_innermost_line_weighs_most_and_a_line_that_ran_twice_or_is_not_what_was_built_counts_once_or_not() {
        let ran = ran(vec![
            frame("a.rs", 1, false),
            frame("b.rs", 7, false),
            frame("a.rs", 2, false),
            frame("a.rs", 1, false),
            frame("b.rs", 9, true),
        ]);
        let blame = |path: &str, lines: &[RangeInclusive<u32>]| {
            let author = |line: u32| if (path, line) == ("a.rs", 1) { "Ann" } else { "Ben" };
            Ok(lines
                .iter()
                .map(|line| by(author(*line.start()), path, *line.start(), i64::from(*line.start())))
                .collect())
        };
        let people = wrote(&ran, &History::default(), &People::default(), blame).unwrap();
        let told: Vec<_> = people.iter().map(|one| (one.name.as_str(), one.count, one.of, one.at)).collect();
        // 1 against ½ + ⅓: the line that failed outweighs two that called it.
        assert_eq!(told, [("Ann", 1, 3, Some(1)), ("Ben", 2, 3, Some(7))]);
        assert!((people.iter().map(|one| one.share).sum::<f64>() - 1.0).abs() < 1e-9);
        assert_eq!(people[1].lines.iter().map(|line| line.line).collect::<Vec<_>>(), [7, 2]);
    }

    #[test]
    fn files_are_given_to_whom_most_of_them_belong() {
        let ran = ran(vec![frame("a.rs", 1, false), frame("b/c.rs", 2, false), frame("b/d.rs", 2, false)]);
        let named = |path: &str| {
            let team = if path.starts_with("b/") { ("@b", "/b/") } else { ("@all", "*") };
            Some((team.0.to_owned(), team.1.to_owned()))
        };
        let told: Vec<_> = owned(&ran, named).into_iter().map(|one| (one.name, one.count, one.of)).collect();
        assert_eq!(told, [("@b".to_owned(), 2, 3), ("@all".to_owned(), 1, 3)]);
    }
}
