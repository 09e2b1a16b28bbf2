//! Where a fix is: which commits make it, which copies of them exist, what took them back, and the first release of every
//! line that has it.

mod copies;
mod files;
mod reach;
mod reverts;
#[cfg(test)]
mod tests;
mod told;

use crate::{
    Choice, CommitId, History, Links, Refs, Release, Releases,
    history::{Place, reverted_subject},
    release::{line_of, version_of},
};
use std::collections::BTreeMap;

pub use copies::Why;
pub use files::FileState;
use reach::Reach;
pub use told::told;

/// A name for a change that stays when it is applied elsewhere.
pub type PatchId = [u8; 20];

/// Commits of one fix that are followed; an issue that names more is a project of its own.
const MOST: usize = 96;

/// Everything that the answer is taken from.
#[derive(Clone, Copy)]
pub struct Sight<'a> {
    pub history: &'a History,
    pub refs: &'a Refs,
    pub releases: &'a Releases,
    /// What branches say.
    pub links: &'a Links,
    /// The patch of a commit, where the repository can be asked for it.
    pub patch: &'a dyn Fn(CommitId) -> Option<PatchId>,
    /// What two commits have in common that change the same: cheap beside their patches.
    pub sketch: &'a dyn Fn(CommitId) -> Option<u64>,
    /// Whether somebody said that a commit has nothing to do with an issue that its message names.
    pub undone: &'a dyn Fn(&str, CommitId) -> bool,
    /// Commits that run somewhere, whatever they are called.
    pub running: &'a [CommitId],
    /// Commits that a comment of the ticket names: its fix, by somebody's word.
    pub told: &'a [CommitId],
    /// What a version holds under a path, where the repository can be asked.
    pub file: &'a dyn Fn(CommitId, &str) -> Option<FileState>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FixState {
    /// No commit names it.
    None,
    /// On a branch that is neither the main one nor a release's.
    InProgress,
    /// In a pull request alone.
    InReview,
    /// On the main branch or a release's, and in no release yet.
    Merged,
    Released,
    /// It was merged, and taken back.
    Reverted,
}

#[derive(Clone, Debug, PartialEq)]
pub struct FixCommit {
    pub place: Place,
    pub why: Why,
    /// The commit that took it back, unless that was taken back too.
    pub reverted_by: Option<Place>,
    /// No branch and no tag leads to it any more.
    pub gone: bool,
    /// It touches tests alone, and others of the fix do more: no release has the fix by it.
    pub aside: bool,
}

/// What a fix means for one version.
#[derive(Clone, Debug, PartialEq)]
pub enum CodeVerdict<'a> {
    /// No release has it, or none that comes after this version.
    Affected,
    FixedInYours {
        since: &'a Release,
    },
    FixedLater {
        upgrade_to: &'a Release,
    },
    Unknown,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Fix<'a> {
    pub state: FixState,
    /// Oldest first.
    pub commits: Vec<FixCommit>,
    /// The first release of every line that has it; lowest version first.
    pub first: Vec<&'a Release>,
    /// Pre-releases that have it, of lines where no release does.
    pub early: Vec<&'a Release>,
    /// All releases that have it.
    having: Vec<&'a Release>,
    /// Lines whose newest release has it.
    kept: Vec<String>,
    /// Of the commits that run somewhere, those that have it.
    pub running: Vec<CommitId>,
    /// Of the releases that have it, those that are known by their files alone: no commit of it lies behind them.
    pub by_files: Vec<&'a Release>,
}

/// An issue, a pull request or a commit, as people write one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Subject {
    /// `AMQ-100`, `#12`.
    Key(String),
    Commit(Place),
}

impl Subject {
    /// `AMQ-100`, `files:amq-100`, `#12`, `12`, `zendesk:12`, an address of any, or the beginning of a commit's name.
    pub fn read(text: &str, history: &History) -> Self {
        let text = text.trim();
        if let Some(place) = history.find(&text.to_lowercase()) {
            return Self::Commit(place);
        }
        let helpdesk =
            text.split_once("/agent/tickets/").map(|(_, rest)| rest).or_else(|| text.strip_prefix("zendesk:"));
        if let Some(digits) = helpdesk.map(|rest| rest.trim_matches(|c: char| !c.is_ascii_digit()))
            && !digits.is_empty()
            && digits.bytes().all(|b| b.is_ascii_digit())
        {
            return Self::Key(format!("zendesk:{digits}"));
        }
        let last = text.trim_end_matches('/').rsplit(['/', ':']).next().unwrap_or(text);
        let number = last.strip_prefix('#').unwrap_or(last);
        if !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit()) {
            let request = text.contains("/merge_requests/") || text.starts_with('!');
            return Self::Key(format!("{}{number}", if request { '!' } else { '#' }));
        }
        Self::Key(last.to_uppercase())
    }
}

