//! When versions came out, and where they were brought: marks to draw against what happened.

use super::{Known, deploys};
use crate::{Engine, Result};

/// A release of a repository, a source or somebody's word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Mark {
    pub(crate) at: i64,
    pub(crate) version: String,
    /// Where it was brought; `None`: it was published.
    pub(crate) environment: Option<String>,
}

/// Oldest first, each once.
pub(crate) fn all(engine: &Engine) -> Result<Vec<Mark>> {
    let store = &engine.core.store;
    let mut marks = Vec::new();
    for repo in store.repos()? {
        let known = Known::of(engine, &repo)?;
        let out = known.releases.all().iter().filter(|one| !one.is_branch && !one.is_prerelease());
        marks.extend(out.filter_map(|one| {
            let at = known.history.get(known.history.place(one.commit)?)?.committed_at.saturating_mul(1000);
            Some(Mark { at, version: one.name.clone(), environment: None })
        }));
    }
    for one in store.releases()?.into_iter().filter(|one| one.release.environment.is_none()) {
        marks.extend(one.release.at.map(|at| Mark { at: at.0, version: one.release.version, environment: None }));
    }
    let brought = deploys::all(engine)?.into_iter();
    marks.extend(brought.map(|one| Mark { at: one.at, version: one.release, environment: Some(one.environment) }));
    marks.sort_by(|a, b| (a.at, &a.version, &a.environment).cmp(&(b.at, &b.version, &b.environment)));
    // A forge tells of the tag that the clone has, some minutes later.
    let mut published = std::collections::HashSet::new();
    marks.retain(|mark| {
        mark.environment.is_some() || published.insert(mark.version.trim_start_matches(['v', 'V']).to_owned())
    });
    Ok(marks)
}
