//! The releases of a repository, and which of them a version means.

use super::{Known, find, told};
use crate::{
    Engine, Result,
    api::{
        args::ReleasesArgs,
        view::{ReleaseView, ReleasesView},
    },
};
use ::code::{Choice, Release, line_of, version_of};

pub(crate) fn list(engine: &Engine, args: &ReleasesArgs) -> Result<ReleasesView> {
    let repo = find(engine, args.repo.as_deref())?;
    let known = Known::of(engine, &repo)?;
    let chosen: Option<Vec<&Release>> = args.version.as_deref().map(|asked| match known.releases.choose(asked) {
        Choice::One(release) => vec![release],
        Choice::Several(releases) => releases,
        Choice::Unknown => Vec::new(),
    });
    let releases = chosen.unwrap_or_else(|| known.releases.all().iter().rev().collect());
    let mut views: Vec<ReleaseView> = releases.into_iter().map(|release| view(&known, release)).collect();
    if args.version.is_none() {
        views.extend(elsewhere(&known, &views));
        let version = |view: &ReleaseView| version_of(&view.name);
        // Stable: what names no version stays where it is.
        views.sort_by_key(|view| std::cmp::Reverse(version(view)));
    }
    Ok(ReleasesView { repo: repo.name.to_string(), releases: views })
}

/// Versions that sources tell of and that the clone does not have, each once.
fn elsewhere(known: &Known, have: &[ReleaseView]) -> Vec<ReleaseView> {
    let mut found: Vec<ReleaseView> = Vec::new();
    for one in known.told.iter().filter(|one| one.release.environment.is_none()) {
        let name = &one.release.version;
        let Some(version) = version_of(name) else { continue };
        let same = |other: &ReleaseView| other.name == *name || version_of(&other.name).as_ref() == Some(&version);
        if have.iter().chain(&found).any(same) {
            continue;
        }
        found.push(ReleaseView {
            line: line_of(&version),
            prerelease: version.is_prerelease(),
            branch: false,
            commit: one.release.commit.clone(),
            at: None,
            told: told::view(&known.told, name),
            version: version.as_str().into(),
            name: name.clone(),
        });
    }
    found
}

pub(super) fn names(choice: &Choice<'_>) -> Vec<String> {
    match choice {
        Choice::One(release) => vec![release.name.clone()],
        Choice::Several(releases) => releases.iter().map(|release| release.name.clone()).collect(),
        Choice::Unknown => Vec::new(),
    }
}

pub(super) fn view(known: &Known, release: &Release) -> ReleaseView {
    let history = &known.history;
    let commit = history.place(release.commit).and_then(|place| history.get(place));
    ReleaseView {
        name: release.name.clone(),
        version: release.version.as_str().into(),
        line: release.line(),
        prerelease: release.is_prerelease(),
        branch: release.is_branch,
        commit: Some(release.commit.to_string()),
        at: commit.map(|commit| commit.committed_at.saturating_mul(1000)),
        told: told::view(&known.told, &release.name),
    }
}