/// Follows a fix through branches, copies, reverts and releases.
pub fn follow<'a>(subject: &Subject, sight: &Sight<'a>) -> Fix<'a> {
    let history = sight.history;
    let seeds = seeds(subject, sight);
    let key = match subject {
        Subject::Key(key) => Some(key.as_str()),
        Subject::Commit(_) => None,
    };
    let family = copies::family(&seeds, key, sight);
    let reverts = reverts::of(&family, history);
    let seen = Reach::new(history, family.commits.iter().map(|(place, _)| *place).chain(reverts.places()));
    let counting = family.counting(history);
    let held = |place: Place| counting.iter().any(|fix| reverts.is_in_force(*fix, &seen, place));
    let place_of = |release: &Release| history.place(release.commit);
    let is_kept = |fix: &Place| !reverts.takes_back(*fix);
    let kept: Vec<Place> = counting.iter().copied().filter(is_kept).collect();
    let by_files = files::holding(&kept, &held, sight);
    let has = |release: &&Release| {
        place_of(release).is_some_and(held) || by_files.iter().any(|other| other.name == release.name)
    };
    let having: Vec<&'a Release> = sight.releases.all().iter().filter(has).collect();
    let (first, early) = first_of_lines(&having);
    let heads = Heads::of(sight);
    let ends: Vec<Place> = heads.all.iter().map(|(_, place)| *place).collect();
    let tags = sight.releases.all().iter().filter_map(place_of).collect::<Vec<_>>();
    let commits = family.commits.iter().map(|(place, why)| {
        let line = heads.main.filter(|main| seen.has(*main, *place));
        let somewhere = |all: &[Place]| all.iter().copied().find(|end| seen.has(*end, *place));
        let end = line.or_else(|| somewhere(&ends)).or_else(|| somewhere(&tags));
        FixCommit {
            place: *place,
            why: *why,
            reverted_by: end.and_then(|end| reverts.in_force_against(*place, &seen, end)),
            gone: end.is_none(),
            aside: !counting.contains(place),
        }
    });
    let commits: Vec<FixCommit> = commits.collect();
    let state = state(&commits, &first, &heads, &held, &|place| counting.iter().any(|fix| seen.has(place, *fix)));
    let mut newest: BTreeMap<String, &Release> = BTreeMap::new();
    newest.extend(sight.releases.all().iter().filter(|release| !release.is_prerelease()).map(|one| (one.line(), one)));
    let kept = newest.into_iter().filter(|(_, last)| having.iter().any(|release| release.name == last.name));
    let kept = kept.map(|(line, _)| line).collect();
    let has = |commit: &CommitId| history.place(*commit).is_some_and(held);
    let running = sight.running.iter().copied().filter(has).collect();
    Fix { state, commits, first, early, having, kept, running, by_files }
}

/// Commits that are about it; where none is, those that name it. What takes another back is no fix of anything.
fn seeds(subject: &Subject, sight: &Sight<'_>) -> Vec<Place> {
    let history = sight.history;
    let key = match subject {
        Subject::Commit(place) => return vec![*place],
        Subject::Key(key) => key,
    };
    let is_fix = |place: &&Place| {
        history.get(**place).is_some_and(|commit| {
            let reverts = commit.ties.iter().any(|tie| tie.kind != crate::history::TieKind::PickedFrom);
            !reverts && reverted_subject(&commit.subject).is_none() && !(sight.undone)(key, commit.id)
        })
    };
    let is_about = |place: &&Place| {
        let commit = history.get(**place);
        commit.is_some_and(|commit| commit.mentions.iter().any(|mention| mention.about && *mention.key == **key))
    };
    let naming: Vec<&Place> = history.naming(key).iter().filter(is_fix).collect();
    let mut chosen: Vec<Place> = naming.iter().copied().filter(is_about).copied().collect();
    // A branch that is called after an issue is about it.
    chosen.extend(sight.links.naming(key).iter().filter(is_fix));
    let told: Vec<Place> = sight.told.iter().filter_map(|commit| history.place(*commit)).collect();
    chosen.extend(told.iter().filter(is_fix).filter(|place| !naming.contains(place)));
    if chosen.is_empty() {
        chosen = naming.into_iter().copied().collect();
    }
    chosen.into_iter().take(MOST).collect()
}

fn first_of_lines<'a>(having: &[&'a Release]) -> (Vec<&'a Release>, Vec<&'a Release>) {
    let mut first: BTreeMap<String, &Release> = BTreeMap::new();
    let mut early: BTreeMap<String, &Release> = BTreeMap::new();
    // Lowest version first: the first that comes is the one.
    for release in having {
        let lines = if release.is_prerelease() { &mut early } else { &mut first };
        lines.entry(release.line()).or_insert(release);
    }
    early.retain(|line, _| !first.contains_key(line));
    let sorted = |lines: BTreeMap<String, &'a Release>| {
        let mut releases: Vec<&'a Release> = lines.into_values().collect();
        releases.sort_by(|a, b| a.version.cmp(&b.version));
        releases
    };
    (sorted(first), sorted(early))
}

