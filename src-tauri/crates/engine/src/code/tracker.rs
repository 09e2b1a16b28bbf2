//! What the code says of fixed issues beside what their tracker says: whether the first release of a line is among the fix
//! versions, and where it is not, what a person can check in the repository.

use super::{Known, fix};
use crate::{
    Engine, Result,
    api::view::{FixDiffersView, TrackerShare},
};
use ::code::{Choice, History, Release, fix::Subject, history::Place};
use domain::{Millis, ResolutionClass, Version};
use std::{collections::BTreeSet, sync::Arc};
use store::{StoredRepo, StoredTicket};

/// Releases that are told of one issue.
const TOLD: usize = 4;

#[derive(Default)]
pub(super) struct Tracked {
    share: TrackerShare,
    /// Every version that a ticket names.
    versions: BTreeSet<Version>,
    open: Vec<Open>,
}

/// An issue that differs; judged once every version is known that the tracker has.
struct Open {
    view: FixDiffersView,
    versions: Vec<Version>,
    opening: Vec<Release>,
    having: Vec<String>,
    commits: Vec<Place>,
}

impl Tracked {
    pub(super) fn ticket(
        &mut self,
        engine: &Engine,
        repo: &StoredRepo,
        known: &Arc<Known>,
        stored: &StoredTicket,
    ) -> Result<()> {
        let ticket = &stored.ticket;
        let read = |names: &[String]| names.iter().filter_map(|name| Version::parse(name)).collect::<Vec<_>>();
        let versions = read(&ticket.fix_versions);
        self.versions.extend(read(&ticket.affected_versions));
        self.versions.extend(versions.iter().cloned());
        let is_fixed =
            ticket.resolution.as_deref().and_then(ResolutionClass::from_label) == Some(ResolutionClass::CodeFix);
        if !is_fixed || ticket.fix_versions.is_empty() {
            return Ok(());
        }
        let subject = Subject::Key(ticket.id.clone());
        let open = fix::with(engine, repo, known, &subject, &[], &mut |fix| {
            (!fix.first.is_empty()).then(|| {
                let opening: Vec<Release> = fix.opening().into_iter().cloned().collect();
                Open {
                    view: FixDiffersView {
                        id: stored.key.to_string(),
                        tracker: ticket.fix_versions.clone(),
                        ours: opening.iter().take(TOLD).map(|release| release.name.clone()).collect(),
                        by_files: fix.by_files.iter().map(|release| release.name.clone()).collect(),
                        ..FixDiffersView::default()
                    },
                    versions: versions.clone(),
                    having: fix.having().iter().map(|release| release.name.clone()).collect(),
                    commits: fix.commits.iter().filter(|one| !one.aside).map(|one| one.place).collect(),
                    opening,
                }
            })
        })?;
        let Some(open) = open else { return Ok(()) };
        self.share.issues += 1;
        if open.opening.iter().any(|release| open.versions.contains(&release.version)) {
            self.share.agree += 1;
        } else {
            self.open.push(open);
        }
        Ok(())
    }

    pub(super) fn told(mut self, known: &Known) -> TrackerShare {
        for mut open in std::mem::take(&mut self.open) {
            let (reason, at, instead) = self.reason(&open, known);
            open.view.commits = open.commits.iter().filter_map(|place| said(&known.history, *place)).collect();
            (open.view.reason, open.view.at, open.view.instead) = (reason.into(), at, instead);
            self.share.differ.push(open.view);
        }
        self.share
    }

    /// What says most of why they differ, which release that is about, and which one stands against it.
    fn reason(&self, open: &Open, known: &Known) -> (&'static str, Option<String>, Option<String>) {
        let history = &known.history;
        let known_there = |release: &&Release| self.versions.contains(&release.version);
        let lines = |release: &Release| open.opening.iter().find(|first| first.line() == release.line());
        let named: Vec<&Release> = open
            .versions
            .iter()
            .filter_map(|version| match known.releases.choose(version.as_str()) {
                Choice::One(release) if release.version == *version => Some(release),
                _ => None,
            })
            .collect();
        if named.is_empty() {
            return ("no_release", None, None);
        }
        // The tracker knows no version of that name, and its own is the next that has the fix.
        let has = |release: &&&Release| open.having.contains(&release.name);
        if let Some(own) = named.iter().find(has) {
            let having = known.releases.all().iter().filter(|other| open.having.contains(&other.name));
            let first = lines(own).map(|first| first.name.clone());
            let same = having.filter(|other| other.line() == own.line());
            let next = same.filter(|other| other.is_prerelease() == own.is_prerelease()).find(known_there);
            let is_next = next.is_some_and(|next| next.name == own.name);
            return (if is_next { "unnamed" } else { "earlier" }, Some(own.name.clone()), first);
        }
        let first = open.opening.first().map(|release| release.name.clone());
        let time = |place: Place| history.get(place).map(|commit| commit.committed_at);
        let oldest = open.commits.iter().filter_map(|place| time(*place)).min();
        let made = |release: &Release| history.place(release.commit).and_then(time);
        let last = named.last().copied();
        let reason = match last {
            Some(release) if made(release) < oldest => "before",
            Some(release) if !open.commits.iter().any(|fix| hang_together(known, *fix, release)) => "apart",
            _ => "without",
        };
        (reason, last.map(|release| release.name.clone()), first)
    }
}

fn hang_together(known: &Known, fix: Place, release: &Release) -> bool {
    known.history.place(release.commit).is_some_and(|place| known.history.hang_together(fix, place))
}

/// `2db848f32d 2006-06-05 added test case for AMQ-736`.
fn said(history: &History, place: Place) -> Option<String> {
    let commit = history.get(place)?;
    let day: String = Millis(commit.committed_at.saturating_mul(1000)).to_rfc3339().chars().take(10).collect();
    let name: String = commit.id.to_string().chars().take(10).collect();
    Some(format!("{name} {day} {}", commit.subject))
}
