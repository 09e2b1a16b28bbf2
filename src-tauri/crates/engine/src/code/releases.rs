//! The releases of a repository, and which of them a version means.

use super::{Known, find};
use crate::{
    Engine, Result,
    api::{
        args::ReleasesArgs,
        view::{ReleaseView, ReleasesView},
    },
};
use ::code::{Choice, History, Release};

pub(crate) fn list(engine: &Engine, args: &ReleasesArgs) -> Result<ReleasesView> {
    let repo = find(engine, args.repo.as_deref())?;
    let known = Known::of(engine, &repo)?;
    let chosen: Option<Vec<&Release>> = args.version.as_deref().map(|asked| match known.releases.choose(asked) {
        Choice::One(release) => vec![release],
        Choice::Several(releases) => releases,
        Choice::Unknown => Vec::new(),
    });
    let releases = chosen.unwrap_or_else(|| known.releases.all().iter().rev().collect());
    Ok(ReleasesView {
        repo: repo.name.to_string(),
        releases: releases.into_iter().map(|release| view(&known.history, release)).collect(),
    })
}

pub(super) fn names(choice: &Choice<'_>) -> Vec<String> {
    match choice {
        Choice::One(release) => vec![release.name.clone()],
        Choice::Several(releases) => releases.iter().map(|release| release.name.clone()).collect(),
        Choice::Unknown => Vec::new(),
    }
}

pub(super) fn view(history: &History, release: &Release) -> ReleaseView {
    let commit = history.place(release.commit).and_then(|place| history.get(place));
    ReleaseView {
        name: release.name.clone(),
        version: release.version.as_str().into(),
        line: release.line(),
        prerelease: release.is_prerelease(),
        branch: release.is_branch,
        commit: release.commit.to_string(),
        at: commit.map(|commit| commit.committed_at.saturating_mul(1000)),
    }
}