fn state(
    commits: &[FixCommit],
    first: &[&Release],
    heads: &Heads,
    held: &dyn Fn(Place) -> bool,
    contained: &dyn Fn(Place) -> bool,
) -> FixState {
    let lines = || heads.main.into_iter().chain(heads.of_kind(&[Branch::Release]));
    let merged = if first.is_empty() { FixState::Merged } else { FixState::Released };
    if heads.main.is_some_and(held) {
        return merged;
    }
    // Where development happens, it was taken back: what some release had will be gone from the next.
    if heads.main.is_some_and(contained) {
        return FixState::Reverted;
    }
    if !first.is_empty() || lines().any(held) {
        return merged;
    }
    if lines().any(contained) {
        return FixState::Reverted;
    }
    if heads.of_kind(&[Branch::Other]).any(contained) {
        return FixState::InProgress;
    }
    if heads.of_kind(&[Branch::Request]).any(contained) {
        return FixState::InReview;
    }
    if commits.is_empty() || commits.iter().all(|commit| commit.gone) { FixState::None } else { FixState::Merged }
}

impl<'a> Fix<'a> {
    /// The first release of every line that has it, and the first pre-release; lowest version first.
    pub fn opening(&self) -> Vec<&'a Release> {
        let mut known: Vec<(String, bool)> = Vec::new();
        let is_first = |release: &&&'a Release| {
            let kind = (release.line(), release.is_prerelease());
            let first = !known.contains(&kind);
            known.extend(first.then_some(kind));
            first
        };
        self.having.iter().filter(is_first).copied().collect()
    }

    /// All releases that have it; lowest version first.
    pub fn having(&self) -> &[&'a Release] {
        &self.having
    }

    /// For what a customer runs. A version that may be several releases has a verdict where they agree.
    pub fn verdict(&self, running: &Choice<'a>) -> CodeVerdict<'a> {
        if self.commits.is_empty() || self.state == FixState::None {
            return CodeVerdict::Unknown;
        }
        match running {
            Choice::Unknown => CodeVerdict::Unknown,
            Choice::One(release) => self.of_release(release),
            Choice::Several(releases) => {
                let mut verdicts = releases.iter().map(|release| self.of_release(release));
                let first = verdicts.next().unwrap_or(CodeVerdict::Unknown);
                if verdicts.all(|other| other == first) { first } else { CodeVerdict::Unknown }
            }
        }
    }

    fn newest_has(&self, line: &str) -> bool {
        self.kept.iter().any(|kept| kept == line)
    }

    fn of_release(&self, running: &Release) -> CodeVerdict<'a> {
        let line = running.line();
        if self.having.iter().any(|release| release.name == running.name) {
            let own = self.first.iter().chain(&self.early).find(|release| release.line() == line);
            let since = own.filter(|first| first.version <= running.version);
            let itself = self.having.iter().find(|release| release.name == running.name);
            return match since.or(itself) {
                Some(since) => CodeVerdict::FixedInYours { since },
                None => CodeVerdict::Unknown,
            };
        }
        let later = |release: &&&Release| release.version > running.version && !release.is_prerelease();
        let own_line = self.having.iter().filter(|release| release.line() == line).find(later);
        // Nobody is sent to a release whose successor takes the fix away again.
        let stays = |release: &&&Release| self.state != FixState::Reverted && self.newest_has(&release.line());
        let elsewhere = || self.having.iter().filter(stays).find(later);
        match own_line.filter(|_| self.newest_has(&line)).or_else(elsewhere) {
            Some(upgrade_to) => CodeVerdict::FixedLater { upgrade_to },
            None => CodeVerdict::Affected,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Branch {
    Release,
    Request,
    Other,
}

/// Where branches and pull requests end.
struct Heads {
    main: Option<Place>,
    all: Vec<(Branch, Place)>,
}

impl Heads {
    fn of(sight: &Sight<'_>) -> Self {
        let place = |commit| sight.history.place(commit);
        let main = sight.refs.main.as_ref().and_then(|main| {
            let found = sight.refs.all.iter().find(|one| one.name == *main)?;
            place(found.commit)
        });
        let lines: Vec<String> = sight.releases.all().iter().map(|release| line_of(&release.version)).collect();
        let branches = sight.refs.all.iter().filter_map(|one| {
            let name = one.name.strip_prefix("refs/heads/").or_else(|| {
                // What another branch of the same name at the origin says counts too.
                one.name.strip_prefix("refs/remotes/").and_then(|rest| rest.split_once('/')).map(|(_, name)| name)
            });
            let kind = match name {
                Some(name) => {
                    let of_line = version_of(name).is_some_and(|version| lines.contains(&line_of(&version)));
                    if of_line { Branch::Release } else { Branch::Other }
                }
                None if one.name.starts_with("refs/tags/") => return None,
                None => Branch::Request,
            };
            Some((kind, place(one.commit)?))
        });
        Self { main, all: branches.collect() }
    }

    fn of_kind(&self, kinds: &'static [Branch]) -> impl Iterator<Item = Place> {
        self.all.iter().filter(move |(kind, _)| kinds.contains(kind)).map(|(_, place)| *place)
    }
}
